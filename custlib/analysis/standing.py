"""Where each customer stands: bought in the last twelve months, expected value, and the cell of value and risk.

The matrix is the one of value × risk, a design of this course; the nearest published work is Ryals & Knox (2007),
risk-adjusted customer lifetime value. Of the parts of risk, purchases alone show one: that the customer may leave.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from custlib.analysis import clv, rfm
from custlib.errors import DataWarning

HIGH_RISK = 0.5
VALUABLE = 0.8


def standing(orders: pd.DataFrame, *, as_of: object = None, months: int = 12, margin: float = 0.3) -> pd.DataFrame:
    """Put together what a conversation with a customer needs to know.

    orders(customer_id, date, amount[, order_id]) → customer_id | orders, last_order, recency_days, r, f, m,
    spent_year, value (money), probability_alive, cell. `spent_year` is the net sum of the twelve months before
    `as_of`; `value` the margin expected over `months`, discounted by 10 % a year. Value is high for those who make
    up the first 80 % of `spent_year` (the share before adding a customer counts); risk is high where the
    probability of being alive is below one half. `cell` is core, defend, standard or restrict; empty for a customer
    with one purchase, of whom BG/NBD says 1 by construction. Raises what rfm.summarize and clv.fit_bgnbd raise.
    """
    order_id = "order_id" if "order_id" in orders else None
    scored = rfm.score(rfm.summarize(orders, as_of=as_of, order_id=order_id))
    cbs = clv.purchase_summary(orders, as_of=as_of, order_id=order_id)
    with warnings.catch_warnings():
        # What a model says of itself is for those who look at the model, not for a conversation.
        warnings.simplefilter("ignore", DataWarning)
        model, spend = clv.fit_bgnbd(cbs), clv.fit_gamma_gamma(cbs)
    ahead = clv.lifetime_value(model, spend, cbs, months=months, margin=margin)
    day = cbs.attrs["as_of"]
    since = day - pd.DateOffset(months=12) + pd.Timedelta(days=1)
    year = clv.historic_value(orders, since=since, as_of=day)["value"].reindex(cbs.index).fillna(0.0)
    alive = model.probability_alive(cbs)
    found = pd.DataFrame(
        {
            "orders": scored["frequency"],
            "last_order": scored["last_order"],
            "recency_days": scored["recency_days"],
            "r": scored["r"],
            "f": scored["f"],
            "m": scored["m"],
            "spent_year": year,
            "value": ahead,
            "probability_alive": alive,
        }
    ).loc[cbs.index]
    found["cell"] = np.where(cbs["x"] > 0, cells(found["spent_year"], 1 - found["probability_alive"]), "")
    found.attrs.update(as_of=day, months=months)
    return found


def cells(worth: pd.Series, risk: pd.Series) -> pd.Series:
    """Name the cell of value × risk: core, defend, standard or restrict.

    worth (money), risk (0 to 1), same index → cell. Who adds nothing is never of high value.
    """
    ranked = worth.clip(lower=0).sort_values(ascending=False, kind="stable")
    total = ranked.sum()
    before = (ranked.cumsum() - ranked) / total if total > 0 else ranked + 1.0
    high = (before < VALUABLE).reindex(worth.index) & (worth > 0)
    names = np.select([high & (risk < HIGH_RISK), high, risk < HIGH_RISK], ["core", "defend", "standard"], "restrict")
    return pd.Series(names, index=worth.index, name="cell")
