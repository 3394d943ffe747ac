"""Lesson 09: what customers say, which grade brings them back, and what a standard of service holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import loyalty, perceived, satisfaction
from custlib.content import Words
from custlib.errors import NothingLeft
from custlib.views.bundle import Bundle, chart, filled, sentence, skeleton, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CONTEXT, FOCUS, percent

GROUPS = ("detractor", "passive", "promoter")
DAYS = (30, 90, 30)
HOURS = (8, 72, 4)


def scope(*, words: Words, own: bool) -> Bundle:
    """Say whose answers these are, and what a list of purchases cannot show."""
    return sentence(words.text(f"experience.scope.{'own' if own else 'practice'}"))


def answers(survey: pd.DataFrame, *, words: Words) -> Bundle:
    """How often each answer to “would you recommend us” was given; who would advise against us is marked."""
    nps, csat, _ = satisfaction.scores(survey)
    counts = survey["nps_0_10"].value_counts().reindex(range(11), fill_value=0)
    group = satisfaction.groups(pd.Series(range(11)))
    share = counts.groupby(group.to_numpy()).sum() / counts.sum()
    rows = pd.DataFrame({"answer": range(11), "n": counts.to_numpy(), "detractor": (group == "detractor").to_numpy()})
    bars = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            alt.X("answer:O", title=words.text("experience.answers.x"), axis=alt.Axis(labelAngle=0)),
            alt.Y("n:Q", title=words.text("experience.answers.y")),
            color=alt.condition("datum.detractor", alt.value(FOCUS), alt.value(CONTEXT)),
        )
        .properties(width=560, height=230)
    )
    about = words.say("experience.answers.subtitle", n=nps.n, **{code: float(share.get(code, 0)) for code in GROUPS})
    return chart(bars, words, title=words.say(satisfaction.scores_finding(nps, csat)), subtitle=about)


def scores(survey: pd.DataFrame, *, words: Words) -> Bundle:
    """The three scores of the last wave: version, direction, value with interval, and whether each has moved."""
    waves = satisfaction.waves(survey)
    last = survey[survey["wave"] == waves.index[-1]]
    heads = [words.text(f"experience.scores.head_{key}") for key in ("score", "asks", "value", "interval", "moved")]
    rows = [
        [
            words.text(f"experience.score.{each.code}"),
            words.text(f"experience.asks.{each.code}"),
            *(_shown(each.code, each.value, words), _between(each, words)),
            words.text(satisfaction.change_finding(waves, each.code).code),
        ]
        for each in satisfaction.scores(last)
    ]
    caption = words.say("experience.scores.caption", n=len(last))
    return table(pd.DataFrame(rows, columns=heads), caption=caption, numeric=heads[2:4])


def _shown(code: str, value: float, words: Words) -> str:
    if pd.isna(value):
        return "–"
    return words.percent(value) if code == "csat" else words.number(value, 0 if code == "nps" else 1)


def _between(score: satisfaction.Score, words: Words) -> str:
    low, high = (_shown(score.code, edge, words) for edge in (score.low, score.high))
    return words.say("experience.between", low=low, high=high)


def threshold(survey: pd.DataFrame, purchases: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: from which grade one counts as satisfied, and within how many days one comes back."""
    tables = {days: _by_grade(survey, purchases, days) for days in range(DAYS[0], DAYS[1] + 1, DAYS[2])}
    known = {days: each for days, each in tables.items() if each is not None}
    if not known:
        return sentence(words.text("experience.threshold.short"))
    view = panel({"cut": "4", "days": max(known)}, partial(threshold_answer, known, words), words, height=330)
    return widget(view, words, "experience.threshold.still")


def _by_grade(survey: pd.DataFrame, purchases: pd.DataFrame, days: int) -> pd.DataFrame | None:
    try:
        return loyalty.by_grade(loyalty.repurchase(survey, purchases, days=days))
    except NothingLeft:
        return None


