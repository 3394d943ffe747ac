"""Screening: which enquiry is worth the hours, and whether the rule that says so holds against what happened.

MAN (money, authority, need) is one common Chinese reading of qualification; BANT (budget, authority, need, timing;
attributed to IBM) adds the time, MEDDIC (PTC, 1990s) serves larger deals. An answer is yes (1), no (0) or not known
(½): not known means ask, and is never read as no. Cut-offs, weights and hours are this course's own convention.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.channels import LEAST, difference
from custlib.analysis.portrait import need, score
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, UnknownName

MAN = ("money", "authority", "need")
BANT = ("money", "authority", "need", "timing")
MEDDIC = ("metrics", "economic_buyer", "criteria", "process", "pain", "champion")
YES, UNKNOWN, NO = 1.0, 0.5, 0.0
ANSWERS: Mapping[str, float] = {"yes": YES, "unknown": UNKNOWN, "no": NO}
LETTERS = {"money": "Mm", "authority": "Aa", "need": "Nn"}
AUTHORITY = {"executive": YES, "director": YES, "head": UNKNOWN, "staff": NO}
# Need is scored 0–10 by whoever took the call; timing is months until a decision.
NEED, MONTHS = (4, 7), (6, 12)
# Three yes or two are worth a visit, one is kept in touch with, none is let go.
VERDICTS = ("drop", "nurture", "keep", "keep")
HOURS = 6  # for an enquiry that is followed up: two calls, a visit, an offer
EQUAL: Mapping[str, float] = dict.fromkeys(BANT, 1.0)


def answers(leads: pd.DataFrame) -> pd.DataFrame:
    """Turn what is noted of an enquiry into yes (1), not known (½) and no (0).

    leads(lead_id, has_budget: yes, no, unknown; contact_level: staff, head, director, executive; need_score 0–10;
    timing_months) → lead_id | money, authority, need, timing. A head of section may sign for some sums: not known.
    Need: from 7 yes, 4–6 not known, below no; timing: up to 6 months yes, up to 12 not known, later no. What is
    missing is not known. Raises MissingColumns, BadColumn for a word it does not know.
    """
    need(leads, "screening.answers", "lead_id", "has_budget", "contact_level", "need_score", "timing_months")
    felt = pd.to_numeric(leads["need_score"], errors="coerce").to_numpy(dtype=float)
    months = pd.to_numeric(leads["timing_months"], errors="coerce").to_numpy(dtype=float)
    gone = np.isnan(felt), np.isnan(months)
    read = {
        "money": _read(leads["has_budget"], ANSWERS),
        "authority": _read(leads["contact_level"], AUTHORITY),
        "need": np.select([gone[0], felt >= NEED[1], felt >= NEED[0]], [UNKNOWN, YES, UNKNOWN], NO),
        "timing": np.select([gone[1], months <= MONTHS[0], months <= MONTHS[1]], [UNKNOWN, YES, UNKNOWN], NO),
    }
    return pd.DataFrame(read, index=leads["lead_id"].rename("lead_id"))


def cell(money: float, authority: float, needed: float) -> str:
    """Write three answers as MAN letters: capital yes, small no, a question mark for not known.

    >>> cell(1, 0.5, 0)
    'M?n'
    """
    given = dict(zip(MAN, (money, authority, needed), strict=True))
    _refuse(given)
    return "".join("?" if each == UNKNOWN else LETTERS[name][0 if each else 1] for name, each in given.items())


def verdicts(money: float, authority: float, needed: float) -> tuple[str, ...]:
    """What the answers allow, worst first: one of drop, nurture, keep, or several while something is not known.

    >>> verdicts(1, 1, 0), verdicts(1, 0.5, 0), verdicts(0.5, 0, 0)
    (('keep',), ('nurture', 'keep'), ('drop', 'nurture'))
    """
    _refuse(dict(zip(MAN, (money, authority, needed), strict=True)))
    ways = product(*((NO, YES) if each == UNKNOWN else (each,) for each in (money, authority, needed)))
    found = {VERDICTS[int(sum(way))] for way in ways}
    return tuple(each for each in dict.fromkeys(VERDICTS) if each in found)


def man(given: pd.DataFrame) -> pd.DataFrame:
    """Place each enquiry by MAN: given(money, authority, need) → + cell, verdict, ask.

    `verdict` is keep, nurture or drop, or `ask` while what is not known could change it; `ask` names what is not known
    (list). Raises MissingColumns, BadSetting for an answer other than 0, ½ and 1.
    """
    need(given, "screening.man", *MAN)
    kinds = {way: (cell(*way), verdicts(*way)) for way in product((NO, UNKNOWN, YES), repeat=3)}
    rows = [tuple(map(float, row)) for row in given[list(MAN)].itertuples(index=False)]
    for row in rows:
        if row not in kinds:
            _refuse(dict(zip(MAN, row, strict=True)))
    placed = given.assign(
        cell=[kinds[row][0] for row in rows],
        verdict=[kinds[row][1][0] if len(kinds[row][1]) == 1 else "ask" for row in rows],
    )
    asked = [[name for name, each in zip(MAN, row, strict=True) if each == UNKNOWN] for row in rows]
    return placed.assign(ask=pd.Series(asked, index=given.index, dtype=object))


def scorecard(given: pd.DataFrame, weights: Mapping[str, float] = EQUAL) -> pd.DataFrame:
    """Weigh the answers into a score from 0 to 100: given(…) → score, low, high.

    score = 100 · Σ weight · answer ÷ Σ weights, not known as ½; `low` and `high` if all that is not known turned out
    no, or yes. Raises UnknownName, MissingColumns, BadSetting for weights that are negative or all 0.

    >>> one = pd.DataFrame({"money": [1.0], "authority": [0.5], "need": [1.0], "timing": [0.0]})
    >>> scorecard(one, {"money": 3, "authority": 2, "need": 4, "timing": 1}).values.tolist()
    [[80.0, 70.0, 90.0]]
    """
    names = list(weights)
    need(given, "screening.scorecard", *names)
    share = np.array([float(weights[name]) for name in names])
    if not len(share) or not np.isfinite(share).all() or (share < 0).any() or share.sum() <= 0:
        raise BadSetting(name="weights", value=dict(weights), allowed="0, 1, 2 …")
    points = given[names].to_numpy(dtype=float)
    open_ = points == UNKNOWN
    ends = {"score": points, "low": np.where(open_, NO, points), "high": np.where(open_, YES, points)}
    return pd.DataFrame({k: (v @ share * 100 / share.sum()).round(6) for k, v in ends.items()}, index=given.index)


def checklist(ticked: Mapping[str, float]) -> dict[str, list[str]]:
    """Sort a checklist (BANT or MEDDIC) into what is yes, not known and no, in its own order. Raises BadSetting."""
    _refuse(dict(ticked))
    return {word: [name for name, each in ticked.items() if each == value] for word, value in ANSWERS.items()}


@dataclass(frozen=True)
class Judgement:
    """A cut against what happened: how many were kept, and how many of those kept and of all were won."""

    kept: int
    won: int
    kept_won: int
    total: int

    @property
    def precision(self) -> float:
        """Of those kept, the share that was won; missing where nothing was kept."""
        return self.kept_won / self.kept if self.kept else float("nan")

    @property
    def recall(self) -> float:
        """Of all that were won, the share that was kept; missing where nothing was won."""
        return self.kept_won / self.won if self.won else float("nan")

    @property
    def hours(self) -> int:
        return self.kept * HOURS


def judge(kept: pd.Series, won: pd.Series) -> Judgement:
    """Hold what a rule kept against what was won (van Rijsbergen 1979 for precision and recall).

    Two truth values a row, of the same rows. Raises BadSetting where they are not.
    """
    if len(kept) != len(won):
        raise BadSetting(name="won", value=len(won), allowed=len(kept))
    one, two = np.asarray(kept, dtype=bool), np.asarray(won, dtype=bool)
    return Judgement(int(one.sum()), int(two.sum()), int((one & two).sum()), len(one))


def curve(scores: pd.Series, won: pd.Series, cuts: range = range(0, 101, 5)) -> pd.DataFrame:
    """Precision and recall at each cut: cut | kept, precision, recall, hours."""
    judged = {cut: judge(scores >= cut, won) for cut in cuts}
    rows = {cut: (each.kept, each.precision, each.recall, each.hours) for cut, each in judged.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["kept", "precision", "recall", "hours"])
    return table.rename_axis("cut")


def cut_finding(scores: pd.Series, won: pd.Series, cut: float) -> Finding:
    """Say what a cut keeps, compared with following up everything.

    Codes `screening.cut.better`, `.worse` (those kept were won less often than those let go), `.level`, `.all` (no
    enquiry let go), `.none` (nothing kept); values kept, total, precision, recall, base (share won of all), hours,
    missed (won, but let go).
    """
    found = judge(scores >= cut, won)
    base = found.won / found.total if found.total else 0.0
    values = {"cut": cut, "kept": found.kept, "total": found.total, "base": base, "hours": found.hours}
    values |= {"missed": found.won - found.kept_won, "precision": found.precision, "recall": found.recall}
    if not found.kept or found.kept == found.total:
        return Finding(f"screening.cut.{'none' if not found.kept else 'all'}", values)
    rest = found.total - found.kept
    _, low, high = difference((found.kept_won, values["missed"]), (found.kept, rest))
    return Finding(f"screening.cut.{'better' if low > 0 else 'worse' if high < 0 else 'level'}", values)


def rates(given: pd.DataFrame, won: pd.Series) -> pd.DataFrame:
    """How often enquiries were won, by question and answer: question, answer | closed, won, rate."""
    rows = []
    for name in given.columns:
        for word, value in ANSWERS.items():
            inside = won[(given[name] == value).to_numpy()]
            rate = float(inside.mean()) if len(inside) else np.nan
            rows.append((name, word, len(inside), int(inside.sum()), rate))
    columns = ["question", "answer", "closed", "won", "rate"]
    return pd.DataFrame(rows, columns=columns).set_index(["question", "answer"])


def unknown_finding(table: pd.DataFrame, question: str = "money") -> Finding:
    """Say whether “not known” did better than “no”, and how many deals reading it as no would have cost.

    table: from `rates` → `screening.unknown.better`, `.worse`, `.level` or `.few` with question, rate_unknown, rate_no,
    won (of not known), all (won in all), closed. Raises UnknownName.
    """
    if question not in table.index.get_level_values("question"):
        raise UnknownName(kind="question", name=question, known=table.index.get_level_values("question").unique())
    each = pd.DataFrame(table.loc[question]).reindex(list(ANSWERS)).to_dict("index")
    won, closed = ({word: float(each[word][name]) for word in ANSWERS} for name in ("won", "closed"))
    values: dict[str, object] = {"question": question, "won": int(won["unknown"]), "all": int(sum(won.values()))}
    values |= {"closed": int(closed["unknown"])} | {f"rate_{word}": float(each[word]["rate"]) for word in ANSWERS}
    if min(closed["unknown"], closed["no"]) < LEAST:
        return Finding("screening.unknown.few", values)
    _, low, high = difference((won["unknown"], won["no"]), (closed["unknown"], closed["no"]))
    return Finding(f"screening.unknown.{'better' if low > 0 else 'worse' if high < 0 else 'level'}", values)


@dataclass(frozen=True)
class Correlation:
    """Spearman's rank correlation with its 95 % interval; missing where one side has no two different values."""

    rho: float
    low: float
    high: float
    n: int


