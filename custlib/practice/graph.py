"""All the ways a conversation can go: its graph with state, what each place is worth, how likely chance gets there.

Two states are one where nothing that can still happen tells them apart: what is settled is kept as points.
Beyond a bound the graph is sampled with a seed instead, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from custlib.practice.play import ANSWERS, QUESTIONS, CustomerFacts, Play, State, begin, move, offered
from custlib.practice.scenarios import Condition, Scenario, Turn
from custlib.practice.scoring import final, penalty, worth

MOST_STATES = 50_000
WALKS = 4_000


@dataclass(frozen=True)
class Edge:
    """One option at a place: its key, the arm it is taken in, whether he breaks off, and where it leads."""

    key: str
    arm: int
    aborted: bool
    to: int


@dataclass
class Graph:
    """Places with state, numbered from 0 (the start); `best` is the best final score still open from each,
    `finest` whether that score can be had in the scenario's best end.

    `chance` is the share of random plays that come through a place. Where `complete` is false, both are
    estimated from the walks sampled.
    """

    scenario: Scenario
    customer: CustomerFacts | None
    at: list[str] = field(default_factory=list)
    state: list[State] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    finest: list[bool] = field(default_factory=list)
    chance: list[float] = field(default_factory=list)
    complete: bool = True
    _number: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _matters: dict[str, Matters] = field(default_factory=dict)
    _worth: dict[str, float] = field(default_factory=dict)

    def place(self, play: Play) -> int | None:
        """The number of the place a play has come to; None where sampling has not met it."""
        return self._number.get(self._key(play.at, play.state))

    def score(self, number: int) -> float:
        """The final score at an end."""
        state = self.state[number]
        earned = sum(self._worth[key] for key in sorted(state.met))
        return final(self.scenario, earned, penalty(self.scenario, state.mines), self.at[number])[0]

    def best_path(self, start: int = 0) -> list[tuple[int, Edge]]:
        """The places and options of the best way on; among equals one that reaches the scenario's best end."""
        path = []
        here = start
        while self.edges[here]:
            edge = max(self.edges[here], key=lambda each: (self.best[each.to], self.finest[each.to]))
            path.append((here, edge))
            here = edge.to
        return path

    def outcomes(self) -> Iterator[tuple[float, str, float]]:
        """Score, end and chance of each place where the talk is over."""
        for number, at in enumerate(self.at):
            if at in self.scenario.ends:
                yield self.score(number), at, self.chance[number]

    def _key(self, at: str, state: State) -> tuple[Any, ...]:
        matters = self._matters[at]
        open_ = state.met & matters.criteria
        settled = round(sum(self._worth[key] for key in sorted(state.met - open_)), 6)
        return (
            at,
            state.trust if matters.trust else 0,
            state.facts & matters.facts,
            state.flags & matters.flags,
            open_,
            settled,
            penalty(self.scenario, state.mines),
            len(state.mines) if matters.mines else 0,
            tuple(offer for offer in state.offers if offer[0] in matters.offers),
        )

    def _add(self, at: str, state: State) -> tuple[int, bool]:
        key = self._key(at, state)
        if key in self._number:
            return self._number[key], False
        number = self._number[key] = len(self.at)
        self.at.append(at)
        self.state.append(state)
        self.edges.append([])
        return number, True


@dataclass(frozen=True)
class Matters:
    """What can still make a difference from a place on."""

    facts: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    mines: bool = False
    trust: bool = False

    def __or__(self, other: Matters) -> Matters:
        return Matters(
            self.facts | other.facts,
            self.flags | other.flags,
            self.criteria | other.criteria,
            self.offers | other.offers,
            self.mines or other.mines,
            self.trust or other.trust,
        )


def explore(
    scenario: Scenario,
    customer: CustomerFacts | None = None,
    *,
    most: int = MOST_STATES,
    seed: int = 7,
    start: Play | None = None,
) -> Graph:
    """Walk every path, from the beginning or from `start`, merging equal places; beyond `most` places, walk at random.

    The scenario must have passed the linter's first phase: no cycle, no missing target.
    """
    graph = _empty(scenario, customer)
    first = start or begin(scenario, customer=customer)
    graph._add(first.at, first.state)
    waiting = [0]
    while waiting:
        here = waiting.pop()
        graph.edges[here], fresh = _expand(graph, here)
        waiting += fresh
        if len(graph.at) > most:
            return _sample(scenario, customer, seed, first)
    order = ordered(graph)
    graph.chance = [0.0] * len(graph.at)
    graph.chance[0] = 1.0
    for number in order:
        for edge in graph.edges[number]:
            graph.chance[edge.to] += graph.chance[number] / len(graph.edges[number])
    _value(graph, order)
    return graph


def _empty(scenario: Scenario, customer: CustomerFacts | None) -> Graph:
    return Graph(scenario, customer, _matters=_what_matters(scenario), _worth=worth(scenario))


