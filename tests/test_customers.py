"""Customers of the data in a conversation: where they stand, and the plain record that is made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import clv, simulate
from custlib.analysis.standing import cells, standing
from custlib.content import Words
from custlib.course import roleplay
from custlib.course.customers import bind
from custlib.course.scenarios import open_scenario
from custlib.course.tables import Tables
from custlib.errors import BadSetting, UnknownName

# The practice company's spending is so uneven that the model says so each time.
pytestmark = pytest.mark.filterwarnings("ignore::custlib.errors.DataWarning")
ROOT = Path(__file__).parents[1]
WEI = open_scenario(ROOT, "driver-purchasing-director")


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    return simulate.table("orders", 7)


def test_standing_agrees_with_a_second_count(orders: pd.DataFrame) -> None:
    """Orders, last day and the sum of twelve months are counted again with plain pandas."""
    table = standing(orders)
    dates = pd.to_datetime(orders["date"])
    within = orders[(dates > pd.Timestamp("2024-06-30")) & (dates <= pd.Timestamp("2025-06-30"))]
    again = within.groupby("customer_id")["amount"].sum().reindex(table.index).fillna(0.0)
    last = dates[orders["amount"] > 0].groupby(orders["customer_id"]).max().reindex(table.index)

    pd.testing.assert_series_equal(table["spent_year"], again, check_names=False)
    assert (table["last_order"] == last).all()
    assert (table["recency_days"] == (pd.Timestamp("2025-06-30") - last).dt.days).all()


def test_value_and_cell_follow_the_model(orders: pd.DataFrame) -> None:
    """Value is the model's; whoever bought once has no cell, because BG/NBD says 1 of them by construction."""
    table = standing(orders, months=24, margin=1.0)
    cbs = clv.purchase_summary(orders, order_id="order_id")
    ahead = clv.lifetime_value(clv.fit_bgnbd(cbs), clv.fit_gamma_gamma(cbs), cbs, months=24)

    pd.testing.assert_series_equal(table["value"], ahead, check_names=False)
    assert ((table["cell"] == "") == (cbs["x"] == 0)).all()
    assert set(table["cell"]) == {"", "core", "defend", "standard", "restrict"}


def test_the_customer_who_crosses_the_line_is_of_high_value() -> None:
    """The share before a customer counts: 50 + 25 make 75 %, so the third still is among the first 80 %."""
    worth = pd.Series([50.0, 25.0, 20.0, 5.0, 0.0], index=list("ABCDE"))
    risk = pd.Series([0.1, 0.9, 0.5, 0.4, 0.9], index=list("ABCDE"))

    assert cells(worth, risk).to_dict() == {"A": "core", "B": "defend", "C": "defend", "D": "standard", "E": "restrict"}


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    """Different sums, in any order, give each customer the same cell."""
    worth = pd.Series([100.0, 60, 30, 20, 10, 5])
    risk = pd.Series([0.2, 0.7, 0.2, 0.7, 0.2, 0.7])

    assert cells(worth.iloc[order], risk.iloc[order]).sort_index().tolist() == cells(worth, risk).tolist()


def test_nobody_who_bought_nothing_is_of_high_value() -> None:
    """Returns alone, or a year without purchases, make no core customer."""
    assert set(cells(pd.Series([0.0, -5.0]), pd.Series([0.1, 0.1]))) == {"standard"}


def test_a_scenario_takes_a_customer_who_fits(orders: pd.DataFrame) -> None:
    """The cell comes first in the scenario's order of preference, then whoever bought most in the last year."""
    table = standing(orders, months=24, margin=1.0)
    found = bind(orders, {}, WEI)
    fits = table[(table["cell"] == WEI.persona.binds[0]) & (table["orders"] >= 3)]

    assert found is not None
    assert found.id == fits["spent_year"].idxmax()
    assert found.cell == "defend"
    assert isinstance(found.last_day, date)
    assert found.orders == int(table.loc[found.id, "orders"])


def test_a_customer_can_be_named(orders: pd.DataFrame) -> None:
    """By id, with the name a reader knows; an id that is not there is refused."""
    found = bind(orders, {"C0288": "Qingyu Foods"}, WEI, customer="C0288")
    assert found is not None
    assert (found.id, found.name) == ("C0288", "Qingyu Foods")
    with pytest.raises(UnknownName):
        bind(orders, {}, WEI, customer="C9999")


def test_where_nobody_fits_the_scenario_keeps_its_own_firm(orders: pd.DataFrame) -> None:
    """A list in which nobody came back tells nothing of value or risk; nor does a scenario bind what it does not name."""
    once = orders[orders["amount"] > 0].drop_duplicates("customer_id")
    nobody = WEI.model_copy(update={"persona": WEI.persona.model_copy(update={"binds": ()})})

    assert bind(once, {}, WEI) is None
    assert bind(orders, {}, nobody) is None


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bound_customer_stands_in_the_brief_and_in_the_result(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the lesson's own way: the name, the history and the value of the data are shown."""
    from custlib.views.cards.debrief import debrief_model
    from custlib.views.cards.talk import play_model

    monkeypatch.setenv("CUSTLIB_JOURNAL", f"sqlite:///{tmp_path}/journal.db")
    words = Words(language)
    stage = roleplay.seat(ROOT, WEI.id, Tables(words, 7, ROOT / "datasets"), roleplay.Wanted(customer="auto"))
    assert stage.customer is not None
    shown = play_model(stage, words)
    assert stage.customer.name in shown["log"][0]["text"]
    assert words.money(stage.customer.value) in " ".join(shown["side"]["data"]["lines"])
    for key in WEI.reversal.good[:4]:
        stage.act({"do": "choose", "key": key})
    for key in ("style:driving", "need:esteem", "cell:defend", *WEI.reversal.good[4:]):
        stage.act({"do": "choose", "key": key})
    stage.act({"do": "debrief", "answers": ["", "", ""]})
    found = debrief_model(stage, words)

    assert stage.customer.name in found["money"]["note"]
    assert len(roleplay.rows(stage, words)) == 9
    for each in (-1, True, "2"):
        with pytest.raises(BadSetting):
            roleplay.seat(ROOT, WEI.id, Tables(words, 7, ROOT / "datasets"), roleplay.Wanted(attempts=each))  # type: ignore[arg-type]
