"""The hand-edited course files: read, and held to the house's rules.

One bilingual source per lesson, in percent format. A markdown cell marked `lang="en"` is followed by its
counterpart `lang="zh"`: sections correspond, sentences need not, figures do. Code stands once.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from custlib.content import LANGUAGES
from custlib.errors import BadContent, MissingTool
from custlib.quick import quick_imports

MOST_LINES = 12
LANGUAGE_LINE = re.compile(r'^language: str = ".*"$', re.M)
UNITS = {"万": 1e4, "亿": 1e8, "k": 1e3, "m": 1e6, "bn": 1e9}
FIGURE = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(万|亿|(?:k|m|bn)(?![A-Za-z]))?")
NOT_PROSE = re.compile(r"\]\([^)]*\)|https?://\S+")


@dataclass(frozen=True)
class Cell:
    """One place in a lesson: code, or a text in both languages. `id` is the same in every edition."""

    kind: str
    texts: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    id: str

    def text(self, language: str) -> str:
        text = dict(self.texts)[language]
        if "parameters" in self.tags:
            text = LANGUAGE_LINE.sub(f'language: str = "{language}"', text)
        return text


def read(path: Path) -> tuple[Cell, ...]:
    """Read one source. Raises MissingTool, and BadContent with the place of the first rule that is broken."""
    try:
        with quick_imports():
            import jupytext
    except ModuleNotFoundError as error:
        raise MissingTool(tool=str(error.name), work="build", extra="build") from None

    cells: list[Cell] = []
    seen: dict[str, int] = {}
    waiting: tuple[str, tuple[str, ...]] | None = None
    for cell in jupytext.read(path, fmt="py:percent").cells:
        language, tags = cell.metadata.get("lang"), tuple(cell.metadata.get("tags", ()))
        place = _place(path, cell.source)
        if cell.cell_type == "code":
            texts = tuple((each, cell.source) for each in LANGUAGES)
        elif language == "en" and waiting is None:
            waiting = cell.source, tags
            continue
        elif language == "zh" and waiting is not None and waiting[1] == tags:
            texts = (("en", waiting[0]), ("zh", cell.source))
        else:
            raise BadContent(
                path=place, problem='each lang="en" text is followed by its lang="zh" text with the same tags'
            )
        if cell.cell_type == "code" and waiting is not None:
            raise BadContent(path=place, problem='the lang="en" text before this cell has no lang="zh" counterpart')
        waiting = None
        digest = hashlib.sha256("\0".join([cell.cell_type, *(text for _, text in texts)]).encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        cells.append(Cell(cell.cell_type, texts, tags, digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"))
    if waiting is not None:
        raise BadContent(path=path.name, problem='the last lang="en" text has no lang="zh" counterpart')
    for problem in problems(cells):
        raise BadContent(path=path.name, problem=problem)
    return tuple(cells)


def problems(cells: list[Cell]) -> Iterator[str]:
    """Name every broken rule: what a cell may hold, and what both languages must share."""
    parameters = [cell for cell in cells if "parameters" in cell.tags]
    if len(parameters) != 1 or not LANGUAGE_LINE.search(parameters[0].text("en")):
        yield 'exactly one cell is tagged "parameters" and holds language: str = "en"'
    for cell in cells:
        place = cell.text("en").strip().split("\n", 1)[0][:60]
        if cell.kind == "code":
            yield from (f"“{place}”: {problem}" for problem in _code_problems(cell.text("en")))
        else:
            yield from (f"“{place}”: {problem}" for problem in _text_problems(cell.text("en"), cell.text("zh")))


def figures(text: str) -> list[float]:
    """The figures a text names, in base units: 42 万 and 420,000 are the same.

    >>> figures("It costs 420,000 yuan, or 1.2 m.") == figures("要 42 万元，或者 120 万元。")
    True
    """
    found = FIGURE.findall(NOT_PROSE.sub("", text))
    return sorted({round(float(whole.replace(",", "") + part) * UNITS.get(unit, 1), 6) for whole, part, unit in found})


def _code_problems(code: str) -> Iterator[str]:
    lines = [line for line in code.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        yield f"{len(lines)} lines of code; {MOST_LINES} is the most"
    tree = ast.parse(code)
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in ast.walk(tree)):
        yield "a function belongs into custlib, where it has tests"
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    if any(re.search(r"</?\w+[^>]*>", text) for text in texts):
        yield "no HTML in a cell: it belongs into a view"
    if any("/" in text or "\\" in text for text in texts):
        yield "no path in a cell: lesson.table(name) finds the file"


def _text_problems(en: str, zh: str) -> Iterator[str]:
    if [len(level) for level in re.findall(r"^(#+) ", en, re.M)] != [
        len(level) for level in re.findall(r"^(#+) ", zh, re.M)
    ]:
        yield "the headings of both languages differ in number or level"
    if figures(en) != figures(zh):
        only_en = [f"{value:g}" for value in figures(en) if value not in figures(zh)]
        only_zh = [f"{value:g}" for value in figures(zh) if value not in figures(en)]
        yield f"figures differ: only in English {only_en}, only in Chinese {only_zh}"
    if re.search(r"[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]", re.sub(r"`[^`]*`", "", zh)):
        yield "Chinese text uses full-width punctuation"
    if any("**" in _rendered(text) for text in (en, zh)):
        yield "emphasis that markdown does not close: put a space after it, or the punctuation outside"
    if not re.search(r"[\u4e00-\u9fff]", zh):
        yield "the Chinese text has no Chinese in it"


def _rendered(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt().render(re.sub(r"`[^`]*`", "", text)))


def _place(path: Path, text: str) -> str:
    return f"{path.name}, “{text.strip().split(chr(10), 1)[0][:60]}”"
