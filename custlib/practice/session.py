"""One exercise in work: what was answered, which hints are open, what may be done next.

A state changes through events alone, so that the events of the journal give it back: `restore` is `apply` over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from custlib.content import Finding
from custlib.errors import NotSaved
from custlib.practice.bank import Free, Roleplay
from custlib.practice.checking import Feedback, check, clean
from custlib.practice.journal import Event, Journal
from custlib.practice.problem import Problem

KINDS = {"check": "answered", "draft": "draft", "hint": "hint", "solution": "solution", "restart": "restarted"}


@dataclass(frozen=True)
class State:
    """An exercise as it stands. `attempts` above 0 is assessment: so many tries, no hints, nothing told."""

    problem: Problem
    attempts: int = 0
    answer: Any = None
    feedback: Feedback | None = None
    hints: int = 0
    tries: int = 0
    shown: bool = False
    round: int = 0

    @property
    def assessed(self) -> bool:
        return self.attempts > 0

    @property
    def name(self) -> str:
        """What the card's head says: not_attempted, hint, incorrect, partly, correct, cannot_check, recorded."""
        if self.problem.trouble is not None:
            return "cannot_check"
        if self.feedback is not None and self.assessed and self.tries:
            return "recorded"
        if self.feedback is not None and self.feedback.outcome != "not_attempted":
            return self.feedback.state
        return "hint" if self.hints else "not_attempted"

    @property
    def can(self) -> frozenset[str]:
        """What may be done now."""
        may = {"draft", "check"} if not self.assessed or self.tries < self.attempts else set()
        if not self.assessed:
            may |= {"solution", "restart"} | ({"hint"} if self.hints < len(self.problem.exercise.hints) else set())
        return frozenset(may)


def apply(state: State, event: Event) -> State:
    """The state after one event; events of other data, and kinds that are not an exercise's, change nothing."""
    if event.payload.get("variant") != state.problem.variant:
        return state
    answer = event.payload.get("answer")
    match event.kind:
        case "answered":
            feedback = check(state.problem, answer)
            counted = feedback.outcome in ("correct", "incorrect")
            return replace(state, answer=answer, feedback=feedback, tries=state.tries + counted)
        case "draft":
            return replace(state, answer=answer)
        case "hint":
            return replace(state, hints=min(state.hints + 1, len(state.problem.exercise.hints)))
        case "solution":
            return replace(state, shown=True)
        case "restarted" if not state.assessed:
            return State(state.problem, state.attempts, round=state.round + 1)
    return state


def restore(problem: Problem, events: Iterable[Event], *, attempts: int = 0) -> State:
    """The state that a participant left, from the journal."""
    return reduce(apply, events, State(problem, attempts))


def event(state: State, lesson: str, do: str, given: Any = None) -> Event | Feedback | None:
    """What an intent becomes: an event to be written, a refusal to be shown, or nothing where it may not be done."""
    if do not in state.can:
        return None
    payload: dict[str, Any] = {"variant": state.problem.variant}
    if do in ("check", "draft"):
        answer = clean(state.problem, given)
        if isinstance(answer, Finding):
            return Feedback("cannot_check", (answer,))
        if do == "draft" and answer == state.answer:
            return None
        payload["answer"] = answer
    if do == "check":
        outcome = check(state.problem, answer).outcome
        # What a person ticks about their own text is no result of an assessment.
        withheld = state.assessed and isinstance(state.problem.exercise, Free) and outcome != "not_attempted"
        payload |= {"outcome": "cannot_check" if withheld else outcome, "assessed": state.assessed}
    return Event(lesson, state.problem.exercise.id, KINDS[do], payload)


def restarted(lesson: str, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that begin every exercise of a lesson anew, on each data it was worked on; nothing is erased."""
    found = {(each.item, each.payload.get("variant")) for each in events if each.lesson == lesson}
    begun = sorted((item, str(variant)) for item, variant in found if variant)
    return tuple(Event(lesson, item, "restarted", {"variant": variant}) for item, variant in begun)


class Session:
    """An exercise open in a cell: takes an intent, changes the state, and writes before it says so."""

    def __init__(self, problem: Problem, journal: Journal, lesson: str, *, attempts: int = 0) -> None:
        self.journal, self.lesson = journal, lesson
        exercise = problem.exercise
        events = journal.events(lesson=lesson, item=exercise.id)
        self.state = restore(problem, events, attempts=attempts)
        if isinstance(exercise, Roleplay) and (runs := self._runs()):
            self.state = replace(self.state, feedback=check(problem, runs))
        self.trouble: NotSaved | None = journal.trouble
        self.saved = bool(events)

    def do(self, intent: Mapping[str, Any]) -> State:
        """One intent of a reader: `do` is check, draft, hint, solution or restart, `answer` what is in the card.

        Anything else is ignored. Where the journal cannot write, `trouble` says so and the work goes on in memory.
        """
        given = self._runs() if isinstance(self.state.problem.exercise, Roleplay) else intent.get("answer")
        made = event(self.state, self.lesson, str(intent.get("do")), given)
        if isinstance(made, Feedback):
            self.state = replace(self.state, feedback=made)
        elif made is not None:
            try:
                self.journal.append(made)
                self.trouble = None
            except NotSaved as trouble:
                self.trouble = trouble
            self.saved = self.trouble is None
            self.state = apply(self.state, made)
        return self.state

    def _runs(self) -> list[Mapping[str, Any]]:
        """The runs of a role-play exercise's conversation that came to an end: the journal's word, not the page's."""
        exercise = self.state.problem.exercise
        assert isinstance(exercise, Roleplay)
        return [each.payload for each in self.journal.events(item=exercise.scenario) if each.kind == "finished"]
