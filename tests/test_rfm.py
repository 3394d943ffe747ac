"""Recency, frequency, monetary value: the rules a lesson teaches are the rules the code keeps."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import rfm
from custlib.content import LANGUAGES, Words
from custlib.errors import BadColumn, BadSetting, MissingColumns

settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")
CDNOW = Path(os.environ.get("CUSTLIB_CDNOW", Path(__file__).parents[2] / "shared" / "data" / "cdnow"))
ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 40), st.integers(-300, 900), st.sampled_from([None, "o1", "o2", "o3"])),
    min_size=1,
    max_size=40,
)


def as_orders(rows):
    """Rows of (customer, day, amount, order) as a table; one purchase more, so that somebody has bought."""
    rows = [*rows, (0, 0, 5, None)]
    orders = pd.DataFrame(rows, columns=["customer_id", "day", "amount", "order_id"])
    orders["date"] = pd.Timestamp("2025-01-01") + pd.to_timedelta(orders.pop("day"), unit="D")
    return orders.astype({"amount": float})


def by_hand(orders, as_of, order_id):
    """The same summary with plain loops: the second method."""
    out = {}
    for customer in sorted(set(orders["customer_id"])):
        rows = [row for row in orders.to_dict("records") if row["customer_id"] == customer]
        baskets = {}
        for row in rows:
            if row["amount"] >= 0:
                named = order_id and isinstance(row["order_id"], str)
                baskets.setdefault(("id", row["order_id"]) if named else ("day", row["date"]), []).append(row)
        if not baskets:
            continue
        days = [min(row["date"] for row in basket) for basket in baskets.values()]
        spent = [sum(row["amount"] for row in basket) for basket in baskets.values()]
        net = sum(row["amount"] for row in rows)
        out[customer] = ((as_of - max(days)).days, len(baskets), net, np.mean(spent), min(days), max(days))
    names = ["recency_days", "frequency", "monetary", "mean_order", "first_order", "last_order"]
    return pd.DataFrame.from_dict(out, orient="index", columns=names)


def plain(summary):
    """Values only, for comparing: no index name, no attributes."""
    return [
        tuple(round(value, 6) if isinstance(value, float) else value for value in row)
        for row in summary.reset_index().itertuples(index=False)
    ]


@given(ROWS, st.sampled_from([None, "order_id"]))
def test_summary_agrees_with_counting_by_hand(rows, order_id):
    """One row per customer who bought, by the rule of order ids and customer-days."""
    orders = as_orders(rows)
    summary = rfm.summarize(orders, as_of="2025-03-31", order_id=order_id)

    assert plain(by_hand(orders, pd.Timestamp("2025-03-31"), order_id)) == plain(summary)


@given(ROWS, st.randoms())
def test_row_order_and_names_do_not_matter(rows, random):
    """Shuffled rows and renamed customers give the same figures."""
    orders = as_orders(rows)
    shuffled = orders.sample(frac=1, random_state=random.randint(0, 999))
    renamed = shuffled.assign(customer_id="K" + shuffled["customer_id"].astype(str))

    assert plain(rfm.summarize(orders)) == plain(rfm.summarize(shuffled))
    assert [row[1:] for row in plain(rfm.summarize(orders))] == [row[1:] for row in plain(rfm.summarize(renamed))]


@given(ROWS, st.integers(-400, 400), st.sampled_from([0.01, 2.0, 100.0]))
def test_shifted_dates_and_scaled_money_move_only_themselves(rows, days, scale):
    """Shifting every date leaves recency alone; another currency scales the money and nothing else."""
    orders = as_orders(rows)
    moved = orders.assign(date=orders["date"] + pd.Timedelta(days=days), amount=orders["amount"] * scale)
    before, after = rfm.summarize(orders), rfm.summarize(moved)

    assert before["recency_days"].tolist() == after["recency_days"].tolist()
    assert before["frequency"].tolist() == after["frequency"].tolist()
    assert np.allclose(before["monetary"] * scale, after["monetary"])
    assert (after["first_order"] - before["first_order"]).dt.days.eq(days).all()


@given(ROWS)
def test_splitting_the_customers_splits_the_summary(rows):
    """Customers do not influence each other's row."""
    orders = as_orders(rows)
    parts = [part for _, part in orders.groupby(orders["customer_id"] % 2) if (part["amount"] >= 0).any()]
    pieces = pd.concat([rfm.summarize(part, as_of="2025-03-31") for part in parts]).sort_index()

    assert plain(rfm.summarize(orders, as_of="2025-03-31")) == plain(pieces)


