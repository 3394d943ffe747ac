"""A participant's file, opened with care: what it is, how it is written, and its rows one by one.

A text file is read as a stream, whatever its length. A workbook is looked at from outside first, since a small
file can unfold to more than a machine holds. Nothing in a file is ever run: a formula counts by its stored
result, a macro not at all.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custlib.content import Finding
from custlib.errors import BadSetting, UnreadableFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Row = Sequence[object]
Progress = Callable[[float], None]

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SAMPLE = 1 << 16  # bytes looked at to tell what a file is
BLOCK = 1 << 20
COLUMNS = 256  # more is no customer list; a spreadsheet's limit for many years
CELLS = 20_000_000  # a workbook's cells are held at once: 32 bytes each, and their texts
UNFOLDED = 600 << 20  # bytes a workbook may unfold to
RATIO = 200  # how much smaller packed: a list of customers comes to 10 or 20
REPORTED = 20_000  # rows between two reports of progress
PACKED, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"RIFF", b"\x1f\x8b", b"Rar!", b"7z\xbc")
DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
# What other than Chinese a file without a mark may be written in.
OTHERS = ["cp1252", "big5", "shift_jis", "euc_kr", "cp1251"]

_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"')
_NO_RESULT = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>")
_REPEATED = re.compile(
    rb'number-columns-repeated="(\d+)"[^>/]*>|number-rows-repeated="(\d+)"[^>]*>\s*<table:table-cell[^>/]*>'
)


@dataclass(frozen=True)
class Source:
    """A file that can be read: how it is written, its sheets, and what there is to say about it.

    `formulas` counts cells whose result was never stored.
    """

    path: Path
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    formulas: int = 0
    notes: tuple[Finding, ...] = ()
    _workbook: Any = field(default=None, repr=False, compare=False)

    def rows(self, progress: Progress | None = None) -> Iterator[Row]:
        """The rows as they stand in the file; a text file's cells are texts. Raises UnreadableFile."""
        if self._workbook is not None:
            with _reading(self.path):
                sheet = self._workbook.get_sheet_by_name(self.sheet)
            return _sheet_rows(sheet, progress)
        return _text_rows(self.path, self.encoding, self.separator, progress)

    def head(self, count: int = 200) -> list[Row]:
        """The first rows."""
        return list(islice(self.rows(), count))


def examine(path: Path, sheet: str = "") -> Source:
    """Find out what a file is and whether it can be read, before anything of it is held in memory.

    Raises UnreadableFile with the reason, and BadSetting for a sheet that is not there.
    """
    if path.is_dir():
        raise UnreadableFile(path=path.name, reason="folder")
    try:
        with path.open("rb") as file:
            start = file.read(SAMPLE)
    except FileNotFoundError:
        raise UnreadableFile(path=path.name, reason="missing") from None
    except OSError as error:
        raise UnreadableFile(path=path.name, reason=error.strerror or str(error)) from error
    if not start.strip():
        raise UnreadableFile(path=path.name, reason="empty")
    if start.startswith((PACKED, OLE)):
        return _workbook(path, sheet, packed=start.startswith(PACKED))
    if start.startswith(PICTURES):
        raise UnreadableFile(path=path.name, reason="not_text")
    encoding = encoding_of(path, start)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(start)
    if re.match(r"\ufeff?\s*<(!doctype|html|\?xml|table|meta)", text, re.I):
        raise UnreadableFile(path=path.name, reason="web_page")
    if sum(ord(sign) < 32 and sign not in "\t\r\n\f\v" for sign in text) * 100 > len(text):
        raise UnreadableFile(path=path.name, reason="not_text")
    separator = separator_of(text)
    source = Source(path, encoding, separator)
    if max(map(len, source.head(50)), default=0) > COLUMNS:
        raise UnreadableFile(path=path.name, reason="too_wide")
    return source


