"""Service contracts and their renewals, and how invoices were paid."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import optimize, special

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.draws import balanced, ids, normal
from custlib.analysis.simulate.sales import Sales, dates, numbers, yuan
from custlib.content import dictionary

RENEWALS = 1_800
TERMS = {"state": 90, "public": 90, "private": 30, "foreign": 60}  # days to pay
LATE = {"state": 22, "public": 18, "private": 6, "foreign": 3}  # usual days over, in the middle


def contracts(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Renewals that fell due: contract_id, customer_id, start, end, value and margin (yuan a year), renewed (0/1),
    exit_note in both languages (lost ones), price_change (per cent), late_deliveries and open_complaints (in the last
    year), rival_offer (0/1), tenure (years). The key: reason_code (after Keaveney 1995), chance of leaving.

    The answers are balanced along every factor, so that a logistic regression finds the planted log odds.
    """
    rng, words, size = sales.book.rng("contracts"), dictionary(), RENEWALS
    who = rng.integers(0, sales.book.size, size)
    end = np.sort(rng.integers(0, plan.DAYS, size))
    factors = pd.DataFrame(
        {
            "late_deliveries": rng.poisson(1.1, size),
            "open_complaints": rng.poisson(0.4, size),
            "rival_offer": (rng.random(size) < 0.25).astype(int),
            "tenure": np.rint(1 + rng.gamma(2.2, 1.8, size)).clip(1, 15).astype(int),
            "price_change": np.round(3 + 4 * normal(rng, size), 1) + 0.0,
        }
    )
    odds = factors[list(plan.CHURN)].to_numpy(dtype=float) @ np.array(list(plan.CHURN.values()))
    start = optimize.brentq(lambda level: float(special.expit(odds + level).mean()) - plan.CHURN_SHARE, -12, 6)
    chance = special.expit(odds + start)
    lost = balanced(rng, chance, factors.to_numpy(dtype=float))
    reason = np.where(lost, _reasons(rng, factors), "")
    note = rng.integers(0, 3, size)
    value = np.rint(np.exp(9.9 + 0.8 * normal(rng, size)) / 100).astype(np.int64) * 100
    called = ids("V", size)
    day = plan.FIRST + pd.to_timedelta(end, unit="D")
    table = pd.DataFrame(
        {
            "contract_id": called,
            "customer_id": ids("C", sales.book.size)[who],
            "start": (day - pd.to_timedelta(364, unit="D")).strftime("%Y-%m-%d"),
            "end": dates(end),
            "value": value,
            "margin": np.rint(value * (0.42 + 0.08 * normal(rng, size))).astype(np.int64),
            "renewed": 1 - lost.astype(int),
            **{
                f"exit_note_{language}": [
                    words[f"company.exit.{code}.{'abc'[at]}"][language] if code else ""
                    for code, at in zip(reason, note, strict=True)
                ]
                for language in ("zh", "en")
            },
            **factors,
        }
    )
    key = pd.DataFrame({"contract_id": called, "reason_code": reason, "chance": np.round(chance, 4)})
    return table, key


def _reasons(rng: np.random.Generator, factors: pd.DataFrame) -> np.ndarray:
    """A reason that goes with what happened; where nothing did, one of the rest."""
    codes = ["competition", "response", "core", "pricing", "encounter", "inconvenience", "ethics", "involuntary"]
    weight = np.column_stack(
        [
            3.0 * factors["rival_offer"],
            1.8 * factors["open_complaints"],
            0.9 * factors["late_deliveries"],
            0.18 * factors["price_change"].clip(0),
            *np.tile([[0.5], [0.35], [0.15], [0.25]], len(factors)),
        ]
    )
    edge = np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True)
    at = (rng.random(len(factors))[:, None] > edge).sum(axis=1).clip(0, len(codes) - 1)
    return np.asarray(np.array(codes)[at])


def payments(sales: Sales) -> tuple[pd.DataFrame, None]:
    """Instalments: payment_id, order_id, customer_id, due, paid (empty while open), amount (yuan), method.

    Larger orders are paid in two instalments. State-owned and public customers pay later, by their own cycles.
    """
    from custlib.analysis.simulate.firms import customers

    book, rng = sales.book, sales.book.rng("payments")
    owned = customers(sales)[0]["ownership"].to_numpy()[book.customer]
    total = np.add.reduceat(sales.net, sales.first)
    twice = total > np.median(total)
    order = np.repeat(np.arange(len(total)), 1 + twice)
    second = np.diff(order, prepend=-1) == 0
    part = np.where(
        twice[order], np.where(second, total[order] - total[order] * 6 // 10, total[order] * 6 // 10), total[order]
    )
    terms, late = (np.array([table[each] for each in owned])[order] for table in (TERMS, LATE))
    due = book.day[order] + terms + 60 * second
    slow = np.exp(0.5 * normal(rng, book.size))[book.customer][order]
    paid = due + np.rint(late * slow + 9 * normal(rng, len(order)) - 3).astype(int)
    paid = np.maximum(paid, book.day[order] + 1)
    bills = rng.random(len(order)) < np.where(np.isin(owned[order], ("state", "public")), 0.35, 0.1)
    table = pd.DataFrame(
        {
            "order_id": numbers(sales)[order],
            "customer_id": ids("C", book.size)[book.customer][order],
            "due": dates(due),
            "paid": dates(np.where(paid >= plan.DAYS, -1, paid)),
            "amount": yuan(part),
            "method": np.where(bills, "acceptance_bill", "transfer"),
        }
    )
    table.insert(0, "payment_id", ids("Z", len(table), 5))
    return table, None
