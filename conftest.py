"""Test tiers: `pytest` is the quick one, `pytest --full` adds everything marked `full`."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid

import nbval.kernel
import pytest
from jupyter_client.manager import KernelManager
from traitlets import default


def pytest_configure(config: pytest.Config) -> None:
    """Talk to nbval's kernels through files: ports chosen by several processes at once can collide."""
    folder = tempfile.mkdtemp(prefix="nbval-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if os.name != "posix" or len(folder) > 60:
        return

    class ByFile(KernelManager):
        @default("transport")
        def _by_file(self) -> str:
            return "ipc"

        @default("ip")
        def _place(self) -> str:
            return f"{folder}/{uuid.uuid4().hex[:8]}"

    nbval.kernel.KernelManager = ByFile


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run the tests marked full")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    skip = pytest.mark.skip(reason="part of make test-full")
    for item in items:
        if "full" in item.keywords:
            item.add_marker(skip)
