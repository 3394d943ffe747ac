"""Figures in a sentence, whether written in digits or in words, in English and in Chinese.

`The same figures in both languages` can then be checked: 84 万元 and 840,000 yuan are one number.
"""

from __future__ import annotations

import re

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_SMALL = {word: value for value, word in enumerate(_UNITS.split())}
_TENS = {
    word: 10 * tens
    for tens, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_SCALE = {"hundred": 100, "thousand": 1e3, "million": 1e6, "m": 1e6, "k": 1e3, "billion": 1e9}
_ENGLISH = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|[^\sa-z\d]")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TEN = {"十": 10.0, "百": 100.0, "千": 1000.0}
_MYRIAD = {"万": 1e4, "亿": 1e8}
# 几十 and 数百 are no figures, nor is the 万 of 万一, the 千万 of advice, the 十分 that only stresses,
# and 一 in 一下、一起、一定 counts nothing.
_CHINESE = re.compile(
    r"(?<![几数\d.第])(?:\d[\d,]*(?:\.\d+)?[十百千万亿]*|百分之百|[一二三四五六七八九两十][零〇一二三四五六七八九两十百千万亿点]*)(?!几)"
)


def figures(text: str, language: str) -> frozenset[float]:
    """The numbers a sentence states. Below ten only those in digits: a word for a small number is often no figure."""
    return _chinese(text, small=False) if language == "zh" else _english(text, small=False)


def agree(en: str, zh: str) -> tuple[frozenset[float], frozenset[float]]:
    """The figures that stand in only one of two texts: those missing in Chinese, those missing in English."""
    only_en = figures(en, "en") - _chinese(zh, small=True)
    only_zh = figures(zh, "zh") - _english(en, small=True)
    return only_en, only_zh


def _english(text: str, *, small: bool) -> frozenset[float]:
    found: set[float] = set()
    # `whole` holds the thousands already closed, `value` what is being read; None between two numbers.
    value: float | None = None
    whole, written, before = 0.0, False, ""

    def close() -> None:
        nonlocal value, whole, written
        if value is not None:
            _keep(found, whole + value, written, small)
        value, whole, written = None, 0.0, False

    for match in _ENGLISH.finditer(text.lower().replace("-", " ")):
        word = match[0]
        if word[0].isdigit():
            close()
            value, written = float(word.replace(",", "")), True
        elif word in _SMALL or word in _TENS:
            here = float(_SMALL.get(word, _TENS.get(word, 0)))
            if value is not None and (
                written or not (value % 100 == 0 or (value % 100 >= 20 and value % 10 == 0 and here < 10))
            ):
                close()
            value = (value or 0.0) + here
        elif word in _SCALE and (value is not None or before in ("a", "an")):
            value = (1.0 if value is None else value) * _SCALE[word]
            if _SCALE[word] >= 1e3 and not written:
                whole, value = whole + value, 0.0
        elif word != "and" or value is None or written or value % 100:
            close()
        before = word
    close()
    return frozenset(found)


def _chinese(text: str, *, small: bool) -> frozenset[float]:
    found: set[float] = set()
    text = re.sub(
        r"(?:周|星期|礼拜)[一二三四五六]|千万别|千万不|千万要|十分(?!钟|之)|百分之(?=[一二三四五六七八九十两\d])",
        "",
        text,
    )
    for match in _CHINESE.finditer(text):
        token = match[0]
        if token == "百分之百":
            found.add(100.0)
            continue
        written = token[0].isdigit()
        if re.fullmatch(r"[一二三四五六七八九]{2,3}", token):  # 三四个: about that many
            continue
        _keep(found, _value(token), written, small)
    return frozenset(found)


def _value(token: str) -> float:
    number = re.match(r"[\d,]+(?:\.\d+)?", token)
    if number:
        value = float(number[0].replace(",", ""))
        for sign in token[number.end() :]:
            value *= (_TEN | _MYRIAD)[sign]
        return value
    token, _, decimals = token.partition("点")
    tail = "".join(sign for sign in decimals if sign in _MYRIAD)
    total = section = digit = 0.0
    positional = not set(token) & set(_TEN | _MYRIAD)
    for sign in token:
        if sign in _DIGITS:
            digit = digit * 10 + _DIGITS[sign] if positional else _DIGITS[sign]
        elif sign in _TEN:
            section += (digit or 1.0) * _TEN[sign]
            digit = 0.0
        else:
            total = (total + section + digit) * _MYRIAD[sign]
            section = digit = 0.0
    value = total + section + digit
    for place, sign in enumerate(decimals, 1):
        value += _DIGITS.get(sign, 0) / 10**place
    for sign in tail:
        value *= _MYRIAD[sign]
    return value


def _keep(found: set[float], value: float, written: bool, small: bool) -> None:
    if value >= 10 or written or small:
        found.add(round(value, 6))