def encoding_of(path: Path, start: bytes) -> str:
    """How a text is encoded: by its mark, else the first of UTF-8 and GB18030 that fits all of it, else by its letters.

    Raises UnreadableFile.
    """
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = [start[side::2].count(0) for side in (0, 1)]
    if any(zeros):
        # Without a mark, UTF-16 shows by zeros on one side only.
        for side, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
            if zeros[side] * 10 > len(start) and zeros[1 - side] * 50 < zeros[side]:
                return encoding
        raise UnreadableFile(path=path.name, reason="not_text")
    if _fits(path, "utf-8"):
        return "utf-8"
    if _chinese(start) and _fits(path, "gb18030"):
        return "gb18030"
    from charset_normalizer import from_bytes

    best = from_bytes(start, cp_isolation=[*OTHERS, "gb18030"]).best()
    if best is None or not _fits(path, best.encoding):
        raise UnreadableFile(path=path.name, reason="not_text")
    return best.encoding


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chinese(start: bytes) -> bool:
    """Whether the signs beyond ASCII are mostly pairs of the common Chinese characters, as in GB2312."""
    beyond = re.findall(rb"[\x80-\xff]+.?", start, re.S)
    pairs = sum(len(re.findall(rb"[\xa1-\xf7][\xa1-\xfe]", run)) * 2 for run in beyond)
    return pairs * 10 > 8 * sum(sum(byte > 127 for byte in run) for run in beyond)


def separator_of(text: str) -> str:
    """Which of comma, semicolon, tab and bar parts the cells: the one that most lines have equally often."""
    lines = text.splitlines()[:200]
    lines = lines[:-1] if len(lines) > 1 and len(text) >= SAMPLE // 4 else lines
    best, found = 0, ","
    for separator in ",;\t|":
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        widths.pop(1, None)
        width, count = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        if count * width > best:
            best, found = count * width, separator
    return found


def _text_rows(path: Path, encoding: str, separator: str, progress: Progress | None) -> Iterator[Row]:
    size = path.stat().st_size or 1
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        try:
            for number, row in enumerate(csv.reader(text, delimiter=separator, skipinitialspace=True)):
                yield row
                if progress is not None and number % REPORTED == 0:
                    progress(raw.tell() / size)
        except (csv.Error, UnicodeDecodeError):
            raise UnreadableFile(path=path.name, reason="not_table") from None
    if progress is not None:
        progress(1.0)


def _workbook(path: Path, sheet: str, *, packed: bool) -> Source:
    """Look at a workbook from outside, then open it and find its sheet. Raises UnreadableFile, BadSetting."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    notes, formulas = (_packed(path), _unfolds(path)) if packed else (_ole(path), 0)
    with _reading(path):
        book: CalamineWorkbook = CalamineWorkbook.from_path(str(path))
        visible = [
            each.name for each in book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]  # fmt: skip
        names = tuple(visible or book.sheet_names)
        if sheet and sheet not in names:
            raise BadSetting(name="sheet", value=sheet, allowed=", ".join(names))
        chosen = sheet or _sheet_with_a_list(book, names)
        width = book.get_sheet_by_name(chosen).total_width if chosen else 0
    if not chosen:
        raise UnreadableFile(path=path.name, reason="empty")
    if width > COLUMNS:
        raise UnreadableFile(path=path.name, reason="too_wide")
    return Source(path, sheet=chosen, sheets=names, formulas=formulas, notes=notes, _workbook=book)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn whatever the reader of workbooks stumbles over into UnreadableFile.

    A broken file can end it in a panic, which is no Exception and writes to the process's error output, past
    Python: that goes nowhere while it reads.
    """
    from python_calamine import CalamineError, PasswordError

    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    except PasswordError:
        raise UnreadableFile(path=path.name, reason="password") from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableFile(path=path.name, reason="damaged") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(path=path.name, reason="damaged") from None
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _sheet_with_a_list(book: CalamineWorkbook, names: Sequence[str]) -> str:
    """The first sheet with headings of a customer list, else the first with anything on it."""
    from custlib.analysis.intake.headers import find, guess

    filled = ""
    for name in names[:20]:
        rows = list(islice(_sheet_rows(book.get_sheet_by_name(name), None), 100))
        if not any(str(cell).strip() for row in rows for cell in row):
            continue
        filled = filled or name
        header = find(rows)
        if header.row is not None and len(guess(header, rows[header.row + 1 :])) >= 2:
            return name
    return filled


