"""What runs in another process in the journal's tests: kept small, since it is started two hundred times."""

from __future__ import annotations

import os
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from custlib.errors import NotSaved
from custlib.practice.journal import Event, Journal

NOBODY = 65534


def write_on(url: str, first: int, sent: Connection) -> None:
    """Append one number after the other, and confirm each once it is written."""
    journal = Journal.open(url)
    for number in count(first):
        journal.append(Event("l", "i", "answered", {"n": number}))
        sent.send(number)


def write_some(url: str, name: str, times: int) -> None:
    """Append so many events under one name, as one of several kernels."""
    with Journal.open(url) as journal:
        for number in range(times):
            journal.append(Event("l", name, "answered", {"n": number}))


def try_as_nobody(place: Path, sent: Connection) -> None:
    """Append and read without the right to write: what was read, what is kept, and why."""
    with Journal.open("sqlite://") as warm:
        # Whoever has no rights may not be able to read Python's own modules: they are all loaded before.
        warm.append(Event("l", "i", "answered", {"n": 0}))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    with Journal.open(place) as journal:
        try:
            journal.append(Event("l", "i", "answered", {"n": 2}))
            reason = ""
        except NotSaved as error:
            reason = error.reason
        sent.send((reason, [each.payload["n"] for each in journal.events()], journal.unsaved))


def fill(place: Path, sent: Connection) -> None:
    """Append until nothing more fits, free the space, append once more: reason, unsaved before and after, all read."""
    ballast = place.with_name("ballast")
    ballast.write_bytes(b"x" * 60_000)
    with Journal.open(place) as journal:
        done = 0
        try:
            for _ in range(10_000):
                journal.append(Event("l", "i", "answered", {"n": done, "text": "x" * 2_000}))
                done += 1
            reason = ""
        except NotSaved as error:
            reason = error.reason
        kept = [each.payload["n"] for each in journal.events()]
        ballast.unlink()
        journal.append(Event("l", "i", "answered", {"n": done + 1}))
        sent.send(
            (
                reason,
                kept == list(range(done + 1)),
                [each.payload["n"] for each in journal.events()] == list(range(done + 2)),
                journal.unsaved,
            )
        )
