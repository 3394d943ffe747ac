"""One line of one's own at the end of a lesson: what to do with it on Monday."""

from __future__ import annotations

from itertools import count
from typing import Any

from custlib.content import Words
from custlib.errors import NotSaved
from custlib.practice.journal import Event, Journal
from custlib.views.bundle import WIDGET, Bundle
from custlib.views.cards.exercise import Card
from custlib.views.panel import LANG, Model

LONGEST = 2_000


def bundle(journal: Journal, lesson: str, *, words: Words) -> Bundle:
    """A card for a goal: it is kept as it is typed, and stands in the page that is taken home."""
    turns = count()
    earlier = [str(each.payload.get("text", "")) for each in journal.events(lesson=lesson, item="goal")]
    kept = {"text": earlier[-1] if earlier else "", "said": words.text("practice.saved") if earlier else ""}
    trouble: list[NotSaved] = []

    def shown() -> Model:
        return {**_model(kept["text"], kept["said"], trouble, words), "turn": next(turns)}

    def on_message(view: Card, content: Any, buffers: object) -> None:
        answer = content.get("answer") if isinstance(content, dict) else None
        text = answer.get("text") if isinstance(answer, dict) else None
        if isinstance(text, str) and len(text) > LONGEST:
            kept["said"] = words.say("practice.too_long", length=len(text), most=LONGEST)
        elif isinstance(text, str):
            trouble.clear()
            try:
                if text != kept["text"]:
                    journal.append(Event(lesson, "goal", "goal", {"text": text}))
                kept["said"] = words.text("practice.saved")
            except NotSaved as problem:
                trouble.append(problem)
            kept["text"] = text
        view.model = shown()

    view = Card(model=shown())
    view.on_msg(on_message)
    reference = {"version_major": 2, "version_minor": 0, "model_id": view.model_id}
    return {WIDGET: reference, "text/plain": words.text("practice.goal.question")}


def _model(text: str, said: str, trouble: list[NotSaved], words: Words) -> Model:
    saved = {"ok": not trouble, "text": words.error(trouble[0]) if trouble else said}
    label = words.text("practice.goal.label")
    return {
        "lang": LANG[words.language],
        "number": words.text("practice.goal.title"),
        "kind": "",
        "state": "goal",
        "chip": {"icon": "ring", "class": "", "text": words.text("practice.goal.chip")},
        "question": [words.text("practice.goal.question")],
        "given": None,
        "control": {"kind": "free", "label": label, "rubric": [], "legend": ""},
        "answer": {"text": text, "ticks": []},
        "round": 0,
        "locked": False,
        "buttons": {"check": words.text("practice.goal.keep")},
        "meta": "",
        "saved": saved,
        "dead": words.text("practice.dead"),
        "feedback": [],
    }
