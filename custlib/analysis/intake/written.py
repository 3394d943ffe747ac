"""Dates and amounts as people and their systems write them.

Some values can be read in more than one way: 03/07/2025 by day or by month first, 1,234 with a comma for
thousands or for decimals. `decide` finds the one way in which a whole column can be read; where the column
leaves it open, nobody guesses: the reader of the list is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
ANY = "*"  # readable in one way only, whatever the rest of the column says
Readings = Mapping[str, T]

DAY_ORDERS = ("dmy", "mdy", "ymd")
DECIMAL_SIGNS = (".", ",")
EPOCH = Day(1899, 12, 30)  # what Excel counts from, once its invented 29 February 1900 is behind
SERIALS = range(14_000, 80_001)  # 1938 to 2119: a smaller number is no day anybody sold on

_CLOCK = re.compile(
    r"[T\s]*(?:上午|下午|AM|PM|am|pm)?\s*\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}秒?(?:[.,]\d+)?)?分?\s*(?:AM|PM|am|pm|Z|UTC|[+-]\d{2}:?\d{2})?$"
)
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_CHINESE = re.compile(r"(\d{4}|\d{2})年(\d{1,2})月(\d{1,2})[日号]?")
_PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})")
_NAMED_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*([^\W\d_]{3,12})[\s.,\-/]*(\d{4}|\d{2})")
_NAMED_MONTH = re.compile(r"([^\W\d_]{3,12})[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})")
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_PLAIN = re.compile(r"-?\d+(?:\.\d{1,2}|\.\d{4,})?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+\.\d{1,2}")
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d+")
_MARKS = re.compile(r"人民币|RMB|CNY|USD|EUR|GBP|HKD|JPY|[¥$€£圆元'’`\s]", re.I)
_CURRENCY = re.compile(r"人民币|RMB|CNY|USD|EUR|GBP|HKD|JPY|[¥$€£元]", re.I)
CURRENCIES = {"人民币": "¥", "RMB": "¥", "CNY": "¥", "元": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<sign>[.,])\d{3})(?:(?P=sign)\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3}")
_UNITS = {"亿": 100_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000, "K": 1_000, "k": 1_000}
_WRAPPED = re.compile(r'="(.*)"', re.S)


@dataclass(frozen=True)
class Choice:
    """How a column is read: `way` where it is decided, else the ways to ask about and a value that is open."""

    way: str = ""
    options: tuple[str, ...] = ()
    example: str = ""

    @property
    def open(self) -> bool:
        return bool(self.options)


def bare(value: object) -> str:
    """A cell's text without what exports put around it: spaces, `="…"`, a leading apostrophe."""
    text = str(value).strip()
    if (wrapped := _WRAPPED.fullmatch(text)) is not None:
        text = wrapped[1].strip()
    return text.lstrip("'`").strip("\ufeff \t\u00a0\u3000") if text[:1] in "'`" else text.strip("\ufeff\u00a0\u3000")


def days(value: object) -> Readings[Day]:
    """The days that a cell can mean: under `ANY` where there is one, else by order of day, month and year.

    >>> days("03/07/2025") == {"dmy": Day(2025, 7, 3), "mdy": Day(2025, 3, 7)}
    True
    >>> days("2025年3月7日"), days(45723)
    ({'*': datetime.date(2025, 3, 7)}, {'*': datetime.date(2025, 3, 7)})
    """
    if isinstance(value, datetime):
        return {ANY: value.date()}
    if isinstance(value, Day):
        return {ANY: value}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value))
    text = unicodedata.normalize("NFKC", bare(value))
    text = _WEEKDAY.sub("", _CLOCK.sub("", text)).strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _one(match[1], match[3], match[4])
    if match := _COMPACT.fullmatch(text):
        return _one(*match.groups())
    if _NUMBER.fullmatch(text):
        return _serial(float(text))
    if "年" in text:
        match = _CHINESE.fullmatch(_numerals(text.replace(" ", "")))
        return _one(*match.groups()) if match else {}
    if match := _PARTS.fullmatch(text):
        return _orders(match[1], match[3], match[4])
    if match := _NAMED_DAY.fullmatch(text):
        return _named(match[1], match[2], match[3])
    if match := _NAMED_MONTH.fullmatch(text):
        return _named(match[2], match[1], match[3])
    return {}


def plain_day(value: object) -> bool:
    """Whether a date stands in a form that needs no repair: a date cell, or year, month and day with signs."""
    return isinstance(value, Day) or bool(re.match(r"\d{4}[-/.]\d|\d{8}$", str(value)))


def amounts(value: object) -> Readings[float]:
    """The amounts that a cell can mean: under `ANY` where there is one, else by decimal sign.

    >>> amounts("1,234") == {",": 1.234, ".": 1234.0}
    True
    >>> amounts("¥1,234.50"), amounts("(120)"), amounts("12万")
    ({'.': 1234.5}, {'*': -120.0}, {'*': 120000.0})
    """
    if isinstance(value, bool):
        return {}
    if isinstance(value, int | float):
        return {ANY: float(value)}
    text = str(value)
    if _PLAIN.fullmatch(text):
        return {"." if "." in text else ANY: float(text)}
    if _THOUSANDS.fullmatch(text):
        return {".": float(text.replace(",", ""))}
    text = unicodedata.normalize("NFKC", bare(value)).replace("−", "-").replace("–", "-")
    text = _MARKS.sub("", text)
    negative = len(text) > 2 and text[0] == "(" and text[-1] == ")"
    text = text[1:-1] if negative else text
    if text.endswith("-") or text.startswith("-"):
        negative, text = not negative, text.strip("-") if text.count("-") == 1 or "e-" in text.lower() else text
    text, factor = text.removeprefix("+"), 1
    for unit, size in _UNITS.items():
        if text.endswith(unit):
            text, factor = text.removesuffix(unit), size
            break
    return {sign: _float(number, factor, negative) for sign, number in _figures(text).items()}


