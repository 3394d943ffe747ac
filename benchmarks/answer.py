"""What one answer costs: checked, written to the disk, confirmed, and drawn; SQLite and PostgreSQL."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from custlib.content import Words
from custlib.course.desk import posed
from custlib.practice.journal import Event, Journal
from custlib.practice.selfcheck import right
from custlib.practice.session import Session
from custlib.views.cards.exercise import card

ROOT = Path(__file__).parents[1]
TIMES = 500


def spread(work: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Median and 99th percentile of one call, in milliseconds."""
    work()
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        seconds.append(1000 * (time.perf_counter() - began))
    return statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]


def measured(place: str | Path, name: str) -> list[str]:
    """The rows of one store: the writing alone, and all that happens between Check and the card's answer."""
    problem = posed(ROOT, "05_rfm", "rfm-3", 7)
    given = next(right(problem))
    with Journal.open(place) as journal:
        event = Event("05_rfm", "rfm-3", "answered", {"variant": "bench", "answer": given, "outcome": "correct"})
        alone = spread(lambda: journal.append(event))
        view = card(Session(problem, journal, "05_rfm"), words=Words("en"))
        whole = spread(lambda: view._handle_custom_msg({"do": "check", "answer": given}, []))
    rows = (("written", alone), ("checked, written and drawn", whole))
    return [f"| an answer {what}, {name} | {median:.2f} | {high:.2f} |" for what, (median, high) in rows]


def table() -> list[str]:
    """The rows of the report. PostgreSQL runs as it would for a class: with every commit on the disk."""
    sys.path.insert(0, str(ROOT / "tests"))
    import throwaway

    rows = ["| what | median, ms | 99th percentile, ms |", "|:--|--:|--:|"]
    with tempfile.TemporaryDirectory() as folder:
        rows += measured(Path(folder) / "journal.db", "SQLite (WAL, synchronous FULL)")
        plain = f"sqlite:///file:{folder}/plain.db?vfs=unix-dotfile&uri=true"
        rows += measured(plain, "SQLite without WAL, as on a network folder")
    if throwaway.INITDB is None:
        return [*rows, "", "PostgreSQL is not on this machine."]
    with throwaway.postgres(quick=False) as url:
        return [*rows, *measured(url, "PostgreSQL on this machine")]
