"""The day before: does this machine carry a class? What can be measured is measured: a lesson is run, answers are written."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from custlib.content import LANGUAGES, Finding, Words
from custlib.course import lab, warm
from custlib.course import root as course
from custlib.course.doctor import Check
from custlib.errors import CustlibError, NotSaved, as_custlib
from custlib.quick import quick_imports

OPEN = 3  # lessons that the Lab keeps open for each person
SPARE = 0.5e9  # bytes of disk that stay free, and of memory for the server and the browser
PATIENT = 60.0  # seconds that a room waits for a page without losing its thread
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "firefox")
DRAWS_PDF = BROWSERS[:5]
PLACES = {
    "darwin": ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}


class Cost(NamedTuple):
    """What one open lesson takes: seconds until it is ready alone on this machine, and bytes that are its own."""

    lesson: str
    seconds: float
    memory: float


def examine(root: Path, people: int, *, language: str) -> list[Check]:
    """Look at ports, memory, speed, disk, browser and the store of answers, for so many people on this machine."""
    return list(_checks(root, people, Words(language)))


def _checks(root: Path, people: int, words: Words) -> Iterator[Check]:
    ports = len(list(islice(lab.free_ports(lab.FIRST_PORT), people)))
    yield _said(ports == people, "ports", people=people, free=ports, first=str(lab.FIRST_PORT))
    try:
        cost = measure(root, words.language)
    except Exception as error:  # a lesson that does not run is what the day before is for
        yield _said(False, "lesson", reason=words.error(as_custlib(error)))
    else:
        yield memory(people, cost, _free_memory())
        yield speed(people, cost, os.cpu_count() or 1)
    yield disk(people, _size(course.edition(root, words.language)), shutil.disk_usage(root).free)
    found = browser(BROWSERS)
    yield _said(found is not None, "browser", name=Path(found or "").stem)
    yield _said(browser(DRAWS_PDF) is not None, "pdf")
    yield store(root, people, words)


def measure(root: Path, language: str) -> Cost:
    """Run the largest lesson in a kernel of its own, as a person who opens it. Raises what a lesson raises."""
    with quick_imports():
        import nbformat
        from nbclient import NotebookClient
    import psutil

    # The same lesson in each language: which one is larger depends on the pictures of letters.
    largest = max(course.edition(root, LANGUAGES[0]).glob("*.ipynb"), key=lambda each: each.stat().st_size)
    notebook = nbformat.read(course.edition(root, language, largest.stem), 4)
    warm.stop()
    began = time.perf_counter()
    try:
        with warm.kernel(root) as manager:
            NotebookClient(notebook, km=manager, timeout=300).execute()
            seconds = time.perf_counter() - began
            held = psutil.Process(manager.provisioner.pid).memory_full_info().uss
    finally:
        warm.stop()
    return Cost(largest.stem, seconds, float(held))


def memory(people: int, cost: Cost, free: float) -> Check:
    """Whether the memory that is free carries one open lesson for each person, and the three that the Lab keeps."""
    one = people * cost.memory + SPARE
    worst = people * OPEN * cost.memory + SPARE
    code = "ok" if worst <= free else "tight" if one <= free else "mend"
    values = {
        "people": people,
        "lesson": cost.lesson,
        "each": cost.memory / 1e6,
        "one": one / 1e9,
        "worst": worst / 1e9,
    }
    carried = max(0, int((free - SPARE) // cost.memory))
    return Check(
        code != "mend", Finding(f"classroom.memory.{code}", {**values, "free": free / 1e9, "carried": carried})
    )


def speed(people: int, cost: Cost, cores: int) -> Check:
    """How long the last one waits when all open the same lesson at once."""
    last = cost.seconds * max(1.0, people / cores)
    return _said(last <= PATIENT, "speed", people=people, cores=cores, alone=cost.seconds, last=last)


def disk(people: int, copy: float, free: float) -> Check:
    """Whether everybody's copies of the lessons find room; a copy grows by its outputs to about the committed size."""
    needed = people * copy + SPARE
    return _said(free >= needed, "disk", people=people, needed=needed / 1e9, free=free / 1e9)


def browser(names: tuple[str, ...]) -> str | None:
    """The first of these browsers that is on this machine."""
    places = [place for place in PLACES.get(sys.platform, ()) if Path(place).is_file()]
    return next((found for name in names if (found := shutil.which(name))), None) or next(iter(places), None)


def store(root: Path, people: int, words: Words) -> Check:
    """Write an answer for each person where the answers go, read them back, and leave nothing behind.

    A file gets a neighbour for this; a database is only read, for what is written there stays.
    """
    from custlib.practice.journal import Event, Journal

    place = course.journal(root)
    try:
        if not isinstance(place, Path):
            with Journal.open(place, participant="doctor") as journal:
                journal.events()
                if journal.trouble is not None:
                    raise journal.trouble
            return _said(True, "database")
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as folder:
            began = time.perf_counter()
            with Journal.open(Path(folder) / place.name) as journal:
                for number in range(people):
                    journal.append(Event("doctor", str(number), "answered"))
            took = (time.perf_counter() - began) / people
            with Journal.open(Path(folder) / place.name) as journal:
                kept = len(journal.events())
            if kept != people:
                raise journal.trouble or NotSaved(path=place, reason="store_disk")
        return _said(True, "store", people=people, took=1000 * took)
    except (CustlibError, OSError) as error:
        return _said(False, "store", reason=words.error(as_custlib(error)))


def _said(ok: bool, code: str, **values: object) -> Check:
    return Check(ok, Finding(f"classroom.{code}.{'ok' if ok else 'mend'}", values))


def _free_memory() -> float:
    """Bytes that programs can still have: of the machine, or of the container where that has less."""
    import psutil

    free = float(psutil.virtual_memory().available)
    limit, used = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
    try:
        return min(free, float(limit.read_text()) - float(used.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit
        return free


def _size(folder: Path) -> float:
    return float(sum(path.stat().st_size for path in folder.glob("*.ipynb")))
