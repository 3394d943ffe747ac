"""Goals, letter by letter: specific, measurable, assignable, realistic, time-related, and consistent with each other.

The five letters are Doran's (Management Review, November 1981). Others read A as achievable and R as relevant; C for
consistency is an addition of Chinese sales training. What the letters mean for a table is this course's convention:
a table shows what is written down, never whether it is wise.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import BadSetting

LETTERS = ("specific", "measurable", "assignable", "realistic", "time")
MOST = {"revenue": 2.0}  # from here on a multiple needs a reason that is written down
WHOLE = 100  # per cent: nobody has all of a share
# Measures that pull against each other at one customer, with the direction of each.
PULL = ((("revenue", 1), ("visits", -1)), (("contracts", 1), ("visits", -1)), (("share", 1), ("price", 1)))
DAYS = 7  # two dates of one person this close come into each other's way
CLASHES = ("target", "pull", "crowded")


def check(goals: pd.DataFrame, *, as_of: object, vague: Iterable[str] = (), text: str = "text") -> pd.DataFrame:
    """Check each goal by what is written down of it.

    goals(goal_id, owner, measure, baseline, target, due[, text]); `vague` are phrases that name no result, looked for
    in the column `text` → goal_id | a truth value for each of LETTERS, flaw (the first letter that fails, or none).
    Specific: a measure, or a text without such a phrase. Measurable: a measure, where it stands and another figure
    where it should go. Assignable: an owner. Realistic: revenue at most doubles, and no share becomes whole; whether
    the rest is realistic, people decide. Time: a due day after `as_of`. Raises MissingColumns.
    """
    need(goals, "goals.check", "goal_id", "owner", "measure", "baseline", "target", "due")
    measure = goals["measure"].fillna("").astype(str).str.strip()
    start, aim = (pd.to_numeric(goals[name], errors="coerce").astype(float) for name in ("baseline", "target"))
    said = goals[text].fillna("").astype(str) if text in goals.columns else pd.Series("", index=goals.index)
    phrases = [each.casefold() for each in vague if each]
    loose = np.array([any(each in one.casefold() for each in phrases) for one in said], dtype=bool)
    times = (aim / start.where(start > 0)).fillna(0)
    far = times > measure.map(MOST).astype(float).fillna(np.inf)
    table = pd.DataFrame(
        {
            "specific": (measure != "") | ~loose,
            "measurable": (measure != "") & start.notna() & aim.notna() & (start != aim),
            "assignable": goals["owner"].fillna("").astype(str).str.strip() != "",
            "realistic": ~(far | ((measure == "share") & (aim >= WHOLE))),
            "time": frames.read_days(goals["due"])[0] > frames.last_day(as_of),
        }
    ).set_axis(pd.Index(goals["goal_id"], name="goal_id"))
    missing = ~table.to_numpy(dtype=bool)
    first = np.where(missing.any(axis=1), np.array(LETTERS)[missing.argmax(axis=1)], "none")
    return table.assign(flaw=pd.array(first, dtype="str"))


def finding(checked: pd.DataFrame) -> Finding:
    """Say how many goals stand: `keyaccounts.smart.some` (n, goals, share), `.most` (at least half), `.all`, `.none`,
    `.nobody` without any."""
    n, goals = int((checked["flaw"] == "none").sum()), len(checked)
    if not goals:
        return Finding("keyaccounts.smart.nobody")
    code = "all" if n == goals else "none" if not n else "most" if 2 * n >= goals else "some"
    return Finding(f"keyaccounts.smart.{code}", {"n": n, "goals": goals, "lacking": goals - n, "share": n / goals})


def conflicts(goals: pd.DataFrame, *, days: int = DAYS) -> pd.DataFrame:
    """Consistency: find pairs of goals that cannot both be reached as they are written.

    goals(goal_id, customer_id, owner, measure, baseline, target, due) → one, other (goal ids), kind: target (one
    customer, one measure, two targets), pull (one customer, measures that pull against each other), crowded (one
    owner, due within `days` of each other). No pair stands twice. Raises MissingColumns, BadSetting.
    """
    need(goals, "goals.conflicts", "goal_id", "customer_id", "owner", "measure", "baseline", "target", "due")
    if isinstance(days, bool) or not isinstance(days, int) or days < 0:
        raise BadSetting(name="days", value=days, allowed="0, 1, 2 …")
    numbers = {name: pd.to_numeric(goals[name], errors="coerce").astype(float) for name in ("baseline", "target")}
    way = np.sign(numbers["target"] - numbers["baseline"])
    rows = list(
        zip(
            goals["goal_id"],
            goals["customer_id"],
            goals["owner"].fillna("").astype(str).str.strip(),
            goals["measure"].fillna("").astype(str).str.strip(),
            numbers["target"],
            way,
            frames.read_days(goals["due"])[0].tolist(),
            strict=True,
        )
    )
    found = [(a[0], b[0], kind) for a, b in combinations(rows, 2) if (kind := _clash(a, b, days))]
    return pd.DataFrame(found, columns=["one", "other", "kind"])


def conflict_finding(found: pd.DataFrame, goals: int) -> Finding:
    """Say how many pairs clash: `keyaccounts.conflict.some` (n pairs among goals) or `.none`."""
    return Finding(f"keyaccounts.conflict.{'some' if len(found) else 'none'}", {"n": len(found), "goals": goals})


def _clash(one: tuple, other: tuple, days: int) -> str:  # type: ignore[type-arg]
    _, customer, owner, measure, target, way, due = one
    _, customer2, owner2, measure2, target2, way2, due2 = other
    if customer == customer2 and measure and measure == measure2 and target != target2:
        return "target"
    pair = {(measure, way), (measure2, way2)}
    if customer == customer2 and any(pair == set(each) for each in PULL):
        return "pull"
    if owner and owner == owner2 and frames.NO_DAY not in (due, due2) and abs(due - due2) <= days:
        return "crowded"
    return ""
