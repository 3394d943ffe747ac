"""What a participant has done, what is open, and what is worth doing again: read from the journal's events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from custlib.practice.journal import Event

ORDER = ("not_attempted", "cannot_check", "incorrect", "correct")


@dataclass(frozen=True)
class Standing:
    """How one exercise stands. `first` and `best` are outcomes; what counts is counted up to the first right answer."""

    lesson: str
    item: str
    state: Literal["open", "begun", "done"]
    first: str
    best: str
    tries: int
    hints: int
    solution: bool

    @property
    def again(self) -> bool:
        """Worth doing again: begun and not done, or done only with several tries, hints or the answer shown."""
        return self.state == "begun" or (self.state == "done" and (self.tries > 2 or self.hints > 1 or self.solution))


def standing(lesson: str, item: str, events: Iterable[Event]) -> Standing:
    """How one exercise stands after these events of it, whatever the data it was set on."""
    own = [each for each in events if (each.lesson, each.item) == (lesson, item)]
    outcomes = [str(each.payload.get("outcome", "")) for each in own if each.kind == "answered"]
    counted = [each for each in outcomes if each in ("correct", "incorrect")]
    kinds = [each.kind for each in own]
    # A solution seen after the first right answer takes nothing away from it.
    until = next((i for i, each in enumerate(own) if each.payload.get("outcome") == "correct"), len(own))
    return Standing(
        lesson,
        item,
        "done" if "correct" in counted or "finished" in kinds else "begun" if own else "open",
        counted[0] if counted else "not_attempted",
        max(outcomes, key=lambda each: ORDER.index(each) if each in ORDER else -1, default="not_attempted"),
        counted.index("correct") + 1 if "correct" in counted else len(counted),
        kinds[:until].count("hint"),
        "solution" in kinds[:until],
    )


def standings(lesson: str, items: Sequence[str], events: Iterable[Event]) -> tuple[Standing, ...]:
    """How each exercise of a lesson stands, in their order."""
    events = tuple(events)
    return tuple(standing(lesson, item, events) for item in items)


def goals(events: Iterable[Event]) -> tuple[str, ...]:
    """The goals a participant set, the newest of each place."""
    latest = {(each.lesson, each.item): str(each.payload.get("text", "")) for each in events if each.kind == "goal"}
    return tuple(text for text in latest.values() if text.strip())
