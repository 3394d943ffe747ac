"""Screening: MAN with unknowns, the scorecard, and a rule judged by what happened."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import portrait, screening, simulate
from custlib.content import Words
from custlib.errors import BadColumn, BadSetting, MissingColumns, UnknownName
from custlib.views import accounts
from custlib.views import screening as view
from custlib.views.bundle import VEGALITE

ANSWER = st.sampled_from([0.0, 0.5, 1.0])


@pytest.fixture(scope="module")
def leads() -> pd.DataFrame:
    return simulate.table("leads", 7)


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return portrait.facts({name: simulate.table(name, 7) for name in portrait.TABLES})


def turned(leads: pd.DataFrame) -> pd.DataFrame:
    """The same enquiries with every answer the other way round: what spoke for a deal speaks against it."""
    return leads.assign(
        has_budget=leads["has_budget"].replace({"yes": "no", "no": "yes"}),
        contact_level=leads["contact_level"].replace({"staff": "executive", "executive": "staff", "director": "staff"}),
        need_score=10 - leads["need_score"],
        timing_months=19 - leads["timing_months"],
    )


@pytest.mark.parametrize(
    ("way", "cell", "verdict"),
    [
        ((1, 1, 1), "MAN", "keep"),
        ((1, 1, 0), "MAn", "keep"),
        ((0, 1, 1), "mAN", "keep"),
        ((0, 0, 1), "maN", "nurture"),
        ((0, 0, 0), "man", "drop"),
        ((1, 0.5, 1), "M?N", "keep"),
        ((1, 0.5, 0), "M?n", "ask"),
        ((0.5, 0, 0), "?an", "ask"),
        ((0.5, 0.5, 0.5), "???", "ask"),
    ],
)
def test_man_reads_each_cell(way: tuple[float, float, float], cell: str, verdict: str) -> None:
    """Two of three keep, one is kept in touch with, none is let go; a question mark asks where it could change that."""
    placed = screening.man(pd.DataFrame([dict(zip(screening.MAN, way, strict=True))])).iloc[0]

    assert (placed["cell"], placed["verdict"]) == (cell, verdict)
    assert placed["ask"] == [name for name, each in zip(screening.MAN, way, strict=True) if each == 0.5]


@settings(deadline=None, max_examples=30)
@given(st.tuples(ANSWER, ANSWER, ANSWER))
def test_not_known_is_never_read_as_no(way: tuple[float, float, float]) -> None:
    """Whatever an open answer turns out to be, what follows was among the verdicts named before."""
    named = screening.verdicts(*way)
    for filled in product(*((0.0, 1.0) if each == 0.5 else (each,) for each in way)):
        assert set(screening.verdicts(*filled)) <= set(named)
    assert list(named) == [each for each in ("drop", "nurture", "keep") if each in named]


def test_answers_follow_the_lesson() -> None:
    """Head of section is not known, need 7 yes and 4 not known, 6 months yes and 12 not known; missing is not known."""
    table = pd.DataFrame(
        {
            "lead_id": ["a", "b", "c", "d"],
            "has_budget": ["yes", " Unknown", "no", None],
            "contact_level": ["director", "head", "staff", ""],
            "need_score": [7, 4, 3, None],
            "timing_months": [6, 12, 13, None],
        }
    )

    assert screening.answers(table).to_numpy().tolist() == [[1] * 4, [0.5] * 4, [0] * 4, [0.5] * 4]
    with pytest.raises(BadColumn, match="perhaps"):
        screening.answers(table.assign(has_budget="perhaps"))
    with pytest.raises(MissingColumns, match="need_score"):
        screening.answers(table.drop(columns="need_score"))


def test_the_scorecard_of_the_lesson_is_62_5() -> None:
    """Yes, not known, yes, no with equal weights: 62.5, open from 50 to 75."""
    one = pd.DataFrame([[1, 0.5, 1, 0]], columns=list(screening.BANT))

    assert screening.scorecard(one).to_numpy().tolist() == [[62.5, 50.0, 75.0]]


@settings(deadline=None, max_examples=30)
@given(st.lists(ANSWER, min_size=4, max_size=4), st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_a_score_lies_between_its_ends(row: list[float], weights: list[int]) -> None:
    """0 ≤ low ≤ score ≤ high ≤ 100, and the ends meet where nothing weighed is open; no weights are refused."""
    one = pd.DataFrame([row], columns=list(screening.BANT))
    given_ = dict(zip(screening.BANT, map(float, weights), strict=True))
    if not any(weights):
        with pytest.raises(BadSetting):
            screening.scorecard(one, given_)
        return
    found = screening.scorecard(one, given_).iloc[0]

    assert 0 <= found["low"] <= found["score"] <= found["high"] <= 100
    assert (found["low"] == found["high"]) == (not any(each == 0.5 and w for each, w in zip(row, weights, strict=True)))


def test_precision_and_recall_by_hand_van_rijsbergen_1979() -> None:
    """Four kept, three won, two both: precision 2/4, recall 2/3; nothing kept or won leaves them missing."""
    kept, won = pd.Series([1, 1, 1, 1, 0, 0]), pd.Series([1, 1, 0, 0, 1, 0])

    found = screening.judge(kept, won)
    none = screening.judge(kept * 0, won * 0)

    assert (found.precision, found.recall, found.hours) == (0.5, 2 / 3, 24)
    assert np.isnan(none.precision)
    assert np.isnan(none.recall)
    with pytest.raises(BadSetting):
        screening.judge(kept, won.head(3))


def test_recall_never_rises_with_the_cut(leads: pd.DataFrame) -> None:
    """A higher cut keeps fewer and finds fewer of the deals."""
    closed = leads[leads["outcome"] != ""]
    found = screening.curve(
        screening.scorecard(screening.answers(closed))["score"].reset_index(drop=True),
        closed["outcome"].eq("won").reset_index(drop=True),
    )

    assert found["recall"].is_monotonic_decreasing
    assert found["kept"].is_monotonic_decreasing


def test_spearman_1904_by_hand_and_by_scipy() -> None:
    """Places 1 2 3 4 5 6 against 2 1 4 3 6 5: Σd² = 6, ρ = 1 − 36/210 = .8286; with ties as SciPy has it."""
    from scipy.stats import spearmanr

    assert screening.rank_correlation(pd.Series(range(6)), pd.Series([2, 1, 4, 3, 6, 5])).rho == 0.8286
    one, two = pd.Series([1, 2, 2, 4, 5, 5, 7.0]), pd.Series([3, 1, 4, 4, 2, 9, 9.0])
    assert screening.rank_correlation(one, two).rho == pytest.approx(spearmanr(one, two).statistic, abs=1e-4)
    assert screening.rank_correlation(one, -one).rho == -1
    assert np.isnan(screening.rank_correlation(one, one * 0).rho)
    assert screening.rank_finding(screening.rank_correlation(one.head(3), two.head(3))).code == "screening.rank.few"


def test_rank_correlation_turns_its_sentence() -> None:
    """Same order, reverse order and no order each have a sentence of their own."""
    rng = np.random.default_rng(1)
    score = pd.Series(rng.normal(size=200))
    noise = pd.Series(rng.normal(size=200))
    codes = [
        screening.rank_finding(screening.rank_correlation(score, other)).code
        for other in (score + noise, noise - score, noise)
    ]

    assert codes == ["screening.rank.up", "screening.rank.down", "screening.rank.none"]


def test_unknown_money_is_not_no_money(leads: pd.DataFrame) -> None:
    """On the practice data “not known” did better than “no”; where yes and no change places it did worse."""
    codes = []
    for table in (leads, turned(leads)):
        closed = table[table["outcome"] != ""]
        counted = screening.rates(screening.answers(closed), closed["outcome"].eq("won").reset_index(drop=True))
        codes.append(screening.unknown_finding(counted).code)

    assert codes == ["screening.unknown.better", "screening.unknown.worse"]
    with pytest.raises(UnknownName):
        screening.unknown_finding(counted, "charm")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reversed_truth_turns_the_titles_of_screening(leads: pd.DataFrame, language: str) -> None:
    """Where every answer speaks the other way, the first chart's title and the cut's title say so."""
    words, start = Words(language), {"cut": 60, **dict.fromkeys(screening.BANT, 1)}
    titles = [view.unknown(each, words=words)[VEGALITE]["title"]["text"] for each in (leads, turned(leads))]
    says = [view.cut_answer(each, words, start)[0]["says"] for each in (leads, turned(leads))]

    assert titles[0] != titles[1]
    assert ("keeps the wrong ones" if language == "en" else "留错了") in says[1]
    assert ("keeps the wrong ones" if language == "en" else "留错了") not in says[0]


def test_key_accounts_turn_where_the_small_ones_are_chosen(facts: pd.DataFrame) -> None:
    """The largest carry the revenue; where the key accounts are the small ones, the title says they bring less."""
    table = screening.key_accounts(facts, cut=90)
    small = table.assign(key=facts["revenue"].rank(pct=True) < 0.1)

    codes = [screening.key_finding(facts, each).code for each in (table, small)]
    assert codes == ["screening.key.carry", "screening.key.light"]
    assert screening.key_finding(facts, table.assign(key=False)).code == "screening.key.nobody"
    assert screening.key_finding(facts, table.assign(key=True)).code == "screening.key.all"
    strategic = screening.key_accounts(facts, cut=101, strategic=[facts.index[5]])
    assert strategic.index[strategic["key"]].tolist() == [facts.index[5]]


def test_growth_is_year_on_year_by_hand() -> None:
    """300 after 200 is +50 %; whoever did not buy in both years has no growth."""
    orders = pd.DataFrame(
        {
            "customer_id": ["A", "A", "B"],
            "date": ["2024-01-15", "2025-06-30", "2025-06-30"],
            "amount": [200.0, 300.0, 50.0],
        }
    )

    assert screening.growth(orders).to_dict() == {"A": 0.5}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_setting_of_the_panels_has_its_words(leads: pd.DataFrame, facts: pd.DataFrame, language: str) -> None:
    """All 27 cells of MAN, both checklists and each cut answer with filled sentences."""
    words, end = Words(language), "." if language == "en" else "。"
    placed = view._placed(leads)
    for way in product((0.0, 0.5, 1.0), repeat=3):
        assert "{" not in view._action(screening.cell(*way), screening.verdicts(*way), words)
    for way in (("yes", "yes", "yes"), ("unknown", "no", "yes"), ("no", "unknown", "unknown"), ("no", "no", "no")):
        model, drawn = view.man_answer(placed, words, dict(zip(screening.MAN, way, strict=True)))
        assert drawn is not None
        assert drawn[VEGALITE]["title"]["text"] == [model["kpis"][0]["value"] + model["says"][3:].partition(end)[0]]
    for chosen, names in view.LISTS.items():
        for word in view.WORDS:
            model, _ = view.checklist_answer(words, {"list": chosen, **dict.fromkeys(names, word)})
            assert len(model["list"]["items"]) == len(names)
    for edge in (50, 75, 100):
        assert accounts.key_answer(facts, words, {}, {"cut": edge})[0]["says"]
    with pytest.raises(BadSetting):
        view.man_answer(placed, words, dict.fromkeys(screening.MAN, "maybe"))
    with pytest.raises(BadSetting):
        view.checklist_answer(words, {"list": "spin"})
