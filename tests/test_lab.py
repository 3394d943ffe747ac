"""Participants' copies and the Lab's settings: nothing of theirs is lost, read or written."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from custlib.content import LANGUAGES, Words
from custlib.course import copies, lab
from custlib.errors import BadContent, BadSetting, NotWritable, UnreadableFile

NOW = datetime(2026, 3, 2, 9, 30, 5)
LESSON = "05_rfm.ipynb"


def notebook(*sources: str, **metadata: object) -> str:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]
    cells.insert(0, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "# 标题"})
    course = {"lesson": "05_rfm", "language": "en", **metadata}
    return json.dumps({"cells": cells, "metadata": {"course": course}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A course in a folder with a space and Chinese characters."""
    folder = tmp_path / "我的 course" / "notebooks" / "en"
    folder.mkdir(parents=True)
    (folder / LESSON).write_text(notebook("first"), encoding="utf-8")
    (folder / "00_welcome.ipynb").write_text(notebook("hello"), encoding="utf-8")
    return folder


@pytest.fixture
def work(edition: Path) -> Path:
    return edition.parents[1] / "work"


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def sources(path: Path) -> list[str]:
    return [cell["source"] for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def change(path: Path, source: str = "mine") -> str:
    content = read(path)
    content["cells"][1]["source"] = source
    path.write_text(json.dumps(content), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def opened(path: Path) -> None:
    """What JupyterLab leaves behind when a lesson is opened, run and saved."""
    content = read(path)
    content["metadata"]["language_info"] = {"name": "python", "version": "3.12"}
    for cell in content["cells"]:
        cell["metadata"]["trusted"] = True
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "seen"}]
            cell["source"] = cell["source"].splitlines(keepends=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_first_copy_is_clean_trusted_and_runs_itself(edition: Path, work: Path) -> None:
    """A copy has no outputs, counts or widget state, is to run on opening, and is signed."""
    import nbformat
    from nbformat.sign import NotebookNotary

    content = read(edition / LESSON)
    content["metadata"]["widgets"] = {"state": {}}
    content["cells"][1] |= {"execution_count": 3, "metadata": {"jupyter": {"source_hidden": True}, "tags": ["keep"]}}
    content["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "old"}]
    (edition / LESSON).write_text(json.dumps(content), encoding="utf-8")

    done = copies.refresh(edition, work)
    copy = read(work / "en" / LESSON)
    notary = NotebookNotary(data_dir=str(work / ".lab" / "data"))
    trusted = notary.check_signature(nbformat.read(work / "en" / LESSON, as_version=4))
    notary.store.close()

    assert done.new == ("00_welcome.ipynb", LESSON)
    assert trusted
    assert copy["metadata"]["course"]["run_on_open"] is True
    assert "widgets" not in copy["metadata"]
    assert {key: copy["cells"][1][key] for key in ("outputs", "execution_count")} == {
        "outputs": [],
        "execution_count": None,
    }
    assert copy["cells"][1]["metadata"] == {"jupyter": {}, "tags": ["keep"]}


def test_opening_and_autosave_are_no_change(edition: Path, work: Path) -> None:
    """A lesson that was only opened is brought up to date in silence."""
    copies.refresh(edition, work)
    opened(work / "en" / LESSON)
    before = (work / "en" / LESSON).read_bytes()

    assert LESSON in copies.refresh(edition, work).current
    assert before == (work / "en" / LESSON).read_bytes()
    (edition / LESSON).write_text(notebook("second"), encoding="utf-8")
    done = copies.refresh(edition, work)

    assert done.updated == (LESSON,)
    assert done.beside == ()
    assert sources(work / "en" / LESSON) == ["second"]


def test_a_changed_lesson_is_never_overwritten(edition: Path, work: Path) -> None:
    """A participant's changes survive every newer course file; each newer one lies beside, with a backup."""
    copies.refresh(edition, work)
    mine = change(work / "en" / LESSON)

    assert copies.refresh(edition, work).kept == (LESSON,)
    for number, name in ((2, "05_rfm.new.ipynb"), (3, "05_rfm.new.ipynb")):
        (edition / LESSON).write_text(notebook(f"version {number}"), encoding="utf-8")
        done = copies.refresh(edition, work, now=NOW)

        assert [each.name for each in done.beside] == [LESSON]
        assert mine == (work / "en" / LESSON).read_text(encoding="utf-8")
        assert mine == done.beside[0].backup.read_text(encoding="utf-8")
        assert name == done.beside[0].newer.name
        assert [f"version {number}"] == sources(work / "en" / name)
        assert copies.refresh(edition, work).kept == (LESSON,)
    backups = sorted(path.name for path in (work / "backup" / "en").iterdir())

    assert backups == ["05_rfm.2026-03-02-093005-2.ipynb", "05_rfm.2026-03-02-093005.ipynb"]


def test_a_changed_newer_file_is_a_participants_file_too(edition: Path, work: Path) -> None:
    """Whoever goes on working in the file placed beside keeps that one as well."""
    copies.refresh(edition, work)
    change(work / "en" / LESSON)
    (edition / LESSON).write_text(notebook("second"), encoding="utf-8")
    copies.refresh(edition, work, now=NOW)
    change(work / "en" / "05_rfm.new.ipynb", "also mine")
    (edition / LESSON).write_text(notebook("third"), encoding="utf-8")
    done = copies.refresh(edition, work, now=NOW)

    assert done.beside[0].newer.name == "05_rfm.new-2.ipynb"
    assert sources(work / "en" / "05_rfm.new.ipynb") == ["also mine"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", None])
def test_a_lost_or_broken_manifest_overwrites_nothing(edition: Path, work: Path, content: str | None) -> None:
    """Where it is not known what was copied, every difference counts as the participant's."""
    copies.refresh(edition, work)
    change(work / "en" / LESSON)
    manifest = work / ".lab" / "copied-en.json"
    if content is None:
        manifest.unlink()
    else:
        manifest.write_text(content, encoding="utf-8")
    done = copies.refresh(edition, work, now=NOW)

    assert sources(work / "en" / LESSON) == ["mine"]
    assert sources(done.beside[0].newer) == ["first"]


def test_a_broken_copy_is_kept_and_a_good_one_lies_beside(edition: Path, work: Path) -> None:
    """A file cut short by a power failure is no reason to throw it away."""
    copies.refresh(edition, work)
    (work / "en" / LESSON).write_text('{"cells": [', encoding="utf-8")
    done = copies.refresh(edition, work, now=NOW)

    assert (work / "en" / LESSON).read_text(encoding="utf-8") == '{"cells": ['
    assert copies.refresh(edition, work).kept == (LESSON,)
    assert sources(done.beside[0].newer) == ["first"]


def test_a_newer_title_alone_reaches_an_untouched_copy(edition: Path, work: Path) -> None:
    """What the course says about its neighbours is renewed where the participant changed nothing."""
    copies.refresh(edition, work)
    opened(work / "en" / LESSON)
    (edition / LESSON).write_text(notebook("first", next={"file": "06.ipynb", "title": "Six"}), encoding="utf-8")

    assert copies.refresh(edition, work).updated == (LESSON,)
    assert read(work / "en" / LESSON)["metadata"]["course"]["next"]["title"] == "Six"


def test_empty_cells_are_no_change_and_deleted_lessons_come_back(edition: Path, work: Path) -> None:
    """An empty cell is a slip of the keyboard; a deleted file is the way to start over."""
    copies.refresh(edition, work)
    content = read(work / "en" / LESSON)
    content["cells"].append({"cell_type": "code", "metadata": {}, "source": " ", "outputs": []})
    (work / "en" / LESSON).write_text(json.dumps(content), encoding="utf-8")
    (work / "en" / "00_welcome.ipynb").unlink()
    done = copies.refresh(edition, work)

    assert done.new == ("00_welcome.ipynb",)
    assert done.current == (LESSON,)


def test_a_kill_in_the_middle_of_writing_leaves_the_old_file(
    edition: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is written whole or not at all."""
    copies.refresh(edition, work)
    (edition / LESSON).write_text(notebook("second"), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(copies.os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            copies.refresh(edition, work)

    assert sources(work / "en" / LESSON) == ["first"]
    assert copies.refresh(edition, work).updated == (LESSON,)


def test_what_cannot_be_copied_is_named(edition: Path, tmp_path: Path) -> None:
    """A folder that cannot be written, an edition that is not there, and a broken lesson each say so."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotWritable, match="cannot be written to"):
        copies.refresh(edition, tmp_path / "file" / "work")
    with pytest.raises(UnreadableFile, match="not there"):
        copies.refresh(tmp_path / "notebooks" / "zh", tmp_path / "work")
    (edition / LESSON).write_text("{", encoding="utf-8")
    with pytest.raises(BadContent, match="05_rfm"):
        copies.refresh(edition, tmp_path / "work")


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_hold_no_path_outside_work(work: Path, language: str) -> None:
    """Every folder JupyterLab and IPython are told of lies in `work/.lab`, and the person's own variables are gone."""
    made = lab.settings(work, language, port=9000, token="secret")
    theirs = {"PATH": "/bin", "JUPYTER_PATH": "/theirs", "JUPYTERLAB_DIR": "/theirs", "IPYTHONDIR": "/theirs"}
    applied = made.applied(theirs | {"JUPYTER_TOKEN": "theirs", "PYTHONSTARTUP": "/theirs/start.py", "LANG": "C"})
    folders = {value for value in made.environment.values() if os.sep in value}

    assert folders
    assert all(Path(folder).is_relative_to(work / ".lab") for folder in folders)
    assert "/theirs" not in " ".join(applied.values())
    assert {"PATH": "/bin", "LANG": "C", "JUPYTER_TOKEN": "secret"}.items() <= applied.items()
    assert "secret" not in " ".join(made.command)


def test_only_the_chinese_edition_asks_for_chinese_menus(work: Path) -> None:
    """The language of the menus and of the page's words is the edition's."""
    for language, locale in (("en", None), ("zh", "zh_CN")):
        config = lab.settings(work, language).folder / "config" / "labconfig"
        overrides = read(config / "default_setting_overrides.json")
        words = json.loads(read(config / "page_config.json")["course"])

        assert locale == overrides.get("@jupyterlab/translation-extension:plugin", {}).get("locale")
        assert Words(language).text("lab.page.show_code") == words["show_code"]


def test_an_unknown_edition_is_named(tmp_path: Path) -> None:
    """There are two editions for participants."""
    with pytest.raises(BadSetting, match="edition"):
        lab.settings(tmp_path, "fr")
    with pytest.raises(BadSetting, match="edition"):
        lab.start(tmp_path, "fr")


def test_a_taken_port_is_passed_over() -> None:
    """The next free port is used."""
    with socket.socket() as taken:
        taken.bind((lab.LOCAL, 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert next(lab.free_ports(port)) > port


LAUNCH = """
import sys
from pathlib import Path
from custlib.course import lab
lab.launch(Path(sys.argv[1]), "zh", open_browser=False, port=18800, say=lambda line: sys.stdout.buffer.write((line + "\\n").encode()) and sys.stdout.flush())
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to another console there")
def test_launch_in_a_foreign_place_and_ctrl_c(edition: Path, tmp_path: Path) -> None:
    """Without a usable home, in GBK and another time zone, the Lab answers, says where, and ends on Ctrl-C."""
    root = edition.parents[1]
    edition.rename(edition.with_name("zh"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    elsewhere = {"HOME": str(tmp_path / "file" / "home"), "LC_ALL": "zh_CN.GBK", "TZ": "Pacific/Auckland"}
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(root)], env=os.environ | elsewhere, stdout=subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdout is not None
    with process.stdout as said:
        lines = [said.readline().decode() for _ in range(4)]
        address = next(line for line in lines if "http" in line)
        port, token = int(address.split(":")[-1].split("/")[0]), address.strip().split("token=")[1]
        listed = lab._ask(port, "/api/contents/00_welcome.ipynb", token)
        process.send_signal(signal.SIGINT)
        lines.append(said.read().decode())
    ended = process.wait(20)
    time.sleep(0.1)

    assert listed == 200
    assert ended == 0
    assert "课程已停止" in lines[-1]
    assert lab._is_free(port)
    assert {"file", "我的 course"} == {path.name for path in tmp_path.iterdir()}
