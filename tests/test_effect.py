"""What an action has brought: against the market, a control group, and chance."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import effect, simulate, trends
from custlib.errors import BadColumn, BadSetting, CannotFit, MissingColumns

MONEY = st.floats(1, 1e6, allow_nan=False)
PAIRS = st.lists(st.tuples(MONEY, MONEY), min_size=2, max_size=12)


def campaign(treated: list[tuple[float, float]], control: list[tuple[float, float]]) -> pd.DataFrame:
    rows = [(f"C{at}", arm, *pair) for arm, part in ((1, treated), (0, control)) for at, pair in enumerate(part)]
    return pd.DataFrame(rows, columns=["customer_id", "treated", "pre", "post"])


def test_thirty_per_cent_in_a_market_of_twelve() -> None:
    """1.30/1.12 − 1 = 16.1 %, not 18; the sentence turns where the market grew as much, or more."""
    assert effect.above_market(0.30, 0.12) == pytest.approx(0.16071, abs=1e-5)
    assert [effect.market_finding(growth, 0.12).code.rpartition(".")[2] for growth in (0.30, 0.12, 0.05)] == [
        "above",
        "level",
        "below",
    ]
    with pytest.raises(BadSetting, match="market"):
        effect.above_market(0.3, -1)
    with pytest.raises(BadSetting, match="growth"):
        effect.above_market(float("nan"), 0.1)


def test_the_lessons_example_of_three_figures() -> None:
    """100 to 132 and 200 to 220: 20 % as a ratio, 22 points, both from the same table."""
    found = effect.difference(campaign([(100, 132)] * 2, [(200, 220)] * 2))

    assert (found.ratio, found.points) == (pytest.approx(0.20), pytest.approx(0.22))
    assert (found.treated, found.control) == (pytest.approx(0.32), pytest.approx(0.10))


def test_card_and_krueger_1994_table_3() -> None:
    """Mean employment: New Jersey 20.44 to 21.03, Pennsylvania 23.33 to 21.17; 2.76 published, 2.75 from these."""
    before, after = {"nj": 20.44, "pa": 23.33}, {"nj": 21.03, "pa": 21.17}
    found = effect.difference(campaign([(before["nj"], after["nj"])] * 2, [(before["pa"], after["pa"])] * 2))

    assert found.treated * before["nj"] - found.control * before["pa"] == pytest.approx(2.76, abs=0.02)
    assert found.ratio == pytest.approx(21.03 / 20.44 / (21.17 / 23.33) - 1)


def test_welch_by_hand() -> None:
    """Logarithms .1, .3 against 0, .1: difference .15, standard error √(.01 + .0025), 1.47 degrees of freedom."""
    found = effect.difference(campaign([(1, math.exp(0.1)), (1, math.exp(0.3))], [(1, 1), (1, math.exp(0.1))]))
    half = math.log1p(found.high) - math.log1p(found.ratio)

    assert math.log1p(found.ratio) == pytest.approx(0.15)
    assert half == pytest.approx(6.19 * math.sqrt(0.0125), rel=0.01)


def test_doubling_and_halving_cancel_out() -> None:
    """A typical account: one doubled, one halved, no growth at all."""
    assert effect.before_after(campaign([(10, 20), (1000, 500)], [(1, 1)] * 2)).ratio == pytest.approx(0)


def test_accounts_without_a_ratio_are_counted_and_left_out() -> None:
    """Nothing before or nothing after: no growth can be said."""
    found = effect.difference(campaign([(10, 20), (10, 20), (0, 5)], [(10, 10), (10, 10), (5, 0), (float("nan"), 3)]))

    assert (found.n_treated, found.n_control, found.left) == (2, 2, 3)
    assert found.ratio == pytest.approx(1.0)


def test_a_table_that_is_no_campaign_is_refused() -> None:
    """A missing column, a third arm, one account alone: each is named."""
    good = campaign([(1, 2), (1, 3)], [(1, 1), (1, 2)])
    with pytest.raises(MissingColumns, match="post"):
        effect.difference(good.drop(columns="post"))
    with pytest.raises(BadColumn, match="maybe"):
        effect.difference(good.astype({"treated": object}).replace({"treated": {1: "maybe"}}))
    with pytest.raises(CannotFit, match="two accounts"):
        effect.difference(good.iloc[1:])


@settings(max_examples=20, deadline=None)
@given(PAIRS, PAIRS, st.floats(0.1, 10))
def test_the_market_and_the_currency_drop_out(
    treated: list[tuple[float, float]], control: list[tuple[float, float]], times: float
) -> None:
    """Whatever multiplies everybody's sales afterwards changes no effect; swapping the groups turns it round."""
    found = effect.difference(campaign(treated, control))
    risen = effect.difference(campaign([(a, b * times) for a, b in treated], [(a, b * times) for a, b in control]))
    turned = effect.difference(campaign(control, treated))

    assert risen.ratio == pytest.approx(found.ratio, rel=1e-6, abs=1e-9)
    assert math.log1p(turned.ratio) == pytest.approx(-math.log1p(found.ratio), abs=1e-9)
    assert found.low <= found.ratio * (1 + 1e-9) + 1e-9
    assert found.ratio <= found.high * (1 + 1e-9) + 1e-9


