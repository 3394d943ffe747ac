"""Needs behind what customers say: a coding scheme, and how far two people code the same statements alike.

The five levels are those of Maslow, "A Theory of Human Motivation", Psychological Review 50 (1943). Here they are
five boxes for what somebody said, no ladder: that needs are met in this order has found little support (Wahba &
Bridwell, Organizational Behavior and Human Performance 15 (1976)). The statements and our coding are the course's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from custlib.analysis import agreement
from custlib.content import Finding
from custlib.errors import NothingLeft, UnknownName

LEVELS = ("physiological", "safety", "belonging", "esteem", "self_actualisation")
# What customers said, and what we hear in it. A statement is coded, never a person.
STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "signature": "safety",
        "showcase": "esteem",
        "night_calls": "physiological",
        "same_face": "belonging",
        "second_source": "safety",
        "no_waste": "self_actualisation",
        "heat": "physiological",
        "shift_leaders": "belonging",
        "warned": "esteem",
        "own_control": "self_actualisation",
    }
)
# Fewer statements say next to nothing about agreement beyond chance: our convention.
LEAST = 5


@dataclass(frozen=True)
class Coding:
    """Two codings of the same statements: `apart(first, second)` per statement coded differently, and how far both
    agree (agreement.Agreement)."""

    apart: pd.DataFrame
    found: agreement.Agreement

    @property
    def finding(self) -> Finding:
        """State how far both agree: `needs.agree.all`, `.beyond` (the interval of κ lies above 0), `.chance` (it does
        not), `.few` (too few statements), or `.undefined` (no κ). Values: n, same, observed, expected, kappa, low, high."""
        one = self.found
        values: dict[str, object] = {
            "n": one.n,
            "same": one.n - len(self.apart),
            "observed": one.observed,
            "expected": one.expected,
        }
        values |= {"kappa": one.kappa, "low": one.low, "high": one.high, "least": LEAST}
        few = "few" if one.n < LEAST else "undefined" if one.kappa is None else ""
        code = few or ("all" if self.apart.empty else "beyond" if one.low > 0 else "chance")
        return Finding(f"needs.agree.{code}", values)


def compare(first: pd.Series, second: pd.Series) -> Coding:
    """Hold two codings against each other.

    two series of LEVELS per statement (same labels; missing where not coded yet) → Coding of the statements both
    coded. Cohen's κ, unweighted: the levels are boxes, not steps. Raises UnknownName for another level, NothingLeft
    where no statement was coded by both.
    """
    for level in pd.concat([first, second]).dropna().unique():
        if level not in LEVELS:
            raise UnknownName(kind="level", name=str(level), known=LEVELS)
    both = pd.DataFrame({"first": first, "second": second}).dropna()
    if both.empty:
        raise NothingLeft(where="needs.compare", total=len(first), reasons=())
    counts = pd.crosstab(both["first"], both["second"]).reindex(index=LEVELS, columns=LEVELS, fill_value=0)
    return Coding(both[both["first"] != both["second"]], agreement.kappa(counts))


def ours() -> pd.Series:
    """The course's own coding of its statements."""
    return pd.Series(dict(STATEMENTS), name="level")
