"""Every error a reader of this course can meet: what is wrong, where, and what to do.

An error is a code and values; its sentence stands in `words/errors.yaml` in both languages, so that a
lesson shows it in the participant's language while `str(error)` is English for everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custlib.content import Finding


class CustlibError(Exception):
    """Base of all errors raised on purpose by custlib."""

    code = "unexpected"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(values)

    def __reduce__(self) -> tuple[object, ...]:
        # Without this, an error raised in another process cannot be read here, and whoever waits for it waits for ever.
        return _again, (type(self), self.values)

    def __str__(self) -> str:
        from custlib.content import Words

        return Words("en").error(self)


class MissingColumns(CustlibError):
    """A table lacks columns that the work at hand needs."""

    code = "missing_columns"

    def __init__(self, *, where: str, missing: Iterable[str], found: Iterable[str]) -> None:
        missing, found = list(missing), [str(name) for name in found]
        super().__init__(where=where, missing=missing, found=found, hint=_renaming(missing, found))


class BadColumn(CustlibError):
    """A column is there, but what stands in it cannot be read as what it should be."""

    code = "bad_column"

    def __init__(self, *, where: str, column: str, kind: str, count: int, total: int, example: object) -> None:
        super().__init__(where=where, column=column, kind=kind, count=count, total=total, example=str(example)[:60])


class NothingLeft(CustlibError):
    """After the unusable rows were set aside, no row is left to work with."""

    code = "nothing_left"

    def __init__(self, *, where: str, total: int, reasons: tuple[object, ...]) -> None:
        super().__init__(where=where, total=total, reasons=reasons)


class CannotFit(CustlibError):
    """A model cannot be fitted to this data, for a reason that more computing would not cure."""

    code = "cannot_fit"

    def __init__(self, *, model: str, reason: str) -> None:
        super().__init__(model=model, reason=reason)


class BadSetting(CustlibError):
    """A setting or parameter has a value that cannot be used."""

    code = "bad_setting"

    def __init__(self, *, name: str, value: object, allowed: object) -> None:
        super().__init__(name=name, value=str(value)[:80], allowed=allowed)


class UnknownName(CustlibError):
    """A lesson, table, view or word was asked for that does not exist."""

    code = "unknown_name"

    def __init__(self, *, kind: str, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        super().__init__(kind=kind, name=name, known=known, close=get_close_matches(name, known, 1))


class UnreadableFile(CustlibError):
    """A file is missing, or is not what its name says."""

    code = "unreadable_file"

    def __init__(self, *, path: object, reason: str) -> None:
        super().__init__(path=str(path), reason=reason)


class NeedsAnswer(CustlibError):
    """A list can be read in more than one way, and nobody has said in which."""

    code = "needs_answer"

    def __init__(self, *, where: str, question: object, parameter: str, options: Iterable[str]) -> None:
        super().__init__(where=where, question=[question], parameter=parameter, options=list(options))


class NotWritable(CustlibError):
    """A folder in which the course keeps something cannot be written to."""

    code = "not_writable"

    def __init__(self, *, path: object, reason: str) -> None:
        super().__init__(path=str(path), system=reason)


class NotSaved(CustlibError):
    """An answer could not be written to the journal; it is kept in memory."""

    code = "not_saved"

    def __init__(self, *, path: object, reason: str, system: str = "") -> None:
        super().__init__(path=str(path), reason=reason)
        self.reason = reason
        self.system = system


class LabNotStarted(CustlibError):
    """JupyterLab stopped before its first page, or did not answer in time."""

    code = "lab_not_started"

    def __init__(self, *, log: object, last: str) -> None:
        super().__init__(log=str(log), last=last[:300])


class CourseNotFound(CustlibError):
    """No folder above this one holds the course."""

    code = "course_not_found"

    def __init__(self, *, start: object) -> None:
        super().__init__(start=str(start))


class MissingTool(CustlibError):
    """A library that only some work needs is not installed."""

    code = "missing_tool"

    def __init__(self, *, tool: str, work: str, extra: str) -> None:
        super().__init__(tool=tool, work=work, extra=extra)


class BadContent(CustlibError):
    """A YAML or notebook source of the course is not in order."""

    code = "bad_content"

    def __init__(self, *, path: object, problem: str) -> None:
        super().__init__(path=str(path), problem=problem)


class BadScenario(CustlibError):
    """A role-play scenario cannot be played as it is written; each fault names its place and its remedy."""

    code = "bad_scenario"

    def __init__(self, *, path: object, faults: Iterable[Finding]) -> None:
        from custlib.content import Finding

        self.faults = list(faults)
        shown = [Finding("lint.here", {**each.values, "text": [each]}) for each in self.faults[:5]]
        super().__init__(path=str(path), count=len(self.faults), faults=shown)


class AlreadyThere(CustlibError):
    """A new file would take the place of one that is there."""

    code = "already_there"

    def __init__(self, *, path: object) -> None:
        super().__init__(path=str(path))


class PlayRefused(CustlibError):
    """A step that the conversation does not allow at this moment."""

    code = "play_refused"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)


class LessonFailed(CustlibError):
    """A lesson stopped at a cell while it was run as a whole."""

    code = "lesson_failed"

    def __init__(self, *, lesson: str, cell: int, reason: str) -> None:
        super().__init__(lesson=lesson, cell=cell, reason=reason)


class Unexpected(CustlibError):
    """An error nobody foresaw, named so that an instructor can pass it on."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)


class DataWarning(UserWarning):
    """Rows were set aside or a result is weak: how many, and why."""


def _again(kind: type[CustlibError], values: dict[str, object]) -> CustlibError:
    error = kind.__new__(kind, values)
    CustlibError.__init__(error, **values)
    return error


def as_custlib(error: BaseException) -> CustlibError:
    """Give any error a sentence a participant can read."""
    if isinstance(error, CustlibError):
        return error
    return Unexpected(reason=f"{type(error).__name__}: {error}"[:200])


def _renaming(missing: list[str], found: list[str]) -> dict[str, str]:
    """Guess which existing column was meant for each missing one."""
    folded = {name.casefold(): name for name in found}
    guess: dict[str, str] = {}
    for name in missing:
        close = get_close_matches(name.casefold(), folded, 1, cutoff=0.6)
        if close:
            guess[name] = folded[close[0]]
    return guess
