"""Goals, letter by letter, and pairs that clash."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import goals, simulate
from custlib.content import Words
from custlib.errors import BadSetting, MissingColumns

GOOD = {"goal_id": "G1", "customer_id": "C1", "owner": "S1", "measure": "share", "baseline": 20, "target": 28, "due": "2025-12-31"}  # fmt: skip
AS_OF = "2025-06-30"


def table(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**GOOD, "goal_id": f"G{at}", "text": "Raise our share", **each} for at, each in enumerate(changes)])  # fmt: skip


def test_doran_1981_letter_by_letter() -> None:
    """One goal for each letter that fails, in the order S, M, A, R, T; the first that fails is named."""
    found = goals.check(
        table(
            {},
            {"text": "Do more with them", "measure": "", "baseline": None, "target": None},
            {"measure": "", "baseline": None, "target": None},
            {"owner": " "},
            {"target": 100},
            {"due": ""},
        ),
        as_of=AS_OF,
        vague=["do more with"],
    )

    assert found["flaw"].tolist() == ["none", *goals.LETTERS]
    assert not found.loc["G1", "measurable"]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"measure": "revenue", "baseline": 100, "target": 200}, "none"),
        ({"measure": "revenue", "baseline": 100, "target": 201}, "realistic"),
        ({"measure": "revenue", "baseline": 0, "target": 50}, "none"),
        ({"target": 99}, "none"),
        ({"target": 20}, "measurable"),
        ({"due": AS_OF}, "time"),
        ({"due": "2025-07-01"}, "none"),
        ({"due": "soon"}, "time"),
        ({"owner": None}, "assignable"),
        ({"text": "Do more", "measure": ""}, "measurable"),
    ],
)
def test_the_edges_of_a_letter(change: dict[str, Any], flaw: str) -> None:
    """Double is allowed, more is asked about; today is too late; a target where one stands is none."""
    assert goals.check(table(change), as_of=AS_OF)["flaw"].tolist() == [flaw]


def test_findings_of_goals_turn_round() -> None:
    """None, few, most, all, and no goals at all."""
    good, bad = {}, {"owner": ""}
    codes = [
        goals.finding(goals.check(table(*rows), as_of=AS_OF)).code
        for rows in ([bad], [good, bad, bad], [good, bad], [good])
    ]
    nothing = goals.check(table({}).iloc[:0], as_of=AS_OF)

    assert codes == [f"keyaccounts.smart.{word}" for word in ("none", "some", "most", "all")]
    assert goals.finding(nothing).code == "keyaccounts.smart.nobody"
    with pytest.raises(MissingColumns, match="due"):
        goals.check(table({}).drop(columns="due"), as_of=AS_OF)


def test_three_ways_to_clash() -> None:
    """Two targets for one thing, two measures that pull apart, two dates of one person in one week."""
    found = goals.conflicts(
        table(
            {},
            {"target": 35, "owner": "S2"},
            {"measure": "price", "baseline": 100, "target": 106, "owner": "S3"},
            {"customer_id": "C2", "measure": "hours", "baseline": 40, "target": 24, "due": "2026-01-07"},
            {"customer_id": "C2", "measure": "visits", "baseline": 5, "target": 2, "owner": "S5", "due": ""},
        )
    )

    assert found.values.tolist() == [
        ["G0", "G1", "target"],
        ["G0", "G2", "pull"],
        ["G0", "G3", "crowded"],
        ["G1", "G2", "pull"],
    ]
    assert goals.conflict_finding(found, 5).values["n"] == 4
    assert goals.conflict_finding(found.iloc[:0], 5).code == "keyaccounts.conflict.none"
    with pytest.raises(BadSetting, match="days"):
        goals.conflicts(table({}), days=-1)


def test_measures_that_move_the_same_way_do_not_pull_apart() -> None:
    """A lower price beside a larger share agrees; so do more visits beside more revenue."""
    agree = [
        [{}, {"measure": "price", "baseline": 100, "target": 95, "due": ""}],
        [{"measure": "revenue"}, {"measure": "visits", "baseline": 2, "target": 6, "due": ""}],
    ]

    assert [len(goals.conflicts(table(*rows))) for rows in agree] == [0, 0]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["C1", "C2"]), st.sampled_from(["S1", "S2", ""]), st.integers(1, 60)), max_size=8))  # fmt: skip
def test_a_clash_does_not_depend_on_the_order_of_the_goals(rows: list[tuple[str, str, int]]) -> None:
    """Read backwards, the same pairs clash for the same reason, none twice, none with itself."""
    day = pd.Timestamp("2025-08-01")
    given_ = table(*({"customer_id": c, "owner": o, "target": 20 + n, "due": str((day + pd.Timedelta(days=n)).date())} for c, o, n in rows)) if rows else table({}).iloc[:0]  # fmt: skip
    pairs = [
        {(frozenset((one, other)), kind) for one, other, kind in goals.conflicts(each).itertuples(index=False)}
        for each in (given_, given_.iloc[::-1])
    ]

    assert pairs[0] == pairs[1]
    assert all(len(pair) == 2 for pair, _ in pairs[0])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("seed", [7, 8])
def test_the_planted_flaws_of_the_goals_are_found(seed: int, language: str) -> None:
    """In both languages every planted flaw is found, by what the texts say and the fields hold."""
    vague = Words(language).text("keyaccounts.smart.vague").split("|")
    found = goals.check(simulate.table("goals", seed), as_of=AS_OF, vague=vague, text=f"text_{language}")["flaw"]
    key = simulate.keys(seed)["goals"].set_index("goal_id")["flaw"]

    assert found.astype(str).to_dict() == key.astype(str).to_dict()
