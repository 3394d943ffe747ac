"""`make bench`: measure, print, and keep the table in benchmarks/RESULTS.md."""

from __future__ import annotations

import platform
import re
from pathlib import Path

from benchmarks import opening

RESULTS = Path(__file__).with_name("RESULTS.md")


def keep(title: str, lines: list[str]) -> None:
    """Put one section of the results in the place of its last one."""
    text = (
        RESULTS.read_text("utf-8")
        if RESULTS.exists()
        else "# Measured\n\nRatios of runs in turn on one machine; absolute seconds drift.\n"
    )
    section = "\n".join(
        [f"## {title}", "", f"Python {platform.python_version()}, {platform.machine()}", "", *lines, ""]
    )
    old = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.S | re.M)
    text = old.sub(lambda _: section + "\n", text) if old.search(text) else f"{text.rstrip()}\n\n{section}"
    RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")
    print("\n".join([f"\n{title}", *lines]))


if __name__ == "__main__":
    keep("Opening in the browser", opening.in_the_browser())
    keep("Opening", opening.table())
