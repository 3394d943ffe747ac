"""Classes of customers: the boundary rule, the appliance maker's letters, life cycle, activity, needs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import classification as cl
from custlib.analysis import simulate
from custlib.errors import BadColumn, BadSetting, MissingColumns, NothingLeft

AMOUNTS = st.lists(st.integers(-5_000, 100_000), min_size=1, max_size=60)


def orders(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def test_abc_by_hand_the_crossing_customer_stands_above_the_line() -> None:
    """50, 35, 10 and 5 have 0, .50, .85 and .95 before them: A, A, B, C; at exactly .95 a customer is C."""
    graded = cl.abc(pd.Series({"w": 5.0, "x": 50.0, "y": 10.0, "z": 35.0}))

    assert graded.index.tolist() == ["x", "z", "y", "w"]
    assert graded["before"].round(9).tolist() == [0.0, 0.5, 0.85, 0.95]
    assert graded["grade"].tolist() == ["A", "A", "B", "C"]


def test_losses_are_a_class_of_their_own_and_do_not_enter_the_sum() -> None:
    """By profit the denominator is the positive profits: a loss changes nobody else's class."""
    without = cl.abc(pd.Series({"a": 80.0, "b": 15.0, "c": 5.0}))
    graded = cl.abc(pd.Series({"a": 80.0, "b": 15.0, "c": 5.0, "d": -1_000.0, "e": 0.0}))

    assert graded.loc[["a", "b", "c"], "grade"].tolist() == without["grade"].tolist() == ["A", "B", "C"]
    assert graded.loc[["d", "e"], "grade"].tolist() == ["loss", "none"]
    assert cl.by_grade(graded)["customers"].to_dict() == {"A": 1, "B": 1, "C": 1, "loss": 1, "none": 1}


