"""Figures in digits and in words: the same number is found in English and in Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.figures import agree, figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sixty thousand yuan an hour, and fourteen hours.", {60_000, 14}),
        ("420,000 yuan, 5.2 million, two million", {420_000, 5_200_000, 2_000_000}),
        ("one hundred and twelve; a hundred and fifty thousand", {112, 150_000}),
        ("twenty-four or thirty, two hundred thousand forty", {24, 30, 200_040}),
        ("four of eleven, three questions, the third quarter", {11}),
        ("8 percent, 0.5, 18,500", {8, 0.5, 18_500}),
        ("one of you and a thousand thanks", {1_000}),
        ("nothing at all", set()),
    ],
)
def test_english_figures(text: str, found: set[float]) -> None:
    """Digits always count; words from ten upwards."""
    assert figures(text, "en") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一小时六万，上季度停了十四个小时", {60_000, 14}),
        ("42万，5.2百万，五百二十万元，两百万以上", {420_000, 5_200_000, 2_000_000}),
        ("百分之十八，8%，一百五十万，一点五万", {18, 8, 1_500_000, 15_000}),
        ("十一批里有四批，三季度", {11}),
        ("十分满意，千万别急，几十家，十几个，万一，三四个", set()),
        ("周四九点，十分钟后", {10}),
        ("二〇二五年，百分之百", {2025, 100}),
        ("三万五千", {35_000}),
    ],
)
def test_chinese_figures(text: str, found: set[float]) -> None:
    """Numerals count as digits do; what only sounds like a number does not."""
    assert figures(text, "zh") == found


def test_small_words_agree_with_small_digits() -> None:
    """“3 questions” is 三个问题; a small number in words on both sides needs no partner."""
    assert agree("3 questions in two weeks", "三个问题，两周内") == (frozenset(), frozenset())
    assert agree("Eight percent", "降八个点") == (frozenset(), frozenset())
    assert agree("12 days", "13天") == ({12}, {13})


@given(st.integers(10, 99_999_999))
def test_any_number_is_found_in_digits(number: int) -> None:
    """Whatever the number, with thousands separated or not."""
    assert figures(f"about {number:,} yuan", "en") == {number} == figures(f"约{number}元", "zh")
