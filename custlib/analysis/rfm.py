"""Recency, frequency, monetary value: who bought lately, often, and for how much.

Recency here is `recency_days`, the days since the last purchase. The models in `clv` use another quantity,
`t_x`, the age at the last purchase; the two never share a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.summarise import summarise
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, MissingColumns

Ties = Literal["low", "mid"]
LETTERS = {"r": "recency_days", "f": "frequency", "m": "monetary"}
SEGMENTS = (
    "champions", "loyal", "potential_loyalist", "new", "promising",
    "need_attention", "about_to_sleep", "at_risk", "cant_lose", "hibernating",
)  # fmt: skip
# One row per R from 1 to 5, one letter per F from 1 to 5: the ten names share out all 25 cells.
CELLS = ("hhrrc", "hhrrc", "ssall", "pttll", "ntt!!")
NAMES = dict(zip("!ltnpasrch", SEGMENTS, strict=True))


@dataclass(frozen=True)
class Cuts:
    """The lowest value that earns each score, worst first; None where nobody earned it."""

    bins: int
    ties: Ties
    r: tuple[float | None, ...]
    f: tuple[float | None, ...]
    m: tuple[float | None, ...]

    def table(self) -> pd.DataFrame:
        """One row per score, best first: at most so many days, at least so many purchases, at least so much."""
        columns = {name: list(getattr(self, letter)) for letter, name in LETTERS.items()}
        table = pd.DataFrame(columns, index=pd.RangeIndex(1, self.bins + 1, name="score"), dtype="float64")
        return table[::-1]


def summarize(
    orders: Any,
    *,
    as_of: object = None,
    customer_id: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    order_id: str | None = None,
) -> pd.DataFrame:
    """Sum up each customer's purchases in one row.

    orders(customer_id, date, amount[, order_id]) → customer_id | recency_days, frequency, monetary, mean_order,
    first_order, last_order. A purchase is one order_id where there is one, else one customer-day; rows of one
    order count on its first day. Returns (negative amounts) are no purchases and are deducted from `monetary`,
    the net sum, but not from `mean_order`, the mean amount of a purchase. `recency_days` counts from the last
    purchase to `as_of`, by default the last day in the data. Customers with returns only are set aside. What was
    noticed stands in `attrs["issues"]`, the day in `attrs["as_of"]`. Raises what frames.purchases raises.

    >>> orders = pd.DataFrame({"customer_id": ["A", "A", "B"], "amount": [50, 30, 20],
    ...                        "date": ["2025-06-01", "2025-06-20", "2025-06-30"]})
    >>> summarize(orders)[["recency_days", "frequency", "monetary"]].values.tolist()
    [[10.0, 2.0, 80.0], [0.0, 1.0, 20.0]]
    """
    names = {"customer_id": customer_id, "date": date, "amount": amount, "order_id": order_id}
    found = summarise(orders, names=names, where="rfm.summarize", as_of=as_of)
    summary = pd.DataFrame(
        {
            "recency_days": frames.day_number(found.as_of) - found.last,
            "frequency": found.purchases,
            "monetary": found.net,
            "mean_order": found.gross / found.purchases,
            "first_order": found.first.astype("datetime64[D]"),
            "last_order": found.last.astype("datetime64[D]"),
        },
        index=found.ids.rename("customer_id"),
    )
    summary.attrs["as_of"] = found.as_of
    summary.attrs["issues"] = found.issues
    return summary


def score(summary: pd.DataFrame, *, bins: int = 5, ties: Ties = "low", cuts: Cuts | None = None) -> pd.DataFrame:
    """Give each customer three scores from 1 to `bins`, where more is better.

    summary(recency_days, frequency, monetary) → + r, f, m. A score is 1 + ⌊bins · customers strictly worse ÷
    customers⌋, in whole numbers: equal customers score equally and the order of rows does not matter. With
    `ties="mid"` half of the customers who tie count as worse. `attrs["cuts"]` holds the lowest value for each
    score; handed back as `cuts=`, it scores another month by the same rule. Raises MissingColumns, BadSetting.

    >>> summary = pd.DataFrame({"recency_days": [3, 90], "frequency": [4, 1], "monetary": [800.0, 60.0]})
    >>> score(summary)[["r", "f", "m"]].values.tolist()
    [[3, 3, 3], [1, 1, 1]]
    """
    _need(summary, "rfm.score", LETTERS.values())
    for name in LETTERS.values():
        values, _, _ = frames.read_amounts(summary[name])
        if count := int(np.isnan(values).sum()):
            example = summary[name][np.isnan(values)].iloc[0]
            raise BadColumn(
                where="rfm.score", column=name, kind="number", count=count, total=len(values), example=example
            )
    if cuts is not None:
        bins, ties = cuts.bins, cuts.ties
    if not isinstance(bins, int) or bins < 1:
        raise BadSetting(name="bins", value=bins, allowed="a whole number from 1")
    if ties not in ("low", "mid"):
        raise BadSetting(name="ties", value=ties, allowed="low, mid")
    scored = summary.copy()
    lowest: dict[str, tuple[float | None, ...]] = {}
    for letter, name in LETTERS.items():
        worth = _worth(summary, letter)
        points = _rank(worth, bins, ties) if cuts is None else _apply(worth, getattr(cuts, letter), letter)
        scored[letter] = points
        worst = summary[name].groupby(points).agg("max" if letter == "r" else "min")
        lowest[letter] = tuple(float(worst[s]) if s in worst.index else None for s in range(1, bins + 1))
    scored.attrs = {**summary.attrs, "cuts": cuts or Cuts(bins=bins, ties=ties, **lowest)}
    return scored


def empty_cells(scored: pd.DataFrame) -> tuple[Finding, ...]:
    """Say of each score that nobody has, why: a tie that spans it, too few customers, or cuts from elsewhere.

    scored(r, f, m and what they come from) → findings `data.empty_score.*` with score, value, share, customers.
    Raises MissingColumns.
    """
    _need(scored, "rfm.empty_cells", [*LETTERS, *LETTERS.values()])
    bins = _bins(scored)
    ties: Ties = scored.attrs["cuts"].ties if "cuts" in scored.attrs else "low"
    found: list[Finding] = []
    for letter, name in LETTERS.items():
        worth, points = _worth(scored, letter), scored[letter].to_numpy()
        own = bool(np.array_equal(points, _rank(worth, bins, ties)))
        for missing in sorted(set(range(1, bins + 1)) - set(points.tolist())):
            values = {"letter": letter.upper(), "score": missing, "customers": len(scored)}
            below, above = worth[points < missing], worth[points > missing]
            near = [part for part in ([below.max()] if below.size else []) + ([above.min()] if above.size else [])]
            if not own:
                found.append(Finding("data.empty_score.cuts", values))
            elif len(scored) < bins:
                found.append(Finding("data.empty_score.few", values))
            else:
                tied = max(near[: 1 if ties == "low" else 2], key=lambda value: int((worth == value).sum()))
                values |= {"value": abs(float(tied)) if letter == "r" else float(tied)}
                values |= {"tied": int((worth == tied).sum()), "share": float((worth == tied).mean())}
                found.append(Finding(f"data.empty_score.{name}", values))
    return tuple(found)


def segment(scored: pd.DataFrame) -> pd.DataFrame:
    """Name each customer's segment from R and F, and the value class from R + F + M.

    scored(r, f, m) → + segment (one of SEGMENTS), value_class (high from 12 of 15, mid from 8, low below). The ten
    names share out the 25 cells of R and F without gap or overlap. Scores with 10, 15, … bins are first brought
    to fifths; other numbers of bins have no fifths and raise BadSetting. Raises MissingColumns.

    >>> segment(pd.DataFrame({"r": [5, 1], "f": [5, 5], "m": [4, 4]}))[["segment", "value_class"]].values.tolist()
    [['champions', 'high'], ['cant_lose', 'mid']]
    """
    fifth = _fifths(scored, "rfm.segment")
    named = scored.copy()
    cells = np.array([[NAMES[letter] for letter in row] for row in CELLS])
    named["segment"] = pd.array(cells[fifth["r"] - 1, fifth["f"] - 1], dtype="str")
    total = fifth["r"] + fifth["f"] + fifth["m"]
    named["value_class"] = pd.array(np.select([total >= 12, total >= 8], ["high", "mid"], "low"), dtype="str")
    named.attrs = dict(scored.attrs)
    return named


def by_segment(named: pd.DataFrame) -> pd.DataFrame:
    """Count customers and money in each segment that has customers, in the order of SEGMENTS.

    named(segment, monetary, recency_days) → segment | customers, share_customers, monetary, share_monetary,
    recency_days (median). Shares are of all customers and of the net sum. Raises MissingColumns.
    """
    _need(named, "rfm.by_segment", ["segment", "monetary", "recency_days"])
    each = named.groupby("segment")
    table = pd.DataFrame({"customers": each.size(), "monetary": each["monetary"].sum()})
    table["share_customers"] = table["customers"] / max(len(named), 1)
    table["share_monetary"] = [_share(part, named["monetary"].sum()) for part in table["monetary"]]
    table["recency_days"] = each["recency_days"].median()
    order = [name for name in SEGMENTS if name in table.index]
    return table.loc[order, ["customers", "share_customers", "monetary", "share_monetary", "recency_days"]]


def segment_finding(named: pd.DataFrame) -> Finding:
    """Name the segment that brings most money, and how many customers it takes, from the data at hand.

    named(segment, monetary, recency_days) → `rfm.segments.title` with segment, share_customers, share_money, n; or
    `rfm.segments.no_money` where returns outweigh every purchase.
    """
    table = by_segment(named)
    if named["monetary"].sum() <= 0:
        return Finding("rfm.segments.no_money", {"n": len(named)})
    top = table["share_monetary"].idxmax()
    shares = {"share_customers": table.at[top, "share_customers"], "share_money": table.at[top, "share_monetary"]}
    return Finding("rfm.segments.title", {"segment": top, "n": len(named), **shares})


def gone_quiet(named: pd.DataFrame) -> pd.DataFrame:
    """List the customers who bought often and have not come for long: F of 4 or 5, R of 1 or 2, most money first.

    named(r, f, m, recency_days, monetary) → the same columns, fewer rows. Where most customers tie at the latest day,
    they all have a low R; whoever bought no earlier than the median customer is not quiet. Raises MissingColumns,
    BadSetting.
    """
    _need(named, "rfm.gone_quiet", ["recency_days", "monetary"])
    fifth = _fifths(named, "rfm.gone_quiet")
    quiet = (fifth["f"] >= 4) & (fifth["r"] <= 2) & (named["recency_days"] > named["recency_days"].median())
    return named[quiet].sort_values("monetary", ascending=False, kind="stable")


def quiet_finding(named: pd.DataFrame) -> Finding:
    """State how much money lies with customers who bought often and went quiet, from the data at hand.

    named(r, f, m, monetary) → `rfm.quiet.some` or `rfm.quiet.none` with n, customers, share_customers, money,
    share_money, top (the customer with most money) and top_money.
    """
    quiet = gone_quiet(named)
    if quiet.empty:
        return Finding("rfm.quiet.none", {"n": 0, "customers": len(named)})
    money = float(quiet["monetary"].sum())
    values = {"n": len(quiet), "customers": len(named), "share_customers": len(quiet) / len(named), "money": money}
    values |= {"share_money": _share(money, named["monetary"].sum())}
    values |= {"top": quiet.index[0], "top_money": float(quiet["monetary"].iloc[0])}
    return Finding("rfm.quiet.some", values)


def select(summary: pd.DataFrame, *, quiet_after_days: int, often_from: int) -> pd.Series:
    """Mark who bought at least `often_from` times and not within the last `quiet_after_days` days.

    summary(recency_days, frequency) → one truth value per customer. Raises MissingColumns.
    """
    _need(summary, "rfm.select", ["recency_days", "frequency"])
    return (summary["frequency"] >= often_from) & (summary["recency_days"] >= quiet_after_days)


def _need(table: pd.DataFrame, where: str, names: object) -> None:
    if missing := [name for name in names if name not in table.columns]:  # type: ignore[attr-defined]
        raise MissingColumns(where=where, missing=missing, found=table.columns)


def _share(part: float, whole: float) -> float:
    """A share of a net sum; of a sum that is not above 0 nobody has a share."""
    return float(part) / float(whole) if whole > 0 else 0.0


def _worth(summary: pd.DataFrame, letter: str) -> np.ndarray:
    """The value behind a letter, turned so that more is better."""
    values, _, _ = frames.read_amounts(summary[LETTERS[letter]])
    return -values if letter == "r" else values


def _rank(worth: np.ndarray, bins: int, ties: Ties) -> np.ndarray:
    _, place, equal = np.unique(worth, return_inverse=True, return_counts=True)
    worse = np.cumsum(equal) - equal
    doubled = 2 * worse + (equal - 1 if ties == "mid" else 0)
    return np.asarray(1 + (bins * doubled) // (2 * max(len(worth), 1)), dtype=np.int64)[place]


def _apply(worth: np.ndarray, lowest: tuple[float | None, ...], letter: str) -> np.ndarray:
    """Score by given cuts; what is worse than all of them scores 1."""
    steps = [(-value if letter == "r" else value, s) for s, value in enumerate(lowest, 1) if value is not None]
    edges, points = np.array([edge for edge, _ in steps]), np.array([1, *(s for _, s in steps)], dtype=np.int64)
    return points[np.searchsorted(edges, worth, side="right")]


def _bins(scored: pd.DataFrame) -> int:
    """How many bins the scores have: five, unless they come with other cuts."""
    return scored.attrs["cuts"].bins if "cuts" in scored.attrs else 5


def _fifths(scored: pd.DataFrame, where: str) -> dict[str, np.ndarray]:
    _need(scored, where, LETTERS)
    bins = _bins(scored)
    if bins % 5:
        raise BadSetting(name="bins", value=bins, allowed="5, or a multiple of 5")
    fifths = {letter: -(-5 * scored[letter].to_numpy(dtype=np.int64) // bins) for letter in LETTERS}
    for letter, values in fifths.items():
        if len(values) and not (values.min() >= 1 and values.max() <= 5):
            raise BadSetting(name=letter, value=scored[letter].max(), allowed=f"1 … {bins}")
    return fifths
