"""What lesson 04 shows: charts, tables and panels, in both languages, from the data at hand."""

import json
from pathlib import Path

import pytest

from custlib.analysis import dialogue as analysis
from custlib.content import LANGUAGES, Words, dictionary
from custlib.course.tables import read_table
from custlib.errors import UnknownName
from custlib.quick import quick_imports

with quick_imports():
    from custlib.views import dialogue
    from custlib.views.bundle import VEGALITE, WIDGET

DATASETS = Path(__file__).parents[1] / "datasets"
LINES, TALKS = read_table(DATASETS / "talk_lines.csv"), read_table(DATASETS / "talks.csv")
BAD = LINES[LINES["talk"] == dialogue.SHOWN]
SELLER = BAD.loc[BAD["speaker"] == "seller"]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(params=LANGUAGES)
def words(request):
    return Words(request.param)


def marks(*values):
    return dict(zip(SELLER["line"], values, strict=True)) | {"show": []}


def keyed():
    return ["mine" if mine else "clear" for mine in SELLER["mine"].fillna("")]


def sheet(words, **values):
    start = dict.fromkeys(analysis.QUESTIONS, 0) | {"mines": [], "outcome": "continuation"}
    return dialogue.sheet_answer(words, start | values)[0]


def test_the_chart_states_what_the_data_say(words):
    """The title is the finding; where orders and no-sales change places, it turns round."""
    turned = TALKS.assign(signed=TALKS["closed"], closed=TALKS["signed"])
    turned["step"] = turned["day"] = TALKS["step"].map({"yes": "no", "no": "yes"})
    right = dialogue.questions(LINES, TALKS, words=words)
    wrong = dialogue.questions(LINES, turned, words=words)

    assert words.say("dialogue.look.more", moved=3.545, other=0.769) in right["text/plain"]
    assert words.text("dialogue.look.fewer").split("{")[0] in wrong["text/plain"]


def test_a_talk_can_be_followed(words):
    """A talk of each outcome has its chart, four figures and one thing to notice; a mine is named in the chart."""
    for name in analysis.outcome(TALKS).drop_duplicates("outcome")["talk"]:
        model, chart = dialogue.follow_answer(LINES, TALKS, words, {"talk": name})

        assert len(model["kpis"]) == 4
        assert model["notice"]
        assert model["says"] == words.sentences(chart[VEGALITE]["title"]["text"])
    _, bad = dialogue.follow_answer(LINES, TALKS, words, {"talk": dialogue.SHOWN})
    assert words.text("dialogue.mine.concession") in json.dumps(bad, ensure_ascii=False)


def test_the_key_stays_covered_until_it_is_due(words):
    """No reason is shown while a line is unjudged, unless asked for; then each of the seller's lines has one."""
    half = marks(*keyed()[:-1], "")
    models = [dialogue.spot_answer(BAD, words, values)[0] for values in (half, half | {"show": ["now"]})]
    covered, open_ = ([each["note"] for each in model["controls"] if each["kind"] == "segment"] for model in models)

    assert not any(covered)
    assert all(open_)
    assert [len(model["kpis"]) for model in models] == [1, 3]


def test_a_reading_like_the_key_is_told_so(words):
    """All five mines found is one sentence, everything marked as a mine another."""
    same = dialogue.spot_answer(BAD, words, marks(*keyed()))[0]
    eager = dialogue.spot_answer(BAD, words, marks(*["mine"] * len(SELLER)))[0]

    assert same["notice"] == words.say("dialogue.spot.all", mines=5)
    assert eager["notice"] == words.say("dialogue.spot.some", found=5, mines=5, missed=0, alarms=3)


def test_a_sheet_offers_the_questions_that_were_missing(words):
    """A kind that was not asked comes with stems to write from; where all were asked, none is offered."""
    titles = [block["title"] for block in sheet(words, situation=4, problem=1)["blocks"]]

    assert titles == [words.text("dialogue.sheet.implication"), words.text("dialogue.sheet.need_payoff")]
    assert sheet(words, **dict.fromkeys(analysis.QUESTIONS, 1))["blocks"] == []
    assert sheet(words)["notice"] == words.text("dialogue.sheet_read.none")
    assert sheet(words, implication=1, mines=["timing"])["notice"] == words.say("dialogue.sheet_read.mines", mines=1)


def test_what_a_page_sends_is_checked(words):
    """An unknown talk, mine, mark or outcome is refused by name."""
    with pytest.raises(UnknownName):
        dialogue.follow_answer(LINES, TALKS, words, {"talk": HOSTILE})
    with pytest.raises(UnknownName):
        sheet(words, mines=[HOSTILE])
    with pytest.raises(UnknownName):
        sheet(words, outcome=HOSTILE)
    with pytest.raises(UnknownName):
        dialogue.spot_answer(BAD, words, marks(HOSTILE, *keyed()[1:]))


def test_a_count_beyond_the_slider_is_cut(words):
    """A page that sends a million questions gets an answer, and not a million rows."""
    assert sheet(words, situation=1_000_000, problem=-3)["kpis"][0]["value"] == words.number(dialogue.MOST_ASKED)


def test_the_panels_have_a_sentence_where_nothing_is_alive(words):
    """Each panel comes as a widget with one fixed sentence; where it has a chart, the chart stands in its place."""
    panels = [
        dialogue.follow(LINES, TALKS, words=words),
        dialogue.spot(LINES, words=words),
        dialogue.sheet(words=words),
    ]

    assert all(WIDGET in each and each["text/plain"] for each in panels)
    assert [VEGALITE in each for each in panels] == [True, False, False]


def test_the_tables_have_a_row_for_each_kind(words):
    """Four questions, four outcomes, eight mines, each with all its columns."""
    shown = [dialogue.kinds(words=words), dialogue.outcomes(words=words), dialogue.mines(words=words)]
    rows = [[len(line.split(" | ")) for line in each["text/plain"].splitlines()[1:]] for each in shown]

    assert rows == [[4] * 5, [3] * 5, [3] * 9]


def test_every_line_of_the_conversation_has_its_words():
    """Each line has a text; each of the seller's lines a reason as well."""
    assert {f"dialogue.transcript.{line}" for line in BAD["line"]} <= set(dictionary())
    assert {f"dialogue.why.{line}" for line in SELLER["line"]} <= set(dictionary())


def test_talks_are_counted_in_words(words):
    """The sentence under the chart counts the outcomes."""
    assert "24" in dialogue.counted(TALKS, words=words)["text/plain"]
