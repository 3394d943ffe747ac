"""The one gate through which purchase data enters the analysis.

Every row is either used or counted under exactly one reason, so that `total` is always the rows used plus
the rows set aside. Nothing is guessed: a date whose day and month cannot be told apart is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as Day
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, MissingColumns, NothingLeft
from custlib.factorise import factorise

NO_DAY = np.iinfo(np.int64).min
DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?")
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+")
MONEY_MARKS = str.maketrans(
    {"¥": "", "￥": "", "$": "", "€": "", "£": "", "元": "", "−": "-", "，": ",", " ": "", "\u00a0": ""}
)


@dataclass(frozen=True, eq=False)
class Purchases:
    """Rows that passed the gate, and what was noticed on the way.

    `customer` and `order` are positions in `ids` and among the orders (-1: no order id); `day` counts from
    1970-01-01; `amount` is negative for returns; `rows` are the positions in the table that was read.
    """

    customer: np.ndarray
    ids: pd.Index
    day: np.ndarray
    amount: np.ndarray
    order: np.ndarray | None
    order_ids: pd.Index | None
    as_of: pd.Timestamp
    rows: np.ndarray | slice
    total: int
    issues: tuple[Finding, ...]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows as a table: customer_id, date, amount, and order_id where one was named."""
        columns: dict[str, Any] = {
            "customer_id": self.ids.take(self.customer),
            "date": self.day.astype("datetime64[D]").astype("datetime64[s]"),
            "amount": self.amount,
        }
        if self.order is not None and self.order_ids is not None:
            columns["order_id"] = pd.Series(self.order_ids).reindex(self.order).array
        return pd.DataFrame(columns)

    @property
    def set_aside(self) -> int:
        """Rows that could not be used."""
        return self.total - len(self.day)


def purchases(
    orders: pd.DataFrame,
    *,
    where: str,
    customer_id: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    order_id: str | None = None,
    as_of: object = None,
) -> Purchases:
    """Check purchase rows and hand on those that can be used.

    orders(customer_id, date, amount[, order_id]) → Purchases. Days are calendar days as written: a time of
    day is cut off, a time zone is dropped and noted. `as_of` is the last day that counts, by default the last
    day in the data. Dates may be dates, `2025-06-30`, `2025/6/30`, `2025.6.30`, `2025年6月30日` or `20250630`;
    amounts may carry a currency mark and thousands commas. Raises MissingColumns; BadColumn where more than
    half of a column's values cannot be read; NothingLeft where no row can be used; BadSetting.

    >>> rows = pd.DataFrame({"customer_id": ["A", None], "date": ["2025-06-30"] * 2, "amount": [10, 20]})
    >>> [(issue.code, issue.values["count"]) for issue in purchases(rows, where="example").issues]
    [('data.no_customer', 1)]
    """
    columns = pick(orders, where, {"customer_id": customer_id, "date": date, "amount": amount, "order_id": order_id})
    total = len(orders)
    customer, ids, trimmed = read_ids(columns["customer_id"])
    day, bad_day, zoned = read_days(columns["date"])
    money, bad_money, written_out = read_amounts(columns["amount"])
    for name, kind, bad in (("date", "date", bad_day), ("amount", "number", bad_money)):
        count = int(np.count_nonzero(bad))
        if count and 2 * count > (written := int(columns[name].notna().sum())):
            example, column = columns[name][bad].iloc[0], str(columns[name].name)
            raise BadColumn(where=where, column=column, kind=kind, count=count, total=written, example=example)

    last = last_day(as_of)
    order, order_ids = None, None
    if order_id is not None:
        order, order_ids, _ = read_ids(columns["order_id"])
    remarks = {"data.time_zone": zoned, "data.text_amounts": written_out, "data.trimmed_ids": trimmed}
    issues: list[Finding] = []
    rows: Any = slice(None)
    if total and not (customer.min() >= 0 and day.min() > NO_DAY and day.max() <= last and np.isfinite(money).all()):
        reasons = {
            "data.no_customer": (customer < 0, None),
            "data.no_date": ((day == NO_DAY) & ~bad_day, None),
            "data.bad_date": (bad_day, columns["date"]),
            "data.no_amount": (np.isnan(money) & ~bad_money, None),
            "data.bad_amount": (bad_money, columns["amount"]),
            "data.infinite_amount": (np.isinf(money), None),
            "data.after_as_of": (day > last, columns["date"]),
        }
        keep = np.ones(total, dtype=bool)
        for code, (faulty, shown) in reasons.items():
            fresh = faulty & keep
            if count := int(np.count_nonzero(fresh)):
                example = {} if shown is None else {"example": str(shown[fresh].iloc[0])[:60]}
                issues.append(Finding(code, {"count": count, **example}))
                keep &= ~fresh
        rows = np.flatnonzero(keep)
        customer, day, money = customer[keep], day[keep], money[keep]
        remarks = {code: rows[keep] for code, rows in remarks.items()}
        order = None if order is None else order[keep]
    if not len(day):
        raise NothingLeft(where=where, total=total, reasons=tuple(issues))
    remarks |= {"data.zero_amounts": money == 0, "data.returns": money < 0}
    counts = {code: int(np.count_nonzero(rows)) for code, rows in remarks.items()}
    issues += [Finding(code, {"count": count}) for code, count in counts.items() if count]
    through = as_day(int(day.max()) if as_of is None else last)
    return Purchases(customer, ids, day, money, order, order_ids, through, rows, total, tuple(issues))


