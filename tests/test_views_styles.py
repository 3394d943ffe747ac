"""What lesson 03 shows: charts, panels and sentences, in both languages, from the data at hand."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from custlib.analysis import styles as analysis
from custlib.content import LANGUAGES, Words, dictionary
from custlib.course.tables import read_table
from custlib.errors import UnknownName
from custlib.quick import quick_imports

with quick_imports():
    from custlib.views import styles
    from custlib.views.bundle import VEGALITE

DATASETS = Path(__file__).parents[1] / "datasets"
OBSERVATIONS, MEETINGS, KEY = (
    read_table(DATASETS / f"{name}.csv") for name in ("observations", "meetings", "transcript_cues")
)
HOSTILE = "<img src=x onerror=alert(1)>"
LINES = KEY.loc[KEY["speaker"] == "customer", "line"]


@pytest.fixture(params=LANGUAGES)
def words(request):
    return Words(request.param)


def ticks(start):
    return styles._ticks(OBSERVATIONS, [*MEETINGS["meeting_id"], "blank"], start)


def placed_by(words, values):
    return styles.place_answer(OBSERVATIONS, MEETINGS, ("blank",), words, values)


def read(words, sides, show=()):
    return styles.reader_answer(KEY, words, dict(zip(LINES, sides, strict=True)) | {"show": list(show)})


def keyed():
    return [analysis.CUES.get(code, "nothing") for code in KEY.loc[KEY["speaker"] == "customer", "cue_code"]]


def test_the_grid_states_what_the_data_say(words):
    """The title is the finding, on reversed data the reverse; meetings without a place are named."""
    placed = analysis.place(OBSERVATIONS)
    moved = styles.grid(placed, MEETINGS, words=words)
    alone = styles.grid(placed, MEETINGS.assign(person_id=MEETINGS["meeting_id"]), words=words)

    person = MEETINGS.loc[0, f"person_{words.language}"]
    assert words.sentences(moved[VEGALITE]["title"]["text"]) == words.say(
        "styles.look.moves", person=person, meetings=3, quarters=3
    )
    assert words.sentences(alone[VEGALITE]["title"]["text"]) == words.text("styles.look.once")
    assert MEETINGS.loc[9, f"person_{words.language}"] in moved["text/plain"]


def test_each_meeting_of_the_panel_answers(words):
    """A meeting in a quarter, in between, unknown, and a blank sheet give a reading, advice and a notice."""
    for chosen in ("M01", "M09", "M10", "blank"):
        model, chart = placed_by(words, ticks(chosen))

        assert [len(model["blocks"]), len(model["kpis"])] == [4, 3]
        assert model["notice"]
        assert model["says"] == words.sentences(chart[VEGALITE]["title"]["text"])


def test_ticks_move_the_mark_and_the_advice_follows(words):
    """A meeting turned round by its ticks reads as the other style and shows where it was noted."""
    values = ticks("M02")
    values |= {"M02.tell": [], "M02.control": [], "M02.ask": ["softens", "leans_back"], "M02.emote": ["small_talk"]}
    values["M02.emote"] = ["small_talk", "hands_talk"]
    model, chart = placed_by(words, values)

    assert model["kpis"][2]["value"] == words.text("styles.style.amiable")
    assert model["blocks"][0]["items"] == words.text("styles.advice.amiable.open").splitlines()
    assert words.text("styles.place.noted") in json.dumps(chart, ensure_ascii=False)


def test_too_few_cues_are_said_and_no_mark_is_drawn(words):
    """A blank sheet has no place on the grid and gives no percentage; an axis that lacks cues is named."""
    model, chart = placed_by(words, ticks("blank"))

    assert model["notice"] == words.text("styles.place.few_both")
    assert "focus" not in [
        row["role"] for rows in chart[VEGALITE]["datasets"].values() for row in rows if "role" in row
    ]
    assert words.text("styles.axis.responsiveness") in placed_by(words, ticks("M10"))[0]["notice"]
    assert [words.text("styles.place.none_yet")] * 2 == [kpi["value"] for kpi in model["kpis"][:2]]


def test_an_unknown_meeting_or_cue_is_refused(words):
    """What a page sends is checked like any other input."""
    with pytest.raises(UnknownName):
        placed_by(words, {**ticks("M01"), "meeting": HOSTILE})
    with pytest.raises(UnknownName):
        placed_by(words, {**ticks("M01"), "M01.tell": [HOSTILE]})


def test_the_key_stays_covered_until_it_is_due(words):
    """No reason is shown while a line is unread, unless asked for; then every line has one."""
    half = [*keyed()[:-1], ""]
    models = [read(words, half)[0], read(words, half, ["now"])[0], read(words, keyed())[0]]
    covered, open_, done = (
        [control["note"] for control in model["controls"] if control["kind"] == "segment"] for model in models
    )

    assert not any(covered)
    assert all(open_)
    assert all(done)
    assert [len(model["kpis"]) for model in models] == [2, 3, 3]


def test_a_reading_like_the_key_lands_where_the_key_lands(words):
    """The sentence names the same style twice on agreement and two styles on disagreement."""
    amiable, driving = words.text("styles.style.amiable"), words.text("styles.style.driving")
    same, _ = read(words, keyed())
    swap = {"ask": "tell", "emote": "control", "tell": "ask", "control": "emote", "nothing": "nothing"}
    other, _ = read(words, [swap[side] for side in keyed()])

    assert amiable in same["says"]
    assert driving in other["says"]
    assert amiable in other["says"]


def test_hostile_names_stay_text(words):
    """A name made of HTML is a label in a chart and a text in a model, never markup."""
    meetings = MEETINGS.assign(person_en=HOSTILE, person_zh=HOSTILE)
    placed = analysis.place(OBSERVATIONS)
    sentence = styles.worked(placed, meetings, "M08", words=words)
    model, chart = styles.place_answer(OBSERVATIONS, meetings, ("blank",), words, ticks("M01"))

    assert "text/html" not in chart
    assert "<img" not in sentence["text/markdown"].replace("\\<", "")
    assert HOSTILE in model["says"]


def test_the_advice_is_one_row_a_style(words):
    """Four styles, each with what one sees, does, leaves out, and meets under pressure."""
    lines = styles.advice(words=words)["text/plain"].splitlines()

    assert [len(line.split(" | ")) for line in lines[1:]] == [5] * 5


def test_every_cue_and_line_has_its_words():
    """No code of the catalogue or the transcript lacks a text, and no text lacks a code."""
    known = dictionary()

    assert {key.split(".")[2] for key in known if key.startswith("styles.cue.")} == set(analysis.CUES)
    assert {key.split(".")[2] for key in known if key.startswith("styles.transcript.")} == set(KEY["line"])
    assert {key.split(".")[2] for key in known if key.startswith("styles.why.")} == set(LINES)


def test_chinese_words_hold_no_english():
    """Outside placeholders and the name of the software, Chinese texts have no Latin letters."""
    texts = {key: text["zh"] for key, text in dictionary().items() if key.startswith("styles.")}
    latin = {key: re.findall(r"[A-Za-z]+", re.sub(r"\{[^}]*\}|JupyterLab", "", text)) for key, text in texts.items()}

    assert {key: found for key, found in latin.items() if found} == {}


def test_english_words_hold_no_chinese():
    """The English texts stand on their own."""
    texts = {key: text["en"] for key, text in dictionary().items() if key.startswith("styles.")}

    assert [key for key, text in texts.items() if re.search(r"[\u3000-\u9fff]", text)] == []


def test_the_lesson_opens_on_an_empty_list(words):
    """The sheets of one's own need no table and start without a single tick."""
    empty = pd.DataFrame(columns=["meeting_id", "person_id"])
    values = styles._ticks(styles.NO_CUES, styles.SHEETS, styles.SHEETS[0])
    model, _ = styles.place_answer(styles.NO_CUES, empty, styles.SHEETS, words, values)

    assert [control["value"] for control in model["controls"][1:]] == [[], [], [], []]
