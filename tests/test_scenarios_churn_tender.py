"""What two conversations are there to show: a friendly yes is no answer, and pleasing a buyer can cost the tender."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from custlib.practice.play import Play
from custlib.practice.reading import load
from custlib.practice.scenarios import Scenario
from custlib.practice.scoring import Result, result
from custlib.practice.watch import perform

FILES = Path(__file__).parents[1] / "exercises" / "scenarios"
LUO, XIANG = "amiable-plant-manager", "expressive-chief-engineer"


@lru_cache(maxsize=2)
def scenario(name: str) -> Scenario:
    return load(FILES / f"{name}.yaml")


def best(name: str, **instead: str) -> Play:
    """The conversation to imitate, with other lines at the turns named."""
    keys = [instead.get(key[:2], key) for key in scenario(name).reversal.good]
    return perform(scenario(name), keys)


def ended(play: Play) -> Result:
    return result(play)


def test_the_conversations_to_imitate_keep_the_customer_and_the_file_clean() -> None:
    """Full marks, the best end, no mine, in both."""
    results = [ended(best(name)) for name in (LUO, XIANG)]

    assert [(each.end, each.score, each.penalty) for each in results] == [("e_saved", 100, 0), ("e_open", 100, 0)]


@pytest.mark.parametrize("last", ["t8b", "t8d"], ids=["send the contract", "take your time"])
def test_a_friendly_yes_at_the_end_loses_what_was_won(last: str) -> None:
    """All seven turns well done: without a day and without Fang it is a continuation, and no pass."""
    lost = ended(best(LUO, t8=last))

    assert (lost.end, lost.passed) == ("e_yes", False)


def test_the_reason_comes_out_only_where_trust_allows() -> None:
    """Who was left alone is told after an apology and a talk about people, not after a contract on the tea table."""
    told = best(LUO)
    cold = perform(scenario(LUO), ("t1a", "t2b", "t3a", "t4e", "t5b"))

    assert "f_word" in told.state.facts
    assert "f_weekend" in cold.state.facts
    assert "f_word" not in cold.state.facts


def test_an_eight_percent_given_early_is_kept_and_cannot_be_asked_back() -> None:
    """The offer stands at the end, the line that asks for something in return is another one, and earns less."""
    given = perform(scenario(LUO), ("t1c", "t2b", "t3b", "t4e", "t5b", "t6a", "t7e"))

    assert dict(given.state.offers) == {"discount": 8}
    assert "o_trade" not in given.state.met
    assert {"v_sum", "k_who"} <= given.state.met


def test_pleasing_the_engineer_raises_trust_and_loses_the_tender() -> None:
    """Whoever agrees to everything is liked at the end, and stands in a file that one complaint will open."""
    liked = perform(scenario(XIANG), ("t1c", "t2b", "t3b", "t4a", "t5a", "t6b", "t7b", "t8b"))

    assert liked.state.trust > scenario(XIANG).trust.start
    assert (ended(liked).end, ended(liked).passed) == ("e_tainted", False)


def test_what_was_offered_too_quickly_can_be_taken_back() -> None:
    """The chapter offered at the start spoils the end, unless it is taken back in the fifth turn."""
    kept = best(XIANG, t1="t1c", t5="t5c")
    taken_back = best(XIANG, t1="t1c", t5="t5e")

    assert ended(kept).end == "e_tainted"
    assert (ended(taken_back).end, ended(taken_back).passed) == ("e_open", True)


@pytest.mark.parametrize(("turn", "line"), [("t5", "t5b"), ("t7", "t7c")], ids=["arranged bids", "a weekend for two"])
def test_a_fatal_line_ends_the_talk_at_once(turn: str, line: str) -> None:
    """However good the conversation was before."""
    good = scenario(XIANG).reversal.good
    stopped = perform(scenario(XIANG), (*good[: int(turn[1]) - 1], line))

    assert (ended(stopped).end, ended(stopped).passed) == ("e_stop", False)


def test_a_cold_refusal_is_clean_and_costs_the_stage() -> None:
    """To refuse by paragraph hits no mine, but the scar stays hidden and the criterion unmet."""
    refused = best(XIANG, t5="t5c")

    assert refused.state.mines == ()
    assert "f_challenge" not in refused.state.facts
    assert ended(refused).score < ended(best(XIANG)).score
