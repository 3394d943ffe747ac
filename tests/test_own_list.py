"""A list as systems export it becomes exactly the list it is: every row kept or set aside for one reason."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date as Day
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from old_workbooks import excel_97

from custlib import frames
from custlib.analysis.intake.own_list import pseudonyms
from custlib.analysis.intake.written import EPOCH
from custlib.content import Words
from custlib.course import drafts
from custlib.course.own import Reading
from custlib.errors import BadSetting, MissingColumns, NeedsAnswer, NothingLeft, UnreadableFile

TODAY = Day(2026, 1, 1)
ROOT = Path(__file__).parents[1]
CDNOW = Path(os.environ.get("CUSTLIB_CDNOW", ROOT.parent / "shared" / "data" / "cdnow"))
needs_cdnow = pytest.mark.skipif(
    not CDNOW.exists(), reason="the CDNOW data is not here; set CUSTLIB_CDNOW to its folder"
)

# What every awkward file below says: four orders of three customers, one of them a return.
TRUTH = [
    ("振业电机有限公司", "2025-03-07", 1234.5),
    ("海川机械厂", "2025-03-25", 120000.0),
    ("振业电机有限公司", "2025-04-05", -120.0),
    ("永安泵业", "2025-12-31", 980.25),
]
A, B, C = "振业电机有限公司", "海川机械厂", "永安泵业"
Settings = dict[str, str]


def text(path: Path, rows: list[list[object]], *, encoding: str = "utf-8", separator: str = ",") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def book(path: Path, rows: list[list[object]], *, merge: str = "") -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for area in merge.split():
        made.active.merge_cells(area)
    made.save(path)
    return path


def old(path: Path, rows: list[list[object]]) -> Path:
    path.write_bytes(excel_97(rows))
    return path


def serial(day: str) -> int:
    return (Day.fromisoformat(day) - EPOCH).days


def read(path: Path, **given: str) -> drafts.Draft:
    return drafts.finish(path, given, {}, today=TODAY)


def rows_of(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(zip(table["customer_id"], table["date"].dt.strftime("%Y-%m-%d"), table["amount"], strict=True))


HEAD = ["客户名称", "单据日期", "金额"]
AWKWARD: dict[str, tuple[Callable[[Path], Path], Settings, dict[str, int]]] = {
    "european CSV with semicolons": (
        lambda folder: text(folder / "a.csv", [
            ["Customer name", "Order date", "Net amount"],
            [A, "07.03.2025", "1.234,50"], [B, "25.03.2025", "120.000,00"], [A, "05.04.2025", "-120,00"], [C, "31.12.2025", "980,25"],
        ], encoding="utf-8-sig", separator=";"), {}, {},
    ),
    "american dates, brackets for returns": (
        lambda folder: text(folder / "a.csv", [
            ["Customer", "Invoice Date", "Amount"],
            [A, "3/7/25", "$1,234.50"], [B, "3/25/25", "$120,000.00"], [A, "4/5/25", "($120.00)"], [C, "12/31/25", "$980.25"],
        ]), {"vat": "out"}, {},
    ),
    "GBK with titles, subtotals and a footer": (
        lambda folder: text(folder / "a.csv", [
            ["朗衡电气销售明细表"], ["期间：2025年3月—2025年12月", "", "单位：元"], HEAD,
            [A, "2025年3月7日", "￥1,234.50"], [B, "2025/3/25", "12万"], ["小计", "", "121,234.50"],
            [A, "2025.4.5", "（120.00）"], [C, "2025-12-31", "980.25元"], ["合计", "", "122,094.75"], ["", "", ""], ["制表人：张三", "审核：李四"],
        ], encoding="gbk"), {"vat": "in"}, {"total_row": 2, "note_row": 1},
    ),
    "the same headings on every page": (
        lambda folder: text(folder / "a.txt", [
            HEAD, [A, "2025-03-07", "1234.50"], [B, "2025-03-25", "120000"], ["第1页 共2页"], HEAD, [A, "2025-04-05", "-120"], [C, "2025-12-31", "980.25"],
        ], encoding="gb18030", separator="\t"), {"vat": "in"}, {"note_row": 1, "headings_row": 1},
    ),
    "Excel's Unicode text": (
        lambda folder: text(folder / "a.txt", [
            HEAD, [A, "2025/3/7 10:30", "1234.5"], [B, "2025/3/25 0:00", "120000"], [A, "2025/4/5", "120.00-"], [C, "2025/12/31", "980.25"],
        ], encoding="utf-16", separator="\t"), {"vat": "in"}, {},
    ),
    "numbers kept as text by signs": (
        lambda folder: text(folder / "a.csv", [
            HEAD, [f'="{A}"', "`2025-03-07", "'1234.50"], [f" {B}\t", "45741", "１２００００"], [f"{A}　", "2025-04-05\t", "-120"], [C, '="2025-12-31"', '="980.25"'],
        ]), {"vat": "in"}, {},
    ),
    "a workbook with serial dates below a merged title": (
        lambda folder: book(folder / "a.xlsx", [
            ["销售明细表"], [], HEAD, [A, serial("2025-03-07"), 1234.5], [B, serial("2025-03-25"), 120000], ["小计", None, 121234.5],
            [A, serial("2025-04-05"), -120], [C, serial("2025-12-31"), 980.25], ["合计", None, 122094.75], ["制表人：张三"],
        ], merge="A1:C1"), {"vat": "in"}, {"total_row": 2, "note_row": 1},
    ),
    "an Excel 97 workbook": (
        lambda folder: old(folder / "a.xls", [
            ["朗衡电气销售明细表"], HEAD, [A, serial("2025-03-07"), 1234.5], [B, serial("2025-03-25"), 120000], ["小计", "", 121234.5],
            [A, serial("2025-04-05"), -120], [C, serial("2025-12-31"), 980.25],
        ]), {"vat": "in"}, {"total_row": 1},
    ),
    "a workbook with merged customers and date cells": (
        lambda folder: book(folder / "a.xlsx", [
            ["客户", "日期", "含税金额"], [B, datetime(2025, 3, 25), "120,000.00"], [A, datetime(2025, 3, 7, 9, 30), 1234.5],
            [None, datetime(2025, 4, 5), -120], [C, datetime(2025, 12, 31), 980.25],
        ], merge="A3:A4"), {}, {},
    ),
    "amounts in 万元": (
        lambda folder: text(folder / "a.csv", [
            ["客户", "日期", "不含税金额（万元）"], [A, "2025-03-07", "0.12345"], [B, "2025-03-25", "12"], [A, "2025-04-05", "-0.012"], [C, "2025-12-31", "0.098025"],
        ]), {"unit": "heading"}, {},
    ),
    "a flag for returns, an amount to work out": (
        lambda folder: text(folder / "a.csv", [
            ["客户编号", "日期", "数量", "不含税单价", "业务类型"],
            [A, "2025-03-07", "3", "411.5", "销售"], [B, "2025-03-25", "100", "1,200", "销售"], [A, "2025-04-05", "1", "120.00", "退货"], [C, "2025-12-31", "1", "980.25", "销售"],
        ]), {}, {},
    ),
    "words for returns that are not known": (
        lambda folder: text(folder / "a.csv", [
            ["客户", "日期", "不含税金额", "单据类型"],
            [A, "2025-03-07", "1234.5", "A1"], [B, "2025-03-25", "120000", "A1"], [A, "2025-04-05", "120.00", "A9"], [C, "2025-12-31", "980.25", "A1"],
        ]), {"returns": "A9"}, {},
    ),
    "customers in the first row of a block only": (
        lambda folder: text(folder / "a.csv", [
            ["客户", "日期", "不含税金额"], [B, "2025-03-25", "120000"], [C, "2025-12-31", "980.25"], [A, "2025-03-07", "1234.5"], ["", "2025-04-05", "-120"],
        ]), {"blanks": "above"}, {},
    ),
    "a text table whose name says Excel": (
        lambda folder: text(folder / "a.xls", [
            HEAD, [A, "2025-03-07", "1234.50"], [B, "2025-03-25", "120000.00"], [A, "2025-04-05", "-120.00"], [C, "2025-12-31", "980.25"],
        ], encoding="gbk", separator="\t"), {"vat": "in"}, {},
    ),
    "no headings at all": (
        lambda folder: text(folder / "a.csv", [
            [A, "2025-03-07", "1234.50"], [B, "2025-03-25", "120000.00"], [A, "2025-04-05", "-120.00"], [C, "2025-12-31", "980.25"],
        ]), {"columns": "customer_id=A,amount=C", "vat": "in"}, {},
    ),
    "dates only a person can tell": (
        lambda folder: text(folder / "a.csv", [
            ["Client", "Sales date", "Gross amount"], [A, "07/03/2025", "1234.50"], [A, "05/04/2025", "-120.00"], [B, "25 March 2025", "120000.00"], [C, "2025-12-31", "980.25"],
        ]), {"dates": "dmy"}, {},
    ),
    "some amounts with VAT": (
        lambda folder: text(folder / "a.csv", [
            ["客户", "日期", "金额", "是否含税"], [A, "2025-03-07", "1234.50", "否"], [B, "2025-03-25", "135600", "是"], [A, "2025-04-05", "-135.60", "含税"], [C, "2025-12-31", "980.25", "不含税"],
        ]), {"vat_rate": "13"}, {},
    ),
    "a branch of its own": (
        lambda folder: text(folder / "a.csv", [
            ["客户", "日期", "不含税金额"], [A, "2025-03-07", "1234.50"], [B, "2025-03-25", "120000"], [f"{A}苏州分公司", "2025-04-05", "-120"], [C, "2025-12-31", "980.25"],
        ]), {"branches": "one"}, {},
    ),
    "faults in every column": (
        lambda folder: text(folder / "a.csv", [
            ["客户", "日期", "不含税金额"], [A, "2025-03-07", "1234.50"], ["", "2025-03-08", "5"], [B, "", "5"], [B, "soon", "5"], [B, "2052-03-07", "5"], [B, "2025-03-25", "120000"],
            [B, "2025-03-25", ""], [B, "2025-03-25", "待定"], [B, "2025-03-25", "1e400"], [A, "2025-04-05", "-120"], [C, "2025-12-31", "980.25"],
        ]), {}, {"no_customer": 1, "no_date": 1, "bad_date": 1, "future_date": 1, "no_amount": 1, "bad_amount": 1, "infinite_amount": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_file_is_read_exactly(name: str, tmp_path: Path) -> None:
    """Whatever the form, the same four orders come out, and every other row is set aside for its reason."""
    make, answers, aside = AWKWARD[name]
    result = read(make(tmp_path), **answers).result

    assert result is not None
    assert sorted(rows_of(result.table)) == sorted(TRUTH)
    assert result.aside["reason"].value_counts().to_dict() == aside
    assert result.read == result.kept + len(result.aside)
    assert {each.code.rpartition(".")[2]: each.values["count"] for each in result.reasons} == aside


@pytest.mark.parametrize("name", [name for name, (_, answers, _) in AWKWARD.items() if set(answers) - {"columns"}])
def test_what_only_a_person_can_know_is_asked_by_name(name: str, tmp_path: Path) -> None:
    """Without the answer, the reading stops with one plain question, its parameter and the answers it takes."""
    make, answers, _ = AWKWARD[name]
    given = {key: value for key, value in answers.items() if key == "columns"}

    with pytest.raises(NeedsAnswer) as caught:
        read(make(tmp_path), **given)

    assert caught.value.values["parameter"] in answers
    for language, mark in (("en", "?"), ("zh", "？")):
        said = Words(language).error(caught.value)
        assert mark in said
        assert f"-p {caught.value.values['parameter']}=" in said


def test_an_answer_that_is_none_is_refused(tmp_path: Path) -> None:
    """A slip in an answer is named with the answers there are; so is a column that is not there."""
    path = AWKWARD["dates only a person can tell"][0](tmp_path)

    with pytest.raises(BadSetting, match="dmy, mdy"):
        read(path, dates="ydm")
    with pytest.raises(BadSetting, match="Client"):
        read(path, columns="customer_id=Kunde")
    with pytest.raises(BadSetting, match="columns"):
        read(path, columns="Client")


def test_a_list_with_unknown_headings_names_what_is_missing(tmp_path: Path) -> None:
    """Nothing is forced onto a column whose heading says nothing; naming the columns is enough."""
    path = text(tmp_path / "a.csv", [["kunde", "datum", "betrag"], ["A", "2025-01-01", "5"]])

    with pytest.raises(MissingColumns) as caught:
        read(path)
    assert caught.value.values["missing"] == ["customer_id", "amount"]
    assert len(read(path, columns="customer_id=kunde,amount=betrag", vat="in").result.table) == 1  # type: ignore[union-attr]


def test_the_courses_own_form_asks_nothing(tmp_path: Path) -> None:
    """customer_id, date and amount as the course writes them: no question, and what was no text stays none."""
    path = text(
        tmp_path / "a.csv",
        [["customer_id", "date", "amount", "order_id"], ["007", "2025-01-03", "5", "1"], ["", "2025-01-03", "5", ""]],
    )
    draft = read(path)

    assert draft.opened is not None
    assert draft.result is not None
    assert draft.opened.questions == ()
    assert draft.result.table["customer_id"].tolist() == ["007"]
    assert len(draft.result.aside) == 1


def test_the_report_names_what_was_done_and_where(tmp_path: Path) -> None:
    """Repairs are counted with the first before and after, rows set aside with their numbers in the file."""
    make, answers, _ = AWKWARD["GBK with titles, subtotals and a footer"]
    result = read(make(tmp_path), **answers).result
    assert result is not None
    said = [Words("en").say(each) for each in (*result.repairs, *result.reasons, *result.notes)]

    assert said == [
        "1 date in another form: “2025年3月7日” is 7 March 2025",
        "4 amounts in another form: “￥1,234.50” is 1,234.50",
        "2 totals or subtotals",
        "1 note around the list",
        "All amounts with VAT.",
        "1 return, counted with a minus.",
    ]
    assert [each.values["rows"] for each in result.reasons] == [[6, 9], [11]]
    assert (result.read, result.kept, result.repaired) == (7, 4, 4)


def test_a_dated_row_of_sums_is_no_customer(tmp_path: Path) -> None:
    """A subtotal that carries the day's date is known by its label; a firm named Total is a firm."""
    rows = [
        ["Date", "Customer", "Net amount"],
        ["2025-01-02", "Total", "5"],
        ["2025-01-02", "小计", "5"],
        ["2025-01-03", "Subtotal", "6"],
        ["2025-01-03", "小计", "6"],
    ]
    result = read(text(tmp_path / "a.csv", rows)).result

    assert result is not None
    assert rows_of(result.table) == [("Total", "2025-01-02", 5.0)]
    assert result.aside["row"].tolist() == [3, 4, 5]


