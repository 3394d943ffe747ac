"""What customers were worth so far, and how sure one could be of a customer on each day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.bgnbd import BgNbd
from custlib.analysis.periods import DAYS
from custlib.content import Finding
from custlib.errors import BadSetting, MissingColumns, NothingLeft


def historic_value(
    orders: pd.DataFrame,
    *,
    since: object = None,
    as_of: object = None,
    cost: str | None = None,
    margin: float | None = None,
    cost_to_serve: pd.Series | None = None,
    customer_id: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
) -> pd.DataFrame:
    """Add up what each customer has brought: net revenue less cost of goods less cost to serve.

    orders(customer_id, date, amount[, cost]) → customer_id | revenue, cost_of_goods, cost_to_serve, value, money.
    The window runs from `since` (by default the first day in the data) to `as_of`, both included; it stands in
    `attrs["window"]`. Returns are negative revenue; customers with returns only are kept. The cost of goods is the
    column `cost`, or what `margin` leaves of revenue, or not deducted; rows without a cost are set aside and
    counted. `cost_to_serve` is money per customer id, 0 where it names none. Raises what frames.purchases raises,
    and BadSetting for both cost and margin.

    >>> orders = pd.DataFrame({"customer_id": ["A", "A"], "date": "2025-06-01", "amount": [100, -20]})
    >>> historic_value(orders, margin=0.25)["value"].tolist()
    [20.0]
    """
    if cost is not None and margin is not None:
        raise BadSetting(name="margin", value=margin, allowed="either cost or margin, not both")
    read = frames.purchases(
        orders, where="clv.historic_value", customer_id=customer_id, date=date, amount=amount, as_of=as_of
    )
    start = int(read.day.min()) if since is None else frames.last_day(since)
    customer, money, issues = read.customer, read.amount, list(read.issues)
    inside = read.day >= start
    spent = money * (0.0 if margin is None else 1 - margin)
    if cost is not None:
        if cost not in orders.columns:
            raise MissingColumns(where="clv.historic_value", missing=[cost], found=orders.columns)
        spent = frames.read_amounts(orders[cost])[0][read.rows]
        unknown = inside & ~np.isfinite(spent)
        if count := int(np.count_nonzero(unknown)):
            issues.append(Finding("data.no_cost", {"count": count}))
        inside &= ~unknown
    if not inside.any():
        raise NothingLeft(where="clv.historic_value", total=read.total, reasons=tuple(issues))
    size = len(read.ids)
    here = np.flatnonzero(np.bincount(customer[inside], minlength=size))
    table = pd.DataFrame(index=read.ids[here].rename("customer_id"))
    table["revenue"] = np.bincount(customer[inside], weights=money[inside], minlength=size)[here]
    table["cost_of_goods"] = np.bincount(customer[inside], weights=spent[inside], minlength=size)[here]
    served = pd.Series(0.0, index=table.index) if cost_to_serve is None else cost_to_serve.reindex(table.index)
    table["cost_to_serve"] = frames.read_amounts(served.fillna(0.0))[0]
    table["value"] = table["revenue"] - table["cost_of_goods"] - table["cost_to_serve"]
    table.attrs.update(window=(frames.as_day(start), read.as_of), as_of=read.as_of, issues=tuple(issues))
    return table.sort_index()


def probability_over_time(
    model: BgNbd,
    orders: pd.DataFrame,
    customer: object,
    *,
    as_of: object = None,
    customer_id: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
) -> pd.DataFrame:
    """Follow one customer's P(alive) from the first purchase to `as_of`, a row for each day.

    orders(customer_id, date, amount) → date | x, bought, probability_alive. On each day only what had happened by
    then is known. Days with a purchase count as customer-days. Raises what frames.purchases raises, and BadSetting
    for a customer without a purchase.
    """
    where = "clv.probability_over_time"
    read = frames.purchases(orders, where=where, customer_id=customer_id, date=date, amount=amount, as_of=as_of)
    known = read.ids.get_indexer(pd.Index([customer]))[0]
    days = np.unique(read.day[(read.customer == known) & (read.amount >= 0)]) if known >= 0 else np.array([])
    if not len(days):
        raise BadSetting(name="customer", value=customer, allowed="the id of a customer with a purchase")
    every = np.arange(days[0], frames.day_number(read.as_of) + 1)
    x = np.searchsorted(days, every, side="right") - 1
    length = DAYS[model.unit]
    path = pd.DataFrame({"x": x, "t_x": (days[x] - days[0]) / length, "T": (every - days[0]) / length})
    alive = model.probability_alive(path).to_numpy()
    dates = pd.DatetimeIndex(every.astype("datetime64[D]").astype("datetime64[s]"), name="date")
    return pd.DataFrame({"x": x, "bought": np.isin(every, days), "probability_alive": alive}, index=dates)
