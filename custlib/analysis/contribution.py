"""What each customer brought in a window of months, and what serving them cost: the facts the other classes rest on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis import clv
from custlib.analysis.classification import need
from custlib.analysis.summarise import summarise
from custlib.content import Finding
from custlib.errors import BadSetting


def cost_to_serve(contacts: pd.DataFrame, *, since: object, as_of: object) -> pd.Series:
    """Add up what contacts cost in a window, both days included.

    contacts(customer_id, date, cost) → money per customer_id. Raises MissingColumns, BadSetting.
    """
    need(contacts, "contribution.cost_to_serve", ["customer_id", "date", "cost"])
    day = frames.read_days(contacts["date"])[0]
    inside = (day >= frames.last_day(since)) & (day <= frames.last_day(as_of))
    cost = pd.Series(frames.read_amounts(contacts["cost"])[0], index=contacts.index)[inside].fillna(0.0)
    return cost.groupby(contacts["customer_id"][inside]).sum().rename("cost_to_serve")


def last_months(
    lines: pd.DataFrame,
    contacts: pd.DataFrame | None = None,
    *,
    as_of: object = None,
    months: int = 12,
    margin: float | None = None,
) -> pd.DataFrame:
    """Sum up each customer's last months: what was sold, what it cost, what is left.

    lines(customer_id, date, amount or net_amount[, cogs, qty, list_price]), contacts(customer_id, date, cost) →
    customer_id | revenue, cost_of_goods, cost_to_serve, contribution (money), and volume (pieces), price_kept (net
    over list price) where the columns are there. Everybody in the lines up to the day has a row, with 0 where the
    window holds nothing; contacts of others are left out. Without `cogs` the cost of goods is what `margin` leaves of
    revenue; with neither, it is not deducted and contribution is revenue. The window stands in `attrs["window"]`.
    Raises what clv.historic_value raises; BadSetting.
    """
    if not isinstance(months, int) or months < 1:
        raise BadSetting(name="months", value=months, allowed="a whole number from 1")
    where, amount = "contribution.last_months", "net_amount" if "net_amount" in lines.columns else "amount"
    read = frames.purchases(lines, where=where, amount=amount, as_of=as_of)
    since = read.as_of - pd.DateOffset(months=months) + pd.Timedelta(days=1)
    served = None if contacts is None else cost_to_serve(contacts, since=since, as_of=read.as_of)
    cost = "cogs" if "cogs" in lines.columns else None
    found = clv.historic_value(
        lines, amount=amount, cost=cost, margin=None if cost else margin, since=since, as_of=read.as_of
    )
    table = found.reindex(read.ids.rename("customer_id")).fillna(0.0).drop(columns="value")
    if served is not None:
        table["cost_to_serve"] = served.reindex(table.index).fillna(0.0)
    # Sums of fen in binary: what cancels out is nothing.
    table = table.round(2)
    table["contribution"] = (table["revenue"] - table["cost_of_goods"] - table["cost_to_serve"]).round(2)
    inside = read.day >= frames.day_number(since)
    size = len(read.ids)
    if "qty" in lines.columns:
        pieces = frames.read_amounts(lines["qty"])[0][read.rows]
        table["volume"] = np.bincount(read.customer[inside], np.nan_to_num(pieces[inside]), size)
        if "list_price" in lines.columns:
            listed = np.nan_to_num(pieces * frames.read_amounts(lines["list_price"])[0][read.rows])
            whole = np.bincount(read.customer[inside], listed[inside], size)
            table["price_kept"] = np.where(whole > 0, table["revenue"] / np.where(whole > 0, whole, 1), np.nan)
    table = table.sort_index()
    table.attrs.update(window=(since, read.as_of), as_of=read.as_of)
    return table


def dear_finding(facts: pd.DataFrame, *, top: float = 0.2) -> Finding:
    """State how many of the largest customers by revenue cost more than they bring: `matrix.dear.some` or `.none`.

    facts(revenue, cost_of_goods, cost_to_serve, contribution); the largest are the share `top` of those with revenue.
    """
    buyers = facts[facts["revenue"] > 0].sort_values("revenue", ascending=False, kind="stable")
    large = buyers.head(max(1, round(top * len(buyers))))
    lost = large[large["contribution"] < 0]
    values = {"n": len(lost), "large": len(large), "lost": -float(lost["contribution"].sum()), "top": top}
    return Finding(f"matrix.dear.{'some' if len(lost) else 'none'}", values)


def dear(facts: pd.DataFrame, *, top: float = 0.2) -> pd.DataFrame:
    """List those customers, largest first: the columns of facts, fewer rows."""
    buyers = facts[facts["revenue"] > 0].sort_values("revenue", ascending=False, kind="stable")
    large = buyers.head(max(1, round(top * len(buyers))))
    return large[large["contribution"] < 0]


def break_even_cost(margin: float, retention: float, discount: float, *, years: int | None = None) -> float:
    """The most that winning a customer may cost, so that the discounted margins bring it back.

    Margin in money per year, first at the end of year one and only if the customer stays; retention and discount per
    year; `years` is how far one looks, None without end. Raises BadSetting.

    >>> round(break_even_cost(100, 0.8, 0.1), 2)
    266.67
    """
    return clv.retention_value(margin, retention, discount, periods=years)


def purchases_before(orders: pd.DataFrame, *, as_of: object = None) -> pd.Series:
    """Number of purchases per customer up to a day: an order counts once, without order numbers a day does.

    orders(customer_id, date, amount[, order_id]) → whole numbers per customer_id. Raises what frames.purchases raises.
    """
    names: dict[str, str | None] = {name: name for name in ("customer_id", "date", "amount")}
    names["order_id"] = "order_id" if "order_id" in orders.columns else None
    found = summarise(orders, names=names, where="contribution.purchases_before", as_of=as_of)
    return pd.Series(found.purchases, index=found.ids.rename("customer_id"), name="orders")
