"""Lesson 04: what was asked in a talk, which mines were hit, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import dialogue
from custlib.content import Words
from custlib.errors import UnknownName
from custlib.views.bundle import Bundle, chart, sentence, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CONTEXT, FOCUS, NOTE_TEXT

WIDTH = 500
LANES = (*dialogue.QUESTIONS, "other")
MOST_ASKED = 12
SHOWN = "T01"


def questions(lines: pd.DataFrame, talks: pd.DataFrame, *, words: Words) -> Bundle:
    """Questions of each kind and mines a talk, where it moved on and where it did not."""
    means = dialogue.contrast(dialogue.profile(lines), dialogue.outcome(talks))
    named = means.assign(kind=[words.text(f"dialogue.kind.{code}") for code in means["code"]]).round(2)
    long = named.melt(["code", "kind"], ["moved", "other"], "group", "mean").dropna()
    sort = list(named["kind"])
    # Room for the figure right of the last mark.
    most = max(float(long["mean"].max()), 1.0)
    y = alt.Y("kind:N", sort=sort, title=None)
    x = alt.X(
        "mean:Q",
        title=words.text("dialogue.look.x"),
        scale=alt.Scale(domain=[0, most * 1.08], nice=False),
        axis=alt.Axis(tickCount=5),
    )
    base = alt.Chart(long).encode(y=y, x=x)
    drawing = alt.layer(
        alt.Chart(named).mark_rule(strokeWidth=1.5, color=CONTEXT).encode(y=y, x=alt.X("moved:Q"), x2="other:Q"),
        base.transform_filter("datum.group == 'other'").mark_point(color=CONTEXT, size=150, strokeWidth=2),
        base.transform_filter("datum.group == 'moved'").mark_circle(color=FOCUS, size=150),
        *_figures(named, y),
    ).properties(width=WIDTH, height=230)
    title = words.say(dialogue.finding(means))
    return chart(drawing, words, title=title, subtitle=words.text("dialogue.look.subtitle"))


def counted(talks: pd.DataFrame, *, words: Words) -> Bundle:
    """Say how many talks ended in which way."""
    return sentence(words.say(dialogue.counts(dialogue.outcome(talks))))


def kinds(*, words: Words) -> Bundle:
    """The four kinds of questions: what each asks for, an example, and its limit."""
    return _told("kinds", dialogue.QUESTIONS, ("asks", "example", "limit"), words)


def outcomes(*, words: Words) -> Bundle:
    """The four outcomes of a talk: how to tell, and an example."""
    return _told("outcomes", dialogue.OUTCOMES, ("test", "example"), words)


def mines(*, words: Words) -> Bundle:
    """The eight kinds of mines: what it looks like, and what to do instead."""
    return _told("mines", dialogue.MINES, ("looks", "instead"), words)


def follow(lines: pd.DataFrame, talks: pd.DataFrame, *, words: Words, start: str = SHOWN) -> Bundle:
    """A panel: one talk from its first to its last line, by what the seller did."""
    view = panel({"talk": start}, partial(follow_answer, lines, talks, words), words, height=330)
    return widget(view, words, "dialogue.follow.still")


def follow_answer(lines: pd.DataFrame, talks: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Draw the chosen talk and say what to notice in it. Raises UnknownName."""
    ended = dialogue.outcome(talks).set_index("talk")
    chosen = values["talk"]
    if chosen not in ended.index:
        raise UnknownName(kind="talk", name=str(chosen), known=ended.index)
    own = lines[lines["talk"] == chosen]
    row = dialogue.profile(own).iloc[0]
    how = words.text(f"dialogue.outcome.{ended['outcome'][chosen]}")
    label = _label(ended.loc[chosen], words)
    title = words.say("dialogue.follow.title", talk=label, outcome=how)
    asked = words.join(f"{words.text(f'dialogue.letter.{code}')} {row[code]}" for code in dialogue.QUESTIONS)
    model = {
        "controls": [
            {
                "kind": "select",
                "key": "talk",
                "label": words.text("dialogue.follow.which"),
                "value": chosen,
                "options": [[str(talk), _label(each, words)] for talk, each in ended.iterrows()],
            }
        ],
        "kpis": [
            {"label": words.text("dialogue.follow.outcome"), "value": how},
            {"label": words.text("dialogue.follow.asked"), "value": asked},
            {"label": words.text("dialogue.follow.share"), "value": words.percent(row["seller_share"])},
            {"label": words.text("dialogue.follow.mines"), "value": words.number(row["mines"])},
        ],
        "notice_label": words.text("dialogue.notice"),
        "notice": words.say(dialogue.reading(row)),
        "says": title,
    }
    return model, chart(_strip(own, words), words, title=title, subtitle=words.text("dialogue.follow.subtitle"))


