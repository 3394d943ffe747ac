"""The kept results: one section per part, each replaced by its newest run."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def keep(title: str, lines: list[str]) -> None:
    """Put one section of the results in the place of its last one, and print it."""
    start = "# Measured\n\nRatios of runs in turn on one machine; absolute seconds drift.\n"
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else start
    where = (
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; NumPy {version('numpy')}"
    )
    section = "\n".join([f"## {title}", "", where, "", *lines, ""])
    old = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.S | re.M)
    text = old.sub(lambda _: section + "\n", text) if old.search(text) else f"{text.rstrip()}\n\n{section}"
    RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")
    print("\n".join([f"\n{title}", *lines]))
