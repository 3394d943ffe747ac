"""Leads, rivals, the campaign, events and goals."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.draws import ids, normal, pick, quota, strata
from custlib.analysis.simulate.firms import LEVELS, names
from custlib.analysis.simulate.sales import Sales, dates, yuan
from custlib.content import dictionary

# Closed leads by source: how many in manufacturing and elsewhere, and how many of them were won.
# Fairs win three times what the website wins, in manufacturing only.
CLOSED = {
    "manufacturing": {"fair": (75, 27), "web": (75, 9), "referral": (50, 10), "phone": (40, 6)},
    "elsewhere": {"fair": (100, 16), "web": (100, 16), "referral": (90, 18), "phone": (70, 11)},
}
QUARTERS = ("2024Q3", "2024Q4", "2025Q1", "2025Q2")
RIVALS = ("rival_a", "rival_b", "rival_c")
# Measure, where it stands and where it should go; a vague goal has none of them.
GOALS = {
    "none_a": ("contracts", 0, 1),
    "none_b": ("share", 20, 28),
    "none_c": ("hours", 40, 24),
    "assignable_a": ("visits", 0, 2),
    "realistic_a": ("revenue", 100, 300),
    "realistic_b": ("share", 25, 100),
    "time_a": ("share", 10, 50),
    "time_b": ("contracts", 0, 1),
}
FLAWS = ("none", "specific", "measurable", "assignable", "realistic", "time")


def leads(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leads: lead_id, date, source_channel, industry, budget (yuan, empty if unknown), has_budget, contact_level,
    need_score (0–10), timing_months, outcome (won, lost; empty while open). The key: won, growth_next_year."""
    rng = sales.book.rng("leads")
    elsewhere = {code: share for code, share in plan.INDUSTRIES.items() if code != "manufacturing"}
    cells = [
        (where, source, closed, count)
        for where, sources in CLOSED.items()
        for source, (count, _) in sources.items()
        for closed, count in ((True, count), (False, count // 3))
    ]
    sizes = [count for *_, count in cells]
    where, source = (np.repeat([cell[at] for cell in cells], sizes) for at in (0, 1))
    closed, total = np.repeat([cell[2] for cell in cells], sizes), sum(sizes)
    industry = where.astype(object)
    industry[where == "elsewhere"] = quota(rng, int((where == "elsewhere").sum()), elsewhere)
    level, asked = quota(rng, total, LEVELS), quota(rng, total, {"yes": 0.45, "no": 0.25, "unknown": 0.30})
    need, months = rng.integers(0, 11, total), rng.integers(1, 19, total)
    # Money, authority and need decide, and timing, with luck beside them.
    score = 1.2 * (asked == "yes") - (asked == "no") + 0.6 * np.isin(level, ("director", "executive"))
    score = score + 0.18 * need - 0.05 * months + 0.8 * normal(rng, total)
    won, at = np.zeros(total, dtype=int), 0
    for place, source_code, was_closed, count in cells:
        size, wins = CLOSED[place][source_code]
        best = at + np.argsort(-score[at : at + count], kind="stable")
        won[best[: wins if was_closed else round(wins * count / size)]] = 1
        at += count
    day = np.where(closed, rng.integers(0, plan.DAYS - 180, total), rng.integers(plan.DAYS - 150, plan.DAYS, total))
    budget = np.rint(np.exp(11.5 + 0.9 * normal(rng, total)) / 1_000) * 1_000
    order = np.lexsort((rng.permutation(total), day))
    called = ids("L", total)
    table = pd.DataFrame(
        {
            "date": dates(day),
            "source_channel": source,
            "industry": industry,
            "budget": pd.array(np.where(asked == "yes", budget, np.nan)).astype("Int64"),
            "has_budget": asked,
            "contact_level": level,
            "need_score": need,
            "timing_months": months,
            "outcome": np.where(closed, np.where(won, "won", "lost"), ""),
        }
    ).iloc[order]
    table.insert(0, "lead_id", called)
    growth = np.round(0.04 + 0.1 * (score - score.mean()) / score.std() + 0.12 * normal(rng, total), 3) + 0.0
    key = pd.DataFrame({"lead_id": called, "won": won[order], "growth_next_year": growth[order]})
    return table.reset_index(drop=True), key


def competitor_share(sales: Sales) -> tuple[pd.DataFrame, None]:
    """Wallets of 480 customers by quarter: category_spend, own, rival_a … rival_c (yuan), rank_of_us, n_suppliers.

    `own` is what the invoices say. Only the hidden customers give us less than 15 %.
    """
    book, rng = sales.book, sales.book.rng("wallets")
    year = sales.revenue(plan.YEAR)
    asked = [sales.hidden]
    for grade, count in (("A", 150), ("B", 120), ("C", 185)):
        able = np.flatnonzero((sales.classes == grade) & ~np.isin(np.arange(book.size), sales.hidden))
        asked.append(rng.permutation(able)[:count])
    who = np.sort(np.concatenate(asked))
    starts = [(pd.Period(each).start_time - plan.FIRST).days for each in QUARTERS] + [plan.DAYS]
    own = np.column_stack([sales.revenue(a, b) for a, b in pairwise(starts)])[who].clip(0)
    share = 0.25 + 0.65 * strata(rng, len(who))
    smallest = year[sales.classes == "A"].min()
    mine = own.sum(axis=1)
    large = np.maximum(smallest * rng.uniform(1.2, 2.5, len(who)), mine / 0.13)
    wallet = np.where(np.isin(who, sales.hidden), large, mine / share)
    spend = np.maximum(wallet[:, None] / 4 * rng.uniform(0.85, 1.15, own.shape), own / 0.95)
    used = rng.random((len(who), 3)) < np.array([0.85, 0.6, 0.4])
    used[~used.any(axis=1), 0] = True
    weight = used * rng.exponential(1, used.shape)
    weight /= weight.sum(axis=1, keepdims=True)
    rest = np.rint((spend - own)[:, :, None] * weight[:, None, :]).astype(np.int64)
    own = own.astype(np.int64)
    table = pd.DataFrame(
        {
            "customer_id": np.repeat(ids("C", book.size)[who], 4),
            "quarter": np.tile(np.array(QUARTERS, dtype=object), len(who)),
            "category_spend": yuan((own + rest.sum(axis=2)).ravel()),
            "own": yuan(own.ravel()),
            **{name: yuan(rest[:, :, at].ravel()) for at, name in enumerate(RIVALS)},
            "rank_of_us": (1 + (rest > own[:, :, None]).sum(axis=2)).ravel(),
            "n_suppliers": np.repeat(1 + used.sum(axis=1), 4),
        }
    )
    return table, None


def campaign(sales: Sales) -> tuple[pd.DataFrame, None]:
    """The campaign's own count for 600 accounts: customer_id, treated (0/1, by lot within pairs), pre, post (yuan).

    Everybody grew by 12 % with the market, the treated by 15 % on top; what else happened is the same in both groups
    on average of the logarithms.
    """
    rng, count = sales.book.rng("campaign"), 600
    who = np.sort(rng.permutation(sales.book.size)[:count])
    pre = np.exp(10.6 + 0.9 * normal(rng, count))
    pairs = np.argsort(pre, kind="stable").reshape(-1, 2)
    treated = np.zeros(count, dtype=int)
    treated[pairs[np.arange(count // 2), rng.integers(0, 2, count // 2)]] = 1
    growth = np.empty(count)
    for group in (0, 1):
        inside = treated == group
        growth[inside] = np.log1p(plan.MARKET) + group * np.log1p(plan.EFFECT) + 0.22 * normal(rng, int(inside.sum()))
    fen = np.rint(np.column_stack([pre, pre * np.exp(growth)]) * 100)
    return pd.DataFrame(
        {
            "customer_id": ids("C", sales.book.size)[who],
            "treated": treated,
            "pre": yuan(fen[:, 0]),
            "post": yuan(fen[:, 1]),
        }
    ), None


def events(sales: Sales) -> tuple[pd.DataFrame, None]:
    """What happened in the market: event_id, date, kind, industry (empty: all), name in both languages, cost (yuan)."""
    rng, words, count = sales.book.rng("events"), dictionary(), 48
    kind = quota(rng, count, {"fair": 10, "webinar": 12, "launch": 8, "price_rise": 4, "policy": 7, "rival_launch": 7})
    industry = np.where(kind == "price_rise", "", quota(rng, count, plan.INDUSTRIES))
    cost = {"fair": 180_000, "webinar": 12_000, "launch": 60_000}
    table = pd.DataFrame(
        {
            "event_id": ids("E", count, 2),
            "date": dates(np.sort(rng.integers(0, plan.DAYS, count))),
            "kind": kind,
            "industry": industry,
        }
    )
    for language in ("zh", "en"):
        table[f"name_{language}"] = [
            words[f"company.event.{one}"][language].format(
                industry=words[f"company.industry.{two}"][language] if two else ""
            )
            for one, two in zip(kind, industry, strict=True)
        ]
    return table.assign(cost=[int(cost.get(each, 0) * rng.uniform(0.7, 1.4)) // 1_000 * 1_000 for each in kind]), None


def goals(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """80 goals for large accounts: goal_id, customer_id, owner, text in both languages, measure, baseline, target, due.

    The key: which part of SMART is missing (specific, measurable, assignable, realistic, time, or none).
    """
    rng, words, count = sales.book.rng("goals"), dictionary(), 80
    large = np.flatnonzero(sales.classes == "A")
    who = np.sort(rng.permutation(large)[:count])
    flaw = quota(rng, count, dict.fromkeys(FLAWS, 1.0) | {"none": 3.0})
    called = names(sales)
    texts = {each: [k for k in words if k.startswith(f"company.goal.{each}_")] for each in FLAWS}
    chose = [texts[each][int(luck * len(texts[each]))] for each, luck in zip(flaw, rng.random(count), strict=True)]
    figures = [GOALS.get(key.rpartition(".")[2], ("", None, None)) for key in chose]
    owner = np.where(flaw == "assignable", "", pick(ids("S", plan.OWNERS, 2), rng.integers(0, plan.OWNERS, count)))
    due = np.where(flaw == "time", -1, rng.integers(plan.DAYS + 30, plan.DAYS + 365, count))
    table = pd.DataFrame(
        {
            "goal_id": ids("G", count, 2),
            "customer_id": ids("C", sales.book.size)[who],
            "owner": owner,
            **{
                f"text_{language}": [
                    words[key][language].format(name=called[language][one]) for key, one in zip(chose, who, strict=True)
                ]
                for language in ("zh", "en")
            },
            "measure": [measure for measure, *_ in figures],
            "baseline": pd.array([baseline for _, baseline, _ in figures], dtype="Int64"),
            "target": pd.array([target for *_, target in figures], dtype="Int64"),
            "due": dates(due),
        }
    )
    return table, table[["goal_id"]].assign(flaw=flaw)
