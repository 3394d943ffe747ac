"""Lesson 09: points that were never given, things bought together, and a wheel that turns by itself or does not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import baskets, flywheel, loyalty
from custlib.content import Words
from custlib.errors import NothingLeft
from custlib.views.bundle import Bundle, filled, sentence, skeleton, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, percent

EFFECT = (0, 30, 5)
DELIGHTED, RECOMMEND = (5, 90, 1), (0, 100, 1)
UNITS = {"order": "order_id", "customer": "customer_id"}
YEARS = 5


def points(purchases: pd.DataFrame, *, words: Words, seed: int = 7) -> Bundle:
    """A panel: who gets points in a scheme that never was, what they do, and what a comparison says of it."""
    try:
        history = loyalty.halves(purchases)
    except NothingLeft:
        return sentence(words.text("experience.points.short"))
    if len(history) < 20 or history["again"].all() or not history["again"].any():
        return sentence(words.text("experience.points.short"))
    view = panel({"joined": "wish", "effect": 0}, partial(points_answer, history, words, seed), words, height=210)
    return widget(view, words, "experience.points.still")


def points_answer(history: pd.DataFrame, words: Words, seed: int, values: dict[str, Any]) -> Answer:
    """Draw who joins, let the points work, and compare members with the others."""
    joined = "lot" if values["joined"] == "lot" else "wish"
    effect = min(max(int(values["effect"]), EFFECT[0]), EFFECT[1])
    drawn = loyalty.points(history, joined=joined, effect=effect / 100, seed=seed)  # type: ignore[arg-type]
    found = loyalty.points_finding(drawn, joined)  # type: ignore[arg-type]
    title = words.say(found)
    said = found.values
    kpis = {
        "gap": words.say("experience.points_apart", gap=100 * said["gap"]),
        "interval": words.say("experience.between", **{end: words.number(100 * said[end], 1) for end in ("low", "high")}),
        "truth": words.say("experience.points_apart", gap=100 * said["truth"]),
        "before": words.say("experience.points.before", **_before(drawn)),
    }  # fmt: skip
    options = [[code, words.text(f"experience.points.joined_{code}")] for code in ("wish", "lot")]
    inside = said["low"] <= said["truth"] <= said["high"]
    model: dict[str, Any] = {
        "controls": [
            {"kind": "segment", "key": "joined", "label": words.text("experience.points.joined"), "options": options, "value": joined},
            slider("effect", words.text("experience.points.effect"), effect, words.percent(effect / 100), EFFECT),
        ],
        "kpis": [{"label": words.text(f"experience.points.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.text(f"experience.points.notice_{joined}_{'right' if inside else 'wrong'}"),
        "says": title,
    }  # fmt: skip
    rows = pd.DataFrame(
        {
            "who": [words.text(f"experience.points.{key}") for key in ("who_members", "who_others")],
            "share": [round(said["members"], 4), round(said["others"], 4)],
            "member": [True, False],
        }
    )
    about = words.say("experience.points.subtitle", n=len(drawn))
    return model, filled(_points_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


def _before(drawn: pd.DataFrame) -> dict[str, float]:
    means = drawn.groupby("member")["before"].mean()
    return {"members": float(means[True]), "others": float(means[False])}


@lru_cache(maxsize=2)
def _points_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    y = alt.Y("who:N", sort=None, title=None, axis=alt.Axis(labelLimit=200))
    axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    x = alt.X("share:Q", title=words.text("experience.points.x"), scale=alt.Scale(domain=[0, 1]), axis=axis)
    tint = alt.condition("datum.member", alt.value(FOCUS), alt.value(CONTEXT))
    bars = alt.Chart(alt.NamedData("rows")).mark_bar().encode(x, y, color=tint)
    return skeleton(bars.properties(width=440, height=90), language)


def together(lines: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: what is bought together with one range of products, counted by order or by customer."""
    found = {unit: baskets.pairs(lines, unit=column) for unit, column in UNITS.items()}
    names = sorted({*found["customer"]["a"], *found["customer"]["b"]})
    if not names:
        return sentence(words.say(baskets.finding(found["order"])))
    start = {"unit": "order", "item": str(found["order"]["a"].iloc[0]) if len(found["order"]) else names[0]}
    view = panel(start, partial(together_answer, found, names, words), words, height=320)
    return widget(view, words, "experience.lift.still")