def test_two_currencies_in_one_column_are_said(tmp_path: Path) -> None:
    """Nothing is converted, and nothing is passed over in silence."""
    rows = [
        ["客户", "日期", "不含税金额"],
        ["甲", "2025-01-02", "$5.00"],
        ["乙", "2025-01-02", "￥5.00"],
        ["丙", "2025-01-02", "5元"],
    ]
    result = read(text(tmp_path / "a.csv", rows)).result

    assert result is not None
    assert "金额不止一种货币（$、¥）" in "".join(Words("zh").say(each) for each in result.notes)


def test_nothing_to_use_is_said_with_the_reasons(tmp_path: Path) -> None:
    """Where no row can be used, the error says why; a workbook of formulas without results is told what to do."""
    with pytest.raises(NothingLeft) as caught:
        read(text(tmp_path / "a.csv", [HEAD, [A, "soon", "5"], [B, "later", "6"]]), vat="in", columns="date=单据日期")
    assert "2 dates that cannot be read" in str(caught.value)

    with pytest.raises(UnreadableFile) as refused:
        read(book(tmp_path / "a.xlsx", [HEAD, [A, "2025-01-02", "=1+1"]]), vat="in")
    assert refused.value.values["reason"] == "formulas"


@pytest.mark.parametrize("content", [b"hello, this is a list", b"customer,date,amount", b"a,b\n,\n"])
def test_a_file_without_rows_is_said_so(tmp_path: Path, content: bytes) -> None:
    """Twenty bytes are no list."""
    (tmp_path / "a.csv").write_bytes(content)

    with pytest.raises(UnreadableFile, match="no rows"):
        read(tmp_path / "a.csv")


