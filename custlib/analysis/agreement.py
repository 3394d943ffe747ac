"""How far two people, or two departments, grade the same customers alike: Cohen's κ, plain and weighted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from custlib.content import Finding
from custlib.errors import BadSetting, NothingLeft

Weights = Literal["plain", "linear", "quadratic"]
# Landis & Koch, Biometrics 33 (1977): up to .20, .40, .60, .80, 1; below 0 is poor.
BANDS = ((0.0, "poor"), (0.20, "slight"), (0.40, "fair"), (0.60, "moderate"), (0.80, "substantial"), (1.0, "perfect"))


@dataclass(frozen=True)
class Agreement:
    """κ with its parts: n, the share graded alike, the share that chance alone would give, the 95 % interval.

    Under weights `observed` and `expected` count near misses in part. κ is None where chance alone would already
    give full agreement: everybody has the same grade, and nothing can be said.
    """

    n: int
    observed: float
    expected: float
    kappa: float | None
    low: float
    high: float

    @property
    def band(self) -> str:
        """Landis & Koch's word for κ; `undefined` where there is no κ."""
        if self.kappa is None:
            return "undefined"
        if self.kappa < 0:
            return "poor"
        return next(name for top, name in BANDS[1:] if self.kappa <= top + 1e-12)


def confusion(left: pd.Series, right: pd.Series, grades: Sequence[str]) -> pd.DataFrame:
    """Count customers by the grade of the first and of the second rater, those graded by both.

    two series of grades per customer → grades × grades. Raises BadSetting for a grade that is not on the list.
    """
    both = pd.DataFrame({"left": left, "right": right}).dropna()
    strange = (set(both["left"]) | set(both["right"])) - set(grades)
    if strange:
        raise BadSetting(name="grade", value=sorted(map(str, strange))[0], allowed=", ".join(grades))
    table = pd.crosstab(both["left"], both["right"])
    return table.reindex(index=list(grades), columns=list(grades), fill_value=0)


def kappa(table: pd.DataFrame | np.ndarray, *, weights: Weights = "plain") -> Agreement:
    """Measure agreement beyond chance: κ = (p_o − p_e) / (1 − p_e).

    A square table of counts (rows: first rater, columns: second) → Agreement. Weighted κ counts a near miss in part,
    by 1 − |i−j|/(k−1) or 1 − (i−j)²/(k−1)²; its size cannot be compared with plain κ (Warrens 2013). The interval is
    κ ± 1.96 standard errors for large samples (Fleiss, Cohen & Everitt 1969). Raises BadSetting, NothingLeft. Cohen,
    Educational and Psychological Measurement 20 (1960); weighted: Psychological Bulletin 70 (1968).

    >>> kappa(np.array([[20, 5], [10, 15]])).kappa
    0.4
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any() or not np.isfinite(counts).all():
        raise BadSetting(name="table", value=counts.shape, allowed="a square table of counts, the same grades twice")
    if not (n := int(counts.sum())):
        raise NothingLeft(where="agreement.kappa", total=0, reasons=())
    k = len(counts)
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)
    credit = {"plain": (apart == 0).astype(float), "linear": 1 - apart, "quadratic": 1 - apart**2}
    if weights not in credit:
        raise BadSetting(name="weights", value=weights, allowed=", ".join(credit))
    w, share = credit[weights], counts / n
    row, column = share.sum(axis=1), share.sum(axis=0)
    by_chance = np.outer(row, column)
    observed, expected = float((w * share).sum()), float((w * by_chance).sum())
    if expected > 1 - 1e-12:
        return Agreement(n, observed, expected, None, 0.0, 0.0)
    value = (observed - expected) / (1 - expected)
    mean = (w @ column)[:, None] + (w.T @ row)[None, :]
    spread = (share * (w - mean * (1 - value)) ** 2).sum() - (value - expected * (1 - value)) ** 2
    error = np.sqrt(max(spread, 0.0) / n) / (1 - expected)
    half = 1.96 * float(error)
    return Agreement(n, observed, expected, round(value, 12), max(-1.0, value - half), min(1.0, value + half))


def merged(grades: pd.Series, groups: Sequence[Sequence[str]]) -> pd.Series:
    """Put grades together: each becomes the first of its group.

    >>> merged(pd.Series(["A", "B", "C"]), [["A"], ["B", "C"]]).tolist()
    ['A', 'B', 'B']
    """
    first = {grade: group[0] for group in groups for grade in group}
    return grades.map(first)


def leaning(left: pd.Series, right: pd.Series, grades: Sequence[str]) -> pd.Series:
    """By how many grades the first rater stands above the second (best grade first); 0 where they agree.

    two series of grades per customer → whole numbers, largest difference first.
    """
    place = {grade: at for at, grade in enumerate(grades)}
    both = pd.DataFrame({"left": left, "right": right}).dropna()
    gap = (both["right"].map(place) - both["left"].map(place)).astype(int)
    return gap.reindex(gap.abs().sort_values(ascending=False, kind="stable").index)


def finding(found: Agreement, gap: pd.Series) -> Finding:
    """State agreement and who grades higher where they differ: `agreement.finding.first`, `.second`, `.neither`,
    `.all` (no difference) or `.undefined`."""
    higher, lower = int((gap > 0).sum()), int((gap < 0).sum())
    values = {"n": found.n, "observed": float((gap == 0).mean()), "kappa": found.kappa, "band": found.band}
    values |= {"higher": max(higher, lower), "differ": higher + lower, "low": found.low, "high": found.high}
    if found.kappa is None:
        return Finding("agreement.finding.undefined", values)
    side = "all" if not higher + lower else "neither" if higher == lower else "first" if higher > lower else "second"
    return Finding(f"agreement.finding.{side}", values)
