"""Check an answer: right, wrong and why, not given, or not possible to tell. Pure; nothing in an answer is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from custlib.content import Finding
from custlib.practice import numbers
from custlib.practice.bank import Choice, Classify, Free, Number, Option, Order, Roleplay, Slip, Table
from custlib.practice.problem import Problem, Said

Outcome = Literal["correct", "incorrect", "not_attempted", "cannot_check"]
LONGEST_TEXT = 20_000
DAYS = ("", "d", "day", "days", "天", "日")
COUNTS = ("", "times", "次", "家", "个", "purchases", "customers", "orders", "笔", "条")


@dataclass(frozen=True)
class Feedback:
    """What an answer is told: an outcome, sentences, named checks, and the slip it shows where one is known."""

    outcome: Outcome
    said: tuple[Said, ...] = ()
    checks: tuple[tuple[Said, bool], ...] = ()
    slip: str = ""

    @property
    def state(self) -> str:
        """The outcome as a card shows it: some checks met is partly right."""
        partly = self.outcome == "incorrect" and any(met for _, met in self.checks)
        return "partly" if partly else self.outcome


EMPTY = Feedback("not_attempted")
UNPLAYED = Feedback("not_attempted", (Finding("practice.roleplay.open"),))


def check(problem: Problem, given: Any) -> Feedback:
    """Check an answer in the form the exercise's kind has; see `clean` for what is accepted.

    An exercise that cannot be set on this data, and an answer that cannot be read, is `cannot_check`: no try.
    """
    if problem.trouble is not None:
        return Feedback("cannot_check", (problem.trouble,))
    answer = clean(problem, given)
    if isinstance(answer, Finding):
        return Feedback("cannot_check", (answer,))
    if not answer or (isinstance(answer, str) and not answer.strip()):
        return UNPLAYED if isinstance(problem.exercise, Roleplay) else EMPTY
    feedback = _CHECKS[problem.exercise.kind](problem, answer)
    # An answer that no slip explains may be right on another seed: somebody else's, or from before.
    if feedback.outcome == "incorrect" and not feedback.slip and problem.exercise.kind in ("number", "table"):
        for other in problem.elsewhere():
            if other.answer != problem.answer and check(other, given).outcome == "correct":
                values = {"other": other.variant.split()[1], "own": problem.variant.split()[1]}
                return Feedback("incorrect", (Finding("practice.elsewhere", values),), feedback.checks, "elsewhere")
    return feedback


def clean(problem: Problem, given: Any) -> Any:
    """Bring an answer into the plain form that is checked and kept; a Finding says why it cannot be.

    Choice: an id, or ids in the order of the options. Number: text. Order: all ids. Classify and rule: item → class.
    Table: row → column → text. Free: `text` and `ticks`. Role-play: finished runs, each `passed` and `score`, which the
    session takes from the journal. What the exercise does not know is left out.
    """
    exercise = problem.exercise
    if isinstance(exercise, Choice) and exercise.kind == "single":
        return given if isinstance(given, str) and given in _ids(exercise.options) else ""
    if isinstance(exercise, Choice):
        return [each for each in _ids(exercise.options) if isinstance(given, list | tuple | set) and each in given]
    if isinstance(exercise, Number):
        return _short(given, numbers.LONGEST)
    if isinstance(exercise, Order):
        whole = isinstance(given, list | tuple) and sorted(map(str, given)) == sorted(_ids(exercise.items))
        return [str(each) for each in given] if whole else []
    if isinstance(exercise, Classify):
        return _chosen(given, {item.id: exercise.classes for item in exercise.items})
    if isinstance(exercise, Table) and exercise.settings:
        return _chosen(given, {setting.id: setting.options for setting in exercise.settings})
    if isinstance(exercise, Table):
        return _cells(exercise, problem, given)
    if isinstance(exercise, Free):
        given = given if isinstance(given, Mapping) else {"text": given}
        text = _short(given.get("text"), LONGEST_TEXT)
        ticks = given.get("ticks")
        ticks = [each for each in _ids(exercise.rubric) if isinstance(ticks, list | tuple) and each in ticks]
        return text if isinstance(text, Finding) else {"text": text, "ticks": ticks} if text.strip() else {}
    return [{"passed": bool(run["passed"]), "score": float(run["score"])} for run in given or () if _is_run(run)]


def _is_run(run: Any) -> bool:
    return (
        isinstance(run, Mapping) and isinstance(run.get("passed"), bool) and isinstance(run.get("score"), int | float)
    )


def _short(given: Any, most: int) -> str | Finding:
    text = (
        given
        if isinstance(given, str)
        else ""
        if given is None or isinstance(given, bool | list | dict)
        else str(given)
    )
    if len(text) > most:
        return Finding("practice.too_long", {"length": len(text), "most": most})
    return text


def _ids(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options]


def _chosen(given: Any, known: Mapping[str, tuple[Option, ...]]) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    return {name: given[name] for name, options in known.items() if given.get(name) in _ids(options)}


def _cells(exercise: Table, problem: Problem, given: Any) -> Any:
    if not isinstance(given, Mapping):
        return {}
    cells: dict[str, dict[str, str]] = {}
    for row in problem.answer:
        line = given.get(row)
        for column in exercise.asked:
            text = _short(line.get(column.id), numbers.LONGEST) if isinstance(line, Mapping) else ""
            if isinstance(text, Finding):
                return text
            if text.strip():
                cells.setdefault(row, {})[column.id] = text
    return cells


def _slip(problem: Problem, matches: Callable[[Any], bool]) -> Slip | None:
    known = {slip.id: slip for slip in problem.exercise.slips}
    return next((known[name] for name, wrong in problem.slips.items() if name in known and matches(wrong)), None)


def _single(problem: Problem, answer: str) -> Feedback:
    exercise = problem.exercise
    assert isinstance(exercise, Choice)
    if answer in (problem.answer, *problem.accept):
        return Feedback("correct", (exercise.right,))
    option = next(option for option in exercise.options if option.id == answer)
    return Feedback("incorrect", (option.says or Finding("practice.choice.other"),), slip=answer if option.says else "")


def _multiple(problem: Problem, answer: list[str]) -> Feedback:
    exercise = problem.exercise
    assert isinstance(exercise, Choice)
    right = set(problem.answer)
    if set(answer) == right or any(set(answer) == set(other) for other in problem.accept):
        return Feedback("correct", (exercise.right,))
    checks = (
        (Finding("practice.choice.all"), right <= set(answer)),
        (Finding("practice.choice.only"), set(answer) <= right),
    )
    slip = _slip(problem, lambda wrong: set(wrong) == set(answer))
    if slip:
        return Feedback("incorrect", (slip.says,), checks, slip.id)
    for option in exercise.options:
        if option.id in answer and option.id not in right and option.says:
            return Feedback("incorrect", (option.says,), checks, option.id)
    for option in exercise.options:
        if option.id in right and option.id not in answer and option.missed:
            return Feedback("incorrect", (option.missed,), checks, option.id)
    return Feedback("incorrect", (), checks)


def _number(problem: Problem, text: str) -> Feedback:
    exercise = problem.exercise
    assert isinstance(exercise, Number)
    readings = numbers.read(text)
    if not readings:
        return Feedback("cannot_check", (Finding("practice.number.unreadable", {"text": text.strip()[:40]}),))
    meant = list(_meant(exercise, readings))
    if not meant:
        values = {"given": readings[0].unit[:20], "unit": exercise.unit}
        return Feedback("cannot_check", (Finding("practice.number.unit", values),))
    targets = [float(value) for value in (problem.answer, *problem.accept)]
    fits = [any(_near(value, target, exercise) for target in targets) for value, _, _ in meant]
    wrong = {name: float(value) for name, value in problem.slips.items()}
    first, step, digits = meant[0][0], meant[0][1], readings[0].digits
    rounded = digits >= 2 and any(abs(first - target) <= step / 2 for target in targets)
    # 0.5 in a field of per cent may be a known slip as it stands, and the answer as a share.
    known = any(abs(first - value) <= step / 2 + 1e-12 for value in wrong.values())
    if any(fits) and not fits[0] and (len(readings) > 1 or known):
        other = meant[fits.index(True)][0]
        return Feedback(
            "cannot_check", (Finding(f"practice.number.which.{exercise.measure}", {"one": first, "two": other}),)
        )
    if any(fits):
        note = () if fits[0] else (Finding("practice.number.share", {"value": meant[fits.index(True)][0]}),)
        return Feedback("correct", (exercise.right, *note))
    if rounded and any(abs(first - value) <= step / 2 for value in wrong.values()):
        return Feedback("cannot_check", (Finding("practice.number.more_digits"),))
    if rounded:
        return Feedback("correct", (exercise.right,))
    for value, _, _ in meant:
        if name := _hit(value, wrong, exercise):
            slip = next(slip for slip in exercise.slips if slip.id == name)
            return Feedback("incorrect", (slip.says,), slip=name)
    asks, observed = _observe(exercise, first, targets[0], readings[0].unit)
    return Feedback("cannot_check" if asks else "incorrect", (observed,))


def _meant(exercise: Number, readings: tuple[numbers.Reading, ...]) -> Iterator[tuple[float, float, bool]]:
    """The values a text can mean in the answer's own unit, the worth of their last digit, and whether as a share."""
    units = {exercise.unit.en.casefold(), exercise.unit.zh.casefold(), ""}
    # Points of a score are written as points of a share are: the reader takes both for per cent.
    units |= {"%"} if units & set(numbers.PERCENT) else set()
    for reading in readings:
        if exercise.measure == "percent":
            if reading.unit in ("", "%"):
                yield reading.value / 100, reading.step / 100, False
            if reading.unit == "" and abs(reading.value) <= 1:
                yield reading.value, reading.step, True
        elif reading.unit in units | set({"money": ("money",), "days": DAYS, "count": COUNTS}[exercise.measure]):
            yield reading.value, reading.step, False


