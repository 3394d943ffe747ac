"""What three conversations are there to show: a true figure, a declined dinner and a courteous no, each a way on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from custlib.errors import UnknownName
from custlib.practice.play import Play
from custlib.practice.reading import load
from custlib.practice.scenarios import Scenario
from custlib.practice.scoring import Result, result
from custlib.practice.watch import perform

FILES = Path(__file__).parents[1] / "exercises" / "scenarios"
BAI, CEN, QI = "retail-saving-line", "dinner-before-the-bid", "impossible-terms"


@lru_cache(maxsize=3)
def scenario(name: str) -> Scenario:
    return load(FILES / f"{name}.yaml")


def best(name: str, **instead: str) -> Play:
    """The conversation to imitate, with other lines at the turns named, as far as it goes."""
    keys = [instead.get(key[:2], key) for key in scenario(name).reversal.good]
    return perform(scenario(name), keys)


def ended(play: Play) -> Result:
    return result(play)


def test_the_conversations_to_imitate_reach_three_different_kinds_of_end() -> None:
    """Full marks without a mine: two steps with a date, and one walk away."""
    results = [ended(best(name)) for name in (BAI, CEN, QI)]

    assert [(each.end, each.score, each.penalty) for each in results] == [
        ("e_shops", 100, 0),
        ("e_clear", 100, 0),
        ("e_walk", 100, 0),
    ]
    assert scenario(QI).ends["e_walk"].kind == "walk_away"


def test_the_payback_said_is_the_one_the_facts_give() -> None:
    """18 percent of 400,000 yuan pays for a shop of 180,000 in two and a half years."""
    said = scenario(BAI).choices["t7d"].say.en

    assert 180_000 / (0.18 * 400_000) == 2.5
    assert "72,000" in said
    assert "two and a half" in said


def test_a_figure_nobody_has_measured_pleases_her_and_ends_badly() -> None:
    """Thirty percent over the door raises trust; whatever follows, the letters come down."""
    pleased = best(BAI, t5="t5a", t6="t6e", t7="t7b")

    (arm,) = scenario(BAI).choices["t5a"].arms
    assert arm.trust > 0
    assert (ended(pleased).end, ended(pleased).passed) == ("e_sign", False)


def test_thirty_promised_in_haste_can_be_taken_back() -> None:
    """Whoever guaranteed thirty has another refusal open than whoever did not, and it still leads on."""
    taken_back = best(BAI, t4="t4b", t5="t5e")

    assert (ended(taken_back).end, ended(taken_back).passed) == ("e_shops", True)
    with pytest.raises(UnknownName):
        best(BAI, t4="t4b")


@pytest.mark.parametrize("keys", [("t5a",), ("t5b", "t6d", "t7a")], ids=["dinner", "a word for a relative"])
def test_a_favour_to_a_judge_of_the_bids_ends_the_talk(keys: tuple[str, ...]) -> None:
    """However good the conversation was before."""
    breach = ended(perform(scenario(CEN), ("t1b", "t2c", "t3a", "t4c", *keys)))

    assert (breach.end, breach.passed) == ("e_breach", False)


def test_the_question_behind_the_dinner_is_heard_only_by_who_declines_it_kindly() -> None:
    """An excuse and a lecture decline as well, and hear nothing."""
    heard = {key: "f_alone" in best(CEN, t5=key, t8="t8d").state.facts for key in ("t5b", "t5c", "t5d")}

    assert heard == {"t5b": True, "t5c": False, "t5d": False}


@pytest.mark.parametrize("instead", [{"t5": "t5c"}, {"t7": "t7b"}], ids=["a train", "after the award"])
def test_a_favour_put_off_is_a_favour_until_it_is_taken_back(instead: dict[str, str]) -> None:
    """Left open it spoils the bid; said clearly at the end, there is a small step."""
    left_open = best(CEN, **instead, t8="t8d")
    taken_back = best(CEN, **instead, t8="t8e")

    assert (ended(left_open).end, ended(left_open).passed) == ("e_tainted", False)
    assert ended(taken_back).end == "e_step"


@pytest.mark.parametrize("last", [{"t7": "t7a"}, {"t8": "t8a"}], ids=["at once", "in the last minute"])
def test_signing_at_a_loss_is_an_order_and_no_pass(last: dict[str, str]) -> None:
    """34,000 against a cost of 36,000, twenty-four times: the only order in the talk is its worst end."""
    keys = [last.get(key[:2], key) for key in scenario(QI).reversal.good]
    signed = ended(perform(scenario(QI), keys[: 7 if "t7" in last else 8]))

    assert 24 * (36_000 - 34_000) == 48_000
    assert (scenario(QI).ends[signed.end].kind, signed.passed) == ("order", False)


def test_walking_away_before_asking_is_not_the_end_it_is_there_for() -> None:
    """The same no, three turns earlier: right not to sign, and no pass."""
    early = ended(perform(scenario(QI), ("t1c", "t2a", "t3a", "t4b", "t5b")))

    assert (scenario(QI).ends[early.end].kind, early.passed) == ("walk_away", False)


def test_an_honest_price_for_a_dishonest_file_must_be_taken_back() -> None:
    """The list price promised for a mock comparison spoils even a clear no; withdrawn, the no stands."""
    sent = best(QI, t6="t6b", t8="t8d")
    withdrawn = best(QI, t6="t6b", t8="t8e")

    assert (ended(sent).end, ended(sent).passed) == ("e_cover", False)
    assert (ended(withdrawn).end, ended(withdrawn).passed) == ("e_no", True)
