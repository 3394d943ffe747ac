"""The stage: one participant in one scenario. The one place where a play changes; each change is written at once.

A screen or a terminal sends what was done, the stage answers with the new state, and the journal has it before
anything is drawn. What the journal holds is enough to go on after a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from custlib.errors import BadSetting, CustlibError, NotSaved, PlayRefused
from custlib.practice.debrief import Debrief, debrief
from custlib.practice.journal import Event
from custlib.practice.play import CustomerFacts, Play, Rules, back_to, begin, choose, replay, undo
from custlib.practice.scenarios import Scenario
from custlib.practice.scoring import result
from custlib.practice.watch import Spotted, mined_turns, perform, spot

CHOSEN, FINISHED, WATCHED = "chosen", "finished", "watched"
LONGEST_ANSWER = 2_000

Scene = Literal["talk", "questions", "debrief", "watch"]


class Store(Protocol):
    """Where events go: the journal, or nothing at all."""

    def append(self, event: Event) -> None: ...

    def events(self, *, lesson: str | None = None, item: str | None = None) -> tuple[Event, ...]: ...


@dataclass(frozen=True)
class Past:
    """Results of finished runs in their order."""

    scores: tuple[float, ...] = ()

    @property
    def first(self) -> float | None:
        return self.scores[0] if self.scores else None

    @property
    def best(self) -> float | None:
        return max(self.scores, default=None)

    @property
    def last(self) -> float | None:
        return self.scores[-1] if self.scores else None


@dataclass(frozen=True)
class Watching:
    """A conversation being watched: which, the turns named so far, and what came of it once compared."""

    which: Literal["good", "bad"]
    play: Play
    named: frozenset[int] = frozenset()
    spotted: Spotted | None = None


class Stage:
    """Holds the play, the answers to the debrief's questions, and the results so far."""

    def __init__(
        self,
        scenario: Scenario,
        store: Store | None = None,
        *,
        lesson: str = "",
        rules: Rules | None = None,
        customer: CustomerFacts | None = None,
    ) -> None:
        self.scenario = scenario
        self.customer = customer
        self.scene: Scene = "talk"
        self.answers: tuple[str, ...] = ("",) * len(scenario.debrief.questions)
        self.run = 1
        self.past = Past()
        self.resumed = self.renewed = False
        self.trouble: CustlibError | None = None
        self.watching: Watching | None = None
        self._lesson = lesson
        self._store = store
        self.play = begin(scenario, rules, customer)
        self._resume()

    @property
    def item(self) -> str:
        return self.scenario.id

    @property
    def keeps(self) -> bool:
        """Whether what happens here is written down."""
        return self._store is not None

    @property
    def rules(self) -> Rules:
        return self.play.rules

    @property
    def attempts_left(self) -> int | None:
        """How many runs an assessment still allows after this one; None without a limit."""
        rules = self.rules
        return max(rules.attempts - self.run, 0) if rules.assessment and rules.attempts else None

    @property
    def may_see(self) -> bool:
        """Whether the debrief may be shown: an assessment keeps it until the last attempt is used."""
        return not self.rules.assessment or not self.attempts_left

    def look_back(self) -> Debrief:
        """The debrief of the finished play."""
        if not self.play.over:
            raise PlayRefused(reason="not_over")
        return debrief(self.play)

    def act(self, message: Mapping[str, Any]) -> None:
        """Do what a screen asks for: `{"do": "choose", "key": "t1b"}`. What cannot be done becomes `trouble`."""
        acts: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "choose": self._choose,
            "undo": self._undo,
            "restart": self._restart,
            "level": self._level,
            "answers": self._answers,
            "debrief": self._debrief,
            "back_to": self._back_to,
            "watch": self._watch,
            "name": self._name,
            "compare": self._compare,
            "leave": self._leave,
        }
        act = acts.get(str(message.get("do")))
        if act is None:
            return
        self.trouble, self.resumed, self.renewed = None, False, False
        try:
            act(message)
        except CustlibError as error:
            self.trouble = error

    def _choose(self, message: Mapping[str, Any]) -> None:
        self.play = choose(self.play, str(message.get("key")))
        if self.play.over:
            self.scene = "questions"
            outcome = result(self.play)
            self.past = Past((*self.past.scores, outcome.score))
            self._write(CHOSEN, self._state())
            self._write(FINISHED, {**self._state(), **self._outcome()})
        else:
            self._write(CHOSEN, self._state())

    def _undo(self, message: Mapping[str, Any]) -> None:
        self.play = undo(self.play)
        self.scene = "talk"
        self._write(CHOSEN, self._state())

    def _restart(self, message: Mapping[str, Any]) -> None:
        if self.rules.assessment and self.attempts_left == 0:
            raise PlayRefused(reason="attempts")
        self.run += 1
        self.play = begin(self.scenario, self.rules, self.customer)
        self.scene, self.watching = "talk", None
        self.answers = ("",) * len(self.answers)
        self._write(CHOSEN, self._state())

    def _level(self, message: Mapping[str, Any]) -> None:
        if self.rules.assessment or self.play.steps:
            raise PlayRefused(reason="level_fixed")
        level = message.get("level")
        if level not in (1, 2, 3):
            raise BadSetting(name="level", value=level, allowed="1, 2, 3")
        self.play = replace(self.play, rules=replace(self.rules, level=level))
        self._write(CHOSEN, self._state())

    def _answers(self, message: Mapping[str, Any]) -> None:
        given = message.get("answers")
        if not isinstance(given, list) or len(given) != len(self.answers):
            return
        self.answers = tuple(str(each)[:LONGEST_ANSWER] for each in given)
        self._write(CHOSEN, self._state())

    def _debrief(self, message: Mapping[str, Any]) -> None:
        if not self.play.over:
            raise PlayRefused(reason="not_over")
        if "answers" in message:
            self._answers(message)
        if not self.may_see:
            raise PlayRefused(reason="withheld")
        self.scene = "debrief"
        self._write(CHOSEN, self._state())

    def _back_to(self, message: Mapping[str, Any]) -> None:
        step = message.get("step")
        if self.rules.assessment:
            raise PlayRefused(reason="assessment")
        self.play = back_to(self.play, step if isinstance(step, int) else -1)
        self.run += 1
        self.scene = "talk"
        self._write(CHOSEN, self._state())

    def _watch(self, message: Mapping[str, Any]) -> None:
        which: Literal["good", "bad"] = "bad" if message.get("which") == "bad" else "good"
        if self.rules.assessment:
            raise PlayRefused(reason="assessment")
        keys = self.scenario.reversal.bad if which == "bad" else self.scenario.reversal.good
        self.watching = Watching(which, perform(self.scenario, keys, self.customer))
        self.scene = "watch"

    def _name(self, message: Mapping[str, Any]) -> None:
        turn = message.get("turn")
        if self.watching is not None and isinstance(turn, int) and self.watching.spotted is None:
            self.watching = replace(self.watching, named=self.watching.named ^ {turn})

    def _compare(self, message: Mapping[str, Any]) -> None:
        if self.watching is None:
            return
        spotted = spot(self.watching.play, self.watching.named)
        self.watching = replace(self.watching, spotted=spotted)
        counts = {"found": len(spotted.found), "missed": len(spotted.missed), "false": len(spotted.false_alarms)}
        self._write(WATCHED, {"which": self.watching.which, **counts})

    def _leave(self, message: Mapping[str, Any]) -> None:
        self.watching = None
        self.scene = "talk" if not self.play.over else "questions"

    def mines_watched(self) -> dict[int, tuple[str, ...]]:
        """The mines of the conversation being watched, by turn."""
        return mined_turns(self.watching.play) if self.watching else {}

    def _state(self) -> dict[str, Any]:
        return {
            "digest": self.scenario.digest,
            "version": self.scenario.version,
            "customer": self.customer.id if self.customer else "",
            "run": self.run,
            "level": self.rules.level,
            "assessed": self.rules.assessment,
            "seed": self.rules.seed,
            "keys": list(self.play.keys),
            "scene": "talk" if self.scene == "watch" else self.scene,
            "answers": list(self.answers),
        }

    def _outcome(self) -> dict[str, Any]:
        outcome = result(self.play)
        return {
            "end": outcome.end,
            "score": outcome.score,
            "passed": outcome.passed,
            "outcome": "passed" if outcome.passed else "not_passed",
            "net": round(outcome.money.net, 2),
            "months": outcome.money.months,
            "competencies": {each.competency: round(each.share, 4) for each in outcome.masteries},
        }

    def _write(self, kind: str, payload: dict[str, Any]) -> None:
        if self._store is None:
            return
        try:
            self._store.append(Event(self._lesson, self.item, kind, payload))
        except NotSaved as error:
            self.trouble = error

    def _resume(self) -> None:
        """Take up what the journal holds of this scenario, as far as the scenario is still the same."""
        events = self._store.events(item=self.item) if self._store is not None else ()
        self.trouble = getattr(self._store, "trouble", None)
        mine = [each for each in events if bool(each.payload.get("assessed")) == self.rules.assessment]
        self.past = Past(tuple(float(each.payload["score"]) for each in mine if each.kind == FINISHED))
        steps = [each.payload for each in mine if each.kind == CHOSEN]
        if not steps:
            return
        last = steps[-1]
        self.run = int(last["run"])
        bound = self.customer.id if self.customer else ""
        if last.get("digest") != self.scenario.digest or last.get("customer", "") != bound:
            # Another version or another customer: keys of the old talk mean nothing here. A new run begins.
            self.run += bool(last["keys"])
            self.renewed = bool(last["keys"]) and last.get("digest") != self.scenario.digest
            return
        rules = self.rules if self.rules.assessment else replace(self.rules, level=last["level"], seed=last["seed"])
        try:
            self.play = replay(begin(self.scenario, rules, self.customer), last["keys"])
        except CustlibError:
            return
        self.resumed = bool(last["keys"])
        answers = tuple(str(each) for each in last.get("answers", ()))
        self.answers = answers if len(answers) == len(self.answers) else self.answers
        if self.play.over:
            self.scene = "debrief" if last.get("scene") == "debrief" and self.may_see else "questions"
