"""The builder is proved: the same bytes each time, and every tampering is caught."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from custlib.content import Words
from custlib.course import editions
from custlib.course.root import edition, outline, source
from custlib.course.sources import read

ROOT = Path(__file__).parents[1]
LESSONS = [entry.id for entry in outline(ROOT).lessons]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the course's notebooks, data and exercises; the library is found by import."""
    for name in ("notebooks", "datasets", "exercises"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("instructor"))
    return tmp_path


def change(path: Path, edit: Any) -> None:
    notebook = json.loads(path.read_text("utf-8"))
    edit(notebook)
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def nbval(path: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.early",
        "--nbval",
        "-p",
        "no:cacheprovider",
        "-q",
        str(path),
    ]
    environment = {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    import os

    config = ["-c", "/dev/null", "--rootdir", str(cwd)]
    return subprocess.run([*command, *config], cwd=cwd, env=os.environ | environment, capture_output=True, text=True)


def test_the_committed_editions_are_what_the_sources_make(course: Path) -> None:
    """An untouched copy has no differences."""
    assert editions.check(course) == []


def test_rebuilding_gives_the_same_bytes(course: Path) -> None:
    """The welcome page, built again, is the committed file to the byte (all lessons: make test-full)."""
    before = {language: edition(course, language, "00_welcome").read_bytes() for language in ("en", "zh")}
    for language in ("en", "zh"):
        edition(course, language, "00_welcome").unlink()

    editions.build(course, lessons=("00_welcome",), jobs=1, done=lambda path: None)

    assert {language: edition(course, language, "00_welcome").read_bytes() for language in ("en", "zh")} == before


@pytest.mark.full
def test_rebuilding_every_lesson_gives_the_same_bytes(course: Path) -> None:
    """All editions, built again, are the committed files to the byte."""
    editions.build(course, done=lambda path: None)

    for language in ("en", "zh"):
        for lesson in LESSONS:
            assert edition(course, language, lesson).read_bytes() == edition(ROOT, language, lesson).read_bytes(), (
                lesson
            )


@pytest.mark.full
def test_the_instructors_edition_builds_and_runs(course: Path) -> None:
    """The instructor's cells are there, in both languages, and the notebooks run through."""
    built: list[Path] = []
    editions.build(course, instructor=True, done=built.append)

    assert len(built) == 2 * len(LESSONS)
    assert all(re.search(r"Instructor|讲师", path.read_text("utf-8")) for path in built)


def test_a_changed_sentence_in_one_language_is_caught(course: Path) -> None:
    """A source edited without rebuilding no longer agrees with its edition: only the language touched is named."""
    path = source(course, "00_welcome")
    path.write_text(path.read_text("utf-8").replace("写给做销售的人", "写给跑销售的人"), encoding="utf-8")

    differences = editions.check(course)

    assert [
        line.split(":")[0] for line in differences if "differs from its source" in line and line.startswith("zh")
    ] == ["zh/00_welcome.ipynb"]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda nb: nb["cells"][2].update(source="changed"), "differs from its source"),
        (lambda nb: nb["cells"][0]["metadata"].update(scrolled=True), "differs from its source"),
        (
            lambda nb: nb["metadata"].update(language_info={"name": "python", "version": "3.11"}),
            "differs from its source",
        ),
        (lambda nb: nb["cells"][1].update(execution_count=None), "not executed"),
        (
            lambda nb: [cell.update(outputs=[]) for cell in nb["cells"] if cell["cell_type"] == "code"],
            "outputs were changed",
        ),
        (lambda nb: nb["cells"].pop(), "differs from its source"),
    ],
)
def test_an_edit_in_a_generated_notebook_is_caught(course: Path, edit: Any, said: str) -> None:
    """What opening, saving or editing an edition changes is named without executing anything."""
    change(edition(course, "en", "05_rfm"), edit)

    assert [line for line in editions.check(course) if line.startswith("en/05_rfm.ipynb") and said in line]


