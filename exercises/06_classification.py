"""Answers of lesson 06, worked out from the tables at hand. A function answers the exercise of the same name."""

import numpy as np
import pandas as pd

from custlib.analysis import agreement, classification, contribution, drift

RULES = ("A", "B", "C", "D")


def class_1(tables, params):
    """ABC of five customers by the share before; the one that crosses the first line is the trap."""
    five = _crossing(_facts(tables)["revenue"], params)
    answer = classification.abc(five)["grade"].reindex(five.index)
    through = five.sort_values(ascending=False).cumsum() / five.sum()
    after = pd.Series(np.select([through <= 0.8, through <= 0.95], ["A", "B"], "C"), through.index).reindex(five.index)
    slips = {"after": _grades(after)}
    money = dict(zip([f"{name}_money" for name in "abcde"], five.to_list(), strict=True))
    return {"answer": _grades(answer), "slips": slips, **_named(five.index), **money}


def class_2(tables, params):
    """The appliance maker's rule on four customers, one of each class."""
    facts = _customers(tables)
    facts["grade"] = classification.behaviour(facts)
    drawn = params["rng"].sample(RULES, len(RULES))
    four = pd.concat([_draw(facts[facts["grade"] == grade], params) for grade in drawn])
    four["row"] = list("abcd")
    often = np.where(four["orders"] >= 4, "A", np.where(four["orders"] >= 2, "B", "C"))
    shown = {"orders": "orders", "share": "promo_share", "aware": "awareness_1_5"}
    figures = {f"{one.row}_{name}": getattr(one, column) for one in four.itertuples() for name, column in shown.items()}
    return {"answer": _grades(four["grade"]), "slips": {"often": _grades(often)}, **figures}


def class_3(tables, params):
    """The contribution of a large customer who loses money."""
    facts = _facts(tables)
    faces = classification.two_faces(classification.abc(facts["revenue"]), classification.abc(facts["contribution"]))
    one = facts.loc[_draw(faces, params).index[0]]
    given = pd.DataFrame(
        {"revenue": [one["revenue"]], "goods": [one["cost_of_goods"]], "serve": [one["cost_to_serve"]]}
    )
    given.insert(0, "customer", one.name)
    slips = {"margin": one["revenue"] - one["cost_of_goods"], "sign": -one["contribution"]}
    slips["goods"] = one["revenue"] - one["cost_to_serve"]
    return {"answer": one["contribution"], "slips": slips, "given": given, "customer": one.name}


def class_4(tables, params):
    """The share that changed class in half a year, from a table of counts."""
    days = drift.month_ends(tables["orders"])
    # An earlier half-year than the lesson's chart, whose title would give the answer away.
    first, last = (days[each - max(0, min(6, len(days) - 7))] for each in (-7, -1))
    grades = drift.grades(drift.rolling(tables["orders"], [first, last]))
    found = drift.change(grades[first], grades[last])
    down = len(found.fallen) / found.both
    slips = {"stayed": 1 - found.share, "fallen": down, "risen": found.share - down}
    given = _moves(grades[first], grades[last])
    return {"answer": found.share, "slips": slips, "given": given, "before": first, "after": last}


def _moves(before, after):
    counts = classification.pairs(before, after, "ABC", "ABC")
    counts = counts.reindex(index=list("ABC"), columns=list("ABC"), fill_value=0)
    return counts.rename(columns={"A": "to_a", "B": "to_b", "C": "to_c"}).rename_axis("before").reset_index()


def class_5(tables, params):
    """The life cycle of four customers, one of them loyal and long silent."""
    stage = classification.stage(sales := _sales(tables))
    seen = sales[sales["amount"] >= 0].groupby("customer_id")["date"].agg(["nunique", "max"])
    facts = seen.assign(stage=stage, ago=(stage.attrs["as_of"] - pd.to_datetime(seen["max"])).dt.days).rename(
        columns={"nunique": "n"}
    )
    kinds = {"a": ("initial", 0), "b": ("loyal", 0), "c": ("lost", 4), "d": ("lost", -3)}
    rows = {row: _draw(_staged(facts, kind), params).iloc[0] for row, kind in kinds.items()}
    figures = {f"{name}_{key}": int(row[key]) for name, row in rows.items() for key in ("n", "ago")}
    often = {name: "loyal" if row["n"] >= 4 else "initial" for name, row in rows.items()}
    return {"answer": {name: row["stage"] for name, row in rows.items()}, "slips": {"often": often}, **figures}


def _staged(facts, kind):
    """Customers of a stage with so many purchases at least; below nought, at most."""
    name, least = kind
    few = facts["n"] <= -least if least < 0 else facts["n"] >= least
    return facts[(facts["stage"] == name) & few]


def class_6(tables, params):
    """κ of two departments that only tell A from the rest, in the first round."""
    counts = _counts(_round(tables, 1), ("A", "BCD"))
    found, later = agreement.kappa(counts), agreement.kappa(_counts(_round(tables, 2), ("A", "BCD")))
    given = pd.DataFrame({"sales": ["A", "B–D"], "yes": counts["A"].to_list(), "no": counts["B"].to_list()})
    gap = found.observed - found.expected
    slips = {"observed": found.observed, "gap": gap, "chance": found.expected, "later": later.kappa}
    return {"answer": found.kappa, "slips": slips, "given": given, "customers": found.n, "same": int(np.trace(counts))}


def class_7(tables, params):
    """What fewer grades do to the agreement: the share rises more than κ does."""
    four, two = (agreement.kappa(_counts(_round(tables, 1), groups)) for groups in (RULES, ("A", "BCD")))
    figures = {"four_same": four.observed, "two_same": two.observed, "four_kappa": four.kappa, "two_kappa": two.kappa}
    return {"answer": "coarse", **figures}


def _sales(tables):
    return tables["transactions"].rename(columns={"net_amount": "amount"})


def _facts(tables):
    return contribution.last_months(tables["transactions"], tables["interactions"])


def _customers(tables):
    facts = tables["customers"].set_index("customer_id")
    return facts.assign(orders=contribution.purchases_before(_sales(tables)))


def _round(tables, turn):
    return tables["labels"][tables["labels"]["round"].astype(int) == turn].set_index("customer_id")


def _counts(rows, groups):
    """Sales against service in one round, with the grades put together by groups."""
    sales, service = (
        agreement.merged(rows.loc[rows["dept"] == dept, "grade"], groups) for dept in ("sales", "service")
    )
    return agreement.confusion(sales, service, [group[0] for group in groups])


def _crossing(revenue, params):
    """Five customers among whom the second or third takes the sum over the first line, and all classes occur."""
    bring = revenue[revenue > 20_000].round(-3)
    while True:
        five = bring.loc[params["rng"].sample(list(bring.index), 5)]
        graded = classification.abc(five)
        through = graded["before"] + graded["share"]
        near = np.abs(np.subtract.outer(graded["before"].to_numpy(), [0.80, 0.95])).min() > 0.02
        if near and five.is_unique and len(set(graded["grade"])) == 3 and 0.82 < through.iloc[1] < 0.94:
            return five


def _draw(table, params):
    """One row by chance; IndexError where there is none, and the exercise says that this list has no such case."""
    return table.iloc[[params["rng"].choice(range(len(table)))]]


def _five(values):
    return dict(zip("abcde", values, strict=True))


def _grades(letters):
    """The letters of four or five customers as the ids that the exercise has for them."""
    return {row: f"grade_{letter.lower()}" for row, letter in zip("abcde", letters, strict=False)}


def _named(index):
    return _five(index)
