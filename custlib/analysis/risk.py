"""A risk score from 0 to 100 with its five components, what to do about each, and what it takes off a customer's value.

The components, their scales and their weights are conventions of this course, after the idea of a relationship risk
scorecard (Ryals & Knox, Industrial Marketing Management 36, 2007): each is a parameter, and none is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.classification import need
from custlib.errors import BadSetting

COMPONENTS = ("leaving", "payment", "dependence", "volatility", "service")
WEIGHTS: Mapping[str, float] = MappingProxyType(dict(zip(COMPONENTS, (0.30, 0.25, 0.20, 0.15, 0.10), strict=True)))
# Days beyond the date on the invoice that are a habit of the payer and no sign of trouble.
PATIENCE: Mapping[str, int] = MappingProxyType({"state": 30, "public": 30})
OFFICIAL = ("state", "public")
LATE_FULL = 30  # days overdue, beyond the patience, that make 100
SALES_FULL = 0.05  # a share of all our sales that makes 100
WALLET_FULL = 0.40  # a fall of our share of the customer's spending that makes 100
COMPLAINT, LATE_POINT = 25, 5  # points per complaint, and per percentage point of late deliveries
RETENTION = (0.95, 0.50)  # a year's retention at risk 0 and at risk 100


def payment(
    payments: pd.DataFrame, *, as_of: object, months: int = 12, ownership: pd.Series | None = None
) -> pd.Series:
    """Score how late customers pay: the mean days overdue in the last months, weighted by amount.

    payments(customer_id, due, paid, amount), `paid` empty while open: then the days up to `as_of` count. An instalment
    paid in time counts as 0 days. State-owned and public payers (`ownership` per customer: state, public) have 30 days
    more. An acceptance bill counts as paid on the day it is handed over; retention money falls due when the contract
    says, not with the invoice: give it its own due date. → 0–100 per customer, 100 from 30 days. Raises
    MissingColumns, BadSetting.
    """
    need(payments, "risk.payment", ["customer_id", "due", "paid", "amount"])
    until = frames.last_day(as_of)
    since = frames.last_day(pd.Timestamp(as_of) - pd.DateOffset(months=months))  # type: ignore[arg-type]
    due, paid = (frames.read_days(payments[name])[0] for name in ("due", "paid"))
    known = (due > since) & (due <= until)
    paid = np.where((paid == frames.NO_DAY) | (paid > until), until, paid)
    who = payments["customer_id"]
    patience = 0 if ownership is None else who.map(ownership).map(PATIENCE).fillna(0).to_numpy()
    late = np.where(known, np.maximum(paid - np.where(known, due, 0) - patience, 0), 0)
    weight = np.where(known, np.nan_to_num(frames.read_amounts(payments["amount"])[0]), 0.0)
    sums = pd.DataFrame({"who": who, "late": late * weight, "weight": weight})[known].groupby("who").sum()
    days = sums["late"] / sums["weight"].where(sums["weight"] > 0)
    return (100 * days / LATE_FULL).clip(0, 100).rename("payment").rename_axis("customer_id")


def dependence(revenue: pd.Series, wallet: pd.DataFrame | None = None) -> pd.Series:
    """Score how much hangs on one customer: the larger of their share of our sales, and the fall of our share of theirs.

    revenue (money per customer, last months), wallet(customer_id, quarter, category_spend, own) → 0–100 per customer.
    100 at 5 % of our sales, or where our share fell by 40 points between the first and the second half of the
    quarters. Raises MissingColumns.
    """
    total = float(revenue.clip(lower=0).sum())
    ours = 100 * revenue.clip(lower=0) / (total * SALES_FULL) if total > 0 else revenue * 0.0
    score = ours.clip(0, 100)
    if wallet is not None:
        need(wallet, "risk.dependence", ["customer_id", "quarter", "category_spend", "own"])
        quarters = sorted(wallet["quarter"].unique())
        late = wallet["quarter"].isin(quarters[len(quarters) // 2 :])
        half = wallet.groupby(["customer_id", late])[["own", "category_spend"]].sum()
        share = (half["own"] / half["category_spend"].where(half["category_spend"] > 0)).unstack()
        if share.shape[1] == 2:
            fall = (100 * (share[False] - share[True]) / WALLET_FULL).clip(0, 100)
            score = pd.concat([score, fall.reindex(score.index)], axis=1).max(axis=1)
    return score.rename("dependence")


def volatility(orders: pd.DataFrame, *, as_of: object = None, quarters: int = 4) -> pd.Series:
    """Score how unevenly sales fall over the last quarters: the coefficient of variation over its largest value.

    orders(customer_id, date, amount) → 0–100 per customer with sales in the window: 0 where all quarters bring the
    same, 100 where one brings everything. A quarter is three months back from `as_of`; negative quarters count as 0.
    Raises BadSetting and what frames.purchases raises.
    """
    if not isinstance(quarters, int) or quarters < 2:
        raise BadSetting(name="quarters", value=quarters, allowed="a whole number from 2")
    amount = "net_amount" if "net_amount" in orders.columns else "amount"
    read = frames.purchases(orders, where="risk.volatility", amount=amount, as_of=as_of)
    edges = [frames.day_number(read.as_of - pd.DateOffset(months=3 * back)) for back in range(quarters, -1, -1)]
    at = np.searchsorted(edges, read.day, side="left") - 1
    inside = (at >= 0) & (at < quarters)
    cells = read.customer[inside].astype(np.int64) * quarters + at[inside]
    sums = np.bincount(cells, read.amount[inside], len(read.ids) * quarters).reshape(-1, quarters).clip(min=0)
    mean = sums.mean(axis=1)
    here = mean > 0
    spread = sums[here].std(axis=1) / mean[here] / np.sqrt(quarters - 1)
    return pd.Series(100 * spread.clip(0, 1), index=read.ids[here].rename("customer_id"), name="volatility")


def service(contacts: pd.DataFrame, delivered: pd.DataFrame, *, as_of: object, months: int = 12) -> pd.Series:
    """Score what went wrong in serving a customer: complaints of the last months, and late deliveries.

    contacts(customer_id, date, topic), delivered(customer_id, on_time_pct) → 0–100 for each customer in `delivered`:
    25 points per contact with the topic complaint, 5 per percentage point delivered late. Raises MissingColumns.
    """
    need(contacts, "risk.service", ["customer_id", "date", "topic"])
    need(delivered, "risk.service", ["customer_id", "on_time_pct"])
    until = frames.last_day(as_of)
    since = frames.last_day(pd.Timestamp(as_of) - pd.DateOffset(months=months))  # type: ignore[arg-type]
    day = frames.read_days(contacts["date"])[0]
    told = (contacts["topic"] == "complaint") & (day > since) & (day <= until)
    late = delivered.groupby("customer_id")["on_time_pct"].mean().rsub(100)
    count = contacts["customer_id"][told].value_counts().reindex(late.index).fillna(0)
    return (COMPLAINT * count + LATE_POINT * late).clip(0, 100).rename("service")


def card(index: pd.Index, parts: Mapping[str, pd.Series], *, weights: Mapping[str, float] = WEIGHTS) -> pd.DataFrame:
    """Put the components together: one row per customer of the index.

    parts: a series of 0–100 per customer for some of COMPONENTS → the five components (missing where unknown), points
    of each (`points_…`), risk (0–100), known (how many components), dominant (the one with most points, empty where
    all are 0). The weights of unknown components are shared out among the known ones, so that unknown is not safe; a
    customer nothing is known of has no risk. Raises BadSetting.
    """
    strange = set(parts) - set(COMPONENTS)
    if strange or set(weights) != set(COMPONENTS):
        name = sorted(strange or set(weights) ^ set(COMPONENTS))[0]
        raise BadSetting(name="component", value=name, allowed=", ".join(COMPONENTS))
    if min(weights.values()) < 0 or not sum(weights.values()) > 0:
        raise BadSetting(name="weights", value=dict(weights), allowed="none below 0, one above")
    scores = pd.DataFrame(
        {name: parts[name].reindex(index) if name in parts else np.nan for name in COMPONENTS}, index=index, dtype=float
    )
    if ((scores < 0) | (scores > 100)).to_numpy().any():
        raise BadSetting(name="component", value=float(scores.max().max()), allowed="0 … 100")
    weight = np.array([weights[name] for name in COMPONENTS]) * scores.notna().to_numpy()
    whole = weight.sum(axis=1, keepdims=True)
    points = np.nan_to_num(scores.to_numpy()) * np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
    table = scores.copy()
    table[[f"points_{name}" for name in COMPONENTS]] = points
    # Rounded to a tenth of a point: whether 50 is reached must not hang on the last binary digit.
    table["risk"] = np.where(whole[:, 0] > 0, np.round(points.sum(axis=1), 1), np.nan)
    table["known"] = scores.notna().sum(axis=1)
    top = np.array([*COMPONENTS, ""])[np.where(points.max(axis=1) > 0, points.argmax(axis=1), len(COMPONENTS))]
    table["dominant"] = pd.array(top, dtype="str")
    return table


def retention(risk: pd.Series, *, best: float = RETENTION[0], worst: float = RETENTION[1]) -> pd.Series:
    """Turn a risk score into a year's retention: `best` at 0, `worst` at 100, in a straight line. Raises BadSetting."""
    if not 0 <= worst <= best <= 1:
        raise BadSetting(name="retention", value=(best, worst), allowed="0 ≤ worst ≤ best ≤ 1")
    return (best - (best - worst) * risk / 100).rename("retention")


def adjusted_value(
    margin: pd.Series,
    risk: pd.Series,
    *,
    discount: float = 0.10,
    years: int = 5,
    best: float = RETENTION[0],
    worst: float = RETENTION[1],
) -> pd.Series:
    """Risk-adjusted CLV: Σ_{t=1..years} margin · r^t / (1 + discount)^t, where r follows from the risk.

    margin (money per year and customer), risk (0–100) → money. The first margin comes at the end of year one and only
    if the customer stays. Raises BadSetting. After Ryals & Knox (2007).

    >>> round(float(adjusted_value(pd.Series([100_000.0]), pd.Series([40.0])).iloc[0]))
    194117
    """
    if not isinstance(years, int) or years < 1:
        raise BadSetting(name="years", value=years, allowed="a whole number from 1")
    if not (np.isfinite(discount) and discount > -1):
        raise BadSetting(name="discount", value=discount, allowed="a rate per year, such as 0.10")
    kept = retention(risk, best=best, worst=worst) / (1 + discount)
    factor = sum(kept**year for year in range(1, years + 1))
    return (margin * factor).rename("adjusted_value")
