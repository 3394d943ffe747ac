"""Checking answers: sloppy but right is right, wrong is told why, ambiguous is asked, hostile is text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.content import Finding, Words
from custlib.practice.bank import Choice, Classify, Free, Number, Order, Table, Text
from custlib.practice.checking import LONGEST_TEXT, check, clean
from custlib.practice.handed import handed
from custlib.practice.problem import Problem
from custlib.practice.selfcheck import right, selfcheck

HOSTILE: list[Any] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK(1)",
    "{answer}",
    "**",
    "x" * 10_000_000,
    "😀" * 50,
    "\ud800",
    "\0",
    float("nan"),
    float("inf"),
    10**400,
    True,
    None,
    [],
    {},
    [[["a"]]],
    {"a": {"b": {"c": 1}}},
    ["near", "near", 3],
    {"text": "x" * 10_000_000, "ticks": "abc"},
    {"C1": {"r": "x" * 1000}},
]


def text(words: str) -> Text:
    return Text(en=words, zh=words + "字")


def base(kind: str) -> dict[str, Any]:
    words = {name: text(name) for name in ("question", "right", "why", "source")}
    return {"id": "x-1", "kind": kind, "minutes": 1, "hints": (text("hint"),), **words}


def option(name: str, says: str = "") -> dict[str, Any]:
    return {"id": name, "text": text(name), "says": text(says) if says else None}


def slip(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "says": text(name), **more}


def number(answer: float, measure: str = "percent", slips: dict[str, float] | None = None, **more: Any) -> Problem:
    slips = slips or {}
    exercise = Number(
        **base("number"),
        measure=measure,
        unit=text("%" if measure == "percent" else "u"),
        label=text("a"),
        slips=tuple(map(slip, slips)),
        **more,
    )
    return Problem(exercise, "1.1", "seed 7", answer=answer, slips=slips)


def problems() -> Iterator[Problem]:
    options = (option("a", "wrong a"), option("b"), option("c", "wrong c"))
    yield Problem(Choice(**base("single"), options=options), "1.1", "seed 7", answer="b")
    yield Problem(Choice(**base("multiple"), options=options), "1.1", "seed 7", answer=["b"])
    yield number(0.12)
    yield Problem(Order(**base("order"), items=options), "1.1", "seed 7", answer=["a", "b", "c"])
    yield Problem(
        Classify(**base("classify"), items=options, classes=options),
        "1.1",
        "s",
        answer=dict(zip("abc", "abc", strict=True)),
    )
    yield table()
    settings_ = tuple({"id": name, "text": text(name), "options": options} for name in "xy")
    yield Problem(Table(**base("table"), settings=settings_), "1.1", "seed 7", answer={"x": "a", "y": "b"})
    rubric = (option("one"), option("two"))
    yield Problem(Free(**base("free"), label=text("l"), rubric=rubric, model=text("model")), "1.1", "seed 7")


def table() -> Problem:
    columns = tuple({"id": name, "text": Text(en=name.upper() + " score", zh=name.upper() + " 得分")} for name in "rfm")
    exercise = Table(
        **base("table"),
        asked=columns,
        given={"caption": text("c"), "columns": ({"id": "days", "text": text("days")},)},
        slips=(slip("days"),),
    )
    answer = {"C1": {"r": 5, "f": 1, "m": 2}, "C2": {"r": 1, "f": 5, "m": 3}}
    turned = {"C1": {"r": 1, "f": 1, "m": 2}, "C2": {"r": 5, "f": 5, "m": 3}}
    rows = {"C1": {"days": 3}, "C2": {"days": 90}}
    names = {"C1": "Lanhe", "C2": "Qingyu"}
    return Problem(exercise, "1.1", "seed 7", answer=answer, slips={"days": turned}, rows=rows, names=names)


KINDS = list(problems())


@pytest.mark.parametrize("problem", KINDS, ids=lambda problem: type(problem.exercise).__name__ + problem.exercise.kind)
def test_a_kind_passes_its_own_check(problem: Problem) -> None:
    """The model answer is right, nothing is not attempted, each known slip is told by name."""
    assert list(selfcheck(problem)) == []


@pytest.mark.parametrize("given_", HOSTILE, ids=lambda each: repr(each)[:20])
@pytest.mark.parametrize("problem", KINDS, ids=lambda problem: type(problem.exercise).__name__ + problem.exercise.kind)
def test_whatever_is_handed_in_is_judged_or_refused(problem: Problem, given_: Any) -> None:
    """No answer breaks the check, none that is strange is right, and what is kept of it is small."""
    found = check(problem, given_)
    kept = clean(problem, given_)

    assert found.outcome in ("incorrect", "not_attempted", "cannot_check")
    assert isinstance(kept, Finding) or len(repr(kept)) <= LONGEST_TEXT + 100
    for said in found.said:
        assert problem.fill(said, Words("en"))
        assert problem.fill(said, Words("zh"))


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_judged(answer: Any) -> None:
    """Whatever a browser can send gets an outcome."""
    for problem in KINDS:
        assert check(problem, answer).outcome


@pytest.mark.parametrize(
    "answer",
    ["12%", "12 %", "１２％", "0.12", "约12%", "12个点", "12", "12.0", "12,0", "百分之12", "12.3%", "3/25", "0,12"],
)
def test_a_sloppy_share_is_right(answer: str) -> None:
    """Per cent or share, full-width or not, rounded or not: it is the same twelve per cent."""
    assert check(number(0.12), answer).outcome == "correct"


@pytest.mark.parametrize(
    "answer",
    ["12345", "12,345", "12,345.0", "12345元", "12,345 CNY", "1.2万", "1.23 万元", "¥12,345", "约 1.2 万", "12.3k"],
)
def test_sloppy_money_is_right(answer: str) -> None:
    """With or without unit, in 万, rounded to at least two figures."""
    assert check(number(12_345, "money"), answer).outcome == "correct"


@pytest.mark.parametrize(
    ("problem", "answer", "code"),
    [
        (number(1234, "money"), "1.234", "practice.number.which.money"),
        (number(1.234, "count", digits=3), "1,234", "practice.number.which.count"),
        (number(0.5, "percent", {"half": 0.005}, digits=1), "0.5", "practice.number.which.percent"),
        (number(12_000, "money"), "1.2", "practice.number.scale_ask"),
        (number(12_345, "money", {"gross": 12_400.0}), "1.2万", "practice.number.more_digits"),
        (number(0.12), "twelve", "practice.number.unreadable"),
        (number(0.12), "12 days", "practice.number.unit"),
        (number(27, "days"), "27%", "practice.number.unit"),
        (number(0.12), "1" * 100, "practice.too_long"),
    ],
)
def test_what_is_ambiguous_is_asked_and_counts_as_no_try(problem: Problem, answer: str, code: str) -> None:
    """The answer is neither right nor wrong until it is clear what was meant."""
    found = check(problem, answer)

    assert (found.outcome, found.said[0].code) == ("cannot_check", code)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("problem", "answer", "code"),
    [
        (number(0.12), "-12%", "practice.number.sign"),
        (number(0.12), "1.2%", "practice.number.small"),
        (number(0.12), "120%", "practice.number.large"),
        (number(0.12), "30%", "practice.number.high"),
        (number(0.12), "5%", "practice.number.low"),
    ],
)
def test_an_unknown_wrong_number_gets_the_nearest_useful_observation(problem: Problem, answer: str, code: str) -> None:
    """Sign, decimal point, or the direction: never the answer itself."""
    found = check(problem, answer)

    assert (found.outcome, found.said[0].code) == ("incorrect", code)  # type: ignore[union-attr]


def test_a_count_is_not_rounded_away() -> None:
    """Twelve customers are not twelve and a bit, and not eleven."""
    assert [check(number(12, "count"), each).outcome for each in ("12", "12 家", "12.4", "11")] == [
        "correct",
        "correct",
        "incorrect",
        "incorrect",
    ]


def test_anothers_answer_is_told_whose_it_is() -> None:
    """What is right on other data fails, and says on which."""
    own = replace(number(0.12), elsewhere=lambda: [replace(number(0.34), variant="seed 3")])
    found = check(own, "34%")

    assert found.slip == "elsewhere"
    assert "variant 3" in own.fill(found.said[0], Words("en"))


def test_a_table_is_told_its_first_wrong_cell_and_what_each_column_is_worth() -> None:
    """The first differing row and column are named, with the customer's name; columns are checked by name."""
    problem = table()
    found = check(problem, {"C1": {"r": "5", "f": "2", "m": "2"}, "C2": {"r": "1", "f": "5", "m": "3"}})

    assert "Lanhe, F score" in problem.fill(found.said[0], Words("en"))
    assert [met for _, met in found.checks] == [True, False, True]
    assert found.state == "partly"


