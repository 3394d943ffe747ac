"""A participant's list: from its gathered cells to a table that passes the gate, and a report of what was done.

Every row is kept or set aside for one reason; what was changed in a row that is kept is counted and shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day
from typing import Any

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.intake.asking import NONE, SEPARATOR, Open, groups, reader, vat_way, vat_ways, written
from custlib.analysis.intake.cells import HEADINGS, NOTE, TOTAL, Cells, Column
from custlib.analysis.intake.headers import factor, says
from custlib.analysis.intake.written import amounts, bare, currency, days, has_unit, plain_amount, plain_day
from custlib.content import Finding
from custlib.errors import NothingLeft
from custlib.frames import NO_DAY, as_day, day_number

REASONS = (
    "total_row", "headings_row", "note_row", "no_customer", "no_date", "bad_date", "future_date",
    "no_amount", "bad_amount", "infinite_amount",
)  # fmt: skip
SHOWN = 3  # row numbers named in a report


@dataclass(frozen=True, eq=False)
class OwnList:
    """A list that was read: the table, how many rows were repaired and how, which were set aside and why.

    `table` has customer_id, date, amount and, where the list has them, order_id, quantity and dealer;
    `aside` has the row's number in the file and the code of its reason.
    """

    table: pd.DataFrame
    read: int
    repaired: int
    repairs: tuple[Finding, ...]
    reasons: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    aside: pd.DataFrame

    @property
    def kept(self) -> int:
        return len(self.table)


def read_list(cells: Cells, opened: Open, *, where: str, today: Day) -> OwnList:
    """Read the gathered cells once nothing is open any more.

    Amounts of returns are negative, as the gate wants them. A row dated after `today` is set aside.
    Raises NothingLeft.
    """
    customer, names, trimmed = _customers(cells)
    filled = _fill_down(cells, customer, opened)
    joined = _join(cells, customer, names, opened)
    day, odd_day = _days(cells, opened)
    money = _amounts(cells, opened)
    reason = _reasons(cells, customer, day, money["amount"], day_number(today))
    keep = reason == 0
    if not keep.any():
        raise NothingLeft(where=where, total=len(keep), reasons=_said(reason, cells))

    repairs = {
        "dates": odd_day, "amounts": money["odd"], "unit": money["unit"], "worked_out": money["worked_out"],
        "return_sign": money["flagged"], "negative_quantity": money["backwards"], "vat": money["vat"],
        "filled": filled, "joined": joined, "trimmed": trimmed,
    }  # fmt: skip
    columns: dict[str, Any] = {
        "customer_id": pd.Index(names, dtype="str").take(customer[keep]),
        "date": day[keep].astype("datetime64[D]").astype("datetime64[s]"),
        "amount": money["amount"][keep],
    }
    for role in ("order_id", "dealer"):
        if (column := cells.columns.get(role)) is not None:
            texts = [written(value) or None for value in column.values]
            columns[role] = pd.Index(texts, dtype="str").take(column.codes[keep])
    if "quantity" in cells.columns:
        columns["quantity"] = money["quantity"][keep]
    table = pd.DataFrame(columns)
    # What was set aside here never reaches the gate; whatever passed here passes there.
    frames.purchases(table, where=where)
    return OwnList(
        table=table,
        read=len(keep),
        repaired=int(np.count_nonzero(np.logical_or.reduce(list(repairs.values())) & keep)),
        repairs=tuple(
            _repair(code, rows & keep, cells, day, money["amount"])
            for code, rows in repairs.items()
            if (rows & keep).any()
        ),
        reasons=_said(reason, cells),
        notes=_notes(cells, opened, int(np.count_nonzero(table["amount"].to_numpy() < 0))),
        aside=pd.DataFrame(
            {"row": cells.number[~keep], "reason": pd.Index(["", *REASONS], dtype="str").take(reason[~keep])}
        ),
    )


def _customers(cells: Cells) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Each row's position among the customers (-1: none), their names, and the rows whose name lost spaces."""
    column = cells.columns["customer_id"]
    texts = [written(value) for value in column.values]
    known = {text: place for place, text in enumerate(dict.fromkeys(filter(None, texts)))}
    position = np.array([known.get(text, -1) for text in texts] or [-1], dtype=np.int64)
    changed = column.spread(
        (isinstance(value, str) and value != text for value, text in zip(column.values, texts, strict=True)), bool
    )
    return position[column.codes], list(known), changed


