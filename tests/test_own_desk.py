"""The desk: a list arrives, is mapped, answered and used; what the screen shows follows; nothing is lost."""

from __future__ import annotations

import json
from datetime import date as Day
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from custlib.content import Words
from custlib.course import open_lesson, own
from custlib.course.own_desk import Desk
from custlib.course.root import lists
from custlib.course.root import own as own_folder
from custlib.errors import NotWritable, UnreadableFile
from custlib.views.cards.own_list import ListPanel, bring, model, report

ROOT = Path(__file__).parents[1]
NAME = "销售 明细.csv"
ROWS = '客户名称,单据日期,金额（元）\n<b>甲</b>,2025-03-07,12.50\n乙 ,03/04/2025,"1,200.00"\n乙,soon,5\n=cmd,2025-01-01,待定\n合计,,1\n'
EN, ZH = Words("en"), Words("zh")


def quiet(_: str, __: float) -> None:
    """Nobody listens to how far the work has come."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course with a participant's folder."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "course.yaml").write_text(
        (ROOT / "notebooks" / "course.yaml").read_text("utf-8"), encoding="utf-8"
    )
    (tmp_path / "work" / "zh").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(root, ZH, today=lambda: Day(2026, 1, 1))


def act(desk: Desk, do: str, *pieces: bytes, **event: Any) -> Any:
    return desk.handle({"do": do, **event}, pieces, quiet)


def upload(desk: Desk, content: bytes, name: str = NAME, piece: int = 16) -> None:
    assert act(desk, "upload", name=name, size=len(content)) == ({"next": True}, [])
    for start in range(0, len(content), piece):
        act(desk, "piece", content[start : start + piece], last=start + piece >= len(content))


def test_a_list_is_brought_from_upload_to_lesson(root: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploaded in pieces, mapped by its headings, asked what is open, used: and the lesson shows it until it is put away."""
    upload(desk, ROWS.encode("gbk"))
    state = desk.state()
    assert (lists(root) / NAME).read_bytes() == ROWS.encode("gbk")
    assert state.roles == {"customer_id": "客户名称", "date": "单据日期", "amount": "金额（元）"}
    assert [each.key for each in state.opened.unanswered] == ["dates", "vat"]  # type: ignore[union-attr]

    act(desk, "answer", key="dates", value="dmy")
    act(desk, "answer", key="vat", value="in")
    assert desk.state().result is not None
    assert act(desk, "use") == ({"rerun": True}, [])

    monkeypatch.chdir(root / "work" / "zh")
    said: list[dict[str, Any]] = []
    monkeypatch.setattr("custlib.course.lesson._display", said.append)
    lesson = open_lesson("05_rfm", language="zh")
    table = lesson.table("orders")
    assert lesson.data.own
    assert lesson.names == {}
    assert lesson.words.currency == ""
    assert table.to_dict("list") == {
        "customer_id": ["<b>甲</b>", "乙"], "date": [pd.Timestamp("2025-03-07"), pd.Timestamp("2025-04-03")], "amount": [12.5, 1200.0],
    }  # fmt: skip
    assert "用的是你的名单“销售 明细.csv”：5 行里用了 2 行" in said[0]["text/plain"]

    act(desk, "back")
    assert not open_lesson("05_rfm", language="zh").data.own
    assert (lists(root) / NAME).exists()


