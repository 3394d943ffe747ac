"""Buying while alive, leaving unseen: BG/NBD and MBG/NBD.

Sources: Fader, Hardie & Lee, Marketing Science 24 (2005) 275–284; Batislam, Denizel & Filiztekin, International
Journal of Research in Marketing 24 (2007) 201–209. The second lets a customer leave right after the first
purchase too. In every formula but the likelihood's constant that is the first model with b + 1 for b and no
exception for one-time buyers, so that one class serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.linalg import eigh_tridiagonal
from scipy.special import expit, gammaln, hyp2f1, ndtri, psi

from custlib.analysis import fitting
from custlib.analysis.periods import Unit, check_unit, collapse, distinct, read_history, read_numbers
from custlib.content import Finding
from custlib.errors import BadSetting, CannotFit

NAMES = ("r", "alpha", "a", "b")


@dataclass(frozen=True)
class BgNbd:
    """Parameters of BG/NBD, or of MBG/NBD where `leaves_at_once`; `alpha` is in the time unit.

    Purchase rates are gamma distributed (r, alpha), dropout after a purchase is beta distributed (a, b).
    """

    r: float
    alpha: float
    a: float
    b: float
    unit: Unit = "week"
    leaves_at_once: bool = False
    log_likelihood: float | None = None
    covariance: tuple[tuple[float, ...], ...] | None = field(default=None, repr=False)
    customers: float = 0
    notes: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        for name in NAMES:
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0):
                raise BadSetting(name=name, value=value, allowed="a number above 0")
        check_unit(self.unit)

    @property
    def standard_errors(self) -> Mapping[str, float] | None:
        """Standard error of each parameter, from the curvature of the likelihood; None where that is flat."""
        if self.covariance is None:
            return None
        return {name: float(getattr(self, name) * self.covariance[i][i] ** 0.5) for i, name in enumerate(NAMES)}

    def probability_alive(self, cbs: pd.DataFrame) -> pd.Series:
        """Give the probability that each customer is still one, at the end of the observation.

        cbs(x, t_x, T) → probability_alive, 0 to 1. BG/NBD gives one-time buyers 1 by construction: they had no
        occasion to leave in the model. Never read it as "safe"; MBG/NBD does not do that. Raises MissingColumns,
        BadColumn, BadSetting.

        >>> model = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> cbs = pd.DataFrame({"x": [2], "t_x": [30.43], "T": [38.86]})
        >>> model.probability_alive(cbs).round(4).tolist()
        [0.7266]
        """
        x, t_x, age = read_history(cbs, "probability_alive", self.unit)
        return pd.Series(self._alive(x, t_x, age), index=cbs.index, name="probability_alive")

    def expected_purchases(self, cbs: pd.DataFrame, periods: float) -> pd.Series:
        """Give the number of purchases to expect from each customer in the next `periods` time units.

        cbs(x, t_x, T) → expected_purchases. Raises MissingColumns, BadColumn, BadSetting.

        >>> model = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> cbs = pd.DataFrame({"x": [2], "t_x": [30.43], "T": [38.86]})
        >>> model.expected_purchases(cbs, periods=39).round(3).tolist()
        [1.226]
        """
        x, t_x, age = read_history(cbs, "expected_purchases", self.unit)
        values = self.purchases_by(x, t_x, age, np.array([_periods(periods)]))[:, 0]
        return pd.Series(values, index=cbs.index, name="expected_purchases")

    def expected_from_new(self, periods: float) -> float:
        """Give the number of repeat purchases to expect from a new customer in the first `periods` time units."""
        start = np.zeros(1)
        more = float(self.if_alive(start, start, np.array([_periods(periods)]))[0, 0])
        return more * (self.b / (self.a + self.b) if self.leaves_at_once else 1)

    def alive_interval(self, cbs: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
        """Bound P(alive) by the uncertainty of the parameters (delta method on the logit).

        cbs(x, t_x, T) → estimate, low, high. Raises as probability_alive, and BadSetting without a covariance.
        """
        x, t_x, age = read_history(cbs, "alive_interval", self.unit)
        logit = self._interval(lambda model: model._logit(x, t_x, age), level)
        return pd.DataFrame({name: expit(bound) for name, bound in logit.items()}, index=cbs.index)

    def purchases_interval(self, cbs: pd.DataFrame, periods: float, level: float = 0.95) -> pd.DataFrame:
        """Bound the expected purchases by the uncertainty of the parameters (delta method on the logarithm).

        cbs(x, t_x, T) → estimate, low, high. The interval holds the *expected* number; what one customer will
        really do scatters more widely. Raises as expected_purchases, and BadSetting without a covariance.
        """
        x, t_x, age = read_history(cbs, "purchases_interval", self.unit)
        ahead = np.array([_periods(periods)])
        tiny = np.finfo(float).tiny
        logs = self._interval(lambda m: np.log(np.maximum(m.purchases_by(x, t_x, age, ahead)[:, 0], tiny)), level)
        return pd.DataFrame({name: np.exp(bound) for name, bound in logs.items()}, index=cbs.index)

    def purchases_by(self, x: np.ndarray, t_x: np.ndarray, age: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        """Expected purchases of each customer up to each time in `ahead`: one row each, one column per time."""
        codes, (few_x, few_age) = distinct(x, age)
        return np.asarray(self.if_alive(few_x, few_age, ahead)[codes] * self._alive(x, t_x, age)[:, None])

    def if_alive(self, x: np.ndarray, age: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        """Expected purchases given that the customer is alive: one row per history, one column per time.

        The papers' ₂F₁ in Euler's form, which stays in range for many purchases; for extreme parameters, where no
        form of it does, the integral over the dropout probability that it stands for.
        """
        lead = self.b + self.leaves_at_once
        if self.a > 20 or self.a + lead - self.r < -20:
            return self._if_alive_by_integral(x, age, ahead)
        a = _off_one(self.a)
        total = (a + lead + x - 1)[:, None]
        z = ahead / (self.alpha + age[:, None] + ahead)
        series = hyp2f1(a - 1, a + lead - 1 - self.r, total, z)
        more = np.maximum(total / (a - 1) * (1 - (1 - z) ** (a - 1) * series), 0.0)
        if not np.isfinite(more).all():
            lost = np.flatnonzero(~np.isfinite(more).all(axis=1))
            more[lost] = self._if_alive_by_integral(x[lost], age[lost], ahead)
        return np.asarray(more)

    def _if_alive_by_integral(self, x: np.ndarray, age: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        more = np.empty((len(x), len(ahead)))
        for bought in np.unique(x):
            rows = np.flatnonzero(x == bought)
            leave, share = beta_nodes(self.a, self.b + self.leaves_at_once + bought)
            wait = np.multiply.outer(ahead / (self.alpha + age[rows, None]), leave)
            more[rows] = (-np.expm1(-(self.r + bought) * np.log1p(wait)) / leave) @ share
        return more

    def _alive(self, x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> np.ndarray:
        return np.asarray(expit(self._logit(x, t_x, age)))

    def _logit(self, x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> np.ndarray:
        """Logarithm of the odds of being alive; above 700 for BG/NBD's one-time buyers."""
        odds = np.log(np.maximum(self.b + self.leaves_at_once + x - 1, 1e-300) / self.a)
        odds = odds - (self.r + x) * (np.log(self.alpha + age) - np.log(self.alpha + t_x))
        return odds if self.leaves_at_once else np.where(x > 0, odds, 745.0)

    def _interval(self, predict: object, level: float) -> dict[str, np.ndarray]:
        if self.covariance is None:
            raise BadSetting(name="model", value="no covariance", allowed="a fitted model whose likelihood has a top")
        if not 0 < level < 1:
            raise BadSetting(name="level", value=level, allowed="between 0 and 1")
        logs = np.log([getattr(self, name) for name in NAMES])

        def at(moved: np.ndarray) -> np.ndarray:
            return predict(replace(self, **dict(zip(NAMES, np.exp(moved).tolist(), strict=True))))  # type: ignore

        middle, half = at(logs), ndtri(0.5 + level / 2) * fitting.delta(at, logs, self.covariance)
        return {"estimate": middle, "low": middle - half, "high": middle + half}


