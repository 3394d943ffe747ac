"""Many reports from one lesson: once per value of a column, or once per row of a file of parameters.

A few processes share the work, each with one kernel that stays warm: between two reports everything in it is
forgotten but the imports. What was done stands in `reports.json` after each report, so that a run that was
stopped goes on where it stopped; a report that fails is written down and stops no other.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from custlib.content import Words
from custlib.course import own, reports, warm
from custlib.course import root as course
from custlib.course.copies import written
from custlib.course.files import examine
from custlib.course.tables import COMMITTED, READING, Tables, label
from custlib.errors import CustlibError, LessonFailed, UnknownName, UnreadableFile, as_custlib

STATE, TEMPLATE = "reports.json", "index.html.j2"
State = Literal["done", "kept", "failed"]


@dataclass(frozen=True)
class Plan:
    """One report to make: the name of its files, what a reader calls it, its parameters and its customers."""

    name: str
    label: str
    given: Mapping[str, str] = field(default_factory=dict)
    only: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How one report went. `cell` is where a lesson stopped, 0 where no cell did; `seconds` without waiting."""

    name: str
    state: State
    print: str
    seconds: float = 0.0
    cell: int = 0
    reason: str = ""


def by_column(root: Path, lesson: str, column: str, *, language: str, given: Mapping[str, str]) -> tuple[Plan, ...]:
    """One report for each value of a column of the customers, or of the list that `given` names.

    Raises UnknownName, BadSetting, and what reading a list raises.
    """
    words = Words(language)
    seed = reports.typed(reports.parameters(root, lesson, language), {"seed": given.get("seed", str(COMMITTED))})
    with TemporaryDirectory() as folder:
        orders = given.get("orders", "")
        if orders and (reading := {name: given[name] for name in given if name in own.SETTINGS}):
            own.write_reading(Path(folder) / f"asked{READING}", Path(orders), reading)
            orders = str(Path(folder) / f"asked{READING}")
        tables = Tables(words, seed["seed"], course.datasets(root), orders)
        table = tables.table("orders" if tables.own else "customers")
    if column not in table:
        raise UnknownName(kind="column", name=column, known=table.columns)
    values = sorted(set(table[column].astype(str)))
    return _named((_plan(words, dict(given), ((column, value),)) for value in values), lesson, language)


def by_rows(root: Path, lesson: str, rows: Path, *, language: str, given: Mapping[str, str]) -> tuple[Plan, ...]:
    """One report for each row of a table of parameters; a column that is no parameter limits the customers.

    The table is CSV in any of the usual encodings, or a workbook. Raises UnreadableFile, UnknownName.
    """
    words = Words(language)
    parameters = {each.name for each in reports.parameters(root, lesson, language)} | set(own.SETTINGS)
    found = [[_written(cell) for cell in row] for row in examine(rows).rows()]
    found = [row for row in found if any(row)]
    if len(found) < 2:
        raise UnreadableFile(path=rows.name, reason="no_rows")
    plans = []
    for row in found[1:]:
        said = {name: value for name, value in zip(found[0], row, strict=False) if name and value}
        mine = {name: value for name, value in said.items() if name in parameters}
        only = tuple((name, value) for name, value in said.items() if name not in parameters)
        plans.append(_plan(words, {**given, **mine}, only, mine))
    return _named(plans, lesson, language)


def make(
    root: Path,
    lesson: str,
    plans: tuple[Plan, ...],
    *,
    language: str,
    out: Path,
    jobs: int = 2,
    done: Callable[[Plan, Outcome, int], None],
) -> tuple[Outcome, ...]:
    """Make the reports that are not made yet, and the page that leads to all; `done` hears of each, in the order made.

    Raises NotWritable and UnknownName; what goes wrong in a report is its Outcome.
    """
    source = course.edition(root, language, course.outline(root).entry(lesson).id)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    with written(out):
        out.mkdir(parents=True, exist_ok=True)
    known = _read(out / STATE)
    outcomes: dict[str, Outcome] = {}

    def settle(plan: Plan, outcome: Outcome) -> None:
        outcomes[plan.name] = outcome
        # Reports of an earlier run, by another column or of another lesson, stay in the list of this folder.
        everything = known | {name: asdict(each) for name, each in outcomes.items()}
        with written(out):
            _replace(out / STATE, json.dumps(everything, ensure_ascii=False, indent=1))
            _replace(index_of(out, lesson, language), index(root, lesson, plans, outcomes, language=language))
        done(plan, outcome, len(outcomes))

    open_: list[Plan] = []
    for plan in plans:
        before = known.get(plan.name, {})
        print_ = _print(digest, plan, language)
        if (
            before.get("state") in ("done", "kept")
            and before["print"] == print_
            and (out / f"{plan.name}.html").exists()
        ):
            settle(plan, Outcome(plan.name, "kept", print_, before["seconds"]))
        else:
            open_.append(plan)
    one = partial(_one, root, lesson, language, out, digest)
    if min(jobs, len(open_)) > 1:
        # A process that the system ends takes the others with it: what is left is made here, one after the other.
        open_ = _together(one, open_, min(jobs, len(open_)), settle)
    try:
        for plan in open_:
            settle(plan, one(plan))
    finally:
        warm.stop()
    return tuple(outcomes[plan.name] for plan in plans)


