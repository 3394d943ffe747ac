"""Answers of lesson 05, worked out from the list at hand. A function answers the exercise of the same name."""

import numpy as np
import pandas as pd

from custlib.analysis import rfm

# What each option of 5.5 adds to the list, beside one order of another day; the last day of the count is 30 June.
CASES = {
    "lines": [("A2", "2025-06-10", 900.0), ("A2", "2025-06-10", 300.0), ("A2", "2025-06-10", 60.0)],
    "split": [("A2", "2025-06-10", 900.0), ("A2", "2025-06-24", 300.0)],
    "back": [("A1", "2025-06-10", -200.0)],
    "pair": [("A2", "2025-06-10", 900.0), ("A3", "2025-06-10", 300.0)],
    "late": [("A2", "2025-07-01", 900.0)],
}
# The right way to put customers in order, and two that one meets: by money alone, by silence alone.
ORDERS = {"answer": ["quiet", "monetary"], "money": ["monetary"], "days": ["recency_days"]}
SORTED = ("champions", "new", "cant_lose", "at_risk", "hibernating")


def rfm_1(tables, params):
    """Who has R = 5: the one who bought lately; the longer silent one is drawn from R = 1."""
    scored = rfm.score(_summary(tables))
    near = _draw(scored[scored["r"] == 5], params)
    far = _draw(scored[scored["r"] == 1], params)
    days = {"near_days": int(near["recency_days"]), "far_days": int(far["recency_days"])}
    return {"answer": "near", "near": near.name, "far": far.name, "as_of": _as_of(scored), **days}


def rfm_2(tables, params):
    """Recency where a return came after the last purchase: the return does not count."""
    summary, rows = _summary(tables), _rows(tables)
    back = rows[rows["amount"] < 0].groupby("customer_id")["date"].max().reindex(summary.index)
    since = (_as_of(summary) - back).dt.days
    apart = (since > 0) & (2 * since != summary["recency_days"]) & (back > summary["last_order"])
    one = _draw(summary[apart & (summary["frequency"] > 1)], params)
    given = rows[rows["customer_id"] == one.name].tail(4).reset_index(drop=True)
    days, first = int(one["recency_days"]), (_as_of(summary) - one["first_order"]).days
    slips = {"return": since[one.name], "both": days + 1, "first": first, "gap": days - since[one.name]}
    return {"answer": days, "slips": slips, "given": given, "customer": one.name, "as_of": _as_of(summary)}


def rfm_3(tables, params):
    """Scores of five customers among themselves, by the lesson's formula; one of them has returned much."""
    five = _five(_summary(tables), params)
    gross = five["mean_order"] * five["frequency"]
    given = five[["recency_days", "frequency"]].assign(bought=gross, returned=gross - five["monetary"])
    turned = {"days": five.assign(recency_days=-five["recency_days"]), "gross": five.assign(monetary=gross)}
    slips = {name: _scores(table) for name, table in turned.items()}
    return {"answer": _scores(five), "slips": slips | {"places": 6 - _scores(five)}, "given": given}


def rfm_4(tables, params):
    """Net money of a customer with returns and few rows."""
    summary = _summary(tables)
    gross = summary["mean_order"] * summary["frequency"]
    count = _rows(tables).groupby("customer_id").size().reindex(summary.index)
    one = _draw(summary[(gross - summary["monetary"] > 0.1 * gross) & count.between(3, 6)], params)
    given = _rows(tables)[lambda rows: rows["customer_id"] == one.name].reset_index(drop=True)
    added, last = given["amount"].abs().sum(), given["amount"][given["amount"] > 0].iloc[-1]
    slips = {"gross": gross[one.name], "added": added, "mean": one["mean_order"], "last": last}
    return {"answer": one["monetary"], "slips": slips, "given": given, "customer": one.name}


def rfm_5(tables, params):
    """What raises F by exactly one: the library counts each case, with and without."""
    counted = {name: _purchases(rows) - _purchases([]) for name, rows in CASES.items()}
    return {"answer": [name for name, more in counted.items() if more == 1]}


