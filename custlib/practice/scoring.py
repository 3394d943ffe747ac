"""What a conversation was worth: six competencies, each by named yes-or-no criteria, and money.

Score = 100 · Σ weight · points met / points possible − penalties, between 0 and 100. Without the goal of the
brief it stays below the pass mark. The competencies and their weights are the course's own design, not a
published standard; behaviours rated one by one follow the judging sheets of college sales contests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from custlib.practice.play import QUESTIONS, Play, State
from custlib.practice.scenarios import COMPETENCIES, Competency, Scenario


@dataclass(frozen=True)
class Verdict:
    """A criterion, whether it was met, and at which step (counted from 0)."""

    criterion: str
    points: int
    met: bool
    step: int | None


@dataclass(frozen=True)
class Mastery:
    """One competency: points earned of those possible, its weight, and the criteria behind it."""

    competency: Competency
    weight: float
    verdicts: tuple[Verdict, ...]

    @property
    def earned(self) -> int:
        return sum(verdict.points for verdict in self.verdicts if verdict.met)

    @property
    def possible(self) -> int:
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def share(self) -> float:
        return self.earned / self.possible if self.possible else 0.0


@dataclass(frozen=True)
class Money:
    """The result in money over `months`: kept = stake · share kept; minus concessions and the time spent."""

    stake: float
    months: int
    kept: float
    conceded: float
    time: float

    @property
    def net(self) -> float:
        return self.kept - self.conceded - self.time

    @property
    def lost(self) -> float:
        return self.stake - self.kept


@dataclass(frozen=True)
class Result:
    """The score of a finished play. `raw` is what it would be if the goal did not count; `penalty` is in points."""

    end: str
    score: float
    raw: float
    passed: bool
    penalty: float
    band: int
    masteries: tuple[Mastery, ...]
    money: Money

    @property
    def held_back(self) -> bool:
        """Whether only the missing goal keeps it below the pass mark."""
        return self.score < self.raw


def points(scenario: Scenario) -> dict[str, tuple[Competency, int]]:
    """Every criterion with its competency and points; the three answers of the diagnosis are criteria too."""
    asked: dict[str, tuple[Competency, int]] = {f"?{question}": ("diagnosis", 1) for question in QUESTIONS}
    return asked | {key: (each.competency, each.points) for key, each in scenario.criteria.items()}


def worth(scenario: Scenario) -> dict[str, float]:
    """How much of the score each criterion is."""
    every = points(scenario)
    possible = {name: sum(each for of, each in every.values() if of == name) for name in COMPETENCIES}
    weights = scenario.rubric.weights
    return {key: 100 * weights.get(of, 0.0) * each / possible[of] for key, (of, each) in every.items()}


def penalty(scenario: Scenario, mines: Iterable[str]) -> float:
    """Points lost for the mines hit, each time they were."""
    return float(sum(getattr(scenario.penalty, scenario.minefields[mine].severity) for mine in mines))


def final(points: float, scenario: Scenario, *, goal: bool) -> tuple[float, float]:
    """Score and raw score from points earned less points lost. Rounded, so that every machine agrees."""
    raw = round(min(max(points, 0.0), 100.0), 2)
    return (raw if goal else min(raw, scenario.rubric.passing - 1.0)), raw


def _points(scenario: Scenario, state: State) -> float:
    each = worth(scenario)
    return sum(each[key] for key in sorted(state.met)) - penalty(scenario, state.mines)


def score_at(scenario: Scenario, state: State, end: str) -> float:
    """The score of a state at an end, without the record of how it came about."""
    return final(_points(scenario, state), scenario, goal=scenario.ends[end].goal)[0]


def result(play: Play) -> Result:
    """Score a finished play: every criterion with the step that met it."""
    scenario = play.scenario
    first = {
        key: number
        for number, (step, after) in reversed(list(enumerate(zip(play.steps, play.afters, strict=True))))
        for key in after.met - step.before.met
    }
    every = points(scenario)
    masteries = tuple(
        Mastery(
            name,
            scenario.rubric.weights.get(name, 0.0),
            tuple(Verdict(key, each, key in first, first.get(key)) for key, (of, each) in every.items() if of == name),
        )
        for name in COMPETENCIES
    )
    lost = penalty(scenario, play.state.mines)
    score, raw = final(_points(scenario, play.state), scenario, goal=scenario.ends[play.at].goal)
    bands = sorted(scenario.rubric.bands, key=lambda band: band.min)
    band = max(number for number, each_band in enumerate(bands) if score >= each_band.min or number == 0)
    passed = scenario.ends[play.at].goal and score >= scenario.rubric.passing
    return Result(play.at, score, raw, passed, lost, band, masteries, money(play))


def money(play: Play) -> Money:
    """What the talk did to the value at stake: the bound customer's expected value, else the scenario's own."""
    scenario = play.scenario
    bound = play.customer
    stake, months = (bound.value, bound.months) if bound else (scenario.stake.yuan, scenario.stake.months)
    kept = stake * scenario.ends[play.at].kept
    conceded = kept * min(1.0, sum(scenario.offers[kind].share * much for kind, much in play.state.offers))
    return Money(stake, months, kept, conceded, scenario.stake.hour * scenario.minutes / 60)