def test_returns_cost_money_and_are_no_purchase():
    """A return lowers the net sum; it is no visit, no order and no last purchase."""
    orders = pd.DataFrame({"customer_id": ["A"] * 3, "date": ["2025-06-01", "2025-06-10", "2025-06-20"]})
    summary = rfm.summarize(orders.assign(amount=[100, 50, -30]), as_of="2025-06-30")

    assert summary.loc["A", ["recency_days", "frequency", "monetary", "mean_order"]].tolist() == [20, 2, 120, 75]


def test_customers_with_returns_only_are_set_aside_and_counted():
    """Who never bought has no recency; the finding says how many there are."""
    orders = pd.DataFrame({"customer_id": ["A", "B"], "date": "2025-06-01", "amount": [10, -5]})
    summary = rfm.summarize(orders)

    assert summary.index.tolist() == ["A"]
    assert {issue.code: issue.values["count"] for issue in summary.attrs["issues"]}["data.only_returns"] == 1


def test_one_customer_is_enough():
    """A single purchase gives a summary, scores and a segment."""
    orders = pd.DataFrame({"customer_id": [7], "date": ["2025-06-01"], "amount": [10]})
    named = rfm.segment(rfm.score(rfm.summarize(orders)))

    assert named[["r", "f", "m"]].to_numpy().tolist() == [[1, 1, 1]]
    assert len(rfm.by_segment(named)) == 1


def summaries():
    """Summary tables with many ties, as in real lists."""
    row = st.tuples(st.integers(0, 30), st.integers(1, 6), st.integers(-50, 400))
    return st.lists(row, min_size=1, max_size=60).map(
        lambda rows: pd.DataFrame(rows, columns=["recency_days", "frequency", "monetary"])
    )


@given(summaries(), st.integers(1, 11), st.sampled_from(["low", "mid"]))
def test_scores_are_whole_numbers_in_range_and_ties_tie(summary, bins, ties):
    """Scores lie in 1..bins, equal customers score equally, and better is never lower."""
    scored = rfm.score(summary, bins=bins, ties=ties)

    for letter, name in rfm.LETTERS.items():
        assert scored[letter].between(1, bins).all()
        assert scored[letter].dtype == np.int64
        ordered = scored.groupby(name)[letter].agg(["min", "max"]).sort_index(ascending=letter != "r")
        assert ordered["min"].eq(ordered["max"]).all()
        assert ordered["min"].is_monotonic_increasing


