"""Where the course lies, and what it consists of. No other module builds paths into it."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, ValidationError

from custlib.content import LANGUAGES, load_yaml
from custlib.errors import BadContent, BadSetting, CourseNotFound, UnknownName

MARKER = Path("notebooks") / "course.yaml"
SETTING = "CUSTLIB_COURSE"
JOURNAL = "CUSTLIB_JOURNAL"
KEY = "CUSTLIB_KEY"
ONLY = "CUSTLIB_ONLY"
PARTICIPANT = "CUSTLIB_PARTICIPANT"
INSTRUCTOR = "instructor-"
EDITIONS = (*LANGUAGES, *(f"{INSTRUCTOR}{language}" for language in LANGUAGES))


class Title(BaseModel):
    """A title in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    en: str
    zh: str

    def in_(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Entry(BaseModel):
    """One lesson of the course: its number, its topic and the minutes it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    title: Title
    minutes: int


class Outline(BaseModel):
    """The course: what it is called and its lessons in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: Title
    lessons: tuple[Entry, ...]

    def entry(self, lesson: str) -> Entry:
        for entry in self.lessons:
            if entry.id == lesson:
                return entry
        raise UnknownName(kind="lesson", name=lesson, known=[entry.id for entry in self.lessons])


def find_root(start: Path | None = None) -> Path:
    """Find the course's folder: above `start`, else where the setting says, else where custlib lies.

    Raises CourseNotFound.
    """
    here = (start or Path.cwd()).resolve()
    setting = os.environ.get(SETTING)
    candidates = [here, *here.parents, *([Path(setting)] if setting else []), Path(__file__).resolve().parents[2]]
    for folder in candidates:
        if (folder / MARKER).is_file():
            return folder
    raise CourseNotFound(start=here)


@lru_cache(maxsize=8)
def outline(root: Path) -> Outline:
    """Read the course's table of contents. Raises BadContent with the place."""
    path = root / MARKER
    try:
        return Outline.model_validate(load_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadContent(path=path.name, problem=f"{place}: {first['msg']}") from error


def source(root: Path, lesson: str) -> Path:
    return root / "notebooks" / "source" / f"{lesson}.py"


def edition(root: Path, name: str, lesson: str = "") -> Path:
    """The folder of one edition, such as `zh` or `instructor-zh`, or one notebook in it."""
    folder = root / "notebooks" / name.replace(INSTRUCTOR, "instructor/")
    return folder / f"{lesson}.ipynb" if lesson else folder


def datasets(root: Path) -> Path:
    return root / "datasets"


def keys(root: Path) -> Path:
    """The answers to the practice data: out of sight, not secret."""
    return datasets(root) / "keys"


def bank(root: Path, lesson: str) -> tuple[Path, Path]:
    """Where a lesson's exercises are: their words, and the functions that work out their answers."""
    return root / "exercises" / f"{lesson}.yaml", root / "exercises" / f"{lesson}.py"


def scenario(root: Path, name: str = "") -> Path:
    """The folder of the role-play scenarios, or one of them."""
    folder = root / "exercises" / "scenarios"
    return folder / f"{name}.yaml" if name else folder


def work(root: Path) -> Path:
    """The participant's own folder: git-ignored, never overwritten."""
    return root / "work"


def journal(root: Path) -> str | Path:
    """Where the journal is: the participant's own file, or the address the setting gives."""
    return os.environ.get(JOURNAL) or work(root) / "journal.db"


def participant() -> str:
    """Who works here, where several share one store: the setting, else the name a JupyterHub gives."""
    return os.environ.get(PARTICIPANT) or os.environ.get("JUPYTERHUB_USER") or ""


def attempts() -> int:
    """How many tries an assessment allows; 0, unless the setting says otherwise, is practice."""
    given = os.environ.get("CUSTLIB_ATTEMPTS", "0")
    if not given.isdigit():
        raise BadSetting(name="CUSTLIB_ATTEMPTS", value=given, allowed="0, 1, 2 …")
    return int(given)


def only() -> tuple[tuple[str, str], ...]:
    """Which customers alone a report is about, as column and value: `CUSTLIB_ONLY="region=east"`; empty means all."""
    return tuple(parse_qsl(os.environ.get(ONLY, ""), keep_blank_values=True))


def answer_key() -> bool:
    """Whether model answers are filled in: so in the instructor's edition."""
    return os.environ.get(KEY) == "1"


def lists(root: Path) -> Path:
    """Where a participant's own lists lie."""
    return work(root) / "lists"


def own(root: Path) -> Path:
    """What the course keeps of a participant's lists: how they were read, and the one that is shown."""
    return work(root) / ".own"


def aside(root: Path) -> Path:
    """Where the rows of a list lie that were set aside: a file of its own for each time."""
    return lists(root) / "aside"
