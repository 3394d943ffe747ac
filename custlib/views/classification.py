"""Lesson 06: classes of customers, where their lines lie, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from custlib.analysis import classification, drift
from custlib.content import Words
from custlib.views.bundle import Bundle, chart, filled, name_of, sentence, skeleton, table, widget
from custlib.views.heat import heat
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, percent

Names = Mapping[object, str]
CLASSES = ("A", "B", "C")
LISTED = 8
LINE = (50, 90, 5)
POINTS = 200  # a curve of so many points looks like the whole


def curve(graded: pd.DataFrame, *, words: Words) -> Bundle:
    """The customers from the largest down, and what they bring together; class A is marked."""
    about = words.say("classification.curve.subtitle", n=len(graded))
    return _curve(graded, words, title=words.say(classification.curve_finding(graded)), subtitle=about)


def line(measures: Mapping[str, pd.Series], *, words: Words, names: Names) -> Bundle:
    """A panel: what is counted and where the line of class A lies; who crosses it, by name."""
    start = {"measure": next(iter(measures)), "line": 80}
    view = panel(start, partial(line_answer, lines(measures), words, names), words, height=370)
    return widget(view, words, "classification.line.still")


@dataclass(frozen=True)
class Line:
    """One measure graded by the usual line; the grade by the first measure and its value, in the same order."""

    graded: pd.DataFrame
    usual: pd.Series
    first: pd.Series


def lines(measures: Mapping[str, pd.Series]) -> dict[str, Line]:
    """What stays while the line moves, worked out once: sorting and joining cost far more than a new line."""
    graded = {name: classification.abc(values) for name, values in measures.items()}
    first = next(iter(graded.values()))
    return {
        name: Line(each, first["grade"].reindex(each.index), first["value"].reindex(each.index))
        for name, each in graded.items()
    }


def line_answer(measures: Mapping[str, Line], words: Words, names: Names, values: dict[str, Any]) -> Answer:
    """Grade by one measure and one line, and say who stands elsewhere than by the usual line, or than by revenue."""
    measure = str(values["measure"]) if str(values["measure"]) in measures else next(iter(measures))
    at = min(max(int(values["line"]), LINE[0]), LINE[1])
    cuts = (at / 100, max(0.95, at / 100 + 0.05))
    graded = classification.regrade(measures[measure].graded, cuts=cuts)
    first, usual = next(iter(measures)), measures[measure].usual
    across = np.flatnonzero((usual == "A").to_numpy() != (graded["grade"] == "A").to_numpy())
    counts = graded["grade"].value_counts()
    title = words.say(classification.curve_finding(graded, measure=measure))
    controls: list[dict[str, Any]] = [
        slider("line", words.text("classification.line.line"), at, words.percent(at / 100), LINE)
    ]
    if len(measures) > 1:
        options = [[code, words.text(f"classification.measure.{code}")] for code in measures]
        label = words.text("classification.line.measure")
        controls.insert(0, {"kind": "segment", "key": "measure", "label": label, "options": options, "value": measure})
    kpis = [*[(code, words.number(int(counts.get(code, 0)))) for code in (*CLASSES, "loss")]]
    model: dict[str, Any] = {
        "controls": controls,
        "kpis": [{"label": words.text(f"classification.line.kpi_{code}"), "value": text} for code, text in kpis],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("classification.line.notice" if len(across) else "classification.line.same"),
        "says": title,
    }
    grade = partial(_word, words, "grade")
    if len(across):
        biggest = measures[measure].first.iloc[across].sort_values(ascending=False, kind="stable").head(5)
        model["table"] = {
            "caption": words.say("classification.line.caption", n=len(across), measure=first),
            "head": [words.text(f"classification.line.head_{key}") for key in ("customer", "usual", "now", "value")],
            "rows": [
                [name_of(names, each, words), grade(before), grade(after), words.money(money)]
                for each, before, after, money in zip(
                    biggest.index, usual[biggest.index], graded.loc[biggest.index, "grade"], biggest, strict=True
                )
            ],
            "numeric": [3],
        }
    about = words.say("classification.line.subtitle", measure=measure)
    return model, _curve(graded, words, title=title, subtitle=about)


def asof(yearly: pd.DataFrame, *, words: Words, names: Names, months: int = 6) -> Bundle:
    """A panel: the day one looks from, and who has changed class within the months before."""
    days = list(yearly.columns)
    if len(days) <= months:
        return sentence(words.say("classification.asof.short", have=len(days), months=months))
    grades = drift.grades(yearly)
    start = {"day": len(days) - 1 - months}
    view = panel(start, partial(asof_answer, yearly, grades, words, names, months), words, height=300)
    return widget(view, words, "classification.asof.still")


def asof_answer(
    yearly: pd.DataFrame, grades: pd.DataFrame, words: Words, names: Names, months: int, values: dict[str, Any]
) -> Answer:
    """Compare the classes of one day with those of some months before."""
    days = list(yearly.columns)
    place = min(max(int(values["day"]), 0), len(days) - 1 - months)
    before, after = days[place], days[place + months]
    changed = drift.change(grades[before], grades[after])
    there = drift.psi_of_values(
        yearly[before][yearly[before] > 0] if (yearly[before] > 0).any() else yearly[before],
        yearly[after][yearly[after] > 0] if (yearly[after] > 0).any() else yearly[after],
    )
    title = words.say(drift.change_finding(changed))
    kpis = {
        "share": words.percent(changed.share, 1),
        "risen": words.number(len(changed.risen)),
        "fallen": words.number(len(changed.fallen)),
        "psi": words.say("classification.asof.psi", psi=there, verdict=drift.verdict(there)),
    }
    gap = (yearly[after] - yearly[before]).reindex(changed.risen.append(changed.fallen))
    moved = gap.reindex(gap.abs().sort_values(ascending=False, kind="stable").index).head(5)
    bounds = (0, len(days) - 1 - months, 1)
    model: dict[str, Any] = {
        "controls": [slider("day", words.text("classification.asof.day"), place, words.date(after), bounds)],
        "kpis": [{"label": words.text(f"classification.asof.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("classification.asof.notice"),
        "says": title,
    }
    grade = partial(_word, words, "grade")
    if len(moved):
        model["table"] = {
            "caption": words.text("classification.asof.caption"),
            "head": [words.text(f"classification.asof.head_{key}") for key in ("customer", "before", "after", "gap")],
            "rows": [
                [name_of(names, each, words), grade(one), grade(two), _signed(money, words)]
                for each, one, two, money in zip(
                    moved.index, *(grades.loc[moved.index, day] for day in (before, after)), moved, strict=True
                )
            ],
            "numeric": [3],
        }
    drawing = heat(
        classification.pairs(grades[before], grades[after], CLASSES, CLASSES),
        words,
        title=title,
        subtitle=words.say("classification.asof.subtitle", before=before, after=after, n=changed.both),
        axes=(words.text("classification.asof.y"), words.text("classification.asof.x")),
        names=(grade, grade),
        marked=lambda row, column: row != column,
    )
    return model, drawing


def stages(before: pd.Series, after: pd.Series, *, words: Words) -> Bundle:
    """The life cycle on two days: who went where."""
    counts = classification.pairs(before, after, classification.STAGES, classification.STAGES)
    if counts.empty:
        return sentence(words.text("classification.stages.short"))
    word = partial(_word, words, "stage")
    days = {"before": before.attrs["as_of"], "after": after.attrs["as_of"]}
    return heat(
        counts,
        words,
        title=words.say(classification.stages_finding(counts, **days)),
        subtitle=words.say("classification.stages.subtitle", n=int(counts.to_numpy().sum()), **days),
        axes=(words.text("classification.stages.y"), words.text("classification.stages.x")),
        names=(word, word),
        marked=lambda row, column: row == "loyal" and column == "lost",
    )


def scope(*, words: Words, own: bool) -> Bundle:
    """Say from whose data the next part is, and what a list of one's own would need for it."""
    return sentence(words.text(f"classification.scope.{'own' if own else 'practice'}"))


