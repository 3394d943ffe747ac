"""Makes what no library here can write: an Excel 97 workbook, and the shell of one locked with a password.

The container is a compound file of two tables and one stream; the stream holds BIFF8 records.
"""

from __future__ import annotations

import struct

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512


def compound(name: str, content: bytes) -> bytes:
    """A compound file with one stream; the stream is padded, so that it needs no small sectors."""
    content = content.ljust(4096, b"\0")
    content += bytes(-len(content) % SECTOR)
    sectors = len(content) // SECTOR
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    sizes = struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    chain = [TABLE, END, *range(3, sectors + 2), END]
    return b"".join(
        [
            magic + sizes + struct.pack("<109I", 0, *[FREE] * 108),
            struct.pack("<128I", *chain, *[FREE] * (128 - len(chain))),
            _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, FREE, 2, len(content)) + _entry("", 0, FREE, 0, 0) * 2,
            content,
        ]
    )


def _entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (title + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIII", len(text), kind, 1, FREE, FREE, child, 0, start, size, 0
    )


def excel_97(rows: list[list[object]], sheet: str = "订单") -> bytes:
    """An .xls workbook with one sheet of texts and numbers."""
    cells = b""
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                cells += _record(0x0204, struct.pack("<HHHHB", y, x, 0, len(value), 1) + value.encode("utf-16-le"))
            elif isinstance(value, int | float):
                cells += _record(0x0203, struct.pack("<HHHd", y, x, 0, value))
    globals_ = _begin(5)
    place = len(globals_) + 4 + 8 + 2 * len(sheet) + 4
    bound = _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(sheet), 1) + sheet.encode("utf-16-le"))
    end = _record(0x000A, b"")
    return compound("Workbook", globals_ + bound + end + _begin(0x10) + cells + end)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))
