"""Classes of customers: by what they bring (ABC), by what they do (A–D), by where they stand (life cycle, activity).

The letters of two of them are the same and their rules are not: ABC shares out money, the A–D rule of the appliance
maker describes behaviour. The cuts of ABC are a habit, the other rules are conventions of this course; each is a
parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from custlib import frames
from custlib.analysis.summarise import by_customer
from custlib.content import Finding
from custlib.errors import BadColumn, BadSetting, MissingColumns, NothingLeft

GRADES = ("A", "B", "C", "loss", "none")
BEHAVIOUR = ("A", "B", "C", "D", "unknown")
STAGES = ("potential", "initial", "loyal", "lost")
ACTIVITY = ("active", "latent", "lost")
NEEDS = ("functional", "emotional", "price", "unknown")
FUNCTIONAL = ("quality", "on_time", "documents", "ordering")  # what the thing does, and when it comes
EMOTIONAL = ("response", "advice", "aftersales")  # who stands behind it


@dataclass(frozen=True)
class Rule:
    """The appliance maker's rule in figures: orders from which a customer is frequent or repeats, at most how many
    are rare, the share bought on promotion that makes a buyer price-led, the awareness (1–5) that counts as low."""

    often: int = 4
    repeat: int = 2
    rare: int = 1
    price_led: float = 0.5
    unaware: int = 2


@dataclass(frozen=True)
class Cycle:
    """When a customer counts as loyal (purchases) and as lost (days since the last one)."""

    loyal_from: int = 4
    lost_after: int = 365


def abc(values: pd.Series, *, cuts: tuple[float, float] = (0.80, 0.95)) -> pd.DataFrame:
    """Grade customers by their share of what all bring: A, B, C; losses and customers without anything by themselves.

    values (money or pieces per customer) → value, share, before, grade, largest first. `share` is of the positive
    values alone; `before` is the share of all who bring more, before this customer is added: A while it is below the
    first cut, B below the second, else C, so the customer who crosses a line still stands above it. Equal customers
    get equal grades. Below 0 the grade is "loss", at 0 "none". Raises BadColumn, BadSetting. Dickie (1951) used such
    classes for stock; 80 and 95 % are a habit.

    >>> abc(pd.Series({"x": 80.0, "y": 15.0, "z": 5.0, "w": -3.0}))["grade"].to_dict()
    {'x': 'A', 'y': 'B', 'z': 'C', 'w': 'loss'}
    """
    money = _numbers(values, "classification.abc")
    order = np.argsort(-money, kind="stable")
    money = money[order]
    gain = np.maximum(money, 0.0)
    total = gain.sum()
    whole = total if total > 0 else 1.0
    behind = np.concatenate([[0.0], np.cumsum(gain)[:-1]])
    # Who is equal to the one before has as many larger ones as that one.
    fresh = np.concatenate([[True], money[1:] != money[:-1]]) if len(money) else np.zeros(0, dtype=bool)
    before = np.maximum.accumulate(np.where(fresh, behind, 0.0)) / whole if len(money) else behind[:0]
    graded = {"value": money, "share": gain / whole, "before": before}
    table = pd.DataFrame(graded, index=values.index[order])
    table.attrs = dict(values.attrs)
    return regrade(table, cuts=cuts)


def regrade(graded: pd.DataFrame, *, cuts: tuple[float, float]) -> pd.DataFrame:
    """Grade the same customers by other lines, in the order they are in: one pass and no sorting.

    graded(value, share, before) → the same with another grade. Raises BadSetting.
    """
    low, high = cuts
    if not 0 < low < high <= 1:
        raise BadSetting(name="cuts", value=cuts, allowed="two shares, such as 0.80 and 0.95")
    money, before = graded["value"].to_numpy(), graded["before"].to_numpy()
    place = np.select([money < 0, money == 0, before < low, before < high], [3, 4, 0, 1], 2)
    grade = pd.Categorical.from_codes(place, pd.Index(["A", "B", "C", "loss", "none"])).astype("str")
    table = graded.assign(grade=grade)
    table.attrs = {**graded.attrs, "cuts": cuts}
    return table


def by_grade(graded: pd.DataFrame) -> pd.DataFrame:
    """Count each grade that has customers.

    graded(value, grade) → grade | customers, share_customers, value, share_value (of the positive values).
    """
    each = graded.groupby("grade")["value"]
    table = pd.DataFrame({"customers": each.size(), "value": each.sum()})
    table = table.reindex([grade for grade in GRADES if grade in table.index])
    gain = float(graded["value"].clip(lower=0).sum())
    table["share_customers"] = table["customers"] / max(len(graded), 1)
    table["share_value"] = table["value"].clip(lower=0) / gain if gain > 0 else 0.0
    return table


def curve_finding(graded: pd.DataFrame, *, measure: str = "revenue") -> Finding:
    """State how many customers it takes for the money of class A: `classification.curve.few`, `.many` or `.nothing`.

    Few are up to a third of those who bring anything. Values: a, customers, share_customers,
    share_value, and what is counted: revenue, profit or volume.
    """
    bring = int((graded["value"] > 0).sum())
    if not bring:
        return Finding("classification.curve.nothing", {"customers": len(graded), "measure": measure})
    top = graded[graded["grade"] == "A"]
    values: dict[str, Any] = {"a": len(top), "customers": bring, "share_customers": len(top) / bring}
    values |= {"share_value": float(top["share"].sum()), "measure": measure}
    return Finding(f"classification.curve.{'few' if 3 * len(top) <= bring else 'many'}", values)


def two_faces(by_revenue: pd.DataFrame, by_profit: pd.DataFrame) -> pd.DataFrame:
    """List who is in class A by revenue and a loss by profit, the largest loss first.

    two results of abc → customer | revenue, profit.
    """
    both = pd.DataFrame({"revenue": by_revenue["value"], "profit": by_profit["value"], "grade": by_revenue["grade"]})
    wrong = both[(both["grade"] == "A") & (both["profit"] < 0)]
    return wrong[["revenue", "profit"]].sort_values("profit", kind="stable")


def faces_finding(by_revenue: pd.DataFrame, by_profit: pd.DataFrame) -> Finding:
    """State how many customers of class A by revenue lose money: `classification.faces.some` or `.none`."""
    wrong = two_faces(by_revenue, by_profit)
    values = {"n": len(wrong), "a": int((by_revenue["grade"] == "A").sum()), "lost": -float(wrong["profit"].sum())}
    return Finding(f"classification.faces.{'some' if len(wrong) else 'none'}", values)


def behaviour(facts: pd.DataFrame, rule: Rule | None = None) -> pd.Series:
    """Grade customers by the appliance maker's rule.

    facts(orders, promo_share, awareness_1_5) → A frequent and not price-led, B repeating and price-led, D rare and
    hardly aware of us, C the rest; "unknown" where a figure the rule would need is missing. Raises MissingColumns.

    >>> facts = pd.DataFrame({"orders": [6, 3, 1, 2], "promo_share": [.1, .7, .2, .1], "awareness_1_5": [4, 4, 1, 5]})
    >>> "".join(behaviour(facts))
    'ABDC'
    """
    rule = rule or Rule()
    need(facts, "classification.behaviour", ["orders", "promo_share", "awareness_1_5"])
    orders, promo, aware = (frames.read_amounts(facts[name])[0] for name in ("orders", "promo_share", "awareness_1_5"))
    rules = [
        (orders >= rule.often) & (promo < rule.price_led),
        (orders >= rule.repeat) & (promo >= rule.price_led),
        (orders <= rule.rare) & (aware <= rule.unaware),
        np.isnan(orders) | (np.isnan(promo) & (orders >= rule.repeat)) | (np.isnan(aware) & (orders <= rule.rare)),
    ]
    grade = np.select(rules, ["A", "B", "D", "unknown"], "C")
    return pd.Series(pd.array(grade, dtype="str"), index=facts.index, name="behaviour")


def stage(
    orders: pd.DataFrame, *, as_of: object = None, rule: Cycle | None = None, known: pd.Series | None = None
) -> pd.Series:
    """Say where each customer stands in the life cycle on a day.

    orders(customer_id, date, amount) → potential, initial, loyal or lost. Loyal: at least `loyal_from` days with a
    purchase so far; initial: fewer; lost: the last one more than `lost_after` days ago, however many there were.
    Potential: known by then (`known` is the day of the first contact per customer) and without a purchase. Returns
    are no purchases. What lies behind the day is not looked at; before the first row of the list nobody has bought.
    Raises what frames.purchases raises, except NothingLeft for a day before the list.
    """
    rule = rule or Cycle()
    try:
        read = frames.purchases(orders, where="classification.stage", as_of=as_of)
    except NothingLeft:
        if as_of is None or not len(orders):
            raise
        return _waiting(pd.Series(dtype="str", name="stage"), known, frames.as_day(frames.last_day(as_of)))
    day = frames.day_number(read.as_of)
    if (read.amount >= 0).any():
        each = by_customer(read, where="classification.stage")
        name = np.select(
            [day - each.last > rule.lost_after, each.purchases >= rule.loyal_from], ["lost", "loyal"], "initial"
        )
        found = pd.Series(pd.array(name, dtype="str"), index=each.ids.rename("customer_id"), name="stage")
    else:
        found = pd.Series(dtype="str", name="stage")
    return _waiting(found, known, read.as_of)


def _waiting(found: pd.Series, known: pd.Series | None, as_of: pd.Timestamp) -> pd.Series:
    """Add those who are known on the day and have not bought."""
    if known is not None:
        first = frames.read_days(known.reset_index(drop=True))[0]
        here = (first > frames.NO_DAY) & (first <= frames.day_number(as_of))
        waiting = known.index[here].difference(found.index)
        found = pd.concat([found, pd.Series("potential", index=waiting, dtype="str", name="stage")])
    found = found.sort_index()
    found.attrs["as_of"] = as_of
    return found


def activity(
    orders: pd.DataFrame, contacts: pd.DataFrame, *, as_of: object = None, within_days: int = 180
) -> pd.Series:
    """Say how each customer behaves at the moment: buys, only talks, or neither.

    orders(customer_id, date, amount), contacts(customer_id, date) → active (a purchase within the days), latent (none,
    but a contact), lost (neither). Raises what frames.purchases raises; MissingColumns; BadSetting.
    """
    if not isinstance(within_days, int) or within_days < 1:
        raise BadSetting(name="within_days", value=within_days, allowed="a whole number of days")
    read = frames.purchases(orders, where="classification.activity", as_of=as_of)
    need(contacts, "classification.activity", ["customer_id", "date"])
    since, until = frames.day_number(read.as_of) - within_days, frames.day_number(read.as_of)
    lately = (read.day > since) & (read.amount >= 0)
    day = frames.read_days(contacts["date"])[0]
    talked = pd.Index(contacts["customer_id"][(day > since) & (day <= until)].unique())
    everybody = read.ids.union(talked)
    name = np.where(everybody.isin(talked), "latent", "lost")
    name = np.where(everybody.isin(read.ids[np.unique(read.customer[lately])]), "active", name)
    found = pd.Series(pd.array(name, dtype="str"), index=everybody.rename("customer_id"), name="activity")
    found.attrs["as_of"] = read.as_of
    return found


def need_type(survey: pd.DataFrame, promo_share: pd.Series, *, price_led: float = 0.5) -> pd.Series:
    """Say what a customer looks for first: function, people, or price.

    survey(customer_id, importance_…), share bought on promotion per customer → functional, emotional, price, unknown.
    Price where the share reaches `price_led`; else whichever of the two groups of attributes a customer's answers
    rate higher on average, functional where they are equal; unknown without an answer. Raises MissingColumns.
    """
    wanted = [f"importance_{name}" for name in (*FUNCTIONAL, *EMOTIONAL)]
    need(survey, "classification.need_type", ["customer_id", *wanted])
    mean = survey.groupby("customer_id")[wanted].mean().reindex(promo_share.index)
    what, who = (mean[[f"importance_{name}" for name in group]].mean(axis=1) for group in (FUNCTIONAL, EMOTIONAL))
    rules = [promo_share >= price_led, what.isna() | who.isna(), who > what]
    name = np.select([rule.to_numpy() for rule in rules], ["price", "unknown", "emotional"], "functional")
    return pd.Series(pd.array(name, dtype="str"), index=promo_share.index, name="need")


def pairs(left: pd.Series, right: pd.Series, rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Count customers by two classifications, those that have both; classes nobody has are left out.

    two series of codes per customer → a table, rows × columns, in the orders given.
    """
    both = pd.DataFrame({"row": left, "column": right}).dropna()
    table = pd.crosstab(both["row"], both["column"])
    here = [code for code in rows if code in table.index], [code for code in columns if code in table.columns]
    return table.reindex(index=here[0], columns=here[1], fill_value=0)


