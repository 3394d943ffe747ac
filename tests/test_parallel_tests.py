"""The test before the course and the one after it: parallel forms, and what is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from custlib.analysis import classification
from custlib.content import Words
from custlib.course import desk
from custlib.course.exercise_lint import texts
from custlib.course.lesson import open_lesson
from custlib.course.root import JOURNAL, source
from custlib.practice.bank import Choice, Classify, Exercise, Number
from custlib.practice.journal import Event
from custlib.practice.progress import standings
from custlib.practice.results import Change, change_finding, changes
from custlib.views.cards import takehome

ROOT = Path(__file__).parents[1]
BANKS = dict(desk.banks(ROOT))
BEFORE, AFTER = (
    [each for each in BANKS[lesson].exercises if each.topic is not None] for lesson in ("00_welcome", "12_case")
)
PAIRS = list(zip(BEFORE, AFTER, strict=True))


def words_of(exercise: Exercise) -> Iterator[str]:
    """What an item asks and offers, without signs."""
    for place, text in texts(exercise):
        if place.startswith(("question", "options", "items")):
            yield from (re.sub(r"\{[^}]*\}|[\W_]", "", each).casefold() for each in (text.en, text.zh))


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=[each.id for each in BEFORE])
def test_the_forms_are_parallel(before: Exercise, after: Exercise) -> None:
    """Item k of both tests names the same topic, kind, time and number of things to choose, and is another case."""
    assert (before.topic, before.kind, before.minutes) == (after.topic, after.kind, after.minutes)
    assert before.params.keys() == after.params.keys()
    assert [slip.id for slip in before.slips] == [slip.id for slip in after.slips]
    assert not set(words_of(before)) & set(words_of(after))
    if isinstance(before, Choice) and isinstance(after, Choice):
        assert len(before.options) == len(after.options)
    if isinstance(before, Classify) and isinstance(after, Classify):
        assert (len(before.items), before.classes) == (len(after.items), after.classes)
        assert list(before.answer.values()) != list(after.answer.values())
    if isinstance(before, Number) and isinstance(after, Number):
        assert (before.measure, before.digits, before.within) == (after.measure, after.digits, after.within)
        one, two = (
            desk.posed(ROOT, lesson, each.id, 7) for lesson, each in (("00_welcome", before), ("12_case", after))
        )
        assert one.answer != two.answer
        assert one.slips.keys() == two.slips.keys()


def test_each_form_has_twelve_items_over_the_lessons() -> None:
    """A topic stands once in each form, and each of the lessons 01 to 11 has one at least."""
    lessons = {Words("en").text(f"changes.topic.{each.topic}")[:2] for each in BEFORE}

    assert len(PAIRS) == 12 == len({each.topic for each in BEFORE})
    assert lessons == {f"{number:02d}" for number in range(1, 12)}


def test_no_item_is_an_exercise_of_a_lesson() -> None:
    """What was practised is not what is tested: no question, option or case of a form stands in a lesson."""
    tested = {text for each in (*BEFORE, *AFTER) for text in words_of(each) if len(text) > 12}
    practised = {
        text for bank in BANKS.values() for each in bank.exercises if each.topic is None for text in words_of(each)
    }

    assert tested
    assert tested & practised == set()


def test_the_items_are_asked_once_each_as_an_assessment() -> None:
    """Both lessons ask them in their order with one try, and ask nothing else that way."""
    for lesson, items in (("00_welcome", BEFORE), ("12_case", AFTER)):
        asked = re.findall(r'lesson\.ask\("([a-z]+-\d+)", attempts=1\)', source(ROOT, lesson).read_text("utf-8"))

        assert asked == [each.id for each in items]


def test_the_typed_answers_about_abc_are_those_of_the_analysis() -> None:
    """The class of the customer who crosses the line, worked out."""
    graded = [
        classification.abc(pd.Series(shares))["grade"].to_list() for shares in ([50, 28, 12, 6, 4], [48, 26, 17, 5, 4])
    ]

    assert [graded[0][2], graded[1][3]] == ["A", "B"]
    assert [each.answer for each in (BEFORE[6], AFTER[6])] == ["a", "b"]


def handed_in(lesson: str, item: str, outcome: str, *, assessed: bool = True) -> Event:
    return Event(lesson, item, "answered", {"variant": "seed 7 assessed", "outcome": outcome, "assessed": assessed})


ITEMS = {
    "rfm": [("00_welcome", "pre-6"), ("12_case", "post-6")],
    "clv": [("00_welcome", "pre-8"), ("12_case", "post-8")],
}


def test_nothing_is_told_of_half_a_pair() -> None:
    """The test before is silent until the same topic was handed in afterwards; the first answer counts."""
    events = [handed_in("00_welcome", "pre-6", "incorrect"), handed_in("00_welcome", "pre-8", "correct")]

    assert changes(ITEMS, events) == (Change("rfm"), Change("clv"))
    events += [handed_in("12_case", "post-6", "correct"), handed_in("12_case", "post-6", "incorrect")]
    assert changes(ITEMS, events) == (Change("rfm", "incorrect", "correct"), Change("clv"))


def test_practice_and_answers_that_could_not_be_read_do_not_count() -> None:
    """Only what was handed in as an assessment and could be judged is compared."""
    events = [
        handed_in("00_welcome", "pre-6", "correct", assessed=False),
        handed_in("00_welcome", "pre-8", "cannot_check"),
        handed_in("12_case", "post-6", "correct"),
        handed_in("12_case", "post-8", "correct"),
    ]

    assert changes(ITEMS, events) == (Change("rfm"), Change("clv"))


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("incorrect", "correct", "more"),
        ("correct", "incorrect", "fewer"),
        ("correct", "correct", "same"),
        ("", "", "open"),
    ],
)
def test_the_title_of_the_comparison_turns_with_the_results(before: str, after: str, code: str) -> None:
    """More right, fewer right, as many, nothing yet: four sentences in each language."""
    found = change_finding([Change("rfm", before, after)])

    assert found.code == f"changes.{code}"
    for language in ("en", "zh"):
        assert "{" not in Words(language).say(found)


def test_what_is_worth_doing_again_does_not_tell_how_the_test_went() -> None:
    """The items of a test are no exercises of the list of progress, answered or not."""
    events = [
        handed_in("00_welcome", "pre-6", "incorrect"),
        handed_in("12_case", "case-1", "incorrect", assessed=False),
    ]
    found = desk.progress(ROOT, events)

    assert "00_welcome" not in found
    assert [each.item for each in found["12_case"]] == [f"case-{number}" for number in range(1, 7)]
    assert [each.item for items in found.values() for each in items if each.again] == ["case-1"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_tests_stand_side_by_side_on_the_page_and_at_home(language: str) -> None:
    """A row for each topic; on the page to take home only where there is something to compare."""
    words = Words(language)
    found = [Change("rfm", "incorrect", "correct"), Change("clv")]
    model, _ = takehome.changes_answer(lambda: found, words, {})
    rows = model["table"]["rows"]
    standing = {"05_rfm": standings("05_rfm", ["rfm-1"], [])}
    pages = [
        takehome.page(
            standing, {("05_rfm", "rfm-1"): ("5.1", "x")}, [], words=words, day=date(2025, 7, 1), changed=each
        )
        for each in (found, [Change("rfm")])
    ]

    assert [row[1:] for row in rows] == [
        [words.text("changes.outcome.incorrect"), words.text("changes.outcome.correct")],
        ["–", "–"],
    ]
    assert [words.text("changes.title") in page for page in pages] == [True, False]


def test_a_card_of_the_test_gives_no_hint_and_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One try; afterwards it says that the answer is recorded, and nothing of what it is worth."""
    from custlib.views.cards.exercise import model

    monkeypatch.setenv(JOURNAL, f"sqlite:///{tmp_path}/journal.db")
    session = open_lesson("00_welcome").desk.session("pre-7", attempts=1)
    state = session.do({"do": "check", "answer": "b"})
    shown = model(session, Words("en"))

    assert state.name == "recorded"
    assert set(shown["buttons"]) == set()
    assert "78" not in str(shown["feedback"])


def test_the_difficulty_of_a_choice_lies_in_other_places() -> None:
    """The right option does not always stand in the same place, in either form."""
    for form in (BEFORE, AFTER):
        places = [
            [option.id for option in each.options].index(each.answer) for each in form if isinstance(each, Choice)
        ]

        assert len(set(places)) == 3
        assert any(one != two for one, two in pairwise(places))
