"""The customers, the people who work there, and the grades two departments give them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.draws import chosen, ids, normal, pick, quota
from custlib.analysis.simulate.sales import Sales, dates, dealer_ids, rated
from custlib.content import dictionary

FUNCTIONS = {
    "purchasing": 0.30,
    "engineering": 0.22,
    "production": 0.14,
    "facilities": 0.10,
    "it": 0.08,
    "finance": 0.08,
    "management": 0.08,
}
LEVELS = {"staff": 0.45, "head": 0.32, "director": 0.16, "executive": 0.07}
AUTHORITY = {"staff": 20_000, "head": 150_000, "director": 800_000, "executive": 5_000_000}
GRADES = "ABCD"


@lru_cache(maxsize=2)
def names(sales: Sales) -> dict[str, list[str]]:
    """A name for each customer in both languages, unique in each: a stem and a trade of the customer's industry."""
    words, rng = dictionary(), sales.book.rng("names")
    stems = [key for key in words if key.startswith("names.stem.")]
    stem, trade = np.empty(sales.book.size, dtype=object), np.empty(sales.book.size, dtype=object)
    for industry, listed in plan.TRADES.items():
        trades = listed.split()
        inside = np.flatnonzero(sales.book.industry == industry)
        at = rng.permutation(len(stems) * len(trades))[: len(inside)]
        stem[inside] = pick(stems, at // len(trades))
        trade[inside] = pick([f"names.trade.{each}" for each in trades], at % len(trades))
    number = f" {sales.book.block + 1}" if sales.book.block else ""
    return {
        language: [
            words[one][language] + gap + words[two][language] + number for one, two in zip(stem, trade, strict=True)
        ]
        for language, gap in (("zh", ""), ("en", " "))
    }


def behaviour(orders: np.ndarray, promo: np.ndarray, awareness: np.ndarray) -> np.ndarray:
    """A–D by what customers do: frequent and not price-led, price-led, occasional, hardly buying and hardly aware."""
    rules = [(orders >= 4) & (promo < 0.5), (orders >= 2) & (promo >= 0.5), (orders <= 1) & (awareness <= 2)]
    return np.select(rules, ["A", "B", "D"], "C")


@lru_cache(maxsize=2)
def customers(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Customers, and the key: class by revenue, class by behaviour (home appliances), and the accounts singled out."""
    book, rng = sales.book, sales.book.rng("customers")
    size, called = book.size, names(sales)
    secure = np.isin(book.industry, plan.SECURE)
    public = (book.industry == "healthcare") & (rng.random(size) < plan.PUBLIC)
    need = quota(rng, size, plan.OTHER_NEEDS).astype(object)
    for inside, share in ((secure, plan.SECURITY[True]), (~secure, plan.SECURITY[False])):
        at = np.flatnonzero(inside)
        need[at[chosen(rng, len(at), round(share * len(at)))]] = "security"
    large = np.flatnonzero(sales.classes == "A")
    planned = chosen(rng, size, size // 20) & (sales.classes != "A")
    planned[large[chosen(rng, len(large), round((1 - plan.PLANLESS) * len(large)))]] = True
    expired = ~planned & chosen(rng, size, size // 5)
    until = np.where(planned, rng.integers(plan.DAYS, plan.DAYS + 365, size), rng.integers(400, plan.DAYS - 1, size))
    first = np.full(size, plan.DAYS)
    np.minimum.at(first, book.customer, book.day)
    contact = plan.FIRST + pd.to_timedelta(first - 5 - rng.integers(0, 150, size), unit="D")
    employees = np.rint(np.exp(5.2 + 1.1 * normal(rng, size))).astype(int) + 8
    promo = np.round(rng.beta(1.4, 2.2, size), 2)
    aware = rated(rng, size, {1: 0.14, 2: 0.2, 3: 0.3, 4: 0.24, 5: 0.12})
    ruled = behaviour(book.orders_of, promo, aware)
    web = np.full(size, "", dtype=object)
    web[book.split] = ids("W", len(book.split))
    table = pd.DataFrame(
        {
            "customer_id": ids("C", size),
            "name_zh": called["zh"],
            "name_en": called["en"],
            "industry": book.industry,
            "ownership": np.where(public, "public", quota(rng, size, plan.OWNERSHIP)),
            "region": quota(rng, size, plan.REGIONS),
            "employees": employees,
            "annual_revenue": (employees * np.rint(np.exp(5.9 + 0.5 * normal(rng, size)))).astype(np.int64) * 1_000,
            "profit_margin": np.round(0.07 + 0.05 * normal(rng, size), 3) + 0.0,
            "industry_growth": [plan.GROWTH[each] for each in book.industry],
            "reputation_1_5": rated(rng, size, {1: 0.06, 2: 0.16, 3: 0.38, 4: 0.28, 5: 0.12}),
            "first_contact": contact.strftime("%Y-%m-%d"),
            "source_channel": quota(rng, size, plan.SOURCES),
            "owner": quota(rng, size, dict.fromkeys(ids("S", plan.OWNERS, 2), 1.0)),
            "strategic_flag": (chosen(rng, size, size // 30) & (sales.classes != "C")).astype(int),
            "dealer": dealer_ids(book.dealer),
            "web_account": web,
            "stated_need": need,
            "awareness_1_5": aware,
            "promo_share": promo,
            "new_product_share": np.round(rng.beta(1.2, 4, size) + 0.35 * (ruled == "C"), 2).clip(0, 1),
            "plan_until": dates(np.where(planned | expired, until, -1)),
        }
    )
    key = table[["customer_id"]].assign(
        abc=sales.classes,
        behaviour=_classes(sales, ruled),
        loss_account=np.isin(np.arange(size), book.losses).astype(int),
        hidden_potential=np.isin(np.arange(size), sales.hidden).astype(int),
    )
    return table, key


def _classes(sales: Sales, ruled: np.ndarray) -> np.ndarray:
    """The class by behaviour of home-appliance firms: the rule's but for 8 in 100, who are a neighbour's."""
    inside = np.flatnonzero(sales.book.industry == "appliances")
    odd = inside[chosen(sales.book.rng("behaviour"), len(inside), round((1 - plan.RULE_AGREES) * len(inside)))]
    result = np.full(sales.book.size, "", dtype="<U1")
    result[inside] = ruled[inside]
    result[odd] = [{"A": "B", "B": "C", "C": "D", "D": "C"}[each] for each in ruled[odd]]
    return result


@lru_cache(maxsize=2)
def people(sales: Sales) -> tuple[pd.DataFrame, None]:
    """The people one deals with: person_id, customer_id, name, function, level, authority_limit (yuan)."""
    rng, words, size = sales.book.rng("people"), dictionary(), sales.book.size
    rank = np.argsort(np.argsort(-sales.revenue(0), kind="stable"), kind="stable")
    count = 1 + (rank < size * 0.7).astype(int) + (rank < size * 0.3) + 2 * (rank < size * 0.1)
    count[rank < size // 40] += 2
    firm = np.repeat(np.arange(size), count)
    within = np.arange(len(firm)) - np.repeat(np.cumsum(count) - count, count)
    surnames = [key for key in words if key.startswith("names.surname.")]
    # A step that shares no divisor with their number: nobody in a firm has a colleague's name.
    at = (rng.integers(0, len(surnames), size)[firm] + within * 11) % len(surnames)
    forms = np.where(rng.random(len(firm)) < 0.48, "names.person.ms", "names.person.mr")
    level = quota(rng, len(firm), LEVELS)
    limit = np.array([AUTHORITY[each] for each in level]) * np.rint(2 * np.exp(0.4 * normal(rng, len(firm)))) / 2
    return pd.DataFrame(
        {
            "person_id": ids("P", len(firm), 5),
            "customer_id": ids("C", size)[firm],
            **{
                f"name_{language}": [
                    words[form][language].format(surname=words[surnames[one]][language])
                    for form, one in zip(forms, at, strict=True)
                ]
                for language in ("zh", "en")
            },
            "function": quota(rng, len(firm), FUNCTIONS),
            "level": level,
            "authority_limit": limit.astype(np.int64),
        }
    ), None


def labels(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Grades of 600 customers by two departments in two rounds, and the key: the grade by the agreed standard.

    The four grades are equally frequent. A department is right for 70 in 100 in the first round and for 92 in 100 in
    the second; else sales grades one step higher and service one step lower, at an end of the scale the other way.
    """
    rng, count = sales.book.rng("labels"), 600
    who = np.sort(rng.permutation(sales.book.size)[:count])
    true = np.empty(count, dtype=int)
    # The better grades for those who bring more, a quarter each.
    true[np.argsort(-sales.revenue(0)[who], kind="stable")] = np.repeat(np.arange(4), count // 4)
    parts = []
    for turn, right in plan.RIGHT.items():
        wrong = {dept: np.zeros(count, dtype=bool) for dept in ("sales", "service")}
        for grade in range(4):
            inside = rng.permutation(np.flatnonzero(true == grade))
            errors, both = round((1 - right) * len(inside)), round((1 - right) ** 2 * len(inside))
            wrong["sales"][inside[:errors]] = True
            wrong["service"][inside[errors - both : 2 * errors - both]] = True
        for dept, step in (("sales", -1), ("service", 1)):
            moved = np.where((true + step < 0) | (true + step > 3), true - step, true + step)
            given = np.where(wrong[dept], moved, true)
            parts.append(
                pd.DataFrame(
                    {
                        "customer_id": ids("C", sales.book.size)[who],
                        "dept": dept,
                        "round": turn,
                        "grade": pick(GRADES, given),
                    }
                )
            )
    key = pd.DataFrame({"customer_id": ids("C", sales.book.size)[who], "grade": pick(GRADES, true)})
    return pd.concat(parts, ignore_index=True), key
