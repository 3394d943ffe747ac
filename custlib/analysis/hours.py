"""Visit hours: who gets them under a rule, what they keep under stated assumptions, and the best that could be done.

The effect of a visit is an assumption that the reader sets, not a finding: hours keep part of the contribution that
would be lost, with diminishing returns. Whoever does not pay is not kept by a visit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.analysis.classification import need
from custlib.content import Finding
from custlib.errors import BadSetting

RULES = ("revenue", "contribution", "risk", "at_stake", "even")


@dataclass(frozen=True)
class Effort:
    """`hours` in all, `each` per visited customer; `keep` is the most that any effort keeps of what would be lost,
    and `half` the hours that keep half of that."""

    hours: float = 400.0
    each: float = 4.0
    keep: float = 0.5
    half: float = 4.0

    def __post_init__(self) -> None:
        for name, least in (("hours", 0.0), ("each", 0.25), ("half", 0.25)):
            if not (np.isfinite(getattr(self, name)) and getattr(self, name) >= least):
                raise BadSetting(name=name, value=getattr(self, name), allowed=f"hours, from {least}")
        if not 0 <= self.keep <= 1:
            raise BadSetting(name="keep", value=self.keep, allowed="0 … 1")


def at_stake(card: pd.DataFrame) -> pd.Series:
    """Contribution that may be lost and that a visit can keep: contribution × chance of leaving.

    card(contribution, leaving 0–100, dominant) → money per customer; 0 where there is no contribution, the chance is
    unknown, or payment is the dominant risk. Raises MissingColumns.
    """
    need(card, "hours.at_stake", ["contribution", "leaving", "dominant"])
    money = card["contribution"].clip(lower=0) * card["leaving"].fillna(0) / 100
    return money.mask(card["dominant"] == "payment", 0.0).rename("at_stake")


def plan(card: pd.DataFrame, rule: str, effort: Effort) -> pd.Series:
    """Give the hours out by a rule: the first on its list get `each` hours until none are left.

    card(revenue, contribution, risk, leaving, dominant) → hours per customer, adding up to at most `hours`; the last
    one visited gets what is left. Rules: the largest by revenue, by contribution, by risk, by what is at stake first;
    or the same for everybody. Raises BadSetting, MissingColumns.
    """
    if rule not in RULES:
        raise BadSetting(name="rule", value=rule, allowed=", ".join(RULES))
    if rule == "even":
        return pd.Series(effort.hours / max(len(card), 1), index=card.index, name="hours")
    need(card, "hours.plan", ["revenue", "contribution", "risk"])
    worth = at_stake(card) if rule == "at_stake" else card[rule]
    order = np.argsort(-worth.fillna(-np.inf).to_numpy(), kind="stable")
    given = np.zeros(len(card))
    given[order] = np.clip(effort.hours - effort.each * np.arange(len(card)), 0, effort.each)
    return pd.Series(given, index=card.index, name="hours")


def kept(stake: pd.Series, hours: pd.Series, effort: Effort) -> pd.Series:
    """What the hours keep: stake · keep · (1 − 2^(−hours / half)), money per customer."""
    part = effort.keep * (1 - np.exp2(-hours.to_numpy(dtype=np.float64) / effort.half))
    return pd.Series(stake.to_numpy(dtype=np.float64) * part, index=stake.index, name="kept")


def best(stake: pd.Series, effort: Effort) -> pd.Series:
    """The hours that keep most: the next hour goes where it brings most, until all bring the same.

    stake (money per customer) → hours per customer; those with little at stake get none. With the assumed effect the
    hours of a visited customer are half · log2(stake / level), the level being where they add up.
    """
    order = np.argsort(-stake.to_numpy(), kind="stable")
    logs = np.log2(np.maximum(stake.to_numpy()[order], 1e-300))
    count = np.arange(1, len(logs) + 1)
    level = (np.cumsum(logs) - effort.hours / effort.half) / count
    inside = (logs > level) & (stake.to_numpy()[order] > 0)
    given = np.zeros(len(logs))
    if inside.any():
        last = int(np.flatnonzero(inside)[-1])
        given[order[: last + 1]] = np.maximum(effort.half * (logs[: last + 1] - level[last]), 0)
    return pd.Series(given, index=stake.index, name="hours")


def compare(card: pd.DataFrame, effort: Effort) -> pd.DataFrame:
    """What each rule keeps with the same hours, and the best that could be done.

    card as in plan → rule | kept (money), visited (customers with hours), share (of the best).
    """
    stake = at_stake(card)
    given = {rule: plan(card, rule, effort) for rule in RULES} | {"best": best(stake, effort)}
    rows = {rule: (float(kept(stake, hours, effort).sum()), int((hours > 1e-9).sum())) for rule, hours in given.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["kept", "visited"])
    top = rows["best"][0]
    table["share"] = table["kept"] / top if top > 0 else 0.0
    return table


def finding(table: pd.DataFrame, rule: str) -> Finding:
    """State what a rule keeps beside visiting the largest by revenue: `matrix.hours.more`, `.less`, `.same`, `.first`
    (the rule is that one) or `.nothing`."""
    kept_by, best_of, largest = (float(table["kept"].loc[each]) for each in (rule, "best", "revenue"))
    gap = abs(kept_by - largest)
    values = {"rule": rule, "kept": kept_by, "gap": gap, "visited": int(table["visited"].loc[rule])}
    values |= {"share": float(table["share"].loc[rule])}
    if best_of <= 0:
        return Finding("matrix.hours.nothing", values)
    if rule == "revenue":
        return Finding("matrix.hours.first", values)
    side = "same" if gap < 0.5 else "more" if kept_by > largest else "less"
    return Finding(f"matrix.hours.{side}", values)