def _near(value: float, target: float, exercise: Number) -> bool:
    unit = 0.01 if exercise.measure == "percent" else 1.0
    counted = exercise.measure in ("days", "count") and exercise.digits == 0 and float(target).is_integer()
    slack = 0.0 if counted else 0.5 * unit * 10.0**-exercise.digits
    return abs(value - target) <= slack + exercise.within * abs(target) + 1e-9 * max(1.0, abs(target))


def _hit(value: float, wrong: Mapping[str, float], exercise: Number) -> str:
    """The known slip that a value shows: the nearest of those it fits."""
    fitting = [(abs(value - each), name) for name, each in wrong.items() if _near(value, each, exercise)]
    return min(fitting)[1] if fitting else ""


def _observe(exercise: Number, value: float, target: float, unit: str) -> tuple[bool, Finding]:
    """The most useful thing to say of a number that no known slip explains, without giving the answer away."""
    if target and value and abs(value + target) <= 0.01 * abs(target):
        return False, Finding("practice.number.sign")
    for factor in (10, 100, 1_000, 10_000, 1_000_000):
        for ratio, side in ((value * factor, "small"), (value / factor, "large")):
            if target and abs(ratio - target) <= 0.01 * abs(target):
                # Without a unit, 1.2 may have been meant as 1.2 万: that is asked, not marked.
                asks = exercise.measure == "money" and unit == "" and side == "small" and factor >= 1_000
                return asks, Finding(f"practice.number.{'scale_ask' if asks else side}", {"factor": factor})
    return False, Finding("practice.number.high" if value > target else "practice.number.low")


