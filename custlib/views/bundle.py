"""What a cell shows: one MIME bundle, always with a plain sentence in it.

A chart is Vega-Lite for Lab and a sentence for everything else (the builder adds a picture); a widget is its
view and one fixed sentence, so that a committed notebook says what stands there where nothing can be moved.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from custlib.content import Words
from custlib.views.theme import theme

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    from ipywidgets import Widget

Bundle = dict[str, Any]
VEGALITE = "application/vnd.vegalite.v5+json"
WIDGET = "application/vnd.jupyter.widget-view+json"


def sentence(text: str) -> Bundle:
    """A computed sentence; markdown is escaped, so that a customer's name stays a name."""
    return {"text/markdown": escape_markdown(text), "text/plain": text}


def chart(drawing: alt.LayerChart | alt.Chart, words: Words, *, title: str, subtitle: str | Sequence[str]) -> Bundle:
    """A chart under its finding. No text colour is set: Lab supplies black or white ink."""
    return filled(skeleton(drawing, words.language), words, title=title, subtitle=subtitle)


def skeleton(drawing: alt.LayerChart | alt.Chart, language: str) -> dict[str, Any]:
    """A chart's specification without its words. Building one takes far longer than filling one: keep what stays."""
    spec: dict[str, Any] = drawing.to_dict()
    spec |= theme(language)
    # Lab 4.6 bundles Vega-Lite 5.6 and warns of a newer schema; nothing newer than 5.6 is used.
    spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
    # The menu's entries save a picture without a name, or open a web page: neither helps offline.
    spec["usermeta"] = {"embedOptions": {"actions": False, "renderer": "svg"}}
    return spec


def filled(
    spec: Mapping[str, Any],
    words: Words,
    *,
    title: str,
    subtitle: str | Sequence[str],
    data: Mapping[str, pd.DataFrame] | None = None,
) -> Bundle:
    """A chart from its skeleton: title, subtitle, and a table for each data name in it."""
    said = [subtitle] if isinstance(subtitle, str) else list(subtitle)
    lines = [line for part in said for line in wrap(part, words.language)]
    heading = wrap(title, words.language, larger=True)
    text = words.sentences([title + ("。" if words.language == "zh" else "."), *said])
    rows = {} if data is None else {"datasets": {name: frame.to_dict("records") for name, frame in data.items()}}
    return {
        VEGALITE: {**spec, **rows, "title": {"text": heading, "subtitle": lines}, "description": text},
        "text/plain": text,
    }


def widget(panel: tuple[Widget, Bundle | None], words: Words, key: str) -> Bundle:
    """A live panel; where nothing is alive, its first chart stands in its place, and what it is and how to wake it."""
    view, still = panel
    reference = {"version_major": 2, "version_minor": 0, "model_id": view.model_id}
    wake = words.text("common.wake")
    picture: Bundle = {}
    if still is not None:
        spec = still[VEGALITE]
        title = {**spec["title"], "subtitle": [*spec["title"]["subtitle"], wake]}
        picture = {VEGALITE: {**spec, "title": title}}
    return {WIDGET: reference, **picture, "text/plain": words.sentences([words.text(key), wake])}


def table(frame: pd.DataFrame, *, caption: str, numeric: Sequence[str] = ()) -> Bundle:
    """A table of texts that are already written as a reader wants them; every string is escaped."""

    def cell(tag: str, text: object, column: str, scope: str = "") -> str:
        side = ' style="text-align:right"' if column in numeric else ' style="text-align:left"'
        return f"<{tag}{scope}{side}>{html.escape(str(text))}</{tag}>"

    names = [str(name) for name in frame.columns]
    head = "".join(cell("th", name, name, ' scope="col"') for name in names)
    rows = [
        "<tr>"
        + cell("th", row[0], names[0], ' scope="row"')
        + "".join(map(cell, ["td"] * len(row), row[1:], names[1:]))
        + "</tr>"
        for row in frame.itertuples(index=False)
    ]
    caption_html = f'<caption style="text-align:left;font-weight:600">{html.escape(caption)}</caption>'
    body = f"<table>{caption_html}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    lines = [" | ".join(map(str, row)) for row in [names, *frame.itertuples(index=False)]]
    return {"text/html": body, "text/plain": "\n".join([caption, *lines])}


def name_of(names: Mapping[object, str], customer: object, words: Words) -> str:
    """What a reader calls a customer: the name, else the id."""
    return names.get(customer) or str(customer) or words.text("common.unnamed")


def wrap(text: str, language: str, *, larger: bool = False) -> list[str]:
    """Break a title or subtitle into lines a chart of 520 pixels can hold; Chinese breaks after its punctuation."""
    if language == "en":
        return textwrap.wrap(text, 62 if larger else 84)
    lines = [""]
    for part in re.split(r"(?<=[，。；：、）])", text):
        if len(lines[-1]) + len(part) > (32 if larger else 42) and lines[-1]:
            lines.append("")
        lines[-1] += part
    return lines


def escape_markdown(text: str) -> str:
    """Make text stand as it is in markdown and in the HTML made of it."""
    for sign in "\\`*_{}[]<>#|$~":
        text = text.replace(sign, "\\" + sign)
    return text
