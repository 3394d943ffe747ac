"""The desk of a lesson: its exercises on the tables at hand, and the journal beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custlib.content import Finding, Words
from custlib.course import root as course
from custlib.course.tables import PRACTICE, Tables, names_of_tables
from custlib.practice.bank import Bank, load
from custlib.practice.handed import handed
from custlib.practice.journal import Event, Journal
from custlib.practice.problem import Problem, pose
from custlib.practice.progress import Standing, standings
from custlib.practice.results import Change
from custlib.practice.results import changes as compared
from custlib.practice.session import Session

if TYPE_CHECKING:
    import pandas as pd

    from custlib.course.own_talk import Bench
    from custlib.views.bundle import Bundle

# Whose answer may have been handed in: the course's own data, and the first variants an instructor gives out.
VARIANTS = (7, 1, 2, 3, 4)


@dataclass(frozen=True)
class Drawn(Mapping[str, "pd.DataFrame"]):
    """Tables by name, each read when it is first asked for; `asked` are the names that were."""

    tables: Tables
    kept: dict[str, Any] = field(default_factory=dict, compare=False)
    asked: set[str] = field(default_factory=set, compare=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.asked.add(name)
        if name not in self.kept:
            self.kept[name] = self.tables.table(name)
        table: pd.DataFrame = self.kept[name]
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(names_of_tables())

    @cached_property
    def names(self) -> dict[object, str]:
        """What a reader calls each customer."""
        return self.tables.names()

    def __len__(self) -> int:
        return len(names_of_tables())


@dataclass(frozen=True)
class Desk:
    """The exercises of one lesson, for one participant."""

    root: Path
    lesson: str
    tables: Tables
    words: Words

    @cached_property
    def journal(self) -> Journal:
        """The participant's journal. Raises BadSetting for an address that cannot be one."""
        return journal(self.root)

    @cached_property
    def bank(self) -> Bank:
        return load(*course.bank(self.root, self.lesson))

    @cached_property
    def drawn(self) -> Drawn:
        return Drawn(self.tables)

    def problem(self, exercise: str) -> Problem:
        """An exercise on the tables at hand. Raises UnknownName, BadContent."""
        own, seed, only = self.tables.own, self.tables.seed, self.tables.only

        def elsewhere() -> Iterator[Problem]:
            if not own and not only:
                yield from (posed(self.root, self.lesson, exercise, each) for each in VARIANTS if each != seed)

        plain = " ".join([f"seed {seed}", *map("=".join, only)])
        variant = f"own {_digest(self.drawn['orders'])}" if own else plain
        tables = replace(self.drawn, asked=set())
        problem = pose(
            self.bank,
            exercise,
            tables,
            seed=seed,
            variant=variant,
            names=self.drawn.names,
            elsewhere=elsewhere,
        )
        # Beside a list of one's own, what does not rest on it is the practice company's, and counted in yuan.
        practice = own and bool(tables.asked) and "orders" not in tables.asked
        names = self.tables.names(practice=practice)
        return replace(problem, currency=PRACTICE, names=names) if practice else problem

    def spoken(self, problem: Problem) -> Words:
        """The words of an exercise: the lesson's, with the currency of its figures."""
        return self.words if problem.currency is None else replace(self.words, currency=problem.currency)

    def session(self, exercise: str, *, attempts: int | None = None) -> Session:
        """An exercise as the participant left it."""
        limit = course.attempts() if attempts is None else attempts
        problem = self.problem(exercise)
        if limit:
            # What was practised before is no try of an assessment.
            problem = replace(problem, variant=f"{problem.variant} assessed")
        return Session(problem, self.journal, self.lesson, attempts=limit)

    def ask(self, exercise: str, *, attempts: int | None = None) -> Bundle:
        """The card of an exercise; in the instructor's edition its answer."""
        from custlib.views.cards import exercise as view

        if course.answer_key():
            problem = self.problem(exercise)
            return view.still(problem, words=self.spoken(problem), key=True)
        session = self.session(exercise, attempts=attempts)
        return view.bundle(session, words=self.spoken(session.state.problem))

    def check(self, exercise: str, answer: Any) -> Bundle:
        """Check an answer that code hands in, and write it down like any other."""
        from custlib.views.cards import exercise as view

        session = self.session(exercise)
        words = self.spoken(session.state.problem)
        given = handed(session.state.problem, answer)
        if isinstance(given, Finding):
            return view.told(session, words=words, instead=given)
        session.do({"do": "check", "answer": given})
        return view.told(session, words=words)

    def goal(self) -> Bundle:
        """A card for the participant's own goal of this lesson."""
        from custlib.views.cards import goal as view

        return view.bundle(self.journal, self.lesson, words=self.words)

    def talk(self) -> Bench:
        """Where the participant writes a talk of their own: beside their lessons."""
        from custlib.course.own_talk import Bench

        return Bench(course.work(self.root) / self.words.language)

    def changes(self) -> tuple[Change, ...]:
        """How the test before the course and the one after it went, topic by topic, where both were handed in."""
        return changes(self.root, self.journal.events())

    def progress(self) -> dict[str, tuple[Standing, ...]]:
        """How each exercise stands, by lesson, in the order of the course."""
        return progress(self.root, self.journal.events())


