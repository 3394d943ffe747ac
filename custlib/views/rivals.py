"""Lesson 10: what customers spend elsewhere, where there is room, and one comparison from the reader's own head."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from custlib.analysis import rivals
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, name_of, skeleton, table, widget
from custlib.views.panel import Answer, panel
from custlib.views.theme import CONTEXT, DIVERGING, FOCUS, NOTE_TEXT, money, percent

Names = Mapping[object, str]
OFFERED = 24
LISTED = 6


def room(found: pd.DataFrame, hidden: pd.DataFrame, *, words: Words) -> Bundle:
    """Wallets by size and by our share of them; the hidden potential is marked."""
    # Contracts and wallets are the practice company's, in yuan, whatever the currency of a list of one's own.
    words = Words(words.language)
    title = words.say(rivals.hidden_finding(found, hidden))
    known = found[found["spend"] > 0]
    marks = pd.DataFrame(
        {
            "share": known["share"].round(3).to_list(),
            "spend": known["spend"].round(0).to_list(),
            "hidden": known.index.isin(hidden.index).tolist(),
        }
    )
    about = words.say("rivals.room.subtitle", n=len(known))
    return filled(_room_drawn(words.language), words, title=title, subtitle=about, data={"wallets": marks})


@lru_cache(maxsize=2)
def _room_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    across = alt.Axis(labelExpr=percent(language), tickCount=6)
    upward = alt.Axis(labelExpr=money(language), values=[10.0**power for power in range(3, 9)])
    x = alt.X("share:Q", title=words.text("rivals.room.x"), scale=alt.Scale(domain=[0, 1]), axis=across)
    y = alt.Y("spend:Q", title=words.text("rivals.room.y"), scale=alt.Scale(type="log", nice=False), axis=upward)
    points = alt.Chart(alt.NamedData("wallets")).mark_point().encode(
        x, y,
        color=alt.condition("datum.hidden", alt.value(FOCUS), alt.value(CONTEXT)),
        fill=alt.condition("datum.hidden", alt.value(FOCUS), alt.value("transparent")),
        shape=alt.condition("datum.hidden", alt.value("diamond"), alt.value("circle")),
    )  # fmt: skip
    return skeleton(points.properties(width=560, height=260), language)


def listed(hidden: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """Those with most headroom among the hidden ones, by name."""
    words = Words(words.language)
    first = hidden.head(LISTED)
    heads = [words.text(f"rivals.listed.{key}") for key in ("customer", "spend", "own", "share", "headroom")]
    rows = [
        [name_of(names, who, words), words.money(spend), words.money(own), words.percent(share, 1), words.money(left)]
        for who, spend, own, share, left in zip(
            first.index, first["spend"], first["own"], first["share"], first["headroom"], strict=True
        )
    ]
    caption = words.say("rivals.listed.caption", n=len(first), of=len(hidden))
    return table(pd.DataFrame(rows, columns=heads), caption=caption, numeric=heads[1:])


def account(found: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """A panel: one customer's wallet, our rank in it, and what one place higher would bring by the rule."""
    words = Words(words.language)
    several = found[(found["suppliers"] > 1) & found["share"].notna()]
    offered = several.sort_values("headroom", ascending=False, kind="stable").head(OFFERED)
    view = panel({"customer": "0"}, partial(account_answer, offered, words, names), words, height=230)
    return widget(view, words, "rivals.account.still")


