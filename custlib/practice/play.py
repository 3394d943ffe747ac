"""A conversation in progress: a frozen value, and pure functions from one value to the next.

The same keys give the same play on any machine. Nothing here displays, stores or asks the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any, Literal

from custlib.content import Words
from custlib.errors import BadSetting, PlayRefused, UnknownName
from custlib.practice.scenarios import Arm, Choice, Condition, Line, Scenario, Text

QUESTIONS = ("style", "need", "cell")
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "style": ("driving", "expressive", "amiable", "analytical"),
    "need": ("physiological", "safety", "belonging", "esteem", "self_actualisation"),
    "cell": ("core", "defend", "standard", "restrict"),
}
PLACEHOLDERS = ("customer", "orders", "days_since", "spent_year", "value", "months", "last_day")


@dataclass(frozen=True)
class CustomerFacts:
    """A real customer as a conversation needs one; made from the tables elsewhere.

    `spent_year` and `value` are money: the last twelve months, and the expected value over `months`.
    `cell` is the cell of the value-and-risk matrix, empty where the data do not tell.
    """

    id: str
    name: str
    orders: int
    last_day: date
    days_since: int
    spent_year: float
    value: float
    months: int
    recency_score: int = 0
    frequency_score: int = 0
    monetary_score: int = 0
    p_alive: float = 1.0
    cell: Literal["", "core", "defend", "standard", "restrict"] = ""


@dataclass(frozen=True)
class Rules:
    """How a play is run. Level 1: the coach speaks after every turn; 2: at the end; 3: options are shuffled,
    cues are noisy, a time limit is shown. An assessment allows no undo and keeps its feedback to the end."""

    level: int = 2
    assessment: bool = False
    attempts: int = 0
    seed: int = 7

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise BadSetting(name="level", value=self.level, allowed="1, 2, 3")


@dataclass(frozen=True)
class State:
    """What the conversation has come to. `mines` counts each hit; `offers` is the last word on each concession."""

    trust: int
    facts: frozenset[str] = frozenset()
    mines: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    offers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Step:
    """One thing done: where, with which key, in which arm it was taken, and the state before it."""

    at: str
    key: str
    arm: int
    before: State
    aborted: bool = False


@dataclass(frozen=True)
class Play:
    """A conversation so far. `at` is a turn, a question of the diagnosis (`?style`) or an end."""

    scenario: Scenario
    at: str
    state: State
    rules: Rules = Rules()
    customer: CustomerFacts | None = None
    steps: tuple[Step, ...] = field(default=())

    @property
    def over(self) -> bool:
        return self.at in self.scenario.ends

    @property
    def afters(self) -> tuple[State, ...]:
        """The state after each step."""
        return (*(step.before for step in self.steps), self.state)[1:]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(step.key for step in self.steps)


def begin(scenario: Scenario, rules: Rules | None = None, customer: CustomerFacts | None = None) -> Play:
    """Start a conversation, with a customer of the data where one is bound."""
    known = frozenset(key for key, fact in scenario.facts.items() if fact.start)
    at = enter(scenario, scenario.start, "")
    return Play(scenario, at, State(scenario.trust.start, known), rules or Rules(scenario.difficulty), customer)


def holds(when: Condition, state: State, customer: CustomerFacts | None) -> bool:
    """Whether a condition holds in this state."""
    if when.empty:
        return True
    return (
        (when.trust_gte is None or state.trust >= when.trust_gte)
        and (when.trust_lte is None or state.trust <= when.trust_lte)
        and state.facts.issuperset(when.facts_all)
        and state.facts.isdisjoint(when.facts_none)
        and state.flags.issuperset(when.flags_all)
        and state.flags.isdisjoint(when.flags_none)
        and (when.mines_gte is None or len(state.mines) >= when.mines_gte)
        and (when.mines_lte is None or len(state.mines) <= when.mines_lte)
        and (when.bound is None or when.bound == (customer is not None))
        and (not when.cells or (customer is not None and customer.cell in when.cells))
    )


def enter(scenario: Scenario, to: str, came_from: str) -> str:
    """Where one arrives: the diagnosis stands before the turn it belongs to."""
    if to == scenario.diagnosis.before and not came_from.startswith("?"):
        return f"?{QUESTIONS[0]}"
    return to


def offered(scenario: Scenario, at: str, state: State, customer: CustomerFacts | None) -> tuple[Choice, ...]:
    """The lines open at a turn, in the author's order."""
    return tuple(choice for choice in scenario.turns[at].choices if holds(choice.when, state, customer))


def answer_to(scenario: Scenario, question: str, customer: CustomerFacts | None) -> str:
    """The right answer to a question of the diagnosis; a bound customer brings his own cell."""
    if question == "cell" and customer is not None and customer.cell:
        return customer.cell
    return str(getattr(scenario.diagnosis, question).answer)


def options(play: Play) -> tuple[str, ...]:
    """The keys one may choose now, in the order they are shown: shuffled by the seed at level 3."""
    if play.over:
        return ()
    if play.at.startswith("?"):
        question = play.at[1:]
        return tuple(f"{question}:{answer}" for answer in ANSWERS[question])
    keys = [choice.id for choice in offered(play.scenario, play.at, play.state, play.customer)]
    if play.rules.level == 3:
        Random(f"{play.rules.seed} {play.at}").shuffle(keys)
    return tuple(keys)


