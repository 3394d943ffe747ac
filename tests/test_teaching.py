"""The instructor's edition: made where it is missing or stale, with minutes for each section and answers to hide."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from custlib.content import LANGUAGES, Words, dictionary
from custlib.course import copies, editions, lab
from custlib.course.lesson import open_lesson
from custlib.course.root import EDITIONS, edition, outline, source
from custlib.course.sources import read
from custlib.errors import BadSetting

ROOT = Path(__file__).parents[1]
LESSONS = [entry.id for entry in outline(ROOT).lessons]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns("instructor", "en", "zh"))
    return tmp_path


def test_only_what_is_missing_or_stale_is_made_anew(course: Path) -> None:
    """First all lessons, then none; after a change of a source that one; a broken file is replaced."""
    assert editions.refresh(course, "zh") == LESSONS
    assert editions.refresh(course, "zh") == []

    changed = source(course, "05_rfm")
    changed.write_text(changed.read_text("utf-8").replace("周一早上 8:40", "周一上午 8:40"), encoding="utf-8")
    edition(course, "instructor-zh", "07_clv").write_text("{", encoding="utf-8")
    assert editions.refresh(course, "zh") == ["05_rfm", "07_clv"]
    made = json.loads(edition(course, "instructor-zh", "05_rfm").read_text("utf-8"))
    assert any("讲师 ·" in "".join(cell["source"]) for cell in made["cells"])


def test_copies_of_the_instructor_lie_apart_from_a_participants(course: Path) -> None:
    """Both are called `zh` where they are built, and have folders of their own where one works."""
    editions.refresh(course, "zh")
    done = copies.refresh(edition(course, "instructor-zh"), course / "work", name="instructor-zh")

    assert done.folder == course / "work" / "instructor-zh"
    assert (done.folder / "05_rfm.ipynb").is_file()
    assert not (course / "work" / "zh").exists()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_has_a_plan_that_fits_its_minutes(lesson: str) -> None:
    """The minutes in the notes, section by section, add up to the lesson's own, or a quarter more for the talk."""
    cells = read(source(ROOT, lesson))
    plan = editions.plan(cells)
    headings = sum(len(re.findall(r"^## ", cell.text("zh"), re.M)) for cell in cells if cell.kind == "markdown")

    assert len(plan) == headings
    assert 0 < sum(plan) <= 1.25 * outline(ROOT).entry(lesson).minutes


def test_a_note_before_the_first_section_counts_to_it() -> None:
    """Lesson 5 begins with three minutes of questions; they stand in the plan of its situation."""
    assert editions.plan(read(source(ROOT, "05_rfm"))) == [3, 5, 7, 8, 10, 12, 5, 0]


@pytest.mark.parametrize("name", EDITIONS)
def test_only_the_instructors_lab_knows_answers_and_its_words(name: str, tmp_path: Path) -> None:
    """Kernels of a participant's Lab hear of no key; the instructor's work is kept under a name of its own."""
    made = lab.settings(tmp_path / "work", name)
    page = json.loads((made.folder / "config" / "labconfig" / "page_config.json").read_text("utf-8"))
    words = json.loads(page["course"])

    assert ("teach" in words) == (made.environment.get("CUSTLIB_KEY") == "1") == name.startswith("instructor")
    assert made.environment.get("CUSTLIB_PARTICIPANT") == ("instructor" if name.startswith("instructor") else None)
    assert words["lang"] == ("zh-Hans" if name.endswith("zh") else "en")


def test_an_edition_that_is_none_is_refused() -> None:
    """The four there are are named."""
    with pytest.raises(BadSetting, match="instructor-zh"):
        lab.language_of("instructor-fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_stands_in_a_block_that_can_be_hidden(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Question and options stay outside it."""
    monkeypatch.setenv("CUSTLIB_KEY", "1")
    text = open_lesson("05_rfm", language=language).desk.ask("rfm-1")["text/markdown"]
    question, answer = text.split('<div class="course-answer">')

    assert Words(language).text("practice.solution.title") in answer
    assert Words(language).text("practice.solution.title") not in question
    assert answer.rstrip().endswith("</div>")


def test_the_scripts_ask_for_words_that_exist() -> None:
    """Every word the two scripts of the Lab name stands in the words, and they hold no sentence of their own."""
    static = lab.FILES / "labextension" / "custlib-lab" / "static"
    script = (static / "instructor.js").read_text("utf-8")
    asked = set(re.findall(r"words\.(\w+)", script))

    assert {f"lab.teach.{name}" for name in asked} == {key for key in dictionary() if key.startswith("lab.teach.")}
    assert "innerHTML" not in script


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")
@pytest.mark.parametrize(("edition_name", "tools"), [("en", False), ("instructor-zh", True)])
def test_make_installs_what_the_instructors_edition_is_made_with(
    edition_name: str, tools: bool, tmp_path: Path
) -> None:
    """A participant's Lab is installed without the tools that read the sources; the instructor's with them."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    said = subprocess.run(
        ["make", "-n", "lab", f"EDITION={edition_name}"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    assert ("requirements-dev.lock" in said) == tools
    assert f"custlib lab --edition {edition_name}" in said
