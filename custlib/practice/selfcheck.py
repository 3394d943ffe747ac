"""The engine checks its bank: what is right passes, what is known to be wrong fails with its own message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from custlib.practice.bank import Choice, Classify, Free, Number, Roleplay, Table
from custlib.practice.checking import check
from custlib.practice.problem import Problem


def selfcheck(problem: Problem) -> Iterator[str]:
    """Name what does not hold of an exercise on the data it was set on; nothing means that all of it does."""
    exercise = problem.exercise
    if problem.trouble is not None:
        yield f"cannot be set on this data ({problem.trouble.code})"
        return
    nothing: tuple[Any, ...] = (None, "", [], {}, "   ")
    for empty in nothing:
        if check(problem, empty).outcome != "not_attempted":
            yield f"an empty answer ({empty!r}) is not “not attempted”"
    for answer in right(problem):
        if (found := check(problem, answer)).outcome != "correct":
            yield f"the model answer {answer!r} is told {found.outcome} {found.slip}"
    for name, answer in wrong(problem):
        found = check(problem, answer)
        if (found.outcome, found.slip) != ("incorrect", name):
            yield f"the wrong answer “{name}” ({answer!r}) is told {found.outcome} “{found.slip}”"
    reached = {name for name, _ in wrong(problem)}
    for slip in exercise.slips:
        if slip.id not in reached:
            yield f"no answer shows the slip “{slip.id}” on this data"


def right(problem: Problem) -> Iterator[Any]:
    """Every answer that has to pass, as a person would give it."""
    exercise = problem.exercise
    if isinstance(exercise, Free):
        for text in (exercise.model.en, exercise.model.zh):
            yield {"text": text, "ticks": [item.id for item in exercise.rubric]}
        return
    if isinstance(exercise, Roleplay):
        yield [{"passed": True, "score": 75.0}]
        return
    for answer in (problem.answer, *problem.accept):
        yield typed(problem, answer)
    if isinstance(exercise, Number) and exercise.measure == "percent" and abs(problem.answer) <= 1:
        yield f"{problem.answer:.{exercise.digits + 2}f}"


def wrong(problem: Problem) -> Iterator[tuple[str, Any]]:
    """Every answer that is known to be wrong, with the name of the slip it shows."""
    exercise = problem.exercise
    if isinstance(exercise, Free):
        for slip in exercise.slips:
            for text in (slip.example.en, slip.example.zh) if slip.example else ():
                yield slip.id, {"text": text, "ticks": [item.id for item in exercise.rubric]}
        return
    for name, answer in problem.slips.items():
        shown = possible(problem, answer)
        if shown != problem.answer:
            yield name, typed(problem, shown)
    if isinstance(exercise, Choice) and exercise.kind == "single":
        yield from ((option.id, option.id) for option in exercise.options if option.id != problem.answer)
    elif isinstance(exercise, Choice):
        for option in exercise.options:
            if option.id not in problem.answer and option.says:
                yield option.id, [*problem.answer, option.id]
            elif option.id in problem.answer and option.missed and len(problem.answer) > 1:
                yield option.id, [each for each in problem.answer if each != option.id]


def possible(problem: Problem, answer: Any) -> Any:
    """A slip may lead to a class that is not offered; whoever makes it is right there, or stuck."""
    exercise = problem.exercise
    if not isinstance(exercise, Classify):
        return answer
    offered = {option.id for option in exercise.classes}
    return {item: each if each in offered else problem.answer[item] for item, each in answer.items()}


def typed(problem: Problem, answer: Any) -> Any:
    """A worked-out answer as somebody would put it into the card."""
    exercise = problem.exercise
    if isinstance(exercise, Number):
        if exercise.measure == "percent":
            return f"{100 * answer:.{exercise.digits + 1}f} %"
        return f"{answer:,.2f}" if exercise.measure == "money" else f"{answer:g}"
    if isinstance(exercise, Table) and exercise.asked:
        return {row: {name: f"{value:g}" for name, value in cells.items()} for row, cells in answer.items()}
    return dict(answer) if isinstance(answer, Mapping) else answer


def figures(text: str) -> list[str]:
    """The figures that stand in a text itself, without months, which one language names by a word.

    >>> figures("Lesson 05, 30 June: {answer}") == figures("第 5 课，6 月 30 日：{answer}")
    True
    """
    bare = re.sub(r"\d+ ?月", "", re.sub(r"\{[^}]*\}", " ", text))
    return sorted({figure.lstrip("0") or "0" for figure in re.findall(r"\d+(?:[.,]\d+)*", bare)})
