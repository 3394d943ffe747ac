"""A table of counts drawn as a grid: two classifications of the same customers, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import altair as alt
import pandas as pd

from custlib.content import Words
from custlib.views.bundle import Bundle, chart
from custlib.views.theme import FOCUS, SEQUENTIAL


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
    rows = [names[0](str(code)) for code in counts.index]
    columns = [names[1](str(code)) for code in counts.columns]
    figures = counts.to_numpy()
    cells = pd.DataFrame(
        [
            {"row": row, "column": column, "n": int(figures[i, j]), "mark": marked(str(a), str(b))}
            for i, (a, row) in enumerate(zip(counts.index, rows, strict=True))
            for j, (b, column) in enumerate(zip(counts.columns, columns, strict=True))
        ],
        columns=["row", "column", "n", "mark"],
    )
    top = max(1, int(cells["n"].max()) if len(cells) else 1)
    axis = alt.Axis(labelAngle=0, titleAnchor="end")
    base = alt.Chart(cells).encode(
        x=alt.X("column:N", sort=columns, title=axes[1], axis=axis),
        y=alt.Y("row:N", sort=rows, title=axes[0]),
    )
    shade = alt.Scale(domain=[0, top], range=SEQUENTIAL, interpolate="lab")
    ink = alt.condition(f"datum.n > {top * 0.68:.0f}", alt.value("#ffffff"), alt.value("#000000"))
    layers = (
        base.mark_rect().encode(color=alt.Color("n:Q", scale=shade, legend=None))
        + base.mark_text(fontSize=15, fontWeight=600).encode(text=alt.Text("n:Q", format=","), color=ink)
        + base.transform_filter("datum.mark").mark_rect(fill=None, stroke=FOCUS, strokeWidth=3)
    )
    size = {"width": max(220, 105 * len(columns)), "height": max(70, 52 * len(rows))}
    return chart(layers.properties(**size), words, title=title, subtitle=subtitle)
