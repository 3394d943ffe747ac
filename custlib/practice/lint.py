"""The linter: a scenario is proved before anybody meets its customer.

Two phases: the form first, and only when it is in order the paths, each state of them, up to a bound; beyond it a
seeded sample stands in, and the report says so. Every fault is a code with its place; the words hold the remedy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from custlib.content import Finding
from custlib.errors import CustlibError
from custlib.practice.graph import MOST_STATES, Edge, Graph, explore, ordered
from custlib.practice.lint_form import arms, conditions, fault, form
from custlib.practice.lint_texts import check_texts
from custlib.practice.play import CustomerFacts, begin, replay, spoken
from custlib.practice.scenarios import Scenario
from custlib.practice.scoring import result
from custlib.practice.strategies import Attempt, attempts
from custlib.practice.watch import mined_turns, perform

CELLS = ("core", "defend", "standard", "restrict")
SPREAD = 2.0
MARGIN = 15
TURNS = (6, 9)


@dataclass(frozen=True)
class Report:
    """What the linter found, and what random and lazy play come to.

    `complete` is false where the paths were sampled. `outcomes` is (score, end, share of random plays).
    """

    faults: tuple[Finding, ...]
    complete: bool = True
    states: int = 0
    paths: int = 0
    best: tuple[str, ...] = ()
    best_score: float = 0.0
    mean: float = 0.0
    passing_share: float = 0.0
    outcomes: tuple[tuple[float, str, float], ...] = ()
    attempts: tuple[Attempt, ...] = ()
    passing: int = 60


def lint(scenario: Scenario, *, most: int = MOST_STATES) -> Report:
    """Check a scenario as a whole."""
    faults = [*form(scenario), *check_texts(scenario)]
    if form(scenario):
        return Report(tuple(faults))
    graphs = [explore(scenario, customer, most=most) for customer in contexts(scenario)]
    faults += _reached(scenario, graphs)
    faults += _reversal(scenario)
    for graph in graphs:
        faults += [*_places(graph), *_best(graph), *_chances(graph)]
    tried = tuple(each for graph in graphs for each in attempts(scenario, graph.customer))
    for each in tried:
        if each.score >= scenario.rubric.passing:
            faults.append(
                fault("lazy_passes", "turns", strategy=each.strategy, language=each.language, score=each.score)
            )
    first = graphs[0]
    path = first.best_path()
    outcomes = tuple(first.outcomes)
    return Report(
        tuple(_once(faults)),
        all(graph.complete for graph in graphs),
        sum(len(graph.at) for graph in graphs),
        _paths(first),
        tuple(edge.key for _, _, edge in path),
        first.best(0, first.start_points),
        _mean(outcomes),
        sum(share for score, _, share in outcomes if score >= scenario.rubric.passing),
        outcomes,
        tried,
        scenario.rubric.passing,
    )


def contexts(scenario: Scenario) -> list[CustomerFacts | None]:
    """Nobody bound, and one customer of each cell where the scenario speaks differently to them."""
    if not any(when.bound is not None or when.cells for _, when in conditions(scenario)):
        return [None]
    some = [
        CustomerFacts("1", "1", 12, date(2025, 6, 1), 29, 90_000.0, 240_000.0, 24, 3, 3, 3, 0.8, cell)  # type: ignore[arg-type]
        for cell in CELLS
    ]
    return [None, *some]


def _once(faults: Sequence[Finding]) -> Iterator[Finding]:
    """The same fault at the same place, met in several contexts, is one."""
    seen: set[tuple[str, object]] = set()
    for each in faults:
        key = (
            each.code,
            (each.values["place"], each.values.get("fact"), each.values.get("strategy"), each.values.get("language")),
        )
        if key not in seen:
            seen.add(key)
            yield each


def _paths(graph: Graph) -> int:
    counted = [0] * len(graph.at)
    for number in reversed(ordered(graph)):
        counted[number] = sum(counted[edge.to] for edge in graph.edges[number]) or 1
    return counted[0]


def _mean(outcomes: Sequence[tuple[float, str, float]]) -> float:
    total = sum(share for _, _, share in outcomes)
    return sum(score * share for score, _, share in outcomes) / total if total else 0.0


def _reached(scenario: Scenario, graphs: Sequence[Graph]) -> Iterator[Finding]:
    """Every turn, choice, arm, line, end, fact, mine and criterion comes up somewhere."""
    seen: set[tuple[str, ...]] = set()
    for graph in graphs:
        for number, at in enumerate(graph.at):
            seen.add(("at", at))
            if at in scenario.turns:
                line, _ = spoken(scenario.turns[at].customer, graph.state[number], graph.customer)
                seen.add(("line", at, str(line)))
            for edge in graph.edges[number]:
                seen |= {("choice", edge.key), ("arm", edge.key, str(edge.arm))}
    if not all(graph.complete for graph in graphs):
        return
    for turn, each in scenario.turns.items():
        if ("at", turn) not in seen:
            yield fault("unreached_turn", f"turns.{turn}")
            continue
        for number in range(len(each.customer)):
            if ("line", turn, str(number)) not in seen:
                yield fault("unreached_line", f"turns.{turn}.customer.{number + 1}")
        for choice in each.choices:
            if ("choice", choice.id) not in seen:
                yield fault("unreached_choice", f"turns.{turn}.{choice.id}")
                continue
            for number in range(len(choice.arms)):
                if ("arm", choice.id, str(number)) not in seen:
                    yield fault("unreached_arm", f"turns.{turn}.{choice.id}.arms.{number + 1}")
    for end in scenario.ends:
        if ("at", end) not in seen:
            yield fault("unreached_end", f"ends.{end}")
    taken = [arm for _, choice, number, arm in arms(scenario) if ("arm", choice.id, str(number)) in seen]
    learned = {fact for arm in taken for fact in arm.learn}
    for key, fact in scenario.facts.items():
        if key not in learned and not fact.start:
            yield fault("fact_hidden", f"facts.{key}")
        gates = [(choice, arm) for _, choice, _, arm in arms(scenario) if key in arm.learn]
        if fact.kind == "hidden_need" and any(
            choice.when.trust_gte is None and arm.when.trust_gte is None for choice, arm in gates
        ):
            yield fault("need_ungated", f"facts.{key}")
    for key in scenario.minefields.keys() - {mine for arm in taken for mine in arm.mines}:
        yield fault("mine_unhit", f"minefields.{key}")
    for key in scenario.criteria.keys() - {each for arm in taken for each in arm.meets}:
        yield fault("criterion_unmet", f"criteria.{key}")


def _places(graph: Graph) -> Iterator[Finding]:
    """At every place: enough to choose from, nobody speaks of what was not said, no concession shrinks."""
    scenario = graph.scenario
    early: dict[tuple[str, str], float] = defaultdict(float)
    for number, at in enumerate(graph.at):
        state, share = graph.state[number], graph.chance[number]
        if at not in scenario.turns:
            continue
        edges = graph.edges[number]
        if edges and not 3 <= len(edges) <= 4:
            yield fault("options_open", f"turns.{at}", count=len(edges))
        line_number, line = spoken(scenario.turns[at].customer, state, graph.customer)
        for fact in set(line.knows) - state.facts:
            early[f"turns.{at}.customer.{line_number + 1}", fact] += share
        for edge in edges:
            choice = scenario.choices[edge.key]
            arm = choice.arms[edge.arm]
            for fact in set(choice.knows) - state.facts:
                early[f"turns.{at}.{choice.id}.say", fact] += share
            for fact in set(arm.knows) - state.facts - set(arm.learn):
                early[f"turns.{at}.{choice.id}.reply", fact] += share / len(edges)
            for kind, much in choice.offer.items():
                before = dict(state.offers).get(kind, much)
                if much < before:
                    yield fault("shrinks", f"turns.{at}.{choice.id}.offer", kind=kind, before=before, now=much)
    for (place, fact), share in early.items():
        yield fault("speaks_early", place, fact=fact, share=min(share, 1.0))


def _best(graph: Graph) -> Iterator[Finding]:
    """The best path: full marks, the best end, no mine, every fact, questions in order, and not found by a pattern."""
    scenario = graph.scenario
    path = graph.best_path()
    play = replay(begin(scenario, customer=graph.customer), [edge.key for _, _, edge in path])
    keys = [edge.key for _, _, edge in path if ":" not in edge.key]
    best = graph.best(0, graph.start_points)
    if best < 100:
        unmet = [key for each in result(play).masteries for key in (v.criterion for v in each.verdicts if not v.met)]
        yield fault("best_not_full", "criteria", score=best, unmet=unmet, path=keys)
    if play.at != scenario.best_end:
        yield fault("best_elsewhere", "best_end", end=play.at, path=keys)
    if play.state.mines:
        yield fault("best_hits_mine", "minefields", mines=list(play.state.mines), path=keys)
    missed = sorted(scenario.facts.keys() - play.state.facts)
    if missed:
        yield fault("best_misses_fact", "facts", facts=missed, path=keys)
    if not any(step.at.startswith("?") for step in play.steps):
        yield fault("no_diagnosis", "diagnosis.before", name=scenario.diagnosis.before)
    if not TURNS[0] <= len(keys) <= TURNS[1]:
        yield fault("turns_count", "turns", count=len(keys), least=TURNS[0], most=TURNS[1])
    moves = [scenario.choices[key].move for key in keys]
    order = [scenario.move_order.index(each) for each in moves if each in scenario.move_order]
    if set(order) != set(range(len(scenario.move_order))) or any(one > two for one, two in pairwise(order)):
        yield fault("move_order", "move_order", moves=moves, order=list(scenario.move_order))
    if moves.count("situation") > 2:
        yield fault("many_situation", "turns", count=moves.count("situation"))
    yield from _patterns(graph, [each for each in path if ":" not in each[2].key])


def _patterns(graph: Graph, path: Sequence[tuple[int, float, Edge]]) -> Iterator[Finding]:
    """What would give the best line away: its place, its length, or a rival just as good."""
    scenario = graph.scenario
    places: Counter[int] = Counter()
    longest: Counter[str] = Counter()
    for number, points, edge in path:
        edges = graph.edges[number]
        places[[each.key for each in edges].index(edge.key)] += 1
        values = sorted((value for value, _ in graph.options(number, points)), reverse=True)
        if len(values) > 1 and values[0] - values[1] < SPREAD:
            turn = graph.at[number]
            yield fault("rival_line", f"turns.{turn}.{edge.key}", gap=round(values[0] - values[1], 1), least=SPREAD)
        for language in ("en", "zh"):
            lengths = {each.key: len(scenario.choices[each.key].say.in_(language)) for each in edges}
            longest[language] += lengths[edge.key] == max(lengths.values())
    for place, count in places.items():
        if count > len(path) / 2:
            yield fault("place_gives_away", "turns", position=place + 1, count=count, turns=len(path))
    for language, count in longest.items():
        if count > len(path) / 2:
            yield fault("length_gives_away", "turns", language=language, count=count, turns=len(path))


def _chances(graph: Graph) -> Iterator[Finding]:
    """Chance fails, clearly; the worst path fails; nothing passes without the goal."""
    scenario = graph.scenario
    outcomes = graph.outcomes
    passing = scenario.rubric.passing
    mean = _mean(outcomes)
    if mean > passing - MARGIN:
        yield fault("random_passes", "rubric.pass", mean=mean, most=passing - MARGIN)
    if min(score for score, _, _ in outcomes) >= passing:
        yield fault("worst_passes", "rubric.pass")
    for end in {end for score, end, _ in outcomes if score >= passing and not scenario.ends[end].goal}:
        yield fault("passes_without_goal", f"ends.{end}")


def _reversal(scenario: Scenario) -> Iterator[Finding]:
    """The conversation to imitate passes without a mine; the one to watch fails, with at least two."""
    for which, keys in (("good", scenario.reversal.good), ("bad", scenario.reversal.bad)):
        try:
            play = perform(scenario, keys)
        except CustlibError:
            yield fault("reversal_keys", f"reversal.{which}")
            continue
        if not play.over:
            yield fault("reversal_keys", f"reversal.{which}")
        elif which == "good" and (not result(play).passed or play.state.mines):
            yield fault("reversal_good", "reversal.good")
        elif which == "bad" and (result(play).passed or len(mined_turns(play)) < 2):
            yield fault("reversal_bad", "reversal.bad")
