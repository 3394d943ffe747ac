"""Who may not renew: a logistic regression of leaving on what happened, and whom to call first by what it predicts.

An odds ratio belongs to a stated unit: odds are multiplied by it for each unit more, all else being equal. What goes
with leaving need not cause it. Predictions are judged on contracts the model has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from scipy import optimize, special

from custlib import frames
from custlib.analysis import churn
from custlib.analysis.classification import need
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, CannotFit

FACTORS = ("late_deliveries", "open_complaints", "rival_offer", "tenure", "price_change")
UNITS: Mapping[str, float] = MappingProxyType(dict.fromkeys(FACTORS, 1.0))
REPAIRS = ("open_complaints", "late_deliveries", "price_change")  # what a seller can do something about
RULES = ("expected", "chance", "margin", "tenure", "end")
ENOUGH = 10  # lost contracts per factor, below which estimates are unsteady (Peduzzi and others 1996: a rule of thumb)
Z = 1.959964


@dataclass(frozen=True)
class Renewal:
    """A fitted logit: the log odds of leaving and their covariance, the constant first. Nothing in it changes."""

    weights: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    n: int
    lost: int

    @property
    def steady(self) -> bool:
        """Whether there are ten lost contracts for each factor."""
        return min(self.lost, self.n - self.lost) >= ENOUGH * len(FACTORS)

    def odds(self, per: Mapping[str, float] = UNITS) -> pd.DataFrame:
        """Odds ratios per stated unit with 95 % intervals: factor | per, log_odds (of one unit as measured), ratio,
        low, high. Raises BadSetting for a unit that is nought or no number."""
        rows = {}
        for at, name in enumerate(FACTORS, 1):
            unit = float(per.get(name, 1.0))
            if not np.isfinite(unit) or unit <= 0:
                raise BadSetting(name="per", value=unit, allowed="a number above 0")
            error = float(np.sqrt(self.covariance[at][at]))
            ends = [np.exp(unit * (self.weights[at] + side * Z * error)) for side in (0, -1, 1)]
            rows[name] = [unit, self.weights[at], *map(float, ends)]
        columns = ["per", "log_odds", "ratio", "low", "high"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("factor")

    def probability(self, contracts: pd.DataFrame) -> pd.Series:
        """The chance that each contract is lost: contracts(factors) → 0–1. Raises MissingColumns, BadColumn."""
        table = _table(contracts, "renewal.probability")
        return pd.Series(special.expit(table @ np.array(self.weights)), index=contracts.index, name="chance")

    def interval(self, contracts: pd.DataFrame) -> pd.DataFrame:
        """95 % interval of each chance (delta method on the log odds): low, high. Raises what probability raises."""
        table = _table(contracts, "renewal.interval")
        middle = table @ np.array(self.weights)
        spread = Z * np.sqrt(np.einsum("ij,jk,ik->i", table, np.array(self.covariance), table))
        ends = {"low": special.expit(middle - spread), "high": special.expit(middle + spread)}
        return pd.DataFrame(ends, index=contracts.index)


def fit(contracts: pd.DataFrame) -> Renewal:
    """Fit the logit of leaving by maximum likelihood.

    contracts(renewed 0/1, late_deliveries, open_complaints, rival_offer 0/1, tenure in years, price_change in per cent)
    → Renewal. Raises MissingColumns, BadColumn, BadSetting; CannotFit where nobody or everybody left, where a factor is
    the same in all contracts or follows from the others, and where the factors tell the lost from the others without
    fault: the estimates would then grow without end (Albert & Anderson, Biometrika 71, 1984).
    """
    from statsmodels.discrete.discrete_model import Logit

    need(contracts, "renewal.fit", ["renewed", *FACTORS])
    lost, table = churn.lost(contracts).to_numpy(), _table(contracts, "renewal.fit")
    for wrong, reason in (
        (not lost.any(), "nobody_lost"),
        (bool(lost.all()), "everybody_lost"),
        (np.linalg.matrix_rank(table) < table.shape[1], "factors_alike"),
    ):
        if wrong:
            raise CannotFit(model="logit", reason=reason)
    if _separated(table, lost):
        raise CannotFit(model="logit", reason="separated")
    found = Logit(lost, table).fit(disp=0, method="newton", maxiter=100)
    covariance = tuple(tuple(map(float, row)) for row in found.cov_params())
    return Renewal(tuple(map(float, found.params)), covariance, len(lost), int(lost.sum()))


def _table(contracts: pd.DataFrame, where: str) -> np.ndarray:
    """The factors as numbers behind a column of ones."""
    need(contracts, where, list(FACTORS))
    numbers = contracts[list(FACTORS)].apply(pd.to_numeric, errors="coerce").astype(float)
    for name in FACTORS:
        bad = ~np.isfinite(numbers[name].to_numpy())
        if bad.any():
            example = contracts[name][bad].iloc[0]
            values = {"count": int(bad.sum()), "total": len(bad), "example": example}
            raise BadColumn(where=where, column=name, kind="number", **values)
    return np.column_stack([np.ones(len(numbers)), numbers.to_numpy()])


def _separated(table: np.ndarray, lost: np.ndarray) -> bool:
    """Whether some line has all lost contracts on or beyond it and all others on or before it (linear programme)."""
    side = np.where(lost == 1, 1.0, -1.0)[:, None] * table
    scale = np.abs(side).max(axis=0)
    side = side / np.where(scale > 0, scale, 1.0)
    found = optimize.linprog(-side.sum(axis=0), A_ub=-side, b_ub=np.zeros(len(side)), bounds=[(-1, 1)] * side.shape[1])
    return bool(found.status == 0 and -found.fun > 1e-6)


def odds_finding(model: Renewal) -> Finding:
    """State what goes with leaving most, per one unit: `renewal.odds.raises`, `.lowers`, or `.none` where no interval
    leaves out 1. Values: factor, ratio (its reciprocal where it lowers), low, high, n, lost."""
    table = model.odds()
    clear = table[(table["low"] > 1) | (table["high"] < 1)]
    values: dict[str, Any] = {"n": model.n, "lost": model.lost}
    if clear.empty:
        return Finding("renewal.odds.none", values)
    top = clear.iloc[int(clear["log_odds"].abs().to_numpy().argmax())]
    up = bool(top["ratio"] > 1)
    ends = [top["low"], top["high"]] if up else [1 / top["high"], 1 / top["low"]]
    values |= {"factor": str(top.name), "ratio": float(top["ratio"] if up else 1 / top["ratio"])}
    values |= {"low": float(ends[0]), "high": float(ends[1])}
    return Finding(f"renewal.odds.{'raises' if up else 'lowers'}", values)


def repaired(contract: Mapping[str, float]) -> pd.DataFrame:
    """One contract as it is (row `now`) and with each thing repaired alone: no open complaint, no late delivery, no
    price rise (a price cut stays). Rows without anything to repair are as `now`."""
    now = {name: float(contract[name]) for name in FACTORS}
    rows = {"now": now} | {name: now | {name: min(now[name], 0.0)} for name in REPAIRS}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(FACTORS))


def repair_finding(chance: pd.Series) -> Finding:
    """State which repair goes with the lowest chance: `renewal.repair.best`, or `.nothing` where none lowers it by a
    percentage point. chance by row of `repaired`. Values: factor, before, after."""
    before, rest = float(chance["now"]), chance.drop("now")
    best = str(rest.idxmin())
    values = {"factor": best, "before": before, "after": float(rest[best])}
    return Finding(f"renewal.repair.{'best' if before - rest[best] >= 0.01 else 'nothing'}", values)


def split(contracts: pd.DataFrame, as_of: object, *, days: int = 182) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The contracts whose end lies up to a day, and those that fall due within `days` after it.

    contracts(end) → (known, coming). What became of the second lot is not known on that day. Raises MissingColumns.
    """
    need(contracts, "renewal.split", ["end"])
    day, edge = frames.read_days(contracts["end"])[0], frames.last_day(as_of)
    return contracts[day <= edge], contracts[(day > edge) & (day <= edge + days)]


