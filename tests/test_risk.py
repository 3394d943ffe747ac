"""The risk score, its components, and what it takes off a value."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import risk
from custlib.errors import BadSetting, MissingColumns

SCORES = st.one_of(st.none(), st.floats(0, 100))


def parts(**scores: float | None) -> dict[str, pd.Series]:
    return {name: pd.Series({"X": value}, dtype=float) for name, value in scores.items()}


def test_the_score_by_hand() -> None:
    """80, 0, 20, 60 and 40 make 24 + 0 + 4 + 9 + 4 = 41; leaving is dominant."""
    all_known = parts(leaving=80, payment=0, dependence=20, volatility=60, service=40)
    card = risk.card(pd.Index(["X"]), all_known)

    assert card.loc["X", ["risk", "known", "dominant"]].tolist() == [41.0, 5, "leaving"]
    assert card.loc["X", [f"points_{name}" for name in risk.COMPONENTS]].tolist() == pytest.approx([24, 0, 4, 9, 4])


def test_unknown_is_not_safe() -> None:
    """Without the payment component the rest is divided by .75: 54.7, not 41."""
    some = risk.card(pd.Index(["X"]), parts(leaving=80, dependence=20, volatility=60, service=40))

    assert some.loc["X", "risk"] == 54.7
    assert risk.card(pd.Index(["X"]), parts(leaving=None))["risk"].isna().all()


@settings(max_examples=25)
@given(st.lists(SCORES, min_size=5, max_size=5))
def test_the_score_stays_between_its_lowest_and_highest_component(scores: list[float | None]) -> None:
    """A weighted mean leaves the range of its parts never, and its points add up to it."""
    known = [each for each in scores if each is not None]
    card = risk.card(pd.Index(["X"]), parts(**dict(zip(risk.COMPONENTS, scores, strict=True)))).iloc[0]
    if not known:
        assert np.isnan(card["risk"])
        return

    assert min(known) - 0.05 <= card["risk"] <= max(known) + 0.05
    assert sum(card[f"points_{name}"] for name in risk.COMPONENTS) == pytest.approx(card["risk"], abs=0.051)
    assert card["dominant"] == "" if max(known) == 0 else card["dominant"] in risk.COMPONENTS


def test_bad_components_and_weights_are_refused() -> None:
    """A component nobody knows, a score of 101, and weights that say nothing are named."""
    with pytest.raises(BadSetting, match="luck"):
        risk.card(pd.Index(["X"]), parts(luck=3))
    with pytest.raises(BadSetting, match="101"):
        risk.card(pd.Index(["X"]), parts(leaving=101))
    with pytest.raises(BadSetting, match="weights"):
        risk.card(pd.Index(["X"]), parts(leaving=1), weights=dict.fromkeys(risk.COMPONENTS, 0.0))


def test_late_payment_by_hand() -> None:
    """Weighted by amount, open ones up to the day, early ones as 0; 30 days are 100, and public payers have 30 more."""
    rows = [
        ("P", "2025-05-01", "2025-05-11", 300.0),
        ("P", "2025-05-01", "2025-04-01", 100.0),
        ("O", "2025-06-15", "", 50.0),
        ("S", "2025-05-01", "2025-06-06", 10.0),
        ("T", "2025-07-15", "", 50.0),
        ("U", "2024-06-30", "2025-06-30", 50.0),
    ]
    table = pd.DataFrame(rows, columns=["customer_id", "due", "paid", "amount"])
    owned = pd.Series({"P": "private", "O": "foreign", "S": "state", "T": "private"})
    score = risk.payment(table, as_of="2025-06-30", ownership=owned)

    assert score.round(6).to_dict() == {"O": 50.0, "P": 25.0, "S": 20.0}
    assert risk.payment(table, as_of="2025-06-30")["S"] == 100.0
    with pytest.raises(MissingColumns, match="due"):
        risk.payment(table.drop(columns="due"), as_of="2025-06-30")


def test_dependence_by_hand() -> None:
    """A share of 2.5 % of our sales is 50; a fall of our share from 60 to 40 % is 50; the larger counts."""
    revenue = pd.Series({"A": 25.0, "B": 5.0, "C": 970.0, "D": -10.0})
    quarters = ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]
    wallet = pd.DataFrame({"customer_id": "B", "quarter": quarters, "category_spend": 100.0, "own": [60, 60, 40, 40]})

    assert risk.dependence(revenue).round(6).to_dict() == {"A": 50.0, "B": 10.0, "C": 100.0, "D": 0.0}
    assert risk.dependence(revenue, wallet)["B"] == pytest.approx(50.0)
    assert risk.dependence(revenue, wallet.assign(own=[40, 40, 60, 60]))["B"] == pytest.approx(10.0)
    assert risk.dependence(pd.Series({"A": 0.0})).tolist() == [0.0]


def test_volatility_is_0_for_even_and_100_for_one_quarter() -> None:
    """Even quarters score 0, all in one 100, two of four in between: the deviation over the largest it can be."""
    even = [("E", day, 10.0) for day in ("2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01")]
    half = [("H", day, 10.0) for day in ("2024-09-01", "2024-12-01")]
    rows = [*even, *half, ("O", "2025-06-30", 7.0), ("G", "2023-06-30", 7.0)]
    score = risk.volatility(pd.DataFrame(rows, columns=["customer_id", "date", "amount"]))

    assert score.round(4).to_dict() == {"E": 0.0, "H": 57.735, "O": 100.0}
    with pytest.raises(BadSetting, match="quarters"):
        risk.volatility(pd.DataFrame(rows, columns=["customer_id", "date", "amount"]), quarters=1)


def test_service_by_hand() -> None:
    """Two complaints within the year and 2 points late: 50 + 10; other topics and older complaints do not count."""
    rows = [("A", "2025-06-01", "complaint"), ("A", "2025-02-01", "complaint"), ("A", "2025-02-01", "price")]
    contacts = pd.DataFrame([*rows, ("A", "2024-06-30", "complaint")], columns=["customer_id", "date", "topic"])
    delivered = pd.DataFrame({"customer_id": ["A", "B"], "on_time_pct": [98.0, 100.0]})

    assert risk.service(contacts, delivered, as_of="2025-06-30").to_dict() == {"A": 60.0, "B": 0.0}


def test_risk_adjusted_value_by_hand() -> None:
    """100,000 a year at 40 points: r .77, and .7 + .7² + … + .7⁵ = 1.94117 years' contribution."""
    money, score = pd.Series([100_000.0]), pd.Series([40.0])

    assert risk.retention(score).iloc[0] == pytest.approx(0.77)
    assert risk.adjusted_value(money, score).iloc[0] == pytest.approx(194_117, abs=1)
    with pytest.raises(BadSetting, match="years"):
        risk.adjusted_value(money, score, years=0)
    with pytest.raises(BadSetting, match="retention"):
        risk.retention(score, best=0.4, worst=0.6)


@given(st.floats(0, 99), st.floats(0.01, 1), st.floats(0, 0.3))
def test_more_risk_is_never_worth_more(score: float, more: float, discount: float) -> None:
    """The value falls with the risk and rises with the years."""
    money = pd.Series([1000.0, 1000.0])
    both = risk.adjusted_value(money, pd.Series([score, score + more]), discount=discount)
    longer = risk.adjusted_value(money, pd.Series([score, score]), discount=discount, years=6)

    assert both.iloc[1] < both.iloc[0] < longer.iloc[0]
