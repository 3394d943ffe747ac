"""Many reports from one lesson: what each covers, what a failure leaves, and going on where it stopped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import nbformat
import pandas as pd
import psutil
import pytest
from click.testing import CliRunner

from custlib.content import Words
from custlib.course import batch, reports, warm
from custlib.course.cli import main
from custlib.course.desk import Desk
from custlib.course.own import write_reading
from custlib.course.root import ONLY, datasets, only
from custlib.course.tables import READING, Tables
from custlib.errors import BadSetting, UnknownName, UnreadableFile

ROOT = Path(__file__).parents[1]
ABOUT_CUSTOMERS = ("customers", "people", "orders", "payments", "competitor_share", "delivered", "goals", "labels")


def tables(*limits: tuple[str, str], words: Words | None = None) -> Tables:
    return Tables(words or Words("en"), 7, datasets(ROOT), only=limits)


@pytest.mark.parametrize("name", ABOUT_CUSTOMERS)
def test_the_regions_share_a_table_out_without_rest_or_overlap(name: str) -> None:
    """Each row of a table about customers stands in the report of exactly one region."""
    everything, regions = tables().table(name), tables().table("customers")["region"].unique()
    parts = [tables(("region", region)).table(name) for region in regions]

    assert sum(map(len, parts)) == len(everything)
    together = pd.concat(parts).sort_values(list(everything.columns)).reset_index(drop=True)
    pd.testing.assert_frame_equal(together, everything.sort_values(list(everything.columns)).reset_index(drop=True))


def test_two_limits_hold_together_and_what_is_not_about_customers_stays_whole() -> None:
    """A region and an industry leave their common customers; products and leads belong to nobody's region."""
    both = tables(("region", "east"), ("industry", "retail"))

    assert set(both.table("customers")["region"]) == {"east"}
    assert set(both.table("customers")["industry"]) == {"retail"}
    assert set(both.table("orders")["customer_id"]) <= set(both.names())
    assert len(both.table("products")) == len(tables().table("products"))
    assert both.limits == ("region: East, industry: retail", len(both.names()), 2_400)


def test_a_limit_that_nobody_meets_is_refused_by_name() -> None:
    """A column or a value that is not there is named, with what there is."""
    with pytest.raises(UnknownName, match="Did you mean “region”"):
        tables(("regoin", "east")).table("orders")
    with pytest.raises(BadSetting, match="“atlantis” cannot be used for region"):
        tables(("region", "atlantis")).table("orders")


def test_a_list_of_ones_own_is_limited_by_a_column_of_its_own(tmp_path: Path) -> None:
    """Its own dealer column limits it, read as the settings say; the practice company's regions do not."""
    place = tmp_path / "list.csv"
    place.write_text("customer,date,amount,dealer\nA,2025-01-01,5,D1\nB,2025-01-02,6,D2\n", encoding="utf-8")

    given = {"orders": str(place), "vat": "out"}
    assert [plan.label for plan in batch.by_column(ROOT, "05_rfm", "dealer", language="en", given=given)] == [
        "dealer: D1",
        "dealer: D2",
    ]
    reading = tmp_path / f"list{READING}"
    write_reading(reading, place, {"vat": "out"})
    mine = Tables(Words("en"), 7, datasets(ROOT), str(reading), only=(("dealer", "D2"),))
    assert list(mine.table("orders")["customer_id"]) == ["B"]
    with pytest.raises(UnknownName, match="There is no column “region”"):
        Tables(Words("en"), 7, datasets(ROOT), str(reading), only=(("region", "east"),)).table("orders")


