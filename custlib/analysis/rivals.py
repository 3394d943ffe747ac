"""What customers spend with us and with others: share of wallet, headroom, rank, and where each rival is ahead.

Share of wallet is our sales over all they spend on such products. The Wallet Allocation Rule guesses it from the rank a
customer gives us and the number of suppliers used (Keiningham, Aksoy, Buoye & Cooil, Harvard Business Review 89, 2011;
the name is a registered mark).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from custlib.analysis import classification
from custlib.analysis.classification import need
from custlib.content import Finding
from custlib.errors import BadSetting

RIVALS = ("rival_a", "rival_b", "rival_c")
SMALL_SHARE = 0.15
STANDINGS = ("ahead", "level", "behind", "unknown")


def wallets(table: pd.DataFrame) -> pd.DataFrame:
    """Sum up each customer's wallet over the quarters at hand.

    table(customer_id, quarter, category_spend, own, rival_a, rival_b, rival_c, n_suppliers) → customer_id | spend, own,
    rival_a … rival_c, share (0–1, NaN where nothing was spent), headroom = spend · (1 − share), rank (of us by money,
    ties count for us), suppliers. Raises MissingColumns.
    """
    need(table, "rivals.wallets", ["customer_id", "category_spend", "own", *RIVALS, "n_suppliers"])
    sums = table.groupby("customer_id")[["category_spend", "own", *RIVALS]].sum()
    found = sums.rename(columns={"category_spend": "spend"})
    found["share"] = found["own"] / found["spend"].where(found["spend"] > 0)
    found["headroom"] = found["spend"] - found["own"]
    found["rank"] = 1 + found[list(RIVALS)].gt(found["own"], axis=0).sum(axis=1)
    found["suppliers"] = table.groupby("customer_id")["n_suppliers"].max().clip(lower=found["rank"])
    return found


def wallet_rule(rank: float, suppliers: int) -> float:
    """The Wallet Allocation Rule: share of wallet = (1 − rank / (n + 1)) · 2 / n, for the n suppliers this customer uses.

    rank 1 is best; ties share the mean of their places, so 1.5 is possible. Raises BadSetting.

    >>> [round(wallet_rule(rank, 3), 3) for rank in (1, 2, 3)]
    [0.5, 0.333, 0.167]
    """
    if not isinstance(suppliers, int | np.integer) or suppliers < 1:
        raise BadSetting(name="suppliers", value=suppliers, allowed="a whole number from 1")
    if not 1 <= rank <= suppliers:
        raise BadSetting(name="rank", value=rank, allowed=f"1 … {suppliers}")
    return float((1 - rank / (suppliers + 1)) * 2 / suppliers)


def one_rank_up(rank: int, suppliers: int, spend: float) -> float:
    """What the rule gives for one place higher: the difference of the shares times what the customer spends; 0 at the
    top. Raises BadSetting."""
    here = wallet_rule(rank, suppliers)
    return 0.0 if rank <= 1 else (wallet_rule(rank - 1, suppliers) - here) * float(spend)


def hidden(found: pd.DataFrame, revenue: pd.Series, *, share: float = SMALL_SHARE, grade: str = "C") -> pd.DataFrame:
    """Customers of a class who give us little of a large wallet, the most headroom first.

    found (of `wallets`), revenue (money per customer, 12 months) → those of ABC class `grade` with less than `share` of
    a wallet at least as large as the revenue of the smallest A customer: what they would be if they bought from us.
    Empty where there is no A customer. Raises BadSetting, BadColumn.
    """
    if not 0 < share <= 1:
        raise BadSetting(name="share", value=share, allowed="0 … 1")
    graded = classification.abc(revenue)
    large = graded.loc[graded["grade"] == "A", "value"].min()
    small = found.index.isin(graded.index[graded["grade"] == grade]) & (found["share"] < share).to_numpy()
    rows: pd.DataFrame = found[small & (found["spend"] >= large).to_numpy()]
    return rows.sort_values("headroom", ascending=False, kind="stable")


def hidden_finding(found: pd.DataFrame, rows: pd.DataFrame) -> Finding:
    """State how much room lies with them: `rivals.hidden.some`, `.one`, `.none`. Values: n, room, share (of the
    headroom of all asked), asked."""
    room, whole = float(rows["headroom"].sum()), float(found["headroom"].sum())
    values = {"n": len(rows), "room": room, "share": room / whole if whole > 0 else 0.0, "asked": len(found)}
    return Finding(f"rivals.hidden.{'none' if rows.empty else 'one' if len(rows) == 1 else 'some'}", values)


def gaps(found: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """Our share of wallet less a rival's, among the customers who use that rival: group × rival, percentage points.

    found (of `wallets`), group per customer (such as the industry) → NaN where nobody of the group uses the rival.
    """
    columns = {}
    for name in RIVALS:
        users = found[found[name] > 0]
        sums = users[["own", name, "spend"]].groupby(group.reindex(users.index).rename("group")).sum()
        columns[name] = 100 * (sums["own"] - sums[name]) / sums["spend"].where(sums["spend"] > 0)
    every = sorted(group.reindex(found.index).dropna().unique())
    return pd.DataFrame(columns).reindex(every).rename_axis("group")


def gaps_finding(table: pd.DataFrame) -> Finding:
    """State where a rival is furthest ahead: `rivals.gaps.behind`, `.ahead` (nobody is ahead of us anywhere),
    `.nothing`. Values: group, rival, points, cells (groups × rivals in which we are behind), of."""
    flat = table.stack().dropna()
    if flat.empty:
        return Finding("rivals.gaps.nothing")
    points = flat.to_numpy(dtype=float)
    group, rival = flat.index[int(points.argmin())]
    values = {"group": group, "rival": rival, "points": abs(float(points.min())), "cells": int((points < 0).sum())}
    return Finding(f"rivals.gaps.{'behind' if points.min() < 0 else 'ahead'}", {**values, "of": len(points)})


def to_do(importance: pd.Series, judged: Mapping[str, str]) -> dict[str, list[str]]:
    """What a comparison with one rival calls for, the most important first.

    importance (per attribute), judged (ahead, level, behind, unknown per attribute) → close (behind), ask (unknown),
    tell (ahead): attributes. Not known is not level. Raises BadSetting.
    """
    strange: Sequence[str] = [each for each in judged.values() if each not in STANDINGS]
    if strange:
        raise BadSetting(name="judged", value=strange[0], allowed=", ".join(STANDINGS))
    order = importance.sort_values(ascending=False, kind="stable").index
    kinds = {"close": "behind", "ask": "unknown", "tell": "ahead"}
    return {
        task: [str(name) for name in order if judged.get(str(name), "unknown") == standing]
        for task, standing in kinds.items()
    }
