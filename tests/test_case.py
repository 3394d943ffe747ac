"""The final case: an account taken by rule, its steps, and sentences that turn with the data."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custlib.analysis import case, classification, matrix, portrait
from custlib.content import Words
from custlib.course.desk import Drawn
from custlib.course.tables import Tables
from custlib.errors import NothingLeft
from custlib.views import case as view

ROOT = Path(__file__).parents[1]
SEED = 12


@lru_cache(maxsize=2)
def drawn(seed: int = SEED) -> dict[str, pd.DataFrame]:
    tables = Drawn(Tables(Words("en"), seed, ROOT / "datasets"))
    return {name: tables[name] for name in case.TABLES}


@lru_cache(maxsize=2)
def opened(seed: int = SEED) -> tuple[case.Books, Any]:
    books = case.open_books(drawn(seed))
    return books, case.pick(books)


def test_the_account_is_a_bank_with_people_who_may_sign_for_different_amounts() -> None:
    """The rule of the lesson, checked by hand on the tables: nobody who fits it has more at stake."""
    books, account = opened()
    customers = books.tables["customers"].set_index("customer_id")
    banks = customers.index[customers["name_en"].str.endswith("Bank")]
    limits = books.tables["people"].groupby("customer_id")["authority_limit"].agg(list)
    able = [each for each in banks if len(limits.get(each, [])) >= 3 and len(set(limits[each])) > 1]
    stakes = books.card["at_stake"].reindex(able).dropna()

    assert account in able
    assert books.card.loc[account, "at_stake"] == stakes.max() > 0


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
def test_every_company_has_such_an_account(seed: int) -> None:
    """Twenty seeds: a bank with something at stake, a contract some may sign and some may not."""
    books = case.open_books(drawn(seed))
    account = case.pick(books)
    met = case.people(books, account)
    amount = case.contract(met)

    assert books.card.loc[account, "at_stake"] > 0
    assert 0 < (met["authority_limit"] >= amount).sum() < len(met)


def test_where_no_bank_fits_any_customer_does_and_where_nobody_fits_it_is_said() -> None:
    """Without banks the rule takes the customer with most at stake; without people there is no case."""
    books, _ = opened()
    customers = books.tables["customers"].assign(name_en="Shop")
    other = case.pick(replace(books, tables={**books.tables, "customers": customers}))

    assert other in books.card.index
    with pytest.raises(NothingLeft):
        case.pick(replace(books, tables={**books.tables, "people": books.tables["people"].head(0)}))


def test_each_figure_is_that_of_its_own_lesson() -> None:
    """Rank, grade, share before, cell and simple CLV, each worked out a second way."""
    books, account = opened()
    card = books.card
    graded, worth = case.graded(books, account), case.worth(books, account)
    abc = classification.abc(card["contribution"]).loc[account]
    m, r, i = worth["money"], worth["retention"], worth["discount"]

    assert case.handed_over(books, account).values["rank"] == 1 + (card["revenue"] > card.loc[account, "revenue"]).sum()
    assert graded["before"] / graded["whole"] == pytest.approx(abc["before"])
    assert graded["grade_contribution"] == abc["grade"]
    assert worth["value"] == pytest.approx(m * r / (1 + i - r))
    assert worth["value"] == pytest.approx(sum(m * (r / (1 + i)) ** year for year in range(1, 400)))
    line = matrix.value_cut(card["contribution"])
    high = "defend" if card.loc[account, "risk"] >= 50 else "core"
    assert card.loc[account, "cell"] == (
        high if card.loc[account, "contribution"] >= line else card.loc[account, "cell"]
    )


def people(*rows: tuple[float, int]) -> pd.DataFrame:
    """People by what they may sign for and how often one talked with them."""
    return pd.DataFrame(
        {
            "person_id": [f"P{number}" for number in range(len(rows))],
            "name_en": "Ms Wu",
            "name_zh": "吴女士",
            "function": "it",
            "level": "head",
            "authority_limit": [limit for limit, _ in rows],
            "contacts": [count for _, count in rows],
            "days": [float("nan") if not count else 10.0 for _, count in rows],
        }
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whom_one_talks_with_turns_the_sentence(language: str) -> None:
    """The one talked to most may sign, or may not, or nobody was talked to: three captions; a person is never missed."""
    found = [people((100, 5), (9_000, 1)), people((100, 1), (9_000, 5)), people((100, 0), (9_000, 0))]
    codes = [case.whom_finding(each).code.rsplit(".", 1)[1] for each in found]
    captions = [view.people(each, words=Words(language))["text/plain"].splitlines()[0] for each in found]

    assert codes == ["other", "same", "none"]
    assert len(set(captions)) == 3
    assert not any("{" in caption or "nan" in caption for caption in captions)


def test_the_next_contract_lies_between_two_limits() -> None:
    """Somebody may sign it and somebody may not; where all may sign for the same, that is an error with a name."""
    for limits in ([20_000, 150_000], [20_000, 20_000, 5_000_000], [1, 2, 3, 4, 5], [0, 7]):
        amount = case.contract(people(*((limit, 1) for limit in limits)))

        assert min(limits) < amount <= max(limits)
    with pytest.raises(NothingLeft):
        case.contract(people((5, 1), (5, 2)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sentences_turn_round_with_the_data(language: str) -> None:
    """An account made poor, risky and unknown is told so: grade apart, ordinary, to be kept."""
    books, account = opened()
    words = Words(language)
    card = books.card.copy()
    card.loc[account, ["contribution", "cell", "dominant"]] = [1.0, "defend", "payment"]
    poor = replace(books, card=card)
    known = portrait.facts({name: books.tables[name] for name in portrait.TABLES})
    less = known.copy()
    less.loc[account, ["revenue", "headroom"]] = [1.0, np.nan]
    pairs = [
        (case.grade_finding(books, account), case.grade_finding(poor, account)),
        (case.plan_finding(books, account), case.plan_finding(poor, account)),
        (case.screened(books, known, account), case.screened(books, less, account)),
    ]

    for before, after in pairs:
        assert before.code != after.code
        assert words.say(before) != words.say(after)
        assert "{" not in words.say(after)
    assert words.say(case.handed_over(books, account), name="X").count("X") == 1


def test_a_name_from_the_data_stays_a_name() -> None:
    """What stands in a table of the page is escaped."""
    met = people((100, 5), (9_000, 1)).assign(name_en="<img src=x onerror=alert(1)>")

    assert "<img" not in view.people(met, words=Words("en"))["text/html"]
