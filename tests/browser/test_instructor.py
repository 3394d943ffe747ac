"""The instructor's edition in a real browser: timer, notes and answers, projector."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from harness import Visit, running, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from custlib.course import lab

pytestmark = pytest.mark.browser
LESSON = "05_rfm.ipynb"


@pytest.fixture(scope="module")
def teaching(chromium: Browser, course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Lab]:
    with running(course, tmp_path_factory.mktemp("teaching"), "instructor-en") as started:
        yield started


def opened(seen: Visit) -> None:
    seen.open(LESSON)
    seen.wait_for("ready", LESSON)
    seen.page.wait_for_selector(".course-note .jp-RenderedMarkdown")


def test_the_projector_shows_one_section_without_notes_and_the_timer_goes_on(
    chromium: Browser, teaching: lab.Lab
) -> None:
    """One heading stands on the screen, large; two keys of a remote move on; answers come only when asked for."""
    with visit(chromium, teaching) as seen:
        opened(seen)
        panel, timer = seen.panel(), seen.panel().locator(".course-timer")
        assert timer.inner_text() == "Situation: 0:00 of 3 min"
        panel.locator(".course-start").click()
        panel.locator(".course-projector-on").click()
        headings = panel.locator(".jp-RenderedMarkdown h2:visible")
        assert headings.all_inner_texts() == ["Situation"]
        assert panel.locator(".course-note:visible, .course-answer:visible").count() == 0
        size = "node => Number.parseFloat(getComputedStyle(node).fontSize) * (node.currentCSSZoom ?? 1)"
        assert panel.locator(".jp-RenderedMarkdown p:visible").first.evaluate(size) >= 22

        seen.page.wait_for_function("() => /: 0:0[1-9]/.test(document.querySelector('.course-timer').textContent)")
        for _ in range(6):
            seen.page.keyboard.press("PageDown")
        assert [text.split(":")[0] for text in headings.all_inner_texts()] == ["Your own list"]
        seen.page.keyboard.press("PageUp")
        assert headings.all_inner_texts() == ["Do"]
        assert timer.inner_text().startswith("Do: 0:00 of 12 min · ")
        assert "ahead of plan" in timer.inner_text()

        panel.locator(".course-answers").click()
        assert panel.locator(".course-answer:visible").count() >= 7
        seen.page.keyboard.press("Escape")
        assert headings.count() == 8
        assert panel.locator(".course-note:visible").count() >= 7
        assert seen.errors == []
        assert seen.outside == []


@pytest.mark.full
def test_the_timer_survives_a_reload_and_says_when_it_is_late(chromium: Browser, teaching: lab.Lab) -> None:
    """The seconds are kept with the page; past the plan it is said by how much, and back to zero means zero."""
    with visit(chromium, teaching) as seen:
        opened(seen)
        seen.page.evaluate(f"localStorage.setItem('custlib-timer:{LESSON}', '[299]')")
        seen.reload(LESSON)
        timer = seen.panel().locator(".course-timer")
        assert timer.inner_text() == "Situation: 4:59 of 3 min · 2 min behind plan"
        seen.panel().locator(".course-zero").click()
        assert timer.inner_text() == "Situation: 0:00 of 3 min"


@pytest.mark.full
def test_a_participant_sees_nothing_of_the_instructors(chromium: Browser, english: lab.Lab) -> None:
    """Neither the bar nor a note nor an answer is on a participant's page, and the second file is not asked for."""
    with visit(chromium, english) as seen:
        asked: list[str] = []
        seen.page.on("request", lambda request: asked.append(request.url))
        seen.open(LESSON)
        seen.wait_for("ready", LESSON)

        assert seen.panel().locator(".course-teach, .course-note, .course-answer").count() == 0
        assert not [url for url in asked if "instructor" in url]
