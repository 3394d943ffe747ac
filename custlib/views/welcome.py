"""The welcome page: what there is to learn, and whether this machine is ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from custlib.content import Finding, Words
from custlib.views.bundle import Bundle, escape_markdown, widget
from custlib.views.panel import Answer, panel

Checks = list[tuple[bool, Finding]]


def contents(lessons: pd.DataFrame, *, words: Words) -> Bundle:
    """The lessons as links, with the minutes each takes; the page itself is left out."""
    rows = [one for one in lessons.itertuples() if not str(one.id).startswith("00_")]
    heads = [words.text(f"welcome.contents.{key}") for key in ("lesson", "minutes")]
    said = [
        (f"{str(one.id)[:2]} {one.title}", f"{one.id}.ipynb", words.say("welcome.contents.about", n=one.minutes))
        for one in rows
    ]
    lines = [
        f"| {heads[0]} | {heads[1]} |",
        "|:--|:--|",
        *(f"| [{escape_markdown(name)}]({file}) | {time} |" for name, file, time in said),
    ]
    return {"text/markdown": "\n".join(lines), "text/plain": "\n".join(f"{name} · {time}" for name, _, time in said)}


def ready(examine: Callable[[], Checks], *, words: Words) -> Bundle:
    """A panel: is this machine ready, and what to do where it is not; it can look again."""
    view = panel({"again": True}, partial(ready_answer, examine, words), words)
    return widget(view, words.text("welcome.ready.still"))


def ready_answer(examine: Callable[[], Checks], words: Words, values: dict[str, Any]) -> Answer:
    """Look at the machine now, and say each finding."""
    checks = examine()
    wrong = sum(not ok for ok, _ in checks)
    title = words.say("doctor.mend", n=wrong) if wrong else words.text("doctor.all_ok")
    state = {True: "ok", False: "mend"}
    items = [
        {"state": state[ok], "said": words.text(f"welcome.ready.{state[ok]}"), "text": words.say(each)}
        for ok, each in checks
    ]
    again = {"kind": "button", "key": "again", "label": words.text("welcome.ready.again")}
    return {"controls": [again], "list": {"title": title, "items": items}, "says": title}, None
