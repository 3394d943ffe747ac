"""Lesson 07: what a customer was worth, may be worth, and how sure one can be."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import clv, outlook
from custlib.content import Words
from custlib.errors import DataWarning
from custlib.views.bundle import Bundle, chart, filled, name_of, sentence, skeleton, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, UTC, money, percent

Names = Mapping[object, str]
DRAWN = 600
OFFERED = 24
ZERO, HALF = pd.DataFrame({"cumulative": [0]}), pd.DataFrame({"y": [0.5]})
START = {"margin": 20_000, "retention": 80, "discount": 10, "years": 8, "cost": 30_000}
RANGES = {"margin": (1_000, 100_000, 1_000), "retention": (0, 95, 5), "discount": (0, 30, 1), "years": (1, 15, 1), "cost": (0, 200_000, 5_000)}  # fmt: skip


def ahead(outlooks: pd.DataFrame, *, words: Words) -> Bundle:
    """Past against expected margin; who falls out of the best is marked."""
    gone = outlook.leavers(outlooks).index
    largest = outlooks.assign(size=outlooks[["past", "ahead"]].max(axis=1)).nlargest(DRAWN, "size", keep="first")
    marks = largest[["past", "ahead"]].clip(lower=0).round(0).assign(gone=largest.index.isin(gone))
    tint = alt.condition("datum.gone", alt.value(FOCUS), alt.value(CONTEXT))
    root = alt.Scale(type="sqrt", domainMin=0)
    label = alt.Axis(labelExpr=money(words.language), tickCount=5)
    points = alt.Chart(marks).mark_point().encode(
        alt.X("past:Q", title=words.text("clv.ahead.x"), scale=root, axis=label),
        alt.Y("ahead:Q", title=words.text("clv.ahead.y"), scale=root, axis=label),
        color=tint,
        fill=alt.condition("datum.gone", alt.value(FOCUS), alt.value("transparent")),
        shape=alt.condition("datum.gone", alt.value("diamond"), alt.value("circle")),
        size=alt.condition("datum.gone", alt.value(95), alt.value(42)),
    )  # fmt: skip
    about = [words.text("clv.ahead.subtitle")]
    if len(outlooks) > DRAWN:
        about.append(words.say("clv.ahead.thinned", n=len(outlooks), shown=DRAWN))
    title = words.say(outlook.leavers_finding(outlooks))
    return chart(points.properties(width=560, height=320), words, title=title, subtitle=about)


def leavers(outlooks: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """Who was among the best and is not expected to be again, by name."""
    gone = outlook.leavers(outlooks).head(8)
    if gone.empty:
        return sentence(words.say(outlook.leavers_finding(outlooks)) + ("。" if words.language == "zh" else "."))
    heads = [words.text(f"clv.list.{key}") for key in ("customer", "past", "ahead", "alive")]
    rows = [
        [name_of(names, customer, words), words.money(past), words.money(expected), words.percent(alive)]
        for customer, past, expected, alive in zip(
            gone.index, gone["past"], gone["ahead"], gone["probability_alive"], strict=True
        )
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("clv.list.caption"), numeric=heads[1:])


def retention(*, words: Words) -> Bundle:
    """A panel: margin, retention, discount, horizon and cost, and when the cost is back."""
    view = panel(START, partial(retention_answer, words), words, height=400)
    return widget(view, words, "clv.payback.still")


def retention_answer(words: Words, values: dict[str, Any]) -> Answer:
    """Add up a customer's margins under the chosen assumptions."""
    chosen = {key: min(max(int(values[key]), low), high) for key, (low, high, _) in RANGES.items()}
    stay, rate, years = chosen["retention"] / 100, chosen["discount"] / 100, chosen["years"]
    value = partial(clv.retention_value, chosen["margin"], discount=rate)
    endless, more = value(retention=stay), value(retention=stay + 0.05) if stay + 0.05 < 1 + rate else float("inf")
    curves = {
        key: outlook.payback(chosen["margin"], kept, rate, cost=chosen["cost"], years=years)
        for key, kept in (("chosen", stay), ("more", stay + 0.05))
    }
    title = words.say(outlook.payback_finding(curves["chosen"], endless=endless - chosen["cost"]))
    gain = words.percent(more / endless - 1) if endless > 0 and more != float("inf") else "–"
    kpis = {"value": words.money(value(retention=stay, periods=years)), "endless": words.money(endless), "more": gain}
    model = {
        "controls": [_slider(words, key, chosen[key]) for key in RANGES],
        "kpis": [{"label": words.text(f"clv.payback.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("clv.payback.notice_label"),
        "notice": words.text("clv.payback.notice"),
        "says": title,
    }
    return model, _curves(curves, words, title)


def alive(
    orders: pd.DataFrame, cbs: pd.DataFrame, outlooks: pd.DataFrame, model: clv.BgNbd, *, words: Words, names: Names
) -> Bundle:
    """A panel: one customer's P(alive) through time."""
    # The largest of the past, the doubtful first: whom one would worry about.
    offered = outlooks.nlargest(OFFERED, "past").sort_values("probability_alive", kind="stable")
    view = panel({"customer": "0"}, partial(alive_answer, orders, cbs, offered, model, words, names), words, height=330)
    return widget(view, words, "clv.alive.still")


def alive_answer(
    orders: pd.DataFrame,
    cbs: pd.DataFrame,
    offered: pd.DataFrame,
    model: clv.BgNbd,
    words: Words,
    names: Names,
    values: dict[str, Any],
) -> Answer:
    """Follow one customer's P(alive), and say what the model expects of the next twelve months."""
    place = int(values["customer"]) if 0 <= int(values["customer"]) < len(offered) else 0
    customer, one = offered.index[place], offered.iloc[place]
    own = cbs.loc[[customer]]
    code = "once" if own["x"].iloc[0] == 0 else "doubtful" if one["probability_alive"] < 0.5 else "likely"
    title = words.say(f"clv.alive.{code}", name=name_of(names, customer, words), alive=one["probability_alive"])
    between = "–"
    # Where nobody seems to leave, the fit has no top and so no uncertainty to name.
    if model.covariance is not None:
        span = model.purchases_interval(own, 12 * clv.DAYS["month"] / clv.DAYS[model.unit]).iloc[0]
        if not span.isna().any():
            between = f"{words.number(span['low'], 1)} – {words.number(span['high'], 1)}"
    kpis = {"purchases": words.number(one["purchases"], 1), "interval": between, "value": words.money(one["ahead"])}
    options = [
        [str(i), words.say("clv.alive.option", name=name_of(names, each, words), alive=chance)]
        for i, (each, chance) in enumerate(zip(offered.index, offered["probability_alive"], strict=True))
    ]
    answer = {
        "controls": [
            {
                "kind": "select",
                "key": "customer",
                "label": words.text("clv.alive.pick"),
                "options": options,
                "value": str(place),
            }
        ],
        "kpis": [{"label": words.text(f"clv.alive.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "says": title,
    }
    path = clv.probability_over_time(model, orders, customer, as_of=cbs.attrs["as_of"])
    return answer, _path(path, words, title)


def check(orders: pd.DataFrame, *, words: Words, as_of: str | None = None, order_id: str | None = None) -> Bundle:
    """Fit the lesson's model on the first three quarters of the time, and compare with what came after."""
    day = pd.to_datetime(orders["date"], errors="coerce", format="mixed").dropna()
    day = day if as_of is None else day[day <= pd.Timestamp(as_of)]
    if day.empty or (day.max() - day.min()).days < 120:
        return sentence(words.text("clv.check.short"))
    until = day.min().normalize() + (day.max() - day.min()) * 3 // 4
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        done = clv.holdout(orders, calibrate_to=until.normalize(), as_of=day.max(), model="mbgnbd", order_id=order_id)
    rows = done.by_frequency.reset_index()
    last = int(rows["x"].max())
    rows["name"] = [words.say("clv.check.most" if x == last else "clv.check.each", n=int(x)) for x in rows["x"]]
    rows = rows[["name", "predicted", "actual"]].round(3)
    y = alt.Y("name:N", sort=list(rows["name"]), title=words.text("clv.check.y"))
    bars = alt.Chart(rows).mark_bar(color=CATEGORY[0]).encode(alt.X("actual:Q", title=words.text("clv.check.x")), y)
    ticks = alt.Chart(rows).mark_tick(color=FOCUS, opacity=1, thickness=3, size=22).encode(x="predicted:Q", y=y)
    about = words.say("clv.check.subtitle", until=until)
    drawing = (bars + ticks).properties(width=460, height=max(120, 32 * len(rows)))
    return chart(drawing, words, title=words.say(done.finding).rstrip("。."), subtitle=about)


def notes(cbs: pd.DataFrame, *found: Any, words: Words) -> Bundle:
    """What the models say about themselves: which fits better, whether spend may be modelled apart, what is weak."""
    _, choice = clv.compare_models(cbs)
    findings = [choice, clv.spend_independence(cbs).finding, *(note for each in found for note in each.notes)]
    return sentence(words.sentences(words.say(each) for each in findings))


def take_away(outlooks: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """The line that belongs to this list: whom to ask about first."""
    gone = outlook.leavers(outlooks)
    if gone.empty or len(outlooks) <= 20:
        return sentence(words.text("clv.take_away.none"))
    first, past, chance = gone.index[0], gone["past"].iloc[0], gone["probability_alive"].iloc[0]
    return sentence(words.say("clv.take_away.some", name=name_of(names, first, words), past=past, alive=chance))


def _slider(words: Words, key: str, value: int) -> dict[str, Any]:
    if key in ("retention", "discount"):
        shown = words.percent(value / 100)
    else:
        shown = words.say("clv.payback.years_shown", value=value) if key == "years" else words.money(value)
    return slider(key, words.text(f"clv.payback.{key}"), value, shown, RANGES[key])


def _curves(curves: dict[str, pd.DataFrame], words: Words, title: str) -> Bundle:
    rows = pd.concat([frame.assign(line=key) for key, frame in curves.items()]).reset_index().round(0)
    drawn = _curves_drawn(words.language, int(rows["year"].max()))
    return filled(
        drawn, words, title=title, subtitle=words.text("clv.payback.subtitle"), data={"rows": rows, "zero": ZERO}
    )


@lru_cache(maxsize=60)
def _curves_drawn(language: str, last: int) -> dict[str, Any]:
    words = Words(language)
    x = alt.X(
        "year:Q",
        title=words.text("clv.payback.x"),
        axis=alt.Axis(values=list(range(last + 1)), format="d"),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y("cumulative:Q", title=words.text("clv.payback.y"), axis=alt.Axis(labelExpr=money(language), tickCount=6))
    base = alt.Chart(alt.NamedData("rows")).encode(x, y)
    zero = alt.Chart(alt.NamedData("zero")).mark_rule().encode(y="cumulative:Q")
    chosen = base.transform_filter("datum.line == 'chosen'").mark_line(
        color=CATEGORY[0], point={"size": 60, "filled": True, "color": CATEGORY[0]}
    )
    more = base.transform_filter("datum.line == 'more'").mark_line(color=CATEGORY[2], strokeDash=[7, 4])
    return skeleton((zero + more + chosen).properties(width=560, height=250), language)


def _path(path: pd.DataFrame, words: Words, title: str) -> Bundle:
    rows = path.reset_index().assign(day=lambda each: each["date"].dt.strftime("%Y-%m-%d"))
    rows = rows[["day", "probability_alive", "bought"]].round(4)
    data = {"rows": rows[["day", "probability_alive"]], "bought": rows[rows["bought"]][["day"]], "half": HALF}
    drawn = _path_drawn(words.language)
    return filled(drawn, words, title=title, subtitle=words.text("clv.alive.subtitle"), data=data)


@lru_cache(maxsize=2)
def _path_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    share = alt.Axis(labelExpr=percent(language), values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X(
        "day:T", title=words.text("clv.alive.x"), axis=alt.Axis(format="%Y-%m", labelAngle=0, tickCount=6), scale=UTC
    )
    y = alt.Y("probability_alive:Q", title=words.text("clv.alive.y"), axis=share, scale=alt.Scale(domain=[0, 1]))
    line = alt.Chart(alt.NamedData("rows")).mark_line(color=CATEGORY[0]).encode(x, y)
    lines = alt.Chart(alt.NamedData("bought")).mark_rule(strokeWidth=1.5).encode(x=alt.X("day:T", scale=UTC))
    half = alt.Chart(alt.NamedData("half")).mark_rule(strokeDash=[4, 4]).encode(y="y:Q")
    return skeleton((lines + half + line).properties(width=600, height=200), language)
