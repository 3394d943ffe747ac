"""Lesson 05: the data quality board, a list's faults found, counted, shown, and mended one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import quality
from custlib.analysis.quality import Fault, Mender, Ruling, Step
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, sentence, skeleton, widget
from custlib.views.panel import Answer, panel
from custlib.views.theme import CATEGORY, FOCUS, money

# The ticks stand side by side in three groups, by what a fault concerns.
GROUPS = {
    "rows": ("duplicate", "future_date", "orphan_return"),
    "amounts": ("unmarked_return", "unit", "currency"),
    "firms": ("split_name", "no_industry", "stale_owner"),
}
LONGEST = 90  # characters of an example: what a list holds is not always short


def board(
    table: pd.DataFrame,
    *,
    words: Words,
    firms: pd.DataFrame | None = None,
    as_of: str = "",
    rates: Mapping[str, float] | None = None,
) -> Bundle:
    """A panel: tick a fault to mend it, and see what that does to revenue and customers.

    A list without faults gets a sentence. `firms` (customer_id, owner) says who is in charge today, `rates` what a foreign currency is worth.
    """
    owners = {} if firms is None else dict(zip(firms["customer_id"], firms["owner"], strict=True))
    # A list of one's own comes with quantities under their full name.
    columns = {"qty": "quantity"} if "quantity" in table and "qty" not in table else {}
    # The lesson's currency, where the list knows it; else the list's most frequent one.
    written = set(table["currency"].dropna()) if "currency" in table else set()
    home = words.currency if words.currency in written else ""
    ruling = Ruling(as_of=as_of or None, owners=owners, currency=home, rates=rates or {}, columns=columns)
    mender = quality.Mender(table, ruling)
    faults, (_, whole) = mender.check(), mender.mend()
    if not any(len(fault.rows) for fault in faults):
        # Nothing to tick: a panel would be an empty frame.
        clean = words.say(quality.verdict(faults, [], whole)) + ("。" if words.language == "zh" else ".")
        return sentence(words.sentences([clean, *_left_out(faults, words)]))
    answer = partial(board_answer, mender, faults, whole, words)
    view = panel({group: [] for group in GROUPS}, answer, words, height=370)
    return widget(view, words, "quality.board.still")


def board_answer(
    mender: Mender, faults: list[Fault], whole: list[Step], words: Words, values: dict[str, Any]
) -> Answer:
    """Mend what is ticked, and say what became of revenue and customers."""
    ticked = {code for group, codes in GROUPS.items() for code in codes if code in (values[group] or ())}
    mended, steps = mender.mend(tuple(code for code in quality.FAULTS if code in ticked))
    title = words.say(quality.verdict(faults, steps, whole))
    last = steps[-1] if steps else None
    revenue = last.revenue[1] if last else whole[0].revenue[0]
    customers = last.customers[1] if last else whole[0].customers[0]
    left = words.say("quality.board.left", left=len(mended), aside=mender.rows - len(mended))
    # To the yuan: a single repair is small beside the whole.
    figures = {"money": words.number(revenue), "customers": words.number(customers), "rows": left}
    by_code = {fault.code: fault for fault in faults}
    ticks = [_ticks(group, [by_code[code] for code in codes], ticked, words) for group, codes in GROUPS.items()]
    model: dict[str, Any] = {
        "controls": [each for each in ticks if each["options"]],
        "kpis": [{"label": words.text(f"quality.board.kpi_{key}"), "value": text} for key, text in figures.items()],
        "notice_label": words.text("quality.board.notice_label"),
        "notice": words.text("quality.board.notice"),
        "says": title,
    }
    # What a repair did is a column only once something was mended.
    heads = ("fault", "example", "how", "money", "customers") if steps else ("fault", "example", "how")
    model["table"] = {
        "caption": words.text("quality.board.caption"),
        "head": [words.text(f"quality.board.head_{key}") for key in heads],
        "rows": _rows(faults, steps, words),
        "numeric": [3, 4] if steps else [],
    }
    if unchecked := [_unchecked(fault, words) for fault in faults if fault.missing]:
        model["blocks"] = [{"title": words.text("quality.board.unchecked"), "items": unchecked}]
    about = [words.text("quality.board.subtitle"), *_left_out(faults, words)]
    return model, _bars(whole, ticked, words, title, about)


def _ticks(group: str, faults: list[Fault], ticked: set[str], words: Words) -> dict[str, Any]:
    able = [fault for fault in faults if not fault.missing]
    return {
        "kind": "checks",
        "key": group,
        "label": words.text(f"quality.board.{group}"),
        "options": [[fault.code, _option(fault, words)] for fault in able],
        "value": [fault.code for fault in able if fault.code in ticked],
    }


def _option(fault: Fault, words: Words) -> str:
    name = words.text(f"quality.fault.{fault.code}")
    key = "option" if len(fault.rows) else "option_none"
    return words.say(f"quality.board.{key}", fault=name, rows=len(fault.rows))


def _rows(faults: list[Fault], steps: list[Step], words: Words) -> list[list[str]]:
    """One line for each kind found: an example, how it is mended, and what that did, where it was."""
    done = {step.code: step for step in steps}
    return [
        [
            words.text(f"quality.fault.{fault.code}"),
            words.say(f"quality.example.{fault.code}", **fault.example)[:LONGEST],
            words.text(f"quality.how.{fault.code}"),
            *(_changes(done.get(fault.code), words) if steps else ()),
        ]
        for fault in faults
        if len(fault.rows)
    ]


def _changes(step: Step | None, words: Words) -> list[str]:
    if step is None:
        return ["", ""]
    return [_change(step.revenue, words, money=True), _change(step.customers, words, money=False)]


def _change(pair: tuple[float, float], words: Words, *, money: bool) -> str:
    change = round(pair[1] - pair[0], 2)
    if not change:
        return words.text("quality.board.no_change")
    written = words.money(change) if money else words.number(change)
    return written if change < 0 else words.say("quality.board.plus", amount=written)


def _unchecked(fault: Fault, words: Words) -> str:
    missing = [words.text(f"quality.need.{need}") for need in fault.missing]
    return words.say("quality.unchecked", fault=words.text(f"quality.fault.{fault.code}"), missing=missing)


def _left_out(faults: list[Fault], words: Words) -> list[str]:
    """The checks that could not be made, by name; nothing where all could."""
    names = [words.text(f"quality.fault.{fault.code}") for fault in faults if fault.missing]
    return [words.say("quality.board.left_out", faults=names)] if names else []


def _bars(whole: list[Step], ticked: set[str], words: Words, title: str, about: list[str]) -> Bundle:
    shown = [step for step in whole if step.rows]
    data = pd.DataFrame(
        {
            "fault": [words.text(f"quality.fault.{step.code}") for step in shown],
            "change": [round(step.revenue[1] - step.revenue[0]) for step in shown],
            "ticked": [step.code in ticked for step in shown],
        }
    )
    drawn = _bars_drawn(words.language, len(shown))
    return filled(drawn, words, title=title, subtitle=about, data={"rows": data, "zero": pd.DataFrame({"x": [0]})})


@lru_cache(maxsize=20)
def _bars_drawn(language: str, count: int) -> dict[str, Any]:
    words = Words(language)
    tint = alt.condition("datum.ticked", alt.value(FOCUS), alt.value(CATEGORY[5]))
    x = alt.X("change:Q", title=words.text("quality.board.x"), axis=alt.Axis(labelExpr=money(language), tickCount=5))
    # Without a sort of its own, the axis keeps the order of the repairs.
    y = alt.Y("fault:N", sort=None, title=None, axis=alt.Axis(labelLimit=220))
    bars = alt.Chart(alt.NamedData("rows")).mark_bar().encode(x=x, y=y, color=tint)
    zero = alt.Chart(alt.NamedData("zero")).mark_rule().encode(x="x:Q")
    return skeleton((bars + zero).properties(width=430, height=26 * count), language)
