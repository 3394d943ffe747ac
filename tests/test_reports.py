"""A lesson run on somebody's own list: the whole path, on real input."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from custlib.content import Words
from custlib.course import reports
from custlib.course.cli import main
from custlib.errors import BadSetting, LessonFailed, UnknownName

ROOT = Path(__file__).parents[1]
CDNOW = Path(os.environ.get("CUSTLIB_CDNOW", ROOT.parent / "shared" / "data" / "cdnow")) / "CDNOW_master.txt"
needs_cdnow = pytest.mark.skipif(
    not CDNOW.is_file(), reason="the CDNOW purchases are not on this machine (CUSTLIB_CDNOW)"
)


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 69,659 real purchases as the CSV file a participant would bring."""
    path = tmp_path_factory.mktemp("cdnow") / "购买 orders.csv"
    rows = [line.split() for line in CDNOW.read_text("ascii").splitlines()[1:]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["customer_id", "date", "amount"])
        writer.writerows((row[0], f"{row[1][:4]}-{row[1][4:6]}-{row[1][6:]}", row[3]) for row in rows if len(row) == 4)
    return path


@needs_cdnow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lesson_runs_on_the_real_cdnow_purchases(cdnow: Path, tmp_path: Path, language: str) -> None:
    """Segments, figures and sentences belong to that data, and the page needs nothing from outside."""
    given = {"orders": str(cdnow), "as_of": "1998-06-30", "currency": "USD"}
    made = reports.run(ROOT, "05_rfm", language=language, given=given, out=tmp_path, progress=False)
    page, notebook = made.page.read_text("utf-8"), json.loads(made.notebook.read_text("utf-8"))
    charts = [
        out
        for cell in notebook["cells"]
        for out in cell.get("outputs", [])
        if "application/vnd.vegalite.v5+json" in out.get("data", {})
    ]

    assert "23,570" in page
    assert "69,659" in page
    assert "USD" in page
    assert "1998" in page
    assert page.count("<svg") == len(charts) == 4
    assert page.count("<math") == 2
    assert not re.search(r'(?:src|href)="(?!#|0\d_|data:)|@import|url\((?!data:|#|&quot;#)|<script', page)
    assert ("customers" in re.sub(r"<style.*?</style>", "", page, flags=re.S)) == (language == "en")
    assert not any(Words(each).text("common.wake") in page for each in ("en", "zh"))
    assert "Langheng" not in page
    assert "朗衡" not in page


@needs_cdnow
@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lesson", ["06_classification", "07_clv", "08_matrix"])
def test_the_lessons_after_run_on_them_as_far_as_purchases_go(
    cdnow: Path, tmp_path: Path, lesson: str, language: str
) -> None:
    """Figures of that data in dollars, figures of the practice company in yuan, and a word for what is missing."""
    given = {"orders": str(cdnow), "as_of": "1998-06-30", "currency": "USD"}
    made = reports.run(ROOT, lesson, language=language, given=given, out=tmp_path, progress=False)
    notebook, words = json.loads(made.notebook.read_text("utf-8")), Words(language)
    said = {
        (place, at): "".join(out["data"]["text/plain"])
        for place, cell in enumerate(notebook["cells"])
        for at, out in enumerate(cell.get("outputs", []))
        if "text/plain" in out.get("data", {})
    }
    spoken = "\n".join(said.values())
    company, own = (words.text(f"practice.{key}") for key in ("from_company", "cannot.data"))

    assert "23,570" in spoken
    assert not re.search(r"\bnan\b|Traceback|\{\w+\}", spoken)
    for text in said.values():
        # A sentence is of one list: dollars and yuan never stand in one.
        assert not ("USD" in text and re.search(r"\d yuan|[\d万亿] ?元", text))
    assert company in spoken or own in spoken
    if lesson == "06_classification":
        assert words.text("classification.scope.own") in spoken
        assert "1,924" in spoken
    if lesson == "07_clv":
        assert "USD" in spoken
    if lesson == "08_matrix":
        assert words.text("matrix.needs.payment") in spoken
        assert "3,080" in spoken


