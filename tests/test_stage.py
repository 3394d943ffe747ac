"""The stage: what is done is written before it is drawn, and what was written is enough to go on."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from custlib.content import Words
from custlib.course.scenarios import open_scenario
from custlib.errors import NotSaved, PlayRefused
from custlib.practice.journal import Event, Journal
from custlib.practice.play import CustomerFacts, Rules, options
from custlib.practice.stage import Stage
from custlib.views.cards.talk import play_model

ROOT = Path(__file__).parents[1]
WEI = open_scenario(ROOT, "driver-purchasing-director")
BEST = ("t1b", "t2a", "t3b", "t4c", "style:driving", "need:esteem", "cell:defend", "t5c", "t6a")


class Memory:
    """A store in memory, which can be made to refuse."""

    def __init__(self) -> None:
        self.kept: list[Event] = []
        self.full = False

    def append(self, event: Event) -> None:
        self.kept.append(event)
        if self.full:
            raise NotSaved(path="journal.db", reason="store_full", system="full")

    def events(self, *, lesson: str | None = None, item: str | None = None) -> tuple[Event, ...]:
        return tuple(event for event in self.kept if item in (None, event.item))


def seated(store: Any, **options_: Any) -> Stage:
    return Stage(WEI, store, lesson="04_dialogue", **options_)


def say(stage: Stage, *keys: str) -> Stage:
    for key in keys:
        stage.act({"do": "choose", "key": key})
    return stage


def test_a_talk_half_done_goes_on_where_it_was_left(tmp_path: Path) -> None:
    """From another process and another journal object on the same file: same play, same level, and it says so."""
    with Journal.open(tmp_path / "journal.db") as journal:
        first = seated(journal)
        first.act({"do": "level", "level": 3})
        say(first, *options(first.play)[:1], *options(first.play)[:0])
        say(first, options(first.play)[0])
    with Journal.open(tmp_path / "journal.db") as journal:
        again = seated(journal)

        assert again.play == first.play
        assert again.rules.level == 3
        assert again.resumed


def test_answers_and_debrief_are_kept() -> None:
    """What was written before the debrief, and that it was opened, is there again."""
    store = Memory()
    stage = say(seated(store), *BEST)
    stage.act({"do": "debrief", "answers": ["the first", "his word", "<b>420,000</b>"]})
    again = seated(store)

    assert again.scene == "debrief"
    assert again.answers == ("the first", "his word", "<b>420,000</b>")
    assert again.look_back().result.score == 100


def test_each_step_is_written_and_a_result_once() -> None:
    """One event a step, a result at the end, with score, end, money and competencies."""
    store = Memory()
    say(seated(store), *BEST)
    kinds = [event.kind for event in store.kept]

    assert kinds == ["chosen"] * len(BEST) + ["finished"]
    assert store.kept[-1].payload["score"] == 100
    assert store.kept[-1].payload["outcome"] == "passed"
    assert set(store.kept[-1].payload["competencies"].values()) == {1.0}
    assert {event.item for event in store.kept} == {WEI.id}


def test_first_best_and_last_result_are_told_apart() -> None:
    """Three runs: the middle one was the best."""
    store = Memory()
    stage = say(seated(store), *BEST[:-1], "t6b")
    stage.act({"do": "restart"})
    say(stage, *BEST)
    stage.act({"do": "restart"})
    say(stage, "t1c", "t2b", "t3c")

    for each in (stage, seated(store)):
        assert (each.past.first, each.past.best, each.past.last) == (59.0, 100.0, each.past.scores[2])
        assert len(each.past.scores) == 3


def test_a_talk_can_begin_again_from_the_turn_that_cost_most() -> None:
    """The steps before that turn stay; the new run is counted."""
    stage = say(seated(Memory()), "t1b", "t2a", "t3a", "t4b", *BEST[4:8], "t6d")
    stage.act({"do": "debrief", "answers": ["", "", ""]})
    found = stage.look_back()
    stage.act({"do": "back_to", "step": found.costliest})

    assert (stage.scene, stage.play.keys, stage.run) == ("talk", ("t1b", "t2a"), 2)


def test_another_version_of_the_scenario_begins_anew() -> None:
    """Keys of an older text mean nothing in the new one; results stay."""
    store = Memory()
    say(seated(store), *BEST)
    say(seated(store), "t1a")
    changed = WEI.model_copy(update={"version": 2, "minutes": 9})
    changed.__dict__.pop("digest", None)
    again = Stage(changed, store, lesson="04_dialogue")

    assert again.play.steps == ()
    assert again.past.best == 100


def test_another_customer_begins_anew() -> None:
    """A talk with one customer is not taken up with another."""
    from datetime import date

    store = Memory()
    say(seated(store), "t1a")
    other = CustomerFacts("C9", "C9", 4, date(2025, 6, 1), 29, 1.0, 2.0, 24)

    assert seated(store, customer=other).play.steps == ()


def test_an_assessment_has_so_many_attempts_and_keeps_its_debrief_until_the_last() -> None:
    """No step back, no coach, no debrief while an attempt is left; then it opens, and no further run begins."""
    store = Memory()
    rules = Rules(1, assessment=True, attempts=2)
    stage = say(seated(store, rules=rules), *BEST[:-1], "t6b")
    stage.act({"do": "undo"})
    assert isinstance(stage.trouble, PlayRefused)
    stage.act({"do": "debrief", "answers": ["", "", ""]})
    assert isinstance(stage.trouble, PlayRefused)
    assert stage.scene == "questions"
    stage.act({"do": "restart"})
    assert "coach" not in {entry["kind"] for entry in play_model(say(stage, "t1a"), Words("en"))["log"]}
    again = say(seated(store, rules=rules), *BEST[1:])
    again.act({"do": "debrief", "answers": ["", "", ""]})
    assert again.scene == "debrief"
    again.act({"do": "restart"})

    assert isinstance(again.trouble, PlayRefused)
    assert seated(store).past.scores == ()


def test_the_level_is_fixed_once_the_talk_has_begun() -> None:
    """Coaching cannot be switched on halfway."""
    stage = seated(Memory())
    stage.act({"do": "level", "level": 1})
    say(stage, "t1a")
    stage.act({"do": "level", "level": 3})

    assert stage.rules.level == 1
    assert stage.trouble is not None


def test_a_store_that_is_full_is_said_and_the_talk_goes_on() -> None:
    """What was said stays on the screen, with the reason it is not saved; nothing claims to be saved."""
    store = Memory()
    store.full = True
    stage = say(seated(store), "t1b")

    assert stage.play.keys == ("t1b",)
    assert isinstance(stage.trouble, NotSaved)
    for language in ("en", "zh"):
        notice = play_model(stage, Words(language))["notice"]
        assert notice["state"] == "part"
        assert notice["text"] == Words(language).error(stage.trouble)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"do": "nothing"},
        {"do": "choose"},
        {"do": "choose", "key": ["t1a"]},
        {"do": "choose", "key": "__class__"},
        {"do": "level", "level": "3"},
        {"do": "answers", "answers": "many"},
        {"do": "answers", "answers": [1]},
        {"do": "debrief"},
        {"do": "back_to", "step": "0"},
        {"do": "back_to", "step": -1},
        {"do": "name", "turn": None},
        {"do": "compare"},
        {"do": "__init__"},
        {"do": None},
    ],
)
def test_an_odd_message_changes_nothing(message: dict[str, Any]) -> None:
    """A screen that sends nonsense gets a sentence or silence, never an exception."""
    store = Memory()
    stage = seated(store)
    before = stage.play
    stage.act(message)

    assert stage.play == before
    assert stage.scene == "talk"
    assert store.kept == []


def test_an_answer_of_ten_megabytes_is_cut() -> None:
    """The journal refuses what is too large; the box holds 2,000 characters, and so does the answer."""
    stage = say(seated(Memory()), *BEST)
    stage.act({"do": "answers", "answers": ["x" * 10_000_000, "😀", "\ud800"]})

    assert len(stage.answers[0]) == 2_000


def test_watching_names_the_mines_and_goes_back_to_ones_own_talk() -> None:
    """Role reversal beside a talk half done: what was seen is compared and written, and the talk is still there."""
    store = Memory()
    stage = say(seated(store), "t1b")
    stage.act({"do": "watch", "which": "bad"})
    for turn in (1, 3, 3, 2):
        stage.act({"do": "name", "turn": turn})
    stage.act({"do": "compare"})
    assert stage.watching is not None
    assert stage.watching.spotted is not None
    assert (stage.watching.spotted.found, stage.watching.spotted.false_alarms) == ((1, 2), ())
    assert store.kept[-1].kind == "watched"
    stage.act({"do": "leave"})

    assert (stage.scene, stage.play.keys) == ("talk", ("t1b",))
    assert seated(store).play.keys == ("t1b",)


@pytest.mark.parametrize("seed", range(6))
def test_any_walk_over_the_stage_can_be_taken_up(seed: int) -> None:
    """Choices, steps back, restarts and levels in any order: the journal always gives back the same play."""
    dice, store = Random(seed), Memory()
    stage = seated(store)
    for _ in range(40):
        keys = options(stage.play)
        acts: list[dict[str, Any]] = [
            {"do": "undo"},
            {"do": "restart"},
            {"do": "level", "level": dice.choice([1, 2, 3])},
        ]
        acts += [{"do": "choose", "key": dice.choice(keys)}] * 6 if keys else [{"do": "restart"}] * 3
        stage.act(dice.choice(acts))
        again = seated(store)

        assert (again.play, again.run, again.past) == (stage.play, stage.run, stage.past)
