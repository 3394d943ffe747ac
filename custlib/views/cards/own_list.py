"""The participant's own list: choosing a file, confirming its columns, answering what is open, and the report.

The browser sends what the reader did; the desk in Python acts on it and the whole model is drawn again. A file
travels in pieces of a megabyte, each asked for by the answer to the last, so that no message is ever large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any, Protocol

import anywidget
import traitlets

from custlib.analysis.intake.asking import NONE, SEPARATOR, Open, Question
from custlib.analysis.intake.headers import NEEDED, ROLES, Header
from custlib.analysis.intake.own_list import OwnList
from custlib.analysis.intake.written import amounts, bare, days, read
from custlib.content import Finding, Words
from custlib.errors import CustlibError, as_custlib
from custlib.views.bundle import Bundle, sentence, widget
from custlib.views.panel import LANG, STATIC, Model, style

Busy = Callable[[str, float], None]
Reply = tuple[dict[str, Any], list[bytes]]
NO_HEADINGS = Header(None, ())
EVERY = 0.2  # seconds between two words about how far the work has come


@dataclass(frozen=True, eq=False)
class State:
    """All that the screen shows of a list on its way.

    `shown` says whose data the lessons show; `file` is empty until one was chosen; `opened` and `result` are
    there once the columns are named and nothing is open; `done` says what was just copied or saved.
    """

    files: Sequence[str]
    file: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    header: Header = NO_HEADINGS
    sample: Sequence[Sequence[object]] = ()
    roles: Mapping[str, str] | None = None
    missing: Sequence[str] = ()
    opened: Open | None = None
    result: OwnList | None = None
    problem: CustlibError | None = None
    shown: Finding | None = None
    done: Finding | None = None


class Desk(Protocol):
    """Where a list is brought in: it knows how things stand, and acts on what the reader did."""

    def state(self) -> State: ...

    def handle(self, event: Mapping[str, Any], buffers: Sequence[Any], busy: Busy) -> Reply | None: ...


class ListPanel(anywidget.AnyWidget):
    """Draw the model and send what the reader did."""

    _esm = (STATIC / "dom.js").read_text("utf-8") + (STATIC / "own_list.js").read_text("utf-8")
    _css = style()
    model = traitlets.Dict().tag(sync=True)


def bring(desk: Desk, *, words: Words) -> Bundle:
    """A card in which a participant brings a list of their own."""
    turns = count()
    last = 0.0

    def shown() -> dict[str, Any]:
        return {**model(desk.state(), words), "turn": next(turns)}

    def busy(what: str, share: float) -> None:
        nonlocal last
        if monotonic() - last > EVERY:
            last = monotonic()
            view.send({"busy": words.say(f"own_list.busy.{what}", share=share), "share": share})

    def on_message(_: ListPanel, content: Any, buffers: Sequence[Any]) -> None:
        if not isinstance(content, dict):
            return
        try:
            reply = desk.handle(content, buffers, busy)
        except Exception as error:
            view.model = {**shown(), "problem": words.error(as_custlib(error))}
            return
        if reply is not None:
            view.send(reply[0], reply[1])
        if reply is None or "next" not in reply[0]:
            view.model = shown()

    view = ListPanel(model=shown())
    view.on_msg(on_message)
    return widget((view, None), words, "own_list.still")


def report(name: str, result: OwnList, *, words: Words) -> Bundle:
    """The report on a list in plain words, for a page on which nothing moves."""
    said = words.say(
        "own_list.said",
        name=name,
        read=result.read,
        kept=result.kept,
        repaired=result.repaired,
        aside=len(result.aside),
    )
    stop = "。" if words.language == "zh" else "."
    parts = [words.say(each) + stop for each in (*result.repairs, *result.reasons)]
    return sentence(words.sentences([said, *parts, *map(words.say, result.notes)]))


def model(state: State, words: Words) -> Model:
    """How things stand, in words, as the browser draws it."""
    text = words.text
    drawn: Model = {
        "lang": LANG[words.language],
        "title": text("own_list.card.title"),
        "private": text("own_list.card.private"),
        "server": text("own_list.card.server"),
        "shown": words.say(state.shown) if state.shown else text("own_list.card.practice"),
        "back": text("own_list.card.back") if state.shown else "",
        "pick": {
            "upload": text("own_list.pick.again" if state.file else "own_list.pick.upload"),
            "or": text("own_list.pick.or"),
            "hint": "" if state.file else text("own_list.pick.hint"),
            "files": [["", text("own_list.pick.choose")], *([each, each] for each in state.files)],
        },
        "problem": words.error(state.problem) if state.problem else "",
        "done": words.say(state.done) if state.done else "",
        "rerun": text("own_list.card.rerun"),
        "working": text("own_list.busy.work"),
    }
    if not state.file:
        return {**drawn, "says": drawn["problem"] or drawn["shown"]}
    kind, columns = "sheet" if state.sheet else "text", len(state.header.names)
    about = words.say(f"own_list.file.{kind}", sheet=state.sheet, columns=columns) if columns else ""
    drawn["file"] = {"name": state.file, "about": about}
    if len(state.sheets) > 1:
        drawn["sheets"] = {
            "label": text("own_list.file.sheets"),
            "value": state.sheet,
            "options": [[each, each] for each in state.sheets],
        }
    if state.roles is not None:
        drawn["columns"] = _columns(state, state.roles, words)
    if state.opened is not None:
        drawn["questions"] = [_question(each, words) for each in state.opened.questions]
    if state.result is not None:
        drawn["result"] = _result(state.result, words)
    open_now = [each["title"] for each in drawn.get("questions", []) if not each["value"]]
    now = open_now[0] if open_now else drawn.get("result", {}).get("title", "")
    drawn["says"] = drawn["problem"] or words.sentences(filter(None, [drawn["done"], now]))
    return drawn


def _columns(state: State, roles: Mapping[str, str], words: Words) -> Model:
    """The table in which each role gets its column: those needed or found first, the rest below."""
    options = [["", words.text("own_list.columns.none")], *([name, name] for name in state.header.names)]

    def row(role: str) -> Model:
        name = roles.get(role, "")
        label = words.text(f"own_list.role.{role}")
        first, mark, said = _first(state, role, name, words)
        which = words.say("own_list.columns.which", role=label)
        return {"role": role, "label": label, "which": which, "value": name, "first": first, "mark": mark, "said": said}

    missing = [words.text(f"own_list.role.{role}") for role in state.missing]
    return {
        "title": words.text("own_list.columns.title"),
        "head": [words.text(f"own_list.columns.{key}") for key in ("need", "yours", "first", "as")],
        "options": options,
        "rows": [row(role) for role in ROLES if role in NEEDED or role in roles],
        "more": words.text("own_list.columns.more"),
        "rest": [row(role) for role in ROLES if role not in NEEDED and role not in roles],
        "still": words.say("own_list.columns.still", roles=missing) if missing else "",
    }


def _first(state: State, role: str, name: str, words: Words) -> tuple[str, str, str]:
    """The first value in a column, a mark, and how it is understood."""
    if not name:
        absent = "missing" if role in state.missing else "absent"
        return "", "none" if absent == "absent" else "mend", words.text(f"own_list.columns.{absent}")
    place = state.header.names.index(name)
    values = [cells[place] for cells in state.sample if place < len(cells) and str(cells[place]).strip()]
    shown = bare(values[0])[:40] if values else ""
    readings: Callable[[object], Mapping[str, Any]] | None = {
        "date": days, "amount": amounts, "quantity": amounts, "unit_price": amounts
    }.get(role)  # fmt: skip
    if readings is None or not values:
        return shown, "ok", words.text("own_list.columns.fits")
    way = "" if state.opened is None else state.opened.day_order if role == "date" else state.opened.decimal_sign
    if not readings(values[0]):
        return shown, "mend", words.text("own_list.columns.odd")
    key = "dates" if role == "date" else "decimal"
    asked = state.opened is not None and any(each.key == key for each in state.opened.unanswered)
    found = None if asked and len(readings(values[0])) > 1 else read(values[0], readings, way)
    if found is None:
        return shown, "mend", words.text("own_list.columns.asked")
    if role == "date":
        return shown, "ok", words.say("own_list.columns.day", day=found)
    return shown, "ok", words.say("own_list.columns.number", number=found)


def _question(question: Question, words: Words) -> Model:
    """A question with its answers; the words that stand in the list are its options where it asks for them."""
    key = f"own_list.ask.{question.key}"
    if question.many:
        options = [[each, each] for each in question.options]
        options.append([NONE, words.text("own_list.ask.none")])
    else:
        options = [[each, words.say(f"{key}.option.{each}", **question.values)] for each in question.options]
    return {
        "key": question.key,
        "head": words.text("own_list.ask.head"),
        "title": words.say(f"{key}.title", **question.values),
        "text": words.say(f"{key}.text", **question.values),
        "options": options,
        "value": question.answer,
        "many": question.many,
        "none": NONE,
        "bar": SEPARATOR,
    }


def _result(result: OwnList, words: Words) -> Model:
    """The report: three figures, what was repaired, what was set aside and why, and how the list was read."""
    aside = len(result.aside)

    def item(finding: Finding) -> list[str]:
        rows = finding.values["rows"]
        more = words.text("own_list.result.and_more") if finding.values["more"] else ""
        return [
            words.say(finding),
            words.say(f"own_list.result.{'at_rows' if len(rows) > 1 else 'at_row'}", rows=rows, more=more),
        ]

    parts = (("plain", result.kept - result.repaired), ("repaired", result.repaired), ("aside", aside))
    return {
        "title": words.say("own_list.result.title", kept=result.kept, read=result.read),
        "parts": [
            {"label": words.text(f"own_list.result.{key}"), "value": words.number(n), "share": n} for key, n in parts
        ],
        "lists": [
            {"title": words.text("own_list.result.repairs"), "items": [item(each) for each in result.repairs]},
            {"title": words.text("own_list.result.asides"), "items": [item(each) for each in result.reasons]},
        ],
        "none": words.text("own_list.result.none"),
        "notes": {"title": words.text("own_list.result.notes"), "items": [words.say(each) for each in result.notes]},
        "use": words.say("own_list.result.use", kept=result.kept),
        "save": words.say("own_list.result.save", aside=aside) if aside else "",
    }
