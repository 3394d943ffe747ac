"""A list on its way: the file, which column is which, what is still open, and, once nothing is, the result.

A draft is a value; each step gives a new one. The cells that were gathered stay the same as long as the same
columns are read, so that an answer costs no second reading of the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path

from custlib.analysis.intake.asking import SEPARATOR, Open, ask
from custlib.analysis.intake.cells import Cells, gather
from custlib.analysis.intake.headers import NEEDED, ROLES, Header, find, guess
from custlib.analysis.intake.own_list import OwnList, read_list
from custlib.content import Finding
from custlib.course.files import Progress, Row, Source, examine
from custlib.course.own import ANSWERS, Reading, fingerprint
from custlib.errors import BadSetting, MissingColumns, NeedsAnswer, NothingLeft, UnreadableFile

NUMBER = re.compile(r"[+-]?\d[\d.,]*")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet take a text for a formula


@dataclass(frozen=True, eq=False)
class Draft:
    """A list as far as it is known: `cells` once the needed columns are named, `result` once nothing is open."""

    source: Source
    header: Header
    sample: tuple[Row, ...]
    reading: Reading
    cells: Cells | None = None
    opened: Open | None = None
    result: OwnList | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles that no column has yet; quantity and unit price stand for an amount."""
        roles = set(self.reading.columns)
        return tuple(
            role
            for role in NEEDED
            if role not in roles and not (role == "amount" and {"quantity", "unit_price"} <= roles)
        )


def begin(
    path: Path, memory: Mapping[str, Reading], *, sheet: str = "", today: Day, progress: Progress | None = None
) -> Draft:
    """Open a file, guess which column is which, or read it as its like was read before.

    `memory` holds readings by the fingerprint of the headings. Raises UnreadableFile, BadSetting, NothingLeft.
    """
    source = examine(path, sheet)
    head = source.head()
    header = find(head)
    below = head[0 if header.row is None else header.row + 1 :]
    if not any(str(cell).strip() for row in below for cell in row):
        raise UnreadableFile(path=path.name, reason="no_rows")
    known = memory.get(fingerprint(header.names))
    reading = replace(known, sheet=source.sheet) if known else Reading(source.sheet, guess(header, below[:100]))
    return _forward(Draft(source, header, tuple(below[:100]), reading), today, progress)


def with_role(draft: Draft, role: str, column: str, *, today: Day, progress: Progress | None = None) -> Draft:
    """Give a column (or none, with an empty name) a role; a column has one role only. Raises as `begin`."""
    if role not in ROLES or (column and column not in draft.header.names):
        raise BadSetting(name=role, value=column, allowed=", ".join(draft.header.names))
    columns = {key: name for key, name in draft.reading.columns.items() if key != role and name != column}
    if column:
        columns[role] = column
    columns = {key: columns[key] for key in ROLES if key in columns}
    fresh = replace(draft, reading=replace(draft.reading, columns=columns), cells=None, opened=None, result=None)
    return _forward(fresh, today, progress)


def with_answer(draft: Draft, key: str, answer: str, *, today: Day) -> Draft:
    """Answer a question, or take an answer back with an empty one. Raises NothingLeft."""
    answers = {**draft.reading.answers, key: answer}
    return _forward(replace(draft, reading=replace(draft.reading, answers=answers), result=None), today, None)


def _forward(draft: Draft, today: Day, progress: Progress | None) -> Draft:
    """Go as far as the draft allows."""
    if draft.missing:
        return draft
    name = draft.source.path.name
    cells = draft.cells or gather(draft.source.rows(progress), draft.header, draft.reading.columns)
    if not len(cells.number):
        raise UnreadableFile(path=name, reason="no_rows")
    answers = draft.reading.answers
    opened = draft.opened.answered(answers) if draft.opened else ask(cells, draft.header, answers)
    draft = replace(draft, cells=cells, opened=opened)
    if opened.unanswered:
        return draft
    try:
        result = read_list(cells, opened, where=name, today=today)
    except NothingLeft:
        if draft.source.formulas:
            raise UnreadableFile(path=name, reason="formulas") from None
        raise
    formulas = (Finding("own_list.note.formulas", {"count": draft.source.formulas}),) if draft.source.formulas else ()
    return replace(draft, result=replace(result, notes=(*result.notes, *draft.source.notes, *formulas)))


def finish(path: Path, settings: Mapping[str, str], memory: Mapping[str, Reading], *, today: Day) -> Draft:
    """Read a list without anybody to ask: what `settings` and `memory` leave open stops it by name.

    Settings: `columns` such as `customer_id=客户,date=日期`, `sheet`, and an answer by the name of its question.
    Raises MissingColumns, NeedsAnswer, BadSetting, UnreadableFile, NothingLeft.
    """
    draft = begin(path, memory, sheet=settings.get("sheet", ""), today=today)
    for pair in filter(None, settings.get("columns", "").split(",")):
        role, equals, column = pair.partition("=")
        if not equals:
            raise BadSetting(name="columns", value=pair, allowed="customer_id=…,date=…,amount=…")
        draft = with_role(draft, role.strip(), column.strip(), today=today)
    if draft.missing:
        raise MissingColumns(where=path.name, missing=draft.missing, found=draft.header.names)
    for key in ANSWERS:
        if key in settings:
            asked = [each for each in (draft.opened.questions if draft.opened else ()) if each.key == key]
            given = settings[key].replace(",", SEPARATOR) if key == "returns" else settings[key]
            if asked and not asked[0].takes(given):
                raise BadSetting(name=key, value=given, allowed=", ".join(asked[0].options))
            draft = with_answer(draft, key, given, today=today)
    if draft.opened is not None and (unanswered := draft.opened.unanswered):
        first = unanswered[0]
        said = Finding(f"own_list.ask.{first.key}.title", first.values)
        raise NeedsAnswer(where=path.name, question=said, parameter=first.key, options=first.options)
    return draft


def aside_rows(draft: Draft, reasons: Mapping[str, str], heads: tuple[str, str]) -> Iterator[str]:
    """The rows set aside as lines of a CSV file, each with its number and its reason in words, as they stood.

    The text begins with a byte-order mark, so that Excel reads it as UTF-8; what it would take for a formula
    is guarded.
    """
    if draft.result is None:
        return
    aside = dict(zip(draft.result.aside["row"].tolist(), draft.result.aside["reason"].tolist(), strict=True))
    yield "\ufeff" + line([*heads, *draft.header.names])
    for number, cells in enumerate(draft.source.rows(), 1):
        if number in aside:
            yield line([number, reasons[aside[number]], *cells])


def line(cells: Row) -> str:
    r"""One line of a CSV file for a spreadsheet: a text that could be taken for a formula gets an apostrophe.

    >>> line(["=cmd|calc", -5.0, "-5", "Lan, He"]).strip()
    '\'=cmd|calc,-5.0,-5,"Lan, He"'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([_guarded(cell) for cell in cells])
    return text.getvalue()


def _guarded(cell: object) -> object:
    if not isinstance(cell, str) or not cell.lstrip(" \u3000\ufeff").startswith(DANGEROUS):
        return cell
    return cell if NUMBER.fullmatch(cell) else f"'{cell}"
