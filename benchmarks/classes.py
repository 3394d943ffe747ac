"""The classes of lessons 06 and 08 from 10 thousand to a million customers, beside the pandas code of a tutorial.

python -m benchmarks.classes
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.results import keep
from custlib.analysis import classification, contribution, drift, hours, matrix, rfm, risk

SIZES = (10_000, 100_000, 1_000_000)
END = pd.Timestamp("2025-06-30")


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds, the median of some rounds: what else runs on the machine does not count."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return float(np.median(taken))


def tables(customers: int, seed: int = 1) -> dict[str, pd.DataFrame]:
    """Two years of four orders a customer, with costs, contacts, payments and measured service."""
    rng, rows = np.random.default_rng(seed), 4 * customers
    ids = rng.integers(0, customers, rows)
    day = END - pd.to_timedelta(rng.integers(0, 728, rows), unit="D")
    amount = np.round(rng.lognormal(9, 1.6, rows), 2)
    lines = pd.DataFrame({"customer_id": ids, "date": day.as_unit("s"), "amount": amount, "cogs": amount * 0.6})
    lines["qty"], lines["list_price"] = 2, lines["amount"] / 1.8
    topic = np.where(rng.random(rows) < 0.08, "complaint", "offer")
    contacts = lines[["customer_id", "date"]].assign(cost=100.0, topic=topic)
    late = pd.to_timedelta(rng.integers(-5, 40, rows), unit="D")
    payments = pd.DataFrame({"customer_id": ids, "due": lines["date"], "paid": lines["date"] + late, "amount": amount})
    service = pd.DataFrame({"customer_id": np.arange(customers), "on_time_pct": 90 + 10 * rng.random(customers)})
    facts = pd.DataFrame({"promo_share": rng.random(customers), "awareness_1_5": rng.integers(1, 6, customers)})
    leaving = pd.Series(100 * rng.random(customers))
    return {"lines": lines, "contacts": contacts, "payments": payments, "service": service, "facts": facts, "leaving": leaving.to_frame("leaving")}  # fmt: skip


def steps(data: dict[str, pd.DataFrame]) -> dict[str, Callable[[], object]]:
    """Each part on the same tables; the later ones on what the earlier ones give."""
    lines, contacts = data["lines"], data["contacts"]
    facts = contribution.last_months(lines, contacts)
    behaviour = data["facts"].assign(orders=contribution.purchases_before(lines))
    days = [END - pd.DateOffset(months=6), END]
    yearly = drift.rolling(lines, days)
    parts = {
        "leaving": data["leaving"]["leaving"],
        "payment": risk.payment(data["payments"], as_of=END),
        "dependence": risk.dependence(facts["revenue"]),
        "volatility": risk.volatility(lines),
        "service": risk.service(contacts, data["service"], as_of=END),
    }
    card = risk.card(facts.index, parts).join(facts)
    summary = rfm.summarize(lines)

    def scored() -> object:
        risk.payment(data["payments"], as_of=END)
        risk.volatility(lines)
        risk.service(contacts, data["service"], as_of=END)
        return risk.card(facts.index, parts)

    def cut() -> object:
        cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=matrix.value_cut(card["contribution"]))
        return matrix.summary(cell, card["contribution"]), matrix.marcus(summary)

    def drifted() -> object:
        grades = drift.grades(drift.rolling(lines, days))
        return drift.change(grades[days[0]], grades[days[1]]), drift.psi_of_values(yearly[days[0]], yearly[days[1]])

    return {
        "contribution of the last months": lambda: contribution.last_months(lines, contacts),
        "ABC": lambda: classification.abc(facts["revenue"]),
        "A–D rule": lambda: classification.behaviour(behaviour),
        "life cycle": lambda: classification.stage(lines),
        "activity": lambda: classification.activity(lines, contacts),
        "drift over half a year, with PSI": drifted,
        "risk, five components": scored,
        "value × risk and Marcus": cut,
        "400 hours under six rules": lambda: hours.compare(card, hours.Effort()),
    }


def tutorial(data: dict[str, pd.DataFrame]) -> Callable[[], object]:
    """ABC, life cycle and drift as tutorials write them: groupby, and a function for each customer."""
    lines = data["lines"]

    def graded(until: pd.Timestamp) -> pd.Series:
        inside = lines[(lines["date"] > until - pd.DateOffset(months=12)) & (lines["date"] <= until)]
        value = inside.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
        share = value.cumsum() / value.sum()
        return share.apply(lambda part: "A" if part <= 0.8 else "B" if part <= 0.95 else "C")

    def stage(row: pd.Series) -> str:
        if (END - row["last"]).days > 365:
            return "lost"
        return "loyal" if row["n"] >= 4 else "initial"

    def work() -> object:
        then, now = graded(END - pd.DateOffset(months=6)), graded(END)
        changed = pd.crosstab(then, now)
        each = lines.groupby("customer_id")["date"].agg(last="max", n="nunique")
        return changed, each.apply(stage, axis=1)

    return work


def ours(data: dict[str, pd.DataFrame]) -> Callable[[], object]:
    """The same three with this library."""
    lines, days = data["lines"], [END - pd.DateOffset(months=6), END]

    def work() -> object:
        grades = drift.grades(drift.rolling(lines, days))
        changed = classification.pairs(grades[days[0]], grades[days[1]], "ABC", "ABC")
        return changed, classification.stage(lines)

    return work


def table() -> list[str]:
    """Seconds of each part by number of customers, and the tutorial's way beside it."""
    taken: dict[str, list[float]] = {}
    for size in SIZES:
        rounds = 1 if size == SIZES[-1] else 3
        data = tables(size)
        for name, work in steps(data).items():
            taken.setdefault(name, []).append(seconds(work, rounds))
        taken.setdefault("ABC, its drift and life cycle: ours", []).append(seconds(ours(data), rounds))
        taken.setdefault("ABC, its drift and life cycle: a tutorial's pandas", []).append(seconds(tutorial(data), 1))
    parts = list(taken.values())[:-2]
    taken = {"all parts together": [sum(column) for column in zip(*parts, strict=True)], **taken}
    rows = [
        f"| {name} | "
        + " | ".join(f"{each:.3f}" for each in values)
        + f" | {values[-1] / values[-2]:.1f} | {values[-1] / values[0]:.0f} |"
        for name, values in taken.items()
    ]
    head = " | ".join(f"{size:,} customers, CPU s" for size in SIZES)
    return [f"| part | {head} | 1 M ÷ 100 k | 1 M ÷ 10 k |", "|:--|--:|--:|--:|--:|--:|", *rows]


if __name__ == "__main__":
    keep("Classes and matrices", table())
