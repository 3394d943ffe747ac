"""Lesson 10: what goes with leaving, one contract's chance, and whom to call first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib import frames
from custlib.analysis import renewal
from custlib.content import Words
from custlib.errors import CannotFit
from custlib.views.bundle import Bundle, filled, name_of, sentence, skeleton, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CONTEXT, FOCUS, NOTE_TEXT, percent

Names = Mapping[object, str]
CONTRACT = {"late_deliveries": 2, "open_complaints": 1, "rival_offer": "no", "tenure": 4, "price_change": 6}
RANGES = {
    "late_deliveries": (0, 6, 1),
    "open_complaints": (0, 4, 1),
    "tenure": (1, 15, 1),
    "price_change": (-5, 15, 1),
}
CALLS = (10, 120, 10)
LISTED = 6


def odds(model: renewal.Renewal, *, words: Words) -> Bundle:
    """A panel: the odds ratio of each factor with its interval, per the unit that is set for the price."""
    view = panel({"price": 1}, partial(odds_answer, model, words), words, height=300)
    return widget(view, words, "renewal.odds.still")


def odds_answer(model: renewal.Renewal, words: Words, values: Mapping[str, Any]) -> Answer:
    """Count the price per so many percentage points; everything else per one."""
    points = min(max(int(values["price"]), 1), 10)
    table = model.odds({"price_change": points})
    title = _about_odds(model, words)
    rows = pd.DataFrame(
        {
            "name": [words.say(f"renewal.unit.{name}", points=points) for name in table.index],
            "low": table["low"].round(3).to_list(),
            "high": table["high"].round(3).to_list(),
            "ratio": table["ratio"].round(3).to_list(),
            "note": [words.number(ratio, 2) for ratio in table["ratio"]],
            "up": (table["ratio"] > 1).to_list(),
        }
    )
    ratios = {"ratio": float(table["ratio"]["price_change"]), "one": float(model.odds()["ratio"]["price_change"])}
    shown = words.say("renewal.odds.points", n=points)
    answer: dict[str, Any] = {
        "controls": [slider("price", words.text("renewal.odds.price"), points, shown, (1, 10, 1))],
        "notice_label": words.text("churn.notice"),
        "notice": words.say(f"renewal.odds.notice_{'one' if points == 1 else 'many'}", points=points, **ratios),
        "says": title,
    }
    about = words.say(f"renewal.odds.subtitle_{'steady' if model.steady else 'few'}", n=model.n, lost=model.lost)
    return answer, filled(_odds_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


def _about_odds(model: renewal.Renewal, words: Words) -> str:
    found = renewal.odds_finding(model)
    factor = found.values.get("factor")
    named = {"name": words.text(f"renewal.one.{factor}")} if factor else {}
    return words.say(found, **named)


@lru_cache(maxsize=2)
def _odds_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    ticks = alt.Axis(values=[0.5, 0.7, 1, 1.5, 2, 3], format="~r", grid=True)
    scale = alt.Scale(type="log", domain=[0.5, 3.5], nice=False)
    x = alt.X("ratio:Q", title=words.text("renewal.odds.x"), scale=scale, axis=ticks)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=280))
    tint = alt.condition("datum.up", alt.value(FOCUS), alt.value(CONTEXT))
    base = alt.Chart(alt.NamedData("rows")).encode(y=y)
    spans = base.mark_rule(strokeWidth=3, clip=True).encode(alt.X("low:Q", scale=scale), x2="high:Q", color=tint)
    points = base.mark_point(filled=True, size=110, clip=True).encode(x, color=tint)
    notes = base.mark_text(dy=-13, clip=True, **NOTE_TEXT).encode(x, text="note:N")
    one = alt.Chart(alt.NamedData("rows")).mark_rule(strokeDash=[4, 4]).encode(x=alt.datum(1.0))
    return skeleton((one + spans + points + notes).properties(width=380, height=220), language)


def contract(model: renewal.Renewal, *, words: Words) -> Bundle:
    """A panel: one contract of the reader's own making, its chance of being lost, and what would lower it most."""
    view = panel(CONTRACT, partial(contract_answer, model, words), words, height=270)
    return widget(view, words, "renewal.contract.still")


