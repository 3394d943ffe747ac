"""Lesson 11: who is a key account under a limit of hours, and whether the plans are carried out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import keyaccounts
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, name_of, sentence, skeleton, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT, percent

Names = Mapping[object, str]
RANGES = {"people": (1, 10, 1), "each": (1, 15, 1), "days": (7, 90, 1)}
START = {"rule": "three", "people": 5, "each": 5}
SHOWN = 5
BARS = (*keyaccounts.LINKS, "done")


def source(known: pd.DataFrame, *, words: Words, own: bool) -> Bundle:
    """Say of whom what is known, and what a list of purchases alone cannot show."""
    values = {"customers": len(known), "known": int(known["headroom"].notna().sum())}
    code = "own" if own else "all" if values["known"] else "orders"
    return sentence(words.say(f"keyaccounts.source.{code}", **values))


def choose(known: pd.DataFrame, *, words: Words, names: Names, strategic: tuple[object, ...] = ()) -> Bundle:
    """A panel: how many people there are, how many accounts each can carry, and who falls out."""
    scored = {rule: keyaccounts.scored(known, keyaccounts.RULES[rule], strategic=strategic) for rule in RULES}
    view = panel(START, partial(choose_answer, known, scored, words, names), words, height=330)
    return widget(view, words, "keyaccounts.list.still")


RULES = tuple(keyaccounts.RULES)


def choose_answer(
    known: pd.DataFrame, scored: Mapping[str, pd.DataFrame], words: Words, names: Names, values: dict[str, Any]
) -> Answer:
    """Fill the places under the chosen rule; name the last who are in and the first who are out."""
    rule = str(values["rule"]) if str(values["rule"]) in scored else RULES[0]
    people, each = (min(max(int(values[key]), RANGES[key][0]), RANGES[key][1]) for key in ("people", "each"))
    room = keyaccounts.places(people, each)
    listed = keyaccounts.select(known, scored[rule], room)
    finding = keyaccounts.list_finding(listed)
    title = words.say(finding)
    ranked = listed[listed["place"].notna()]
    kpis = {
        "places": words.number(room),
        "money": words.percent(finding.values["share_money"]),
        "open": words.number(finding.values["open"]),
    }
    options = [[code, words.text(f"keyaccounts.rule.{code}")] for code in scored]
    pick = words.text("keyaccounts.list.rule")
    shown = {"people": words.number(people), "each": words.number(each)}
    model: dict[str, Any] = {
        "controls": [
            {"kind": "select", "key": "rule", "label": pick, "options": options, "value": rule},
            slider("people", words.text("keyaccounts.list.people"), people, shown["people"], RANGES["people"]),
            slider("each", words.text("keyaccounts.list.each"), each, shown["each"], RANGES["each"]),
        ],
        "kpis": [{"label": words.text(f"keyaccounts.list.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.say("keyaccounts.list.notice", costs=finding.values["costs"])
        if finding.values["costs"]
        else words.text("keyaccounts.list.notice_plain"),
        "says": title,
    }
    edge = pd.concat([ranked.iloc[max(room - SHOWN, 0) : room], ranked.iloc[room : room + SHOWN]])
    if len(edge):
        heads = ("customer", "place", "score", "brings", "could")
        model["table"] = {
            "caption": words.text("keyaccounts.list.caption"),
            "head": [words.text(f"keyaccounts.list.head_{key}") for key in heads],
            "rows": [
                [
                    name_of(names, one, words),
                    words.say(f"keyaccounts.list.{'inside' if row['chosen'] else 'outside'}", place=int(row["place"])),
                    words.number(row["score"], 1),
                    words.money(row["contribution"]),
                    words.text("keyaccounts.unknown") if pd.isna(row["headroom"]) else words.money(row["headroom"]),
                ]
                for one, row in edge.iterrows()
            ],
            "numeric": [2, 3, 4],
        }
    return model, _curve(ranked, room, words, title)


def plans(
    sets: Mapping[str, pd.Index],
    customers: pd.DataFrame,
    interactions: pd.DataFrame,
    *,
    words: Words,
    names: Names,
    as_of: object,
) -> Bundle:
    """A panel: how many large accounts have somebody in charge, a plan that holds, and something done lately."""
    idle = {
        code: keyaccounts.execution(ids, customers, interactions, as_of=as_of, days=0) for code, ids in sets.items()
    }
    start = {"scope": next(iter(sets)), "days": keyaccounts.TOUCHED}
    view = panel(start, partial(plans_answer, idle, words, names), words, height=230)
    return widget(view, words, "keyaccounts.execution.still")


def plans_answer(idle: Mapping[str, pd.DataFrame], words: Words, names: Names, values: dict[str, Any]) -> Answer:
    """Count who has all three, and name the first who lack something."""
    scope = str(values["scope"]) if str(values["scope"]) in idle else next(iter(idle))
    days = min(max(int(values["days"]), RANGES["days"][0]), RANGES["days"][1])
    found = idle[scope].copy()
    found["touched"] = found["idle"] <= days
    found["done"] = found[list(keyaccounts.LINKS)].all(axis=1)
    title = words.say(keyaccounts.execution_finding(found), days=days)
    options = [[code, words.say(f"keyaccounts.scope.{code}", n=len(each))] for code, each in idle.items()]
    model: dict[str, Any] = {
        "controls": [
            {
                "kind": "segment",
                "key": "scope",
                "label": words.text("keyaccounts.execution.scope"),
                "options": options,
                "value": scope,
            },
            slider(
                "days",
                words.text("keyaccounts.execution.days"),
                days,
                words.say("keyaccounts.days", days=days),
                RANGES["days"],
            ),
        ],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("keyaccounts.execution.notice"),
        "says": title,
    }
    lacking = found[~found["done"]].head(SHOWN)
    if len(lacking):
        model["table"] = {
            "caption": words.text("keyaccounts.execution.caption"),
            "head": [words.text(f"keyaccounts.execution.head_{key}") for key in ("customer", "lacks", "idle")],
            "rows": [
                [
                    name_of(names, one, words),
                    words.join(words.text(f"keyaccounts.lacks.{key}") for key in keyaccounts.LINKS if not row[key]),
                    words.text("keyaccounts.never")
                    if pd.isna(row["idle"])
                    else words.say("keyaccounts.days", days=int(row["idle"])),
                ]
                for one, row in lacking.iterrows()
            ],
            "numeric": [2],
        }
    rows = pd.DataFrame(
        {
            "name": [words.text(f"keyaccounts.link.{key}") for key in BARS],
            "share": [round(float(found[key].mean()), 4) if len(found) else 0.0 for key in BARS],
            "mark": [key == "done" for key in BARS],
        }
    )
    about = words.say("keyaccounts.execution.subtitle", n=len(found), days=days)
    return model, filled(_links(words.language), words, title=title, subtitle=about, data={"rows": rows})


def stages(stage: pd.Series, *, words: Words) -> Bundle:
    """At which of the six stages the chosen accounts seem to stand."""
    finding = keyaccounts.stage_finding(stage)
    counts = stage.value_counts()
    rows = pd.DataFrame(
        {
            "name": [words.text(f"keyaccounts.stages.{code}") for code in keyaccounts.STAGES],
            "n": [int(counts.get(code, 0)) for code in keyaccounts.STAGES],
            "mark": [code == finding.values.get("stage") for code in keyaccounts.STAGES],
        }
    )
    about = words.say("keyaccounts.stage.subtitle", n=len(stage))
    return filled(_stages(words.language), words, title=words.say(finding), subtitle=about, data={"rows": rows})


def next_actions(actions: pd.Series, known: pd.DataFrame, *, words: Words, names: Names, first: int = 10) -> Bundle:
    """The next best action of the first accounts, and how often each comes up."""
    counts = actions.value_counts().reindex(list(keyaccounts.NEXT)).fillna(0).astype(int)
    top = str(counts.idxmax()) if len(actions) else "keep"
    heads = [words.text(f"keyaccounts.next.head_{key}") for key in ("customer", "action", "brings")]
    rows = [
        [
            name_of(names, one, words),
            words.text(f"keyaccounts.next.{code}"),
            words.money(float(known["contribution"].get(one, 0.0))),
        ]
        for one, code in actions.head(first).items()
    ]
    caption = words.say("keyaccounts.next.caption", n=len(actions), action=top, most=int(counts.max()))
    return table(pd.DataFrame(rows, columns=heads), caption=caption, numeric=[heads[2]])


def take_away(listed: pd.DataFrame, done: pd.DataFrame | None = None, *, words: Words, names: Names) -> Bundle:
    """The line that belongs to this list: whom to write a plan for first."""
    chosen = listed[listed["chosen"]]
    if chosen.empty:
        return sentence(words.text("keyaccounts.take_away.nobody"))
    if done is None:
        name = name_of(names, chosen.index[0], words)
        return sentence(words.say("keyaccounts.take_away.own", n=len(chosen), name=name))
    lacking = [one for one in chosen.index if one in done.index and not done["plan"].loc[one]]
    code = "plan" if lacking else "done"
    name = name_of(names, lacking[0], words) if lacking else ""
    return sentence(words.say(f"keyaccounts.take_away.{code}", n=len(chosen), without=len(lacking), name=name))


def _curve(ranked: pd.DataFrame, room: int, words: Words, title: str) -> Bundle:
    whole = float(ranked["contribution"].clip(lower=0).sum())
    upto = ranked["contribution"].clip(lower=0).cumsum() / whole if whole > 0 else ranked["contribution"] * 0.0
    seen = max(3 * room, 30)
    rows = pd.DataFrame({"place": ranked["place"], "share": upto.round(4)}).head(seen)
    cut = pd.DataFrame({"place": [room]})
    about = words.say("keyaccounts.list.subtitle", n=len(ranked))
    return filled(_curve_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows, "cut": cut})


@lru_cache(maxsize=2)
def _curve_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    x = alt.X(
        "place:Q", title=words.text("keyaccounts.list.x"), scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1)
    )
    label = alt.Axis(labelExpr=percent(language), tickCount=5)
    y = alt.Y("share:Q", title=words.text("keyaccounts.list.y"), axis=label, scale=alt.Scale(domainMin=0))
    line = alt.Chart(alt.NamedData("rows")).mark_line(color=CATEGORY[0], interpolate="step-after").encode(x, y)
    cut = alt.Chart(alt.NamedData("cut")).mark_rule(color=FOCUS, strokeWidth=2.5).encode(x="place:Q")
    return skeleton((line + cut).properties(width=540, height=220), language)


@lru_cache(maxsize=2)
def _links(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"keyaccounts.link.{key}") for key in BARS]
    axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    x = alt.X("share:Q", title=words.text("keyaccounts.execution.x"), axis=axis, scale=alt.Scale(domain=[0, 1]))
    return _bars(names, x, language)


@lru_cache(maxsize=2)
def _stages(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"keyaccounts.stages.{code}") for code in keyaccounts.STAGES]
    x = alt.X("n:Q", title=words.text("keyaccounts.stage.x"), axis=alt.Axis(tickMinStep=1))
    return _bars(names, x, language, text="n:Q")


def _bars(names: list[str], x: alt.X, language: str, text: str = "") -> dict[str, Any]:
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260, labelFontSize=13))
    tint = alt.condition("datum.mark", alt.value(FOCUS), alt.value(CONTEXT if text else CATEGORY[0]))
    base = alt.Chart(alt.NamedData("rows")).encode(x, y)
    bars: alt.LayerChart | alt.Chart = base.mark_bar().encode(color=tint)
    if text:
        bars = bars + base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(text=text)
    return skeleton(bars.properties(width=400, height=28 * len(names)), language)
