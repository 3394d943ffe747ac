"""What customers brought and what serving them cost."""

from __future__ import annotations

import pandas as pd
import pytest

from custlib.analysis import contribution, simulate
from custlib.errors import BadSetting, MissingColumns

LINES = pd.DataFrame(
    {
        "customer_id": ["A", "A", "A", "B", "C"],
        "date": ["2025-06-30", "2025-03-01", "2025-04-01", "2024-06-30", "2025-06-01"],
        "net_amount": [900.0, 100.0, -100.0, 500.0, 90.0],
        "cogs": [500.0, 60.0, -60.0, 300.0, 100.0],
        "qty": [10, 2, -2, 5, 1],
        "list_price": [100.0, 50.0, 50.0, 100.0, 100.0],
    }
)
CONTACTS = pd.DataFrame(
    {
        "customer_id": ["A", "B", "B", "X"],
        "date": ["2025-06-30", "2025-01-01", "2024-06-30", "2025-01-01"],
        "cost": [50, 30, 1000, 7],
    }
)


def test_last_months_by_hand() -> None:
    """Net of returns, goods and contacts of twelve months; who bought before only has the cost of the contacts."""
    facts = contribution.last_months(LINES, CONTACTS)

    assert facts.loc["A", ["revenue", "cost_of_goods", "cost_to_serve", "contribution"]].tolist() == [900, 500, 50, 350]
    assert facts.loc["A", ["volume", "price_kept"]].tolist() == [10, 0.9]
    assert facts.loc["B", ["revenue", "cost_to_serve", "contribution"]].tolist() == [0, 30, -30]
    assert pd.isna(facts.loc["B", "price_kept"])
    assert facts.loc["C", "contribution"] == -10
    assert list(facts.index) == ["A", "B", "C"]
    assert facts.attrs["window"] == (pd.Timestamp("2024-07-01"), pd.Timestamp("2025-06-30"))


def test_without_costs_the_margin_stands_in_for_them() -> None:
    """A list of purchases has revenue times margin, or revenue where no margin is given."""
    orders = LINES.rename(columns={"net_amount": "amount"})[["customer_id", "date", "amount"]]

    assert contribution.last_months(orders, margin=0.3)["contribution"].to_dict() == {"A": 270.0, "B": 0.0, "C": 27.0}
    assert contribution.last_months(orders)["contribution"]["A"] == 900.0


def test_bad_input_is_named() -> None:
    """A missing cost column and a period of no months are refused."""
    with pytest.raises(MissingColumns, match="cost"):
        contribution.last_months(LINES, CONTACTS[["customer_id", "date"]])
    with pytest.raises(BadSetting, match="months"):
        contribution.last_months(LINES, months=0)


def test_large_and_dear_turns_round() -> None:
    """The largest that costs more than it brings is named; where all of them earn, nobody is."""
    facts = pd.DataFrame({"revenue": [100.0, 50.0, 1.0], "contribution": [-5.0, 9.0, -1.0]}, index=list("abc"))

    assert contribution.dear(facts, top=0.34).index.tolist() == ["a"]
    assert contribution.dear_finding(facts, top=0.34).values["lost"] == 5.0
    assert contribution.dear_finding(facts.abs(), top=0.34).code == "matrix.dear.none"


def test_break_even_cost_of_gupta_and_lehmann_2003() -> None:
    """100 a year, retention .8, discount .1: 266.67 without end, 212.41 within five years."""
    assert contribution.break_even_cost(100, 0.8, 0.1) == pytest.approx(266.67, abs=0.005)
    assert contribution.break_even_cost(100, 0.8, 0.1, years=5) == pytest.approx(212.41, abs=0.005)


def test_purchases_are_orders_where_there_are_numbers() -> None:
    """Two orders of one day count twice with numbers and once without; returns do not count."""
    rows = [("A", "2025-01-01", 5.0, "1"), ("A", "2025-01-01", 5.0, "2"), ("A", "2025-02-01", -5.0, "3")]
    orders = pd.DataFrame(rows, columns=["customer_id", "date", "amount", "order_id"])

    assert contribution.purchases_before(orders).to_dict() == {"A": 2}
    assert contribution.purchases_before(orders.drop(columns="order_id")).to_dict() == {"A": 1}


def test_the_sums_of_the_company_by_a_second_method() -> None:
    """Revenue less goods less contacts of the last twelve months, by a plain groupby of the tables."""
    lines, contacts = simulate.table("transactions", 7), simulate.table("interactions", 7)
    inside = lines[lines["date"] > "2024-06-30"].groupby("customer_id")[["net_amount", "cogs"]].sum()
    served = contacts[contacts["date"] > "2024-06-30"].groupby("customer_id")["cost"].sum()
    plain = inside["net_amount"] - inside["cogs"] - served.reindex(inside.index).fillna(0)
    facts = contribution.last_months(lines, contacts)

    assert (facts.loc[inside.index, "contribution"] - plain).abs().max() < 0.011
