"""Checks before a model is believed: predicted against actual, and is spend independent of frequency?"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis import bgnbd
from custlib.analysis.bgnbd import BgNbd
from custlib.analysis.gamma_gamma import read_spending
from custlib.analysis.periods import DAYS, Unit, check_unit, read_numbers, unit_of
from custlib.analysis.summarise import summarise
from custlib.content import Finding
from custlib.errors import BadSetting, CannotFit, DataWarning


@dataclass(frozen=True, eq=False)
class Holdout:
    """A model fitted on the first part of the data, and what it says of the second.

    `table` has one row per customer: x, t_x, T, predicted, actual (purchases after the calibration);
    `by_frequency` one row per number of repeat purchases: customers, predicted and actual means; `finding` says
    in a code how far the total was off.
    """

    model: BgNbd
    periods: float
    table: pd.DataFrame
    by_frequency: pd.DataFrame
    finding: Finding


@dataclass(frozen=True)
class Independence:
    """Correlation of repeat purchases and mean spend among repeat buyers, with its 95 % interval."""

    correlation: float
    low: float
    high: float
    customers: int
    finding: Finding


def holdout(
    orders: Any,
    *,
    calibrate_to: object,
    as_of: object = None,
    unit: Unit = "week",
    model: Literal["bgnbd", "mbgnbd"] = "bgnbd",
    most: int = 7,
    **names: Any,
) -> Holdout:
    """Fit on purchases up to `calibrate_to` and compare with those from then to `as_of`.

    orders(customer_id, date, amount[, order_id]) → Holdout. Customers count who had bought by `calibrate_to`;
    `most` is the number of repeat purchases from which `by_frequency` puts customers together; other column names
    by keyword. Raises what fit_bgnbd and frames.purchases raise, and BadSetting where as_of is not later.
    """
    check_unit(unit)
    if model not in ("bgnbd", "mbgnbd"):
        raise BadSetting(name="model", value=model, allowed="bgnbd, mbgnbd")
    roles: dict[str, str | None] = {"customer_id": "customer_id", "date": "date", "amount": "amount", "order_id": None}
    roles |= names
    end = frames.last_day(calibrate_to)
    before = summarise(orders, names=roles, where="clv.holdout", as_of=calibrate_to)
    after = summarise(orders, names=roles, where="clv.holdout", as_of=as_of)
    periods = (frames.day_number(after.as_of) - end) / DAYS[unit]
    if periods <= 0:
        raise BadSetting(name="as_of", value=after.as_of.date(), allowed=f"a day after {frames.as_day(end).date()}")
    table = pd.DataFrame(
        {
            "x": before.purchases - 1,
            "t_x": (before.last - before.first) / DAYS[unit],
            "T": (end - before.first) / DAYS[unit],
        },
        index=before.ids.rename("customer_id"),
    )
    fitted = bgnbd.fit(table, weights=None, leaves_at_once=model == "mbgnbd", unit=unit)
    table["predicted"] = fitted.expected_purchases(table, periods)
    table["actual"] = after.purchases[after.ids.get_indexer(before.ids)] - before.purchases
    groups = table.groupby(table["x"].clip(upper=most))
    by_frequency = groups[["predicted", "actual"]].mean().assign(customers=groups.size())
    predicted, actual = float(table["predicted"].sum()), int(table["actual"].sum())
    gap = predicted / actual - 1 if actual else 0.0
    error = float((table["predicted"] - table["actual"]).abs().mean())
    code = "models.holdout.empty" if not actual else "models.holdout.over" if gap > 0 else "models.holdout.under"
    values = {"predicted": predicted, "actual": actual, "gap": abs(gap), "error": error, "customers": len(table)}
    return Holdout(fitted, periods, table, by_frequency, Finding(code, {**values, "periods": periods}))


def spend_independence(cbs: pd.DataFrame) -> Independence:
    """Measure whether those who buy more often also spend more each time, which Gamma-Gamma assumes they do not.

    cbs(x, mean_spend) → Independence: Pearson's correlation among repeat buyers with Fisher's 95 % interval, and a
    finding: `none` where the interval holds 0, `weak` up to 0.2 either way, `strong` beyond. Raises MissingColumns,
    BadColumn, and CannotFit with fewer than four repeat buyers or where nothing varies.
    """
    x, spent = read_spending(cbs, "clv.spend_independence")
    x, spent = x[spent > 0], spent[spent > 0]
    if len(x) < 4 or np.ptp(x) == 0 or np.ptp(spent / x) == 0:
        raise CannotFit(model="Gamma-Gamma", reason="few_spenders")
    figure = float(np.clip(np.corrcoef(x, spent / x)[0, 1], -1, 1))
    middle, half = np.arctanh(np.clip(figure, -0.999999, 0.999999)), 1.959964 / np.sqrt(len(x) - 3)
    low, high = float(np.tanh(middle - half)), float(np.tanh(middle + half))
    grade = "none" if low <= 0 <= high else "weak" if abs(figure) <= 0.2 else "strong"
    values = {"correlation": figure, "low": low, "high": high, "customers": len(x)}
    return Independence(figure, low, high, len(x), Finding(f"models.independence.{grade}", values))


def compare_models(cbs: pd.DataFrame, *, unit: Unit | None = None) -> tuple[pd.DataFrame, Finding]:
    """Fit BG/NBD and MBG/NBD side by side.

    cbs(x, t_x, T) → a table with one row per model (r, alpha, a, b, log_likelihood, alive: the mean P(alive)) and
    a finding: which one fits better, or that a difference of less than two units of log-likelihood decides
    nothing. Raises as fit_bgnbd.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        found = {
            name: bgnbd.fit(cbs, weights=None, leaves_at_once=name == "MBG/NBD", unit=unit_of(cbs, unit))
            for name in ("BG/NBD", "MBG/NBD")
        }
    rows = {
        name: {
            **{key: getattr(model, key) for key in bgnbd.NAMES},
            "log_likelihood": model.log_likelihood,
            "alive": float(model.probability_alive(cbs).mean()),
        }
        for name, model in found.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("model")
    lead = (found["MBG/NBD"].log_likelihood or 0.0) - (found["BG/NBD"].log_likelihood or 0.0)
    code = "either" if abs(lead) < 2 else "mbgnbd" if lead > 0 else "bgnbd"
    once = float((read_numbers(cbs, "x", "clv.compare_models", least=0.0) == 0).mean())
    return table, Finding(f"models.choice.{code}", {"lead": abs(lead), "once": once, "customers": len(cbs)})