def move(
    scenario: Scenario, at: str, state: State, key: str, customer: CustomerFacts | None
) -> tuple[str, State, int, bool]:
    """One step without a play around it: where it leads, the new state, the arm taken, and whether he broke off."""
    if at.startswith("?"):
        question, _, answer = key.partition(":")
        right = answer == answer_to(scenario, question, customer)
        after = replace(state, met=state.met | {f"?{question}"}) if right else state
        following = QUESTIONS.index(question) + 1
        to = scenario.diagnosis.before if following == len(QUESTIONS) else f"?{QUESTIONS[following]}"
        return to, after, 0, False
    choice = scenario.choices[key]
    number, arm = taken(choice, state, customer)
    bounds = scenario.trust
    after = State(
        trust=min(max(state.trust + arm.trust, bounds.min), bounds.max),
        facts=state.facts.union(arm.learn) if arm.learn else state.facts,
        mines=tuple(sorted((*state.mines, *arm.mines))) if arm.mines else state.mines,
        flags=state.flags.union(arm.flags) if arm.flags else state.flags,
        met=state.met.union(arm.meets) if arm.meets else state.met,
        offers=tuple(sorted({**dict(state.offers), **choice.offer}.items())) if choice.offer else state.offers,
    )
    if after.trust <= scenario.abort.trust_lte and arm.goto not in scenario.ends:
        return scenario.abort.to, after, number, True
    return enter(scenario, arm.goto, at), after, number, False


def taken(choice: Choice, state: State, customer: CustomerFacts | None) -> tuple[int, Arm]:
    """The arm in which the customer takes a line: the first whose condition holds."""
    for number, arm in enumerate(choice.arms):
        if holds(arm.when, state, customer):
            return number, arm
    raise PlayRefused(reason="no_arm")


def choose(play: Play, key: str) -> Play:
    """Say a line, or answer a question of the diagnosis. Raises PlayRefused after the end, UnknownName."""
    if play.over:
        raise PlayRefused(reason="over")
    known = options(play)
    if key not in known:
        raise UnknownName(kind="choice", name=key, known=known)
    to, state, arm, aborted = move(play.scenario, play.at, play.state, key, play.customer)
    return replace(play, at=to, state=state, steps=(*play.steps, Step(play.at, key, arm, play.state, aborted)))


def undo(play: Play) -> Play:
    """Take the last step back, exactly. Raises PlayRefused at the start and in an assessment."""
    if not play.steps:
        raise PlayRefused(reason="nothing_said")
    if play.rules.assessment:
        raise PlayRefused(reason="assessment")
    last = play.steps[-1]
    return replace(play, at=last.at, state=last.before, steps=play.steps[:-1])


def back_to(play: Play, step: int) -> Play:
    """The play as it stood before its step number `step`, counted from 0."""
    if not 0 <= step < len(play.steps):
        raise PlayRefused(reason="nothing_said")
    there = play.steps[step]
    return replace(play, at=there.at, state=there.before, steps=play.steps[:step])


def replay(play: Play, keys: Iterable[str]) -> Play:
    """Go through the keys one after the other from here."""
    for key in keys:
        play = choose(play, key)
    return play


def spoken(lines: tuple[Line, ...], state: State, customer: CustomerFacts | None) -> tuple[int, Line]:
    """What the customer says at a turn: the first line whose condition holds."""
    for number, line in enumerate(lines):
        if holds(line.when, state, customer):
            return number, line
    raise PlayRefused(reason="no_line")


_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(text: Text, words: Words, customer: CustomerFacts | None) -> str:
    """A text in one language; `{days_since}` and its like become figures of the bound customer, nothing else does."""
    said = text.in_(words.language)
    if customer is None or "{" not in said:
        return said
    values = {
        "customer": customer.name,
        "orders": words.number(customer.orders),
        "days_since": words.number(customer.days_since),
        "spent_year": words.money(customer.spent_year),
        "value": words.money(customer.value),
        "months": words.number(customer.months),
        "last_day": words.date(customer.last_day),
    }
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), said)


def transcript(play: Play, words: Words) -> list[dict[str, Any]]:
    """The conversation as plain rows, one for each step: `turn at key move customer say reply closing coach`
    in one language, and what the step did: `trust learned mines met`. A question of the diagnosis has only
    `at`, `key` and `met`."""
    scenario, rows, turn = play.scenario, [], 0
    for step, after in zip(play.steps, play.afters, strict=True):
        row: dict[str, Any] = {
            "turn": turn,
            "at": step.at,
            "key": step.key,
            "trust": after.trust - step.before.trust,
            "learned": sorted(after.facts - step.before.facts),
            "met": sorted(after.met - step.before.met),
            "mines": [],
        }
        if not step.at.startswith("?"):
            turn += 1
            choice = scenario.choices[step.key]
            arm = choice.arms[step.arm]
            _, line = spoken(scenario.turns[step.at].customer, step.before, play.customer)
            row |= {
                "turn": turn,
                "move": choice.move,
                "customer": fill(line, words, play.customer),
                "say": fill(choice.say, words, play.customer),
                "reply": fill(arm.reply, words, play.customer),
                "closing": fill(scenario.abort.line, words, play.customer) if step.aborted else "",
                "coach": fill(arm.coach, words, play.customer),
                "mines": list(arm.mines),
            }
        rows.append(row)
    return rows
