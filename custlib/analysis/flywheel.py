"""A flywheel in its generic form: satisfied customers stay and recommend, and that turns into customers.

The idea that many small pushes in one direction add up is Jim Collins's (Good to Great, 2001; Turning the Flywheel,
2019); the equations are a convention of this course, and the simplest that show it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from custlib.analysis.loyalty import repurchase
from custlib.content import Finding
from custlib.errors import BadSetting

STEADY = 0.02  # a base that ends within so much of its start has kept still


@dataclass(frozen=True)
class Wheel:
    """One year's turn: customers at the start; the share that gives the top grade; what share of these and of the
    others stays a year; new customers a year from recommendations, per top grader, and from elsewhere."""

    customers: float
    delighted: float
    keeps_delighted: float
    keeps_others: float
    per_delighted: float
    elsewhere: float

    def __post_init__(self) -> None:
        shares = (self.delighted, self.keeps_delighted, self.keeps_others)
        if not all(0 <= share <= 1 for share in shares) or min(self.customers, self.per_delighted, self.elsewhere) < 0:
            raise BadSetting(name="wheel", value=shares, allowed="0 … 1; ≥ 0")

    @property
    def keeps(self) -> float:
        """The share of all customers that stays a year."""
        return self.delighted * self.keeps_delighted + (1 - self.delighted) * self.keeps_others


def run(wheel: Wheel, years: int = 5) -> pd.DataFrame:
    """Turn the wheel: year 0…years | customers, stayed, recommended, elsewhere (the three that make up a year's base).

    new = elsewhere + per_delighted · (delighted · customers); stayed = customers · keeps. Raises BadSetting.
    """
    if years < 1:
        raise BadSetting(name="years", value=years, allowed="1, 2, 3 …")
    rows = [{"customers": wheel.customers, "stayed": wheel.customers, "recommended": 0.0, "elsewhere": 0.0}]
    for _ in range(years):
        base = rows[-1]["customers"]
        parts = {
            "stayed": base * wheel.keeps,
            "recommended": base * wheel.delighted * wheel.per_delighted,
            "elsewhere": wheel.elsewhere,
        }
        rows.append({"customers": sum(parts.values()), **parts})
    return pd.DataFrame(rows).rename_axis("year")


def measured(survey: pd.DataFrame, purchases: pd.DataFrame, sources: pd.Series) -> Wheel:
    """Read a wheel from the books: who answered, who bought in the year after, who came new and from where.

    survey(customer_id, date, csat_1_5), purchases(customer_id, date, amount), sources (customer → channel). Staying:
    bought again within 365 days of the answer. New: first purchase in the last 365 days; “referral” counts as
    recommended. Raises NothingLeft where no answer is a year old.
    """
    answers = repurchase(survey, purchases, days=365)
    top = answers["csat_1_5"] == 5
    bought = purchases[purchases["amount"] > 0]
    day = pd.to_datetime(bought["date"])
    year = day > day.max() - pd.Timedelta(days=365)
    base, last = set(bought.loc[~year, "customer_id"]), bought.loc[year, "customer_id"].unique()
    new = [each for each in last if each not in base]
    came = int((sources.reindex(new) == "referral").sum())
    share, people = float(top.mean()), float(len(last))
    keeps = [float(answers.loc[part, "again"].mean()) if part.any() else 0.0 for part in (top, ~top)]
    per = came / (share * people) if share * people else 0.0
    return Wheel(people, share, keeps[0], keeps[1], per, float(len(new) - came))


def finding(wheel: Wheel, still: Wheel, years: int = 5) -> Finding:
    """Say where the base goes: `experience.wheel.grow`, `.shrink` or `.steady`, and what it would be otherwise.

    `still` is the wheel to compare with. Values: start, end, years, recommended (share of the new of the last year),
    other (the end of `still`), gap (end − other), delighted.
    """
    end, other = (float(run(each, years)["customers"].iloc[-1]) for each in (wheel, still))
    last = run(wheel, years).iloc[-1]
    new = float(last["recommended"] + last["elsewhere"])
    change = end / wheel.customers - 1 if wheel.customers else 0.0
    way = "grow" if change > STEADY else "shrink" if change < -STEADY else "steady"
    values = {"start": wheel.customers, "end": end, "years": years, "other": other, "gap": end - other}
    values |= {"recommended": float(last["recommended"]) / new if new else 0.0, "delighted": wheel.delighted}
    return Finding(f"experience.wheel.{way}", values)


def changed(wheel: Wheel, *, delighted: float, per_delighted: float) -> Wheel:
    """The same wheel with another share of top grades and another rate of recommendation."""
    return replace(wheel, delighted=delighted, per_delighted=per_delighted)
