"""Data quality: nine kinds of faults in a sales list, found, counted and mended one by one.

A list has one row per order line. What a check needs is a column under the name of its role (`ROLES`; another name
is given in `Ruling.columns`); a check whose columns are missing is reported as not made, never as passed. Nothing is
guessed: a row that cannot be mended from the list itself is set aside, and counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from custlib.content import Finding
from custlib.errors import BadSetting, MissingColumns
from custlib.frames import NO_DAY, last_day, read_amounts, read_days

ROLES = (
    "order_id", "line", "customer_id", "name", "industry", "owner", "date", "qty", "unit_price", "amount", "currency",
    "type", "ref_order",
)  # fmt: skip
RETURN = ("return", "returns", "r", "退货", "退")
# What a name of a firm may carry or leave out: legal forms, in the languages a list here may be in.
LEGAL = re.compile(
    r"股份有限公司|有限责任公司|有限公司|公司|集团|\b(company|co|ltd|limited|inc|corp|llc|plc|gmbh|group)\b"
)
TEN_THOUSAND = 10_000
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Ruling:
    """What the list itself does not say: the last day, who is in charge of whom today, and what a dollar is worth.

    `owners` gives the person in charge by customer; `rates` the value of a foreign currency in the list's own
    (`currency`, by default the most frequent); `columns` the list's own name for a role.
    """

    as_of: object = None
    owners: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Fault:
    """One kind of fault in one list: the rows that have it (positions), or the columns or facts that are missing.

    `example` is the first of the rows by role; for a name written in two ways also what it is known under (`main_…`).
    """

    code: str
    rows: np.ndarray
    missing: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What one repair did: rows repaired and set aside, revenue and number of customers before and after."""

    code: str
    rows: int
    set_aside: int
    revenue: tuple[float, float]
    customers: tuple[int, int]


def check(table: pd.DataFrame, ruling: Ruling | None = None) -> list[Fault]:
    """Look for each of the nine faults. table(customer_id, date, amount, …) → one Fault a kind, in order of `FAULTS`.

    A fault with neither rows nor anything missing was looked for and is not there. Raises MissingColumns, BadSetting.

    >>> rows = pd.DataFrame({"customer_id": ["A"], "date": ["2052-01-01"], "amount": [10.0]})
    >>> [fault.code for fault in check(rows, Ruling(as_of="2025-06-30")) if len(fault.rows)]
    ['future_date']
    """
    return Mender(table, ruling or Ruling()).check()


def mend(table: pd.DataFrame, code: str, ruling: Ruling | None = None) -> tuple[pd.DataFrame, Step]:
    """Repair one kind of fault; give the list as it is then, and what it did. Raises as `check`, and BadSetting."""
    mended, steps = mend_all(table, (code,), ruling)
    return mended, steps[0]


def mend_all(
    table: pd.DataFrame, codes: tuple[str, ...] | None = None, ruling: Ruling | None = None
) -> tuple[pd.DataFrame, list[Step]]:
    """Repair the kinds named (all, if none), always in the order of `FAULTS`, each on what the one before left."""
    return Mender(table, ruling or Ruling()).mend(codes)


class Mender:
    """A list read once, to be checked and mended in many ways. Raises as `check`."""

    def __init__(self, table: pd.DataFrame, ruling: Ruling) -> None:
        self.book, self.rows = _read(table, ruling), len(table)

    def check(self) -> list[Fault]:
        """One Fault a kind, in order of `FAULTS`."""
        return [_fault(self.book, code) for code in FAULTS]

    def mend(self, codes: tuple[str, ...] | None = None) -> tuple[pd.DataFrame, list[Step]]:
        """Repair the kinds named (all, if none); what was read stays as it was. Raises BadSetting."""
        if unknown := [code for code in codes or () if code not in FAULTS]:
            raise BadSetting(name="fault", value=unknown[0], allowed=", ".join(FAULTS))
        book, steps = self.book.copy(), []
        for code in [each for each in FAULTS if codes is None or each in codes]:
            rows, before = _rows(book, code), book.totals()
            kept = FAULTS[code].mend(book, rows) if len(rows) else _all(book)
            book = book.only(kept)
            (money, firms), (money_then, firms_then) = before, book.totals()
            steps.append(Step(code, len(rows), int((~kept).sum()), (money, money_then), (firms, firms_then)))
        return book.written(), steps


