"""Answers of lesson 07, worked out from the tables at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import clv, contribution

RETENTION, DISCOUNT = (0.75, 0.8, 0.85, 0.9), (0.06, 0.08, 0.1, 0.12)


def clv_1(tables, params):
    """The retention formula on a service contract: the first margin after a year, if the customer stays."""
    case = _contract(tables, params)
    money, stays, rate = case["money"], case["stays"], case["rate"]
    slips = {name: clv.retention_value(money, stays, rate, first_margin=name) for name in ("start", "end_certain")}
    slips |= {"waiting": clv.retention_value(money, stays, 0.0), "once": money * stays}
    return {"answer": clv.retention_value(money, stays, rate), "slips": slips, **case}


def clv_2(tables, params):
    """The same with this year's margin already in hand."""
    case = _contract(tables, params)
    money, stays, rate = case["money"], case["stays"], case["rate"]
    later = clv.retention_value(money, stays, rate)
    slips = {"end": later, "chance": later + money * stays, "waited": later + money / (1 + rate)}
    return {"answer": clv.retention_value(money, stays, rate, first_margin="start"), "slips": slips, **case}


def clv_3(tables, params):
    """A month's margin with the rates of a year: what comes out, and what is right."""
    rng = params["rng"]
    case = {"money": rng.randrange(500, 3_000, 100), "stays": rng.choice(RETENTION), "rate": rng.choice(DISCOUNT)}
    mixed = clv.retention_value(case["money"], case["stays"], case["rate"])
    stays, rate = case["stays"] ** (1 / 12), (1 + case["rate"]) ** (1 / 12) - 1
    figures = {"mixed": mixed, "times": 12 * mixed, "whole": clv.retention_value(case["money"], stays, rate)}
    half = clv.retention_value(case["money"], stays, case["rate"])
    return {"answer": "both", "half": half, **figures, **case}


def clv_4(tables, params):
    """What three customers have brought in twelve months; one has returned much, one takes more than it brings."""
    sums = _sums(tables)
    three = pd.concat([_draw(sums[kind], params) for kind in _kinds(sums)])
    three = three.loc[params["rng"].sample(list(three.index), 3), ["bought", "returned", "goods", "serve"]]
    value = three["bought"] - three["returned"] - three["goods"] - three["serve"]
    wrong = {"returns": value + three["returned"], "served": value + three["serve"], "goods": value + three["goods"]}
    slips = {name: each.to_frame("value") for name, each in wrong.items()}
    return {"answer": value.to_frame("value"), "slips": slips, "given": three}


def clv_5(tables, params):
    """The most that winning a customer may cost, if it is to come back within some years."""
    case = _contract(tables, params) | {"years": params["rng"].choice((2, 3, 4))}
    money, stays, rate, years = (case[name] for name in ("money", "stays", "rate", "years"))
    answer = contribution.break_even_cost(money, stays, rate, years=years)
    slips = {"endless": contribution.break_even_cost(money, stays, rate), "plain": years * money}
    slips["waiting"] = contribution.break_even_cost(money, stays, 0.0, years=years)
    slips["sure"] = clv.retention_value(money, stays, rate, first_margin="end_certain", periods=years)
    return {"answer": answer, "slips": slips, **case}


def clv_6(tables, params):
    """Four customers by P(alive): silence counts against one's own pause, not in weeks and not by habit alone."""
    cbs = _cbs(tables)
    cbs["alive"] = clv.fit_mbgnbd(cbs).probability_alive(cbs)
    cbs["quiet"], cbs["pause"] = (cbs["T"] - cbs["t_x"]).round(), (cbs["t_x"] / cbs["x"].clip(1)).round()
    four = _four(cbs[(cbs["x"] > 1) & (cbs["pause"] > 1) & (cbs["quiet"] > 1)], params)
    orders = {name: list(four.sort_values(name).index) for name in ("pause", "quiet")}
    answer = list(four.sort_values("alive", ascending=False).index)
    figures = {f"{row}_{name}": int(four.at[row, name]) for row in four.index for name in ("pause", "quiet")}
    return {"answer": answer, "slips": orders, **{f"{row}_id": four.at[row, "id"] for row in "abcd"}, **figures}


def clv_7(tables, params):
    """What P(alive) = 1 says of a customer who bought once."""
    cbs = _cbs(tables)
    other = clv.fit_mbgnbd(cbs).probability_alive(cbs)
    cbs["sure"] = clv.fit_bgnbd(cbs).probability_alive(cbs)
    one = _draw(cbs[(cbs["x"] == 0) & (cbs["T"] > 40)], params).iloc[0]
    return {"answer": "built", "customer": one.name, "weeks": int(one["T"]), "sure": one["sure"], "other": other[one.name]}  # fmt: skip


def _contract(tables, params):
    """A service contract: its customer, the margin of a year, and two rates."""
    able = tables["contracts"]
    one = _draw(able[able["margin"] > 3_000], params).iloc[0]
    rates = {"stays": params["rng"].choice(RETENTION), "rate": params["rng"].choice(DISCOUNT)}
    # To the thousand from ten thousand on: in Chinese an amount is written with one decimal of 万.
    money = round(one["margin"], -3 if one["margin"] >= 10_000 else -2)
    return {"customer": one["customer_id"], "money": int(money), **rates}


def _cbs(tables):
    orders = tables["orders"]
    return clv.purchase_summary(orders, order_id="order_id" if "order_id" in orders.columns else None)


def _sums(tables):
    """Twelve months of each customer in whole yuan: bought, returned, cost of goods, cost to serve."""
    lines = tables["transactions"]
    facts = contribution.last_months(lines, tables["interactions"])
    inside = lines[(pd.to_datetime(lines["date"]) >= facts.attrs["window"][0]) & (lines["net_amount"] > 0)]
    facts["bought"] = inside.groupby("customer_id")["net_amount"].sum().reindex(facts.index).fillna(0)
    facts["returned"] = facts["bought"] - facts["revenue"]
    facts = facts.rename(columns={"cost_of_goods": "goods", "cost_to_serve": "serve"})
    whole = facts[["bought", "returned", "goods", "serve", "contribution"]].round().astype(int)
    return whole[whole["bought"].between(20_000, 600_000) & (whole["serve"] > 200)]


def _kinds(sums):
    """One who returned much, one who takes more than it brings, one of whom neither holds."""
    much, losing = sums["returned"] > 0.08 * sums["bought"], sums["contribution"] < 0
    return much & ~losing, losing, ~much & ~losing


def _draw(table, params):
    """One row by chance; IndexError where there is none, and the exercise says that this list has no such case."""
    return table.iloc[[params["rng"].choice(range(len(table)))]]


def _four(able, params):
    """Four clearly apart, whose own pauses decide: neither the weeks of silence nor the pauses give their order."""
    able = able.assign(ratio=able["quiet"] / able["pause"], id=able.index)
    for _ in range(5_000):
        four = able.loc[params["rng"].sample(list(able.index), 4)].set_axis(list("abcd"))
        ranked = {name: list(four.sort_values(name).index) for name in ("ratio", "quiet", "pause")}
        ratio, alive = four["ratio"].sort_values(), four["alive"].sort_values(ascending=False)
        apart = (ratio / ratio.shift()).min() > 1.3 and alive.diff().max() < -0.07
        same = ranked["ratio"] == list(alive.index) and ranked["ratio"] not in (ranked["quiet"], ranked["pause"])
        if apart and same and four["quiet"].is_unique and four["pause"].is_unique:
            return four
    raise LookupError("four customers whose own pauses decide")
