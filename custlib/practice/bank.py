"""The exercises of a lesson: their words, parsed once, and the functions that work out their answers.

The words stand in `exercises/NN_topic.yaml`, both languages side by side. The answers are worked out from the data at
hand by functions of the same name in `exercises/NN_topic.py`: `rfm_1(tables, params)` for the exercise `rfm-1`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from custlib.content import load_yaml
from custlib.errors import BadContent, UnknownName, UnreadableFile

Solve = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Part(BaseModel):
    """A piece of an exercise: nothing in it can be changed, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Part):
    """A text in both languages; of several lines the first is a heading."""

    en: Line
    zh: Line

    def in_(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Option(Part):
    """Something to choose, to sort or to tick. `says` is shown when it was chosen wrongly, `missed` when left out."""

    id: Key
    text: Text
    says: Text | None = None
    missed: Text | None = None


class Slip(Part):
    """A wrong answer that is known beforehand, and what it is told.

    Its answer is worked out with the right one, or stands here where no figure decides. Of a free text, `pattern` is
    a regular expression for each language, and `example` a text it is found in.
    """

    id: Key
    says: Text
    answer: Any = None
    pattern: Text | None = None
    example: Text | None = None


class Column(Part):
    """A column of a table in a question; `format` is one of the specs a sentence knows, such as money or date."""

    id: Key
    text: Text
    format: Annotated[str, StringConstraints(pattern=r"^(count|num1|num2|pct|pct1|money|date|word:[a-z_.]+)?$")] = ""


class Given(Part):
    """A table that is shown with a question; its rows are worked out with the answer."""

    caption: Text
    columns: tuple[Column, ...] = Field(min_length=1)


class Precedence(Part):
    """A named check of an order: the first comes before the second."""

    before: tuple[Key, Key]
    text: Text


class Setting(Part):
    """One line of a rule to set, with what can be chosen for it."""

    id: Key
    text: Text
    options: tuple[Option, ...] = Field(min_length=2)


class Exercise(Part):
    """What every exercise has: question, hints, the reasoning of its solution and where that comes from.

    An item of the test before or after the course names its `topic`: it is asked as an assessment, and is no practice.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+-\d+$")]
    kind: str
    minutes: int = Field(ge=1, le=15)
    question: Text
    hints: tuple[Text, ...] = Field(min_length=1, max_length=3)
    right: Text
    why: Text
    source: Text
    given: Given | None = None
    slips: tuple[Slip, ...] = ()
    params: Mapping[str, Any] = Field(default_factory=dict)
    answer: Any = None
    topic: Key | None = None

    @property
    def function(self) -> str:
        """The name of the function that works out the answer."""
        return self.id.replace("-", "_")


class Choice(Exercise):
    """One of several, or all that hold."""

    kind: Literal["single", "multiple"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=6)


class Number(Exercise):
    """A number. `digits` decimals are asked for; `within` is a relative tolerance beside the rounding."""

    kind: Literal["number"]
    measure: Literal["percent", "money", "days", "count"]
    unit: Text
    label: Text
    digits: int = Field(default=0, ge=0, le=4)
    within: float = Field(default=0.0, ge=0.0, le=0.1)


class Order(Exercise):
    """Things to put in order, first to last; `checks` name what must come before what."""

    kind: Literal["order"]
    items: tuple[Option, ...] = Field(min_length=3, max_length=7)
    checks: tuple[Precedence, ...] = ()


class Classify(Exercise):
    """Several items, a class for each."""

    kind: Literal["classify"]
    items: tuple[Option, ...] = Field(min_length=2, max_length=8)
    classes: tuple[Option, ...] = Field(min_length=2, max_length=5)


class Table(Exercise):
    """A table to fill in, or a rule to set. `asked` are the columns to fill; code may hand in a frame instead."""

    kind: Literal["table"]
    asked: tuple[Column, ...] = ()
    settings: tuple[Setting, ...] = ()
    digits: int = Field(default=0, ge=0, le=4)

    @model_validator(mode="after")
    def _one_form(self) -> Table:
        if bool(self.asked) == bool(self.settings):
            raise ValueError("a table has either asked: columns to fill, or settings: of a rule")
        if self.asked and self.given is None:
            raise ValueError("a table to fill needs given: the columns that are shown")
        return self


class Free(Exercise):
    """A text of one's own, ticked against a rubric; `model` is an answer that meets all of it."""

    kind: Literal["free"]
    label: Text
    rubric: tuple[Option, ...] = Field(min_length=2, max_length=6)
    model: Text


class Roleplay(Exercise):
    """A conversation to play; it is done when the journal holds its end."""

    kind: Literal["roleplay"]
    scenario: str


class File(Part):
    """One file of exercises."""

    exercises: tuple[
        Annotated[Choice | Number | Order | Classify | Table | Free | Roleplay, Field(discriminator="kind")], ...
    ]


@dataclass(frozen=True)
class Bank:
    """The exercises of one lesson, in their order, with the functions that answer them."""

    lesson: str
    exercises: tuple[Exercise, ...]
    solve: Mapping[str, Solve]

    def exercise(self, name: str) -> Exercise:
        """One exercise by its id. Raises UnknownName."""
        for exercise in self.exercises:
            if exercise.id == name:
                return exercise
        raise UnknownName(kind="exercise", name=name, known=[each.id for each in self.exercises])

    def number(self, name: str) -> str:
        """What a reader calls an exercise: `5.3` is the third of lesson 05."""
        place = [each.id for each in self.exercises].index(self.exercise(name).id)
        return f"{int(self.lesson[:2])}.{place + 1}" if self.lesson[:2].isdigit() else str(place + 1)


def load(words: Path, answers: Path) -> Bank:
    """Read one lesson's exercises. Raises UnreadableFile, BadContent with file, place and remedy."""
    if not words.is_file():
        raise UnreadableFile(path=words.name, reason="missing")
    try:
        exercises = TypeAdapter(File).validate_python(load_yaml(words)).exercises
    except ValidationError as error:
        first = error.errors()[0]
        raise BadContent(path=words.name, problem=_problem(first, load_yaml(words))) from error
    solve = _functions(answers) if answers.is_file() else {}
    seen: set[str] = set()
    for exercise in exercises:
        if exercise.id in seen:
            raise BadContent(path=words.name, problem=f"{exercise.id}: this id stands twice; give each its own")
        seen.add(exercise.id)
        needs = not isinstance(exercise, Free | Roleplay)
        if needs and (exercise.answer is None) == (exercise.function not in solve):
            remedy = f"either answer: stands here, or {answers.name} has a function {exercise.function}"
            raise BadContent(path=words.name, problem=f"{exercise.id}: {remedy}")
    strangers = set(solve) - {exercise.function for exercise in exercises}
    if strangers:
        raise BadContent(
            path=answers.name, problem=f"{sorted(strangers)[0]} answers no exercise; name it with _ before"
        )
    return Bank(words.stem, exercises, MappingProxyType(solve))


def _functions(path: Path) -> dict[str, Solve]:
    """The public functions of a file of answers."""
    spec = importlib.util.spec_from_file_location(f"_exercises_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise BadContent(path=path.name, problem="it cannot be loaded as Python")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise BadContent(path=path.name, problem=f"{type(error).__name__}: {error}") from error
    own = {name: value for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    return {name: value for name, value in own.items() if callable(value) and not name.startswith("_")}


def _problem(first: Any, data: Any) -> str:
    """What is wrong, by the exercise's own id rather than its place in the list."""
    place = list(first["loc"])
    if len(place) > 1 and place[0] == "exercises" and isinstance(place[1], int):
        entry = data["exercises"][place[1]]
        name = entry.get("id", f"exercise {place[1] + 1}") if isinstance(entry, dict) else f"exercise {place[1] + 1}"
        place = [name, *place[2:]]
    return f"{'.'.join(map(str, place)) or 'the file'}: {first['msg']}"
