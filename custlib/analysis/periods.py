"""Time units, and the table of histories that the models read.

`x` is the number of repeat purchases, `t_x` the age at the last one and `T` the age at the end of observation,
both counted from the first purchase. `t_x` is not RFM's recency.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from custlib import frames
from custlib.errors import BadColumn, BadSetting, MissingColumns, NothingLeft

Unit = Literal["day", "week", "month", "year"]
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}  # a month has 30.4375 days


def check_unit(unit: str) -> None:
    """Raise BadSetting for what is no time unit."""
    if unit not in get_args(Unit):
        raise BadSetting(name="unit", value=unit, allowed=", ".join(get_args(Unit)))


def unit_of(cbs: pd.DataFrame, unit: Unit | None = None) -> Unit:
    """The time unit that a table of histories carries, `unit` or else weeks where it carries none."""
    found: Unit = getattr(cbs, "attrs", {}).get("unit", unit or "week")
    check_unit(found)
    return found


def read_history(cbs: pd.DataFrame, where: str, unit: Unit) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read and check x, t_x and T.

    cbs(x, t_x, T) → three arrays. Raises MissingColumns; BadColumn for values that no history has (x below 0 or
    not whole, t_x outside 0..T, t_x above 0 without a repeat purchase); BadSetting for another time unit than the
    model's; NothingLeft for an empty table.
    """
    if not isinstance(cbs, pd.DataFrame):
        raise BadSetting(name="cbs", value=type(cbs).__name__, allowed="a table with the columns x, t_x, T")
    if missing := [name for name in ("x", "t_x", "T") if name not in cbs.columns]:
        raise MissingColumns(where=where, missing=missing, found=cbs.columns)
    if not len(cbs):
        raise NothingLeft(where=where, total=0, reasons=())
    if cbs.attrs.get("unit", unit) != unit:
        raise BadSetting(name="unit", value=cbs.attrs["unit"], allowed=unit)
    x, t_x, age = (read_numbers(cbs, name, where, least=0.0) for name in ("x", "t_x", "T"))
    _refuse(cbs, "x", x != np.floor(x), where)
    _refuse(cbs, "t_x", (t_x > age) | ((x == 0) & (t_x > 0)), where)
    return x, t_x, age


def read_numbers(table: pd.DataFrame, name: str, where: str, *, least: float) -> np.ndarray:
    """A column of finite numbers from `least` up. Raises MissingColumns, BadColumn."""
    if name not in table.columns:
        raise MissingColumns(where=where, missing=[name], found=table.columns)
    column = table[name]
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        values = column.to_numpy(dtype=np.float64)
    else:
        values, _, _ = frames.read_amounts(column)
    _refuse(table, name, ~(np.isfinite(values) & (values >= least)), where)
    return values


def _refuse(table: pd.DataFrame, name: str, bad: np.ndarray, where: str) -> None:
    if count := int(np.count_nonzero(bad)):
        example = table[name].iloc[int(np.argmax(bad))]
        raise BadColumn(where=where, column=name, kind="history", count=count, total=len(table), example=example)


def distinct(*columns: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """The distinct combinations of several columns, and which one each row has."""
    key, coded = _keys(columns)
    codes, kept = pd.factorize(key)
    return codes, tuple(values[part] for values, part in zip(coded, _split(kept, coded), strict=True))


def collapse(*columns: np.ndarray, weight: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Each column's distinct values; for each distinct combination their positions; and its summed weight."""
    key, coded = _keys(columns)
    size = int(np.prod([len(values) for values in coded], dtype=np.float64))
    if size <= 16 * len(key):
        kept = np.flatnonzero(np.bincount(key, minlength=size))
        total = np.bincount(key, weights=weight, minlength=size)[kept]
    else:
        codes, kept = pd.factorize(key)
        total = np.bincount(codes, weights=weight)
    return coded, _split(kept, coded), total


def _keys(columns: tuple[np.ndarray, ...]) -> tuple[np.ndarray, list[np.ndarray]]:
    """One whole number per row for its combination of values, and each column's distinct values."""
    key, coded = np.zeros(len(columns[0]), dtype=np.int64), []
    for column in columns:
        codes, values = pd.factorize(column)
        key *= len(values)
        key += codes
        coded.append(np.asarray(values))
    return key, coded


def _split(key: np.ndarray, coded: list[np.ndarray]) -> list[np.ndarray]:
    parts = []
    for values in reversed(coded):
        parts.append(key % len(values))
        key = key // len(values)
    return parts[::-1]
