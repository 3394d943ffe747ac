"""Numbers as people write them: every usual way is read, nothing else is, and nothing is evaluated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.practice.numbers import LONGEST, read


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12", 12, ""),
        ("12%", 12, "%"),
        ("12 %", 12, "%"),
        ("１２％", 12, "%"),
        ("约12%", 12, "%"),
        ("大约 12 %", 12, "%"),
        ("about 12%", 12, "%"),
        ("12个点", 12, "%"),
        ("12 个百分点", 12, "%"),
        ("百分之12", 12, "%"),
        ("3成", 30, "%"),
        ("12 per cent", 12, "%"),
        ("0.12", 0.12, ""),
        ("１.２万", 12_000, ""),
        ("1.2万元", 12_000, "money"),
        ("1.2 亿", 120_000_000, ""),
        ("1.2 m yuan", 1_200_000, "money"),
        ("1,234.0", 1234, ""),
        ("1 234 567", 1_234_567, ""),
        ("1'234.5", 1234.5, ""),
        ("1.234,5", 1234.5, ""),
        ("1，234.0", 1234, ""),
        ("9800元", 9800, "money"),
        ("9800 元左右", 9800, "money"),
        ("CNY 9800", 9800, "money"),
        ("9800 CNY", 9800, "money"),
        ("¥9800", 9800, "money"),
        ("-5", -5, ""),
        ("−5 %", -5, "%"),
        ("负5", -5, ""),
        ("3/5", 0.6, ""),
        ("12天", 12, "天"),
        ("12 days", 12, "days"),
        ("12.", 12, ""),
        (".5", 0.5, ""),
    ],
)
def test_a_usual_way_to_write_a_number_is_read(text: str, value: float, unit: str) -> None:
    """Full-width digits, signs, scales, currencies, words before and behind: the same number."""
    assert next((each.value, each.unit) for each in read(text)) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text",
    ["", "twelve", "十二", "nan", "inf", "NaN", "1/0", "<b>1</b>", "__import__('os')", "1.2.3", "😀", "=", "9" * 99],
)
def test_what_is_no_number_is_none(text: str) -> None:
    """Words, markup, code and what is not finite have no reading."""
    assert read(text) == ()


@pytest.mark.parametrize(("text", "values"), [("1,234", [1234, 1.234]), ("1.234", [1.234, 1234])])
def test_a_comma_or_point_that_can_mean_two_things_gives_two_readings(text: str, values: list[float]) -> None:
    """The usual reading comes first, the other one is not forgotten."""
    assert [each.value for each in read(text)] == values


def test_a_formula_is_a_number_with_something_strange_behind_it() -> None:
    """“=1+1” is not worked out: what stands behind the 1 is handed on as a unit nobody knows."""
    assert [(each.value, each.unit) for each in read("=1+1")] == [(1, "+1")]


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    """No text breaks the reader, and every reading is a finite number."""
    for each in read(text):
        assert abs(each.value) < float("inf")
        assert each.step >= 0


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_what_python_writes_with_commas_is_read_back(number: int, decimals: int) -> None:
    """Thousands with commas and any decimals come back as the same number."""
    value = number / 10**decimals
    text = f"{value:,.{decimals}f}"

    assert len(text) > LONGEST or any(each.value == pytest.approx(value) for each in read(text))