def contract_answer(model: renewal.Renewal, words: Words, values: Mapping[str, Any]) -> Answer:
    """Predict the contract as it is set, and again with each thing repaired alone."""
    set_ = {key: min(max(int(values[key]), low), high) for key, (low, high, _) in RANGES.items()}
    offer = "yes" if values["rival_offer"] == "yes" else "no"
    table = renewal.repaired({**set_, "rival_offer": float(offer == "yes")})
    chance, ends = model.probability(table), model.interval(table)
    found = renewal.repair_finding(chance)
    title = words.say(found, name=words.text(f"renewal.repaired.{found.values['factor']}"))
    options = [[code, words.text(f"renewal.contract.{code}")] for code in ("no", "yes")]
    label = words.text("renewal.factor.rival_offer")
    controls = [
        slider(key, words.text(f"renewal.factor.{key}"), set_[key], _shown(key, set_[key], words), RANGES[key])
        for key in RANGES
    ]
    controls.insert(2, {"kind": "segment", "key": "rival_offer", "label": label, "options": options, "value": offer})
    rows = pd.DataFrame(
        {
            "name": [words.text(f"renewal.repaired.{name}") for name in table.index],
            "chance": chance.round(4).to_list(),
            "low": ends["low"].round(4).to_list(),
            "high": ends["high"].round(4).to_list(),
            "note": [words.percent(each) for each in chance],
            "now": [name == "now" for name in table.index],
        }
    )
    model_: dict[str, Any] = {
        "controls": controls,
        "kpis": [
            {"label": words.text("renewal.contract.kpi"), "value": words.percent(chance["now"])},
            {
                "label": words.text("renewal.contract.kpi_interval"),
                "value": words.say("renewal.contract.span", low=ends["low"]["now"], high=ends["high"]["now"]),
            },
        ],
        "notice_label": words.text("churn.notice"),
        "notice": words.text("renewal.contract.notice"),
        "says": title,
    }
    about = words.text("renewal.contract.subtitle")
    return model_, filled(_contract_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


def _shown(key: str, value: int, words: Words) -> str:
    if key == "price_change":
        return words.say("renewal.contract.price", sign="+" if value > 0 else "", value=words.number(value))
    return words.say(f"renewal.contract.{'years' if key == 'tenure' else 'times'}", n=value)


@lru_cache(maxsize=2)
def _contract_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    order = [words.text(f"renewal.repaired.{name}") for name in ("now", *renewal.REPAIRS)]
    axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    scale = alt.Scale(domain=[0, 1])
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=280))
    base = alt.Chart(alt.NamedData("rows")).encode(y=y)
    tint = alt.condition("datum.now", alt.value(FOCUS), alt.value(CONTEXT))
    x = alt.X("chance:Q", title=words.text("renewal.contract.x"), scale=scale, axis=axis)
    spans = base.mark_rule(strokeWidth=2).encode(alt.X("low:Q", scale=scale), x2="high:Q")
    notes = base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(alt.X("high:Q", scale=scale), text="note:N")
    layers = base.mark_bar().encode(x, color=tint) + spans + notes
    return skeleton(layers.properties(width=380, height=160), language)


def calls(contracts: pd.DataFrame, *, words: Words, names: Names, days: tuple[str, ...]) -> Bundle:
    """A panel: on one of these days, whom to call of those whose contract ends within half a year, and what the calls
    reached of the margin that was lost afterwards."""
    # Contracts and wallets are the practice company's, in yuan, whatever the currency of a list of one's own.
    words = Words(words.language)
    seen = {day: _looked(contracts, day) for day in days}
    start = {"day": days[-1], "rule": "end", "calls": 40}
    view = panel(start, partial(calls_answer, seen, words, names), words, height=330)
    return widget(view, words, "renewal.calls.still")


Seen = tuple[pd.DataFrame, pd.Series, pd.DataFrame]


def _looked(contracts: pd.DataFrame, day: str) -> Seen:
    known, coming = renewal.split(contracts, day)
    chance = renewal.fit(known).probability(coming)
    return coming, chance, renewal.reached(coming, chance)


