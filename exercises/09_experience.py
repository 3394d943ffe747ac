"""Answers of lesson 09, worked out from the tables at hand. A function answers the exercise of the same name."""

import pandas as pd

from custlib.analysis import baskets, flywheel, loyalty, perceived, satisfaction

ATTRIBUTES = ("on_time", "response", "quality", "aftersales")
WANTED = ("fix", "communicate", "over_promised", "fine")


def experience_1(tables, params):
    """The NPS of one industry in the last wave, from how many stand in each group."""
    name, answers = _pick(_industries(tables, _apart), params)
    count = satisfaction.groups(answers["nps_0_10"]).value_counts().reindex(["detractor", "passive", "promoter"])
    found, n = satisfaction.nps(answers["nps_0_10"]).value, int(count.sum())
    given = count.rename("n").rename_axis("group").reset_index()
    p, d = (int(count[each]) for each in ("promoter", "detractor"))
    slips = {"promoters": 100 * p / n, "without": 100 * (p - d) / (p + d), "swapped": 100 * (d - p) / n}
    return {"answer": found, "slips": slips, "given": given, "industry": name, "points": found}


def experience_2(tables, params):
    """Half the width of the interval of an NPS, from whole per cents and the number of answers."""
    name, answers = _pick(_industries(tables), params)
    share = satisfaction.groups(answers["nps_0_10"]).value_counts(normalize=True)
    p, d, n = round(float(share["promoter"]), 2), round(float(share["detractor"]), 2), len(answers)
    half = satisfaction.nps_half(p, d, n)
    slips = {"error": half / 1.96, "full": 2 * half, "root": 196 * (half / 196) ** 2}
    return {"answer": half, "slips": slips, "industry": name, "p": p, "d": d, "n": n, "nps": 100 * (p - d)}


def experience_3(tables, params):
    """By how much the fives come back more than all others, in one industry where the mistakes give other figures."""
    name, answers = _pick(_industries(_again(tables), _telling), params)
    table = loyalty.by_grade(answers)
    gap = loyalty.split(table, 5)["gap"]
    given = table[["n", "again"]].reset_index()
    slips = {"mean": _mean_gap(table), "four": table.at[5, "share"] - table.at[4, "share"], "share": table.at[5, "share"]}  # fmt: skip
    return {"answer": gap, "slips": slips, "given": given, "industry": name, "points": 100 * gap, "days": loyalty.SOON}


def experience_4(tables, params):
    """Gap and weighted gap of four customers on one attribute."""
    what = params["rng"].choice(ATTRIBUTES)
    rows = _readings(tables)[
        lambda each: each["what"].eq(what) & (each["gap"].abs() >= 0.3) & (each["importance"] < 10)
    ]
    four = rows.loc[params["rng"].sample(list(rows.index), 4)].set_index("customer_id")
    answer = pd.DataFrame({"gap": four["gap"], "weighted": four["gap"] * four["importance"] / 10})
    slips = {"reversed": -answer, "plain": answer.assign(weighted=answer["gap"])}
    return {"answer": answer, "slips": slips, "given": four[["importance", "delivered", "perceived"]], "what": what}


def experience_5(tables, params):
    """What to do about four readings, one of each kind; the last slip looks at what is felt alone."""
    rows = _readings(tables)
    todo = perceived.action(rows)
    wanted = params["rng"].sample(WANTED, 4)
    clear = rows["gap"].abs().sub(1).abs().ge(0.3) & rows["delivered"].sub(6).abs().ge(0.3) & _felt(rows, todo)
    four = pd.concat([_draw(rows[clear & (todo == code)], params) for code in wanted])
    figures = {f"{row}_{key}": four[key].iloc[at] for at, row in enumerate("abcd") for key in ("customer_id", "what", "delivered", "perceived")}  # fmt: skip
    felt = ["fix" if each < 6 else code for each, code in zip(four["perceived"], wanted, strict=True)]
    swap = {"communicate": "over_promised", "over_promised": "communicate"}
    slips = {"felt": dict(zip("abcd", felt, strict=True)), "swapped": {row: swap.get(code, code) for row, code in zip("abcd", wanted, strict=True)}}  # fmt: skip
    return {"answer": dict(zip("abcd", wanted, strict=True)), "slips": slips, **figures}


def experience_7(tables, params):
    """What a comparison of members by wish with the others may claim: the scheme did nothing at all."""
    drawn = loyalty.points(loyalty.halves(_bought(tables)), joined="wish", seed=params["seed"])
    found = loyalty.points_finding(drawn, "wish").values
    before = drawn.groupby("member")["before"].mean()
    return {"answer": "untold", "members": found["members"], "others": found["others"], "gap": 100 * found["gap"], "before_members": before[True], "before_others": before[False]}  # fmt: skip


