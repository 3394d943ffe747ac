"""`custlib lint`: every check of the course's exercises and scenarios, in one place.

A check is a function `(root, names) -> lines`: it yields one line for each fault, with place and remedy. `names` are
the lessons or scenarios asked for; empty means all. A check ignores names that are not its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

Check = Callable[[Path, tuple[str, ...]], Iterator[str]]


def lint(root: Path, names: tuple[str, ...] = ()) -> list[str]:
    """Run every check; an empty list means that nothing is wrong."""
    return [line for check in checks() for line in check(root, names)]


def notes(root: Path, names: tuple[str, ...]) -> Iterator[str]:
    """What a check has to tell of those named beyond their faults: of a scenario, what chance and laziness score."""
    from custlib.course.scenarios import notes as of_scenarios

    yield from of_scenarios(root, names)


def checks() -> tuple[Check, ...]:
    """The checks there are: add yours here."""
    from custlib.course.exercise_lint import lint_exercises

    return (lint_exercises, _scenarios)


def _scenarios(root: Path, names: tuple[str, ...]) -> Iterator[str]:
    from custlib.course.scenarios import lint_scenarios

    yield from lint_scenarios(root, names)