def _order(problem: Problem, answer: list[str]) -> Feedback:
    exercise = problem.exercise
    assert isinstance(exercise, Order)
    if answer in [list(problem.answer), *map(list, problem.accept)]:
        return Feedback("correct", (exercise.right,))
    checks = tuple((each.text, answer.index(each.before[0]) < answer.index(each.before[1])) for each in exercise.checks)
    slip = _slip(problem, lambda wrong: list(wrong) == answer)
    if slip:
        return Feedback("incorrect", (slip.says,), checks, slip.id)
    place = next(i for i, (one, two) in enumerate(zip(answer, problem.answer, strict=True), 1) if one != two)
    return Feedback("incorrect", (Finding("practice.order.first", {"place": place}),), checks)


def _sorted(problem: Problem, answer: dict[str, str]) -> Feedback:
    """Check classes of items, or the settings of a rule."""
    exercise = problem.exercise
    items: tuple[Any, ...] = exercise.items if isinstance(exercise, Classify) else exercise.settings  # type: ignore[attr-defined]
    if left := len(items) - len(answer):
        return Feedback("not_attempted", (Finding("practice.left", {"left": left, "all": len(items)}),))
    if answer in [problem.answer, *problem.accept]:
        return Feedback("correct", (exercise.right,))
    checks = tuple((item.text, answer[item.id] == problem.answer[item.id]) for item in items)
    missed = {name for name in answer if answer[name] != problem.answer[name]}
    slip = _slip(problem, lambda wrong: all(answer[name] == wrong.get(name) for name in missed))
    if slip:
        return Feedback("incorrect", (slip.says,), checks, slip.id)
    for item in items:
        for option in getattr(item, "options", ()):
            if item.id in missed and option.id == answer[item.id] and option.says:
                return Feedback("incorrect", (option.says,), checks, f"{item.id}_{option.id}")
    first = next(item for item in items if item.id in missed)
    said = first.says or Finding("practice.sorted.first", {"item": first.text}) if isinstance(first, Option) else None
    return Feedback("incorrect", (said,) if said else (), checks)


