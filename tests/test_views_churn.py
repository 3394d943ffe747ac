"""The views of lesson 10: they draw what the data says, on any data, in both languages."""

from __future__ import annotations

import json
import re
import time
from functools import lru_cache
from typing import Any

import pandas as pd
import pytest

from custlib.analysis import churn, contribution, renewal, rivals, simulate
from custlib.content import Words
from custlib.views import churn as churn_views
from custlib.views import renewal as renewal_views
from custlib.views import rivals as rival_views
from custlib.views.bundle import VEGALITE

HOSTILE = "<img src=x onerror=alert(1)>{0}$x$*_`|"
NOT_WORDS = re.compile(r"\bnan\b|\bNaT\b|\bNone\b(?! of)|\binf\b|\{\w*\}")
DAYS = ("2024-06-30", "2024-12-31")
IMPORTANCE = pd.Series({"quality": 8.9, "terms": 6.4, "response": 8.2})


@lru_cache(maxsize=1)
def company() -> dict[str, Any]:
    contracts, lines = simulate.table("contracts", 7), simulate.table("transactions", 7)
    found = rivals.wallets(simulate.table("competitor_share", 7))
    customers = simulate.table("customers", 7).set_index("customer_id")
    return {
        "contracts": contracts,
        "model": renewal.fit(contracts),
        "wallets": found,
        "hidden": rivals.hidden(found, contribution.last_months(lines)["revenue"]),
        "industry": customers["industry"],
        "seen": {day: renewal_views._looked(contracts, day) for day in DAYS},
        "orders": simulate.table("orders", 7),
    }


def answers(made: dict[str, Any], words: Words, names: dict[object, str]) -> list[tuple[dict[str, Any], Any]]:
    """Every panel, moved to its ends and beyond."""
    lost = churn.left(made["contracts"], language=words.language)
    moves = (("reason", "number", "?"), ("cause", "margin", "service"), ("?", "margin", "?"))
    found = [
        churn_views.reasons_answer(lost, words, dict(zip(("by", "weight", "response"), move, strict=True)))
        for move in moves
    ]
    found += [renewal_views.odds_answer(made["model"], words, {"price": points}) for points in (-3, 10**9)]
    ends = (
        {key: low - 9 for key, (low, _, _) in renewal_views.RANGES.items()},
        dict.fromkeys(renewal_views.RANGES, 10**9),
    )
    found += [renewal_views.contract_answer(made["model"], words, {**end, "rival_offer": "?"}) for end in ends]
    calls = zip((*renewal.RULES, "?"), (*DAYS, "never") * 2, (-1, 40, 10**9) * 2, strict=True)
    found += [
        renewal_views.calls_answer(made["seen"], words, names, {"day": day, "rule": rule, "calls": many})
        for rule, day, many in calls
    ]
    offered = made["wallets"][made["wallets"]["suppliers"] > 1]
    found += [rival_views.account_answer(offered, words, names, {"customer": place}) for place in ("0", "3", "99999")]
    for standing in rivals.STANDINGS:
        found += [rival_views.sheet_answer(IMPORTANCE, words, dict.fromkeys(IMPORTANCE.index, standing))]
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_company_fills_every_view(language: str) -> None:
    """Each view and each place of its panels has sentences without nan, None or an open brace, whatever names hold."""
    made, words = company(), Words(language)
    names = dict.fromkeys(made["contracts"]["customer_id"], HOSTILE)
    bundles = [
        churn_views.source(made["contracts"], words=words),
        churn_views.source(made["contracts"], words=words, own=True),
        churn_views.quarters(made["contracts"], words=words),
        churn_views.start(churn.at_start(made["orders"]), words=words),
        churn_views.reasons(churn.left(made["contracts"]), words=words),
        renewal_views.odds(made["model"], words=words),
        renewal_views.contract(made["model"], words=words),
        renewal_views.calls(made["contracts"], words=words, names=names, days=DAYS),
        renewal_views.take_away(made["contracts"], made["hidden"], words=words, names=names),
        rival_views.room(made["wallets"], made["hidden"], words=words),
        rival_views.listed(made["hidden"], words=words, names=names),
        rival_views.account(made["wallets"], words=words, names=names),
        rival_views.gaps(made["wallets"], made["industry"], words=words),
        rival_views.sheet(IMPORTANCE, words=words),
    ]
    for model, bundle in answers(made, words, names):
        bundles += [bundle or {"text/plain": model["says"]}, {"text/plain": json.dumps(model, ensure_ascii=False)}]

    for bundle in bundles:
        text = bundle["text/plain"].replace(HOSTILE, "")
        assert text.strip()
        assert not NOT_WORDS.search(text)
        assert "NaN" not in json.dumps(bundle.get(VEGALITE, {}))
        assert "<img" not in bundle.get("text/html", "")