def test_an_answer_in_a_region_is_not_taken_for_one_on_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal tells the exercises of a limited report apart, and the setting that limits may hold any sign."""
    monkeypatch.setenv(ONLY, "region=east&industry=a%26b%3Dc")
    assert only() == (("region", "east"), ("industry", "a&b=c"))

    desk = Desk(ROOT, "05_rfm", tables(("region", "east")), Words("en"))
    assert desk.problem("rfm-3").variant == "seed 7 region=east"


def test_plans_have_names_a_file_can_have_and_no_two_the_same(tmp_path: Path) -> None:
    """Rows that differ only in signs a file name cannot hold get numbers; parameters and limits are told apart."""
    rows = tmp_path / "rows.csv"
    rows.write_text("region,as_of\neast,2025/05/31\neast,2025?05?31\nsouth,\n", encoding="utf-8")
    plans = batch.by_rows(ROOT, "05_rfm", rows, language="zh", given={"seed": "7"})

    assert [plan.name for plan in plans] == [
        "05_rfm.zh.region-east.as_of-2025-05-31",
        "05_rfm.zh.region-east.as_of-2025-05-31-2",
        "05_rfm.zh.region-south",
    ]
    assert plans[2].given == {"seed": "7"}
    assert plans[2].only == (("region", "south"),)
    assert plans[2].label == "区域：华南"


def test_a_table_of_parameters_may_come_from_excel(tmp_path: Path) -> None:
    """As CSV in Chinese encoding, or as a workbook with a true number and a true day: the same plans."""
    from openpyxl import Workbook

    text, book = tmp_path / "a.csv", tmp_path / "a.xlsx"
    text.write_bytes("hours,as_of,负责区\n400,2025-05-31,华东\n".encode("gb18030"))
    sheet = Workbook()
    sheet.active.append(["hours", "as_of", "负责区"])
    sheet.active.append([400.0, datetime(2025, 5, 31), "华东"])
    sheet.save(book)
    one, two = (batch.by_rows(ROOT, "08_matrix", place, language="zh", given={}) for place in (text, book))

    assert one == two
    assert one[0].given == {"hours": "400", "as_of": "2025-05-31"}
    assert one[0].only == (("负责区", "华东"),)


def test_a_table_of_parameters_without_rows_is_refused(tmp_path: Path) -> None:
    """Headings alone make no report."""
    (tmp_path / "a.csv").write_text("region\n\n", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="no rows below its headings"):
        batch.by_rows(ROOT, "08_matrix", tmp_path / "a.csv", language="en", given={})


def test_by_a_column_there_is_one_plan_for_each_value() -> None:
    """Seven regions, seven plans; a column that is not there is refused."""
    plans = batch.by_column(ROOT, "08_matrix", "region", language="en", given={})

    assert len(plans) == 7
    assert {plan.only[0][1] for plan in plans} == set(tables().table("customers")["region"])
    with pytest.raises(UnknownName, match="region"):
        batch.by_column(ROOT, "08_matrix", "regoin", language="en", given={})


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A course of one lesson of two cells, which stops where n is 2."""
    root = tmp_path / "course"
    (root / "notebooks" / "en").mkdir(parents=True)
    entry = "  - {id: 01_tiny, minutes: 1, title: {en: '<b>Tiny</b>', zh: 小}}\n"
    (root / "notebooks" / "course.yaml").write_text("title: {en: T, zh: T}\nlessons:\n" + entry, encoding="utf-8")
    cells = [
        nbformat.v4.new_code_cell('language: str = "en"\nn: int = 1', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("left = 'left' in globals()\nanswer = 10 / (n - 2)\n(left, answer)"),
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / "notebooks" / "en" / "01_tiny.ipynb")
    return root


def test_a_report_that_fails_stops_no_other_and_is_made_again(tiny: Path) -> None:
    """Its cell is named in the list; the next run makes it alone, the others are kept; nothing of one reaches the next."""
    rows, out = tiny / "rows.csv", tiny / "out"
    rows.write_text("n\n1\n2\n4\n", encoding="utf-8")

    def run() -> list[tuple[str, int]]:
        plans = batch.by_rows(tiny, "01_tiny", rows, language="en", given={})
        heard: list[str] = []
        done = batch.make(
            tiny, "01_tiny", plans, language="en", out=out, jobs=1, done=lambda plan, *_: heard.append(plan.label)
        )
        assert sorted(heard) == [plan.label for plan in plans]
        return [(each.state, each.cell) for each in done]

    assert run() == [("done", 0), ("failed", 3), ("done", 0)]
    page = batch.index_of(out, "01_tiny", "en").read_text("utf-8")
    assert "stopped at cell 3" in page
    assert "division by zero" in page
    assert "<b>Tiny" not in page
    assert page.count('<a href="01_tiny.en.n-') == 3
    assert not re.search(r"https?:|<script", page)
    assert "(False, 5.0)" in (out / "01_tiny.en.n-4.html").read_text("utf-8")

    rows.write_text("n\n1\n2\n4\n5\n", encoding="utf-8")
    (out / "01_tiny.en.n-4.html").unlink()
    assert run() == [("kept", 0), ("failed", 3), ("done", 0), ("done", 0)]


@pytest.mark.full
def test_a_run_that_is_killed_goes_on_where_it_stopped(tiny: Path) -> None:
    """What was done before the kill is not made again; what was not is made; no process stays behind."""
    rows, out = tiny / "rows.csv", tiny / "out"
    rows.write_text("n\n" + "\n".join(str(number) for number in range(3, 23)), encoding="utf-8")
    line = ["report", "01_tiny", "--rows", str(rows), "--jobs", "2", "--out", str(out)]
    command = [sys.executable, "-m", "custlib", *line]
    setting = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tiny, env=setting, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        seen = [first.stdout.readline() for _ in range(4)]
        workers = psutil.Process(first.pid).children(recursive=True)
        first.kill()
    gone, left = psutil.wait_procs(workers, timeout=20)
    assert seen[3].startswith("4/20")
    assert len(gone) >= 4  # two workers and their kernels
    assert left == []
    plans = batch.by_rows(tiny, "01_tiny", rows, language="en", given={})
    done = batch.make(tiny, "01_tiny", plans, language="en", out=out, jobs=1, done=lambda *_: None)
    states = Counter(each.state for each in done)

    assert states["kept"] >= 4
    assert states["done"] > 0
    assert states["kept"] + states["done"] == 20
    assert len(json.loads((out / batch.STATE).read_text("utf-8"))) == 20


def test_a_lost_list_of_reports_costs_nothing_but_time(tmp_path: Path) -> None:
    """What is broken, or of another form, is read as nothing made yet."""
    for text in ("", "[1]", '{"a": 3}', '{"a": {"state": "done"}}'):
        (tmp_path / batch.STATE).write_text(text, encoding="utf-8")
        assert batch._read(tmp_path / batch.STATE) == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["08_matrix"], "--by"),
        (["08_matrix", "--by", "region", "--rows", "x.csv"], "--by"),
        (["08_matrix", "--rows", "no.csv"], "it is not there"),
        (["08_matrix", "--by", "regoin"], "There is no column “regoin”"),
        (["08_matix", "--by", "region"], "Did you mean “08_matrix”"),
    ],
)
def test_a_slip_on_the_line_is_answered_in_a_sentence(arguments: list[str], said: str) -> None:
    """Nothing is run, and the exit code is 1."""
    result = CliRunner().invoke(main, ["report", *arguments])

    assert said in result.output
    assert result.exit_code == 1


