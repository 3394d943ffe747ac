"""Many reports of one lesson against a plain papermill loop that makes the same pages: time and memory, in one run.

`python -m benchmarks.report_loop 100` measures a hundred; the default is few, for a machine that others use.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.results import keep

ROOT = Path(__file__).parents[1]
LESSON = "08_matrix"
# As one would write it: papermill for each value, then a page of nbconvert's own, or the course's.
PLAIN = """
import csv, os, sys, papermill
from pathlib import Path
from nbconvert import HTMLExporter
from custlib.course.reports import write_page
rows, source, out, whose = sys.argv[1:]
for number, row in enumerate(csv.DictReader(open(rows, encoding="utf-8"))):
    os.environ["CUSTLIB_ONLY"] = "region=" + row["region"]
    made = f"{out}/{number}.ipynb"
    papermill.execute_notebook(source, made, {"hours": int(row["hours"])}, kernel_name="python3", progress_bar=False)
    if whose == "nbconvert":
        page, _ = HTMLExporter(exclude_input=True).from_filename(made)
        open(f"{out}/{number}.html", "w", encoding="utf-8").write(page)
    else:
        write_page(Path.cwd(), Path(made), Path(source).stem, "en")
"""


def family(process: int) -> list[int]:
    """A process and all it started."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    below = [int(child) for path in children for child in path.read_text().split()]
    return [process, *(each for child in below for each in family(child))]


def memory(process: int) -> float:
    """What a process and all it started hold, in megabytes; what they share counts once."""
    total = 0
    for each in family(process):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds, and the largest memory seen while it ran."""
    most = 0.0
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as run:
        over = threading.Event()

        def watch() -> None:
            nonlocal most
            while not over.wait(0.25):
                try:
                    most = max(most, memory(run.pid))
                except OSError:
                    continue

        watcher = threading.Thread(target=watch)
        watcher.start()
        if run.wait():
            raise SystemExit(f"failed: {command}")
        seconds = time.perf_counter() - began
        over.set()
        watcher.join()
    return seconds, most


def table(count: int = 8) -> list[str]:
    """The rows of the report, as a markdown table."""
    regions = ("east", "south", "north", "central", "southwest", "northeast", "northwest")
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder, "rows.csv")
        lines = [f"{regions[number % 7]},{400 + number // 7}" for number in range(count)]
        rows.write_text("\n".join(["region,hours", *lines]), encoding="utf-8")
        source = str(ROOT / "notebooks" / "en" / f"{LESSON}.ipynb")
        found = []
        for whose, name in (
            ("course", "papermill in a loop, the same pages"),
            ("nbconvert", "papermill in a loop, nbconvert's pages"),
        ):
            place = Path(folder, whose)
            place.mkdir()
            found.append((name, measured([sys.executable, "-c", PLAIN, str(rows), source, str(place), whose])))
        plain = found[0][1]
        for jobs in (1, 2):
            out = str(Path(folder, f"jobs{jobs}"))
            command = [sys.executable, "-m", "custlib", "report", LESSON, "--rows", str(rows)]
            found.append((f"`custlib report --jobs {jobs}`", measured([*command, "--jobs", str(jobs), "--out", out])))
    lines = [
        f"| {name} | {seconds:.1f} | {seconds / count:.2f} | {seconds / plain[0]:.2f} | {most:.0f} |"
        for name, (seconds, most) in found
    ]
    head = f"| {count} reports of lesson {LESSON} | seconds | per report | ratio | most memory, MB |"
    return [head, "|:--|--:|--:|--:|--:|", *lines]


if __name__ == "__main__":
    keep("Reports", table(*map(int, sys.argv[1:2])))
