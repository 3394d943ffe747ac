"""Answers of lesson 02, worked out from the data at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import screening
from custlib.content import dictionary
from custlib.practice.bank import Text

# The six enquiries of 2.1 as money, authority, need; ½ where nothing has been asked.
CASES = {
    "plant": (1, 1, 1),
    "nobody": (0.5, 0, 1),
    "trainee": (0, 0, 0),
    "leftover": (1, 0, 0),
    "spent": (0, 1, 1),
    "engineer": (0, 0.5, 1),
}


def screening_1(tables, params):
    """What MAN makes of six enquiries; the slip reads not known as no."""
    given = pd.DataFrame.from_dict(CASES, orient="index", columns=list(screening.MAN), dtype=float)
    as_no = screening.man(given.where(given != 0.5, 0.0))["verdict"]
    as_yes = screening.man(given.where(given != 0.5, 1.0))["verdict"]
    return {"answer": screening.man(given)["verdict"], "slips": {"as_no": as_no, "as_yes": as_yes}}


def screening_2(tables, params):
    """What to enter where nobody has asked about money: the counts of this data go with it."""
    given, won = _closed(tables)
    counted = screening.rates(given[["money"]], won).loc["money"]
    return {"answer": "ask", "closed": int(counted.at["unknown", "closed"]), "won": int(counted.at["unknown", "won"])}


def screening_3(tables, params):
    """The score of one enquiry with something open, by weights that differ."""
    weights, given = params["weights"], screening.answers(tables["leads"])
    mixed = given[(given == 0.5).any(axis=1) & (given == 1).any(axis=1) & (given == 0).any(axis=1)]
    one = mixed.iloc[params["rng"].choice(range(len(mixed)))]
    scored = screening.scorecard(one.to_frame().T, weights).iloc[0]
    slips = {"low": scored["low"], "plain": 100 * one.mean(), "sum": sum(weights[name] * one[name] for name in weights)}
    names = {value: word for word, value in screening.ANSWERS.items()}
    row = {name: _word(f"screening.answer.{names[one[name]]}") for name in weights}
    return {"answer": scored["score"], "slips": slips, "given": {"0": row}}


def screening_4(tables, params):
    """Precision of a cut."""
    return {**_shares(_judged(tables, params["cut"]), "precision"), "cut": params["cut"]}


def screening_5(tables, params):
    """Recall of a cut."""
    # Where nearly as many are kept as were won, both shares are one figure: the next cut tells them apart.
    judged = {cut: _judged(tables, cut) for cut in range(params["cut"], 40, -5)}
    cut = next(cut for cut, found in judged.items() if abs(found.precision - found.recall) > 0.03)
    return {**_shares(_judged(tables, cut), "recall"), "cut": cut}


def screening_6(tables, params):
    """Spearman's rank correlation of six places without ties."""
    places, drawn = list(range(1, 7)), []
    while not 6 <= sum((one - two) ** 2 for one, two in zip(places, drawn, strict=False)) <= 24:
        drawn = params["rng"].sample(places, 6)
    squares = sum((one - two) ** 2 for one, two in zip(places, drawn, strict=True))
    plain = sum(abs(one - two) for one, two in zip(places, drawn, strict=True))
    answer = screening.rank_correlation(pd.Series(places), pd.Series(drawn)).rho
    slips = {"rest": 1 - answer, "without": 1 - squares / 210, "plain": 1 - 6 * plain / 210, "turned": -answer}
    given = pd.DataFrame({"score": places, "growth": drawn})
    return {"answer": answer, "slips": slips, "given": given, "squares": squares}


def _closed(tables):
    closed = tables["leads"][tables["leads"]["outcome"].isin(["won", "lost"])]
    given = screening.answers(closed)
    return given, pd.Series(closed["outcome"].eq("won").to_numpy(), index=given.index)


def _shares(judged, asked):
    """What a rule's four counts give: the share asked for, and what one reads in its place."""
    counts = _counts(judged)
    both = {"precision": judged.precision, "recall": judged.recall}
    answer = both.pop(asked)
    right = (counts["kept_won"] + counts["gone_lost"]) / judged.total
    slips = {**both, "accuracy": right, "base": judged.won / judged.total, "rest": 1 - answer}
    return {"answer": answer, "slips": slips, "given": {"0": counts}, "kept": judged.kept, "won": judged.won}


def _counts(judged):
    kept, won = judged.kept, judged.won
    counts = {"kept_won": judged.kept_won, "kept_lost": kept - judged.kept_won, "gone_won": won - judged.kept_won}
    return {**counts, "gone_lost": judged.total - sum(counts.values())}


def _judged(tables, cut):
    given, won = _closed(tables)
    return screening.judge(screening.scorecard(given)["score"] >= cut, won)


def _word(key):
    return Text(**dictionary()[key])