def test_a_list_is_shown_in_the_participants_folder_only(
    root: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is built, tested or run elsewhere never shows somebody's list."""
    upload(desk, ROWS.encode())
    act(desk, "answer", key="dates", value="dmy")
    act(desk, "answer", key="vat", value="out")
    act(desk, "use")
    monkeypatch.chdir(root / "notebooks")

    assert own.shown(root, root / "work" / "zh") is not None
    assert own.shown(root, root) is None
    assert not open_lesson("05_rfm").data.own


def test_the_same_headings_ask_nothing_the_next_time(root: Path, desk: Desk) -> None:
    """A mapping that was used once is remembered for files with the same headings."""
    upload(desk, ROWS.encode())
    act(desk, "answer", key="dates", value="dmy")
    act(desk, "answer", key="vat", value="in")
    act(desk, "use")
    again = Desk(root, EN, today=lambda: Day(2026, 1, 1))
    upload(again, ROWS.encode("utf-16"))

    assert again.state().result is not None
    assert sorted(path.name for path in lists(root).iterdir()) == ["销售 明细 (2).csv", NAME]


def test_a_lost_memory_only_asks_again(root: Path, desk: Desk) -> None:
    """A memory that cannot be read is none; a shown list that cannot be read is practice data."""
    own_folder(root).mkdir(parents=True)
    (own_folder(root) / "readings.json").write_text("{", encoding="utf-8")
    (own_folder(root) / "shown.json").write_text("[]", encoding="utf-8")

    assert own.memory(root) == {}
    assert own.shown(root, root / "work") is None
    with pytest.raises(UnreadableFile):
        own.table(root)


def test_what_is_kept_comes_back_as_it_was(root: Path, desk: Desk) -> None:
    """Texts with any sign, missing order numbers and days survive being kept."""
    rows = "客户,日期,不含税金额,订单号,经销商\n甲|“乙”,2025-01-02,5,SO1,\n丙,2025-01-03,-6,,南方\n"
    upload(desk, rows.encode())
    result = desk.state().result
    act(desk, "use")

    assert result is not None
    pd.testing.assert_frame_equal(own.table(root), result.table)


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "..\\evil.csv", "/etc/evil.csv", ".hidden", "a\0b.csv", "", "x" * 300 + ".csv"]
)
def test_an_upload_lands_in_its_folder_whatever_its_name(root: Path, desk: Desk, name: str) -> None:
    """A name is no path: nothing is written outside the lists' folder."""
    upload(desk, ROWS.encode(), name=name)
    written = [path for path in root.rglob("*") if path.is_file() and path.name != "course.yaml"]

    assert [path.parent for path in written] == [lists(root)]


def test_only_a_file_that_is_offered_can_be_chosen(root: Path, desk: Desk) -> None:
    """Another path than those in the list is refused in a sentence."""
    (root / "名单.csv").write_text(ROWS, encoding="utf-8")
    (root / "requirements.txt").write_text("x", encoding="utf-8")
    assert list(desk.state().files) == ["名单.csv"]

    act(desk, "choose", file="../secret.csv")
    assert "../secret.csv" in str(desk.state().problem)
    act(desk, "choose", file="名单.csv")
    assert desk.state().problem is None
    assert desk.state().file == "名单.csv"


def test_a_file_that_cannot_be_read_is_said_and_another_can_follow(desk: Desk) -> None:
    """A picture is refused on the card; the next file is read."""
    upload(desk, b"\x89PNG\r\n\x1a\n" + bytes(100), name="foto.csv")
    assert ZH.text("errors.reason.not_text") in model(desk.state(), ZH)["problem"]

    upload(desk, ROWS.encode())
    assert desk.state().problem is None
    assert desk.state().roles is not None


def test_a_broken_message_changes_nothing(desk: Desk) -> None:
    """A page of an older version, or a slip, is answered in a sentence; a piece without a file is ignored."""
    act(desk, "piece", b"x", last=True)
    act(desk, "nonsense")
    act(desk, "role", role="amount", column="x")
    act(desk, "choose")

    assert desk.state().file == ""
    assert desk.state().problem is not None


def test_rows_set_aside_are_saved_for_excel(root: Path, desk: Desk) -> None:
    """A file with a byte-order mark, the row's number, the reason in words, and no formula; the list itself is not offered again."""
    upload(desk, ROWS.encode())
    act(desk, "answer", key="dates", value="dmy")
    act(desk, "answer", key="vat", value="in")
    message, buffers = act(desk, "save")

    assert message == {"save": "销售 明细 – 已搁置.csv"}
    assert buffers[0].decode("utf-8-sig").splitlines() == [
        "行号,搁置原因,客户名称,单据日期,金额（元）", "4,日期读不出来,乙,soon,5", "5,金额读不出来,'=cmd,2025-01-01,待定", "6,合计行,合计,,1",
    ]  # fmt: skip
    assert list(desk.state().files) == [f"work/lists/{NAME}"]