def journal(root: Path) -> Journal:
    """The journal of whoever works here. Raises BadSetting for an address that cannot be one."""
    return Journal.open(course.journal(root), participant=course.participant())


def progress(root: Path, events: Iterable[Event]) -> dict[str, tuple[Standing, ...]]:
    """How each exercise of the course stands after these events; the items of a test are none: a list of what is
    worth doing again would tell how they went."""
    events = tuple(events)
    practised = {lesson: [each.id for each in bank.exercises if each.topic is None] for lesson, bank in banks(root)}
    return {lesson: standings(lesson, items, events) for lesson, items in practised.items() if items}


def changes(root: Path, events: Iterable[Event]) -> tuple[Change, ...]:
    """Both tests side by side after these events."""
    items: dict[str, list[tuple[str, str]]] = {}
    for lesson, bank in banks(root):
        for each in bank.exercises:
            if each.topic is not None:
                items.setdefault(each.topic, []).append((lesson, each.id))
    return compared(items, events)


def banks(root: Path) -> Iterator[tuple[str, Bank]]:
    """The exercises of each lesson that has some, in the order of the course."""
    for entry in course.outline(root).lessons:
        if course.bank(root, entry.id)[0].is_file():
            yield entry.id, _bank(root, entry.id)


def posed(root: Path, lesson: str, exercise: str, seed: int, words: Words | None = None) -> Problem:
    """An exercise on the practice data of a seed. Raises UnknownName, BadContent."""
    bank, drawn = _bank(root, lesson), _drawn(root, seed, words or Words("en"))
    return pose(bank, exercise, drawn, seed=seed, names=drawn.names)


def key(root: Path, lesson: str, seed: int, words: Words) -> list[tuple[Problem, list[str]]]:
    """The instructor's key: each exercise of a lesson with its answer, reasoning and source. Raises UnknownName."""
    from custlib.views.cards.exercise import solution

    problems = [posed(root, lesson, each.id, seed, words) for each in _bank(root, lesson).exercises]
    return [(problem, solution(problem, words)) for problem in problems]


@lru_cache(maxsize=8)
def _bank(root: Path, lesson: str) -> Bank:
    course.outline(root).entry(lesson)
    return load(*course.bank(root, lesson))


@lru_cache(maxsize=16)
def _drawn(root: Path, seed: int, words: Words) -> Drawn:
    return Drawn(Tables(words, seed, course.datasets(root)))


def _digest(orders: pd.DataFrame) -> str:
    """Tell one list of a participant's from another, without keeping anything of it."""
    import pandas as pd

    rows = pd.util.hash_pandas_object(orders.astype(str), index=False).to_numpy()
    return hashlib.sha256(rows.tobytes()).hexdigest()[:8]
