"""The welcome page: is this machine ready?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from custlib.content import Finding, Words
from custlib.practice.progress import Standing
from custlib.practice.results import Change
from custlib.views.bundle import Bundle, widget
from custlib.views.cards.takehome import changes_answer
from custlib.views.panel import Answer, panel

Checks = list[tuple[bool, Finding]]
Standings = Mapping[str, Sequence[Standing]]


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


def progress(look: Callable[[], Standings], *, words: Words) -> Bundle:
    """A panel: what is done in each lesson, what is open, what is worth doing again; it can look again."""
    view = panel({"again": True}, partial(progress_answer, look, words), words)
    return widget(view, words, "practice.progress.still")


def progress_answer(look: Callable[[], Standings], words: Words, values: dict[str, Any]) -> Answer:
    """Look into the journal now, and list the exercises of each lesson."""
    found = look()
    done = sum(each.state == "done" for each in _all(found))
    caption = words.say("practice.progress.caption", done=done, all=len(_all(found)))
    head = [words.text(f"practice.progress.{name}") for name in ("lesson", "done", "open", "repeat")]
    rows = [[lesson[:2], *_columns(items, lesson, words)] for lesson, items in found.items()]
    again = {"kind": "button", "key": "again", "label": words.text("practice.progress.again")}
    table = {"caption": caption, "head": head, "rows": rows}
    return {"controls": [again], "answer_first": True, "table": table, "says": caption}, None


def changes(look: Callable[[], Sequence[Change]], *, words: Words) -> Bundle:
    """A panel: both tests side by side, topic by topic; it can look again."""
    view = panel({"again": True}, partial(changes_answer, look, words), words)
    return widget(view, words, "changes.still")


def _all(found: Standings) -> list[Standing]:
    return [each for items in found.values() for each in items]


def _columns(items: Sequence[Standing], lesson: str, words: Words) -> list[str]:
    """The exercises of a lesson that are done, open, and worth doing again, by the numbers on their cards."""
    numbers = {each.item: f"{int(lesson[:2])}.{place}" for place, each in enumerate(items, 1)}
    parts = (
        [numbers[each.item] for each in items if each.state == "done"],
        [numbers[each.item] for each in items if each.state == "open"],
        [numbers[each.item] for each in items if each.again],
    )
    return [words.join(part) if part else words.text("practice.progress.none") for part in parts]
