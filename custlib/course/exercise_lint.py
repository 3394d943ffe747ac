"""The exercise part of `custlib lint`: what a bank must hold so that it teaches in both languages, on any seed."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from custlib.content import LANGUAGES, Words
from custlib.course import root as course
from custlib.course.desk import VARIANTS, posed
from custlib.errors import CustlibError
from custlib.practice.bank import Bank, Choice, Exercise, Free, Number, Roleplay, Text, load
from custlib.practice.problem import Problem
from custlib.practice.selfcheck import figures, selfcheck

CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]")
POLITE = re.compile(r"您(?![^“]*”)")


def lint_exercises(root: Path, names: tuple[str, ...] = (), seeds: tuple[int, ...] = VARIANTS) -> Iterator[str]:
    """Name every fault of the exercises of all lessons, or of those named, with place and remedy."""
    for entry in course.outline(root).lessons:
        words, answers = course.bank(root, entry.id)
        if not words.is_file() or (names and entry.id not in names):
            continue
        try:
            bank = load(words, answers)
        except CustlibError as error:
            yield str(error)
            continue
        yield from (f"{words.name}: {fault}" for fault in lint_bank(bank))
        yield from (f"{words.name}: {fault}" for fault in _used(root, entry.id, bank))
        for seed in seeds:
            for exercise in bank.exercises:
                problem = posed(root, entry.id, exercise.id, seed)
                yield from (f"{words.name}: {exercise.id}, seed {seed}: {fault}" for fault in selfcheck(problem))
                if problem.trouble is None:
                    yield from (f"{words.name}: {exercise.id}, seed {seed}: {fault}" for fault in lint_problem(problem))


def lint_bank(bank: Bank) -> Iterator[str]:
    """What holds of the words alone: both languages, their figures, lengths and places of options."""
    for exercise in bank.exercises:
        for place, text in texts(exercise):
            yield from (f"{exercise.id}.{place}: {fault}" for fault in _text_faults(text))
        yield from (f"{exercise.id}: {fault}" for fault in _option_faults(exercise))
    singles = [each for each in bank.exercises if isinstance(each, Choice) and each.kind == "single"]
    places = Counter(next((i for i, option in enumerate(each.options) if option.says is None), -1) for each in singles)
    if len(singles) > 1 and len(places) == 1:
        yield f"the right option always stands in place {next(iter(places)) + 1}; move it in one of them"


def lint_problem(problem: Problem) -> Iterator[str]:
    """What holds only with figures filled in: a hint must not give the answer away."""
    from custlib.views.cards.exercise import answered

    for language in LANGUAGES:
        words = Words(language)
        shown = [line for line in answered(problem, words) if not isinstance(problem.exercise, Free)]
        if isinstance(problem.exercise, Number):
            # A hint may leave the unit out and still say it all.
            shown = re.findall(r"[\d.,]+", shown[0])
        for number, hint in enumerate(problem.exercise.hints, 1):
            said = problem.fill(hint, words)
            if any(len(line) > 1 and re.search(rf"(?<![\d.,]){re.escape(line)}(?![\d])", said) for line in shown):
                yield f"hint {number} ({language}) gives the answer away; point at the way to it instead"


def texts(part: BaseModel, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of an exercise with its place."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        many = value if isinstance(value, tuple) else (value,)
        for i, each in enumerate(many):
            key = getattr(each, "id", i + 1) if isinstance(value, tuple) else ""
            here = ".".join(str(step) for step in (place, name, key) if step != "")
            if isinstance(each, Text) and name != "pattern":
                yield here, each
            elif isinstance(each, BaseModel) and not isinstance(each, Text):
                yield from texts(each, here)


def _text_faults(text: Text) -> Iterator[str]:
    if figures(text.en) != figures(text.zh):
        yield f"the languages name different figures: {figures(text.en)} and {figures(text.zh)}"
    if _fields(text.en) != _fields(text.zh):
        yield f"the languages fill in different values: {_fields(text.en)} and {_fields(text.zh)}"
    if CHINESE.search(text.en):
        yield "there is Chinese in the English text"
    if len(text.zh) > 8 and not CHINESE.search(re.sub(r"\{[^}]*\}", "字", text.zh)):
        yield "there is no Chinese in the Chinese text"
    if HALF_WIDTH.search(re.sub(r"\{[^}]*\}", "", text.zh)):
        yield "Chinese takes full-width punctuation"
    if POLITE.search(text.zh):
        yield "the course says 你; 您 stands in quoted speech only"
    if text.en.count("**") % 2 or text.zh.count("**") % 2:
        yield "emphasis ** is opened and not closed"


def _fields(text: str) -> list[str]:
    # A noun's ending in English may need a value once more than Chinese does.
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


def _option_faults(exercise: Exercise) -> Iterator[str]:
    if not isinstance(exercise, Choice):
        return
    wrong = [option for option in exercise.options if option.says is not None]
    right = [option for option in exercise.options if option.says is None]
    if exercise.kind == "single" and len(right) != 1:
        yield "each wrong option says what it would mean, and the right one has no says:"
    for language in LANGUAGES if wrong and right else ():
        most = max(len(option.text.in_(language)) for option in right)
        longest = max(len(option.text.in_(language)) for option in wrong)
        if most > 1.5 * longest:
            yield f"the right option stands out by its length ({language}); make the others as long"


def _used(root: Path, lesson: str, bank: Bank) -> Iterator[str]:
    """Every exercise is asked in its lesson, and a lesson asks for none that does not exist."""
    source = course.source(root, lesson).read_text("utf-8")
    asked = re.findall(r"""lesson\.ask\(\s*["']([^"']+)["']""", source)
    known = [each.id for each in bank.exercises]
    yield from (f'{name}: the lesson does not ask it; add lesson.ask("{name}")' for name in known if name not in asked)
    yield from (f"{name}: the lesson asks for it, but there is none" for name in asked if name not in known)
    for each in bank.exercises:
        if isinstance(each, Roleplay) and not course.scenario(root, each.scenario).is_file():
            yield f"{each.id}: there is no scenario “{each.scenario}”"
