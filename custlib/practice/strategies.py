"""Ways to choose without listening. A scenario in which one of them passes trains the wrong thing.

Each strategy sees what a participant sees, the texts, and answers the diagnosis rightly, so that it fails by what
it says. The ten are the ones found to beat drafts of scenarios; `same_move` is the author's view of a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from custlib.content import LANGUAGES, load_yaml
from custlib.figures import figures
from custlib.practice.graph import keys_at
from custlib.practice.play import CustomerFacts, answer_to, begin, move
from custlib.practice.scenarios import Choice, Scenario
from custlib.practice.scoring import score_at


@dataclass(frozen=True)
class Attempt:
    """What a strategy came to: its score, where it ended, and what it chose."""

    strategy: str
    language: str
    score: float
    end: str
    keys: tuple[str, ...]


Pick = Callable[[Sequence[Choice], str, str], Choice]


@lru_cache(maxsize=1)
def markers() -> dict[str, dict[str, list[str]]]:
    """Signs of manners of speaking, by kind and language."""
    loaded: dict[str, dict[str, list[str]]] = load_yaml(Path(__file__).with_name("markers.yaml"))
    return loaded


def counted(text: str, kind: str, language: str) -> int:
    """How often a text shows the signs of one kind."""
    return len(_signs(kind, language).findall(text))


@lru_cache(maxsize=64)
def _signs(kind: str, language: str) -> re.Pattern[str]:
    known = "|".join(re.escape(sign) for sign in sorted(markers()[kind][language], key=len, reverse=True))
    return re.compile(known) if language == "zh" else re.compile(rf"\b(?:{known})\b", re.IGNORECASE)


def _most(measure: Callable[[str, str], float]) -> Pick:
    def pick(choices: Sequence[Choice], language: str, liked: str) -> Choice:
        return max(choices, key=lambda choice: measure(choice.say.in_(language), language))

    return pick


def _asks(text: str, language: str) -> float:
    return ("？" if language == "zh" else "?") in text


def _you_over_we(text: str, language: str) -> float:
    return counted(text, "you", language) - counted(text, "we", language)


def _numbers(text: str, language: str) -> float:
    return len(figures(text, language))


def _shared(text: str, other: str) -> float:
    """How alike two texts are: shared pairs of letters over all (Jaccard)."""
    one, two = ({each[i : i + 2] for i in range(len(each) - 1)} for each in (text.lower(), other.lower()))
    return len(one & two) / len(one | two) if one | two else 0.0


def _like_last_good(choices: Sequence[Choice], language: str, liked: str) -> Choice:
    return max(choices, key=lambda choice: _shared(choice.say.in_(language), liked)) if liked else choices[0]


STRATEGIES: dict[str, Pick] = {
    "longest": _most(lambda text, language: len(text)),
    "shortest": _most(lambda text, language: -len(text)),
    "question": _most(_asks),
    "polite": _most(lambda text, language: counted(text, "polite", language)),
    "you": _most(_you_over_we),
    "numbers": _most(_numbers),
    "cautious": _most(lambda text, language: counted(text, "cautious", language)),
    "agreeable": _most(lambda text, language: counted(text, "agreeable", language)),
    "like_last": _like_last_good,
}


def attempts(scenario: Scenario, customer: CustomerFacts | None = None) -> Iterator[Attempt]:
    """Play each lazy strategy to its end, in each language where the texts decide."""
    for place in range(4):
        yield _run(scenario, customer, f"always_{place + 1}", "en", _position(place))
    for name, pick in STRATEGIES.items():
        for language in LANGUAGES:
            yield _run(scenario, customer, name, language, pick)
    for wanted in sorted({choice.move for choice in scenario.choices.values()}):
        yield _run(scenario, customer, f"same_move:{wanted}", "en", _same_move(wanted))


def _position(place: int) -> Pick:
    return lambda choices, language, liked: choices[min(place, len(choices) - 1)]


def _same_move(wanted: str) -> Pick:
    return lambda choices, language, liked: next((each for each in choices if each.move == wanted), choices[0])


def _run(scenario: Scenario, customer: CustomerFacts | None, name: str, language: str, pick: Pick) -> Attempt:
    first = begin(scenario, customer=customer)
    at, state, liked, keys = first.at, first.state, "", []
    while at not in scenario.ends:
        if at.startswith("?"):
            key = f"{at[1:]}:{answer_to(scenario, at[1:], customer)}"
        else:
            open_ = [scenario.choices[each] for each in keys_at(scenario, at, state, customer)]
            choice = pick(open_, language, liked)
            key = choice.id
        before = state.trust
        at, state, _, _ = move(scenario, at, state, key, customer)
        if ":" not in key:
            keys.append(key)
            liked = choice.say.in_(language) if state.trust > before else liked
    return Attempt(name, language, score_at(scenario, state, at), at, tuple(keys))
