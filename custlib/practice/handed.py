"""Answers handed in by code: a table becomes the cells of a card, whatever its order, index and types."""

from __future__ import annotations

from typing import Any

from custlib.content import Finding
from custlib.practice.bank import Table
from custlib.practice.problem import Problem


def handed(problem: Problem, given: Any) -> Any:
    """An answer as the card would have given it; a Finding says what is missing in a table.

    A table has one row per asked row, known by its index or by a column, and the asked columns by id or by their
    name in either language. Other rows and columns, the order, and dtypes do not matter. Numbers and lists, NumPy's
    as well, are taken as they are.
    """
    exercise = problem.exercise
    if not isinstance(exercise, Table) or not exercise.asked or isinstance(given, dict):
        return given.item() if hasattr(given, "item") and getattr(given, "ndim", 1) == 0 else given
    if not hasattr(given, "columns"):
        return Finding("practice.frame.kind")
    frame = given.reset_index()
    columns = {str(name).strip().casefold(): name for name in frame.columns}
    found = {
        each.id: next((columns[key] for key in _aliases(each.id, each.text) if key in columns), None)
        for each in exercise.asked
    }
    if missing := [each.id for each in exercise.asked if found[each.id] is None]:
        return Finding("practice.frame.columns", {"missing": missing})
    wanted = list(problem.answer)
    known = {**{str(name): row for row, name in problem.names.items()}, **{row: row for row in wanted}}
    best = max(frame.columns, key=lambda name: len(set(wanted) & {known.get(str(each)) for each in frame[name]}))
    keys = [known.get(str(each)) for each in frame[best]]
    if absent := [row for row in wanted if row not in keys]:
        return Finding("practice.frame.rows", {"n": len(absent), "all": len(wanted), "row": absent[0]})
    if twice := [row for row in wanted if keys.count(row) > 1]:
        return Finding("practice.frame.twice", {"row": twice[0]})
    place = {row: keys.index(row) for row in wanted}
    return {row: {name: _text(frame[column].iloc[place[row]]) for name, column in found.items()} for row in wanted}


def _aliases(name: str, text: Any) -> list[str]:
    return [name.casefold(), text.en.casefold(), text.zh.casefold()]


def _text(value: Any) -> str:
    """A cell as somebody would type it; what is missing is empty."""
    if isinstance(value, str):
        return value
    missing = value is None or value != value
    number = value.item() if hasattr(value, "item") else value
    return "" if missing else repr(number) if isinstance(number, int | float) else str(number)