def test_an_answer_comes_at_once() -> None:
    """Each move of each panel is answered within 150 milliseconds, in the middle of all moves."""
    made, took = company(), []
    for _ in range(2):
        started = time.perf_counter()
        count = len(answers(made, Words("en"), {}))
        took.append((time.perf_counter() - started) / count)

    assert min(took) < 0.15


def test_reversed_truths_reverse_the_titles() -> None:
    """Where complaints keep customers, where rivals have nothing, where others win: the titles turn round."""
    made, words = company(), Words("en")
    contracts = made["contracts"]
    turned = contracts.assign(renewed=1 - contracts["renewed"])
    odds = [
        renewal_views.odds_answer(renewal.fit(each), words, {"price": 1})[0]["says"] for each in (contracts, turned)
    ]
    set_ = {**renewal_views.CONTRACT, "open_complaints": 3}
    best = [renewal_views.contract_answer(renewal.fit(each), words, set_)[0]["says"] for each in (contracts, turned)]
    ours = made["wallets"].assign(own=1e9, rival_a=1.0, rival_b=1.0, rival_c=1.0, spend=1e9 + 3, share=1.0)
    gaps = [rival_views.gaps(each, made["industry"], words=words)["text/plain"] for each in (made["wallets"], ours)]
    rooms = [
        rival_views.room(ours, rows, words=words)["text/plain"] for rows in (made["hidden"], made["hidden"].head(0))
    ]
    lost = churn.left(contracts)
    first = [
        churn_views.reasons_answer(each, words, {**churn_views.START, "by": "cause"})[0]["says"]
        for each in (lost, lost[lost["reason"] == "encounter"], lost.head(0))
    ]

    assert "multiplies the odds" in odds[0]
    assert "divides the odds" in odds[1]
    assert "all complaints answered" in best[0]
    assert best[1].startswith("Nothing to repair")
    assert gaps[0].startswith("Furthest behind")
    assert gaps[1].startswith("No rival is ahead")
    assert "25 small customers" in rooms[0]
    assert rooms[1].startswith("No small customer")
    assert "outside the three" in first[0]
    assert "service, 100 %" in first[1]
    assert first[2].startswith("Nobody left")


def test_the_call_that_wins_is_the_one_that_reached_more() -> None:
    """A rule is said to be better only where its own contracts lost more than every other rule's, and worse where not."""
    coming, chance, _ = company()["seen"][DAYS[1]]
    oldest = coming["tenure"].nlargest(20).index
    gone = coming.assign(renewed=(~coming.index.isin(oldest)).astype(int))
    seen = {DAYS[1]: (gone, chance, renewal.reached(gone, chance))}
    old, usual = (
        renewal_views.calls_answer(seen, Words("en"), {}, {"day": DAYS[1], "rule": rule, "calls": 40})[0]["says"]
        for rule in ("tenure", "expected")
    )

    assert "longest with us first: 100 %" in old
    assert "the best other rule reached" in old
    assert "another rule reached 100 %: longest with us first" in usual


def test_few_or_no_contracts_are_still_said() -> None:
    """Nobody lost, nothing due, nothing that can be fitted: sentences, and the take-away says what it can."""
    words, made = Words("zh", ""), company()
    kept = made["contracts"].assign(renewed=1)
    none = churn_views.quarters(kept, words=words)["text/plain"]
    spare = renewal_views.take_away(kept, made["hidden"], words=words, names={})["text/plain"]
    start = churn_views.start(churn.at_start(made["orders"].tail(5)), words=words, own=True)["text/plain"]

    assert "一份也没流失" in none
    assert "看不出什么和流失有关" in spare
    assert "两年" in start
    assert not NOT_WORDS.search(none + spare + start)
    empty = rival_views.gaps(
        made["wallets"].assign(rival_a=0.0, rival_b=0.0, rival_c=0.0), made["industry"], words=words
    )
    assert "没有别的供应商" in empty["text/plain"]
    assert empty[VEGALITE]["datasets"]["cells"] == []