def test_the_finding_of_a_campaign_turns_round() -> None:
    """Up, down, and not to be told."""
    noise = np.random.default_rng(0).normal(0, 0.05, 60)
    flat = [(1.0, float(np.exp(each))) for each in noise]
    up = [(1.0, post * 1.3) for _, post in flat]
    codes = []
    for one, two in ((up, flat), (flat, up), (flat, flat[::-1])):
        table = campaign(one, two)
        codes.append(effect.finding(effect.difference(table), effect.before_after(table)).code)

    assert codes == ["effect.did.up", "effect.did.down", "effect.did.none"]


def test_groups_that_differ_and_groups_that_do_not() -> None:
    """Twice the effect in one group is seen; chance alone is not called a difference; small groups are left out."""
    rng = np.random.default_rng(1)
    rows = [
        {"customer_id": f"{name}{at}", "treated": at % 2, "pre": 1.0, "name": name,
         "post": float(np.exp(rng.normal(0, 0.1) + (at % 2) * gain))}
        for name, gain, size in (("a", 0.0, 80), ("b", 0.5, 80), ("c", 0.0, 80), ("few", 0.0, 8))
        for at in range(size)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    label = table.set_index("customer_id")["name"]
    found = effect.groups(table, label)
    same = effect.groups(table[table["name"] != "b"], label)

    assert list(found.index) == ["a", "b", "c"]
    assert effect.groups_finding(found).code == "effect.groups.differ"
    assert effect.groups_finding(found).values["best"] == "b"
    assert effect.groups_finding(same).code == "effect.groups.level"
    assert effect.groups_finding(found.iloc[:1]).code == "effect.groups.few"


def halves(pairs: list[tuple[float, float]]) -> pd.DataFrame:
    rows = [(f"C{at}", day, pair[i]) for at, pair in enumerate(pairs) for i, day in enumerate(("2024-10-01", "2025-04-01"))]  # fmt: skip
    return pd.DataFrame([*rows, ("Z", "2025-06-30", 1.0)], columns=["customer_id", "date", "amount"])


def test_fifths_by_hand() -> None:
    """Ten customers, two in each fifth: 10 and 20 become 40 and 50, so the lowest fifth grew by 200 %."""
    pairs = [(10.0 * at, 10.0 * at) for at in range(1, 11)]
    pairs[0], pairs[1] = (10, 40), (20, 50)
    found = effect.fifths(halves(pairs))

    assert found["n"].tolist() == [2] * 5
    assert found["growth"].tolist() == [2.0, 0.0, 0.0, 0.0, 0.0]
    assert found.attrs["n"] == 10  # whoever bought in one half-year alone is not sorted
    with pytest.raises(BadSetting, match="by"):
        effect.fifths(halves(pairs), by="size")
    with pytest.raises(BadSetting, match="months"):
        effect.fifths(halves(pairs), months=0)


def test_the_finding_of_fifths_turns_round() -> None:
    """Back to the middle, further apart, neither, and too few."""
    sizes = [10.0 * at for at in range(1, 11)]
    back = halves([(size, 55 + 0.2 * size) for size in sizes])
    apart = halves([(size, size**2) for size in sizes])
    codes = [
        effect.fifths_finding(effect.fifths(table, by=by)).code
        for table, by in ((back, "before"), (apart, "before"), (halves([(s, s) for s in sizes]), "before"))
    ]

    assert codes == ["effect.mean.back", "effect.mean.apart", "effect.mean.level"]
    assert effect.fifths_finding(effect.fifths(halves([(1, 2)]))).code == "effect.mean.few"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_pure_chance_always_falls_back_to_the_mean(seed: int) -> None:
    """Two half-years without any connection: sorted by either, the extremes of that one were extreme."""
    rng = np.random.default_rng(seed)
    table = halves([tuple(pair) for pair in np.exp(rng.normal(5, 1, (80, 2)))])

    assert effect.fifths_finding(effect.fifths(table)).code == "effect.mean.back"
    assert effect.fifths_finding(effect.fifths(table, by="after")).code == "effect.mean.forth"


def test_dealers_against_the_mean_of_all() -> None:
    """Index 100 is the mean of all dealers; who leads before and after is strong, who only led was lucky."""
    money = {"A": (300, 300), "B": (300, 50), "C": (75, 100), "D": (75, 100), "E": (75, 100), "F": (75, 100)}
    rows = [
        (name, day, amount)
        for name, pair in money.items()
        for day, amount in zip(("2024-05-01", "2025-05-01"), pair, strict=True)
    ]
    lines = pd.DataFrame([*rows, ("", "2025-06-30", 9_999.0)], columns=["dealer", "date", "net_amount"])
    found = effect.dealers(lines, as_of="2025-06-30")
    finding = effect.dealers_finding(found)

    assert found.loc["A", ["before", "after"]].tolist() == [200.0, 240.0]
    assert found.attrs["market"] == pytest.approx(750 / 900 - 1)
    assert (finding.code, finding.values["strong"], finding.values["lucky"]) == ("effect.dealers.some", ["A"], ["B"])
    assert effect.dealers_finding(found.drop(index="A")).code == "effect.dealers.none"
    assert effect.dealers_finding(found.drop(index="B")).code == "effect.dealers.all"
    assert effect.dealers_finding(found.drop(index=["A", "B"])).code == "effect.dealers.nobody"
    with pytest.raises(MissingColumns, match="dealer"):
        effect.dealers(lines.drop(columns="dealer"))


def truths(seed: int) -> dict[str, bool]:
    """What the lesson's own path finds of truths 4, 7, 8, 9 and 16, and that the weakest grew without any action."""
    made = {name: simulate.table(name, seed) for name in ("campaign", "transactions", "customers", "orders")}
    did, naive = effect.difference(made["campaign"]), effect.before_after(made["campaign"])
    line = trends.line_finding(trends.line_share(made["transactions"], made["customers"]))
    need = trends.need_finding(trends.need_by_industry(made["customers"]))
    dealers = effect.dealers_finding(effect.dealers(made["transactions"]))
    joined = trends.joined_finding(trends.joined(made["transactions"]))
    return {
        "4 campaign": did.low < 0.15 < did.high and abs(did.ratio - 0.15) < 0.005,
        "4 before and after": naive.ratio > 0.24 and abs(did.points - 0.168) < 0.01,
        "7 green line": line.code == "effect.line.ahead" and abs(line.values["inside1"] - 0.22) < 0.015,
        "8 security": set(need.values.get("ahead", ())) == {"finance", "healthcare"},
        "9 dealers": (dealers.values["led"], dealers.values["stayed"], dealers.values["fell"]) == (5, 2, 3),
        "16 joined": joined.values.get("n") == 60 and 1.7 < joined.values["whole"] / joined.values["apart"] < 2.1,
        "weakest fifth": effect.fifths_finding(effect.fifths(made["orders"])).code == "effect.mean.back",
    }


@pytest.mark.parametrize("seed", [7, 8])
def test_planted_truths_are_found_by_the_lessons_own_path(seed: int) -> None:
    """Campaign, energy-saving line, security, dealers, joined numbers, and the weakest fifth."""
    assert [name for name, held in truths(seed).items() if not held] == []


@pytest.mark.full
def test_planted_truths_are_found_in_twenty_companies() -> None:
    """The same on twenty consecutive seeds."""
    assert [(seed, name) for seed in range(7, 27) for name, held in truths(seed).items() if not held] == []
