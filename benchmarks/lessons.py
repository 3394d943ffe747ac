"""What a lesson itself costs: its cells, beyond the start of a kernel and the imports all lessons share."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from custlib.course.editions import QUIET_KERNEL
from custlib.course.root import edition, outline
from custlib.quick import quick_imports

ROOT = Path(__file__).parents[1]
SHARED = """import pandas, scipy.optimize, anywidget
from custlib.quick import quick_imports
with quick_imports():
    import altair
from custlib.course import open_lesson
from custlib.course import desk
from custlib.views import bundle, panel
from custlib.views.cards import exercise"""


def cells(path: Path) -> list[tuple[float, str]]:
    """Run one notebook cell by cell in a fresh kernel that has the imports: seconds and first line of each cell."""
    with quick_imports():
        import nbformat
        from nbclient import NotebookClient

    notebook = nbformat.read(path, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [nbformat.v4.new_code_cell(SHARED), *code]
    client = NotebookClient(
        notebook, timeout=300, extra_arguments=QUIET_KERNEL, resources={"metadata": {"path": str(path.parent)}}
    )
    took = []
    with client.setup_kernel():
        client.execute_cell(notebook.cells[0], 0)
        for place, cell in enumerate(code, 1):
            began = time.perf_counter()
            client.execute_cell(cell, place)
            took.append((time.perf_counter() - began, cell.source.strip().splitlines()[-1]))
    return took


def table(rounds: int = 3, only: tuple[str, ...] = ()) -> list[str]:
    """The rows of the report, as a markdown table."""
    rows = []
    for entry in outline(ROOT).lessons:
        if only and entry.id not in only:
            continue
        runs = [cells(edition(ROOT, "en", entry.id)) for _ in range(rounds)]
        whole = statistics.median(sum(seconds for seconds, _ in run) for run in runs)
        # The same cell in each run, by its own median: one slow moment of the machine is no dear cell.
        each = [(statistics.median(run[place][0] for run in runs), line) for place, (_, line) in enumerate(runs[0])]
        seconds, line = max(each)
        rows.append(f"| {entry.id} | {len(each)} | {whole:.2f} | {seconds:.2f} | `{line}` |")
    return ["| lesson | code cells | seconds | dearest cell | which |", "|:--|--:|--:|--:|:--|", *rows]