def rank_correlation(scored: pd.Series, happened: pd.Series) -> Correlation:
    """Spearman's ρ (1904) between a score and what happened; equal values share the mean of their places.

    Rows with either missing are left out. Interval: Fisher's z with standard error √((1 + ρ²/2)/(n − 3)) (Bonett &
    Wright 2000), missing below four rows.

    >>> rank_correlation(pd.Series([1, 2, 3, 4, 5, 6]), pd.Series([2, 1, 4, 3, 6, 5])).rho
    0.8286
    """
    pair = pd.DataFrame({"one": np.asarray(scored, dtype=float), "two": np.asarray(happened, dtype=float)}).dropna()
    n = len(pair)
    if n < 2 or pair["one"].nunique() < 2 or pair["two"].nunique() < 2:
        return Correlation(np.nan, np.nan, np.nan, n)
    rho = float(pair.rank().corr().to_numpy()[0, 1])
    if n < 4 or abs(rho) > 1 - 1e-12:
        return Correlation(round(rho, 4), *((np.nan, np.nan) if n < 4 else (rho, rho)), n)
    half = 1.959964 * np.sqrt((1 + rho**2 / 2) / (n - 3))
    return Correlation(round(rho, 4), float(np.tanh(np.arctanh(rho) - half)), float(np.tanh(np.arctanh(rho) + half)), n)


