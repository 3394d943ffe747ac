"""The instructor's guide: times add up, both languages agree, and every command and button in it exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from custlib.content import LANGUAGES, Words, dictionary
from custlib.course import scenarios
from custlib.course.cli import main
from custlib.course.root import EDITIONS, outline

ROOT = Path(__file__).parents[1]
GUIDES = {language: (ROOT / "docs" / f"instructor.{language}.md").read_text("utf-8") for language in LANGUAGES}
ROW = re.compile(r"^\| (\d\d):(\d\d) \| (\d+) \| (.*?) \| (.*?) ?\|$", re.M)
TOPICS = {
    "en": ("Screening", "Styles", "RFM", "ifetime value", "Value matrix"),
    "zh": ("甄别", "风格", "RFM", "终身价值", "价值矩阵"),
}


def timetables(text: str) -> list[list[tuple[int, int, str, str]]]:
    """Every timetable as rows of start and length in minutes, what, and how; one ends where nothing follows."""
    days: list[list[tuple[int, int, str, str]]] = [[]]
    for hour, minute, length, what, how in ROW.findall(text):
        days[-1].append((60 * int(hour) + int(minute), int(length), what, how))
        if length == "0":
            days.append([])
    return days[:-1]


def codes(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def commands(text: str) -> list[str]:
    """The lines a reader may type, without what only shows that something follows."""
    return sorted({code for code in codes(text) if code.startswith("custlib ") and "…" not in code})


EVERY = [(language, line) for language in LANGUAGES for line in commands(GUIDES[language])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_timetable_has_neither_gaps_nor_overlaps(language: str) -> None:
    """One day, half a day, three evenings: each row begins when the one before it ends."""
    days = timetables(GUIDES[language])

    assert len(days) == 5
    for day in days:
        assert [start for start, *_ in day[1:]] == [start + length for start, length, *_ in day[:-1]]


def test_both_guides_keep_the_same_time() -> None:
    """Starts and minutes are the same in both languages, and so are the lessons they name."""
    plain = [[[row[:2] for row in day] for day in timetables(GUIDES[language])] for language in ("en", "zh")]

    assert plain[0] == plain[1]
    named = [set(re.findall(r"\b\d\d_[a-z_]+\b", GUIDES[language])) for language in ("en", "zh")]
    assert named[0] == named[1]
    assert named[0] <= {entry.id for entry in outline(ROOT).lessons}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_topics_get_thirty_minutes_each(language: str) -> None:
    """On the day, on the half day, and over the three evenings together; two rounds in threes take 8 + 8 minutes each."""
    one, half, *evenings = timetables(GUIDES[language])
    for variant in (one, half, [row for evening in evenings for row in evening]):
        for topic in TOPICS[language]:
            assert [length for _, length, what, _ in variant if topic in what and length >= 30], topic
    word = {"en": "Threes", "zh": "三人组"}[language]
    threes = [length for day in (one, evenings[1]) for _, length, what, _ in day if what.startswith(word)]
    assert threes == [2 * (8 + 8)] * 2


@pytest.mark.parametrize(("language", "line"), EVERY)
def test_every_command_can_be_typed_as_it_stands(language: str, line: str) -> None:
    """Name, options and values are read by the command line itself; lessons and scenarios exist."""
    _, name, *rest = shlex.split(line)
    command = main.commands[name]
    with click.Context(main, info_name="custlib") as above:
        values = command.make_context(name, list(rest), parent=above).params
    known = {entry.id for entry in outline(ROOT).lessons} | set(scenarios.known(ROOT))

    for key in ("lesson", "names", "scenario"):
        given = values.get(key) or ()
        assert set([given] if isinstance(given, str) else given) <= known


def test_both_guides_type_the_same_commands() -> None:
    """Only the language they ask for differs."""
    plain = [
        {re.sub(r" --lang zh| --edition \S+", "", line) for line in commands(GUIDES[language])}
        for language in LANGUAGES
    ]

    assert plain[0] ^ plain[1] == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_bold_as_a_button_is_one(language: str) -> None:
    """The buttons of the Lab have the names the guide calls them by."""
    words = Words(language)
    buttons = {words.text(key) for key in dictionary() if key.startswith(("lab.teach.", "lab.page."))}
    asked = {
        "en": ("Projector", "Start the timer", "Back to zero", "Next section", "Back a section"),
        "zh": ("投影", "开始计时", "归零", "下一节", "上一节"),
    }[language]
    again = [words.text(f"lab.{key}") for key in ("teach.show", "page.show_code", "page.again", "page.run")]

    assert set(asked) <= buttons
    for button in (*asked, *again):
        assert f"**{button}**" in GUIDES[language], button


@pytest.mark.parametrize("language", LANGUAGES)
def test_make_is_asked_for_editions_there_are(language: str) -> None:
    """Each EDITION= that the guide names can be opened, and the settings it names are the course's own."""
    asked = re.findall(r"make lab EDITION=([\w-]+)", GUIDES[language])

    assert asked
    assert set(asked) <= set(EDITIONS)
    package = "\n".join(path.read_text("utf-8") for path in (ROOT / "custlib").rglob("*.py"))
    assert all(name in package for name in re.findall(r"CUSTLIB_\w+", GUIDES[language]))


@pytest.mark.full
def test_the_quick_commands_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a copy of the course, in both languages, as they stand; the long ones have tests of their own."""
    for folder in ("exercises", "datasets", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("instructor"))
    monkeypatch.chdir(tmp_path)
    for name in ("CUSTLIB_JOURNAL", "CUSTLIB_PARTICIPANT", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    quick = [line for _, line in EVERY if line.split()[1] in ("key", "progress", "take-home", "export", "reset")]
    assert len(quick) >= 10
    for line in quick:
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, (line, result.output)
    handout = next(line for line in commands(GUIDES["zh"]) if "handout 02" in line and "--notes" not in line)
    result = CliRunner().invoke(main, [*shlex.split(handout)[1:], "--no-pdf"])
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "reports" / "handouts").glob("*.html"))) == 7
