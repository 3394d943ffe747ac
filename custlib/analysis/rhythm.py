"""One customer's own rhythm: is this silence longer than the pauses there have been before?"""

from __future__ import annotations

import pandas as pd

from custlib.content import Finding


def history(rows: pd.DataFrame, customer: object) -> pd.DataFrame:
    """List one customer's purchases and returns.

    rows(customer_id, date, amount[, order_id]), as frames.purchases hands them on → date, amount, kind (purchase or
    return), oldest first. As in rfm.summarize, an order counts once, on its first day, and so does a customer's day
    where there is no order id.
    """
    own = rows[rows["customer_id"] == customer]
    bought = own[own["amount"] >= 0]
    order = (
        [bought["date"]]
        if "order_id" not in own
        else [bought["order_id"], bought["date"].where(bought["order_id"].isna())]
    )
    purchases = (
        bought.groupby(order, dropna=False).agg(date=("date", "min"), amount=("amount", "sum")).assign(kind="purchase")
    )
    returns = own.loc[own["amount"] < 0, ["date", "amount"]].assign(kind="return")
    return pd.concat([purchases, returns]).sort_values(["date", "amount"], kind="stable").reset_index(drop=True)


def silence(history: pd.DataFrame, as_of: pd.Timestamp) -> Finding:
    """Compare the present silence with the longest pause between two purchases so far.

    history(date, kind) → `rfm.customer.longer`, `.usual` or `.once`, with days and gap (both in days). A rhythm
    needs two purchase days; this comparison is a convention of the course.
    """
    days = history.loc[history["kind"] == "purchase", "date"].drop_duplicates().sort_values()
    since = int((as_of - days.iloc[-1]).days)
    if len(days) < 2:
        return Finding("rfm.customer.once", {"days": since, "gap": None})
    gap = int(days.diff().dt.days.max())
    return Finding("rfm.customer.longer" if since > gap else "rfm.customer.usual", {"days": since, "gap": gap})
