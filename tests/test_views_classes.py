"""The views of lessons 06 and 08: they draw what the data says, on any data, in both languages."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custlib.analysis import classification, contribution, drift, hours, matrix, rfm, risk, simulate
from custlib.content import Words
from custlib.views import agreement as agreement_views
from custlib.views import classification as class_views
from custlib.views import hours as hour_views
from custlib.views import matrix as matrix_views
from custlib.views.bundle import VEGALITE

HOSTILE = "<img src=x onerror=alert(1)>{0}$x$*_`|"
NOT_WORDS = re.compile(r"\bnan\b|\bNaT\b|\bNone\b(?! of)|\binf\b|\{\w*\}")


def orders(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def awkward() -> dict[str, pd.DataFrame]:
    """Small lists as people have them."""
    months = pd.date_range("2023-01-31", "2025-06-30", freq="ME").strftime("%Y-%m-%d")
    long = [(f"C{i}", day, 100.0 * (i + 1)) for i in range(12) for day in months[i % 3 :: 1 + i % 4]]
    return {
        "one customer": orders(("A", "2025-06-01", 10.0)),
        "two on one day": orders(("A", "2025-06-01", 10.0), ("B", "2025-06-01", 10.0)),
        "everybody alike": orders(*[(f"C{i}", "2025-06-30", 100.0) for i in range(40)]),
        "nothing paid": orders(("A", "2025-06-01", 0.0), ("B", "2025-05-01", 0.0)),
        "more returned than bought": orders(
            ("A", "2025-06-01", 10.0), ("A", "2025-06-02", -50.0), ("B", "2025-05-01", 5.0)
        ),
        "dates and amounts with faults": orders(
            ("A", "2025-06-01", 10.0), ("B", "soon", 20.0), ("C", "2025-05-01", float("nan")), ("D", "2025-04-01", 5.0)
        ),
        "hostile names": orders((HOSTILE, "2025-06-01", 10.0), (HOSTILE, "2023-01-01", 10.0), ("B", "2025-05-01", 5.0)),
        "two and a half years": orders(*long),
    }


def own_card(table: pd.DataFrame) -> pd.DataFrame:
    """What lesson 08 makes of a list of purchases alone."""
    facts = contribution.last_months(table, margin=0.3)
    leaving = pd.Series(np.linspace(0, 100, len(facts)), index=facts.index)
    parts = {"leaving": leaving, "dependence": risk.dependence(facts["revenue"]), "volatility": risk.volatility(table)}
    return risk.card(facts.index, parts).join(facts)


def drawn(table: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Every view that a list of one's own reaches, with each panel moved."""
    days = drift.month_ends(table)
    yearly = drift.rolling(table, days)
    graded = classification.abc(yearly[days[-1]])
    then, now = classification.stage(table, as_of=drift.months_before(days[-1], 12)), classification.stage(table)
    card = own_card(table)
    cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=matrix.value_cut(card["contribution"]))
    marcus = matrix.marcus(rfm.summarize(table))
    bundles = [
        class_views.curve(graded, words=words),
        class_views.asof(yearly, words=words, names={}),
        class_views.stages(then, now, words=words),
        class_views.scope(words=words, own=True),
        class_views.faces(graded, graded, words=words, names={}),
        class_views.take_away(graded, yearly, words=words),
        matrix_views.source(card, words=words, own=True),
        matrix_views.cells(card, words=words),
        matrix_views.names(marcus, cell, words=words),
        matrix_views.dear(card, words=words, names={}, own=True),
        matrix_views.dear(card, words=words, names={}),
        matrix_views.customer(card, words=words, names={}),
        matrix_views.others({"value_risk": cell, "marcus": marcus}, card["revenue"], words=words, names={}),
        matrix_views.take_away(card, words=words, names={}),
    ]
    answers = [
        class_views.line_answer(
            class_views.lines({"revenue": yearly[days[-1]]}), words, {}, {"measure": "gone", "line": line}
        )
        for line in (0, 80, 10**9)
    ]
    answers += [matrix_views.cuts_answer(card, words, {}, {"rule": rule, "risk": 10**9}) for rule in ("median", "?")]
    answers += [
        hour_views.allot_answer(card, 400, words, {}, {"rule": rule, "each": 10**9, "keep": -1})
        for rule in (*hours.RULES, "?")
    ]
    if len(days) > 6:
        grades = drift.grades(yearly)
        answers += [class_views.asof_answer(yearly, grades, words, {}, 6, {"day": day}) for day in (-5, 10**9)]
    for model, bundle in answers:
        bundles += [bundle or {}, {"text/plain": json.dumps(model, ensure_ascii=False)}]
    return [bundle for bundle in bundles if bundle]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", awkward())
def test_any_list_gets_sentences(name: str, language: str) -> None:
    """One customer, ties, nothing paid, faults: each view says something true, and never nan, None or an open brace."""
    for bundle in drawn(awkward()[name], Words(language, "")):
        text = bundle["text/plain"].replace(HOSTILE, "")
        assert text.strip()
        assert not NOT_WORDS.search(text)
        if VEGALITE in bundle:
            assert "NaN" not in json.dumps(bundle[VEGALITE])


