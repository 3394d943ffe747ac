"""Nine kinds of faults: found with exact counts, mended one by one, and never seen where there are none."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import quality, simulate
from custlib.analysis.quality import FAULTS, Ruling
from custlib.content import Words
from custlib.errors import BadSetting, MissingColumns
from custlib.views import quality as views
from custlib.views.bundle import VEGALITE, WIDGET


def export(seed: int, language: str = "zh") -> tuple[pd.DataFrame, Ruling, dict[str, set[int]]]:
    """The export of one company, what is known beside it, and the planted rows of each fault."""
    raw, key = simulate.table("transactions_raw", seed), simulate.keys(seed)["transactions_raw"]
    firms = simulate.table("customers", seed)
    ruling = Ruling(simulate.AS_OF, dict(zip(firms["customer_id"], firms["owner"], strict=True)), rates={"USD": 7.2})
    planted = {code: set(key.loc[key["fault"] == code, "row"]) for code in FAULTS}
    return raw.assign(name=raw[f"name_{language}"]), ruling, planted


def exact(seed: int) -> bool:
    """Whether the rows found are the rows planted, for each kind, by Chinese and by English names."""
    result = []
    for language in ("zh", "en"):
        table, ruling, planted = export(seed, language)
        found = {fault.code: set(table["row"].iloc[fault.rows]) for fault in quality.check(table, ruling)}
        result.append(found == planted and all(planted.values()))
    return all(result)


@pytest.fixture(scope="module")
def seven() -> tuple[pd.DataFrame, Ruling]:
    table, ruling, _ = export(7)
    return table, ruling


def rows(**columns: Any) -> pd.DataFrame:
    """A small list: two orders of one customer, with what a test writes over them."""
    plain = {
        "order_id": ["A1", "A2"],
        "customer_id": ["C1", "C1"],
        "name": ["云川食品", "云川食品"],
        "date": ["2025-01-05", "2025-02-05"],
        "qty": [2, 3],
        "unit_price": [100.0, 100.0],
        "amount": [180.0, 270.0],
        "type": ["sale", "sale"],
        "ref_order": ["", ""],
    }
    return pd.DataFrame(plain | columns)


def found(table: pd.DataFrame, ruling: Ruling | None = None) -> dict[str, list[int]]:
    return {fault.code: fault.rows.tolist() for fault in quality.check(table, ruling) if len(fault.rows)}


def test_the_planted_faults_are_found_row_by_row() -> None:
    """Every planted row and no other, for each of the nine kinds."""
    assert exact(7)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(8, 27))
def test_the_planted_faults_are_found_in_twenty_companies(seed: int) -> None:
    """With seed 7 above: twenty consecutive companies, exact rows for each kind, in both languages."""
    assert exact(seed)


def clean_half_year(seed: int) -> tuple[float, int, int]:
    """Revenue, customers and rows of the half-year, from the company's own order lines and without the library."""
    lines = simulate.table("transactions", seed)
    sold = lines[(lines["date"] >= "2025-01-01") & (lines["type"] == "sale")]
    back = lines[(lines["date"] >= "2025-01-01") & (lines["type"] == "return")]
    rows = pd.concat([sold, back.merge(sold[["order_id"]].drop_duplicates(), left_on="ref_order", right_on="order_id")])
    return float(rows["net_amount"].sum()), rows["customer_id"].nunique(), len(rows)


def comes_out(seed: int) -> bool:
    """Whether the mended export is the clean half-year, but for half a yuan where 0.0001 of 万元 was the last digit."""
    table, ruling, _ = export(seed)
    mended, _ = quality.mend_all(table, None, ruling)
    revenue, customers, rows = clean_half_year(seed)
    return abs(mended["amount"].sum() - revenue) < 30 and (mended["customer_id"].nunique(), len(mended)) == (
        customers,
        rows,
    )


@pytest.mark.parametrize("seed", [7, 8])
def test_the_mended_export_is_the_clean_half_year(seed: int) -> None:
    """After nine repairs revenue, customers and rows are those of the order lines nothing was planted in."""
    assert comes_out(seed)
    assert abs(export(seed)[0]["amount"].sum() / clean_half_year(seed)[0] - 1) > 0.001


