"""The journal: what is confirmed is never lost, whatever happens to the process, the disk or the store."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journal_worker import fill, try_as_nobody, write_on, write_some
from throwaway import INITDB, postgres

from custlib.content import Words
from custlib.errors import BadSetting, NotSaved
from custlib.practice import journal as module
from custlib.practice.journal import Event, Journal


@pytest.fixture(scope="module")
def other() -> ForkServerContext:
    """Other processes, each started in milliseconds from one that has everything imported."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["journal_worker", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql"])
    return context


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)


def answer(number: int, item: str = "rfm-1") -> Event:
    return Event("05_rfm", item, "answered", {"n": number})


def address(place: Path) -> str:
    return f"sqlite:///{place}"


def test_what_is_appended_is_read_back_in_order(tmp_path: Path) -> None:
    """By lesson and by exercise, also by the next kernel; the folder is made when it is needed."""
    place = tmp_path / "工作 work" / "journal.db"
    with Journal.open(place) as journal:
        for number in range(3):
            journal.append(answer(number, f"rfm-{number % 2}"))
    with Journal.open(place) as again:
        assert [each.payload["n"] for each in again.events()] == [0, 1, 2]
        assert [each.payload["n"] for each in again.events(item="rfm-0")] == [0, 2]
        assert again.events(lesson="03_styles") == ()
        assert all(each.at.endswith("+00:00") for each in again.events())


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    """A journal that is only read makes no file."""
    with Journal.open(tmp_path / "work" / "journal.db") as journal:
        assert journal.events() == ()

    assert list(tmp_path.iterdir()) == []


def test_participants_of_one_store_do_not_see_each_other(tmp_path: Path) -> None:
    """Where several share a store, each reads their own events."""
    place = tmp_path / "journal.db"
    with Journal.open(place, participant="a") as one, Journal.open(place, participant="b") as two:
        one.append(answer(1))
        two.append(answer(2))

        assert ([each.payload["n"] for each in one.events()], [each.payload["n"] for each in two.events()]) == (
            [1],
            [2],
        )


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans() | st.none()))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, payload: dict[str, Any]) -> None:
    """Zero bytes, half characters, emoji and quotes are kept to the letter."""
    with Journal.open(tmp_path_factory.mktemp("j") / "journal.db") as journal:
        journal.append(Event("l", "i", "answered", payload))

        assert journal.events()[0].payload == payload


@pytest.mark.parametrize("payload", [{"n": float("nan")}, {"n": object()}, {"n": "x" * 2_000_000}])
def test_what_cannot_be_written_down_is_refused(tmp_path: Path, payload: dict[str, Any]) -> None:
    """What is no JSON, or far too long, is refused with a reason and blocks nothing after it."""
    with Journal.open(tmp_path / "journal.db") as journal:
        with pytest.raises(NotSaved):
            journal.append(Event("l", "i", "answered", payload))
        journal.append(answer(1))

        assert [each.payload for each in journal.events()] == [{"n": 1}]


@pytest.mark.parametrize("url", ["mysql://a/b", "nonsense", "postgresql+nothing://x"])
def test_an_address_that_cannot_be_one_is_refused_by_name(url: str) -> None:
    """The setting is named with what is possible."""
    with pytest.raises(BadSetting, match="CUSTLIB_JOURNAL"):
        Journal.open(url)


def killed(other: ForkServerContext, url: str, times: int) -> None:
    """Kill a writing process again and again; after each time, all it has confirmed is there, in order."""
    chance = random.Random(7)
    confirmed = -1
    for _ in range(times):
        receive, send = other.Pipe(duplex=False)
        process = other.Process(target=write_on, args=(url, confirmed + 1, send))
        process.start()
        send.close()
        for _ in range(chance.randrange(4)):
            confirmed = max(confirmed, receive.recv())
        process.join(chance.uniform(0, 0.004))
        process.kill()
        process.join()
        while True:
            try:
                confirmed = max(confirmed, receive.recv())
            except (EOFError, OSError):
                break
        receive.close()
        with Journal.open(url) as journal:
            numbers = [each.payload["n"] for each in journal.events()]

        assert journal.trouble is None
        # One more than confirmed may stand there: written, and killed before it could say so.
        assert numbers in (list(range(confirmed + 1)), list(range(confirmed + 2)))
        confirmed = len(numbers) - 1


def test_a_kill_loses_nothing_confirmed(other: ForkServerContext, tmp_path: Path) -> None:
    """Twenty kills between and during writes: the store opens each time, with every confirmed answer."""
    killed(other, address(tmp_path / "journal.db"), 20)


@pytest.mark.full
def test_two_hundred_kills_lose_nothing_confirmed(other: ForkServerContext, tmp_path: Path) -> None:
    """The same, two hundred times; and again without WAL, as on a network folder."""
    killed(other, address(tmp_path / "journal.db"), 200)
    killed(other, f"sqlite:///file:{tmp_path}/plain.db?vfs=unix-none&uri=true", 20)


def test_two_kernels_lose_nothing(other: ForkServerContext, tmp_path: Path) -> None:
    """Two processes that write at the same moment, from the first event on, keep all of both."""
    url = address(tmp_path / "journal.db")
    both = [other.Process(target=write_some, args=(url, name, 25)) for name in "ab"]
    for each in both:
        each.start()
    for each in both:
        each.join()
    with Journal.open(url) as journal:
        found = {name: [each.payload["n"] for each in journal.events(item=name)] for name in "ab"}

    assert found == {"a": list(range(25)), "b": list(range(25))}


