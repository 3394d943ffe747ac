"""Where customers come from: how many of the enquiries of each channel were won, and whether channels differ.

A rate comes with its interval (Wilson 1927), the difference of two with theirs (Newcombe 1998, method 10), so that a
handful of enquiries does not decide where the budget of the trade fairs goes. Who looks at seven industries has seven
chances to be fooled: comparisons made side by side share out the 5 % between them (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import special

from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import UnknownName

LEAST = 10  # with fewer closed enquiries in a channel, no comparison is made


def wilson(won: float, closed: float, *, looks: int = 1) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson 1927), wider where it is one of several looks; missing where nothing is closed.

    >>> [round(edge, 3) for edge in wilson(27, 75)]
    [0.261, 0.473]
    """
    if closed <= 0:
        return np.nan, np.nan
    z = float(special.ndtri(1 - 0.025 / looks))
    rate, room = won / closed, z**2 / closed
    middle, half = rate + room / 2, z * np.sqrt(rate * (1 - rate) / closed + room / (4 * closed))
    return float((middle - half) / (1 + room)), float((middle + half) / (1 + room))


def difference(won: tuple[float, float], closed: tuple[float, float], *, looks: int = 1) -> tuple[float, float, float]:
    """The difference of two rates, first minus second, with its 95 % interval (Newcombe 1998, method 10).

    >>> [round(each, 4) for each in difference((56, 48), (70, 80))]
    [0.2, 0.0524, 0.3339]
    """
    rates = [one / all_ if all_ > 0 else np.nan for one, all_ in zip(won, closed, strict=True)]
    (low1, high1), (low2, high2) = (wilson(*pair, looks=looks) for pair in zip(won, closed, strict=True))
    gap = rates[0] - rates[1]
    below = np.hypot(rates[0] - low1, high2 - rates[1])
    above = np.hypot(high1 - rates[0], rates[1] - low2)
    return float(gap), float(gap - below), float(gap + above)


def conversion(leads: pd.DataFrame, *, industries: Iterable[str] = ()) -> pd.DataFrame:
    """Count what each channel brought and what was won of it, among closed enquiries.

    leads(source_channel, industry, outcome: won, lost, or empty while open) → source | closed, won, rate, low, high
    (95 %, Wilson), best rate first. `industries` keeps some of them; none named means all. Raises MissingColumns,
    UnknownName for an industry that no enquiry is from.
    """
    closed = _closed(leads)
    wanted = list(industries)
    if strange := sorted(set(wanted) - set(leads["industry"])):
        raise UnknownName(kind="industry", name=strange[0], known=map(str, leads["industry"].dropna().unique()))
    if wanted:
        closed = closed[closed["industry"].isin(wanted)]
    each = closed.groupby("source_channel")["won"]
    table = pd.DataFrame({"closed": each.size(), "won": each.sum()}).rename_axis("source")
    table["rate"] = table["won"] / table["closed"]
    edges = [wilson(*pair) for pair in table[["won", "closed"]].to_numpy(dtype=float)]
    table[["low", "high"]] = pd.DataFrame(edges, index=table.index, columns=["low", "high"], dtype=float)
    return table.sort_values(["rate", "closed"], ascending=False, kind="stable")


def compare(table: pd.DataFrame, one: str = "fair", other: str = "web", *, looks: int = 1) -> Finding:
    """Say whether one channel wins more of its enquiries than another; `looks` is how many such comparisons are made.

    table: from `conversion` → `portrait.channel.more`, `.less`, `.level` (the interval of the difference takes in 0),
    `.only` (the other has won nothing) or `.few` (fewer than LEAST closed in one of them), with one, other, rate_one, rate_other, times, gap, low, high.
    """
    values: dict[str, object] = {"one": one, "other": other}
    counts = [(int(table["won"].get(name, 0)), int(table["closed"].get(name, 0))) for name in (one, other)]
    (won1, closed1), (won2, closed2) = counts
    values |= {"closed_one": closed1, "closed_other": closed2, "won_one": won1, "won_other": won2}
    if min(closed1, closed2) < LEAST:
        return Finding("portrait.channel.few", {**values, "least": LEAST})
    gap, low, high = difference((won1, won2), (closed1, closed2), looks=looks)
    better, worse = max(won1 / closed1, won2 / closed2), min(won1 / closed1, won2 / closed2)
    values |= {"rate_one": won1 / closed1, "rate_other": won2 / closed2, "gap": gap, "low": low, "high": high}
    values |= {"times": better / worse if worse > 0 else np.inf}
    code = "more" if low > 0 else "less" if high < 0 else "level"
    return Finding(f"portrait.channel.{'only' if code != 'level' and not worse else code}", values)


def by_industry(leads: pd.DataFrame, one: str = "fair", other: str = "web") -> pd.DataFrame:
    """Compare two channels in each industry: industry | closed, verdict (more, less, level, few), rate_one, rate_other."""
    rows, industries = {}, sorted(leads["industry"].dropna().unique())
    for industry in industries:
        table = conversion(leads, industries=[industry])
        found = compare(table, one, other, looks=len(industries))
        verdict = found.code.rpartition(".")[2]
        gap = found.values.get("gap", np.nan)
        rows[industry] = {
            "closed": int(table["closed"].sum()),
            "verdict": ("more" if gap > 0 else "less") if verdict == "only" else verdict,
            "rate_one": found.values.get("rate_one", np.nan),
            "rate_other": found.values.get("rate_other", np.nan),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("industry")


def where_finding(leads: pd.DataFrame, one: str = "fair", other: str = "web") -> Finding:
    """Say in which industries one channel is clearly ahead of another, and in which it is clearly behind.

    `portrait.where.ahead`, `.behind`, `.both` or `.nowhere` with one, other, ahead and behind (lists of industries),
    open (number of industries where chance could make the difference) and industries (number).
    """
    each = by_industry(leads, one, other)
    lists = {name: list(each.index[each["verdict"] == code]) for name, code in (("ahead", "more"), ("behind", "less"))}
    code = "both" if all(lists.values()) else "ahead" if lists["ahead"] else "behind" if lists["behind"] else "nowhere"
    left = len(each) - sum(map(len, lists.values()))
    return Finding(
        f"portrait.where.{code}", {"one": one, "other": other, **lists, "open": left, "industries": len(each)}
    )


def _closed(leads: pd.DataFrame) -> pd.DataFrame:
    need(leads, "portrait.conversion", "source_channel", "industry", "outcome")
    closed = leads[leads["outcome"].isin(["won", "lost"])]
    return closed.assign(won=closed["outcome"].eq("won").astype(int))
