"""Social styles of observed meetings: from the cues that were seen to a place on the grid.

The two axes and the four styles are those of Merrill & Reid, *Personal Styles and Effective Performance* (1981).
The list of cues and the rule that scores them are this course's own convention, not a published instrument.
A style belongs to one meeting and is worked out from its cues each time; it is nowhere stored on a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from custlib.content import Finding
from custlib.errors import BadColumn, MissingColumns, UnknownName

AXES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"assertiveness": ("ask", "tell"), "responsiveness": ("control", "emote")}
)
SIDES = ("ask", "tell", "control", "emote")
NOTHING = "nothing"
_BY_SIDE = {
    "ask": "asks_first softens speaks_slowly lets_finish leans_back checks_with_others",
    "tell": "opinion_as_fact sets_time speaks_fast cuts_in says_what_next decides_at_once",
    "control": "keeps_agenda asks_evidence face_still hands_still matter_only nothing_personal",
    "emote": "small_talk tells_story says_feeling hands_talk laughs_sighs asks_after_people",
}
CUES: Mapping[str, str] = MappingProxyType({code: side for side in SIDES for code in _BY_SIDE[side].split()})
STYLES = ("driving", "expressive", "amiable", "analytical")
_CELL = {"tell control": "driving", "tell emote": "expressive", "ask emote": "amiable", "ask control": "analytical"}
_BACKUP = {"driving": "autocratic", "expressive": "attack", "amiable": "acquiesce", "analytical": "avoid"}
MIDDLE, BAND, LEAST = 0.5, 0.1, 2


def place(observations: pd.DataFrame) -> pd.DataFrame:
    """Place each observed meeting on the style grid.

    `observations(meeting_id, cue_code) → meeting_id, assertiveness, responsiveness, cues_assertiveness,
    cues_responsiveness, style`, one row a meeting, in the order of the ids. A cue counts once a meeting; a row
    without a code is a meeting at which nothing was noted. Shares run from 0 to 1: tell cues of the cues on the first
    axis, emote cues of those on the second, NaN below two cues. `style` is one of the four, `mixed` with an axis
    within .1 of .5, `unknown` with an axis missing. Axes: Merrill & Reid (1981); scoring: this course.

    Raises MissingColumns, BadColumn, UnknownName for a cue that is not in the catalogue.

    >>> place(pd.DataFrame({"meeting_id": "M1", "cue_code": ["cuts_in", "sets_time", "hands_still", "face_still"]}))[
    ...     ["assertiveness", "responsiveness", "style"]
    ... ].values.tolist()
    [[1.0, 0.0, 'driving']]
    """
    _need(observations, "styles.place", "meeting_id", "cue_code")
    seen = observations[["meeting_id", "cue_code"]].drop_duplicates()
    if nameless := int(seen["meeting_id"].isna().sum()):
        raise BadColumn(
            where="styles.place", column="meeting_id", kind="id", count=nameless, total=len(seen), example=""
        )
    _refuse_unknown("cue", seen["cue_code"], CUES)
    return _land("meeting_id", seen["meeting_id"], seen["cue_code"].map(CUES))


def candidates(assertiveness: float, responsiveness: float) -> tuple[str, ...]:
    """Name the styles that two shares leave open: one in a quarter, more in the band or with an axis missing."""
    first = _open_sides(assertiveness, AXES["assertiveness"])
    second = _open_sides(responsiveness, AXES["responsiveness"])
    return tuple(style for cell, style in _CELL.items() if cell.split()[0] in first and cell.split()[1] in second)


def turning(cues: Iterable[str]) -> list[str]:
    """Name the cues that, ticked or unticked alone, would change the style of a meeting. Raises UnknownName."""
    noted: set[str | None] = set(cues)
    variants = {"": noted, **{code: noted ^ {code} for code in CUES}}
    rows = [(name, code) for name, codes in variants.items() for code in (codes or [None])]
    styles = place(pd.DataFrame(rows, columns=["meeting_id", "cue_code"])).set_index("meeting_id")["style"]
    return [code for code in CUES if styles[code] != styles[""]]


def backup(style: str) -> str:
    """Name what a style tends to fall back on under pressure (after Merrill & Reid 1981). Raises UnknownName."""
    _refuse_unknown("style", [style], _BACKUP)
    return _BACKUP[style]


def counts(placed: pd.DataFrame) -> Finding:
    """Count the meetings in each quarter, those between, and those with too few cues."""
    found = placed["style"].value_counts()
    each = {style: int(found.get(style, 0)) for style in (*STYLES, "mixed", "unknown")}
    return Finding("styles.look.counts", {"meetings": len(placed), **each})


def moves(placed: pd.DataFrame, meetings: pd.DataFrame) -> Finding:
    """Say whether people met more than once landed in different quarters.

    `meetings(meeting_id, person_id)`; meetings that are mixed or unknown are in no quarter and do not count. The
    finding is `moves` (with the person of the most quarters), `stays`, or `once` where nobody was met twice.

    Raises MissingColumns.
    """
    _need(meetings, "styles.moves", "meeting_id", "person_id")
    in_quarter = placed[placed["style"].isin(STYLES)].merge(meetings[["meeting_id", "person_id"]], on="meeting_id")
    people = in_quarter.groupby("person_id")["style"].agg(["size", "nunique"])
    again = people[people["size"] > 1].sort_values("nunique", ascending=False, kind="stable")
    if again.empty:
        return Finding("styles.look.once")
    moved = int((again["nunique"] > 1).sum())
    values = {"again": len(again), "moved": moved}
    if not moved:
        return Finding("styles.look.stays", values)
    size, quarters = (int(number) for number in again.iloc[0])
    return Finding("styles.look.moves", {**values, "person": again.index[0], "meetings": size, "quarters": quarters})


def worked(placed: pd.DataFrame, meeting_id: str) -> Finding:
    """Give the figures of one meeting for a worked example. Raises UnknownName."""
    _refuse_unknown("meeting", [meeting_id], placed["meeting_id"])
    row = placed[placed["meeting_id"] == meeting_id].to_dict("records")[0]
    values: dict[str, object] = {"style": row["style"]}
    for axis in AXES:
        cues, share = row[f"cues_{axis}"], row[axis]
        shown = 0 if pd.isna(share) else round(share * cues)
        values |= {axis: share, f"cues_{axis}": cues, f"shown_{axis}": shown}
    return Finding(f"styles.idea.worked_{'unknown' if row['style'] == 'unknown' else 'known'}", values)


@dataclass(frozen=True)
class Comparison:
    """Two readings of a transcript: `lines(line, read, key, agrees)` and `placed`, a row each for reading and key."""

    lines: pd.DataFrame
    placed: pd.DataFrame

    @property
    def finding(self) -> Finding:
        """Say how far the readings agree, and how many misses lie on the wrong axis, not the wrong side of one."""
        left = int(self.lines["read"].isna().sum())
        styles = self.placed.set_index("reading")["style"]
        axis = {side: name for name, sides in AXES.items() for side in sides}
        missed = self.lines[~self.lines["agrees"]].dropna(subset="read")
        axes = missed["read"].map(axis), missed["key"].map(axis)
        across = int((axes[0].notna() & axes[1].notna() & (axes[0] != axes[1])).sum())
        values = {
            "agree": int(self.lines["agrees"].sum()),
            "total": len(self.lines),
            "read": len(self.lines) - left,
            "left": left,
            "across": across,
            "overread": int(missed["key"].eq(NOTHING).sum()),
            "own": styles["reading"],
            "key": styles["key"],
        }
        code = "unfinished" if left else "same" if styles["reading"] == styles["key"] else "other"
        return Finding(f"styles.reader.{code}", values)


def compare(reading: pd.DataFrame, key: pd.DataFrame) -> Comparison:
    """Hold a reading of a transcript against its key, line by line and on the grid.

    `reading(line, side)`, side one of ask, tell, control, emote, nothing, or missing where a line is not read yet;
    `key(line, cue_code)`, no code where a line shows nothing. Each line counts once. Raises MissingColumns, UnknownName.
    """
    _need(reading, "styles.compare", "line", "side")
    _need(key, "styles.compare", "line", "cue_code")
    _refuse_unknown("cue", key["cue_code"], CUES)
    _refuse_unknown("side", reading["side"], (*SIDES, NOTHING))
    _refuse_unknown("line", reading["line"], key["line"])
    read = key["line"].map(reading.drop_duplicates("line", keep="last").set_index("line")["side"])
    keyed = key["cue_code"].map(CUES).fillna(NOTHING)
    lines = pd.DataFrame({"line": key["line"], "read": read, "key": keyed, "agrees": read.eq(keyed).astype(bool)})
    who = pd.Series(["reading"] * len(lines) + ["key"] * len(lines), dtype=object)
    both = pd.concat([read, keyed], ignore_index=True)
    return Comparison(lines, _land("reading", who, both.where(both.isin(SIDES))))


def _land(name: str, groups: pd.Series, sides: pd.Series) -> pd.DataFrame:
    """Count the sides of each group and turn them into shares and a style."""
    ids = sorted(groups.unique())
    tally = pd.crosstab(groups.to_numpy(), sides.fillna(NOTHING).to_numpy()).reindex(columns=list(SIDES), fill_value=0)
    tally = tally.reindex(ids, fill_value=0)
    placed = pd.DataFrame({name: ids})
    for axis, (low, high) in AXES.items():
        cues = (tally[low] + tally[high]).to_numpy()
        placed[axis] = np.where(cues >= LEAST, tally[high].to_numpy() / np.maximum(cues, 1), np.nan)
        placed[f"cues_{axis}"] = cues
    order = [name, *AXES, *(f"cues_{axis}" for axis in AXES)]
    pairs = zip(placed["assertiveness"], placed["responsiveness"], strict=True)
    return placed[order].assign(style=[_style(*pair) for pair in pairs])


def _style(assertiveness: float, responsiveness: float) -> str:
    if np.isnan(assertiveness) or np.isnan(responsiveness):
        return "unknown"
    left = candidates(assertiveness, responsiveness)
    return left[0] if len(left) == 1 else "mixed"


def _open_sides(share: float, sides: tuple[str, str]) -> tuple[str, ...]:
    # The hair's breadth takes .4 and .6 into the band whatever their last binary digit is.
    if np.isnan(share) or abs(share - MIDDLE) <= BAND + 1e-9:
        return sides
    return sides[1:] if share > MIDDLE else sides[:1]


def _need(frame: pd.DataFrame, where: str, *columns: str) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise MissingColumns(where=where, missing=missing, found=frame.columns)


def _refuse_unknown(kind: str, names: Iterable[object], known: Iterable[object]) -> None:
    allowed = {str(name) for name in known}
    strange = sorted({str(name) for name in pd.Series(list(names), dtype=object).dropna()} - allowed)
    if strange:
        raise UnknownName(kind=kind, name=strange[0], known=allowed)
