"""The commands about exercises and one's own work, on a course in a folder of its own."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from custlib.course.cli import main
from custlib.course.lesson import open_lesson

ROOT = Path(__file__).parents[1]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("exercises", "datasets", "notebooks/en"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "notebooks" / "course.yaml", tmp_path / "notebooks" / "course.yaml")
    monkeypatch.chdir(tmp_path)
    for name in ("CUSTLIB_JOURNAL", "CUSTLIB_PARTICIPANT", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def work(answer: str = "near") -> None:
    desk = open_lesson("05_rfm").desk
    desk.session("rfm-1").do({"do": "check", "answer": answer})
    desk.journal.close()


def test_progress_export_and_page_before_and_after_work(course: Path) -> None:
    """Nothing done is said so and makes no store; after an answer all three show it."""
    assert run("progress").output.startswith("Your exercises, 0 of ")
    assert not (course / "work").exists()

    work("far")
    work()

    assert run("progress").output.startswith("Your exercises, 1 of ")
    assert "你的练习" in run("progress", "--lang", "zh").output
    assert "2 events of you" in run("export").output
    rows = list(csv.DictReader((course / "reports" / "results.csv").open(encoding="utf-8-sig")))
    assert [(row["item"], row["outcome"], row["answer"]) for row in rows] == [
        ("rfm-1", "incorrect", "far"),
        ("rfm-1", "correct", "near"),
    ]

    run("take-home", "--lang", "zh")

    assert "<td>5.1</td><td>单选</td><td>还不对</td><td>对</td><td>2</td>" in (
        course / "reports" / "take-home.zh.html"
    ).read_text("utf-8")


def test_reset_gives_a_fresh_copy_and_keeps_what_was_there(course: Path) -> None:
    """A copy that was spoilt is new, the old one lies in the backup, and the exercises begin anew."""
    assert "no copy" in run("reset", "05_rfm").output

    mine = course / "work" / "en" / "05_rfm.ipynb"
    fresh = mine.read_text("utf-8")
    mine.write_text("spoilt", encoding="utf-8")
    work()
    said = run("reset", "05_rfm").output
    backup = next((course / "work" / "backup" / "en").glob("05_rfm*"))

    assert mine.read_text("utf-8") == fresh
    assert backup.read_text("utf-8") == "spoilt"
    assert str(backup) in said
    desk = open_lesson("05_rfm").desk
    assert desk.session("rfm-1").state.answer is None
    assert [each.kind for each in desk.journal.events()] == ["answered", "restarted"]
    desk.journal.close()


def test_reset_can_leave_the_answers(course: Path) -> None:
    """A fresh copy alone."""
    work()
    run("reset", "05_rfm", "--keep-answers")
    desk = open_lesson("05_rfm").desk

    assert desk.session("rfm-1").state.name == "correct"
    desk.journal.close()


def test_the_key_is_printed_for_any_seed(course: Path) -> None:
    """Two seeds have two keys."""
    one, two = (run("key", "05_rfm", "--seed", seed).output for seed in ("3", "4"))

    assert one.startswith("Exercise 5.1  rfm-1")
    assert one != two


@pytest.mark.parametrize(
    "arguments", [("key", "05_rmf"), ("reset", "05_rmf"), ("export", "--out", "work/../datasets/x/../../nothing\0")]
)
def test_a_slip_on_the_line_is_one_sentence(course: Path, arguments: tuple[str, ...]) -> None:
    """No traceback: what is wrong, and the lesson that was meant."""
    found = CliRunner().invoke(main, arguments)

    assert found.exit_code != 0
    assert "Traceback" not in found.output


def test_a_damaged_journal_is_said_and_left(course: Path) -> None:
    """Progress goes on without it, and says why on the side."""
    (course / "work").mkdir()
    (course / "work" / "journal.db").write_bytes(b"not a database" * 100)
    found = run("progress")

    assert "0 of " in found.output
    assert "damaged" in found.stderr
    assert (course / "work" / "journal.db").read_bytes() == b"not a database" * 100


def test_a_setting_for_tries_that_is_none_is_refused(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CUSTLIB_ATTEMPTS is a whole number; it makes every exercise an assessment."""
    monkeypatch.setenv("CUSTLIB_ATTEMPTS", "2")
    session = open_lesson("05_rfm").desk.session("rfm-1")

    assert (session.state.attempts, session.state.problem.variant) == (2, "seed 7 assessed")

    monkeypatch.setenv("CUSTLIB_ATTEMPTS", "two")
    with pytest.raises(Exception, match="CUSTLIB_ATTEMPTS"):
        open_lesson("05_rfm").desk.session("rfm-1")
