"""What a move of a panel costs in the browser: from the input's event to the last change of the page it brings.

python -m benchmarks.moves [lesson …] [--large]

The lessons run as a participant has them, in Chromium; `--large` lays the tables of 100,800 customers in their place.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.results import keep
from custlib.analysis import simulate

ROOT = Path(__file__).parents[1]
BLOCKS = 42  # of 2,400 customers
BLOCK = 2_400
# The panels of a lesson in the order of its page.
PANELS = {
    "05_rfm": ("quality board", "cut-offs", "one customer"),
    "06_classification": ("ABC line", "as-of day", "standard of two departments"),
    "07_clv": ("retention formula", "P(alive) of one customer"),
    "08_matrix": ("cuts", "one customer", "one customer in all matrices", "visit hours"),
}
TABLES = (
    "customers", "orders", "transactions", "transactions_raw", "interactions", "payments", "competitor_share",
    "delivered", "labels", "survey", "contracts",
)  # fmt: skip
ROUNDS, PATIENCE = 12, 600_000
NOTE = (
    "From the input's event to the last change of the page. The page's own part is processor time; the others are "
    "read off a clock and grow with the load (processes waiting for the cores)."
)
LIVE = ".jp-NotebookPanel:not(.lm-mod-hidden)[data-lesson]"
PANEL = f"{LIVE} .cl-root:has(.cl-panel)"
# One move of one control; answers with milliseconds until the page last changed before it came to rest.
MOVE = """([css, at, control, turn]) => new Promise((resolve) => {
  const root = [...document.querySelectorAll(css)][at];
  const cell = root.closest(".jp-Cell");
  const input = root.querySelectorAll(".cl-panel .cl-control")[control].querySelector("input, select");
  let last = 0, rest;
  const began = performance.now();
  const seen = new MutationObserver(() => {
    last = performance.now();
    clearTimeout(rest);
    rest = setTimeout(done, 1500);
  });
  const done = () => { seen.disconnect(); clearTimeout(never); requestAnimationFrame(() => resolve(last ? last - began : -1)); };
  const never = setTimeout(done, 30000);
  seen.observe(cell, { subtree: true, childList: true, attributes: true, characterData: true });
  if (input.type === "range") {
    const steps = (Number(input.max) - Number(input.min)) / (Number(input.step) || 1);
    input.value = Number(input.min) + Math.round(steps * ((turn * 5 + 2) % 11) / 10) * (Number(input.step) || 1);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (input.tagName === "SELECT") {
    input.selectedIndex = (input.selectedIndex + 1) % input.options.length;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    const all = root.querySelectorAll(".cl-panel .cl-control")[control].querySelectorAll("input");
    const other = [...all].filter(one => input.type !== "radio" || !one.checked);
    other[turn % other.length].click();
  }
})"""


@contextmanager
def lab(large: bool) -> Iterator[Any]:
    """The course in a running Lab; with `large`, over tables 42 times as long."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    import harness

    with tempfile.TemporaryDirectory() as folder, harness.browser() as browser:
        if large:
            # The harness leaves a copy that is already there as it is.
            with harness.running(ROOT, Path(folder), "en"):
                pass
            enlarge(Path(folder) / "客户 course" / "datasets")
        with harness.running(ROOT, Path(folder), "en") as started, harness.visit(browser, started) as seen:
            yield seen


def enlarge(folder: Path) -> None:
    """Write the company's tables anew, block by block, so that no more than one block is in memory."""
    for block, made in enumerate(simulate.blocks(7, BLOCKS, TABLES)):
        for name, table in made.items():
            path = folder / f"{name}.csv"
            table.to_csv(path, mode="a" if block else "w", header=not block, index=False, encoding="utf-8")


def measure(large: bool, lessons: tuple[str, ...]) -> Iterator[tuple[str, str, list[float], list[float]]]:
    """Lesson, panel, milliseconds of each move, and what the page itself computed in it.

    One control after the other, the first move of each left out. The second figure is processor time of the page's
    main thread: unlike the first it hardly depends on what else runs on the machine.
    """
    with lab(large) as seen:
        inside = seen.page.context.new_cdp_session(seen.page)
        inside.send("Performance.enable", {"timeDomain": "threadTicks"})

        def busy() -> float:
            found = inside.send("Performance.getMetrics")["metrics"]
            return 1000 * next(each["value"] for each in found if each["name"] == "TaskDuration")

        for lesson in lessons:
            seen.open(f"{lesson}.ipynb")
            ready = f'{LIVE}[data-lesson="{lesson}.ipynb"][data-course="ready"]'
            seen.page.wait_for_selector(ready, timeout=PATIENCE, state="attached")
            panels = seen.page.locator(PANEL)
            for at, name in enumerate(PANELS[lesson][: panels.count()]):
                panels.nth(at).scroll_into_view_if_needed()
                seen.page.wait_for_timeout(2_000)
                times, own = [], []
                count = seen.page.evaluate(
                    "([css, at]) => document.querySelectorAll(css)[at].querySelectorAll('.cl-panel .cl-control').length",
                    [PANEL, at],
                )
                for control in range(count):
                    for turn in range(1 + ROUNDS // count):
                        before = busy()
                        taken = seen.page.evaluate(MOVE, [PANEL, at, control, turn])
                        if turn and taken >= 0:
                            times.append(taken)
                            own.append(busy() - before)
                yield lesson, name, times, own


def table(large: bool = False, lessons: tuple[str, ...] = tuple(PANELS)) -> list[str]:
    """Least, median and worst of each panel, the page's own part of it, and how busy the machine was."""
    rows = []
    for lesson, name, times, own in measure(large, lessons):
        figures = [min(times), statistics.median(times), max(times), statistics.median(own)] if times else []
        shown = " | ".join(f"{each:.0f}" for each in figures) if figures else "– | – | – | –"
        rows.append(f"| {lesson} | {name} | {shown} | {len(times)} | {os.getloadavg()[0]:.1f} |")
        print(rows[-1], flush=True)
    head = "| lesson | panel | least, ms | median, ms | worst, ms | page's own, ms | moves | load |"
    return [NOTE, "", head, "|:--|:--|--:|--:|--:|--:|--:|--:|", *rows]


if __name__ == "__main__":
    asked = tuple(name for name in sys.argv[1:] if name in PANELS) or tuple(PANELS)
    large = "--large" in sys.argv
    size = BLOCK * (BLOCKS if large else 1)
    found = table(large, asked)
    if asked == tuple(PANELS):
        keep(f"Moves of the panels, {size:,} customers", found)
