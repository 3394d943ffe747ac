"""The portrait in five dimensions, and where customers come from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import channels, portrait, simulate
from custlib.content import Words
from custlib.course.root import bank
from custlib.errors import BadSetting, MissingColumns, UnknownName
from custlib.practice.bank import load
from custlib.practice.checking import check
from custlib.practice.problem import pose
from custlib.views import portrait as view
from custlib.views.bundle import VEGALITE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {name: simulate.table(name, 7) for name in (*portrait.TABLES, "orders", "leads")}


@pytest.fixture(scope="module")
def facts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return portrait.facts({name: tables[name] for name in portrait.TABLES})


def leads(**won: tuple[int, int]) -> pd.DataFrame:
    """Closed enquiries of one industry: source=(closed, won)."""
    rows = [
        {"source_channel": source, "industry": "manufacturing", "outcome": "won" if n < wins else "lost"}
        for source, (closed, wins) in won.items()
        for n in range(closed)
    ]
    return pd.DataFrame(rows)


def reversed_leads(table: pd.DataFrame) -> pd.DataFrame:
    """The same enquiries with fairs and website changed round."""
    turned = table["source_channel"].replace({"fair": "web", "web": "fair"})
    return table.assign(source_channel=turned)


def test_a_score_counts_who_does_worse_and_half_of_who_is_equal() -> None:
    """Five customers by hand: 0, 1, 1, 1, 4 orders → 0, 50, 50, 50, 100; days are turned round."""
    known = pd.DataFrame({"orders": [0, 1, 1, 1, 4], "recency": [10, 20, 30, 40, 50]})

    scored = portrait.score(known)

    assert scored["orders"].tolist() == [0.0, 50.0, 50.0, 50.0, 100.0]
    assert scored["recency"].tolist() == [100.0, 75.0, 50.0, 25.0, 0.0]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=2, max_size=30))
def test_missing_stays_missing_and_scores_stay_between_0_and_100(values: list[int | None]) -> None:
    """Nothing that is not known gets a score; of two known values the larger never scores lower."""
    known = pd.DataFrame({"orders": pd.array(values, dtype="Float64")}).astype(float)

    scored = portrait.score(known)["orders"]

    there = known["orders"].notna()
    assert scored[~there].isna().all()
    if there.sum() > 1:
        order = known.loc[there, "orders"].sort_values(kind="stable").index
        assert scored[there].between(0, 100).all()
        assert scored.loc[order].is_monotonic_increasing
        assert scored[there].mean() == pytest.approx(50)


def test_a_dimension_is_the_mean_of_what_is_known() -> None:
    """Two of three facts known: the mean of two; none known: missing, not 0."""
    known = pd.DataFrame(np.nan, index=["A", "B", "C"], columns=list(portrait.FACTS))
    known["orders"], known["recency"] = [1.0, 2.0, 3.0], [5.0, 5.0, np.nan]

    scored = portrait.dimensions(known)

    assert scored["behaviour"].tolist() == [25.0, 50.0, 100.0]
    assert scored["needs"].isna().all()


def test_completeness_is_11_of_14_as_in_the_lesson(facts: pd.DataFrame) -> None:
    """Eleven of fourteen facts are 79 %."""
    eleven = facts[facts.notna().sum(axis=1) == 11]

    assert portrait.completeness(eleven.head(1)).round(2).tolist() == [0.79]


def test_what_is_missing_opens_a_range() -> None:
    """With one of five dimensions missing the total is open by a fifth of the scale, and lies midway."""
    one = pd.DataFrame([[80, 60, np.nan, 40, 70]], columns=list(portrait.DIMENSIONS), index=["A"])

    equal = portrait.totals(one).loc["A"]
    double = portrait.totals(one, {"needs": 2, "value": 1}).loc["A"]

    assert equal[["low", "high", "score"]].tolist() == [50.0, 70.0, 60.0]
    assert double[["low", "high", "score"]].round(2).tolist() == [53.33, 86.67, 70.0]


@pytest.mark.parametrize("weights", [{"needs": -1}, {"needs": 0}, {"needs": float("nan")}])
def test_weights_that_say_nothing_are_refused(weights: dict[str, float]) -> None:
    """Negative weights and none at all are no weights; a dimension nobody knows is named."""
    one = pd.DataFrame([[1, 2, 3, 4, 5]], columns=list(portrait.DIMENSIONS))

    with pytest.raises(BadSetting):
        portrait.totals(one, weights)
    with pytest.raises(UnknownName, match=r"there|There"):
        portrait.totals(one, {"charm": 1})


def test_breadth_counts_functions_and_depth_the_highest_level() -> None:
    """Three contacts with two buyers and a director of engineering: breadth 2, depth 3, one in three working."""
    people = pd.DataFrame(
        {
            "person_id": ["P1", "P2", "P3"],
            "function": ["purchasing", "purchasing", "engineering"],
            "level": ["staff", "head", "director"],
        }
    )
    met = pd.DataFrame(
        {
            "customer_id": "C1",
            "person_id": ["P1", "P2", "P3", "P1"],
            "date": ["2025-06-01", "2025-05-01", "2025-04-01", "2023-01-01"],
            "topic": ["price", "offer", "technical", "technical"],
        }
    )

    found = portrait.reach(met, people, as_of="2025-06-30").loc["C1"]

    assert found[["breadth", "depth", "contacts", "persons"]].tolist() == [2, 3, 3, 3]
    assert found["joint"] == pytest.approx(1 / 3)


def test_facts_agree_with_the_tables_they_come_from(tables: dict[str, pd.DataFrame], facts: pd.DataFrame) -> None:
    """Revenue and orders of the last year, counted a second way from the order book."""
    orders = tables["orders"]
    year = orders[orders["date"] > "2024-06-30"]
    money = year.groupby("customer_id")["amount"].sum().reindex(facts.index, fill_value=0)
    number = year[year["amount"] > 0].groupby("customer_id")["order_id"].nunique().reindex(facts.index, fill_value=0)

    assert np.allclose(facts["revenue"], money, atol=0.01)
    assert facts["orders"].tolist() == number.tolist()
    assert facts["depth"].dropna().isin([1, 2, 3, 4]).all()


def test_a_list_of_purchases_alone_gives_three_facts(tables: dict[str, pd.DataFrame]) -> None:
    """From customer, date and amount come orders, recency and revenue; everything else is still to be asked."""
    known = portrait.facts({"orders": tables["orders"][["customer_id", "date", "amount"]]})

    assert known.columns[known.notna().any()].tolist() == ["orders", "recency", "revenue"]


def test_bad_input_is_named(tables: dict[str, pd.DataFrame], facts: pd.DataFrame) -> None:
    """A table nobody knows, a missing column and a strange customer each give a named error."""
    with pytest.raises(UnknownName, match="customer"):
        portrait.facts({"customer": tables["customers"]})
    with pytest.raises(MissingColumns, match="promo_share"):
        portrait.facts({"customers": tables["customers"].drop(columns="promo_share")})
    with pytest.raises(BadSetting):
        portrait.facts({})
    with pytest.raises(UnknownName, match="C9999"):
        portrait.gaps(facts, "C9999")


def test_wilson_1927_interval_as_in_newcombe_1998_table_1() -> None:
    """Newcombe (1998, Statistics in Medicine 17, 857), method 3: 81 of 263 → .2553 to .3662; 0 of 20 → 0 to .1611."""
    assert [round(edge, 4) for edge in channels.wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(edge, 4) for edge in channels.wilson(0, 20)] == [0.0, 0.1611]
    assert all(np.isnan(channels.wilson(0, 0)))


def test_difference_of_rates_as_in_newcombe_1998_method_10() -> None:
    """Newcombe (1998, Statistics in Medicine 17, 873), method 10: 56/70 against 48/80 → .0524 to .3339."""
    assert [round(each, 4) for each in channels.difference((56, 48), (70, 80))] == [0.2, 0.0524, 0.3339]


def test_several_looks_ask_for_more() -> None:
    """With seven comparisons each interval is wider than with one."""
    one, seven = (channels.difference((20, 10), (60, 60), looks=looks) for looks in (1, 7))

    assert seven[1] < one[1] < one[0] < one[2] < seven[2]


def test_reversed_truth_turns_the_titles_of_the_channels(tables: dict[str, pd.DataFrame]) -> None:
    """Where fairs convert worst, code, title, still text and computed sentence say so, in both languages."""
    table, turned = tables["leads"], reversed_leads(tables["leads"])
    codes = [channels.compare(channels.conversion(each, industries=["manufacturing"])).code for each in (table, turned)]
    where = [channels.where_finding(each) for each in (table, turned)]

    assert codes == ["portrait.channel.more", "portrait.channel.less"]
    assert [each.values["ahead"] for each in where] == [["manufacturing"], []]
    assert [each.values["behind"] for each in where] == [[], ["manufacturing"]]
    for language in ("en", "zh"):
        words = Words(language)
        (model, drawn), (back, redrawn) = (
            view.sources_answer(each, words, {"industry": "manufacturing"}) for each in (table, turned)
        )
        assert model["says"] != back["says"]
        assert drawn is not None
        assert redrawn is not None
        assert drawn[VEGALITE]["title"]["text"] != redrawn[VEGALITE]["title"]["text"]
        assert view.where(table, words=words)["text/plain"] != view.where(turned, words=words)["text/plain"]
    assert (
        "website won 3.0 times as often"
        in view.sources_answer(turned, Words("en"), {"industry": "manufacturing"})[0]["says"]
    )


@pytest.mark.parametrize(
    ("fair", "web", "code"),
    [
        ((40, 20), (40, 5), "more"),
        ((40, 5), (40, 20), "less"),
        ((40, 10), (40, 10), "level"),
        ((40, 15), (40, 0), "only"),
        ((9, 9), (40, 0), "few"),
    ],
)
def test_a_comparison_knows_its_limits(fair: tuple[int, int], web: tuple[int, int], code: str) -> None:
    """More, less, no telling, nothing on the other side, and too few each have a sentence of their own."""
    found = channels.compare(channels.conversion(leads(fair=fair, web=web)))

    assert found.code == f"portrait.channel.{code}"
    assert "{" not in Words("zh").say(found, one="展会", other="网站", place="制造")


def test_reversed_relations_turn_the_title(facts: pd.DataFrame) -> None:
    """Where everybody who decides is known the title says so; where no contact is noted it says that."""
    codes = [
        portrait.thread_finding(facts.assign(depth=depth, breadth=depth)).code for depth in (1.0, 4.0, float("nan"))
    ]

    assert codes == ["portrait.thread.some", "portrait.thread.none", "portrait.thread.blind"]
    for depth in (1.0, 4.0, float("nan")):
        assert view.threads(facts.assign(depth=depth, breadth=depth), words=Words("en"))["text/plain"]


def test_weights_turn_the_order_and_its_title(facts: pd.DataFrame) -> None:
    """Another weight, another first customer; a title says whether gaps could still change it."""
    scored = portrait.dimensions(facts)
    found = [portrait.order_finding(scored, {name: 1.0}) for name in portrait.DIMENSIONS]

    assert len({each.values["top"] for each in found}) > 1
    assert found[1].code == "portrait.weights.sure"
    assert portrait.order_finding(scored, {"needs": 1.0, "behaviour": 0.2}).values["new"] > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_customer_fits_on_a_page(facts: pd.DataFrame, tables: dict[str, pd.DataFrame], language: str) -> None:
    """A full portrait, one with gaps, and one of whom nothing is known: each page has a title and its questions."""
    words, told = Words(language), tables["customers"].set_index("customer_id")
    empty = pd.DataFrame(np.nan, index=["X"], columns=list(portrait.FACTS))
    everybody = pd.concat([facts, empty])
    scored = portrait.score(everybody), portrait.dimensions(everybody)
    gaps = everybody.isna().sum(axis=1)
    for one in (gaps.idxmin(), gaps[gaps == 5].index[0], "X"):
        model, drawn = view.card_answer(everybody, scored, told, [one], words, {}, {"customer": "0"})
        assert drawn is not None
        assert model["says"] in drawn["text/plain"]
        assert len([each for each in model["list"]["items"] if each["state"] == "mend"]) == gaps[one]
        assert sum(row[3] == words.text("portrait.missing") for row in model["table"]["rows"]) == gaps[one]
    with pytest.raises(UnknownName):
        view.card_answer(everybody, scored, told, ["X"], words, {}, {"customer": "1"})


def test_the_worked_score_is_the_score(facts: pd.DataFrame) -> None:
    """The sentence that works a score through comes to what the table says."""
    one = facts.index[0]
    said = view.worked(facts, one, "orders", words=Words("en"), names={})["text/plain"]

    assert f"= {portrait.score(facts)['orders'].loc[one]:.0f}." in said
    assert (
        "not known"
        in view.worked(facts.assign(orders=np.nan), one, "orders", words=Words("en"), names={})["text/plain"]
    )


def test_reversed_truth_turns_the_model_answer(tables: dict[str, pd.DataFrame]) -> None:
    """Where fairs win least, the answer of exercise 1.5 is below one, and the former answer is wrong."""
    exercises = load(*bank(ROOT, "01_portrait"))
    weak = tables["leads"].assign(
        source_channel=tables["leads"]["source_channel"].replace({"fair": "x", "phone": "fair"})
    )

    plain, turned = (
        pose(exercises, "portrait-5", {**tables, "leads": each}, seed=7) for each in (tables["leads"], weak)
    )

    assert plain.answer > 1 > turned.answer
    assert check(plain, f"{plain.answer:.1f}").outcome == "correct"
    assert check(turned, f"{turned.answer:.1f}").outcome == "correct"
    assert check(turned, f"{plain.answer:.1f}").outcome == "incorrect"
