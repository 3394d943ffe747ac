"""Errors keep their values on their way between processes."""

from __future__ import annotations

import pickle

import pytest

from custlib.errors import CustlibError, LessonFailed, MissingColumns, UnknownName


@pytest.mark.parametrize(
    "error",
    [
        LessonFailed(lesson="01_portrait", cell=3, reason="none"),
        MissingColumns(where="rfm", missing=["date"], found=["Date"]),
        UnknownName(kind="table", name="order", known=["orders"]),
    ],
)
def test_an_error_from_another_process_says_the_same(error: CustlibError) -> None:
    """A lesson that fails while it is built in a worker is read, not waited for."""
    arrived = pickle.loads(pickle.dumps(error))

    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