def _fill_down(cells: Cells, customer: np.ndarray, opened: Open) -> np.ndarray:
    """Give rows without a customer the one above, in place, where that was the answer; return which they are."""
    filled = np.zeros(len(customer), dtype=bool)
    if opened.answer("blanks") == "above":
        data = np.flatnonzero(cells.data)
        own = customer[data]
        last = np.maximum.accumulate(np.where(own >= 0, np.arange(len(own)), 0))
        filled[data] = (own < 0) & (own[last] >= 0)
        customer[data] = own[last]
    return filled


def _join(cells: Cells, customer: np.ndarray, names: list[str], opened: Open) -> np.ndarray:
    """Put the branches of one firm under one customer, in place, where that was the answer."""
    before = customer.copy()
    if opened.answer("branches") == "one":
        place = {name: number for number, name in enumerate(names)}
        target = np.arange(len(names) + 1)
        for firm, members in groups(cells).items():
            target[[place[name] for name in members]] = place.get(firm, place[members[0]])
        customer[:] = np.where(customer >= 0, target[customer], -1)
    return np.asarray(before != customer)


def _days(cells: Cells, opened: Open) -> tuple[np.ndarray, np.ndarray]:
    """Days since 1970 (NO_DAY where there is none), and the rows whose date stood there in another form."""
    column = cells.columns["date"]
    read = reader(days, opened.day_order)
    found = [read(value) for value in column.values]
    day = column.spread((NO_DAY if each is None else day_number(each) for each in found), np.int64)
    odd = column.spread(
        (each is not None and not plain_day(value) for each, value in zip(found, column.values, strict=True)), bool
    )
    return day, odd


def _numbers(column: Column, sign: str) -> tuple[np.ndarray, np.ndarray]:
    read = reader(amounts, sign)
    number = column.spread((np.nan if each is None else each for each in map(read, column.values)), np.float64)
    odd = column.spread((not plain_amount(value) for value in column.values), bool)
    return number, odd & ~np.isnan(number)


def _amounts(cells: Cells, opened: Open) -> dict[str, np.ndarray]:
    """Amounts with the sign that belongs to them, and which rows were changed in which way."""
    rows = len(cells.number)
    none = np.zeros(rows, dtype=bool)
    money = {
        "amount": np.full(rows, np.nan),
        "odd": none,
        "unit": none,
        "worked_out": none,
        "flagged": none,
        "backwards": none,
        "vat": none,
    }
    quantity = price = np.full(rows, np.nan)
    if "amount" in cells.columns:
        money["amount"], money["odd"] = _numbers(cells.columns["amount"], opened.decimal_sign)
        if opened.answer("unit") == "heading":
            column = cells.columns["amount"]
            money["unit"] = ~column.spread(map(has_unit, column.values), bool) & ~np.isnan(money["amount"])
            money["amount"] = np.where(
                money["unit"], np.round(money["amount"] * factor(column.name), 2), money["amount"]
            )
            money["odd"] = money["odd"] & ~money["unit"]
    if "quantity" in cells.columns:
        quantity, _ = _numbers(cells.columns["quantity"], opened.decimal_sign)
    if "unit_price" in cells.columns:
        price, _ = _numbers(cells.columns["unit_price"], opened.decimal_sign)
    empty = _empty(cells.columns["amount"]) if "amount" in cells.columns else ~none
    money["worked_out"] = empty & ~np.isnan(quantity * price)
    amount = np.where(money["worked_out"], np.round(quantity * price, 2), money["amount"])
    money["flagged"] = _flagged(cells, opened) & (amount > 0)
    money["backwards"] = (quantity < 0) & (amount > 0) & ~money["flagged"]
    amount = np.where(money["flagged"] | money["backwards"], -amount, amount)
    if (rate := opened.answer("vat_rate")) not in ("", "keep"):
        column = cells.columns["vat"]
        money["vat"] = column.spread((vat_way(value) == "in" for value in column.values), bool) & ~np.isnan(amount)
        amount = np.where(money["vat"], np.round(amount / (1 + int(rate) / 100), 2), amount)
    return {**money, "amount": amount, "quantity": quantity}


def _empty(column: Column) -> np.ndarray:
    """Which rows have an empty cell; gathering left one kind of emptiness only."""
    return column.spread((value == "" for value in column.values), bool)


