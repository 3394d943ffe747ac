"""Answers of lesson 08, worked out from the tables at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import clv, contribution, hours, matrix, rfm, risk

# What each component of a risk asks for, as the exercise names it.
ANSWERS = {"leaving": "attention", "payment": "limits", "dependence": "second", "volatility": "ahead"}
SHORT = ("leaving", "payment", "dependence", "volatility", "service")


def matrix_1(tables, params):
    """The risk of a customer of whom one component is not known."""
    card = _card(tables)
    one = _draw(card[card["known"] == 4], params).iloc[0]
    given = pd.DataFrame({"code": SHORT, "weight": [risk.WEIGHTS[name] for name in SHORT]})
    given["score"] = [f"{one[name]:.1f}" if pd.notna(one[name]) else "?" for name in SHORT]
    known = one[list(SHORT)].dropna().astype(float).round(1)
    weight = pd.Series(dict(risk.WEIGHTS)).reindex(known.index)
    safe = float((known * weight).sum())
    slips = {"safe": safe, "mean": float(known.mean())}
    return {"answer": safe / float(weight.sum()), "slips": slips, "given": given, "customer": one.name}


def matrix_2(tables, params):
    """The cell of four customers, one of each; two of them stand close to a line."""
    card, line = _card(tables), _line(tables)
    card["cell"] = matrix.value_risk(card["contribution"], card["risk"], value_cut=line)
    drawn = params["rng"].sample(matrix.CELLS["value_risk"], 4)
    apart = card[(card["risk"] - 50).abs().between(2, 30) & (card["contribution"] > 2_000)]
    four = pd.concat([_draw(apart[apart["cell"] == cell], params) for cell in drawn])
    turned = matrix.value_risk(four["contribution"], 100 - four["risk"], value_cut=line)
    swapped = {row: cell for row, cell in zip("abcd", turned, strict=True)}
    figures = {f"{row}_{name}": four[column].iloc[at] for at, row in enumerate("abcd") for name, column in (("value", "contribution"), ("risk", "risk"))}  # fmt: skip
    answer = dict(zip("abcd", four["cell"], strict=True))
    return {"answer": answer, "slips": {"swapped": swapped}, "line": line, **figures}


def matrix_3(tables, params):
    """What to do, by the dominant component: one customer for each of four answers."""
    card = _card(tables)
    drawn = params["rng"].sample(list(ANSWERS), len(ANSWERS))
    own = tables["customers"].set_index("customer_id")["ownership"].reindex(card.index)
    able = card[(card["risk"] >= 20) & own.isin(["private", "foreign"]) & _clear(card)]
    four = pd.concat([_draw(able[able["dominant"] == name], params) for name in drawn])
    figures = {f"{row}_{name}": four[f"points_{name}"].iloc[at] for at, row in enumerate("abcd") for name in ANSWERS}
    answer = {row: ANSWERS[name] for row, name in zip("abcd", drawn, strict=True)}
    return {"answer": answer, "slips": {"visit": dict.fromkeys("abcd", "attention")}, **figures}


def matrix_4(tables, params):
    """Risk-adjusted CLV of one valuable customer over three years, from the retention that the risk gives."""
    card = _card(tables)
    one = _draw(card[card["contribution"].between(80_000, 900_000)], params)
    money, score = one["contribution"].round(-3), one["risk"].round(0)
    stays = round(float(risk.retention(score).iloc[0]), 2)  # as it stands in the question
    value = money * sum((stays / 1.1) ** t for t in (1, 2, 3))
    exact = float(risk.adjusted_value(money, score, years=3).iloc[0])
    slips = {"plain": 3 * money.iloc[0], "now": money.iloc[0] * sum((stays / 1.1) ** t for t in range(3))}
    slips["late"] = money.iloc[0] * sum(stays**t for t in (1, 2, 3))
    return {"answer": value.iloc[0], "accept": (exact,), "slips": slips, "customer": one.index[0], "money": money.iloc[0], "risk": score.iloc[0], "stays": stays}  # fmt: skip


def matrix_5(tables, params):
    """A customer who is “best” by Marcus and brings little: the two matrices ask other things."""
    card = _card(tables)
    cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=_line(tables))
    place = matrix.marcus(rfm.summarize(tables["orders"], order_id=_order_id(tables)))
    low = cell.isin(["standard", "restrict"]) & (place.reindex(cell.index) == "best")
    one = _draw(card[low], params).iloc[0]
    return {"answer": "axes", "customer": one.name, "money": one["contribution"]}


def matrix_6(tables, params):
    """How many customers a risk line five points lower moves."""
    card, line = _card(tables), _line(tables)
    cells = {
        cut: matrix.value_risk(card["contribution"], card["risk"], value_cut=line, risk_cut=cut) for cut in (50, 45)
    }
    given = pd.DataFrame({f"at_{cut}": cell.value_counts() for cut, cell in cells.items()}).fillna(0)
    given = given.reindex(["core", "defend", "standard", "restrict"]).rename_axis("code").reset_index()
    moved = len(matrix.moved(cells[50], cells[45]))
    steps = (given["at_45"] - given["at_50"]).set_axis(given["code"])
    return {"answer": moved, "slips": {"twice": 2 * moved, "valuable": steps["defend"]}, "given": given}


def matrix_7(tables, params):
    """Whom to visit first: by what is at stake; who does not pay is not kept by a visit."""
    card = _card(tables)
    card["stake"] = hours.at_stake(card)
    four = _four(card, params)
    ranked = {"answer": "stake", "value": "contribution", "chance": "leaving"}
    orders = {name: list(four.sort_values(column, ascending=False).index) for name, column in ranked.items()}
    figures = {f"{row}_{name}": four.at[row, column] for row in four.index for name, column in (("money", "contribution"), ("chance", "share"))}  # fmt: skip
    words = {f"{row}_id": four.at[row, "id"] for row in four.index}
    return {"answer": orders.pop("answer"), "slips": orders, **words, **figures}


def _order_id(tables):
    return "order_id" if "order_id" in tables["orders"].columns else None


def _card(tables):
    """The risk card of the practice company, as the lesson makes it."""
    contacts, sales = tables["interactions"], tables["transactions"].rename(columns={"net_amount": "amount"})
    facts = contribution.last_months(tables["transactions"], contacts)
    day, owned = facts.attrs["as_of"], tables["customers"].set_index("customer_id")["ownership"]
    parts = _rhythm(sales) | {
        "payment": risk.payment(tables["payments"], as_of=day, ownership=owned),
        "dependence": risk.dependence(facts["revenue"], tables["competitor_share"]),
        "service": risk.service(contacts, tables["delivered"], as_of=day),
    }
    return risk.card(facts.index, parts).join(facts)


def _rhythm(sales):
    """The components that purchases alone show."""
    cbs = clv.purchase_summary(sales, order_id="order_id")
    return {
        "leaving": 100 * (1 - clv.fit_mbgnbd(cbs).probability_alive(cbs)),
        "volatility": risk.volatility(sales),
    }


def _line(tables):
    return matrix.value_cut(contribution.last_months(tables["transactions"], tables["interactions"])["contribution"])


def _draw(table, params):
    """One row by chance; IndexError where there is none, and the exercise says that this list has no such case."""
    return table.iloc[[params["rng"].choice(range(len(table)))]]


def _clear(card):
    """Whether the dominant component leads by at least three points."""
    points = card[[f"points_{name}" for name in SHORT]].to_numpy()
    points.sort(axis=1)
    return points[:, -1] - points[:, -2] >= 3


def _four(card, params):
    """Four customers of whom stake, contribution and chance give three different orders, clearly apart."""
    able = card[card["contribution"] > 50_000].round({"leaving": 0, "contribution": -3})
    able = able[able["dominant"] != "payment"].assign(share=able["leaving"] / 100)
    for _ in range(20_000):
        four = able.loc[params["rng"].sample(list(able.index), 4)]
        four = four.assign(id=four.index, stake=hours.at_stake(four)).set_axis(list("abcd"))
        ranked = [tuple(four.sort_values(name, ascending=False).index) for name in ("stake", "contribution", "leaving")]
        money = four["stake"].sort_values()
        if len(set(ranked)) == 3 and (money / money.shift()).min() > 1.15 and four["leaving"].is_unique:
            return four
    raise LookupError("four customers in three orders")