def spot(lines: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: a conversation that goes wrong, to be read for its mines."""
    own = lines[lines["talk"] == SHOWN]
    values: dict[str, Any] = {line: "" for line in own.loc[own["speaker"] == "seller", "line"]} | {"show": []}
    return widget(panel(values, partial(spot_answer, own, words), words), words, "dialogue.spot.still")


def spot_answer(lines: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Hold the marks against the key; it is shown when each of the seller's lines is judged, or on request."""
    marks = pd.DataFrame([(line, mark) for line, mark in values.items() if line != "show"], columns=["line", "mark"])
    result = dialogue.spot(marks, lines)
    found = result.finding
    figures = found.values
    shown = bool(values["show"]) or not figures["left"]
    notes = {str(row.line): _spot_note(row, lines, words) if shown else "" for row in result.lines.itertuples()}
    options = [[mark, words.text(f"dialogue.spot.mark.{mark}")] for mark in ("mine", "clear")]
    controls: list[dict[str, Any]] = []
    for line, speaker in zip(lines["line"], lines["speaker"], strict=True):
        said = {
            "key": line,
            "who": words.text(f"dialogue.spot.{speaker}"),
            "label": words.text(f"dialogue.transcript.{line}"),
        }
        if speaker == "seller":
            controls.append({"kind": "segment", **said, "value": values[line], "options": options, "note": notes[line]})
        else:
            controls.append({"kind": "line", **said})
    key = [["now", words.text("dialogue.spot.option")]]
    label = words.text("dialogue.spot.key_label")
    controls.append({"kind": "checks", "key": "show", "label": label, "value": list(values["show"]), "options": key})
    kpis = [("read", words.say("dialogue.spot.of", n=figures["read"], total=figures["total"]))]
    if shown:
        kpis += [("found", words.say("dialogue.spot.of", n=figures["found"], total=figures["mines"]))]
        kpis += [("alarms", words.number(figures["alarms"]))]
    return {
        "controls": controls,
        "kpis": [{"label": words.text(f"dialogue.spot.kpi_{name}"), "value": value} for name, value in kpis],
        "notice_label": words.text("dialogue.notice"),
        "notice": words.say(found),
        "says": words.say(found),
    }, None


def sheet(*, words: Words) -> Bundle:
    """A panel for the reader's own last talk: questions counted, mines ticked, how it ended. Nothing is kept."""
    values: dict[str, Any] = {**dict.fromkeys(dialogue.QUESTIONS, 0), "mines": [], "outcome": "continuation"}
    return widget(panel(values, partial(sheet_answer, words), words), words, "dialogue.sheet.still")


def sheet_answer(words: Words, values: Mapping[str, Any]) -> Answer:
    """Say what the next talk could begin with. Raises UnknownName."""
    codes = [code for code in dialogue.QUESTIONS for _ in range(min(max(int(values[code]), 0), MOST_ASKED))]
    ticked = [(f"m{number}", "", mine) for number, mine in enumerate(values["mines"])]
    if values["outcome"] not in dialogue.OUTCOMES:
        raise UnknownName(kind="outcome", name=str(values["outcome"]), known=dialogue.OUTCOMES)
    rows = [(f"q{number}", code, "") for number, code in enumerate(codes)] + ticked or [("", "", "")]
    said = pd.DataFrame(rows, columns=["line", "code", "mine"]).assign(talk="own", speaker="seller", seconds=0)
    row = dialogue.profile(said).iloc[0]
    found = dialogue.reading(row)
    missing = [code for code in dialogue.QUESTIONS if not row[code]] if codes else []
    moved = "moved" if values["outcome"] in dialogue.MOVED else "still_open"
    blocks = [
        {"title": words.text(f"dialogue.sheet.{code}"), "items": words.text(f"dialogue.stem.{code}").splitlines()}
        for code in missing
        if code != "situation"
    ]
    return {
        "controls": [
            *(
                slider(
                    code,
                    words.text(f"dialogue.kind.{code}"),
                    int(values[code]),
                    words.number(int(values[code])),
                    (0, MOST_ASKED, 1),
                )
                for code in dialogue.QUESTIONS
            ),
            {
                "kind": "checks",
                "key": "mines",
                "label": words.text("dialogue.sheet.mines"),
                "value": list(values["mines"]),
                "options": [[mine, words.text(f"dialogue.mine.{mine}")] for mine in dialogue.MINES],
            },
            {
                "kind": "segment",
                "key": "outcome",
                "label": words.text("dialogue.sheet.outcome"),
                "value": values["outcome"],
                "options": [[each, words.text(f"dialogue.outcome.{each}")] for each in dialogue.OUTCOMES],
                "note": words.text(f"dialogue.sheet.{moved}"),
            },
        ],
        "kpis": [
            {"label": words.text("dialogue.sheet.asked"), "value": words.number(row["questions"])},
            {
                "label": words.text("dialogue.sheet.later"),
                "value": words.number(row["implication"] + row["need_payoff"]),
            },
        ],
        "blocks": blocks,
        "notice_label": words.text("dialogue.notice"),
        "notice": words.say(found.code.replace("read", "sheet_read"), **found.values),
        "says": words.say(found.code.replace("read", "sheet_read"), **found.values),
    }, None


def _strip(own: pd.DataFrame, words: Words) -> alt.LayerChart:
    """The seller's lines of one talk, in order: each in the lane of its kind, a mine with its cross."""
    said = own[own["speaker"] == "seller"].reset_index(drop=True)
    lanes = {code: words.text(f"dialogue.kind.{code}") for code in LANES}
    seen = pd.DataFrame(
        {
            "turn": range(1, len(said) + 1),
            "lane": [lanes[code or "other"] for code in said["code"].fillna("")],
            "mine": [words.text(f"dialogue.mine.{mine}") if mine else "" for mine in said["mine"].fillna("")],
        }
    )
    x = alt.X(
        "turn:Q",
        title=words.text("dialogue.follow.x"),
        scale=alt.Scale(domain=[0.5, len(said) + 0.5], nice=False),
        axis=alt.Axis(values=list(range(1, len(said) + 1)), format="d", grid=False),
    )
    base = alt.Chart(seen).encode(
        x=x, y=alt.Y("lane:N", sort=list(lanes.values()), scale=alt.Scale(domain=list(lanes.values())), title=None)
    )
    mined = base.transform_filter("datum.mine != ''")
    return alt.layer(
        base.mark_circle(color=CONTEXT, size=130),
        mined.mark_point(shape="cross", angle=45, color=FOCUS, filled=True, size=260, opacity=1),
        mined.mark_text(**NOTE_TEXT, dy=-16).encode(text="mine:N"),
    ).properties(width=WIDTH, height=210)


def _figures(named: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """The smaller mean of each row left of its mark, the larger right of it."""
    low, high = named[["moved", "other"]].min(axis=1), named[["moved", "other"]].max(axis=1)
    layers = []
    for values, align, dx in ((low, "right", -12), (high, "left", 12)):
        spots = pd.DataFrame(
            {"kind": named["kind"], "at": values, "text": [f"{value:.1f}" for value in values]}
        ).dropna()
        layers.append(alt.Chart(spots).mark_text(**NOTE_TEXT, align=align, dx=dx).encode(y=y, x="at:Q", text="text:N"))
    return layers


def _told(name: str, keys: tuple[str, ...], columns: tuple[str, ...], words: Words) -> Bundle:
    heads = [words.text(f"dialogue.{name}.{column}") for column in ("name", *columns)]
    one = {"kinds": "kind", "outcomes": "outcome", "mines": "mine"}[name]
    rows = [
        [words.text(f"dialogue.{one}.{key}"), *(words.text(f"dialogue.{name}.{key}.{column}") for column in columns)]
        for key in keys
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text(f"dialogue.{name}.caption"))


def _label(talk: pd.Series, words: Words) -> str:
    firm = words.say("dialogue.follow.firm", stem=talk["stem"], trade=talk["trade"])
    return words.say("dialogue.follow.option", firm=firm, date=pd.Timestamp(str(talk["date"])).date())


def _spot_note(row: Any, lines: pd.DataFrame, words: Words) -> str:
    mine = str(lines.set_index("line").at[row.line, "mine"] or "")
    why = words.text(f"dialogue.why.{row.line}")
    key = words.text(f"dialogue.mine.{mine}") if row.key == "mine" else words.text("dialogue.spot.mark.clear")
    kind = "unread" if not row.read else "agrees" if row.agrees else "differs"
    return words.say(f"dialogue.spot.{kind}", key=key, why=why)
