"""Key accounts: who is one under a limit of hours, at which stage each stands, and whether the plan is carried out.

Score, limits and the reading of the stages are this course's own convention. The six stages of key-account management
are Millman & Wilson's (Journal of Marketing Practice: Applied Marketing Science 1, 1995): pre, early, mid,
partnership, synergistic, uncoupling.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.portrait import need, score
from custlib.content import Finding
from custlib.errors import BadSetting

PARTS = ("brings", "could", "strategic")
# What counts how much: contribution, what they buy elsewhere, declared strategic.
RULES: Mapping[str, tuple[int, int, int]] = {"three": (50, 30, 20), "two": (50, 50, 0), "brings": (100, 0, 0)}
STAGES = ("pre", "early", "mid", "partnership", "synergistic", "uncoupling")
SILENT = 180  # days without an order, after which somebody who bought is on the way out
TOUCHED = 30  # days within which something should have happened at a large account
LINKS = ("owner", "plan", "touched")
NEXT = ("mend", "plan", "call", "widen", "offer", "keep")


def scored(
    known: pd.DataFrame, weights: tuple[int, int, int] = RULES["three"], *, strategic: Collection[object] = ()
) -> pd.DataFrame:
    """Score each customer as a key account by what it brings, what it could bring, and what the firm declared.

    known(customer_id | contribution, headroom: money in 12 months, missing allowed) → brings, could (share of others
    below, 0–100, as in `portrait.score`), strategic (0 or 100), score, low, high. What is not known counts 50 in
    `score`, 0 in `low` and 100 in `high`: it is never a reason to leave somebody out. Raises MissingColumns,
    BadSetting for weights that are negative or all 0.
    """
    need(known, "keyaccounts.scored", "contribution", "headroom")
    share = np.array(weights, dtype=float)
    if len(share) != len(PARTS) or not np.isfinite(share).all() or (share < 0).any() or share.sum() <= 0:
        raise BadSetting(name="weights", value=weights, allowed="50, 30, 20 …")
    places = score(known[["contribution", "headroom"]].astype(float))
    table = pd.DataFrame({"brings": places["contribution"], "could": places["headroom"]}, index=known.index)
    table["strategic"] = np.where(known.index.isin(list(strategic)), 100.0, 0.0)
    points = table[list(PARTS)].to_numpy(dtype=float)
    for name, unknown in (("score", 50.0), ("low", 0.0), ("high", 100.0)):
        table[name] = np.round(np.where(np.isnan(points), unknown, points) @ share / share.sum(), 6)
    return table


def places(people: int, each: int) -> int:
    """How many key accounts there is room for: people × accounts one person can carry. Raises BadSetting."""
    for name, value in (("people", people), ("each", each)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise BadSetting(name=name, value=value, allowed="0, 1, 2 …")
    return people * each


def select(known: pd.DataFrame, table: pd.DataFrame, room: int) -> pd.DataFrame:
    """Fill the places, highest score first; an account that costs more than it brings is mended first, not listed.

    known(contribution), table: from `scored`, room: number of places → table + contribution, headroom, costs (loses
    money), place (1 first; missing for those who cost), chosen, open (what is not known could bring it in, or take it
    out). Equal scores: the larger contribution first. Raises BadSetting.
    """
    if isinstance(room, bool) or not isinstance(room, int) or room < 0:
        raise BadSetting(name="room", value=room, allowed="0, 1, 2 …")
    listed = table.join(known[["contribution", "headroom"]])
    listed["costs"] = listed["contribution"] < 0
    ranked = listed[~listed["costs"]].sort_values(["score", "contribution"], ascending=False, kind="stable")
    listed["place"] = pd.Series(np.arange(1.0, len(ranked) + 1), index=ranked.index)
    listed["chosen"] = listed["place"] <= room
    inside, outside = ranked["score"].iloc[:room], ranked["score"].iloc[room:]
    first_out = outside.iloc[0] if len(outside) else -np.inf
    last_in = inside.iloc[-1] if len(inside) else np.inf
    listed["open"] = ~listed["costs"] & np.where(listed["chosen"], listed["low"] < first_out, listed["high"] > last_in)
    return listed.sort_values("place", kind="stable")


def list_finding(listed: pd.DataFrame) -> Finding:
    """Say what the chosen bring: `keyaccounts.list.carry` (more than their share), `.light`, `.nobody`, `.all`.

    Values n, customers, share_customers, share_money (of all positive contribution), open (chosen whose place hangs on
    what is not known), costs (would have had a place, were it not that they cost more than they bring).
    """
    n, whole = int(listed["chosen"].sum()), float(listed["contribution"].clip(lower=0).sum())
    values = {"n": n, "customers": len(listed), "share_customers": n / max(len(listed), 1)}
    values |= {"share_money": float(listed.loc[listed["chosen"], "contribution"].sum()) / whole if whole > 0 else 0.0}
    lowest = listed.loc[listed["chosen"], "score"].min()
    dear = int((listed["costs"] & (listed["score"] >= lowest)).sum())
    values |= {"open": int((listed["chosen"] & listed["open"]).sum()), "costs": dear}
    if n in (0, len(listed)):
        return Finding(f"keyaccounts.list.{'all' if n else 'nobody'}", values)
    carry = values["share_money"] >= values["share_customers"]
    return Finding(f"keyaccounts.list.{'carry' if carry else 'light'}", values)


def execution(
    accounts: Iterable[object],
    customers: pd.DataFrame,
    interactions: pd.DataFrame,
    *,
    as_of: object,
    days: int = TOUCHED,
) -> pd.DataFrame:
    """Whether the plan of each account lives: somebody in charge, a plan that holds today, something done lately.

    accounts (customer ids), customers(customer_id, owner, plan_until), interactions(customer_id, date) → customer_id |
    owner, plan, touched, done (all three): truth values; idle (days since the last contact, missing without any). A
    plan holds up to and including its last day; a contact counts up to `days` ago. Raises MissingColumns, BadSetting.
    """
    need(customers, "keyaccounts.execution", "customer_id", "owner", "plan_until")
    need(interactions, "keyaccounts.execution", "customer_id", "date")
    if isinstance(days, bool) or not isinstance(days, int) or days < 0:
        raise BadSetting(name="days", value=days, allowed="0, 1, 2 …")
    ids, day = pd.Index(list(accounts), name="customer_id"), frames.last_day(as_of)
    told = customers.drop_duplicates("customer_id").set_index("customer_id").reindex(ids)
    date = frames.read_days(interactions["date"])[0]
    past = (date != frames.NO_DAY) & (date <= day)
    idle = day - pd.Series(date[past]).groupby(interactions["customer_id"].to_numpy()[past]).max().reindex(ids)
    table = pd.DataFrame(
        {
            "owner": (told["owner"].fillna("").astype(str).str.strip() != "").to_numpy(),
            "plan": frames.read_days(told["plan_until"])[0] >= day,
            "touched": (idle <= days).to_numpy(),
        },
        index=ids,
    )
    return table.assign(done=table.all(axis=1), idle=idle)


def execution_finding(table: pd.DataFrame) -> Finding:
    """Say how many accounts have all three, and what is missing most.

    `keyaccounts.execution.weak` with n, done, share, weakest (owner, plan or touched) and lacking (share without it),
    `.all` where nothing is missing, `.nobody` without accounts.
    """
    n = len(table)
    if not n:
        return Finding("keyaccounts.execution.nobody")
    lacking = 1 - table[list(LINKS)].mean()
    weakest = str(lacking.idxmax())
    done = int(table["done"].sum())
    values = {"n": n, "done": done, "share": done / n, "weakest": weakest, "lacking": float(lacking[weakest])}
    return Finding(f"keyaccounts.execution.{'all' if done == n else 'weak'}", values)


def stage(known: pd.DataFrame) -> pd.Series:
    """Read from the books at which of the six stages each account seems to stand; people decide.

    known(customer_id | recency, breadth, depth, joint), as in `portrait.facts` → a code of STAGES per customer, empty
    where no contact is noted. No order yet: pre; none for more than 180 days: uncoupling; else by functions in
    contact, highest level (4 executive) and share of contacts on technical questions or training: 4, 4 and 30 %
    synergistic; 3 and 3 partnership; 2 mid; else early. Raises MissingColumns.
    """
    need(known, "keyaccounts.stage", "recency", "breadth", "depth", "joint")
    wide, high, joint = known["breadth"], known["depth"], known["joint"]
    code = np.select(
        [
            known["recency"].isna(),
            known["recency"] > SILENT,
            wide.isna(),
            (wide >= 4) & (high >= 4) & (joint >= 0.3),
            (wide >= 3) & (high >= 3),
            wide >= 2,
        ],
        ["pre", "uncoupling", "", "synergistic", "partnership", "mid"],
        "early",
    )
    return pd.Series(pd.array(code, dtype="str"), index=known.index, name="stage")


def stage_finding(stages: pd.Series) -> Finding:
    """Say where most stand: `keyaccounts.stage.most` with stage, n and accounts; `.going` where that is uncoupling;
    `.nobody` without any."""
    counts = stages[stages != ""].value_counts().reindex(STAGES).fillna(0)
    if not counts.sum():
        return Finding("keyaccounts.stage.nobody")
    top = str(counts.idxmax())
    values = {"stage": top, "n": int(counts[top]), "accounts": int(counts.sum())}
    return Finding(f"keyaccounts.stage.{'going' if top == 'uncoupling' else 'most'}", values)


def next_action(known: pd.DataFrame, done: pd.DataFrame, interactions: pd.DataFrame) -> pd.Series:
    """The next best action of each account: the first of NEXT that applies.

    known(customer_id | breadth, headroom, revenue), done: from `execution`, interactions(customer_id, date, topic) → a
    code per account of `done`: mend (the last contact was a complaint), plan (none that holds), call (nothing done
    lately), widen (fewer than 3 functions in contact), offer (they buy more elsewhere than here), keep. Raises
    MissingColumns.
    """
    need(known, "keyaccounts.next_action", "breadth", "headroom", "revenue")
    need(interactions, "keyaccounts.next_action", "customer_id", "date", "topic")
    ids = done.index
    last = interactions.assign(date=frames.read_days(interactions["date"])[0]).sort_values("date", kind="stable")
    topic = last.groupby("customer_id")["topic"].last().reindex(ids)
    facts = known.reindex(ids)
    conditions = [
        topic == "complaint",
        ~done["plan"],
        ~done["touched"],
        ~(facts["breadth"] >= 3),
        facts["headroom"] > facts["revenue"],
    ]
    return pd.Series(pd.array(np.select(conditions, NEXT[:-1], NEXT[-1]), dtype="str"), index=ids, name="action")
