"""The columns of a list that have a role, gathered row by row: however long the file, only these are held.

A column is held as its distinct values and each row's position among them, so that a value which stands there
a million times is read once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from custlib.analysis.intake.headers import Header, is_note, is_only_total, is_total
from custlib.analysis.intake.written import amounts, days

DATA, TOTAL, NOTE, HEADINGS = range(4)
AMOUNTS = ("amount", "unit_price", "quantity")


@dataclass(frozen=True, eq=False)
class Column:
    """One column: its heading, its distinct values, and each row's position among them."""

    name: str
    codes: np.ndarray
    values: Sequence[object]

    def spread(self, per_value: Iterable[Any], dtype: Any) -> np.ndarray:
        """What was found for each value, for each row."""
        found: np.ndarray = np.fromiter(per_value, dtype=dtype, count=len(self.values))[self.codes]
        return found

    def standing(self, rows: np.ndarray) -> list[object]:
        """The values that stand in these rows, each once."""
        return [self.values[code] for code in np.unique(self.codes[rows])]


@dataclass(frozen=True, eq=False)
class Cells:
    """The rows below the headings: the columns by role, each row's number in the file, and what it is."""

    columns: Mapping[str, Column]
    number: np.ndarray
    kind: np.ndarray

    @property
    def data(self) -> np.ndarray:
        """Which rows are neither sums nor notes nor repeated headings."""
        return np.asarray(self.kind == DATA)


def gather(rows: Iterable[Sequence[object]], header: Header, roles: Mapping[str, str]) -> Cells:
    """Gather the columns that have a role.

    rows of cells, as they stand in the file; headings; role → heading. Empty rows do not count. A row whose
    date is none is looked at as a whole: it may be a sum, a note below the list, or the headings once more.
    """
    places = {role: header.names.index(name) for role, name in roles.items()}
    known: dict[str, dict[object, int]] = {role: {} for role in roles}
    codes = {role: array("i") for role in roles}
    work = [(places[role], known[role], codes[role]) for role in roles]
    dates, day_place = known["date"], places["date"]
    dated: set[object] = set()
    who = places["customer_id"]
    sums: set[object] = set()
    numbers, kinds = array("i"), array("b")
    for number, cells in _below(rows, header):
        width = len(cells)
        day = cells[day_place] if day_place < width else ""
        kind = DATA
        if day not in dated:
            if day not in dates and days(day):
                dated.add(day)
            elif not any(_filled(cell) for cell in cells):
                continue
            else:
                kind = _kind(cells, header, places)
        elif sums and who < width and cells[who] in sums:
            kind = TOTAL
        for place, found, column in work:
            value = cells[place] if place < width else ""
            if value is None or value != value or (isinstance(value, str) and not value.strip()):
                value = ""
            code = found.get(value)
            if code is None:
                code = found[value] = len(found)
                if place == who and is_only_total(value):
                    sums.add(value)
                    kind = TOTAL
            column.append(code)
        numbers.append(number)
        kinds.append(kind)
    columns = {
        role: Column(
            roles[role],
            np.frombuffer(codes[role], dtype=np.int32) if len(codes[role]) else np.empty(0, np.int32),
            list(known[role]),
        )
        for role in roles
    }
    return Cells(columns, np.array(numbers, dtype=np.int64), np.array(kinds, dtype=np.int8))


def _below(rows: Iterable[Sequence[object]], header: Header) -> Iterator[tuple[int, Sequence[object]]]:
    first = 1 if header.row is None else header.row + 2
    return ((number, cells) for number, cells in enumerate(rows, 1) if number >= first)


def _filled(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _kind(cells: Sequence[object], header: Header, places: Mapping[str, int]) -> int:
    texts = [str(cell).strip() for cell in cells if _filled(cell)]
    if sum(text in header.names for text in texts) * 2 > len(texts):
        return HEADINGS
    if any(is_total(text) for text in texts):
        return TOTAL
    money = [cells[places[role]] for role in AMOUNTS if role in places and places[role] < len(cells)]
    if any(amounts(cell) for cell in money if _filled(cell)):
        return DATA
    return NOTE if any(map(is_note, texts)) or len(texts) == 1 else DATA
