"""A participant's own list, as it is brought in the open lesson: uploaded, mapped, answered, used, put away."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from harness import PATIENCE, visit

from custlib.content import Words

if TYPE_CHECKING:
    from harness import Visit
    from playwright.sync_api import Browser, Locator

    from custlib.course import lab

pytestmark = [pytest.mark.browser, pytest.mark.full]
SHOTS = os.environ.get("CUSTLIB_SHOTS")  # a folder: pictures of each step are left there
LANGUAGES = [("english", "en"), ("chinese", "zh")]


def export(path: Path) -> Path:
    """An ERP's export in GBK: titles, day numbers, dates by day or month first, a subtotal, returns by a flag, a footer."""
    firms = [
        "振业电机有限公司",
        "海川机械厂",
        "永安泵业",
        "东岭纸业",
        "凯越物流",
        "明德制药",
        "江北水务",
        "恒力纺织",
        "云栖食品",
        "北辰船厂",
    ]
    rows: list[list[object]] = [
        ["朗衡电气销售明细表"],
        ["期间：2024年1月—2025年9月"],
        ["单据日期", "客户名称", "单据编号", "业务类型", "价税合计（元）", "业务员"],
    ]
    for n in range(240):
        day = f"0{n % 9 + 1}/0{n * 7 % 9 + 1}/2025" if n % 40 == 3 else str(45_300 + n * 2)
        kind = "退货" if n % 29 == 5 else "销售"
        rows.append(
            [
                day,
                firms[n * n % 10] + (" " if n % 37 == 0 else ""),
                f"XS{10_000 + n // 2}",
                kind,
                f"￥{(n * 7919 % 90_000 + 100) / 10:,.2f}",
                "王工",
            ]
        )
        if n % 60 == 59:
            rows.append(["小计", "", "", "", "￥99,999.00", ""])
    rows += [
        ["合计", "", "", "", "￥999,999.00", ""],
        ["", "", "", "", "", ""],
        ["45301", "=cmd|'/c calc'!A0", "XS1", "销售", "待定", ""],
        ["制表人：张三", "", "审核：李四"],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("gbk"))
    return path


def look(seen: Visit, step: str, card: Locator) -> None:
    if SHOTS:
        for dark in (True, False):
            seen.picture(Path(SHOTS) / f"{step}{'.dark' if dark else ''}.png", dark=dark)
            card.screenshot(path=Path(SHOTS) / f"{step}.card{'.dark' if dark else ''}.png")


def run_again(seen: Visit, button: Locator) -> None:
    """Press what runs the lesson again, and wait until it has."""
    before = seen.runs()
    button.click()
    seen.page.wait_for_function(
        "before => Number(document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)[data-lesson]').dataset.runs) > before",
        arg=before,
        timeout=PATIENCE,
    )
    seen.wait_for("ready", "05_rfm.ipynb")


@pytest.mark.parametrize(("started", "language"), LANGUAGES)
def test_a_gbk_export_is_brought_mapped_answered_and_seen(
    chromium: Browser, started: str, language: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """By keyboard and mouse, in both languages: the lesson above shows the list, and the practice data again."""
    running: lab.Lab = request.getfixturevalue(started)
    words = Words(language)
    with visit(chromium, running, width=1100, height=1500) as seen:
        seen.open("05_rfm.ipynb")
        seen.wait_for("ready", "05_rfm.ipynb")
        page = seen.panel()
        card = page.get_by_role("group", name=words.text("own_list.card.title"))
        card.scroll_into_view_if_needed()
        look(seen, f"1-empty.{language}", card)

        card.locator("input[type=file]").set_input_files(export(tmp_path / "导出 销售明细.csv"))
        column = card.get_by_role(
            "combobox", name=words.say("own_list.columns.which", role=words.text("own_list.role.customer_id"))
        )
        column.wait_for(timeout=PATIENCE)
        asked = words.say("own_list.ask.dates.title", example="08/05/2025")
        assert column.input_value() == "客户名称"
        assert card.locator(".cl-stackbar").count() == 0
        look(seen, f"2-asked.{language}", card)

        # A wrong column is chosen by keys, and back; the focus stays where the reader is.
        which = words.say("own_list.columns.which", role=words.text("own_list.role.customer_id"))
        column.focus()
        seen.page.keyboard.press("ArrowDown")
        order = column.locator("xpath=ancestor::tr").get_by_text("XS10000")
        order.wait_for(timeout=PATIENCE)
        seen.page.wait_for_function("name => document.activeElement.getAttribute('aria-label') === name", arg=which)
        column.select_option("客户名称")
        order.wait_for(state="detached", timeout=PATIENCE)

        card.get_by_role("group", name=asked).get_by_role("radio").first.check()
        card.locator(".cl-stackbar").wait_for(timeout=PATIENCE)
        assert card.get_by_text(words.say("own_list.result.title", kept=240, read=247)).count() == 1
        look(seen, f"3-report.{language}", card)

        with seen.page.expect_download() as download:
            card.get_by_role("button", name=words.say("own_list.result.save", aside=7)).click()
        saved = Path(download.value.path()).read_bytes()
        assert saved.startswith(b"\xef\xbb\xbf")
        assert "'=cmd|" in saved.decode("utf-8-sig")

        run_again(seen, card.get_by_role("button", name=words.say("own_list.result.use", kept=240)))
        said = words.say("own_list.shown", name="导出 销售明细.csv", read=247, kept=240)
        page.get_by_text(said).first.wait_for(timeout=PATIENCE)
        assert page.get_by_text("江北水务").count() >= 1
        look(seen, f"4-used.{language}", card)

        # A restart of the machine keeps it; one button takes it back.
        seen.reload("05_rfm.ipynb")
        page.get_by_text(said).first.wait_for(timeout=PATIENCE)
        run_again(seen, card.get_by_role("button", name=words.text("own_list.card.back")))
        assert page.get_by_text(said).count() == 0
        card.get_by_text(words.text("own_list.card.practice")).first.wait_for(timeout=PATIENCE)
        assert seen.errors == []
        assert seen.outside == []


@pytest.mark.parametrize(("started", "language"), LANGUAGES)
def test_a_picture_is_refused_on_the_card(
    chromium: Browser, started: str, language: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A file that is no list is answered with a sentence, and the lesson goes on as it was."""
    running: lab.Lab = request.getfixturevalue(started)
    picture = tmp_path / "foto.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(3 << 20))
    with visit(chromium, running, width=390, height=800) as seen:
        seen.open("05_rfm.ipynb")
        seen.wait_for("ready", "05_rfm.ipynb")
        card = seen.panel().get_by_role("group", name=Words(language).text("own_list.card.title"))
        card.locator("input[type=file]").set_input_files(picture)
        card.get_by_text(Words(language).text("errors.reason.not_text")).wait_for(timeout=PATIENCE)
        look(seen, f"5-refused.{language}", card)

        assert seen.errors == []
