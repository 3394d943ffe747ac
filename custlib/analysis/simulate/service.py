"""What passes between the company and its customers: contacts, surveys, measured service, public comments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.draws import chosen, ids, normal, quota
from custlib.analysis.simulate.firms import people
from custlib.analysis.simulate.sales import Sales, dates, products, rated
from custlib.content import dictionary

CONTACTS = 36_000
COST = {"visit": 900, "phone": 60, "online": 40, "fair": 700}  # yuan, for a contact of usual length
TOPICS = {
    "offer": 0.24,
    "technical": 0.22,
    "delivery": 0.18,
    "price": 0.14,
    "complaint": 0.08,
    "renewal": 0.08,
    "training": 0.06,
}
ATTRIBUTES = ("quality", "on_time", "response", "advice", "documents", "terms", "aftersales", "ordering")
DELIVERED = {"quality": 8.3, "advice": 7.4, "documents": 8.0, "terms": 6.6, "aftersales": 7.1, "ordering": 7.0}
IMPORTANCE = {
    "quality": 8.9,
    "on_time": 8.6,
    "response": 8.2,
    "advice": 7.0,
    "documents": 5.8,
    "terms": 6.4,
    "aftersales": 7.6,
    "ordering": 5.4,
}
WAVES = ("2024-06-30", "2024-12-31", "2025-03-31")
ANSWERS, SOON = 840, 90  # answers a wave; days within which an order counts as coming back
BELOW_FIVE = {4: 0.54, 3: 0.28, 2: 0.12, 1: 0.06}
LIKELY = {True: {10: 0.42, 9: 0.40, 8: 0.15, 7: 0.03}, False: {9: 0.04, 8: 0.2, 7: 0.26, 6: 0.25, 5: 0.15, 3: 0.1}}
TONES = {"positive": 0.45, "neutral": 0.2, "negative": 0.35}


def interactions(sales: Sales) -> tuple[pd.DataFrame, None]:
    """Contacts: interaction_id, customer_id, person_id, date, channel, minutes, cost (yuan), topic.

    Of the large accounts exactly the planted ones cost more in the last twelve months than they bring.
    """
    book, rng = sales.book, sales.book.rng("interactions")
    weight = 1 + np.sqrt(np.maximum(sales.revenue(0), 0) / 2e6)
    weight[book.losses] = np.maximum(weight[book.losses], np.quantile(weight, 0.99)) * 2
    share = np.cumsum(weight) / weight.sum()
    firm = np.searchsorted(share, (np.arange(CONTACTS) + rng.random(CONTACTS)) / CONTACTS).clip(0, book.size - 1)
    day = rng.integers(0, plan.DAYS, CONTACTS)
    channel = quota(rng, CONTACTS, {"phone": 0.42, "online": 0.28, "visit": 0.27, "fair": 0.03})
    minutes = np.rint(np.exp(3.3 + 0.6 * normal(rng, CONTACTS)) * np.where(channel == "visit", 2.5, 1)).astype(int) + 2
    usual = np.array([COST[each] for each in channel])
    cost = usual * (0.5 + minutes / 60)
    year = day >= plan.YEAR
    spent = np.bincount(firm[year], cost[year], book.size)
    margin = sales.margin(plan.YEAR) / 100
    factor = np.ones(book.size)
    large = sales.classes == "A"
    factor[large] = np.minimum(1, 0.45 * margin[large] / np.maximum(spent[large], 1))
    factor[book.losses] = margin[book.losses] / spent[book.losses] * rng.uniform(1.15, 1.6, len(book.losses))
    known, _ = people(sales)
    count = known.groupby("customer_id", sort=True).size().to_numpy()
    start = np.cumsum(count) - count
    person = start[firm] + (rng.random(CONTACTS) ** 2 * count[firm]).astype(int)
    table = pd.DataFrame(
        {
            "customer_id": ids("C", book.size)[firm],
            "person_id": known["person_id"].to_numpy()[person],
            "date": dates(day),
            "channel": channel,
            "minutes": minutes,
            "cost": np.maximum(np.rint(cost * factor[firm]), 1).astype(int),
            "topic": quota(rng, CONTACTS, TOPICS),
        }
    ).sort_values(["date", "customer_id"], kind="stable", ignore_index=True)
    table.insert(0, "interaction_id", ids("I", CONTACTS, 5))
    return table, None


def survey(sales: Sales) -> tuple[pd.DataFrame, None]:
    """Three waves of answers: respondent, customer_id, wave, date, nps_0_10, csat_1_5, ces_1_7 (7 = made it easy),
    importance_… and perceived_… (1–10), comment in both languages (one in five answers has one).

    Whoever gave a five comes back within 90 days far more often; between one and four it makes no difference.
    """
    book, rng = sales.book, sales.book.rng("survey")
    firms, back = [], []
    for last in WAVES:
        day = (pd.Timestamp(last) - plan.FIRST).days
        recent = np.unique(book.customer[(book.day <= day) & (book.day > day - 365)])
        asked = np.sort(rng.permutation(recent)[:ANSWERS])
        soon = np.unique(book.customer[(book.day > day) & (book.day <= day + SOON)])
        firms.append(asked)
        back.append(np.isin(asked, soon))
    firm, again = np.concatenate(firms), np.concatenate(back)
    wave = np.repeat(np.arange(1, 4), [len(each) for each in firms])
    csat = np.empty(len(firm), dtype=int)
    for inside, fives in ((again, plan.REORDER_FIVES), (~again, plan.OTHER_FIVES)):
        at = np.flatnonzero(inside)
        below = {grade: (1 - fives) * share for grade, share in BELOW_FIVE.items()}
        csat[at] = rated(rng, len(at), {5: fives, **below})
    nps, ease = np.empty(len(firm), dtype=int), np.empty(len(firm), dtype=int)
    for grade in range(1, 6):
        at = np.flatnonzero(csat == grade)
        nps[at] = rated(rng, len(at), LIKELY[grade == 5])
        ease[at] = np.rint(3.2 + 0.55 * grade + normal(rng, len(at))).clip(1, 7)
    secure = np.isin(book.industry[firm], plan.SECURE)
    measured = {name: value + 0.15 for name, value in DELIVERED.items()} | plan.PERCEIVED
    answers = {
        f"{what}_{name}": np.rint(mean[name] + 1.2 * normal(rng, len(firm)) + 0.8 * (secure & (name == "quality")))
        for what, mean in (("importance", IMPORTANCE), ("perceived", measured))
        for name in ATTRIBUTES
    }
    known, _ = people(sales)
    first = known.drop_duplicates("customer_id").set_index("customer_id")["person_id"]
    who = ids("C", book.size)[firm]
    said = chosen(rng, len(firm), len(firm) // 5)
    tone = np.where(csat == 5, "positive", np.where(csat == 4, "neutral", "negative"))
    written = _texts(
        rng, tone, np.where(said, quota(rng, len(firm), {"delivery": 0.4, "response": 0.4, "quality": 0.2}), "")
    )
    return pd.DataFrame(
        {
            "respondent": first.reindex(who).to_numpy(),
            "customer_id": who,
            "wave": wave,
            "date": np.array(WAVES)[wave - 1],
            "nps_0_10": nps,
            "csat_1_5": csat,
            "ces_1_7": ease,
            **{name: values.clip(1, 10).astype(int) for name, values in answers.items()},
            "comment_zh": written["zh"],
            "comment_en": written["en"],
        }
    ), None


def delivered(sales: Sales) -> tuple[pd.DataFrame, None]:
    """Measured service by customer: on_time_pct, defect_ppm, response_hours, and a score of 1–10 for each attribute.

    The scores for delivery and response follow from what was measured: 10 − (100 − per cent)/4 and 10 − hours/8.
    """
    rng, size = sales.book.rng("delivered"), sales.book.size
    on_time = np.round(plan.ON_TIME_PCT + 2 * np.clip(normal(rng, size), -1.9, 1.9), 1)
    hours = np.round(plan.RESPONSE_HOURS + 9 * np.clip(normal(rng, size), -2.5, 2.5), 1)
    scores = {name: np.round(mean + 0.7 * normal(rng, size), 1).clip(1, 10) for name, mean in DELIVERED.items()}
    scores |= {"on_time": np.round(10 - (100 - on_time) / 4, 1), "response": np.round(10 - hours / 8, 1)}
    return pd.DataFrame(
        {
            "customer_id": ids("C", size),
            "on_time_pct": on_time,
            "defect_ppm": np.rint(np.exp(5.5 + 0.5 * normal(rng, size))).astype(int),
            "response_hours": hours,
            **{f"delivered_{name}": scores[name] for name in ATTRIBUTES},
        }
    ), None


def comments(sales: Sales) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Public comments: comment_id, date, platform, text in both languages; the key: topic and tone."""
    rng, count = sales.book.rng("comments"), 1_200
    topic = quota(rng, count, {"quality": 0.3, "delivery": 0.25, "response": 0.25, "price": 0.2})
    tone = quota(rng, count, TONES)
    written = _texts(rng, tone, topic)
    called = ids("K", count)
    table = pd.DataFrame(
        {
            "comment_id": called,
            "date": dates(np.sort(rng.integers(0, plan.DAYS, count))),
            "platform": quota(rng, count, {"review": 0.5, "forum": 0.3, "chat": 0.2}),
            "text_zh": written["zh"],
            "text_en": written["en"],
        }
    )
    return table, pd.DataFrame({"comment_id": called, "topic": topic, "sentiment": tone})


def _texts(rng: np.random.Generator, tone: np.ndarray, topic: np.ndarray) -> dict[str, list[str]]:
    """A text of the tone and topic in both languages; empty where the topic is."""
    words, offered = dictionary(), products()
    known: dict[tuple[str, str], list[str]] = {}
    for name in words:
        if name.startswith("company.comment."):
            about, key = name.split(".")[2:]
            known.setdefault((about, key.partition("_")[0]), []).append(name)
    luck, item = rng.random(len(tone)), rng.integers(0, len(offered), len(tone))
    result: dict[str, list[str]] = {}
    for language in ("zh", "en"):
        called = [name[0].lower() + name[1:] for name in offered[f"name_{language}"]]
        result[language] = []
        for place, (about, how) in enumerate(zip(topic, tone, strict=True)):
            found = known.get((about, how), [])
            text = words[found[int(luck[place] * len(found))]][language] if found else ""
            result[language].append(text.format(product=called[item[place]]))
    return result