def keys_at(scenario: Scenario, at: str, state: State, customer: CustomerFacts | None) -> list[str]:
    """The options at a place in the author's order."""
    if at in scenario.ends:
        return []
    if at.startswith("?"):
        return [f"{at[1:]}:{answer}" for answer in ANSWERS[at[1:]]]
    return [choice.id for choice in offered(scenario, at, state, customer)]


def _expand(graph: Graph, here: int) -> tuple[list[Edge], list[int]]:
    edges, fresh = [], []
    at, state = graph.at[here], graph.state[here]
    for key in keys_at(graph.scenario, at, state, graph.customer):
        to, after, arm, aborted = move(graph.scenario, at, state, key, graph.customer)
        number, new = graph._add(to, after)
        edges.append(Edge(key, arm, aborted, number))
        if new:
            fresh.append(number)
    return edges, fresh


def ordered(graph: Graph) -> list[int]:
    """Places so that each stands before those it leads to."""
    seen: set[int] = set()
    backwards: list[int] = []
    stack: list[tuple[int, bool]] = [(0, False)]
    while stack:
        number, done = stack.pop()
        if done:
            backwards.append(number)
        elif number not in seen:
            seen.add(number)
            stack.append((number, True))
            stack += [(edge.to, False) for edge in graph.edges[number] if edge.to not in seen]
    return backwards[::-1]


def _value(graph: Graph, order: list[int]) -> None:
    """From the ends backwards. A place sampling has seen but not entered is worth nothing that is known."""
    graph.best = [0.0] * len(graph.at)
    graph.finest = [at == graph.scenario.best_end for at in graph.at]
    for number in reversed(order):
        edges = graph.edges[number]
        if edges:
            top = graph.best[number] = max(graph.best[edge.to] for edge in edges)
            graph.finest[number] = any(graph.finest[edge.to] for edge in edges if graph.best[edge.to] == top)
        elif graph.at[number] in graph.scenario.ends:
            graph.best[number] = graph.score(number)


def _sample(scenario: Scenario, customer: CustomerFacts | None, seed: int, first: Play) -> Graph:
    """Random walks from the start, and the two the author gave; the graph holds what they met."""
    graph = _empty(scenario, customer)
    graph.complete = False
    graph._add(first.at, first.state)
    visits: dict[int, int] = {}
    dice = Random(seed)
    given = [list(scenario.reversal.good), list(scenario.reversal.bad)]
    for walk in range(WALKS + len(given)):
        keys = given[walk] if walk < len(given) else None
        here, step = 0, 0
        while True:
            if keys is None:
                visits[here] = visits.get(here, 0) + 1
            if not graph.edges[here]:
                graph.edges[here], _ = _expand(graph, here)
            edges = graph.edges[here]
            if not edges:
                break
            wanted = [edge for edge in edges if keys is not None and step < len(keys) and edge.key == keys[step]]
            right = [edge for edge in edges if keys is not None and graph.at[here].startswith("?")]
            if right:
                wanted = [max(right, key=lambda edge: len(graph.state[edge.to].met))]
            else:
                step += 1
            here = (wanted[0] if wanted else dice.choice(edges)).to
    graph.chance = [visits.get(number, 0) / WALKS for number in range(len(graph.at))]
    _value(graph, ordered(graph))
    return graph


def _what_matters(scenario: Scenario) -> dict[str, Matters]:
    """For each place, what any later condition, line or criterion still asks for."""
    matters: dict[str, Matters] = {end: Matters() for end in scenario.ends}

    def at(turn: str) -> Matters:
        if turn not in matters:
            own = _of_turn(scenario.turns[turn])
            for goto in {arm.goto for choice in scenario.turns[turn].choices for arm in choice.arms}:
                own |= at(goto)
            # Trust decides who breaks off, at every turn.
            matters[turn] = own | Matters(trust=True)
            if turn == scenario.diagnosis.before:
                matters.update({f"?{question}": matters[turn] for question in QUESTIONS})
        return matters[turn]

    at(scenario.start)
    return matters


def _of_turn(turn: Turn) -> Matters:
    conditions: list[Condition] = [line.when for line in turn.customer]
    facts = {fact for line in turn.customer for fact in line.knows}
    criteria: set[str] = set()
    offers: set[str] = set()
    for choice in turn.choices:
        conditions += [choice.when, *(arm.when for arm in choice.arms)]
        facts |= {*choice.knows, *(fact for arm in choice.arms for fact in arm.knows)}
        criteria |= {key for arm in choice.arms for key in arm.meets}
        offers |= set(choice.offer)
    facts |= {fact for when in conditions for fact in (*when.facts_all, *when.facts_none)}
    flags = {flag for when in conditions for flag in (*when.flags_all, *when.flags_none)}
    mines = any(when.mines_gte is not None or when.mines_lte is not None for when in conditions)
    return Matters(frozenset(facts), frozenset(flags), frozenset(criteria), frozenset(offers), mines)
