"""Distinct ids and each row's position among them, as fast as the column's kind allows."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

WORD = 8  # bytes compared at once
LONGEST = 3 * WORD  # beyond this, words cost more than they bring
MANY = 100_000  # rows from which the fast way is worth its first steps
SPREAD = np.uint64(0x9E3779B97F4A7C15)
NEWLINE = 10


@dataclass(frozen=True, eq=False)
class Texts:
    """Texts in one run of bytes: where each begins, how long it is, and which are no text at all."""

    bytes: np.ndarray
    start: np.ndarray
    length: np.ndarray
    gap: np.ndarray


def factorise(column: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Positions of each row's value among the distinct values, -1 where there is none.

    As pandas.factorize. Many short texts are compared as whole numbers, eight bytes at a time, which takes less
    than half as long; their values come sorted.
    """
    if isinstance(column.dtype, pd.StringDtype) and str(column.dtype) == "str" and len(column) > MANY:
        found = _arrow(column) if column.dtype.storage == "pyarrow" else _python(column)
        if found is not None:
            return found
    try:
        codes, values = pd.factorize(column)
    except TypeError:
        codes, values = pd.factorize(column.map(str, na_action="ignore"))
    return codes, pd.Index(np.asarray(values) if isinstance(values.dtype, pd.CategoricalDtype) else values)


def _arrow(column: pd.Series) -> tuple[np.ndarray, pd.Index] | None:
    """Factorise by the bytes in Arrow memory; None where the texts are long."""
    arrow: Any = column.array.__arrow_array__()
    arrow = arrow.combine_chunks() if hasattr(arrow, "combine_chunks") else arrow
    if str(arrow.type) != "large_string" or arrow.offset or not arrow.buffers()[2]:
        return None
    offsets = np.frombuffer(arrow.buffers()[1], dtype=np.int64)[: len(column) + 1]
    gap = np.asarray(column.isna())
    length = np.where(gap, 0, np.diff(offsets))
    texts = Texts(np.frombuffer(arrow.buffers()[2], dtype=np.uint8)[: offsets[-1]], offsets[:-1], length, gap)
    return _values(column.array, _by_words(texts))


def _python(column: pd.Series) -> tuple[np.ndarray, pd.Index] | None:
    """Factorise Python strings; None where they are long, or cannot be laid one behind the other.

    Tables repeat the same object for the same text, mostly: then the objects' addresses are told apart first,
    and only one text for each address is looked at.
    """
    objects = np.ascontiguousarray(column.to_numpy(dtype=object))
    width = ctypes.sizeof(ctypes.c_void_p)
    # NumPy does not show the addresses an array of objects consists of; they are read, never followed.
    memory: Any = (ctypes.c_char * (width * len(objects))).from_address(objects.ctypes.data)
    address = np.frombuffer(memory, dtype=np.intp)
    sample = slice(0, MANY)
    if len(pd.unique(address[sample])) > 1.05 * len(pd.unique(column.iloc[sample])):
        texts = _lay_out(objects)
        return None if texts is None else _values(column.array, _by_words(texts))
    same, addresses = pd.factorize(address)
    first = _first(same, len(addresses))
    texts = _lay_out(objects[first])
    found = None if texts is None else _values(column.array.take(first), _by_words(texts))
    return None if found is None else (found[0][same], found[1])


def _lay_out(objects: np.ndarray) -> Texts | None:
    """Texts one behind the other; None where one holds a line break or half a character."""
    gap = np.zeros(len(objects), dtype=bool)
    try:
        try:
            joined = "\n".join(objects.tolist()).encode()
        except TypeError:  # what is not there is not a text
            gap = np.asarray(pd.isna(objects))
            joined = "\n".join(np.where(gap, "", objects).tolist()).encode()
    except UnicodeEncodeError:
        return None
    text = np.frombuffer(joined, dtype=np.uint8)
    ends = np.append(np.flatnonzero(text == NEWLINE), len(text))
    if len(ends) != len(objects):
        return None
    start = np.append(0, ends[:-1] + 1)
    return Texts(text, start, ends - start, gap)


def _values(array: Any, found: tuple[np.ndarray, np.ndarray, int] | None) -> tuple[np.ndarray, pd.Index] | None:
    """Positions and values, from positions, the first row of each, and which position is none."""
    if found is None:
        return None
    codes, first, gap = found
    if gap >= 0:
        codes = np.where(codes == gap, -1, codes - (codes > gap))
        first = np.delete(first, gap)
    return codes, pd.Index(array.take(first))


def _by_words(texts: Texts) -> tuple[np.ndarray, np.ndarray, int] | None:
    """Each text's position among the distinct ones in their order, the first row of each, and the position of gaps.

    That position is -1 where there are none; the whole is None where the texts are long.
    """
    start, length = texts.start, texts.length
    longest, shortest = int(length.max()), int(length.min())
    if longest > LONGEST:
        return None
    text = np.zeros(len(texts.bytes) + 4 * WORD, dtype=np.uint8)
    text[: len(texts.bytes)] = texts.bytes
    words = np.ndarray(len(text) - WORD, dtype="<u8", buffer=text, strides=(1,))
    keep = np.array([(1 << (8 * size)) - 1 for size in range(WORD + 1)], dtype=np.uint64)
    even = shortest == longest and not texts.gap.any()
    codes = np.where(texts.gap, np.int64(longest + 1), length)
    starts = range(0, max(longest, 1), WORD)

    def word_at(begin: int, rows: Any) -> np.ndarray:
        word: np.ndarray = words[start[rows] + begin]
        return word if begin + WORD <= shortest else word & keep[np.clip(length[rows] - begin, 0, WORD)]

    for begin in starts:
        word = word_at(begin, slice(None)) * SPREAD
        word ^= word >> np.uint64(29)  # both can be undone: other words stay other words, but fill a hash table evenly
        part, parts = pd.factorize(word)
        codes = part if even and not begin else pd.factorize(codes * len(parts) + part)[0]
    first = _first(codes, int(codes.max()) + 1)
    # the bytes of a text, read as one big-endian number, sort as the text does
    order = np.lexsort([length[first], *(word_at(begin, first).byteswap() for begin in reversed(starts))])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    gap = int(place[codes[np.argmax(texts.gap)]]) if texts.gap.any() else -1
    return place[codes], first[order], gap


def _first(codes: np.ndarray, size: int) -> np.ndarray:
    """The first row of each code."""
    first = np.empty(size, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first
