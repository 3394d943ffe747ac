"""All the ways a conversation can go: its graph with state, what each place is worth, how likely chance gets there.

Two states are one where nothing that can still happen tells them apart. Points already won or lost do not: they are
carried along the edges, so that the graph stays small. Beyond a bound it is sampled with a seed, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from custlib.practice.play import ANSWERS, QUESTIONS, CustomerFacts, Play, State, begin, move, offered
from custlib.practice.scenarios import Condition, Scenario, Turn
from custlib.practice.scoring import final, penalty, worth

MOST_STATES = 50_000
WALKS = 4_000
NEVER = float("-inf")


@dataclass(frozen=True)
class Edge:
    """One option at a place: its key, the arm it is taken in, whether he breaks off, where it leads, and the points."""

    key: str
    arm: int
    aborted: bool
    to: int
    gain: float


@dataclass
class Graph:
    """Places with state, numbered from 0 (the start).

    `ahead` holds the points still to be won from each place, on the best way to an end that is the goal and to one
    that is not. `chance` is the share of random plays that come through a place, `outcomes` what they end with:
    (score, end, share). Where `complete` is false, these are what the walks sampled have met.
    """

    scenario: Scenario
    customer: CustomerFacts | None
    at: list[str] = field(default_factory=list)
    state: list[State] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    ahead: list[tuple[float, float]] = field(default_factory=list)
    chance: list[float] = field(default_factory=list)
    outcomes: list[tuple[float, str, float]] = field(default_factory=list)
    complete: bool = True
    start_points: float = 0.0
    _number: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _matters: dict[str, Matters] = field(default_factory=dict)
    _worth: dict[str, float] = field(default_factory=dict)
    _finest: list[bool] = field(default_factory=list)

    def place(self, play: Play) -> int | None:
        """The number of the place a play has come to; None where sampling has not met it."""
        return self._number.get(self._key(play.at, play.state))

    def points(self, state: State) -> float:
        """What a state has earned and lost so far."""
        return sum(self._worth[key] for key in sorted(state.met)) - penalty(self.scenario, state.mines)

    def best(self, number: int, points: float) -> float:
        """The best final score still open at a place to whoever comes there with so many points."""
        goal, other = self.ahead[number]
        reached = [final(points + goal, self.scenario, goal=True)[0]] if goal > NEVER else []
        reached += [final(points + other, self.scenario, goal=False)[0]] if other > NEVER else []
        return max(reached, default=0.0)

    def options(self, number: int, points: float) -> list[tuple[float, Edge]]:
        """The options at a place, each with the best final score behind it."""
        return [(self.best(edge.to, points + edge.gain), edge) for edge in self.edges[number]]

    def best_path(self, start: int = 0, points: float | None = None) -> list[tuple[int, float, Edge]]:
        """The places, points so far and options of the best way on; among equals one to the scenario's best end."""
        path = []
        here, won = start, self.start_points if points is None else points
        while self.edges[here]:
            _, edge = max(self.options(here, won), key=lambda each: (each[0], self._finest[each[1].to]))
            path.append((here, won, edge))
            here, won = edge.to, won + edge.gain
        return path

    def _key(self, at: str, state: State) -> tuple[Any, ...]:
        matters = self._matters[at]
        return (
            at,
            state.trust if matters.trust else 0,
            state.facts & matters.facts,
            state.flags & matters.flags,
            state.met & matters.criteria,
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
    chances: bool = True,
) -> Graph:
    """Walk every path, from the beginning or from `start`, merging equal places; beyond `most` places, walk at random.

    Without `chances`, only what can be won is worked out, not how likely it is.
    The scenario must have passed the linter's first phase: no cycle, no missing target.
    """
    graph = _empty(scenario, customer, start)
    waiting = [0]
    while waiting:
        here = waiting.pop()
        graph.edges[here], fresh = _expand(graph, here)
        waiting += fresh
        if len(graph.at) > most:
            return _sample(_empty(scenario, customer, start), seed)
    order = ordered(graph)
    _look_ahead(graph, order)
    if chances:
        _spread(graph, order)
    return graph


