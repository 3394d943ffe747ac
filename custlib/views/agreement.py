"""Lesson 06: how far two departments grade alike, and what a common standard does to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from custlib.analysis import agreement
from custlib.content import Words
from custlib.views.bundle import Bundle, name_of, widget
from custlib.views.heat import heat
from custlib.views.panel import Answer, panel

Names = Mapping[object, str]
GRADES = "ABCD"
# What the departments agree on to tell apart: all four grades, the ends and one middle, or A and the rest.
STANDARDS = {"four": ("A", "B", "C", "D"), "three": ("A", "BC", "D"), "two": ("A", "BCD")}
START = {"round": "1", "standard": "four", "weights": "plain"}


def standard(labels: pd.DataFrame, values: pd.Series, *, words: Words, names: Names) -> Bundle:
    """A panel: before or after one written standard, how fine it is, and whether near misses count.

    labels(customer_id, dept, round, grade), values: what each customer brings, for those who are graded differently.
    """
    view = panel(START, partial(standard_answer, labels, values, words, names), words, height=330)
    return widget(view, words, "agreement.still")


def standard_answer(
    labels: pd.DataFrame, values: pd.Series, words: Words, names: Names, chosen: dict[str, Any]
) -> Answer:
    """Compare the two departments under the chosen standard, and name the customers they see differently."""
    turn = chosen["round"] if chosen["round"] in ("1", "2") else "1"
    kind = chosen["standard"] if chosen["standard"] in STANDARDS else "four"
    weights = "quadratic" if chosen["weights"] == "quadratic" else "plain"
    groups = STANDARDS[kind]
    rows = labels[labels["round"].astype(str) == turn].set_index("customer_id")
    sales, service = (
        agreement.merged(rows.loc[rows["dept"] == dept, "grade"], groups) for dept in ("sales", "service")
    )
    kept = [group[0] for group in groups]
    counts = agreement.confusion(sales, service, kept)
    found = agreement.kappa(counts, weights=weights)  # type: ignore[arg-type]
    gap = agreement.leaning(sales, service, kept)
    title = words.say(agreement.finding(found, gap))
    shown = "–" if found.kappa is None else words.number(found.kappa, 2)
    between = "–" if found.kappa is None else f"{words.number(found.low, 2)} – {words.number(found.high, 2)}"
    kpis = {
        "observed": words.percent(float((gap == 0).mean())),
        "kappa": shown,
        "interval": between,
        "band": words.text(f"agreement.band.{found.band}"),
    }
    controls = [
        {
            "kind": "segment",
            "key": key,
            "label": words.text(f"agreement.{key}"),
            "options": [[code, words.text(f"agreement.{key}_{code}")] for code in codes],
            "value": value,
        }
        for key, codes, value in (
            ("round", ("1", "2"), turn),
            ("standard", tuple(STANDARDS), kind),
            ("weights", ("plain", "quadratic"), weights),
        )
    ]
    model: dict[str, Any] = {
        "controls": controls,
        "kpis": [{"label": words.text(f"agreement.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("agreement.notice_weights" if weights == "quadratic" else "agreement.notice"),
        "says": title,
    }
    differ = gap[gap != 0]
    if len(differ):
        dearest = pd.DataFrame({"gap": differ.abs(), "value": values.reindex(differ.index).fillna(0.0)})
        dearest = dearest.sort_values(["gap", "value"], ascending=False, kind="stable").head(5)
        model["table"] = {
            "caption": words.say("agreement.caption", n=len(differ)),
            "head": [words.text(f"agreement.head_{key}") for key in ("customer", "sales", "service", "value")],
            "rows": [
                [name_of(names, each, words), _group(one, groups), _group(two, groups), words.money(money)]
                for each, one, two, money in zip(
                    dearest.index, sales[dearest.index], service[dearest.index], dearest["value"], strict=True
                )
            ],
            "numeric": [3],
        }
    group = partial(_group, groups=groups)
    drawing = heat(
        counts,
        words,
        title=title,
        subtitle=words.say("agreement.subtitle", n=found.n),
        axes=(words.text("agreement.y"), words.text("agreement.x")),
        names=(group, group),
        marked=lambda row, column: row == column,
    )
    return model, drawing


def _group(first: str, groups: tuple[str, ...]) -> str:
    """A merged grade as a reader sees it: `B–D` for three that became one."""
    whole = next(group for group in groups if group[0] == first)
    return whole if len(whole) == 1 else f"{whole[0]}–{whole[-1]}"
