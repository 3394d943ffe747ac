"""The card: one intent in, a complete model out, and every word as text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_checking import HOSTILE, KINDS, number, table

from custlib.content import Words
from custlib.course.lesson import open_lesson
from custlib.practice.journal import Event, Journal
from custlib.practice.progress import Standing
from custlib.practice.selfcheck import right
from custlib.practice.session import Session
from custlib.views.bundle import WIDGET
from custlib.views.cards import exercise, goal, takehome
from custlib.views.panel import STATIC
from custlib.views.welcome import progress_answer


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    with Journal.open(tmp_path / "journal.db") as journal:
        yield journal


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("problem", KINDS, ids=lambda problem: type(problem.exercise).__name__ + problem.exercise.kind)
def test_a_card_goes_from_open_to_solved(journal: Journal, problem: Any, language: str) -> None:
    """A message of the browser becomes a journal entry, then a new model: icon, word and sentence in the language."""
    words, session = Words(language), Session(problem, journal, "01_x")
    view = exercise.card(session, words=words)

    assert (view.model["state"], view.model["saved"]["text"], view.model["feedback"]) == ("not_attempted", "", [])

    view._handle_custom_msg({"do": "hint"}, [])
    view._handle_custom_msg({"do": "check", "answer": next(right(problem))}, [])

    assert view.model["state"] == "correct"
    assert view.model["chip"]["text"] == words.text("practice.state.correct")
    assert view.model["chip"]["icon"] == "tick"
    assert view.model["saved"] == {"ok": True, "text": words.text("practice.saved")}
    assert {"next", "restart"} <= set(view.model["buttons"])
    assert [each.kind for each in journal.events()] == ["hint", "answered"]

    view._handle_custom_msg({"do": "solution"}, [])

    assert view.model["feedback"][-1]["title"] == words.text("practice.solution.title")
    assert exercise.card(Session(problem, journal, "01_x"), words=words).model["answer"] == view.model["answer"]


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda each: repr(each)[:20])
def test_a_strange_message_leaves_a_card_that_can_be_drawn(journal: Journal, answer: Any) -> None:
    """Whatever arrives, the model stays plain JSON of a bearable size."""
    for problem in KINDS:
        view = exercise.card(Session(problem, journal, "01_x"), words=Words("en"))
        for message in ({"do": "check", "answer": answer}, {"do": "draft", "answer": answer}, answer):
            view._handle_custom_msg(message, [])

        assert len(json.dumps(view.model)) < 60_000


def test_a_card_never_parses_words_as_html() -> None:
    """The modules put words into the page as text alone."""
    for name in ("dom.js", "exercise.js"):
        source = (STATIC / name).read_text("utf-8")

        assert not any(way in source for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("))


def test_a_still_question_has_its_table_and_its_options_and_escapes_names() -> None:
    """Where nothing is alive the question stands with what it needs; a customer's name cannot be markup."""
    from dataclasses import replace

    problem = replace(table(), names={"C1": "<b>*Lanhe*</b>", "C2": "Q|y"})
    bundle = exercise.still(problem, words=Words("en"))

    assert "&lt;b&gt;" in bundle["text/markdown"]
    assert "\\*Lanhe\\*" in bundle["text/markdown"]
    assert "Q\\|y" in bundle["text/markdown"]
    assert bundle["text/plain"].startswith("Exercise 1.1. Fill in a table")
    assert "<b>*Lanhe*</b> | 3" in bundle["text/plain"]
    assert WIDGET not in bundle


