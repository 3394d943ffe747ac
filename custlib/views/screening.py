"""Lesson 02: which enquiry gets the hours, and whether the rule that says so holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import portrait, screening
from custlib.content import Words
from custlib.errors import BadSetting
from custlib.views.bundle import Bundle, chart, sentence, table, widget
from custlib.views.panel import Answer, Model, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT, percent

WORDS = tuple(screening.ANSWERS)
LISTS = {"bant": screening.BANT, "meddic": screening.MEDDIC}
VERDICTS = ("keep", "ask", "nurture", "drop")
HIGHEST = 4


def source(leads: pd.DataFrame, *, words: Words) -> Bundle:
    """Say how many enquiries there are, how many are closed, and how many of those were won."""
    outcome = leads["outcome"].fillna("")
    counts = {"n": len(leads), "won": int((outcome == "won").sum()), "open": int((outcome == "").sum())}
    return sentence(words.say("screening.source", closed=counts["n"] - counts["open"], **counts))


def unknown(leads: pd.DataFrame, *, words: Words, question: str = "money") -> Bundle:
    """How often enquiries were won, by question and answer."""
    given, won = _closed(leads)
    counted = screening.rates(given, won)
    finding = screening.unknown_finding(counted, question)
    data = counted.dropna(subset=["rate"]).reset_index()
    data["name"] = [_question(each, words) for each in data["question"]]
    data["said"] = [words.text(f"screening.answer.{each}") for each in data["answer"]]
    data = data[["name", "said", "rate"]].round(4)
    order = [words.text(f"screening.answer.{each}") for each in WORDS]
    axis = alt.Axis(labelExpr=percent(words.language), tickCount=6)
    base = alt.Chart(data).encode(
        x=alt.X("rate:Q", title=words.text("screening.unknown.x"), axis=axis, scale=alt.Scale(zero=True)),
        y=alt.Y("name:N", title=None, sort=[_question(each, words) for each in given.columns],
                axis=alt.Axis(labelFontSize=13, grid=True)),
    )  # fmt: skip
    colours = alt.Scale(domain=order, range=[CATEGORY[0], FOCUS, CONTEXT])
    shapes = alt.Scale(domain=order, range=["circle", "diamond", "square"])
    marks = base.mark_point(size=170, filled=True).encode(
        color=alt.Color("said:N", scale=colours, sort=order), shape=alt.Shape("said:N", scale=shapes, sort=order)
    )
    name = _question(question, words)
    title = words.say(finding, name=name[:1].upper() + name[1:])
    about = words.say("screening.unknown.subtitle", n=len(won))
    return chart(marks.properties(width=480, height=190), words, title=title, subtitle=about)


def man(leads: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: three answers, what they make of an enquiry, and how such enquiries ended."""
    start = {"money": "unknown", "authority": "no", "need": "yes"}
    view = panel(start, partial(man_answer, _placed(leads), words), words, height=270)
    return widget(view, words, "screening.man.still")


