"""Estimates with their intervals, one below the other: a dot, and the range the true value may lie in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from custlib.content import Words
from custlib.views.bundle import Bundle, filled, skeleton
from custlib.views.theme import CATEGORY, FOCUS, percent


def spans(
    rows: pd.DataFrame, words: Words, *, title: str, subtitle: str | Sequence[str], axis: str, zero: bool = True
) -> Bundle:
    """Draw rows(name, value, low, high: shares; mark: truth value), in their order; `zero` draws a line at 0."""
    drawn = _drawn(words.language, tuple(rows["name"]), axis, zero)
    data = rows.assign(**{name: rows[name].astype(float).round(4) for name in ("value", "low", "high")})
    return filled(drawn, words, title=title, subtitle=subtitle, data={"rows": data, "zero": pd.DataFrame({"at": [0]})})


@lru_cache(maxsize=32)
def _drawn(language: str, names: tuple[str, ...], axis: str, zero: bool) -> dict[str, Any]:
    label = alt.Axis(labelExpr=percent(language), tickCount=6, labelFlush=False)
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("name:N", sort=list(names), title=None, axis=alt.Axis(labelLimit=260, labelFontSize=13)),
        color=alt.condition("datum.mark", alt.value(FOCUS), alt.value(CATEGORY[0])),
    )
    reach = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title=axis, axis=label, scale=alt.Scale(zero=zero)), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=110).encode(
        x="value:Q", shape=alt.condition("datum.mark", alt.value("diamond"), alt.value("circle"))
    )
    layers = reach + dots
    if zero:
        layers += alt.Chart(alt.NamedData("zero")).mark_rule(strokeDash=[4, 4]).encode(x="at:Q")
    return skeleton(layers.properties(width=400, height=max(90, 36 * len(names))), language)
