"""Three looks at customers that only joined data allow: a growing line, a need by industry, one customer's two numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from custlib.analysis.channels import wilson
from custlib.analysis.portrait import need
from custlib.content import Finding

APART = 0.05  # from five percentage points on, one share has grown more than another
LEAST = 20  # customers of an industry, below which nothing is said about it


def line_share(
    lines: pd.DataFrame, customers: pd.DataFrame, *, category: str = "green", industry: str = "retail"
) -> pd.DataFrame:
    """The share of one line of products in sales, by quarter: inside one industry and in all others.

    lines(customer_id, date, category, net_amount, discount, type), customers(customer_id, industry) → quarter |
    inside, outside (shares of net sales, returns left out), price (mean discount of the line's order lines inside;
    missing without sales). Raises MissingColumns.
    """
    need(lines, "trends.line_share", "customer_id", "date", "category", "net_amount", "discount", "type")
    need(customers, "trends.line_share", "customer_id", "industry")
    sales = lines[lines["type"] == "sale"]
    quarter = pd.to_datetime(sales["date"]).dt.to_period("Q").astype(str).rename("quarter")
    here = sales["customer_id"].map(customers.set_index("customer_id")["industry"]) == industry
    ours = sales["category"] == category
    amount = sales["net_amount"]
    table = pd.DataFrame(
        {
            name: amount.where(ours, 0.0)[where].groupby(quarter[where]).sum()
            / amount[where].groupby(quarter[where]).sum()
            for name, where in (("inside", here), ("outside", ~here))
        }
    )
    both = here & ours
    table["price"] = sales["discount"][both].groupby(quarter[both]).mean()
    return table.rename_axis("quarter").sort_index()


def line_finding(table: pd.DataFrame) -> Finding:
    """Say where the line has grown more, first against last quarter: `effect.line.ahead` (inside gained at least five
    points more than outside), `.behind`, `.level`, `.few` below two quarters. Values inside0, inside1, outside0,
    outside1 (shares), price0, price1 (mean discount in the first and the second half of the quarters), quarters."""
    known = table.dropna(subset=["inside", "outside"])
    if len(known) < 2:
        return Finding("effect.line.few", {"quarters": len(known)})
    first, last = known.iloc[0], known.iloc[-1]
    gap = (last["inside"] - first["inside"]) - (last["outside"] - first["outside"])
    values = {f"{name}{at}": float(row[name]) for at, row in enumerate((first, last)) for name in ("inside", "outside")}
    halves = known["price"].iloc[: len(known) // 2], known["price"].iloc[len(known) // 2 :]
    values |= {f"price{at}": float(half.mean()) if half.notna().any() else 0.0 for at, half in enumerate(halves)}
    code = "ahead" if gap >= APART else "behind" if gap <= -APART else "level"
    return Finding(f"effect.line.{code}", {**values, "quarters": len(known)})


def need_by_industry(customers: pd.DataFrame, wanted: str = "security") -> pd.DataFrame:
    """How many customers of each industry voice one need first: a crosstab of need and industry.

    customers(industry, stated_need: code, empty if unknown) → industry | n, share, low, high (95 %, Wilson, allowing
    for as many looks as industries), ahead (the whole interval above the share of all others), largest share first.
    Industries with fewer than LEAST answers are left out. Raises MissingColumns.
    """
    need(customers, "trends.need_by_industry", "industry", "stated_need")
    known = customers[customers["stated_need"].fillna("") != ""]
    told = known["stated_need"] == wanted
    each = told.groupby(known["industry"])
    table = pd.DataFrame({"n": each.size(), "yes": each.sum()})
    table = table[table["n"] >= LEAST]
    table["share"] = table["yes"] / table["n"]
    edges = [wilson(yes, n, looks=max(len(table), 1)) for n, yes in table[["n", "yes"]].to_numpy(dtype=float)]
    table[["low", "high"]] = pd.DataFrame(edges, index=table.index, columns=["low", "high"], dtype=float)
    # Against the middle industry, not the mean of all: two industries far ahead would lift the mean above the others.
    table["ahead"] = table["low"] > table["share"].median()
    return table.drop(columns="yes").sort_values("share", ascending=False, kind="stable")


def need_finding(table: pd.DataFrame, wanted: str = "security") -> Finding:
    """Say which industries voice a need clearly more often than the middle one: `effect.need.some` with ahead (codes),
    share and rest (shares, all customers of each side), or `.none`."""
    ahead = table[table["ahead"]]
    if ahead.empty or len(ahead) == len(table):
        return Finding("effect.need.none", {"wanted": wanted, "industries": len(table)})
    sides = [float(np.average(part["share"], weights=part["n"])) for part in (ahead, table[~table["ahead"]])]
    names = list(ahead.index)
    return Finding("effect.need.some", {"wanted": wanted, "ahead": names, "share": sides[0], "rest": sides[1]})


def joined(lines: pd.DataFrame) -> pd.DataFrame:
    """Customers who buy under more than one number: purchases seen under the first number, and with all joined.

    lines(order_id, customer_id, account_id, type) → customer_id | accounts, apart (orders under the number of their
    own), whole (all their orders); only customers with more than one number. Raises MissingColumns.
    """
    need(lines, "trends.joined", "order_id", "customer_id", "account_id", "type")
    sales = lines[lines["type"] == "sale"].drop_duplicates("order_id")
    each = sales.groupby("customer_id")
    own = sales["account_id"] == sales["customer_id"]
    table = pd.DataFrame({"accounts": each["account_id"].nunique(), "whole": each.size()})
    table.insert(1, "apart", own.groupby(sales["customer_id"]).sum())
    return table[table["accounts"] > 1]


def joined_finding(table: pd.DataFrame) -> Finding:
    """Say what joining shows: `effect.joined.some` with n (customers), apart and whole (mean orders), or `.none`."""
    if table.empty:
        return Finding("effect.joined.none")
    means = {name: float(table[name].mean()) for name in ("apart", "whole")}
    return Finding("effect.joined.some", {"n": len(table), **means})