def test_a_missing_or_foreign_edition_is_caught(course: Path) -> None:
    """Each lesson has its two editions, and nothing else lies there."""
    edition(course, "zh", "05_rfm").rename(edition(course, "zh", "55_foreign"))

    assert sorted(editions.check(course)) == ["zh/05_rfm.ipynb: not built", "zh/55_foreign.ipynb: no source makes it"]


@pytest.mark.full
def test_a_changed_figure_in_the_data_is_caught_by_nbval(course: Path) -> None:
    """Strict nbval passes twice on the committed notebook, and fails when one meeting in the data changes."""
    notebook = edition(course, "en", "03_styles")
    observations = course / "datasets" / "observations.csv"

    assert [nbval(notebook, course).returncode for _ in range(2)] == [0, 0]

    lines = observations.read_text("utf-8-sig").splitlines()
    # The first meeting without its first five cues is no longer where it was.
    observations.write_text("\n".join([lines[0], *lines[6:]]) + "\n", encoding="utf-8-sig")

    assert nbval(notebook, course).returncode != 0


@pytest.mark.full
def test_a_cell_without_output_is_caught_by_nbval(course: Path) -> None:
    """A figure that is no longer printed fails the comparison."""
    notebook = edition(course, "en", "05_rfm")
    change(notebook, lambda nb: nb["cells"][-1].update(outputs=[]))

    assert nbval(notebook, course).returncode != 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_both_editions_hold_the_same_code_but_for_the_language(lesson: str) -> None:
    """Cells, ids, tags and code agree; only the language parameter and the texts differ."""
    en, zh = (json.loads(edition(ROOT, language, lesson).read_text("utf-8"))["cells"] for language in ("en", "zh"))
    code = [["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"] for cells in (en, zh)]

    assert [(cell["id"], cell["cell_type"], cell["metadata"]) for cell in en] == [
        (cell["id"], cell["cell_type"], cell["metadata"]) for cell in zh
    ]
    assert [text.replace('"en"', '"zh"', 1) if text.startswith("language: str") else text for text in code[0]] == code[
        1
    ]


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_committed_notebook_reads_well_where_nothing_runs(lesson: str, language: str) -> None:
    """On a code-hosting page: sentences and pictures, no repr of a widget, no error, no stream, no widget state."""
    notebook = json.loads(edition(ROOT, language, lesson).read_text("utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    words = Words(language)

    assert {output["output_type"] for output in outputs} <= {"display_data"}
    assert "widgets" not in notebook["metadata"]
    for output in outputs:
        text = "".join(output["data"]["text/plain"])
        assert not re.search(r"\w+\(.*children=|<\w+[.\w]* object|0x[0-9a-f]{6}|alt\.\w*Chart", text)
        assert "application/vnd.jupyter.widget-view+json" not in output["data"]
        assert ("application/vnd.vegalite.v5+json" in output["data"]) == ("image/png" in output["data"])
        # A glossary gives each term in both languages.
        if not text.startswith(words.text("common.glossary.caption")):
            assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (language == "zh")


@pytest.mark.parametrize(("language", "minutes"), [("en", "about {} minutes"), ("zh", "约 {} 分钟")])
def test_the_welcome_page_leads_to_every_lesson(language: str, minutes: str) -> None:
    """Its links stand in the text, so that they can be clicked before a kernel runs; they say what course.yaml says."""
    text = "\n".join(cell.text(language) for cell in read(source(ROOT, "00_welcome")))
    expected = [
        f"| [{entry.id[:2]} {entry.title.in_(language)}]({entry.id}.ipynb) | {minutes.format(entry.minutes)} |"
        for entry in outline(ROOT).lessons[1:]
    ]

    assert re.findall(r"^\| \[.*$", text, re.M) == expected


def test_every_edition_starts_with_its_typed_parameters() -> None:
    """papermill reads types from annotations; the language is the only parameter that differs."""
    for lesson in LESSONS:
        cells = [cell for cell in read(source(ROOT, lesson)) if "parameters" in cell.tags]
        lines = [line.split("#")[0] for line in cells[0].text("en").splitlines() if line.strip()]

        assert all(re.fullmatch(r"\w+: (str|int|float|bool) = .+", line.strip()) for line in lines), lesson