@pytest.mark.full
@pytest.mark.parametrize("seed", range(9, 27))
def test_the_mended_export_is_the_clean_half_year_in_twenty_companies(seed: int) -> None:
    """With seeds 7 and 8 above: twenty consecutive companies."""
    assert comes_out(seed)


def test_mending_leaves_the_list_that_was_read(seven: tuple[pd.DataFrame, Ruling]) -> None:
    """Mending in another way afterwards gives what mending from the start gives."""
    table, ruling = seven
    mender = quality.Mender(table, ruling)
    first = mender.mend(("unit",))
    mender.mend()
    again, fresh = mender.mend(("unit",)), quality.mend_all(table, ("unit",), ruling)

    assert first[0].equals(again[0])
    assert again[0].equals(fresh[0])
    assert first[1] == again[1] == fresh[1]


def test_a_lists_own_currency_is_the_lessons_or_the_most_frequent() -> None:
    """Dollars are at home on a list in dollars; a currency the list does not know is not forced on it."""
    table = rows(currency=["CNY", "USD"])

    def foreign(currency: str) -> str:
        return str(views.board(table, words=Words("en", currency))[VEGALITE]["datasets"]["rows"])

    assert "'change': -180" in foreign("USD")
    assert "'change': -270" in foreign("CNY")
    assert foreign("EUR") == foreign("")


def test_a_mended_list_is_clean(seven: tuple[pd.DataFrame, Ruling]) -> None:
    """After all nine repairs no check finds anything, and mending again changes nothing."""
    table, ruling = seven
    mended, steps = quality.mend_all(table, None, ruling)
    again, second = quality.mend_all(mended, None, ruling)

    assert found(mended, ruling) == {}
    assert [step.rows for step in second] == [0] * 9
    assert again.equals(mended)
    assert len(table) - len(mended) == sum(step.set_aside for step in steps)


@pytest.mark.parametrize("seed", [7, 8])
def test_a_clean_list_reports_none(seed: int) -> None:
    """The company's own order lines have no fault."""
    lines, firms = simulate.table("transactions", seed), simulate.table("customers", seed)
    table = lines.rename(columns={"list_price": "unit_price", "net_amount": "amount"}).merge(
        firms[["customer_id", "name_zh", "industry", "owner"]].rename(columns={"name_zh": "name"}), on="customer_id"
    )
    owners = dict(zip(firms["customer_id"], firms["owner"], strict=True))

    assert found(table.assign(currency="CNY"), Ruling(simulate.AS_OF, owners)) == {}


def test_each_repair_says_what_it_does_to_revenue_and_customers(seven: tuple[pd.DataFrame, Ruling]) -> None:
    """Each step begins where the one before ended, and only the repairs that should move a figure move it."""
    table, ruling = seven
    mended, steps = quality.mend_all(table, None, ruling)
    by_code = {step.code: step for step in steps}

    assert [step.code for step in steps] == list(FAULTS)
    assert all(one.revenue[1] == two.revenue[0] for one, two in pairwise(steps))
    assert steps[0].revenue[0] == pytest.approx(table["amount"].sum())
    assert steps[-1].revenue[1] == pytest.approx(mended["amount"].sum())
    assert steps[-1].customers[1] == mended["customer_id"].nunique()
    assert {code for code, step in by_code.items() if step.revenue[0] == step.revenue[1]} == {
        "split_name", "no_industry", "stale_owner",
    }  # fmt: skip
    assert {code for code, step in by_code.items() if step.customers[0] != step.customers[1]} == {"split_name"}
    assert (
        by_code["split_name"].customers[0] - by_code["split_name"].customers[1]
        == table[table["customer_id"].str.startswith("N")]["customer_id"].nunique()
    )