@given(summaries())
def test_low_ties_follow_the_rule_of_customers_strictly_worse(summary):
    """score = 1 + floor(k · number strictly worse ÷ n)."""
    scored = rfm.score(summary, bins=5)
    money = summary["monetary"].tolist()

    assert [1 + 5 * sum(other < own for other in money) // len(money) for own in money] == scored["m"].tolist()


@given(summaries(), st.integers(1, 11), st.sampled_from(["low", "mid"]))
def test_own_cuts_give_the_same_scores(summary, bins, ties):
    """The cut table reproduces the scores it came with."""
    scored = rfm.score(summary, bins=bins, ties=ties)
    again = rfm.score(summary, cuts=scored.attrs["cuts"])

    pd.testing.assert_frame_equal(scored, again)


def test_frozen_cuts_make_months_compare():
    """By last month's cuts a list in which everybody improved scores higher; by its own it cannot."""
    june = pd.DataFrame(
        {"recency_days": [5, 20, 60, 90, 200], "frequency": [9, 6, 4, 2, 1], "monetary": [9, 7, 5, 3, 1]}
    )
    july = june.assign(frequency=june["frequency"] + 5)
    cuts = rfm.score(june).attrs["cuts"]

    assert rfm.score(july)["f"].tolist() == [5, 4, 3, 2, 1]
    assert rfm.score(july, cuts=cuts)["f"].tolist() == [5, 5, 5, 4, 4]
    assert rfm.score(june.assign(monetary=-1), cuts=cuts)["m"].tolist() == [1] * 5


def test_the_cut_table_shows_the_best_score_first():
    """Five rows, best first, with the lowest value that earns each score."""
    june = pd.DataFrame(
        {"recency_days": [5, 20, 60, 90, 200], "frequency": [1, 1, 1, 2, 9], "monetary": [9, 7, 5, 3, 1]}
    )
    table = rfm.score(june).attrs["cuts"].table()

    assert table.index.tolist() == [5, 4, 3, 2, 1]
    assert table["recency_days"].tolist() == [5, 20, 60, 90, 200]
    assert table["frequency"].isna().tolist() == [False, False, True, True, False]


def test_an_empty_score_says_why():
    """A tie that spans a score, a list too short for it and foreign cuts are told apart, in both languages."""
    tied = pd.DataFrame({"recency_days": range(10), "frequency": [1] * 6 + [2, 3, 4, 5], "monetary": range(10)})
    few = tied[:3].assign(frequency=[1, 2, 3])
    foreign = rfm.score(tied[8:], cuts=rfm.score(tied).attrs["cuts"])
    reasons = {
        "data.empty_score.frequency": rfm.empty_cells(rfm.score(tied)),
        "data.empty_score.few": rfm.empty_cells(rfm.score(few)),
        "data.empty_score.cuts": rfm.empty_cells(foreign),
    }

    for code, findings in reasons.items():
        assert {finding.code for finding in findings} == {code}
        assert all(Words(language).say(finding) for language in LANGUAGES for finding in findings)
    assert (
        Words("en")
        .say(reasons["data.empty_score.frequency"][0])
        .startswith("No customer has F 2: 60 % have 1 purchase")
    )
    assert rfm.empty_cells(rfm.score(tied.assign(frequency=range(10)))) == ()


def grid():
    """All 125 combinations of three scores."""
    cells = pd.MultiIndex.from_product([range(1, 6)] * 3, names=list("rfm")).to_frame(index=False)
    return cells.assign(recency_days=100 * (6 - cells["r"]), monetary=cells["m"] * 10.0, frequency=cells["f"])


def test_segments_share_out_all_cells():
    """Ten names cover the 25 cells of R and F, each exactly once, as published tables mean to."""
    named = rfm.segment(grid())
    expected = {
        "hibernating": {(1, 1), (1, 2), (2, 1), (2, 2)},
        "at_risk": {(1, 3), (1, 4), (2, 3), (2, 4)},
        "cant_lose": {(1, 5), (2, 5)},
        "about_to_sleep": {(3, 1), (3, 2)},
        "need_attention": {(3, 3)},
        "loyal": {(3, 4), (3, 5), (4, 4), (4, 5)},
        "promising": {(4, 1)},
        "new": {(5, 1)},
        "potential_loyalist": {(4, 2), (4, 3), (5, 2), (5, 3)},
        "champions": {(5, 4), (5, 5)},
    }

    assert expected == {name: set(zip(part["r"], part["f"], strict=True)) for name, part in named.groupby("segment")}
    assert set(rfm.SEGMENTS) == set(expected)


def test_value_classes_follow_the_sum_of_scores():
    """High from 12 of 15, mid from 8 to 11, low up to 7."""
    named = rfm.segment(grid())
    total = named[["r", "f", "m"]].sum(axis=1)

    assert (named["value_class"] == "high").equals(total >= 12)
    assert (named["value_class"] == "low").equals(total <= 7)


def test_ten_bins_are_brought_to_fifths_and_seven_are_refused():
    """A multiple of five keeps its meaning; another number has no fifths."""
    summary = pd.DataFrame({"recency_days": range(20), "frequency": range(20), "monetary": range(20)})
    ten, five = (rfm.segment(rfm.score(summary, bins=bins)) for bins in (10, 5))

    assert ten["segment"].tolist() == five["segment"].tolist()
    assert ten["value_class"].tolist() == five["value_class"].tolist()
    with pytest.raises(BadSetting, match="bins"):
        rfm.segment(rfm.score(summary, bins=7))


def test_segments_add_up():
    """Customers and money of all segments are those of the list."""
    table = rfm.by_segment(rfm.segment(grid()))

    assert table["customers"].sum() == 125
    assert table[["share_customers", "share_monetary"]].sum().tolist() == pytest.approx([1, 1])
    assert table.index.tolist() == list(rfm.SEGMENTS)


def test_gone_quiet_reverses_on_reversed_data():
    """Who bought often and stays away is found in the data; where nobody is, the finding says so."""
    named = rfm.segment(grid())
    finding = rfm.quiet_finding(named)

    assert finding.code == "rfm.quiet.some"
    assert finding.values["n"] == 20
    assert finding.values["share_money"] == pytest.approx(20 / 125)
    assert rfm.gone_quiet(named)["monetary"].is_monotonic_decreasing
    assert rfm.quiet_finding(named[named["r"] > 2]).code == "rfm.quiet.none"


def test_nobody_is_quiet_who_bought_with_the_latest():
    """Where most customers bought on the last day, their tie gives them a low R, and yet they are not quiet."""
    days = ["2025-06-30"] * 8 + ["2025-01-01"] * 2
    table = pd.DataFrame({"customer_id": [f"C{i}" for i in range(10)], "date": days, "amount": 10.0})
    often = pd.concat([table, *[table[:4].assign(date=f"2025-05-0{d}") for d in range(1, 6)]])
    named = rfm.segment(rfm.score(rfm.summarize(often)))

    assert (named["r"] <= 2).all()
    assert rfm.quiet_finding(named).code == "rfm.quiet.none"


def test_a_list_without_net_money_has_no_shares_of_it():
    """A net sum of nothing gives shares of 0, not a missing number."""
    named = rfm.segment(grid().assign(monetary=0.0))

    assert rfm.by_segment(named)["share_monetary"].eq(0).all()
    assert rfm.quiet_finding(named).values["share_money"] == 0


def test_select_moves_both_cuts():
    """Often and quiet are both counted from the value given, inclusive."""
    summary = pd.DataFrame({"recency_days": [30, 90, 90, 200], "frequency": [5, 5, 2, 3]}, index=list("ABCD"))
    chosen = rfm.select(summary, quiet_after_days=90, often_from=3)

    assert summary.index[chosen].tolist() == ["B", "D"]


def test_attributes_survive_a_concat():
    """Nothing in attrs resists comparison: pandas compares them when it puts tables together."""
    scored = rfm.segment(rfm.score(rfm.summarize(as_orders([(1, 2, 3, None), (2, 5, -3, None)]))))

    assert len(pd.concat([scored, scored])) == 2 * len(scored)


def test_wrong_settings_and_columns_are_named():
    """What cannot be scored is refused by name."""
    good = pd.DataFrame({"recency_days": [1], "frequency": [1], "monetary": [1.0]})

    with pytest.raises(BadSetting, match="bins"):
        rfm.score(good, bins=0)
    with pytest.raises(BadSetting, match="ties"):
        rfm.score(good, ties="high")
    with pytest.raises(MissingColumns, match="recency_days"):
        rfm.score(good.rename(columns={"recency_days": "recency"}))
    with pytest.raises(BadColumn, match="monetary"):
        rfm.score(good.assign(monetary=np.nan))
    with pytest.raises(MissingColumns, match=r"rfm\.segment needs"):
        rfm.segment(good)
    with pytest.raises(BadSetting, match="9"):
        rfm.segment(good.assign(r=9, f=1, m=1))


@pytest.mark.skipif(not CDNOW.exists(), reason="the CDNOW data is not here; set CUSTLIB_CDNOW to its folder")
def test_cdnow_tie_groups_are_never_split():
    """On real data with half the customers at one purchase, nobody who ties scores differently."""
    names = ["master_id", "customer_id", "date", "cds", "amount"]
    log = pd.read_fwf(CDNOW / "CDNOW_sample.txt", header=None, names=names, dtype={"customer_id": str})
    scored = rfm.score(rfm.summarize(log, as_of="1998-06-30"))

    assert len(scored) == 2357
    assert scored.groupby("frequency")["f"].nunique().max() == 1
    assert [finding.values["score"] for finding in rfm.empty_cells(scored)] == [2]
