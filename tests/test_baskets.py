"""Lift: by hand, by chance, turned round, and with too few baskets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import baskets
from custlib.errors import BadSetting, MissingColumns, NothingLeft


def orders(both: int, only_a: int, only_b: int, neither: int) -> pd.DataFrame:
    counts = (("ab", both), ("a", only_a), ("b", only_b), ("c", neither))
    held = [items for items, n in counts for _ in range(n)]
    return pd.DataFrame([(i, item) for i, items in enumerate(held) for item in items], columns=["order_id", "category"])


def pair(table: pd.DataFrame) -> pd.Series:
    return table[(table["a"] == "a") & (table["b"] == "b")].iloc[0]


def test_the_lift_of_the_lesson_by_hand() -> None:
    """Of 100 orders 40 hold drives, 20 spare parts, 10 both: .10 / (.40 · .20) = 1.25."""
    found = pair(baskets.pairs(orders(10, 30, 10, 50), least=1))

    assert found["lift"] == pytest.approx(1.25)
    assert (found["n_a"], found["n_b"], found["n_ab"], found["n"]) == (40, 20, 10, 100)


def test_the_interval_of_independent_things_by_hand() -> None:
    """At lift 1 the variance of its logarithm is (1 − p)(1 − q)/(n·p·q): half and half of 400 gives ±.098."""
    found = pair(baskets.pairs(orders(100, 100, 100, 100)))

    assert found["lift"] == pytest.approx(1.0)
    assert np.log(found["high"]) == pytest.approx(1.96 * np.sqrt(0.25 / (400 * 0.25)), abs=1e-3)
    assert baskets.finding(baskets.pairs(orders(100, 100, 100, 100))).code == "experience.lift.level"


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_lift_is_the_same_from_both_sides_and_holds_its_interval(a: int, b: int, c: int, d: int) -> None:
    """Who is called first does not matter, and the lift lies inside its interval."""
    one = pair(baskets.pairs(orders(a, b, c, d), least=1))
    two = pair(baskets.pairs(orders(a, c, b, d), least=1))

    assert one["lift"] == pytest.approx(two["lift"])
    assert one["low"] <= one["lift"] * (1 + 1e-12)
    assert one["lift"] <= one["high"] * (1 + 1e-12)


def test_the_finding_turns_round() -> None:
    """Together more than by chance; apart, no pair is said to be bought together; and too few to say."""
    together, apart = baskets.pairs(orders(80, 20, 20, 80)), baskets.pairs(orders(20, 80, 80, 20))

    assert baskets.finding(together).code == "experience.lift.more"
    assert baskets.finding(apart).code == "experience.lift.level"
    assert baskets.finding(apart).values["below"] == 1
    assert baskets.finding(baskets.pairs(orders(19, 30, 30, 30))).code == "experience.lift.few"


def test_a_pair_met_once_is_not_reported() -> None:
    """One basket with two rare things has a lift of 100 and no meaning."""
    lines = orders(1, 0, 0, 99)

    assert pair(baskets.pairs(lines, least=1))["lift"] == pytest.approx(100)
    assert baskets.pairs(lines).empty


def test_returns_are_no_baskets_and_a_line_twice_is_one() -> None:
    """Only sales count, and three lines of drives in one order are one order with drives."""
    lines = orders(30, 10, 10, 10).assign(type="sale")
    more = pd.concat([lines, lines.head(5), lines.assign(order_id=lines["order_id"] + 1000, type="return")])

    pd.testing.assert_frame_equal(baskets.pairs(more), baskets.pairs(lines))


def test_partners_show_one_thing_from_its_own_side() -> None:
    """Whichever of the two stood first."""
    table = baskets.pairs(orders(30, 10, 10, 10))

    assert list(baskets.partners(table, "b").index) == ["a"]
    assert baskets.partners(table, "z").empty


def test_tables_that_hold_no_baskets_are_refused() -> None:
    """Missing columns, nothing sold, and a threshold of none."""
    with pytest.raises(MissingColumns, match="category"):
        baskets.pairs(pd.DataFrame({"order_id": [1]}))
    with pytest.raises(NothingLeft):
        baskets.pairs(pd.DataFrame({"order_id": [1], "category": ["a"], "type": ["return"]}))
    with pytest.raises(BadSetting):
        baskets.pairs(orders(1, 1, 1, 1), least=0)
