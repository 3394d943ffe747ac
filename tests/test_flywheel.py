"""The flywheel: by hand, its standing point, and what is read from the books."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import flywheel
from custlib.errors import BadSetting, NothingLeft

WHEEL = flywheel.Wheel(1000, 0.5, 0.9, 0.5, 0.2, 100)
SHARE = st.floats(0, 1)


def test_one_turn_by_hand() -> None:
    """1,000 customers: 500 · .9 + 500 · .5 stay, 500 · .2 are recommended, 100 come from elsewhere: 900."""
    turned = flywheel.run(WHEEL, 1).loc[1]

    assert turned.to_dict() == pytest.approx({"customers": 900, "stayed": 700, "recommended": 100, "elsewhere": 100})


def test_the_finding_turns_round() -> None:
    """More leave than come, more come than leave, or about as many."""
    codes = [
        flywheel.finding(flywheel.changed(WHEEL, delighted=share, per_delighted=per), WHEEL).code
        for share, per in ((0.5, 0.2), (0.9, 0.3), (0.5, 0.4))
    ]

    assert codes == [f"experience.wheel.{way}" for way in ("shrink", "grow", "steady")]


@settings(max_examples=15, deadline=None)
@given(SHARE, SHARE, SHARE, SHARE, st.floats(0, 500), st.integers(1, 10))
def test_more_recommendations_never_make_fewer_customers(
    share: float, top: float, rest: float, per: float, elsewhere: float, years: int
) -> None:
    """The parts of each year add up, nothing is negative, and a larger push is never a smaller base."""
    wheel = flywheel.Wheel(1000, share, top, rest, per, elsewhere)
    turned = flywheel.run(wheel, years)
    more = flywheel.run(flywheel.changed(wheel, delighted=share, per_delighted=per + 0.1), years)

    assert (turned >= 0).all().all()
    assert turned["customers"].to_numpy()[1:] == pytest.approx(
        turned[["stayed", "recommended", "elsewhere"]].sum(axis=1).to_numpy()[1:]
    )
    assert more["customers"].iloc[-1] >= turned["customers"].iloc[-1] - 1e-9


def test_the_wheel_is_read_from_the_books() -> None:
    """Two fives of whom one stays, two others of whom none; of two new customers one was recommended."""
    survey = pd.DataFrame({"customer_id": list("abcd"), "date": "2024-06-30", "csat_1_5": [5, 5, 3, 2]})
    rows = [(each, "2024-06-01") for each in "abcd"] + [("a", "2025-06-01"), ("x", "2025-06-30"), ("y", "2025-05-01")]
    bought = pd.DataFrame(rows, columns=["customer_id", "date"]).assign(amount=1.0)
    found = flywheel.measured(survey, bought, pd.Series({"x": "referral", "y": "web"}))

    assert found == flywheel.Wheel(3.0, 0.5, 0.5, 0.0, 1 / 1.5, 1.0)
    with pytest.raises(NothingLeft):
        flywheel.measured(survey.assign(date="2025-06-01"), bought, pd.Series(dtype=str))


@pytest.mark.parametrize("wrong", [{"delighted": 1.2}, {"keeps_others": -0.1}, {"customers": -1}, {"elsewhere": -5}])
def test_a_wheel_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    """Shares lie between nothing and all, counts are not negative, and it turns at least once."""
    with pytest.raises(BadSetting):
        flywheel.Wheel(**{**vars(WHEEL), **wrong})
    with pytest.raises(BadSetting):
        flywheel.run(WHEEL, 0)
