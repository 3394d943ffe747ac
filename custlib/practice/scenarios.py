"""A scenario: a conversation with a customer as data. Read once, checked, and frozen from then on.

Conditions are data (`trust_gte: 60`), never code. Every text a person reads is a pair of English and Chinese.
Only the form is checked here; what the conversation does along its paths is the linter's work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

Style = Literal["driving", "expressive", "amiable", "analytical"]
Need = Literal["physiological", "safety", "belonging", "esteem", "self_actualisation"]
Cell = Literal["core", "defend", "standard", "restrict"]
Competency = Literal["diagnosis", "questioning", "adapting", "value", "objection", "commitment"]
COMPETENCIES: tuple[Competency, ...] = ("diagnosis", "questioning", "adapting", "value", "objection", "commitment")
Move = Literal[
    "rapport", "purpose", "situation", "problem", "implication", "need_payoff", "clarify", "listen", "summary",
    "statement", "feature", "benefit", "evidence", "offer", "concession", "trade", "objection", "empathy",
    "apology", "refuse", "delay", "close", "proposal",
]  # fmt: skip

T = TypeVar("T")
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
Words_ = Annotated[str, Field(min_length=1, max_length=700)]
Fraction = Annotated[float, Field(ge=0, le=1)]


def _freeze(value: Mapping[Any, T]) -> Mapping[Any, T]:
    return MappingProxyType(dict(value))


_FROZEN = (AfterValidator(_freeze), PlainSerializer(dict))
Frozen = Annotated[dict[Key, T], *_FROZEN]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Text(_Value):
    """One text in both languages."""

    en: Words_
    zh: Words_

    def in_(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Condition(_Value):
    """When something holds; empty always does. Looked up in the state before the line's own effects."""

    trust_gte: int | None = None
    trust_lte: int | None = None
    facts_all: tuple[Key, ...] = ()
    facts_none: tuple[Key, ...] = ()
    flags_all: tuple[Key, ...] = ()
    flags_none: tuple[Key, ...] = ()
    mines_gte: int | None = None
    mines_lte: int | None = None
    bound: bool | None = None
    cells: tuple[Cell, ...] = ()

    @cached_property
    def empty(self) -> bool:
        return self == Condition()


ALWAYS = Condition()


class Line(Text):
    """What the customer says at the start of a turn. `knows`: facts that must be on the table by then."""

    when: Condition = ALWAYS
    knows: tuple[Key, ...] = ()


class Arm(_Value):
    """How the customer takes a line: his reply, what it changes, and where the talk goes; all in one place."""

    when: Condition = ALWAYS
    reply: Text
    knows: tuple[Key, ...] = ()
    trust: Annotated[int, Field(ge=-100, le=100)]
    meets: tuple[Key, ...]
    learn: tuple[Key, ...] = ()
    mines: tuple[Key, ...] = ()
    flags: tuple[Key, ...] = ()
    coach: Text
    goto: Key


_SHARED = tuple(name for name in Arm.model_fields if name not in ("when", "knows"))


