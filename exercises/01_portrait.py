"""Answers of lesson 01, worked out from the data at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import channels, portrait
from custlib.content import dictionary
from custlib.practice.bank import Text


def portrait_3(tables, params):
    """The needs of a customer who answered no survey: not known."""
    scored = portrait.dimensions(_facts(tables))
    one = _draw(scored[scored["needs"].isna()].dropna(subset=["behaviour", "value"]), params)
    return {"answer": "none", "customer": one.name}


def portrait_4(tables, params):
    """Completeness of a portrait with gaps: facts known out of fourteen."""
    facts = _facts(tables)
    counts, gaps = _known(facts), facts.isna().sum(axis=1)
    # Something is known in each dimension, so that each way to go wrong gives another figure.
    one = _draw(counts[gaps.between(3, 8) & (counts > 0).all(axis=1)], params)
    answer = float(portrait.completeness(facts.loc[[one.name]]).iloc[0])
    shares = one / [len(parts) for parts in portrait.DIMENSIONS.values()]
    slips = {"missing": 1 - answer, "shares": float(shares.mean()), "touched": 1.0}
    given = {"0": {name: int(count) for name, count in one.items()}}
    return {"answer": answer, "slips": slips, "given": given, "customer": one.name, "known": int(one.sum())}


def _known(facts):
    """How many facts are known in each dimension."""
    counts = {name: facts[list(parts)].notna().sum(axis=1) for name, parts in portrait.DIMENSIONS.items()}
    return pd.DataFrame(counts)


def portrait_5(tables, params):
    """Fairs against referrals in manufacturing: the ratio of the shares won, not of the deals."""
    counted = channels.conversion(tables["leads"], industries=["manufacturing"])
    one, other = counted.loc["fair"], counted.loc["referral"]
    given = counted.loc[["fair", "referral"], ["closed", "won"]].reset_index(drop=True)
    given["source"] = _words("source", ["fair", "referral"])
    slips = {"deals": one["won"] / other["won"], "turned": other["rate"] / one["rate"]}
    slips |= {"points": 100 * (one["rate"] - other["rate"])}
    shares = {"rate_one": one["rate"], "rate_other": other["rate"]}
    return {"answer": one["rate"] / other["rate"], "slips": slips, "given": given, **shares}


def portrait_6(tables, params):
    """Growth above the market: what is left after dividing by it."""
    account, market = params["account"], params["market"]
    slips = {"minus": account - market, "whole": account, "market": market}
    slips |= {"times": (1 + account) * (1 + market) - 1, "turned": 1 - (1 + market) / (1 + account)}
    return {"answer": (1 + account) / (1 + market) - 1, "slips": slips, "account": account, "market": market}


def portrait_7(tables, params):
    """Breadth of one account: functions in contact, not persons and not contacts."""
    met = tables["interactions"].merge(tables["people"][["person_id", "function", "level"]], on="person_id")
    met = met.assign(date=pd.to_datetime(met["date"]))
    met = met[met["date"].dt.year == met["date"].max().year]
    each = met.groupby("customer_id")[["person_id", "function", "level"]].nunique()
    each["n"] = met.groupby("customer_id").size()
    each = each[each["n"].between(5, 8) & (each["person_id"] > each["function"]) & (each["n"] > each["person_id"])]
    one = _draw(each[(each["level"] != each["function"]) & (each["level"] < each["person_id"])], params)
    slips = {"persons": one["person_id"], "contacts": one["n"], "levels": one["level"]}
    given = _contacts(met[met["customer_id"] == one.name], tables)
    return {"answer": int(one["function"]), "slips": slips, "given": given, "customer": one.name}


def _contacts(met, tables):
    """The contacts of one customer, oldest first, with words for their codes."""
    rows = met.sort_values("date").reset_index(drop=True)
    words = {"function": _words("function", rows["function"]), "level": _words("level", rows["level"])}
    return rows[["date"]].assign(who=rows["person_id"].map(_people(tables)), **words)


def _facts(tables):
    return portrait.facts({name: tables[name] for name in portrait.TABLES})


def _draw(table, params):
    """One row by chance; an error where there is none, and the exercise says that this data has no such case."""
    return table.iloc[params["rng"].choice(range(len(table)))]


def _words(topic, codes):
    return [Text(**dictionary()[f"company.{topic}.{code}"]) for code in codes]


def _people(tables):
    people = tables["people"]
    pairs = zip(people["name_en"], people["name_zh"], strict=True)
    return dict(zip(people["person_id"], [Text(en=en, zh=zh) for en, zh in pairs], strict=True))