def fit(cbs: pd.DataFrame, *, weights: str | None, leaves_at_once: bool, unit: Unit) -> BgNbd:
    """Fit by maximum likelihood on the distinct histories, each with the number of customers who have it."""
    name = "MBG/NBD" if leaves_at_once else "BG/NBD"
    x, t_x, age = read_history(cbs, f"fit {name}", unit)
    weight = read_weights(cbs, weights, name)
    if not (weight * (x > 0)).sum() > 0:
        raise CannotFit(model=name, reason="no_repeat_buyers")
    rows = _Histories(x, t_x, age, weight, int(leaves_at_once))
    start = (0.5, max(float(np.average(age, weights=weight)) / 4, 1e-6), 1.0, 3.0)
    some = rows.sample(20_000)
    top = fitting.maximise(rows.log_likelihood, start, rows.total, some.log_likelihood if some else None)
    notes = _weaknesses(top, rows)
    fitting.warn(notes)
    values = dict(zip(NAMES, np.exp(top.logs).tolist(), strict=True))
    return BgNbd(
        **values,
        unit=unit,
        leaves_at_once=leaves_at_once,
        log_likelihood=top.log_likelihood,
        covariance=top.covariance,
        customers=rows.total,
        notes=notes,
    )


def read_weights(cbs: pd.DataFrame, weights: str | None, where: str) -> np.ndarray:
    """How many customers each row stands for. Raises MissingColumns, BadColumn."""
    return np.ones(len(cbs)) if weights is None else read_numbers(cbs, weights, where, least=0.0)


