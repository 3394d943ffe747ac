"""What satisfied customers do: who comes back, from which grade on, and whether points make a difference.

Satisfaction and loyalty do not go hand in hand step by step: Jones & Sasser, Harvard Business Review, November–December
1995 (the figure usually quoted from it, six times, is that of one firm, Xerox). Attitude × repeat purchase: Dick & Basu,
Journal of the Academy of Marketing Science 22 (1994), a typology rather than a predictor.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis import satisfaction
from custlib.analysis.channels import difference, wilson
from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import BadSetting, NothingLeft

SOON = 90  # days within which a purchase counts as coming back
GRADES = (1, 2, 3, 4, 5)
SMALL = 0.25  # below the threshold, no step may be larger than this part of the one at it
Joined = Literal["wish", "lot"]


def repurchase(survey: pd.DataFrame, purchases: pd.DataFrame, *, days: int = SOON) -> pd.DataFrame:
    """Say of each answer whether the customer bought again within `days` after it.

    survey(customer_id, date, …), purchases(customer_id, date; amount where known, returns are no purchases) → the
    survey's rows with again (bool). Answers younger than `days` on the last day of the list are left out: nobody knows
    yet. Raises MissingColumns, BadSetting, NothingLeft.
    """
    need(survey, "loyalty.repurchase", "customer_id", "date")
    bought = _bought(purchases, "loyalty.repurchase")
    if days < 1:
        raise BadSetting(name="days", value=days, allowed="1, 2, 3 …")
    asked = survey.reset_index(drop=True)
    asked_on = pd.Series(frames.read_days(asked["date"])[0], index=asked.index)
    known = (asked_on != frames.NO_DAY) & (asked_on + days <= bought["day"].max())
    answers: pd.DataFrame = asked[known].copy()
    asked_on = asked_on[known]
    if answers.empty:
        raise NothingLeft(where="loyalty.repurchase", total=len(survey), reasons=())
    later = pd.DataFrame({"row": answers.index, "customer_id": answers["customer_id"], "asked": asked_on}).merge(bought)
    gap = later["day"] - later["asked"]
    back = later.loc[(gap > 0) & (gap <= days), "row"]
    answers["again"] = answers.index.isin(back)
    return answers


def _bought(purchases: pd.DataFrame, where: str) -> pd.DataFrame:
    """Customer and day (days since 1970) of what was bought; a row without a day, or that brought nothing, is no purchase."""
    need(purchases, where, "customer_id", "date")
    day = frames.read_days(purchases["date"])[0]
    known = (day != frames.NO_DAY) & purchases["customer_id"].notna().to_numpy()
    if "amount" in purchases:
        known &= frames.read_amounts(purchases["amount"])[0] > 0
    return pd.DataFrame({"customer_id": purchases["customer_id"][known], "day": day[known]})


def by_grade(answers: pd.DataFrame, grade: str = "csat_1_5") -> pd.DataFrame:
    """Count who came back by grade: grade 1…5 | n, again, share, low, high (95 %, Wilson). Raises MissingColumns.

    answers: from `repurchase`. A grade that nobody gave has n 0 and no share.
    """
    need(answers, "loyalty.by_grade", grade, "again")
    each = answers.groupby(answers[grade].astype(int))["again"]
    table = pd.DataFrame({"n": each.size(), "again": each.sum()}).reindex(GRADES, fill_value=0).rename_axis("grade")
    table["share"] = table["again"] / table["n"].where(table["n"] > 0)
    edges = [wilson(*pair) for pair in table[["again", "n"]].to_numpy(dtype=float)]
    table[["low", "high"]] = pd.DataFrame(edges, index=table.index, columns=["low", "high"], dtype=float)
    return table


def split(table: pd.DataFrame, cut: int) -> dict[str, float]:
    """Compare those from a grade on with those below: above, below (shares), n_above, n_below, gap, low, high (Newcombe)."""
    if cut not in GRADES[1:]:
        raise BadSetting(name="cut", value=cut, allowed="2, 3, 4, 5")
    top, rest = table.loc[cut:], table.loc[: cut - 1]
    pairs = (float(top["again"].sum()), float(rest["again"].sum())), (float(top["n"].sum()), float(rest["n"].sum()))
    gap, low, high = difference(*pairs)
    shares = [one / n if n else float("nan") for one, n in zip(*pairs, strict=True)]
    return {"above": shares[0], "below": shares[1], "n_above": pairs[1][0], "n_below": pairs[1][1], "gap": gap, "low": low, "high": high}  # fmt: skip


def threshold(table: pd.DataFrame) -> int | None:
    """The grade from which on clearly more customers come back: the cut with the largest gap in either direction, or
    None where the gap of no cut leaves 0 out of its interval."""
    cuts = {cut: split(table, cut) for cut in GRADES[1:]}
    clear = {cut: abs(each["gap"]) for cut, each in cuts.items() if each["low"] > 0 or each["high"] < 0}
    return max(clear, key=lambda cut: clear[cut]) if clear else None


def threshold_finding(table: pd.DataFrame) -> Finding:
    """State how coming back hangs on the grade: `experience.threshold.jump` (flat below, then a leap), `.gradual` (more
    with each step), `.fall` (the satisfied come back less) or `.none`.

    Values: cut, above, below, gap, low, high, and before: the share of the grade just below the cut.
    """
    cut = threshold(table)
    if cut is None:
        return Finding("experience.threshold.none", {"n": int(table["n"].sum())})
    values = split(table, cut) | {"cut": cut, "before": float(table["share"].loc[cut - 1])}
    below = table["share"].loc[: cut - 1].dropna()
    flat = len(below) < 2 or float(np.ptp(below)) <= SMALL * abs(values["gap"])
    code = "fall" if values["gap"] < 0 else "jump" if flat else "gradual"
    return Finding(f"experience.threshold.{code}", values)


def kinds(attitude: pd.Series, repeat: pd.Series) -> pd.DataFrame:
    """Dick and Basu's four kinds: attitude (likes us) × repeat (buys again) → loyalty, latent, spurious, none | n, share.

    latent likes us and does not buy, spurious buys and does not like us: the next offer takes it away.
    """
    both = pd.DataFrame({"attitude": attitude.astype(bool), "repeat": repeat.astype(bool)})
    if both.empty:
        raise NothingLeft(where="loyalty.kinds", total=0, reasons=())
    likes, buys = both["attitude"].to_numpy(), both["repeat"].to_numpy()
    code = pd.Series(np.select([likes & buys, likes, buys], ["loyalty", "latent", "spurious"], "none"))
    n = code.value_counts().reindex(["loyalty", "latent", "spurious", "none"], fill_value=0)
    return pd.DataFrame({"n": n, "share": n / len(both)}).rename_axis("kind")


def kinds_finding(table: pd.DataFrame) -> Finding:
    """Say what those who bought again are: `experience.kinds.spurious` (most of them do not like us that much),
    `.loyalty` or `.nobody` (nobody bought again). Values: n (bought again), spurious, share, latent."""
    again = int(table.loc[["loyalty", "spurious"], "n"].sum())
    spurious, latent = (int(table["n"].loc[kind]) for kind in ("spurious", "latent"))
    values: dict[str, float] = {"n": again, "spurious": spurious, "latent": latent}
    if not again:
        return Finding("experience.kinds.nobody", values)
    values["share"] = values["spurious"] / again
    return Finding(f"experience.kinds.{'spurious' if values['share'] > 0.5 else 'loyalty'}", values)


def benefits(
    survey: pd.DataFrame, purchases: pd.DataFrame, facts: pd.DataFrame, customers: pd.DataFrame
) -> dict[str, float]:
    """Four benefits of knowing what customers value, each by one figure: satisfaction (CSAT), return (margin per yuan
    spent on serving), loyalty (share who bought again within 90 days), innovation (mean share of new products).

    facts(contribution, cost_to_serve): from `contribution.last_months`; customers(new_product_share). Raises MissingColumns.
    """
    need(facts, "loyalty.benefits", "contribution", "cost_to_serve")
    need(customers, "loyalty.benefits", "new_product_share")
    served = float(facts["cost_to_serve"].sum())
    return {
        "satisfaction": satisfaction.csat(survey["csat_1_5"]).value,
        "return": (float(facts["contribution"].sum()) + served) / served if served > 0 else float("nan"),
        "loyalty": float(repurchase(survey, purchases)["again"].mean()),
        "innovation": float(customers["new_product_share"].mean()),
    }


def halves(purchases: pd.DataFrame, *, days: int = 182) -> pd.DataFrame:
    """What a points scheme would have met: who bought before a day, and whether again after it.

    purchases(customer_id, date; amount where known) → customer_id | before (purchases up to `days` before the last day
    of the list), again (bought in the `days` since). Raises MissingColumns, NothingLeft where nobody bought before.
    """
    bought = _bought(purchases, "loyalty.halves")
    day = bought["day"]
    early = day <= day.max() - days
    before: pd.DataFrame = bought[early].groupby("customer_id").size().rename("before").to_frame()
    if before.empty:
        raise NothingLeft(where="loyalty.halves", total=len(purchases), reasons=())
    before["again"] = before.index.isin(bought.loc[~early, "customer_id"].unique())
    return before


def points(history: pd.DataFrame, *, joined: Joined = "lot", effect: float = 0.0, seed: int = 7) -> pd.DataFrame:
    """Give half of the customers points in a scheme that never was, and see who comes back.

    history: from `halves` → the same with member, and again after the points: of the members who would have stayed
    away, the share `effect` comes back. `joined`: by lot, or by wish, where whoever bought more often is likelier to
    join. One seed, one draw. Raises BadSetting.
    """
    if joined not in ("wish", "lot") or not 0 <= effect <= 1:
        raise BadSetting(name="joined, effect", value=(joined, effect), allowed="wish, lot; 0 … 1")
    rng = np.random.default_rng(seed)
    luck, moved = rng.random(len(history)), rng.random(len(history))
    eager = luck if joined == "lot" else np.log1p(history["before"].to_numpy()) + 0.5 * luck
    member = np.zeros(len(history), dtype=bool)
    member[np.argsort(-eager, kind="stable")[: len(history) // 2]] = True
    again = history["again"].to_numpy() | (member & (moved < effect))
    return history.assign(member=member, unaided=history["again"], again=again)


def points_finding(drawn: pd.DataFrame, joined: Joined) -> Finding:
    """Compare members with the others: `experience.points.<joined>_more`, `_less` or `_level` (the interval takes in 0).

    drawn: from `points`. Values: members, others (shares), n_members, n_others, gap, low, high (Newcombe), and truth:
    by how much the points really raised the members' share, which only a simulation knows.
    """
    one, two = drawn[drawn["member"]], drawn[~drawn["member"]]
    if one.empty or two.empty:
        return Finding("experience.points.few", {"n": len(drawn)})
    gap, low, high = difference((one["again"].sum(), two["again"].sum()), (len(one), len(two)))
    values = {"members": float(one["again"].mean()), "others": float(two["again"].mean())}
    values |= {"n_members": len(one), "n_others": len(two), "gap": gap, "low": low, "high": high}
    values |= {"truth": float(one["again"].mean() - one["unaided"].mean())}
    way = "more" if low > 0 else "less" if high < 0 else "level"
    return Finding(f"experience.points.{joined}_{way}", values)
