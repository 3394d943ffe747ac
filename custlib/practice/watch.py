"""Role reversal: watch a good or a bad conversation, and name the turns in which a mine was stepped on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from custlib.practice.play import CustomerFacts, Play, answer_to, begin, choose
from custlib.practice.scenarios import Scenario


@dataclass(frozen=True)
class Spotted:
    """What an observer saw: turns rightly named, mines passed over, and turns named without a mine. From 1."""

    found: tuple[int, ...]
    missed: tuple[int, ...]
    false_alarms: tuple[int, ...]


def perform(scenario: Scenario, keys: Iterable[str], customer: CustomerFacts | None = None) -> Play:
    """Play a conversation from the keys of its lines alone; the diagnosis is answered rightly on the way.

    Raises UnknownName where a line is not open at its turn, PlayRefused after the end.
    """
    play = begin(scenario, customer=customer)
    for key in keys:
        play = choose(_diagnosed(play), key)
    return _diagnosed(play)


def _diagnosed(play: Play) -> Play:
    while play.at.startswith("?"):
        question = play.at[1:]
        play = choose(play, f"{question}:{answer_to(play.scenario, question, play.customer)}")
    return play


def mined_turns(play: Play) -> dict[int, tuple[str, ...]]:
    """The turns in which a mine was hit, and which."""
    lines = [step for step in play.steps if not step.at.startswith("?")]
    hit = {number: play.scenario.choices[step.key].arms[step.arm].mines for number, step in enumerate(lines, 1)}
    return {number: mines for number, mines in hit.items() if mines}


def spot(play: Play, named: Collection[int]) -> Spotted:
    """Compare the turns an observer named with those in which a mine was hit."""
    truth, said = set(mined_turns(play)), set(named)
    return Spotted(tuple(sorted(truth & said)), tuple(sorted(truth - said)), tuple(sorted(said - truth)))
