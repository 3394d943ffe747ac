"""Coming back, the step to loyalty, kinds of loyalty and points with a control group: by hand, reversed, planted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import loyalty, simulate
from custlib.errors import BadSetting, MissingColumns, NothingLeft


def grades(*counts: tuple[int, int]) -> pd.DataFrame:
    """(answers, came back) of each grade from 1 to 5."""
    rows = [(grade, i < back) for grade, (n, back) in enumerate(counts, 1) for i in range(n)]
    return loyalty.by_grade(pd.DataFrame(rows, columns=["csat_1_5", "again"]))


FLAT = ((100, 16), (100, 16), (100, 16), (100, 16), (100, 64))


def test_who_came_back_is_counted_by_day() -> None:
    """A purchase on the day of the answer is none, on the 90th day it is one, on the 91st not; returns never are."""
    survey = pd.DataFrame({"customer_id": list("abcde"), "date": "2025-01-01", "csat_1_5": 5})
    bought = pd.DataFrame(
        [("a", "2025-01-01", 1.0), ("b", "2025-04-01", 1.0), ("c", "2025-04-02", 1.0), ("d", "2025-02-01", -1.0)],
        columns=["customer_id", "date", "amount"],
    )
    found = loyalty.repurchase(survey, bought).set_index("customer_id")["again"]

    assert found.to_dict() == {"a": False, "b": True, "c": False, "d": False, "e": False}


def test_an_answer_that_is_too_young_is_not_held_against_the_customer() -> None:
    """Nobody knows yet whether they come back: left out, and refused where no answer is old enough."""
    survey = pd.DataFrame({"customer_id": ["a", "a"], "date": ["2025-01-01", "2025-06-01"]})
    bought = pd.DataFrame({"customer_id": ["a"], "date": ["2025-06-30"]})

    assert len(loyalty.repurchase(survey, bought)) == 1
    with pytest.raises(NothingLeft):
        loyalty.repurchase(survey.tail(1), bought)
    with pytest.raises(BadSetting):
        loyalty.repurchase(survey, bought, days=0)
    with pytest.raises(MissingColumns, match="date"):
        loyalty.repurchase(survey.drop(columns="date"), bought)


def test_the_step_lies_where_it_is_and_turns_round_with_the_data() -> None:
    """Flat and then a leap; reversed, the satisfied come back less; step by step; and nothing at all."""
    reverse = grades(*FLAT[::-1])
    steps = grades((200, 20), (200, 50), (200, 80), (200, 110), (200, 140))

    assert loyalty.threshold_finding(grades(*FLAT)).code == "experience.threshold.jump"
    assert loyalty.threshold(grades(*FLAT)) == 5
    assert loyalty.threshold_finding(reverse).code == "experience.threshold.fall"
    assert loyalty.threshold(reverse) == 2
    assert loyalty.threshold_finding(steps).code == "experience.threshold.gradual"
    assert loyalty.threshold_finding(grades(*[(50, 10)] * 5)).code == "experience.threshold.none"


def test_the_difference_of_a_split_is_that_of_newcombe_1998() -> None:
    """56 of 70 against 48 of 80: .20, from .0524 to .3339 (method 10)."""
    table = grades((0, 0), (40, 24), (40, 24), (0, 0), (70, 56))
    found = loyalty.split(table, 5)

    assert [round(found[key], 4) for key in ("gap", "low", "high")] == [0.2, 0.0524, 0.3339]
    with pytest.raises(BadSetting):
        loyalty.split(table, 1)


def test_a_grade_that_nobody_gave_has_no_share() -> None:
    """Empty grades stay empty; a cut with nobody on one side decides nothing."""
    table = grades((0, 0), (0, 0), (0, 0), (30, 3), (30, 25))

    assert table["share"].isna().tolist() == [True, True, True, False, False]
    assert loyalty.threshold(table) == 5


def test_four_kinds_of_dick_and_basu_1994() -> None:
    """Likes and buys, likes only, buys only, neither; most of those who buy may do it without liking."""
    table = loyalty.kinds(pd.Series([1, 1, 0, 0, 0]), pd.Series([1, 0, 1, 1, 0]))

    assert table["n"].to_dict() == {"loyalty": 1, "latent": 1, "spurious": 2, "none": 1}
    assert loyalty.kinds_finding(table).code == "experience.kinds.spurious"
    assert loyalty.kinds_finding(loyalty.kinds(pd.Series([1, 1]), pd.Series([1, 0]))).code == "experience.kinds.loyalty"
    assert loyalty.kinds_finding(loyalty.kinds(pd.Series([1]), pd.Series([0]))).code == "experience.kinds.nobody"
    with pytest.raises(NothingLeft):
        loyalty.kinds(pd.Series([], dtype=bool), pd.Series([], dtype=bool))


def history(n: int = 600) -> pd.DataFrame:
    """Half bought ten times and mostly come again, half once and mostly do not."""
    often = np.arange(n) % 2 == 0
    luck = np.random.default_rng(1).random(n)
    return pd.DataFrame({"before": np.where(often, 10, 1), "again": luck < np.where(often, 0.7, 0.2)})


def test_points_that_do_nothing_look_good_where_members_choose_themselves() -> None:
    """With no effect at all, members by wish lead clearly and members by lot do not."""
    by_wish, by_lot = (
        loyalty.points_finding(loyalty.points(history(), joined=each, effect=0), each)  # type: ignore[arg-type]
        for each in ("wish", "lot")
    )

    assert (by_wish.code, by_wish.values["truth"]) == ("experience.points.wish_more", 0)
    assert by_lot.code == "experience.points.lot_level"


def test_a_lot_finds_what_points_did_in_about_nineteen_of_twenty_draws() -> None:
    """The interval of the lot holds the mean effect on a member in at least 90 of 100 draws."""
    table = history()
    whole = 0.2 * (1 - table["again"].mean())
    found = [loyalty.points_finding(loyalty.points(table, effect=0.2, seed=seed), "lot").values for seed in range(100)]

    assert sum(each["low"] <= whole <= each["high"] for each in found) >= 90


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 50), st.floats(0, 1), st.sampled_from(["wish", "lot"]))
def test_points_take_nobody_away(seed: int, effect: float, joined: str) -> None:
    """Half are members, non-members do as they would have done, and nobody stays away because of points."""
    drawn = loyalty.points(history(41), joined=joined, effect=effect, seed=seed)  # type: ignore[arg-type]

    assert drawn["member"].sum() == 20
    assert (drawn["again"] >= drawn["unaided"]).all()
    assert (drawn.loc[~drawn["member"], "again"] == drawn.loc[~drawn["member"], "unaided"]).all()


def test_points_refuse_what_they_do_not_know() -> None:
    """Another way to join, or an effect above everybody."""
    for wrong in ({"joined": "friends"}, {"effect": 1.5}, {"effect": float("nan")}):
        with pytest.raises(BadSetting):
            loyalty.points(history(10), **wrong)  # type: ignore[arg-type]
    with pytest.raises(NothingLeft):
        loyalty.halves(pd.DataFrame({"customer_id": ["a"], "date": ["2025-06-30"]}))


def test_four_benefits_by_hand() -> None:
    """One of two satisfied, 3 yuan of margin for each yuan of service, one of two came back, half of it new products."""
    survey = pd.DataFrame({"customer_id": ["a", "b"], "date": "2025-01-01", "csat_1_5": [5, 1]})
    bought = pd.DataFrame({"customer_id": ["a", "c"], "date": ["2025-02-01", "2025-06-01"]})
    facts = pd.DataFrame({"contribution": [100.0, 100.0], "cost_to_serve": [50.0, 50.0]})
    found = loyalty.benefits(survey, bought, facts, pd.DataFrame({"new_product_share": [0.4, 0.6]}))

    assert found == {"satisfaction": 0.5, "return": 3.0, "loyalty": 0.5, "innovation": 0.5}


@lru_cache(maxsize=2)
def company(seed: int) -> pd.DataFrame:
    return loyalty.by_grade(loyalty.repurchase(simulate.table("survey", seed), simulate.table("orders", seed)))


def holds(table: pd.DataFrame) -> bool:
    """10. Coming back is flat up to four and jumps at five."""
    said = loyalty.threshold_finding(table)
    return said.code == "experience.threshold.jump" and said.values["cut"] == 5 and said.values["gap"] > 0.3


@pytest.mark.parametrize("seed", [7, 8])
def test_truth_10_is_found_by_the_threshold(seed: int) -> None:
    """It takes a five: two companies."""
    assert holds(company(seed))


@pytest.mark.full
def test_truth_10_is_found_in_twenty_companies() -> None:
    """Twenty consecutive seeds."""
    assert [seed for seed in range(7, 27) if not holds(company(seed))] == []
