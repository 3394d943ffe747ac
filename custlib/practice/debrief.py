"""The debrief: what was said and what it did, what was missed, where the talk was lost, and the best way from there.

Questions come first and a score is never the last thing seen: debriefs improve performance by about a quarter
(Tannenbaum & Cerasoli 2013, d = .67 over 46 samples), most where the task itself gives no feedback.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from custlib.practice.graph import Graph, explore
from custlib.practice.play import QUESTIONS, CustomerFacts, Play, answer_to, back_to
from custlib.practice.scenarios import COMPETENCIES, Competency, Scenario
from custlib.practice.scoring import Result, result
from custlib.practice.watch import mined_turns

# A loss smaller than this is rounding, not a turn that cost something.
LEAST = 0.5


@dataclass(frozen=True)
class Way:
    """One line of a way on: the turn it belongs to, the choice, and the arm in which it is taken."""

    at: str
    key: str
    arm: int


@dataclass(frozen=True)
class Diagnosed:
    """One question of the diagnosis: what was answered (empty if it never came to it) and what is right."""

    question: str
    given: str
    right: str


@dataclass(frozen=True)
class Debrief:
    """What there is to say about a finished play.

    `costs` holds, for each step, how many points of the final score went out of reach with it. `costliest` is the
    line (a step, from 0) that cost most, `turn` its turn from 1; None where nothing was lost. `better` is the best
    way from there. `practise` is the competency with most still to gain.
    """

    result: Result
    costs: tuple[float, ...]
    costliest: int | None
    turn: int | None
    better: tuple[Way, ...]
    better_end: str
    missed: tuple[str, ...]
    mines: tuple[tuple[int, str], ...]
    diagnosed: tuple[Diagnosed, ...]
    practise: Competency | None


def debrief(play: Play) -> Debrief:
    """Look back on a finished play."""
    scenario = play.scenario
    outcome = result(play)
    reached = [_reach(back_to(play, step)) for step in range(len(play.steps))] + [outcome.score]
    costs = tuple(max(round(before - after, 2), 0.0) for before, after in pairwise(reached))
    lines = [number for number, step in enumerate(play.steps) if not step.at.startswith("?")]
    worst = max(lines, key=lambda number: costs[number], default=None)
    costliest = worst if worst is not None and costs[worst] >= LEAST else None
    better, end = _way(back_to(play, costliest)) if costliest is not None else ((), play.at)
    given = {step.at[1:]: step.key.partition(":")[2] for step in play.steps if step.at.startswith("?")}
    gaps = {each.competency: each.weight * (1 - each.share) for each in outcome.masteries}
    largest = max(COMPETENCIES, key=lambda name: gaps[name])
    return Debrief(
        outcome,
        costs,
        costliest,
        lines.index(costliest) + 1 if costliest is not None else None,
        better,
        end,
        tuple(key for key in scenario.facts if key not in play.state.facts),
        tuple((turn, mine) for turn, mines in mined_turns(play).items() for mine in mines),
        tuple(Diagnosed(each, given.get(each, ""), answer_to(scenario, each, play.customer)) for each in QUESTIONS),
        largest if gaps[largest] > 0 else None,
    )


class _Known:
    """A scenario and a customer as one key: the scenario's content decides, not the object."""

    def __init__(self, scenario: Scenario, customer: CustomerFacts | None) -> None:
        self.scenario, self.customer = scenario, customer

    def __hash__(self) -> int:
        return hash((self.scenario.digest, self.customer))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Known)
            and self.scenario.digest == other.scenario.digest
            and self.customer == other.customer
        )


@lru_cache(maxsize=8)
def _explored(known: _Known) -> Graph:
    return explore(known.scenario, known.customer, chances=False)


def _reach(play: Play) -> float:
    """The best final score still open to a play."""
    graph, place = _from(play)
    return graph.best(place, graph.points(play.state))


def _way(play: Play) -> tuple[tuple[Way, ...], str]:
    """The best lines from a place, and the end they lead to."""
    graph, place = _from(play)
    path = graph.best_path(place, graph.points(play.state))
    ways = tuple(Way(graph.at[at], edge.key, edge.arm) for at, _, edge in path if not graph.at[at].startswith("?"))
    return ways, graph.at[path[-1][2].to]


def _from(play: Play) -> tuple[Graph, int]:
    """The graph that holds a play's place: the whole one, or one from there where the whole is too large."""
    graph = _explored(_Known(play.scenario, play.customer))
    place = graph.place(play) if graph.complete else None
    return (
        (graph, place) if place is not None else (explore(play.scenario, play.customer, start=play, chances=False), 0)
    )