@pytest.mark.parametrize(
    ("changed", "ruling", "code", "where"),
    [
        ({"order_id": ["A1", "A1"], "date": ["2025-01-05"] * 2, "qty": [2, 2], "amount": [180.0] * 2}, Ruling(), "duplicate", [1]),
        ({"customer_id": ["C1", "C2"], "name": ["云川食品", "云川食品（集团）有限公司"]}, Ruling(), "split_name", [1]),
        ({"qty": [2, -3]}, Ruling(), "unmarked_return", [1]),
        ({"date": ["2025-01-05", "2025年7月1日"]}, Ruling(as_of="2025-06-30"), "future_date", [1]),
        ({"amount": [180.0, 0.027]}, Ruling(), "unit", [1]),
        ({"amount": ["180", "0.027"]}, Ruling(), "unit", [1]),
        ({"industry": ["retail", None]}, Ruling(), "no_industry", [1]),
        ({"industry": ["retail", " "]}, Ruling(), "no_industry", [1]),
        ({"currency": ["CNY", "USD"]}, Ruling(currency="CNY"), "currency", [1]),
        ({"owner": ["S01", "S90"]}, Ruling(owners={"C1": "S01"}), "stale_owner", [1]),
        ({"type": ["sale", "退货"], "qty": [2, -3], "amount": [180.0, -270.0], "ref_order": ["", "A9"]}, Ruling(), "orphan_return", [1]),
    ],
)  # fmt: skip
def test_a_fault_is_known_by_what_makes_it_one(
    changed: dict[str, Any], ruling: Ruling, code: str, where: list[int]
) -> None:
    """One row made faulty in one way is found as that, and as nothing else."""
    assert found(rows(), ruling) == {}
    assert found(rows(**changed), ruling) == {code: where}


def test_what_cannot_be_checked_is_said() -> None:
    """A list of three columns: nothing is found, and each check that could not be made names what is missing."""
    faults = quality.check(rows()[["customer_id", "date", "amount"]])

    assert {fault.code: fault.missing for fault in faults} == {
        "duplicate": ("order_id",),
        "split_name": ("name",),
        "unmarked_return": ("qty",),
        "future_date": ("as_of",),
        "unit": ("qty", "unit_price"),
        "no_industry": ("industry",),
        "currency": ("currency",),
        "stale_owner": ("owner", "owners"),
        "orphan_return": ("order_id", "ref_order"),
    }


def test_a_list_keeps_its_own_column_names() -> None:
    """Columns under other names are found by the ruling, and come back under those names."""
    table = rows(amount=[180.0, 0.027]).rename(columns={"amount": "金额", "customer_id": "客户"})
    ruling = Ruling(columns={"amount": "金额", "customer_id": "客户"})
    mended, step = quality.mend(table, "unit", ruling)

    assert list(mended.columns) == list(table.columns)
    assert mended["金额"].tolist() == [180.0, 270.0]
    assert step.revenue == (180.03, 450.0)