def _table(problem: Problem, answer: dict[str, dict[str, str]]) -> Feedback:
    exercise = problem.exercise
    assert isinstance(exercise, Table)
    if exercise.settings:
        return _sorted(problem, answer)  # type: ignore[arg-type]
    wanted = [(row, column.id) for row in problem.answer for column in exercise.asked]
    left = sum(column not in answer.get(row, {}) for row, column in wanted)
    if left:
        return Feedback("not_attempted", (Finding("practice.left", {"left": left, "all": len(wanted)}),))
    for row, column in wanted:
        if not numbers.read(answer[row][column]):
            return Feedback(
                "cannot_check", (Finding("practice.number.unreadable", {"text": answer[row][column][:40]}),)
            )

    def same(row: str, column: str, cells: Any) -> bool:
        slack = 0.5 * 10.0**-exercise.digits if exercise.digits else 1e-9
        return any(abs(each.value - float(cells[row][column])) <= slack for each in numbers.read(answer[row][column]))

    missed = [(row, column) for row, column in wanted if not same(row, column, problem.answer)]
    if not missed:
        return Feedback("correct", (exercise.right,))
    checks: list[tuple[Said, bool]] = []
    for asked in exercise.asked:
        wrong = sum(name == asked.id for _, name in missed)
        values = {"column": asked.text, "right": len(problem.answer) - wrong, "all": len(problem.answer)}
        checks.append((Finding("practice.table.column", values), not wrong))
    slip = _slip(problem, lambda other: all(same(row, column, other) for row, column in missed))
    place, name = missed[0]
    heading = next(column.text for column in exercise.asked if column.id == name)
    first = Finding("practice.table.first", {"row": place, "column": heading, "given": answer[place][name][:20]})
    said = (slip.says, first) if slip else (first,)
    return Feedback("incorrect", said, tuple(checks), slip.id if slip else "")


def _free(problem: Problem, answer: dict[str, Any]) -> Feedback:
    """A text is ticked by its writer; what a pattern finds in it is said."""
    exercise = problem.exercise
    assert isinstance(exercise, Free)
    checks = tuple((item.text, item.id in answer["ticks"]) for item in exercise.rubric)
    for slip in exercise.slips:
        patterns = (slip.pattern.en, slip.pattern.zh) if slip.pattern else ()
        if any(re.search(pattern, answer["text"], re.I) for pattern in patterns):
            return Feedback("incorrect", (slip.says,), checks, slip.id)
    if all(met for _, met in checks):
        return Feedback("correct", (exercise.right,), checks)
    return Feedback("incorrect", (Finding("practice.free.compare"),), checks)


def _roleplay(problem: Problem, answer: Any) -> Feedback:
    """The runs that came to an end: one has to reach the brief's goal and the pass mark."""
    best = max(answer, key=lambda run: (run["passed"], run["score"]))
    checks: tuple[tuple[Said, bool], ...] = (
        (Finding("practice.roleplay.ended"), True),
        (Finding("practice.roleplay.passed"), best["passed"]),
    )
    if best["passed"]:
        return Feedback("correct", (problem.exercise.right,), checks)
    told = Finding("practice.roleplay.again", {"score": round(best["score"]), "n": len(answer)})
    return Feedback("incorrect", (told,), checks)


_CHECKS: Mapping[str, Callable[[Problem, Any], Feedback]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "order": _order,
    "classify": _sorted,
    "table": _table,
    "free": _free,
    "roleplay": _roleplay,
}
