"""Chance under control: draws that hold their shares and means in every company, not on average over companies.

A planted truth is made by quotas (so many of each kind, exactly) and by stratified draws (one from each slice of
the distribution), so that each seed holds it. Only NumPy's Generator is used; nothing depends on the order of a set.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

import numpy as np
from scipy import special

Rng = np.random.Generator


def stream(seed: int, block: int, name: str) -> Rng:
    """A stream of its own for each purpose, so that a change in one table leaves the others as they are."""
    return np.random.default_rng([seed, block, zlib.crc32(name.encode())])


def quota(rng: Rng, size: int, shares: Mapping[str, float]) -> np.ndarray:
    """So many of each code, by largest remainder, in random order.

    >>> sorted(quota(np.random.default_rng(1), 5, {"a": 0.6, "b": 0.4}).tolist())
    ['a', 'a', 'a', 'b', 'b']
    """
    weights = np.array(list(shares.values()), dtype=float)
    exact = weights / weights.sum() * size
    counts = np.floor(exact).astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: size - counts.sum()]] += 1
    return rng.permutation(np.repeat(np.array(list(shares)), counts))


def chosen(rng: Rng, size: int, count: int) -> np.ndarray:
    """Which of `size` are among the `count` drawn."""
    return rng.permutation(size) < count


def strata(rng: Rng, size: int) -> np.ndarray:
    """The middles of `size` equal slices of 0…1, in random order."""
    return (rng.permutation(size) + 0.5) / size


def normal(rng: Rng, size: int) -> np.ndarray:
    """Standard normal values, one from each slice: their mean is 0 in every draw."""
    return np.asarray(special.ndtri(strata(rng, size)))


def balanced(rng: Rng, chance: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Yes or no for each row with the given chance, so that yes and chance sum to the same along every factor.

    A model that reads the answers back then finds the coefficients that made the chances: noise that would lean on a
    factor is swapped away (balanced sampling, after Deville & Tillé 2004, here by greedy exchange).
    """
    scaled = np.column_stack([np.ones(len(chance)), (factors - factors.mean(0)) / factors.std(0)])
    yes = rng.random(len(chance)) < chance
    rest = (yes - chance) @ scaled
    for _ in range(400):
        turned = rest + np.where(yes, -1, 1)[:, None] * scaled
        # A turn far against its chance would plant an outlier.
        cost = (turned**2).sum(1) + 40.0 * (np.where(yes, chance, 1 - chance) > 0.9)
        best = int(np.argmin(cost))
        if cost[best] >= (rest**2).sum():
            break
        yes[best], rest = not yes[best], turned[best]
    return yes


def ids(prefix: str, count: int, width: int = 4) -> np.ndarray:
    return np.array([f"{prefix}{number:0{width}d}" for number in range(1, count + 1)], dtype=object)


def pick(codes: Iterable[str], places: np.ndarray) -> np.ndarray:
    listed = np.array(list(codes), dtype=object)
    return np.asarray(listed[places])
