"""An exercise in work: what may be done, what is written, and that the journal gives everything back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_checking import KINDS, number, table

from custlib.practice.bank import load
from custlib.practice.journal import Event, Journal
from custlib.practice.problem import Problem, pose
from custlib.practice.progress import goals, standing
from custlib.practice.results import rows
from custlib.practice.selfcheck import right
from custlib.practice.session import Session, State, apply, event, restarted, restore

BANK = Path(__file__).parents[1] / "exercises"


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    with Journal.open(tmp_path / "journal.db") as journal:
        yield journal


def again(session: Session) -> State:
    """The state a cell gives back when it is run again."""
    return restore(session.state.problem, session.journal.events(), attempts=session.state.attempts)


@pytest.mark.parametrize("problem", KINDS, ids=lambda problem: type(problem.exercise).__name__ + problem.exercise.kind)
def test_a_cell_run_again_stands_as_it_was_left(journal: Journal, problem: Problem) -> None:
    """Draft, hint, answer and solution come back from the journal, for every kind."""
    session = Session(problem, journal, "01_x")
    best = next(right(problem))
    for intent in (
        {"do": "draft", "answer": best},
        {"do": "hint"},
        {"do": "check", "answer": best},
        {"do": "solution"},
    ):
        session.do(intent)

    assert again(session) == session.state
    assert (session.state.name, session.state.hints, session.state.tries, session.state.shown) == (
        "correct",
        1,
        1,
        True,
    )
    assert session.saved

    session.do({"do": "restart"})

    assert again(session) == session.state
    assert (session.state.answer, session.state.tries, session.state.round) == (None, 0, 1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["check", "draft", "hint", "solution", "restart", "x", ""]),
            st.sampled_from(["12%", "30", "x", "", None]),
        )
    )
)
def test_any_course_of_work_is_the_fold_of_its_events(steps: list[tuple[str, str | None]]) -> None:
    """Whatever is done in whatever order, the events alone give the state back."""
    problem = number(0.12)
    state, written = State(problem), []
    for do, answer in steps:
        made = event(state, "01_x", do, answer)
        if isinstance(made, Event):
            written.append(made)
            state = apply(state, made)

    assert restore(problem, written) == state
    assert 0 <= state.hints <= len(problem.exercise.hints)


def test_answers_to_other_data_are_not_taken_for_this_one(journal: Journal) -> None:
    """Another variant begins empty; what was done on the first is kept for it."""
    from dataclasses import replace

    first = number(0.12)
    Session(first, journal, "01_x").do({"do": "check", "answer": "12%"})
    second = Session(replace(first, variant="seed 8"), journal, "01_x")

    assert second.state.answer is None
    assert Session(first, journal, "01_x").state.name == "correct"


def test_no_try_is_counted_for_what_cannot_be_checked(journal: Journal) -> None:
    """Empty, unreadable and too long are no tries; what is too long is not written at all."""
    session = Session(number(0.12), journal, "01_x")
    for answer in ("", "twelve", "x" * 10_000_000):
        session.do({"do": "check", "answer": answer})

    assert session.state.tries == 0
    assert session.state.name == "cannot_check"
    assert [each.payload["answer"] for each in journal.events()] == ["", "twelve"]


@pytest.mark.parametrize("intent", [{}, {"do": "drop table"}, {"do": None}, {"do": ["check"]}, {"set": "x"}])
def test_an_intent_nobody_knows_changes_nothing(journal: Journal, intent: dict[str, Any]) -> None:
    """A page can send only what the card has."""
    session = Session(number(0.12), journal, "01_x")
    before = session.state
    session.do(intent)

    assert session.state == before
    assert journal.events() == ()


def test_an_assessment_withholds_what_practice_tells(journal: Journal) -> None:
    """Two tries, no hint, no solution, no new beginning; ticks on one's own text count for nothing."""
    session = Session(number(0.12), journal, "01_x", attempts=2)
    for do in ("hint", "solution", "restart"):
        session.do({"do": do})

    assert journal.events() == ()

    for answer in ("30%", "40%", "12%"):
        session.do({"do": "check", "answer": answer})

    assert (session.state.tries, session.state.name, session.state.can) == (2, "recorded", frozenset())
    assert [each.payload["answer"] for each in journal.events()] == ["30%", "40%"]

    free = next(problem for problem in KINDS if problem.exercise.kind == "free")
    written = event(State(free, 1), "01_x", "check", next(right(free)))

    assert isinstance(written, Event)
    assert written.payload["outcome"] == "cannot_check"


def test_where_nothing_can_be_written_the_work_goes_on(tmp_path: Path) -> None:
    """The answer is judged, the trouble is said, and it is written as soon as that is possible."""
    (tmp_path / "file").write_text("in the way")
    with Journal.open(tmp_path / "file" / "journal.db") as journal:
        session = Session(number(0.12), journal, "01_x")
        session.do({"do": "check", "answer": "12%"})

        assert (session.state.name, session.saved) == ("correct", False)
        assert session.trouble is not None

        (tmp_path / "file").unlink()
        session.do({"do": "hint"})

        assert (session.trouble, session.saved, len(again(session).problem.exercise.hints)) == (None, True, 1)
    with Journal.open(tmp_path / "file" / "journal.db") as journal:
        assert [each.kind for each in journal.events()] == ["answered", "hint"]


