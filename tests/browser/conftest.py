"""A browser and two running Labs, English and Chinese, shared by the browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
