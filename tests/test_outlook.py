"""Past and future side by side, and when a cost is back."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.analysis import clv, outlook, simulate
from custlib.errors import BadSetting


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    orders = simulate.table("orders", 7)
    cbs = clv.purchase_summary(orders, order_id="order_id")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model, spend = clv.fit_mbgnbd(cbs), clv.fit_gamma_gamma(cbs)
    return outlook.past_and_ahead(orders, cbs, model, spend, margin=0.3)


def test_the_past_is_the_margin_on_net_revenue_of_twelve_months(table: pd.DataFrame) -> None:
    """The window is the year up to the as-of day, both ends included; returns are deducted."""
    orders = simulate.table("orders", 7)
    inside = orders[(orders["date"] > "2024-06-30") & (orders["date"] <= "2025-06-30")]
    expected = inside.groupby("customer_id")["amount"].sum() * 0.3

    assert table["past"].sum() == pytest.approx(expected.sum())
    assert table["past"].reindex(expected.index).to_numpy() == pytest.approx(expected.to_numpy())


def test_twice_the_margin_is_twice_the_value(table: pd.DataFrame) -> None:
    """Both columns scale with the margin; the ranking stays."""
    orders = simulate.table("orders", 7)
    cbs = clv.purchase_summary(orders, order_id="order_id")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        twice = outlook.past_and_ahead(orders, cbs, clv.fit_mbgnbd(cbs), clv.fit_gamma_gamma(cbs), margin=0.6)

    assert (twice["ahead"] / table["ahead"]).to_numpy() == pytest.approx(2)
    assert list(outlook.leavers(twice).index) == list(outlook.leavers(table).index)


def test_the_finding_reverses_with_the_future() -> None:
    """Where the future ranks as the past did, nobody leaves the best; where it is turned round, all do."""
    same = pd.DataFrame({"past": np.arange(60.0), "ahead": np.arange(60.0)})
    turned = same.assign(ahead=same["ahead"].to_numpy()[::-1])

    assert outlook.leavers_finding(same).code == "clv.leavers.none"
    assert outlook.leavers_finding(turned).values == {"n": 20, "top": 20, "customers": 60}
    assert outlook.leavers_finding(same.head(5)).code == "clv.leavers.few"


def test_a_cost_comes_back_in_the_year_worked_out_by_hand() -> None:
    """Margin 100, retention .8, discount .1: 72.73 after one year, 125.62 after two; without end 266.67."""
    table = outlook.payback(100, 0.8, 0.1, cost=100, years=3)

    assert table["cumulative"].round(2).tolist() == [-100.0, -27.27, 25.62, 64.09]
    assert outlook.payback_finding(table, endless=166.67).values["year"] == 2
    assert (
        outlook.payback_finding(outlook.payback(100, 0.8, 0.1, cost=250, years=3), endless=16.67).code
        == "clv.payback.later"
    )
    assert (
        outlook.payback_finding(outlook.payback(100, 0.8, 0.1, cost=300, years=3), endless=-33.33).code
        == "clv.payback.never"
    )


@given(st.floats(0, 0.99), st.floats(0.01, 0.5), st.integers(1, 30))
def test_the_sum_of_years_stays_below_the_value_without_end(retention: float, discount: float, years: int) -> None:
    """A horizon never adds more than the formula without one, and more retention is never worth less."""
    sums = outlook.payback(100, retention, discount, cost=0, years=years)["cumulative"]

    assert (sums.diff().dropna() >= -1e-9).all()
    assert sums.iloc[-1] <= clv.retention_value(100, retention, discount) + 1e-6
    assert (
        outlook.payback(100, min(retention + 0.005, 0.995), discount, cost=0, years=years)["cumulative"].iloc[-1]
        >= sums.iloc[-1]
    )


def test_no_years_are_refused() -> None:
    """A horizon is at least one year."""
    with pytest.raises(BadSetting, match="years"):
        outlook.payback(100, 0.8, 0.1, cost=0, years=0)
