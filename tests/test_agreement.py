"""Cohen's κ against published tables, by hand, and by a second method."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import agreement as ag
from custlib.analysis import simulate
from custlib.errors import BadSetting, NothingLeft

# Fleiss, Cohen & Everitt, Psychological Bulletin 72 (1969): 100 patients, three diagnoses.
FLEISS = np.array([[53, 5, 2], [11, 14, 5], [1, 6, 3]])
# 300 customers, four grades (15, 20, 25 and 40 in 100): sales grades one step higher and service one step lower in 30
# of 100 cases each, at an end of the scale the other way; one draw with the figures of the course's reference.
REFERENCE = np.array([[26, 17, 2, 0], [12, 28, 31, 8], [0, 0, 47, 47], [0, 0, 18, 64]])
TABLES = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=3)


def test_kappa_of_fleiss_cohen_everitt_1969() -> None:
    """Their table has .70 graded alike, .475 by chance, and a κ of .429."""
    found = ag.kappa(FLEISS)

    assert found.observed == pytest.approx(0.70)
    assert found.expected == pytest.approx(0.475)
    assert found.kappa == pytest.approx(0.4286, abs=5e-5)
    assert found.band == "moderate"


def test_kappa_of_the_textbook_table() -> None:
    """20, 5, 10, 15: .70 alike, .50 by chance, κ .40, which is the top of fair."""
    found = ag.kappa(np.array([[20, 5], [10, 15]]))

    assert (found.observed, found.expected, found.kappa, found.band) == (0.7, 0.5, 0.4, "fair")


def test_the_reference_figures_550_384_748() -> None:
    """Two departments with opposite bias: .550 alike, κ .384, and .748 where near misses count in part."""
    plain, weighted = ag.kappa(REFERENCE), ag.kappa(REFERENCE, weights="quadratic")

    assert round(plain.observed, 3) == 0.550
    assert (round(plain.kappa or 0, 3), round(weighted.kappa or 0, 3)) == (0.384, 0.748)
    assert (plain.band, weighted.band) == ("fair", "substantial")


@settings(max_examples=25)
@given(TABLES)
def test_kappa_equals_one_minus_the_ratio_of_disagreements(rows: list[list[int]]) -> None:
    """A second method: 1 − observed ÷ expected disagreement, cell by cell, plain and weighted."""
    table = np.array(rows)
    if not table.sum():
        return
    for weights in ("plain", "linear", "quadratic"):
        found = ag.kappa(table, weights=weights)
        seen = by_chance = 0.0
        for i in range(3):
            for j in range(3):
                cost = {"plain": float(i != j), "linear": abs(i - j) / 2, "quadratic": (i - j) ** 2 / 4}[weights]
                seen += cost * table[i, j] / table.sum()
                by_chance += cost * table[i].sum() * table[:, j].sum() / table.sum() ** 2
        if by_chance < 1e-12:
            assert found.kappa is None
            assert found.band == "undefined"
        else:
            assert found.kappa == pytest.approx(1 - seen / by_chance, abs=1e-9)
            assert -1 <= found.low <= found.kappa + 1e-9
            assert found.kappa <= found.high + 1e-9 <= 1 + 2e-9
            swapped = ag.kappa(table.T, weights=weights)
            assert swapped.kappa == pytest.approx(found.kappa)


def test_the_interval_is_that_of_resampled_customers() -> None:
    """The large-sample interval agrees with 4,000 resamples to two hundredths."""
    rng = np.random.default_rng(1)
    cells = FLEISS.ravel() / FLEISS.sum()
    drawn = [ag.kappa(rng.multinomial(100, cells).reshape(3, 3)).kappa for _ in range(4_000)]
    found = ag.kappa(FLEISS)

    assert (found.high - found.low) / 2 == pytest.approx(1.96 * np.std(np.array(drawn, dtype=float)), abs=0.02)


def test_the_bands_of_landis_and_koch_1977() -> None:
    """Up to .20 slight, .40 fair, .60 moderate, .80 substantial, above almost perfect; below 0 poor."""
    values = {
        -0.01: "poor",
        0.0: "slight",
        0.20: "slight",
        0.21: "fair",
        0.60: "moderate",
        0.80: "substantial",
        0.81: "perfect",
    }

    assert {value: ag.Agreement(1, 0, 0, value, 0, 0).band for value in values} == values


def test_one_grade_for_everybody_has_no_kappa() -> None:
    """Where chance alone agrees fully, nothing can be measured; perfect agreement of two grades is 1."""
    assert ag.kappa(np.array([[9, 0], [0, 0]])).kappa is None
    assert ag.kappa(np.array([[9, 0], [0, 3]])).kappa == 1.0


def test_bad_tables_are_refused() -> None:
    """No counts, counts below 0, a table that is not square, and grades nobody agreed on are named."""
    with pytest.raises(NothingLeft):
        ag.kappa(np.zeros((2, 2)))
    for table in (np.array([[1, -1], [0, 1]]), np.ones((2, 3)), np.array([[np.nan, 1], [1, 1]])):
        with pytest.raises(BadSetting, match="square"):
            ag.kappa(table)
    with pytest.raises(BadSetting, match="weights"):
        ag.kappa(FLEISS, weights="cubic")  # type: ignore[arg-type]
    with pytest.raises(BadSetting, match="Z"):
        ag.confusion(pd.Series(["A"]), pd.Series(["Z"]), "ABCD")


def test_who_grades_higher_turns_round() -> None:
    """The sentence names sales, service, neither, or that nothing differs, from the data at hand."""
    high, low = pd.Series(["A", "A", "B"]), pd.Series(["B", "B", "B"])
    codes = {}
    for name, (left, right) in {"first": (high, low), "second": (low, high), "all": (high, high)}.items():
        gap = ag.leaning(left, right, "ABCD")
        codes[name] = ag.finding(ag.kappa(ag.confusion(left, right, "ABCD")), gap).code
    assert codes == {
        "first": "agreement.finding.first",
        "second": "agreement.finding.second",
        "all": "agreement.finding.all",
    }


@pytest.mark.parametrize("seed", [7, *(pytest.param(s, marks=pytest.mark.full) for s in range(11, 30))])
def test_one_standard_brings_the_departments_together(seed: int) -> None:
    """Planted: right for 70 and then for 92 in 100, sales one step higher: κ rises from fair to substantial."""
    labels = simulate.table("labels", seed)
    found = []
    for turn in (1, 2):
        rows = labels[labels["round"] == turn].set_index("customer_id")
        sales, service = (rows.loc[rows["dept"] == dept, "grade"] for dept in ("sales", "service"))
        found.append(ag.kappa(ag.confusion(sales, service, "ABCD")))
        assert ag.finding(found[-1], ag.leaning(sales, service, "ABCD")).code == "agreement.finding.first"

    assert [each.band for each in found] == ["fair", "substantial"]
    assert found[0].high < found[1].low
