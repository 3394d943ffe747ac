"""The linter on the texts: two languages that say the same figures, each in its own signs, and nobody real."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from custlib.content import Finding
from custlib.figures import agree, figures
from custlib.practice.lint_form import fault
from custlib.practice.scenarios import Fact, Scenario, Text
from custlib.practice.strategies import markers

# Spoken lines fit on a phone; the rest is read.
SPOKEN = {"en": 220, "zh": 110}
READ = {"en": 420, "zh": 220}
RATIO = (1.3, 7.0)
# Written forms nobody says; a line now and then may stress one.
_STIFF = re.compile(
    r"\b(?:do|does|did|is|are|was|have|has|had|would|should|could|will)\s+not\b|\bcannot\b"
    r"|\b(?:I|we|you|they|he|she)\s+(?:am|are|will|have\s+(?!to\b|a\b|an\b|the\b|no\b))\b",
    re.IGNORECASE,
)
MOST_STIFF = 0.15
_CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HALF = re.compile(r"[\u4e00-\u9fff][,;:!?()\"']|[,;:!?()\"'][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\d)")
_TAG = re.compile(r"<[a-zA-Z/!]|&[a-z#0-9]+;|javascript:", re.IGNORECASE)
_PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx]|[\w.]+@[\w-]+\.\w+")


def texts(scenario: Scenario) -> Iterator[tuple[str, Text]]:
    """Every text with its place."""
    yield from _walk(scenario, "")


def _walk(value: Any, place: str) -> Iterator[tuple[str, Text]]:
    dot = f"{place}." if place else ""
    if isinstance(value, Text):
        yield place, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            # Places are the author's: choices by their id, and no arm's number where there is one arm.
            plain = name == "choices" or (name == "arms" and len(inner) == 1)
            yield from _walk(inner[0] if plain and name == "arms" else inner, place if plain else dot + name)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _walk(each, dot + str(key))
    elif isinstance(value, tuple):
        for number, each in enumerate(value, 1):
            name = getattr(each, "id", None) or str(number)
            yield from _walk(each, dot + name)


def check_texts(scenario: Scenario) -> list[Finding]:
    """All faults of the texts. A text shared by several arms is reported once."""
    found: list[Finding] = []
    seen: set[tuple[str, str, bool]] = set()
    for place, text in texts(scenario):
        spoken = ".customer" in place or place.endswith((".say", ".reply", ".line"))
        if (text.en, text.zh, spoken) not in seen:
            seen.add((text.en, text.zh, spoken))
            found += _of_text(place, text, SPOKEN if spoken else READ)
    return [*found, *_undeclared(scenario), *_twice(scenario), *_stiff(scenario)]


def _of_text(place: str, text: Text, longest: Mapping[str, int]) -> Iterator[Finding]:
    if not _HAN.search(text.zh):
        yield fault("zh_missing", f"{place}.zh")
    if _CJK.search(text.en):
        yield fault("en_has_chinese", f"{place}.en", sign=_CJK.findall(text.en)[0])
    half = _HALF.search(text.zh)
    if half:
        yield fault("half_width", f"{place}.zh", part=half[0])
    for language in ("en", "zh"):
        said = text.in_(language)
        if len(said) > longest[language]:
            yield fault("text_too_long", f"{place}.{language}", length=len(said), most=longest[language])
        if _TAG.search(said):
            yield fault("markup", f"{place}.{language}", part=_TAG.findall(said)[0])
        if _PERSONAL.search(said):
            yield fault("personal", f"{place}.{language}")
        for brand in markers()["brands"][language]:
            if brand in said if language == "zh" else re.search(rf"\b{re.escape(brand)}\b", said):
                yield fault("brand", f"{place}.{language}", name=brand)
    ratio = len(text.en) / max(len(text.zh), 1)
    if len(text.zh) >= 12 and not RATIO[0] <= ratio <= RATIO[1]:
        yield fault("length_ratio", place, ratio=round(ratio, 1))
    missing_zh, missing_en = agree(text.en, text.zh)
    if missing_zh or missing_en:
        yield fault("figures_differ", place, en=_said(missing_zh), zh=_said(missing_en))


def _said(numbers: frozenset[float]) -> list[str]:
    return [f"{number:,.6g}" if number < 1e6 else f"{number:,.0f}" for number in sorted(numbers)]


def _undeclared(scenario: Scenario) -> Iterator[Finding]:
    """A line that uses a fact's own words or figures says so in `knows` (or learns it there)."""
    start = {key for key, fact in scenario.facts.items() if fact.start}
    for turn, each in scenario.turns.items():
        for number, line in enumerate(each.customer, 1):
            yield from _silent(scenario, f"turns.{turn}.customer.{number}", line, {*start, *line.knows})
        for choice in each.choices:
            place = f"turns.{turn}.{choice.id}"
            yield from _silent(scenario, f"{place}.say", choice.say, {*start, *choice.knows})
            for arm in choice.arms:
                declared = {*start, *choice.knows, *arm.knows, *arm.learn}
                yield from _silent(scenario, f"{place}.reply", arm.reply, declared)


def _silent(scenario: Scenario, place: str, line: Text, declared: set[str]) -> Iterator[Finding]:
    given = {number for key in declared if key in scenario.facts for number in _large(scenario.facts[key])}
    for key, fact in scenario.facts.items():
        if key in declared:
            continue
        words = [sign for sign in fact.marks.en if re.search(rf"\b{re.escape(sign)}", line.en, re.IGNORECASE)]
        words += [sign for sign in fact.marks.zh if sign in line.zh]
        said = figures(line.en, "en") | figures(line.zh, "zh")
        words += _said(frozenset(said & _large(fact) - given))
        if words:
            yield fault("undeclared", place, fact=key, words=words)


def _large(fact: Fact) -> frozenset[float]:
    """Figures that nobody says by chance."""
    return frozenset(number for number in figures(fact.text.en, "en") if number >= 100)


def _twice(scenario: Scenario) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for choice in scenario.choices.values():
        said = choice.say.en
        if said in first:
            yield fault("said_twice", f"turns.{choice.id}.say", other=first[said])
        first.setdefault(said, choice.id)


def _stiff(scenario: Scenario) -> Iterator[Finding]:
    """People say “I'll” and “don't”: where many lines do not, the talk reads like a letter."""
    lines = [line.en for turn in scenario.turns.values() for line in turn.customer]
    lines += [choice.say.en for choice in scenario.choices.values()]
    lines += [arm.reply.en for choice in scenario.choices.values() for arm in choice.arms]
    stiff = [line for line in lines if _STIFF.search(line)]
    if len(stiff) > MOST_STIFF * len(lines):
        yield fault("stiff", "turns", count=len(stiff), of=len(lines), example=stiff[0])