def test_a_folder_that_cannot_be_written_is_said(root: Path, desk: Desk) -> None:
    """Where the lists' folder is a file, the sentence names it."""
    lists(root).write_text("in the way", encoding="utf-8")
    act(desk, "upload", name=NAME, size=3)

    assert isinstance(desk.state().problem, NotWritable)


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_card_says_everything_in_one_language(desk: Desk, words: Words) -> None:
    """Each step of the card is complete in both languages, holds only what JSON can, and names what is open."""
    steps = [model(desk.state(), words)]
    upload(desk, ROWS.encode())
    steps.append(model(desk.state(), words))
    act(desk, "answer", key="dates", value="dmy")
    act(desk, "answer", key="vat", value="in")
    steps.append(model(desk.state(), words))
    act(desk, "role", role="amount", column="")
    steps.append(model(desk.state(), words))

    assert all(json.loads(json.dumps(step)) == step for step in steps)
    assert [set(step) & {"file", "columns", "questions", "result"} for step in steps] == [
        set(), {"file", "columns", "questions"}, {"file", "columns", "questions", "result"}, {"file", "columns"},
    ]  # fmt: skip
    assert words.text("own_list.role.amount") in steps[3]["columns"]["still"]
    assert [part["value"] for part in steps[2]["result"]["parts"]] == ["1", "1", "3"]
    assert [each["label"] for each in steps[1]["columns"]["rows"]] == [
        words.text(f"own_list.role.{role}") for role in ("customer_id", "date", "amount")
    ]
    assert steps[1]["says"].endswith(words.say("own_list.ask.dates.title", example="03/04/2025"))
    if words.language == "en":
        own_words = json.dumps(steps[0], ensure_ascii=False)
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in own_words)


def test_the_widget_answers_what_the_page_sends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of the page changes the model; a piece is answered with the wish for the next; a failure is said."""
    made: list[ListPanel] = []
    sent: list[Any] = []
    build = ListPanel.__init__
    monkeypatch.setattr(ListPanel, "__init__", lambda self, **named: (build(self, **named), made.append(self))[0])
    monkeypatch.setattr(ListPanel, "send", lambda self, content, buffers=None: sent.append(content))
    shown = bring(desk, words=EN)
    view = made[0]
    handle = view._handle_custom_msg
    content = ROWS.encode()
    handle({"do": "upload", "name": NAME, "size": len(content)}, [])
    handle({"do": "piece", "last": False}, [content[:50]])
    handle({"do": "piece", "last": True}, [memoryview(content)[50:]])

    assert sent[0] == {"next": True}
    assert {"next": True} in sent[1:]
    assert view.model["file"]["name"] == NAME
    assert view.model["turn"] == 1
    handle("nonsense", [])
    monkeypatch.setattr(desk, "handle", lambda *_: 1 / 0)
    handle({"do": "use"}, [])
    assert "did not foresee" in view.model["problem"]
    assert shown["text/plain"].startswith("In the open course")


def test_a_report_stands_where_nothing_moves(desk: Desk) -> None:
    """The same report as sentences, in which what people wrote stays text."""
    upload(desk, ROWS.encode())
    act(desk, "answer", key="dates", value="dmy")
    act(desk, "answer", key="vat", value="in")
    said = report("<i>.csv", desk.state().result, words=EN)  # type: ignore[arg-type]

    assert "5 rows read, 2 kept, 1 of them repaired, 3 set aside." in said["text/plain"]
    assert "<i>" not in said["text/markdown"].replace("\\<i\\>", "")