def verdict(faults: list[Fault], mended: list[Step], whole: list[Step]) -> Finding:
    """What there is to say: a clean list, how many faults, or in which direction the repairs moved the revenue.

    `mended` are the repairs made, `whole` all that could be made.
    """
    found = [fault for fault in faults if len(fault.rows)]
    if not found:
        return Finding("quality.verdict.clean", {"checked": sum(not fault.missing for fault in faults)})
    money, customers = whole[0].revenue[0], whole[0].customers[0]
    values: dict[str, float] = {"kinds": len(found), "rows": sum(len(fault.rows) for fault in found)}
    steps = [step for step in mended if step.rows]
    if not steps:
        return Finding("quality.verdict.found", values | {"money": money, "customers": customers})
    change, firms = steps[-1].revenue[1] - money, steps[-1].customers[1] - customers
    values |= {"done": len(steps), "change": abs(change), "firms": abs(firms)}
    way = "same" if abs(change) < 0.005 else "higher" if change > 0 else "lower"
    return Finding(f"quality.verdict.{way}_{'fewer' if firms < 0 else 'all'}", values)


class _Book:
    """The list under the names of its roles, amounts as numbers; what was read is kept until it is written over."""

    def __init__(self, table: pd.DataFrame, ruling: Ruling) -> None:
        self.table, self.ruling = table, ruling
        self._read: dict[tuple[str, str], np.ndarray] = {}

    def __contains__(self, role: str) -> bool:
        return role in self.table

    def _once(self, role: str, kind: str, read: Callable[[pd.Series], np.ndarray]) -> np.ndarray:
        if (role, kind) not in self._read:
            self._read[role, kind] = read(self.table[role])
        return self._read[role, kind]

    def text(self, role: str) -> np.ndarray:
        """A column as text, empty where there is nothing."""

        def read(column: pd.Series) -> np.ndarray:
            return np.where(column.isna(), "", column.astype(str).str.strip()).astype(object)

        return self._once(role, "text", read)

    def number(self, role: str) -> np.ndarray:
        return self._once(role, "number", lambda column: read_amounts(column)[0])

    @property
    def day(self) -> np.ndarray:
        """Days since 1970; NO_DAY where there is none, or it cannot be read."""
        return self._once("date", "day", lambda column: read_days(column)[0])

    @property
    def returned(self) -> np.ndarray:
        """Rows the list calls a return; where it has no such column, those with a negative quantity or amount."""
        if "type" in self:
            return _among([each.casefold() for each in self.text("type")], set(RETURN))
        return self.number("qty" if "qty" in self else "amount") < 0

    def totals(self) -> tuple[float, int]:
        """Revenue as the amounts add up, and how many customers there seem to be."""
        customers = set(self.text("customer_id")) - {""}
        return round(float(np.nansum(self.number("amount"))), 2), len(customers)

    def put(self, role: str, rows: np.ndarray, values: object) -> None:
        column = np.array(self.number(role) if role == "amount" else self.table[role].to_numpy(dtype=object))
        column[rows] = values
        self.table = self.table.assign(**{role: column})
        self._read = {key: value for key, value in self._read.items() if key[0] != role}

    def copy(self) -> _Book:
        """Another book of the same list; what was read is shared, as nothing writes into it."""
        other = _Book(self.table, self.ruling)
        other._read = dict(self._read)
        return other

    def only(self, kept: np.ndarray) -> _Book:
        """The rows that stay."""
        if kept.all():
            return self
        less = _Book(self.table[kept], self.ruling)
        less._read = {key: value[kept] for key, value in self._read.items()}
        return less

    def written(self) -> pd.DataFrame:
        """The list under its own names again."""
        return self.table.rename(columns=dict(self.ruling.columns)).reset_index(drop=True)


