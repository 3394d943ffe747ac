"""Lesson 05: who bought lately, often, and for how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib import frames
from custlib.analysis import rfm, rhythm
from custlib.content import Words
from custlib.views.bundle import Bundle, chart, filled, name_of, sentence, skeleton, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, SEQUENTIAL, UTC, money, percent

Names = Mapping[object, str]
LISTED = 8
FIRST = ("at_risk", "cant_lose")  # whom one would call; the rest of the choices follow


def source(orders: pd.DataFrame, summary: pd.DataFrame, *, words: Words, own: bool = False) -> Bundle:
    """Say what data the page shows, and every row that was set aside or read in a particular way."""
    code = "rfm.source.own" if own else "rfm.source.practice"
    first = words.say(code, customers=len(summary), rows=len(orders), as_of=summary.attrs["as_of"])
    return sentence(words.sentences([first, *map(words.say, summary.attrs["issues"])]))


def grid(named: pd.DataFrame, *, words: Words) -> Bundle:
    """Customers per pair of scores; the good ones who went quiet are outlined."""
    cells = named.groupby(["r", "f"]).size().reindex(_pairs(), fill_value=0).rename("n").reset_index()
    quiet = set(zip(*(rfm.gone_quiet(named)[letter] for letter in ("r", "f")), strict=True))
    cells["quiet"] = [pair in quiet for pair in zip(cells["r"], cells["f"], strict=True)]
    top = int(cells["n"].max())
    base = alt.Chart(cells).encode(
        x=alt.X("r:O", title=words.text("rfm.grid.x"), axis=alt.Axis(labelAngle=0, titleAnchor="end")),
        y=alt.Y("f:O", sort="descending", title=words.text("rfm.grid.y")),
    )
    shade = alt.Scale(domain=[0, top], range=SEQUENTIAL, interpolate="lab")
    ink = alt.condition(f"datum.n > {top * 0.68:.0f}", alt.value("#ffffff"), alt.value("#000000"))
    layers = (
        base.mark_rect().encode(color=alt.Color("n:Q", scale=shade, legend=None))
        + base.mark_text(fontSize=15, fontWeight=600).encode(text=alt.Text("n:Q", format=","), color=ink)
        + base.transform_filter("datum.quiet").mark_rect(fill=None, stroke=FOCUS, strokeWidth=3)
    )
    about = [words.say("rfm.grid.subtitle", n=len(named)), words.say("rfm.grid.as_of", as_of=named.attrs["as_of"])]
    return chart(
        layers.properties(width=520, height=300), words, title=words.say(rfm.quiet_finding(named)), subtitle=about
    )


def quiet_list(named: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """The quiet ones who brought most, by name."""
    finding = rfm.quiet_finding(named)
    quiet = rfm.gone_quiet(named).head(LISTED)
    if quiet.empty:
        return sentence(words.say(finding))
    caption = words.say("rfm.list.caption", money=finding.values["money"], share=finding.values["share_money"])
    rows = pd.DataFrame(_rows(quiet, words, names), columns=_heads(words))
    return table(rows, caption=caption, numeric=list(rows.columns[2:]))


def cuts(summary: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """A panel: two cut-offs of the reader's own, and whom they pick."""
    start = {"days": 120, "often": 4}
    view = panel(start, partial(cuts_answer, summary, words, names), words, height=430)
    return widget(view, words, "rfm.cuts.still")


