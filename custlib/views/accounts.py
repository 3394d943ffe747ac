"""Lesson 02, second part: key accounts, and whether a score seen from outside ranked what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import portrait, screening
from custlib.content import Words
from custlib.views.bundle import Bundle, chart, name_of, widget
from custlib.views.panel import Answer, Model, panel, slider
from custlib.views.theme import CATEGORY, percent

Names = Mapping[object, str]
CARE = 48  # hours a year for a key account: four a month


def ranked(facts: pd.DataFrame, transactions: pd.DataFrame, *, words: Words) -> Bundle:
    """What one sees from outside against what happened: growth with us in fifths of the score."""
    scored = screening.selection(facts)
    happened = screening.growth(portrait.lines(transactions))
    both = pd.concat([scored.rename("score"), happened.rename("growth")], axis=1).dropna()
    finding = screening.rank_finding(screening.rank_correlation(both["score"], both["growth"]))
    fifth = (both["score"].rank(method="average", pct=True) * 5).map(_up).clip(1, 5)
    data = both["growth"].groupby(fifth).median().round(4).rename("growth").rename_axis("fifth").reset_index()
    data["name"] = [words.text(f"screening.rank.fifth_{int(each)}") for each in data["fifth"]]
    axis = alt.Axis(labelExpr=percent(words.language), tickCount=5)
    bars = (
        alt.Chart(data)
        .mark_bar(color=CATEGORY[0])
        .encode(
            x=alt.X("growth:Q", title=words.text("screening.rank.x"), axis=axis),
            y=alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelFontSize=13)),
        )
    )
    about = words.say("screening.rank.subtitle", n=len(both))
    return chart(bars.properties(width=470, height=170), words, title=words.say(finding), subtitle=about)


def key(facts: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """A panel: a cut, and how many key accounts it makes."""
    view = panel({"cut": 90}, partial(key_answer, facts, words, names), words, height=230)
    return widget(view, words, "screening.key.still")


def key_answer(facts: pd.DataFrame, words: Words, names: Names, values: Mapping[str, Any]) -> Answer:
    """Count the key accounts above a cut, and what they bring."""
    edge = min(max(int(values["cut"]), 50), 100)
    sorted_ = screening.key_accounts(facts, cut=edge)
    finding = screening.key_finding(facts, sorted_)
    n = finding.values["n"]
    title = words.say(finding)
    ranked_ = sorted_[sorted_["key"]].sort_values("score", ascending=False, kind="stable").head(5)
    rows = [
        [
            name_of(names, one, words),
            _money(facts["revenue"].loc[one], words),
            _money(facts["headroom"].loc[one], words),
        ]
        for one in ranked_.index
    ]
    model: Model = {
        "controls": [slider("cut", words.text("screening.key.cut"), edge, words.number(edge), (50, 100, 1))],
        "kpis": [
            {"label": words.text("screening.key.kpi_n"), "value": words.number(n)},
            {"label": words.text("screening.key.kpi_revenue"), "value": words.percent(finding.values["share_revenue"])},
            {"label": words.text("screening.key.kpi_hours"), "value": words.number(n * CARE)},
        ],
        "notice_label": words.text("screening.notice_label"),
        "notice": words.text("screening.key.notice"),
        "says": title,
    }
    if rows:
        heads = [words.text(f"screening.key.{each}") for each in ("customer", "revenue", "headroom")]
        model["table"] = {
            "caption": words.text("screening.key.caption"),
            "head": heads,
            "rows": rows,
            "numeric": [1, 2],
        }
    shares = {"customers": finding.values["share_customers"], "money": finding.values["share_revenue"]}
    data = pd.DataFrame(
        {
            "name": [words.text(f"screening.key.bar_{each}") for each in shares],
            "share": [round(v, 4) for v in shares.values()],
        }
    )
    axis = alt.Axis(labelExpr=percent(words.language), tickCount=5)
    x = alt.X("share:Q", title=words.text("screening.key.x"), axis=axis, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelFontSize=13))
    bars = alt.Chart(data).mark_bar(color=CATEGORY[0]).encode(x=x, y=y).properties(width=480, height=80)
    return model, chart(bars, words, title=title, subtitle=words.say("screening.key.subtitle", n=len(sorted_)))


def _up(value: float) -> int:
    """The fifth a place falls into, from 1 to 5."""
    return int(-(-value // 1))


def _money(value: float, words: Words) -> str:
    return words.text("screening.not_known") if pd.isna(value) else words.money(value)
