"""What opening costs: imports, lessons and validation, each pair measured in turn in one run, as a ratio."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from custlib.course.editions import QUIET_KERNEL
from custlib.course.root import edition, outline
from custlib.quick import quick_imports

ROOT = Path(__file__).parents[1]
HIDDEN = "import sys; sys.modules['rfc3987_syntax'] = None; "


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def python(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def pair(a: Callable[[], object], b: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """The medians of both, and the median of a/b over rounds run in turn: a noisy machine slows both."""
    a(), b()
    both = [(seconds(a), seconds(b)) for _ in range(rounds)]
    return tuple(map(statistics.median, (*zip(*both, strict=True), [one / other for one, other in both])))  # type: ignore[return-value]


def execute(path: Path) -> Callable[[], object]:
    """Run one notebook in a fresh kernel, as a participant's opening does."""
    with quick_imports():
        import nbformat
        from nbclient import NotebookClient

    def work() -> None:
        notebook = nbformat.read(path, 4)
        NotebookClient(
            notebook, timeout=300, extra_arguments=QUIET_KERNEL, resources={"metadata": {"path": str(path.parent)}}
        ).execute()

    return work


def bare(folder: Path, code: str) -> Path:
    """A notebook of one cell: what a kernel and the imports cost before any lesson."""
    with quick_imports():
        import nbformat

    path = folder / "bare.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)
    return path


def nbval(*early: str, path: str = "") -> Callable[[], object]:
    books = [str(edition(ROOT, language)) for language in ("en", "zh")]
    quiet = ["-c", os.devnull, "--rootdir", str(ROOT), "--nbval", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *early, *quiet, *books]
    return lambda: subprocess.run(
        command, check=True, cwd=ROOT, capture_output=True, env=os.environ | {"PYTHONPATH": path}
    )


def table(rounds: int = 5) -> list[str]:
    """The rows of the report, as a markdown table."""
    rows = []

    def add(name: str, a: Callable[[], object], other: str, b: Callable[[], object], times: int = rounds) -> None:
        first, second, ratio = pair(a, b, times)
        rows.append(f"| {name} | {first:.2f} | {other} | {second:.2f} | {ratio:.2f} |")

    add("`import custlib`", python("import custlib"), "Python alone", python("pass"))
    add(
        "the command line (`custlib --version`)",
        python("import custlib.course.cli"),
        "`import click`",
        python("import click"),
    )
    add("`import altair`, grammar hidden", python(HIDDEN + "import altair"), "`import altair`", python("import altair"))
    add(
        "`import papermill`, grammar hidden",
        python(HIDDEN + "import papermill"),
        "`import papermill`",
        python("import papermill"),
    )
    with tempfile.TemporaryDirectory() as folder:
        # Every process, kernels included, without what custlib and the tests do against the grammar.
        without = "import contextlib, custlib.quick\ncustlib.quick.quick_imports = contextlib.nullcontext\n"
        Path(folder, "sitecustomize.py").write_text(without, encoding="utf-8")
        hidden, compiled = nbval("-p", "tests.early"), nbval(path=folder)
        add("nbval of all notebooks, grammar hidden", hidden, "the grammar compiled in each process", compiled, 3)
        kernel = execute(
            bare(
                Path(folder),
                "import pandas\nfrom custlib.quick import quick_imports\nwith quick_imports():\n    import altair",
            )
        )
        for entry in outline(ROOT).lessons:
            add(
                f"lesson {entry.id}, in a fresh kernel",
                execute(edition(ROOT, "en", entry.id)),
                "kernel, pandas and altair",
                kernel,
                3,
            )
    return ["| what | seconds | against | seconds | ratio |", "|:--|--:|:--|--:|--:|", *rows]


def in_the_browser(rounds: int = 3) -> list[str]:
    """What a participant waits for, in Chromium without a network: seconds, since no other course opens by itself."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    import harness

    if harness.CHROMIUM is None:
        return ["Chromium is not on this machine."]
    lesson, waits = "05_rfm.ipynb", {"page opened": [], "kernel restarted": [], "page reloaded": []}
    with (
        tempfile.TemporaryDirectory() as folder,
        harness.running(ROOT, Path(folder), "en") as lab,
        harness.browser() as browser,
    ):
        for _ in range(rounds):
            with harness.visit(browser, lab) as seen:
                seen.open(lesson)
                waits["page opened"].append(seen.wait_for("ready", lesson))
                seen.answers()
                waits["kernel restarted"].append(seen.restart_kernel())
                waits["page reloaded"].append(seen.reload(lesson))
    rows = [f"| {name} | {times[0]:.1f} | {statistics.median(times):.1f} |" for name, times in waits.items()]
    return ["| until lesson 05 is ready, after | first visit, s | median, s |", "|:--|--:|--:|", *rows]
