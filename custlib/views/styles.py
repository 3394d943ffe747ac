"""Lesson 03: how an observed meeting went, and what follows for the next one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import styles
from custlib.content import Words
from custlib.errors import UnknownName
from custlib.views.bundle import Bundle, chart, sentence, table, widget
from custlib.views.panel import Answer, panel
from custlib.views.theme import CONTEXT, FOCUS, NOTE, NOTE_TEXT

WIDTH = 500
PARTS = ("open", "bring", "avoid", "pressure")
BLANK, SHEETS = "blank", ("sheet1", "sheet2", "sheet3")
NO_MEETINGS = pd.DataFrame(columns=["meeting_id", "person_id"])
NO_CUES = pd.DataFrame(columns=["meeting_id", "cue_code"])
Labels = Mapping[str, str]


def grid(placed: pd.DataFrame, meetings: pd.DataFrame, *, words: Words) -> Bundle:
    """Every observed meeting on the style grid; one person's meetings joined where they landed apart."""
    finding = styles.moves(placed, meetings)
    person = finding.values.get("person")
    known = placed.merge(meetings, on="meeting_id")
    labels = _meeting_labels(meetings, words)
    people = _by_language(known, "person", words)
    mine = known["person_id"] == person
    known["label"] = known["meeting_id"].map(labels).where(mine, people)
    known["role"] = mine.map({True: "focus", False: "context"})
    about = [words.text("styles.grid.subtitle")]
    missing = known.loc[known["style"] == "unknown", "meeting_id"].map(labels)
    if len(missing):
        about.append(words.say("styles.grid.missing", labels=list(missing)))
    name = people[mine].iloc[0] if mine.any() else ""
    drawing = _drawing(known.sort_values("date", kind="stable"), words, height=440, joined=True)
    return chart(drawing, words, title=words.say(finding, person=name), subtitle=about)


def after(placed: pd.DataFrame, meetings: pd.DataFrame, *, words: Words) -> Bundle:
    """Count the meetings, and ask what the finding of the grid asks."""
    finding = styles.moves(placed, meetings)
    question = finding.code.replace("look", "after")
    return sentence(words.sentences([words.say(styles.counts(placed)), words.say(question, **finding.values)]))


def worked(placed: pd.DataFrame, meetings: pd.DataFrame, meeting_id: str, *, words: Words) -> Bundle:
    """Work one meeting through, figure by figure."""
    finding = styles.worked(placed, meeting_id)
    return sentence(words.say(finding, meeting=_meeting_labels(meetings, words)[meeting_id]))


def advice(*, words: Words) -> Bundle:
    """The four styles: what one sees, what to do, what to leave out, what pressure brings out."""
    heads = [words.text(f"styles.table.{key}") for key in ("style", "see", "do", "avoid", "pressure")]
    rows = [
        [words.text(f"styles.style.{style}")]
        + [words.text(f"styles.row.{style}.{key}") for key in ("see", "do", "avoid", "pressure")]
        for style in styles.STYLES
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("styles.table.caption"))


def place(observations: pd.DataFrame, meetings: pd.DataFrame, *, words: Words, start: str = "") -> Bundle:
    """A panel: the cues of one meeting, its place on the grid, and the advice that follows."""
    values = _ticks(observations, [*meetings["meeting_id"], BLANK], start)
    view = panel(values, partial(place_answer, observations, meetings, (BLANK,), words), words, height=430)
    return widget(view, words, "styles.place.still")


def sheets(*, words: Words) -> Bundle:
    """The same panel with three empty sheets for meetings of the reader's own; nothing is kept."""
    values = _ticks(NO_CUES, SHEETS, SHEETS[0])
    view = panel(values, partial(place_answer, NO_CUES, NO_MEETINGS, SHEETS, words), words, height=430)
    return widget(view, words, "styles.place.still")


