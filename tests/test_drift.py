"""Classes in time: rolling windows, who changed, and whether the whole has shifted."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import drift, simulate
from custlib.errors import BadSetting

COUNTS = st.lists(st.integers(0, 500), min_size=2, max_size=12)


def test_psi_by_hand() -> None:
    """Four equal cells that become 40, 30, 20 and 10: .0705 + .0091 + .0112 + .1374 = .2282."""
    assert drift.psi([25, 25, 25, 25], [40, 30, 20, 10]) == pytest.approx(0.2282, abs=5e-5)


def test_an_empty_cell_counts_as_half_a_customer() -> None:
    """10 and 0 against 5, 5 is the PSI of 10, .5 against 5, 5."""
    p, q = np.array([10, 0.5]) / 10.5, np.array([5, 5]) / 10

    assert drift.psi([10, 0], [5, 5]) == pytest.approx(float(((q - p) * np.log(q / p)).sum()))
    assert drift.psi([10, 0], [10, 0]) == 0


@settings(max_examples=25)
@given(COUNTS, st.data())
def test_psi_is_never_below_zero_and_the_same_both_ways(base: list[int], data: st.DataObject) -> None:
    """PSI is symmetric, 0 only for equal shares, and does not depend on the order of the cells."""
    now = data.draw(st.lists(st.integers(0, 500), min_size=len(base), max_size=len(base)))
    if not (sum(base) and sum(now)):
        with pytest.raises(BadSetting):
            drift.psi(base, now)
        return
    value = drift.psi(base, now)

    assert value >= -1e-12
    assert value == pytest.approx(drift.psi(now, base))
    assert value == pytest.approx(drift.psi(base[::-1], now[::-1]))


def test_the_bins_come_from_the_base_alone() -> None:
    """Values beyond the base's range fall into its outer cells; a shifted base is not measured with its own new bins."""
    base = pd.Series(np.arange(1000.0))

    assert drift.psi_of_values(base, base) == 0
    assert drift.psi_of_values(base, base + 5000) > 5
    assert drift.psi_of_values(base, base * 1.01) < 0.01
    assert [drift.verdict(each) for each in (0.0999, 0.1, 0.25, 0.2501)] == [
        "stable",
        "moderate",
        "moderate",
        "shifted",
    ]
    with pytest.raises(BadSetting, match="bins"):
        drift.psi_of_values(base, base, bins=1)


def test_a_window_holds_its_last_day_and_not_the_same_day_a_year_before() -> None:
    """Twelve months up to 30 June 2025 are 1 July 2024 to 30 June 2025; what lies behind the day does not count."""
    days = ["2024-06-30", "2024-07-01", "2025-06-30", "2025-07-01"]
    table = pd.DataFrame({"customer_id": "A", "date": days, "amount": [1.0, 10.0, 100.0, 1000.0]})

    assert drift.rolling(table, [pd.Timestamp("2025-06-30")]).iloc[0].tolist() == [110.0]


def test_looking_from_an_earlier_day_sees_what_one_would_have_seen() -> None:
    """As-of recomputation: the column of a day is the same with and without the rows that came later."""
    table = simulate.table("orders", 7)
    day = pd.Timestamp("2024-12-31")
    known_then = table[table["date"] <= "2024-12-31"]
    now, then = drift.rolling(table, [day]), drift.rolling(known_then, [day])

    assert now[now[day] != 0][day].to_dict() == then[then[day] != 0][day].to_dict()


def test_month_ends_have_a_whole_year_behind_them() -> None:
    """From 4 July 2023 the first is 30 June 2024; a list of a month has its last day only."""
    days = ["2023-07-04", "2025-06-30"]
    table = pd.DataFrame({"customer_id": "A", "date": days, "amount": 1.0})

    ends = drift.month_ends(table)

    assert (ends[0], ends[-1], len(ends)) == (pd.Timestamp("2024-06-30"), pd.Timestamp("2025-06-30"), 13)
    assert drift.month_ends(table.tail(1)) == [pd.Timestamp("2025-06-30")]


def test_change_by_hand_and_turned_round() -> None:
    """Of three with a class on both days one rose and one fell; turned round, risen and fallen change places."""
    before = pd.Series({"a": "A", "b": "B", "c": "C", "d": "none", "e": "A"})
    after = pd.Series({"a": "A", "b": "A", "c": "C", "d": "B", "e": "C"})
    found, turned = drift.change(before, after), drift.change(after, before)

    assert (found.both, found.changed, list(found.risen), list(found.fallen)) == (4, 2, ["b"], ["e"])
    assert (list(turned.risen), list(turned.fallen)) == (["e"], ["b"])
    assert drift.change_finding(found).code == "classification.drift.even"
    assert drift.change_finding(drift.change(before, before)).code == "classification.drift.still"
    up = drift.change(before.drop("e"), after.drop("e"))
    assert drift.change_finding(up).code == "classification.drift.up"
    assert drift.change_finding(drift.change(after.drop("e"), before.drop("e"))).code == "classification.drift.down"


@pytest.mark.parametrize("seed", [7, *(pytest.param(s, marks=pytest.mark.full) for s in range(11, 30))])
def test_an_eighth_changes_class_each_half_year(seed: int) -> None:
    """Planted: 12 in 100 over two half-years, rolling twelve months, those with a class on both days."""
    days = [pd.Timestamp(day) for day in ("2024-06-30", "2024-12-31", "2025-06-30")]
    grades = drift.grades(drift.rolling(simulate.table("orders", seed), days))
    found = [drift.change(grades[one], grades[two]) for one, two in pairwise(days)]

    assert sum(each.changed for each in found) / sum(each.both for each in found) == pytest.approx(0.12, abs=0.015)