def answered(outcome: str, **more: Any) -> Event:
    return Event("01_x", "x-1", "answered", {"variant": "seed 7", "outcome": outcome, **more})


HINT = Event("01_x", "x-1", "hint", {"variant": "seed 7"})


@pytest.mark.parametrize(
    ("events", "state", "first", "best", "tries", "worth"),
    [
        ([], "open", "not_attempted", "not_attempted", 0, False),
        ([HINT], "begun", "not_attempted", "not_attempted", 0, True),
        ([answered("correct")], "done", "correct", "correct", 1, False),
        ([answered("incorrect"), answered("correct")], "done", "incorrect", "correct", 2, False),
        ([answered("incorrect")] * 2 + [answered("correct")], "done", "incorrect", "correct", 3, True),
        ([HINT, HINT, answered("correct")], "done", "correct", "correct", 1, True),
        ([answered("correct"), HINT, HINT, answered("incorrect")], "done", "correct", "correct", 1, False),
        ([answered("cannot_check"), answered("incorrect")], "begun", "incorrect", "incorrect", 1, True),
    ],
)
def test_progress_tells_done_open_and_worth_doing_again(
    events: list[Event], state: str, first: str, best: str, tries: int, worth: bool
) -> None:
    """First and best result stay apart, and what comes after the first right answer takes nothing away."""
    found = standing("01_x", "x-1", events)

    assert (found.state, found.first, found.best, found.tries, found.again) == (state, first, best, tries, worth)


def test_an_export_holds_nothing_of_a_list_of_ones_own() -> None:
    """On own data the answer and even the list's digest stay out; formulas are written as text; drafts are no results."""
    events = [
        answered("correct", answer="Secret Customer", variant="own 1a2b3c4d"),
        answered("incorrect", answer="=HYPERLINK(1)"),
        Event("01_x", "x-1", "draft", {"variant": "seed 7", "answer": "x"}),
    ]
    found = rows(events, "@p")

    assert [(row["variant"], row["answer"], row["participant"]) for row in found] == [
        ("own", "", "'@p"),
        ("seed 7", "'=HYPERLINK(1)", "'@p"),
    ]
    assert "Secret" not in str(found)
    assert "1a2b" not in str(found)


def test_a_new_beginning_erases_nothing() -> None:
    """Every exercise of the lesson begins anew on each data it was worked on, and the events before it stay."""
    events = [
        answered("correct"),
        answered("correct", variant="seed 8"),
        Event("02_y", "y-1", "hint", {"variant": "seed 7"}),
    ]

    assert [(each.item, each.payload["variant"]) for each in restarted("01_x", events)] == [
        ("x-1", "seed 7"),
        ("x-1", "seed 8"),
    ]


def test_goals_are_the_newest_of_each_lesson() -> None:
    """A goal that was changed stands once, one that was emptied not at all."""
    events = [
        Event(lesson, "goal", "goal", {"text": text})
        for lesson, text in (("a", "old"), ("a", "new"), ("b", "x"), ("b", " "))
    ]

    assert goals(events) == ("new",)


def test_a_table_keeps_what_was_typed(journal: Journal) -> None:
    """Half a table is kept as it was typed, to the letter."""
    session = Session(table(), journal, "01_x")
    session.do({"do": "draft", "answer": {"C1": {"r": " ５ "}}})

    assert again(session).answer == {"C1": {"r": " ５ "}}


def test_a_conversation_counts_when_the_journal_says_so(journal: Journal) -> None:
    """A role-play exercise asks the journal, whatever the page sends: nothing, a run that failed, one that passed."""
    bank = load(BANK / "04_dialogue.yaml", BANK / "04_dialogue.py")
    problem = pose(bank, "dialogue-7", {}, seed=7)
    claimed = {"do": "check", "answer": [{"passed": True, "score": 100}]}

    def finished(passed: bool, score: float) -> None:
        journal.append(
            Event("04_dialogue", "driver-purchasing-director", "finished", {"passed": passed, "score": score})
        )

    assert Session(problem, journal, "04_dialogue").do(claimed).name == "not_attempted"
    finished(passed=False, score=52.0)
    state = Session(problem, journal, "04_dialogue").do(claimed)
    assert (state.name, [met for _, met in state.feedback.checks]) == ("partly", [True, False])
    finished(passed=True, score=81.0)
    finished(passed=False, score=30.0)
    assert Session(problem, journal, "04_dialogue").state.name == "correct"
    assert Session(problem, journal, "04_dialogue").do(claimed).name == "correct"
    assert standing("04_dialogue", "dialogue-7", journal.events()).state == "done"