def rfm_6(tables, params):
    """Names of five pairs of R and F, each drawn from one of the five segments that are asked for."""
    pairs = pd.DataFrame([(r, f) for r in range(1, 6) for f in range(1, 6)], columns=["r", "f"])
    cells = rfm.segment(pairs.assign(m=3))
    drawn = params["rng"].sample(SORTED, len(SORTED))
    five = pd.DataFrame([_draw(cells[cells["segment"] == name], params) for name in drawn], index=list("abcde"))
    swapped = rfm.segment(five.assign(r=five["f"], f=five["r"]))["segment"]
    turned = rfm.segment(five.assign(r=6 - five["r"]))["segment"]
    figures = {f"{row}_{score}": int(five.at[row, score]) for row in five.index for score in ("r", "f")}
    return {"answer": five["segment"], "slips": {"swapped": swapped, "days": turned}, **figures}


def rfm_7(tables, params):
    """Whom to call first: regulars who have gone quiet by money, then the others by money."""
    scored = rfm.score(_summary(tables))
    small, large = _apart(rfm.gone_quiet(scored), params)
    richer = scored[scored["monetary"] > large["monetary"]]
    lately, seldom = _draw(richer[richer["r"] == 5], params), _draw(scored[scored["f"] <= 2], params)
    four = pd.DataFrame([large, small, lately, seldom], index=params["rng"].sample("abcd", 4)).assign(
        quiet=[1, 1, 0, 0]
    )
    four["id"] = [large.name, small.name, lately.name, seldom.name]
    ranked = {name: list(four.sort_values(keys, ascending=False).index) for name, keys in ORDERS.items()}
    return {"answer": ranked.pop("answer"), "slips": ranked, **_figures(four)}


def _rows(tables):
    """The rows of the list that count, oldest first."""
    rows = tables["orders"][["customer_id", "date", "amount"]]
    return rows.assign(date=pd.to_datetime(rows["date"])).sort_values(["date", "amount"], ascending=[True, False])


def _summary(tables):
    orders = tables["orders"]
    return rfm.summarize(orders, order_id="order_id" if "order_id" in orders.columns else None)


def _as_of(summary):
    return pd.Timestamp(summary.attrs["as_of"])


def _draw(table, params):
    """One row by chance; IndexError where there is none, and the exercise says that this list has no such case."""
    return table.iloc[params["rng"].choice(range(len(table)))]


def _scores(summary):
    return rfm.score(summary)[["r", "f", "m"]]


def _five(summary, params):
    """One customer who returned much, one without returns whose money lies between that one's net and gross, others."""
    gross = summary["mean_order"] * summary["frequency"]
    kept = summary[summary["monetary"] >= 0.999 * gross]
    money = np.sort(kept["monetary"])
    between = np.searchsorted(money, gross) - np.searchsorted(money, summary["monetary"], "right")
    first = _draw(summary[(gross > 1.1 * summary["monetary"]) & (between > 0)], params)
    second = _draw(kept[kept["monetary"].between(first["monetary"], gross[first.name], "neither")], params)
    rest = summary.drop(index=[first.name, second.name])
    chosen = params["rng"].sample([first.name, second.name, *params["rng"].sample(list(rest.index), 3)], 5)
    return summary.loc[chosen]


def _apart(quiet, params):
    """Two of the quiet ones, the smaller first; the larger has not been silent for longer."""
    money, days = quiet["monetary"].to_numpy(), quiet["recency_days"].to_numpy()
    pairs = np.argwhere((money[:, None] < 0.8 * money) & (days[:, None] > days))
    small, large = params["rng"].choice(pairs)
    return quiet.iloc[small], quiet.iloc[large]


def _figures(four):
    """What a reader sees of each of the four."""
    columns = {"id": "id", "recency_days": "days", "frequency": "n", "monetary": "money", "r": "r", "f": "f"}
    shown = {f"{row}_{new}": four.at[row, old] for row in four.index for old, new in columns.items()}
    return {key: int(value) if key[2:] in ("days", "n") else value for key, value in shown.items()}


def _purchases(rows):
    orders = pd.DataFrame([("A1", "2025-05-06", 500.0), *rows], columns=["order_id", "date", "amount"])
    summary = rfm.summarize(orders.assign(customer_id="C1"), as_of="2025-06-30", order_id="order_id")
    return int(summary.at["C1", "frequency"])
