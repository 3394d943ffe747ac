"""An exercise on the data at hand: its figures filled in, its answer worked out, its known slips with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from custlib.content import LANGUAGES, Finding, Words
from custlib.errors import BadContent, CustlibError
from custlib.practice.bank import Bank, Exercise, Order, Text

if TYPE_CHECKING:
    import pandas as pd

Said = Text | Finding
Cells = dict[str, dict[str, Any]]
RESERVED = ("answer", "slips", "accept", "given")


@dataclass(frozen=True)
class Problem:
    """What is asked, of whom: `variant` names the data (`seed 7`, or a participant's own list).

    `answer` is in the form an answer has: an option's id, a list of ids, a number, item → class, or row → column →
    value. `trouble` says why the exercise cannot be set on this data; there is no answer then. `elsewhere` gives the
    same exercise on other seeds, for telling whose answer it is that was handed in. `currency` is what its figures are
    in, where that is not what the lesson counts in.
    """

    exercise: Exercise
    number: str
    variant: str
    values: Mapping[str, Any] = field(default_factory=dict)
    answer: Any = None
    slips: Mapping[str, Any] = field(default_factory=dict)
    accept: tuple[Any, ...] = ()
    rows: Cells = field(default_factory=dict)
    names: Mapping[Any, str] = field(default_factory=dict)
    trouble: Finding | None = None
    currency: str | None = None
    elsewhere: Callable[[], Iterable[Problem]] = tuple

    def fill(self, what: Said, words: Words) -> str:
        """A text of the exercise or a finding about an answer, with its figures, in one language."""
        values = {"answer": self.answer, **{key: self.shown(value, words) for key, value in self.values.items()}}
        if isinstance(what, Text):
            return words.fill(what.in_(words.language), values)
        return words.say(what.code, **{key: self.shown(value, words) for key, value in what.values.items()})

    def shown(self, value: Any, words: Words) -> Any:
        """A customer's id as the name a reader knows; everything else as it is."""
        if isinstance(value, Text):
            return self.fill(value, words)
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            return value[words.language]
        if isinstance(value, CustlibError):
            return words.error(value)
        return self.names.get(value, value) if isinstance(value, str | int) else value

    def cell(self, row: str, column: str, spec: str, words: Words) -> str:
        """A figure of the given table, as a reader writes it."""
        value = self.shown(self.rows[row][column], words)
        return words.fill("{value:" + spec + "}", {"value": value}) if spec else str(value)

    @property
    def start(self) -> list[str]:
        """The order in which things to be ordered lie at first: the same for everybody, and never the right one."""
        assert isinstance(self.exercise, Order)
        ids = [item.id for item in self.exercise.items]
        shuffled = random.Random(f"{self.exercise.id} {self.variant}")
        while True:
            shuffled.shuffle(ids)
            if ids not in [self.answer, *self.accept]:
                return ids


def pose(
    bank: Bank,
    name: str,
    tables: Mapping[str, pd.DataFrame],
    *,
    seed: int,
    variant: str = "",
    names: Mapping[Any, str] | None = None,
    elsewhere: Callable[[], Iterable[Problem]] = tuple,
) -> Problem:
    """Set an exercise on tables. `params` of its function are `seed`, `rng` (drawn from seed and id) and its own.

    Raises UnknownName; BadContent where the function does not give what the exercise needs.
    """
    exercise = bank.exercise(name)
    posed = Problem(exercise, bank.number(name), variant or f"seed {seed}", names=names or {}, elsewhere=elsewhere)
    solve = bank.solve.get(exercise.function)
    slips = {slip.id: slip.answer for slip in exercise.slips if slip.answer is not None}
    if solve is None:
        return replace(posed, answer=exercise.answer, slips=slips)
    # Fair across languages and machines: what is drawn depends on the seed and the exercise alone.
    params = {"seed": seed, "rng": random.Random(f"{exercise.id} {seed}"), **exercise.params}
    try:
        found = dict(solve(tables, MappingProxyType(params)))
    except CustlibError as error:
        return replace(posed, trouble=Finding("practice.cannot.error", {"error": error}))
    except (LookupError, ValueError, ArithmeticError):
        # A list of one's own may have no returns, or three customers: then the exercise has nothing to ask about.
        return replace(posed, trouble=Finding("practice.cannot.data"))
    if "answer" not in found:
        raise BadContent(path=f"{bank.lesson}.py", problem=f"{exercise.function}: the result has no “answer”")
    answer = plain(found["answer"])
    worked = slips | {name: plain(value) for name, value in found.get("slips", {}).items()}
    return replace(
        posed,
        answer=answer,
        # On some data a slip leads to the right answer; it is no slip there.
        slips={name: value for name, value in worked.items() if value is not None and value != answer},
        accept=tuple(map(plain, found.get("accept", ()))),
        rows=plain(found["given"]) if "given" in found else {},
        values={key: plain(value) for key, value in found.items() if key not in RESERVED},
    )


def plain(value: Any) -> Any:
    """Tables as row → column → value, NumPy's numbers as Python's: what JSON and comparisons understand."""
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        return {str(row): {str(key): plain(cell) for key, cell in cells.items()} for row, cells in value.T.items()}
    if hasattr(value, "to_dict"):
        return {str(key): plain(cell) for key, cell in value.to_dict().items()}
    if isinstance(value, Mapping):
        return {str(key): plain(cell) for key, cell in value.items()}
    if isinstance(value, list | tuple):
        return [plain(cell) for cell in value]
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value
