"""A talk of one's own, as a lesson shows it."""

from __future__ import annotations

from functools import partial

from custlib.content import Words
from custlib.views.bundle import Bundle, widget
from custlib.views.cards.own_talk import Begun, bench_answer
from custlib.views.panel import panel


def bench(talk: Begun, *, words: Words) -> Bundle:
    """A panel: lay the template out, and have the talk judged."""
    view = panel({"begin": False, "check": False}, partial(bench_answer, talk.begin, talk.judge, words), words)
    return widget(view, words, "own_talk.still")