def index_of(out: Path, lesson: str, language: str) -> Path:
    """Where the page lies that leads to the reports of a lesson in one language."""
    return out / f"index.{lesson}.{language}.html"


def index(root: Path, lesson: str, plans: Iterable[Plan], outcomes: Mapping[str, Outcome], *, language: str) -> str:
    """The page that leads to the reports: one row each, in the order planned. Every text is escaped."""
    from jinja2 import Environment, FileSystemLoader

    words = Words(language)
    plans = tuple(plans)
    rows = []
    for plan in plans:
        outcome = outcomes.get(plan.name)
        failed = outcome is not None and outcome.state == "failed"
        state = "waiting" if outcome is None else "done" if not failed else "failed" if outcome.cell else "no_page"
        values = {"cell": outcome.cell, "reason": outcome.reason} if outcome else {}
        rows.append(
            {
                "label": plan.label,
                "page": f"{plan.name}.html" if outcome and not failed else "",
                "notebook": f"{plan.name}.ipynb" if outcome and failed and outcome.cell else "",
                "seconds": words.number(outcome.seconds, 1) if outcome and outcome.seconds else "",
                "state": words.say(f"batch.index.{state}", **values),
                "failed": failed,
            }
        )
    title = course.outline(root).entry(lesson).title.in_(language)
    environment = Environment(loader=FileSystemLoader(reports.FILES), autoescape=True)
    return environment.get_template(TEMPLATE).render(
        language="zh-Hans" if language == "zh" else "en",
        css=(reports.FILES / "report.css").read_text("utf-8"),
        title=words.say("batch.index.title", lesson=title, count=len(plans)),
        made=words.say("batch.index.made", day=date.today()),
        head={name: words.text(f"batch.index.{name}") for name in ("report", "seconds", "state", "open")},
        rows=rows,
    )


def _together(
    one: Callable[[Plan], Outcome], plans: list[Plan], workers: int, settle: Callable[[Plan, Outcome], None]
) -> list[Plan]:
    """Work at several reports at a time. Returns those whose process the system ended before they were done."""
    lost = []
    # A forked worker inherits the locks of threads it does not have, and can wait for them for ever.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=warm.end_with_parent) as pool:
        tasks: dict[Future[Outcome], Plan] = {pool.submit(one, plan): plan for plan in plans}
        for task in as_completed(tasks):
            try:
                settle(tasks[task], task.result())
            except BrokenProcessPool:
                lost.append(tasks[task])
    return lost


def _one(root: Path, lesson: str, language: str, out: Path, digest: str, plan: Plan) -> Outcome:
    """Make one report in this process's kernel. What goes wrong comes back as a sentence."""
    began, print_ = time.monotonic(), _print(digest, plan, language)

    def ended(state: State, cell: int = 0, reason: str = "") -> Outcome:
        return Outcome(plan.name, state, print_, round(time.monotonic() - began, 2), cell, reason)

    try:
        with warm.kernel(root, plan.only) as manager:
            reports.run(
                root,
                lesson,
                language=language,
                given=plan.given,
                out=out,
                progress=False,
                stem=plan.name,
                kernel=manager,
            )
    except LessonFailed as error:
        return ended("failed", int(str(error.values["cell"])), str(error.values["reason"]))
    except CustlibError as error:
        return ended("failed", reason=Words(language).error(error))
    except Exception as error:  # whatever a kernel or a page can raise: the others go on
        return ended("failed", reason=Words(language).error(as_custlib(error)))
    return ended("done")


def _plan(
    words: Words,
    given: Mapping[str, str],
    only: tuple[tuple[str, str], ...],
    told: Mapping[str, str] | None = None,
) -> Plan:
    parts = [label(words, column, value) for column, value in only]
    parts += [words.say("batch.limit", column=name, value=value) for name, value in (told or {}).items()]
    pairs = [*only, *(told or {}).items()]
    plain = {name: str(Path(value).resolve()) if name == "orders" else value for name, value in given.items()}
    return Plan(".".join(f"{name}-{value}" for name, value in pairs), words.join(parts), plain, only)


def _written(cell: object) -> str:
    """A cell as one would type it: a workbook's 400.0 is 400, its day is year-month-day."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).lstrip("\ufeff").strip()


def _named(plans: Iterable[Plan], lesson: str, language: str) -> tuple[Plan, ...]:
    """Give each report a name that a file may have, and no two the same."""
    named: dict[str, Plan] = {}
    for plan in plans:
        safe = re.sub(r"[^\w.-]+", "-", plan.name).strip("-.")[:80]
        name, number = f"{lesson}.{language}.{safe or 'row'}", 2
        base = name
        while name in named:
            name, number = f"{base}-{number}", number + 1
        named[name] = Plan(name, plan.label, plan.given, plan.only)
    return tuple(named.values())


def _print(digest: str, plan: Plan, language: str) -> str:
    """A fingerprint of what a report is made from: another one means that it is made again."""
    files = [Path(value) for value in plan.given.values() if value and Path(value).is_file()]
    content = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    parts = [digest, language, sorted(plan.given.items()), plan.only, content]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """What was made before; a lost or broken file only means that it is made again."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        fields = set(Outcome.__dataclass_fields__)
        return {str(name): entry for name, entry in entries.items() if set(entry) == fields}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all: the machine may be switched off at any moment."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
