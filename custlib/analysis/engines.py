"""Purchase rows that live in Polars, Arrow or DuckDB: summed there, so that one row per customer comes back.

The rules are those of frames.purchases and summarise.by_customer, written as narwhals expressions. Only typed
columns are taken: text is cast in the engine, by whoever knows what it means.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.summarise import Customers, in_order
from custlib.content import Finding
from custlib.errors import BadSetting, MissingColumns, NothingLeft

TABLES = "a pandas, Polars or PyArrow table, or a DuckDB relation"
REASONS = ("data.no_customer", "data.no_date", "data.no_amount", "data.infinite_amount", "data.after_as_of")
NOTES = ("data.time_zone", "data.trimmed_ids", "data.zero_amounts", "data.returns")


def by_customer(
    orders: Any,
    *,
    where: str,
    opening: bool = False,
    customer_id: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    order_id: str | None = None,
    as_of: object = None,
) -> Customers:
    """Sum up purchase rows by customer in the engine that holds them.

    orders(customer_id, date, amount[, order_id]) → Customers. Takes a Polars DataFrame or LazyFrame, a PyArrow
    table or a DuckDB relation. Raises MissingColumns, NothingLeft, and BadSetting for anything else or for
    columns that are no dates and numbers.
    """
    names = {"customer_id": customer_id, "date": date, "amount": amount, "order_id": order_id}
    table, zoned, text = _typed(orders, where, {role: name for role, name in names.items() if name is not None})
    last = frames.last_day(as_of)
    table = _with_reason(table, last, text)
    total, as_of_day, issues = _counts(table, zoned)
    good = table.filter(nw.col("reason") == -1)
    if as_of_day is None:
        raise NothingLeft(where=where, total=total, reasons=issues)

    through = frames.as_day(as_of_day if as_of is None else last)
    found = _summed(good, order_id is not None, opening)
    bought = found["purchases"] > 0
    if not bought.any():
        raise NothingLeft(where=where, total=total, reasons=issues)
    notes = {"data.merged": int((found["lines"] - found["purchases"]).sum()), "data.only_returns": int((~bought).sum())}
    issues += tuple(Finding(code, {"count": count}) for code, count in notes.items() if count)
    kept = {name: values[bought] for name, values in found.items()}
    return in_order(
        Customers(
            ids=pd.Index(kept["customer"]),
            purchases=kept["purchases"].astype(np.int64),
            first=kept["first"].astype(np.int64),
            last=kept["last"].astype(np.int64),
            net=kept["net"].astype(np.float64),
            gross=kept["gross"].astype(np.float64),
            opening=kept["opening"].astype(np.float64) if opening else None,
            as_of=through,
            issues=issues,
        )
    )


def _typed(orders: Any, where: str, names: dict[str, str]) -> tuple[Any, bool, bool]:
    """The columns asked for under short names; whether dates carry a zone and ids are text."""
    try:
        table: Any = nw.from_native(orders)
    except TypeError:
        raise BadSetting(name="orders", value=type(orders).__name__, allowed=TABLES) from None
    schema = table.collect_schema()
    if missing := [name for name in names.values() if name not in schema]:
        raise MissingColumns(where=where, missing=missing, found=schema.names())
    day, money = schema[names["date"]], schema[names["amount"]]
    if not (day == nw.Date or day == nw.Datetime):
        raise BadSetting(name=names["date"], value=day, allowed="a column of dates; cast it before it is summed up")
    if not money.is_numeric():
        raise BadSetting(
            name=names["amount"], value=money, allowed="a column of numbers; cast it before it is summed up"
        )
    when = nw.col(names["date"])
    zoned = day == nw.Datetime and getattr(day, "time_zone", None) is not None
    if zoned:
        when = when.dt.replace_time_zone(None)
    columns = [nw.col(names["customer_id"]).alias("customer"), when.cast(nw.Date).alias("date")]
    columns += [nw.col(names["amount"]).cast(nw.Float64).alias("amount")]
    if "order_id" in names:
        columns += [nw.col(names["order_id"]).alias("order")]
    return table.select(*columns), zoned, schema[names["customer_id"]] == nw.String


def _with_reason(table: Any, last: int, text: bool) -> Any:
    """Add why a row is set aside, as a position in REASONS, -1 for a row that counts."""
    customer, day, amount = nw.col("customer"), nw.col("date"), nw.col("amount")
    table = table.with_columns(trimmed=nw.lit(0))
    if text:
        clean = customer.str.strip_chars()
        table = table.with_columns(trimmed=((customer != clean) & (clean != "")).cast(nw.Int64), customer=clean)
    nobody = customer.is_null() | (customer == "") if text else customer.is_null()
    late = day > nw.lit(frames.as_day(min(last, frames.day_number(pd.Timestamp.max))).date())
    reason = nw.when(late).then(nw.lit(4)).otherwise(nw.lit(-1))
    tests = [amount.is_finite() == nw.lit(False), amount.is_null() | amount.is_nan(), day.is_null(), nobody]
    for number, test in zip((3, 2, 1, 0), tests, strict=True):
        reason = nw.when(test).then(nw.lit(number)).otherwise(reason)
    return table.with_columns(reason=reason)


def _counts(table: Any, zoned: bool) -> tuple[int, int | None, tuple[Finding, ...]]:
    """Rows read, the last day that counts, and what was noticed."""
    amount = nw.col("amount")
    each = _collected(
        table.with_columns(zero=(amount == 0).cast(nw.Int64), back=(amount < 0).cast(nw.Int64))
        .group_by("reason")
        .agg(
            nw.len().alias("rows"),
            nw.col("date").max().alias("last"),
            nw.col("trimmed").sum(),
            nw.col("zero").sum(),
            nw.col("back").sum(),
        )
    )
    rows = {int(reason): int(count) for reason, count in zip(each["reason"], each["rows"], strict=True)}
    issues = [Finding(code, {"count": rows[number]}) for number, code in enumerate(REASONS) if number in rows]
    total = sum(rows.values())
    if -1 not in rows:
        return total, None, tuple(issues)
    used = int(np.flatnonzero(each["reason"] == -1)[0])
    counts = [rows[-1] if zoned else 0, *(int(each[name][used]) for name in ("trimmed", "zero", "back"))]
    issues += [Finding(code, {"count": count}) for code, count in zip(NOTES, counts, strict=True) if count]
    return total, int(each["last"][used]), tuple(issues)


def _summed(good: Any, named: bool, opening: bool) -> dict[str, np.ndarray]:
    """Purchases, days and money by customer: first by purchase, then by customer."""
    bought = nw.col("amount") >= 0
    rows = good.with_columns(
        gross=nw.when(bought).then(nw.col("amount")),
        day=nw.when(bought).then(nw.col("date")),
        bought=bought.cast(nw.Int64),
    )
    purchase = ["customer", "date"]
    if named:
        rows = rows.with_columns(date=nw.when(nw.col("order").is_null()).then(nw.col("date")))
        purchase = ["customer", "order", "date"]
    single = rows.group_by(*purchase).agg(
        nw.col("day").min(), nw.col("gross").sum(), nw.col("amount").sum(), nw.col("bought").sum()
    )
    single = single.with_columns(purchase=(nw.col("bought") > 0).cast(nw.Int64))
    each = single.group_by("customer").agg(
        nw.col("purchase").sum().alias("purchases"),
        nw.col("day").min().alias("first"),
        nw.col("day").max().alias("last"),
        nw.col("amount").sum().alias("net"),
        nw.col("gross").sum(),
        nw.col("bought").sum().alias("lines"),
    )
    if opening:
        start = each.select("customer", "first")
        begun = single.join(start, on="customer", how="inner").filter(nw.col("day") == nw.col("first"))
        value = begun.group_by("customer").agg(nw.col("gross").mean().alias("opening"))
        each = each.join(value, on="customer", how="left")
    return _collected(each)


def _collected(table: Any) -> dict[str, np.ndarray]:
    """Bring a small result into NumPy; days become numbers."""
    if isinstance(table, nw.LazyFrame):
        table = table.collect(None if table.implementation.is_polars() else "pandas")
    columns: dict[str, np.ndarray] = {}
    for name in table.columns:
        values = table[name].to_numpy()
        days = name in ("first", "last") and len(values)
        columns[name] = np.asarray(values, dtype="datetime64[D]").astype(np.int64) if days else np.asarray(values)
    return columns
