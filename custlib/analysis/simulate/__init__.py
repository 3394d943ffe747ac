"""The practice company Langheng 朗衡: the same to the byte for the same seed, other numbers and the same truths for another.

`company(seed)` gives all tables, `table(name, seed)` one, `keys(seed)` the answers, `blocks(seed, scale)` a company
`scale` times as large, piece by piece. What is planted stands in `plan`; each module's docstrings name its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import pandas as pd

from custlib.analysis.simulate import contracts, faults, firms, market, plan, sales, service
from custlib.analysis.simulate.buying import abc, book
from custlib.analysis.simulate.plan import AS_OF, DAYS, FIRST, WEEKS
from custlib.analysis.simulate.sales import Sales
from custlib.errors import UnknownName

__all__ = ["AS_OF", "DAYS", "FIRST", "SHARED", "TABLES", "WEEKS", "abc", "blocks", "company", "keys", "table"]

Made = tuple[pd.DataFrame, pd.DataFrame | None]


def _alone(make: Callable[[Sales], pd.DataFrame], sold: Sales) -> Made:
    return make(sold), None


MAKERS: dict[str, Callable[[Sales], Made]] = {
    "customers": firms.customers,
    "people": firms.people,
    "leads": market.leads,
    "orders": partial(_alone, sales.orders),
    "transactions": partial(_alone, sales.transactions),
    "transactions_raw": faults.transactions_raw,
    "products": partial(_alone, sales.products),
    "interactions": service.interactions,
    "survey": service.survey,
    "delivered": service.delivered,
    "competitor_share": market.competitor_share,
    "contracts": contracts.contracts,
    "payments": contracts.payments,
    "labels": firms.labels,
    "campaign": market.campaign,
    "goals": market.goals,
    "events": market.events,
    "comments": service.comments,
}
TABLES = tuple(MAKERS)
SHARED = ("products", "events")  # the same however large the company is


@lru_cache(maxsize=4)
def _sold(seed: int, block: int = 0) -> Sales:
    return Sales(book(seed, block))


@lru_cache(maxsize=2 * len(MAKERS))
def _made(name: str, seed: int) -> Made:
    return MAKERS[name](_sold(seed))


def table(name: str, seed: int) -> pd.DataFrame:
    """One table of the company. Raises UnknownName.

    >>> table("campaign", 7).columns.tolist()
    ['customer_id', 'treated', 'pre', 'post']
    """
    if name not in MAKERS:
        raise UnknownName(kind="table", name=name, known=TABLES)
    return _made(name, seed)[0].copy()


def keys(seed: int) -> dict[str, pd.DataFrame]:
    """The answers by the name of their table, and `truths`: what is planted (code, value)."""
    made = {name: _made(name, seed)[1] for name in MAKERS}
    return {name: key.copy() for name, key in made.items() if key is not None} | {"truths": truths()}


def truths() -> pd.DataFrame:
    """The planted truths: code, value."""
    values = {
        "share_of_customers_for_80_pct": 0.20,
        "purchases_per_week": plan.RATE["r"] / plan.RATE["alpha"],
        "dropout_share": plan.DROPOUT["a"] / (plan.DROPOUT["a"] + plan.DROPOUT["b"]),
        **{f"right_in_round_{turn}": share for turn, share in plan.RIGHT.items()},
        "market_growth": plan.MARKET,
        "campaign_effect": plan.EFFECT,
        **{f"churn_log_odds_{code}": value for code, value in plan.CHURN.items()},
        "churn_share": plan.CHURN_SHARE,
        "fair_to_web_in_manufacturing": 3.0,
        "green_first_quarter": plan.GREEN_START,
        "green_last_quarter_retail": plan.GREEN_END,
        "security_finance_healthcare": plan.SECURITY[True],
        "security_elsewhere": plan.SECURITY[False],
        "strong_dealers": plan.STRONG,
        "lucky_dealers": plan.LUCKY,
        "on_time_pct": plan.ON_TIME_PCT,
        "response_hours": plan.RESPONSE_HOURS,
        "loss_accounts": plan.LOSSES,
        "hidden_accounts": plan.HIDDEN,
        "behaviour_rule_agrees": plan.RULE_AGREES,
        "split_customers": plan.SPLIT,
        "class_change_half_year": plan.CLASS_CHANGE,
        "large_without_plan": plan.PLANLESS,
    }
    return pd.DataFrame({"code": list(values), "value": [round(float(each), 4) for each in values.values()]})


def company(seed: int, scale: int = 1) -> dict[str, pd.DataFrame]:
    """All tables of the company, `scale` times 2,400 customers large."""
    if scale == 1:
        return {name: table(name, seed) for name in TABLES}
    parts = list(blocks(seed, scale))
    return {
        name: parts[0][name] if name in SHARED else pd.concat([part[name] for part in parts], ignore_index=True)
        for name in TABLES
    }


def blocks(seed: int, scale: int, names: tuple[str, ...] = TABLES) -> Iterator[dict[str, pd.DataFrame]]:
    """A company piece by piece, 2,400 customers each; in all but the first, numbers begin with the piece's."""
    for block in range(scale):
        sold = Sales(book(seed, block))
        yield {name: _numbered(MAKERS[name](sold)[0], block) for name in names}


def _numbered(table: pd.DataFrame, block: int) -> pd.DataFrame:
    if not block:
        return table
    shared = ("product_id", "event_id")
    ids = [
        name
        for name in table.columns
        if (name.endswith("_id") or name in ("web_account", "ref_order", "respondent")) and name not in shared
    ]
    return table.assign(**{name: (f"{block}-" + table[name]).where(table[name] != "", "") for name in ids})
