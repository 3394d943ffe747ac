"""The gate: every row is used or counted, and nothing is guessed."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from custlib import frames
from custlib.content import LANGUAGES, Words, dictionary
from custlib.errors import BadColumn, BadSetting, CustlibError, MissingColumns, NothingLeft


def table(**columns):
    """Four good rows, with the columns named here put in their place."""
    good = {"customer_id": ["A", "A", "B", "C"], "date": ["2025-06-01", "2025-06-02", "2025-06-03", "2025-06-04"]}
    return pd.DataFrame({**good, "amount": [10.0, 20.0, 30.0, 40.0], **columns})


def read(orders, **settings):
    return frames.purchases(orders, where="test", **settings)


def counts(result):
    return {issue.code: issue.values["count"] for issue in result.issues}


SET_ASIDE = [
    ("data.no_customer", {"customer_id": ["A", None, "B", " "]}, 2),
    ("data.no_date", {"date": ["2025-06-01", None, "", "2025-06-04"]}, 2),
    ("data.bad_date", {"date": ["2025-06-01", "30/06/2025", "2025-02-30", "2025-06-04"]}, 2),
    ("data.no_amount", {"amount": [1, None, np.nan, 4]}, 2),
    ("data.bad_amount", {"amount": ["1", "two", "1.234,5", "4"]}, 2),
    ("data.infinite_amount", {"amount": [1, np.inf, -np.inf, 4]}, 2),
]


@pytest.mark.parametrize(("code", "columns", "count"), SET_ASIDE, ids=[case[0] for case in SET_ASIDE])
def test_unusable_rows_are_set_aside_and_counted(code, columns, count):
    """A row that cannot be used is counted under its reason, and the others stay."""
    result = read(table(**columns))

    assert counts(result)[code] == count
    assert result.set_aside == count
    assert len(result.frame) == 4 - count


def test_a_row_with_two_faults_is_counted_once():
    """The rows used and the rows counted always add up to the rows read."""
    result = read(table(customer_id=["A", None, "B", "C"], amount=[1, np.nan, np.nan, 4]))

    assert counts(result) == {"data.no_customer": 1, "data.no_amount": 1}
    assert result.total == len(result.frame) + result.set_aside == 4


def test_rows_after_the_day_of_the_analysis_are_set_aside():
    """The day itself counts; what comes after it is set aside and counted."""
    result = read(table(), as_of="2025-06-03")

    assert counts(result) == {"data.after_as_of": 1}
    assert result.as_of == pd.Timestamp("2025-06-03")
    assert result.frame["date"].max() == pd.Timestamp("2025-06-03")


@pytest.mark.parametrize("as_of", ["2025-06-04", dt.date(2025, 6, 4), pd.Timestamp("2025-06-04 23:00"), 20250604])
def test_the_day_of_the_analysis_may_be_written_in_several_ways(as_of):
    """Text, dates, timestamps and whole numbers name the same day."""
    assert read(table(), as_of=as_of).as_of == pd.Timestamp("2025-06-04")


def test_without_a_day_the_last_day_in_the_data_counts():
    """as_of is taken from the data when it is not given, and shown."""
    assert read(table()).as_of == pd.Timestamp("2025-06-04")


@pytest.mark.parametrize("as_of", ["someday", float("nan"), None.__class__, "2025-13-01"])
def test_an_unreadable_day_of_analysis_is_refused(as_of):
    """A day that is none raises BadSetting, not a foreign error."""
    with pytest.raises(BadSetting, match="as_of"):
        read(table(), as_of=as_of)


WRITTEN = ["2025/6/3", "2025.6.3", "2025年6月3日", "20250603", "2025-06-03 23:59", "2025-06-03T23:59:59.5"]
TYPED = [dt.date(2025, 6, 3), dt.datetime(2025, 6, 3, 23, 59), pd.Timestamp("2025-06-03"), np.datetime64("2025-06-03")]


@pytest.mark.parametrize("written", [*WRITTEN, *TYPED, 20250603, 20250603.0], ids=str)
def test_a_day_is_read_however_it_is_written(written):
    """Year-first texts, compact numbers, dates and timestamps are the same calendar day."""
    result = read(table(date=pd.Series([written] * 4)))

    assert result.frame["date"].unique().tolist() == [pd.Timestamp("2025-06-03")]
    assert result.issues == ()


def test_time_zones_are_dropped_and_noted():
    """The day is taken as written, whatever the zone, and the zone is mentioned."""
    stamps = pd.to_datetime(["2025-06-03 23:30"] * 4).tz_localize("Asia/Shanghai")
    mixed = ["2025-06-03 23:30+08:00", "2025-06-03T01:00:00Z", "2025-06-03 10:00-0500", "2025-06-03"]

    assert counts(read(table(date=stamps))) == {"data.time_zone": 4}
    assert counts(read(table(date=mixed))) == {"data.time_zone": 3}
    assert read(table(date=mixed)).frame["date"].unique().tolist() == [pd.Timestamp("2025-06-03")]


def test_amounts_written_as_text_are_read_and_noted():
    """Thousands commas and currency marks are no obstacle; what stays unclear is set aside."""
    result = read(table(amount=["¥1,234.50", "1 200元", "−3", "5e2"]))

    assert result.frame["amount"].tolist() == [1234.5, 1200.0, -3.0, 500.0]
    assert counts(result) == {"data.text_amounts": 4, "data.returns": 1}


def test_zero_amounts_and_returns_are_noted_and_kept():
    """Zero is a purchase without money, a negative amount is a return; neither is lost."""
    result = read(table(amount=[0, 0, -5, 10]))

    assert counts(result) == {"data.zero_amounts": 2, "data.returns": 1}
    assert len(result.frame) == 4


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "float32", "int16", "object"])
def test_nullable_and_small_types_are_read_as_numbers(dtype):
    """The type a number is stored in does not matter."""
    result = read(table(amount=pd.Series([1, 2, 3, 4]).astype(dtype)))

    assert result.frame["amount"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert result.frame["amount"].dtype == np.float64


def test_decimals_and_nullable_gaps_are_read():
    """Decimals are numbers; a nullable gap is a missing amount."""
    assert read(table(amount=[Decimal("1.5")] * 4)).frame["amount"].tolist() == [1.5] * 4
    assert counts(read(table(amount=pd.array([1, None, 3, 4], dtype="Int64")))) == {"data.no_amount": 1}


def test_ids_keep_their_kind():
    """Whole numbers stay whole numbers even beside a gap, and texts stay texts."""
    assert read(table(customer_id=[1.0, np.nan, 2.0, 3.0])).frame["customer_id"].tolist() == [1, 2, 3]
    assert read(table(customer_id=["001", "001", "2", "3"])).frame["customer_id"].tolist() == ["001", "001", "2", "3"]
    assert read(table(customer_id=pd.Categorical(["a", None, "b", "b"]))).frame["customer_id"].tolist() == list("abb")


def test_spaces_around_an_id_do_not_make_another_customer():
    """Ids that differ only in spaces around them are one customer, and that is said."""
    result = read(table(customer_id=["A", " A", "A ", "B"]))

    assert result.frame["customer_id"].tolist() == ["A", "A", "A", "B"]
    assert counts(result) == {"data.trimmed_ids": 2}


def test_mixed_ids_are_read_as_text():
    """A column of texts and numbers sorts and groups as text."""
    assert read(table(customer_id=["A", 1, (2,), 1])).frame["customer_id"].tolist() == ["A", "1", "(2,)", "1"]


def test_a_column_that_is_mostly_unreadable_is_refused():
    """When more than half cannot be read, the wrong column was named: say which, and show an example."""
    with pytest.raises(BadColumn, match=r"“date”, 3 of 4 values cannot be read as a date; the first is “x”"):
        read(table(date=["x", "y", "z", "2025-06-04"]))
    with pytest.raises(BadColumn, match="“amount”"):
        read(table(amount=[True, False, True, True]))
    with pytest.raises(BadColumn, match="“date”"):
        read(table(date=[45000, 45001, 45002, 45003]))


def test_missing_columns_name_what_there_is():
    """The error names the column needed, the columns found, and the likely one."""
    with pytest.raises(MissingColumns, match=r"test needs the column amount.*value=|Rename your columns"):
        read(table().rename(columns={"amount": "value"}))
    with pytest.raises(MissingColumns, match="columns"):
        read(pd.DataFrame())


def test_a_column_that_stands_twice_is_refused():
    """Two columns of one name are ambiguous."""
    twice = pd.concat([table(), table()[["amount"]]], axis=1)

    with pytest.raises(BadSetting, match="stands twice"):
        read(twice)


@pytest.mark.parametrize("orders", [None, [1, 2], {"customer_id": [1]}, "orders.csv"], ids=str)
def test_what_is_no_table_is_refused(orders):
    """Anything but a table gets our error, not a foreign traceback."""
    with pytest.raises(BadSetting, match="orders"):
        read(orders)


@pytest.mark.parametrize(
    "orders", [table()[:0], table(customer_id=None), table(date=pd.NaT), table(amount=np.nan)], ids=range(4)
)
def test_when_nothing_is_left_the_reasons_are_given(orders):
    """No usable row is an error that says why, in both languages."""
    with pytest.raises(NothingLeft) as caught:
        read(orders)

    for language in LANGUAGES:
        said = Words(language).error(caught.value)
        assert str(len(orders)) in said
        assert all(Words(language).say(reason) in said for reason in caught.value.values["reasons"])


def test_every_issue_has_words_in_both_languages():
    """No finding of the gate is without a sentence."""
    texts = [*WRITTEN, "30/06/2025", None]
    everything = table(
        customer_id=["A", None, " B", "C"], date=["2025-06-01Z", *texts][:4], amount=["1", "0", "-2", "x"]
    )
    found = {issue.code for issue in read(everything, as_of="2025-06-30").issues}

    assert found
    for key in found | {case[0] for case in SET_ASIDE}:
        assert key in dictionary()
        assert all(Words(language).say(key, count=2, example="x") for language in LANGUAGES)


def test_our_errors_share_one_base():
    """One except clause catches everything the gate raises on purpose."""
    with pytest.raises(CustlibError):
        read(table()[:0])


def test_the_table_read_is_left_as_it_was():
    """Reading changes nothing in the caller's table."""
    orders = table(amount=["1", "2", "x", "4"])
    before = orders.copy(deep=True)
    read(orders)

    pd.testing.assert_frame_equal(before, orders)


def test_order_ids_come_along_with_gaps():
    """Where an order id is named, it stands in the table, and its gaps stay gaps."""
    result = read(table(order_id=["o1", "o1", None, "o2"]), order_id="order_id")

    assert result.frame["order_id"].fillna("-").tolist() == ["o1", "o1", "-", "o2"]
