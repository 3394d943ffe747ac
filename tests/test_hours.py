"""Visit hours: rules, what they keep, and the best that can be done."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import hours
from custlib.errors import BadSetting, MissingColumns

ROWS = st.lists(
    st.tuples(st.integers(-1000, 100_000), st.integers(0, 100), st.sampled_from(["leaving", "payment", "service"])),
    min_size=1,
    max_size=30,
)


def card(rows: list[tuple[int, int, str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["contribution", "leaving", "dominant"])
    return table.assign(revenue=table["contribution"].abs() * 3, risk=table["leaving"] / 2)


def test_what_is_kept_by_hand() -> None:
    """Four hours keep half of the half that can be kept, eight three quarters; a visit collects no invoice."""
    table = card([(1000, 40, "leaving"), (1000, 40, "payment"), (-50, 90, "leaving")])
    stake = hours.at_stake(table)
    given_hours = pd.Series([4.0, 4.0, 4.0])

    assert stake.tolist() == [400.0, 0.0, 0.0]
    assert hours.kept(stake, given_hours, hours.Effort()).tolist() == [100.0, 0.0, 0.0]
    assert hours.kept(stake, given_hours * 2, hours.Effort()).tolist() == [150.0, 0.0, 0.0]


def test_a_rule_gives_the_hours_to_the_first_on_its_list() -> None:
    """Ten hours at four each: two customers get four, the third the last two; ties keep their order."""
    table = card([(10, 1, "leaving"), (40, 1, "leaving"), (30, 1, "leaving"), (20, 1, "leaving")])
    plan = hours.plan(table, "contribution", hours.Effort(hours=10))

    assert plan.tolist() == [0.0, 4.0, 4.0, 2.0]
    assert hours.plan(table, "even", hours.Effort(hours=10)).tolist() == [2.5] * 4


@settings(max_examples=25)
@given(ROWS, st.floats(0, 300), st.floats(0.5, 20), st.floats(0, 1))
def test_no_rule_keeps_more_than_the_best(rows, total: float, each: float, keep: float) -> None:
    """Every rule stays within the hours, keeps no more than is at stake, and never beats the best plan."""
    table, effort = card(rows), hours.Effort(hours=total, each=each, keep=keep)
    stake = hours.at_stake(table)
    compared = hours.compare(table, effort)
    best = hours.best(stake, effort)

    assert best.sum() <= total + 1e-6
    assert (best >= 0).all()
    for rule in hours.RULES:
        assert hours.plan(table, rule, effort).sum() <= total + 1e-9
        assert compared.at[rule, "kept"] <= compared.at["best", "kept"] + 1e-6 * max(1, stake.sum())
    assert compared.at["best", "kept"] <= keep * stake.sum() + 1e-6


@settings(max_examples=25)
@given(ROWS, st.floats(1, 300))
def test_the_best_plan_gives_all_hours_and_evens_out_the_next_one(rows, total: float) -> None:
    """Where anything is at stake all hours are given, and the next hour brings the same wherever one was given."""
    stake, effort = hours.at_stake(card(rows)), hours.Effort(hours=total)
    given_hours = hours.best(stake, effort)
    if stake.max() <= 0:
        assert given_hours.sum() == 0
        return
    next_hour = stake * np.exp2(-given_hours / effort.half)
    visited = given_hours > 1e-6

    assert given_hours.sum() == pytest.approx(total)
    assert next_hour[visited].max() == pytest.approx(next_hour[visited].min(), rel=1e-6)
    assert next_hour.max() <= next_hour[visited].max() * (1 + 1e-6)


def test_the_finding_turns_round() -> None:
    """Visiting what is at stake beats visiting the largest where the largest stay, and loses nothing where they leave."""
    calm = card([(1000, 1, "leaving"), (500, 90, "leaving")])
    stormy = card([(1000, 90, "leaving"), (500, 1, "leaving")])
    effort = hours.Effort(hours=4)

    assert hours.finding(hours.compare(calm, effort), "at_stake").code == "matrix.hours.more"
    assert hours.finding(hours.compare(stormy, effort), "at_stake").code == "matrix.hours.same"
    assert hours.finding(hours.compare(stormy, effort), "even").code == "matrix.hours.less"
    assert hours.finding(hours.compare(stormy, effort), "revenue").code == "matrix.hours.first"
    assert hours.finding(hours.compare(card([(10, 0, "")]), effort), "even").code == "matrix.hours.nothing"


def test_bad_settings_are_named() -> None:
    """No hours per customer, more than everything kept, a rule nobody knows, a card without a column."""
    for wrong in ({"each": 0}, {"keep": 1.1}, {"hours": -1}, {"half": float("nan")}):
        with pytest.raises(BadSetting, match=next(iter(wrong))):
            hours.Effort(**wrong)
    with pytest.raises(BadSetting, match="at_stake"):
        hours.plan(card([(1, 1, "")]), "favourites", hours.Effort())
    with pytest.raises(MissingColumns, match="dominant"):
        hours.at_stake(card([(1, 1, "")]).drop(columns="dominant"))