def place_answer(
    observations: pd.DataFrame, meetings: pd.DataFrame, blanks: Sequence[str], words: Words, values: Mapping[str, Any]
) -> Answer:
    """Place the chosen meeting by its ticks, and say what follows and how firm that is. Raises UnknownName."""
    noted = _meeting_labels(meetings, words)
    chosen = values["meeting"]
    if chosen not in (*noted, *blanks):
        raise UnknownName(kind="meeting", name=str(chosen), known=[*noted, *blanks])
    ticked = [code for side in styles.SIDES for code in values[f"{chosen}.{side}"]]
    alone = styles.place(_sheet(chosen, ticked))
    now = alone.iloc[0]
    before = styles.place(observations)
    label = noted[chosen] if chosen in noted else words.text(f"styles.place.{chosen}")
    title = words.say(f"styles.place.title.{now['style']}", meeting=label)
    was = before.loc[before["meeting_id"] == chosen, "style"]
    model = {
        "controls": [
            {
                "kind": "select",
                "key": "meeting",
                "label": words.text("styles.place.which"),
                "value": chosen,
                "options": _options(meetings, blanks, words),
            },
            *(_tick_group(chosen, side, values, words) for side in styles.SIDES),
        ],
        "kpis": _axis_kpis(alone, words),
        "blocks": [
            {"title": words.text(f"styles.block.{part}"), "items": _lines(f"{now['style']}.{part}", words)}
            for part in PARTS
        ],
        "notice_label": words.text("styles.notice_label"),
        "notice": _firmness(now, "" if was.empty else was.iloc[0], ticked, words),
        "says": title,
    }
    marks = _marks(before, now, noted, words)
    about = words.text("styles.place.subtitle" if len(meetings) else "styles.place.subtitle_sheet")
    return model, chart(_drawing(marks, words, height=290), words, title=title, subtitle=about)