def calls_answer(seen: Mapping[str, Seen], words: Words, names: Names, values: Mapping[str, Any]) -> Answer:
    """Rank the coming contracts by a rule, name the first, and look back at what that many calls reached."""
    day = str(values["day"]) if values["day"] in seen else next(iter(seen))
    coming, chance, curves = seen[day]
    rule = str(values["rule"]) if values["rule"] in renewal.RULES else "end"
    many = min(max(int(values["calls"]), CALLS[0]), CALLS[1])
    found = renewal.calls_finding(curves, many, rule)
    rules = {key: words.text(f"renewal.rule.{code}") for key, code in found.values.items() if key in ("rule", "other")}
    title = words.say(found.code, **{**found.values, **rules})
    rows = renewal.ranked(coming, chance, rule)
    first = rows.head(LISTED)
    # Counted back from the last day known: what the reader would really do is call before the end.
    kpis = {
        "reached": words.percent(float(curves[rule].iloc[min(many, len(curves) - 1)])),
        "expected": words.percent(float(curves["expected"].iloc[min(many, len(curves) - 1)])),
        "due": words.number(len(coming)),
    }
    model: dict[str, Any] = {
        "controls": [
            _select("rule", [[code, words.text(f"renewal.rule.{code}")] for code in renewal.RULES], rule, words),
            slider("calls", words.text("renewal.calls.calls"), many, words.say("renewal.calls.shown", n=many), CALLS),
            _select("day", [[each, words.date(pd.Timestamp(each))] for each in seen], day, words),
        ],
        "kpis": [{"label": words.text(f"renewal.calls.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "table": {
            "caption": words.say("renewal.calls.caption", n=len(first)),
            "head": [
                words.text(f"renewal.calls.head_{key}") for key in ("customer", "end", "chance", "margin", "expected")
            ],
            "rows": [
                [
                    name_of(names, who, words),
                    words.date(frames.as_day(end)),
                    words.percent(p),
                    *map(words.money, amounts),
                ]
                for who, end, p, *amounts in zip(
                    first["customer_id"],
                    frames.read_days(first["end"])[0].tolist(),
                    first["chance"],
                    first["margin"],
                    first["expected"],
                    strict=True,
                )
            ],
            "numeric": [2, 3, 4],
        },
        "notice_label": words.text("churn.notice"),
        "notice": words.text("renewal.calls.notice"),
        "says": title,
    }
    return model, _curves(curves, many, rule, day, words, title)


def _select(key: str, options: list[list[str]], value: str, words: Words) -> dict[str, Any]:
    label = words.text(f"renewal.calls.{key}")
    return {"kind": "select", "key": key, "label": label, "options": options, "value": value}


def _curves(curves: pd.DataFrame, many: int, rule: str, day: str, words: Words, title: str) -> Bundle:
    shown = curves.iloc[: CALLS[1] + 1 : 5]
    rows = shown.reset_index().melt("calls", var_name="code", value_name="share")
    rows["chosen"] = rows["code"] == rule
    at = pd.DataFrame({"calls": [many]})
    most = len(curves) - 1
    lot = pd.DataFrame({"calls": [0, CALLS[1]], "share": [0.0, min(CALLS[1] / max(most, 1), 1.0)]})
    ends = shown.iloc[[-1]].reset_index().melt("calls", var_name="code", value_name="share")
    ends = ends[ends["code"].isin([rule, "expected"])]
    ends["name"] = [words.text(f"renewal.rule.{code}") for code in ends["code"]]
    data = {"rows": rows.round(4), "at": at, "lot": lot.round(4), "ends": ends.round(4)}
    about = words.say("renewal.calls.subtitle", day=pd.Timestamp(day), due=most)
    return filled(_calls_drawn(words.language), words, title=title, subtitle=about, data=data)


@lru_cache(maxsize=2)
def _calls_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    x = alt.X("calls:Q", title=words.text("renewal.calls.x"), scale=alt.Scale(domain=[0, CALLS[1]], nice=False))
    y = alt.Y("share:Q", title=words.text("renewal.calls.y"), scale=alt.Scale(domain=[0, 1]), axis=axis)
    tint = alt.condition("datum.chosen", alt.value(FOCUS), alt.value(CONTEXT))
    width = alt.condition("datum.chosen", alt.value(3.5), alt.value(1.5))
    lines = alt.Chart(alt.NamedData("rows")).mark_line().encode(x, y, color=tint, strokeWidth=width, detail="code:N")
    lot = alt.Chart(alt.NamedData("lot")).mark_line(strokeDash=[3, 4], strokeWidth=1.5, color=CONTEXT).encode(x, y)
    at = alt.Chart(alt.NamedData("at")).mark_rule(strokeDash=[4, 4]).encode(x="calls:Q")
    names = alt.Chart(alt.NamedData("ends")).mark_text(align="right", dy=-10, **NOTE_TEXT).encode(x, y, text="name:N")
    return skeleton((lot + lines + at + names).properties(width=540, height=220), language)


def take_away(contracts: pd.DataFrame, hidden: pd.DataFrame, *, words: Words, names: Names, day: str = "") -> Bundle:
    """The line that belongs to this data: who stood first by expected loss, and what small customers spend elsewhere."""
    words = Words(words.language)
    values: dict[str, Any] = {"hidden": len(hidden), "room": float(hidden["headroom"].sum())}
    last = frames.as_day(int(frames.read_days(contracts["end"])[0].max()))
    try:
        coming, chance, _ = _looked(contracts, day or str((last - pd.Timedelta(days=182)).date()))
    except CannotFit:
        return sentence(words.say("renewal.take_away.nobody", **values))
    if coming.empty:
        return sentence(words.say("renewal.take_away.nobody", **values))
    first = renewal.ranked(coming, chance, "expected").iloc[0]
    values |= {"chance": float(first["chance"]), "margin": float(first["margin"])}
    return sentence(words.say("renewal.take_away.some", name=name_of(names, first["customer_id"], words), **values))
