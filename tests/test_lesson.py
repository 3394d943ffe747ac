"""Opening a lesson: tables, views and sentences through one door, and errors as sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from custlib.course import open_lesson
from custlib.course.root import find_root, outline
from custlib.errors import BadContent, BadSetting, CourseNotFound, UnknownName

ROOT = Path(__file__).parents[1]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr("custlib.course.lesson._display", bundles.append)
    return bundles


def test_a_lesson_shows_views_by_name(shown: list[dict[str, Any]]) -> None:
    """`lesson.show("welcome.ready", …)` draws that view in the lesson's language."""
    lesson = open_lesson("00_welcome", language="zh")
    lesson.show("welcome.ready", lesson.checks)
    lesson.say("common.data_note.rows", rows=3)

    assert "打开课件后" in shown[0]["text/plain"]
    assert shown[1]["text/plain"] == "共读入 3 行。"


def test_a_lesson_offers_to_bring_a_list_or_reports_on_the_one_named(
    shown: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Without a list there is a card; where one was named at the start, its report stands in that place."""
    path = tmp_path / "list.csv"
    path.write_text("customer_id,date,amount\nA,2025-01-01,12\nB,soon,5\n", encoding="utf-8")
    open_lesson("05_rfm").own_list()
    open_lesson("05_rfm", orders=str(path)).own_list()

    assert "application/vnd.jupyter.widget-view+json" in shown[0]
    assert shown[1]["text/plain"] == (
        "Your list “list.csv”: 2 rows read, 1 kept, 0 of them repaired, 1 set aside. 1 date that cannot be read, such as “soon”."
    )


@pytest.mark.parametrize("name", ["rfm.gird", "nothing.here", "rfm", "rfm._name", "rfm.partial", "bundle.sentence.x"])
def test_an_unknown_view_is_refused_by_name(name: str) -> None:
    """Only a view's own public functions can be shown."""
    with pytest.raises(UnknownName, match="view"):
        open_lesson("05_rfm").show(name)


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"language": "fr"}, BadSetting),
        ({"seed": -1}, BadSetting),
        ({"seed": "7"}, BadSetting),
        ({"seed": True}, BadSetting),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(settings: dict[str, Any], error: type[Exception]) -> None:
    """Parameters are checked before anything is computed."""
    with pytest.raises(error):
        open_lesson("05_rfm", **settings)


def test_an_unknown_lesson_is_answered_with_the_nearest() -> None:
    """A slip in a lesson's name is answered with the lesson that was meant."""
    with pytest.raises(UnknownName, match="05_rfm"):
        open_lesson("05_rmf")


@pytest.mark.parametrize(("language", "said"), [("en", "did not foresee"), ("zh", "没有预料到")])
def test_an_error_in_a_notebook_is_a_sentence(language: str, said: str) -> None:
    """In a kernel, no participant sees a traceback, whatever fails; papermill still sees an error."""
    shell = InteractiveShell.instance()
    sent: list[Any] = []
    shell._showtraceback = lambda *parts: sent.append(parts)
    try:
        shell.run_cell(f"from custlib.course import open_lesson; open_lesson('00_welcome', language='{language}')")
        result = shell.run_cell("1 / 0")
    finally:
        InteractiveShell.clear_instance()

    assert isinstance(result.error_in_exec, ZeroDivisionError)
    assert [said in parts[1] and "Traceback" not in parts[1] for parts in sent] == [True]


def test_the_course_is_found_from_a_participants_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The marker above the notebook wins, then the setting, then where the library lies."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "course.yaml").write_text(
        (ROOT / "notebooks" / "course.yaml").read_text("utf-8"), encoding="utf-8"
    )
    (tmp_path / "work" / "en").mkdir(parents=True)

    assert find_root(tmp_path / "work" / "en") == tmp_path
    assert find_root(Path("/")) == ROOT

    monkeypatch.setenv("CUSTLIB_COURSE", str(tmp_path))

    assert find_root(Path("/")) == tmp_path


def test_a_course_that_is_nowhere_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without marker and setting, the error says where was looked and what to do."""
    monkeypatch.setattr("custlib.course.root.__file__", str(tmp_path / "a" / "b" / "c" / "root.py"))

    with pytest.raises(CourseNotFound, match="CUSTLIB_COURSE"):
        find_root(tmp_path)


def test_a_table_of_contents_with_a_fault_names_the_place(tmp_path: Path) -> None:
    """A missing title is named with its path in the file."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "course.yaml").write_text(
        "title: {en: A, zh: 甲}\nlessons: [{id: x, minutes: 5}]\n", encoding="utf-8"
    )

    with pytest.raises(BadContent, match=r"lessons\.0\.title"):
        outline(tmp_path)
