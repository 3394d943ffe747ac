"""A tiny course in two languages: a welcome page and one lesson with a slider, for the Lab's own checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PARTS = {
    "en": ("Situation", "Look", "Try", "The idea", "Do", "Your own list", "Take-away"),
    "zh": ("情境", "看一看", "试一试", "要点", "练一练", "我的名单", "带走三句"),
}
TEXT = {
    "en": "Monday, 8:40. You look after 120 accounts and have 400 visit-hours until the end of the quarter. "
    "Last quarter you spread them evenly, and two large accounts left without a word.\n\n"
    "| Segment | Customers |\n|---|---|\n| Loyal | 64 |\n| Asleep | 120 |\n\nA formula: $R = 5$.",
    "zh": "周一，8:40。你负责 120 个客户，到季度末还有 400 个拜访小时。上个季度你平均分配时间，"
    "结果两个大客户一声不响地走了。\n\n| 分组 | 客户数 |\n|---|---|\n| 忠实客户 | 64 |\n| 沉睡客户 | 120 |\n\n公式：$R = 5$。",
}
LABEL = {"en": "Cut-off", "zh": "分界"}
NAMES = {"en": ("Welcome", "Who bought last?"), "zh": ("欢迎", "谁最近买过？")}
SLIDER = """import ipywidgets as widgets
slider = widgets.IntSlider(value=60, min=0, max=100, step=5, description="{label}")
shown = widgets.Label(value="= 60")
slider.observe(lambda change: setattr(shown, "value", f"= {{change['new']}}"), "value")
widgets.VBox([slider, shown])"""


def make(root: Path) -> Path:
    """Write the course below `root` and return it."""
    for language, parts in PARTS.items():
        welcome, lesson = NAMES[language]
        link = f"# {welcome}\n\n{TEXT[language]}\n\n[{lesson}](05_rfm.ipynb)"
        _write(root, language, "00_welcome", [("markdown", link), ("code", "2 + 2")], following=("05_rfm", lesson))
        cells = [("markdown", f"# {lesson}"), ("code", "import time")]
        for number, part in enumerate(parts):
            cells.append(("markdown", f"## {part}\n\n{TEXT[language]}"))
            cells.append(("code", SLIDER.format(label=LABEL[language]) if number == 2 else f"{number} + 1"))
        _write(root, language, "05_rfm", cells, before=("00_welcome", welcome))
    return root


def _write(
    root: Path,
    language: str,
    lesson: str,
    cells: list[tuple[str, str]],
    *,
    before: tuple[str, str] | None = None,
    following: tuple[str, str] | None = None,
) -> None:
    course: dict[str, Any] = {"lesson": lesson, "language": language, "run_on_open": True}
    for key, neighbour in (("previous", before), ("next", following)):
        if neighbour:
            course[key] = {"file": f"{neighbour[0]}.ipynb", "title": neighbour[1]}
    made: list[dict[str, Any]] = []
    for number, (kind, source) in enumerate(cells):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": 1, "metadata": {"jupyter": {"source_hidden": True}}}
        made.append(cell)
    metadata = {
        "course": course,
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    place = root / "notebooks" / language / f"{lesson}.ipynb"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