def test_a_formula_stays_a_text_and_is_guarded_on_its_way_to_excel(tmp_path: Path) -> None:
    """`=cmd|…` as a customer is a name; written for Excel it gets an apostrophe, while numbers stay numbers."""
    evil = ["=cmd|'/c calc'!A0", "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1"]
    path = text(
        tmp_path / "a.csv",
        [
            ["客户", "日期", "不含税金额"],
            *([name, "2025-01-03", "-5.00"] for name in evil),
            *([name, "x", "-5.00"] for name in evil),
        ],
    )
    draft = read(path)
    assert draft.result is not None
    written = "".join(drafts.aside_rows(draft, {"bad_date": "日期读不出来"}, ("行号", "原因")))
    cells = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))[1:]

    assert draft.result.table["customer_id"].tolist()[:3] == evil[:3]
    assert written.startswith("\ufeff")
    assert all(row[2].startswith("'") for row in cells)
    assert {row[4] for row in cells} == {"-5.00"}
    assert [int(row[0]) for row in cells] == draft.result.aside["row"].tolist()


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_no_cell_written_for_excel_begins_as_a_formula(cells: list[str]) -> None:
    """Whatever a cell holds, what is written is no formula unless it is a plain number; and it comes back."""
    back = next(csv.reader(io.StringIO(drafts.line(cells), newline="")))

    for cell, written in zip(cells, back, strict=True):
        assert written in (cell, f"'{cell}")
        if written.lstrip(" \u3000\ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
            assert re.fullmatch(r"[+-]?\d[\d.,]*", written)


def test_a_reading_is_remembered_by_its_headings(tmp_path: Path) -> None:
    """Next month's export with the same headings asks nothing; other headings do."""
    make, answers, _ = AWKWARD["dates only a person can tell"]
    first = read(make(tmp_path), **answers)
    memory = {drafts.fingerprint(first.header.names): first.reading}
    again = drafts.begin(make(tmp_path), memory, today=TODAY)

    assert again.result is not None
    assert rows_of(again.result.table) == rows_of(first.result.table)  # type: ignore[union-attr]
    assert drafts.begin(make(tmp_path), {"other": Reading()}, today=TODAY).result is None


def test_what_was_remembered_never_overrules_the_data(tmp_path: Path) -> None:
    """An answer of last month does not hold where this month's dates decide."""
    header = ["Client", "Sales date", "Gross amount"]
    path = text(tmp_path / "a.csv", [header, [A, "03/25/2025", "1"], [A, "04/05/2025", "2"]])
    memory = {
        drafts.fingerprint(header): Reading(
            "", {"customer_id": "Client", "date": "Sales date", "amount": "Gross amount"}, {"dates": "dmy"}
        )
    }
    draft = drafts.begin(path, memory, today=TODAY)

    assert draft.result is not None
    assert [row[1] for row in rows_of(draft.result.table)] == ["2025-03-25", "2025-04-05"]


def test_a_column_has_one_role_and_roles_can_be_taken_back(tmp_path: Path) -> None:
    """Giving a column a second role takes it from the first; what is needed again stands among the missing."""
    draft = drafts.begin(AWKWARD["faults in every column"][0](tmp_path), {}, today=TODAY)
    moved = drafts.with_role(draft, "order_id", "客户", today=TODAY)

    assert draft.result is not None
    assert moved.missing == ("customer_id",)
    assert moved.result is None
    assert drafts.with_role(moved, "customer_id", "客户", today=TODAY).reading.columns["customer_id"] == "客户"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    orders=st.lists(
        st.tuples(st.sampled_from(["甲公司", "C-01", "007"]), st.dates(Day(2001, 1, 1), Day(2025, 12, 31)), st.integers(-10**7, 10**7)),
        min_size=1, max_size=30,
    ),
    form=st.sampled_from(["iso", "chinese", "serial", "dmy"]),
    european=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gbk", "utf-16"]),
    separator=st.sampled_from([";", "\t"]),
)  # fmt: skip
def test_what_is_written_is_read(
    orders: list[tuple[str, Day, int]], form: str, european: bool, encoding: str, separator: str, tmp_path: Path
) -> None:
    """Any orders in any form, encoding and separator come back as they were, in their order."""
    write = {
        "iso": Day.isoformat,
        "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
        "serial": lambda day: str((day - EPOCH).days),
        "dmy": lambda day: f"{day:%d.%m.%Y}",
    }
    swap = str.maketrans(",.", ".,") if european else {}
    rows: list[list[object]] = [["客户", "日期", "不含税金额"]]
    rows += [[name, write[form](day), f"{cents / 100:,.2f}".translate(swap)] for name, day, cents in orders]
    table = read(text(tmp_path / "a.csv", rows, encoding=encoding, separator=separator), dates="dmy").result.table  # type: ignore[union-attr]

    assert rows_of(table) == [(name, day.isoformat(), cents / 100) for name, day, cents in orders]


