"""From purchase rows to one row per customer: the step that RFM and CLV share.

A purchase is one order id where there is one, else one customer-day. pandas tables are summed in NumPy: rows
become one packed whole number (customer, day), and sorting those is all the grouping there is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from custlib import frames
from custlib.content import Finding
from custlib.errors import NothingLeft


@dataclass(frozen=True, eq=False)
class Customers:
    """One entry per customer who bought, sorted by id; `first` and `last` count days from 1970-01-01.

    `net` is the sum with returns deducted, `gross` the sum of purchases, `opening` the value of the first
    purchase (several orders on the first day: their mean), None unless it was asked for.
    """

    ids: pd.Index
    purchases: np.ndarray
    first: np.ndarray
    last: np.ndarray
    net: np.ndarray
    gross: np.ndarray
    opening: np.ndarray | None
    as_of: pd.Timestamp
    issues: tuple[Finding, ...]


def summarise(
    orders: Any, *, names: dict[str, str | None], where: str, as_of: object = None, opening: bool = False
) -> Customers:
    """Sum up purchase rows by customer, each kind of table in its own engine.

    orders(customer_id, date, amount[, order_id]) → Customers. `names` says which column is which, by role. Raises
    what frames.purchases raises.
    """
    columns: dict[str, Any] = dict(names)
    if isinstance(orders, pd.DataFrame):
        return by_customer(frames.purchases(orders, where=where, as_of=as_of, **columns), where=where, opening=opening)
    from custlib.analysis import engines

    return engines.by_customer(orders, where=where, as_of=as_of, opening=opening, **columns)


def by_customer(read: frames.Purchases, *, where: str, opening: bool = False) -> Customers:
    """Sum up checked purchase rows by customer in NumPy.

    Purchases → Customers. Raises NothingLeft where there are returns and no purchase.
    """
    size = len(read.ids)
    customer, day, amount, order = read.customer, read.day, read.amount, read.order
    net = gross = np.bincount(customer, weights=amount, minlength=size)
    returned = any(issue.code == "data.returns" for issue in read.issues)
    seen = np.bincount(customer, minlength=size) if returned else None
    if returned:
        bought = amount >= 0
        customer, day, amount = customer[bought], day[bought], amount[bought]
        order = None if order is None else order[bought]
        gross = np.bincount(customer, weights=amount, minlength=size)
    if not len(day):
        raise NothingLeft(where=where, total=read.total, reasons=read.issues)

    start, span = int(day.min()), int(day.max() - day.min() + 1)
    if order is None:
        keys = _distinct(_packed(customer, day, start, span, size))
    else:
        keys, day = _orders(customer, day, order, start, span, size)
    count = np.bincount(keys // keys.dtype.type(span), minlength=size)
    end = np.cumsum(count)
    here = np.flatnonzero(count)
    count, end = count[here], end[here]
    base = here * span - start
    first = keys[end - count].astype(np.int64) - base
    last = keys[end - 1].astype(np.int64) - base
    value = None
    if opening:
        opened = np.full(size, np.iinfo(np.int64).max)
        opened[here] = first
        rows = np.flatnonzero(day == opened[customer])
        value = np.bincount(customer[rows], weights=amount[rows], minlength=size)[here]
        if order is not None:
            value = value / (np.searchsorted(keys, keys[end - count], side="right") - (end - count))
    notes = {
        "data.merged": len(day) - len(keys),
        "data.only_returns": 0 if seen is None else int(np.count_nonzero(seen)) - len(here),
    }
    issues = (*read.issues, *(Finding(code, {"count": found}) for code, found in notes.items() if found))
    ids = read.ids[here]
    return in_order(Customers(ids, count, first, last, net[here], gross[here], value, read.as_of, issues))


def in_order(found: Customers) -> Customers:
    """Sort by customer id."""
    if found.ids.is_monotonic_increasing:
        return found
    if found.ids.dtype == "str" and not hasattr(found.ids.array, "__arrow_array__"):
        order = np.argsort(found.ids.to_numpy(dtype="U"), kind="stable")
    else:
        order = found.ids.argsort()
    columns = {name: getattr(found, name) for name in ("purchases", "first", "last", "net", "gross", "opening")}
    moved: Any = {name: None if values is None else values[order] for name, values in columns.items()}
    return replace(found, ids=found.ids[order], **moved)


def _packed(customer: np.ndarray, day: np.ndarray, start: int, span: int, size: int) -> np.ndarray:
    """Pack customer and day into one whole number, in 32 bits where they fit: those sort faster."""
    kind = np.uint32 if size * span <= np.iinfo(np.uint32).max else np.int64
    keys = np.multiply(customer, span, dtype=kind, casting="unsafe")
    keys += np.subtract(day, start, dtype=kind, casting="unsafe")
    return np.asarray(keys)


def _distinct(keys: np.ndarray) -> np.ndarray:
    keys.sort()
    fresh = np.empty(len(keys), dtype=bool)
    fresh[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return np.asarray(keys[fresh])


def _orders(
    customer: np.ndarray, day: np.ndarray, order: np.ndarray, start: int, span: int, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """One key per purchase, and for each row the day of its purchase: an order counts on its first day."""
    named = order >= 0
    buyer, number = customer[named], order[named]
    if len(number):
        owner = np.zeros(int(number.max()) + 1, dtype=np.int64)
        owner[number] = buyer
        if not np.array_equal(owner[number], buyer):
            number, pairs = pd.factorize(buyer * len(owner) + number)
            owner = pairs // len(owner)
        opened = np.full(len(owner), np.iinfo(np.int64).max)
        np.minimum.at(opened, number, day[named])
        day = day.copy()
        day[named] = opened[number]
        used = opened < np.iinfo(np.int64).max
        keys = _packed(owner[used], opened[used], start, span, size)
    else:
        keys = _packed(buyer, number, start, span, size)
    loose = _distinct(_packed(customer[~named], day[~named], start, span, size))
    keys = np.concatenate([keys, loose])
    keys.sort()
    return keys, day