def as_day(number: int) -> pd.Timestamp:
    """A number of days since 1970 as a Timestamp."""
    return pd.Timestamp(np.datetime64(number, "D")).as_unit("s")


def day_number(day: Day) -> int:
    """A day as a number of days since 1970."""
    return day.toordinal() - Day(1970, 1, 1).toordinal()


def pick(orders: pd.DataFrame, where: str, names: Mapping[str, str | None]) -> dict[str, pd.Series]:
    """The columns asked for, each under the name of its role. Raises MissingColumns, BadSetting."""
    if not isinstance(orders, pd.DataFrame):
        raise BadSetting(name="orders", value=type(orders).__name__, allowed="a pandas table")
    wanted = {role: name for role, name in names.items() if name is not None}
    if missing := [name for name in wanted.values() if name not in orders.columns]:
        raise MissingColumns(where=where, missing=missing, found=orders.columns)
    for role, name in wanted.items():
        if not isinstance(orders[name], pd.Series):
            raise BadSetting(name=role, value=name, allowed="the name of one column; this one stands twice")
    return {role: orders[name].reset_index(drop=True) for role, name in wanted.items()}


def last_day(as_of: object) -> int:
    """The last day that counts, in days since 1970. Raises BadSetting."""
    if as_of is None:
        return int(np.iinfo(np.int64).max)
    stamp: Any = pd.NaT
    with suppress(ValueError, TypeError):
        stamp = pd.Timestamp(str(as_of) if isinstance(as_of, int) else as_of)  # type: ignore[arg-type]
    if stamp is pd.NaT:
        raise BadSetting(name="as_of", value=as_of, allowed="a day such as 2025-06-30")
    return day_number(stamp)


