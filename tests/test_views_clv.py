"""The views of lesson 07: true on any data, in both languages."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pandas as pd
import pytest

from custlib.analysis import clv, outlook, simulate
from custlib.content import Words
from custlib.views import clv as views
from custlib.views.bundle import VEGALITE


@pytest.fixture(scope="module")
def lesson() -> dict[str, Any]:
    orders = simulate.table("orders", 11)
    cbs = clv.purchase_summary(orders, order_id="order_id")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model, spend = clv.fit_mbgnbd(cbs), clv.fit_gamma_gamma(cbs)
    return {
        "orders": orders,
        "cbs": cbs,
        "model": model,
        "spend": spend,
        "table": outlook.past_and_ahead(orders, cbs, model, spend),
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_view_speaks_of_the_data(lesson: dict[str, Any], language: str) -> None:
    """Sentences without nan, charts without NaN, Chinese where Chinese is asked for."""
    words = Words(language)
    bundles = [
        views.ahead(lesson["table"], words=words),
        views.leavers(lesson["table"], words=words, names={}),
        views.notes(lesson["cbs"], lesson["model"], lesson["spend"], words=words),
        views.check(lesson["orders"], words=words, order_id="order_id"),
        views.take_away(lesson["table"], words=words, names={}),
    ]
    for place in (0, 7, 23, 99):
        offered = lesson["table"].nlargest(24, "past")
        model, bundle = views.alive_answer(
            lesson["orders"], lesson["cbs"], offered, lesson["model"], words, {}, {"customer": str(place)}
        )
        bundles += [bundle or {}, {"text/plain": json.dumps(model, ensure_ascii=False)}]
    for bundle in bundles:
        text = bundle["text/plain"]
        assert not re.search(r"\bnan\b|\bNaN\b|\binf\b|\bNone\b", text + json.dumps(bundle.get(VEGALITE, "")))
        assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (language == "zh")


@pytest.mark.parametrize("retention", [0, 50, 80, 95])
@pytest.mark.parametrize("discount", [0, 10, 30])
def test_the_panel_agrees_with_the_formula(retention: int, discount: int) -> None:
    """The value without end under the sliders is m·r ÷ (1 + i − r), by hand (Gupta & Lehmann 2003)."""
    chosen = {"margin": 50_000, "retention": retention, "discount": discount, "years": 5, "cost": 10_000}
    model, _ = views.retention_answer(Words("en"), chosen)
    by_hand = 50_000 * retention / (100 + discount - retention)

    assert model["kpis"][1]["value"] == Words("en").money(by_hand)


def test_a_list_nobody_leaves_can_be_followed() -> None:
    """The fit has no top then: no uncertainty is named, and nothing breaks."""
    days = [(f"C{gap}", back, 1_000.0 / gap) for gap in range(7, 67) for back in range(gap % 5, 728, gap)]
    table = pd.DataFrame(days, columns=["customer_id", "back", "amount"])
    table["date"] = pd.Timestamp("2025-06-30") - pd.to_timedelta(table["back"], unit="D")
    cbs = clv.purchase_summary(table)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model, spend = clv.fit_mbgnbd(cbs), clv.fit_gamma_gamma(cbs)
        offered = outlook.past_and_ahead(table, cbs, model, spend)
    shown, _ = views.alive_answer(table, cbs, offered, model, Words("en"), {}, {"customer": "0"})

    assert model.covariance is None
    assert [kpi["value"] for kpi in shown["kpis"]][1] == "–"


def test_sliders_bring_foreign_values_inside() -> None:
    """A message from the browser cannot ask for more than the panel offers."""
    model, _ = views.retention_answer(Words("zh"), dict.fromkeys(views.START, 10**9))

    assert [control["value"] == control["max"] for control in model["controls"]] == [True] * 5


def test_a_short_history_is_not_checked() -> None:
    """Where no part of the time can be held back, the view says so instead of guessing."""
    few = pd.DataFrame({"customer_id": ["A", "A"], "date": ["2025-06-01", "2025-06-20"], "amount": [1.0, 2.0]})

    assert "too short" in views.check(few, words=Words("en"))["text/plain"]


def test_many_customers_are_thinned_and_said_so(lesson: dict[str, Any]) -> None:
    """A chart draws the largest 600 and says how many there are."""
    many = lesson["table"].head(900)
    bundle = views.ahead(many, words=Words("en"))

    assert "Of 900 customers, the 600 largest are drawn." in bundle["text/plain"]
    assert len(next(iter(bundle[VEGALITE]["datasets"].values()))) == 600
