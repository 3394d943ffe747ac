"""What an action has brought: against the market, against a control group, and against chance.

One estimand throughout: the ratio. Growth is taken as a logarithm, averaged over accounts, and turned back, so that
"the market grew by 12 %" means the same for a large and a small account. An interval is 95 % unless stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

from custlib import frames
from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, CannotFit

AHEAD = 120.0  # a dealer leads from here on, the mean of all dealers being 100
LEAST = 10  # accounts of a group in each arm, below which nothing is said about it


def above_market(growth: float, market: float) -> float:
    """What a growth is above the market's: (1 + growth)/(1 + market) − 1, shares.

    It is the account's own only if it would have grown as the market did. Raises BadSetting at −100 % and below.

    >>> round(above_market(0.30, 0.12), 3)
    0.161
    """
    for name, value in (("growth", growth), ("market", market)):
        if not np.isfinite(value) or value <= -1:
            raise BadSetting(name=name, value=value, allowed="> −1")
    return (1 + growth) / (1 + market) - 1


def market_finding(growth: float, market: float) -> Finding:
    """Say what is left of a growth: `effect.market.above`, `.level` (under half a per cent apart) or `.below`."""
    rest = above_market(growth, market)
    code = "level" if abs(rest) < 0.005 else "above" if rest > 0 else "below"
    return Finding(f"effect.market.{code}", {"growth": growth, "market": market, "rest": rest})


@dataclass(frozen=True)
class Effect:
    """A ratio less 1 with its interval, and what it is made of (all shares).

    `treated` and `control` are the growth of a typical account (geometric mean) in each group; `points` is their
    difference in percentage points, as a share; `left` counts accounts without a ratio.
    """

    ratio: float
    low: float
    high: float
    treated: float
    control: float
    points: float
    n_treated: int
    n_control: int
    left: int = 0


def difference(campaign: pd.DataFrame) -> Effect:
    """Difference in differences in ratio form: how much more the treated grew than the control group.

    campaign(customer_id, treated: 1 or 0, pre, post: money before and after). Interval by Welch's t. An account with
    nothing before or nothing after has no ratio and is left out. It needs a control group that would have grown alike:
    by lot it does; without a lot that is an assumption. Raises MissingColumns, BadColumn, CannotFit below two accounts
    in a group. (Ashenfelter & Card 1985; Card & Krueger, American Economic Review 84, 1994.)
    """
    growth, treated, left = _growth(campaign, "effect.difference")
    one, two = growth[treated], growth[~treated]
    gap, low, high = _welch(one, two)
    mine, theirs = float(np.expm1(one.mean())), float(np.expm1(two.mean()))
    return Effect(gap, low, high, mine, theirs, mine - theirs, len(one), len(two), left)


def before_after(campaign: pd.DataFrame) -> Effect:
    """The growth of the treated alone: what happened, not what the action brought. As `difference`, without a control."""
    growth, treated, left = _growth(campaign, "effect.before_after")
    one = growth[treated]
    half = float(stats.t.ppf(0.975, len(one) - 1) * one.std(ddof=1) / np.sqrt(len(one)))
    middle = float(one.mean())
    edges = [float(np.expm1(each)) for each in (middle, middle - half, middle + half)]
    return Effect(edges[0], edges[1], edges[2], edges[0], np.nan, np.nan, len(one), 0, left)


def uplift(campaign: pd.DataFrame) -> Effect:
    """The treated over the control group by what came afterwards alone: right with a lot, and wider than `difference`."""
    growth, treated, left = _growth(campaign.assign(pre=1.0), "effect.uplift")
    gap, low, high = _welch(growth[treated], growth[~treated])
    return Effect(gap, low, high, np.nan, np.nan, np.nan, int(treated.sum()), int((~treated).sum()), left)


def finding(found: Effect, naive: Effect) -> Finding:
    """Say what the action brought beside what before and after would claim.

    `effect.did.up`, `.down`, or `.none` (the interval takes in 0), with ratio, low, high, naive, control.
    """
    values = {"ratio": found.ratio, "low": found.low, "high": found.high}
    values |= {"naive": naive.ratio, "control": found.control, "treated": found.treated, "points": found.points}
    code = "up" if found.low > 0 else "down" if found.high < 0 else "none"
    return Finding(f"effect.did.{code}", {**values, "n": found.n_treated + found.n_control})


def groups(campaign: pd.DataFrame, label: pd.Series) -> pd.DataFrame:
    """The effect in each group of accounts, with intervals that allow for looking at several.

    label: a name per customer_id → group | n, ratio, low, high (Bonferroni), se; groups with fewer than LEAST accounts
    in an arm are left out. Raises what `difference` raises.
    """
    growth, treated, _ = _growth(campaign, "effect.groups")
    named = campaign["customer_id"].map(label)[growth.index]
    able = [
        name
        for name in sorted(named.dropna().unique(), key=str)
        if min(int((treated & (named == name)).sum()), int((~treated & (named == name)).sum())) >= LEAST
    ]
    rows = {}
    for name in able:
        inside = named == name
        one, two = growth[treated & inside], growth[~treated & inside]
        gap, low, high = _welch(one, two, looks=len(able))
        error = float(np.sqrt(one.var(ddof=1) / len(one) + two.var(ddof=1) / len(two)))
        rows[name] = {"n": int(inside.sum()), "ratio": gap, "low": low, "high": high, "se": error}
    columns = ["n", "ratio", "low", "high", "se"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("group")


def groups_finding(table: pd.DataFrame) -> Finding:
    """Say whether the groups differ by more than chance (Cochran's Q, 1954): `effect.groups.differ` (best, worst),
    `.level`, `.few` below two groups."""
    if len(table) < 2:
        return Finding("effect.groups.few", {"n": len(table)})
    gap = np.log1p(table["ratio"].to_numpy(dtype=float))
    spread = table["se"].to_numpy(dtype=float)
    weight = 1 / np.maximum(spread, 1e-12) ** 2
    q = float((weight * (gap - np.average(gap, weights=weight)) ** 2).sum())
    differ = stats.chi2.sf(q, len(table) - 1) < 0.05
    values = {"n": len(table), "best": table["ratio"].idxmax(), "worst": table["ratio"].idxmin()}
    values |= {"high": float(table["ratio"].max()), "low": float(table["ratio"].min())}
    return Finding(f"effect.groups.{'differ' if differ else 'level'}", values)


def fifths(orders: pd.DataFrame, *, by: str = "before", as_of: object = None, months: int = 6) -> pd.DataFrame:
    """Sort customers into fifths by one period and look how the other period compares: regression to the mean.

    orders(customer_id, date, amount) → fifth (1 lowest) | n, before, after (money), growth (after/before − 1) of those
    who bought in both periods of `months` up to `as_of`; attrs["all"] is the growth of all of them. `by` is the period
    that sorts: before or after. Equal sums share the mean of their places. Raises BadSetting and what the gate raises.
    """
    if by not in ("before", "after"):
        raise BadSetting(name="by", value=by, allowed="before, after")
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise BadSetting(name="months", value=months, allowed="1, 2, 3 …")
    read = frames.purchases(orders, where="effect.fifths", as_of=as_of)
    edges = [frames.day_number(read.as_of - pd.DateOffset(months=back)) for back in (2 * months, months, 0)]
    size = len(read.ids)
    sums = [
        np.bincount(read.customer[inside], read.amount[inside], size)
        for inside in ((read.day > first) & (read.day <= last) for first, last in pairwise(edges))
    ]
    both = pd.DataFrame({"before": sums[0], "after": sums[1]})
    both = both[(both > 0).all(axis=1)]
    place = both[by].rank(method="average", pct=True)
    fifth = np.clip(np.ceil(place.to_numpy() * 5 - 1e-9), 1, 5).astype(int)
    each = both.groupby(fifth)
    table = each[["before", "after"]].sum().rename_axis("fifth")
    table.insert(0, "n", each.size())
    table["growth"] = table["after"] / table["before"] - 1
    whole = float(both["after"].sum() / both["before"].sum() - 1) if len(both) else np.nan
    table.attrs.update(all=whole, n=len(both), by=by, months=months)
    return table


def fifths_finding(table: pd.DataFrame) -> Finding:
    """Say whether the lowest rose and the highest fell behind: `effect.mean.back`, `.apart` (the reverse), `.level`,
    or `.few` where there are not five fifths. Values lowest, highest, all (growth), n."""
    values = {"n": table.attrs["n"], "all": table.attrs["all"], "by": table.attrs["by"]}
    if len(table) < 5:
        return Finding("effect.mean.few", values)
    lowest, highest = float(table["growth"].iloc[0]), float(table["growth"].iloc[-1])
    values |= {"lowest": lowest, "highest": highest}
    if values["by"] == "after":  # backwards in time the lowest come from above
        code = "forth" if lowest < highest else "level"
    else:
        code = "back" if lowest > values["all"] > highest else "apart" if lowest < values["all"] < highest else "level"
    return Finding(f"effect.mean.{code}", values)


def dealers(lines: pd.DataFrame, *, as_of: object = None) -> pd.DataFrame:
    """Each dealer against the mean of all dealers, in the last 12 months and the 12 before.

    lines(dealer: empty if direct, date, net_amount or amount) → dealer | before, after (index: mean of all dealers =
    100), growth (share), led, leads (index from AHEAD on), first year's best first; attrs["market"] is the growth of
    all dealers together. Raises MissingColumns.
    """
    amount = "net_amount" if "net_amount" in lines.columns else "amount"
    need(lines, "effect.dealers", "dealer", "date", amount)
    day, money = frames.read_days(lines["date"])[0], frames.read_amounts(lines[amount])[0]
    sold = (lines["dealer"].fillna("").astype(str) != "").to_numpy() & (day != frames.NO_DAY) & np.isfinite(money)
    until = int(day[sold].max()) if as_of is None and sold.any() else frames.last_day(as_of or "1970-01-01")
    stop = pd.Timestamp(until, unit="D")
    edges = [frames.day_number(stop - pd.DateOffset(years=back)) for back in (2, 1, 0)]
    name = lines["dealer"].astype(str).to_numpy()
    years = {
        word: pd.Series(money[inside]).groupby(name[inside]).sum()
        for word, inside in (
            ("before", sold & (day > edges[0]) & (day <= edges[1])),
            ("after", sold & (day > edges[1]) & (day <= edges[2])),
        )
    }
    both = pd.DataFrame(years).fillna(0.0).rename_axis("dealer")
    table = 100 * both / both.mean().where(both.mean() > 0)
    table["growth"] = both["after"] / both["before"].where(both["before"] > 0) - 1
    table["led"], table["leads"] = table["before"] >= AHEAD, table["after"] >= AHEAD
    total = both.sum()
    table = table.sort_values("before", ascending=False, kind="stable")
    table.attrs["market"] = float(total["after"] / total["before"] - 1) if total.get("before", 0) > 0 else np.nan
    return table


def dealers_finding(table: pd.DataFrame) -> Finding:
    """Say how many of those who led still lead: `effect.dealers.some`, `.all`, `.none`, or `.nobody` (nobody led).

    Values led, stayed, fell (numbers), strong and lucky (names), dealers.
    """
    led = table[table["led"]]
    strong, lucky = list(led.index[led["leads"]]), list(led.index[~led["leads"]])
    values = {"led": len(led), "stayed": len(strong), "fell": len(lucky), "strong": strong, "lucky": lucky}
    code = "nobody" if led.empty else "all" if not lucky else "none" if not strong else "some"
    return Finding(f"effect.dealers.{code}", {**values, "dealers": len(table)})


def _growth(campaign: pd.DataFrame, where: str) -> tuple[pd.Series, pd.Series, int]:
    """Logarithms of after over before, who was treated, and how many have no ratio."""
    need(campaign, where, "customer_id", "treated", "pre", "post")
    arm = pd.to_numeric(campaign["treated"], errors="coerce")
    strange = ~arm.isin([0, 1])
    if strange.any():
        example = campaign["treated"][strange].iloc[0]
        count, total = int(strange.sum()), len(campaign)
        raise BadColumn(where=where, column="treated", kind="0, 1", count=count, total=total, example=example)
    money = [pd.to_numeric(campaign[name], errors="coerce") for name in ("pre", "post")]
    able = (money[0] > 0) & (money[1] > 0) & np.isfinite(money[0]) & np.isfinite(money[1])
    treated = arm[able] == 1
    if min(int(treated.sum()), int((~treated).sum())) < 2:
        raise CannotFit(model=where, reason="no_control")
    growth = np.log(money[1][able]) - np.log(money[0][able])
    return growth, treated, int((~able).sum())


def _welch(one: pd.Series, two: pd.Series, *, looks: int = 1) -> tuple[float, float, float]:
    """The ratio of two geometric means less 1, with Welch's interval."""
    parts = np.array([one.var(ddof=1) / len(one), two.var(ddof=1) / len(two)])
    gap, error = float(one.mean() - two.mean()), float(np.sqrt(parts.sum()))
    if error <= 0:
        return (float(np.expm1(gap)),) * 3
    degrees = parts.sum() ** 2 / (parts**2 / (np.array([len(one), len(two)]) - 1)).sum()
    half = float(stats.t.ppf(1 - 0.025 / looks, degrees)) * error
    return float(np.expm1(gap)), float(np.expm1(gap - half)), float(np.expm1(gap + half))
