"""What customers say: three scores, each with its scale, its direction and its interval; and what a standard holds.

NPS: Reichheld, Harvard Business Review, December 2003. CES: Dixon, Freeman & Toman, Harvard Business Review, July–August
2010 (version 1.0: effort, 1–5, low is good); Dixon, Toman & DeLisi, The Effortless Experience, 2013 (version 2.0: “made
it easy”, 1–7, high is good). CSAT here is the share of the two best of five grades, not a mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from custlib.analysis.channels import wilson
from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, NothingLeft

COLUMNS = {"nps": "nps_0_10", "csat": "csat_1_5", "ces": "ces_1_7"}
CES = {"1.0": (1, 5), "2.0": (1, 7)}
PROMOTER, PASSIVE = 9, 7  # from nine on one recommends, from seven on one is indifferent
Version = Literal["1.0", "2.0"]


@dataclass(frozen=True)
class Score:
    """A score of n answers with its 95 % interval. NPS in points (−100…100), CSAT a share, CES a mean on its scale."""

    code: str
    n: int
    value: float
    low: float
    high: float


def groups(answers: pd.Series) -> pd.Series:
    """Put answers of 0–10 into detractor (0–6), passive (7–8) and promoter (9–10). Raises BadColumn, NothingLeft."""
    kept = _answers(answers, "nps", 0, 10)
    code = np.select([kept >= PROMOTER, kept >= PASSIVE], ["promoter", "passive"], "detractor")
    return pd.Series(pd.array(code, dtype="str"), index=kept.index, name="group")


def nps(answers: pd.Series) -> Score:
    """Net promoter score: share of promoters less share of detractors, of **all** answers, in points.

    answers of 0–10 (missing ones are left out) → Score; interval ±1.96·√[(p + d − (p − d)²)/n]. Raises BadColumn for
    an answer off the scale, NothingLeft.
    """
    share = groups(answers).value_counts(normalize=True)
    p, d, n = float(share.get("promoter", 0.0)), float(share.get("detractor", 0.0)), int(answers.notna().sum())
    half = nps_half(p, d, n)
    value = 100 * (p - d)
    return Score("nps", n, value, max(-100.0, value - half), min(100.0, value + half))


def nps_half(promoters: float, detractors: float, n: int) -> float:
    """Half the width of the 95 % interval of an NPS, in points, from two shares of n answers. Raises BadSetting.

    >>> round(nps_half(0.5, 0.2, 400), 1)
    7.7
    """
    if not (promoters >= 0 and detractors >= 0 and promoters + detractors <= 1 + 1e-9 and n > 0):
        raise BadSetting(name="shares", value=(promoters, detractors, n), allowed="p + d ≤ 1, n ≥ 1")
    spread = max(promoters + detractors - (promoters - detractors) ** 2, 0.0)
    return 196 * float(np.sqrt(spread / n))


def csat(answers: pd.Series) -> Score:
    """Customer satisfaction: the share of 4 and 5 among answers of 1–5, with Wilson's interval. Raises BadColumn, NothingLeft."""
    kept = _answers(answers, "csat", 1, 5)
    low, high = wilson(float((kept >= 4).sum()), len(kept))
    return Score("csat", len(kept), float((kept >= 4).mean()), low, high)


def ces(answers: pd.Series, version: Version = "2.0") -> Score:
    """Customer effort score: the mean answer. Version 2.0: “made it easy”, 1–7, high is good; 1.0: effort, 1–5, low is good.

    Interval by Student's t; none from a single answer. Raises BadSetting for another version, BadColumn, NothingLeft.
    """
    if version not in CES:
        raise BadSetting(name="version", value=version, allowed=", ".join(CES))
    kept = _answers(answers, "ces", *CES[version])
    half = np.nan
    if len(kept) > 1:
        half = float(special.stdtrit(len(kept) - 1, 0.975)) * float(kept.std()) / np.sqrt(len(kept))
    mean = float(kept.mean())
    return Score("ces", len(kept), mean, mean - half, mean + half)


def scores(survey: pd.DataFrame) -> tuple[Score, ...]:
    """The three scores of a table of answers: nps_0_10, csat_1_5, ces_1_7. Raises MissingColumns, BadColumn, NothingLeft."""
    need(survey, "satisfaction.scores", *COLUMNS.values())
    return nps(survey[COLUMNS["nps"]]), csat(survey[COLUMNS["csat"]]), ces(survey[COLUMNS["ces"]])


