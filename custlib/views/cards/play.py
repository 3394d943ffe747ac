"""The conversation on the screen: a click goes to the stage, and what the stage has become is drawn.

The browser draws the model and sends what was done (`{"do": "choose", "key": "t1b"}`). It decides nothing.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import anywidget
import traitlets

from custlib.content import Words
from custlib.practice.stage import Stage
from custlib.views.cards.talk import play_model
from custlib.views.panel import LANG, STATIC, style


class Conversation(anywidget.AnyWidget):
    """Draw a conversation and send back what the reader did."""

    _esm = (STATIC / "dom.js").read_text("utf-8") + (STATIC / "play.js").read_text("utf-8")
    _css = style() + (STATIC / "play.css").read_text("utf-8")
    model = traitlets.Dict().tag(sync=True)


def conversation(stage: Stage, words: Words, *, pair: str = "") -> Conversation:
    """Put a stage on the screen. `pair` is the title of the scenario with the same facts and another style."""
    turns = count()

    def shown(done: str = "", restored: str = "") -> dict[str, Any]:
        moved = {"done": done, "restored": restored, "n": next(turns)}
        return {"lang": LANG[words.language], **play_model(stage, words, pair=pair), **moved}

    def on_message(view: Conversation, content: Any, buffers: object) -> None:
        if isinstance(content, dict):
            last = stage.play.keys[-1:]
            stage.act(content)
            done = str(content.get("do", ""))
            view.model = shown(done, last[0] if done == "undo" and last else "")

    view = Conversation(model=shown())
    view.on_msg(on_message)
    return view