def cuts_answer(summary: pd.DataFrame, words: Words, names: Names, values: dict[str, Any]) -> Answer:
    """Pick customers by two cut-offs, and say who they are and what they brought."""
    longest = max(30, int(summary["recency_days"].max()) // 30 * 30)
    most = max(2, min(20, int(summary["frequency"].max())))
    days, often = min(int(values["days"]), longest), min(int(values["often"]), most)
    picked = summary[rfm.select(summary, quiet_after_days=days, often_from=often)]
    picked = picked.sort_values("monetary", ascending=False, kind="stable")
    money, everything = float(picked["monetary"].sum()), float(summary["monetary"].sum())
    share = words.percent(money / everything) if everything > 0 else "–"
    title = words.say("rfm.cuts.title", n=len(picked), often=often, days=days)
    kpis = [("kpi_n", words.number(len(picked))), ("kpi_money", words.money(money)), ("kpi_share", share)]
    model: dict[str, Any] = {
        "controls": [
            _slider(words, "days", days, 30, longest, 30),
            _slider(words, "often", often, 2, most, 1),
        ],
        "kpis": [{"label": words.text(f"rfm.cuts.{key}"), "value": value} for key, value in kpis],
        "notice_label": words.text("rfm.cuts.notice_label"),
        "notice": words.text("rfm.cuts.notice") if len(picked) else words.text("rfm.list.nobody"),
        "says": title,
    }
    if len(picked):
        rows = _rows(picked.head(5), words, names)
        model["table"] = {
            "caption": words.text("rfm.list.caption_panel"),
            "head": _heads(words),
            "rows": rows,
            "numeric": [2, 3, 4],
        }
    return model, _bubbles(summary, days, often, words, title)


def cut_table(scored: pd.DataFrame, *, words: Words) -> Bundle:
    """What earns which score on this data."""
    say = partial(words.say, "rfm.table.between")
    rows = []
    for score in range(5, 0, -1):
        row = [str(score)]
        for letter, column in rfm.LETTERS.items():
            values = scored.loc[scored[letter] == score, column]
            write = words.money if letter == "m" else words.number
            low, high = (write(values.min()), write(values.max())) if len(values) else ("", "")
            row.append(
                words.text("rfm.table.nobody") if not len(values) else low if low == high else say(low=low, high=high)
            )
        rows.append(row)
    heads = [words.text(f"rfm.table.{key}") for key in ("score", "r", "f", "m")]
    frame = pd.DataFrame(rows, columns=heads)
    return table(frame, caption=words.say("rfm.table.caption", n=len(scored)), numeric=heads[1:])


def empty(scored: pd.DataFrame, *, words: Words) -> Bundle:
    """Say why a score is missing on this data, or that none is."""
    found = rfm.empty_cells(scored)
    return sentence(words.sentences([words.say(each) for each in found]) or words.text("rfm.table.complete"))


def segments(named: pd.DataFrame, *, words: Words) -> Bundle:
    """Each segment's share of the money, against its share of the customers."""
    rows = rfm.by_segment(named).reset_index()
    rows["name"] = [words.text(f"rfm.segment.{code}") for code in rows["segment"]]
    rows[["share_monetary", "share_customers"]] = rows[["share_monetary", "share_customers"]].round(4)
    data = rows[["name", "share_monetary", "share_customers"]]
    y = alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelLimit=260))
    bars = (
        alt.Chart(data)
        .mark_bar(color=CATEGORY[0])
        .encode(
            x=alt.X(
                "share_monetary:Q",
                title=words.text("rfm.segments.x"),
                axis=alt.Axis(labelExpr=percent(words.language), tickCount=6),
            ),
            y=y,
        )
    )
    ticks = alt.Chart(data).mark_tick(color=FOCUS, opacity=1, thickness=3, size=22).encode(x="share_customers:Q", y=y)
    drawing = (bars + ticks).properties(width=420, height=max(120, 34 * len(data)))
    about = words.say("rfm.segments.subtitle", n=len(named))
    return chart(drawing, words, title=words.say(rfm.segment_finding(named)), subtitle=about)


