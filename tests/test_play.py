"""A conversation as a value: the same keys give the same play, a step back is exact, and a score has bounds."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from custlib.content import Words
from custlib.course.scenarios import known
from custlib.errors import BadSetting, PlayRefused, UnknownName
from custlib.practice.debrief import debrief
from custlib.practice.play import (
    CustomerFacts,
    Play,
    Rules,
    back_to,
    begin,
    choose,
    fill,
    options,
    replay,
    transcript,
    undo,
)
from custlib.practice.reading import load
from custlib.practice.scenarios import Scenario, Text
from custlib.practice.scoring import penalty, result, score_at, worth
from custlib.practice.watch import mined_turns, perform, spot

ROOT = Path(__file__).parents[1]
WEI = "driver-purchasing-director"
BEST = ("t1b", "t2a", "t3b", "t4c", "style:driving", "need:esteem", "cell:defend", "t5c", "t6a")
CUSTOMER = CustomerFacts(
    "C1", "<b>Firma</b>", 21, date(2025, 4, 5), 86, 291_714.0, 332_923.0, 24, 4, 5, 5, 0.4, "defend"
)


@lru_cache(maxsize=16)
def scenario(name: str = WEI) -> Scenario:
    return load(ROOT / "exercises" / "scenarios" / f"{name}.yaml")


def at_random(name: str, seed: int, *, rules: Rules | None = None, customer: CustomerFacts | None = None) -> Play:
    """A whole conversation, chosen by dice."""
    dice, play = Random(seed), begin(scenario(name), rules, customer)
    while not play.over:
        play = choose(play, dice.choice(options(play)))
    return play


seeds = st.integers(0, 2**32)
names = st.sampled_from(known(ROOT))
bound = st.sampled_from([None, CUSTOMER])
levels = st.sampled_from([1, 2, 3])


@settings(max_examples=40, deadline=None)
@given(name=names, seed=seeds, level=levels, customer=bound)
def test_the_same_keys_give_the_same_play(name: str, seed: int, level: int, customer: CustomerFacts | None) -> None:
    """A replay of any conversation is equal to it, step by step; so are its result and its transcript."""
    rules = Rules(level)
    play = at_random(name, seed, rules=rules, customer=customer)
    again = replay(begin(scenario(name), rules, customer), play.keys)

    assert again == play
    assert result(again) == result(play)
    assert transcript(again, Words("zh")) == transcript(play, Words("zh"))


@settings(max_examples=30, deadline=None)
@given(name=names, seed=seeds, steps=st.integers(1, 12))
def test_a_step_back_is_exact(name: str, seed: int, steps: int) -> None:
    """After so many steps back the play is what it was then, and going on with the same keys leads to the same end."""
    whole = at_random(name, seed)
    back = whole
    for _ in range(min(steps, len(whole.steps))):
        back = undo(back)

    assert back == replay(begin(scenario(name)), whole.keys[: len(back.steps)])
    assert back == back_to(whole, len(back.steps)) if back.steps != whole.steps else True
    assert replay(back, whole.keys[len(back.steps) :]) == whole


def _bounded(name: str, plays: int) -> None:
    each = scenario(name)
    for seed in range(plays):
        play = at_random(name, seed)
        found = result(play)

        assert 0 <= found.score <= found.raw <= 100
        assert found.passed == (each.ends[found.end].goal and found.score >= each.rubric.passing)
        assert each.ends[found.end].goal or found.score < each.rubric.passing
        assert found.score == score_at(each, play.state, play.at)
        assert all(0 <= mastery.share <= 1 for mastery in found.masteries)
        assert each.trust.min <= play.state.trust <= each.trust.max
        assert play.state.facts <= each.facts.keys()


@pytest.mark.parametrize("name", known(ROOT))
def test_a_score_has_bounds(name: str) -> None:
    """A score lies between 0 and 100, and below the pass mark where the goal was missed."""
    _bounded(name, 100)


@pytest.mark.full
@pytest.mark.parametrize("name", known(ROOT))
def test_ten_thousand_scores_have_bounds(name: str) -> None:
    """The same on 10,000 random conversations of each scenario."""
    _bounded(name, 10_000)


def test_the_best_path_has_full_marks_and_its_end() -> None:
    """The purchasing director's best path: 100 points, a dated trial, every fact, no mine."""
    play = replay(begin(scenario()), BEST)
    found = result(play)

    assert (found.score, found.end, found.passed, found.penalty) == (100, "e_advance", True, 0)
    assert play.state.facts == scenario().facts.keys()
    assert all(mastery.share == 1 for mastery in found.masteries)


