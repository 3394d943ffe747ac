"""A stranger's first minutes in the Lab, seen in a real browser without a network."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from harness import Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from custlib.course import lab

pytestmark = pytest.mark.browser
LESSON = "05_rfm.ipynb"


def a_lesson_lives(seen: Visit) -> None:
    """Open a lesson, restart its kernel and reload its page; each time it is ready, and its control answers."""
    seen.open(LESSON)
    seen.wait_for("ready", LESSON)
    seen.answers()
    seen.restart_kernel()
    seen.answers()
    seen.reload(LESSON)
    seen.answers()

    assert seen.outside == []
    assert seen.errors == []


def test_an_english_lesson_is_ready_by_itself(chromium: Browser, english: lab.Lab) -> None:
    """05_rfm runs without a click, and again after a restart and a reload."""
    with visit(chromium, english) as seen:
        a_lesson_lives(seen)

        assert seen.panel().get_attribute("lang") == "en"
        assert "File" in seen.page.locator("#jp-MainMenu").inner_text()


def test_a_chinese_lesson_is_ready_by_itself(chromium: Browser, chinese: lab.Lab) -> None:
    """The Chinese edition does the same, under Chinese menus."""
    with visit(chromium, chinese) as seen:
        a_lesson_lives(seen)

        assert seen.panel().get_attribute("lang") == "zh-Hans"
        menus = seen.page.locator("#jp-MainMenu").inner_text()
        assert all(word in menus for word in ("文件", "编辑", "查看", "运行", "内核", "设置", "帮助"))
        assert "显示代码" in seen.panel().locator(".jp-Toolbar").inner_text()


def test_the_welcome_page_opens_first_and_leads_on(chromium: Browser, english: lab.Lab) -> None:
    """One click leads from the welcome page to a lesson, whose code is hidden until asked for."""
    with visit(chromium, english) as seen:
        seen.open()
        seen.wait_for("ready", "00_welcome.ipynb")
        seen.page.locator(f'.jp-RenderedMarkdown a[href*="{LESSON}"], .jp-OutputArea a[href*="{LESSON}"]').first.click()
        seen.wait_for("ready", LESSON)
        button = seen.panel().locator('[data-jp-item-name="course-code"] >> css=button, jp-button').first
        code = seen.panel().locator(".jp-CodeCell .jp-InputArea-editor").first

        assert not code.is_visible()
        # What anywidget would wait for two seconds, it waits for longer here.
        assert not seen.page.evaluate(
            "() => new Promise(go => { const end = AbortSignal.timeout(2000); setTimeout(() => go(end.aborted), 2500); })"
        )
        button.click()
        assert code.is_visible()
        button.click()
        assert not code.is_visible()
        assert seen.errors == []


@pytest.mark.full
def test_the_strip_follows_the_reader(chromium: Browser, english: lab.Lab) -> None:
    """The strip lists the seven parts, leads to each and marks the one in view."""
    with visit(chromium, english, height=600) as seen:
        seen.open(LESSON)
        seen.wait_for("ready", LESSON)
        steps = seen.panel().locator(".cl-rhythm li")

        assert steps.count() == 8
        assert steps.nth(0).get_attribute("aria-current") == "step"
        steps.nth(3).locator("button").press("Enter")
        seen.page.wait_for_selector('.cl-rhythm li:nth-child(4)[aria-current="step"]')
        assert seen.panel().locator('.cl-rhythm [aria-current="step"]').count() == 1


@pytest.mark.full
def test_a_reader_cannot_delete_a_cell_by_chance(chromium: Browser, english: lab.Lab) -> None:
    """With the code hidden, keys, a double click and the right button do not change the page."""
    with visit(chromium, english) as seen:
        seen.open(LESSON)
        seen.wait_for("ready", LESSON)
        cells = seen.panel().locator(".jp-Notebook .jp-Cell")
        before = cells.count()
        cells.first.click(button="right")
        assert seen.page.locator(".lm-Menu").count() == 0
        seen.panel().locator(".jp-RenderedMarkdown h2").first.dblclick()
        for key in ("d", "d", "a", "b", "x", "y"):
            seen.page.keyboard.press(key)

        assert cells.count() == before
        assert seen.panel().locator(".jp-MarkdownCell:not(.jp-mod-rendered)").count() == 0


@pytest.mark.full
def test_a_dead_lesson_says_so_and_comes_back(chromium: Browser, english: lab.Lab) -> None:
    """Without a kernel the page says that nothing reacts, and one button brings the lesson back."""
    with visit(chromium, english) as seen:
        seen.open(LESSON)
        seen.wait_for("ready", LESSON)
        seen.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        seen.wait_for("not-run", LESSON)
        status = seen.panel().locator(".course-status")

        assert "nothing below will react" in status.inner_text()
        status.get_by_role("button", name="Run this lesson").click()
        seen.wait_for("ready", LESSON)
        seen.answers()


def a_page(source: str, output: str = "") -> str:
    """A notebook of one cell that asks to be run on opening; never seen before, for what ran once is trusted."""
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": output}}] if output else []
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": source, "outputs": outputs}
    metadata = {
        "made": time.time_ns(),
        "course": {"lesson": "x", "language": "en", "run_on_open": True},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    }
    content = {"cells": [cell | {"execution_count": None}], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content)


@pytest.mark.full
def test_a_file_from_elsewhere_is_not_run_by_itself(chromium: Browser, english: lab.Lab) -> None:
    """A notebook that the course did not sign runs at the reader's word only."""
    mark = english.folder / f"ran-{time.time_ns()}.txt"
    source = f"from pathlib import Path; Path({str(mark)!r}).touch()"
    (english.folder / "foreign.ipynb").write_text(a_page(source, "<b>an old answer</b>"), encoding="utf-8")
    with visit(chromium, english) as seen:
        seen.open("foreign.ipynb")
        seen.wait_for("not-run", "foreign.ipynb")

        assert not mark.exists()
        seen.panel().get_by_role("button", name="Run this lesson").click()
        seen.wait_for("ready", "foreign.ipynb")
        assert mark.exists()


