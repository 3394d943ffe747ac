"""Past and future side by side: who was worth most, and who is likely to be."""

from __future__ import annotations

import numpy as np
import pandas as pd

from custlib.analysis import clv
from custlib.content import Finding
from custlib.errors import BadSetting


def past_and_ahead(
    orders: pd.DataFrame,
    cbs: pd.DataFrame,
    model: clv.BgNbd,
    spend: clv.GammaGamma,
    *,
    months: int = 12,
    annual_discount: float = 0.10,
    margin: float = 0.3,
) -> pd.DataFrame:
    """Put each customer's margin of the last months beside what the models expect of the next ones.

    orders(customer_id, date, amount), cbs of the same orders → customer_id | past, ahead (money), purchases
    (expected), probability_alive. `past` is the margin on net revenue within the same number of months before the
    as-of day. Raises what clv.historic_value and clv.lifetime_value raise.
    """
    as_of = cbs.attrs["as_of"]
    ahead = clv.lifetime_value(model, spend, cbs, months=months, annual_discount=annual_discount, margin=margin)
    since = as_of - pd.DateOffset(months=months) + pd.Timedelta(days=1)
    inside = clv.historic_value(orders, since=since, as_of=as_of, margin=margin)["value"]
    periods = months * clv.DAYS["month"] / clv.DAYS[model.unit]
    return pd.DataFrame(
        {
            "past": inside.reindex(cbs.index).fillna(0.0),
            "ahead": ahead,
            "purchases": model.expected_purchases(cbs, periods),
            "probability_alive": model.probability_alive(cbs),
        }
    )


def leavers(table: pd.DataFrame, *, top: int = 20) -> pd.DataFrame:
    """List who is among the best of the past but not of the time ahead, most past money first.

    table(past, ahead) → the same columns, at most `top` rows. Equal customers are ranked by their place in the table.
    """
    past = table["past"].nlargest(top).index
    ahead = table["ahead"].nlargest(top).index
    return table.loc[past.difference(ahead)].sort_values("past", ascending=False, kind="stable")


def leavers_finding(table: pd.DataFrame, *, top: int = 20) -> Finding:
    """State how many of the best customers of the past are not expected to be among the best again.

    table(past, ahead) → `clv.leavers.some`, `.none`, or `.few` where there are no more than `top` customers, with n and top.
    """
    gone = len(leavers(table, top=top))
    code = "few" if len(table) <= top else "some" if gone else "none"
    return Finding(f"clv.leavers.{code}", {"n": gone, "top": top, "customers": len(table)})


def payback(margin: float, retention: float, discount: float, *, cost: float, years: int) -> pd.DataFrame:
    """Add up the discounted margins of a customer year by year, less what winning the customer cost.

    Margin in money per year, first at the end of year one and only if the customer stays; retention and discount per
    year → year | cumulative, for year 0 to `years`. The sum of all years is clv.retention_value less cost. Raises
    BadSetting.
    """
    if not isinstance(years, int) or years < 1:
        raise BadSetting(name="years", value=years, allowed="a whole number from 1")
    sums = [clv.retention_value(margin, retention, discount, periods=year) - cost for year in range(years + 1)]
    return pd.DataFrame({"cumulative": sums}, index=pd.RangeIndex(years + 1, name="year"))


def payback_finding(table: pd.DataFrame, *, endless: float) -> Finding:
    """State in which year the cost is back: `clv.payback.year`, `.later` (after the horizon) or `.never`.

    table(cumulative) by year; `endless` is what remains of the value without end after the cost.
    """
    paid = np.flatnonzero(table["cumulative"].to_numpy() >= 0)
    horizon = int(table.index[-1])
    if len(paid):
        return Finding("clv.payback.year", {"year": int(table.index[paid[0]]), "horizon": horizon})
    return Finding("clv.payback.later" if endless > 0 else "clv.payback.never", {"horizon": horizon})
