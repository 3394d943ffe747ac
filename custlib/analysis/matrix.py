"""Two-by-two matrices of customers, each under its own name: same paper, different axes.

Value × risk is a convention of this course. The others are Marcus's customer value matrix (Journal of Consumer
Marketing 15, 1998), Kraljic's purchasing portfolio (Harvard Business Review 61, 1983), supplier preferencing (Steele &
Court 1996) and net price × cost to serve (Shapiro, Rangan, Moriarty & Ross, Harvard Business Review 65, 1987).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from custlib.analysis import classification, risk
from custlib.analysis.classification import need
from custlib.content import Finding
from custlib.errors import BadSetting

# Each matrix: what stands where x is high and y is high, x high y low, x low y high, both low.
CELLS = {
    "value_risk": ("defend", "core", "restrict", "standard"),
    "marcus": ("best", "frequent", "spender", "uncertain"),
    "kraljic": ("strategic", "leverage", "bottleneck", "non_critical"),
    "preferencing": ("core", "exploitable", "development", "nuisance"),
    "price_cost": ("carriage_trade", "passive", "aggressive", "bargain_basement"),
}
HIGH_RISK = 50.0


def cells(name: str, x: pd.Series, y: pd.Series, high_x: Any, high_y: Any) -> pd.Series:
    """Place customers in one of CELLS by two truth values; whoever lacks a figure has no cell.

    x, y (figures per customer), high_x, high_y (whether each is high) → a code per customer. Raises BadSetting.
    """
    if name not in CELLS:
        raise BadSetting(name="matrix", value=name, allowed=", ".join(CELLS))
    both, right, up, none = CELLS[name]
    one, two = np.asarray(high_x, dtype=bool), np.asarray(high_y, dtype=bool)
    code = np.select([one & two, one, two], [both, right, up], none)
    known = (x.notna() & y.notna()).to_numpy()
    return pd.Series(pd.array(code[known], dtype="str"), index=x.index[known], name=name)


def marcus(summary: pd.DataFrame) -> pd.Series:
    """Marcus's customer value matrix: number of purchases × mean amount, cut at the means of all customers.

    summary(frequency, mean_order) → best (both above the mean), frequent, spender, uncertain. Raises MissingColumns.
    Made for small retail and service firms.
    """
    need(summary, "matrix.marcus", ["frequency", "mean_order"])
    often, much = summary["frequency"], summary["mean_order"]
    return cells("marcus", often, much, often > often.mean(), much > much.mean())


def value_risk(value: pd.Series, score: pd.Series, *, value_cut: float, risk_cut: float = HIGH_RISK) -> pd.Series:
    """Value × risk: value high from `value_cut`, risk high from `risk_cut`.

    value (contribution of the last 12 months, not CLV: a customer's leaving would stand on both axes), score (0–100) →
    core (valuable, safe), defend (valuable, at risk), standard, restrict (little value, at risk).
    """
    return cells("value_risk", value, score, value >= value_cut, score >= risk_cut)


def kraljic(impact: pd.Series, supply_risk: pd.Series) -> pd.Series:
    """Kraljic's portfolio, the buyer's view of us: what they spend × how hard we are to replace, cut at the medians.

    impact (money per customer), supply_risk (more is harder) → non_critical, leverage, bottleneck, strategic.
    """
    high = impact > impact.median(), supply_risk > supply_risk.median()
    return cells("kraljic", impact, supply_risk, *high)


def preferencing(value: pd.Series, attractiveness: pd.Series) -> pd.Series:
    """Supplier preferencing, our view of the account: its weight in our sales × how attractive it is, cut at the medians.

    value (money per customer), attractiveness (more is better) → nuisance, exploitable, development, core.
    """
    high = value > value.median(), attractiveness > attractiveness.median()
    return cells("preferencing", value, attractiveness, *high)


def price_cost(price_kept: pd.Series, cost_share: pd.Series) -> pd.Series:
    """Net price × cost to serve, cut at the medians.

    price_kept (net over list price), cost_share (cost to serve over revenue) → passive (good price, cheap to serve),
    carriage_trade (good price, dear), aggressive (low price, dear), bargain_basement (low price, cheap).
    """
    known = price_kept.notna() & cost_share.notna()
    price, cost = price_kept[known], cost_share[known]
    dear = cost > cost.median()
    good = price > price.median()
    code = np.select([good & dear, good, dear], ["carriage_trade", "passive", "aggressive"], "bargain_basement")
    return pd.Series(pd.array(code, dtype="str"), index=price.index, name="price_cost")


def value_cut(value: pd.Series, rule: str = "eighty") -> float:
    """Where value begins to be high: the smallest of those who bring 80 % together, or the median of those who bring
    anything. Raises BadSetting for another rule; where nobody brings anything, the cut is above everybody."""
    bring = value[value > 0]
    if rule not in ("eighty", "median"):
        raise BadSetting(name="rule", value=rule, allowed="eighty, median")
    if bring.empty:
        return float("inf")
    if rule == "median":
        return float(bring.median())
    graded = classification.abc(bring)
    return float(graded.loc[graded["grade"] == "A", "value"].min())


def moved(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """List who stands in another cell after the lines were moved.

    two series of cells per customer → before, after, of those who differ.
    """
    both = pd.DataFrame({"before": before, "after": after}).dropna()
    return both[both["before"] != both["after"]]


def action(cell: pd.Series, card: pd.DataFrame, ownership: pd.Series | None = None) -> pd.Series:
    """What to do: for high risk, what answers the dominant component; for low risk, by the cell.

    cell (of value_risk), card(dominant), ownership per customer → leaving, payment, payment_public (state-owned and
    public payers: their own cycle, no prepayment), dependence, volatility, service; grow (core), light (standard).
    Who may leave needs attention; who does not pay needs limits.
    """
    dominant = card["dominant"].reindex(cell.index).fillna("")
    if ownership is not None:
        official = ownership.reindex(cell.index).isin(risk.OFFICIAL)
        dominant = dominant.mask(official & (dominant == "payment"), "payment_public")
    calm = cell.map({"core": "grow", "standard": "light"})
    return calm.fillna(dominant).rename("action")


def summary(cell: pd.Series, value: pd.Series) -> pd.DataFrame:
    """Customers and value of each cell, in the order of CELLS; cells without customers have 0.

    cell, value per customer → cell | customers, value.
    """
    each = value.reindex(cell.index).groupby(cell)
    table = pd.DataFrame({"customers": each.size(), "value": each.sum()})
    return table.reindex(CELLS[str(cell.name)]).fillna(0).astype({"customers": int})


def at_risk_finding(cell: pd.Series, value: pd.Series) -> Finding:
    """State how much value stands at high risk: `matrix.at_risk.some`, `.most` (more than half), `.none`, or
    `.nobody` where no customer has high value.

    Values: n, value, share (of the value of high-value customers), high (customers with high value).
    """
    table = summary(cell, value)
    high = table.loc[["defend", "core"]]
    n, money, whole = int(high["customers"].iloc[0]), float(high["value"].iloc[0]), float(high["value"].sum())
    share = money / whole if whole > 0 else 0.0
    values = {"n": n, "value": money, "share": share, "high": int(high["customers"].sum())}
    code = "nobody" if not values["high"] else "none" if not n else "most" if share > 0.5 else "some"
    return Finding(f"matrix.at_risk.{code}", values)


def same_name_finding(first: pd.Series, second: pd.Series) -> Finding:
    """State how far Marcus's “best” are our valuable customers: `matrix.names.differ` (at most half stand in core) or
    `.agree`, or `.nobody` where there is no best. first: cells of marcus, second: cells of value_risk."""
    both = pd.DataFrame({"marcus": first, "ours": second}).dropna()
    best = both[both["marcus"] == "best"]
    core = int((best["ours"] == "core").sum())
    values = {"best": len(best), "core": core, "defend": int((best["ours"] == "defend").sum())}
    values |= {"low": int(best["ours"].isin(["standard", "restrict"]).sum())}
    code = "nobody" if best.empty else "differ" if 2 * core <= len(best) else "agree"
    return Finding(f"matrix.names.{code}", values)
