"""The day before: what a class needs of a machine, measured, and each finding with its remedy."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from custlib.content import LANGUAGES, Words
from custlib.course import classroom
from custlib.course.classroom import Cost
from custlib.course.cli import main

ROOT = Path(__file__).parents[1]
GB = 1e9


def said(check: classroom.Check, language: str = "en") -> str:
    return Words(language).say(check.finding)


def test_memory_is_counted_for_one_lesson_and_for_the_three_that_stay_open() -> None:
    """30 people at 200 MB need 6.5 GB with half a gigabyte spare, with three lessons each 18.5."""
    cost = Cost("05_rfm", 5.0, 200e6)
    codes = {free: classroom.memory(30, cost, free * GB).finding.code for free in (4.0, 8.0, 20.0)}

    assert codes == {4.0: "classroom.memory.mend", 8.0: "classroom.memory.tight", 20.0: "classroom.memory.ok"}
    assert "30 people need 6.5 GB, with three lessons open each 18.5 GB" in said(classroom.memory(30, cost, 20 * GB))
    assert "enough for 17" in said(classroom.memory(30, cost, 4 * GB))
    assert "只够 17 人" in said(classroom.memory(30, cost, 4 * GB), "zh")


@given(st.integers(1, 500), st.floats(1e6, 2e9), st.floats(0, 512e9))
def test_more_memory_never_makes_it_worse(people: int, each: float, free: float) -> None:
    """What carries a class with less memory carries it with more, and a smaller class with the same."""
    ok = classroom.memory(people, Cost("x", 1.0, each), free).ok
    assert not ok or classroom.memory(people, Cost("x", 1.0, each), free + GB).ok
    assert not ok or classroom.memory(max(1, people - 1), Cost("x", 1.0, each), free).ok


def test_the_last_one_waits_for_those_who_share_the_cores() -> None:
    """Alone on many cores one waits for one's own lesson; thirty on two cores wait fifteen times as long."""
    assert classroom.speed(1, Cost("x", 5.0, 1.0), 8).finding.values["last"] == 5.0
    late = classroom.speed(30, Cost("x", 5.0, 1.0), 2)

    assert not late.ok
    assert late.finding.values["last"] == 75.0
    assert "Open it table by table" in said(late)


def test_a_full_disk_is_said_with_what_is_needed() -> None:
    """Thirty copies of 10 MB and half a gigabyte spare need 0.8 GB."""
    assert classroom.disk(30, 10e6, 1 * GB).ok
    assert "need 0.8 GB, and 0.7 GB are free" in said(classroom.disk(30, 10e6, 0.7 * GB))


def test_the_store_is_tried_and_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are written beside the journal and read back; no journal comes of it, and nothing else stays."""
    monkeypatch.delenv("CUSTLIB_JOURNAL", raising=False)
    check = classroom.store(tmp_path, 5, Words("en"))

    assert check.ok
    assert "5 written and read back" in said(check)
    assert list((tmp_path / "work").iterdir()) == []


def test_a_store_that_cannot_be_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the folder should be, an address that is none, a database that does not answer."""
    monkeypatch.delenv("CUSTLIB_JOURNAL", raising=False)
    (tmp_path / "work").write_text("in the way", encoding="utf-8")
    assert not classroom.store(tmp_path, 5, Words("zh")).ok

    monkeypatch.setenv("CUSTLIB_JOURNAL", "nonsense")
    assert "CUSTLIB_JOURNAL" in said(classroom.store(tmp_path, 5, Words("en")))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"postgresql+psycopg://x:secret@127.0.0.1:{nobody.getsockname()[1]}/x"
        monkeypatch.setenv("CUSTLIB_JOURNAL", address)
        silent = classroom.store(tmp_path, 5, Words("en"))
    assert not silent.ok
    assert "secret" not in said(silent)


def test_a_browser_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on the path nor where systems keep theirs."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(classroom, "PLACES", {})

    assert classroom.browser(classroom.BROWSERS) is None


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_before_is_one_command(language: str) -> None:
    """A real lesson is run and weighed; every line is a sentence, and something that needs mending is the exit code."""
    result = CliRunner().invoke(main, ["doctor", "--class", "2", "--lang", language])
    lines = result.output.splitlines()

    assert len(lines) >= 13
    assert all(line[0] in "✓✗" for line in lines[:-1])
    assert result.exit_code == int("✗" in result.output)
    assert {"en": "2 people need", "zh": "2 人需要"}[language] in result.output


def test_a_class_of_nobody_is_refused() -> None:
    """The number is one from 1 to 500."""
    assert CliRunner().invoke(main, ["doctor", "--class", "0"]).exit_code == 2