def test_pseudonyms_are_consistent_and_tell_nothing() -> None:
    """One number for each customer, the same each time, wide enough for all."""
    known = pseudonyms(pd.Series(["乙", "甲", "乙", "丙"]))

    assert known == {"乙": "K001", "甲": "K002", "丙": "K003"}
    assert pseudonyms(pd.Series([str(n) for n in range(2000)]))["1999"] == "K2000"


def clean() -> pd.DataFrame:
    """The 69,659 real purchases."""
    lines = [line.split() for line in (CDNOW / "CDNOW_master.txt").read_text("ascii").splitlines()[1:]]
    frame = pd.DataFrame(lines, columns=["customer_id", "date", "cds", "amount"])
    return frame.assign(
        date=pd.to_datetime(frame["date"]).astype("datetime64[s]"), amount=frame["amount"].astype(float)
    )


def ugly(orders: pd.DataFrame, number: Callable[[float], object], name: Callable[[str], str]) -> list[list[object]]:
    """An ERP's export of it: titles, serial dates, a subtotal every 500 rows, a total and a footer."""
    rows: list[list[object]] = [
        ["光盘销售明细账"],
        ["会计期间：1997年1月—1998年6月", "", "", "", "单位：元"],
        ["序号", "客户编码", "单据日期", "数量", "价税合计", "业务员"],
    ]
    total = 0.0
    for place, (customer, date, cds, amount) in enumerate(orders.itertuples(index=False), 1):
        total += amount
        rows.append([place, name(customer), (date.date() - EPOCH).days, int(cds), number(amount), "张三"])
        if place % 500 == 0:
            rows.append(["小计", None, None, None, number(round(total, 2)), None])
    return [*rows, ["合计", None, None, None, number(round(total, 2)), None], [], ["制表人：张三", None, "审核：李四"]]


