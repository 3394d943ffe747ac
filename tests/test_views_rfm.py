"""The views of lesson 05: they draw what the data says, on any data, in both languages."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custlib.analysis import rfm, simulate
from custlib.content import Words
from custlib.course.root import find_root, source
from custlib.course.sources import read
from custlib.views import rfm as views
from custlib.views.bundle import VEGALITE, chart, escape_markdown, sentence, table

HOSTILE = "<img src=x onerror=alert(1)>{0}$x$*_`|"


def orders(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def awkward() -> dict[str, pd.DataFrame]:
    """Small lists as people have them."""
    many = orders(*[(f"C{i}", "2025-06-30", 100.0) for i in range(40)])
    return {
        "one customer": orders(("A", "2025-06-01", 10.0)),
        "two on one day": orders(("A", "2025-06-01", 10.0), ("B", "2025-06-01", 10.0)),
        "everybody alike": many,
        "nothing paid": orders(("A", "2025-06-01", 0.0), ("B", "2025-05-01", 0.0)),
        "more returned than bought": orders(
            ("A", "2025-06-01", 10.0), ("A", "2025-06-02", -50.0), ("B", "2025-05-01", 5.0)
        ),
        "dates and amounts with faults": orders(
            ("A", "2025-06-01", 10.0), ("B", "soon", 20.0), ("C", "2025-05-01", float("nan")), ("D", "2025-04-01", 5.0)
        ),
        "hostile names": orders((HOSTILE, "2025-06-01", 10.0), (HOSTILE, "2025-01-01", 10.0), ("B", "2025-05-01", 5.0)),
        "very long": orders(
            *[("A", f"20{y:02d}-{m:02d}-01", 10.0) for y in range(10, 25) for m in range(1, 13)],
            ("B", "2024-12-01", 1e9),
        ),
    }


def drawn(table: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Every view of the lesson on one list, with each panel moved."""
    summary = rfm.summarize(table)
    named = rfm.segment(rfm.score(summary))
    bundles = [
        views.source(table, summary, words=words, own=True),
        views.grid(named, words=words),
        views.quiet_list(named, words=words, names={}),
        views.cut_table(named, words=words),
        views.empty(named, words=words),
        views.segments(named, words=words),
        views.take_away(named, words=words, names={}),
    ]
    for days in (30, 120, 100_000):
        model, bundle = views.cuts_answer(summary, words, {}, {"days": days, "often": 4})
        bundles += [bundle or {}, {"text/plain": json.dumps(model, ensure_ascii=False)}]
    offered = named.head(4)
    for place in range(len(offered)):
        rows = pd.DataFrame(
            {
                "customer_id": table["customer_id"],
                "date": pd.to_datetime(table["date"], errors="coerce"),
                "amount": table["amount"],
            }
        )
        model, bundle = views.customer_answer(rows.dropna(), offered, words, {}, {"customer": str(place)})
        bundles += [bundle or {}, {"text/plain": json.dumps(model, ensure_ascii=False)}]
    return bundles


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", awkward())
def test_any_list_gets_sentences(name: str, language: str) -> None:
    """One customer, ties, nothing paid, faults: each view says something true, and never nan, None or an error."""
    for bundle in drawn(awkward()[name], Words(language, "")):
        text = bundle["text/plain"]
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNaT\b|\bNone\b|\binf\b", text)
        if VEGALITE in bundle:
            assert "NaN" not in json.dumps(bundle[VEGALITE])


def test_a_hostile_name_stays_text() -> None:
    """A customer's name with HTML, formulas and markdown in it is shown letter by letter."""
    html = table(pd.DataFrame({"a": [HOSTILE], "b": [1]}), caption=HOSTILE)["text/html"]

    assert "<img" not in html
    assert "&lt;img" in html
    assert sentence("<b>*x*</b>")["text/markdown"] == r"\<b\>\*x\*\</b\>"
    assert escape_markdown("a_b") == r"a\_b"


