"""Coded conversations: hand-counted figures, what must always hold, and wrong input."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import dialogue
from custlib.course.tables import read_table
from custlib.errors import BadColumn, MissingColumns, UnknownName

DATASETS = Path(__file__).parents[1] / "datasets"
LINES, TALKS = read_table(DATASETS / "talk_lines.csv"), read_table(DATASETS / "talks.csv")


def talk(*codes: str, name: str = "A", mines: tuple[str, ...] = (), seconds: int = 5) -> pd.DataFrame:
    """One talk in which the seller says all the coded lines, five seconds each unless told otherwise."""
    marked = [*mines, *[""] * (len(codes) - len(mines))]
    return pd.DataFrame(
        {
            "talk": name,
            "line": range(len(codes)),
            "speaker": "seller",
            "code": codes,
            "mine": marked,
            "seconds": seconds,
        }
    )


def test_a_profile_counts_what_a_hand_counts() -> None:
    """S S P S I: two S before and one after, one step back; the seller has 25 of 40 seconds."""
    one = talk("situation", "situation", "problem", "situation", "implication", mines=("timing",))
    answered = pd.concat([one, one.tail(3).assign(speaker="customer", code="", mine="")])

    found = dialogue.profile(answered).iloc[0]

    assert [found[code] for code in dialogue.QUESTIONS] == [3, 1, 1, 0]
    assert [found["questions"], found["mines"], found["back"], found["seller_lines"]] == [5, 1, 1, 5]
    assert found["seller_share"] == 25 / 40


def test_the_bad_conversation_of_the_lesson_is_coded_as_read() -> None:
    """Counted by hand in its text: one S, one P, one I, no N, five mines; the seller has 53 of 90 seconds."""
    found = dialogue.profile(LINES).set_index("talk").loc["T01"]

    assert [found[code] for code in dialogue.QUESTIONS] == [1, 1, 1, 0]
    assert [found["mines"], found["back"]] == [5, 0]
    assert found["seller_share"] == pytest.approx(53 / 90)


def test_talks_keep_their_order_and_one_without_questions_stays() -> None:
    """Each talk has its row, in the order of the table, also where nothing was asked and nobody spoke long."""
    both = pd.concat([talk("", "", name="Z"), talk("problem", name="A", seconds=0)])

    found = dialogue.profile(both)

    assert list(found["talk"]) == ["Z", "A"]
    assert list(found["questions"]) == [0, 1]
    assert found["seller_share"].isna().tolist() == [False, True]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(["", *dialogue.QUESTIONS]), min_size=1, max_size=20))
def test_counts_add_up_and_sorted_questions_never_step_back(codes: list[str]) -> None:
    """The four counts add to all questions; asked in the order S, P, I, N, no question steps back."""
    found = dialogue.profile(talk(*codes)).iloc[0]
    ordered = dialogue.profile(talk(*sorted(codes, key=["", *dialogue.QUESTIONS].index))).iloc[0]

    assert found[list(dialogue.QUESTIONS)].sum() == found["questions"] == len([code for code in codes if code])
    assert 0 <= found["back"] < max(found["questions"], 1)
    assert ordered["back"] == 0


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        (("yes", "no", "no", "no"), "order"),
        (("no", "yes", "yes", "no"), "advance"),
        (("no", "yes", "no", "no"), "continuation"),
        (("no", "no", "no", "no"), "continuation"),
        (("no", "no", "no", "yes"), "no_sale"),
        (("no", "yes", "yes", "yes"), "no_sale"),
    ],
)
def test_an_outcome_follows_from_what_was_agreed(answers: tuple[str, ...], named: str) -> None:
    """Signed is an order, closed is a no-sale, a step is an advance only with a day, all else a continuation."""
    row = dict(zip(("signed", "step", "day", "closed"), answers, strict=True))

    assert dialogue.outcome(pd.DataFrame([{"talk": "A", **row}]))["outcome"].tolist() == [named]


def test_the_finding_turns_round_with_the_data() -> None:
    """More, fewer, alike and one-sided are each said of the data they belong to."""
    many, few = talk("implication", "need_payoff", name="A"), talk("situation", name="B")
    profiled = dialogue.profile(pd.concat([many, few]))

    def said(*outcomes: str) -> str:
        ended = pd.DataFrame({"talk": ["A", "B"], "outcome": outcomes})
        return dialogue.finding(dialogue.contrast(profiled, ended)).code

    assert said("advance", "no_sale") == "dialogue.look.more"
    assert said("continuation", "order") == "dialogue.look.fewer"
    assert said("order", "advance") == "dialogue.look.one_sided"
    same = dialogue.profile(pd.concat([many, many.assign(talk="B")]))
    ended = pd.DataFrame({"talk": ["A", "B"], "outcome": ["order", "no_sale"]})
    assert dialogue.finding(dialogue.contrast(same, ended)).code == "dialogue.look.alike"


def test_means_are_per_talk_and_by_outcome() -> None:
    """Two talks that moved on with 2 and 0 problem questions have a mean of 1, the other one of 3."""
    three = [talk("problem", "problem", name="A"), talk("", name="B"), talk(*["problem"] * 3, name="C")]
    ended = pd.DataFrame({"talk": list("ABC"), "outcome": ["order", "advance", "continuation"]})

    means = dialogue.contrast(dialogue.profile(pd.concat(three)), ended).set_index("code")

    assert means.loc["problem"].tolist() == [1.0, 3.0]
    assert list(means.index) == [*dialogue.QUESTIONS, "mines"]


def test_the_company_s_talks_show_what_the_lesson_shows() -> None:
    """24 talks; those that moved on have more than a question more of the later kinds, and fewer mines."""
    ended = dialogue.outcome(TALKS)
    means = dialogue.contrast(dialogue.profile(LINES), ended).set_index("code")

    assert dialogue.counts(ended).values["talks"] == 24 == LINES["talk"].nunique()
    assert dialogue.finding(means.reset_index()).code == "dialogue.look.more"
    assert means.at["mines", "moved"] < means.at["mines", "other"]


@pytest.mark.parametrize(
    ("codes", "mines", "share", "code"),
    [
        (("implication",), ("timing",), 5, "mines"),
        (("", ""), (), 5, "none"),
        (("problem",), (), 5, "stops"),
        (("implication",), (), 5, "talks"),
        (("implication", "problem"), (), 1, "back"),
        (("problem", "implication"), (), 1, "sound"),
    ],
)
def test_one_thing_is_noticed_first(codes: tuple[str, ...], mines: tuple[str, ...], share: int, code: str) -> None:
    """Mines come before silence, silence before depth, depth before talking, talking before order."""
    own = talk(*codes, mines=mines, seconds=share)
    answer = pd.DataFrame([{"talk": "A", "line": 99, "speaker": "customer", "code": "", "mine": "", "seconds": 4}])

    assert dialogue.reading(dialogue.profile(pd.concat([own, answer])).iloc[0]).code == f"dialogue.read.{code}"


def test_spotting_tells_found_missed_and_false_alarms() -> None:
    """Three seller lines, two of them mines: one found, one missed, one false alarm; unread lines are left over."""
    lines = talk("", "", "", mines=("others", "dignity")).assign(line=["1", "2", "3"])

    def marked(*marks: str) -> dict[str, object]:
        found = dialogue.spot(pd.DataFrame({"line": ["1", "2", "3"], "mark": marks}), lines).finding
        return {"code": found.code, **found.values}

    some = marked("mine", "clear", "mine")
    assert [some[key] for key in ("found", "missed", "alarms", "mines")] == [1, 1, 1, 2]
    assert some["code"] == "dialogue.spot.some"
    assert marked("mine", "mine", "clear")["code"] == "dialogue.spot.all"
    assert marked("mine", "", "")["left"] == 2


def test_wrong_tables_are_refused_by_name() -> None:
    """A missing column, an unknown code, seconds that are no number and an answer beside yes and no are named."""
    good = talk("problem")

    with pytest.raises(MissingColumns, match="code"):
        dialogue.profile(good.drop(columns="code"))
    with pytest.raises(UnknownName, match="closing"):
        dialogue.profile(good.assign(code="closing"))
    with pytest.raises(UnknownName, match="moderator"):
        dialogue.profile(good.assign(speaker="moderator"))
    with pytest.raises(BadColumn, match="soon"):
        dialogue.profile(good.assign(seconds="soon"))
    with pytest.raises(BadColumn, match="perhaps"):
        dialogue.outcome(TALKS.assign(signed="perhaps"))
    with pytest.raises(UnknownName, match="99"):
        dialogue.spot(pd.DataFrame({"line": ["99"], "mark": ["mine"]}), LINES[LINES["talk"] == "T01"])
