"""Lesson 09: what is delivered beside what is felt, and what to do about each attribute."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import perceived
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, sentence, skeleton, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT

FIX, GAP = (40, 80, 5), (5, 40, 5)  # tenths: a slider counts in whole numbers
START = {"fix": 60, "gap": 10}


def board(found: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: from where a service counts as badly delivered, and how large a gap has to be; what each attribute asks for.

    found: from `perceived.board`.
    """
    view = panel(START, partial(board_answer, found, words), words, height=360)
    return widget(view, words, "experience.board.still")


def board_answer(found: pd.DataFrame, words: Words, values: dict[str, Any]) -> Answer:
    """Apply the two lines, and list what is to be done, the heaviest first."""
    fix, gap = (min(max(int(values[key]), low), high) for key, (low, high, _) in (("fix", FIX), ("gap", GAP)))
    todo = perceived.action(found, fix_below=fix / 10, gap=gap / 10)
    said = perceived.board_finding(found, todo)
    title = words.say(said)
    usual = perceived.action(found)
    moved = int((todo != usual).sum())
    columns = ("importance", "delivered", "perceived")
    names = found.index.map(lambda name: words.text(f"company.attribute.{name}"))
    model: dict[str, Any] = {
        "controls": [
            slider("fix", words.text("experience.board.fix_below"), fix, words.number(fix / 10, 1), FIX),
            slider("gap", words.text("experience.board.gap_line"), gap, words.number(gap / 10, 1), GAP),
        ],
        "table": {
            "caption": words.say("experience.board.caption", n=len(found)),
            "head": [words.text(f"experience.board.head_{key}") for key in ("attribute", *columns, "gap", "weighted", "action")],
            "rows": [
                [
                    name,
                    *(words.number(row[column], 1) for column in columns),
                    _signed(row["gap"], words),
                    _signed(row["weighted"], words),
                    words.text(f"experience.action.{what}"),
                ]
                for name, (_, row), what in zip(names, found.iterrows(), todo, strict=True)
            ],
            "numeric": [1, 2, 3, 4, 5],
        },
        "notice_label": words.text("classification.notice"),
        "notice": words.say(f"experience.board.notice_{'moved' if moved else 'both' if said.code.endswith('both') else 'same'}", n=moved),
        "says": title,
    }  # fmt: skip
    rows = pd.DataFrame({"name": names, **{key: found[key].round(2).to_numpy() for key in columns}})
    rows["tint"] = [what if what in ("fix", "communicate", "over_promised") else "fine" for what in todo]
    rows["does"] = [words.text(f"experience.action.{what}") for what in todo]
    across = pd.DataFrame({"line": [fix / 10]})
    about = words.say("experience.board.subtitle", n=int(found["customers"].max()), fix=fix / 10)
    data = {"rows": rows.drop(columns="importance"), "across": across}
    return model, filled(_drawn(words.language), words, title=title, subtitle=about, data=data)


def _signed(value: float, words: Words) -> str:
    return ("+" if round(value, 1) > 0 else "") + words.number(value, 1)


@lru_cache(maxsize=2)
def _drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=200))
    x = alt.X(
        "delivered:Q", title=words.text("experience.board.x"), scale=alt.Scale(domain=[1, 10], zero=False, nice=False)
    )
    kinds = ["fix", "communicate", "over_promised", "fine"]
    tint = alt.Color("tint:N", scale=alt.Scale(domain=kinds, range=[FOCUS, CATEGORY[0], CATEGORY[2], CONTEXT]), legend=None)  # fmt: skip
    base = alt.Chart(alt.NamedData("rows")).encode(y=y, color=tint)
    rules = base.mark_rule(strokeWidth=3).encode(x=x, x2="perceived:Q")
    measured = base.mark_point(shape="square", filled=True, size=110).encode(x=x)
    felt = base.mark_point(shape="circle", size=110, strokeWidth=2.2).encode(x=alt.X("perceived:Q"))
    said = alt.Chart(alt.NamedData("rows")).mark_text(align="left", **NOTE_TEXT).encode(y=y, x=alt.datum(10.2), text="does:N")  # fmt: skip
    line = alt.Chart(alt.NamedData("across")).mark_rule(strokeDash=[4, 4]).encode(x="line:Q")
    return skeleton((line + rules + measured + felt + said).properties(width=390, height=240), language)


def types(found: pd.DataFrame, *, words: Words) -> Bundle:
    """The three kinds of value: how important before, how good when received, how felt after."""
    means = perceived.by_type(found)
    heads = [words.text(f"experience.types.head_{key}") for key in ("type", "of", "importance", "delivered", "perceived")]  # fmt: skip
    rows = [
        [
            words.text(f"experience.type.{kind}"),
            words.join(words.text(f"company.attribute.{name}") for name in perceived.TYPES[str(kind)]),
            *(words.number(row[key], 1) for key in ("importance", "delivered", "perceived")),
        ]
        for kind, row in means.iterrows()
    ]
    caption = words.say(perceived.by_type_finding(means))
    return table(pd.DataFrame(rows, columns=heads), caption=caption, numeric=heads[2:])


def industries(survey: pd.DataFrame, delivered: pd.DataFrame, industry: pd.Series, *, words: Words) -> Bundle:
    """What counts most in each industry, and where its heaviest gap lies."""
    found = perceived.by_industry(survey, delivered, industry)
    said = words.say(perceived.by_industry_finding(found))
    if found.empty:
        return sentence(said)
    heads = [words.text(f"experience.industries.head_{key}") for key in ("industry", "customers", "most", "heaviest", "weighted")]  # fmt: skip
    rows = [
        [
            words.text(f"company.industry.{code}"),
            words.number(row["customers"]),
            words.say("experience.industries.most", name=row["most"], importance=row["importance"]),
            words.text(f"company.attribute.{row['heaviest']}"),
            _signed(row["weighted"], words),
        ]
        for code, row in found.iterrows()
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=said, numeric=[heads[1], heads[4]])