@settings(max_examples=25)
@given(AMOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_more_money_is_never_a_lower_class(amounts, random) -> None:
    """Equal customers get equal classes, a larger one never a lower class, and A reaches the line."""
    values = pd.Series(amounts, dtype=float)
    shuffled = values.sample(frac=1, random_state=random.randrange(1000))
    graded = cl.abc(values)
    again = cl.abc(shuffled)
    rank = graded["grade"].map({"A": 0, "B": 1, "C": 2, "none": 3, "loss": 4})

    assert graded["grade"].to_dict() == again["grade"].to_dict()
    assert rank.is_monotonic_increasing
    assert graded.groupby("value")["grade"].nunique().max() == 1
    if (values > 0).any():
        assert graded.loc[graded["grade"] == "A", "share"].sum() > 0.8 - 1e-9


def test_abc_refuses_what_it_cannot_grade() -> None:
    """Cuts that do not rise, and values that are no numbers, are named."""
    with pytest.raises(BadSetting, match="cuts"):
        cl.abc(pd.Series([1.0]), cuts=(0.95, 0.80))
    with pytest.raises(BadColumn, match="revenue"):
        cl.abc(pd.Series([1.0, np.nan], name="revenue"))
    assert cl.abc(pd.Series([], dtype=float)).empty
    assert cl.abc(pd.Series([-1.0, 0.0]))["grade"].tolist() == ["none", "loss"]


def test_the_finding_of_the_curve_turns_round() -> None:
    """One customer with nearly everything is few; equal customers are many; nothing is nothing."""
    few = cl.curve_finding(cl.abc(pd.Series([97.0, 1.0, 1.0, 1.0])))
    many = cl.curve_finding(cl.abc(pd.Series([1.0] * 10)))

    assert few.code == "classification.curve.few"
    assert many.code == "classification.curve.many"
    assert cl.curve_finding(cl.abc(pd.Series([0.0, -1.0]))).code == "classification.curve.nothing"


def test_large_and_losing_is_found_and_turns_round() -> None:
    """A customer of class A by revenue with a loss is named; where all earn, nobody is."""
    revenue = pd.Series({"big": 90.0, "mid": 8.0, "low": 2.0})
    bad, good = pd.Series({"big": -3.0, "mid": 4.0, "low": 1.0}), pd.Series({"big": 3.0, "mid": 4.0, "low": 1.0})

    assert cl.two_faces(cl.abc(revenue), cl.abc(bad)).index.tolist() == ["big"]
    assert cl.faces_finding(cl.abc(revenue), cl.abc(bad)).values["lost"] == 3.0
    assert cl.faces_finding(cl.abc(revenue), cl.abc(good)).code == "classification.faces.none"


@pytest.mark.parametrize(
    ("n", "promo", "aware", "grade"),
    [
        (4, 0.49, 1, "A"),
        (4, 0.50, 5, "B"),
        (3, 0.49, 1, "C"),
        (2, 0.50, 1, "B"),
        (1, 0.90, 2, "D"),
        (1, 0.10, 3, "C"),
        (0, 0.00, 1, "D"),
        (4, None, 1, "unknown"),
        (1, 0.10, None, "unknown"),
        (1, None, 5, "C"),
    ],
)
def test_the_appliance_rule_at_its_edges(n: int, promo: float | None, aware: int | None, grade: str) -> None:
    """Each line of the rule belongs to one side; where a figure that decides is missing, the letter is unknown."""
    facts = pd.DataFrame({"orders": [n], "promo_share": [promo], "awareness_1_5": [aware]}, dtype=float)

    assert cl.behaviour(facts).tolist() == [grade]


def test_behaviour_names_the_missing_column() -> None:
    """A table without the figures the rule reads is refused by name."""
    with pytest.raises(MissingColumns, match="promo_share"):
        cl.behaviour(pd.DataFrame({"orders": [1], "awareness_1_5": [1]}))


def test_the_life_cycle_by_hand() -> None:
    """Four days with a purchase are loyal, 366 days of silence lost, a contact without a purchase potential."""
    loyal = [("L", f"2025-0{month}-01", 1.0) for month in range(1, 5)]
    silent = [("S", f"2024-0{month}-29", 1.0) for month in range(1, 6)]
    table = orders(*loyal, *silent, ("I", "2025-05-30", 5.0), ("I", "2025-05-30", 5.0), ("R", "2025-05-01", -5.0))
    known = pd.Series({"P": "2025-01-01", "Q": "2025-06-30", "L": "2024-01-01"})

    stage = cl.stage(table, as_of="2025-05-30", known=known)

    assert stage.to_dict() == {"I": "initial", "L": "loyal", "P": "potential", "S": "lost"}
    assert cl.stage(table, as_of="2025-05-29")["S"] == "loyal"


def test_nobody_has_bought_before_the_list_begins() -> None:
    """A day before the first row has potential customers only; an empty list is an error."""
    table = orders(("A", "2025-01-01", 1.0))

    assert cl.stage(table, as_of="2024-01-01", known=pd.Series({"A": "2023-05-05"})).to_dict() == {"A": "potential"}
    assert cl.stage(table, as_of="2024-01-01").empty
    with pytest.raises(NothingLeft):
        cl.stage(table.head(0), as_of="2024-01-01")


def test_activity_by_hand() -> None:
    """A purchase within the days is active, a contact alone latent, neither lost; the first day of the window is out."""
    table = orders(
        ("A", "2025-06-01", 1.0), ("T", "2024-06-01", 1.0), ("G", "2024-06-01", 1.0), ("R", "2025-06-02", -1.0)
    )
    contacts = pd.DataFrame({"customer_id": ["T", "N", "G"], "date": ["2025-06-01", "2025-05-01", "2024-12-04"]})

    found = cl.activity(table, contacts, as_of="2025-06-02")

    assert found.to_dict() == {"A": "active", "G": "lost", "N": "latent", "R": "lost", "T": "latent"}
    with pytest.raises(BadSetting, match="within_days"):
        cl.activity(table, contacts, within_days=0)
    with pytest.raises(MissingColumns, match="date"):
        cl.activity(table, contacts[["customer_id"]])


def test_need_types_by_hand() -> None:
    """Half on promotion is price; else the group of attributes that is rated higher; no answer is unknown."""
    low, high = dict.fromkeys(cl.FUNCTIONAL, 5), dict.fromkeys(cl.EMOTIONAL, 8)
    rows = [{"customer_id": "E", **low, **high}, {"customer_id": "F", **dict.fromkeys((*low, *high), 6)}]
    survey = pd.DataFrame(rows).rename(columns=lambda name: name if name == "customer_id" else f"importance_{name}")
    promo = pd.Series({"E": 0.1, "F": 0.1, "P": 0.5, "U": 0.1})

    types = cl.need_type(survey, promo)

    assert types.to_dict() == {"E": "emotional", "F": "functional", "P": "price", "U": "unknown"}
    assert cl.need_finding(types.drop(["E", "F", "P"])).code == "classification.needs.none"
    assert cl.need_finding(types).values["known"] == 3


def test_findings_of_two_classifications_turn_round() -> None:
    """Who was loyal and is lost is counted; where nobody is, the sentence is another; the same for letters and words."""
    day = pd.Timestamp("2025-06-30")
    gone = pd.DataFrame([[1, 3]], index=["loyal"], columns=["loyal", "lost"])
    kept = pd.DataFrame([[4]], index=["loyal"], columns=["loyal"])
    same = pd.DataFrame([[3, 1]], index=["A"], columns=["A", "B"])

    assert cl.stages_finding(gone, day, day).values["n"] == 3
    assert cl.stages_finding(kept, day, day).code == "classification.stages.kept"
    assert cl.stages_finding(kept.head(0), day, day).code == "classification.stages.nobody"
    assert cl.letters_finding(same).code == "classification.letters.agree"
    assert cl.letters_finding(same[["B", "A"]].set_axis(["A", "B"], axis=1)).code == "classification.letters.differ"
    assert cl.meanings_finding(gone.set_axis(["lost"])).code == "classification.meanings.silent"


@pytest.mark.parametrize("seed", [7, pytest.param(11, marks=pytest.mark.full), *(pytest.param(s, marks=pytest.mark.full) for s in range(12, 31))])  # fmt: skip
def test_the_lessons_way_finds_what_is_planted(seed: int) -> None:
    """A fifth bring four fifths, fifteen large accounts lose money, and the letters' rule is right for 92 in 100."""
    from custlib.analysis import contribution

    tables = {name: simulate.table(name, seed) for name in ("transactions", "interactions", "customers", "labels")}
    key = simulate.keys(seed)["customers"].set_index("customer_id")
    facts = contribution.last_months(tables["transactions"], tables["interactions"])
    by_revenue, by_profit = cl.abc(facts["revenue"]), cl.abc(facts["contribution"])
    firms = tables["customers"].set_index("customer_id")
    sales = tables["transactions"].rename(columns={"net_amount": "amount"})
    firms["orders"] = contribution.purchases_before(sales)
    ruled = cl.behaviour(firms)[firms["industry"] == "appliances"]

    assert cl.curve_finding(by_revenue).values["share_customers"] == pytest.approx(0.20, abs=0.02)
    assert set(cl.two_faces(by_revenue, by_profit).index) == set(key.index[key["loss_account"] == 1])
    assert (ruled == key["behaviour"].reindex(ruled.index)).mean() == pytest.approx(0.92, abs=0.01)
