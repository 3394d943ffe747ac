"""A participant's own copies of the notebooks: made, kept current, and never taken away.

What a participant changed is told by the sources and kinds of the cells alone: opening a lesson, running it
and saving it adds outputs, counts and metadata, and is no change.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from custlib.errors import BadContent, NotWritable, UnreadableFile
from custlib.quick import quick_imports

OWN = ".lab"  # everything in `work/` that is not a participant's file
_BROKEN = "?"
_KEPT_BY_LAB = ("execution", "collapsed", "scrolled", "trusted")


@dataclass(frozen=True)
class Beside:
    """A participant's changed file, the newer course file placed next to it, and the backup made first."""

    name: str
    newer: Path
    backup: Path


@dataclass(frozen=True)
class Copies:
    """What `refresh` did with each lesson of an edition, by file name."""

    folder: Path
    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()


def refresh(edition: Path, work: Path, *, name: str = "", now: datetime | None = None) -> Copies:
    """Bring `work/<edition>/` up to date with an edition such as `notebooks/en`, sparing every changed file.

    `name` is what the edition is called in `work`, where its folder is called otherwise.
    A file that the participant changed stays as it is; where the course has a newer one, that lands beside
    it as `05_rfm.new.ipynb` and the participant's goes to `work/backup/` as well.
    Raises UnreadableFile for an edition without notebooks, BadContent for one that cannot be read, and
    NotWritable.
    """
    sources = sorted(edition.glob("*.ipynb"))
    if not sources:
        raise UnreadableFile(path=edition, reason="missing")
    name = name or edition.name
    folder, own = work / name, work / OWN
    manifest = own / f"copied-{name}.json"
    with written(work):
        folder.mkdir(parents=True, exist_ok=True)
        own.mkdir(exist_ok=True)
        known = _read_manifest(manifest)
        done: dict[str, list[str]] = {"new": [], "updated": [], "current": [], "kept": []}
        beside: list[Beside] = []
        fresh: list[Path] = []
        for source in sources:
            text = prepared(source)
            mine, course, entry = folder / source.name, _cells(text), known.get(source.name, {})
            there = _cells_of(mine)
            if not mine.exists() or there in (course, entry.get("cells")):
                outcome = "new" if not mine.exists() else "current" if entry.get("file") == _hash(text) else "updated"
                if outcome != "current":
                    _write(mine, text)
                    fresh.append(mine)
                entry = {"cells": course, "course": course, "file": _hash(text)}
            elif course in map(_cells_of, _offers(mine)) or (course == entry.get("course") and there != _BROKEN):
                outcome = "kept"
            else:
                outcome = "beside"
                newer = next(path for path in _names(mine) if _cells_of(path) in ("", entry.get("offered")))
                backup = _back_up(mine, work / "backup" / name, now or datetime.now())
                _write(newer, text)
                fresh.append(newer)
                beside.append(Beside(name=mine.name, newer=newer, backup=backup))
                entry = {**entry, "course": course, "offered": course}
            known[source.name] = entry
            if outcome in done:
                done[outcome].append(source.name)
        _sign(fresh, own / "data")
        _write(manifest, json.dumps(known, indent=1, sort_keys=True) + "\n")
    return Copies(folder=folder, beside=tuple(beside), **{key: tuple(names) for key, names in done.items()})


def reset(edition: Path, work: Path, lesson: str, *, now: datetime | None = None) -> tuple[Path, Path | None]:
    """Give a fresh copy of one lesson; what was there goes to `work/backup/`. Returns the copy and the backup.

    Raises UnreadableFile for a lesson that the edition does not have, and what `refresh` raises.
    """
    if not (edition / f"{lesson}.ipynb").is_file():
        raise UnreadableFile(path=f"{lesson}.ipynb", reason="missing")
    mine = work / edition.name / f"{lesson}.ipynb"
    backup = None
    with written(work):
        if mine.exists():
            backup = _back_up(mine, work / "backup" / edition.name, now or datetime.now())
            mine.unlink()
    refresh(edition, work, now=now)
    return mine, backup


def prepared(source: Path) -> str:
    """Return a committed notebook as text ready for a participant: no outputs, no counts, run on opening."""
    try:
        notebook = json.loads(source.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            metadata = cell.setdefault("metadata", {})
            for key in _KEPT_BY_LAB:
                metadata.pop(key, None)
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
                # The Lab hides all code behind one button; folded a second time, the button would show dots.
                for key in ("source_hidden", "outputs_hidden"):
                    metadata.get("jupyter", {}).pop(key, None)
        notebook["metadata"].pop("widgets", None)
        notebook["metadata"].setdefault("course", {})["run_on_open"] = True
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadContent(path=source.name, problem=repr(error)) from error
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Turn any refusal to write in the body into NotWritable, naming the folder."""
    try:
        yield
    except OSError as error:
        raise NotWritable(path=folder, reason=error.strerror or type(error).__name__) from error


def _cells(text: str) -> str:
    """Digest what a person wrote: kinds and sources of cells; an empty code cell is a slip of the keyboard."""
    digest = hashlib.sha256()
    for cell in json.loads(text)["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        source = source.replace("\r\n", "\n")
        if source.strip() or cell["cell_type"] != "code":
            digest.update(json.dumps([cell["cell_type"], source]).encode())
    return digest.hexdigest()


def _cells_of(path: Path) -> str:
    """Digest a file: "" when there is none, `_BROKEN` when it is no notebook any more."""
    if not path.exists():
        return ""
    try:
        return _cells(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError):
        return _BROKEN


def _names(mine: Path) -> Iterator[Path]:
    """Name the places for a newer course file: 05_rfm.new.ipynb, 05_rfm.new-2.ipynb and so on."""
    yield mine.with_name(f"{mine.stem}.new.ipynb")
    number = 2
    while True:
        yield mine.with_name(f"{mine.stem}.new-{number}.ipynb")
        number += 1


def _offers(mine: Path) -> list[Path]:
    return sorted(mine.parent.glob(f"{mine.stem}.new*.ipynb"))


def _back_up(mine: Path, folder: Path, now: datetime) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    base = f"{mine.stem}.{now:%Y-%m-%d-%H%M%S}"
    place, number = folder / f"{base}.ipynb", 2
    while place.exists():
        place, number = folder / f"{base}-{number}.ipynb", number + 1
    shutil.copy2(mine, place)
    return place


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read_manifest(path: Path) -> dict[str, Mapping[str, str]]:
    """Read what was copied before; a lost or broken manifest only makes every difference count as a change."""
    try:
        entries: Any = json.loads(path.read_text(encoding="utf-8"))
        return {name: dict(entry) for name, entry in entries.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(path: Path, text: str) -> None:
    """Write whole or not at all: a participant may switch the machine off at any moment."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _sign(paths: list[Path], data: Path) -> None:
    """Sign copies as trusted in the course's own store: JupyterLab runs nothing by itself that is not."""
    if not paths:
        return
    with quick_imports():
        nbformat: Any = import_module("nbformat")
        sign: Any = import_module("nbformat.sign")
    data.mkdir(parents=True, exist_ok=True)
    notary = sign.NotebookNotary(data_dir=str(data))
    for path in paths:
        notary.sign(nbformat.reads(path.read_text(encoding="utf-8"), as_version=4))
    notary.store.close()
