"""Needs as a coding scheme: agreement of two coders, and what is said of it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import needs
from custlib.content import Words
from custlib.errors import NothingLeft, UnknownName
from custlib.views import needs as view

codings = st.lists(st.sampled_from(needs.LEVELS), min_size=5, max_size=20)


def coding(text: str) -> pd.Series:
    """Levels by their first letters."""
    return pd.Series([next(level for level in needs.LEVELS if level.startswith(letter)) for letter in text.split()])


def test_kappa_of_two_coders_by_hand() -> None:
    """Of ten sentences six are coded alike; by chance .28: κ = (.6 − .28)/(1 − .28) = .444 (Cohen 1960)."""
    first, second = coding("p p sa sa b b e e se se"), coding("p p sa b b sa e se se p")
    found = needs.compare(first, second).found

    assert found.observed == pytest.approx(0.6)
    assert found.expected == pytest.approx(
        sum(a * b for a, b in zip([2, 2, 2, 2, 2], [3, 2, 2, 1, 2], strict=True)) / 100
    )
    assert found.kappa == pytest.approx((0.6 - 0.2) / 0.8)


def test_the_sentence_turns_with_the_codings() -> None:
    """All alike, beyond chance, perhaps chance, too few, one box only."""
    ours = needs.ours()
    turned = pd.Series(list(reversed(ours.to_list())), index=ours.index)
    some = ours.copy()
    some["warned"] = "belonging"
    found = [needs.compare(each, ours).finding.code for each in (ours, some, turned)]
    one_box = pd.Series(["safety"] * 6)

    assert found == ["needs.agree.all", "needs.agree.beyond", "needs.agree.chance"]
    assert needs.compare(ours.head(3), ours).finding.code == "needs.agree.few"
    assert needs.compare(one_box, one_box).finding.code == "needs.agree.undefined"


@settings(max_examples=25, deadline=None)
@given(codings, st.randoms(use_true_random=False))
def test_agreement_does_not_depend_on_who_comes_first_or_on_the_order(levels: list[str], rng: object) -> None:
    """Two coders change places, sentences change places: the same κ, the same sentences apart."""
    first = pd.Series(levels)
    second = pd.Series(rng.sample(levels, len(levels)))  # type: ignore[attr-defined]
    one, two = needs.compare(first, second), needs.compare(second[::-1], first[::-1])

    assert one.found.kappa == pytest.approx(two.found.kappa)
    assert set(one.apart.index) == set(two.apart.index)
    assert one.finding.values["same"] + len(one.apart) == len(levels)


def test_what_is_not_coded_is_no_disagreement() -> None:
    """Only sentences that both coded count; none at all is an error with a name."""
    ours = needs.ours()

    assert needs.compare(ours.where(ours.index != "heat"), ours).found.n == len(ours) - 1
    with pytest.raises(NothingLeft):
        needs.compare(pd.Series([None, None]), pd.Series(["safety", None]))
    with pytest.raises(UnknownName, match="safety"):
        needs.compare(pd.Series(["safetty"]), pd.Series(["safety"]))


def test_every_level_is_in_use_and_no_order_is_claimed() -> None:
    """Each box has two sentences, as the talks name them."""
    from typing import get_args

    from custlib.practice.scenarios import Need

    assert set(needs.ours().value_counts()) == {2}
    assert get_args(Need) == needs.LEVELS


@pytest.mark.parametrize("language", ["en", "zh"])
def test_our_coding_appears_when_every_sentence_is_coded(language: str) -> None:
    """Before that nothing of it is shown; then each sentence says why, and the title says how far both agree."""
    words = Words(language)
    empty = dict.fromkeys(needs.STATEMENTS, "")
    open_, _ = view.coder_answer(words, empty)
    done, _ = view.coder_answer(words, dict(needs.STATEMENTS) | {"heat": "safety"})

    assert all(not each["note"] for each in open_["controls"])
    assert len(open_["kpis"]) == 1
    assert all(each["note"] for each in done["controls"])
    assert "9" in done["says"]
    assert done["says"] != open_["says"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_worked_example_adds_up(language: str) -> None:
    """The figures it shows give the κ it shows."""
    text = view.worked(words=Words(language))["text/plain"]

    assert "0.80" in text
    assert "0.20" in text
    assert "0.75" in text