def read_ids(column: pd.Series) -> tuple[np.ndarray, pd.Index, np.ndarray]:
    """Positions of each row's id among the ids, -1 where there is none; which rows' ids lost spaces.

    Whole numbers that lie close together are their own positions, so that nothing has to be looked up.
    """
    same = np.zeros(len(column), dtype=bool)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu" and len(column):
        numbers = column.to_numpy()
        low, high = int(numbers.min()), int(numbers.max())
        if 0 <= high - low <= 2 * len(numbers) + 1000 and high < 2**62:
            positions = numbers.astype(np.int64, copy=False)
            return positions - low if low else positions, pd.RangeIndex(low, high + 1), same
    codes, ids = factorise(column)
    if pd.api.types.is_numeric_dtype(ids.dtype):
        floats = ids.dtype.kind == "f" and bool(np.equal(np.mod(ids.to_numpy(), 1), 0).all())
        return codes, ids.astype("int64") if floats else ids, same
    if isinstance(ids, pd.DatetimeIndex):
        return codes, ids, same
    texts = ids if ids.dtype == "str" else pd.Index([str(name) for name in ids], dtype="str")
    if texts is ids and _is_clean(texts):
        return codes, ids, same
    clean = texts.str.strip()
    again, names = pd.factorize(clean.where(clean != "", None))
    changed = np.append((clean != texts) & (clean != ""), False)
    return np.append(again, -1)[codes], pd.Index(names), changed[codes]


def _is_clean(texts: pd.Index) -> bool:
    """Whether no text is empty or has spaces around it; Python strings are asked without pandas in between."""
    if getattr(texts.dtype, "storage", "") == "pyarrow":
        return bool((texts.str.strip() == texts).all() and (texts != "").all())
    names = texts.to_numpy(dtype=object).tolist()
    return "" not in names and list(map(str.strip, names)) == names


def read_days(column: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days since 1970 (NO_DAY where there is none), which rows cannot be read, which carried a time zone."""
    none = np.zeros(len(column), dtype=bool)
    zoned = none
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        zoned = column.notna().to_numpy()
        column = column.dt.tz_localize(None)
    if column.dtype.kind == "M":
        days = column.to_numpy().astype("datetime64[D]").view(np.int64)
        return days, none, zoned
    write: Any = _whole if column.dtype.kind == "f" else str
    codes, values = pd.factorize(column.map(write, na_action="ignore"))
    read = list(_days(values))
    day = np.array([NO_DAY if found is None else found[0] for found in read] + [NO_DAY], dtype=np.int64)[codes]
    zoned = np.array([found is not None and found[1] for found in read] + [False])[codes]
    blank = np.array([not str(text).strip() for text in values] + [True])[codes]
    return day, (day == NO_DAY) & ~blank, zoned


def _whole(value: float) -> str:
    return f"{value:.0f}" if value % 1 == 0 else str(value)


def _days(texts: Any) -> Iterator[tuple[int, bool] | None]:
    """Read written days; only the day matters, so a text is cut before its time of day."""
    known: dict[str, int | None] = {}
    for text in texts:
        head, _, clock = str(text).strip().replace("T", " ").partition(" ")
        time = CLOCK.fullmatch(clock.strip()) if clock else None
        if head not in known:
            known[head] = _day(head)
        day = known[head]
        yield None if day is None or (clock and not time) else (day, bool(time and time[1]))


def _day(text: str) -> int | None:
    match = COMPACT.fullmatch(text) or DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return day_number(Day(year, month, day))
    except ValueError:
        return None


def read_amounts(column: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Amounts as floats (NaN where there is none), which rows cannot be read, which were written as text."""
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        amounts = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return amounts, np.zeros(len(column), dtype=bool), np.zeros(len(column), dtype=bool)
    codes, values = pd.factorize(column.map(str, na_action="ignore"))
    amount = np.array([_number(text) for text in values] + [np.nan])[codes]
    blank = np.array([not str(text).strip() for text in values] + [True])[codes]
    texts = column.map(lambda value: isinstance(value, str)).to_numpy(dtype=bool)
    return amount, np.isnan(amount) & ~blank, texts & ~np.isnan(amount)


def _number(text: str) -> float:
    plain = str(text).translate(MONEY_MARKS)
    if plain in ("inf", "-inf"):
        return float(plain)
    return float(plain.replace(",", "")) if NUMBER.fullmatch(plain) else np.nan
