"""A real Lab on a copy of a course, and a browser in front of it that reaches nothing but this machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect, sync_playwright

from custlib.course import lab

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-proxy-server",
]
_IN_VIEW = ".jp-NotebookPanel:not(.lm-mod-hidden)[data-lesson]"
# What stands in the outputs but for the sliders' own figures, which move without a kernel, too.
_SHOWN = """css => [...document.querySelector(css).querySelectorAll(".jp-OutputArea-output *")]
  .filter(node => !node.closest(".widget-slider"))
  .map(node => node.tagName === "CANVAS" ? node.toDataURL() : node.childElementCount ? "" : node.textContent).join("|")"""
# What is open, how each page stands, and which question lies over them.
_OPEN = """() => [...[...document.querySelectorAll(".jp-NotebookPanel")].map(({ dataset, className }) =>
  [dataset.lesson, dataset.course, dataset.runs, className.includes("lm-mod-hidden") ? "hidden" : "shown"].join(" ")),
  ...[...document.querySelectorAll(".jp-Dialog")].map(node => node.textContent)]"""
PATIENCE = 120_000  # milliseconds: how long things take is measured by `make bench`, not by a test on a busy machine


def _in_view(name: str) -> str:
    return _IN_VIEW + (f'[data-lesson="{name}"]' if name else "")


@contextmanager
def running(course: Path, folder: Path, edition: str) -> Iterator[lab.Lab]:
    """Copy a course's notebooks into `folder` and run the Lab there; other rooms are found by import."""
    root = folder / "客户 course"
    if not root.exists():
        shutil.copytree(course, root, ignore=shutil.ignore_patterns(".*", "work", "build", "__pycache__", "tests"))
    started = lab.start(root, edition, port=18_700)
    try:
        yield started
    finally:
        started.stop()


@contextmanager
def browser() -> Iterator[Browser]:
    """Open a chromium that resolves no name and knows no proxy."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Visit:
    """One participant's window on a running Lab: what it shows, and what it asked for or complained about."""

    lab: lab.Lab
    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self._asked(request.url))
        # With this word JupyterLab drops what was still under way when its output was replaced.
        self.page.on("pageerror", lambda error: str(error) == "Disposed" or self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != lab.LOCAL:
            self.outside.append(url)

    def open(self, name: str | None = None) -> None:
        """Open the Lab's first page, or a lesson by its file name."""
        address = self.lab.address if name is None else self.lab.address.replace(lab.WELCOME, name)
        self.page.goto(address, wait_until="commit")

    def panel(self, name: str = "") -> Locator:
        """The lesson in view."""
        return self.page.locator(_in_view(name))

    def wait_for(self, state: str = "ready", name: str = "") -> float:
        """Wait until the lesson in view stands so; return the seconds it took."""
        began = time.monotonic()
        wanted = f'{_in_view(name)}[data-course="{state}"]'
        try:
            self.page.wait_for_selector(wanted, timeout=PATIENCE, state="attached")
        except TimeoutError as late:
            raise AssertionError(f"not {state}: {self.page.evaluate(_OPEN)}, {self.errors}") from late
        return time.monotonic() - began

    def command(self, name: str, **arguments: object) -> None:
        """Run a JupyterLab command as its menus do."""
        self.page.evaluate("([name, args]) => { window.jupyterapp.commands.execute(name, args); }", [name, arguments])

    def restart_kernel(self) -> float:
        """Restart the kernel behind the page's back, and return the seconds until the lesson is ready again."""
        began, runs = time.monotonic(), self.runs()
        self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.page.wait_for_function(
            "([css, runs]) => Number(document.querySelector(css).dataset.runs) > runs",
            arg=[_in_view(""), runs],
            timeout=PATIENCE,
        )
        self.wait_for("ready")
        return time.monotonic() - began

    def runs(self) -> int:
        """How often the lesson in view has been run since the page was opened."""
        return int(self.panel().get_attribute("data-runs") or 0)

    def reload(self, name: str = "") -> float:
        """Reload the page, and return the seconds until the lesson is ready again."""
        began = time.monotonic()
        self.page.reload(wait_until="commit")
        self.wait_for("ready", name)
        return time.monotonic() - began

    def answers(self) -> None:
        """Move the lesson's first control and wait until something else on the page changes: the kernel lives."""
        before = self.page.evaluate(_SHOWN, _in_view(""))
        control = (
            self.panel()
            .locator(".noUi-handle, .cl-root input[type=range], .cl-root input[type=checkbox], .cl-root button")
            .first
        )
        control.press("Space" if control.get_attribute("type") == "checkbox" else "ArrowRight")
        self.page.wait_for_function(
            f"([css, before]) => ({_SHOWN})(css) !== before", arg=[_in_view(""), before], timeout=PATIENCE
        )

    def press(self, control: Locator, key: str, spoken: Locator) -> None:
        """Press a key on a control and wait until its panel says something else.

        As a reader does, press again where nothing came; a page that never answers fails with what it looked like.
        """
        before = spoken.inner_text()
        for _ in range(3):
            control.press(key)
            with suppress(AssertionError):
                expect(spoken).not_to_have_text(before, timeout=PATIENCE / 4)
                return
        state = {name: self.panel().get_attribute(f"data-{name}") for name in ("course", "runs")}
        focus = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"{key} was not answered: {state}, said {before!r}, focus on {focus}, {self.errors}")

    def picture(self, place: Path, *, dark: bool = False) -> None:
        """Take a picture in the light or the dark theme."""
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        self.page.wait_for_selector(f'body[data-jp-theme-light="{str(not dark).lower()}"]', state="attached")
        self.page.wait_for_timeout(400)
        place.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=place)


@contextmanager
def visit(browser: Browser, started: lab.Lab, *, width: int = 1280, height: int = 900) -> Iterator[Visit]:
    """Open a fresh window, as on a machine that has never seen the course."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    try:
        seen = Visit(started, context.new_page())
        seen.watch()
        yield seen
    finally:
        context.close()
