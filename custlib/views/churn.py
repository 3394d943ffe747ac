"""Lesson 10: how many left and why; a reason is counted where somebody files it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib import frames
from custlib.analysis import churn
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, sentence, skeleton, widget
from custlib.views.panel import Answer, panel
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT, percent

START = {"by": "reason", "weight": "number", "response": "relationship"}
CHOICES = {"by": ("reason", "cause"), "weight": ("number", "margin"), "response": churn.FILED}
SERIES = ("number", "value")


def source(contracts: pd.DataFrame, *, words: Words, own: bool = False) -> Bundle:
    """Say whose contracts these are, how many fell due between which days, and how many were lost."""
    day = frames.read_days(contracts["end"])[0]
    days = {"first": frames.as_day(int(day.min())), "last": frames.as_day(int(day.max()))}
    counts = {"due": len(contracts), "lost": int(churn.lost(contracts).sum())}
    return sentence(words.say(f"churn.source.{'own' if own else 'practice'}", **days, **counts))


def quarters(contracts: pd.DataFrame, *, words: Words) -> Bundle:
    """The share lost by quarter, in number and in value."""
    said = words.say(churn.rates_finding(churn.rates(contracts)))
    when = pd.PeriodIndex(pd.to_datetime(contracts["end"]), freq="Q")
    rows = [
        {
            "quarter": words.say("churn.quarters.name", year=str(quarter.year), number=quarter.quarter),
            "what": words.text(f"churn.weight.{name}"),
            "share": round(float(getattr(found, name)), 4),
        }
        for quarter in sorted(when.unique())
        for found in [churn.rates(contracts[when == quarter])]
        for name in SERIES
    ]
    about = words.text("churn.quarters.subtitle")
    return filled(_quarters_drawn(words.language), words, title=said, subtitle=about, data={"rows": pd.DataFrame(rows)})


@lru_cache(maxsize=2)
def _quarters_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"churn.weight.{name}") for name in SERIES]
    scale, dash = alt.Scale(domain=names, range=CATEGORY[:2]), alt.Scale(domain=names, range=[[1, 0], [6, 4]])
    shape = alt.Scale(domain=names, range=["circle", "diamond"])
    y_axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("quarter:N", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domainMin=0), axis=y_axis),
        color=alt.Color("what:N", scale=scale, sort=names),
    )
    lines = base.mark_line().encode(strokeDash=alt.StrokeDash("what:N", scale=dash, sort=names))
    points = base.mark_point(filled=True, size=70).encode(shape=alt.Shape("what:N", scale=shape, sort=names))
    return skeleton((lines + points).properties(width=560, height=210), language)


def reasons(lost: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: the reasons for leaving, counted in three ways, and what becomes of the order."""
    view = panel(START, partial(reasons_answer, lost, words), words, height=340)
    return widget(view, words, "churn.reasons.still")


def reasons_answer(lost: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Count the reasons as chosen: by class or cause, contracts or margin, and the silent answer here or there."""
    chosen = {key: values[key] if values[key] in known else START[key] for key, known in CHOICES.items()}
    by, weight = chosen["by"], None if chosen["weight"] == "number" else lost["margin"]
    codes = lost["reason"] if by == "reason" else churn.cause(lost["reason"], response=chosen["response"])
    table = churn.pareto(codes, weight)
    # What nobody could place is shown last and never called a reason.
    placed = churn.pareto(codes[codes != churn.UNPLACED], None if weight is None else weight[codes != churn.UNPLACED])
    finding = churn.reasons_finding(placed)
    names = {
        key: words.text(f"churn.{by}.{code}")
        for key, code in finding.values.items()
        if key in ("code", "other") and code
    }
    title = words.say(finding.code, **{**finding.values, **names}, of_what=words.text(f"churn.lost.{chosen['weight']}"))
    model: dict[str, Any] = {
        "controls": [
            {
                "kind": "segment",
                "key": key,
                "label": words.text(f"churn.reasons.{key}"),
                "options": [[code, words.text(f"churn.reasons.{key}_{code}")] for code in known],
                "value": chosen[key],
            }
            for key, known in CHOICES.items()
            if key != "response" or by == "cause"
        ],
        "notice_label": words.text("churn.notice"),
        "notice": words.text(f"churn.reasons.notice_{by}"),
        "says": title,
    }
    head = table.drop(churn.UNPLACED, errors="ignore")
    rows = pd.DataFrame(
        {
            "name": [words.text(f"churn.{by}.{code}") for code in head.index],
            "share": head["share"].round(4).to_list(),
            "note": [
                words.say("churn.reasons.bar", share=share, n=n)
                for share, n in zip(head["share"], head["n"], strict=True)
            ],
            "first": [place == 0 for place in range(len(head))],
        }
    )
    unplaced = int(table["n"].get(churn.UNPLACED, 0))
    about = words.say("churn.reasons.subtitle", n=len(lost), unplaced=unplaced)
    return model, filled(_reasons_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


@lru_cache(maxsize=2)
def _reasons_drawn(language: str) -> dict[str, Any]:
    axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("share:Q", title=Words(language).text("churn.reasons.x"), axis=axis),
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=280)),
    )
    tint = alt.condition("datum.first", alt.value(FOCUS), alt.value(CONTEXT))
    layers = base.mark_bar().encode(color=tint) + base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(text="note:N")
    return skeleton(layers.properties(width=330, height=230), language)


def start(found: Mapping[str, float], *, words: Words, own: bool = False) -> Bundle:
    """Customer and revenue churn of a list of purchases, in a sentence."""
    said = words.say(churn.start_finding(found))
    return sentence(words.sentences([words.text(f"churn.start.{'of_own' if own else 'of_practice'}"), said]))