@pytest.mark.full
@pytest.mark.parametrize("source", ["1 / 0", "import os; os._exit(1)"])
def test_a_lesson_that_fails_says_so_once(chromium: Browser, english: lab.Lab, source: str) -> None:
    """A lesson that stops or takes its kernel along is not tried for ever: the page says what to do."""
    (english.folder / "fails.ipynb").write_text(a_page(source), encoding="utf-8")
    with visit(chromium, english) as seen:
        seen.open("fails.ipynb")
        seen.wait_for("not-run", "fails.ipynb")
        seen.panel().get_by_role("button", name="Run this lesson").click()
        seen.wait_for("failed", "fails.ipynb")
        runs = seen.runs()
        seen.page.wait_for_timeout(2500)

        assert "show this page to your instructor" in seen.panel().locator(".course-status").inner_text()
        assert seen.runs() == runs
        assert seen.panel().get_attribute("data-course") == "failed"


@pytest.mark.full
def test_at_most_three_lessons_hold_a_kernel(chromium: Browser, english: lab.Lab) -> None:
    """Going through the course closes the lessons left behind; closing all leads home."""
    for number in range(4):
        (english.folder / f"page{number}.ipynb").write_text(a_page("1"), encoding="utf-8")
    with visit(chromium, english) as seen:
        seen.open()
        seen.wait_for("ready", "00_welcome.ipynb")
        for number in range(4):
            seen.command("docmanager:open", path=f"page{number}.ipynb")
            seen.wait_for("not-run", f"page{number}.ipynb")
            seen.panel().get_by_role("button", name="Run this lesson").click()
            seen.wait_for("ready", f"page{number}.ipynb")
        seen.page.wait_for_function("document.querySelectorAll('.jp-NotebookPanel').length <= 3")
        seen.command("application:close-all")
        seen.wait_for("ready", "00_welcome.ipynb")

        assert seen.errors == []


def test_a_lesson_saved_twice_asks_nothing_unless_its_words_differ(chromium: Browser, english: lab.Lab) -> None:
    """Overlapping saves and outputs changed on disk are settled in silence; words written elsewhere are asked about."""
    file = english.folder / "kept.ipynb"
    file.write_text(a_page("1"), encoding="utf-8")
    save = "window.jupyterapp.shell.currentWidget.context.save()"
    asked = ".jp-Dialog"

    def changed(key: str, value: object) -> None:
        content = json.loads(file.read_text(encoding="utf-8"))
        content["cells"][0][key] = value
        file.write_text(json.dumps(content), encoding="utf-8")

    with visit(chromium, english) as seen:
        seen.open(file.name)
        seen.wait_for("not-run", file.name)
        changed("outputs", [{"output_type": "stream", "name": "stdout", "text": "another run's"}])
        seen.page.evaluate(f"Promise.all([{save}, new Promise(go => setTimeout(go, 5)).then(() => {save}), {save}])")
        seen.page.evaluate(save)
        assert seen.page.locator(asked).count() == 0
        assert "another run's" not in file.read_text(encoding="utf-8")

        changed("source", "2  # written in another window")
        seen.page.evaluate(f"void {save}.catch(() => {{}})")
        seen.page.wait_for_selector(asked)
        assert "another window" in file.read_text(encoding="utf-8")
        assert seen.errors == []
