"""Every lesson, in both languages, as a participant meets it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from harness import PATIENCE, visit

from custlib.course.root import outline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from custlib.course import lab

pytestmark = [pytest.mark.browser, pytest.mark.full]
# A panel: what has controls of its own and is neither an exercise nor a conversation.
CONTROL = ", ".join(
    f".cl-control {each}" for each in ("input:not([type=radio])", "input:checked", "select:has(option:nth-child(2))")
)
PANEL = f".cl-root:has({CONTROL}):not(:has(.cl-card))"
STANDS = "node => node.innerText"
# Up raises a slider and goes back in a list; at the end of either there is nothing to go to.
AWAY = """node => (node.type === "range" ? Number(node.value) < Number(node.max) : node.selectedIndex === node.length - 1)
  ? "ArrowUp" : "ArrowDown" """
LESSONS = [entry.id for entry in outline(Path(__file__).parents[2]).lessons]


def move(window: Page, panel: Locator) -> None:
    """Move the first control of a panel by one key, away from its end, and wait for the answer."""
    control = panel.locator(CONTROL).first
    before = panel.evaluate(STANDS)
    control.press(
        {"checkbox": "Space", "radio": "ArrowRight"}.get(control.get_attribute("type") or "", control.evaluate(AWAY))
    )
    window.wait_for_function(
        f"([node, before]) => ({STANDS})(node) !== before", arg=[panel.element_handle(), before], timeout=PATIENCE
    )


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
        for number in range(page.locator(PANEL).count()):
            move(seen.page, page.locator(PANEL).nth(number))
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
