"""A participant's file is a table, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from custlib.analysis import simulate
from custlib.content import Words
from custlib.course.tables import Tables, read_made, read_table
from custlib.errors import UnknownName, UnreadableFile

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "text",
    [
        b"customer_id,date,amount\nA,2025-01-01,12\n",
        b"\xef\xbb\xbfcustomer_id;date;amount\r\nA;2025-01-01;12\r\n",
        b"customer_id\tdate\tamount\nA\t2025-01-01\t12\n",
    ],
)
def test_text_tables_are_read_whatever_separates_them(tmp_path: Path, text: bytes) -> None:
    """Comma, semicolon or tab; with or without a byte-order mark."""
    path = tmp_path / "list.csv"
    path.write_bytes(text)

    assert read_table(path).to_dict("records") == [{"customer_id": "A", "date": "2025-01-01", "amount": "12"}]


def test_a_leading_nought_of_a_customer_number_is_kept(tmp_path: Path) -> None:
    """A customer number is a name, not a number."""
    path = tmp_path / "list.csv"
    path.write_text("customer_id,date,amount\n00123,2025-01-01,12.50\n", encoding="utf-8")
    table = Tables(Words("en"), 7, tmp_path, str(path)).table("orders")

    assert table["customer_id"].tolist() == ["00123"]
    assert table["amount"].tolist() == [12.5]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "missing"),
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_text"),
        (b"a,b\n1,2,3,4\n5,6,7,8,9\n", "not_table"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(tmp_path: Path, content: bytes | None, reason: str) -> None:
    """Missing, empty, a picture, ragged: each has its own sentence."""
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnreadableFile) as caught:
        read_table(path)

    assert caught.value.values["reason"] == reason
    assert Words("zh").text(f"errors.reason.{reason}") in Words("zh").error(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder in place of a file is named as such."""
    with pytest.raises(UnreadableFile, match="folder"):
        read_table(tmp_path)


def test_an_unknown_table_is_answered_with_those_there_are(tmp_path: Path) -> None:
    """The names that exist stand in the message."""
    with pytest.raises(UnknownName, match="orders"):
        Tables(Words("en"), 7, tmp_path).table("order")


def test_practice_customers_have_a_name_in_each_language(tmp_path: Path) -> None:
    """Names are unique, and written in the reader's language."""
    names = {language: Tables(Words(language), 7, tmp_path).names() for language in ("en", "zh")}

    assert [len(set(each.values())) for each in names.values()] == [2400, 2400]
    assert list(names["en"]) == list(names["zh"])


@pytest.mark.parametrize("name", ["orders", "customers", "leads", "goals", "transactions_raw"])
def test_a_committed_table_is_read_as_it_was_made(name: str) -> None:
    """From the file or from the seed: the same values, the same kinds of columns."""
    read, made = read_made(ROOT / "datasets" / f"{name}.csv"), simulate.table(name, 7)

    assert [kind.kind for kind in read.dtypes] == [kind.kind for kind in made.dtypes]
    assert read.astype(object).equals(made.astype(object))


def test_another_seed_is_another_company() -> None:
    """The committed files are those of the first seed only."""
    first, other = (Tables(Words("en"), seed, ROOT / "datasets").table("orders") for seed in (7, 8))

    assert not first.equals(other)
    assert other.equals(simulate.table("orders", 8))
