"""What a conversation shows, in both languages: on the screen, in the terminal, and where nothing is alive."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from custlib.content import Words
from custlib.course import roleplay
from custlib.course.cli import main
from custlib.course.scenarios import known, open_scenario
from custlib.practice.play import Rules, options
from custlib.practice.stage import Stage
from custlib.views.cards.debrief import debrief_model
from custlib.views.cards.play import conversation
from custlib.views.cards.scenario_graph import draw
from custlib.views.cards.talk import play_model

ROOT = Path(__file__).parents[1]
WEI = open_scenario(ROOT, "driver-purchasing-director")
BEST = ("t1b", "t2a", "t3b", "t4c", "style:driving", "need:esteem", "cell:defend", "t5c", "t6a")
POOR = ("t1c", "t2c", "t3a", "t4b", "style:amiable", "need:safety", "cell:core", "t5b", "t6b")


def said(model: Any) -> Iterator[str]:
    if isinstance(model, str):
        yield model
    for each in model.values() if isinstance(model, dict) else model if isinstance(model, list) else ():
        yield from said(each)


def after(*keys: str, level: int = 2) -> Stage:
    stage = Stage(WEI, rules=Rules(level))
    for key in keys:
        stage.act({"do": "choose", "key": key})
    return stage


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("keys", [BEST, POOR, BEST[:3], BEST[:5], ()])
def test_everything_shown_is_in_the_readers_language(language: str, keys: tuple[str, ...]) -> None:
    """No Chinese on an English screen, Chinese on a Chinese one, and no placeholder left; all of it is plain JSON."""
    for level in (1, 3):
        stage = after(*keys, level=level) if level != 3 else after(*keys[:0], level=3)
        if stage.play.over:
            stage.act({"do": "debrief", "answers": ["", "", ""]})
        model = play_model(stage, Words(language))
        texts = " ".join(said(model))

        assert bool(re.search(r"[\u4e00-\u9fff]", texts)) == (language == "zh")
        assert not re.search(r"\{\w+\}", texts)
        assert json.loads(json.dumps(model)) == model


def test_the_coach_speaks_after_every_turn_at_level_one_only() -> None:
    """And trust is shown there alone; at level 3 the cues are noisy and a limit is named."""
    shown = {
        level: play_model(after(options(after(level=level).play)[0], level=level), Words("en")) for level in (1, 2, 3)
    }

    assert {level: any(e["kind"] == "coach" for e in m["log"]) for level, m in shown.items()} == {
        1: True,
        2: False,
        3: False,
    }
    assert {level: "trust" in m["side"] for level, m in shown.items()} == {1: True, 2: False, 3: False}
    assert {level: len(m["side"]["cues"]) for level, m in shown.items()} == {1: 3, 2: 3, 3: 5}
    assert "limit" in shown[3]["side"]
    assert all(cue["tells"] for cue in shown[2]["side"]["cues"])
    assert not any(cue["tells"] for cue in shown[3]["side"]["cues"])


def test_the_debrief_asks_first_and_never_ends_on_the_score() -> None:
    """One's own answers stand before the score's reasons; last comes what to practise."""
    stage = after(*POOR)
    stage.act({"do": "debrief", "answers": ["the limit", "", "60,000"]})
    found = debrief_model(stage, Words("en"), pair="Another")

    assert [item["answer"] for item in found["questions"]["items"]] == ["the limit", "(nothing)", "60,000"]
    assert list(found)[-2:] == ["next", "pair"]
    assert found["next"].startswith("Practise next:")
    assert [item["ok"] for item in found["diagnosis"]["items"]] == [False, False, False]
    assert len(found["mines"]["items"]) == 4
    assert sum(row["hit"] for row in found["transcript"]["rows"]) == 1


def test_the_debrief_turns_round_on_the_best_conversation() -> None:
    """Nothing cost anything, no mine, nothing missed: each place says so instead of showing an empty list."""
    stage = after(*BEST)
    stage.act({"do": "debrief", "answers": ["", "", ""]})
    found = debrief_model(stage, Words("en"))

    assert (found["cost"]["heading"], found["path"]) == ("No turn cost anything", None)
    assert found["mines"]["items"] == found["missed"]["items"] == []
    assert found["next"].startswith("Every criterion is met")


def test_a_click_goes_to_the_stage_and_the_answer_is_drawn() -> None:
    """The widget's number grows with each answer, and a step back names the line taken back."""
    view = conversation(Stage(WEI), Words("en"))
    view._handle_custom_msg({"do": "choose", "key": "t1b"}, [])
    assert (view.model["n"], view.model["done"], view.model["scene"]) == (1, "choose", "talk")
    view._handle_custom_msg({"do": "undo"}, [])
    assert (view.model["n"], view.model["restored"]) == (2, "t1b")
    view._handle_custom_msg("nonsense", [])

    assert view.model["n"] == 2


def test_the_screen_writes_no_html() -> None:
    """Words leave as text: the module has no way to parse them."""
    module = (ROOT / "custlib" / "views" / "static" / "play.js").read_text("utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", module)


def test_what_the_screen_borrows_is_there() -> None:
    """The tools named at the head of the module stand in the file that is put in front of it, and are used."""
    folder = ROOT / "custlib" / "views" / "static"
    module, tools = ((folder / name).read_text("utf-8") for name in ("play.js", "dom.js"))
    borrowed = re.findall(r"`(\w+)`", module.splitlines()[1])

    assert borrowed == ["el", "icon", "PATHS", "unique"]
    assert all(f"const {name} =" in tools and re.search(rf"\b{name}\b[(,]", module) for name in borrowed)