def faces(by_revenue: pd.DataFrame, by_profit: pd.DataFrame, *, words: Words, names: Names) -> Bundle:
    """Who stands in class A by revenue and brings a loss, by name."""
    wrong = classification.two_faces(by_revenue, by_profit).head(LISTED)
    said = words.say(classification.faces_finding(by_revenue, by_profit))
    if wrong.empty:
        return sentence(said)
    heads = [words.text(f"classification.faces.{key}") for key in ("customer", "revenue", "profit")]
    rows = [
        [name_of(names, customer, words), words.money(one), words.money(two)]
        for customer, one, two in zip(wrong.index, wrong["revenue"], wrong["profit"], strict=True)
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=said, numeric=heads[1:])


def letters(by_money: pd.Series, by_behaviour: pd.Series, *, words: Words) -> Bundle:
    """Two rules with the same letters: classes by money against classes by behaviour."""
    counts = classification.pairs(by_money, by_behaviour, classification.GRADES[:4], classification.BEHAVIOUR)
    return heat(
        counts,
        words,
        title=words.say(classification.letters_finding(counts)),
        subtitle=words.say("classification.letters.subtitle", n=int(counts.to_numpy().sum())),
        axes=(words.text("classification.letters.y"), words.text("classification.letters.x")),
        names=(partial(_word, words, "grade"), partial(_word, words, "behaviour")),
        marked=lambda one, two: one == two == "A",
    )


