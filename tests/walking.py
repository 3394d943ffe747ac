"""A walk through a lesson: the code cells of its source, one after the other, on tables that a test has chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import custlib.course
from custlib.course import lesson as lessons
from custlib.course import open_lesson, sources
from custlib.course.tables import Tables
from custlib.practice.problem import Problem
from custlib.views.bundle import VEGALITE

ROOT = Path(__file__).parents[1]
Change = Callable[[str, pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Turned(Tables):
    """The lesson's tables, each changed on its way out."""

    change: Change = lambda name, table: table

    def table(self, name: str) -> pd.DataFrame:
        return self.change(name, super().table(name))


@dataclass(frozen=True)
class Walk:
    """What a walk showed, by view: the title, and all that is read aloud; its exercises, and what its cells named."""

    titles: dict[str, str]
    spoken: dict[str, str]
    problems: list[Problem]
    named: dict[str, Any]


def unchanged(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The lesson's own tables."""
    return table


def walk(
    monkeypatch: pytest.MonkeyPatch, name: str, change: Change = unchanged, language: str = "en", seed: int = 7
) -> Walk:
    """Run a lesson's cells on changed tables or on another company, and keep what they show."""
    views, found = ["start"], Walk({}, {}, [], {})
    show = lessons.Lesson.show

    def opened(*args: Any, **settings: Any) -> lessons.Lesson:
        plain = open_lesson(*args, **settings | {"seed": seed})
        tables = {key: getattr(plain.data, key) for key in ("words", "seed", "folder", "orders", "shown")}
        return replace(plain, data=Turned(**tables, change=change))

    def named(self: lessons.Lesson, view: str, *args: Any, **options: Any) -> None:
        views.append(view)
        show(self, view, *args, **options)

    def kept(bundle: dict[str, Any]) -> None:
        spec = bundle.get(VEGALITE)
        title = " ".join(spec["title"]["text"]) if spec else bundle["text/plain"]
        found.titles[views[-1]] = title
        found.spoken[views[-1]] = spec["description"] if spec else bundle["text/plain"]

    with monkeypatch.context() as patched:
        patched.setattr(custlib.course, "open_lesson", opened)
        patched.setattr(lessons, "_display", kept)
        patched.setattr(lessons.Lesson, "show", named)
        patched.setattr(lessons.Lesson, "ask", lambda self, each: found.problems.append(self.desk.problem(each)))
        patched.setattr(lessons.Lesson, "own_list", lambda self: None)
        patched.setattr(lessons.Lesson, "goal", lambda self: None)
        for cell in sources.read(ROOT / "notebooks" / "source" / f"{name}.py"):
            if cell.kind == "code":
                exec(cell.text(language), found.named)
    return found
