"""Who buys what, and when: the order lines every other table hangs on.

Customers buy at their own pace until they quietly stop. What an order brings is a customer's own level; the last
twelve months are then set on a log-normal ladder, so that a fifth of the customers bring four fifths in each company.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy import special

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.draws import Rng, chosen, normal, quota, strata, stream

# What the halves should bring, so that rolling years stay equal, by the halves with orders; else all the same.
STEADY = {
    (1, 1, 0, 0): (0.1, 1, 0, 0),
    (0, 0, 1, 1): (0, 0, 1, 0.1),
    (1, 1, 1, 0): (1, 0.1, 1, 0),
    (0, 1, 1, 1): (0, 1, 0.1, 1),
    (1, 1, 0, 1): (0.1, 1, 0, 1),
    (1, 0, 1, 1): (1, 0, 1, 0.1),
}


@dataclass(frozen=True, eq=False)
class Book:
    """The company's customers and orders as arrays; orders in order of their days, amounts in fen."""

    seed: int
    block: int
    industry: np.ndarray
    customer: np.ndarray
    day: np.ndarray
    fen: np.ndarray

    def rng(self, name: str) -> Rng:
        return stream(self.seed, self.block, name)

    @property
    def size(self) -> int:
        return len(self.industry)

    def revenue(self, first: int, last: int = plan.DAYS) -> np.ndarray:
        """Planned revenue of each customer between two days, in fen."""
        inside = (self.day >= first) & (self.day < last)
        return np.bincount(self.customer[inside], self.fen[inside], self.size)

    @cached_property
    def classes(self) -> np.ndarray:
        """A, B or C by revenue of the last twelve months, empty where there was none."""
        return abc(self.revenue(plan.YEAR))

    @cached_property
    def losses(self) -> np.ndarray:
        """The large accounts that cost more to serve than they bring: from the middle of class A."""
        large = np.flatnonzero(self.classes == "A")
        ranked = large[np.argsort(-self.revenue(plan.YEAR)[large], kind="stable")]
        middle = ranked[len(ranked) // 5 : len(ranked) * 4 // 5]
        return np.sort(self.rng("losses").permutation(middle)[: plan.LOSSES])

    @cached_property
    def orders_of(self) -> np.ndarray:
        return np.bincount(self.customer, minlength=self.size)

    @cached_property
    def split(self) -> np.ndarray:
        """Customers who also buy in the online shop under another number: they have four orders or more."""
        often = np.flatnonzero(self.orders_of >= 4)
        return np.sort(self.rng("split").permutation(often)[: plan.SPLIT])

    @cached_property
    def dealer(self) -> np.ndarray:
        """The dealer of each customer, 0 for direct. Large accounts are direct.

        In the first year five dealers look alike; in the second two of them stay ahead and three fall back to the rest.
        """
        rng = self.rng("dealer")
        years = np.column_stack([self.revenue(0, plan.YEAR), self.revenue(plan.YEAR)])
        peak = years.max(axis=1)
        able = np.flatnonzero(peak < np.quantile(peak, 0.9))
        dealt = able[chosen(rng, len(able), round(plan.DEALT * self.size))]
        dealt = dealt[np.argsort(-years[dealt].sum(axis=1), kind="stable")]
        rest = plan.DEALERS - plan.STRONG - plan.LUCKY
        first = np.array([1.9] * (plan.STRONG + plan.LUCKY) + [1.0] * rest)
        second = np.array([1.9] * plan.STRONG + [1.0] * (plan.LUCKY + rest))
        shares = np.column_stack([first, second]) * rng.uniform(0.95, 1.05, (plan.DEALERS, 2))
        aim = shares / shares.sum(axis=0) * years[dealt].sum(axis=0)
        left = aim.copy()
        number = np.zeros(self.size, dtype=int)
        order = rng.permutation(plan.DEALERS)
        for one in dealt:
            dealer = int(np.argmin((((left - years[one]) / aim) ** 2 - (left / aim) ** 2).sum(axis=1)))
            left[dealer] -= years[one]
            number[one] = order[dealer] + 1
        return number


def abc(revenue: np.ndarray) -> np.ndarray:
    """A while the share before a customer is below 80 %, B below 95 %, else C; empty without revenue."""
    order = np.argsort(-revenue, kind="stable")
    ranked = np.maximum(revenue[order], 0)
    before = (np.cumsum(ranked) - ranked) / ranked.sum()
    grades = np.where(before < plan.ABC[0], "A", np.where(before < plan.ABC[1], "B", "C"))
    result = np.full(len(revenue), "", dtype="<U1")
    result[order] = np.where(ranked > 0, grades, "")
    return result


def book(seed: int, block: int = 0) -> Book:
    """Make the customers' industries and their orders."""
    rng, size = stream(seed, block, "book"), plan.CUSTOMERS
    customer, week = histories(rng, size)
    day = np.floor(week * 7).astype(np.int64)
    order = np.lexsort((week, day))
    customer, day = customer[order], day[order]
    level = normal(rng, size) * 1.45
    amount = np.exp(level[customer] + 0.4 * rng.standard_normal(len(customer)))
    fen = np.rint(_steady(rng, customer, day, amount, size)).astype(np.int64)
    return Book(seed, block, quota(rng, size, plan.INDUSTRIES), customer, day, fen)


def histories(rng: Rng, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Purchases as BG/NBD has them: customer and week of each.

    Paces come from Gamma(r, α), the chance of stopping after each repeat purchase from Beta(a, b), one from each
    slice of the distribution.
    """
    pace = special.gammaincinv(plan.RATE["r"], strata(rng, size)) / plan.RATE["alpha"]
    stop = special.betaincinv(plan.DROPOUT["a"], plan.DROPOUT["b"], strata(rng, size))
    now = (rng.permutation(size) + rng.random(size)) / size * 80
    customers, weeks = [np.arange(size)], [now.copy()]
    active = np.arange(size)
    while len(active):
        now[active] += rng.exponential(1, len(active)) / pace[active]
        active = active[now[active] < plan.WEEKS]
        customers.append(active)
        weeks.append(now[active])
        active = active[rng.random(len(active)) >= stop[active]]
    return np.concatenate(customers), np.concatenate(weeks)


def _steady(rng: Rng, customer: np.ndarray, day: np.ndarray, amount: np.ndarray, size: int) -> np.ndarray:
    """Amounts in fen, so that the planned share of customers changes class from half-year to half-year.

    Left alone, about a fifth of them do. Of those, so many as needed are made steady: what they spend in a half-year
    evens out their rolling years. Everybody else's purchases stay as they are.
    """
    half = np.searchsorted(plan.HALVES, day, side="right")
    natural = np.zeros((size, 4))
    np.add.at(natural, (customer, half), amount)
    bought = natural > 0
    even = np.where(bought, 1.0, 0.0)
    for pattern, weights in STEADY.items():
        even[(bought == np.array(pattern, dtype=bool)).all(axis=1)] = weights
    even *= (natural.sum(axis=1) / even.sum(axis=1))[:, None]
    towards = np.divide(even, natural, out=np.ones_like(even), where=bought)

    def made(steady: np.ndarray) -> np.ndarray:
        tried = amount * np.where(steady[:, None], towards, 1.0)[customer, half]
        return np.asarray(tried * _ladder(np.bincount(customer[half >= 2], tried[half >= 2], size))[customer])

    luck, best = strata(rng, size), made(np.zeros(size, dtype=bool))
    moved, compared = changing(customer, half, best, size)
    missed, unsteady = moved.sum() / compared - plan.CLASS_CHANGE, moved > 0
    for share in np.linspace(0.05, 1, 20):
        tried = made(unsteady & (luck < share))
        moved, compared = changing(customer, half, tried, size)
        if abs(found := moved.sum() / compared - plan.CLASS_CHANGE) < abs(missed):
            missed, best = found, tried
    return np.asarray(np.maximum(best, 20_000))


def _ladder(year: np.ndarray) -> np.ndarray:
    """By what to multiply each customer's amounts, so that the last year's revenues are log-normal."""
    active = year > 0
    rank = np.argsort(np.argsort(year[active], kind="stable"), kind="stable")
    target = plan.MEDIAN_FEN * np.exp(plan.SIGMA * special.ndtri((rank + 0.5) / len(rank)))
    factor = np.full(len(year), plan.MEDIAN_FEN / np.median(year[active]))
    factor[active] = target / year[active]
    return factor


def changing(customer: np.ndarray, half: np.ndarray, amount: np.ndarray, size: int) -> tuple[np.ndarray, int]:
    """How often each customer's class differs between rolling years half a year apart, and how many were compared.

    Compared are those who bought in both years.
    """
    halves = np.zeros((size, 4))
    np.add.at(halves, (customer, half), amount)
    grades = [abc(halves[:, at] + halves[:, at + 1]) for at in range(3)]
    pairs = [(one, two, (one != "") & (two != "")) for one, two in pairwise(grades)]
    moved = sum(((one != two) & both).astype(int) for one, two, both in pairs)
    return np.asarray(moved), sum(int(both.sum()) for *_, both in pairs)