def rank_finding(found: Correlation) -> Finding:
    """Say whether a score ranked what happened: `screening.rank.up`, `.down`, `.none` (interval takes in 0), `.few`."""
    values = {"rho": found.rho, "low": found.low, "high": found.high, "n": found.n}
    if np.isnan(found.low):
        return Finding("screening.rank.few", values)
    return Finding(f"screening.rank.{'up' if found.low > 0 else 'down' if found.high < 0 else 'none'}", values)


def selection(known: pd.DataFrame, names: Sequence[str] = ("growth", "reputation")) -> pd.Series:
    """Score firms by what one sees from outside: the mean of their scores (0–100) in growth of industry and reputation.

    known: from `portrait.facts`. Raises MissingColumns.
    """
    need(known, "screening.selection", *names)
    return score(known[list(names)]).mean(axis=1)


def growth(orders: pd.DataFrame, *, as_of: object = None) -> pd.Series:
    """What happened: net revenue of the last 12 months ÷ that of the 12 months before − 1, by customer.

    orders(customer_id, date, amount) → customer_id | growth (share); missing without revenue in both.
    """
    rows = frames.purchases(orders, where="screening.growth", as_of=as_of)
    end = pd.Timestamp(rows.as_of)
    age = (end - pd.to_datetime(rows.frame["date"])).dt.days
    money = [
        rows.frame[(age >= first) & (age < first + 365)].groupby("customer_id")["amount"].sum() for first in (0, 365)
    ]
    both = pd.concat(money, axis=1, keys=["now", "before"])
    both = both[(both > 0).all(axis=1)]
    return (both["now"] / both["before"] - 1).rename("growth")