class Choice(_Value):
    """One thing the seller can say. Written without `arms` where the customer takes it in one way only.

    What stands at the choice holds in every arm that does not say otherwise.
    """

    id: Key
    when: Condition = ALWAYS
    say: Text
    move: Move
    knows: tuple[Key, ...] = ()
    offer: Frozen[float] = Field(default_factory=dict, validate_default=True)
    arms: Annotated[tuple[Arm, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _arms(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        shared = {name: data[name] for name in _SHARED if name in data}
        rest = {name: value for name, value in data.items() if name not in shared}
        arms = rest.get("arms", [{}])
        if isinstance(arms, list):
            rest["arms"] = [{**shared, **arm} if isinstance(arm, dict) else arm for arm in arms]
        return rest


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Turn(_Value):
    """A turn: the customer speaks (the first line whose condition holds), the seller chooses."""

    customer: Annotated[tuple[Line, ...], BeforeValidator(_listed), Field(min_length=1)]
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=12)]


class Cue(Text):
    """What one can see. `tells`: how to read it, for levels 1 and 2. A noisy cue says nothing about the style and
    appears only at level 3."""

    noise: bool = False
    tells: Text | None = None


class Persona(_Value):
    """Whom one meets. `binds`: the cells of the value-and-risk matrix from which a real customer may be taken."""

    name: Text
    role: Text
    firm: Text
    style: Style
    assertiveness: Fraction
    responsiveness: Fraction
    backup: Literal["autocratic", "attack", "acquiesce", "avoid"]
    need: Need
    man: Annotated[
        Mapping[Literal["money", "authority", "need"], Literal["have", "partial", "latent", "missing"]], *_FROZEN
    ]
    cues: Annotated[tuple[Cue, ...], Field(min_length=2)]
    binds: tuple[Cell, ...] = ()


class Marks(_Value):
    """Words that only somebody who knows the fact would say."""

    en: tuple[Words_, ...] = ()
    zh: tuple[Words_, ...] = ()


class Fact(_Value):
    """Something to find out. `start`: already in the brief."""

    kind: Literal["situation", "need", "impact", "hidden_need", "authority", "money", "constraint"]
    text: Text
    start: bool = False
    marks: Marks = Marks()


class Mine(_Value):
    """A pitfall, how much it costs, and what to do instead."""

    severity: Literal["minor", "major", "fatal"]
    text: Text
    instead: Text


class Criterion(_Value):
    """One yes-or-no question about the conversation, and why it matters."""

    competency: Competency
    points: Annotated[int, Field(ge=1, le=5)] = 1
    text: Text
    why: Text


class Offer(_Value):
    """Something one may concede, and what one unit of it costs as a share of the value at stake."""

    text: Text
    share: Fraction


class End(_Value):
    """How it can end. `goal`: what the brief asked for. `kept`: the share of the value at stake kept or won."""

    kind: Literal["order", "advance", "continuation", "no_sale", "walk_away", "stop"]
    goal: bool
    kept: Fraction
    text: Text
    view: Text


class Abort(_Value):
    """Below this trust the customer ends the talk, with these words."""

    trust_lte: int
    to: Key
    line: Text


class Trust(_Value):
    """Where trust starts and between which bounds it moves."""

    start: int
    min: int = 0
    max: int = 100


class Penalty(_Value):
    """Points a minefield costs; a fatal one ends the talk as well."""

    minor: Annotated[int, Field(ge=0)] = 3
    major: Annotated[int, Field(ge=0)] = 8
    fatal: Annotated[int, Field(ge=0)] = 40


class Answer(_Value):
    """The right answer to a question of the diagnosis, and how one could tell."""

    answer: str
    because: Text


class StyleAnswer(Answer):
    answer: Style


class NeedAnswer(Answer):
    answer: Need


class CellAnswer(Answer):
    answer: Cell


class Diagnosis(_Value):
    """Asked before the turn named, when enough has been seen and before it is time to act on it."""

    before: Key
    style: StyleAnswer
    need: NeedAnswer
    cell: CellAnswer


class Band(Text):
    """What a score from `min` upwards is called."""

    min: Annotated[int, Field(ge=0, le=100)]


class Rubric(_Value):
    """How much each competency weighs, from where on it is a pass, and what scores are called."""

    weights: Annotated[Mapping[Competency, Fraction], *_FROZEN]
    passing: Annotated[int, Field(ge=1, le=100, alias="pass")]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]


class Reversal(_Value):
    """Two conversations to watch, as the keys of their choices."""

    good: tuple[Key, ...]
    bad: tuple[Key, ...]


class Debriefing(_Value):
    """What is asked before anything is shown, and one rule to keep for each competency."""

    questions: Annotated[tuple[Text, ...], Field(min_length=2)]
    rules: Annotated[Mapping[Competency, Text], *_FROZEN]


class Stake(_Value):
    """What the talk is about in yuan over so many months; a bound customer brings a value of its own."""

    yuan: Annotated[float, Field(gt=0)]
    months: Annotated[int, Field(ge=1, le=120)]
    hour: Annotated[float, Field(ge=0)] = 400


class Scenario(_Value):
    """A whole scenario. Read by `custlib.practice.reading`."""

    schema_: Annotated[Literal["scenario/2"], Field(alias="schema")]
    id: Name
    version: Annotated[int, Field(ge=1)]
    difficulty: Literal[1, 2, 3] = 2
    minutes: Annotated[int, Field(ge=1, le=60)]
    pair: Name | None = None
    title: Text
    brief: Annotated[tuple[Line, ...], BeforeValidator(_listed), Field(min_length=1)]
    goal: Text
    persona: Persona
    facts: Frozen[Fact]
    minefields: Frozen[Mine]
    penalty: Penalty = Penalty()
    offers: Frozen[Offer] = Field(default_factory=dict, validate_default=True)
    criteria: Frozen[Criterion]
    trust: Trust
    abort: Abort
    start: Key
    turns: Frozen[Turn]
    diagnosis: Diagnosis
    ends: Frozen[End]
    best_end: Key
    move_order: tuple[Move, ...] = ("situation", "problem", "implication", "need_payoff")
    stake: Stake
    rubric: Rubric
    debrief: Debriefing
    reversal: Reversal

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the content: a play kept under another one cannot be resumed."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()[:16]

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Every choice by its id."""
        return {choice.id: choice for turn in self.turns.values() for choice in turn.choices}
