"""A growing line, a need by industry, and one customer's two numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from custlib.analysis import trends
from custlib.errors import MissingColumns

FIRMS = pd.DataFrame({"customer_id": ["R", "M"], "industry": ["retail", "manufacturing"]})


def lines(shares: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """One quarter per day named; of 100 yuan, so many are green: in retail, and elsewhere."""
    rows = [
        (who, day, category, amount, 0.1, "sale")
        for day, pair in shares.items()
        for who, green in zip("RM", pair, strict=True)
        for category, amount in (("green", green), ("drive", 100 - green))
    ]
    rows.append(("R", "2024-01-02", "green", -50.0, 0.1, "return"))
    return pd.DataFrame(rows, columns=["customer_id", "date", "category", "net_amount", "discount", "type"])


def test_the_share_of_a_line_by_hand() -> None:
    """8 of 100 and 22 of 100 in retail; returns are left out; the discount is the mean of the lines."""
    found = trends.line_share(lines({"2024-01-01": (8, 8), "2024-04-01": (22, 8)}), FIRMS)

    assert found.index.tolist() == ["2024Q1", "2024Q2"]
    assert found["inside"].tolist() == [0.08, 0.22]
    assert found["outside"].tolist() == [0.08, 0.08]
    assert found["price"].tolist() == pytest.approx([0.1, 0.1])
    with pytest.raises(MissingColumns, match="discount"):
        trends.line_share(lines({"2024-01-01": (8, 8)}).drop(columns="discount"), FIRMS)


@pytest.mark.parametrize(
    ("last", "code"), [((22, 8), "ahead"), ((8, 22), "behind"), ((20, 20), "level"), ((12, 8), "level")]
)
def test_the_finding_of_a_line_turns_round(last: tuple[float, float], code: str) -> None:
    """Ahead, behind, alike: from five percentage points on, first against last quarter."""
    found = trends.line_share(lines({"2024-01-01": (8, 8), "2024-04-01": last}), FIRMS)

    assert trends.line_finding(found).code == f"effect.line.{code}"
    assert trends.line_finding(found.iloc[:1]).code == "effect.line.few"


def firms(**security: float) -> pd.DataFrame:
    rows = [
        (industry, "security" if at < share * 100 else "cost")
        for industry, share in security.items()
        for at in range(100)
    ]
    return pd.DataFrame([*rows, ("tiny", "security"), ("a", "")], columns=["industry", "stated_need"])


def test_a_need_that_stands_out_is_named() -> None:
    """70 of 100 against 20 of 100; whoever was not asked, and an industry of one, say nothing."""
    found = trends.need_by_industry(firms(a=0.7, b=0.2, c=0.2))
    finding = trends.need_finding(found)

    assert found["n"].tolist() == [100, 100, 100]
    assert (finding.code, finding.values["ahead"]) == ("effect.need.some", ["a"])
    assert (finding.values["share"], finding.values["rest"]) == (0.7, 0.2)
    assert trends.need_finding(trends.need_by_industry(firms(a=0.25, b=0.2, c=0.2))).code == "effect.need.none"
    assert trends.need_finding(found.iloc[:0]).code == "effect.need.none"


def test_two_numbers_of_one_customer_are_joined() -> None:
    """Two orders under one number and three under another are five; lines of one order count once."""
    rows = [("A1", "X", "X"), ("A1", "X", "X"), ("A2", "X", "X"), ("A3", "X", "W"), ("A4", "X", "W"), ("A5", "X", "W"), ("A6", "Y", "Y")]  # fmt: skip
    table = pd.DataFrame(rows, columns=["order_id", "customer_id", "account_id"]).assign(type="sale")
    found = trends.joined(table)

    assert found.loc["X", ["accounts", "apart", "whole"]].tolist() == [2, 2, 5]
    assert found.index.tolist() == ["X"]
    assert trends.joined_finding(found).values["n"] == 1
    assert trends.joined_finding(trends.joined(table[table["customer_id"] == "Y"])).code == "effect.joined.none"
    with pytest.raises(MissingColumns, match="account_id"):
        trends.joined(table.drop(columns="account_id"))
