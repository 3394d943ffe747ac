"""Lesson 08: value beside risk, what to do about which risk, and other matrices under their own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from custlib.analysis import contribution, matrix, risk
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, name_of, sentence, skeleton, table, widget
from custlib.views.heat import heat
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT, money

Names = Mapping[object, str]
OFFERED = 24
RISK = (30, 70, 5)
STEPS = 20  # customers with much the same value and risk share a mark


def source(card: pd.DataFrame, *, words: Words, own: bool) -> Bundle:
    """Say which components of the risk are known on this data, and what would be needed for the others."""
    known = [name for name in risk.COMPONENTS if card[name].notna().any()]
    missing = [name for name in risk.COMPONENTS if name not in known]
    values: dict[str, Any] = {"n": len(known), "known": [words.text(f"matrix.component.{name}") for name in known]}
    if not missing:
        return sentence(words.say("matrix.source.all", customers=len(card), **values))
    lacking = [words.text(f"matrix.needs.{name}") for name in missing]
    return sentence(words.say(f"matrix.source.{'own' if own else 'some'}", lacking=lacking, **values))


def cells(card: pd.DataFrame, *, words: Words) -> Bundle:
    """Every customer by value and risk, with the usual lines; the valuable at risk are marked."""
    line = matrix.value_cut(card["contribution"])
    cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=line)
    title = words.say(matrix.at_risk_finding(cell, card["contribution"]))
    return _bubbles(card, cell, line, matrix.HIGH_RISK, words, title)


def cuts(card: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """A panel: where value and where risk begin to be high, and who stands elsewhere then."""
    start = {"rule": "eighty", "risk": 50}
    lines = {rule: matrix.value_cut(card["contribution"], rule) for rule in ("eighty", "median")}
    view = panel(start, partial(cuts_answer, card, words, names, lines=lines), words, height=390)
    return widget(view, words, "matrix.cuts.still")


def cuts_answer(
    card: pd.DataFrame,
    words: Words,
    names: Names,
    values: dict[str, Any],
    lines: Mapping[str, float] | None = None,
) -> Answer:
    """Place the customers by the chosen lines, and name those whom the lines moved."""
    value, score = card["contribution"], card["risk"]
    lines = lines or {rule: matrix.value_cut(value, rule) for rule in ("eighty", "median")}
    rule = "median" if values["rule"] == "median" else "eighty"
    at = min(max(int(values["risk"]), RISK[0]), RISK[1])
    line = lines[rule]
    cell = matrix.value_risk(value, score, value_cut=line, risk_cut=at)
    usual = matrix.value_risk(value, score, value_cut=lines["eighty"])
    moved = matrix.moved(usual, cell)
    counts = matrix.summary(cell, value)
    title = words.say(matrix.at_risk_finding(cell, value))
    options = [[code, words.text(f"matrix.cuts.rule_{code}")] for code in ("eighty", "median")]
    shown = words.text("matrix.cuts.nobody") if not np.isfinite(line) else words.money(line)
    model: dict[str, Any] = {
        "controls": [
            {
                "kind": "segment",
                "key": "rule",
                "label": words.text("matrix.cuts.rule"),
                "options": options,
                "value": rule,
                "note": words.say("matrix.cuts.line", line=shown),
            },
            slider("risk", words.text("matrix.cuts.risk"), at, words.say("matrix.cuts.points", value=at), RISK),
        ],
        "kpis": [
            {
                "label": words.say("matrix.cuts.kpi", cell=code, value=amount),
                "value": words.number(n),
            }
            for code, n, amount in zip(
                counts.index, counts["customers"].tolist(), counts["value"].tolist(), strict=True
            )
        ],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("matrix.cuts.same") if moved.empty else words.say("matrix.cuts.notice", n=len(moved)),
        "says": title,
    }
    if len(moved):
        largest = value.reindex(moved.index).sort_values(ascending=False, kind="stable").head(5)
        model["table"] = {
            "caption": words.say("matrix.cuts.caption", n=len(moved)),
            "head": [words.text(f"matrix.cuts.head_{key}") for key in ("customer", "usual", "now", "value", "risk")],
            "rows": [
                [
                    name_of(names, each, words),
                    *(words.text(f"matrix.cell.{cell}") for cell in pair),
                    words.money(amount),
                    words.number(points, 1),
                ]
                for each, *pair, amount, points in zip(
                    largest.index,
                    *(moved.loc[largest.index, when] for when in ("before", "after")),
                    largest,
                    score[largest.index],
                    strict=True,
                )
            ],
            "numeric": [3, 4],
        }
    return model, _bubbles(card, cell, line, at, words, title)


def customer(
    card: pd.DataFrame,
    *,
    words: Words,
    names: Names,
    ownership: pd.Series | None = None,
    only: Sequence[Any] = (),
) -> Bundle:
    """A panel: one customer's risk taken apart, what to do about it, and what it takes off the value.

    `only` names those to choose from; else the valuable at risk stand first.
    """
    cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=matrix.value_cut(card["contribution"]))
    # The valuable at risk first, then other valuable ones, then the rest: whom one would want to know about.
    order = pd.DataFrame({"cell": cell.map({"defend": 0, "core": 1}).fillna(2), "value": -card["contribution"]})
    offered = order.dropna().sort_values(["cell", "value"], kind="stable").groupby("cell").head(OFFERED // 2).index
    offered = pd.Index(only) if only else offered
    todo = matrix.action(cell, card, ownership)
    shown = card.loc[offered].assign(cell=cell.reindex(offered), action=todo.reindex(offered))
    view = panel({"customer": "0"}, partial(customer_answer, shown, words, names), words, height=270)
    return widget(view, words, "matrix.customer.still")


def customer_answer(offered: pd.DataFrame, words: Words, names: Names, values: dict[str, Any]) -> Answer:
    """Show one customer's components, cell, action and risk-adjusted value."""
    ids = list(offered.index)
    place = int(values["customer"]) if 0 <= int(values["customer"]) < len(ids) else 0
    one = offered.iloc[place]
    name = name_of(names, ids[place], words)
    code = "dominant" if one["dominant"] else "none"
    title = words.say(f"matrix.customer.{code}", name=name, risk=float(one["risk"]), component=one["dominant"])
    own = offered.iloc[[place]]
    stays = float(risk.retention(own["risk"]).iloc[0])
    worth = float(risk.adjusted_value(own["contribution"].clip(lower=0), own["risk"]).iloc[0])
    kpis = {
        "value": words.money(one["contribution"]),
        "risk": words.number(one["risk"]),
        "retention": words.percent(stays),
        "worth": words.money(worth),
    }
    options = [
        [str(i), words.say("matrix.customer.option", name=name_of(names, each, words), cell=cell)]
        for i, (each, cell) in enumerate(zip(ids, offered["cell"], strict=True))
    ]
    pick = words.text("matrix.customer.pick")
    model: dict[str, Any] = {
        "controls": [{"kind": "select", "key": "customer", "label": pick, "options": options, "value": str(place)}],
        "kpis": [{"label": words.text(f"matrix.customer.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "blocks": [
            {
                "title": words.say("matrix.customer.todo", cell=one["cell"]),
                "items": [words.text(f"matrix.action.{one['action'] or 'light'}")],
            }
        ],
        "says": title,
    }
    return model, _parts(one, words, title)


def names(marcus: pd.Series, cell: pd.Series, *, words: Words) -> Bundle:
    """Two matrices of one name: Marcus's cells against ours."""
    counts = _pairs(marcus, cell)
    finding = matrix.same_name_finding(marcus, cell)
    return heat(
        counts,
        words,
        title=words.say(finding),
        subtitle=words.say("matrix.names.subtitle", n=int(counts.to_numpy().sum())),
        axes=(words.text("matrix.names.y"), words.text("matrix.names.x")),
        names=(lambda code: words.text(f"matrix.marcus.{code}"), lambda code: words.text(f"matrix.cell.{code}")),
        marked=lambda row, column: row == "best" and column == "core",
    )


def _pairs(marcus: pd.Series, cell: pd.Series) -> pd.DataFrame:
    """Count customers by both, each in the order of its matrix."""
    return pd.crosstab(marcus, cell).reindex(
        index=matrix.CELLS["marcus"], columns=["core", "defend", "standard", "restrict"], fill_value=0
    )


def dear(facts: pd.DataFrame, *, words: Words, names: Names, own: bool = False) -> Bundle:
    """Large customers who cost more than they bring, and what eats the money, by name; a list without costs says so."""
    if own:
        return sentence(words.text("matrix.dear.own"))
    said = words.say(contribution.dear_finding(facts))
    listed = contribution.dear(facts).head(8)
    if listed.empty:
        return sentence(said)
    columns = ("revenue", "cost_of_goods", "cost_to_serve", "contribution")
    heads = [words.text(f"matrix.dear.{key}") for key in ("customer", *columns)]
    rows = [
        [name_of(names, each, words), *map(words.money, amounts)]
        for each, *amounts in zip(listed.index, *(listed[column] for column in columns), strict=True)
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=said, numeric=heads[1:])


def others(placed: Mapping[str, pd.Series], value: pd.Series, *, words: Words, names: Names) -> Bundle:
    """A panel: one customer, its cell in each matrix that the data can fill.

    placed: cells per customer by the name of the matrix; value: who comes first among the choices.
    """
    known = pd.DataFrame(dict(placed)).notna().sum(axis=1)
    order = pd.DataFrame({"known": -known, "value": -value.reindex(known.index)})
    offered = list(order.sort_values(["known", "value"], kind="stable").head(OFFERED).index)
    view = panel({"customer": "0"}, partial(others_answer, placed, offered, words, names), words)
    return widget(view, words, "matrix.others.still")


def others_answer(
    placed: Mapping[str, pd.Series], offered: list[Any], words: Words, names: Names, values: dict[str, Any]
) -> Answer:
    """Name one customer's cell in each matrix."""
    place = int(values["customer"]) if 0 <= int(values["customer"]) < len(offered) else 0
    who = offered[place]
    rows = []
    for code, cells in placed.items():
        cell = cells.get(who)
        kind = "cell" if code == "value_risk" else code
        said = "–" if cell is None or pd.isna(cell) else words.text(f"matrix.{kind}.{cell}")
        rows.append([words.text(f"matrix.others.{code}"), words.text(f"matrix.axes.{code}"), said])
    options = [[str(i), name_of(names, each, words)] for i, each in enumerate(offered)]
    pick = words.text("matrix.customer.pick")
    return {
        "controls": [{"kind": "select", "key": "customer", "label": pick, "options": options, "value": str(place)}],
        "table": {
            "caption": words.say("matrix.others.caption", name=name_of(names, who, words)),
            "head": [words.text(f"matrix.others.head_{key}") for key in ("matrix", "axes", "cell")],
            "rows": rows,
            "numeric": [],
        },
        "notice_label": words.text("classification.notice"),
        "notice": words.text("matrix.others.notice"),
        "says": words.say("matrix.others.caption", name=name_of(names, who, words)),
    }, None


def take_away(card: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """The line that belongs to this list: whom to defend first, and against what."""
    cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=matrix.value_cut(card["contribution"]))
    first = card.loc[cell.index[cell == "defend"]].sort_values("contribution", ascending=False, kind="stable")
    if first.empty:
        return sentence(words.text("matrix.take_away.none"))
    top = first.iloc[0]
    name = name_of(names, first.index[0], words)
    return sentence(words.say("matrix.take_away.some", n=len(first), name=name, component=top["dominant"]))


def _bubbles(card: pd.DataFrame, cell: pd.Series, line: float, at: float, words: Words, title: str) -> Bundle:
    known = card.loc[cell.index]
    root = np.sqrt(known["contribution"].clip(lower=0))
    width = max(float(root.max()) / STEPS, 1e-9) if len(root) else 1.0
    marks = pd.DataFrame(
        {
            "risk": (known["risk"] // 5 * 5 + 2.5).to_numpy(),
            "step": np.rint(root / width).astype(int).to_numpy(),
            "defend": (cell == "defend").to_numpy(),
        }
    )
    marks = marks.groupby(["risk", "step", "defend"]).size().rename("n").reset_index()
    marks["value"] = ((marks["step"] * width) ** 2).round(0)
    across = pd.DataFrame({"risk": [float(at)]})
    along = pd.DataFrame({"value": [round(line)] if np.isfinite(line) else []})
    data = {"marks": marks[["risk", "value", "n", "defend"]], "across": across, "along": along}
    about = words.say("matrix.cells.subtitle", n=len(known))
    return filled(_bubbles_drawn(words.language), words, title=title, subtitle=about, data=data)


@lru_cache(maxsize=2)
def _bubbles_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    x = alt.X("risk:Q", title=words.text("matrix.cells.x"), scale=alt.Scale(domain=[0, 100]))
    label = alt.Axis(labelExpr=money(language), tickCount=5)
    y = alt.Y("value:Q", title=words.text("matrix.cells.y"), scale=alt.Scale(type="sqrt", domainMin=0), axis=label)
    points = alt.Chart(alt.NamedData("marks")).mark_point().encode(
        x, y,
        color=alt.condition("datum.defend", alt.value(FOCUS), alt.value(CONTEXT)),
        fill=alt.condition("datum.defend", alt.value(FOCUS), alt.value("transparent")),
        shape=alt.condition("datum.defend", alt.value("diamond"), alt.value("circle")),
        size=alt.Size("n:Q", scale=alt.Scale(domainMin=1, range=[36, 420]), legend=None),
    )  # fmt: skip
    across = alt.Chart(alt.NamedData("across")).mark_rule().encode(x="risk:Q")
    along = alt.Chart(alt.NamedData("along")).mark_rule(strokeDash=[4, 4]).encode(y="value:Q")
    return skeleton((points + across + along).properties(width=560, height=270), language)


def _parts(one: pd.Series, words: Words, title: str) -> Bundle:
    rows = pd.DataFrame(
        {
            "name": [words.text(f"matrix.component.{code}") for code in risk.COMPONENTS],
            "points": [round(float(one[f"points_{code}"]), 1) for code in risk.COMPONENTS],
            "top": [code == one["dominant"] for code in risk.COMPONENTS],
            "score": [
                words.text("matrix.customer.unknown") if pd.isna(one[code]) else words.number(one[code])
                for code in risk.COMPONENTS
            ],
        }
    )
    about = words.text("matrix.customer.subtitle")
    return filled(_parts_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


@lru_cache(maxsize=2)
def _parts_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"matrix.component.{code}") for code in risk.COMPONENTS]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260))
    tint = alt.condition("datum.top", alt.value(FOCUS), alt.value(CATEGORY[0]))
    x = alt.X("points:Q", title=words.text("matrix.customer.x"), scale=alt.Scale(domain=[0, 60]))
    base = alt.Chart(alt.NamedData("rows")).encode(x, y)
    scores = base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(text="score:N")
    return skeleton((base.mark_bar().encode(color=tint) + scores).properties(width=400, height=150), language)
