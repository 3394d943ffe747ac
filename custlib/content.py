"""The course's words: read from YAML once, checked, and handed out in one language at a time.

A language is an argument, never a global: `Words("en")` and `Words("zh")` work side by side.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from custlib.errors import BadContent, BadSetting, CustlibError, UnknownName

LANGUAGES = ("en", "zh")
WORDS = Path(__file__).parent / "words"
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}


@dataclass(frozen=True)
class Finding:
    """What an analysis found: a code that names a sentence, and the values that stand in it."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __reduce__(self) -> tuple[type, tuple[str, dict[str, Any]]]:
        return Finding, (self.code, dict(self.values))


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader that refuses a key written twice: YAML itself keeps the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return dict(super().construct_mapping(node, deep))


def load_yaml(path: Path) -> Any:
    """Read one YAML file of the course. Raises BadContent with the place."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise BadContent(path=path.name, problem=str(error)) from error


def parse_yaml(text: str, name: str) -> Any:
    """Read YAML text safely; `name` says where it stands. Raises BadContent with the place."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise BadContent(path=name, problem=str(error)) from error


def flatten(tree: Mapping[str, Any], path: Path, prefix: str = "") -> dict[str, Mapping[str, str]]:
    """Turn nested keys into dotted ones; a leaf names both languages and nothing else."""
    flat: dict[str, Mapping[str, str]] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if not isinstance(value, Mapping):
            raise BadContent(path=path.name, problem=f"{name}: a text needs en: and zh:")
        if not set(LANGUAGES) & set(value):
            flat |= flatten(value, path, f"{name}.")
        elif set(value) != set(LANGUAGES) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise BadContent(path=path.name, problem=f"{name}: exactly en: and zh:, each a text that is not empty")
        else:
            flat[name] = MappingProxyType(dict(value))
    return flat


@lru_cache(maxsize=1)
def dictionary() -> Mapping[str, Mapping[str, str]]:
    """All words of the package: dotted key, then language."""
    flat: dict[str, Mapping[str, str]] = {}
    for path in sorted(WORDS.glob("*.yaml")):
        flat |= flatten({path.stem: load_yaml(path)}, path)
    return MappingProxyType(flat)


@dataclass(frozen=True)
class Words:
    """The course's words in one language, with numbers, money and dates as that language writes them.

    `currency` is CNY for the practice company; empty where a list does not say what its amounts are in.
    """

    language: str = "en"
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise BadSetting(name="language", value=self.language, allowed=", ".join(LANGUAGES))

    def text(self, key: str) -> str:
        """The words under one dotted key, unfilled. Raises UnknownName."""
        try:
            return dictionary()[key][self.language]
        except KeyError:
            raise UnknownName(kind="word", name=key, known=dictionary()) from None

    def has(self, key: str) -> bool:
        return key in dictionary()

    def say(self, what: Finding | str, **values: Any) -> str:
        """A sentence, filled with values: `say(finding)` or `say("rfm.panel.notice", days=30)`.

        >>> Words("en").say("common.data_note.rows", rows=12345)
        '12,345 rows read.'
        >>> Words("zh").say("common.data_note.rows", rows=12345)
        '共读入 12,345 行。'
        """
        if isinstance(what, Finding):
            values = {**what.values, **values}
            what = what.code
        return self.fill(self.text(what), values)

    def fill(self, template: str, values: Mapping[str, Any]) -> str:
        """Fill a template that stands elsewhere, such as in an exercise, as `say` fills the package's own."""
        return _Filler(self).vformat(template, (), values)

    def error(self, problem: CustlibError) -> str:
        """An error as a reader meets it: what is wrong, where, what to do."""
        values: dict[str, Any] = dict(problem.values)
        hint, close, known = (values.pop(key, None) for key in ("hint", "close", "known"))
        if hint:
            renamings = [self.say("errors.rename", right=right, wrong=wrong) for right, wrong in hint.items()]
            values["advice"] = " ".join(renamings)
        elif "hint" in problem.values:
            values["advice"] = self.text("errors.rename_any")
        if close:
            values["advice"] = self.say("errors.did_you_mean", name=close[0])
        elif "close" in problem.values:
            values["advice"] = self.say("errors.there_are", known=known[:12])
        for key in ("kind", "reason", "work"):
            code = f"errors.{key}.{values.get(key)}"
            if key in values and self.has(code):
                values[key] = self.text(code)
        return self.say(f"errors.{problem.code}", **values).strip()

    def join(self, items: Iterable[object]) -> str:
        return ("、" if self.language == "zh" else ", ").join(str(item) for item in items)

    def sentences(self, parts: Iterable[str]) -> str:
        """Put sentences one behind the other."""
        return ("" if self.language == "zh" else " ").join(parts)

    def number(self, value: float, digits: int = 0) -> str:
        """Thousands with commas, in both languages; a true minus sign."""
        rounded = round(float(value), digits) + 0.0
        return f"{rounded:,.{digits}f}".replace("-", "−")

    def percent(self, share: float, digits: int = 0) -> str:
        """A share between 0 and 1: `30 %` or `30%`; what is above nothing never reads as nothing."""
        smallest = 10.0**-digits
        gap = "" if self.language == "zh" else " "
        if 0 < share * 100 < smallest / 2:
            return self.say("common.under", value=f"{smallest:.{digits}f}{gap}%")
        return f"{self.number(share * 100, digits)}{gap}%"

    def money(self, amount: float) -> str:
        """An amount in the list's own currency: `420,000 yuan` or `42 万元`."""
        unit = self.text("common.yuan") if self.currency == "CNY" else f" {self.currency}".rstrip()
        size = abs(amount)
        steps = ((1e8, 1e8, "亿"), (1e4, 1e4, "万")) if self.language == "zh" else ((1e9, 1e9, " bn"), (1e6, 1e6, " m"))
        for least, divisor, word in steps:
            if size >= least:
                figure = self.number(amount / divisor, 0 if size / divisor >= 100 else 1)
                return f"{figure.removesuffix('.0')}{' ' if self.language == 'zh' else ''}{word}{unit}"
        return f"{self.number(amount)}{' ' if self.language == 'zh' and self.currency == 'CNY' else ''}{unit}"

    def date(self, day: Any) -> str:
        """A day: `30 June 2025` or `2025 年 6 月 30 日`."""
        from babel.dates import format_date

        pattern = "y 年 M 月 d 日" if self.language == "zh" else "d MMMM y"
        return str(format_date(day, pattern, locale=LOCALES[self.language]))


class _Filler(string.Formatter):
    """Fills `{name:spec}`; the specs are `count num1 num2 pct pct1 money date list plural:one:many word:prefix`."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "")

    def format_field(self, value: Any, format_spec: str) -> str:
        words = self.words
        match format_spec.split(":"):
            case ["count"]:
                return words.number(value)
            case ["num1"]:
                return words.number(value, 1)
            case ["num2"]:
                return words.number(value, 2)
            case ["pct"]:
                return words.percent(value)
            case ["pct1"]:
                return words.percent(value, 1)
            case ["money"]:
                return words.money(value)
            case ["date"]:
                return words.date(value)
            case ["plural", one, many]:
                return one if (len(value) if isinstance(value, list | tuple) else value) == 1 else many
            case ["word", prefix]:
                return words.text(f"{prefix}.{value}")
        if isinstance(value, list | tuple):
            if value and all(isinstance(item, Finding) for item in value):
                return words.sentences(words.say(item) for item in value)
            return words.join(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return words.number(value)
        return str(value)
