"""A whole conversation in a real browser: by mouse, by keyboard alone, left and taken up again, and looked back on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

import fixture_course
import harness
from harness import Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.browser, pytest.mark.full]
ROOT = Path(__file__).parents[2]
LESSON = "05_rfm.ipynb"
CELL = """from custlib.course import open_lesson
lesson = open_lesson("05_rfm", language="{language}")
lesson.play("driver-purchasing-director"{options})"""
WORDS = {
    "en": {
        "goal": "Not an order today",
        "stronger": "Stronger",
        "show": "Show the debrief",
        "undo": "Undo last turn",
        "again": "Start again",
        "pause": "Let the customer take a moment",
        "over": "A trial with a date",
        "scores": "100.0 of 100 points",
        "bad": "Watch a poor conversation",
        "compare": "Compare",
        "taken_up": "You were here before",
    },
    "zh": {
        "goal": "今天不求签单",
        "stronger": "更好的说法",
        "show": "看复盘",
        "undo": "退回一轮",
        "again": "重新开始",
        "pause": "让客户停顿一下再答",
        "over": "试用定了日期",
        "scores": "100.0 分",
        "bad": "看一段不好的对话",
        "compare": "对一对",
        "taken_up": "上次谈到这里",
    },
}
# The places of the best lines, as they stand at levels 1 and 2, with the diagnosis between turn 4 and turn 5.
BEST = (2, 1, 2, 3, 1, 4, 2, 3, 1)


@contextmanager
def playing(chromium: Browser, folder: Path, language: str, options: str = "", **size: int) -> Iterator[Visit]:
    """A course whose lesson is one conversation, in a Lab of its own."""
    root = fixture_course.make(folder / "made")
    for name in ("exercises", "datasets"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "notebooks" / "course.yaml", root / "notebooks" / "course.yaml")
    cells = [("markdown", "# Talk"), ("code", CELL.format(language=language, options=options))]
    fixture_course._write(root, language, "05_rfm", cells)
    with harness.running(root, folder, language) as started, visit(chromium, started, **size) as seen:
        seen.open(LESSON)
        seen.wait_for("ready", LESSON)
        stage(seen).wait_for(timeout=harness.PATIENCE)
        yield seen


def stage(seen: Visit) -> Locator:
    return seen.panel().locator(".cl-play")


def done(seen: Visit, number: int) -> None:
    """Wait until the screen has drawn what was done: each answer of the stage has a number."""
    seen.page.wait_for_function(
        "n => Number(document.querySelector('.cl-root[data-n]')?.dataset.n) >= n", arg=number, timeout=harness.PATIENCE
    )


def options(seen: Visit) -> Locator:
    return stage(seen).locator("button.opt")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_conversation_is_had_by_mouse_and_looked_back_on(chromium: Browser, tmp_path: Path, language: str) -> None:
    """Clicks alone lead from the first line through undo to the debrief, where what was written first stands first."""
    words = WORDS[language]
    with playing(chromium, tmp_path, language) as seen:
        here = stage(seen)
        assert words["goal"] in here.inner_text()
        here.get_by_label(words["pause"]).uncheck()
        options(seen).nth(0).click()
        done(seen, 1)
        here.get_by_role("button", name=words["undo"]).click()
        done(seen, 2)
        for number, place in enumerate(BEST, 3):
            options(seen).nth(place - 1).click()
            done(seen, number)
        assert words["over"] in here.get_by_role("log").inner_text()
        here.locator("textarea").nth(0).fill("<img src=x onerror=alert(1)> 15")
        here.get_by_role("button", name=words["show"]).click()
        here.locator("article").wait_for()

        text = here.inner_text()
        assert words["scores"] in text
        assert text.index("<img src=x") < text.index(words["scores"][:5]) or "<img src=x" in text
        assert here.locator("img").count() == 0
        here.get_by_role("button", name=words["bad"]).click()
        here.locator(".cl-tick input").nth(0).check()
        here.get_by_role("button", name=words["compare"]).click()
        here.locator(".is-ok").first.wait_for()
        assert seen.outside == []
        assert seen.errors == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_conversation_is_had_by_keyboard_alone(chromium: Browser, tmp_path: Path, language: str) -> None:
    """Numbers choose, Ctrl+Z goes back to the line taken back, and focus always stands on what comes next."""
    words = WORDS[language]
    with playing(chromium, tmp_path, language) as seen:
        seen.page.emulate_media(reduced_motion="reduce")
        options(seen).nth(0).focus()
        seen.page.keyboard.press("1")
        done(seen, 1)
        assert seen.page.evaluate("document.activeElement.className") == "cl-saying"
        seen.page.keyboard.press("Control+z")
        done(seen, 2)
        assert seen.page.evaluate("document.activeElement.textContent").startswith("1")
        for number, place in enumerate(BEST, 3):
            seen.page.keyboard.press(str(place))
            done(seen, number)
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.type("dd 1")
        for _ in range(3):
            seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        stage(seen).locator("article").wait_for()

        assert words["scores"] in stage(seen).inner_text()
        assert "dd 1" in stage(seen).inner_text()
        assert seen.page.evaluate("document.activeElement.className") == "cl-ended"
        assert seen.panel().locator(".jp-Cell").count() == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_conversation_half_had_goes_on_after_reload_and_restart(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    """What was said is there again after a reload and after the kernel was restarted, and can be gone on with."""
    words = WORDS[language]
    with playing(chromium, tmp_path, language) as seen:
        seen.page.emulate_media(reduced_motion="reduce")
        for number, place in enumerate(BEST[:3], 1):
            options(seen).nth(place - 1).click()
            done(seen, number)
        said = stage(seen).get_by_role("log").inner_text()
        seen.reload(LESSON)
        stage(seen).wait_for()
        assert stage(seen).get_by_role("log").inner_text() == said
        seen.restart_kernel()
        seen.page.wait_for_function(
            "text => document.querySelector('.cl-play')?.innerText.includes(text)", arg=words["taken_up"]
        )
        assert stage(seen).get_by_role("log").inner_text() == said
        options(seen).nth(2).click()
        done(seen, 1)

        assert options(seen).count() == 4
        assert seen.errors == []
