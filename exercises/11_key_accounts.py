"""Answers of lesson 11, worked out from the tables at hand. A function answers the exercise of the same name."""

import numpy as np
import pandas as pd

from custlib.analysis import classification, contribution, effect, goals, keyaccounts, portrait, trends
from custlib.content import LANGUAGES, Words, dictionary

LETTERS = "abcde"
OPEN = {"owner": "keyaccounts.lacks.nobody", "figures": "keyaccounts.lacks.figures", "due": "keyaccounts.lacks.day"}
AS_OF = "2025-06-30"


def key_1(tables, params):
    """The score of five accounts from their three parts; of one it is not known what it could bring."""
    table = _five(tables, params)
    answer = _score(table.fillna(50.0))
    spread = (0.5 * table["brings"] + 0.2 * table["strategic"]) / 0.7
    slips = {"zero": _score(table.fillna(0.0)), "equal": table.fillna(50.0).mean(axis=1)}
    slips["known"] = answer.where(table["could"].notna(), spread)
    shown = table["could"].map("{:.0f}".format).where(table["could"].notna(), "?")
    frames = {name: each.round(1).to_frame("score") for name, each in slips.items()}
    return {"answer": answer.round(1).to_frame("score"), "slips": frames, "given": table.assign(could=shown)}


def key_2(tables, params):
    """The first letter that fails, of five goals: one for each letter."""
    table = tables["goals"].set_index("goal_id", drop=False)
    flaw = goals.check(table, as_of=AS_OF, vague=_vague(), text="text_en")["flaw"]
    drawn = params["rng"].sample(goals.LETTERS, len(goals.LETTERS))
    # Whoever wants half of all orders online may be told it is not realistic: then another goal without a day.
    able = table[(flaw != "time") | (table["measure"] != "share")]
    five = pd.concat([_draw(able[flaw[able.index] == letter], params) for letter in drawn])
    told = {f"{row}_{name}": _told(goal, name) for row, (_, goal) in zip(LETTERS, five.iterrows(), strict=True) for name in ("text", *OPEN)}  # fmt: skip
    answer = dict(zip(LETTERS, drawn, strict=True))
    other = {"specific": "measurable", "measurable": "specific"}
    return {"answer": answer, "slips": {"swapped": {row: other.get(each, each) for row, each in answer.items()}}, **told}  # fmt: skip


def key_4(tables, params):
    """Difference in differences in one industry, from what a typical account bought before and after."""
    for industry in params["rng"].sample(sorted(tables["customers"]["industry"].unique()), 7):
        mean = _typical(tables, industry)
        up = mean["post"] / mean["pre"]
        answer, slips = up["with"] / up["without"] - 1, {"points": up["with"] - up["without"], "before": up["with"] - 1}
        slips["after"] = mean.at["with", "post"] / mean.at["without", "post"] - 1
        if answer > 0.04 and np.diff(sorted([answer, *slips.values()])).min() > 0.002:
            break
    given = mean.reset_index(names="code")
    return {"answer": answer, "slips": slips, "given": given, "industry": _both(f"company.industry.{industry}")}  # fmt: skip


def key_5(tables, params):
    """What is left of a growth above the market's."""
    growth, market = params["rng"].randint(22, 45) / 100, params["rng"].randint(6, 15) / 100
    slips = {"minus": growth - market, "twice": (1 + growth) * (1 + market) - 1, "all": growth}
    return {"answer": effect.above_market(growth, market), "slips": slips, "growth": growth, "market": market}


def key_6(tables, params):
    """Why the weakest fifth grew: the figures of this company, in which nobody did anything."""
    found = effect.fifths(tables["transactions"].rename(columns={"net_amount": "amount"}))
    lowest, highest = found["growth"].iloc[0], found["growth"].iloc[-1]
    values = {"n": int(found["n"].iloc[0]), "lowest": lowest, "highest": highest, "all": found.attrs["all"]}
    return {"answer": "mean", **values}