def test_without_wal_the_store_works(tmp_path: Path) -> None:
    """Where the system gives no shared memory, as on a network folder, SQLite's rollback journal serves."""
    url = f"sqlite:///file:{tmp_path}/journal.db?vfs=unix-dotfile&uri=true"
    with Journal.open(url) as journal:
        journal.append(answer(1))

        assert [each.payload["n"] for each in journal.events()] == [1]
        assert not (tmp_path / "journal.db-wal").exists()


@pytest.mark.parametrize(("kind", "there"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False)])
def test_a_network_folder_is_known_by_its_mount(tmp_path: Path, kind: str, there: bool) -> None:
    """The longest mount point above the file decides; a space in it is written as Linux writes it."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"root / ext4 rw 0 0\nserver:/x /mnt/our\\040share {kind} rw 0 0\n", encoding="utf-8")

    assert module._on_network("/mnt/our share/work/journal.db", mounts) is there
    assert not module._on_network("/srv/a/journal.db", mounts)


def test_a_locked_store_says_so_and_catches_up(tmp_path: Path, quickly: None) -> None:
    """While another program holds the file the work goes on in memory; the next answer takes it along."""
    place = tmp_path / "journal.db"
    with Journal.open(place) as journal:
        journal.append(answer(1))
        blocker = sqlite3.connect(place, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved) as caught:
            journal.append(answer(2))

        assert caught.value.reason == "store_locked"
        assert "journal.db" in Words("zh").error(caught.value)
        assert ([each.payload["n"] for each in journal.events()], journal.unsaved) == ([1, 2], 1)

        blocker.execute("ROLLBACK")
        blocker.close()
        journal.append(answer(3))

        assert ([each.payload["n"] for each in journal.events()], journal.unsaved) == ([1, 2, 3], 0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda old: b"This is no database. " * 200,
        lambda old: old[:4096] + b"\xff" * (len(old) - 4096),
        lambda old: b"PK\3\4" + old[4:],
    ],
)
def test_a_damaged_store_is_left_as_it_is(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """The message says what to do, the work goes on in memory, and not a byte of the file is changed."""
    place = tmp_path / "journal.db"
    with Journal.open(place) as journal:
        for number in range(50):
            journal.append(answer(number))
    place.write_bytes(broken := damage(place.read_bytes()))
    with Journal.open(place) as journal:
        with pytest.raises(NotSaved) as caught:
            journal.append(answer(99))

        assert caught.value.reason == "store_damaged"
        assert [each.payload["n"] for each in journal.events()][-1] == 99
    assert place.read_bytes() == broken


def test_a_read_only_folder_is_still_read(other: ForkServerContext, tmp_path: Path) -> None:
    """Nothing can be written, what was written before is read, and the new answer stays in memory."""
    folder = Path(shutil.os.path.realpath(tmp_path)) / "work"  # type: ignore[attr-defined]
    place = folder / "journal.db"
    with Journal.open(place) as journal:
        journal.append(answer(1))
        # With the WAL still beside it: SQLite alone cannot read such a store where it cannot write.
        for part in folder.iterdir():
            part.chmod(0o444)
        folder.chmod(0o555)
        _open_up(folder)
        receive, send = other.Pipe(duplex=False)
        process = other.Process(target=try_as_nobody, args=(place, send))
        process.start()
        send.close()
        found = receive.recv()
        process.join()
    folder.chmod(0o755)

    assert found == ("store_readonly", [1, 2], 1)


def _open_up(folder: Path) -> None:
    """Let everybody walk down to a folder of pytest's, which are for their owner alone."""
    for above in folder.parents:
        if Path(tempfile.gettempdir()).resolve() in above.parents:
            above.chmod(above.stat().st_mode | 0o055)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB, where this system lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip("no disk can be mounted here: it takes root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_says_so_and_catches_up(other: ForkServerContext, small_disk: Path) -> None:
    """On a real disk that is full nothing stored is lost, the work goes on, and with space it is all written."""
    receive, send = other.Pipe(duplex=False)
    process = other.Process(target=fill, args=(small_disk / "journal.db", send))
    process.start()
    send.close()
    found = receive.recv()
    process.join()

    assert found == ("store_full", True, True, 0)


def test_an_unreachable_database_says_so_without_its_password() -> None:
    """A server that does not answer is a sentence; the address with its password stands nowhere in it."""
    with Journal.open("postgresql+psycopg://course:secret@/x?host=/nowhere") as journal:
        with pytest.raises(NotSaved) as caught:
            journal.append(answer(1))

        assert caught.value.reason == "store_unreachable"
        assert "secret" not in str(caught.value)
        assert journal.unsaved == 1


@pytest.mark.full
@pytest.mark.skipif(INITDB is None, reason="PostgreSQL is not on this machine")
def test_postgresql_serves_as_well(other: ForkServerContext) -> None:
    """On a server of our own: order, participants, strange texts, two kernels, kills, and a restart in between."""
    with postgres() as url:
        both = [other.Process(target=write_some, args=(url, name, 25)) for name in "ab"]
        for each in both:
            each.start()
        for each in both:
            each.join()
        with Journal.open(url) as journal, Journal.open(url, participant="b") as second:
            assert [each.payload["n"] for each in journal.events(item="b")] == list(range(25))

            second.append(Event("l", "i", "answered", {"text": "zero \0, half \ud800, 😀"}))

            assert second.events()[0].payload["text"] == "zero \0, half \ud800, 😀"
            assert len(journal.events()) == 50
    with postgres() as url:
        killed(other, url, 20)
