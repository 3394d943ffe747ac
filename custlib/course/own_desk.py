"""The desk at which a participant brings a list: it acts on what they did, and knows how things stand.

This is the one place that remembers a list on its way. What is uploaded goes to the participant's folder piece
by piece and is read from there, like a file that lay there before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date as Day
from pathlib import Path
from typing import Any, BinaryIO

from custlib.content import Finding, Words
from custlib.course import drafts, own
from custlib.course import root as course
from custlib.course.copies import written
from custlib.course.drafts import Draft
from custlib.errors import BadSetting, CustlibError, as_custlib
from custlib.views.cards.own_list import Busy, Reply, State

LARGEST_DOWNLOAD = 8 << 20  # bytes sent to the browser at once; what is longer lies in the folder only


class Desk:
    """One participant's list on its way to the lessons."""

    def __init__(self, root: Path, words: Words, today: Callable[[], Day] = own.today) -> None:
        self._root, self._words, self._today = root, words, today
        self._path: Path | None = None
        self._draft: Draft | None = None
        self._problem: CustlibError | None = None
        self._done: Finding | None = None
        self._arriving: tuple[Path, BinaryIO, int] | None = None

    def state(self) -> State:
        """How things stand."""
        shown = own.shown(self._root, course.work(self._root))
        state = State(
            files=tuple(own.files(self._root)),
            file=self._path.name if self._path else "",
            problem=self._problem,
            done=self._done,
            shown=Finding("own_list.card.shown", {"name": shown.name, "kept": shown.kept}) if shown else None,
        )
        if self._draft is None:
            return state
        draft = self._draft
        return replace(
            state,
            sheet=draft.source.sheet,
            sheets=draft.source.sheets,
            header=draft.header,
            sample=draft.sample,
            roles=draft.reading.columns,
            missing=draft.missing,
            opened=draft.opened,
            result=draft.result,
        )

    def handle(self, event: Mapping[str, Any], buffers: Sequence[Any], busy: Busy) -> Reply | None:
        """Act on one thing the reader did; what is wrong with it is kept to be shown."""
        if event.get("do") not in ("upload", "piece"):
            self._problem = self._done = None
        try:
            return self._act(event, buffers, busy)
        except Exception as error:
            self._problem = as_custlib(error)
            self._drop()
            return None

    def _act(self, event: Mapping[str, Any], buffers: Sequence[Any], busy: Busy) -> Reply | None:

        def progress(share: float) -> None:
            busy("read", share)

        today = self._today()
        match event.get("do"):
            case "upload":
                return self._upload(str(event["name"]), int(event["size"]))
            case "piece":
                return self._piece(buffers, bool(event["last"]), busy)
            case "choose":
                known = own.files(self._root)
                if event["file"] not in known:
                    raise BadSetting(name="file", value=event["file"], allowed=", ".join(known))
                self._open(known[event["file"]], busy)
            case "sheet" if self._path:
                self._draft = drafts.begin(
                    self._path, own.memory(self._root), sheet=str(event["sheet"]), today=today, progress=progress
                )
            case "role" if self._draft:
                role, column = str(event["role"]), str(event["column"])
                self._draft = drafts.with_role(self._draft, role, column, today=today, progress=progress)
            case "answer" if self._draft:
                self._draft = drafts.with_answer(self._draft, str(event["key"]), str(event["value"]), today=today)
            case "use" if self._draft and self._draft.result:
                own.remember(self._root, self._draft)
                own.keep(self._root, self._draft)
                return {"rerun": True}, []
            case "back":
                own.put_away(self._root)
                return {"rerun": True}, []
            case "save" if self._draft and self._draft.result:
                return self._save(self._draft)
        return None

    def _open(self, path: Path, busy: Busy) -> None:
        self._path, self._draft = path, None
        memory, today = own.memory(self._root), self._today()
        self._draft = drafts.begin(path, memory, today=today, progress=lambda share: busy("read", share))

    def _upload(self, name: str, size: int) -> Reply:
        self._drop()
        self._problem = self._done = None
        place = own.place_for(course.lists(self._root), name)
        with written(place.parent):
            self._arriving = place, place.with_name(f".{place.name}.part").open("wb"), size
        return {"next": True}, []

    def _piece(self, buffers: Sequence[Any], last: bool, busy: Busy) -> Reply | None:
        if self._arriving is None:
            return None
        place, file, size = self._arriving
        with written(place.parent):
            for piece in buffers:
                file.write(piece)
            if not last:
                busy("upload", file.tell() / max(size, 1))
                return {"next": True}, []
            file.close()
            Path(file.name).replace(place)
        self._arriving = None
        self._done = Finding("own_list.pick.copied", {"path": place.relative_to(self._root).as_posix()})
        self._open(place, busy)
        return None

    def _drop(self) -> None:
        """Give up a file that did not arrive whole."""
        if self._arriving is not None:
            _, file, _ = self._arriving
            file.close()
            Path(file.name).unlink(missing_ok=True)
            self._arriving = None

    def _save(self, draft: Draft) -> Reply | None:
        """Write the rows set aside to the folder, and hand them to the browser too where they are few."""
        name = f"{draft.source.path.stem} – {self._words.text('own_list.result.aside')}.csv"
        place = own.place_for(course.aside(self._root), name)
        reasons = (
            {code: self._words.text(f"own_list.reason.{code}") for code in set(draft.result.aside["reason"])}
            if draft.result
            else {}
        )
        heads = self._words.text("own_list.result.row"), self._words.text("own_list.result.why")
        with written(place.parent), place.open("w", encoding="utf-8", newline="") as file:
            file.writelines(drafts.aside_rows(draft, reasons, heads))
        self._done = Finding("own_list.result.saved", {"path": place.relative_to(self._root).as_posix()})
        if place.stat().st_size > LARGEST_DOWNLOAD:
            return None
        return {"save": place.name}, [place.read_bytes()]
