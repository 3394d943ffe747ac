"""The package's words: complete in both languages, and every one that is asked for exists."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.content import Finding, Words, dictionary, flatten
from custlib.errors import BadContent, BadSetting, MissingColumns, NothingLeft, UnknownName

PACKAGE = Path(__file__).parents[1] / "custlib"
SPECS = {"", "count", "num1", "num2", "pct", "pct1", "money", "date"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(dictionary()))
def test_a_word_is_complete(key: str) -> None:
    """Both languages fill in the same values, Chinese is Chinese with full-width punctuation, English is not."""
    en, zh = dictionary()[key]["en"], dictionary()[key]["zh"]
    specs = {
        spec.split(":")[0] for text in (en, zh) for _, name, spec, _ in string.Formatter().parse(text) if name and spec
    }
    bare = re.sub(r"\{[^}]*\}", "", zh)

    assert fields(zh) <= fields(en) | {"n"}
    assert fields(en) <= fields(zh)
    assert specs <= SPECS | {"plural", "word"}
    assert not re.search(r"[\u4e00-\u9fff]", en)
    assert not re.search(r"[\u4e00-\u9fff]\s*[,;:!?](\s|$)", bare)
    assert "您" not in zh or "“" in zh


def test_every_word_that_code_asks_for_exists() -> None:
    """A key written in the library, in full, stands in the words."""
    asked = re.compile(r"""(?:\.text|\.say|Finding|lesson\.say)\(\s*"([a-z_]+(?:\.[a-z_0-9]+)+)\"""")
    missing = {
        key
        for path in PACKAGE.rglob("*.py")
        for key in asked.findall(path.read_text("utf-8"))
        if key not in dictionary()
    }

    assert missing == set()


def test_two_languages_work_alternately_in_one_process() -> None:
    """A language is an argument: asking in one never changes the other."""
    en, zh = Words("en"), Words("zh")

    assert [en.percent(0.3), zh.percent(0.3), en.percent(0.3)] == ["30 %", "30%", "30 %"]


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (420_000, "420,000 yuan", "42 万元"),
        (1_200_000, "1.2 m yuan", "120 万元"),
        (9_800, "9,800 yuan", "9,800 元"),
        (0, "0 yuan", "0 元"),
        (-12_345, "−12,345 yuan", "−1.2 万元"),
        (2_500_000_000, "2.5 bn yuan", "25 亿元"),
        (999_999.6, "1,000,000 yuan", "100 万元"),
    ],
)
def test_money_is_written_as_each_language_writes_it(amount: float, en: str, zh: str) -> None:
    """Yuan with commas or in 万 and 亿."""
    assert (Words("en").money(amount), Words("zh").money(amount)) == (en, zh)


def test_a_small_share_never_reads_as_nothing() -> None:
    """0.2 % is not 0 %."""
    assert [Words("en").percent(0.002), Words("zh").percent(0.002), Words("en").percent(0)] == [
        "under 1 %",
        "不到 1%",
        "0 %",
    ]


def test_an_unknown_currency_has_no_unit() -> None:
    """A list that does not say what its amounts are in gets no unit put to them."""
    assert [Words("en", "").money(1234), Words("zh", "").money(42_000), Words("en", "USD").money(5)] == [
        "1,234",
        "4.2 万",
        "5 USD",
    ]


@given(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_values_stay_values(text: str, count: int, share: float) -> None:
    """Nothing a person typed is read as a template: braces in a value stay braces."""
    words = Words("en")

    assert text in words.say("errors.rename", wrong=text, right="amount")
    assert words.number(count) == f"{count:,}".replace("-", "−") if abs(count) < 2**53 else True
    assert "%" in words.percent(share)


def test_an_error_says_what_where_and_what_to_do_in_both_languages() -> None:
    """The same error is a sentence in the reader's language, with the names that exist."""
    error = MissingColumns(where="rfm.summarize", missing=["amount"], found=["customer_id", "date", "Amounts"])

    assert str(error) == (
        "rfm.summarize needs the column amount. Found: customer_id, date, Amounts. "
        'Rename “Amounts” to “amount”, or say amount="Amounts".'
    )
    assert "请把“Amounts”改名为“amount”" in Words("zh").error(error)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    """A slip of the keyboard gets the name that was meant; a foreign name gets the list."""
    assert "Did you mean “05_rfm”?" in str(UnknownName(kind="lesson", name="05_rmf", known=["05_rfm", "03_styles"]))
    assert "03_styles, 05_rfm" in str(UnknownName(kind="lesson", name="zzz", known=["05_rfm", "03_styles"]))


def test_reasons_in_an_error_are_said_in_its_language() -> None:
    """Findings inside an error are sentences too."""
    error = NothingLeft(where="x", total=2, reasons=(Finding("data.no_customer", {"count": 2}),))

    assert "未计入" in Words("zh").error(error)


def test_an_unknown_language_is_refused_by_name() -> None:
    """Only the languages that exist can be asked for."""
    with pytest.raises(BadSetting, match="en, zh"):
        Words("fr")


@pytest.mark.parametrize(
    "tree", [{"a": {"en": "x"}}, {"a": {"en": "x", "zh": ""}}, {"a": "x"}, {"a": {"en": "x", "zh": "y", "de": "z"}}]
)
def test_a_half_word_is_refused_with_its_place(tree: dict[str, object]) -> None:
    """A text needs both languages and nothing else."""
    with pytest.raises(BadContent, match="a"):
        flatten(tree, Path("words.yaml"))