def _sheet_rows(sheet: CalamineSheet, progress: Progress | None) -> Iterator[Row]:
    """The rows of a sheet from its first line and column on; a cell merged downwards stands in each of its rows."""
    if sheet.start is None:
        return
    left = sheet.start[1]
    # The row at which each merged cell ends and its column, by the row at which it starts.
    merged: dict[int, list[tuple[int, int]]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or []:
        if last > first:
            merged.setdefault(first, []).append((last, column))
    open_cells: dict[int, tuple[int, object]] = {}
    # The reader leaves out empty columns at the left, and no rows at the top.
    for number, cells in enumerate(sheet.iter_rows()):
        row: list[object] = [*([""] * left), *cells]
        if merged:
            for column, (last, value) in open_cells.items():
                if number <= last and column < len(row) and row[column] == "":
                    row[column] = value
            open_cells |= {column: (last, row[column]) for last, column in merged.get(number, ()) if column < len(row)}
        yield row
        if progress is not None and number % REPORTED == 0:
            progress(min(1.0, number / (sheet.total_height or 1)))
    if progress is not None:
        progress(1.0)


def _packed(path: Path) -> tuple[Finding, ...]:
    """Look into a packed workbook without unpacking it: is it one, is it locked, does it unfold to too much?"""
    try:
        with zipfile.ZipFile(path) as pack:
            parts = pack.infolist()
            names = {part.filename for part in parts}
            locked = "META-INF/manifest.xml" in names and b"encryption-data" in _start(pack, "META-INF/manifest.xml")
    except DAMAGES:
        raise UnreadableFile(path=path.name, reason="damaged") from None
    if locked or any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(path=path.name, reason="password")
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise UnreadableFile(path=path.name, reason="not_text")
    unfolded = sum(part.file_size for part in parts)
    if unfolded > UNFOLDED or (unfolded > 20 * BLOCK and unfolded > RATIO * path.stat().st_size):
        raise UnreadableFile(path=path.name, reason="bomb")
    return (Finding("own_list.note.macros"),) if any(name.endswith("vbaProject.bin") for name in names) else ()


def _start(pack: zipfile.ZipFile, name: str) -> bytes:
    with pack.open(name) as part:
        return part.read(BLOCK)


def _ole(path: Path) -> tuple[Finding, ...]:
    """An old workbook, or a new one locked with a password: that lies in a part named EncryptedPackage."""
    if path.stat().st_size > UNFOLDED:
        raise UnreadableFile(path=path.name, reason="too_many_cells")
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(path=path.name, reason="password")
    macros = "_VBA_PROJECT".encode("utf-16-le") in content
    return (Finding("own_list.note.macros"),) if macros else ()


def _unfolds(path: Path) -> int:
    """Read through a packed workbook's sheets: how far they reach, and how many formulas have no stored result.

    A cell in the last column of the last row makes a sheet of seventeen thousand million. Raises UnreadableFile.
    """
    formulas = 0
    try:
        with zipfile.ZipFile(path) as pack:
            for part in pack.infolist():
                if re.match(r"xl/worksheets/[^/]+\.xml$", part.filename):
                    columns, rows, without = _reach(pack, part.filename)
                    formulas += without
                    if columns > COLUMNS:
                        raise UnreadableFile(path=path.name, reason="too_wide")
                    if columns * rows > CELLS:
                        raise UnreadableFile(path=path.name, reason="too_many_cells")
                elif part.filename == "content.xml" and _repeats(pack) > COLUMNS:
                    raise UnreadableFile(path=path.name, reason="too_many_cells")
    except DAMAGES:
        raise UnreadableFile(path=path.name, reason="damaged") from None
    return formulas


def _blocks(pack: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces that overlap, so that what lies on an edge is seen."""
    with pack.open(name) as part:
        rest = b""
        while block := part.read(BLOCK):
            yield rest + block
            rest = block[-128:]


def _reach(pack: zipfile.ZipFile, name: str) -> tuple[int, int, int]:
    letters: set[bytes] = set()
    rows = formulas = 0
    for block in _blocks(pack, name):
        found = _CELL.findall(block)
        letters |= {column for column, _ in found}
        rows = max(rows, max((int(row) for _, row in found[-1:] + found[:1]), default=0))
        formulas += len(_NO_RESULT.findall(block))
    return max(map(_column, letters), default=0), rows, formulas


def _repeats(pack: zipfile.ZipFile) -> int:
    """The longest run of a filled cell or row that an open document writes once and means many times."""
    runs = (
        int(number)
        for block in _blocks(pack, "content.xml")
        for pair in _REPEATED.findall(block)
        for number in pair
        if number
    )
    return max(runs, default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
