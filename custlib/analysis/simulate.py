"""A small practice company, the same for the same seed on every machine."""

from __future__ import annotations

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2025-06-30")
WEEKS = 104
CUSTOMERS = 300
STEMS = [
    "yunchuan",
    "lanhe",
    "qingyu",
    "beichen",
    "haoran",
    "mingze",
    "tianqu",
    "anlan",
    "xinghe",
    "ruifeng",
    "jinhai",
    "yuanshan",
    "zhiyuan",
    "hengtong",
    "baichuan",
    "chenxi",
    "donglin",
    "fuyuan",
    "guangda",
    "huaxin",
    "jiahe",
    "kangning",
    "longteng",
    "nanfeng",
    "xichen",
]
TRADES = [
    "machinery",
    "foods",
    "electronics",
    "hospital",
    "autoparts",
    "logistics",
    "textiles",
    "chemicals",
    "retail",
    "software",
    "printing",
    "water",
]


def customers(seed: int) -> pd.DataFrame:
    """Make the customers: customer_id, stem, trade (codes of a name, unique as a pair).

    >>> customers(7).shape
    (300, 3)
    """
    rng = np.random.default_rng([seed, 1])
    pairs = rng.permutation(len(STEMS) * len(TRADES))[:CUSTOMERS]
    stem, trade = np.divmod(pairs, len(TRADES))
    return pd.DataFrame(
        {
            "customer_id": [f"C{number:04d}" for number in range(1, CUSTOMERS + 1)],
            "stem": np.array(STEMS)[stem],
            "trade": np.array(TRADES)[trade],
        }
    )


def orders(seed: int) -> pd.DataFrame:
    """Make two years of orders: order_id, customer_id, date, amount (CNY; returns negative).

    Customers buy at their own pace until they quietly stop (buy till you die, as in Fader, Hardie & Lee 2005);
    amounts are log-normal around a level of the customer's own; about one order in thirty comes back.
    """
    rng = np.random.default_rng([seed, 2])
    pace = rng.gamma(0.9, 1 / 11, CUSTOMERS)  # orders a week
    stop = rng.beta(1.1, 6.0, CUSTOMERS)  # chance of stopping after an order
    level = rng.normal(9.6, 1.15, CUSTOMERS)  # log yuan
    start = rng.uniform(0, WEEKS * 0.8, CUSTOMERS)
    rows = []
    for number in range(CUSTOMERS):
        week = start[number]
        while week < WEEKS:
            amount = round(float(np.exp(rng.normal(level[number], 0.45))), 2)
            rows.append((number, week, amount))
            if rng.random() < 0.033:
                rows.append(
                    (number, min(week + rng.uniform(0.5, 4), WEEKS - 0.01), -round(amount * rng.uniform(0.2, 1), 2))
                )
            if rng.random() < stop[number]:
                break
            week += rng.exponential(1 / pace[number])
    table = pd.DataFrame(rows, columns=["number", "week", "amount"]).sort_values(
        ["week", "number", "amount"], kind="stable"
    )
    days = np.floor(table["week"].to_numpy() * 7).astype(int)
    first = AS_OF - pd.Timedelta(days=WEEKS * 7 - 1)
    return pd.DataFrame(
        {
            "order_id": [f"A{number:05d}" for number in range(1, len(table) + 1)],
            "customer_id": [f"C{number + 1:04d}" for number in table["number"]],
            "date": [(first + pd.Timedelta(days=int(day))).strftime("%Y-%m-%d") for day in days],
            "amount": table["amount"].to_numpy(),
        }
    )
