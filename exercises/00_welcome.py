"""Answers of the test before the course, worked out from the figures of each item. A function answers the item of its name."""

import pandas as pd

from custlib.analysis import clv, rfm, screening


def pre_3(tables, params):
    """The recall of a rule; the precision is the slip."""
    kept, hits, missed = (params[name] for name in ("kept", "hits", "missed"))
    followed = pd.Series([True] * kept + [False] * missed)
    won = pd.Series([True] * hits + [False] * (kept - hits) + [True] * missed)
    found = screening.judge(followed, won)
    figures = {"kept": kept, "hits": hits, "missed": missed, "orders": found.won}
    return {"answer": found.recall, "slips": {"precision": found.precision}, **figures}


def pre_6(tables, params):
    """What was bought minus what came back."""
    bought, back = params["bought"], params["returned"]
    days = pd.date_range("2025-01-01", periods=len(bought) + 1)
    rows = pd.DataFrame({"customer_id": "a", "date": days, "amount": [*bought, -back]})
    net = float(rfm.summarize(rows)["monetary"].iloc[0])
    shown = dict(zip(("one", "two", "three"), bought, strict=True))
    return {"answer": net, "slips": {"gross": net + back, "added": net + 2 * back}, "gross": net + back, "back": back, **shown}  # fmt: skip


def pre_8(tables, params):
    """The mean number of years, the first among them: a margin of 1 a year, not discounted."""
    later = clv.retention_value(1, params["retention"], 0)
    return {"answer": later + 1, "slips": {"after": later}, "retention": params["retention"]}


def pre_10(tables, params):
    """Promoters minus detractors, of all answers."""
    up, between, down = (params[name] for name in ("promoters", "passives", "detractors"))
    n = up + between + down
    slips = {"promoters": 100 * up / n, "rest": 100 * (up - between - down) / n}
    return {"answer": 100 * (up - down) / n, "slips": slips, "n": n, **_told(params)}


def pre_11(tables, params):
    """Contracts lost, of those due."""
    lost = params["due"] - params["kept"]
    slips = {"everybody": lost / params["customers"], "stayed": params["kept"] / params["due"]}
    return {"answer": lost / params["due"], "slips": slips, "lost": lost, **_told(params)}


def _told(params):
    """The figures that stand in the question."""
    return {name: value for name, value in params.items() if name not in ("seed", "rng")}
