"""Test tiers: `pytest` is the quick one, `pytest --full` adds everything marked `full`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run the tests marked full")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    skip = pytest.mark.skip(reason="part of make test-full")
    for item in items:
        if "full" in item.keywords:
            item.add_marker(skip)
