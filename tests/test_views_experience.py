"""The views of lesson 09: they say what the data says, turn round with it, and stand any list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd
import pytest

from custlib.analysis import baskets, contribution, flywheel, loyalty, perceived, simulate
from custlib.content import Words
from custlib.errors import NothingLeft
from custlib.views import experience, value
from custlib.views import loyalty as loyalty_views
from custlib.views.bundle import VEGALITE

NOT_WORDS = re.compile(r"\bnan\b|\bNaT\b|\bNone\b(?! of)|\binf\b|\{\w*\}")
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
Company = dict[str, pd.DataFrame]


@lru_cache(maxsize=1)
def company() -> Company:
    names = ("survey", "delivered", "transactions", "customers", "interactions", "orders")
    made = {name: simulate.table(name, 7) for name in names}
    return made | {"lines": made["transactions"].rename(columns={"net_amount": "amount"})}


def reversed_company() -> Company:
    """The other way round: ones for fives, friends for enemies, and what is felt is what is delivered."""
    made = company()
    survey, measured = made["survey"].copy(), made["delivered"].set_index("customer_id").copy()
    survey["csat_1_5"], survey["nps_0_10"] = 6 - survey["csat_1_5"], 10 - survey["nps_0_10"]
    felt = survey.groupby("customer_id")[[f"perceived_{name}" for name in perceived.ATTRIBUTES]].mean()
    for name in perceived.ATTRIBUTES:
        survey[f"perceived_{name}"] = survey["customer_id"].map(measured[f"delivered_{name}"])
        measured[f"delivered_{name}"] = felt[f"perceived_{name}"]
    return made | {"survey": survey, "delivered": measured.reset_index()}


@lru_cache(maxsize=4)
def answered(turned: bool, language: str) -> tuple[tuple[str, dict[str, Any], Any], ...]:
    return tuple(answers(reversed_company() if turned else company(), Words(language)))


def answers(made: Company, words: Words) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Every panel of the lesson, each moved to its ends and to what it does not know."""
    survey, lines = made["survey"], made["lines"]
    tables = {days: loyalty.by_grade(loyalty.repurchase(survey, lines, days=days)) for days in (30, 90)}
    gaps, hours = perceived.board(survey, made["delivered"]), made["delivered"]["response_hours"]
    history = loyalty.halves(made["orders"])
    found = {unit: baskets.pairs(lines, unit=column) for unit, column in loyalty_views.UNITS.items()}
    names = sorted({*found["customer"]["a"], *found["customer"]["b"]})
    wheel = flywheel.measured(survey, lines, made["customers"].set_index("customer_id")["source_channel"])
    for cut, days in (("4", 90), ("5", 30), ("?", 10**9)):
        yield "threshold", *experience.threshold_answer(tables, words, {"cut": cut, "days": days})
    for within in (24, -5, 10**9):
        yield "standard", *experience.standard_answer(hours, words, {"within": within})
    for fix, gap in ((60, 10), (-1, -1), (10**9, 10**9)):
        yield "board", *value.board_answer(gaps, words, {"fix": fix, "gap": gap})
    for joined, effect in (("wish", 0), ("lot", 20), ("?", 10**9)):
        yield "points", *loyalty_views.points_answer(history, words, 7, {"joined": joined, "effect": effect})
    for unit, item in (("order", "drive"), ("customer", "<img src=x>")):
        yield "lift", *loyalty_views.together_answer(found, names, words, {"unit": unit, "item": item})
    for share, per in ((30, 40), (-1, 10**9)):
        yield "wheel", *loyalty_views.wheel_answer(wheel, words, {"delighted": share, "per": per})


def first(turned: bool, name: str, language: str) -> str:
    return next(bundle["text/plain"] for panel, _, bundle in answered(turned, language) if panel == name)


@LANGUAGES
@pytest.mark.parametrize("turned", [False, True])
def test_every_panel_answers_every_move(turned: bool, language: str) -> None:
    """A figure outside its bounds or an unknown choice is brought back; no hole, no nan, nothing unfilled."""
    for _, model, bundle in answered(turned, language):
        said = json.dumps(model, ensure_ascii=False) + bundle["text/plain"]

        assert not NOT_WORDS.search(said)
        assert "NaN" not in json.dumps(bundle[VEGALITE])
        assert {"controls", "notice", "says"} <= set(model)


@LANGUAGES
def test_titles_turn_round_on_reversed_data(language: str) -> None:
    """It takes a five, or the satisfied come back less; not noticed, or badly delivered: the title says which."""
    for panel, codes in {"threshold": ("jump", "fall"), "board": ("both", "fix")}.items():
        for turned, code in enumerate(codes):
            said = re.split(r"\{[^}]*\}", Words(language).text(f"experience.{panel}.{code}"))

            assert all(part in first(bool(turned), panel, language) for part in said)


@LANGUAGES
def test_the_board_sends_nobody_to_repair_what_works(language: str) -> None:
    """Delivery is on time, so its row says communicate; the response is slow, so its row says fix."""
    words = Words(language)
    model = next(model for panel, model, _ in answered(False, language) if panel == "board")
    said = {row[0]: row[-1] for row in model["table"]["rows"]}

    assert said[words.text("company.attribute.on_time")] == words.text("experience.action.communicate")
    assert said[words.text("company.attribute.response")] == words.text("experience.action.fix")


@LANGUAGES
def test_what_stands_still_is_said_too(language: str) -> None:
    """Tables and charts that do not move: each a sentence without a hole."""
    words, made = Words(language), company()
    survey, lines, measured = (made[name] for name in ("survey", "lines", "delivered"))
    facts = contribution.last_months(lines, made["interactions"])
    bundles = [
        experience.scope(words=words, own=True),
        experience.scope(words=words, own=False),
        experience.answers(survey[survey["wave"] == 3], words=words),
        experience.scores(survey, words=words),
        experience.kinds(survey, lines, words=words),
        experience.steps(survey, lines, measured, words=words),
        experience.benefits(survey, lines, facts, made["customers"], words=words),
        experience.take_away(survey, lines, measured, words=words),
        value.types(perceived.board(survey, measured), words=words),
        value.industries(survey, measured, made["customers"].set_index("customer_id")["industry"], words=words),
    ]
    for bundle in bundles:
        assert bundle["text/plain"].strip()
        assert not NOT_WORDS.search(bundle["text/plain"])


@LANGUAGES
@pytest.mark.parametrize(
    "rows",
    [
        [("a", "2025-06-01")],
        [("a", "2025-06-01"), ("b", "2025-06-01")],
        [(f"C{i}", "2024-01-01") for i in range(40)] + [("C1", "2025-06-30")],
        [(f"C{i}", day) for i in range(40) for day in ("2024-01-01", "2025-06-30")],
    ],
)
def test_a_small_list_of_ones_own_gets_points_or_a_sentence(rows: list[tuple[str, str]], language: str) -> None:
    """Too few customers, or all alike: said, and no panel that cannot work."""
    purchases = pd.DataFrame(rows, columns=["customer_id", "date"]).assign(amount=1.0)
    if len(rows) < 40:
        with pytest.raises(NothingLeft):
            loyalty.halves(purchases)
    shown = loyalty_views.points(purchases, words=Words(language))

    assert not NOT_WORDS.search(shown["text/plain"])
