"""Who may not renew: the logit, its odds per unit, repairs, and what calls reach on contracts not seen before."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from custlib.analysis import renewal, simulate
from custlib.content import Words
from custlib.errors import BadColumn, BadSetting, CannotFit, MissingColumns


def company(seed: int = 7) -> pd.DataFrame:
    return simulate.table("contracts", seed)


def truth_5(seed: int) -> bool:
    """Signs as planted, and the clear order: an offer and a complaint above a delivery, all three above a price point."""
    found = renewal.fit(company(seed)).odds()["log_odds"]
    signs = (np.sign(found) == [1, 1, 1, -1, 1]).all()
    strong = min(found["rival_offer"], found["open_complaints"])
    return bool(signs and strong > found["late_deliveries"] > found["price_change"] and found["tenure"] < 0)


@pytest.mark.parametrize("seed", [7, 12])
def test_the_planted_churn_is_found(seed: int) -> None:
    """Truth 5: the signs and the clear order of what goes with leaving."""
    assert truth_5(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 21))
def test_the_planted_churn_is_found_on_twenty_seeds(seed: int) -> None:
    """Truth 5 in every company."""
    assert truth_5(seed)


def test_the_fit_agrees_with_a_likelihood_written_out() -> None:
    """A second method: the same log odds and standard errors from a minimiser and the information matrix."""
    table = company().head(900)
    x = np.column_stack([np.ones(len(table)), table[list(renewal.FACTORS)].to_numpy(dtype=float)])
    lost = 1 - table["renewed"].to_numpy()
    found = optimize.minimize(
        lambda b: float((np.logaddexp(0, x @ b) - lost * (x @ b)).sum()), np.zeros(6), method="BFGS", tol=1e-10
    ).x
    p = 1 / (1 + np.exp(-x @ found))
    errors = np.sqrt(np.diag(np.linalg.inv(x.T @ (x * (p * (1 - p))[:, None]))))
    model = renewal.fit(table)

    assert np.allclose(model.weights, found, atol=1e-4)
    assert np.allclose(np.sqrt(np.diag(np.array(model.covariance))), errors, rtol=1e-3)
    assert model.probability(table).mean() == pytest.approx(lost.mean())


def test_an_odds_ratio_belongs_to_its_unit() -> None:
    """Five points are one point multiplied five times, interval included; the log odds as measured stay."""
    model = renewal.fit(company())
    one, five = model.odds(), model.odds({"price_change": 5})

    for name in ("ratio", "low", "high"):
        assert five[name]["price_change"] == pytest.approx(one[name]["price_change"] ** 5)
        assert five[name]["tenure"] == one[name]["tenure"]
    assert five["log_odds"].equals(one["log_odds"])
    for wrong in (0, -1, float("nan")):
        with pytest.raises(BadSetting, match="above 0"):
            model.odds({"tenure": wrong})


def test_reversed_contracts_reverse_the_finding() -> None:
    """Where the lost are called renewed, what raised the odds lowers them; shuffled answers show nothing."""
    table = company()
    turned = renewal.odds_finding(renewal.fit(table.assign(renewed=1 - table["renewed"])))
    straight = renewal.odds_finding(renewal.fit(table))
    shuffled = table.assign(renewed=table["renewed"].sample(frac=1, random_state=3).to_numpy())

    assert (straight.code, turned.code) == ("renewal.odds.raises", "renewal.odds.lowers")
    assert straight.values["factor"] == turned.values["factor"]
    assert straight.values["ratio"] == pytest.approx(turned.values["ratio"])
    assert renewal.odds_finding(renewal.fit(shuffled)).code == "renewal.odds.none"


def small(**columns: list[float]) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    table = pd.DataFrame(rng.integers(0, 6, (40, 5)), columns=list(renewal.FACTORS)).assign(renewed=[0, 1] * 20)
    return table.assign(**columns)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (small(renewed=[1] * 40), "nobody_lost"),
        (small(renewed=[0] * 40), "everybody_lost"),
        (small(rival_offer=[0] * 40), "factors_alike"),
        (small(tenure=small()["price_change"].to_list()), "factors_alike"),
        (small().head(3), "factors_alike"),
        (small(late_deliveries=[5, 0] * 20), "separated"),
        (small(late_deliveries=[3, *[0] * 39]), "separated"),
    ],
)
def test_what_cannot_be_fitted_is_named(table: pd.DataFrame, reason: str) -> None:
    """Nobody lost, everybody lost, a factor without variation, full and partial separation: a sentence, no traceback."""
    with pytest.raises(CannotFit) as caught:
        renewal.fit(table)

    assert caught.value.values["reason"] == reason
    for language in ("en", "zh"):
        said = Words(language).error(caught.value)
        assert reason not in said
        assert len(said) > 20


def test_bad_input_is_named() -> None:
    """A missing column, a word for a number, and an empty table are named errors."""
    with pytest.raises(MissingColumns, match="tenure"):
        renewal.fit(small().drop(columns="tenure"))
    with pytest.raises(BadColumn, match="often"):
        renewal.fit(small().astype(object).assign(late_deliveries=["often", *[1] * 39]))
    with pytest.raises(CannotFit):
        renewal.fit(small().head(0))


def test_few_lost_contracts_are_said_to_be_few() -> None:
    """Ten lost for each of five factors make an estimate steady."""
    assert renewal.fit(company()).steady
    assert not renewal.fit(company().head(200)).steady


CONTRACT = st.fixed_dictionaries(
    {
        "late_deliveries": st.integers(0, 8),
        "open_complaints": st.integers(0, 6),
        "rival_offer": st.integers(0, 1),
        "tenure": st.integers(1, 15),
        "price_change": st.integers(-10, 20),
    }
)
MODEL = renewal.Renewal((-2.2, 0.35, 0.7, 0.8, -0.12, 0.08), tuple(map(tuple, (0.01 * np.eye(6)).tolist())), 900, 150)


@settings(max_examples=15, deadline=None)
@given(CONTRACT)
def test_a_repair_repairs(contract: dict[str, float]) -> None:
    """With signs as one expects no repair raises the chance, the best is named, and the interval holds the chance."""
    table = renewal.repaired(contract)
    chance, ends = MODEL.probability(table), MODEL.interval(table)
    found = renewal.repair_finding(chance)

    assert (chance <= chance["now"] + 1e-12).all()
    assert ((ends["low"] <= chance) & (chance <= ends["high"])).all()
    assert found.values["after"] == chance.drop("now").min()
    assert (found.code == "renewal.repair.nothing") == (chance["now"] - chance.min() < 0.01)


def test_odds_by_hand() -> None:
    """A ratio of 2 takes 20 % to 33 %, not to 40 %, and 50 % to 67 %."""
    for before, after in ((0.2, 1 / 3), (0.5, 2 / 3)):
        weights = (np.log(before / (1 - before)), np.log(2), 0, 0, 0, 0)
        model = renewal.Renewal(weights, MODEL.covariance, 1, 1)
        rows = pd.DataFrame(0, index=[0, 1], columns=list(renewal.FACTORS)).assign(late_deliveries=[0, 1])
        assert model.probability(rows).tolist() == pytest.approx([before, after])


def test_only_what_had_ended_is_known() -> None:
    """The day itself has ended; what falls due later than the window is not called."""
    table = pd.DataFrame({"end": ["2024-12-30", "2024-12-31", "2025-01-01", "2025-07-01", "2025-07-02"]})
    known, coming = renewal.split(table, "2024-12-31", days=182)

    assert known["end"].tolist() == ["2024-12-30", "2024-12-31"]
    assert coming["end"].tolist() == ["2025-01-01", "2025-07-01"]


def coming(*rows: tuple[float, float, int, int]) -> tuple[pd.DataFrame, pd.Series]:
    table = pd.DataFrame(rows, columns=["chance", "margin", "tenure", "renewed"])
    ids, ends = [f"V{at}" for at in table.index], [f"2025-01-{31 - at:02}" for at in table.index]
    named = table.assign(contract_id=ids, end=ends)
    return named.drop(columns="chance"), table["chance"]


def test_calls_by_hand() -> None:
    """Expected loss 30, 8 and 25: the first call meets the larger loss, the second nobody, the third the rest."""
    table, chance = coming((0.3, 100, 1, 0), (0.8, 10, 9, 0), (0.05, 500, 2, 1))
    curves = renewal.reached(table, chance)

    assert renewal.ranked(table, chance, "expected")["contract_id"].tolist() == ["V0", "V2", "V1"]
    assert curves["expected"].tolist() == pytest.approx([0, 100 / 110, 100 / 110, 1])
    assert curves["margin"].tolist() == pytest.approx([0, 0, 100 / 110, 1])
    assert renewal.calls_finding(curves, 1).code == "renewal.calls.better"
    assert renewal.calls_finding(curves, 1, "tenure").code == "renewal.calls.worse"
    assert renewal.calls_finding(curves, 3).code == "renewal.calls.alike"
    kept, even = coming((0.3, 100, 1, 1), (0.2, 50, 1, 1))
    assert renewal.calls_finding(renewal.reached(kept, even), 1).code == "renewal.calls.nothing"
    with pytest.raises(BadSetting, match="expected"):
        renewal.ranked(table, chance, "nicest")


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(1, 900), st.integers(1, 9), st.integers(0, 1)), min_size=1, max_size=30
    )
)
def test_more_calls_never_reach_less(rows: list[tuple[float, int, int, int]]) -> None:
    """Every rule's curve rises from 0, and reaches everything that was lost when everybody is called."""
    table, chance = coming(*rows)
    curves = renewal.reached(table, chance)

    assert (curves.diff().dropna() >= -1e-12).all(axis=None)
    assert (curves.iloc[0] == 0).all()
    assert np.allclose(curves.iloc[-1], 0 if table["renewed"].all() else 1)
