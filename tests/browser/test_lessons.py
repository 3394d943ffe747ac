"""Every lesson, in both languages, as a participant meets it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from harness import visit

from custlib.course.root import outline

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from custlib.course import lab

pytestmark = [pytest.mark.browser, pytest.mark.full]
LESSONS = [entry.id for entry in outline(Path(__file__).parents[2]).lessons]


@pytest.mark.parametrize("language", ["english", "chinese"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_stands_complete(
    chromium: Browser, lesson: str, language: str, request: pytest.FixtureRequest
) -> None:
    """It runs by itself without an error, every chart is drawn, every panel is alive, and nothing is fetched from elsewhere."""
    started: lab.Lab = request.getfixturevalue(language)
    with visit(chromium, started) as seen:
        seen.open(f"{lesson}.ipynb")
        seen.wait_for("ready", f"{lesson}.ipynb")
        page = seen.panel()
        page.locator(".cl-root").last.wait_for(timeout=20_000)

        assert (
            page.locator(
                '.jp-OutputArea-output[data-mime-type*="error"], .jp-OutputArea-output[data-mime-type*="stderr"]'
            ).count()
            == 0
        )
        assert page.locator("text=Error displaying widget").count() == 0
        assert page.locator("text=Loading widget").count() == 0
        assert page.locator(".vega-embed, .vega-bindings").count() >= (0 if lesson == "00_welcome" else 2)
        assert page.locator("table").count() >= 1
        assert seen.outside == []
        assert seen.errors == []


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_every_control_of_a_lesson_answers_the_keyboard(
    chromium: Browser, language: str, request: pytest.FixtureRequest
) -> None:
    """The ticks, the sliders and the choice of lesson 05 are moved by keys alone, found by role, and each gives another title."""
    started: lab.Lab = request.getfixturevalue(language)
    with visit(chromium, started) as seen:
        seen.open("05_rfm.ipynb")
        seen.wait_for("ready", "05_rfm.ipynb")
        page = seen.panel()
        keys = ("checkbox", "Space"), ("slider", "ArrowRight"), ("slider", "End"), ("combobox", "ArrowDown")
        for role, key in keys:
            control = page.get_by_role(role).first  # type: ignore[arg-type]
            spoken = control.locator("xpath=ancestor::*[contains(@class, 'cl-root')][1]").locator('p[role="status"]')
            seen.press(control, key, spoken)

        assert seen.errors == []