def meanings(stage: pd.Series, activity: pd.Series, *, words: Words) -> Bundle:
    """Two classifications with the same words: life cycle against activity."""
    counts = classification.pairs(stage, activity, classification.STAGES, classification.ACTIVITY)
    return heat(
        counts,
        words,
        title=words.say(classification.meanings_finding(counts)),
        subtitle=words.text("classification.meanings.subtitle"),
        axes=(words.text("classification.meanings.y"), words.text("classification.meanings.x")),
        names=(partial(_word, words, "stage"), partial(_word, words, "activity")),
        marked=lambda one, two: one == "lost" and two == "latent",
    )


def needs(types: pd.Series, *, words: Words) -> Bundle:
    """How many customers look for function, for people, or for a price first."""
    counts = types.value_counts().reindex(list(classification.NEEDS)).fillna(0).astype(int)
    rows = pd.DataFrame(
        {"name": [words.text(f"classification.need.{each}") for each in counts.index], "n": counts.to_numpy()}
    )
    y = alt.Y("name:N", sort=list(rows["name"]), title=None, axis=alt.Axis(labelLimit=300))
    bars = (
        alt.Chart(rows).mark_bar(color=CATEGORY[0]).encode(alt.X("n:Q", title=words.text("classification.needs.x")), y)
    )
    title = words.say(classification.need_finding(types))
    about = words.say("classification.needs.subtitle", unknown=int((types == "unknown").sum()))
    return chart(bars.properties(width=420, height=150), words, title=title, subtitle=about)


def take_away(graded: pd.DataFrame, yearly: pd.DataFrame, *, words: Words) -> Bundle:
    """The lines that belong to this list: how few bring most, and how many changed class."""
    said = [words.say(classification.curve_finding(graded)) + ("。" if words.language == "zh" else ".")]
    days = list(yearly.columns)
    if len(days) > 6:
        grades = drift.grades(yearly[[days[-7], days[-1]]])
        changed = drift.change(grades[days[-7]], grades[days[-1]])
        said.append(words.say("classification.take_away", share=changed.share, changed=changed.changed))
    return sentence(words.sentences(said))


def _curve(graded: pd.DataFrame, words: Words, *, title: str, subtitle: str | Sequence[str]) -> Bundle:
    bring = graded[graded["value"] > 0]
    size = max(len(bring), 1)
    step = max(1, size // POINTS)
    kept = sorted({*range(0, size, step), size - 1}) if len(bring) else []
    sums = bring["share"].cumsum().to_numpy()
    rows = pd.DataFrame({"x": [0.0] + [(at + 1) / size for at in kept], "y": [0.0] + [float(sums[at]) for at in kept]})
    a = int((bring["grade"] == "A").sum())
    mark = pd.DataFrame({"x": [a / size], "y": [float(sums[a - 1]) if a else 0.0]})
    data = {"rows": rows.round(4), "mark": mark.round(4), "even": pd.DataFrame({"x": [0, 1], "y": [0, 1]})}
    return filled(_curve_drawn(words.language), words, title=title, subtitle=subtitle, data=data)


@lru_cache(maxsize=2)
def _curve_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    share = alt.Axis(labelExpr=percent(language), tickCount=6)
    x = alt.X("x:Q", title=words.text("classification.curve.x"), axis=share, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("y:Q", title=words.text("classification.curve.y"), axis=share, scale=alt.Scale(domain=[0, 1]))
    drawn = alt.Chart(alt.NamedData("rows")).mark_line(color=CATEGORY[0]).encode(x, y)
    even = alt.Chart(alt.NamedData("even")).mark_line(color=CONTEXT, strokeDash=[4, 4], strokeWidth=1.5)
    mark = alt.Chart(alt.NamedData("mark")).encode(x="x:Q", y="y:Q")
    point = mark.mark_point(shape="diamond", filled=True, size=130, color=FOCUS)
    down = mark.mark_rule(color=FOCUS).encode(y2=alt.datum(0))
    return skeleton((even.encode(x="x:Q", y="y:Q") + drawn + down + point).properties(width=520, height=230), language)


def _word(words: Words, kind: str, code: str) -> str:
    return words.text(f"classification.{kind}.{code}")


def _signed(money: float, words: Words) -> str:
    """An amount that went up or down: the sign says which."""
    return ("+" if money > 0 else "") + words.money(money)
