"""The journal: every answer, hint and choice, written at once to one append-only store.

SQLite by default, PostgreSQL by its address. What `append` has returned from is on the disk. Where the store cannot
be written, the event stays in memory, is written with the next one that can be, and `NotSaved` says why.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
import uuid
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from custlib.errors import BadSetting, NotSaved

if TYPE_CHECKING:
    import sqlalchemy as sa

BUSY_SECONDS = 2.0
LARGEST = 1_000_000
# WAL keeps a file in shared memory, which machines on a network do not share.
NETWORKS = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "davfs", "fuse.glusterfs", "ceph", "lustre")


@dataclass(frozen=True)
class Event:
    """One thing a participant did. `payload` is plain JSON; `at` (UTC, ISO 8601) is set when it is appended."""

    lesson: str
    item: str
    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    at: str = field(default="", compare=False)


class Journal:
    """Append events, read them back in the order written. Safe for several kernels and threads at once."""

    def __init__(self, engine: sa.Engine, participant: str, place: str) -> None:
        self.participant = participant
        self.trouble: NotSaved | None = None
        """Why the last reading or writing failed; None when it did not."""
        self._engine = engine
        self._place = place
        self._ready = False
        self._unsaved: list[tuple[str, Event]] = []
        self._turn = threading.RLock()
        weakref.finalize(self, engine.dispose)

    @classmethod
    def open(cls, url: str | Path, *, participant: str = "") -> Journal:
        """Open a store by its file or its address (`sqlite:///…`, `postgresql+psycopg://…`).

        Touches nothing yet: a store that cannot be used shows at the first event. Raises BadSetting.
        """
        import sqlalchemy as sa

        try:
            address = sa.URL.create("sqlite", database=str(url)) if isinstance(url, Path) else sa.make_url(url)
            name = address.get_backend_name()
            if name not in ("sqlite", "postgresql"):
                raise sa.exc.ArgumentError(name)
            options = {"timeout": BUSY_SECONDS} if name == "sqlite" else {"connect_timeout": 5}
            # One connection at a time is enough for a person, and an in-memory store has only one.
            engine = sa.create_engine(address, connect_args=options, pool_pre_ping=name != "sqlite")
        except (sa.exc.ArgumentError, ImportError) as error:
            # The address may hold a password: only what is wrong with it is said.
            allowed = "sqlite:///…, postgresql+psycopg://…"
            raise BadSetting(name="CUSTLIB_JOURNAL", value=str(error), allowed=allowed) from None
        if name == "sqlite":
            sa.event.listen(engine, "connect", _durable)
        return cls(engine, participant, address.database or "" if name == "sqlite" else address.host or name)

    def append(self, event: Event) -> None:
        """Write one event, and those before it that could not be written. Durable when it returns.

        Raises NotSaved; the event is then kept in memory and read back by `events`.
        """
        event = replace(event, at=event.at or datetime.now(UTC).isoformat(timespec="milliseconds"))
        payload = _written(event)
        with self._turn:
            self._unsaved.append((uuid.uuid4().hex, replace(event, payload=json.loads(payload))))
            self.flush()

    def flush(self) -> None:
        """Write what is kept in memory. Raises NotSaved with the reason and what to do."""
        from sqlalchemy.exc import SQLAlchemyError

        with self._turn:
            if not self._unsaved:
                return
            try:
                self._prepare()
                with self._engine.begin() as connection:
                    # A key of its own for each event: one whose confirmation was lost is not written twice.
                    rows = [_row(key, each, self.participant) for key, each in self._unsaved]
                    connection.execute(_insert(self._engine.dialect.name), rows)
            except (SQLAlchemyError, OSError) as error:
                raise self._failed(error) from error
            self._unsaved.clear()
            self.trouble = None

    def events(self, *, lesson: str | None = None, item: str | None = None) -> tuple[Event, ...]:
        """What this participant did, in the order written, then what is only in memory.

        Never raises: where the store cannot be read, `trouble` says why, and memory is all there is.
        """
        with self._turn:
            stored = self._stored(lesson, item)
            kept = [each for _, each in self._unsaved if lesson in (None, each.lesson) and item in (None, each.item)]
        return (*stored, *kept)

    @property
    def unsaved(self) -> int:
        """How many events are only in memory."""
        return len(self._unsaved)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _stored(self, lesson: str | None, item: str | None) -> tuple[Event, ...]:
        import sqlalchemy as sa

        if not self._ready and self._engine.dialect.name == "sqlite" and self._missing():
            # Looking leaves nothing behind: the file is made with the first answer.
            return ()
        try:
            # A read-only folder cannot even be read beside a WAL file: what lies in it is read from a copy.
            self._prepare()
            found = _select(self._engine, self.participant, lesson, item)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            trouble = self._failed(error)
            if trouble.reason != "store_readonly":
                return ()
            try:
                with _copied(Path(self._place)) as copy:
                    return _select(copy, self.participant, lesson, item)
            except (sa.exc.SQLAlchemyError, OSError):
                return ()
        if not self._unsaved:
            self.trouble = None
        return found

    def _missing(self) -> bool:
        return not self._place.startswith("file:") and not Path(self._place).exists()

    def _prepare(self) -> None:
        """Make the folder and the table, once."""
        import sqlalchemy as sa

        if self._ready:
            return
        name = self._engine.dialect.name
        if name == "sqlite" and self._place and not self._place.startswith("file:"):
            Path(self._place).parent.mkdir(parents=True, exist_ok=True)
        table = _table()
        creation = sa.schema.CreateTable(table, if_not_exists=True)
        for last in (False, True):
            try:
                with self._engine.begin() as connection:
                    if not sa.inspect(connection).has_table(table.name):
                        connection.execute(creation)
                break
            except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
                # Two kernels made the table in the same moment, and PostgreSQL lets only one of them.
                if last:
                    raise
        self._ready = True

    def _failed(self, error: Exception) -> NotSaved:
        self.trouble = NotSaved(path=Path(self._place).name or self._place, reason=_reason(error), system=str(error))
        return self.trouble


def _written(event: Event) -> str:
    try:
        # ASCII: half a character or a zero byte, which stores refuse, is written as its number.
        payload = json.dumps(dict(event.payload), ensure_ascii=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise NotSaved(path=event.item, reason="store_not_json", system=str(error)) from error
    if len(payload) > LARGEST:
        raise NotSaved(path=event.item, reason="store_too_large", system=str(len(payload)))
    return payload


def _table() -> sa.Table:
    import sqlalchemy as sa

    return sa.Table(
        "events",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(32), unique=True, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("participant", sa.Text, nullable=False),
        sa.Column("lesson", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        # An id is never given twice, so that the order of ids is the order of writing.
        sqlite_autoincrement=True,
    )


def _insert(name: str) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    make = postgresql.insert if name == "postgresql" else sqlite.insert
    return make(_table()).on_conflict_do_nothing(index_elements=["key"])


def _row(key: str, event: Event, participant: str) -> dict[str, str]:
    place = {"lesson": event.lesson, "item": event.item, "kind": event.kind, "participant": participant}
    return {"key": key, "at": event.at, "payload": _written(event), **place}


def _select(engine: sa.Engine, participant: str, lesson: str | None, item: str | None) -> tuple[Event, ...]:
    import sqlalchemy as sa

    table = _table()
    query = sa.select(table).where(table.c.participant == participant).order_by(table.c.id)
    if lesson is not None:
        query = query.where(table.c.lesson == lesson)
    if item is not None:
        query = query.where(table.c.item == item)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(Event(row.lesson, row.item, row.kind, json.loads(row.payload), row.at) for row in rows)


def _durable(connection: Any, _: object) -> None:
    """Set what makes a commit survive a power cut; without WAL where it cannot be."""
    place = connection.execute("PRAGMA database_list").fetchone()[2]
    # Where WAL cannot be had, SQLite answers with another mode and goes on in it.
    connection.execute(f"PRAGMA journal_mode = {'DELETE' if _on_network(place) else 'WAL'}").fetchone()
    connection.execute("PRAGMA synchronous = FULL")


def _on_network(place: str, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Whether a file lies in a folder of another machine, as far as this system says."""
    if sys.platform == "win32":
        import ctypes

        return place.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place[:3]) == 4
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return False
    holding = [(point, kind) for _, point, kind, *_ in lines if Path(place).is_relative_to(point.replace("\\040", " "))]
    return bool(holding) and max(holding, key=lambda each: len(each[0]))[1].startswith(NETWORKS)


