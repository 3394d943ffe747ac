"""Spend per purchase: the gamma-gamma model.

Source: Fader, Hardie & Lee, Journal of Marketing Research 42 (2005) 415–430, in the form of Fader & Hardie's note of
2013. Spend varies around each customer's mean (p), means vary between customers (q, v), and spend does not
depend on how often a customer buys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.special import gammaln, ndtri, psi

from custlib.analysis import fitting
from custlib.analysis.periods import read_numbers
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, CannotFit

NAMES = ("p", "q", "v")


@dataclass(frozen=True)
class GammaGamma:
    """Parameters p, q (no unit) and v (money). `pooled_mean` is the mean of all repeat purchases.

    At q ≤ 1 the model has no mean over all customers; `pooled_mean` then stands for that of one-time buyers.
    """

    p: float
    q: float
    v: float
    pooled_mean: float | None = None
    log_likelihood: float | None = None
    covariance: tuple[tuple[float, ...], ...] | None = field(default=None, repr=False)
    customers: float = 0
    notes: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        for name in NAMES:
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0):
                raise BadSetting(name=name, value=value, allowed="a number above 0")
        if self.q <= 1 and self.pooled_mean is None:
            raise BadSetting(name="q", value=self.q, allowed="a number above 1, or any with a pooled_mean")

    @property
    def standard_errors(self) -> Mapping[str, float] | None:
        """Standard error of each parameter, from the curvature of the likelihood; None where that is flat."""
        if self.covariance is None:
            return None
        return {name: float(getattr(self, name) * self.covariance[i][i] ** 0.5) for i, name in enumerate(NAMES)}

    @property
    def mean(self) -> float:
        """Mean spend per purchase over all customers, in money."""
        if self.q <= 1:
            return float(self.pooled_mean or 0.0)
        return self.p * self.v / (self.q - 1)

    def expected_spend(self, cbs: pd.DataFrame) -> pd.Series:
        """Give each customer's expected spend per purchase: between their own mean and everybody's.

        cbs(x, mean_spend) → expected_spend, money. One-time buyers get the mean of all. Raises MissingColumns,
        BadColumn.

        >>> spend = GammaGamma(p=6.25, q=3.74, v=15.44)
        >>> spend.expected_spend(pd.DataFrame({"x": [2, 0], "mean_spend": [22.35, 0.0]})).round(2).tolist()
        [24.66, 35.22]
        """
        x, spent = read_spending(cbs, "expected_spend")
        return pd.Series(self.spend_of(x, spent), index=cbs.index, name="expected_spend")

    def spend_of(self, x: np.ndarray, spent: np.ndarray) -> np.ndarray:
        """Expected spend from the number of repeat purchases and their sum.

        At q ≤ 1 there is no mean to draw towards: a repeat buyer keeps their own, a one-time buyer gets everybody's.
        """
        if self.q <= 1:
            return np.where(x > 0, spent / np.where(x > 0, x, 1), self.mean)
        return np.asarray(self.p * (self.v + spent) / (self.p * x + self.q - 1))

    def spend_interval(self, cbs: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
        """Bound the expected spend by the uncertainty of the parameters (delta method on the logarithm).

        cbs(x, mean_spend) → estimate, low, high. Raises as expected_spend; BadSetting without a covariance, or at
        q ≤ 1.
        """
        if self.covariance is None or self.q <= 1:
            raise BadSetting(name="model", value="no covariance", allowed="a fitted model with q above 1")
        if not 0 < level < 1:
            raise BadSetting(name="level", value=level, allowed="between 0 and 1")
        x, spent = read_spending(cbs, "spend_interval")

        def at(logs: np.ndarray) -> np.ndarray:
            p, q, v = np.exp(logs)
            return np.asarray(np.log(replace(self, p=float(p), q=float(q), v=float(v)).spend_of(x, spent)))

        logs = np.log([self.p, self.q, self.v])
        middle, half = at(logs), ndtri(0.5 + level / 2) * fitting.delta(at, logs, self.covariance)
        bounds = {"estimate": middle, "low": middle - half, "high": middle + half}
        return pd.DataFrame({name: np.exp(bound) for name, bound in bounds.items()}, index=cbs.index)


def fit(cbs: pd.DataFrame, *, weights: str | None) -> GammaGamma:
    """Fit by maximum likelihood on the customers with a repeat purchase."""
    x, spent = read_spending(cbs, "fit Gamma-Gamma")
    weight = np.ones(len(cbs)) if weights is None else read_numbers(cbs, weights, "fit Gamma-Gamma", least=0.0)
    again = (x > 0) & (weight > 0)
    unpaid = float(weight[again & (spent == 0)].sum())
    again &= spent > 0
    if not again.any():
        raise CannotFit(model="Gamma-Gamma", reason="no_repeat_buyers" if not (x > 0).any() else "no_spend")
    rows = _Spenders(x[again], spent[again], weight[again])
    if len(rows.x) < 3 or np.ptp(rows.spent / rows.x) == 0:
        raise CannotFit(model="Gamma-Gamma", reason="few_spenders")
    pooled = float((rows.weight * rows.spent).sum() / (rows.weight * rows.x).sum())
    some = rows.sample(20_000)
    start = (4.0, 4.0, 0.75 * pooled)
    top = fitting.maximise(rows.log_likelihood, start, rows.total, some.log_likelihood if some else None)
    p, q, v = np.exp(top.logs).tolist()
    notes = []
    if unpaid:
        notes.append(Finding("models.unpaid", {"count": int(unpaid)}))
    if rows.total < 30:
        notes.append(Finding("models.few_repeaters", {"count": int(rows.total), "customers": int(weight.sum())}))
    if q <= 1:
        notes.append(Finding("models.no_mean", {"q": q, "pooled": pooled}))
    elif top.covariance is None:
        notes.append(Finding("models.spend_flat", {"customers": int(rows.total)}))
    fitting.warn(notes)
    return GammaGamma(p, q, v, pooled, top.log_likelihood, top.covariance, rows.total, tuple(notes))


def read_spending(cbs: pd.DataFrame, where: str) -> tuple[np.ndarray, np.ndarray]:
    """Repeat purchases and their sum. Raises MissingColumns, BadColumn."""
    x = read_numbers(cbs, "x", where, least=0.0)
    mean = read_numbers(cbs, "mean_spend", where, least=0.0)
    odd = (x == 0) & (mean > 0)
    if count := int(np.count_nonzero(odd)):
        # the mean of the first purchase belongs to another column: here it would count as a repeat
        example = mean[odd][0]
        raise BadColumn(
            where=where, column="mean_spend", kind="repeat_spend", count=count, total=len(cbs), example=example
        )
    return x, x * mean


class _Spenders:
    """Repeat buyers, and the log-likelihood of the parameters' logarithms."""

    def __init__(self, x: np.ndarray, spent: np.ndarray, weight: np.ndarray) -> None:
        self.x, self.spent, self.weight = x, spent, weight
        self.total = float(weight.sum())
        codes, values = pd.factorize(x)
        self.few_x, self.of_x = values, np.bincount(codes, weights=weight)
        self.bought = weight * x
        self.log_spent = float(self.bought @ np.log(spent))
        self.log_mean = float(weight @ np.log(spent / x))

    def sample(self, rows: int) -> _Spenders | None:
        """About so many evenly spaced customers; None where there are not more."""
        step = len(self.x) // rows
        return None if step < 2 else _Spenders(self.x[::step], self.spent[::step], self.weight[::step] * step)

    def log_likelihood(self, logs: np.ndarray) -> tuple[float, np.ndarray]:
        """Value and gradient, with respect to the logarithms of p, q, v."""
        p, q, v = np.exp(logs)
        x, of_x = self.few_x, self.of_x
        shape = p * x + q
        log_sum, share = np.log(v + self.spent), 1 / (v + self.spent)
        by_bought, by_weight = fitting.dot(self.bought, log_sum), fitting.dot(self.weight, log_sum)
        value = of_x @ (gammaln(shape) - gammaln(p * x)) + self.total * (q * logs[2] - gammaln(q))
        value += p * self.log_spent - self.log_mean - p * by_bought - q * by_weight
        slope = (of_x * x) @ (psi(shape) - psi(p * x)) + self.log_spent - by_bought
        tail = of_x @ psi(shape) + self.total * (logs[2] - psi(q)) - by_weight
        scale = self.total * q / v - p * fitting.dot(self.bought, share) - q * fitting.dot(self.weight, share)
        return float(value), np.array([slope * p, tail * q, scale * v])