def customer(orders: pd.DataFrame, named: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """A panel: one customer followed through, from the orders to the next step."""
    order_id = "order_id" if "order_id" in orders.columns else None
    rows = frames.purchases(orders, where="rfm.customer", order_id=order_id, as_of=named.attrs["as_of"]).frame
    # Four of each segment, the largest first: enough to compare, few enough to find one's way.
    largest = named.sort_values("monetary", ascending=False, kind="stable").groupby("segment").head(4)
    order = {code: place for place, code in enumerate(sorted(rfm.SEGMENTS, key=lambda code: code not in FIRST))}
    offered = largest.sort_values("segment", key=lambda codes: codes.map(order), kind="stable")
    view = panel({"customer": "0"}, partial(customer_answer, rows, offered, words, names), words, height=330)
    return widget(view, words, "rfm.customer.still")


def customer_answer(
    rows: pd.DataFrame, offered: pd.DataFrame, words: Words, names: Names, values: dict[str, Any]
) -> Answer:
    """Show one customer's orders, scores, segment and the next step."""
    ids = list(offered.index)
    place = int(values["customer"]) if 0 <= int(values["customer"]) < len(ids) else 0
    one, as_of = offered.iloc[place], offered.attrs["as_of"]
    past = rhythm.history(rows, ids[place])
    title = words.say(rhythm.silence(past, as_of), name=name_of(names, ids[place], words))
    options = [
        [str(i), words.say("rfm.customer.option", name=name_of(names, each, words), segment=segment)]
        for i, (each, segment) in enumerate(zip(ids, offered["segment"], strict=True))
    ]
    figures = {
        "r": words.number(one["recency_days"]),
        "f": words.number(one["frequency"]),
        "m": words.money(one["monetary"]),
    }
    model: dict[str, Any] = {
        "controls": [
            {
                "kind": "select",
                "key": "customer",
                "label": words.text("rfm.customer.pick"),
                "options": options,
                "value": str(place),
            }
        ],
        "kpis": [
            {"label": words.say(f"rfm.customer.kpi_{key}", score=str(one[key])), "value": text}
            for key, text in figures.items()
        ],
        "blocks": [
            {
                "title": words.say("rfm.customer.todo", segment=one["segment"]),
                "items": [words.text(f"rfm.action.{one['segment']}")],
            }
        ],
        "says": title,
    }
    return model, _timeline(past, as_of, words, title)


def take_away(named: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """The line that belongs to this list: whom to call first."""
    finding = rfm.quiet_finding(named)
    if not finding.values["n"]:
        return sentence(words.text("rfm.take_away.none"))
    first = finding.values["top"]
    days = int(named["recency_days"].loc[first])
    return sentence(
        words.say("rfm.take_away.some", n=finding.values["n"], name=name_of(names, first, words), days=days)
    )


def _bubbles(summary: pd.DataFrame, days: int, often: int, words: Words, title: str) -> Bundle:
    marks = summary.assign(picked=rfm.select(summary, quiet_after_days=days, often_from=often))
    # Marks are what redrawing costs: of more than a year, two weeks are one mark.
    step = 14 if marks["recency_days"].max() > 365 else 7
    marks = (
        marks.assign(weeks=marks["recency_days"] // step * step // 7)
        .groupby(["weeks", "frequency", "picked"])
        .size()
        .rename("n")
        .reset_index()
    )
    # Every pair's customers, picked or not: a size means the same wherever the cut-offs lie.
    size = int(marks.groupby(["weeks", "frequency"])["n"].sum().max())
    drawn = _bubbles_drawn(words.language, int(marks["weeks"].max()) + 2, int(marks["frequency"].max()), max(2, size))
    data = {"marks": marks, "down": pd.DataFrame({"x": [days / 7]}), "across": pd.DataFrame({"y": [often - 0.12]})}
    return filled(drawn, words, title=title, subtitle=words.text("rfm.cuts.subtitle"), data=data)


@lru_cache(maxsize=4)
def _bubbles_drawn(language: str, last: int, often: int, size: int) -> dict[str, Any]:
    words, most = Words(language), often * 1.25 + 1
    x = alt.X("weeks:Q", title=words.text("rfm.cuts.x"), scale=alt.Scale(domain=[0, last], nice=False))
    y_scale = alt.Scale(type="log", domain=[0.8, most], nice=False)
    ticks = [each for each in (1, 2, 3, 5, 10, 20, 50, 100, 200) if each <= most]
    y = alt.Y("frequency:Q", title=words.text("rfm.cuts.y"), scale=y_scale, axis=alt.Axis(values=ticks, format="d"))
    points = alt.Chart(alt.NamedData("marks")).mark_point().encode(
        x, y, color=alt.condition("datum.picked", alt.value(FOCUS), alt.value(CONTEXT)),
        fill=alt.condition("datum.picked", alt.value(FOCUS), alt.value("transparent")),
        shape=alt.condition("datum.picked", alt.value("diamond"), alt.value("circle")),
        size=alt.Size("n:Q", scale=alt.Scale(domain=[1, size], range=[36, 420]), legend=None),
    )  # fmt: skip
    lines = alt.Chart(alt.NamedData("down")).mark_rule().encode(x="x:Q")
    across = alt.Chart(alt.NamedData("across")).mark_rule(strokeDash=[4, 4]).encode(y="y:Q")
    return skeleton((points + lines + across).properties(width=600, height=290), language)


def _timeline(past: pd.DataFrame, as_of: pd.Timestamp, words: Words, title: str) -> Bundle:
    marks = past.assign(day=past["date"].dt.strftime("%Y-%m-%d"))[["day", "amount", "kind"]]
    data = {"marks": marks, "end": pd.DataFrame({"day": [as_of.strftime("%Y-%m-%d")]})}
    drawn = _timeline_drawn(words.language)
    return filled(drawn, words, title=title, subtitle=words.text("rfm.customer.subtitle"), data=data)


@lru_cache(maxsize=2)
def _timeline_drawn(language: str) -> dict[str, Any]:
    words, day = Words(language), alt.X("day:T", scale=UTC)
    end = alt.Chart(alt.NamedData("end")).mark_rule(strokeDash=[4, 4]).encode(x=day)
    x = alt.X(
        "day:T", title=words.text("rfm.customer.x"), axis=alt.Axis(format="%Y-%m", labelAngle=0, tickCount=6), scale=UTC
    )
    y_axis = alt.Axis(labelExpr=money(language), tickCount=5)
    base = alt.Chart(alt.NamedData("marks")).encode(
        x, alt.Y("amount:Q", title=words.text("rfm.customer.y"), axis=y_axis)
    )
    tint = alt.condition("datum.kind == 'return'", alt.value(FOCUS), alt.value(CATEGORY[0]))
    stems = base.mark_rule(strokeWidth=2).encode(y2=alt.datum(0), color=tint)
    dots = base.mark_circle(size=70).encode(color=tint)
    return skeleton((stems + dots + end).properties(width=600, height=190), language)


def _slider(words: Words, key: str, value: int, low: int, high: int, step: int) -> dict[str, Any]:
    shown = words.say(f"rfm.cuts.{key}_shown", value=value)
    return slider(key, words.text(f"rfm.cuts.{key}"), value, shown, (low, high, step))


def _heads(words: Words) -> list[str]:
    return [words.text(f"rfm.list.{key}") for key in ("customer", "last_order", "days", "purchases", "money")]


def _rows(customers: pd.DataFrame, words: Words, names: Names) -> list[list[str]]:
    return [
        [
            name_of(names, customer, words),
            words.date(one.last_order),
            words.number(one.recency_days),
            words.number(one.frequency),
            words.money(one.monetary),
        ]
        for customer, one in _each(customers)
    ]


def _each(customers: pd.DataFrame) -> Iterator[tuple[object, Any]]:
    return zip(customers.index, customers.itertuples(), strict=True)


def _pairs() -> pd.MultiIndex:
    return pd.MultiIndex.from_product([range(1, 6), range(1, 6)], names=["r", "f"])
