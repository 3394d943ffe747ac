"""NPS, CSAT, CES and the standard of service: by hand, against a published interval, on bad input and at the edges."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import satisfaction as sat
from custlib.errors import BadColumn, BadSetting, MissingColumns, NothingLeft

ANSWERS = st.lists(st.integers(0, 10), min_size=1, max_size=60).map(lambda each: pd.Series(each, name="nps_0_10"))


def wave(nps: list[int], csat: list[int], ces: list[int], number: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"wave": number, "nps_0_10": nps, "csat_1_5": csat, "ces_1_7": ces})


def test_nps_interval_of_the_reference_p_50_d_20_n_400() -> None:
    """Half promoters, a fifth detractors, 400 answers: NPS 30, standard error 3.91, so ±7.7 points."""
    found = sat.nps(pd.Series([10] * 200 + [8] * 120 + [3] * 80))

    assert found.value == pytest.approx(30)
    assert (found.high - found.value) / 1.96 == pytest.approx(3.91, abs=0.005)
    assert round(found.high - found.value, 1) == round(sat.nps_half(0.5, 0.2, 400), 1) == 7.7


def test_nps_counts_the_passives_in_the_whole_and_nowhere_else() -> None:
    """Nine and ten for, six and less against, seven and eight only in the denominator."""
    assert sat.groups(pd.Series(range(11))).value_counts().to_dict() == {"detractor": 7, "passive": 2, "promoter": 2}
    assert sat.nps(pd.Series([9, 10, 7, 8])).value == 50
    assert sat.nps(pd.Series([6, 6, 9, 7])).value == -25


@settings(max_examples=15, deadline=None)
@given(ANSWERS)
def test_nps_turns_round_when_everybody_changes_sides(answers: pd.Series) -> None:
    """Promoters and detractors exchanged: the score changes its sign, and its interval its sides."""
    turned = sat.groups(answers).map({"promoter": 0, "detractor": 10, "passive": 8})
    one, two = sat.nps(answers), sat.nps(turned)

    assert one.value == pytest.approx(-two.value)
    assert (one.low, one.high) == (pytest.approx(-two.high), pytest.approx(-two.low))
    assert -100 <= one.low <= one.value <= one.high <= 100


@settings(max_examples=15, deadline=None)
@given(ANSWERS)
def test_nps_spread_is_that_of_answers_coded_minus_one_nothing_one(answers: pd.Series) -> None:
    """A second method: the standard deviation of −1, 0, 1 over the root of n."""
    coded = sat.groups(answers).map({"promoter": 1, "detractor": -1, "passive": 0}).to_numpy()
    p, d = (coded == 1).mean(), (coded == -1).mean()

    assert sat.nps_half(p, d, len(coded)) == pytest.approx(196 * coded.std() / math.sqrt(len(coded)), abs=1e-6)


def test_csat_is_a_share_with_the_interval_of_newcombe_1998() -> None:
    """81 of 263 gave a four or a five: .308, Wilson's interval .2553 to .3662 (Newcombe 1998, table I)."""
    found = sat.csat(pd.Series([5] * 40 + [4] * 41 + [3] * 100 + [1] * 82))

    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.3080, 0.2553, 0.3662)


def test_ces_names_its_version_and_refuses_answers_of_the_other_scale() -> None:
    """Version 2.0 goes to seven, version 1.0 to five: a seven in the second is an error, not a high effort."""
    assert sat.ces(pd.Series([4, 5, 6])).value == 5
    assert sat.ces(pd.Series([4, 5, 3]), version="1.0").value == 4
    with pytest.raises(BadColumn, match="answer on the scale"):
        sat.ces(pd.Series([4, 7]), version="1.0")
    with pytest.raises(BadSetting, match=r"1\.0, 2\.0"):
        sat.ces(pd.Series([4]), version="3.0")  # type: ignore[arg-type]


def test_ces_interval_of_three_answers_by_hand() -> None:
    """4, 5, 6: mean 5, s 1, t(2) 4.303, so 5 ± 2.484; a single answer has no interval."""
    found, one = sat.ces(pd.Series([4, 5, 6])), sat.ces(pd.Series([6]))

    assert found.high - found.value == pytest.approx(4.303 / math.sqrt(3), abs=0.001)
    assert one.value == 6
    assert np.isnan(one.low)


