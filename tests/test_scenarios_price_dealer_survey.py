"""What three conversations are there to show: a price is traded, one quarter is no dealer, satisfied is not loyal."""

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
DUAN, HAO, GU = "key-account-price", "lucky-dealer", "satisfied-and-leaving"


@lru_cache(maxsize=3)
def scenario(name: str) -> Scenario:
    return load(FILES / f"{name}.yaml")


def best(name: str, **instead: str) -> Play:
    """The conversation to imitate, with other lines at the turns named."""
    return perform(scenario(name), [instead.get(key[:2], key) for key in scenario(name).reversal.good])


def ended(name: str, *keys: str) -> Result:
    return result(perform(scenario(name), keys))


def test_the_conversations_to_imitate_come_to_the_best_end() -> None:
    """Full marks and no mine in all three."""
    results = [result(best(name)) for name in (DUAN, HAO, GU)]

    assert [(each.end, each.score, each.penalty) for each in results] == [
        ("e_deal", 100, 0),
        ("e_advance", 100, 0),
        ("e_kept", 100, 0),
    ]


def test_twelve_percent_costs_more_than_the_stock_she_really_needs() -> None:
    """In money: the traded stock costs a twentieth of the discount given under threat."""
    traded = result(best(DUAN)).money
    given = ended(DUAN, "t1b", "t2c", "t3a", "t4b", "t5b", "t9b").money

    assert traded.conceded == pytest.approx(6_000_000 * 0.95 * 0.006)
    assert given.conceded == pytest.approx(6_000_000 * 0.95 * 0.12)
    assert traded.net > given.net


@pytest.mark.parametrize("last", ["t9a", "t9b", "t9c"], ids=["ninety days", "two years", "taken back"])
def test_a_price_given_under_threat_never_reaches_the_goal(last: str) -> None:
    """Whatever is said after the twelve percent: it was not paid for."""
    lost = ended(DUAN, "t1b", "t2c", "t3a", "t4b", "t5b", last)

    assert not lost.passed
    assert not scenario(DUAN).ends[lost.end].goal


def test_a_discount_given_early_is_kept_and_may_still_be_followed_by_a_trade() -> None:
    """Five percent in the first minute stand to the end; the best end is gone, a pass is not."""
    given = best(DUAN, t1="t1c", t7="t7e")

    assert dict(given.state.offers) == {"discount": 5, "stock": 1}
    assert (result(given).end, result(given).passed) == ("e_step", True)


def test_the_dealers_loan_is_told_only_to_whoever_asked_after_his_people() -> None:
    """The same question brings out the flat in a warm talk, and only the costs in a cold one."""
    warm, cold = best(HAO), best(HAO, t1="t1d")

    assert "f_flat" in warm.state.facts
    assert "f_fixed" in cold.state.facts
    assert "f_flat" not in cold.state.facts


@pytest.mark.parametrize("keys", [("t6d",), ("t6c", "t9a"), ("t6c", "t9b")], ids=["invoiced", "envelope", "left lying"])
def test_a_share_for_oneself_is_never_a_pass(keys: tuple[str, ...]) -> None:
    """However it is dressed, and however good the five turns before were."""
    taken = ended(HAO, *scenario(HAO).reversal.good[:5], *keys)

    assert (taken.end, taken.passed) in {("e_breach", False), ("e_tainted", False)}


def test_an_unclear_answer_to_a_kickback_can_be_made_clear_one_turn_later() -> None:
    """Putting it off costs a major mine; saying no to the envelope brings the talk back."""
    late = perform(scenario(HAO), (*scenario(HAO).reversal.good[:5], "t6c", "t9c", "t7b", "t8b"))

    assert late.state.mines == ("m_open",)
    assert (result(late).end, result(late).passed) == ("e_advance", True)


def test_the_area_granted_for_one_quarter_ends_badly() -> None:
    """With the area promised, neither a small step nor a signature reaches the goal."""
    before = scenario(HAO).reversal.good[:4]

    assert [ended(HAO, *before, "t5c", "t6a", "t7a", last).end for last in ("t8a", "t8d")] == ["e_alone", "e_alone"]


def test_the_export_told_too_early_is_worth_less_than_told_after_the_count() -> None:
    """The same software: named before the effort was counted it hits a mine and hides what it leads to."""
    early = perform(scenario(GU), ("t1a", "t2b", "t3a", "t4d", "t5b", "t6a", "t7c", "t8b"))

    assert early.state.mines == ("m_pitch",)
    assert "q_effect" not in early.state.met
    assert result(early).score < result(best(GU)).score


def test_a_renewal_bought_with_a_discount_is_no_pass() -> None:
    """She signs for a year, at a lower price, and uses the year to leave."""
    bought = ended(GU, "t1a", "t2b", "t3c", "t4b", "t5d", "t6a", "t7c", "t8e")

    assert (bought.end, bought.passed) == ("e_bought", False)
    assert bought.money.conceded > 0


def test_a_limit_named_by_oneself_is_believed() -> None:
    """Nine of twelve sites, said openly, opens the two weeks of testing; “all of them” does not."""
    open_ = {choice.id for choice in scenario(GU).turns["t8"].choices if "honest" in choice.when.flags_all}

    assert open_ == {"t8b"}
    assert "honest" in best(GU).state.flags
    assert result(best(GU, t7="t7b", t8="t8c")).end == "e_step"
