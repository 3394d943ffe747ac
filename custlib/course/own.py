"""A participant's own list in the course: where its files lie, how they were read before, and which list is shown.

Everything is kept in the participant's folder and nowhere else: `lists` for the files, `.own` for what the
course keeps of them. A list that was chosen is shown in the lessons of that folder until it is put away.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custlib.content import LANGUAGES
from custlib.course import root as course
from custlib.course.copies import written
from custlib.course.files import SUFFIXES
from custlib.errors import UnreadableFile

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from custlib.course.drafts import Draft

READINGS, SHOWN, TABLE = "readings.json", "shown.json", "shown.npz"
# What can be said about reading a list, apart from its columns and sheet: an answer by the name of its question.
ANSWERS = ("dates", "decimal", "unit", "vat", "vat_rate", "branches", "blanks", "returns")
SETTINGS = ("columns", "sheet", *ANSWERS)
TEXTS = ("customer_id", "order_id", "dealer")


@dataclass(frozen=True)
class Shown:
    """The list that the lessons show: its file's name, and how many rows were read and kept."""

    name: str
    read: int
    kept: int


@dataclass(frozen=True)
class Reading:
    """How a list was read: its sheet, the column of each role, and the answers given."""

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def files(root: Path) -> dict[str, Path]:
    """The files a participant can choose, by their path below the course's folder; the newest first."""
    work = course.work(root)
    folders = [root, work, course.lists(root), *(work / language for language in LANGUAGES)]
    found = [
        path
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith((".", "~$", "requirements"))
    ]
    found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return {path.relative_to(root).as_posix(): path for path in found}


def place_for(folder: Path, name: str) -> Path:
    """A free place for a file in a folder, which is made; nothing that lies there is ever replaced."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).strip(" .")[-120:] or "list.csv"
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
    place, number = folder / plain, 2
    while place.exists():
        place, number = folder / f"{Path(plain).stem} ({number}){Path(plain).suffix}", number + 1
    return place


def memory(root: Path) -> dict[str, Reading]:
    """How lists were read before, by the fingerprint of their headings; a lost memory only asks again."""
    try:
        kept: Any = json.loads((course.own(root) / READINGS).read_text("utf-8"))
        return {
            key: Reading(str(each["sheet"]), dict(each["columns"]), dict(each["answers"])) for key, each in kept.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def fingerprint(names: Sequence[str]) -> str:
    """What tells files with the same headings from others."""
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:16]


def remember(root: Path, draft: Draft) -> None:
    """Keep how a list was read, for the next one with the same headings. Raises NotWritable."""
    known = {key: asdict(each) for key, each in memory(root).items()}
    known[fingerprint(draft.header.names)] = asdict(draft.reading)
    _write(course.own(root), READINGS, json.dumps(known, ensure_ascii=False, indent=1).encode())


def keep(root: Path, draft: Draft) -> None:
    """Show this list in the lessons from now on. Raises NotWritable."""
    import io

    import numpy as np
    import pandas as pd

    result = draft.result
    if result is None:
        return
    arrays: dict[str, np.ndarray] = {}
    for name, column in result.table.items():
        if name in TEXTS:
            codes, texts = pd.factorize(column)
            arrays[f"{name}.codes"] = codes.astype(np.int32)
            arrays[f"{name}.texts"] = np.frombuffer("\n".join(map(str, texts)).encode(), dtype=np.uint8)
        else:
            arrays[str(name)] = column.to_numpy().astype("int64") if name == "date" else column.to_numpy()
    packed = io.BytesIO()
    np.savez(packed, **arrays)  # type: ignore[arg-type]
    shown = Shown(draft.source.path.name, result.read, result.kept)
    _write(course.own(root), TABLE, packed.getvalue())
    _write(course.own(root), SHOWN, json.dumps(asdict(shown), ensure_ascii=False).encode())


def put_away(root: Path) -> None:
    """Show the practice data again; the list itself stays where it is. Raises NotWritable."""
    with written(course.own(root)):
        (course.own(root) / SHOWN).unlink(missing_ok=True)
        (course.own(root) / TABLE).unlink(missing_ok=True)


def shown(root: Path, here: Path) -> Shown | None:
    """The list that a lesson opened `here` shows: only lessons in the participant's folder show one."""
    if not here.resolve().is_relative_to(course.work(root).resolve()):
        return None
    try:
        kept: Any = json.loads((course.own(root) / SHOWN).read_text("utf-8"))
        return Shown(str(kept["name"]), int(kept["read"]), int(kept["kept"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def table(root: Path) -> pd.DataFrame:
    """The rows of the list that is shown. Raises UnreadableFile."""
    import numpy as np
    import pandas as pd

    try:
        with np.load(course.own(root) / TABLE, allow_pickle=False) as kept:
            columns: dict[str, Any] = {}
            for name in dict.fromkeys(key.split(".")[0] for key in kept.files):
                if name in TEXTS:
                    texts = pd.Index(kept[f"{name}.texts"].tobytes().decode().split("\n"), dtype="str")
                    columns[name] = texts.append(pd.Index([None], dtype="str")).take(kept[f"{name}.codes"])
                else:
                    columns[name] = kept[name].astype("datetime64[s]") if name == "date" else kept[name]
    except (OSError, ValueError, KeyError):
        raise UnreadableFile(path=TABLE, reason="damaged") from None
    return pd.DataFrame(columns)


def today() -> Day:
    """The day by this machine's clock: a sale dated later is a slip."""
    return Day.today()


def read_reading(path: Path) -> tuple[Path, dict[str, str]]:
    """A file that says which list is read and with which settings. Raises UnreadableFile."""
    try:
        said: Any = json.loads(path.read_text("utf-8"))
        return Path(said["file"]), {str(key): str(value) for key, value in said["settings"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableFile(path=path.name, reason="damaged") from None


def write_reading(path: Path, file: Path, settings: Mapping[str, str]) -> None:
    """Write down which list is read and with which settings. Raises NotWritable."""
    said = {"file": str(file.resolve()), "settings": dict(settings)}
    _write(path.parent, path.name, json.dumps(said, ensure_ascii=False, indent=1).encode())


def _write(folder: Path, name: str, content: bytes) -> None:
    """Write whole or not at all: a machine can be switched off at any moment."""
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{name}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
