"""A talk of one's own: laid out, judged, and every fault with its place and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from custlib.content import Finding, Words
from custlib.errors import CustlibError
from custlib.views.panel import Answer

SHOWN = 6  # faults listed at once: a beginner mends one after the other


@dataclass(frozen=True)
class Judged:
    """What was found of a file: whether it is there, its faults, or why it cannot be read; of a sound one how many
    ways lead through it, and what chance scores (0 to 100)."""

    name: str
    there: bool = False
    faults: tuple[Finding, ...] = ()
    problem: CustlibError | None = None
    paths: int = 0
    mean: float = 0.0


class Begun(Protocol):
    """Where the talk lies."""

    def begin(self) -> None: ...

    def judge(self) -> Judged: ...


def bench_answer(
    begin: Callable[[], None], judge: Callable[[], Judged], words: Words, values: dict[str, Any]
) -> Answer:
    """Lay the template out where that was asked for and nothing is there, and say what the linter says."""
    if values["begin"]:
        begin()
    found = judge()
    if not found.there:
        title = words.say("own_talk.none", name=found.name)
    elif found.problem is not None:
        title = words.say("own_talk.unreadable", name=found.name)
    elif found.faults:
        title = words.say("lint.title", name=found.name, count=len(found.faults))
    else:
        title = words.say("own_talk.sound", name=found.name, paths=found.paths, mean=found.mean)
    lines = [words.say("lint.at", path=found.name, place=each.values["place"], text=[each]) for each in found.faults]
    lines = [words.error(found.problem)] if found.problem is not None else lines
    items = [{"state": "mend", "said": words.text("own_talk.mend"), "text": line} for line in lines[:SHOWN]]
    more = [words.say("own_talk.more", n=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    controls = [
        {"kind": "button", "key": key, "label": words.text(f"own_talk.{key}")}
        for key in (("check",) if found.there else ("begin",))
    ]
    return {
        "controls": controls,
        "list": {"title": title, "items": items},
        "notice_label": words.text("own_talk.label"),
        "notice": words.sentences([*more, words.text(f"own_talk.next.{_next(found)}")]),
        "says": title,
    }, None


def _next(found: Judged) -> str:
    if not found.there:
        return "begin"
    return "mend" if found.faults or found.problem is not None else "sound"