@pytest.mark.full
@pytest.mark.parametrize("lesson", ["05_rfm", "08_matrix"])
def test_a_region_in_a_warm_kernel_reads_as_in_a_fresh_one_and_names_only_its_customers(
    lesson: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second report of a kernel is byte for byte the page of a kernel of its own; no other region's firm is in it."""
    plans = {plan.only[0][1]: plan for plan in batch.by_column(ROOT, lesson, "region", language="en", given={})}
    chosen = (plans["east"], plans["northwest"])
    done = batch.make(ROOT, lesson, chosen, language="en", out=tmp_path, jobs=1, done=lambda *_: None)
    page = (tmp_path / f"{chosen[1].name}.html").read_text("utf-8")
    firms = tables().table("customers")
    inside = set(firms.loc[firms["region"] == "northwest", "name"])

    assert [each.state for each in done] == ["done", "done"]
    assert not [name for name in set(firms["name"]) - inside if name in page]
    assert [name for name in inside if name in page]
    assert "This page covers only some of the customers (region: Northwest): 72 of 2,400" in page

    monkeypatch.setenv(ONLY, "region=northwest")
    fresh = reports.run(ROOT, lesson, language="en", given={}, out=tmp_path / "fresh", progress=False)
    # vl-convert numbers the clips of its drawings through a process.
    still = re.compile(r"clip\d+|gradient_\d+|cell-id=\w+")
    assert still.sub("", page) == still.sub("", fresh.page.read_text("utf-8"))


@pytest.mark.full
@pytest.mark.parametrize("lesson", ["01_portrait", "05_rfm", "06_classification", "07_clv", "08_matrix"])
@pytest.mark.parametrize("region", ["northwest", "east"])
def test_every_lesson_about_customers_runs_on_a_region(lesson: str, region: str, tmp_path: Path) -> None:
    """The smallest and the largest region: all through, and no figure that is none."""
    with warm.kernel(ROOT, (("region", region),)) as kernel:
        made = reports.run(ROOT, lesson, language="zh", given={}, out=tmp_path, progress=False, kernel=kernel)

    assert not re.search(r"\bnan\b|Traceback", made.page.read_text("utf-8"))
    assert json.loads(made.notebook.read_text("utf-8"))["metadata"]["papermill"]["exception"] is None


def teardown_module() -> None:
    """End the kernel that the tests of this module kept warm."""
    warm.stop()
