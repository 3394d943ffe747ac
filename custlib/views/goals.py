"""Lesson 11: goals, letter by letter, and whether they agree with each other."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import goals
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, skeleton, widget
from custlib.views.panel import Answer, panel
from custlib.views.theme import CATEGORY, NOTE_TEXT

MOST = 3  # clashes named for one goal


def letters(table: pd.DataFrame, *, words: Words, as_of: object) -> Bundle:
    """How many goals stand on all five letters, and which letters fail."""
    checked = _checked(table, words, as_of)
    rows = pd.DataFrame(
        {
            "name": [words.text(f"keyaccounts.letter.{code}") for code in goals.LETTERS],
            "n": [int((checked["flaw"] == code).sum()) for code in goals.LETTERS],
        }
    )
    title = words.say(goals.finding(checked))
    clashes = goals.conflict_finding(goals.conflicts(table), len(table))
    about = [words.say("keyaccounts.smart.subtitle", n=len(checked)), words.say(clashes)]
    return filled(_letters(words.language), words, title=title, subtitle=about, data={"rows": rows})


def checker(table: pd.DataFrame, *, words: Words, as_of: object) -> Bundle:
    """A panel: one goal, its letters one by one, and the goals it gets into the way of."""
    checked, clashes = _checked(table, words, as_of), goals.conflicts(table)
    # One goal of each kind first, so that the first choices already differ.
    first = checked.groupby("flaw", sort=False).cumcount().sort_values(kind="stable").index
    shown = table.set_index("goal_id").loc[first]
    view = panel({"goal": "0"}, partial(checker_answer, shown, checked, clashes, words), words)
    return widget(view, words, "keyaccounts.smart.still")


def checker_answer(
    shown: pd.DataFrame, checked: pd.DataFrame, clashes: pd.DataFrame, words: Words, values: dict[str, Any]
) -> Answer:
    """Take one goal apart."""
    place = int(values["goal"]) if 0 <= int(values["goal"]) < len(shown) else 0
    text = f"text_{words.language}"
    goal, row = shown.index[place], shown.iloc[place]
    found = checked.loc[goal]
    options = [
        [str(i), f"{each} · {said}"] for i, (each, said) in enumerate(zip(shown.index, shown[text], strict=True))
    ]
    items = [
        {
            "state": "ok" if found[code] else "mend",
            "said": words.text(f"keyaccounts.smart.{'holds' if found[code] else 'mend'}"),
            "text": words.say(f"keyaccounts.smart.{code}_{'yes' if found[code] else 'no'}", **_facts(row, words)),
        }
        for code in goals.LETTERS
    ]
    mine = clashes[(clashes["one"] == goal) | (clashes["other"] == goal)]
    for one, other, kind in mine.head(MOST).itertuples(index=False):
        with_ = other if one == goal else one
        said = shown[text].get(with_, "")
        clash = words.say(f"keyaccounts.clash.{kind}", goal=with_, text=said)
        items.append({"state": "mend", "said": words.text("keyaccounts.smart.mend"), "text": clash})
    if mine.empty:
        agrees = words.text("keyaccounts.clash.none")
        items.append({"state": "ok", "said": words.text("keyaccounts.smart.holds"), "text": agrees})
    pick = words.text("keyaccounts.smart.pick")
    says = words.say(f"keyaccounts.smart.one_{'good' if found['flaw'] == 'none' else 'lacks'}", letter=found["flaw"])
    model: dict[str, Any] = {
        "controls": [{"kind": "select", "key": "goal", "label": pick, "options": options, "value": str(place)}],
        "list": {"title": str(row[text]), "items": items},
        "notice_label": words.text("classification.notice"),
        "notice": says,
        "says": says,
    }
    return model, None


def _checked(table: pd.DataFrame, words: Words, as_of: object) -> pd.DataFrame:
    vague = words.text("keyaccounts.smart.vague").split("|")
    return goals.check(table, as_of=as_of, vague=vague, text=f"text_{words.language}")


def _facts(row: pd.Series, words: Words) -> dict[str, Any]:
    known = pd.notna(row["baseline"]) and pd.notna(row["target"])
    return {
        "owner": row["owner"],
        "measure": words.text(f"company.measure.{row['measure']}") if row["measure"] else "",
        "baseline": words.number(row["baseline"]) if known else "",
        "target": words.number(row["target"]) if known else "",
        "due": words.date(pd.Timestamp(row["due"])) if row["due"] else "",
    }


@lru_cache(maxsize=2)
def _letters(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"keyaccounts.letter.{code}") for code in goals.LETTERS]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260, labelFontSize=13))
    x = alt.X("n:Q", title=words.text("keyaccounts.smart.x"), axis=alt.Axis(tickMinStep=1))
    base = alt.Chart(alt.NamedData("rows")).encode(x, y)
    drawn = base.mark_bar(color=CATEGORY[0]) + base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(text="n:Q")
    return skeleton(drawn.properties(width=400, height=150), language)
