"""What customers spend elsewhere: share of wallet, the allocation rule, hidden potential and gaps."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import contribution, rivals, simulate
from custlib.errors import BadSetting, MissingColumns

COLUMNS = ["customer_id", "quarter", "category_spend", "own", "rival_a", "rival_b", "rival_c", "n_suppliers"]


def table(*rows: tuple[str, float, float, float, float]) -> pd.DataFrame:
    full = [
        (who, "2025Q2", own + a + b + c, own, a, b, c, 1 + (a > 0) + (b > 0) + (c > 0)) for who, own, a, b, c in rows
    ]
    return pd.DataFrame(full, columns=COLUMNS)


def test_keiningham_2011_for_three_suppliers() -> None:
    """The Wallet Allocation Rule's published example: .500, .333 and .167 for three brands."""
    assert [round(rivals.wallet_rule(rank, 3), 3) for rank in (1, 2, 3)] == [0.5, 0.333, 0.167]
    assert rivals.wallet_rule(1, 1) == 1
    assert rivals.wallet_rule(1.5, 2) == pytest.approx(0.5)


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 12))
def test_the_rule_shares_out_the_wallet(suppliers: int) -> None:
    """The shares of all places add up to one and fall from place to place."""
    shares = [rivals.wallet_rule(rank, suppliers) for rank in range(1, suppliers + 1)]

    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_what_the_rule_does_not_know_is_refused() -> None:
    """No place 0, none beyond the last, no half supplier; at the top there is nothing above."""
    for rank, suppliers in ((0, 3), (4, 3), (1, 0), (1, 2.5)):
        with pytest.raises(BadSetting):
            rivals.wallet_rule(rank, suppliers)  # type: ignore[arg-type]
    assert rivals.one_rank_up(1, 3, 900) == 0
    assert rivals.one_rank_up(2, 3, 900) == pytest.approx(150)


def test_a_wallet_by_hand() -> None:
    """30 of 200 is 15 % and leaves 170; whoever spends nothing has no share; a tie counts for us."""
    found = rivals.wallets(table(("A", 30, 100, 70, 0), ("B", 0, 0, 0, 0), ("C", 50, 50, 0, 0)))

    assert found.loc["A", ["share", "headroom", "rank", "suppliers"]].tolist() == [0.15, 170, 3, 3]
    assert pd.isna(found["share"]["B"])
    assert found.loc["C", ["rank", "suppliers"]].tolist() == [1, 2]
    with pytest.raises(MissingColumns, match="own"):
        rivals.wallets(table(("A", 1, 1, 1, 1)).drop(columns="own"))


MONEY = st.integers(0, 1000)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(MONEY, MONEY, MONEY, MONEY), min_size=1, max_size=12))
def test_share_and_headroom_make_the_wallet(rows: list[tuple[int, int, int, int]]) -> None:
    """Headroom is spending times (1 − share), the rank never exceeds the suppliers, and gaps lie within 100 points."""
    found = rivals.wallets(table(*[(f"C{at}", *map(float, row)) for at, row in enumerate(rows)]))
    known = found.dropna(subset=["share"])

    assert known["headroom"].to_numpy() == pytest.approx((known["spend"] * (1 - known["share"])).to_numpy())
    assert (found["rank"] <= found["suppliers"]).all()
    points = rivals.gaps(found, pd.Series("all", index=found.index))
    assert (points.abs().fillna(0) <= 100 + 1e-9).all(axis=None)
    assert rivals.gaps_finding(points).code.startswith("rivals.gaps.")


def truth_13(seed: int) -> bool:
    """The hidden potential of the key, found by share, class and wallet."""
    revenue = contribution.last_months(simulate.table("transactions", seed))["revenue"]
    rows = rivals.hidden(rivals.wallets(simulate.table("competitor_share", seed)), revenue)
    key = simulate.keys(seed)["customers"]
    return set(rows.index) == set(key.loc[key["hidden_potential"] == 1, "customer_id"]) and len(rows) == 25


@pytest.mark.parametrize("seed", [7, 12])
def test_the_hidden_potential_is_found(seed: int) -> None:
    """Truth 13: 25 C accounts with little of a large wallet, and nobody else."""
    assert truth_13(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 21))
def test_the_hidden_potential_is_found_on_twenty_seeds(seed: int) -> None:
    """Truth 13 in every company."""
    assert truth_13(seed)


def test_who_buys_everything_from_us_hides_nothing() -> None:
    """Full wallets, small wallets, no A customer: nobody is named, and the finding says so."""
    revenue = pd.Series({"A": 1000.0, "B": 100.0, "C": 20.0})
    full = rivals.wallets(table(("A", 1000, 0, 0, 0), ("B", 100, 0, 0, 0), ("C", 20, 0, 0, 0)))
    large = rivals.wallets(table(("A", 1000, 0, 0, 0), ("C", 20, 1500, 0, 0)))

    assert rivals.hidden_finding(full, rivals.hidden(full, revenue)).code == "rivals.hidden.none"
    assert rivals.hidden(large, revenue).index.tolist() == ["C"]
    assert rivals.hidden_finding(large, rivals.hidden(large, revenue)).code == "rivals.hidden.one"
    assert rivals.hidden(large, revenue * 0).empty
    with pytest.raises(BadSetting):
        rivals.hidden(large, revenue, share=0)


def test_the_gap_to_a_rival_counts_those_who_use_it() -> None:
    """Ours less theirs over the wallet, among the users of that rival; where nobody uses it there is no figure."""
    found = rivals.wallets(table(("A", 30, 70, 0, 0), ("B", 100, 0, 0, 0), ("C", 60, 40, 0, 0)))
    points = rivals.gaps(found, pd.Series({"A": "retail", "B": "retail", "C": "finance"}))

    assert points["rival_a"].to_dict() == {"finance": 20.0, "retail": -40.0}
    assert points["rival_b"].isna().all()
    found_behind, found_ahead = rivals.gaps_finding(points), rivals.gaps_finding(-points.loc[["retail"]])
    assert (found_behind.code, found_behind.values["group"]) == ("rivals.gaps.behind", "retail")
    assert found_ahead.code == "rivals.gaps.ahead"
    assert rivals.gaps_finding(points[["rival_b"]]).code == "rivals.gaps.nothing"


def test_not_known_is_not_level() -> None:
    """Behind is closed, not known is asked, ahead is told, the most important first; level calls for nothing."""
    weight = pd.Series({"quality": 9.0, "terms": 6.0, "on_time": 8.0, "advice": 7.0})
    found = rivals.to_do(weight, {"quality": "level", "terms": "behind", "on_time": "behind"})

    assert found == {"close": ["on_time", "terms"], "ask": ["advice"], "tell": []}
    with pytest.raises(BadSetting, match="level"):
        rivals.to_do(weight, {"quality": "better"})