@pytest.mark.parametrize("name", known(ROOT))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_is_alive_one_sentence_stands(name: str, language: str) -> None:
    """The same whatever has been said: a committed notebook does not change with a journal."""
    words = Words(language)
    text = roleplay.still(open_scenario(ROOT, name), words)

    assert text == roleplay.still(open_scenario(ROOT, name), words)
    assert open_scenario(ROOT, name).persona.name.in_(language) in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_graph_is_drawn_with_its_shares(language: str) -> None:
    """Well-formed SVG: a box for each line and end, texts escaped, the shares of the ends together all plays."""
    loud = WEI.model_copy(update={"title": WEI.title.model_copy(update={"en": 'A "<b>" & C', "zh": "甲“<b>”&乙"})})
    tree = ElementTree.fromstring(draw(loud, Words(language)))
    boxes = [each for each in tree.iter() if each.tag.endswith("}g")]
    shares = {}
    for box in boxes:
        texts = [each.text or "" for each in box if each.tag.endswith("}text")]
        shares[texts[0]] = float(texts[1].removesuffix("%").strip())

    assert shares.keys() == WEI.choices.keys() | WEI.ends.keys()
    assert sum(shares[end] for end in WEI.ends) == pytest.approx(100, abs=0.3)


# --- the terminal


@pytest.fixture(autouse=True)
def _own_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTLIB_JOURNAL", f"sqlite:///{tmp_path / 'journal.db'}")


def run(*arguments: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments, input=typed)
    return done.exit_code, done.output


@pytest.mark.parametrize(("language", "end"), [("en", "A trial with a date"), ("zh", "试用定了日期")])
def test_a_conversation_in_the_terminal_by_keys(language: str, end: str) -> None:
    """Keys alone lead to the end and the debrief."""
    code, output = run("play", WEI.id, "--lang", language, "--choices", ",".join(BEST))

    assert code == 0
    assert end in output
    assert Words(language).text("play.debrief.competencies") in output


def test_a_conversation_in_the_terminal_by_numbers() -> None:
    """Numbers choose, `u` goes back, nonsense is asked again, `q` stops and says that the talk is kept."""
    code, output = run("play", WEI.id, typed="9\nx\n2\nu\n2\nq\n")

    assert code == 0
    assert output.count("Please type a number from 1 to 3.") == 2
    assert output.rstrip().endswith("The talk is kept; the same command goes on with it.")


def test_a_conversation_in_the_terminal_goes_on_and_begins_again() -> None:
    """Left after two lines, it is taken up there; once it was over, the next one begins at the start."""
    run("play", WEI.id, typed="2\n1\nq\n")
    output = run("play", WEI.id, "--lang", "zh", typed="2\n3\n1\n4\n2\n3\n1\n")[1]
    assert Words("zh").text("play.resumed") in output
    assert "100.0 分" in output
    again = run("play", WEI.id, typed="q\n")[1]

    assert Words("en").text("play.resumed") not in again
    assert "Turn 1: your move" in again


def test_keys_that_end_early_stop_there_and_say_how_to_go_on() -> None:
    """Without a terminal to ask in, the talk ends where the keys end."""
    code, output = run("play", WEI.id, "--choices", "t1b,t2a")

    assert code == 0
    assert output.rstrip().endswith("--choices t1b,t2a")


def test_a_wrong_key_or_scenario_is_one_sentence() -> None:
    """What is open stands in the answer, or what there is."""
    code, output = run("play", WEI.id, "--choices", "t1z")
    assert "Did you mean “t1c”?" in output
    assert "Traceback" not in output
    code, output = run("play", "nobody")

    assert code == 1
    assert WEI.id in output


@pytest.mark.full
def test_the_linter_reports_on_a_scenario_by_name() -> None:
    """Distribution, lazy strategies, best path; nothing wrong, so it ends well."""
    code, output = run("lint", WEI.id)

    assert code == 0
    for part in ("nothing wrong", "Best path", "Random play", "always_1", "like_last", "90–100"):
        assert part in output


def test_a_new_scenario_begins_from_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written once, checked with places in Chinese, and never overwritten; an odd name is refused."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "course.yaml").write_text("title: {en: a, zh: b}\nlessons: []\n")
    monkeypatch.chdir(tmp_path)
    code, output = run("scenario", "new", "my-first")
    assert code == 0
    made = Path(output.strip())
    assert "id: my-first" in made.read_text("utf-8")
    code, output = run("scenario", "check", "my-first", "--lang", "zh")
    assert code == 1
    assert "turns.t2：只有 2 个选项" in output
    made.write_text("mine")
    code, output = run("scenario", "new", "my-first")
    assert code == 1
    assert made.read_text() == "mine"
    for name in ("../away", "Ä", "versions", "a/b"):
        assert run("scenario", "new", name)[0] == 1
    made.write_text("a: [")
    code, output = run("lint", "my-first")

    assert code == 1
    assert "my-first.yaml" in output


@pytest.mark.full
def test_a_changed_scenario_must_raise_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once sealed, another content under the same version is a fault; with the version raised it is none."""
    folder = tmp_path / "exercises" / "scenarios"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "course.yaml").write_text("title: {en: a, zh: b}\nlessons: []\n")
    source = (ROOT / "exercises" / "scenarios" / f"{WEI.id}.yaml").read_text("utf-8")
    (folder / f"{WEI.id}.yaml").write_text(source, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("scenario", "seal") == (0, f"{WEI.id}\n")
    changed = source.replace("minutes: 12", "minutes: 13", 1)
    (folder / f"{WEI.id}.yaml").write_text(changed, "utf-8")
    assert "version" in run("lint", WEI.id)[1].splitlines()[0]
    (folder / f"{WEI.id}.yaml").write_text(
        changed.replace(f"version: {WEI.version}", f"version: {WEI.version + 1}"), "utf-8"
    )

    assert run("lint", WEI.id)[0] == 0