def _flagged(cells: Cells, opened: Open) -> np.ndarray:
    """Which rows a column of the list calls returns."""
    column = cells.columns.get("return_flag")
    if column is None:
        return np.zeros(len(cells.number), dtype=bool)
    marked = set(opened.answer("returns").split(SEPARATOR)) - {NONE, ""}
    return column.spread((says(value, "returned") or bare(value) in marked for value in column.values), bool)


def _reasons(cells: Cells, customer: np.ndarray, day: np.ndarray, amount: np.ndarray, today: int) -> np.ndarray:
    """Each row's first reason to be set aside, as a position in REASONS from 1; 0 where it is kept."""
    no_date = _empty(cells.columns["date"])
    no_amount = _empty(cells.columns["amount"]) if "amount" in cells.columns else ~np.zeros(len(day), dtype=bool)
    faults = (
        cells.kind == TOTAL, cells.kind == HEADINGS, cells.kind == NOTE, customer < 0,
        no_date, (day == NO_DAY) & ~no_date, day > today,
        np.isnan(amount) & no_amount, np.isnan(amount) & ~no_amount, np.isinf(amount),
    )  # fmt: skip
    reason = np.zeros(len(day), dtype=np.int8)
    for number, fault in reversed(list(enumerate(faults, 1))):
        reason[fault] = number
    return reason


def _said(reason: np.ndarray, cells: Cells) -> tuple[Finding, ...]:
    """Why rows were set aside: how many, which, and an example of what could not be read."""
    shown = {"bad_date": "date", "future_date": "date", "bad_amount": "amount"}
    found = []
    for number, code in enumerate(REASONS, 1):
        rows = np.flatnonzero(reason == number)
        if len(rows):
            values: dict[str, Any] = {"count": len(rows), **_rows(cells.number[rows])}
            column = cells.columns.get(shown.get(code, ""))
            if column is not None:
                values["example"] = bare(column.values[column.codes[rows[0]]])[:40]
            found.append(Finding(f"own_list.aside.{code}", values))
    return tuple(found)


def _rows(numbers: np.ndarray) -> dict[str, Any]:
    return {"rows": [int(number) for number in numbers[:SHOWN]], "more": len(numbers) > SHOWN}


def _repair(code: str, rows: np.ndarray, cells: Cells, day: np.ndarray, amount: np.ndarray) -> Finding:
    """How rows were repaired: how many, and the first of them before and after."""
    first = int(np.argmax(rows))
    values: dict[str, Any] = {"count": int(np.count_nonzero(rows))}
    role = {"dates": "date", "trimmed": "customer_id", "joined": "customer_id", "filled": "customer_id"}.get(
        code, "amount"
    )
    column = cells.columns.get(role)
    if column is not None:
        values["before"] = str(column.values[column.codes[first]])[:40]
    values["after"] = as_day(int(day[first])) if role == "date" else float(amount[first])
    return Finding(f"own_list.repaired.{code}", {**values, **_rows(cells.number[rows])})


def _notes(cells: Cells, opened: Open, returns: int) -> tuple[Finding, ...]:
    """How the list was read where there is more than one way, and what a reader should know of it."""
    notes: list[Finding] = []
    if opened.day_order:
        notes.append(Finding(f"own_list.note.dates_{opened.day_order}"))
    ways = vat_ways(cells)
    way = next(iter(ways)) if len(ways) == 1 else opened.answer("vat")
    if opened.answer("vat_rate"):
        way = "mixed" if opened.answer("vat_rate") == "keep" else "out"
    if way:
        notes.append(Finding(f"own_list.note.vat_{way}"))
    if opened.answer("branches"):
        notes.append(Finding(f"own_list.note.branches_{opened.answer('branches')}"))
    amount = cells.columns.get("amount")
    kinds = sorted({currency(value) for value in amount.values} - {""}) if amount is not None else []
    if len(kinds) > 1:
        notes.append(Finding("own_list.note.currencies", {"kinds": kinds}))
    if returns:
        notes.append(Finding("own_list.note.returns", {"count": returns}))
    return tuple(notes)


def pseudonyms(customers: pd.Series) -> Mapping[str, str]:
    """A number for each customer, K001 and on, by the order of their first purchase rows: the same each time."""
    distinct = list(pd.unique(customers))
    width = max(3, len(str(len(distinct))))
    return {name: f"K{number:0{width}d}" for number, name in enumerate(distinct, 1)}