def test_a_reply_and_its_end_agree() -> None:
    """Where he says “show me the figures first” nothing is agreed; where he names a day, a step is."""
    first = begin(scenario())
    ends = {
        keys: (transcript(play, Words("en"))[-1]["reply"], play.at)
        for keys in (("t3a", "t4a"), ("t3b", "t4c"))
        for play in [replay(perform(scenario(), ("t1b", "t2a", *keys)), ("t5c", "t6d"))]
    }

    assert first.scenario.ends["e_step"].goal
    assert ends["t3a", "t4a"] == ("Show me the figures first.", "e_continuation")
    assert ends["t3b", "t4c"][0].startswith("Thursday at nine")
    assert ends["t3b", "t4c"][1] == "e_step"


def test_without_the_goal_a_score_stays_below_the_pass_mark() -> None:
    """The defect of the first draft: 27 of 45 passing paths ended in a mere continuation."""
    play = replay(begin(scenario()), (*BEST[:-1], "t6b"))
    found = result(play)

    assert found.raw >= scenario().rubric.passing > found.score
    assert found.held_back
    assert not found.passed


def test_an_early_offer_is_remembered() -> None:
    """After six percent were offered, the line with four percent is closed and the one that keeps the word is open."""
    play = perform(scenario(), ("t1b", "t2c", "t3b", "t4c"))

    assert "t5c" not in options(play)
    assert "t5e" in options(play)
    assert dict(choose(play, "t5e").state.offers) == {"discount": 6}


def test_low_trust_ends_the_talk_with_his_own_words() -> None:
    """Below the bound he breaks off, and what he says then stands in the transcript."""
    play = perform(scenario(), ("t1c", "t2b", "t3c"))

    assert play.at == "e_nosale"
    assert transcript(play, Words("en"))[-1]["closing"] == "That's enough. My assistant will see you out."
    assert play.steps[-1].aborted


def test_a_criterion_counts_once_and_names_its_step() -> None:
    """Met is met: the verdict names the first step that met it."""
    found = result(replay(begin(scenario()), BEST))
    verdicts = {verdict.criterion: verdict for each in found.masteries for verdict in each.verdicts}

    assert verdicts["a_purpose"].step == 0
    assert verdicts["?style"].step == 4
    assert sum(worth(scenario()).values()) == pytest.approx(100)


def test_penalties_follow_the_severity() -> None:
    """A minor mine costs 3 points and a major one 8, each time."""
    assert penalty(scenario(), ["m_smalltalk", "m_giveaway", "m_giveaway"]) == 3 + 8 + 8


def test_money_follows_the_end_the_concession_and_the_customer() -> None:
    """Kept = stake · share kept; a bound customer brings his own stake and horizon."""
    own = result(replay(begin(scenario()), BEST)).money
    bound_ = result(replay(begin(scenario(), customer=CUSTOMER), BEST)).money

    assert (own.stake, own.months, own.kept) == (5_200_000, 12, 3_120_000)
    assert own.conceded == pytest.approx(3_120_000 * 0.04)
    assert own.time == 400 * 12 / 60
    assert (bound_.stake, bound_.months) == (CUSTOMER.value, 24)
    assert bound_.net == pytest.approx(CUSTOMER.value * 0.6 * 0.96 - 80)


@pytest.mark.parametrize(("key", "error"), [("t9z", UnknownName), ("t2a", UnknownName), ("", UnknownName)])
def test_a_key_that_is_not_open_is_refused(key: str, error: type[Exception]) -> None:
    """The error names what is open now."""
    with pytest.raises(error, match="t1a"):
        choose(begin(scenario()), key)


def test_nothing_can_be_said_after_the_end_nor_taken_back_before_the_start() -> None:
    """Each refusal says why."""
    over = replay(begin(scenario()), BEST)
    with pytest.raises(PlayRefused, match="over"):
        choose(over, "t1a")
    with pytest.raises(PlayRefused, match="Nothing has been said"):
        undo(begin(scenario()))
    with pytest.raises(PlayRefused):
        back_to(over, 99)


