"""Customers of the data as a conversation meets them: tables go in, plain records come out."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from custlib.errors import CannotFit, DataWarning, UnknownName
from custlib.practice.play import CustomerFacts
from custlib.practice.scenarios import Scenario

if TYPE_CHECKING:
    import pandas as pd

MONTHS = 24
# Fewer purchases give a customer no rhythm to speak of.
LEAST_ORDERS = 3


def bind(
    orders: pd.DataFrame,
    names: Mapping[object, str],
    scenario: Scenario,
    *,
    customer: str = "",
    months: int = MONTHS,
    margin: float = 1.0,
) -> CustomerFacts | None:
    """Choose a customer of the data for a scenario and say what is known of him.

    orders(customer_id, date, amount[, order_id]). Without an id, the one who bought most in the last twelve months
    among those whose cell the scenario binds; None where nobody fits. The value is that of revenue: what a talk is
    about. Raises UnknownName for an id that is not in the data, CannotFit where the data do not tell its value.
    """
    from custlib.analysis.standing import standing

    try:
        with warnings.catch_warnings():
            # A talk is about an order of magnitude; what the model doubts is said where it is taught.
            warnings.simplefilter("ignore", DataWarning)
            table = standing(orders, months=months, margin=margin)
    except CannotFit:
        if customer:
            raise
        return None
    if customer:
        if customer not in table.index:
            raise UnknownName(kind="customer", name=customer, known=[str(each) for each in table.index])
        chosen: Any = customer
    else:
        fits = table[table["cell"].isin(scenario.persona.binds) & (table["orders"] >= LEAST_ORDERS)]
        if fits.empty:
            return None
        # The cells stand in the scenario's order of preference.
        place = fits["cell"].map({cell: rank for rank, cell in enumerate(scenario.persona.binds)})
        chosen = (
            fits.assign(place=place)
            .sort_values(["place", "spent_year"], ascending=[True, False], kind="stable")
            .index[0]
        )
    row = table.loc[chosen]
    return CustomerFacts(
        id=str(chosen),
        name=names.get(chosen) or str(chosen),
        orders=int(row["orders"]),
        last_day=row["last_order"].date(),
        days_since=int(row["recency_days"]),
        spent_year=round(float(row["spent_year"]), 2),
        value=round(float(row["value"]), 2),
        months=months,
        recency_score=int(row["r"]),
        frequency_score=int(row["f"]),
        monetary_score=int(row["m"]),
        p_alive=round(float(row["probability_alive"]), 4),
        cell=row["cell"],
    )