def key_8(tables, params):
    """The share of ten large accounts whose plan is carried out."""
    done = _execution(tables)
    for _ in range(10_000):
        ten = done.loc[params["rng"].sample(list(done.index), 10)]
        shares = {name: ten[name].mean() for name in ("done", "plan", "touched")}
        if len(set(shares.values())) == 3 and 0 < shares["done"] < min(shares["plan"], shares["touched"]):
            break
    slips = {"plan": shares["plan"], "touched": shares["touched"], "either": (ten["plan"] | ten["touched"]).mean()}
    given = ten[["owner_name", "until", "idle"]]
    return {"answer": shares["done"], "slips": slips, "given": given, "as_of": pd.Timestamp(AS_OF)}


def key_9(tables, params):
    """What speaks against price: the line's share and its discount in retail, beside the share elsewhere."""
    found = trends.line_finding(trends.line_share(tables["transactions"], tables["customers"]))
    names = ("inside0", "inside1", "outside0", "outside1", "price0", "price1")
    if abs(found.values["price1"] - found.values["price0"]) > 0.02:
        raise LookupError("a discount that changed")
    return {"answer": "discount", **{name: found.values[name] for name in names}}


def _five(tables, params):
    known, strategic = _known(tables)
    parts = keyaccounts.scored(known, strategic=strategic)[list(keyaccounts.PARTS)].round(0)
    able = parts[(known["contribution"] > 0) & (parts["brings"] > 40)]
    sure = able[able["could"].notna()]
    drawn = [(sure[sure["strategic"] == 0], 3), (sure[sure["strategic"] > 0], 1), (able[able["could"].isna() & (able["brings"] > 60)], 1)]  # fmt: skip
    five = pd.concat([part.loc[params["rng"].sample(list(part.index), n)] for part, n in drawn])
    return five.loc[params["rng"].sample(list(five.index), 5)]


def _known(tables):
    facts = portrait.facts({name: tables[name] for name in portrait.TABLES})
    money = contribution.last_months(tables["transactions"], tables["interactions"])
    firms = tables["customers"]
    return facts.join(money["contribution"]), tuple(firms.loc[firms["strategic_flag"] == 1, "customer_id"])


def _score(parts):
    return parts[list(keyaccounts.PARTS)] @ np.array(keyaccounts.RULES["three"]) / 100


def _vague():
    return Words("en").text("keyaccounts.smart.vague").split("|")


def _draw(table, params):
    return table.iloc[[params["rng"].choice(range(len(table)))]]


def _told(goal, name):
    """One piece of a goal in both languages; what is not written down is said to be missing."""
    if name == "text":
        return {"en": goal["text_en"], "zh": goal["text_zh"]}
    if not goal["measure" if name == "figures" else name]:
        return _both(OPEN[name])
    if name == "owner":
        return goal["owner"]
    if name == "due":
        return {each: Words(each).date(pd.Timestamp(goal["due"])) for each in LANGUAGES}
    return {each: f"{word}{_colon(each)}{goal['baseline']} → {goal['target']}" for each, word in _both(f"company.measure.{goal['measure']}").items()}  # fmt: skip


def _colon(language):
    return "：" if language == "zh" else ": "


def _both(key):
    return dict(dictionary()[key])


def _typical(tables, industry):
    inside = tables["customers"].set_index("customer_id")["industry"] == industry
    part = tables["campaign"][tables["campaign"]["customer_id"].map(inside)]
    name = part["treated"].map({1: "with", 0: "without"})
    return np.exp(np.log(part[["pre", "post"]]).groupby(name).mean()).round(0)


def _execution(tables):
    money = contribution.last_months(tables["transactions"])["revenue"]
    grade = classification.abc(money)["grade"]
    ids, firms = grade.index[grade == "A"], tables["customers"].set_index("customer_id")
    found = keyaccounts.execution(ids, tables["customers"], tables["interactions"], as_of=AS_OF)
    until = firms["plan_until"].reindex(ids)
    return found.assign(owner_name=firms["owner"].reindex(ids), until=until.where(until != "", "–"))