def test_reversed_data_reverses_the_findings() -> None:
    """Where the frequent buyers are the recent ones, nobody is quiet; turn time round, and they are."""
    rows = [(f"C{i:02d}", f"2025-06-{30 - d:02d}", 100.0) for i in range(20) for d in range(i + 1)]
    recent = orders(*rows)
    days = pd.to_datetime(recent["date"])
    turned = recent.assign(date=(days.min() + (days.max() - days)).dt.strftime("%Y-%m-%d"))
    late = turned.assign(date=np.where(turned["customer_id"] < "C10", "2025-06-30", turned["date"]))
    words = Words("en")

    titles = [
        views.grid(rfm.segment(rfm.score(rfm.summarize(each))), words=words)["text/plain"] for each in (recent, late)
    ]

    assert titles[0].startswith("No frequent buyer has gone quiet")
    assert re.match(r"\d+ frequent buyers have gone quiet", titles[1])


def test_the_panel_counts_what_its_own_rule_picks() -> None:
    """The figures under the sliders are those of the customers above both lines, whatever the seed."""
    for seed in (1, 7, 23):
        summary = rfm.summarize(simulate.table("orders", seed), order_id="order_id")
        model, bundle = views.cuts_answer(summary, Words("en"), {}, {"days": 180, "often": 3})
        picked = summary[(summary["recency_days"] >= 180) & (summary["frequency"] >= 3)]

        assert model["kpis"][0]["value"] == str(len(picked))
        assert bundle is not None
        assert bundle["text/plain"].startswith(f"{len(picked)} customers bought at least 3 times")


def test_a_value_outside_the_sliders_is_brought_inside() -> None:
    """A message from the browser cannot ask for more than the panel offers."""
    summary = rfm.summarize(simulate.table("orders", 7), order_id="order_id")
    model, _ = views.cuts_answer(summary, Words("en"), {}, {"days": 10**9, "often": 10**9})

    assert [control["value"] <= control["max"] for control in model["controls"]] == [True, True]


def test_a_chart_sets_no_ink_and_asks_nothing_of_the_network() -> None:
    """Lab supplies black or white ink; the spec names no data address and no menu that opens a page."""
    summary = rfm.summarize(simulate.table("orders", 7), order_id="order_id")
    spec = views.grid(rfm.segment(rfm.score(summary)), words=Words("zh"))[VEGALITE]

    assert "url" not in json.dumps(spec["datasets"])
    assert spec["usermeta"]["embedOptions"]["actions"] is False
    assert "color" not in spec["config"]["title"]
    assert spec["config"]["background"] == "transparent"


def test_chinese_subtitles_break_after_punctuation() -> None:
    """A long subtitle becomes lines that a chart can hold."""
    import altair as alt

    drawing = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q")
    lines = chart(drawing, Words("zh"), title="题", subtitle="甲，" * 60)[VEGALITE]["title"]["subtitle"]

    assert len(lines) > 1
    assert all(line.endswith("，") and len(line) <= 44 for line in lines)


def test_the_practice_company_is_the_same_for_the_same_seed() -> None:
    """A seed names a company; another seed another one."""
    assert simulate.table("orders", 7).equals(simulate.table("orders", 7))
    assert not simulate.table("orders", 7).equals(simulate.table("orders", 8))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lesson_places_each_name_where_the_rule_does(language: str) -> None:
    """The table of names in the text is the rule in `analysis`, cell by cell."""
    text = "\n".join(cell.text(language) for cell in read(source(find_root(), "05_rfm")))
    rows = {int(f): row.split("|")[:5] for f, row in re.findall(r"^\| \*\*F (\d)\*\* \|(.*)\|$", text, re.M)}
    pairs = pd.DataFrame([(r, f) for f in rows for r in range(1, 6)], columns=["r", "f"]).assign(m=1)
    names = [Words(language).text(f"rfm.segment.{code}") for code in rfm.segment(pairs)["segment"]]

    assert len(names) == 25
    assert [cell.strip() for row in rows.values() for cell in row] == names
