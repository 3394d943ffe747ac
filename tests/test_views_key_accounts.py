"""The views of lesson 11: they draw what the data says, on any data, in both languages."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import pandas as pd
import pytest

from custlib.analysis import contribution, effect, keyaccounts, simulate
from custlib.content import Words
from custlib.views import effect as effect_views
from custlib.views import goals as goal_views
from custlib.views import keyaccounts as account_views
from custlib.views.bundle import VEGALITE

HOSTILE = "<img src=x onerror=alert(1)>{0}$x$*_`|"
NOT_WORDS = re.compile(r"\bnan\b|\bNaT\b|\bNone\b(?! of)|\binf\b|\{\w*\}")
AS_OF = "2025-06-30"


def orders(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def awkward() -> dict[str, pd.DataFrame]:
    """Small lists as people have them."""
    return {
        "one customer": orders(("A", "2025-06-01", 10.0)),
        "everybody alike": orders(*[(f"C{i}", day, 100.0) for i in range(20) for day in ("2024-10-30", "2025-06-30")]),
        "more returned than bought": orders(("A", "2025-06-01", 10.0), ("A", "2025-06-02", -50.0), ("B", "2025-05-01", 5.0)),
        "hostile names": orders((HOSTILE, "2025-06-01", 10.0), (HOSTILE, "2023-01-01", 10.0), ("B", "2025-05-01", 5.0)),
    }  # fmt: skip


def texts(model: dict[str, Any], bundle: dict[str, Any] | None) -> str:
    assert "NaN" not in json.dumps((bundle or {}).get(VEGALITE, ""))
    return json.dumps(model, ensure_ascii=False) + (bundle or {}).get("text/plain", "")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", awkward())
def test_any_list_gets_sentences(name: str, language: str) -> None:
    """One customer, ties, more returned than bought, hostile names: each view says something true."""
    words, table = Words(language, ""), awkward()[name]
    known = contribution.last_months(table, margin=0.3).assign(headroom=float("nan"))
    scored = {rule: keyaccounts.scored(known, weights) for rule, weights in keyaccounts.RULES.items()}
    listed = keyaccounts.select(known, scored["three"], 5)
    said = [
        account_views.source(known, words=words, own=True)["text/plain"],
        account_views.take_away(listed, words=words, names={})["text/plain"],
    ]
    for rule in (*keyaccounts.RULES, "?"):
        values = {"rule": rule, "people": 10**9, "each": -1}
        said.append(texts(*account_views.choose_answer(known, scored, words, {}, values)))
    found = {by: effect.fifths(table, by=by) for by in ("before", "after")}
    said += [texts(*effect_views.fifths_answer(found, words, {"by": by})) for by in ("before", "after", "?")]

    for text in said:
        assert text.strip()
        assert not NOT_WORDS.search(text.replace(json.dumps(HOSTILE)[1:-1], "").replace(HOSTILE, ""))


@lru_cache(maxsize=1)
def company() -> dict[str, pd.DataFrame]:
    return {name: simulate.table(name, 7) for name in ("campaign", "customers", "transactions", "goals")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_titles_turn_round_on_reversed_data(language: str) -> None:
    """A campaign reversed does harm, two years of dealers exchanged, a line sold to everybody else: other titles."""
    words, made = Words(language), company()
    turned = made["campaign"].assign(treated=1 - made["campaign"]["treated"])
    lines = made["transactions"]
    steady = lines.assign(category="drive")
    plain = lines.assign(account_id=lines["customer_id"])
    day = pd.to_datetime(lines["date"])
    mirrored = lines.assign(date=(day.min() + (day.max() - day)).dt.strftime("%Y-%m-%d"))
    alike = made["customers"].assign(stated_need="cost")

    def title(bundle: dict[str, Any]) -> str:
        return " ".join(bundle[VEGALITE]["title"]["text"])

    pairs = [
        (effect_views.versus(made["campaign"], words=words), effect_views.versus(turned, words=words)),
        (effect_views.line(lines, made["customers"], words=words), effect_views.line(steady, made["customers"], words=words)),
        (effect_views.needs(made["customers"], words=words), effect_views.needs(alike, words=words)),
        (effect_views.dealers(lines, words=words), effect_views.dealers(mirrored, words=words)),
        (effect_views.joined(lines, words=words), effect_views.joined(plain, words=words)),
    ]  # fmt: skip

    assert [title(one) == title(two) for one, two in pairs] == [False] * len(pairs)
    assert not any(NOT_WORDS.search(title(each)) for pair in pairs for each in pair)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_goal_can_be_taken_apart(language: str) -> None:
    """Each goal of the practice company shows six lines, and those that fail are marked to be mended."""
    words, table = Words(language), company()["goals"]
    checked = goal_views._checked(table, words, AS_OF)
    shown, nothing = table.set_index("goal_id"), pd.DataFrame(columns=["one", "other", "kind"])
    for place, goal in enumerate(shown.index):
        model, _ = goal_views.checker_answer(shown, checked, nothing, words, {"goal": str(place)})
        states = [item["state"] for item in model["list"]["items"]]

        assert len(states) == 6
        assert set(states) <= {"ok", "mend"}
        assert ("mend" in states) == (checked.loc[goal, "flaw"] != "none")
        assert not NOT_WORDS.search(json.dumps(model, ensure_ascii=False))


def test_a_goal_names_what_it_clashes_with() -> None:
    """The other goal's number stands in the line for C."""
    words, table = Words("en"), company()["goals"].head(2)
    checked = goal_views._checked(table, words, AS_OF)
    clashes = pd.DataFrame([("G01", "G02", "crowded")], columns=["one", "other", "kind"])
    model, _ = goal_views.checker_answer(table.set_index("goal_id"), checked, clashes, words, {"goal": "1"})

    assert "G01" in model["list"]["items"][-1]["text"]


def test_a_plan_that_lives_depends_on_what_lately_means() -> None:
    """With a wider “lately” more accounts are carried out, and nobody falls out."""
    ids = pd.Index(["a", "b", "c"], name="customer_id")
    idle = pd.DataFrame({"owner": True, "plan": [True, True, False], "touched": False, "done": False, "idle": [5.0, 40.0, None]}, index=ids)  # fmt: skip
    titles = []
    for days in (7, 30, 90):
        model, bundle = account_views.plans_answer({"large": idle}, Words("en"), {}, {"scope": "large", "days": days})
        assert not NOT_WORDS.search(texts(model, bundle))
        titles.append(model["says"])

    assert ["33 %" in titles[0], "33 %" in titles[1], "67 %" in titles[2]] == [True] * 3
    assert "never noted" in texts(*account_views.plans_answer({"large": idle}, Words("en"), {}, {"scope": "?", "days": 30}))  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_market_panel_takes_any_move(language: str) -> None:
    """Beyond its ends a slider stops; the sentence says above, level or below."""
    words = Words(language)
    said = [
        effect_views.market_answer(words, {"growth": growth, "market": market})[0]["says"]
        for growth, market in ((30, 12), (12, 12), (5, 12), (10**6, -(10**6)), (-(10**6), 10**6))
    ]

    assert len(set(said)) == 5
    assert "16.1" in said[0]
