"""The table of what is covered, and the glossary: each thing they name exists."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from custlib.content import Words, dictionary
from custlib.course.root import bank, outline
from custlib.errors import UnknownName
from custlib.practice.bank import load
from custlib.views import glossary

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if re.match(r"\| \d", line)
]
NUMBERS = [f"{part}.{n}" for part, most in ((0, 13), (1, 20), (2, 17), (3, 14), (4, 13)) for n in range(1, most + 1)]


def test_each_row_of_the_inventory_stands_once() -> None:
    """From 0.1 to 4.13, in order, none twice and none left out."""
    assert [row[0] for row in ROWS] == NUMBERS


def test_every_lesson_named_exists() -> None:
    """A link of the table points at a file of the course."""
    links = re.findall(r"\]\(([^)]+)\)", TABLE)

    assert links
    assert [link for link in links if not (ROOT / "docs" / link).resolve().is_file()] == []


def test_every_function_named_exists() -> None:
    """What the table calls computed can be called."""
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[3])}
    missing = []
    for name in named:
        module, _, function = name.partition(".")
        if not callable(getattr(import_module(f"custlib.analysis.{module}"), function, None)):
            missing.append(name)

    assert named
    assert missing == []


def test_every_exercise_named_exists() -> None:
    """What the table calls practised is an exercise of a lesson, or a role-play."""
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[4])}
    known = {path.stem for path in (ROOT / "exercises" / "scenarios").glob("*.yaml")}
    for entry in outline(ROOT).lessons:
        if bank(ROOT, entry.id)[0].is_file():
            known |= {exercise.id for exercise in load(*bank(ROOT, entry.id)).exercises}

    assert named
    assert named - known == set()


def test_every_cell_is_filled() -> None:
    """A cell names something, says later, or says that there is nothing."""
    assert [row for row in ROWS if len(row) != 5 or not all(row)] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_glossary_shows_each_topic_in_both_languages(language: str) -> None:
    """Each term has a name and a meaning; a topic that is not there is named."""
    topics = {key.split(".")[1] for key in dictionary() if key.startswith("glossary.")}
    for topic in topics:
        shown = glossary.terms(topic, words=Words(language))["text/plain"].splitlines()
        assert len(shown) - 2 == sum(
            key.startswith(f"glossary.{topic}.") and key.endswith(".name") for key in dictionary()
        )
    with pytest.raises(UnknownName):
        glossary.terms("cooking", words=Words(language))