def account_answer(offered: pd.DataFrame, words: Words, names: Names, values: Mapping[str, Any]) -> Answer:
    """Show who gets what of one wallet."""
    ids = list(offered.index)
    place = int(values["customer"]) if 0 <= int(values["customer"]) < len(ids) else 0
    one = offered.iloc[place]
    rank, suppliers = int(one["rank"]), int(one["suppliers"])
    share, guess = float(one["share"]), rivals.wallet_rule(rank, suppliers)
    code = "top" if rank == 1 else "below"
    more = rivals.one_rank_up(rank, suppliers, float(one["spend"]))
    said = {"name": name_of(names, ids[place], words), "share": share, "rank": rank, "suppliers": suppliers}
    title = words.say(f"rivals.account.{code}", **said)
    kpis = {
        "share": words.percent(share),
        "headroom": words.money(one["headroom"]),
        "rule": words.percent(guess),
        "more": words.money(more) if rank > 1 else words.text("rivals.account.first"),
    }
    options = [[str(i), name_of(names, each, words)] for i, each in enumerate(ids)]
    pick = words.text("rivals.account.pick")
    model: dict[str, Any] = {
        "controls": [{"kind": "select", "key": "customer", "label": pick, "options": options, "value": str(place)}],
        "kpis": [{"label": words.text(f"rivals.account.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("churn.notice"),
        "notice": words.say("rivals.account.notice", share=share, guess=guess),
        "says": title,
    }
    rows = pd.DataFrame(
        {
            "name": [words.text(f"rivals.supplier.{each}") for each in ("own", *rivals.RIVALS)],
            "spend": [round(float(one[each])) for each in ("own", *rivals.RIVALS)],
            "note": [words.percent(float(one[each] / one["spend"])) for each in ("own", *rivals.RIVALS)],
            "ours": [each == "own" for each in ("own", *rivals.RIVALS)],
        }
    )
    about = words.text("rivals.account.subtitle")
    return model, filled(_account_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


@lru_cache(maxsize=2)
def _account_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    axis = alt.Axis(labelExpr=money(language), tickCount=5)
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("spend:Q", title=words.text("rivals.account.x"), axis=axis),
        y=alt.Y("name:N", sort=None, title=None),
    )
    tint = alt.condition("datum.ours", alt.value(FOCUS), alt.value(CONTEXT))
    notes = base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(text="note:N")
    return skeleton((base.mark_bar().encode(color=tint) + notes).properties(width=420, height=140), language)


def gaps(found: pd.DataFrame, group: pd.Series, *, words: Words) -> Bundle:
    """Where we are ahead of each rival and where behind, by industry, in percentage points of the wallet."""
    points = rivals.gaps(found, group)
    finding = rivals.gaps_finding(points)
    named = {
        key: words.text(f"{prefix}.{finding.values[key]}")
        for key, prefix in (("group", "company.industry"), ("rival", "rivals.supplier"))
        if key in finding.values
    }
    title = words.say(finding.code, **{**finding.values, **named})
    top = max(float(np.nanmax(points.abs().to_numpy(), initial=1.0)), 1.0)
    rows = [
        {
            "row": words.text(f"company.industry.{industry}"),
            "column": words.text(f"rivals.supplier.{rival}"),
            "points": round(float(value), 1),
            "note": ("+" if round(value) > 0 else "") + words.number(value),
            "pale": bool(abs(value) > 0.68 * top),
        }
        for industry, line in points.iterrows()
        for rival, value in line.items()
        if np.isfinite(value)
    ]
    drawn = _gaps_drawn(words.language, len(points), round(top, 1))
    about = words.text("rivals.gaps.subtitle")
    frame = pd.DataFrame(rows, columns=["row", "column", "points", "note", "pale"])
    return filled(drawn, words, title=title, subtitle=about, data={"cells": frame})


@lru_cache(maxsize=8)
def _gaps_drawn(language: str, many: int, top: float) -> dict[str, Any]:
    words = Words(language)
    columns = [words.text(f"rivals.supplier.{each}") for each in rivals.RIVALS]
    base = alt.Chart(alt.NamedData("cells")).encode(
        x=alt.X("column:N", sort=columns, title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("row:N", sort=None, title=None),
    )
    shade = alt.Scale(domain=[-top, top], range=DIVERGING, interpolate="lab")
    ink = alt.condition("datum.pale", alt.value("#ffffff"), alt.value("#000000"))
    layers = base.mark_rect().encode(color=alt.Color("points:Q", scale=shade, legend=None)) + base.mark_text(
        fontSize=14, fontWeight=600
    ).encode(text="note:N", color=ink)
    return skeleton(layers.properties(width=360, height=max(70, 32 * many)), language)


def sheet(importance: pd.Series, *, words: Words) -> Bundle:
    """A panel: the reader judges one rival at one customer, attribute by attribute. Nothing is kept."""
    start = dict.fromkeys(map(str, importance.index), "unknown")
    view = panel(start, partial(sheet_answer, importance, words), words)
    return widget(view, words, "rivals.sheet.still")


def sheet_answer(importance: pd.Series, words: Words, values: Mapping[str, Any]) -> Answer:
    """Say what to close, what to ask and what to tell, the most important first."""
    judged = {str(name): str(values[str(name)]) for name in importance.index}
    found = rivals.to_do(importance, judged)
    options = [[code, words.text(f"rivals.sheet.{code}")] for code in rivals.STANDINGS]
    asked = importance.sort_values(ascending=False, kind="stable")
    blocks = [
        {
            "title": words.text(f"rivals.sheet.{task}"),
            "items": [words.text(f"company.attribute.{name}") for name in names]
            or [words.text("rivals.sheet.nothing")],
        }
        for task, names in found.items()
    ]
    known = sum(each != "unknown" for each in judged.values())
    said = words.say(f"rivals.sheet.read_{'first' if not known else 'close' if found['close'] else 'clear'}", n=known,
                     of=len(judged), name=words.text(f"company.attribute.{(found['close'] or found['ask'] or list(judged))[0]}"))  # fmt: skip
    return {
        "controls": [
            {
                "kind": "segment",
                "key": str(name),
                "label": words.say("rivals.sheet.line", name=words.text(f"company.attribute.{name}"), weight=weight),
                "options": options,
                "value": judged[str(name)],
            }
            for name, weight in asked.items()
        ],
        "blocks": blocks,
        "notice_label": words.text("churn.notice"),
        "notice": said,
        "says": said,
    }, None