def key_accounts(known: pd.DataFrame, *, cut: float, strategic: Collection[object] = ()) -> pd.DataFrame:
    """Tell key accounts from ordinary ones: by what they buy and could buy, or because they were declared strategic.

    known(customer_id | revenue, headroom: yuan in 12 months, missing allowed) → customer_id | buys, could (scores
    0–100), score (their mean, of what is known), key (score ≥ cut, or strategic). Raises MissingColumns.
    """
    need(known, "screening.key_accounts", "revenue", "headroom")
    scored = score(known[["revenue", "headroom"]])
    table = pd.DataFrame({"buys": scored["revenue"], "could": scored["headroom"], "score": scored.mean(axis=1)})
    return table.assign(key=(table["score"] >= cut) | table.index.isin(list(strategic)))


def key_finding(known: pd.DataFrame, table: pd.DataFrame) -> Finding:
    """Say how many key accounts there are, and what they bring, from the data at hand.

    `screening.key.carry` (their share of revenue is above their share of customers), `.light` (below), `.nobody`,
    `.all`; values n, customers, share_customers, share_revenue.
    """
    n, revenue = int(table["key"].sum()), known["revenue"].reindex(table.index).fillna(0)
    whole = float(revenue.sum())
    values = {"n": n, "customers": len(table), "share_customers": n / max(len(table), 1)}
    values |= {"share_revenue": float(revenue[table["key"]].sum()) / whole if whole > 0 else 0.0}
    if n in (0, len(table)):
        return Finding(f"screening.key.{'all' if n else 'nobody'}", values)
    carry = values["share_revenue"] >= values["share_customers"]
    return Finding(f"screening.key.{'carry' if carry else 'light'}", values)


def _read(words: pd.Series, known: Mapping[str, float]) -> np.ndarray:
    text = words.astype("object").where(words.notna(), "unknown").astype(str).str.strip().str.lower()
    text = text.where(text != "", "unknown")
    strange = ~text.isin([*known, "unknown"])
    if strange.any():
        example = text[strange].iloc[0]
        raise BadColumn(
            where="screening.answers",
            column=str(words.name),
            kind="answer",
            count=int(strange.sum()),
            total=len(text),
            example=example,
        )
    return text.map({"unknown": UNKNOWN, **known}).to_numpy(dtype=float)


def _refuse(given: Mapping[str, float]) -> None:
    for name, each in given.items():
        if each not in (NO, UNKNOWN, YES):
            raise BadSetting(name=name, value=each, allowed="0, ½, 1")
