"""What is planted in the practice company is what a participant finds on the way through lessons 05 to 08."""

from __future__ import annotations

import pandas as pd
import pytest
from walking import Walk, walk

from custlib.analysis import agreement, classification, clv, drift, simulate
from custlib.views.agreement import STANDARDS

Keys = dict[str, pd.DataFrame]


def faults(found: Walk, keys: Keys) -> dict[str, bool]:
    """05: nine kinds of faults, as many rows as were planted."""
    return {"faults": f"9 kinds of faults in {len(keys['transactions_raw'])} rows" in found.titles["quality.board"]}


def classes(found: Walk, keys: Keys) -> dict[str, bool]:
    """06: a fifth brings four fifths, large accounts that lose, an eighth that moves, a rule, and two departments."""
    named, key = found.named, keys["customers"].set_index("customer_id")
    graded = named["graded"]
    large = (graded["grade"] == "A").sum() / (graded["value"] > 0).sum()
    losing = classification.two_faces(named["company"], named["profit"]).index
    grades, days = drift.grades(named["yearly"]), list(named["days"])
    moves = [drift.change(grades[one], grades[two]) for one, two in ((days[-13], days[-7]), (days[-7], days[-1]))]
    moved = sum(each.changed for each in moves) / sum(each.both for each in moves)
    known = key["behaviour"][key["behaviour"] != ""]
    labels = named["lesson"].table("labels")
    first, second = (_kappa(labels[labels["round"] == turn]) for turn in (1, 2))
    return {
        "a fifth": abs(large - 0.20) < 0.01,
        "key": list(graded.index[graded["grade"] == "A"].sort_values()) == sorted(key.index[key["abc"] == "A"]),
        "losing": set(losing) == set(key.index[key["loss_account"] == 1]),
        "moving": abs(moved - 0.12) < 0.015,
        "rule": abs((named["behaviour"].reindex(known.index) == known).mean() - 0.92) < 0.005,
        "agreement": abs(first - 0.38) < 0.015 and abs(second - 0.80) < 0.015,
        "sales higher": "sales grades higher" in found.titles["agreement.standard"],
    }


def _kappa(labels: pd.DataFrame) -> float:
    wide = labels.pivot(index="customer_id", columns="dept", values="grade")
    found = agreement.kappa(
        agreement.confusion(wide["sales"], wide["service"], [each[0] for each in STANDARDS["four"]])
    )
    assert found.kappa is not None
    return found.kappa


def buying(found: Walk, keys: Keys) -> dict[str, bool]:
    """07: how often customers buy, and how many stop after a purchase."""
    model = clv.fit_bgnbd(found.named["cbs"])
    return {
        "rate": abs(model.r / model.alpha - 0.0667) < 0.007,
        "dropout": abs(model.a / (model.a + model.b) - 0.231) < 0.04,
        "which model": "BG/NBD describes these customers better" in found.titles["clv.notes"],
    }


def matrices(found: Walk, keys: Keys) -> dict[str, bool]:
    """08: the large accounts that cost more than they bring, by number and by name."""
    loss = keys["customers"].query("loss_account == 1")["customer_id"]
    lines = found.titles["matrix.dear"].splitlines()
    names = found.named["lesson"].names
    shown = {line.split(" | ")[0] for line in lines[2:]}
    return {
        "count": lines[0].startswith(f"{len(loss)} of the"),
        "names": bool(shown) and shown <= {names[each] for each in loss},
        "action": found.named["card"]["dominant"].nunique() >= 4,
    }


LESSONS = {"05_rfm": faults, "06_classification": classes, "07_clv": buying, "08_matrix": matrices}


@pytest.mark.full
@pytest.mark.parametrize("seed", range(7, 27))
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_participant_finds_what_is_planted(monkeypatch: pytest.MonkeyPatch, lesson: str, seed: int) -> None:
    """Twenty consecutive companies, each truth on the lesson's own path, against the key."""
    found = LESSONS[lesson](walk(monkeypatch, lesson, seed=seed), simulate.keys(seed))

    assert [name for name, holds in found.items() if not holds] == []
