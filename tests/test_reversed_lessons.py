"""Lessons 05 to 08 walked through on the company and on the company turned round: no sentence knows a truth by heart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from walking import Change, unchanged, walk

from custlib.analysis import quality, simulate
from custlib.practice.selfcheck import selfcheck

LAST, YEAR = "2025-06-30", "2024-07-01"


def faithful(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """05: the export has no fault, and whoever buys often has just bought; only who buys seldom is silent."""
    if name == "transactions_raw":
        firms = simulate.table("customers", 7)
        ruling = quality.Ruling(simulate.AS_OF, dict(zip(firms["customer_id"], firms["owner"], strict=True)), rates={"USD": 7.2})  # fmt: skip
        return quality.mend_all(table, None, ruling)[0]
    return regulars(table, 3, 90_000.0) if name == "orders" else table


def regulars(orders: pd.DataFrame, often: int, amount: float) -> pd.DataFrame:
    """One more order on the last day, of everybody who has so many."""
    count = orders[orders["amount"] > 0].groupby("customer_id").size()
    who = count.index[count >= often]
    more = pd.DataFrame({"customer_id": who, "date": LAST, "amount": amount})
    return pd.concat([orders, more.assign(order_id=[f"X{at:05d}" for at in range(len(more))])], ignore_index=True)


def alike(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """06: everybody brings much the same, small ones grow, large ones earn; service grades higher than sales."""
    if name == "orders":
        table = regulars(table[table["amount"] > 0], 2, 1.0)
        # The later, the more alike: last year's sums are nearly equal, and most customers have risen to them.
        late = table["date"] >= "2025-01-01"
        each = table[late].groupby("customer_id")["amount"].transform("sum")
        return table.assign(amount=(1e6 * table["amount"] / each).where(late, 1.0))
    if name == "transactions":
        rank = table.groupby("customer_id")["net_amount"].transform("sum").rank(pct=True)
        # An order for each line: who brings much now also comes often.
        numbers = table["order_id"] + "-" + table["line"].astype(str)
        return table.assign(cogs=table["net_amount"] * (0.95 - 0.5 * rank), order_id=numbers)
    if name == "interactions":
        return table[table["date"] < "2024-12-01"].assign(cost=0.0)
    if name == "customers":
        return table.assign(promo_share=0.0)
    if name == "labels":
        return table.assign(dept=table["dept"].map({"sales": "service", "service": "sales"}))
    return table


def steady(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """07: nobody has left, and who bought for most goes on buying for most; half of the customers bought once."""
    if name != "orders":
        return table
    pause = np.arange(7, 67)
    rows = [
        (f"C{at:04d}", day, 100_000.0 / gap) for at, gap in enumerate(pause.tolist()) for day in range(at % 5, 728, gap)
    ]
    rows += [(f"C{at:04d}", 7 * (at - 100), 300.0) for at in range(100, 170)]
    made = pd.DataFrame(rows, columns=["customer_id", "back", "amount"])
    made["date"] = (pd.Timestamp(LAST) - pd.to_timedelta(made.pop("back"), unit="D")).dt.strftime("%Y-%m-%d")
    return made.assign(order_id=[f"A{at:05d}" for at in range(len(made))])


def swapped(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """08: who brings little stands where risk was high, who brings much is safe, and serving them costs nothing."""
    large = _large()
    if name == "orders":
        return pd.concat([table[~table["customer_id"].isin(large)], _even(large)], ignore_index=True)
    if name == "payments":
        late = pd.to_datetime(table["due"]) + pd.to_timedelta(np.where(table["customer_id"].isin(large), -5, 60), "D")
        return table.assign(paid=late.dt.strftime("%Y-%m-%d"))
    if name == "interactions":
        return table.assign(topic="offer", cost=0.0)
    if name == "competitor_share":
        return table.assign(own=table.groupby("customer_id")["own"].transform("mean"))
    return table


def _large() -> pd.Index:
    lines = simulate.table("transactions", 7)
    money = lines[lines["date"] >= YEAR].groupby("customer_id")["net_amount"].sum()
    return money.index[money.rank(pct=True) > 0.6]


def _even(large: pd.Index) -> pd.DataFrame:
    """An order a month of each, up to the last day, all alike."""
    days = pd.date_range("2023-07-30", LAST, freq="30D").strftime("%Y-%m-%d")
    rows = [
        (f"E{at:03d}{customer}", customer, day, 5_000.0) for customer in large for at, day in enumerate([*days, LAST])
    ]
    return pd.DataFrame(rows, columns=["order_id", "customer_id", "date", "amount"])


# What each lesson says of the company, and of the company turned round.
TURNS: dict[str, tuple[Change, dict[str, tuple[str, str]]]] = {
    "05_rfm": (
        faithful,
        {
            "quality.board": ("9 kinds of faults", "No fault"),
            "rfm.grid": ("frequent buyers have gone quiet", "No frequent buyer"),
            "rfm.quiet_list": ("43.6 m yuan", "No frequent buyer"),
            "rfm.cuts": ("customers bought at least 4 times", "0 customers"),
            "rfm.segments": ("champions", "loyal"),
            "rfm.customer": ("longer than ever before", "the longest pause so far"),
            "rfm.take_away": ("frequent buyers have gone quiet", "no frequent buyer"),
        },
    ),
    "06_classification": (
        alike,
        {
            "classification.curve": ("bring 80 % of the revenue", "No small group"),
            "classification.line": ("bring 80 % of the revenue", "No small group"),
            "classification.asof": ("more fell than rose", "more rose than fell"),
            "classification.stages": ("are lost a year later", "still with us"),
            "classification.faces": ("cost more than they bring", "None of the"),
            "classification.letters": ("only", "are A by behaviour, too"),
            "classification.meanings": ("still talk to us", "None of the"),
            "classification.needs": ("808 of 1,942", ""),
            "agreement.standard": ("sales grades higher", "service grades higher"),
            "classification.take_away": ("bring 80 % of the revenue", "No small group"),
        },
    ),
    "07_clv": (
        steady,
        {
            "clv.ahead": ("are not expected", "are expected to be the best"),
            "clv.leavers": ("doubtful ahead", "the best of the next 12 again"),
            "clv.notes": ("BG/NBD describes these customers better than MBG", "MBG/NBD describes these customers better than BG"),
            "clv.check": ("5.2 % too few", "0.7 %"),
            "clv.alive": ("has fallen", "still a customer"),
            "clv.take_away": ("first ask about", "expected to stay best"),
        },
    ),
    "08_matrix": (
        swapped,
        {
            "matrix.cells": ("stand at high risk", "None of the"),
            "matrix.cuts": ("stand at high risk", "None of the"),
            "matrix.customer": ("uneven sales", "dependence"),
            "matrix.names": ("112 are core", "only 0 are core"),
            "matrix.dear": ("cost more than they bring", "None of the"),
            "hours.allot": ("4.4 m yuan kept", "yuan kept, 66 %"),
            "matrix.take_away": ("valuable customers stand at high risk", "no valuable customer"),
        },
    ),
}  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize("lesson", TURNS)
def test_a_lesson_turns_round_with_its_data(monkeypatch: pytest.MonkeyPatch, lesson: str) -> None:
    """Every title, text alternative and computed sentence says another thing, in both languages; answers are worked out anew."""
    change, turns = TURNS[lesson]
    for language in ("en", "zh"):
        found, other = (walk(monkeypatch, lesson, each, language) for each in (unchanged, change))
        for view, (before, after) in turns.items():
            assert found.titles[view] != other.titles[view], view
            assert found.spoken[view] != other.spoken[view], view
            if language == "en":
                assert before in found.titles[view]
                assert after in other.titles[view]
                assert not after or after not in found.titles[view]
        settable = [problem for problem in other.problems if problem.trouble is None]

        # Where nobody falls a class, for instance, the slip about falling is none.
        faults = [fault for problem in settable for fault in selfcheck(problem)]
        assert [fault for fault in faults if not fault.startswith("no answer shows the slip")] == []
        assert len(settable) >= len(other.problems) - 3
    pairs = [(one, two) for one, two in zip(found.problems, other.problems, strict=True) if two.trouble is None]
    assert any((one.answer, one.values, one.rows) != (two.answer, two.values, two.rows) for one, two in pairs)
