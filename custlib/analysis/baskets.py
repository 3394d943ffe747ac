"""What is bought together: lift, the ratio of how often two things meet to how often chance would let them meet."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import special

from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import BadSetting, NothingLeft

LEAST = 20  # baskets with both; from fewer a lift is not read
COLUMNS = ["a", "b", "n_a", "n_b", "n_ab", "n", "lift", "low", "high"]


def pairs(lines: pd.DataFrame, *, unit: str = "order_id", by: str = "category", least: int = LEAST) -> pd.DataFrame:
    """Lift of each pair: P(AB) / (P(A)·P(B)) over baskets.

    lines(unit, by; type where known: only sales count) → a, b, n_a, n_b, n_ab (baskets), n, lift, low, high, highest lift
    first; pairs met in fewer than `least` baskets are left out. 1 is what chance gives. The 95 % interval is that of
    the logarithm (delta method), shared out among the pairs that are looked at (Bonferroni). Raises MissingColumns,
    BadSetting, NothingLeft.
    """
    need(lines, "baskets.pairs", unit, by)
    if least < 1:
        raise BadSetting(name="least", value=least, allowed="1, 2, 3 …")
    sold = lines[lines["type"] == "sale"] if "type" in lines else lines
    if sold.empty:
        raise NothingLeft(where="baskets.pairs", total=len(lines), reasons=())
    inside = pd.crosstab(sold[unit], sold[by]).gt(0)
    n, each = len(inside), inside.sum()
    both = inside.T.to_numpy(dtype=int) @ inside.to_numpy(dtype=int)
    names = list(inside.columns)
    found = [
        (names[i], names[j], int(each.iloc[i]), int(each.iloc[j]), int(both[i, j]), n)
        for i, j in combinations(range(len(names)), 2)
        if both[i, j] >= least
    ]
    table = pd.DataFrame(found, columns=COLUMNS[:6])
    a, b, ab = (table[name] / n for name in ("n_a", "n_b", "n_ab"))
    table["lift"] = ab / (a * b)
    error = np.sqrt(((1 / ab - 1 / a - 1 / b + 2 * table["lift"] - 1) / n).clip(lower=0))
    z = float(special.ndtri(1 - 0.025 / max(len(table), 1)))
    table["low"], table["high"] = table["lift"] * np.exp(-z * error), table["lift"] * np.exp(z * error)
    return table.sort_values(["lift", "n_ab"], ascending=False, kind="stable", ignore_index=True)


def partners(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The pairs that hold one thing, with the other one as partner: partner | n_ab, lift, low, high."""
    with_it = table[(table["a"] == name) | (table["b"] == name)]
    other = with_it["a"].where(with_it["b"] == name, with_it["b"])
    return with_it.assign(partner=other).set_index("partner")[["n_ab", "lift", "low", "high"]]


def finding(table: pd.DataFrame, unit: str = "order") -> Finding:
    """State the strongest pair: `experience.lift.more` (clearly above chance), `.level` (no pair clearly above 1) or
    `.few` (no pair met often enough). Values: a, b, lift, low, high, n_ab, above, below (pairs clearly above and below 1), pairs, unit."""
    if table.empty:
        return Finding("experience.lift.few", {"least": LEAST})
    top = table.iloc[0]
    above, below = int((table["low"] > 1).sum()), int((table["high"] < 1).sum())
    values = {name: top[name] for name in ("a", "b", "lift", "low", "high", "n_ab")}
    values |= {"above": above, "below": below, "pairs": len(table), "unit": unit}
    clear = table[table["low"] > 1]
    if clear.empty:
        return Finding("experience.lift.level", values)
    return Finding("experience.lift.more", values | {name: clear.iloc[0][name] for name in ("a", "b", "lift", "low", "high", "n_ab")})  # fmt: skip
