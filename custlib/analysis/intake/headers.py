"""Where a list's headings stand, and which column is which: guessed from words, shown for confirmation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from custlib.analysis.intake.written import amounts, days
from custlib.content import LANGUAGES, dictionary

ROLES = (
    "customer_id",
    "date",
    "amount",
    "order_id",
    "quantity",
    "unit_price",
    "return_flag",
    "vat",
    "company_code",
    "dealer",
)
NEEDED = ("customer_id", "date", "amount")
OWN_FORM = frozenset({*NEEDED, "order_id"})  # the course's own headings: nothing is left to ask
LOOKED_AT = 40  # rows among which the headings are sought
EXACT, CONTAINED = 1000, 500
FACTORS = {"亿": 100_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000, "thousand": 1_000, "k": 1_000, "000": 1_000}
WHOLE = ("vat", "return_flag")  # 含税 stands in many a heading of amounts
_UNIT = re.compile(r"(亿|百万|万|千)元|[(/](亿|百万|万|千)\b|\b(thousand|k)\b|['(](000)s?\b")


@dataclass(frozen=True)
class Header:
    """The headings of a list: in which row they stand (None: nowhere), and one name for each column."""

    row: int | None
    names: tuple[str, ...]


@lru_cache(maxsize=64)
def vocabulary(key: str) -> tuple[str, ...]:
    """The words under one key of `words/headers.yaml`, of both languages, folded, the best first."""
    text = dictionary()[f"headers.{key}"]
    return tuple(fold(word) for language in LANGUAGES for word in text[language].split("|"))


def fold(text: object) -> str:
    """A text as words are compared: one width, one case, a space for every sign between Latin words."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    return re.sub(r"(?<![a-z0-9]) | (?![a-z0-9])", "", re.sub(r"[\W_]+", " ", plain))


def contains(text: str, word: str) -> bool:
    """Whether a folded text contains a word: a Latin one as a whole, never inside another."""
    return f" {word} " in f" {text} " if word.isascii() else word in text


def find(rows: Sequence[Sequence[object]]) -> Header:
    """Find the row of headings among the first rows of a file.

    The row that most of the known headings stand in; where none is known, the first row that is as wide as
    those below it and holds no date and no number. Without one, columns are named by their letters.
    """
    rows = rows[:LOOKED_AT]
    known = [_known(row) for row in rows]
    width = max(map(_filled, rows), default=0)
    if known and (best := max(known)) >= 2:
        return _named(known.index(best), rows)
    for place, row in enumerate(rows):
        if _filled(row) >= max(2, width - 1):
            figures = any(days(cell) or amounts(cell) for cell in row if str(cell).strip())
            return _named(None if figures else place, rows)
    return _named(None, rows)


def _filled(row: Sequence[object]) -> int:
    return sum(bool(str(cell).strip()) for cell in row)


def _known(row: Sequence[object]) -> int:
    """In how many roles the cells of a row would stand as headings; a row with dates or amounts has none."""
    texts = [str(cell) for cell in row if str(cell).strip()]
    if any(amounts(text) or days(text) for text in texts):
        return 0
    return len({role for text in texts for role in ROLES if fit(text, role) >= CONTAINED})


def _named(place: int | None, rows: Sequence[Sequence[object]]) -> Header:
    """Give each column one name: its heading, told apart where two are alike, or its letter."""
    width = max(map(len, rows), default=0)
    cells = [str(cell).strip() for cell in rows[place]] if place is not None else []
    cells += [""] * (width - len(cells))
    while (
        cells and not cells[-1] and not any(len(row) >= len(cells) and str(row[len(cells) - 1]).strip() for row in rows)
    ):
        cells.pop()
    names: list[str] = []
    for number, cell in enumerate(cells):
        name = re.sub(r"\s+", " ", cell) or letter(number)
        names.append(name if name not in names else f"{name} ({letter(number)})")
    return Header(place, tuple(names))