def at(counts: pd.DataFrame, row: str, column: str | None = None) -> int:
    """A cell of a table of counts, or a whole row; 0 where a class has no customers."""
    if row not in counts.index or (column is not None and column not in counts.columns):
        return 0
    values = counts.loc[[row]] if column is None else counts.loc[[row], [column]]
    return int(values.to_numpy().sum())


def stages_finding(counts: pd.DataFrame, before: pd.Timestamp, after: pd.Timestamp) -> Finding:
    """State how many of the loyal are lost on the later day: `classification.stages.lost`, `.kept` or `.nobody`.

    counts of stages on two days (pairs of two results of stage).
    """
    loyal, lost = at(counts, "loyal"), at(counts, "loyal", "lost")
    values = {"n": lost, "loyal": loyal, "share": lost / max(loyal, 1), "before": before, "after": after}
    return Finding(f"classification.stages.{'nobody' if not loyal else 'lost' if lost else 'kept'}", values)


def letters_finding(counts: pd.DataFrame) -> Finding:
    """State how many A by money are A by behaviour: `classification.letters.agree` (more than half), `.differ` or
    `.nobody`. counts of grades by behaviour."""
    a, both = at(counts, "A"), at(counts, "A", "A")
    code = "nobody" if not a else "agree" if 2 * both > a else "differ"
    return Finding(f"classification.letters.{code}", {"a": a, "both": both})