def test_an_assessment_allows_no_step_back() -> None:
    """What was said in an assessment stays said."""
    play = choose(begin(scenario(), Rules(2, assessment=True)), "t1a")
    with pytest.raises(PlayRefused, match="assessment"):
        undo(play)


def test_level_three_shuffles_by_the_seed() -> None:
    """The order is the same for the same seed and another for some other; the lines are the same."""
    orders = {seed: options(begin(scenario(), Rules(3, seed=seed))) for seed in range(12)}

    assert orders[3] == options(begin(scenario(), Rules(3, seed=3)))
    assert len(set(orders.values())) > 1
    assert {frozenset(order) for order in orders.values()} == {frozenset(("t1a", "t1b", "t1c"))}
    with pytest.raises(BadSetting):
        Rules(4)


def test_a_scenario_cannot_be_changed() -> None:
    """Read once, frozen from then on."""
    with pytest.raises(ValidationError):
        scenario().title.en = "Other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        scenario().facts["f_new"] = scenario().facts["f_late"]  # type: ignore[index]


def test_figures_of_a_customer_are_filled_in_and_nothing_else_is() -> None:
    """A placeholder is looked up, never formatted: braces of other kinds stand as they are."""
    text = Text(en="{customer} {days_since} {value.__class__} {0} {nobody}", zh="{customer}，{spent_year}")

    assert fill(text, Words("en"), CUSTOMER) == "<b>Firma</b> 86 {value.__class__} {0} {nobody}"
    assert fill(text, Words("zh"), CUSTOMER) == "<b>Firma</b>，29.2 万元"
    assert fill(text, Words("en"), None) == text.en


def test_a_bound_customer_is_spoken_of() -> None:
    """With a customer of the data, the first line names the days since his last order."""
    said = transcript(choose(begin(scenario(), customer=CUSTOMER), "t1b"), Words("en"))[0]["customer"]

    assert "86 days ago" in said


# --- looking back


def test_the_turn_that_cost_most_is_found_with_the_best_way_from_there() -> None:
    """A vague question in turn 3 closes the rest: 41 points, and the way from there leads to the best end."""
    keys = ("t1b", "t2a", "t3a", "t4b", "style:driving", "need:safety", "cell:defend", "t5c", "t6d")
    found = debrief(replay(begin(scenario()), keys))

    assert (found.turn, found.costliest) == (3, 2)
    assert found.costs[2] == pytest.approx(41.0, abs=0.5)
    assert [way.key for way in found.better] == ["t3b", "t4c", "t5c", "t6a"]
    assert found.better_end == "e_advance"
    assert found.mines == ((4, "m_overpromise"),)
    assert {"f_late", "f_stop", "f_esteem"} <= set(found.missed)
    assert [(each.question, each.given == each.right) for each in found.diagnosed] == [
        ("style", True),
        ("need", False),
        ("cell", True),
    ]
    assert found.practise == "questioning"


def test_after_the_best_conversation_nothing_is_left_to_mend() -> None:
    """No turn cost anything, and there is nothing to practise."""
    found = debrief(replay(begin(scenario()), BEST))

    assert (found.costliest, found.practise, found.missed, found.better) == (None, None, (), ())


@settings(max_examples=15, deadline=None)
@given(name=names, seed=seeds)
def test_what_was_lost_adds_up_to_what_is_missing(name: str, seed: int) -> None:
    """The costs of all steps together are 100 minus the score: the best was open at the start."""
    found = debrief(at_random(name, seed))

    assert sum(found.costs) == pytest.approx(100 - found.result.score, abs=0.1)


def test_an_observer_is_told_what_was_seen_missed_and_imagined() -> None:
    """Turns named are compared with those in which a mine was hit."""
    play = perform(scenario(), scenario().reversal.bad)

    assert set(mined_turns(play)) == {1, 2, 4, 5}
    assert spot(play, {1, 3}) == spot(play, [3, 1])
    seen = spot(play, {1, 3})
    assert (seen.found, seen.missed, seen.false_alarms) == ((1,), (2, 4, 5), (3,))