def _read(table: pd.DataFrame, ruling: Ruling) -> _Book:
    if unknown := [role for role in ruling.columns if role not in ROLES]:
        raise BadSetting(name="columns", value=unknown[0], allowed=", ".join(ROLES))
    named = table.rename(columns={name: role for role, name in ruling.columns.items()})
    if missing := [role for role in ("customer_id", "date", "amount") if role not in named]:
        raise MissingColumns(where="quality.check", missing=missing, found=table.columns)
    return _Book(named, ruling)


def _missing(book: _Book, code: str) -> tuple[str, ...]:
    needs, facts = FAULTS[code].needs, {"as_of": book.ruling.as_of, "owners": book.ruling.owners}
    columns = tuple(need for need in needs if need in ROLES and need not in book)
    return columns + tuple(need for need in needs if need in facts and not facts[need])


def _rows(book: _Book, code: str) -> np.ndarray:
    return np.array([], dtype=int) if _missing(book, code) else np.flatnonzero(FAULTS[code].find(book))


def _fault(book: _Book, code: str) -> Fault:
    if missing := _missing(book, code):
        return Fault(code, np.array([], dtype=int), missing=missing)
    rows = _rows(book, code)
    example = {role: book.text(role)[rows[0]] for role in ROLES if role in book} if len(rows) else {}
    if code == "split_name" and len(rows):
        main = _main(book)[rows[0]]
        example |= {f"main_{role}": book.text(role)[main] for role in ("customer_id", "name")}
    return Fault(code, rows, example=example)


def _among(texts: Iterable[str], known: set[str]) -> np.ndarray:
    return np.array([each in known for each in texts], dtype=bool)


def _twice(book: _Book) -> np.ndarray:
    return book.table.drop(columns="row", errors="ignore").duplicated().to_numpy()