def reader(key: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: a transcript to read line by line, and where that reading puts the meeting."""
    values: dict[str, Any] = {line: "" for line in _spoken(key)["line"]} | {"show": []}
    view = panel(values, partial(reader_answer, key, words), words, height=390, below=True)
    return widget(view, words, "styles.reader.still")


def reader_answer(key: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Hold the reading against the key; the key is shown when every line is read, or on request."""
    spoken = _spoken(key)
    sides = pd.Series([values[line] or None for line in spoken["line"]], dtype=object)
    found = styles.compare(pd.DataFrame({"line": spoken["line"].to_numpy(), "side": sides}), spoken)
    finding = found.finding
    figures = finding.values
    own = found.placed.set_index("reading").loc["reading"]
    shown = bool(values["show"]) or not figures["left"]
    say = partial(words.say, total=figures["total"])
    kpis = [
        ("kpi_read", say("styles.reader.of", n=figures["read"])),
        ("kpi_place", words.text(f"styles.style.{own['style']}")),
    ]
    if shown:
        kpis.insert(1, ("kpi_agree", say("styles.reader.of", n=figures["agree"])))
    notes = {str(row.line): _line_note(row, words) if shown else "" for row in found.lines.itertuples()}
    done = not figures["left"]
    remarks = [code for code in ("across", "overread") if done and figures[code]] + (["settled"] if done else [])
    model = {
        "controls": [
            *(_spoken_line(line, speaker, values, notes, words) for line, speaker in _talk(key)),
            {
                "kind": "checks",
                "key": "show",
                "label": words.text("styles.reader.key_label"),
                "value": list(values["show"]),
                "options": [["now", words.text("styles.reader.option")]],
            },
        ],
        "kpis": [{"label": words.text(f"styles.reader.{name}"), "value": value} for name, value in kpis],
        "notice_label": words.text("styles.notice_label"),
        "notice": words.sentences(words.say(f"styles.reader.{code}", **figures) for code in remarks or ["go_on"]),
        "says": words.say(finding),
    }
    marks = found.placed.assign(
        role=found.placed["reading"].map({"reading": "focus", "key": "ring"}),
        label=found.placed["reading"].map(
            {"reading": words.text("styles.reader.mark_own"), "key": words.text("styles.reader.mark_key")}
        ),
    )
    title = words.say(finding) if done else words.text("styles.reader.title_open")
    about = words.text("styles.reader.subtitle" if shown else "styles.reader.subtitle_open")
    drawing = _drawing(marks if shown else marks[marks["role"] == "focus"], words, height=250)
    return model, chart(drawing, words, title=title, subtitle=about)


def _drawing(marks: pd.DataFrame, words: Words, *, height: int, joined: bool = False) -> alt.LayerChart:
    """Draw the grid and the marks on it: `marks(assertiveness, responsiveness, label, role)`."""
    say = words.text
    seen = marks.dropna(subset=list(styles.AXES))[[*styles.AXES, "label", "role"]].round(4).reset_index(drop=True)
    room = 48 / height
    # Control stands at the top, as in Merrill & Reid's own drawing, so the axis runs downwards.
    frame = alt.Scale(domain=[1 + room * 1.25, -room * 1.25], nice=False, zero=False)
    x = _axis(("left", "half", "right"), words)
    y = _axis(("top", "half", "bottom"), words)
    across = alt.X(
        "assertiveness:Q", axis=x, title=say("styles.grid.x"), scale=alt.Scale(domain=[-0.06, 1.06], nice=False)
    )
    down = alt.Y("responsiveness:Q", axis=y, title=say("styles.grid.y"), scale=frame)
    edges = pd.DataFrame({"at": [styles.MIDDLE - styles.BAND, styles.MIDDLE + styles.BAND]})
    rule = alt.Chart(edges).mark_rule(strokeDash=[4, 4], color=NOTE, strokeWidth=1, opacity=0.75)
    corners = {"left": (0.0, "analytical", "amiable"), "right": (1.0, "driving", "expressive")}
    layers: list[alt.Chart] = [rule.encode(x=alt.X("at:Q")), rule.encode(y=alt.Y("at:Q"))]
    for align, (at, upper, lower) in corners.items():
        names = {-room: say(f"styles.style.{upper}"), 1 + room: say(f"styles.style.{lower}")}
        layers.append(_texts(at, names, align=align, fontWeight=600, fontSize=14))
    layers.append(_texts(styles.MIDDLE, {-room: say("styles.grid.band")}, align="center"))
    base = alt.Chart(seen).encode(x=across, y=down)
    focus = base.transform_filter("datum.role == 'focus'")
    if joined:
        layers.append(focus.mark_line(color=FOCUS, strokeWidth=1.5, opacity=0.7).encode(order=alt.Order("row:Q")))
        seen["row"] = range(len(seen))
    tip = alt.Tooltip("label:N", title=" ")
    layers += [
        base.transform_filter("datum.role == 'context'").mark_circle(color=CONTEXT, size=70).encode(tooltip=tip),
        base.transform_filter("datum.role == 'small'").mark_circle(color=CONTEXT, size=36).encode(tooltip=tip),
        base.transform_filter("datum.role == 'ring'").mark_point(color=CONTEXT, size=170, strokeWidth=2),
        focus.mark_circle(color=FOCUS, size=120).encode(tooltip=tip),
        *_label_layers(seen, across, down),
    ]
    return alt.layer(*layers).properties(width=WIDTH, height=height)


def _label_layers(seen: pd.DataFrame, across: alt.X, down: alt.Y) -> list[alt.Chart]:
    """Write each mark's label away from the middle and inside the grid; a ring's label on its other side."""
    named = seen[seen["role"] != "small"]
    together = named.groupby(["assertiveness", "responsiveness", "role"], sort=False)["label"]
    # Marks on the same spot share one label, so that no word is written over another.
    spots = together.agg(lambda labels: " · ".join(dict.fromkeys(labels))).reset_index()
    spots["align"] = "center"
    spots.loc[spots["assertiveness"] < 0.2, "align"] = "left"
    spots.loc[spots["assertiveness"] > 0.8, "align"] = "right"
    spots["below"] = (spots["responsiveness"] > styles.MIDDLE) ^ (spots["role"] == "ring")
    shift: dict[Any, int] = {"left": -5, "right": 5, "center": 0}
    return [
        alt.Chart(part[["assertiveness", "responsiveness", "label"]])
        .mark_text(**NOTE_TEXT, align=align, dx=shift[align], dy=17 if below else -15)
        .encode(x=across, y=down, text="label:N")
        for (align, below), part in spots.groupby(["align", "below"], sort=True)
    ]


def _axis(names: tuple[str, str, str], words: Words) -> alt.Axis:
    low, half, high = (json.dumps(words.text(f"styles.grid.{name}"), ensure_ascii=False) for name in names)
    expression = f"datum.value < 0.25 ? {low} : datum.value > 0.75 ? {high} : {half}"
    return alt.Axis(values=[0, 0.5, 1], labelExpr=expression, grid=False, domain=False, labelFontSize=13)


def _texts(x: float, names: Mapping[float, str], **options: Any) -> alt.Chart:
    spots = pd.DataFrame({"x": x, "y": [round(y, 4) for y in names], "text": list(names.values())})
    drawn: alt.Chart = alt.Chart(spots).mark_text(**{**NOTE_TEXT, **options}).encode(x="x:Q", y="y:Q", text="text:N")
    return drawn


def _marks(before: pd.DataFrame, now: pd.Series, labels: Labels, words: Words) -> pd.DataFrame:
    """The other meetings small; the chosen one full, with a ring where it was noted, if that is elsewhere."""
    mine = before["meeting_id"] == now["meeting_id"]
    moved = mine & ~before[list(styles.AXES)].eq(now[list(styles.AXES)].astype(float)).all(axis=1)
    noted = before.assign(label=before["meeting_id"].map(labels), role="small")[~mine | moved]
    noted.loc[moved, ["label", "role"]] = [words.text("styles.place.noted"), "ring"]
    label = words.text("styles.place.yours") if moved.any() or now["meeting_id"] not in labels else ""
    full = {**now, "label": label or labels.get(now["meeting_id"], ""), "role": "focus"}
    return pd.DataFrame([*noted.to_dict("records"), full])


def _firmness(now: pd.Series, was: str, ticked: list[str], words: Words) -> str:
    """Say whether the ticks changed the reading, and whether a single one more would."""
    said = []
    if was and was != now["style"]:
        names = {"was": words.text(f"styles.style.{was}"), "now": words.text(f"styles.style.{now['style']}")}
        said.append(words.say("styles.place.changed", **names))
    if now["style"] == "mixed":
        near = styles.candidates(now["assertiveness"], now["responsiveness"])
        said.append(words.say("styles.place.near", near=[words.text(f"styles.style.{each}") for each in near]))
    if now["style"] == "unknown":
        axes = [words.text(f"styles.axis.{axis}") for axis in styles.AXES if pd.isna(now[axis])]
        said.append(words.say("styles.place.few" if len(axes) == 1 else "styles.place.few_both", axis=axes[0]))
    elif turning := styles.turning(ticked):
        cue = words.text(f"styles.cue.{turning[0]}")
        said.append(words.say("styles.place.turning", n=len(turning), all=len(styles.CUES), cue=cue))
    else:
        said.append(words.text("styles.place.steady"))
    return words.sentences(said)


def _axis_kpis(now: pd.DataFrame, words: Words) -> list[dict[str, str]]:
    figures = styles.worked(now, str(now["meeting_id"].iloc[0])).values
    kpis = []
    for axis in styles.AXES:
        share, name = figures[axis], words.text(f"styles.axis.{axis}")
        if pd.isna(share):
            few = words.say("styles.place.kpi_few", axis=name, cues=figures[f"cues_{axis}"])
            kpis.append({"label": few, "value": words.text("styles.place.none_yet")})
        else:
            label = words.say(f"styles.place.kpi_{axis}", **figures)
            kpis.append({"label": label, "value": words.percent(share)})
    reads = words.text(f"styles.style.{figures['style']}")
    return [*kpis, {"label": words.text("styles.place.kpi_style"), "value": reads}]


def _tick_group(chosen: str, side: str, values: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "kind": "checks",
        "key": f"{chosen}.{side}",
        "label": words.text(f"styles.group.{side}"),
        "value": list(values[f"{chosen}.{side}"]),
        "options": [[code, words.text(f"styles.cue.{code}")] for code, of in styles.CUES.items() if of == side],
    }


def _ticks(observations: pd.DataFrame, ids: Iterable[str], start: str) -> dict[str, Any]:
    """Each sheet keeps its own ticks: those noted at the meeting, or none."""
    names = list(ids)
    values: dict[str, Any] = {"meeting": start or names[0]}
    for name in names:
        codes = observations.loc[observations["meeting_id"] == name, "cue_code"].dropna()
        for side in styles.SIDES:
            values[f"{name}.{side}"] = [code for code in codes if styles.CUES.get(code) == side]
    return values


def _sheet(name: str, codes: Sequence[str]) -> pd.DataFrame:
    noted: list[str | None] = [*codes] or [None]
    return pd.DataFrame({"meeting_id": name, "cue_code": pd.Series(noted, dtype=object)})


def _spoken_line(
    line: str, speaker: str, values: Mapping[str, Any], notes: Mapping[str, str], words: Words
) -> dict[str, Any]:
    said = {"key": line, "label": words.text(f"styles.transcript.{line}")}
    if speaker != "customer":
        return {"kind": "line", "who": words.text("styles.reader.seller"), **said}
    options = [[side, words.text(f"styles.side.{side}")] for side in (*styles.SIDES, styles.NOTHING)]
    who = words.text("styles.reader.customer")
    return {"kind": "segment", "who": who, **said, "value": values[line], "options": options, "note": notes[line]}


def _line_note(row: Any, words: Words) -> str:
    kind = "unread" if pd.isna(row.read) else "agrees" if row.agrees else "differs"
    sides = {"read": row.read, "key": row.key}
    names = {name: words.text(f"styles.side.{side}") for name, side in sides.items() if not pd.isna(side)}
    return words.say(f"styles.reader.{kind}", **names, why=words.text(f"styles.why.{row.line}"))


def _spoken(key: pd.DataFrame) -> pd.DataFrame:
    return key[key["speaker"] == "customer"].reset_index(drop=True)


def _talk(key: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(key["line"], key["speaker"], strict=True))


def _options(meetings: pd.DataFrame, blanks: Sequence[str], words: Words) -> list[list[str]]:
    people, occasions = _by_language(meetings, "person", words), _by_language(meetings, "occasion", words)
    options = []
    for row, person, occasion in zip(meetings.itertuples(), people, occasions, strict=True):
        firm = words.say("styles.label.firm", stem=row.stem, trade=row.trade)
        day = pd.Timestamp(str(row.date)).date()
        text = words.say("styles.label.option", person=person, firm=firm, occasion=occasion, date=day)
        options.append([str(row.meeting_id), text])
    return options + [[blank, words.text(f"styles.place.{blank}")] for blank in blanks]


def _meeting_labels(meetings: pd.DataFrame, words: Words) -> dict[str, str]:
    people, occasions = _by_language(meetings, "person", words), _by_language(meetings, "occasion", words)
    return {
        str(name): words.say("styles.label.meeting", person=person, occasion=occasion)
        for name, person, occasion in zip(meetings["meeting_id"], people, occasions, strict=True)
    }


def _by_language(meetings: pd.DataFrame, column: str, words: Words) -> pd.Series:
    found = meetings.get(f"{column}_{words.language}")
    return pd.Series(dtype=object) if found is None else found


def _lines(key: str, words: Words) -> list[str]:
    return words.text(f"styles.advice.{key}").splitlines()