class _Histories:
    """Distinct histories with counts, and the log-likelihood of the parameters' logarithms.

    Special functions are taken once per distinct x, logarithms once per distinct t_x and T.
    """

    def __init__(self, x: np.ndarray, t_x: np.ndarray, age: np.ndarray, weight: np.ndarray, shift: int) -> None:
        (self.x, self.t_x, self.age), (by_x, by_t_x, by_age), weight = collapse(x, t_x, age, weight=weight)
        self.shift, self.total = shift, float(weight.sum())
        self.of_x = np.bincount(by_x, weights=weight)
        self.of_age = np.bincount(by_age, weights=weight)
        self.bought_by_age = np.bincount(by_age, weights=weight * self.x[by_x])
        self.repeaters = float(self.of_x[self.x > 0].sum())
        may_leave = slice(None) if shift else np.flatnonzero(self.x[by_x] > 0)
        self.by_x, self.by_t_x, self.by_age = by_x[may_leave], by_t_x[may_leave], by_age[may_leave]
        self.weight = weight[may_leave]

    def sample(self, rows: int) -> _Histories | None:
        """About so many evenly spaced histories for the part that needs each one; None where there are not more."""
        step = len(self.weight) // rows
        if step < 2:
            return None
        some = copy(self)
        some.by_x, some.by_t_x, some.by_age = self.by_x[::step], self.by_t_x[::step], self.by_age[::step]
        some.weight = self.weight[::step] * (self.weight.sum() / self.weight[::step].sum())
        return some

    def log_likelihood(self, logs: np.ndarray) -> tuple[float, np.ndarray]:
        """Value and gradient, with respect to the logarithms of r, alpha, a, b."""
        r, alpha, a, b = np.exp(logs)
        x, of_x, of_age, shift = self.x, self.of_x, self.of_age, self.shift
        lead = b + x + shift
        log_age, log_t = np.log(alpha + self.age), np.log(alpha + self.t_x)
        buying = r * of_age + self.bought_by_age
        value = of_x @ (gammaln(r + x) + gammaln(lead) - gammaln(a + lead)) - buying @ log_age
        value += self.total * (gammaln(a + b) - gammaln(b) - gammaln(r) + r * logs[1])

        # d: logarithm of the odds of having left, per history
        wait = log_age[self.by_age] - log_t[self.by_t_x]
        pace = (r + x)[self.by_x]
        d = (logs[2] - np.log(np.where(x + shift > 0, lead - 1, 1.0)))[self.by_x] + pace * wait
        stay = np.exp(-np.clip(d, -700, 700))
        value += fitting.dot(self.weight, np.log(1 + stay) + d)
        left = self.weight / (1 + stay)
        left_by_x = np.bincount(self.by_x, weights=left, minlength=len(x))

        gone = fitting.dot(left, pace * ((1 / (alpha + self.age))[self.by_age] - (1 / (alpha + self.t_x))[self.by_t_x]))
        both = self.total * psi(a + b) - of_x @ psi(a + lead)
        gradient = np.array(
            [
                of_x @ psi(r + x) - self.total * (psi(r) - logs[1]) - of_age @ log_age + fitting.dot(left, wait),
                self.total * r / alpha - buying @ (1 / (alpha + self.age)) + gone,
                both + left.sum() / a,
                both
                + of_x @ psi(lead)
                - self.total * psi(b)
                - left_by_x @ (1 / np.where(x + shift > 0, lead - 1, 1.0)),
            ]
        )
        return float(value), gradient * np.array([r, alpha, a, b])