@lru_cache(maxsize=2)
def company(seed: int = 7) -> dict[str, pd.DataFrame]:
    names = (
        "orders",
        "transactions",
        "interactions",
        "customers",
        "labels",
        "payments",
        "competitor_share",
        "delivered",
    )
    return {name: simulate.table(name, seed) for name in names}


@lru_cache(maxsize=2)
def company_card(seed: int = 7) -> tuple[pd.DataFrame, pd.Series]:
    tables = company(seed)
    facts = contribution.last_months(tables["transactions"], tables["interactions"])
    owned = tables["customers"].set_index("customer_id")["ownership"]
    recency = rfm.summarize(tables["orders"])["recency_days"].reindex(facts.index)
    parts = {
        "leaving": (recency / 7).clip(0, 100),
        "payment": risk.payment(tables["payments"], as_of=facts.attrs["as_of"], ownership=owned),
        "dependence": risk.dependence(facts["revenue"], tables["competitor_share"]),
        "volatility": risk.volatility(tables["orders"]),
        "service": risk.service(tables["interactions"], tables["delivered"], as_of=facts.attrs["as_of"]),
    }
    return risk.card(facts.index, parts).join(facts), owned


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_company_fills_every_view(language: str) -> None:
    """On the practice company each view and each customer's page of the panels has its sentences in both languages."""
    tables, words = company(), Words(language)
    card, owned = company_card()
    cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=matrix.value_cut(card["contribution"]))
    offered = card.assign(cell=cell, action=matrix.action(cell, card, owned)).groupby(["cell", "action"]).head(1)
    answers = [
        matrix_views.customer_answer(offered, words, {}, {"customer": str(place)}) for place in range(len(offered))
    ]
    answers += [
        agreement_views.standard_answer(
            tables["labels"], card["revenue"], words, {}, {"round": turn, "standard": kind, "weights": weights}
        )
        for turn in ("1", "2", "9")
        for kind in (*agreement_views.STANDARDS, "?")
        for weights in ("plain", "quadratic")
    ]

    assert len(offered) >= 6
    for model, bundle in answers:
        assert bundle is not None
        assert not NOT_WORDS.search(json.dumps(model, ensure_ascii=False) + bundle["text/plain"])


def test_reversed_truths_reverse_the_titles() -> None:
    """Where service grades higher, customers rise, or the large ones are safe, the titles say so."""
    words, labels = Words("en"), company()["labels"]
    start = {"round": "1", "standard": "four", "weights": "plain"}
    swapped = labels.assign(dept=labels["dept"].map({"sales": "service", "service": "sales"}))
    titles = [
        agreement_views.standard_answer(each, pd.Series(dtype=float), words, {}, start)[0]["says"]
        for each in (labels, swapped)
    ]
    yearly = drift.rolling(company()["orders"], [pd.Timestamp("2024-12-31"), pd.Timestamp("2025-06-30")])
    turned = yearly.set_axis(list(reversed(yearly.columns)), axis=1)
    moved = [
        class_views.asof_answer(each[sorted(each.columns)], drift.grades(each), words, {}, 1, {"day": 0})[0]["says"]
        for each in (yearly, turned)
    ]
    card, _ = company_card()
    calm = matrix_views.cells(card.assign(risk=10.0), words=words)["text/plain"]
    stormy = matrix_views.cells(card.assign(risk=90.0), words=words)["text/plain"]

    assert "sales grades higher" in titles[0]
    assert "service grades higher" in titles[1]
    assert {"more rose than fell", "more fell than rose"} == {title.split("; ")[1] for title in moved}
    assert calm.startswith("None of the")
    assert stormy.startswith("Most of the value is at high risk")


def test_what_the_panel_counts_is_what_the_rule_counts() -> None:
    """The figures under the lines and the names that crossed them, by a second count of the same table."""
    card, _ = company_card()
    model, _ = matrix_views.cuts_answer(card, Words("en"), {}, {"rule": "eighty", "risk": 45})
    between = int(((card["risk"] >= 45) & (card["risk"] < 50)).sum())
    line, _ = class_views.line_answer(
        class_views.lines({"revenue": card["revenue"]}), Words("en"), {}, {"measure": "revenue", "line": 70}
    )
    sums = card["revenue"].sort_values(ascending=False).clip(lower=0).cumsum()
    a = int((sums.shift(fill_value=0) < 0.7 * sums.iloc[-1]).sum())

    assert model["table"]["caption"].startswith(f"{between} customers stand in another cell")
    assert line["kpis"][0]["value"] == f"{a:,}"


def test_a_chart_of_a_panel_is_filled_anew_and_keeps_nothing() -> None:
    """Two answers share a skeleton and no data: the first still shows what it showed."""
    card, _ = company_card()
    _, first = matrix_views.cuts_answer(card, Words("en"), {}, {"rule": "eighty", "risk": 50})
    before = json.dumps(first[VEGALITE]) if first else ""
    _, second = matrix_views.cuts_answer(card.head(50), Words("en"), {}, {"rule": "median", "risk": 30})

    assert first is not None
    assert second is not None
    assert json.dumps(first[VEGALITE]) == before
    assert first[VEGALITE]["datasets"]["across"] == [{"risk": 50.0}]
    assert second[VEGALITE]["datasets"]["across"] == [{"risk": 30.0}]
