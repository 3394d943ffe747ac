"""Why customers left, and how many: exit notes put into classes, causes and rates.

The eight classes are Keaveney's (Journal of Marketing 59, 1995, on why customers of services switch). The three causes
are those the course's source names: service, product, relationship. The link between the two is a convention of this
course, and so is the list of cue words by which notes are put into classes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.channels import wilson
from custlib.analysis.classification import need
from custlib.content import Finding, dictionary
from custlib.errors import BadSetting

CLASSES = ("core", "response", "pricing", "competition", "encounter", "inconvenience", "involuntary", "ethics")
UNPLACED = "unplaced"
# Where each class is filed: our convention. Price, rivals and what nobody chose lie outside the three causes.
CAUSE: Mapping[str, str] = MappingProxyType(
    {
        "core": "product",
        "encounter": "service",
        "inconvenience": "service",
        "response": "relationship",
        "ethics": "relationship",
        "pricing": "outside",
        "competition": "outside",
        "involuntary": "outside",
        UNPLACED: UNPLACED,
    }
)
CAUSES = ("service", "product", "relationship", "outside")
FILED = ("relationship", "service")  # where one can file an answer that never came


def code(notes: pd.Series, *, language: str = "en") -> pd.Series:
    """Put exit notes into Keaveney's classes by cue words: the class with most cues in the note, the first of equals.

    notes (texts) → class per note; `unplaced` where no cue is found. The cues stand in `words/churn.yaml`; they are a
    list, not a reader: irony, and a reason that nobody wrote down, pass it by.

    >>> code(pd.Series(["Nobody called back after our complaint", "Hello"])).tolist()
    ['response', 'unplaced']
    """
    read = {note: _class(str(note).casefold(), language) for note in notes.unique()}
    return notes.map(read).astype("str")


def _class(note: str, language: str) -> str:
    found = {name: len(pattern.findall(note)) for name, pattern in _cues(language).items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] else UNPLACED


@lru_cache(maxsize=2)
def _cues(language: str) -> dict[str, re.Pattern[str]]:
    lists = {name: dictionary()[f"churn.cues.{name}"][language].split("|") for name in CLASSES}
    edge = r"\b" if language == "en" else ""
    return {name: re.compile("|".join(edge + re.escape(cue.strip()) for cue in cues)) for name, cues in lists.items()}


def left(contracts: pd.DataFrame, *, language: str = "en") -> pd.DataFrame:
    """Keep the contracts that were not renewed, with the reason read from their notes.

    contracts(contract_id, renewed 0/1, value, margin, exit_note_en or exit_note_zh) → contract_id | note, reason,
    value, margin (money a year). Raises MissingColumns, BadSetting.
    """
    text = f"exit_note_{language}"
    need(contracts, "churn.left", ["contract_id", "renewed", "value", "margin", text])
    gone = contracts[lost(contracts) == 1].set_index("contract_id")
    notes = gone[text].fillna("").astype("str")
    return pd.DataFrame(
        {"note": notes, "reason": code(notes, language=language), "value": gone["value"], "margin": gone["margin"]}
    )


def cause(reason: pd.Series, *, response: str = "relationship") -> pd.Series:
    """Class → cause. An answer that never came (`response`) can be filed under relationship or service.

    Raises BadSetting for another place.
    """
    if response not in FILED:
        raise BadSetting(name="response", value=response, allowed=", ".join(FILED))
    return reason.map({**CAUSE, "response": response}).rename("cause")


def pareto(codes: pd.Series, weight: pd.Series | None = None) -> pd.DataFrame:
    """Count reasons, the most frequent first, with the share that they and those before them have together.

    codes per contract, weight (money per contract; without it each counts one) → code | n, weight, share, cumulative.
    Nothing in gives an empty table. After Juran's use of Pareto's curve: a few causes often make most of the loss.
    """
    weighed = pd.Series(1.0, index=codes.index) if weight is None else weight.astype(float)
    table = pd.DataFrame({"n": codes.groupby(codes).size(), "weight": weighed.groupby(codes).sum()})
    table = table.rename_axis("code").sort_values(["weight", "n"], ascending=False, kind="stable")
    whole = float(table["weight"].sum())
    table["share"] = table["weight"] / whole if whole > 0 else 0.0
    return table.assign(cumulative=table["share"].cumsum())


def reasons_finding(table: pd.DataFrame) -> Finding:
    """State what stands first in a Pareto table: `churn.first.nobody`, `.alike` (the first two equal), or `.one`.

    Values: code, share, n, half (how many codes it takes to reach half of the loss), of (codes in all).
    """
    if table.empty or table["weight"].sum() <= 0:
        return Finding("churn.first.nobody")
    values = {"code": str(table.index[0]), "share": float(table["share"].iloc[0]), "n": int(table["n"].sum())}
    half = int((table["cumulative"] < 0.5 - 1e-9).sum()) + 1
    alike = len(table) > 1 and abs(table["weight"].iloc[0] - table["weight"].iloc[1]) < 1e-9
    other = str(table.index[1]) if alike else ""
    return Finding(
        f"churn.first.{'alike' if alike else 'one'}", {**values, "half": half, "of": len(table), "other": other}
    )


@dataclass(frozen=True)
class Rates:
    """Churn of what was due: `due` and `lost` in number, and the shares lost by number, by value and by margin.

    `low` and `high` bound the share by number (Wilson's 95 % interval).
    """

    due: int
    lost: int
    number: float
    value: float
    margin: float
    low: float
    high: float


def rates(contracts: pd.DataFrame) -> Rates:
    """Lost over due for renewal, by number, value and margin; nobody new stands above or below the line.

    contracts(renewed 0/1, value, margin) → Rates. With nothing due all shares are NaN. Raises MissingColumns.
    """
    need(contracts, "churn.rates", ["renewed", "value", "margin"])
    gone = lost(contracts)
    low, high = wilson(float(gone.sum()), float(len(gone)))
    number, value, margin = (
        _share(gone * each, each) for each in (1.0 + 0 * gone, contracts["value"], contracts["margin"])
    )
    return Rates(len(gone), int(gone.sum()), number, value, margin, low, high)


def rates_finding(found: Rates) -> Finding:
    """State whether the lost contracts were larger or smaller than the rest: `churn.rates.larger`, `.smaller`,
    `.alike` (shares within one percentage point), `.nobody`, `.nothing` (none was due)."""
    values = {"due": found.due, "lost": found.lost, "number": found.number, "value": found.value}
    if not found.due:
        return Finding("churn.rates.nothing")
    if not found.lost:
        return Finding("churn.rates.nobody", values)
    gap = found.value - found.number
    return Finding(f"churn.rates.{'alike' if abs(gap) < 0.01 else 'larger' if gap > 0 else 'smaller'}", values)


def mean_life(churn: float) -> float:
    """How many periods a customer stays on average where each period loses the same share: 1 / churn.

    Raises BadSetting unless 0 < churn ≤ 1. From 10 to 5 per cent it doubles, which is most of what is told as “five per
    cent more retention”.

    >>> mean_life(0.10), mean_life(0.05)
    (10.0, 20.0)
    """
    if not 0 < churn <= 1:
        raise BadSetting(name="churn", value=churn, allowed="0 … 1")
    return 1 / churn


def at_start(orders: pd.DataFrame, *, as_of: object = None, months: int = 12) -> dict[str, float]:
    """Churn of a list of purchases: of those who bought in the window before the last, who bought nothing in the last.

    orders(customer_id, date, amount) → start (customers), gone, customers (share), revenue (share of the earlier
    window's revenue that was theirs), shrunk (share who stayed and buy half or less). Nobody new enters; shares are NaN
    where nobody bought in the earlier window. For firms without contracts, silence for `months` counts as having left:
    a convention. Raises BadSetting and what frames.purchases raises.
    """
    if not isinstance(months, int) or months < 1:
        raise BadSetting(name="months", value=months, allowed="a whole number from 1")
    read = frames.purchases(orders, where="churn.at_start", as_of=as_of)
    edges = [frames.day_number(read.as_of - pd.DateOffset(months=months * back)) for back in (2, 1, 0)]
    windows = [(read.day > first) & (read.day <= last) for first, last in pairwise(edges)]
    before, now = (np.bincount(read.customer[w], read.amount[w], len(read.ids)).round(2) for w in windows)
    bought = np.bincount(read.customer[windows[1]], read.amount[windows[1]] > 0, len(read.ids)) > 0
    here = before > 0
    gone = here & ~bought
    nothing = float("nan")
    return {
        "start": int(here.sum()),
        "gone": int(gone.sum()),
        "customers": float(gone[here].mean()) if here.any() else nothing,
        "revenue": float(before[gone].sum() / before[here].sum()) if here.any() else nothing,
        "shrunk": float((bought & (now <= 0.5 * before))[here].mean()) if here.any() else nothing,
    }


def start_finding(found: Mapping[str, float]) -> Finding:
    """State customer against revenue churn of a list: `churn.start.small` (the small ones left), `.large`, `.alike`
    (within one percentage point), `.nobody`, `.none` (no earlier purchases to compare with)."""
    if not found["start"]:
        return Finding("churn.start.none")
    if not found["gone"]:
        return Finding("churn.start.nobody", found)
    gap = found["revenue"] - found["customers"]
    return Finding(f"churn.start.{'alike' if abs(gap) < 0.01 else 'large' if gap > 0 else 'small'}", found)


def lost(contracts: pd.DataFrame) -> pd.Series:
    """1 for each contract that was not renewed, by contracts(renewed). Raises BadSetting for anything but 0 and 1."""
    renewed = pd.to_numeric(contracts["renewed"], errors="coerce")
    strange = contracts["renewed"][~renewed.isin([0, 1])]
    if len(strange):
        raise BadSetting(name="renewed", value=strange.iloc[0], allowed="0, 1")
    return (1 - renewed).astype(int)


def _share(part: pd.Series, whole: pd.Series) -> float:
    total = float(whole.sum())
    return float(part.sum()) / total if total > 0 else float("nan")
