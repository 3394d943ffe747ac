"""An export as it comes from the systems: half a year of lines with nine kinds of faults, each counted in the key."""

from __future__ import annotations

import numpy as np
import pandas as pd

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.firms import customers
from custlib.analysis.simulate.sales import Sales, transactions

# How many rows (of split_names: customers) at least, and up to how many more.
COUNTS = {
    "duplicate": (60, 30),
    "split_name": (24, 12),
    "unmarked_return": (30, 15),
    "future_date": (15, 10),
    "unit": (40, 20),
    "no_industry": (80, 40),
    "currency": (30, 15),
    "stale_owner": (60, 40),
    "orphan_return": (12, 8),
}
FROM, OLDER = "2025-01-01", "2024-07-01"  # the export begins, and where a mistyped year comes from
LEFT = ("S91", "S92", "S93")  # salespeople who have left
SPELLINGS = ("{}有限公司", "{} ", "{}（集团）"), ("{} Co., Ltd.", "{upper}", "{}  Ltd")


def transactions_raw(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The export and its key (row, fault): each row has at most one fault.

    Mended, the list adds up to the half-year's own lines and their returns: what a repair sets aside (a second copy, a
    line of 2024 under a mistyped year, the return of an older order) never belonged to them.

    Columns: row, order_id, line, customer_id, name_zh, name_en, industry, owner, date, qty, unit_price (yuan a piece,
    list), amount (as booked: a few in 万元 or dollars), currency, type, ref_order.
    """
    rng = sales.book.rng("faults")
    counts = {code: low + int(rng.integers(0, more)) for code, (low, more) in COUNTS.items()}
    firms, _ = customers(sales)
    table = _exported(rng, transactions(sales), counts)
    table = table.merge(firms[["customer_id", "name_zh", "name_en", "industry", "owner"]], on="customer_id")
    table = table.rename(columns={"list_price": "unit_price", "net_amount": "amount"}).assign(currency="CNY")
    columns = "order_id line customer_id name_zh name_en industry owner date qty unit_price amount currency type ref_order fault"
    table = table[columns.split()].copy()
    sale = (table["type"] == "sale").to_numpy()
    free = (table["fault"] == "").to_numpy()
    lone = ~table["order_id"].isin(table["ref_order"]).to_numpy() & free  # no return refers to them
    large = (table["amount"] > 500).to_numpy()
    splits = _split(rng, table, sale & lone, counts.pop("split_name"))
    free = (table["fault"] == "").to_numpy() & ~table["customer_id"].isin(splits).to_numpy()
    drawn = {}
    for code, count in counts.items():
        able = ~sale if code == "unmarked_return" else sale & lone & large
        rows = rng.permutation(np.flatnonzero(able & free))[:count]
        free[rows] = False
        drawn[code] = rows
        table.loc[table.index[rows], "fault"] = code
    _spoil(rng, table, drawn)
    copies = table[table["fault"] == "duplicate"]
    table.loc[copies.index, "fault"] = ""
    table = pd.concat([table, copies]).sort_values(["date", "order_id", "line"], kind="stable", ignore_index=True)
    table.insert(0, "row", np.arange(1, len(table) + 1))
    key = table.loc[table["fault"] != "", ["row", "fault"]].reset_index(drop=True)
    return table.drop(columns="fault"), key


def half_year(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of the half-year and the returns of these orders: what the export should have held."""
    lines = lines[lines["date"] >= FROM]
    return lines[(lines["ref_order"] == "") | lines["ref_order"].isin(lines["order_id"])]


def _exported(rng: np.random.Generator, lines: pd.DataFrame, counts: dict[str, int]) -> pd.DataFrame:
    """The half-year, and what an export from a date on takes along: a year mistyped, returns of older orders."""
    half = half_year(lines)
    # Of customers who buy in the half-year: setting such a row aside takes nobody off the list.
    known = lines[lines["customer_id"].isin(half["customer_id"])]
    back = known[(known["date"] >= FROM) & ~known.index.isin(half.index)]
    typed = known[known["date"].between(OLDER, FROM, inclusive="left") & (known["net_amount"] > 500)]
    typed = typed[(typed["type"] == "sale") & ~typed["order_id"].isin(lines["ref_order"])]
    back = back.iloc[np.sort(rng.permutation(len(back))[: counts.pop("orphan_return")])]
    typed = typed.iloc[np.sort(rng.permutation(len(typed))[: counts.pop("future_date")])]
    typed = typed.assign(date=typed["date"].str.replace("2024", "2042"))
    parts = {"": half, "orphan_return": back, "future_date": typed}
    return pd.concat([part.assign(fault=code) for code, part in parts.items()])


def _split(rng: np.random.Generator, table: pd.DataFrame, able: np.ndarray, count: int) -> list[str]:
    """Book the later orders of some customers under another number and another spelling of the name."""
    orders = table[able].groupby("customer_id")["order_id"].nunique()
    firms: list[str] = rng.permutation(orders.index[orders >= 2].to_numpy())[:count].tolist()
    for at, firm in enumerate(firms):
        own = table.index[(table["customer_id"] == firm) & able]
        later = own[table.loc[own, "order_id"] > table.loc[own, "order_id"].min()]
        for column, form in zip(("name_zh", "name_en"), SPELLINGS, strict=True):
            name = str(table.loc[own[0], column])
            table.loc[later, column] = form[at % 3].format(name, upper=name.upper())
        table.loc[later, "customer_id"] = f"N{at + 1:03d}"
        table.loc[later, "fault"] = "split_name"
    return firms


def _spoil(rng: np.random.Generator, table: pd.DataFrame, drawn: dict[str, np.ndarray]) -> None:
    rows = {code: table.index[places] for code, places in drawn.items()}
    # Returns booked as sales: the quantity still says what they are, the amount does not.
    table.loc[rows["unmarked_return"], "amount"] = table.loc[rows["unmarked_return"], "amount"].abs()
    table.loc[rows["unmarked_return"], ["type", "ref_order"]] = ["sale", ""]
    table.loc[rows["unit"], "amount"] = np.round(table.loc[rows["unit"], "amount"] / 10_000, 4)
    table.loc[rows["no_industry"], "industry"] = ""
    table.loc[rows["currency"], "amount"] = np.round(table.loc[rows["currency"], "amount"] / plan.USD, 2)
    table.loc[rows["currency"], "currency"] = "USD"
    owners = np.array(LEFT, dtype=object)
    table.loc[rows["stale_owner"], "owner"] = owners[rng.integers(0, len(LEFT), len(rows["stale_owner"]))]