@pytest.mark.parametrize(("language", "said"), [("en", "needs the columns"), ("zh", "需要以下列")])
def test_a_list_with_other_columns_is_answered_in_a_sentence(tmp_path: Path, language: str, said: str) -> None:
    """The run fails with what is missing and what is there; the notebook that shows it is kept."""
    path = tmp_path / "list.csv"
    path.write_text("kunde,datum,betrag\nA,2025-01-01,5\n", encoding="utf-8")

    with pytest.raises(LessonFailed) as caught:
        reports.run(ROOT, "05_rfm", language=language, given={"orders": str(path)}, out=tmp_path, progress=False)

    assert said in str(caught.value.values["reason"])
    assert "kunde" in str(caught.value)
    assert (tmp_path / f"05_rfm.{language}.ipynb").is_file()
    assert "Traceback" not in (tmp_path / f"05_rfm.{language}.ipynb").read_text("utf-8")


@pytest.mark.full
@pytest.mark.parametrize(
    "text",
    [
        "customer_id;date;amount\nA;2025-01-01;12\n",
        "customer_id,date,amount\nA,2025-01-01,12\nA,2025-01-01,-12\nB,2025/1/2,0\n",
        "customer_id,date,amount,order_id\nA,2025-01-01,12,1\n,2025-01-02,5,2\nB,never,3,3\nC,2025-01-05,,4\nD,2025-01-06,1e400,5\nE,2025-02-01,7,6\nF,2025-02-01,7,7\n",
    ],
)
def test_an_awkward_list_still_gets_its_lesson(tmp_path: Path, text: str) -> None:
    """One customer, returns only, faults in every column: the lesson runs through and counts what it set aside."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    made = reports.run(ROOT, "05_rfm", language="en", given={"orders": str(path)}, out=tmp_path, progress=False)

    assert not re.search(r"\bnan\b|Traceback", made.page.read_text("utf-8"))


@pytest.mark.parametrize("text", ["a price of $5 and $10", "`$x$`", "cost: $5, or $ 6 $", "```\n$a$\n```"])
def test_prices_and_code_are_no_formulas(text: str) -> None:
    """A dollar sign is a formula's only where a formula stands."""
    assert reports.mathml(text) == text


def test_formulas_become_mathml() -> None:
    """Inline and display formulas need no script to be read."""
    assert reports.mathml("$x$ and $$y$$").count("<math") == 2


def test_parameters_are_shown_with_their_types_and_read_by_them() -> None:
    """`--help` names every parameter with its type; a value of another type is refused by name."""
    known = reports.parameters(ROOT, "05_rfm", "en")

    assert {each.name: each.type for each in known} == {
        "language": "str",
        "orders": "str",
        "as_of": "str",
        "currency": "str",
        "seed": "int",
    }
    assert reports.typed(known, {"seed": "9", "as_of": "1998-06-30"}) == {"seed": 9, "as_of": "1998-06-30"}
    with pytest.raises(BadSetting, match="seed"):
        reports.typed(known, {"seed": "nine"})
    with pytest.raises(UnknownName, match="as_of"):
        reports.typed(known, {"asof": "1998-06-30"})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "05_rmf"], "Did you mean “05_rfm”?"),
        (["run", "05_rfm", "-p", "seed"], "NAME=VALUE"),
        (["run", "05_rfm", "-p", "sead=1"], "Did you mean “seed”?"),
        (["build", "05_rmf"], "Did you mean “05_rfm”?"),
    ],
)
def test_the_command_line_answers_in_a_sentence(arguments: list[str], said: str) -> None:
    """A slip on the command line is answered with what was meant, and exit code 1."""
    result = CliRunner().invoke(main, arguments)

    assert said in result.output
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_help_shows_every_parameter_with_its_type() -> None:
    """`custlib run 05_rfm --help` lists names, types and defaults."""
    result = CliRunner().invoke(main, ["run", "05_rfm", "--help"])

    assert "seed: int = 7" in result.output
    assert 'as_of: str = ""' in result.output


def test_doctor_says_what_it_saw() -> None:
    """Each check is a sentence; all of them hold where the tests run, fonts apart."""
    result = CliRunner().invoke(main, ["doctor", "--lang", "zh"])

    assert "所需的库齐全" in result.output
    assert "✓" in result.output


def test_an_exercise_stands_in_a_report_with_its_table_and_options() -> None:
    """Where nothing is alive a card is its question as markdown, without the sentence that it can be answered here."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    from custlib.course.reports import prepare
    from custlib.views.bundle import WIDGET

    data = {WIDGET: {"model_id": "x"}, "text/markdown": "**Exercise 5.1**\n\n- one", "text/plain": "Exercise 5.1"}
    made = prepare(new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data)])]), Words("en"))

    assert made.cells[0].outputs[0].data == {"text/markdown": "**Exercise 5.1**\n\n- one"}