def experience_8(tables, params):
    """The lift of one pair, from four counts."""
    table = baskets.pairs(tables["transactions"])
    one = _draw(table[(table["lift"] - 1).abs() > 0.03], params).iloc[0]
    a, b, both, n = (int(one[key]) for key in ("n_a", "n_b", "n_ab", "n"))
    slips = {"share": both / a, "support": both / n, "inverse": (a / n) * (b / n) / (both / n)}
    figures = {key: one[key] for key in ("a", "b", "n_a", "n_b", "n")}
    return {"answer": one["lift"], "slips": slips, "both": both, **figures}


def experience_9(tables, params):
    """The shortest promise that nine of ten customers would get."""
    hours = tables["delivered"].set_index("customer_id")["response_hours"]
    for _ in range(2_000):
        ten = hours.loc[params["rng"].sample(list(hours.index), 10)]
        able, mean, worst = satisfaction.promise(ten, 0.9), -int(-ten.mean() // 1), -int(-ten.max() // 1)
        if worst - able >= 2 and able - mean >= 2:
            return {"answer": able, "slips": {"mean": mean, "worst": worst}, "given": ten.rename("hours").to_frame()}
    raise LookupError("ten customers of whom one waits clearly longest")


def experience_11(tables, params):
    """One turn of the wheel, on the practice company's rates and a drawn share of fives."""
    books = flywheel.measured(tables["survey"], _bought(tables).assign(amount=1.0), tables["customers"].set_index("customer_id")["source_channel"])  # fmt: skip
    share, n = params["rng"].choice([0.2, 0.25, 0.3, 0.35]), round(books.customers, -2)
    top, rest, per = (round(each, 2) for each in (books.keeps_delighted, books.keeps_others, books.per_delighted))
    turned = flywheel.run(flywheel.Wheel(n, share, top, rest, per, round(books.elsewhere, -1)), 1).loc[1]
    new, elsewhere = turned["recommended"], turned["elsewhere"]
    slips = {"gone": n + new + elsewhere, "silent": turned["customers"] - new, "everybody": turned["stayed"] + n * per + elsewhere}  # fmt: skip
    return {"answer": turned["customers"], "slips": slips, "customers": n, "delighted": share, "top": top, "rest": rest, "per": 100 * per, "elsewhere": elsewhere}  # fmt: skip


def _bought(tables):
    """The practice company's purchases: a list of one's own has no answers to go with it."""
    lines = tables["transactions"]
    return lines[lines["type"] == "sale"][["customer_id", "date", "order_id"]].drop_duplicates()


def _again(tables):
    rows = loyalty.repurchase(tables["survey"], _bought(tables)[["customer_id", "date"]])
    return {"survey": rows.assign(wave=1), "customers": tables["customers"]}


def _industries(tables, fits=len):
    """The answers of the last wave by industry, where there are enough of them and they fit."""
    survey = tables["survey"]
    last = survey[survey["wave"] == survey["wave"].max()]
    industry = tables["customers"].set_index("customer_id")["industry"]
    parts = last.groupby(last["customer_id"].map(industry))
    return {name: part for name, part in parts if len(part) >= 40 and fits(part)}


def _pick(parts, params):
    """One part by chance, with its name; IndexError where none fits."""
    name = params["rng"].choice(list(parts))
    return name, parts[name]


def _apart(answers):
    """Whether the NPS and the figures that mistakes lead to are clearly different from each other."""
    share = satisfaction.groups(answers["nps_0_10"]).value_counts(normalize=True)
    p, d = float(share.get("promoter", 0)), float(share.get("detractor", 0))
    return p > 0 and d > 0 and _far([p - d, p, (p - d) / (p + d), d - p], 0.015)


def _mean_gap(table):
    """The gap with the mean of four shares, each counted the same: a mistake."""
    return table.at[5, "share"] - table["share"].loc[:4].mean()


def _telling(answers):
    """Whether pooled shares, the mean of shares and the fours alone give clearly different figures."""
    table = loyalty.by_grade(answers)
    gap, others = loyalty.split(table, 5)["gap"], [_mean_gap(table), table.at[5, "share"] - table.at[4, "share"]]
    known = [gap, *others, table.at[5, "share"]]
    return _far(known, 0.003)


def _far(known, least):
    return all(abs(one - two) > least for i, one in enumerate(known) for two in known[:i])


def _readings(tables):
    """One row for each answer and attribute: what was delivered to this customer, what it felt, how important."""
    both = tables["survey"].merge(tables["delivered"], on="customer_id").drop_duplicates("customer_id")
    parts = []
    for what in ATTRIBUTES:
        columns = {f"{kind}_{what}": kind for kind in ("importance", "delivered", "perceived")}
        parts.append(both.rename(columns=columns)[["customer_id", *columns.values()]].assign(what=what))
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(gap=(rows["perceived"] - rows["delivered"]).round(1))


def _felt(rows, todo):
    """Whether what is felt alone would tell to fix what is to be communicated."""
    return ~todo.eq("communicate") | rows["perceived"].lt(6)


def _draw(table, params):
    """One row by chance; IndexError where there is none, and the exercise says that this list has no such case."""
    return table.iloc[[params["rng"].choice(range(len(table)))]]