def _weaknesses(top: fitting.Optimum, rows: _Histories) -> tuple[Finding, ...]:
    """Say why the estimates are weak, where they are: the cause, not the symptom."""
    r, _, a, b = np.exp(top.logs)
    flat = top.covariance is None
    unsure = [top.covariance is None or top.covariance[i][i] > 0.5**2 for i in range(len(NAMES))]
    share = float(a / (a + b))
    notes = []
    if rows.repeaters < 30:
        notes.append(Finding("models.few_repeaters", {"count": int(rows.repeaters), "customers": int(rows.total)}))
    if unsure[2] and share < 0.005:
        notes.append(Finding("models.no_dropout", {"share": share}))
    elif unsure[2] and a + b > 100:
        notes.append(Finding("models.dropout_alike", {"share": share}))
    if unsure[0] and r > 100:
        notes.append(Finding("models.rates_alike", {"r": float(r)}))
    elif flat and not notes:
        notes.append(Finding("models.flat", {"customers": int(rows.total)}))
    return tuple(notes)


def beta_nodes(a: float, b: float, size: int = 48) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights that integrate over a Beta(a, b) variable (Golub & Welsch 1969; weights sum to 1)."""
    n, left, right = np.arange(1.0, size), a - 1, b - 1
    both = 2 * n + left + right
    middle = (left - right) / (left + right + 2)
    diagonal = np.append(middle, (left**2 - right**2) / (both * (both + 2)))
    off = 4 * n * (n + left) * (n + right) * (n + left + right) / (both**2 * (both + 1) * np.where(n > 1, both - 1, 1))
    off[0] = 4 * (1 + left) * (1 + right) / ((2 + left + right) ** 2 * (3 + left + right))
    nodes, vectors = eigh_tridiagonal(diagonal, np.sqrt(off))
    return np.clip((1 + nodes) / 2, 1e-300, 1.0), vectors[0] ** 2


def _off_one(a: float) -> float:
    """The formula has a limit at a = 1 but no value; a millionth beside it is as good."""
    return a if abs(a - 1) > 1e-6 else 1 + 1e-6


def _periods(periods: float) -> float:
    if not (np.isfinite(periods) and periods >= 0):
        raise BadSetting(name="periods", value=periods, allowed="a number from 0")
    return float(periods)