def test_a_currency_without_a_rate_is_set_aside() -> None:
    """Nobody guesses a rate."""
    table = rows(currency=["CNY", "EUR"])

    assert len(quality.mend(table, "currency", Ruling(currency="CNY"))[0]) == 1
    assert quality.mend(table, "currency", Ruling(currency="CNY", rates={"EUR": 8.0}))[0]["amount"].tolist() == [
        180.0,
        2160.0,
    ]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: quality.check(rows().drop(columns="amount")), MissingColumns),
        (lambda: quality.mend(rows(), "spelling"), BadSetting),
        (lambda: quality.check(rows(), Ruling(columns={"colour": "x"})), BadSetting),
        (lambda: quality.check(rows(), Ruling(as_of="tomorrow")), BadSetting),
    ],
)
def test_wrong_input_is_refused_by_name(call: Any, error: type[Exception]) -> None:
    """A missing column, a fault nobody knows, a role nobody knows, a day that is none."""
    with pytest.raises(error):
        call()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A1", "A2", "A3", ""]), st.sampled_from(["C1", "C2", None]), st.sampled_from(["甲", "甲公司", ""]),
            st.sampled_from(["2025-01-05", "2052-01-05", "soon", None]), st.integers(-3, 3), st.sampled_from([None, 0.0, 90.0]),
            st.sampled_from([100.0, -100.0, 0.02, None]), st.sampled_from(["sale", "return", ""]),
            st.sampled_from(["CNY", "USD", ""]), st.sampled_from(["A1", "A9", ""]),
        ),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_mending_always_ends_and_counts_every_row(lines: list[tuple[Any, ...]]) -> None:
    """Whatever stands in a list: rows are kept or set aside, nothing is invented, and the sums agree."""
    names = ["order_id", "customer_id", "name", "date", "qty", "unit_price", "amount", "type", "currency", "ref_order"]
    table = pd.DataFrame(lines, columns=names)
    before = table.copy()
    mended, steps = quality.mend_all(table, None, Ruling(as_of="2025-06-30", currency="CNY"))

    pd.testing.assert_frame_equal(table, before)
    assert len(mended) + sum(step.set_aside for step in steps) == len(table)
    assert steps[-1].revenue[1] == pytest.approx(float(np.nansum(mended["amount"].astype(float))), abs=0.02)
    assert set(mended["customer_id"].dropna()) <= set(table["customer_id"].dropna())
    assert found(mended, Ruling(as_of="2025-06-30")).keys() <= {"split_name", "orphan_return", "duplicate"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ticked", [(), ("duplicate",), ("unit", "currency"), ("split_name",), tuple(FAULTS)])
def test_the_board_says_what_the_repairs_did(
    seven: tuple[pd.DataFrame, Ruling], language: str, ticked: tuple[str, ...]
) -> None:
    """Title, figures and table agree with the analysis, in the reader's language, without a gap."""
    table, ruling = seven
    mender, words = quality.Mender(table, ruling), Words(language)
    whole = mender.mend()[1]
    values = {group: [code for code in codes if code in ticked] for group, codes in views.GROUPS.items()}
    model, bundle = views.board_answer(mender, mender.check(), whole, words, values)
    mended, steps = quality.mend_all(table, ticked, ruling)
    text = json.dumps(model, ensure_ascii=False) + json.dumps((bundle or {})[VEGALITE], ensure_ascii=False)

    assert not re.search(r"\bnan\b|\bNaN\b|\bNone\b|quality\.", text)
    assert bool(re.search(r"[\u4e00-\u9fff]", model["says"])) == (language == "zh")
    assert model["kpis"][0]["value"] == words.number(steps[-1].revenue[1] if steps else whole[0].revenue[0])
    assert len(model["table"]["head"]) == (5 if ticked else 3)
    assert {len(row) for row in model["table"]["rows"]} == {len(model["table"]["head"])}
    assert model["kpis"][1]["value"] == words.number(mended["customer_id"].nunique())
    assert [tick for control in model["controls"] for tick in control["value"]] == [
        code for codes in views.GROUPS.values() for code in codes if code in ticked
    ]


def test_the_verdict_turns_round_on_reversed_data() -> None:
    """A fault that hid revenue says more, one that invented it says less, a clean list says so."""
    too_low, too_high = rows(amount=[180.0, 0.027]), rows(qty=[2, -3])

    def verdict(table: pd.DataFrame) -> str:
        steps = quality.mend_all(table)[1]
        return quality.verdict(quality.check(table), steps, steps).code

    assert [verdict(each) for each in (too_low, too_high, rows())] == [
        "quality.verdict.higher_all",
        "quality.verdict.lower_all",
        "quality.verdict.clean",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_without_faults_gets_a_sentence(language: str) -> None:
    """Nothing found is said, together with what could not be checked; a panel would be an empty frame."""
    words = Words(language)
    bundle = views.board(rows(), words=words, as_of="2025-06-30")

    assert WIDGET not in bundle
    assert words.text("quality.fault.currency") in bundle["text/plain"]
    assert words.text("quality.fault.unit") not in bundle["text/plain"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_board_of_a_short_list_says_what_it_could_not_check(language: str) -> None:
    """Three columns are enough for a board; the rest is named, in the panel and under the chart."""
    table = rows(date=["2025-01-05", "2052-01-05"])[["customer_id", "date", "amount"]]
    words, ruling = Words(language), Ruling(as_of="2025-06-30")
    mender = quality.Mender(table, ruling)
    model, _ = views.board_answer(
        mender, mender.check(), mender.mend()[1], words, {group: [] for group in views.GROUPS}
    )
    bundle = views.board(table, words=words, as_of="2025-06-30")

    assert len(model["blocks"][0]["items"]) == 8
    assert [tick for control in model["controls"] for tick, _ in control["options"]] == ["future_date"]
    assert words.text("quality.fault.unit") in str(bundle[VEGALITE]["title"])
