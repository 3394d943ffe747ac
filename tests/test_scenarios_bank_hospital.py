"""What three conversations are there to show: one approach suits one style, and no order is worth a forbidden file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from custlib.practice.play import Play
from custlib.practice.reading import load
from custlib.practice.scenarios import Scenario
from custlib.practice.scoring import result
from custlib.practice.watch import perform

FILES = Path(__file__).parents[1] / "exercises" / "scenarios"
XU, JI, PEI = "bank-operations", "bank-operations-new-head", "hospital-backup-power"
# Up to the sixth turn nothing is wrong; Mr Pei offers the drug volumes there.
UNTIL_THE_FAVOUR = ("t1b", "t2a", "t3b", "t4b", "t5d")


@lru_cache(maxsize=4)
def scenario(name: str) -> Scenario:
    return load(FILES / f"{name}.yaml")


def pei(*keys: str) -> Play:
    return perform(scenario(PEI), (*UNTIL_THE_FAVOUR, *keys))


def trust(name: str, key: str) -> int:
    """What the customer makes of a line that he takes in one way only."""
    (arm,) = scenario(name).choices[key].arms
    return arm.trust


def test_the_pair_has_the_same_facts_and_the_same_question_of_price() -> None:
    """The bank is one bank: facts with their marks, minefield of the split order, stake and offers are equal."""
    xu, ji = scenario(XU), scenario(JI)

    assert xu.facts == ji.facts
    assert (xu.stake, dict(xu.offers), xu.trust.max) == (ji.stake, dict(ji.offers), ji.trust.max)
    assert xu.minefields["m_split"] == ji.minefields["m_split"]


@pytest.mark.parametrize(
    ("fan", "there", "other", "here"),
    [(XU, "t1b", JI, "t1b"), (XU, "t6c", JI, "t6a"), (JI, "t6b", XU, "t6b")],
    ids=["method first", "a test by lot", "a visit to colleagues"],
)
def test_what_convinces_one_head_of_operations_does_not_convince_the_other(
    fan: str, there: str, other: str, here: str
) -> None:
    """The same approach, said to both, gains trust with one and loses it with the other."""
    assert trust(fan, there) > 0 > trust(other, here)


def test_a_rash_promise_is_remembered_and_can_be_taken_back() -> None:
    """Everything else said as it should be, “forty is where it starts” costs the goal, unless it is taken back."""
    rest = ("t2b", "t3c", "t4a", "t5c", "t6b")
    kept_quiet = result(perform(scenario(JI), ("t1c", *rest, "t7c")))
    taken_back = result(perform(scenario(JI), ("t1c", *rest, "t7e")))

    assert (kept_quiet.end, kept_quiet.passed) == ("e_continuation", False)
    assert (taken_back.end, taken_back.passed) == ("e_step", True)


def test_the_compliant_stop_passes_and_so_does_the_advance_without_the_file() -> None:
    """Refusing at once leads on; where the file is already there, stopping and reporting is a pass."""
    refused, stopped = result(pei("t6a", "t7c")), result(pei("t6d", "t8b"))

    assert (refused.end, refused.score) == ("e_advance", 100)
    assert (stopped.end, stopped.passed) == ("e_stop", True)


@pytest.mark.parametrize("keys", [("t6b",), ("t6d", "t8c"), ("t6d", "t8a")], ids=["taken", "opened", "hushed up"])
def test_whoever_takes_opens_or_hides_the_file_fails(keys: tuple[str, ...]) -> None:
    """However good the conversation was before."""
    assert not result(pei(*keys)).passed


def test_no_way_to_the_goal_leads_over_the_file() -> None:
    """Every line that takes, opens or hides the drug volumes goes to an end without the goal."""
    arms = [arm for choice in scenario(PEI).choices.values() for arm in choice.arms]
    ends = [scenario(PEI).ends[arm.goto] for arm in arms if {"m_data", "m_hush"} & set(arm.mines)]

    assert len(ends) == 3
    assert not any(end.goal for end in ends)
