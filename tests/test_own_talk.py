"""A talk of the participant's own: begun from the template, never overwritten, judged like the course's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from custlib.content import Words
from custlib.course.own_talk import Bench
from custlib.course.root import scenario
from custlib.errors import NotWritable
from custlib.views.cards import own_talk

ROOT = Path(__file__).parents[1]


def shown(bench: Bench, language: str, **pressed: bool) -> dict[str, Any]:
    values = {"begin": False, "check": False} | pressed
    return own_talk.bench_answer(bench.begin, bench.judge, Words(language), values)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_laid_out_until_it_is_asked_for(tmp_path: Path, language: str) -> None:
    """Looking writes nothing; the button lays the template out, and from then on it checks."""
    bench = Bench(tmp_path / "work" / language)

    assert [each["key"] for each in shown(bench, language)["controls"]] == ["begin"]
    assert not bench.path.exists()
    model = shown(bench, language, begin=True)
    assert [each["key"] for each in model["controls"]] == ["check"]
    assert bench.path.name in model["list"]["title"]
    assert model["list"]["items"]


def test_what_was_written_is_never_overwritten(tmp_path: Path) -> None:
    """A second press, and a third, leave every word as it is."""
    bench = Bench(tmp_path)
    bench.path.write_text("mine", encoding="utf-8")
    shown(bench, "en", begin=True)

    assert bench.path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("text", ["mine", "a: [", "- 1\n- 2", "\x00", "schema: scenario/2", "a: &x 1\nb: *x", ""])
def test_a_file_that_is_no_scenario_is_answered_with_what_to_do(tmp_path: Path, text: str) -> None:
    """No error reaches the reader: each fault is a line with its place, in both languages."""
    bench = Bench(tmp_path)
    bench.path.write_text(text, encoding="utf-8")
    for language in ("en", "zh"):
        model = shown(bench, language, check=True)
        assert model["list"]["items"]
        assert not any("{" in each["text"] or "Traceback" in each["text"] for each in model["list"]["items"])


def test_a_sound_talk_is_told_so(tmp_path: Path) -> None:
    """One of the course's own, under the participant's name, has no fault; how chance does is said."""
    bench = Bench(tmp_path)
    shutil.copy(scenario(ROOT, "amiable-plant-manager"), bench.path)
    found = bench.judge()
    model = shown(bench, "en", check=True)

    assert (found.faults, found.problem) == ((), None)
    assert f"{found.paths:,} ways" in model["list"]["title"]
    assert model["list"]["items"] == []


def test_only_the_first_faults_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    """A beginner mends one after the other; nothing is kept from them."""
    bench = Bench(tmp_path)
    text = scenario(ROOT, "amiable-plant-manager").read_text("utf-8")
    bench.path.write_text(text.replace("trust:", "trusst:"), encoding="utf-8")
    found, model = bench.judge(), shown(bench, "en", check=True)

    assert len(found.faults) > own_talk.SHOWN == len(model["list"]["items"])
    assert str(len(found.faults) - own_talk.SHOWN) in model["notice"]


def test_a_folder_that_cannot_be_written_is_an_error_with_a_name(tmp_path: Path) -> None:
    """The panel turns it into its notice."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(NotWritable):
        Bench(tmp_path / "file" / "en").begin()