def ranked(coming: pd.DataFrame, chance: pd.Series, rule: str) -> pd.DataFrame:
    """Put contracts in the order in which they are called, the first on top.

    coming(contract_id, margin, tenure, end), chance per row → coming with chance, expected (chance × margin). Rules:
    most expected loss first, most likely first, largest margin first, longest with us first, or by the day they end.
    Raises BadSetting, MissingColumns.
    """
    if rule not in RULES:
        raise BadSetting(name="rule", value=rule, allowed=", ".join(RULES))
    need(coming, "renewal.ranked", ["contract_id", "margin", "tenure", "end"])
    table = coming.assign(chance=chance, expected=chance * coming["margin"].clip(lower=0))
    return table.sort_values([rule, "contract_id"], ascending=[rule == "end", True], kind="stable")


def reached(coming: pd.DataFrame, chance: pd.Series) -> pd.DataFrame:
    """What calls reach, looking back: for each rule, the share of the margin really lost among the first 0, 1, 2 … calls.

    coming(…, renewed) → number of calls | one column per rule, from 0 to 1; all 0 where nothing was lost.
    """
    table = {}
    for rule in RULES:
        rows = ranked(coming, chance, rule)
        gone = (churn.lost(rows) * rows["margin"].clip(lower=0)).to_numpy(dtype=float)
        table[rule] = np.concatenate([[0.0], gone.cumsum()]) / max(gone.sum(), 1e-9)
    return pd.DataFrame(table).rename_axis("calls")


def calls_finding(curves: pd.DataFrame, calls: int, rule: str = "expected") -> Finding:
    """State what a rule's calls reached beside the best of the other rules: `renewal.calls.better`, `.worse`, `.alike`
    (within two percentage points), `.nothing` (nothing was lost). Values: calls, rule, share, other, other_share, luck
    (the share that calls drawn by lot reach on average)."""
    most = len(curves) - 1
    at = min(max(calls, 0), most)
    row = curves.iloc[at]
    if most <= 0 or curves.iloc[-1].max() <= 0:
        return Finding("renewal.calls.nothing")
    other = str(row.drop(rule).idxmax())
    gap = float(row[rule] - row[other])
    values = {"calls": at, "rule": rule, "share": float(row[rule]), "other": other, "other_share": float(row[other])}
    values["luck"] = at / most
    return Finding(f"renewal.calls.{'alike' if abs(gap) < 0.02 else 'better' if gap > 0 else 'worse'}", values)
