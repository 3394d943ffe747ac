"""A report to hand on: the lesson on numbers in place of customers, and a key that stays at home."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from custlib.course.cli import main
from custlib.course.sharing import share, without_names
from custlib.errors import BadSetting

ROOT = Path(__file__).parents[1]
ROWS = "客户,日期,不含税金额,订单号,经销商\n" + "".join(
    f"{name},2025-0{month}-1{place},{month * 100 + place},秘密{place}{month},暗号公司\n"
    for place, name in enumerate(["振业电机", "海川机械", "永安泵业"])
    for month in range(1, 8 - place)
)


def test_names_orders_and_dealers_are_taken_out_of_the_data() -> None:
    """Customers and orders become numbers, the same for the same; dealers are left out; amounts stay."""
    table = pd.DataFrame(
        {
            "customer_id": ["乙", "甲", "乙"],
            "date": pd.to_datetime(["2025-01-01"] * 3),
            "amount": [1.0, 2.0, 3.0],
            "order_id": ["x", None, "x"],
            "dealer": "d",
        }
    )
    bare, known = without_names(table)

    assert list(bare.columns) == ["customer_id", "date", "amount", "order_id"]
    assert bare["customer_id"].tolist() == ["K001", "K002", "K001"]
    assert bare["order_id"].tolist()[::2] == [1, 1]
    assert bare["order_id"].isna().tolist() == [False, True, False]
    assert known == {"乙": "K001", "甲": "K002"}


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_shared_page_holds_no_name_and_the_key_holds_all(tmp_path: Path, language: str) -> None:
    """No customer, order number, dealer or file name stands in the page; the key gives each number its customer."""
    path = tmp_path / "某客户名单.csv"
    path.write_text(ROWS, encoding="gbk")
    made = share(ROOT, "05_rfm", language=language, given={"orders": str(path)}, out=tmp_path / "out", progress=False)
    page = made.page.read_text("utf-8")

    assert not [
        word for word in ("振业", "海川", "永安", "秘密", "暗号", "某客户", str(tmp_path), "/tmp/") if word in page
    ]
    assert "K001" in page
    assert list(csv.reader(made.key.read_text("utf-8-sig").splitlines()))[1:] == [
        ["K001", "振业电机"],
        ["K002", "海川机械"],
        ["K003", "永安泵业"],
    ]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        f"05_rfm.{language}.key.csv",
        f"05_rfm.{language}.shared.html",
    ]


def test_a_page_to_share_needs_a_list_of_ones_own(tmp_path: Path) -> None:
    """The practice company has no names to hide."""
    with pytest.raises(BadSetting, match="orders"):
        share(ROOT, "05_rfm", language="en", given={}, out=tmp_path)


@pytest.mark.full
def test_the_command_line_reads_a_list_by_its_settings(tmp_path: Path) -> None:
    """What is open is named with its parameter; with the answer the lesson runs; settings without a list are refused."""
    path = tmp_path / "list.csv"
    path.write_text(
        "Client,Sales date,Gross amount\n"
        + "".join(f"C{n % 7},0{n % 9 + 1}/0{n % 8 + 1}/2025,{n}.50\n" for n in range(60)),
        encoding="utf-8",
    )
    run = ["run", "05_rfm", "-p", f"orders={path}", "--out", str(tmp_path / "out")]

    asked = CliRunner().invoke(main, run)
    assert "-p dates=… and one of: dmy, mdy" in asked.output
    assert asked.exit_code == 1
    assert CliRunner().invoke(main, [*run, "-p", "dates=dmy"]).exit_code == 0
    page = (tmp_path / "out" / "05_rfm.en.html").read_text("utf-8")
    assert "7 customers, 60 rows" in page
    refused = CliRunner().invoke(main, ["run", "05_rfm", "-p", "dates=dmy", "--out", str(tmp_path)])
    assert "orders" in refused.output
    assert refused.exit_code == 1


def test_help_names_the_settings_of_a_list() -> None:
    """Every setting stands in the help, with the answers it takes."""
    shown = CliRunner().invoke(main, ["run", "05_rfm", "--help"]).output

    assert "dmy, mdy or ymd" in shown
    assert "--without-names" in shown
