"""Matrices of customers, each under its own name."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import matrix, risk
from custlib.errors import BadSetting, MissingColumns

PAIRS = st.lists(st.tuples(st.integers(-50, 1000), st.integers(0, 100)), min_size=1, max_size=40)


def test_marcus_1998_cuts_at_the_means() -> None:
    """Above both means is best, above one is frequent or spender, neither uncertain; the mean itself is not above."""
    summary = pd.DataFrame({"frequency": [9, 9, 1, 1, 5], "mean_order": [90.0, 10.0, 90.0, 10.0, 50.0]})

    assert matrix.marcus(summary).tolist() == ["best", "frequent", "spender", "uncertain", "uncertain"]
    assert set(matrix.marcus(summary.head(1).reset_index(drop=True))) == {"uncertain"}
    with pytest.raises(MissingColumns, match="mean_order"):
        matrix.marcus(summary[["frequency"]])


def test_value_risk_at_its_lines() -> None:
    """Value is high from the line on, risk from 50 points on; who has no risk has no cell."""
    value = pd.Series({"a": 100.0, "b": 100.0, "c": 99.0, "d": 99.0, "e": 500.0})
    score = pd.Series({"a": 49.9, "b": 50.0, "c": 49.9, "d": 50.0, "e": None}, dtype=float)
    cell = matrix.value_risk(value, score, value_cut=100)

    assert cell.to_dict() == {"a": "core", "b": "defend", "c": "standard", "d": "restrict"}


def test_the_value_line_is_the_smallest_of_those_who_bring_80_per_cent() -> None:
    """50, 35, 10, 5: the second takes the sum over the line; the median takes those who bring something."""
    value = pd.Series([50.0, 35.0, 10.0, 5.0, -7.0, 0.0])

    assert matrix.value_cut(value) == 35.0
    assert matrix.value_cut(value, "median") == 22.5
    assert matrix.value_cut(pd.Series([-1.0, 0.0])) == float("inf")
    with pytest.raises(BadSetting, match="eighty"):
        matrix.value_cut(value, "mean")


@settings(max_examples=25)
@given(PAIRS, st.integers(1, 900), st.integers(5, 95))
def test_the_cells_share_out_the_customers(pairs: list[tuple[int, int]], value_cut: int, risk_cut: int) -> None:
    """Each customer stands in exactly one cell, the cells' values add up, and unmoved lines move nobody."""
    value, score = (pd.Series(each, dtype=float) for each in zip(*pairs, strict=True))
    cell = matrix.value_risk(value, score, value_cut=value_cut, risk_cut=risk_cut)
    table = matrix.summary(cell, value)

    assert len(cell) == len(value) == table["customers"].sum()
    assert table["value"].sum() == pytest.approx(value.sum())
    assert matrix.moved(cell, cell).empty
    lower = matrix.value_risk(value, score, value_cut=value_cut, risk_cut=risk_cut - 5)
    between = ((score >= risk_cut - 5) & (score < risk_cut)).sum()
    assert len(matrix.moved(cell, lower)) == between


def test_the_action_follows_the_dominant_component() -> None:
    """At high risk who may leave gets attention and who does not pay gets limits; a public payer its own way."""
    cell = pd.Series({"l": "defend", "p": "restrict", "s": "defend", "c": "core", "q": "standard"})
    card = pd.DataFrame({"dominant": ["leaving", "payment", "payment", "payment", "leaving"]}, index=cell.index)
    owned = pd.Series({"l": "state", "p": "private", "s": "state", "c": "public", "q": "private"})

    assert matrix.action(cell, card, owned).to_dict() == {
        "l": "leaving",
        "p": "payment",
        "s": "payment_public",
        "c": "grow",
        "q": "light",
    }
    assert matrix.action(cell, card)["s"] == "payment"


def test_three_matrices_under_their_own_names() -> None:
    """Kraljic, supplier preferencing and price × cost to serve: the four corners of each, cut at the medians."""
    x, y = pd.Series([9.0, 9.0, 1.0, 1.0]), pd.Series([9.0, 1.0, 9.0, 1.0])

    assert matrix.kraljic(x, y).tolist() == ["strategic", "leverage", "bottleneck", "non_critical"]
    assert matrix.preferencing(x, y).tolist() == ["core", "exploitable", "development", "nuisance"]
    assert matrix.price_cost(x, y).tolist() == ["carriage_trade", "passive", "aggressive", "bargain_basement"]
    with pytest.raises(BadSetting, match="value_risk"):
        matrix.cells("bcg", x, y, x > 1, y > 1)


def test_findings_of_the_matrix_turn_round() -> None:
    """No value at risk, some, or most of it; Marcus's best in core or not, from the data at hand."""
    value = pd.Series([100.0, 90.0, 1.0])
    codes = {
        name: matrix.at_risk_finding(matrix.value_risk(value, pd.Series(score), value_cut=50), value).code
        for name, score in {"none": [1.0, 1, 99], "some": [1.0, 99, 1], "most": [99.0, 1, 1]}.items()
    }
    best = pd.Series(["best", "best"])

    assert codes == {name: f"matrix.at_risk.{name}" for name in codes}
    assert matrix.same_name_finding(best, pd.Series(["core", "core"])).code == "matrix.names.agree"
    assert matrix.same_name_finding(best, pd.Series(["core", "restrict"])).code == "matrix.names.differ"
    assert matrix.same_name_finding(best[:0], pd.Series(["core"])).code == "matrix.names.nobody"


def test_every_cell_and_component_has_its_words() -> None:
    """Whatever the analysis can answer, both languages have a word for."""
    from custlib.content import Words

    actions = [*risk.COMPONENTS, "payment_public", "grow", "light"]
    names = {"value_risk": "cell"}
    keys = [f"matrix.{names.get(kind, kind)}.{cell}" for kind, cells in matrix.CELLS.items() for cell in cells]
    keys += [f"matrix.action.{each}" for each in actions] + [f"matrix.component.{each}" for each in risk.COMPONENTS]

    assert [key for key in keys if not Words("en").has(key)] == []