@lru_cache(maxsize=50_000)
def plain_name(name: str) -> str:
    """A firm's name without what people write differently: width, case, spaces, signs, legal form.

    >>> plain_name("Yunchuan  Foods Co., Ltd.") == plain_name("YUNCHUAN FOODS")
    True
    >>> plain_name("云川食品（集团）") == plain_name("云川食品有限公司")
    True
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    bare = re.sub(r"[\W_]+", "", LEGAL.sub("", text))
    return bare or text.strip()


def _main(book: _Book) -> np.ndarray:
    """For each row the place of the row whose number and name its firm is known under: the first by day.

    A number in the list of owners goes before one that is not; a row without a number is not asked.
    """
    customers = book.text("customer_id")
    known = ~_among(customers, set(book.ruling.owners))
    order = np.lexsort((book.day, known)) if book.ruling.owners else np.argsort(book.day, kind="stable")
    names = [plain_name(each) for each in book.text("name")]
    first: dict[str, int] = {}
    for place in order.tolist():
        if names[place] and customers[place]:
            first.setdefault(names[place], place)
    return np.array([first.get(name, place) for place, name in enumerate(names)], dtype=int)


def _split(book: _Book) -> np.ndarray:
    customers, main = book.text("customer_id"), _main(book)
    return np.asarray(customers != customers[main])


def _unmarked(book: _Book) -> np.ndarray:
    negative = book.number("qty") < 0
    return negative & (~book.returned if "type" in book else book.number("amount") > 0)


def _future(book: _Book) -> np.ndarray:
    return np.asarray((book.day > last_day(book.ruling.as_of)) & (book.day != NO_DAY))


def _in_wan(book: _Book) -> np.ndarray:
    """Amounts about a ten-thousandth of quantity times price: discounts reach down to a fifth of the price."""
    usual = np.abs(book.number("qty") * book.number("unit_price"))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.abs(book.number("amount")) / usual * TEN_THOUSAND
    return np.asarray((usual > 0) & (share > 0.2) & (share < 1.5))


def _foreign(book: _Book) -> np.ndarray:
    written = book.text("currency")
    home = book.ruling.currency or pd.Series(written[written != ""]).mode().get(0, "")
    return np.asarray((written != home) & (written != ""))


def _stale(book: _Book) -> np.ndarray:
    owner = book.text("owner")
    return np.asarray(~_among(owner, set(book.ruling.owners.values())) & (owner != ""))


def _orphan(book: _Book) -> np.ndarray:
    return np.asarray(book.returned & ~_among(book.text("ref_order"), set(book.text("order_id")) - {""}))


def _set_aside(book: _Book, rows: np.ndarray) -> np.ndarray:
    kept = np.ones(len(book.table), dtype=bool)
    kept[rows] = False
    return kept


def _merge(book: _Book, rows: np.ndarray) -> np.ndarray:
    main = _main(book)[rows]
    for role in ("customer_id", "name"):
        book.put(role, rows, book.text(role)[main])
    return _all(book)


def _mark(book: _Book, rows: np.ndarray) -> np.ndarray:
    book.put("amount", rows, -np.abs(book.number("amount")[rows]))
    if "type" in book:
        book.put("type", rows, RETURN[0])
    if "ref_order" in book and "order_id" in book:
        # It stands in the order it belongs to.
        own = book.text("ref_order")[rows]
        book.put("ref_order", rows, np.where(own == "", book.text("order_id")[rows], own))
    return _all(book)


def _to_yuan(book: _Book, rows: np.ndarray) -> np.ndarray:
    book.put("amount", rows, np.round(book.number("amount")[rows] * TEN_THOUSAND, 2))
    return _all(book)


def _fill_industry(book: _Book, rows: np.ndarray) -> np.ndarray:
    customers, industry = book.text("customer_id"), book.text("industry")
    known = dict(zip(customers[industry != ""], industry[industry != ""], strict=True))
    book.put("industry", rows, [known.get(each, UNKNOWN) for each in customers[rows]])
    return _all(book)


def _convert(book: _Book, rows: np.ndarray) -> np.ndarray:
    rate = np.array([book.ruling.rates.get(each, np.nan) for each in book.text("currency")[rows]], dtype=float)
    known = rows[~np.isnan(rate)]
    home = book.ruling.currency or pd.Series(book.text("currency")).mode()[0]
    book.put("amount", known, np.round(book.number("amount")[known] * rate[~np.isnan(rate)], 2))
    book.put("currency", known, home)
    return _set_aside(book, rows[np.isnan(rate)])


def _hand_over(book: _Book, rows: np.ndarray) -> np.ndarray:
    book.put("owner", rows, [book.ruling.owners.get(each, "") for each in book.text("customer_id")[rows]])
    return _all(book)


def _all(book: _Book) -> np.ndarray:
    return np.ones(len(book.table), dtype=bool)


@dataclass(frozen=True)
class _Kind:
    """How a fault is found and mended; a mend gives the rows that stay."""

    needs: tuple[str, ...]
    find: Callable[[_Book], np.ndarray]
    mend: Callable[[_Book, np.ndarray], np.ndarray]


FAULTS: dict[str, _Kind] = {
    "duplicate": _Kind(("order_id",), _twice, _set_aside),
    "split_name": _Kind(("name",), _split, _merge),
    "unmarked_return": _Kind(("qty",), _unmarked, _mark),
    "future_date": _Kind(("as_of",), _future, _set_aside),
    "unit": _Kind(("qty", "unit_price"), _in_wan, _to_yuan),
    "no_industry": _Kind(("industry",), lambda book: book.text("industry") == "", _fill_industry),
    "currency": _Kind(("currency",), _foreign, _convert),
    "stale_owner": _Kind(("owner", "owners"), _stale, _hand_over),
    "orphan_return": _Kind(("order_id", "ref_order"), _orphan, _set_aside),
}
