"""One customer's own rhythm."""

from __future__ import annotations

import pandas as pd
import pytest

from custlib import frames
from custlib.analysis import rfm, rhythm

ORDERS = pd.DataFrame(
    {
        "customer_id": ["A"] * 5,
        "order_id": ["1", "1", "2", "3", "9"],
        "date": ["2025-06-01", "2025-06-20", "2025-03-01", "2025-01-01", "2025-06-25"],
        "amount": [50.0, 30.0, 20.0, 10.0, -5.0],
    }
)


def test_a_silence_counts_from_the_same_day_as_recency() -> None:
    """An order counts on its first day, in the figures and in the time line; a return ends no silence."""
    rows = frames.purchases(ORDERS, where="test", order_id="order_id").frame
    past = rhythm.history(rows, "A")
    summary = rfm.summarize(ORDERS, order_id="order_id")

    assert past["kind"].tolist() == ["purchase", "purchase", "purchase", "return"]
    assert past["amount"].tolist() == [10.0, 20.0, 80.0, -5.0]
    assert rhythm.silence(past, summary.attrs["as_of"]).values["days"] == summary.at["A", "recency_days"] == 24


@pytest.mark.parametrize(
    ("days", "as_of", "code"),
    [
        (["2025-01-01", "2025-01-11"], "2025-01-22", "longer"),
        (["2025-01-01", "2025-01-11"], "2025-01-21", "usual"),
        (["2025-01-01", "2025-01-01"], "2025-03-01", "once"),
    ],
)
def test_a_silence_is_compared_with_the_longest_pause(days: list[str], as_of: str, code: str) -> None:
    """Longer than ever, no longer than before, or nothing to compare with."""
    past = pd.DataFrame({"date": pd.to_datetime(days), "amount": 1.0, "kind": "purchase"})

    assert rhythm.silence(past, pd.Timestamp(as_of)).code == f"rfm.customer.{code}"
