"""A browser and two running Labs, English and Chinese, shared by the browser tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

from custlib.course import lab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens a real Lab in chromium")
    config.addinivalue_line("markers", "full: runs in the full tests only")


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course itself; a tiny one stands in as long as its notebooks are not built."""
    import fixture_course

    if all((ROOT / "notebooks" / edition / "05_rfm.ipynb").exists() for edition in ("en", "zh")):
        return ROOT
    return fixture_course.make(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    pytest.importorskip("playwright", reason="playwright is not installed")
    import harness

    if harness.CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with harness.browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def english(chromium: Browser, course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Lab]:
    yield from _lab(course, tmp_path_factory.mktemp("with space en"), "en")


@pytest.fixture(scope="session")
def chinese(chromium: Browser, course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Lab]:
    yield from _lab(course, tmp_path_factory.mktemp("with space zh"), "zh")


def _lab(course: Path, folder: Path, edition: str) -> Iterator[lab.Lab]:
    import harness

    with harness.running(course, folder, edition) as started:
        yield started


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a browser test a second time where it failed, and say so: a busy machine drops a frame or a focus.

    What fails twice fails; what fails once is named on standard error with its reason.
    """
    if not item.path.is_relative_to(Path(__file__).parent):
        return None
    place = {"nodeid": item.nodeid, "location": item.location}
    item.ihook.pytest_runtest_logstart(**place)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    failed = [report for report in reports if report.failed]
    if failed:
        sys.__stderr__.write(f"\n{item.nodeid} run a second time after: {failed[0].longreprtext[-300:]}\n")  # type: ignore[union-attr]
        item._initrequest()  # type: ignore[attr-defined]
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(**place)
    return True
