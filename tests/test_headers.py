"""Headings: found below titles, guessed in both languages, never forced."""

from __future__ import annotations

import pytest

from custlib.analysis.intake.headers import (
    ROLES,
    Header,
    factor,
    find,
    fit,
    guess,
    is_note,
    is_total,
    letter,
    says,
    vat_of,
)


def roles(names: list[str], *below: list[object]) -> dict[str, str]:
    return dict(guess(Header(0, tuple(names)), below))


@pytest.mark.parametrize(
    ("names", "row", "expected"),
    [
        (
            ["序号", "客户名称", "单据日期", "价税合计（元）", "单据编号", "数量", "含税单价", "业务类型", "经销商", "统一社会信用代码", "客户电话"],
            [1, "甲", "2025-1-3", "5", "XS1", "1", "5", "销售", "", "91", "139"],
            {
                "customer_id": "客户名称", "date": "单据日期", "amount": "价税合计（元）", "order_id": "单据编号", "quantity": "数量",
                "unit_price": "含税单价", "return_flag": "业务类型", "company_code": "统一社会信用代码", "dealer": "经销商",
            },
        ),
        (
            ["Customer No.", "Customer Name", "Posting Date", "Net Amount", "Invoice No", "Qty", "Unit Price", "Delivery Date"],
            ["7", "A", "3/1/2025", "5", "1", "2", "3", "4/4/2025"],
            {"customer_id": "Customer No.", "date": "Posting Date", "amount": "Net Amount", "order_id": "Invoice No", "quantity": "Qty", "unit_price": "Unit Price"},
        ),
        (["kunde", "datum", "betrag"], ["A", "2025-01-01", "5"], {"date": "datum"}),
        (["客户类型", "联系电话", "Contact"], ["A", "139", "x"], {}),
    ],
)  # fmt: skip
def test_headings_are_guessed_in_both_languages(names: list[str], row: list[object], expected: dict[str, str]) -> None:
    """The best word wins, a telephone number is no customer, and what is unknown stays open."""
    assert roles(names, row) == expected


def test_a_heading_whose_column_cannot_bear_its_role_is_passed_over() -> None:
    """A column named date with words in it is no date; the next that fits is taken."""
    assert roles(["日期", "销售日期", "客户"], ["周报", "2025-01-03", "甲"])["date"] == "销售日期"


def test_headings_are_found_below_titles_and_named_apart() -> None:
    """Title rows are passed over; two equal headings and an empty one get names of their own."""
    rows = [["销售明细表"], ["期间：2025年1月"], ["客户", "日期", "金额", "金额", ""], ["甲", "2025-01-03", 5, 6, "x"]]

    assert find(rows) == Header(2, ("客户", "日期", "金额", "金额 (D)", "E"))


def test_a_list_without_headings_is_named_by_letters() -> None:
    """Where the first row already holds a date and an amount, it is data."""
    assert find([["甲", "2025-01-03", "5"], ["乙", "2025-01-04", "6"]]) == Header(None, ("A", "B", "C"))
    assert find([]) == Header(None, ())
    assert [letter(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_each_column_has_one_role_at_most() -> None:
    """No column stands under two roles, whatever the headings."""
    found = roles(
        ["customer", "date", "amount", "price", "total amount", "客户编号"], ["a", "2025-01-01", 1, 2, 3, "b"]
    )

    assert len(set(found.values())) == len(found)
    assert set(found) <= set(ROLES)


@pytest.mark.parametrize(
    ("name", "times"),
    [("金额（万元）", 10_000), ("金额(千元)", 1000), ("Amount (k)", 1000), ("Revenue in thousand", 1000), ("金额", 1), ("万家乐金额", 1), ("金额（元）", 1)],
)  # fmt: skip
def test_a_unit_in_a_heading_is_seen(name: str, times: int) -> None:
    """万元 in a heading means ten thousand; 万 in a name does not."""
    assert factor(name) == times


def test_vat_is_read_from_words() -> None:
    """不含税 is not 含税; net and gross say it too; a plain heading says nothing."""
    assert [vat_of(text) for text in ("不含税金额", "含税金额", "价税合计", "net amount", "Gross", "金额", "internet sales")] == [
        "out", "in", "in", "out", "in", "", "",
    ]  # fmt: skip


def test_sums_and_notes_are_known_by_their_labels() -> None:
    """小计, C001 汇总 and Grand Total are sums; a firm named TotalEnergies is none."""
    assert [
        is_total(text) for text in ("小计", "合计：", "C001 汇总", "Grand Total", "Total", "TotalEnergies", "甲公司")
    ] == [True] * 5 + [False] * 2
    assert [is_note(text) for text in ("制表人：张三", "Printed on 5 May", "甲公司")] == [True, True, False]
    assert [says(text, "returned") for text in ("退货", "Credit Note", "销售")] == [True, True, False]


def test_an_earlier_word_fits_better() -> None:
    """A customer number is preferred to a name, a whole heading to a part of one."""
    assert fit("客户编号", "customer_id") > fit("客户名称", "customer_id") > fit("主要客户名称栏", "customer_id") > 0
    assert fit("客户电话", "customer_id") == 0
