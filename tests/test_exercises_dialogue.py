"""The exercises of lesson 04 on the coded talks: each answer is worked out, and no slip is right."""

from pathlib import Path

import pytest

from custlib.course.tables import read_table
from custlib.practice.bank import load
from custlib.practice.problem import pose

ROOT = Path(__file__).parents[1]
TABLES = {"talks": read_table(ROOT / "datasets" / "talks.csv")}
BANK = load(ROOT / "exercises" / "04_dialogue.yaml", ROOT / "exercises" / "04_dialogue.py")


@pytest.mark.parametrize("seed", range(20))
def test_the_drawn_talks_tell_an_order_a_step_and_a_day_apart(seed: int) -> None:
    """On twenty seeds eight talks are drawn, counted by hand from the table, and no known slip leads to the answer."""
    posed = pose(BANK, "dialogue-4", TABLES, seed=seed)
    rows = posed.rows.values()

    signed = [row for row in rows if row["signed"] == "yes"]
    stepped = [
        row for row in rows if row["signed"] == "no" and row["step"] == row["day"] == "yes" and row["closed"] == "no"
    ]

    assert len(posed.rows) == 8
    assert posed.answer == len(signed) + len(stepped)
    assert set(posed.slips) == {"step", "signed", "still"}
