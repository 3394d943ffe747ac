"""Customer lifetime value: three ways to value a customer, and the models behind the third.

What happened (`historic_value`), what a contract promises (`retention_value`), and what buying habits suggest
(`lifetime_value`, after `fit_bgnbd` and `fit_gamma_gamma`). The models know buying only: they fit customers who come
and go without notice. Under a contract the end is seen, and retention is counted, not inferred.

A purchase is one order id where there is one, else one customer-day. Returns are no purchases; they lower
`total`, not `mean_spend`.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis import bgnbd, gamma_gamma
from custlib.analysis.bgnbd import BgNbd
from custlib.analysis.gamma_gamma import GammaGamma
from custlib.analysis.history import historic_value, probability_over_time
from custlib.analysis.holdout import Holdout, Independence, compare_models, holdout, spend_independence
from custlib.analysis.periods import DAYS, Unit, check_unit, distinct, read_history, unit_of
from custlib.analysis.summarise import summarise
from custlib.errors import BadSetting

__all__ = [
    "DAYS",
    "BgNbd",
    "GammaGamma",
    "Holdout",
    "Independence",
    "compare_models",
    "fit_bgnbd",
    "fit_gamma_gamma",
    "fit_mbgnbd",
    "historic_value",
    "holdout",
    "lifetime_value",
    "probability_over_time",
    "purchase_summary",
    "retention_value",
    "spend_independence",
]

FirstMargin = Literal["end", "start", "end_certain"]


def purchase_summary(
    orders: Any,
    *,
    as_of: object = None,
    unit: Unit = "week",
    customer_id: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    order_id: str | None = None,
) -> pd.DataFrame:
    """Turn purchases into what the models read.

    orders(customer_id, date, amount[, order_id]) → customer_id | x, t_x, T, mean_spend, mean_order, total. `x` is
    the number of repeat purchases; `t_x` and `T` are the ages at the last purchase and at `as_of`, from the first
    purchase, in `unit` (a month has 30.4375 days, a year 365.25). `mean_spend` is the mean of the x repeat
    purchases (0 where there is none), `mean_order` that of all purchases, `total` the net sum with returns
    deducted. Where several orders share the first day, their mean is the first purchase. `attrs` holds unit,
    as_of and issues. Raises what frames.purchases raises, and BadSetting for another unit.

    >>> orders = pd.DataFrame({"customer_id": ["A", "A", "B"], "amount": [50, 30, 20],
    ...                        "date": ["2025-06-01", "2025-06-22", "2025-06-29"]})
    >>> purchase_summary(orders)[["x", "t_x", "T", "mean_spend"]].values.tolist()
    [[1.0, 3.0, 4.0, 30.0], [0.0, 0.0, 0.0, 0.0]]
    """
    check_unit(unit)
    names = {"customer_id": customer_id, "date": date, "amount": amount, "order_id": order_id}
    found = summarise(orders, names=names, where="clv.purchase_summary", as_of=as_of, opening=True)
    again = found.purchases - 1
    opening = found.gross if found.opening is None else found.opening
    repeat_sum = np.where(again > 0, np.maximum(found.gross - opening, 0.0), 0.0)
    cbs = pd.DataFrame(
        {
            "x": again,
            "t_x": (found.last - found.first) / DAYS[unit],
            "T": (frames.day_number(found.as_of) - found.first) / DAYS[unit],
            "mean_spend": repeat_sum / np.maximum(again, 1),
            "mean_order": found.gross / found.purchases,
            "total": found.net,
        },
        index=found.ids.rename("customer_id"),
    )
    cbs.attrs.update(unit=unit, as_of=found.as_of, issues=found.issues)
    return cbs


def fit_bgnbd(cbs: pd.DataFrame, *, weights: str | None = None, unit: Unit | None = None) -> BgNbd:
    """Fit BG/NBD by maximum likelihood: the usual choice where most customers buy again.

    cbs(x, t_x, T[, weights]) → BgNbd. `weights` names a column that says how many customers a row stands for: a
    table of distinct histories fits as well as all customers would. `unit` is needed only for a table that
    purchase_summary did not make. Warns (DataWarning) where the estimates are weak, with the cause; the findings
    stand in `notes`. Raises CannotFit without repeat buyers; MissingColumns, BadColumn, NothingLeft, BadSetting.
    Fader, Hardie & Lee (2005).
    """
    return bgnbd.fit(cbs, weights=weights, leaves_at_once=False, unit=unit_of(cbs, unit))


def fit_mbgnbd(cbs: pd.DataFrame, *, weights: str | None = None, unit: Unit | None = None) -> BgNbd:
    """Fit MBG/NBD, where a customer may leave right after the first purchase: better where many buy only once.

    cbs(x, t_x, T[, weights]) → BgNbd. As fit_bgnbd otherwise. Batislam, Denizel & Filiztekin (2007).
    """
    return bgnbd.fit(cbs, weights=weights, leaves_at_once=True, unit=unit_of(cbs, unit))


def fit_gamma_gamma(cbs: pd.DataFrame, *, weights: str | None = None) -> GammaGamma:
    """Fit the spend per purchase on the customers with a repeat purchase.

    cbs(x, mean_spend[, weights]) → GammaGamma, money in the unit of mean_spend. Repeat buyers whose purchases
    were all free are set aside and counted in `notes`. Where q ≤ 1 the model has no mean: predictions fall back
    to the mean of all repeat purchases, with a DataWarning. Raises CannotFit, MissingColumns, BadColumn. Fader,
    Hardie & Lee, JMR 42 (2005).
    """
    return gamma_gamma.fit(cbs, weights=weights)


def lifetime_value(
    model: BgNbd,
    spend: GammaGamma,
    cbs: pd.DataFrame,
    *,
    months: int = 12,
    annual_discount: float = 0.10,
    margin: float = 1.0,
) -> pd.Series:
    """Value each customer's purchases of the next months, discounted to today.

    cbs(x, t_x, T, mean_spend) → lifetime_value, money. The purchases expected in each month (of 30.4375 days,
    whatever the model's unit) count at its end, divided by (1 + annual_discount)^(month/12); `margin` is the share
    of spend that is kept. Without discount this is expected purchases · expected spend · margin. Raises
    MissingColumns, BadColumn, BadSetting.
    """
    if not (isinstance(months, int | np.integer) and months >= 1):
        raise BadSetting(name="months", value=months, allowed="a whole number from 1")
    if not (np.isfinite(annual_discount) and annual_discount > -1):
        raise BadSetting(name="annual_discount", value=annual_discount, allowed="a rate per year, such as 0.10")
    if not np.isfinite(margin):
        raise BadSetting(name="margin", value=margin, allowed="a share of spend, such as 0.3")
    x, _, age = read_history(cbs, "clv.lifetime_value", model.unit)
    each = spend.expected_spend(cbs).to_numpy()
    month = np.arange(1, months + 1)
    factor = (1 + annual_discount) ** (-month / 12)
    step = factor - np.append(factor[1:], 0.0)
    codes, (few_x, few_age) = distinct(x, age)
    ahead = month * DAYS["month"] / DAYS[model.unit]
    discounted = np.einsum("ij,j->i", model.if_alive(few_x, few_age, ahead), step)[codes]
    alive = model.probability_alive(cbs).to_numpy()
    return pd.Series(discounted * alive * each * margin, index=cbs.index, name="lifetime_value")


def retention_value(
    margin: float,
    retention: float,
    discount: float,
    *,
    first_margin: FirstMargin = "end",
    periods: int | None = None,
) -> float:
    """Value a customer under contract from margin, retention and discount rate, all for the same period.

    Money in, money out. `first_margin` says when the first margin m comes: "end", after one period and only if
    the customer stays, m·r/(1+i−r); "start", now and for sure, m·(1+i)/(1+i−r); "end_certain", after one period and
    for sure, m/(1+i−r). `periods` counts so many margins only; None has no end. Raises BadSetting. Gupta & Lehmann,
    Journal of Interactive Marketing 17 (2003).

    >>> [round(retention_value(100, .8, .1, first_margin=when), 2) for when in ("end", "start", "end_certain")]
    [266.67, 366.67, 333.33]
    """
    if not (np.isfinite(retention) and 0 <= retention <= 1):
        raise BadSetting(name="retention", value=retention, allowed="0 … 1")
    if not (np.isfinite(discount) and discount > -1):
        raise BadSetting(name="discount", value=discount, allowed="a rate per period, such as 0.10")
    if not np.isfinite(margin):
        raise BadSetting(name="margin", value=margin, allowed="an amount per period")
    if first_margin not in ("end", "start", "end_certain"):
        raise BadSetting(name="first_margin", value=first_margin, allowed="end, start, end_certain")
    kept = retention / (1 + discount)
    if periods is None and kept >= 1:
        raise BadSetting(name="retention", value=retention, allowed="below 1 + discount, or a number of periods")
    if periods is not None and not (isinstance(periods, int | np.integer) and periods >= 0):
        raise BadSetting(name="periods", value=periods, allowed="a whole number from 0, or None")
    first = {"end": kept, "start": 1.0, "end_certain": 1 / (1 + discount)}[first_margin]
    if periods is None:
        return float(margin * first / (1 - kept))
    return float(margin * first * np.sum(kept ** np.arange(periods)))
