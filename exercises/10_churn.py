"""Answers of lesson 10, worked out from the tables at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import churn, renewal, rivals

# Which classes each note of 10.1 is drawn from: all four drawers occur, and the one that can be argued about.
NOTES = {
    "a": ("core",),
    "b": ("encounter", "inconvenience"),
    "c": ("response",),
    "d": ("pricing", "competition"),
    "e": ("involuntary",),
}
# Contracts of 10.7, alike but for one thing, and how many units of it.
STEPS = {"open_complaints": (2, 3), "rival_offer": (1, 1), "price_change": (4, 14), "tenure": (3, 5)}


def churn_1(tables, params):
    """The drawer of five exit notes, one from each group of classes, in both languages."""
    lost = churn.left(tables["contracts"])
    lost["note_zh"] = churn.left(tables["contracts"], language="zh")["note"]
    drawn = {row: _draw(lost[lost["reason"].isin(classes)], params) for row, classes in NOTES.items()}
    answer = churn.cause(pd.Series({row: one["reason"] for row, one in drawn.items()})).to_dict()
    notes = {f"{row}_note": {"en": one["note"], "zh": one["note_zh"]} for row, one in drawn.items()}
    return {"answer": answer, "slips": {"filed": answer | {"c": "service"}}, **notes}


def churn_2(tables, params):
    """Churn by value of six contracts that were due, beside two that are new."""
    while True:
        eight = tables["contracts"].loc[params["rng"].sample(list(tables["contracts"].index), 8)]
        due, new = eight.iloc[:6], eight.iloc[6:]["value"].sum()
        gone = churn.rates(due)
        slips = {"number": gone.number, "new": gone.value * due["value"].sum() / (due["value"].sum() + new)}
        if gone.lost == 2 and abs(gone.value - gone.number) > 0.03 and gone.value - slips["new"] > 0.01:
            break
    given = pd.DataFrame({"contract": eight["contract_id"], "value": eight["value"], "became": _became(eight)})
    return {"answer": gone.value, "slips": slips | {"kept": 1 - gone.value}, "given": given.reset_index(drop=True)}


def _became(eight):
    """What happened to each: renewed or lost, and the last two are new."""
    return [*eight["renewed"].iloc[:6].map({1: "renewed", 0: "lost"}), "new", "new"]


def churn_3(tables, params):
    """What our own notes say about being left without an answer."""
    table = churn.pareto(churn.left(tables["contracts"])["reason"])
    return {"answer": "count", "ours": float(table["share"].get("response", 0.0)), "lost": int(table["n"].sum())}


def churn_5(tables, params):
    """How much longer customers stay when churn falls by five percentage points."""
    before = params["rng"].choice([10, 15, 20, 25])
    longer = churn.mean_life((before - 5) / 100) / churn.mean_life(before / 100) - 1
    slips = {"points": 0.05, "fewer": 5 / before}
    return {"answer": longer, "slips": slips, "before": before / 100, "after": (before - 5) / 100}


def churn_6(tables, params):
    """The odds ratio of several percentage points of price, from that of one."""
    points = params["rng"].choice([5, 6, 7, 8])
    exact = float(renewal.fit(tables["contracts"]).odds()["ratio"]["price_change"])
    one = round(exact, 2)
    slips = {"added": 1 + points * (one - 1), "times": points * one, "gain": one**points - 1}
    return {"answer": one**points, "accept": [exact**points], "slips": slips, "one": one, "points": points}


def churn_7(tables, params):
    """Which of four contracts, alike but for one thing, is likeliest to be lost; units count."""
    ratios = renewal.fit(tables["contracts"]).odds()["ratio"].round(2)[list(STEPS)]
    single = _falling(ratios)
    while True:
        units = {name: params["rng"].randint(*ends) for name, ends in STEPS.items()}
        whole = ratios ** pd.Series(units)
        if (whole[_falling(whole)].pct_change().dropna() < -0.05).all() and _falling(whole) != single:
            break
    given = ratios.rename("ratio").rename_axis("code").reset_index()
    return {"answer": _falling(whole), "slips": {"single": single}, "given": given, **units}


def _falling(figures):
    """The names in the order of their figures, the largest first."""
    return list(figures.sort_values(ascending=False).index)


def churn_8(tables, params):
    """Share of wallet and headroom of four customers, in whole per cent and thousand yuan."""
    found = rivals.wallets(tables["competitor_share"])
    able = found[found["share"].between(0.02, 0.44) & found["spend"].between(100_000, 5_000_000)]
    four = able.loc[params["rng"].sample(list(able.index), 4)]
    spend, share = (four["spend"] / 10_000).round() * 10, (100 * four["share"]).round()
    given = pd.DataFrame({"spend": spend, "own": spend * share / 100})
    answer = pd.DataFrame({"share": share, "room": spend - given["own"]}).round(1)
    against = (100 * given["own"] / answer["room"]).round(1)
    slips = {"rest": answer.assign(share=100 - share), "rivals": answer.assign(share=against)}
    return {"answer": answer, "slips": slips, "given": given}


def churn_9(tables, params):
    """What one place higher brings by the rule, to somebody in the middle."""
    found = rivals.wallets(tables["competitor_share"])
    one = _draw(found[(found["rank"] > 1) & (found["rank"] < found["suppliers"]) & (found["spend"] > 50_000)], params)
    rank, suppliers, spend = int(one["rank"]), int(one["suppliers"]), round(float(one["spend"]), -3)
    above, here = (rivals.wallet_rule(rank - back, suppliers) * spend for back in (1, 0))
    slips = {"above": above, "here": here}
    figures = {"customer": one.name, "rank": rank, "suppliers": suppliers, "spend": spend}
    return {"answer": rivals.one_rank_up(rank, suppliers, spend), "slips": slips, **figures}


def _draw(table, params):
    """One row by chance; IndexError where there is none, and the exercise says that this list has no such case."""
    return table.iloc[params["rng"].choice(range(len(table)))]
