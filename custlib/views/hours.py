"""Lesson 08: four hundred visit hours, given out under a rule of the reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import hours
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, name_of, skeleton, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CONTEXT, FOCUS, money

Names = Mapping[object, str]
START = {"rule": "revenue", "each": 4, "keep": 50}
RANGES = {"each": (1, 16, 1), "keep": (10, 90, 10)}
ORDER = ("revenue", "contribution", "risk", "at_stake", "even", "best")


def allot(card: pd.DataFrame, *, words: Words, names: Names, total: int = 400) -> Bundle:
    """A panel: who is visited first, for how long, and what a visit is assumed to keep."""
    view = panel(START, partial(allot_answer, card, total, words, names), words, height=290)
    return widget(view, words, "hours.still")


def allot_answer(card: pd.DataFrame, total: int, words: Words, names: Names, values: dict[str, Any]) -> Answer:
    """Give the hours out, compare with the other rules, and name the first who are visited."""
    rule = str(values["rule"]) if str(values["rule"]) in hours.RULES else "revenue"
    each, keep = (min(max(int(values[key]), RANGES[key][0]), RANGES[key][1]) for key in ("each", "keep"))
    effort = hours.Effort(hours=total, each=each, keep=keep / 100)
    compared = hours.compare(card, effort)
    given, stake = hours.plan(card, rule, effort), hours.at_stake(card)
    kept = hours.kept(stake, given, effort)
    title = words.say(hours.finding(compared, rule), hours=total)
    kpis = {
        "kept": words.money(float(compared["kept"].loc[rule])),
        "visited": words.number(int(compared["visited"].loc[rule])),
        "share": words.percent(float(compared["share"].loc[rule])),
    }
    options = [[code, words.text(f"hours.rule.{code}")] for code in hours.RULES]
    model: dict[str, Any] = {
        "controls": [
            {"kind": "select", "key": "rule", "label": words.text("hours.first"), "options": options, "value": rule},
            slider("each", words.text("hours.each"), each, words.say("hours.each_shown", value=each), RANGES["each"]),
            slider("keep", words.text("hours.keep"), keep, words.percent(keep / 100), RANGES["keep"]),
        ],
        "kpis": [{"label": words.text(f"hours.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.text(f"hours.notice_{'even' if rule == 'even' else 'rule'}"),
        "says": title,
    }
    seen = given[given > 1e-9]
    by = stake if rule in ("even", "at_stake") else card[rule]
    first = by.reindex(seen.index).sort_values(ascending=False, kind="stable").head(5).index
    if len(first):
        model["table"] = {
            "caption": words.say("hours.caption", n=len(seen)),
            "head": [words.text(f"hours.head_{key}") for key in ("customer", "hours", "value", "stake", "kept")],
            "rows": [
                [name_of(names, one, words), words.number(spent, 1), *map(words.money, amounts)]
                for one, spent, *amounts in zip(
                    first, given[first], card["contribution"][first], stake[first], kept[first], strict=True
                )
            ],
            "numeric": [1, 2, 3, 4],
        }
    return model, _bars(compared, rule, total, words, title)


def _bars(compared: pd.DataFrame, rule: str, total: int, words: Words, title: str) -> Bundle:
    rows = pd.DataFrame(
        {
            "name": [words.text(f"hours.rule.{code}") for code in ORDER],
            "kept": [round(float(compared["kept"].loc[code])) for code in ORDER],
            "chosen": [code == rule for code in ORDER],
        }
    )
    about = words.say("hours.subtitle", hours=total)
    return filled(_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


@lru_cache(maxsize=2)
def _drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"hours.rule.{code}") for code in ORDER]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260))
    x = alt.X("kept:Q", title=words.text("hours.x"), axis=alt.Axis(labelExpr=money(language), tickCount=5))
    tint = alt.condition("datum.chosen", alt.value(FOCUS), alt.value(CONTEXT))
    bars = alt.Chart(alt.NamedData("rows")).mark_bar().encode(x, y, color=tint)
    return skeleton(bars.properties(width=400, height=170), language)
