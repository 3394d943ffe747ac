"""Dates and amounts as people write them: each form once by hand, and every value through every form and back."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.analysis.intake.written import (
    ANY,
    EPOCH,
    amounts,
    bare,
    days,
    decide,
    has_unit,
    plain_amount,
    plain_day,
    read,
)

SEVENTH = Day(2025, 3, 7)
DAYS = st.dates(Day(1971, 1, 1), Day(2068, 12, 31))
CENTS = st.integers(-99_999_999, 99_999_999)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-07", "2025/3/7", "2025.3.7", "20250307", 20250307, "2025-03-07 14:30:05", "2025-03-07T10:00:00+08:00",
        "2025年3月7日", "2025年03月07号", "25年3月7日", "二〇二五年三月七日", "２０２５年３月７日", "2025/3/7 星期五", "2025/03/07 下午 2:30",
        "7 Mar 2025", "07-Mar-25", "March 7, 2025", "7. März 2025", "7 mars 2025", "7th March 2025",
        "45723", "45723.75", 45723, 45723.5, datetime(2025, 3, 7, 9), SEVENTH, '="2025-03-07"', "'2025-03-07", "25-3-7",
    ],
)  # fmt: skip
def test_the_seventh_of_march_is_read_in_every_form(text: object) -> None:
    """Chinese, ISO, European and American forms, Excel's day numbers and date cells: one day, one reading."""
    assert set(days(text).values()) == {SEVENTH}


@pytest.mark.parametrize(
    "text", ["", "soon", "2025-02-30", "31/31/2025", "2025-03", "12:30", "2025年13月1日", True, 3, float("nan"), "7 Xyz 2025", "=1+1", "1e5"]
)  # fmt: skip
def test_what_is_no_day_is_read_as_none(text: object) -> None:
    """A month without a day, a day that does not exist and a small number are no dates."""
    assert dict(days(text)) == {}


@given(DAYS)
def test_every_day_comes_back_from_every_form(day: Day) -> None:
    """Written in any form whose order is known, a day is read as itself."""
    forms = {
        ANY: [day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day:%d %b %Y}", str((day - EPOCH).days)],
        "dmy": [f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d-%m-%y}"],
        "mdy": [f"{day:%m/%d/%Y}", f"{day:%m/%d/%y}"],
        "ymd": [f"{day:%y/%m/%d}"],
    }  # fmt: skip

    assert {read(text, days, way) for way, texts in forms.items() for text in texts} == {day}


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text: str) -> None:
    """Whatever stands in a cell, it is read or not; nothing is raised."""
    assert set(days(text)) <= {ANY, "dmy", "mdy", "ymd"}
    assert set(amounts(text)) <= {ANY, ".", ","}
    assert isinstance(bare(text), str)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("¥1,234.50", 1234.5), ("￥1,234.50", 1234.5), ("1.234,50", 1234.5), ("1 234,50 €", 1234.5), ("1'234.50", 1234.5),
        ("(120.00)", -120.0), ("（120.00）", -120.0), ("120.00-", -120.0), ("−120.00", -120.0), ("-¥120.00", -120.0),
        ("12万", 120_000.0), ("1.2万元", 12_000.0), ("3亿", 3e8), ("1.1万", 11_000.0), ("5k", 5000.0),
        ("１２００", 1200.0), ("RMB 300", 300.0), ("300元", 300.0), ("12,34,567.00", 1_234_567.0), ("1,234,567", 1_234_567.0),
        ("1.234.567", 1_234_567.0), ("0.123", 0.123), ("0,5", 0.5), ("12.5", 12.5), (12.5, 12.5), (7, 7.0), ("1.2E+05", 120_000.0), ("-0.5", -0.5),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_every_form(text: object, amount: float) -> None:
    """Marks, thousands, brackets, a minus behind, 万 and 亿: one amount, one reading."""
    assert set(amounts(text).values()) == {amount}


@pytest.mark.parametrize("text", ["", "待定", "--5", "1,2,3", "1,23", True, "12万3千", "1.2.3,4", "5%", "=1+1", "1-2"])
def test_what_is_no_amount_is_read_as_none_or_in_its_only_way(text: object) -> None:
    """A word, a percentage, a formula and a muddle of signs are no amounts; 1,23 has one reading."""
    assert dict(amounts(text)) == ({",": 1.23} if text == "1,23" else {})


@given(CENTS)
def test_every_amount_comes_back_from_every_form(cents: int) -> None:
    """Written with a point or a comma before its cents, with or without thousands, an amount is read as itself."""
    amount = cents / 100
    english = f"{amount:,.2f}"
    european = english.translate(str.maketrans(",.", ".,"))
    forms = {".": [english, f"{amount:.2f}", f"¥{english}", f"({english[1:]})" if cents < 0 else english], ",": [european, f"{european} €"]}  # fmt: skip

    assert {read(text, amounts, sign) for sign, texts in forms.items() for text in texts} == {amount}


def test_a_day_beyond_the_twelfth_decides_the_order_of_all() -> None:
    """Where one value can be read in one way only, the column is decided and nobody is asked."""
    assert decide(["03/07/2025", "25/03/2025"], days).way == "dmy"
    assert decide(["03/07/2025", "3/25/2025"], days).way == "mdy"
    assert decide(["1,234", "12.5"], amounts).way == "."
    assert decide(["1.234", "12,5"], amounts).way == ","


def test_what_nothing_decides_is_asked_with_an_example() -> None:
    """Where every value can be read in two ways that differ, both are offered; where they agree, nothing is asked."""
    asked = decide(["05/05/2025", "03/07/2025"], days)

    assert (asked.open, asked.options, asked.example) == (True, ("dmy", "mdy"), "03/07/2025")
    assert decide(["1,234", "2,345"], amounts).options == (",", ".")
    assert not decide(["05/05/2025", "2025-03-07", "soon"], days).open
    assert not decide([], days).open


def test_values_that_contradict_each_other_are_asked_about() -> None:
    """Both orders in one column: the open values are asked about, the others are read in their only way."""
    column = ["25/03/2025", "3/25/2025", "03/07/2025"]
    asked = decide(column, days)

    assert asked.options == ("dmy", "mdy")
    assert [read(text, days, "mdy") for text in column] == [Day(2025, 3, 25), Day(2025, 3, 25), Day(2025, 3, 7)]


@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["dmy", "mdy"]))
def test_a_decision_is_never_wrong(column: list[Day], way: str) -> None:
    """A column written in one order is read in that order, or asked about; it is never read in another."""
    texts = [f"{day:%d/%m/%Y}" if way == "dmy" else f"{day:%m/%d/%Y}" for day in column]
    choice = decide(texts, days)

    assert choice.way in (way, "") or [read(text, days, choice.way) for text in texts] == column
    assert not choice.open or way in choice.options


def test_plain_forms_need_no_repair() -> None:
    """ISO dates and bare numbers are kept as they are; other forms count as repaired."""
    assert [plain_day(each) for each in ("2025-03-07", "2025/3/7", SEVENTH, "20250307", "45723", "7.3.2025")] == [
        True
    ] * 4 + [False] * 2
    assert [plain_amount(each) for each in ("12.50", 3, "-5", "1,234.50", "12万")] == [True] * 3 + [False] * 2
    assert [has_unit(each) for each in ("12万", "1.2万元", "(3万)", "12")] == [True, True, True, False]