def same(path: Path, orders: pd.DataFrame) -> None:
    draft = read(path)
    assert draft.result is not None
    table = draft.result.table

    pd.testing.assert_frame_equal(
        table[["customer_id", "date", "amount"]], orders[["customer_id", "date", "amount"]], check_dtype=False
    )
    assert draft.result.aside["reason"].value_counts().to_dict() == {"total_row": len(orders) // 500 + 1, "note_row": 1}
    assert frames.purchases(table, where="CDNOW").set_aside == 0


@needs_cdnow
def test_cdnow_as_an_ugly_gbk_export_gives_exactly_the_clean_list(tmp_path: Path) -> None:
    """Fader and Hardie's 69,659 purchases through a Chinese ERP's CSV: every customer, day and cent as before."""
    orders = clean()
    rows = ugly(orders, lambda amount: f"￥{amount:,.2f}", lambda customer: f'="{customer}"')
    same(text(tmp_path / "销售明细.csv", rows, encoding="gbk"), orders)


@needs_cdnow
@pytest.mark.full
def test_cdnow_as_an_ugly_workbook_gives_exactly_the_clean_list(tmp_path: Path) -> None:
    """The same through Excel, with a merged title."""
    orders = clean()
    same(book(tmp_path / "销售明细.xlsx", ugly(orders, lambda amount: amount, str), merge="A1:F1"), orders)


@pytest.mark.full
def test_two_hundred_megabytes_are_read_as_a_stream(tmp_path: Path) -> None:
    """2.7 million rows in GBK: progress is said all the way, and the peak of memory stays below 1.2 GB."""
    path = tmp_path / "big.csv"
    block = "".join(
        f'{2022 + n % 4}/{n % 12 + 1}/{n % 28 + 1},C{n % 60_000:06d},第{n % 60_000}号机电设备有限公司,"{n % 9_999_999 / 100:,.2f}",王小明,备注{n % 97}\r\n'
        for n in range(200_000)
    ).encode("gbk")
    with path.open("wb") as file:
        file.write("日期,客户编号,客户名称,不含税金额,业务员,备注\r\n".encode("gbk"))
        while file.tell() < 200 << 20:
            file.write(block)
    code = (
        "import sys, resource; from pathlib import Path; from datetime import date; from custlib.course import drafts; said = [];"
        "r = drafts.begin(Path(sys.argv[1]), {}, today=date(2026, 1, 1), progress=said.append).result;"
        "print(r.kept, len(r.aside), len(said), said == sorted(said), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    kept, aside, said, grows, peak = shown.stdout.split()

    assert (int(kept) % 200_000, int(aside), grows) == (0, 0, "True")
    assert int(kept) > 2_000_000
    assert int(said) > 100
    assert int(peak) < 1_200_000  # kilobytes