def waves(survey: pd.DataFrame) -> pd.DataFrame:
    """The three scores of each wave: wave | n, nps, csat, ces, each with _low and _high. Raises MissingColumns."""
    need(survey, "satisfaction.waves", "wave")
    rows = {}
    for wave, answers in survey.groupby("wave", sort=True):
        found = scores(answers)
        rows[wave] = {"n": len(answers)} | {
            f"{each.code}{end}": value
            for each in found
            for end, value in (("", each.value), ("_low", each.low), ("_high", each.high))
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("wave")


def change_finding(table: pd.DataFrame, code: str) -> Finding:
    """Say whether a score moved from the first wave to the last: `experience.change.up`, `.down`, `.level` (the interval
    of the difference takes in 0) or `.one` (a single wave).

    table: from `waves`. Values: score, before, after, gap, half. The waves are taken as independent, although some
    customers answer twice: that makes the interval a little too wide rather than too narrow.
    """
    if len(table) < 2:
        return Finding("experience.change.one", {"score": code})
    first, last = table.iloc[0], table.iloc[-1]
    halves = [(row[f"{code}_high"] - row[f"{code}_low"]) / 2 for row in (first, last)]
    gap, half = float(last[code] - first[code]), float(np.hypot(*halves))
    way = "up" if gap > half else "down" if gap < -half else "level"
    values = {"score": code, "before": float(first[code]), "after": float(last[code]), "gap": gap, "half": half}
    return Finding(f"experience.change.{way}", values)


def scores_finding(nps: Score, csat: Score) -> Finding:
    """Set two scores of the same answers side by side: `experience.scores.apart` (more than half satisfied, and yet more
    advise against us than for us), `.good`, `.poor` (at most half satisfied) or `.open` (the NPS may be on either side of 0)."""
    values = {"n": nps.n, "nps": nps.value, "low": nps.low, "high": nps.high, "csat": csat.value}
    if csat.value <= 0.5:
        return Finding("experience.scores.poor", values)
    code = "apart" if nps.high < 0 else "good" if nps.low > 0 else "open"
    return Finding(f"experience.scores.{code}", values)


def attainment(hours: pd.Series, within: float) -> Score:
    """The share of answers that kept a standard: hours until the answer ≤ `within`. Wilson's interval.

    Missing hours are left out, and hours below 0 are refused. Raises BadColumn, BadSetting, NothingLeft.
    """
    if not within > 0:
        raise BadSetting(name="within", value=within, allowed="> 0")
    kept = _answers(hours, "hours", 0, np.inf, whole=False)
    inside = float((kept <= within).sum())
    low, high = wilson(inside, len(kept))
    return Score("standard", len(kept), inside / len(kept), low, high)


def promise(hours: pd.Series, share: float = 0.9) -> int:
    """The shortest standard in whole hours that at least this share of answers keeps. Raises BadColumn, BadSetting, NothingLeft."""
    if not 0 < share <= 1:
        raise BadSetting(name="share", value=share, allowed="0 … 1")
    kept = np.sort(_answers(hours, "hours", 0, np.inf, whole=False).to_numpy())
    return int(np.ceil(kept[int(np.ceil(share * len(kept) - 1e-9)) - 1]))


def standard_finding(hours: pd.Series, within: float, share: float = 0.9) -> Finding:
    """Say what a standard holds: `experience.standard.kept` (for at least this share) or `.missed`.

    Values: within, share (kept), wanted, hours (the standard that could be promised), mean.
    """
    kept, able = attainment(hours, within), promise(hours, share)
    values = {"within": within, "share": kept.value, "wanted": share, "hours": able, "mean": float(hours.mean())}
    return Finding(f"experience.standard.{'kept' if kept.value >= share else 'missed'}", values)


def _answers(answers: pd.Series, where: str, low: float, high: float, *, whole: bool = True) -> pd.Series:
    """The answers that were given; one off its scale is an error, and never silently dropped."""
    given = answers.dropna()
    read = pd.to_numeric(given, errors="coerce")
    wrong = read.isna() | ~read.between(low, high) | (whole & (read % 1 != 0))
    if wrong.any():
        column, example = str(answers.name or where), given[wrong].iloc[0]
        raise BadColumn(
            where=f"satisfaction.{where}", column=column, kind="answer", count=int(wrong.sum()), total=len(given), example=example,
        )  # fmt: skip
    if read.empty:
        raise NothingLeft(where=f"satisfaction.{where}", total=len(answers), reasons=())
    return read