def meanings_finding(counts: pd.DataFrame) -> Finding:
    """State how many of the lost still talk to us: `classification.meanings.talking`, `.silent` or `.nobody`.

    counts of stages by activity.
    """
    lost, talking = at(counts, "lost"), at(counts, "lost", "latent") + at(counts, "lost", "active")
    code = "nobody" if not lost else "talking" if talking else "silent"
    return Finding(f"classification.meanings.{code}", {"n": talking, "lost": lost})


def need_finding(types: pd.Series) -> Finding:
    """Name the need that most customers have: `classification.needs.title`, or `.none` where nothing is known."""
    known = types[types != "unknown"].value_counts().reindex(NEEDS[:3]).fillna(0)
    if not known.sum():
        return Finding("classification.needs.none", {"known": 0})
    values = {"need": str(known.idxmax()), "n": int(known.max()), "known": int(known.sum())}
    return Finding("classification.needs.title", values)


def need(table: pd.DataFrame, where: str, names: Sequence[str]) -> None:
    """Raise MissingColumns where a column is not there."""
    if missing := [name for name in names if name not in table.columns]:
        raise MissingColumns(where=where, missing=missing, found=table.columns)


def _numbers(values: Any, where: str) -> np.ndarray:
    read, bad, _ = frames.read_amounts(values)
    wrong = bad | ~np.isfinite(read)
    if count := int(np.count_nonzero(wrong)):
        name, example = str(values.name or "values"), values[wrong].iloc[0]
        raise BadColumn(where=where, column=name, kind="number", count=count, total=len(read), example=example)
    return read