def letter(number: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@lru_cache(maxsize=4096)
def fit(name: str, role: str) -> int:
    """How well a heading fits a role: 0 not at all; the earlier its word stands in the list, the better."""
    bracketless = re.sub(r"[(（].*?[)）]", " ", unicodedata.normalize("NFKC", name))
    heading = fold(bracketless) or fold(name)
    best = 0
    for place, word in enumerate(vocabulary(f"role.{role}")):
        if heading.replace(" ", "") == word.replace(" ", ""):
            best = max(best, EXACT - place)
        elif (
            role not in WHOLE
            and contains(heading, word)
            and not any(contains(heading, x) for x in vocabulary("unlike"))
        ):
            best = max(best, CONTAINED - place + 100 * len(word) // len(heading))
    return best


def guess(header: Header, sample: Sequence[Sequence[object]]) -> Mapping[str, str]:
    """Guess which column has which role: by its heading, and a date also by what stands in it.

    header, rows below it → role to column name. Each column has one role at most; nothing is forced.
    """
    scores = sorted(
        ((fit(name, role), -place, role, name) for place, name in enumerate(header.names) for role in ROLES),
        reverse=True,
    )
    found: dict[str, str] = {}
    for score, _, role, name in scores:
        if score and role not in found and name not in found.values() and _bears(role, header, name, sample):
            found[role] = name
    if "date" not in found:
        for place, name in enumerate(header.names):
            cells = [row[place] for row in sample if place < len(row) and str(row[place]).strip()]
            if name not in found.values() and cells and all(days(cell) and not _number(cell) for cell in cells):
                found["date"] = name
                break
    return {role: found[role] for role in ROLES if role in found}


def _bears(role: str, header: Header, name: str, sample: Sequence[Sequence[object]]) -> bool:
    """Whether what stands below a heading can be what it says: a date column needs a date, an amount a number."""
    reads = {"date": days, "amount": amounts, "quantity": amounts, "unit_price": amounts}.get(role)
    place = header.names.index(name)
    cells = [row[place] for row in sample if place < len(row) and str(row[place]).strip()]
    return reads is None or not cells or any(reads(cell) for cell in cells)


def _number(cell: object) -> bool:
    return isinstance(cell, int | float)


def factor(name: str) -> int:
    """What a heading multiplies its column by: 金额（万元） means ten thousand."""
    match = _UNIT.search(unicodedata.normalize("NFKC", name).casefold())
    return FACTORS[next(filter(None, match.groups()))] if match else 1


def vat_of(text: object) -> str:
    """Whether a heading or a cell says `in` (with VAT) or `out` (without); empty where it says neither."""
    folded = fold(text)
    for way, key in (("out", "without_vat"), ("in", "with_vat")):
        # Yes and no answer the question that a column's own heading asks; in a heading they say nothing.
        if any(
            contains(folded, word)
            for word in vocabulary(key)
            if len(word) > 2 or (not word.isascii() and len(word) > 1)
        ):
            return way
    return ""


def says(cell: object, key: str) -> bool:
    """Whether a cell is one of the words under a key: `says("退货", "returned")`."""
    return fold(cell) in vocabulary(key)


def is_total(cell: object) -> bool:
    """Whether a cell is the label of a sum: 小计, 上海 合计, Grand total, C001 汇总."""
    folded = fold(cell)
    return any(
        folded == word or folded.endswith(word if not word.isascii() else f" {word}") for word in vocabulary("total")
    )


def is_only_total(cell: object) -> bool:
    """Whether a cell is the label of a sum and can be nothing else, as in a dated row of sums: 小计, Subtotal."""
    return fold(cell) in vocabulary("total") and fold(cell) not in ("total", "totals", "sum")


def is_note(cell: object) -> bool:
    """Whether a cell begins a line around a printed list: 制表人：…, Printed on …"""
    folded = fold(cell)
    return any(folded.startswith(word) for word in vocabulary("note"))