FRAME = pd.DataFrame(table().answer).T


@pytest.mark.parametrize(
    "frame",
    [
        FRAME,
        FRAME.iloc[::-1],
        FRAME.astype(float),
        FRAME.astype(str),
        FRAME.reset_index(names="customer_id"),
        FRAME.rename(columns={"r": "R score", "f": "F 得分", "m": "M"}).assign(m=FRAME["m"]),
        FRAME.rename(index={"C1": "Lanhe", "C2": "Qingyu"}),
        FRAME.assign(extra=1),
        pd.concat([FRAME, FRAME.rename(index={"C1": "C8", "C2": "C9"})]),
    ],
    ids=[
        "as is",
        "other order",
        "floats",
        "texts",
        "column",
        "names of both languages",
        "by name",
        "more columns",
        "more rows",
    ],
)
def test_a_frame_in_any_shape_is_right(frame: pd.DataFrame) -> None:
    """Order, index or column, dtype, language of the names, more rows and columns: none of it matters."""
    problem = table()

    assert check(problem, handed(problem, frame)).outcome == "correct"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (FRAME.drop(columns="r"), "practice.frame.columns"),
        (FRAME.drop(index="C1"), "practice.frame.rows"),
        (pd.concat([FRAME, FRAME]), "practice.frame.twice"),
        ([1, 2, 3], "practice.frame.kind"),
    ],
)
def test_a_frame_that_lacks_something_is_told_what(frame: Any, code: str) -> None:
    """Columns, rows, and rows that stand twice are named."""
    assert handed(table(), frame).code == code


def test_a_frame_with_a_gap_is_not_attempted() -> None:
    """An empty cell is an answer not given, not a wrong one."""
    problem = table()

    assert check(problem, handed(problem, FRAME.astype(float).where(FRAME > 1))).outcome == "not_attempted"


def test_right_answers_are_there_for_every_kind() -> None:
    """The self-check has something to check."""
    assert all(list(right(problem)) for problem in KINDS)