@contextmanager
def _copied(place: Path) -> Iterator[sa.Engine]:
    import sqlalchemy as sa

    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            part = place.with_name(place.name + suffix)
            if part.is_file():
                shutil.copyfile(part, Path(folder) / part.name)
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(Path(folder) / place.name)))
        try:
            yield engine
        finally:
            engine.dispose()


def _reason(error: Exception) -> str:
    """Why, in one of a few words a participant can act on."""
    if isinstance(error, OSError):
        return "store_readonly"
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
    if not name:
        return "store_unreachable" if "psycopg" in type(getattr(error, "orig", error)).__module__ else "store_damaged"
    by_name = {
        "SQLITE_FULL": "store_full",
        "SQLITE_BUSY": "store_locked",
        "SQLITE_LOCKED": "store_locked",
        "SQLITE_PROTOCOL": "store_locked",
        "SQLITE_READONLY": "store_readonly",
        "SQLITE_CANTOPEN": "store_readonly",
        "SQLITE_PERM": "store_readonly",
        "SQLITE_IOERR": "store_disk",
    }
    # Names carry a detail behind the code: SQLITE_READONLY_DIRECTORY, SQLITE_IOERR_WRITE.
    return next((reason for code, reason in by_name.items() if name.startswith(code)), "store_damaged")
