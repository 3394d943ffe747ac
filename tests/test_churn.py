"""Why customers left and how many: classes, causes, rates, and the planted notes found again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import churn, simulate
from custlib.content import dictionary
from custlib.errors import BadSetting, MissingColumns, NothingLeft

ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(1, 500), st.sampled_from(churn.CLASSES)), max_size=40)


def contracts(*rows: tuple[int, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["renewed", "value"])
    return table.assign(margin=0.4 * table["value"], contract_id=[f"V{at}" for at in range(len(table))])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_note_of_the_company_is_read_as_it_was_meant(language: str) -> None:
    """Each of the 24 notes that a person coded finds the same class by its cue words, in both languages."""
    notes = {key: words[language] for key, words in dictionary().items() if key.startswith("company.exit.")}
    read = churn.code(pd.Series(notes), language=language)

    assert len(notes) == 24
    assert {key.split(".")[2] for key in notes} == set(churn.CLASSES)
    assert [key for key, found in read.items() if found != str(key).split(".")[2]] == []


@pytest.mark.parametrize("seed", [7, 12])
def test_the_reasons_read_are_those_of_the_key(seed: int) -> None:
    """Reading a company's notes gives each lost contract the reason that the key has, in either language."""
    table, key = simulate.table("contracts", seed), simulate.keys(seed)["contracts"].set_index("contract_id")
    read = [churn.left(table, language=language)["reason"] for language in ("en", "zh")]

    assert read[0].equals(read[1])
    assert read[0].to_dict() == key.loc[key["reason_code"] != "", "reason_code"].to_dict()


def test_keaveney_1995_has_eight_classes_and_each_has_one_drawer() -> None:
    """Eight classes; each is filed under one cause, and only the missing answer can be moved."""
    every = pd.Series(churn.CLASSES)
    usual, moved = churn.cause(every), churn.cause(every, response="service")

    assert len(churn.CLASSES) == 8
    assert set(usual) == set(churn.CAUSES)
    assert every[usual != moved].tolist() == ["response"]
    with pytest.raises(BadSetting, match="relationship, service"):
        churn.cause(every, response="product")


def test_what_no_cue_is_found_in_is_not_placed() -> None:
    """An empty note, one in another language, or one that says nothing stays unplaced, and no number is a note."""
    assert set(churn.code(pd.Series(["", "…", "nan", "12"]))) == {churn.UNPLACED}
    assert churn.code(pd.Series(["太贵了"])).tolist() == [churn.UNPLACED]
    assert churn.code(pd.Series(dtype="str")).empty


def test_churn_by_hand() -> None:
    """Four due, worth 10, 20, 30 and 40, and the last one lost: a quarter by number, two fifths by value."""
    found = churn.rates(contracts((1, 10), (1, 20), (1, 30), (0, 40)))

    assert (found.due, found.lost, found.number, found.value, found.margin) == (4, 1, 0.25, 0.4, pytest.approx(0.4))
    assert churn.rates_finding(found).code == "churn.rates.larger"
    assert churn.rates_finding(churn.rates(contracts((0, 10), (1, 40)))).code == "churn.rates.smaller"
    assert churn.rates_finding(churn.rates(contracts((0, 10), (1, 10)))).code == "churn.rates.alike"
    assert churn.rates_finding(churn.rates(contracts((1, 10)))).code == "churn.rates.nobody"
    assert churn.rates_finding(churn.rates(contracts((1, 10)).head(0))).code == "churn.rates.nothing"


def test_the_interval_of_wilson_1927_holds_the_share() -> None:
    """302 of 1,800 lost is 16.8 %, between 15.1 and 18.6; everybody or nobody lost stays between 0 and 1."""
    found = churn.rates(contracts(*[(0, 1.0)] * 302, *[(1, 1.0)] * 1498))

    assert [round(100 * each, 1) for each in (found.number, found.low, found.high)] == [16.8, 15.1, 18.6]
    for only in ((0, 1.0), (1, 1.0)):
        one = churn.rates(contracts(only))
        assert 0 <= one.low <= one.number <= one.high <= 1


