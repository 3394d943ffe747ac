"""How classes change: the same rule on rolling windows, who moved, and whether the whole distribution shifted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis import classification
from custlib.content import Finding
from custlib.errors import BadSetting

STABLE, SHIFTED = 0.10, 0.25  # PSI: a habit of the trade, not a test


@dataclass(frozen=True)
class Change:
    """Who changed class between two days: `both` have a class on both, `changed` of them another one."""

    both: int
    changed: int
    risen: pd.Index
    fallen: pd.Index

    @property
    def share(self) -> float:
        return self.changed / self.both if self.both else 0.0


def month_ends(orders: pd.DataFrame, *, months: int = 12, as_of: object = None) -> list[pd.Timestamp]:
    """The ends of months that have so many months of data behind them; the last day in the data ends its month.

    orders(customer_id, date, amount) → days, earliest first; the last day alone where the list is too short. A first
    month that begins within its first week counts as whole. `as_of` is the last day that counts.
    """
    read = frames.purchases(orders, where="drift.month_ends", as_of=as_of)
    first, last = frames.as_day(int(read.day.min())), read.as_of
    start = first.to_period("M").start_time if first.day <= 7 else first
    ends = pd.date_range(start, last + pd.offsets.MonthEnd(0), freq="ME")
    ends = ends[ends >= start + pd.DateOffset(months=months) - pd.Timedelta(days=1)]
    return [min(end, last) for end in ends] or [last]


def months_before(day: pd.Timestamp, months: int) -> pd.Timestamp:
    """The same day so many months earlier, or the last of that month where it has no such day."""
    return day - pd.DateOffset(months=months)


def rolling(orders: pd.DataFrame, days: Sequence[pd.Timestamp], *, months: int = 12) -> pd.DataFrame:
    """Net revenue of each customer in the months up to each of the days, both ends included.

    orders(customer_id, date, amount) → customer_id | one column per day, money; 0 without a row in the window. Each
    column is what one would have seen on that day: nothing behind it counts. Raises what frames.purchases raises.
    """
    read = frames.purchases(orders, where="drift.rolling")
    size, columns = len(read.ids), {}
    for day in days:
        start = frames.day_number(day - pd.DateOffset(months=months))
        inside = (read.day > start) & (read.day <= frames.day_number(day))
        columns[day] = np.bincount(read.customer[inside], weights=read.amount[inside], minlength=size)
    # Sums of fen in binary: what is nothing is nothing.
    table = pd.DataFrame(columns, index=read.ids.rename("customer_id")).round(2)
    table.attrs["months"] = months
    return table


def grades(values: pd.DataFrame, *, cuts: tuple[float, float] = (0.80, 0.95)) -> pd.DataFrame:
    """ABC of each column by itself.

    values per customer and day → the grade per customer and day.
    """
    return pd.DataFrame({day: classification.abc(values[day], cuts=cuts)["grade"] for day in values.columns}).reindex(
        values.index
    )


def change(before: pd.Series, after: pd.Series, order: Sequence[str] = ("A", "B", "C")) -> Change:
    """Compare two days: of those with a class on both, who has another one now, and in which direction.

    two series of classes per customer, best class first in `order` → Change. Whoever has no class of the order on one
    of the days is neither counted nor compared.
    """
    place = {grade: at for at, grade in enumerate(order)}
    both = pd.DataFrame({"before": before.map(place), "after": after.map(place)}).dropna()
    risen, fallen = both.index[both["after"] < both["before"]], both.index[both["after"] > both["before"]]
    return Change(len(both), len(risen) + len(fallen), risen, fallen)


def change_finding(found: Change) -> Finding:
    """State the share that changed class: `classification.drift.up`, `.down` (more rose, more fell), `.even` or
    `.still`."""
    values = {"changed": found.changed, "both": found.both, "share": found.share}
    values |= {"risen": len(found.risen), "fallen": len(found.fallen)}
    side = (len(found.risen) > len(found.fallen)) - (len(found.risen) < len(found.fallen))
    code = "still" if not found.changed else {1: "up", -1: "down", 0: "even"}[side]
    return Finding(f"classification.drift.{code}", values)


def psi(base: Sequence[float] | np.ndarray, now: Sequence[float] | np.ndarray) -> float:
    """Population stability index of two rows of counts in the same cells: Σ (q − p) · ln(q / p).

    p and q are shares of the base and of now; an empty cell counts as half a customer. Natural logarithm. Below 0.10
    the distribution is usually called stable, above 0.25 shifted. Raises BadSetting.

    >>> round(psi([25, 25, 25, 25], [40, 30, 20, 10]), 4)
    0.2282
    """
    p, q = np.asarray(base, dtype=np.float64), np.asarray(now, dtype=np.float64)
    if p.shape != q.shape or p.ndim != 1 or (p < 0).any() or (q < 0).any() or not (p.sum() > 0 and q.sum() > 0):
        raise BadSetting(name="counts", value=(p.shape, q.shape), allowed="counts of the same cells, none below 0")
    p, q = np.where(p == 0, 0.5, p), np.where(q == 0, 0.5, q)
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum((q - p) * np.log(q / p)))


def psi_of_values(base: pd.Series, now: pd.Series, *, bins: int = 10) -> float:
    """PSI of two sets of values, the cells being the quantiles of the base and no others. Raises BadSetting."""
    if not isinstance(bins, int) or bins < 2:
        raise BadSetting(name="bins", value=bins, allowed="a whole number from 2")
    one, two = (each.dropna().to_numpy(dtype=np.float64) for each in (base, now))
    if not len(one) or not len(two):
        raise BadSetting(name="values", value=0, allowed="at least one value on either side")
    edges = np.unique(np.quantile(one, np.arange(1, bins) / bins))
    cells = [np.bincount(np.searchsorted(edges, each, side="right"), minlength=len(edges) + 1) for each in (one, two)]
    return psi(*cells)


def verdict(index: float) -> str:
    """`stable`, `moderate` or `shifted`."""
    return "stable" if index < STABLE else "shifted" if index > SHIFTED else "moderate"