def has_unit(value: object) -> bool:
    """Whether an amount carries a unit of its own, such as 12万: its heading's then says nothing to it."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", str(value)))
    return text.rstrip(")").endswith(tuple(_UNITS))


def currency(value: object) -> str:
    """The currency that an amount carries: its sign, or nothing."""
    if not isinstance(value, str) or (value[:1].isdigit() and value[-1:].isdigit()):
        return ""
    match = _CURRENCY.search(unicodedata.normalize("NFKC", value))
    return CURRENCIES.get(match[0].upper(), match[0].upper()) if match else ""


def plain_amount(value: object) -> bool:
    """Whether an amount stands there as a number and nothing else."""
    return isinstance(value, int | float) or bool(_PLAIN.fullmatch(str(value)))


def decide(values: Iterable[object], readings: Callable[[object], Readings[T]]) -> Choice:
    """Find the one way in which all values can be read.

    Values that cannot be read at all say nothing. Open is a column that can be read in two ways which differ,
    or whose values contradict each other: then `options` are the ways that at least one value asks for.
    """
    common: set[str] | None = None
    seen: set[str] = set()
    example = ""
    for value in values:
        read = readings(value)
        if not read or ANY in read:
            continue
        common = set(read) if common is None else common & set(read)
        seen |= set(read)
        if not example and len(read) > 1 and len(set(read.values())) > 1:
            example = str(value)
    if common and len(common) == 1:
        return Choice(way=next(iter(common)))
    if not example:
        return Choice(way=next(iter(sorted(common or seen)), ""))
    return Choice(options=tuple(sorted((common or seen) & set(readings(example)))), example=bare(example))


def read(value: object, readings: Callable[[object], Readings[T]], way: str) -> T | None:
    """One value in the way its column is read; one that can be read in a single way is read in that."""
    found = readings(value)
    if ANY in found:
        return found[ANY]
    return found.get(way) if way in found or len(found) != 1 else next(iter(found.values()))


def _day(year: int, month: int, day: int) -> Day | None:
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return Day(year, month, day) if 1900 < year < 2200 else None
    except ValueError:
        return None


def _one(year: str, month: str, day: str) -> Readings[Day]:
    found = _day(int(year), int(month), int(day))
    return {ANY: found} if found else {}


def _orders(first: str, second: str, third: str) -> Readings[Day]:
    a, b, c = int(first), int(second), int(third)
    found = {"dmy": _day(c, b, a), "mdy": _day(c, a, b)} if len(third) > 1 else {}
    if len(first) == 2 and len(third) < 3:
        found["ymd"] = _day(a, b, c)
    return {order: day for order, day in found.items() if day}


def _named(day: str, name: str, year: str) -> Readings[Day]:
    month = _months().get(name.casefold())
    return _one(year, str(month), day) if month else {}


def _serial(number: float) -> Readings[Day]:
    if number != number or int(number) not in SERIALS:
        compact = str(int(number)) if number == number and abs(number) < 1e9 else ""
        return _one(*match.groups()) if (match := _COMPACT.fullmatch(compact)) else {}
    return {ANY: EPOCH + timedelta(days=int(number))}


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """Names of months in five languages of Europe, long and short."""
    from babel.dates import get_month_names

    return {
        name.strip(".").casefold(): number
        for locale in ("en", "de", "fr", "es", "it")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }


def _numerals(text: str) -> str:
    """Chinese numerals as figures: 二〇二五年三月二十七日 is 2025年3月27日."""

    def tens(match: re.Match[str]) -> str:
        return str((int(match[1].translate(_NUMERALS) or 1)) * 10 + int(match[2].translate(_NUMERALS) or 0))

    return re.sub(r"([一二三]?)十([一二三四五六七八九]?)", tens, text).translate(_NUMERALS)


def _figures(text: str) -> Readings[str]:
    """A number without marks by decimal sign, written with a point."""
    if not text or not text[0].isascii() or not re.fullmatch(r"[\d.,]*\d[\d.,]*(?:[eE][+-]?\d+)?", text):
        return {}
    if _EXPONENT.fullmatch(text):
        return {ANY: text.replace(",", ".")}
    dots, commas = text.count("."), text.count(",")
    if not dots and not commas:
        return {ANY: text} if text.isdigit() else {}
    if dots and commas:
        sign = max(".,", key=text.rfind)
        whole, _, rest = text.rpartition(sign)
        fine = text.count(sign) == 1 and rest.isdigit() and _GROUPED.fullmatch(whole)
        return {sign: f"{re.sub('[.,]', '', whole)}.{rest}"} if fine else {}
    sign, other = (".", ",") if dots else (",", ".")
    grouped = bool(_GROUPED.fullmatch(text))
    found = {other: text.replace(sign, "")} if grouped else {}
    if text.count(sign) == 1:
        found[sign] = text.replace(sign, ".")
    return found


def _float(number: str, factor: int, negative: bool) -> float:
    try:
        exact = Decimal(number) * factor
    except InvalidOperation:  # an exponent beyond all bounds
        return float("inf")
    return float(-exact if negative else exact)
