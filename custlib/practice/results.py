"""A participant's results as rows for a file: what was done and how it went, and nothing of a list of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

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
