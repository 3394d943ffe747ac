"""Answers of lesson 12, worked out from the books at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import case, clv, matrix, portrait, rfm, screening

# What an action of the matrix is called in the exercise.
FIRST = {"leaving": "attention", "payment": "limits", "payment_public": "cycle", "dependence": "second"}
FIRST |= {"volatility": "ahead", "service": "service", "grow": "grow", "light": "light"}
MIRROR = {"core": "restrict", "defend": "standard", "standard": "defend", "restrict": "core"}


def case_1(tables, params):
    """Which dimensions of the account have a gap."""
    books, account = _account(tables)
    known = portrait.facts({name: tables[name] for name in portrait.TABLES})
    gaps = portrait.gaps(known, account)
    answer = {name: "gap" if gaps.get(name) else "full" for name in portrait.DIMENSIONS}
    turned = {name: "full" if each == "gap" else "gap" for name, each in answer.items()}
    missing = sum(map(len, gaps.values()))
    return {"answer": answer, "slips": {"turned": turned}, "missing": missing, "all": len(portrait.FACTS), **_named(books, account)}  # fmt: skip


def case_2(tables, params):
    """Who may sign the next contract alone: three people, some of whom may."""
    books, account = _account(tables)
    met = case.people(books, account)
    amount = case.contract(met)
    may = met["authority_limit"] >= amount
    able, rest = (list(met.index[each]) for each in (may, ~may))
    drawn = [params["rng"].choice(able), params["rng"].choice(rest)]
    drawn.append(params["rng"].choice([each for each in met.index if each not in drawn]))
    three = met.loc[sorted(drawn)].set_axis(list("abc"))
    answer = {row: "signs" if limit >= amount else "above" for row, limit in three["authority_limit"].items()}
    return {"answer": answer, "slips": {"everybody": dict.fromkeys("abc", "signs")}, "amount": amount, **_people(three), **_named(books, account)}  # fmt: skip


def case_3(tables, params):
    """The share of those who contribute more: what the grade hangs on."""
    books, account = _account(tables)
    found = case.graded(books, account)
    money = {name: round(found[name]) for name in ("own", "before", "whole")}
    share = money["before"] / money["whole"]
    slips = {"own": money["own"] / money["whole"], "behind": 1 - share}
    grades = {"grade": found["grade_contribution"], "grade_revenue": found["grade"]}
    return {"answer": share, "slips": slips, **money, **grades, **_named(books, account)}


def case_4(tables, params):
    """Lifetime value by the simple formula, with the retention that the risk gives."""
    books, account = _account(tables)
    found = case.worth(books, account)
    money, stays, discount = found["money"], found["retention"], found["discount"]
    slips = {"now": clv.retention_value(money, stays, discount, first_margin="start")}
    slips["undiscounted"] = clv.retention_value(money, stays, 0)
    return {"answer": found["value"], "slips": slips, "years": found["value"] / money, **found, **_named(books, account)}  # fmt: skip


def case_5(tables, params):
    """The cell of the account, and what comes first there."""
    books, account = _account(tables)
    one = books.card.loc[account]
    names = ("leaving", "payment", "dependence", "volatility", "service")
    given = pd.DataFrame({"code": names, "points": [one[f"points_{name}"] for name in names]})
    answer = {"cell": one["cell"], "first": FIRST[one["action"]]}
    slips = {"turned": answer | {"cell": MIRROR[one["cell"]]}}
    figures = {"value": one["contribution"], "risk": one["risk"], "cell": one["cell"], "dominant": one["dominant"]}
    figures["line"] = matrix.value_cut(books.card["contribution"])
    return {"answer": answer, "slips": slips, "given": given, **figures, **_named(books, account)}


def _account(tables):
    """The books, and the account they hand over."""
    books = case.open_books({name: tables[name] for name in case.TABLES})
    return books, case.pick(books)


def _named(books, account):
    """The account by its name in both languages, whatever list the reader works on."""
    row = books.tables["customers"].set_index("customer_id").loc[account]
    return {"customer": {"en": row["name_en"], "zh": row["name_zh"]}}


def _people(three):
    """Three people with level, function and limit, as the question names them."""
    told = {row: {"en": one["name_en"], "zh": one["name_zh"]} for row, one in three.iterrows()}
    columns = {"level": "level", "function": "function", "limit": "authority_limit"}
    return told | {f"{row}_{name}": one[column] for row, one in three.iterrows() for name, column in columns.items()}


def post_3(tables, params):
    """The recall of a rule; the precision is the slip."""
    kept, hits, missed = (params[name] for name in ("kept", "hits", "missed"))
    followed = pd.Series([True] * kept + [False] * missed)
    won = pd.Series([True] * hits + [False] * (kept - hits) + [True] * missed)
    found = screening.judge(followed, won)
    figures = {"kept": kept, "hits": hits, "missed": missed, "orders": found.won}
    return {"answer": found.recall, "slips": {"precision": found.precision}, **figures}


def post_6(tables, params):
    """What was bought minus what came back."""
    bought, back = params["bought"], params["returned"]
    days = pd.date_range("2025-01-01", periods=len(bought) + 1)
    rows = pd.DataFrame({"customer_id": "a", "date": days, "amount": [*bought, -back]})
    net = float(rfm.summarize(rows)["monetary"].iloc[0])
    shown = dict(zip(("one", "two", "three"), bought, strict=True))
    return {"answer": net, "slips": {"gross": net + back, "added": net + 2 * back}, "gross": net + back, "back": back, **shown}  # fmt: skip


def post_8(tables, params):
    """The mean number of years, the first among them: a margin of 1 a year, not discounted."""
    later = clv.retention_value(1, params["retention"], 0)
    return {"answer": later + 1, "slips": {"after": later}, "retention": params["retention"]}


def post_10(tables, params):
    """Promoters minus detractors, of all answers."""
    up, between, down = (params[name] for name in ("promoters", "passives", "detractors"))
    n = up + between + down
    slips = {"promoters": 100 * up / n, "rest": 100 * (up - between - down) / n}
    return {"answer": 100 * (up - down) / n, "slips": slips, "n": n, **_told(params)}


def post_11(tables, params):
    """Contracts lost, of those due."""
    lost = params["due"] - params["kept"]
    slips = {"everybody": lost / params["customers"], "stayed": params["kept"] / params["due"]}
    return {"answer": lost / params["due"], "slips": slips, "lost": lost, **_told(params)}


def _told(params):
    """The figures that stand in the question."""
    return {name: value for name, value in params.items() if name not in ("seed", "rng")}