def man_answer(placed: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Place one combination of answers. `placed`: answers, cell, verdict and outcome. Raises BadSetting."""
    given = {name: _value(str(values[name]), name) for name in screening.MAN}
    alone = screening.man(pd.DataFrame([given])).iloc[0]
    like = placed[placed["cell"] == alone["cell"]]
    closed, won = int((like["outcome"] != "").sum()), int((like["outcome"] == "won").sum())
    verdict = str(alone["verdict"])
    title = words.say(f"screening.man.title.{verdict}", cell=alone["cell"])
    said = words.say("screening.man.ended" if closed else "screening.man.never", closed=closed, won=won)
    may = screening.verdicts(*given.values())
    lines = [words.text(f"screening.ask.{name}") for name in alone["ask"]]
    model: Model = {
        "controls": [
            {
                "kind": "segment",
                "key": name,
                "label": words.text(f"screening.man.{name}"),
                "who": screening.LETTERS[name][0],
                "value": values[name],
                "options": [[word, words.text(f"screening.answer.{word}")] for word in WORDS],
            }
            for name in screening.MAN
        ],
        "kpis": [
            {"label": words.text("screening.man.kpi_cell"), "value": alone["cell"]},
            {"label": words.text("screening.man.kpi_open"), "value": words.number(int((like["outcome"] == "").sum()))},
            {"label": words.text("screening.man.kpi_won"), "value": words.percent(won / closed) if closed else "–"},
        ],
        "blocks": [
            {"title": words.text("screening.man.do"), "items": [_action(alone["cell"], may, words)]},
            {
                "title": words.text("screening.man.asks"),
                "items": lines or [words.text("screening.man.nothing_open")],
            },
        ],
        "notice_label": words.text("screening.notice_label"),
        "notice": said,
        "says": words.sentences([title + ("。" if words.language == "zh" else "."), said]),
    }
    return model, _verdict_bars(placed, verdict, words, title)


def cells(*, words: Words) -> Bundle:
    """The eight cells of MAN and what they are for."""
    ways = [(m, a, n) for m in (1.0, 0.0) for a in (1.0, 0.0) for n in (1.0, 0.0)]
    codes = [screening.cell(*way) for way in sorted(ways, key=sum, reverse=True)]
    heads = [words.text(f"screening.cells.{key}") for key in ("cell", "verdict", "do")]
    verdicts = {screening.cell(*way): screening.verdicts(*way)[0] for way in ways}
    rows = [
        [code, words.text(f"screening.verdict.{verdicts[code]}"), words.text(f"screening.do.{code}")] for code in codes
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("screening.cells.caption"))


def checklist(*, words: Words) -> Bundle:
    """A panel: BANT or MEDDIC for one deal of the reader's own; nothing is kept."""
    names = dict.fromkeys([*screening.BANT, *screening.MEDDIC], "unknown")
    view = panel({"list": "bant", **names}, partial(checklist_answer, words), words)
    return widget(view, words, "screening.list.still")


def checklist_answer(words: Words, values: Mapping[str, Any]) -> Answer:
    """Say what is known of the deal, what speaks against it, and what to ask next. Raises BadSetting."""
    chosen = str(values["list"])
    if chosen not in LISTS:
        raise BadSetting(name="list", value=chosen, allowed=", ".join(LISTS))
    given = {name: _value(str(values[name]), name) for name in LISTS[chosen]}
    sorted_ = screening.checklist(given)
    ends = screening.scorecard(pd.DataFrame([given]), dict.fromkeys(given, 1.0)).iloc[0]
    marks = {"yes": "ok", "unknown": "mend", "no": "mend"}
    items = [
        {
            "state": marks[word],
            "said": words.text(f"screening.answer.{word}"),
            "text": words.say(f"screening.list.{word}", name=_question(name, words), ask=_ask(name, words)),
        }
        for word in ("unknown", "no", "yes")
        for name in sorted_[word]
    ]
    open_ = len(sorted_["unknown"])
    says = words.say("screening.list.says", n=open_, all=len(given))
    model: Model = {
        "controls": [
            {
                "kind": "segment",
                "key": "list",
                "label": words.text("screening.list.which"),
                "value": chosen,
                "options": [[each, words.text(f"screening.list.name_{each}")] for each in LISTS],
            },
            *(
                {
                    "kind": "segment",
                    "key": name,
                    "label": words.text(f"screening.list.line_{name}"),
                    "who": words.text(f"screening.letter.{name}"),
                    "value": values[name],
                    "options": [[word, words.text(f"screening.answer.{word}")] for word in WORDS],
                }
                for name in LISTS[chosen]
            ),
        ],
        "kpis": [
            {"label": words.text("screening.list.kpi_open"), "value": words.number(open_)},
            {
                "label": words.text("screening.list.kpi_range"),
                "value": words.say("screening.range", low=ends["low"], high=ends["high"]),
            },
        ],
        "list": {"title": words.text("screening.list.title"), "items": items},
        "notice_label": words.text("screening.notice_label"),
        "notice": says if open_ else words.text("screening.list.full"),
        "says": says,
    }
    return model, None


def cut(leads: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: weights and a cut; what the cut keeps, what it misses, and the hours it takes."""
    view = panel({"cut": 60, **dict.fromkeys(screening.BANT, 1)}, partial(cut_answer, leads, words), words, height=360)
    return widget(view, words, "screening.cut.still")


def cut_answer(leads: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Hold a cut against the closed enquiries, and count what it asks for of the open ones. Raises BadSetting."""
    weights = {name: float(values[name]) for name in screening.BANT}
    edge = min(max(int(values["cut"]), 0), 100)
    given, won = _closed(leads)
    scores = screening.scorecard(given, weights)["score"]
    waiting = screening.scorecard(screening.answers(leads[leads["outcome"].fillna("") == ""]), weights)["score"]
    finding = screening.cut_finding(scores, won, edge)
    judged, todo = finding.values, int((waiting >= edge).sum())
    title = words.say(finding)
    figures = {
        "kept": words.say("screening.of", n=judged["kept"], all=judged["total"]),
        "precision": words.percent(judged["precision"]) if judged["kept"] else "–",
        "recall": words.percent(judged["recall"]) if won.any() else "–",
        "hours": words.say("screening.cut.hours_shown", hours=todo * screening.HOURS, n=todo),
    }
    model: Model = {
        "controls": [
            slider("cut", words.text("screening.cut.cut"), edge, words.number(edge), (0, 100, 5)),
            *(
                slider(
                    name, _question(name, words), int(values[name]), _weight(int(values[name]), words), (0, HIGHEST, 1)
                )
                for name in screening.BANT
            ),
        ],
        "kpis": [{"label": words.text(f"screening.cut.{key}"), "value": value} for key, value in figures.items()],
        "notice_label": words.text("screening.notice_label"),
        "notice": words.say("screening.cut.notice", missed=judged["missed"]),
        "says": title,
    }
    return model, _curves(scores, won, edge, words, title)


def worked(leads: pd.DataFrame, *, words: Words, edge: int = 60) -> Bundle:
    """Precision and recall of one cut, figure by figure."""
    given, won = _closed(leads)
    found = screening.judge(screening.scorecard(given)["score"] >= edge, won)
    values = {"cut": edge, "kept": found.kept, "won": found.won, "both": found.kept_won}
    if not found.kept or not found.won:
        return sentence(words.say("screening.worked.none", **values))
    return sentence(words.say("screening.worked.shares", precision=found.precision, recall=found.recall, **values))


def take_away(leads: pd.DataFrame, *, words: Words) -> Bundle:
    """The line that belongs to this data: how many open enquiries wait for one question."""
    waiting = _placed(leads)
    waiting = waiting[(waiting["outcome"] == "") & (waiting["verdict"] == "ask")]
    if waiting.empty:
        return sentence(words.text("screening.take_away.none"))
    most = waiting["ask"].explode().value_counts().idxmax()
    return sentence(words.say("screening.take_away.some", n=len(waiting), name=_question(str(most), words)))


def _placed(leads: pd.DataFrame) -> pd.DataFrame:
    return screening.man(screening.answers(leads)).assign(outcome=leads["outcome"].fillna("").to_numpy())


def _closed(leads: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """The answers of closed enquiries, and which of them were won."""
    portrait.need(leads, "screening", "outcome")
    closed = leads[leads["outcome"].isin(["won", "lost"])]
    given = screening.answers(closed)
    return given, pd.Series(closed["outcome"].eq("won").to_numpy(), index=given.index)


def _verdict_bars(placed: pd.DataFrame, chosen: str, words: Words, title: str) -> Bundle:
    closed = placed[placed["outcome"] != ""]
    rows = []
    for verdict in VERDICTS:
        ended = closed[closed["verdict"] == verdict]["outcome"]
        if len(ended):
            rows.append((words.text(f"screening.verdict.{verdict}"), round(float(ended.eq("won").mean()), 4),
                         words.say("screening.man.bar", n=len(ended)), verdict == chosen))  # fmt: skip
    data = pd.DataFrame(rows, columns=["name", "rate", "n", "chosen"])
    axis = alt.Axis(labelExpr=percent(words.language), tickCount=5)
    base = alt.Chart(data).encode(
        x=alt.X("rate:Q", title=words.text("screening.man.x"), axis=axis, scale=alt.Scale(zero=True)),
        y=alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelFontSize=13)),
    )
    tint = alt.condition("datum.chosen", alt.value(FOCUS), alt.value(CONTEXT))
    bars = base.mark_bar().encode(color=tint)
    text = base.mark_text(**NOTE_TEXT, align="left", dx=6).encode(text="n:N")
    drawing = (bars + text).properties(width=470, height=140)
    return chart(drawing, words, title=title, subtitle=words.text("screening.man.subtitle"))


def _curves(scores: pd.Series, won: pd.Series, edge: int, words: Words, title: str) -> Bundle:
    found = screening.curve(scores, won)[["precision", "recall"]].reset_index()
    names = {each: words.text(f"screening.cut.{each}") for each in ("precision", "recall")}
    data = found.melt("cut", var_name="what", value_name="share").dropna().round(4)
    data["name"] = data["what"].map(names)
    base = alt.Chart(data).encode(
        x=alt.X("cut:Q", title=words.text("screening.cut.x"), scale=alt.Scale(domain=[0, 100])),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(labelExpr=percent(words.language), values=[0, 0.25, 0.5, 0.75, 1])),
    )  # fmt: skip
    order = list(names.values())
    colours = alt.Scale(domain=order, range=CATEGORY[:2])
    lines = base.mark_line().encode(
        color=alt.Color("name:N", scale=colours, sort=order),
        strokeDash=alt.StrokeDash("name:N", scale=alt.Scale(domain=order, range=[[1, 0], [6, 4]]), sort=order),
    )
    dots = base.transform_filter(f"datum.cut == {edge // 5 * 5}").mark_circle(size=110).encode(
        color=alt.Color("name:N", scale=colours, sort=order))  # fmt: skip
    rule = alt.Chart(pd.DataFrame({"cut": [edge]})).mark_rule(strokeDash=[4, 4]).encode(x="cut:Q")
    drawing = alt.layer(rule, lines, dots).properties(width=560, height=230)
    return chart(drawing, words, title=title, subtitle=words.say("screening.cut.subtitle", n=len(won)))


def _value(word: str, name: str) -> float:
    if word not in screening.ANSWERS:
        raise BadSetting(name=name, value=word, allowed=", ".join(screening.ANSWERS))
    return screening.ANSWERS[word]


def _action(cell: str, may: tuple[str, ...], words: Words) -> str:
    """What to do in a cell; while something is open, what it may come to."""
    if "?" not in cell:
        return words.text(f"screening.do.{cell}")
    named = words.join(words.text(f"screening.verdict.{each}") for each in reversed(may))
    return words.say("screening.do.open" if len(may) > 1 else "screening.do.open_same", verdicts=named)


def _weight(value: int, words: Words) -> str:
    return words.say("screening.weight", value=value) if value else words.text("screening.left_out")


def _question(name: str, words: Words) -> str:
    return words.text(f"screening.question.{name}")


def _ask(name: str, words: Words) -> str:
    return words.text(f"screening.ask.{name}")