def threshold_answer(tables: Mapping[int, pd.DataFrame], words: Words, values: dict[str, Any]) -> Answer:
    """Compare those who count as satisfied with the others, and say where the step really lies."""
    days = min(tables, key=lambda each: abs(each - int(values["days"])))
    cut = int(values["cut"]) if str(values["cut"]) in ("3", "4", "5") else 4
    found = tables[days]
    title = words.say(loyalty.threshold_finding(found), days=days)
    two, best = loyalty.split(found, cut), loyalty.threshold(found)
    kpis = {
        "share": words.percent(two["n_above"] / max(two["n_above"] + two["n_below"], 1)),
        "above": "–" if pd.isna(two["above"]) else words.percent(two["above"]),
        "below": "–" if pd.isna(two["below"]) else words.percent(two["below"]),
        "gap": "–" if pd.isna(two["gap"]) else words.say("experience.points_apart", gap=100 * two["gap"]),
        "interval": "–" if pd.isna(two["gap"]) else _edges(two, words),
    }
    options = [[str(each), words.text(f"experience.threshold.from_{each}")] for each in (3, 4, 5)]
    model: dict[str, Any] = {
        "controls": [
            {"kind": "segment", "key": "cut", "label": words.text("experience.threshold.cut"), "options": options, "value": str(cut)},
            slider("days", words.text("experience.threshold.days"), days, words.say("experience.threshold.within", days=days), (min(tables), max(tables), DAYS[2])),
        ],
        "kpis": [{"label": words.text(f"experience.threshold.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.say(f"experience.threshold.notice_{'none' if best is None else 'best' if cut == best else 'blunt'}", best=best or 0, cut=cut),
        "says": title,
    }  # fmt: skip
    return model, _grades(found, cut, days, words, title)


def _edges(two: Mapping[str, float], words: Words) -> str:
    return words.say("experience.between", low=words.number(100 * two["low"]), high=words.number(100 * two["high"]))


def _grades(found: pd.DataFrame, cut: int, days: int, words: Words, title: str) -> Bundle:
    rows = found[found["n"] > 0].reset_index()
    rows = rows.assign(chosen=rows["grade"] >= cut, written=[words.percent(each) for each in rows["share"]])
    rows = rows[["grade", "share", "low", "high", "chosen", "written"]].round(4)
    about = words.say("experience.threshold.subtitle", days=days, n=int(found["n"].sum()))
    return filled(_grades_drawn(words.language), words, title=title, subtitle=about, data={"rows": rows})


@lru_cache(maxsize=2)
def _grades_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    x = alt.X("grade:O", title=words.text("experience.threshold.x"), axis=alt.Axis(labelAngle=0))
    axis = alt.Axis(labelExpr=percent(language), tickCount=5)
    y = alt.Y("share:Q", title=words.text("experience.threshold.y"), scale=alt.Scale(domain=[0, 1]), axis=axis)
    base = alt.Chart(alt.NamedData("rows")).encode(x)
    tint = alt.condition("datum.chosen", alt.value(FOCUS), alt.value(CONTEXT))
    bars = base.mark_bar().encode(y, color=tint)
    whiskers = base.mark_rule().encode(y="low:Q", y2="high:Q")
    return skeleton((bars + whiskers).properties(width=420, height=210), language)


def kinds(survey: pd.DataFrame, purchases: pd.DataFrame, *, words: Words) -> Bundle:
    """Dick and Basu's four kinds on these answers: likes us (a five) × came back within 90 days."""
    rows = loyalty.repurchase(survey, purchases)
    counts = loyalty.kinds(rows["csat_1_5"] == 5, rows["again"])
    heads = [words.text(f"experience.kinds.head_{key}") for key in ("kind", "means", "n", "share")]
    listed = [
        [words.text(f"experience.kind.{kind}"), words.text(f"experience.kind_means.{kind}"), words.number(n), words.percent(share)]
        for kind, n, share in zip(counts.index, counts["n"], counts["share"], strict=True)
    ]  # fmt: skip
    caption = words.say(loyalty.kinds_finding(counts))
    return table(pd.DataFrame(listed, columns=heads), caption=caption, numeric=heads[2:])


def standard(hours: pd.Series, *, words: Words) -> Bundle:
    """A panel: a standard in hours, and for how many customers it holds."""
    view = panel({"within": 24}, partial(standard_answer, hours.dropna(), words), words, height=300)
    return widget(view, words, "experience.standard.still")


def standard_answer(hours: pd.Series, words: Words, values: dict[str, Any]) -> Answer:
    """Say what the chosen standard holds, and which one could be promised."""
    within = min(max(int(values["within"]), HOURS[0]), HOURS[1])
    kept = satisfaction.attainment(hours, within)
    found = satisfaction.standard_finding(hours, within)
    title = words.say(found)
    kpis = {
        "kept": words.percent(kept.value),
        "interval": words.say("experience.between", low=words.percent(kept.low), high=words.percent(kept.high)),
        "mean": words.say("experience.standard.hours", hours=float(found.values["mean"])),
        "able": words.say("experience.standard.hours", hours=found.values["hours"]),
    }
    code = "mean" if within >= found.values["mean"] else "short"
    model: dict[str, Any] = {
        "controls": [slider("within", words.text("experience.standard.within"), within, words.say("experience.standard.hours", hours=within), HOURS)],
        "kpis": [{"label": words.text(f"experience.standard.kpi_{key}"), "value": text} for key, text in kpis.items()],
        "notice_label": words.text("classification.notice"),
        "notice": words.text(f"experience.standard.notice_{code if found.code.endswith('missed') else 'kept'}"),
        "says": title,
    }  # fmt: skip
    counted = (hours // 4 * 4).clip(upper=76).value_counts().sort_index()
    rows = pd.DataFrame({"hours": counted.index, "n": counted.to_numpy(), "kept": counted.index < within})
    rows["to"], rows["zero"] = rows["hours"] + 4, 0
    across = pd.DataFrame({"hours": [float(within)]})
    about = words.say("experience.standard.subtitle", n=len(hours))
    data = {"rows": rows, "across": across}
    return model, filled(_hours_drawn(words.language), words, title=title, subtitle=about, data=data)


@lru_cache(maxsize=2)
def _hours_drawn(language: str) -> dict[str, Any]:
    words = Words(language)
    x = alt.X("hours:Q", title=words.text("experience.standard.x"), scale=alt.Scale(domain=[0, 80], nice=False))
    y = alt.Y("n:Q", title=words.text("experience.standard.y"))
    tint = alt.condition("datum.kept", alt.value(CONTEXT), alt.value(FOCUS))
    bars = alt.Chart(alt.NamedData("rows")).mark_bar(cornerRadiusEnd=0).encode(x, y, x2="to:Q", y2="zero:Q", color=tint)
    line = alt.Chart(alt.NamedData("across")).mark_rule().encode(x="hours:Q")
    return skeleton((bars + line).properties(width=520, height=190), language)


def benefits(
    survey: pd.DataFrame, purchases: pd.DataFrame, facts: pd.DataFrame, customers: pd.DataFrame, *, words: Words
) -> Bundle:
    """What it is good for: four benefits, what each is measured by, and the figure.

    facts: from `contribution.last_months`; customers(new_product_share).
    """
    found = loyalty.benefits(survey, purchases, facts, customers)
    figures = {key: words.percent(value) for key, value in found.items()}
    figures["return"] = words.say("experience.benefits.each", money=found["return"])
    heads = [words.text(f"experience.benefits.head_{key}") for key in ("benefit", "by", "figure")]
    rows = [[words.text(f"experience.benefit.{key}"), words.text(f"experience.benefit_by.{key}"), said] for key, said in figures.items()]  # fmt: skip
    return table(
        pd.DataFrame(rows, columns=heads), caption=words.text("experience.benefits.caption"), numeric=heads[2:]
    )


def steps(survey: pd.DataFrame, purchases: pd.DataFrame, delivered: pd.DataFrame, *, words: Words) -> Bundle:
    """The five steps, each with what this lesson did in it on this data."""
    found = perceived.board(survey, delivered)
    grades = loyalty.by_grade(loyalty.repurchase(survey, purchases))
    model = loyalty.threshold_finding(grades)
    done = {
        "collect": words.say("experience.step_did.collect", n=len(survey), waves=survey["wave"].nunique()),
        "analyse": words.say("experience.step_did.analyse", n=len(found)),
        "model": words.say(model, days=loyalty.SOON),
        "decide": words.say(perceived.board_finding(found, perceived.action(found))),
        "evaluate": words.text("experience.step_did.evaluate"),
    }
    heads = [words.text(f"experience.steps.head_{key}") for key in ("step", "means", "did")]
    rows = [[words.text(f"experience.step.{key}"), words.text(f"experience.step_means.{key}"), said] for key, said in done.items()]  # fmt: skip
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("experience.steps.caption"))


def take_away(survey: pd.DataFrame, purchases: pd.DataFrame, delivered: pd.DataFrame, *, words: Words) -> Bundle:
    """The line that belongs to this data: what to mend, what to tell, and which grade to count."""
    found = perceived.board(survey, delivered)
    grades = loyalty.by_grade(loyalty.repurchase(survey, purchases))
    said = [perceived.board_finding(found, perceived.action(found)), loyalty.threshold_finding(grades)]
    stop = "。" if words.language == "zh" else "."
    return sentence(words.sentences(words.say(each, days=loyalty.SOON) + stop for each in said))
