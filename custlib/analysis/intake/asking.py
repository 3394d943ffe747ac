"""What a list leaves open, to be asked once: nothing here is ever guessed.

A question has a key, the answers that can be given, and values for its sentence. What the data itself decides
is no question; it is noted, so that the report can say how the list was read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np

from custlib.analysis.intake.cells import AMOUNTS, Cells
from custlib.analysis.intake.headers import NEEDED, OWN_FORM, Header, factor, says, vat_of, vocabulary
from custlib.analysis.intake.written import ANY, Choice, amounts, bare, days, decide, read

RATES = ("13", "9", "6", "3", "keep")
FEW = 12  # a column with more words than this tells no returns from sales
MERGED = 0.2  # from this share of rows without a customer on, they may be merged cells
NONE = "-"
SEPARATOR = "|"


@dataclass(frozen=True)
class Question:
    """One thing the list leaves open: `answer` is empty until somebody gives one of `options`.

    With `many`, an answer is any number of options, joined by bars, or `-` for none of them.
    """

    key: str
    options: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""
    many: bool = False

    def takes(self, answer: str) -> bool:
        """Whether this can be an answer."""
        if self.many:
            return answer == NONE or (bool(answer) and set(answer.split(SEPARATOR)) <= set(self.options))
        return answer in self.options


@dataclass(frozen=True)
class Open:
    """What is asked about a list, and what needs no asking: how dates and amounts are read."""

    questions: tuple[Question, ...]
    days: Choice
    decimal: Choice

    @property
    def unanswered(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if not question.answer)

    def answer(self, key: str) -> str:
        """The answer to one question; empty where it was not asked."""
        return next((question.answer for question in self.questions if question.key == key), "")

    def answered(self, answers: Mapping[str, str]) -> Open:
        """The same with these answers; one that cannot be an answer is none."""
        given = {each.key: answers.get(each.key, "") for each in self.questions}
        return replace(
            self,
            questions=tuple(
                replace(each, answer=given[each.key] if each.takes(given[each.key]) else "") for each in self.questions
            ),
        )

    @property
    def day_order(self) -> str:
        return self.days.way or self.answer("dates")

    @property
    def decimal_sign(self) -> str:
        return self.decimal.way or {"point": ".", "comma": ","}.get(self.answer("decimal"), ".")


def ask(cells: Cells, header: Header, answers: Mapping[str, str]) -> Open:
    """Find what the list leaves open, and put the answers given to it; an answer that cannot be one is none."""
    day = decide(cells.columns["date"].standing(cells.data), days)
    money = decide(
        chain.from_iterable(cells.columns[role].standing(cells.data) for role in AMOUNTS if role in cells.columns),
        amounts,
    )
    found: list[Question] = []
    if day.open:
        found.append(Question("dates", day.options, {"example": day.example, **_meanings(day)}))
    if money.open:
        meant = {sign: f"{number:.12g}" for sign, number in amounts(money.example).items()}
        values = {"example": money.example, "point": meant.get(".", ""), "comma": meant.get(",", "")}
        found.append(Question("decimal", ("point", "comma"), values))
    own_form = set(NEEDED) <= set(header.names) <= OWN_FORM
    found += chain.from_iterable(
        look(cells) for look in (_unit, _returns, *(() if own_form else (_vat, _blanks)), _branches)
    )
    return Open(tuple(found), day, money).answered(answers)


def _meanings(choice: Choice) -> dict[str, Any]:
    return dict(days(choice.example))


def _unit(cells: Cells) -> Iterable[Question]:
    """A heading such as 金额（万元） multiplies its column; one wrong unit would outweigh every customer."""
    column = cells.columns.get("amount")
    if column is None or (times := factor(column.name)) == 1:
        return []
    example = next((bare(value) for value in column.standing(cells.data) if amounts(value)), "")
    number = read(example, amounts, ".") or 0.0
    values = {"heading": column.name, "example": example, "times": times, "amount": number * times}
    return [Question("unit", ("heading", "one"), values)]


def _returns(cells: Cells) -> Iterable[Question]:
    """Words that tell returns from sales, where they are not known."""
    column = cells.columns.get("return_flag")
    if column is None:
        return []
    words = sorted({bare(value) for value in column.standing(cells.data)} - {""})
    unknown = tuple(word for word in words if not says(word, "returned") and not says(word, "sold"))
    if not unknown or len(words) > FEW:
        return []
    return [Question("returns", unknown, {"heading": column.name}, many=True)]


def vat_ways(cells: Cells) -> set[str]:
    """What a list itself says of VAT, by the heading of its amounts or by a column: of `in` and `out`."""
    column = cells.columns.get("vat")
    if column is not None:
        ways = {vat_way(value) for value in column.standing(cells.data)} - {""}
        if ways:
            return ways
    named = (cells.columns[role].name for role in ("amount", "unit_price") if role in cells.columns)
    return {way for way in [vat_of(next(named))] if way}


def vat_way(value: object) -> str:
    """What one cell of a VAT column says."""
    return "out" if says(value, "without_vat") else "in" if says(value, "with_vat") else vat_of(value)


def _vat(cells: Cells) -> Iterable[Question]:
    ways = vat_ways(cells)
    if len(ways) == 2:
        return [Question("vat_rate", RATES)]
    return [] if ways else [Question("vat", ("in", "out"))]


def _blanks(cells: Cells) -> Iterable[Question]:
    """Merged cells leave the customer empty in all rows but the first."""
    customers = cells.columns["customer_id"]
    empty = customers.spread((not bare(value) for value in customers.values), bool)[cells.data]
    count = int(np.count_nonzero(empty))
    if not count or count < MERGED * len(empty) or empty[0]:
        return []
    above = customers.values[customers.codes[cells.data][int(np.argmax(empty)) - 1]]
    number = int(cells.number[cells.data][int(np.argmax(empty))])
    return [Question("blanks", ("above", "aside"), {"count": count, "example": bare(above), "row": number})]


def groups(cells: Cells) -> dict[str, tuple[str, ...]]:
    """Firms that stand in the list under more than one customer: by company code, else by the name of a branch."""
    customers = cells.columns["customer_id"]
    members: dict[str, list[str]] = defaultdict(list)
    code = cells.columns.get("company_code")
    if code is not None:
        pairs = np.unique(np.stack([code.codes[cells.data], customers.codes[cells.data]]), axis=1)
        for company, customer in pairs.T:
            members[bare(code.values[company])].append(written(customers.values[customer]))
    else:
        for value in customers.standing(cells.data):
            members[_firm(written(value))].append(written(value))
    distinct = {firm: tuple(sorted(set(each) - {""})) for firm, each in members.items() if firm}
    return {firm: each for firm, each in distinct.items() if len(each) > 1}


def _branches(cells: Cells) -> Iterable[Question]:
    found = groups(cells)
    if not found:
        return []
    firm, members = min(found.items())
    return [Question("branches", ("one", "each"), {"count": len(found), "firm": firm, "members": list(members[:3])})]


@lru_cache(maxsize=1)
def _branch() -> re.Pattern[str]:
    words = (rf"\b{word}\b" if word.isascii() else word for word in vocabulary("branch"))
    return re.compile("|".join(words), re.I)


def _firm(name: str) -> str:
    """The firm in the name of its branch: 振业电机有限公司苏州分公司 belongs to 振业电机有限公司."""
    match = _branch().search(name)
    if not match:
        return name
    firm = re.match(r"(.{2,}?公司)(?=.)|(.{4,}?)\s*[,(（–-]", name[: match.end()])
    return next(filter(None, firm.groups())).strip() if firm else name


def written(value: object) -> str:
    """A customer's or an order's name as text: 1001.0 from a spreadsheet is 1001; spaces are single."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(bare(value).split())
    return value if value == text else text  # equal texts need no second copy


def reader(readings: Callable[[object], Mapping[str, Any]], way: str) -> Callable[[object], Any]:
    """Read a column's values, each once, in the way decided."""
    return lambda value: read(value, readings, way) if value != "" else None


__all__ = ["ANY", "NONE", "SEPARATOR", "Open", "Question", "ask", "groups", "reader", "vat_way", "vat_ways", "written"]
