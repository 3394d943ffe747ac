"""The five-dimension portrait of a customer: needs, behaviour, value, relationship, environment.

Each dimension rests on a few facts. A fact becomes a score from 0 to 100 by its place among all customers of whom it
is known; a dimension is the mean of the facts that are known. What is not known stays missing and is never a 0. The
five dimensions are a common Chinese scheme (客户五维分析); facts, scoring and ranges are this course's own convention.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis import rfm
from custlib.content import Finding
from custlib.errors import BadSetting, MissingColumns, UnknownName

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "needs": ("fit", "ease"),
    "behaviour": ("orders", "recency", "full_price"),
    "value": ("revenue", "headroom", "reputation"),
    "relationship": ("breadth", "depth", "joint"),
    "environment": ("growth", "suppliers", "place"),
}
FACTS = tuple(fact for facts in DIMENSIONS.values() for fact in facts)
TABLES = ("customers", "transactions", "people", "interactions", "survey", "competitor_share")
LESS_IS_BETTER = ("recency", "suppliers", "place")
LEVELS = {"staff": 1, "head": 2, "director": 3, "executive": 4}
DECIDES = 3  # from this level on, somebody can sign for a larger sum
TOGETHER = ("technical", "training")  # topics on which both sides work, beside offers, prices and deliveries
YEAR = pd.Timedelta(days=365)
EQUAL: Mapping[str, float] = dict.fromkeys(DIMENSIONS, 1.0)


def facts(tables: Mapping[str, pd.DataFrame], *, as_of: object = None) -> pd.DataFrame:
    """Gather what is known of each customer, from whichever tables there are.

    tables: any of `customers(customer_id, promo_share, reputation_1_5, industry_growth)`, `transactions(order_id,
    customer_id, date, net_amount)` or `orders(customer_id, date, amount[, order_id])`, `people(person_id, function, level)`, `interactions(customer_id, person_id, date, topic)`,
    `survey(customer_id, wave, ces_1_7, importance_…, perceived_…)`, `competitor_share(customer_id, quarter,
    category_spend, own, rank_of_us, n_suppliers)` → customer_id | FACTS, missing where nothing is known:

    needs: fit (perceived scores 1–10 weighted by importance), ease (1–7, 7 = made it easy), from the latest answer;
    behaviour: orders (number in 12 months), recency (days since the last purchase), full_price (share of purchases
    without a promotion); value: revenue (yuan net, 12 months), headroom (yuan bought elsewhere, last four quarters),
    reputation (1–5); relationship: see `reach`; environment: growth of the industry a year (share), suppliers
    (number), place (ours among them). The 12 months end on `as_of`, by default the last day with an order; it stands
    in `attrs["as_of"]`. Raises MissingColumns, UnknownName for a table it does not know, and what the gate raises.
    """
    if strange := sorted(set(tables) - {*TABLES, "orders"}):
        raise UnknownName(kind="table", name=strange[0], known=[*TABLES, "orders"])
    parts: list[pd.DataFrame] = []
    day = pd.Timestamp(as_of) if as_of else None  # type: ignore[arg-type]
    sold = "orders" in tables or "transactions" in tables
    if sold:
        sold_lines = tables["orders"] if "orders" in tables else lines(tables["transactions"])
        bought, day = _bought(sold_lines, day)
        parts.append(bought)
    if "customers" in tables:
        parts.append(_told(tables["customers"]))
    if "interactions" in tables and "people" in tables:
        parts.append(reach(tables["interactions"], tables["people"], as_of=day)[["breadth", "depth", "joint"]])
    if "survey" in tables:
        parts.append(_said(tables["survey"]))
    if "competitor_share" in tables:
        parts.append(_shared(tables["competitor_share"]))
    if not parts:
        raise BadSetting(name="tables", value="{}", allowed=", ".join(TABLES))
    known = pd.concat(parts, axis=1)
    if "customers" in tables and sold:
        # Of somebody in the customer list, no order in the books is a known nothing.
        known[["orders", "revenue"]] = known[["orders", "revenue"]].fillna(0.0)
    known = known.reindex(columns=list(FACTS)).astype(float).rename_axis("customer_id")
    known.attrs["as_of"] = day
    return known


def reach(interactions: pd.DataFrame, people: pd.DataFrame, *, as_of: object = None) -> pd.DataFrame:
    """Measure breadth and depth of the relationship from the contacts of the last 12 months.

    interactions(customer_id, person_id, date, topic), people(person_id, function, level) → customer_id | breadth
    (functions in contact, number), depth (highest level reached, 1–4 as in LEVELS), joint (share of contacts on
    technical questions or training), contacts (number), persons (number). Whoever has no contact noted has no row.
    Raises MissingColumns.
    """
    need(interactions, "portrait.reach", "customer_id", "person_id", "date", "topic")
    need(people, "portrait.reach", "person_id", "function", "level")
    date = pd.to_datetime(interactions["date"])
    day = pd.Timestamp(as_of) if as_of is not None else date.max()  # type: ignore[arg-type]
    met = interactions[(date > day - YEAR) & (date <= day)].merge(
        people[["person_id", "function", "level"]], on="person_id", how="left"
    )
    met = met.assign(rank=met["level"].map(LEVELS), together=met["topic"].isin(TOGETHER))
    each = met.groupby("customer_id")
    return pd.DataFrame(
        {
            "breadth": each["function"].nunique(),
            "depth": each["rank"].max(),
            "joint": each["together"].mean(),
            "contacts": each.size(),
            "persons": each["person_id"].nunique(),
        }
    )


def score(known: pd.DataFrame) -> pd.DataFrame:
    """Turn facts into scores from 0 to 100: the share of the other customers who do worse, ties counting half.

    known(any of FACTS) → the same columns; 100 · (worse + ½ · others equal) ÷ (customers of whom it is known − 1).
    Missing stays missing; a fact known of one customer only has nobody to compare with and is missing, too.

    >>> score(pd.DataFrame({"orders": [1, 5, 5, 9], "recency": [3, 30, None, 300]})).values.tolist()
    [[0.0, 100.0], [50.0, 50.0], [50.0, nan], [100.0, 0.0]]
    """
    scored = {}
    for name in known.columns:
        worth = -known[name] if name in LESS_IS_BETTER else known[name]
        others = int(worth.notna().sum()) - 1
        scored[name] = (worth.rank(method="average") - 1) * 100 / others if others > 0 else worth * np.nan
    return pd.DataFrame(scored, index=known.index)


def dimensions(known: pd.DataFrame) -> pd.DataFrame:
    """Score the five dimensions of each customer: the mean of the facts that are known.

    known(customer_id | FACTS) → customer_id | needs, behaviour, value, relationship, environment (0–100, missing where
    none of the facts is known). Raises MissingColumns.
    """
    need(known, "portrait.dimensions", *FACTS)
    scored = score(known[list(FACTS)])
    return pd.DataFrame({name: scored[list(parts)].mean(axis=1) for name, parts in DIMENSIONS.items()})


def completeness(known: pd.DataFrame) -> pd.Series:
    """The share of fields that are known, of each row: what is filled in ÷ all columns, from 0 to 1.

    >>> completeness(pd.DataFrame({"industry": ["retail", None], "employees": [None, None]})).tolist()
    [0.5, 0.0]
    """
    return known.notna().mean(axis=1)


def gaps(known: pd.DataFrame, customer: object) -> dict[str, tuple[str, ...]]:
    """Name what is not known of one customer, by dimension. Raises UnknownName."""
    row = known.loc[_one(known, customer)]
    return {name: tuple(fact for fact in parts if pd.isna(row[fact])) for name, parts in DIMENSIONS.items()}


def totals(scored: pd.DataFrame, weights: Mapping[str, float] = EQUAL) -> pd.DataFrame:
    """Weigh the dimensions into one figure, and say how far it is open.

    scored(customer_id | the five) → customer_id | low, high, score, place. `low` and `high` are the weighted means
    if all that is missing turned out 0, or 100; `score` lies midway between them and orders the list; `place` 1 is
    first, equals share a place. Raises MissingColumns, BadSetting for weights that are negative or all 0.

    >>> one = pd.DataFrame([[80, 60, np.nan, 40, 70]], columns=list(DIMENSIONS))
    >>> totals(one)[["low", "high", "score"]].values.tolist()
    [[50.0, 70.0, 60.0]]
    """
    need(scored, "portrait.totals", *DIMENSIONS)
    if strange := sorted(set(weights) - set(DIMENSIONS)):
        raise UnknownName(kind="dimension", name=strange[0], known=DIMENSIONS)
    share = np.array([float(weights.get(name, 0)) for name in DIMENSIONS], dtype=float)
    if not np.isfinite(share).all() or (share < 0).any() or share.sum() <= 0:
        raise BadSetting(name="weights", value=dict(weights), allowed="0, 1, 2 …")
    share = share / share.sum()
    points = scored[list(DIMENSIONS)].to_numpy(dtype=float)
    low = np.where(np.isnan(points), 0.0, points) @ share
    high = np.where(np.isnan(points), 100.0, points) @ share
    result = pd.DataFrame({"low": low, "high": high, "score": (low + high) / 2}, index=scored.index).round(6)
    return result.assign(place=result["score"].rank(method="min", ascending=False).astype(int))


def order_finding(scored: pd.DataFrame, weights: Mapping[str, float], *, first: int = 8) -> Finding:
    """Say who comes first under these weights, and how many could stand before once the gaps are filled.

    Codes `portrait.weights.open` and `.sure` with top, others, new (how many of the first were not there with equal
    weights), first and before (the place of the top with equal weights).
    """
    now, equal = totals(scored, weights), totals(scored)
    ranked = now.sort_values("score", ascending=False, kind="stable")
    top = ranked.index[0]
    sure = float(now["low"].to_numpy()[now.index.get_loc(top)])
    others = int((now["high"].drop(top) > sure + 1e-9).sum())
    usual = set(equal.sort_values("score", ascending=False, kind="stable").index[:first])
    new = len(set(ranked.index[:first]) - usual)
    values = {"top": top, "others": others, "new": new, "first": min(first, len(ranked))}
    return Finding(
        f"portrait.weights.{'open' if others else 'sure'}",
        {**values, "before": int(equal["place"].to_numpy()[equal.index.get_loc(top)])},
    )


def missing_shares(known: pd.DataFrame) -> pd.Series:
    """The share of customers of whom a fact is not known: one number from 0 to 1 for each of FACTS."""
    need(known, "portrait.missing_shares", *FACTS)
    return known[list(FACTS)].isna().mean()


def known_finding(known: pd.DataFrame) -> Finding:
    """Name the fact the books know least about.

    known(customer_id | FACTS) → `portrait.known.gap` with fact, dimension, share (of customers without it), customers;
    `portrait.known.full` where nothing is missing.
    """
    missing = missing_shares(known)
    worst = str(missing.idxmax())
    values = {"fact": worst, "dimension": dimension_of(worst), "share": float(missing[worst]), "customers": len(known)}
    return Finding(f"portrait.known.{'gap' if missing[worst] > 0 else 'full'}", values)


def dimension_of(fact: str) -> str:
    """The dimension a fact belongs to. Raises UnknownName."""
    for name, parts in DIMENSIONS.items():
        if fact in parts:
            return name
    raise UnknownName(kind="fact", name=fact, known=FACTS)


def shape_finding(scored: pd.DataFrame, customer: object) -> Finding:
    """Say where one customer stands highest and lowest, and which dimensions are not known.

    Codes `portrait.shape.whole`, `.gaps` (some missing), `.level` (highest and lowest within 10 points), `.one` and
    `.none` (only one, or none known); values high, low, high_score, low_score, missing (list of dimensions).
    """
    row = scored.loc[_one(scored, customer), list(DIMENSIONS)].astype(float)
    missing = [name for name in DIMENSIONS if pd.isna(row[name])]
    there = row.dropna()
    if there.empty:
        return Finding("portrait.shape.none", {"missing": missing})
    high, low = str(there.idxmax()), str(there.idxmin())
    values = {"high": high, "low": low, "high_score": float(there[high]), "low_score": float(there[low])}
    code = "one" if len(there) == 1 else "level" if there[high] - there[low] < 10 else "gaps" if missing else "whole"
    return Finding(f"portrait.shape.{code}", {**values, "missing": missing})


def thread_finding(known: pd.DataFrame, *, largest: int = 50) -> Finding:
    """Of the customers with most revenue, count those where nobody who decides is in contact.

    known(revenue, breadth, depth) → `portrait.thread.some`, `.none`, or `.blind` where no contact of any is noted;
    values n, of, unknown (of whom no contact is noted), share (of these customers' revenue).
    """
    need(known, "portrait.thread_finding", "revenue", "breadth", "depth")
    large = top(known, largest)
    unknown = int(large["depth"].isna().sum())
    low = large["depth"] < DECIDES
    whole = float(large["revenue"].sum())
    share = float(large.loc[low, "revenue"].sum()) / whole if whole > 0 else 0.0
    values = {"n": int(low.sum()), "of": len(large), "unknown": unknown, "share": share}
    code = "blind" if unknown == len(large) else "some" if values["n"] else "none"
    return Finding(f"portrait.thread.{code}", values)


def top(known: pd.DataFrame, largest: int) -> pd.DataFrame:
    """The customers with most revenue in the last 12 months, largest first."""
    ranked = known[known["revenue"] > 0].sort_values("revenue", ascending=False, kind="stable")
    return ranked.head(largest)


def need(frame: pd.DataFrame, where: str, *columns: str) -> None:
    """Refuse a table that lacks columns. Raises MissingColumns with the likely renaming."""
    if missing := [column for column in columns if column not in frame.columns]:
        raise MissingColumns(where=where, missing=missing, found=frame.columns)


def _one(table: pd.DataFrame, customer: object) -> Any:
    if customer not in table.index:
        raise UnknownName(kind="customer", name=str(customer), known=map(str, table.index[:200]))
    return customer


def _bought(orders: pd.DataFrame, day: pd.Timestamp | None) -> tuple[pd.DataFrame, pd.Timestamp]:
    """Orders and revenue of the last 12 months, and the days since the last purchase of all time."""
    order_id = "order_id" if "order_id" in orders.columns else None
    summary = rfm.summarize(orders, as_of=day, order_id=order_id)
    rows = frames.purchases(orders, where="portrait.facts", order_id=order_id, as_of=summary.attrs["as_of"]).frame
    end = pd.Timestamp(summary.attrs["as_of"])
    year = rows[pd.to_datetime(rows["date"]) > end - YEAR]
    sold = year[year["amount"] > 0]
    keys = ["customer_id", "order_id"] if order_id else ["customer_id", "date"]
    count = sold.drop_duplicates(keys).groupby("customer_id").size().reindex(summary.index, fill_value=0)
    money = year.groupby("customer_id")["amount"].sum().reindex(summary.index, fill_value=0.0)
    return pd.DataFrame({"orders": count, "recency": summary["recency_days"], "revenue": money}), end


def lines(transactions: pd.DataFrame) -> pd.DataFrame:
    """Read invoice lines as purchases: transactions(order_id, customer_id, date, net_amount) → order_id, …, amount."""
    need(transactions, "portrait.facts", "order_id", "customer_id", "date", "net_amount")
    return transactions[["order_id", "customer_id", "date", "net_amount"]].rename(columns={"net_amount": "amount"})


def _told(customers: pd.DataFrame) -> pd.DataFrame:
    need(customers, "portrait.facts", "customer_id", "promo_share", "reputation_1_5", "industry_growth")
    each = customers.drop_duplicates("customer_id").set_index("customer_id")
    names = {"full_price": 1 - each["promo_share"], "reputation": each["reputation_1_5"]}
    return pd.DataFrame({**names, "growth": each["industry_growth"]})


def _said(survey: pd.DataFrame) -> pd.DataFrame:
    """The latest answer: how well what matters is met, and how easy it was made."""
    need(survey, "portrait.facts", "customer_id", "wave", "ces_1_7")
    latest = survey.sort_values("wave", kind="stable").drop_duplicates("customer_id", keep="last")
    latest = latest.set_index("customer_id")
    asked = [name.removeprefix("importance_") for name in latest.columns if name.startswith("importance_")]
    need(latest, "portrait.facts", *(f"perceived_{name}" for name in asked))
    weight = latest[[f"importance_{name}" for name in asked]].to_numpy(dtype=float)
    seen = latest[[f"perceived_{name}" for name in asked]].to_numpy(dtype=float)
    whole = np.where(np.isnan(seen), 0.0, weight).sum(axis=1)
    fit = np.divide(np.nansum(weight * seen, axis=1), whole, out=np.full(len(latest), np.nan), where=whole > 0)
    return pd.DataFrame({"fit": fit, "ease": latest["ces_1_7"]}, index=latest.index)


def _shared(wallets: pd.DataFrame) -> pd.DataFrame:
    """What the last four quarters say of rivals, and the latest quarter of our place."""
    columns = ("customer_id", "quarter", "category_spend", "own", "rank_of_us", "n_suppliers")
    need(wallets, "portrait.facts", *columns)
    recent = wallets[wallets["quarter"].isin(sorted(wallets["quarter"].unique())[-4:])]
    last = recent.sort_values("quarter", kind="stable").drop_duplicates("customer_id", keep="last")
    last = last.set_index("customer_id")
    elsewhere = (recent["category_spend"] - recent["own"]).groupby(recent["customer_id"]).sum()
    return pd.DataFrame({"headroom": elsewhere, "suppliers": last["n_suppliers"], "place": last["rank_of_us"]})
