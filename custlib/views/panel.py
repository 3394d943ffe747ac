"""A panel: controls to move, figures that answer, one thing to notice. State stays in Python.

The browser sends `{"set": key, "value": …}`, Python answers with a complete model, and the module redraws what
changed. A chart above the panel is drawn by Lab itself from the bundle the panel's function returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from ipywidgets import Layout, Output, VBox

from custlib.content import Words
from custlib.errors import as_custlib
from custlib.views.bundle import Bundle

STATIC = Path(__file__).parent / "static"
LANG = {"en": "en", "zh": "zh-Hans"}
Model = dict[str, Any]
Answer = tuple[Model, Bundle | None]


@lru_cache(maxsize=1)
def style() -> str:
    """The workbook's tokens and components, once per page."""
    return (STATIC / "tokens.css").read_text("utf-8") + (STATIC / "ui.css").read_text("utf-8")


class Panel(anywidget.AnyWidget):
    """Draw a model and send back what the reader moved."""

    _esm = (STATIC / "panel.js").read_text("utf-8")
    _css = style()
    model = traitlets.Dict().tag(sync=True)


def panel(
    values: Mapping[str, Any],
    answer: Callable[[dict[str, Any]], Answer],
    words: Words,
    *,
    height: int = 0,
    below: bool = False,
) -> tuple[VBox, Bundle | None]:
    """Put a chart (where `answer` gives one) above its controls, or below what they answer.

    `answer(values) -> (model, chart or None)` is called at once and after each move; an unknown key is ignored,
    so that a page can set only what the panel has. An error becomes the panel's notice.
    Returns the widget and its first chart, for pages where nothing moves.
    """
    state = dict(values)
    turns = count()
    # The reserved height keeps the page from jumping while Lab redraws the chart.
    chart = Output(layout=Layout(min_height=f"{height}px")) if height else None

    def asked() -> tuple[Model, Bundle | None]:
        model, bundle = answer(dict(state))
        if chart is not None and bundle is not None:
            chart.outputs = ({"output_type": "display_data", "data": bundle, "metadata": {}},)
        # A number that grows tells the browser that its move was answered, even where nothing changed.
        return {"lang": LANG[words.language], **model, "turn": next(turns)}, bundle

    def on_message(view: Panel, content: Any, buffers: object) -> None:
        if isinstance(content, dict) and content.get("set") in state:
            kept = state[content["set"]]
            try:
                state[content["set"]] = content.get("value")
                view.model = asked()[0]
            except Exception as error:
                state[content["set"]] = kept
                told = {"notice_label": "", "notice": words.error(as_custlib(error)), "turn": next(turns)}
                view.model = {**view.model, **told}

    # Opened with its model: a browser that draws between an empty start and the first change finds nothing to draw.
    first, still = asked()
    view = Panel(model=first)
    view.on_msg(on_message)
    if chart is None:
        return VBox([view]), None
    return VBox([view, chart] if below else [chart, view]), still


def slider(key: str, label: str, value: int, shown: str, bounds: tuple[int, int, int]) -> Model:
    """A control to slide: its place in the answer, the words for its value, and lowest, highest and step."""
    low, high, step = bounds
    place = {"min": low, "max": high, "step": step, "value": value}
    return {"kind": "range", "key": key, "label": label, **place, "shown": shown}
