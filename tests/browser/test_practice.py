"""Exercises as a participant meets them: found by names and roles alone, answered, and still there afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from harness import Visit, visit
from playwright.sync_api import Locator, expect

from custlib.course.lesson import open_lesson
from custlib.practice.selfcheck import right

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from custlib.course import lab

pytestmark = [pytest.mark.browser, pytest.mark.full]
WAIT = 60_000
WORDS = {
    "en": {"check": "Check", "hint": "Hint 1", "correct": "Correct", "saved": "Saved", "not": "Not answered"},
    "zh": {"check": "检查", "hint": "提示 1", "correct": "正确", "saved": "已保存", "not": "未作答"},
}


@pytest.fixture(params=["english", "chinese"])
def seen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[Visit, dict[str, str]]]:
    """A window on lesson 05, with the words of its language."""
    started: lab.Lab = request.getfixturevalue(request.param)
    with visit(chromium, started) as window:
        window.open("05_rfm.ipynb")
        window.wait_for("ready", "05_rfm.ipynb")
        yield window, WORDS["en" if request.param == "english" else "zh"]
        assert window.errors == []
        assert window.outside == []


def card(seen: Visit, question: str) -> Locator:
    """A card by what it asks."""
    return seen.panel().get_by_role("group", name=re.compile(question))


QUESTIONS = {
    "rfm-1": "R = 5|R 是 5",
    "rfm-2": "recency|天数是多少",
    "rfm-5": "exactly one|正好加一",
    "rfm-7": "four calls|四个电话",
    "rfm-3": "these five|这五家",
}


def begin(found: Locator, seen: Visit, words: dict[str, str]) -> None:
    """Every test begins with a fresh exercise, whatever ran before it."""
    again = found.get_by_role("button", name=re.compile("Start again|重做"))
    expect(found.get_by_role("button").first).to_be_visible(timeout=WAIT)
    if again.count():
        again.click()
    expect(found).to_contain_text(words["not"], timeout=WAIT)


def answers(exercise: str) -> object:
    problem = open_lesson("05_rfm").desk.problem(exercise)
    return next(right(problem))


def test_answers_by_mouse_are_there_after_reload_restart_and_another_run(seen: tuple[Visit, dict[str, str]]) -> None:
    """Choice, hint and number by mouse; after a reload, a kernel restart and a second run all of it still stands."""
    window, words = seen
    first, second = card(window, QUESTIONS["rfm-1"]), card(window, QUESTIONS["rfm-2"])
    begin(first, window, words)
    begin(second, window, words)

    first.get_by_role("radio").nth(0).check()
    first.get_by_role("button", name=words["check"]).click()
    expect(first.get_by_role("status").last).to_contain_text(re.compile("ranked the days|比的是天数"), timeout=WAIT)
    first.get_by_role("radio").nth(1).check()
    first.get_by_role("button", name=words["check"]).click()
    expect(first).to_contain_text(words["correct"], timeout=WAIT)
    expect(first).to_contain_text(words["saved"])

    second.get_by_role("button", name=re.compile(words["hint"])).click()
    expect(second.get_by_role("status")).to_contain_text(re.compile(words["hint"]), timeout=WAIT)
    second.get_by_role("textbox").fill(str(answers("rfm-2")))
    second.get_by_role("button", name=words["check"]).click()
    expect(second).to_contain_text(words["correct"], timeout=WAIT)

    for again in (lambda: window.reload("05_rfm.ipynb"), window.restart_kernel):
        again()
        expect(first).to_contain_text(words["correct"], timeout=WAIT)
        expect(first.get_by_role("radio").nth(1)).to_be_checked()
        expect(second).to_contain_text(words["correct"], timeout=WAIT)
        expect(second.get_by_role("textbox")).to_have_value(str(answers("rfm-2")))
        expect(second.get_by_role("status")).to_contain_text(re.compile(words["hint"]))


def test_answers_by_keyboard_alone(seen: tuple[Visit, dict[str, str]]) -> None:
    """Arrows choose, Space ticks, Enter checks, rows move up and down with their focus: no mouse at all."""
    window, words = seen
    keys = window.page.keyboard
    for exercise in ("rfm-1", "rfm-5", "rfm-2", "rfm-7", "rfm-3"):
        found = card(window, QUESTIONS[exercise])
        begin(found, window, words)
        given = answers(exercise)
        if exercise == "rfm-1":
            found.get_by_role("radio").nth(0).focus()
            keys.press("Space")
            keys.press("ArrowDown")
        elif exercise == "rfm-5":
            boxes = found.get_by_role("checkbox")
            boxes.nth(0).focus()
            keys.press("Space")
            keys.press("Tab")
            keys.press("Tab")
            keys.press("Space")
        elif exercise == "rfm-2":
            found.get_by_role("textbox").focus()
            keys.type(f"约 {given} 天")
        elif exercise == "rfm-3":
            assert isinstance(given, dict)
            found.get_by_role("textbox").nth(0).focus()
            for row in given.values():
                for value in row.values():
                    keys.type(str(value))
                    keys.press("Tab")
        else:
            order(found, keys, given)
        if exercise == "rfm-2":
            keys.press("Enter")
        else:
            found.get_by_role("button", name=words["check"]).focus()
            keys.press("Enter")
        expect(found).to_contain_text(words["correct"], timeout=WAIT)
        # The keys were the reader's: Lab's own shortcuts did nothing to the lesson.
        assert window.panel().locator(".jp-Cell").count() > 30


def order(found: Locator, keys: object, given: object) -> None:
    """Bring every row to its place with its own button, which keeps the focus."""
    problem = open_lesson("05_rfm").desk.problem("rfm-7")
    assert isinstance(given, list)
    standing = list(problem.start)
    for place, item in enumerate(given):
        while standing.index(item) > place:
            now = standing.index(item)
            found.get_by_role("listitem").nth(now).get_by_role("button").nth(0).focus()
            found.page.keyboard.press("Enter")
            standing.insert(now - 1, standing.pop(now))
            expect(found.get_by_role("status").first).to_contain_text(str(now), timeout=WAIT)


def test_what_was_typed_and_not_checked_survives_a_reload(seen: tuple[Visit, dict[str, str]]) -> None:
    """A draft is kept without a click, markup in it stays text."""
    window, words = seen
    found = card(window, "plant manager|厂长")
    expect(found).to_be_visible(timeout=WAIT)
    text = '<img src=x onerror="window.hit=1"> 罗厂长，您好 😀 =1+1'
    found.get_by_role("textbox").fill(text)
    expect(found).to_contain_text(words["saved"], timeout=WAIT)
    window.reload("05_rfm.ipynb")
    expect(found.get_by_role("textbox")).to_have_value(text, timeout=WAIT)

    assert window.page.evaluate("window.hit") is None


def test_the_welcome_page_shows_what_is_done(seen: tuple[Visit, dict[str, str]]) -> None:
    """After an answer the table on the first page counts it."""
    window, words = seen
    found = card(window, QUESTIONS["rfm-1"])
    begin(found, window, words)
    found.get_by_role("radio").nth(1).check()
    found.get_by_role("button", name=words["check"]).click()
    expect(found).to_contain_text(words["correct"], timeout=WAIT)
    window.open("00_welcome.ipynb")
    window.wait_for("ready", "00_welcome.ipynb")

    table = window.panel().get_by_role("table", name=re.compile("Your exercises|你的练习"))
    expect(table.get_by_role("row", name=re.compile("^05")).get_by_role("cell").first).to_contain_text(
        "5.1", timeout=WAIT
    )


def test_no_card_is_wider_than_its_place(seen: tuple[Visit, dict[str, str]]) -> None:
    """No card is wider than its place, in a wide window and in a narrow one."""
    window, _ = seen
    for width in (1280, 480):
        window.page.set_viewport_size({"width": width, "height": 900})
        window.page.wait_for_timeout(300)
        cards = window.panel().locator(".cl-exercise")
        expect(cards.first).to_be_visible(timeout=WAIT)
        assert all(
            cards.nth(number).evaluate("node => node.scrollWidth <= node.clientWidth + 1")
            for number in range(cards.count())
        )
