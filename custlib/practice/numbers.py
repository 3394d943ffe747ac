"""Read a number as people write it: 12%, １２％, 约12%, 12个点, 1.2万, 1,234.0, 9800元.

What is written can leave two readings open, such as 1.234 (a little more than one, or one thousand and more); both
come back, the more usual first. Nothing is evaluated: a number is matched, or it is not one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

LONGEST = 60
SCALES = {
    "": 1.0,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
}
PERCENT = ("%", "percent", "per cent", "pct", "个百分点", "百分点", "个点", "点", "points", "percentage points")
MONEY = ("元", "块", "块钱", "元人民币", "人民币", "yuan", "cny", "rmb", "¥")
TENTHS = "成"
ABOUT = re.compile(
    r"^(?:大约|约为|约|大概|差不多|将近|about|approximately|approx\.?|around|roughly|circa|ca\.|[~≈=])\s*"
)
ABOUT_AFTER = re.compile(r"\s*(?:左右|上下|or so|\.|。)$")
MONEY_BEFORE = re.compile(r"^(?:rmb|cny|¥|人民币)\s*")
SHARE_BEFORE = re.compile(r"^百分之\s*")
SIGN = re.compile(r"^(?:([-−–—‐]|负|minus )|\+)\s*")
FIGURE = re.compile(r"^(\d[\d., '’\u202f]*/ ?\d+|\d[\d., '’\u202f]*|[.]\d+)")
PLAIN = re.compile(r"\d*\.?\d+|\d+\.")


@dataclass(frozen=True)
class Reading:
    """One way to read what was typed.

    `value` is what it says, `step` the worth of its last digit, `digits` how many significant digits were given,
    `unit` one of "", "%", "money", or the word behind the number where it is another.
    """

    value: float
    step: float
    digits: int
    unit: str


def read(text: str) -> tuple[Reading, ...]:
    """The readings of a text, the usual one first; empty where it is no number.

    >>> [(each.value, each.unit) for each in read("约１２％")]
    [(12.0, '%')]
    >>> [each.value for each in read("1.2万元")]
    [12000.0]
    >>> [each.value for each in read("1,234")]
    [1234.0, 1.234]
    >>> read("twelve")
    ()
    """
    if len(text) > LONGEST:
        return ()
    rest = unicodedata.normalize("NFKC", text).strip().casefold()
    rest = ABOUT_AFTER.sub("", ABOUT.sub("", rest))
    share = SHARE_BEFORE.match(rest)
    rest = SHARE_BEFORE.sub("", rest)
    sign = SIGN.match(rest)
    rest = SIGN.sub("", rest)
    money = MONEY_BEFORE.match(rest)
    rest = MONEY_BEFORE.sub("", rest)
    figure = FIGURE.match(rest)
    if figure is None:
        return ()
    word = ABOUT_AFTER.sub("", rest[figure.end() :]).strip()
    scale, unit = _unit(word)
    if share or money:
        unit = "%" if share else "money"
    factor = (10.0 if word == TENTHS else scale) * (-1 if sign and sign[1] else 1)
    found = [_plain(text) for text in _figures(figure[1].strip())]
    readings = [Reading(value * factor, step * abs(factor), digits, unit) for value, step, digits in found]
    return tuple(each for each in readings if math.isfinite(each.value))


def _unit(word: str) -> tuple[float, str]:
    """What stands behind a figure: a scale, then a unit; a word that is neither is handed on."""
    if word == TENTHS:
        return 1.0, "%"
    for scale in sorted(SCALES, key=len, reverse=True):
        if word.startswith(scale):
            unit = word[len(scale) :].strip()
            if not unit or unit in PERCENT or unit in MONEY or not scale:
                break
    kind = "%" if unit in PERCENT else "money" if unit in MONEY else unit
    return SCALES[scale], kind


def _figures(text: str) -> list[str]:
    """The same figure with a decimal point and nothing else, in each way its commas and points can be meant."""
    text = text.rstrip(", '’").replace("’", "'").replace("\u202f", " ")
    if "/" in text:
        return [text.replace(" ", "")]
    for gap in (" ", "'"):
        if re.fullmatch(rf"\d{{1,3}}({gap}\d{{3}})+(\.\d+)?", text):
            return [text.replace(gap, "")]
    if re.fullmatch(r"\d{1,3},\d{3}", text):
        return [text.replace(",", ""), text.replace(",", ".")]
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d*)?", text):
        return [text.replace(",", "")]
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        return [text, text.replace(".", "")]
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", text) or re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", text):
        return [text.replace(".", "").replace(",", ".")]
    if re.fullmatch(r"\d+,\d+", text):
        return [text.replace(",", ".")]
    return [text] if PLAIN.fullmatch(text) else []


def _plain(text: str) -> tuple[float, float, int]:
    """Value, worth of the last digit, and significant digits of a figure with at most a decimal point."""
    if "/" in text:
        above, _, below = text.partition("/")
        top, bottom = _figures(above) or ["0"], float(below)
        return (float(top[0]) / bottom if bottom else float("nan")), 0.0, 15
    whole, _, decimals = text.partition(".")
    return float(text), 10.0 ** -len(decimals), len((whole + decimals).lstrip("0"))