def test_what_is_neither_renewed_nor_lost_is_refused() -> None:
    """A third state, a missing one or a word for it is named; a missing column, too."""
    for strange in (2, None, "yes"):
        with pytest.raises(BadSetting, match="0, 1"):
            churn.rates(contracts((1, 10)).assign(renewed=[strange]))
    with pytest.raises(MissingColumns, match="value"):
        churn.rates(contracts((1, 10)).drop(columns="value"))
    with pytest.raises(MissingColumns, match="exit_note_en"):
        churn.left(contracts((1, 10)))


@settings(max_examples=12, deadline=None)
@given(ROWS)
def test_reasons_share_out_the_loss(rows: list[tuple[int, int, str]]) -> None:
    """Shares add up to the whole, fall from row to row, and moving a drawer moves no contract in or out."""
    table = pd.DataFrame(rows, columns=["renewed", "value", "reason"])
    for weight in (None, table["value"]):
        found = churn.pareto(table["reason"], weight)
        assert found["n"].sum() == len(table)
        assert found["share"].is_monotonic_decreasing
        assert found.empty or found["cumulative"].iloc[-1] == pytest.approx(1)
        assert churn.reasons_finding(found).code.startswith("churn.first.")
    filed = [churn.pareto(churn.cause(table["reason"], response=place)) for place in churn.FILED]
    assert filed[0]["n"].sum() == filed[1]["n"].sum() == len(table)


@settings(max_examples=12, deadline=None)
@given(ROWS.filter(len))
def test_turning_lost_into_renewed_turns_the_rate(rows: list[tuple[int, int, str]]) -> None:
    """What was lost and what was kept make the whole, in number and in value; both lie between 0 and 1."""
    table = contracts(*[(renewed, float(value)) for renewed, value, _ in rows])
    found, turned = churn.rates(table), churn.rates(table.assign(renewed=1 - table["renewed"]))

    for name in ("number", "value", "margin"):
        assert getattr(found, name) + getattr(turned, name) == pytest.approx(1)
        assert 0 <= getattr(found, name) <= 1


def test_sharp_doubling_of_the_mean_life() -> None:
    """From 10 to 5 per cent of defection the mean life doubles, 10 to 20 years, as Sharp objects to the 25–85 %."""
    assert [churn.mean_life(rate) for rate in (0.10, 0.05, 1.0)] == [10.0, 20.0, 1.0]
    for wrong in (0, -0.1, 1.5):
        with pytest.raises(BadSetting):
            churn.mean_life(wrong)


def orders(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def test_customers_at_the_start_by_hand() -> None:
    """Of three who bought in the first year one is gone, one buys less than half; who is new counts nowhere."""
    found = churn.at_start(
        orders(
            ("gone", "2024-01-10", 60.0),
            ("less", "2024-02-10", 100.0),
            ("less", "2025-02-10", 40.0),
            ("same", "2024-03-10", 40.0),
            ("same", "2025-03-10", 50.0),
            ("new", "2025-04-10", 900.0),
        ),
        as_of="2025-06-30",
    )

    assert (found["start"], found["gone"]) == (3, 1)
    assert [found[name] for name in ("customers", "revenue", "shrunk")] == pytest.approx([1 / 3, 0.3, 1 / 3])
    assert churn.start_finding(found).code == "churn.start.small"


def test_a_return_is_no_purchase_that_keeps_a_customer() -> None:
    """Who only sent goods back in the last year has not bought; who returned all of the first year was no customer."""
    rows = [
        ("A", "2024-01-10", 50.0),
        ("A", "2025-01-10", -10.0),
        ("B", "2024-01-10", 50.0),
        ("B", "2024-02-10", -50.0),
    ]
    found = churn.at_start(orders(*rows, ("C", "2025-06-30", 1.0)))

    assert (found["start"], found["gone"]) == (1, 1)


def test_a_list_too_short_says_so() -> None:
    """One year of purchases cannot show who left; a list without rows is a named error, and so is a strange window."""
    found = churn.at_start(orders(("A", "2025-06-01", 10.0)))

    assert churn.start_finding(found).code == "churn.start.none"
    assert np.isnan(found["customers"])
    with pytest.raises(NothingLeft):
        churn.at_start(orders())
    with pytest.raises(BadSetting, match="from 1"):
        churn.at_start(orders(("A", "2025-06-01", 10.0)), months=0)
