"""A participant's results: as rows for a file, with nothing of a list of their own, and as before and after the course."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from custlib.content import Finding
from custlib.practice.journal import Event

COLUMNS = ("at", "participant", "lesson", "item", "kind", "outcome", "assessed", "variant", "answer")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(events: Iterable[Event], participant: str) -> list[dict[str, str]]:
    """One row per event in COLUMNS. Drafts are left out; on a list of one's own, so is every answer.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets write text.
    """
    return [_row(event, participant) for event in events if event.kind != "draft"]


def _row(event: Event, participant: str) -> dict[str, str]:
    payload: Mapping[str, Any] = event.payload
    variant = str(payload.get("variant", ""))
    own = variant.startswith("own")
    answer = payload.get("answer", payload.get("text", ""))
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    row = {
        "at": event.at,
        "participant": participant,
        "lesson": event.lesson,
        "item": event.item,
        "kind": event.kind,
        "outcome": str(payload.get("outcome", "")),
        "assessed": "yes" if payload.get("assessed") else "",
        # Even a digest of a list of one's own stays at home.
        "variant": "own" if own else variant,
        "answer": "" if own or answer in (None, "") else text,
    }
    return {name: f"'{value}" if value.startswith(FORMULA) else value for name, value in row.items()}


@dataclass(frozen=True)
class Change:
    """One topic in the test before and in the test after the course: `before` and `after` are correct, incorrect, or
    empty where that item was not handed in. Both stay empty until both were: nothing is told of half a pair."""

    topic: str
    before: str = ""
    after: str = ""


def changes(items: Mapping[str, Sequence[tuple[str, str]]], events: Iterable[Event]) -> tuple[Change, ...]:
    """Set both tests side by side. items: topic → (lesson, item) before and after; what was handed in first counts."""
    first: dict[tuple[str, str], str] = {}
    for event in events:
        outcome = str(event.payload.get("outcome")) if event.payload.get("assessed") else ""
        if event.kind == "answered" and outcome in ("correct", "incorrect"):
            first.setdefault((event.lesson, event.item), outcome)
    pairs = {topic: tuple(first.get(place, "") for place in places) for topic, places in items.items()}
    return tuple(
        Change(topic, *pair) if len(pair) == 2 and all(pair) else Change(topic) for topic, pair in pairs.items()
    )


def change_finding(found: Sequence[Change]) -> Finding:
    """Count what was right before and after, of the topics handed in both times: `changes.more`, `.fewer`, `.same`,
    or `.open` where there is no such topic. Values: pairs, all, before, after."""
    pairs = [each for each in found if each.before]
    before, after = (sum(getattr(each, when) == "correct" for each in pairs) for when in ("before", "after"))
    code = "open" if not pairs else "more" if after > before else "fewer" if after < before else "same"
    return Finding(f"changes.{code}", {"pairs": len(pairs), "all": len(found), "before": before, "after": after})