def _empty(scenario: Scenario, customer: CustomerFacts | None, start: Play | None) -> Graph:
    graph = Graph(scenario, customer, _matters=_what_matters(scenario), _worth=worth(scenario))
    first = start or begin(scenario, customer=customer)
    graph.start_points = graph.points(first.state)
    graph._add(first.at, first.state)
    return graph


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
        gain = sum(graph._worth[each] for each in sorted(after.met - state.met))
        if len(after.mines) > len(state.mines):
            gain -= penalty(graph.scenario, graph.scenario.choices[key].arms[arm].mines)
        number, new = graph._add(to, after)
        edges.append(Edge(key, arm, aborted, number, gain))
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


def _look_ahead(graph: Graph, order: list[int]) -> None:
    """From the ends backwards. A place sampling has seen but not entered leads nowhere that is known."""
    graph.ahead = [(NEVER, NEVER)] * len(graph.at)
    graph._finest = [at == graph.scenario.best_end for at in graph.at]
    for number in reversed(order):
        edges = graph.edges[number]
        if edges:
            ways = [(edge.gain + graph.ahead[edge.to][0], edge.gain + graph.ahead[edge.to][1]) for edge in edges]
            goal, other = (max(way[side] for way in ways) for side in (0, 1))
            graph.ahead[number] = (goal, other)
            graph._finest[number] = any(
                graph._finest[edge.to] for edge, way in zip(edges, ways, strict=True) if way[0] == goal > NEVER
            )
        elif graph.at[number] in graph.scenario.ends:
            graph.ahead[number] = (0.0, NEVER) if graph.scenario.ends[graph.at[number]].goal else (NEVER, 0.0)


def _spread(graph: Graph, order: list[int]) -> None:
    """From the start forwards: how many random plays come to each place, and with how many points to each end."""
    shares: list[dict[float, float]] = [{} for _ in graph.at]
    shares[0][round(graph.start_points, 4)] = 1.0
    graph.chance = [0.0] * len(graph.at)
    ended: dict[tuple[float, str], float] = defaultdict(float)
    for number in order:
        here, edges = shares[number], graph.edges[number]
        graph.chance[number] = sum(here.values())
        for edge in edges:
            there = shares[edge.to]
            for points, share in here.items():
                won = round(points + edge.gain, 4)
                there[won] = there.get(won, 0.0) + share / len(edges)
        if not edges:
            at = graph.at[number]
            goal = graph.scenario.ends[at].goal
            for points, share in here.items():
                ended[final(points, graph.scenario, goal=goal)[0], at] += share
        shares[number] = {}
    graph.outcomes = [(score, end, share) for (score, end), share in ended.items()]


def _sample(graph: Graph, seed: int) -> Graph:
    """Random walks from the start, and the two the author gave; the graph holds what they met."""
    graph.complete = False
    visits: dict[int, int] = defaultdict(int)
    ended: dict[tuple[float, str], int] = defaultdict(int)
    dice = Random(seed)
    for keys in (graph.scenario.reversal.good, graph.scenario.reversal.bad):
        for _ in _walk(graph, keys, dice):
            pass
    for _ in range(WALKS):
        points = graph.start_points
        for here, edge in _walk(graph, (), dice):
            visits[here] += 1
            last = edge.to
            points += edge.gain
        at = graph.at[last]
        ended[final(points, graph.scenario, goal=graph.scenario.ends[at].goal)[0], at] += 1
        visits[last] += 1
    graph.chance = [visits[number] / WALKS for number in range(len(graph.at))]
    graph.outcomes = [(score, end, count / WALKS) for (score, end), count in ended.items()]
    _look_ahead(graph, ordered(graph))
    return graph


def _walk(graph: Graph, keys: tuple[str, ...], dice: Random) -> Iterator[tuple[int, Edge]]:
    """One way to an end: along the keys, with the diagnosis right, or where none are given by dice."""
    here, left = 0, list(keys)
    while graph.at[here] not in graph.scenario.ends:
        if not graph.edges[here]:
            graph.edges[here], _ = _expand(graph, here)
        edges = graph.edges[here]
        if keys and graph.at[here].startswith("?"):
            edge = max(edges, key=lambda each: each.gain)
        else:
            wanted = left.pop(0) if left else ""
            edge = next((each for each in edges if each.key == wanted), None) or dice.choice(edges)
        yield here, edge
        here = edge.to


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
