"""Coded conversations: which questions were asked, in which order, who talked, which mines were hit, how it ended.

Question types and outcomes are those of Rackham, *SPIN Selling* (1988), by his own account from more than 35,000
sales calls over twelve years in 23 countries. The eight kinds of mines and the rule that tells an advance are this
course's own convention, not a published standard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from custlib.content import Finding
from custlib.errors import BadColumn, MissingColumns, UnknownName

QUESTIONS = ("situation", "problem", "implication", "need_payoff")
MINES = ("timing", "dignity", "honesty", "others", "listening", "concession", "privacy", "compliance")
OUTCOMES = ("order", "advance", "continuation", "no_sale")
MOVED = ("order", "advance")
ALIKE = 0.5  # a difference of less than half a question a talk is not spoken of


def profile(lines: pd.DataFrame) -> pd.DataFrame:
    """Sum up each coded talk in one row.

    `lines(talk, line, speaker, code, mine, seconds)`, one row for each thing said, in order; `speaker` is seller or
    customer, `code` one of the four questions or empty, `mine` one of the eight kinds or empty. Returns
    `talk situation problem implication need_payoff questions mines back seller_share seller_lines`: counts; `back` is
    how often a question is of an earlier kind than the question before it (S, P, I, N); `seller_share` is the
    seller's part of the seconds, between 0 and 1, NaN where nobody spoke. Raises MissingColumns, BadColumn,
    UnknownName.

    >>> talk = pd.DataFrame({"talk": "A", "line": [1, 2, 3, 4], "speaker": ["seller", "customer"] * 2,
    ...     "code": ["problem", "", "situation", ""], "mine": "", "seconds": [5, 20, 5, 10]})
    >>> profile(talk)[["situation", "problem", "questions", "back", "seller_share"]].values.tolist()
    [[1.0, 1.0, 2.0, 1.0, 0.25]]
    """
    said = _checked(lines)
    asked = said[said["code"] != ""]
    talks = pd.Index(said["talk"].drop_duplicates(), name="talk")
    counts = pd.crosstab(asked["talk"], asked["code"]).reindex(index=talks, columns=list(QUESTIONS), fill_value=0)
    order = asked["code"].map({code: place for place, code in enumerate(QUESTIONS)}).astype(float)
    back = (order.groupby(asked["talk"]).diff() < 0).groupby(asked["talk"]).sum()
    seller = said[said["speaker"] == "seller"]
    table = counts.assign(
        questions=counts.sum(axis=1),
        mines=(said["mine"] != "").groupby(said["talk"]).sum(),
        back=back.reindex(talks, fill_value=0),
        seller_share=seller.groupby("talk")["seconds"].sum().reindex(talks, fill_value=0.0)
        / said.groupby("talk")["seconds"].sum().where(lambda total: total > 0),
        seller_lines=seller.groupby("talk").size().reindex(talks, fill_value=0),
    )
    return table.astype({"mines": int, "back": int}).rename_axis(columns=None).reset_index()


def outcome(talks: pd.DataFrame) -> pd.DataFrame:
    """Name how each talk ended.

    `talks(talk, signed, step, day, closed)`, each answer yes or no: was anything signed; did the customer agree to do
    something; with a day; did the customer close the door. Adds `outcome`: order where signed; no_sale where closed;
    advance where the customer agreed to a step **with a day** (the day is our rule); else continuation.
    Raises MissingColumns, BadColumn.
    """
    _need(talks, "dialogue.outcome", "talk", "signed", "step", "day", "closed")
    yes: dict[str, pd.Series] = {}
    for name in ("signed", "step", "day", "closed"):
        _refuse_bad("dialogue.outcome", name, "yes_no", talks[name], talks[name].isin(["yes", "no"]))
        yes[name] = talks[name] == "yes"
    named = pd.Series("continuation", index=talks.index, dtype=object)
    named[yes["step"] & yes["day"]] = "advance"
    named[yes["closed"]] = "no_sale"
    named[yes["signed"]] = "order"
    return talks.assign(outcome=named)


def contrast(profiled: pd.DataFrame, ended: pd.DataFrame) -> pd.DataFrame:
    """Mean number of questions a talk, by kind, where talks moved on (order, advance) and where they did not.

    `profile(...)` and `outcome(...)` joined on `talk`; returns `code moved other`, a row for each kind in the order
    S, P, I, N, and one for `mines`; NaN where there is no such talk.
    """
    both = profiled.merge(ended[["talk", "outcome"]], on="talk")
    moved = both["outcome"].isin(MOVED)
    kinds = [*QUESTIONS, "mines"]
    means = {"moved": both.loc[moved, kinds].mean(), "other": both.loc[~moved, kinds].mean()}
    return pd.DataFrame(means).rename_axis("code").reset_index()


def finding(table: pd.DataFrame) -> Finding:
    """Say whether talks that moved on held more or fewer questions of the later kinds, or as many."""
    later = table[table["code"].isin(["implication", "need_payoff"])]
    moved, other = float(later["moved"].sum(skipna=False)), float(later["other"].sum(skipna=False))
    if pd.isna(moved) or pd.isna(other):
        return Finding("dialogue.look.one_sided")
    gap = moved - other
    code = "alike" if abs(gap) < ALIKE else "more" if gap > 0 else "fewer"
    return Finding(f"dialogue.look.{code}", {"moved": moved, "other": other})


def counts(ended: pd.DataFrame) -> Finding:
    """Count the talks by how they ended."""
    found = ended["outcome"].value_counts()
    each = {name: int(found.get(name, 0)) for name in OUTCOMES}
    return Finding("dialogue.look.counts", {"talks": len(ended), **each})


def reading(row: pd.Series) -> Finding:
    """What to notice first in one talk's profile: the first of these that holds.

    Mines, no question at all, no question beyond difficulties, more than half of the time talked away, questions that
    jump back; else that it is in order.
    """
    values = {"mines": int(row["mines"]), "back": int(row["back"]), "share": float(row["seller_share"])}
    if row["mines"] > 0:
        code = "mines"
    elif row["questions"] == 0:
        code = "none"
    elif row["implication"] + row["need_payoff"] == 0:
        code = "stops"
    elif row["seller_share"] > 0.5:
        code = "talks"
    else:
        code = "back" if row["back"] > 0 else "sound"
    return Finding(f"dialogue.read.{code}", values)


@dataclass(frozen=True)
class Spotting:
    """What somebody marked in a conversation, held against the key: `lines(line, read, key, agrees)`."""

    lines: pd.DataFrame

    @property
    def finding(self) -> Finding:
        """Count what was found, what was walked over, and what was no mine at all."""
        read, key = self.lines["read"], self.lines["key"]
        left = int((read == "").sum())
        values = {
            "total": len(self.lines),
            "read": len(self.lines) - left,
            "left": left,
            "mines": int((key == "mine").sum()),
            "found": int(((read == "mine") & (key == "mine")).sum()),
            "missed": int(((read == "clear") & (key == "mine")).sum()),
            "alarms": int(((read == "mine") & (key == "clear")).sum()),
        }
        done = "all" if not values["missed"] + values["alarms"] else "some"
        return Finding(f"dialogue.spot.{'unfinished' if left else done}", values)


def spot(read: pd.DataFrame, lines: pd.DataFrame) -> Spotting:
    """Hold a reading `(line, mark)` against the coded lines of one talk; only the seller's lines count.

    `mark` is mine, clear, or empty where the line is not judged yet. Raises MissingColumns, UnknownName.
    """
    _need(read, "dialogue.spot", "line", "mark")
    _need(lines, "dialogue.spot", "line", "speaker", "mine")
    own = lines[lines["speaker"] == "seller"]
    _refuse_unknown("line", read["line"], own["line"])
    _refuse_unknown("mark", read["mark"], ("", "mine", "clear"))
    marks = read.drop_duplicates("line", keep="last").set_index("line")["mark"]
    table = pd.DataFrame({"line": own["line"].to_numpy(), "read": own["line"].map(marks).fillna("").to_numpy()})
    table["key"] = ["mine" if mine else "clear" for mine in own["mine"].fillna("")]
    table["agrees"] = table["read"] == table["key"]
    return Spotting(table)


def _checked(lines: pd.DataFrame) -> pd.DataFrame:
    where = "dialogue.profile"
    _need(lines, where, "talk", "line", "speaker", "code", "mine", "seconds")
    said = lines.assign(code=lines["code"].fillna(""), mine=lines["mine"].fillna(""))
    _refuse_unknown("speaker", said["speaker"], ("seller", "customer"))
    _refuse_unknown("question", said["code"], ("", *QUESTIONS))
    _refuse_unknown("mine", said["mine"], ("", *MINES))
    seconds = pd.to_numeric(said["seconds"], errors="coerce")
    _refuse_bad(where, "seconds", "number", said["seconds"], seconds >= 0)
    return said.assign(seconds=seconds)


def _refuse_bad(where: str, column: str, kind: str, values: pd.Series, good: pd.Series) -> None:
    if not good.all():
        bad = values[~good]
        raise BadColumn(where=where, column=column, kind=kind, count=len(bad), total=len(values), example=bad.iloc[0])


def _need(frame: pd.DataFrame, where: str, *columns: str) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise MissingColumns(where=where, missing=missing, found=frame.columns)


def _refuse_unknown(kind: str, names: Iterable[object], known: Iterable[object]) -> None:
    allowed = {str(name) for name in known}
    strange = sorted({str(name) for name in names} - allowed)
    if strange:
        raise UnknownName(kind=kind, name=strange[0], known=allowed)