def test_the_instructors_edition_shows_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the key, the still text holds answer, reasoning and source, and no card."""
    monkeypatch.setenv("CUSTLIB_KEY", "1")
    bundle = open_lesson("05_rfm", language="zh").desk.ask("rfm-5")

    assert WIDGET not in bundle
    assert "答案" in bundle["text/plain"]
    assert "同一个单号，6 月 10 日和 24 日分两批发货\n三行是同一个单号" in bundle["text/plain"]


def test_an_assessment_says_that_it_was_taken_and_nothing_else(journal: Journal) -> None:
    """Right and wrong look the same, neither hint nor answer is offered, and the tries are counted."""
    seen = []
    for problem, answer in ((number(0.12), "12%"), (number(0.12, slips={"gross": 0.3}), "30%")):
        view = exercise.card(Session(problem, journal, answer, attempts=1), words=Words("en"))
        view._handle_custom_msg({"do": "check", "answer": answer}, [])
        seen.append({key: value for key, value in view.model.items() if key != "answer"})

    assert seen[0] == seen[1]
    assert (seen[0]["state"], seen[0]["locked"], seen[0]["buttons"]) == ("recorded", True, {})


def test_an_answer_handed_in_by_code_is_told_in_sentences(journal: Journal) -> None:
    """The same words as on the card, as text and as markdown."""
    session = Session(table(), journal, "01_x")
    session.do({"do": "check", "answer": {"C1": {"r": "1", "f": "1", "m": "2"}, "C2": {"r": "5", "f": "5", "m": "3"}}})
    said = exercise.told(session, words=Words("en"))["text/plain"]

    assert said.startswith("Partly right\ndays\nThe first cell that differs: Lanhe, R score, where you have 1.")
    assert "No: R score: 0 of 2 rows" in said
    assert said.endswith("Saved")


def test_trouble_with_the_journal_is_said_on_the_card(tmp_path: Path) -> None:
    """The answer is judged and shown; beside it stands that it is not saved, why, and what to do."""
    (tmp_path / "file").write_text("in the way")
    with Journal.open(tmp_path / "file" / "journal.db") as journal:
        view = exercise.card(Session(number(0.12), journal, "01_x"), words=Words("zh"))
        view._handle_custom_msg({"do": "check", "answer": "12%"}, [])

    assert view.model["state"] == "correct"
    assert view.model["saved"]["ok"] is False
    assert "没有存入" in view.model["saved"]["text"]


def test_progress_lists_the_numbers_of_the_cards() -> None:
    """Done, open, worth doing again: by the numbers that stand on the cards."""
    items = [
        Standing("05_rfm", "rfm-1", "done", "correct", "correct", 1, 0, False),
        Standing("05_rfm", "rfm-2", "done", "incorrect", "correct", 3, 0, False),
        Standing("05_rfm", "rfm-3", "open", "not_attempted", "not_attempted", 0, 0, False),
    ]
    model, _ = progress_answer(lambda: {"05_rfm": items}, Words("en"), {})

    assert model["table"]["caption"] == "Your exercises, 2 of 3 done"
    assert model["table"]["rows"] == [["05", "5.1, 5.2", "5.3", "5.2"]]


def test_the_page_to_take_home_is_one_file_with_goals_as_text() -> None:
    """First and best result, what to do again, goals escaped, nothing from outside."""
    found = {"05_rfm": [Standing("05_rfm", "rfm-2", "done", "incorrect", "correct", 3, 0, False)]}
    made = takehome.page(
        found,
        {("05_rfm", "rfm-2"): ("5.2", "A number")},
        ["<script>call</script>"],
        words=Words("en"),
        day=date(2025, 7, 1),
    )

    assert "&lt;script&gt;call" in made
    assert "<script" not in made
    assert "http" not in made
    assert "<td>5.2</td><td>A number</td><td>not yet</td><td>right</td><td>3</td>" in made
    assert "1 July 2025. 1 of 1 exercises done, 0 of them right at the first try." in made


def test_a_goal_is_kept_as_it_is_typed(journal: Journal) -> None:
    """Typed, written, read back by the next kernel; far too long is refused with a reason; nonsense is ignored."""
    goal.bundle(journal, "05_rfm", words=Words("en"))
    view = exercise.Card()
    for message in (
        {"do": "draft", "answer": {"text": "Call Lanhe on Monday"}},
        {"do": "check", "answer": {"text": "x" * 9_000}},
        {"answer": 3},
        "x",
    ):
        view = _last_card(journal)
        view._handle_custom_msg(message, [])
        if len(str(message)) > 8_000:
            assert "9,000" in view.model["saved"]["text"]

    assert [each.payload for each in journal.events(item="goal")] == [{"text": "Call Lanhe on Monday"}]
    assert _last_card(journal).model["answer"]["text"] == "Call Lanhe on Monday"


def _last_card(journal: Journal) -> exercise.Card:
    from ipywidgets import Widget

    reference = goal.bundle(journal, "05_rfm", words=Words("en"))[WIDGET]["model_id"]
    widgets = __import__("ipywidgets.widgets.widget", fromlist=["_instances"])._instances
    found = widgets[reference]
    assert isinstance(found, Widget)
    return found  # type: ignore[return-value]


def test_an_event_of_another_kind_is_no_answer(journal: Journal) -> None:
    """What role-play and goals write beside an exercise does not change its card."""
    problem = number(0.12)
    journal.append(Event("01_x", "x-1", "finished", {"variant": problem.variant}))

    assert Session(problem, journal, "01_x").state.name == "not_attempted"
