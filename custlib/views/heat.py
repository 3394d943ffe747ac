"""A table of counts drawn as a grid: two classifications of the same customers, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from custlib.content import Words
from custlib.views.bundle import Bundle, filled, skeleton
from custlib.views.theme import FOCUS, SEQUENTIAL

Names = tuple[str, ...]


def heat(
    counts: pd.DataFrame,
    words: Words,
    *,
    title: str,
    subtitle: str | Sequence[str],
    axes: tuple[str, str],
    names: tuple[Callable[[str], str], Callable[[str], str]],
    marked: Callable[[str, str], bool] = lambda row, column: False,
) -> Bundle:
    """Draw counts(rows × columns) with a word for each row and column; `marked` says which cells are outlined.

    `axes` names what stands upwards and what to the right, `names` gives the words of their codes.
    """
    rows = tuple(names[0](str(code)) for code in counts.index)
    columns = tuple(names[1](str(code)) for code in counts.columns)
    figures = counts.to_numpy()
    top = figures.max(initial=1)
    cells = [
        {"row": row, "column": column, "n": int(n), "pale": bool(n > 0.68 * top), "mark": marked(str(a), str(b))}
        for a, row, line in zip(counts.index, rows, figures, strict=True)
        for b, column, n in zip(counts.columns, columns, line, strict=True)
    ]
    drawn = _drawn(words.language, rows, columns, axes)
    return filled(drawn, words, title=title, subtitle=subtitle, data={"cells": pd.DataFrame(cells)})


@lru_cache(maxsize=32)
def _drawn(language: str, rows: Names, columns: Names, axes: tuple[str, str]) -> dict[str, Any]:
    base = alt.Chart(alt.NamedData("cells")).encode(
        x=alt.X("column:N", sort=list(columns), title=axes[1], axis=alt.Axis(labelAngle=0, titleAnchor="end")),
        y=alt.Y("row:N", sort=list(rows), title=axes[0]),
    )
    shade = alt.Scale(domainMin=0, range=SEQUENTIAL, interpolate="lab")
    ink = alt.condition("datum.pale", alt.value("#ffffff"), alt.value("#000000"))
    layers = (
        base.mark_rect().encode(color=alt.Color("n:Q", scale=shade, legend=None))
        + base.mark_text(fontSize=15, fontWeight=600).encode(text=alt.Text("n:Q", format=","), color=ink)
        + base.transform_filter("datum.mark").mark_rect(fill=None, stroke=FOCUS, strokeWidth=3)
    )
    return skeleton(layers.properties(width=max(220, 105 * len(columns)), height=max(70, 52 * len(rows))), language)