@pytest.mark.parametrize("answers", [[11], [-1], [7.5], ["ten"], [3, None, 12]])
def test_an_answer_off_the_scale_is_an_error_with_its_place(answers: list[object]) -> None:
    """Nothing is silently dropped or rounded."""
    with pytest.raises(BadColumn, match="nps_0_10"):
        sat.nps(pd.Series(answers, name="nps_0_10", dtype=object))


@pytest.mark.parametrize("answers", [[], [None, None]])
def test_no_answers_are_no_score(answers: list[object]) -> None:
    """Without any answer there is nothing to average, and missing ones alone are none."""
    for score in (sat.nps, sat.csat, sat.ces):
        with pytest.raises(NothingLeft):
            score(pd.Series(answers, dtype=float))


def test_missing_answers_are_left_out_of_n() -> None:
    """Two of three answered: n is two."""
    assert (sat.nps(pd.Series([9, None, 9])).n, sat.nps(pd.Series([9, None, 9])).value) == (2, 100)


def test_a_change_is_news_only_beyond_its_interval() -> None:
    """The same step of twenty points is nothing among ten answers and news among a thousand."""
    small = pd.concat([wave([9] * 5 + [7] * 5, [4] * 10, [5] * 10), wave([9] * 7 + [7] * 3, [4] * 10, [5] * 10, 2)])
    large = pd.concat([small] * 100)
    turned = large.assign(wave=3 - large["wave"])

    assert sat.change_finding(sat.waves(small), "nps").code == "experience.change.level"
    assert sat.change_finding(sat.waves(large), "nps").code == "experience.change.up"
    assert sat.change_finding(sat.waves(turned), "nps").code == "experience.change.down"
    assert sat.change_finding(sat.waves(small.head(10)), "nps").code == "experience.change.one"
    assert sat.change_finding(sat.waves(large), "nps").values["gap"] == pytest.approx(20)


def test_a_survey_without_the_columns_is_refused_by_name() -> None:
    """The message names what is missing."""
    with pytest.raises(MissingColumns, match="csat_1_5"):
        sat.scores(pd.DataFrame({"nps_0_10": [9], "ces_1_7": [5]}))


@pytest.mark.parametrize(
    ("nps", "csat", "code"),
    [([3] * 60 + [9] * 40, [4] * 100, "apart"), ([9] * 60 + [3] * 40, [4] * 100, "good"),
     ([9] * 60 + [3] * 40, [2] * 100, "poor"), ([9] * 50 + [3] * 50, [5] * 100, "open")],
)  # fmt: skip
def test_two_scores_side_by_side(nps: list[int], csat: list[int], code: str) -> None:
    """Satisfied and yet advised against, both good, satisfied by few, or not to be told."""
    found = sat.scores_finding(sat.nps(pd.Series(nps)), sat.csat(pd.Series(csat)))

    assert found.code == f"experience.scores.{code}"


def test_a_standard_counts_customers() -> None:
    """Of ten waits nine are within 41 hours; the mean says nothing of that."""
    hours = pd.Series([10, 12, 15, 20, 22, 25, 30, 35, 40.2, 99])

    assert sat.attainment(hours, 40).value == 0.8
    assert sat.promise(hours, 0.9) == 41
    assert sat.promise(hours, 1.0) == 99
    assert sat.standard_finding(hours, 24).code == "experience.standard.missed"
    assert sat.standard_finding(hours, 41).code == "experience.standard.kept"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0, 200), min_size=1, max_size=40), st.floats(0.05, 1))
def test_a_promise_is_kept_and_one_hour_less_is_not(waits: list[float], share: float) -> None:
    """The promise is the shortest in whole hours that holds."""
    hours = pd.Series(waits)
    able = sat.promise(hours, share)

    assert (hours <= able).mean() >= share - 1e-9
    assert able == 0 or (hours <= able - 1).mean() < share


@pytest.mark.parametrize(("hours", "within"), [([-1.0], 24), (["soon"], 24), ([5.0], 0), ([5.0], float("nan"))])
def test_a_standard_refuses_what_is_no_time(hours: list[object], within: float) -> None:
    """Negative hours, words, and a standard of no hours."""
    with pytest.raises((BadColumn, BadSetting)):
        sat.attainment(pd.Series(hours, dtype=object), within)


@pytest.mark.parametrize("share", [0, 1.1, -0.5])
def test_a_promise_to_nobody_or_to_more_than_all_is_refused(share: float) -> None:
    """The share lies above nothing and up to all."""
    with pytest.raises(BadSetting):
        sat.promise(pd.Series([1.0]), share)
