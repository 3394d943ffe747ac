"""Social styles: where the cues of a meeting put it, and what may be said about it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import styles
from custlib.course.tables import read_table
from custlib.errors import BadColumn, MissingColumns, UnknownName

DATASETS = Path(__file__).parents[1] / "datasets"
QUICK = settings(max_examples=15, deadline=None)
SHEETS = st.dictionaries(
    st.sampled_from(["M1", "M2", "M3"]), st.sets(st.sampled_from(sorted(styles.CUES))), min_size=1, max_size=3
)


def observed(sheets):
    """One row a cue; a meeting without cues has one row without a code."""
    rows = [(name, code) for name, codes in sheets.items() for code in (sorted(codes) or [None])]
    return pd.DataFrame(rows, columns=["meeting_id", "cue_code"])


def cues(side, count):
    return [code for code, of in styles.CUES.items() if of == side][:count]


def meeting(ask=0, tell=0, control=0, emote=0):
    codes = cues("ask", ask) + cues("tell", tell) + cues("control", control) + cues("emote", emote)
    return styles.place(observed({"M": codes})).iloc[0]


def table(name):
    return read_table(DATASETS / f"{name}.csv")


@pytest.mark.parametrize(
    ("counts", "style"),
    [
        ({"tell": 3, "control": 2}, "driving"),
        ({"tell": 2, "emote": 2}, "expressive"),
        ({"ask": 2, "emote": 4}, "amiable"),
        ({"ask": 3, "tell": 1, "control": 2}, "analytical"),
        ({"ask": 2, "tell": 3, "emote": 2}, "mixed"),
        ({"ask": 3, "tell": 2, "emote": 2}, "mixed"),
        ({"ask": 1, "tell": 2, "emote": 2}, "expressive"),
        ({"ask": 1, "emote": 3}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_the_four_quarters_are_those_of_merrill_and_reid_1981(counts, style):
    """Tell and control is driving, tell and emote expressive, ask and emote amiable, ask and control analytical."""
    assert style == meeting(**counts)["style"]


def test_shares_are_tell_and_emote_cues_among_the_cues_of_their_axis():
    """Four tell cues of six give .667, one emote cue of three gives .333."""
    placed = meeting(ask=2, tell=4, control=2, emote=1)

    assert [pytest.approx(4 / 6), pytest.approx(1 / 3)] == placed[list(styles.AXES)].tolist()
    assert placed[["cues_assertiveness", "cues_responsiveness"]].tolist() == [6, 3]


def test_one_cue_on_an_axis_is_missing_and_not_a_half():
    """Below two cues a share is NaN."""
    placed = meeting(ask=1, control=3)

    assert np.isnan(placed["assertiveness"])
    assert placed["responsiveness"] == 0


def test_the_catalogue_is_balanced():
    """Each side of each axis has six cues, so that a blank sheet favours no style."""
    assert [len(cues(side, 99)) for side in styles.SIDES] == [6, 6, 6, 6]


@QUICK
@given(SHEETS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(sheets, random):
    """Shuffled observations, and a cue noted twice, give the same places."""
    rows = observed(sheets)
    shuffled = list(range(len(rows))) * 2
    random.shuffle(shuffled)

    pd.testing.assert_frame_equal(styles.place(rows), styles.place(rows.iloc[shuffled]))


@QUICK
@given(SHEETS, st.sampled_from(cues("tell", 6)))
def test_a_tell_cue_never_lowers_assertiveness(sheets, cue):
    """Where there was a share, one tell cue more leaves it or raises it, and leaves responsiveness alone."""
    before = styles.place(observed(sheets))
    after = styles.place(observed({name: {*codes, cue} for name, codes in sheets.items()}))

    known = before["assertiveness"].notna()
    assert (after["assertiveness"] >= before["assertiveness"])[known].all()
    pd.testing.assert_series_equal(before["responsiveness"], after["responsiveness"])


@QUICK
@given(SHEETS)
def test_every_meeting_is_in_exactly_one_class(sheets):
    """One row a meeting; the class counts add up; a quarter leaves one candidate, mixed and unknown more."""
    placed = styles.place(observed(sheets))
    found = dict(styles.counts(placed).values)

    assert sorted(sheets) == placed["meeting_id"].tolist()
    assert found.pop("meetings") == sum(found.values()) == len(sheets)
    for row in placed.itertuples():
        open_to = styles.candidates(row.assertiveness, row.responsiveness)
        assert (row.style in styles.STYLES) == (open_to == (row.style,))


@QUICK
@given(st.sets(st.sampled_from(sorted(styles.CUES))))
def test_turning_cues_are_those_whose_tick_changes_the_class(codes):
    """Each named cue, flipped alone, gives another class, and no other does."""
    flipped = {code: codes ^ {code} for code in styles.CUES} | {"as noted": codes}
    found = styles.place(observed(flipped)).set_index("meeting_id")["style"]

    assert styles.turning(codes) == [code for code in styles.CUES if found[code] != found["as noted"]]


def test_an_unknown_cue_is_named_with_the_one_that_was_meant():
    """A typing error in a cue says which cue exists."""
    with pytest.raises(UnknownName, match=r"“cuts_inn”.*“cuts_in”"):
        styles.place(pd.DataFrame({"meeting_id": ["M"], "cue_code": ["cuts_inn"]}))


def test_bad_tables_are_refused_by_name():
    """A missing column and a missing meeting are said, not guessed."""
    with pytest.raises(MissingColumns, match="meeting_id"):
        styles.place(pd.DataFrame({"meeting": ["M"], "cue_code": ["cuts_in"]}))
    with pytest.raises(BadColumn, match="meeting_id"):
        styles.place(pd.DataFrame({"meeting_id": [None], "cue_code": ["cuts_in"]}))
    with pytest.raises(UnknownName, match="meeting"):
        styles.worked(styles.place(table("observations")), "M99")


def test_backup_names_what_a_style_falls_back_on():
    """Each of the four has one fallback; mixed and unknown have none and are refused."""
    assert [styles.backup(style) for style in styles.STYLES] == ["autocratic", "attack", "acquiesce", "avoid"]
    with pytest.raises(UnknownName, match="mixed"):
        styles.backup("mixed")


def test_the_practice_meetings_hold_what_the_lesson_shows():
    """Each class occurs, one person lands in three quarters, and tables agree on who was met."""
    observations, meetings = table("observations"), table("meetings")
    placed = styles.place(observations)
    finding = styles.moves(placed, meetings)

    assert {*styles.STYLES, "mixed", "unknown"} == set(placed["style"])
    assert finding.code == "styles.look.moves"
    assert (finding.values["meetings"], finding.values["quarters"]) == (3, 3)
    pairs = observations[["meeting_id", "person_id"]].drop_duplicates()
    assert len(pairs) == len(pairs.merge(meetings, on=["meeting_id", "person_id"])) == len(meetings)


def test_reversed_data_reverse_the_finding():
    """Where each person has the same cues at each meeting, everybody stays; met once each, nothing is claimed."""
    observations, meetings = table("observations"), table("meetings")
    first = meetings.drop_duplicates("person_id").set_index("person_id")["meeting_id"]
    same = [
        observations[observations["meeting_id"] == first[person]].assign(meeting_id=name)
        for name, person in zip(meetings["meeting_id"], meetings["person_id"], strict=True)
    ]
    strangers = meetings.assign(person_id=meetings["meeting_id"])

    assert styles.moves(styles.place(pd.concat(same)), meetings).code == "styles.look.stays"
    assert styles.moves(styles.place(observations), strangers).code == "styles.look.once"


KEY = pd.DataFrame(
    {"line": ["1", "2", "3", "4", "5"], "cue_code": ["asks_first", "softens", "says_feeling", "small_talk", None]}
)


@pytest.mark.parametrize(
    ("sides", "code", "agree", "across", "overread"),
    [
        (["ask", "ask", "emote", "emote", "nothing"], "same", 5, 0, 0),
        (["tell", "tell", "emote", "emote", "nothing"], "other", 3, 0, 0),
        (["ask", "ask", "tell", "emote", "tell"], "other", 3, 1, 1),
        (["ask", "ask", "emote", "emote", None], "unfinished", 4, 0, 0),
    ],
)
def test_a_reading_is_held_against_the_key_line_by_line(sides, code, agree, across, overread):
    """Lines that agree are counted, and misses are told apart: the other axis, or a cue where there is none."""
    found = styles.compare(pd.DataFrame({"line": KEY["line"], "side": sides}), KEY).finding

    assert code == found.code.removeprefix("styles.reader.")
    assert (agree, across, overread) == tuple(found.values[name] for name in ("agree", "across", "overread"))


def test_a_reading_of_unknown_lines_or_sides_is_refused():
    """What is not in the transcript or not a side is named."""
    with pytest.raises(UnknownName, match="“9”"):
        styles.compare(pd.DataFrame({"line": ["9"], "side": ["ask"]}), KEY)
    with pytest.raises(UnknownName, match="“loud”"):
        styles.compare(pd.DataFrame({"line": ["1"], "side": ["loud"]}), KEY)
