"""The welcome page: is this machine ready?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from custlib.content import Finding, Words
from custlib.views.bundle import Bundle, widget
from custlib.views.panel import Answer, panel

Checks = list[tuple[bool, Finding]]


def ready(examine: Callable[[], Checks], *, words: Words) -> Bundle:
    """A panel: is this machine ready, and what to do where it is not; it can look again."""
    view = panel({"again": True}, partial(ready_answer, examine, words), words)
    return widget(view, words, "welcome.ready.still")


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
    return {"controls": [again], "answer_first": True, "list": {"title": title, "items": items}, "says": title}, None