def together_answer(
    found: Mapping[str, pd.DataFrame], names: list[str], words: Words, values: dict[str, Any]
) -> Answer:
    """Show the lift of each partner with its interval."""
    unit = "customer" if values["unit"] == "customer" else "order"
    item = str(values["item"]) if str(values["item"]) in names else names[0]
    rows = baskets.partners(found[unit], item)
    finding = baskets.finding(found[unit], unit)
    title = words.say(finding)
    options = [[each, words.text(f"company.category.{each}")] for each in names]
    units = [[each, words.text(f"experience.lift.unit_{each}")] for each in UNITS]
    model: dict[str, Any] = {
        "controls": [
            {"kind": "segment", "key": "unit", "label": words.text("experience.lift.unit"), "options": units, "value": unit},
            {"kind": "select", "key": "item", "label": words.text("experience.lift.item"), "options": options, "value": item},
        ],
        "table": {
            "caption": words.say("experience.lift.caption", item=item),
            "head": [words.text(f"experience.lift.head_{key}") for key in ("partner", "n", "lift", "interval")],
            "rows": [
                [words.text(f"company.category.{partner}"), words.number(n), words.number(lift, 2), words.say("experience.between", low=words.number(low, 2), high=words.number(high, 2))]
                for partner, n, lift, low, high in zip(rows.index, *(rows[key] for key in ("n_ab", "lift", "low", "high")), strict=True)
            ],
            "numeric": [1, 2, 3],
        },
        "notice_label": words.text("classification.notice"),
        "notice": words.say("experience.lift.notice", pairs=len(found[unit]), **{each: int((pairs["low"] > 1).sum()) for each, pairs in found.items()}),
        "says": title,
    }  # fmt: skip
    shown = rows.reset_index().assign(name=[words.text(f"company.category.{each}") for each in rows.index])
    shown["clear"] = (shown["low"] > 1).to_numpy()
    shown = shown[["name", "lift", "low", "high", "clear"]].round(3)
    about = words.say("experience.lift.subtitle", item=item, unit=unit)
    data = {"rows": shown, "across": pd.DataFrame({"one": [1.0]})}
    return model, filled(_lift_drawn(words.language), words, title=title, subtitle=about, data=data)


@lru_cache(maxsize=2)
def _lift_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=200))
    x = alt.X("low:Q", title=words.text("experience.lift.x"), scale=alt.Scale(zero=False))
    base = alt.Chart(alt.NamedData("rows")).encode(y=y)
    tint = alt.condition("datum.clear", alt.value(FOCUS), alt.value(CONTEXT))
    rules = base.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", color=tint)
    marks = base.mark_point(filled=True, size=90).encode(x="lift:Q", color=tint)
    line = alt.Chart(alt.NamedData("across")).mark_rule(strokeDash=[4, 4]).encode(x="one:Q")
    return skeleton((line + rules + marks).properties(width=440, height=170), language)


def wheel(survey: pd.DataFrame, purchases: pd.DataFrame, sources: pd.Series, *, words: Words) -> Bundle:
    """A panel: how many are completely satisfied, how many they recommend us to, and what five years make of it."""
    measured = flywheel.measured(survey, purchases, sources)
    start = {
        "delighted": _near(measured.delighted, DELIGHTED),
        "per": _near(measured.per_delighted, RECOMMEND),
    }
    view = panel(start, partial(wheel_answer, measured, words), words, height=320)
    return widget(view, words, "experience.wheel.still")


def _near(share: float, bounds: tuple[int, int, int]) -> int:
    low, high, step = bounds
    return min(max(round(100 * share / step) * step, low), high)


def wheel_answer(measured: flywheel.Wheel, words: Words, values: dict[str, Any]) -> Answer:
    """Turn the wheel with the chosen settings, and with those of the books."""
    delighted, per = (
        min(max(int(values[key]), low), high) for key, (low, high, _) in (("delighted", DELIGHTED), ("per", RECOMMEND))
    )
    now = flywheel.changed(measured, delighted=delighted / 100, per_delighted=per / 100)
    found = flywheel.finding(now, measured, YEARS)
    title = words.say(found)
    kpis = {
        "keeps": words.percent(now.keeps),
        "recommended": words.percent(found.values["recommended"]),
        "gap": words.say("experience.wheel.gap", gap=f"{'+' if found.values['gap'] > 0 else ''}{words.number(found.values['gap'])}"),
    }  # fmt: skip
    share = words.percent(delighted / 100)
    model: dict[str, Any] = {
        "controls": [
            slider("delighted", words.text("experience.wheel.delighted"), delighted, share, DELIGHTED),
            slider("per", words.text("experience.wheel.per"), per, words.number(per), RECOMMEND),
        ],
        "kpis": [{"label": words.text(f"experience.wheel.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.say("experience.wheel.notice", top=measured.keeps_delighted, rest=measured.keeps_others),
        "says": title,
    }
    lines = [("now", flywheel.run(now, YEARS)), ("books", flywheel.run(measured, YEARS))]
    rows = pd.concat([run.reset_index()[["year", "customers"]].assign(kind=kind) for kind, run in lines])
    about = words.say("experience.wheel.subtitle", share=measured.delighted, per=100 * measured.per_delighted)
    return model, filled(_wheel_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows.round(0)})


@lru_cache(maxsize=2)
def _wheel_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    x = alt.X("year:O", title=words.text("experience.wheel.x"), axis=alt.Axis(labelAngle=0))
    y = alt.Y("customers:Q", title=words.text("experience.wheel.y"), scale=alt.Scale(domainMin=0))
    labels = f"datum.label == 'now' ? '{words.text('experience.wheel.now')}' : '{words.text('experience.wheel.books')}'"
    scale = alt.Scale(domain=["now", "books"], range=[FOCUS, CATEGORY[5]])
    tint = alt.Color("kind:N", scale=scale, legend=alt.Legend(labelExpr=labels, orient="bottom", symbolDash=[1, 0]))
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=["now", "books"], range=[[1, 0], [5, 4]]), legend=None)
    lines = alt.Chart(alt.NamedData("rows")).mark_line(point=True).encode(x, y, color=tint, strokeDash=dash)
    return skeleton(lines.properties(width=460, height=200), language)
