"""The card of an exercise: drawn from its state, sending back one intent at a time. It decides nothing."""

from __future__ import annotations

import html
from itertools import count
from typing import Any

import anywidget
import traitlets

from custlib.content import Finding, Words
from custlib.practice.bank import Choice, Classify, Free, Number, Option, Order, Roleplay, Table
from custlib.practice.problem import Problem
from custlib.practice.session import Session, State
from custlib.views.bundle import WIDGET, Bundle, escape_markdown, sentence
from custlib.views.panel import LANG, STATIC, Model, style

ICONS = {"not_attempted": "ring", "hint": "bulb", "incorrect": "cross", "partly": "half", "correct": "tick"}
CLASSES = {"hint": "is-hint", "incorrect": "is-no", "partly": "is-part", "correct": "is-ok", "recorded": "is-acc"}
NUMERIC = ("count", "num1", "num2", "pct", "pct1", "money")


class Card(anywidget.AnyWidget):
    """Draw an exercise and send back what the reader did with it."""

    _esm = (STATIC / "dom.js").read_text("utf-8") + (STATIC / "exercise.js").read_text("utf-8")
    _css = style()
    model = traitlets.Dict().tag(sync=True)


def card(session: Session, *, words: Words) -> Card:
    """A live card: what the reader does goes to the session, and what it answers is drawn when it is written."""
    turns = count()

    def shown() -> Model:
        # A number that grows tells the browser that its intent was answered, even where nothing changed.
        return {**model(session, words), "turn": next(turns)}

    def on_message(view: Card, content: Any, buffers: object) -> None:
        if isinstance(content, dict):
            session.do(content)
            view.model = shown()

    # Opened with its model: a browser that draws between an empty start and the first change finds nothing to draw.
    view = Card(model=shown())
    view.on_msg(on_message)
    return view


def bundle(session: Session, *, words: Words) -> Bundle:
    """The card, and the question as text where nothing is alive."""
    view = card(session, words=words)
    reference = {"version_major": 2, "version_minor": 0, "model_id": view.model_id}
    return {WIDGET: reference, **still(session.state.problem, words=words)}


ANSWER = "course-answer"


def still(problem: Problem, *, words: Words, key: bool = False) -> Bundle:
    """The question as a page shows it that cannot answer; with `key`, its answer, reasoning and source as well."""
    head = f"{words.say('practice.exercise', number=problem.number)}. {_kind(problem, words)}"
    lines = [line for line in _question(problem, words).split("\n") if line]
    listed = [f"- {text}" for text in _listed(problem, words)]
    table = _given(problem, words)
    shown = [" | ".join(row) for row in [table["head"], *table["rows"]]] if table else []
    answer = [f"**{words.text('practice.solution.title')}**", *solution(problem, words)] if key else []
    plain = [head, *lines, *shown, *listed, *answer] + ([] if key else [words.text("practice.still")])
    marked = [f"**{escape_markdown(head)}**", *map(_marked, lines)]
    if table:
        rows = [[escape_markdown(html.escape(cell)) for cell in row] for row in [table["head"], *table["rows"]]]
        grid = [rows[0], ["--:" if i in table["numeric"] else ":--" for i in range(len(rows[0]))], *rows[1:]]
        marked.append("\n".join("| " + " | ".join(row) + " |" for row in grid))
    if listed:
        marked.append("\n".join("- " + _marked(line[2:]) for line in listed))
    if answer:
        # A block of its own, which the Lab can hide from the room.
        marked += [f'<div class="{ANSWER}">', *map(_marked, answer), "</div>"]
    return {"text/markdown": "\n\n".join(marked), "text/plain": "\n".join(line.replace("**", "") for line in plain)}


def solution(problem: Problem, words: Words) -> list[str]:
    """The answer with its reasoning and its source, a paragraph each."""
    exercise = problem.exercise
    if problem.trouble is not None:
        return [problem.fill(problem.trouble, words)]
    source = words.say("practice.solution.source", source=problem.fill(exercise.source, words))
    return [*answered(problem, words), *problem.fill(exercise.why, words).split("\n"), source]


def answered(problem: Problem, words: Words) -> list[str]:
    """The right answer, written as a reader would give it."""
    exercise, answer = problem.exercise, problem.answer
    comma, colon = ("，", "：") if words.language == "zh" else (", ", ": ")
    if isinstance(exercise, Choice):
        ids = [answer] if exercise.kind == "single" else answer
        return [problem.fill(option.text, words) for option in exercise.options if option.id in ids]
    if isinstance(exercise, Number):
        digits = {"percent": 100 * answer, "money": answer, "days": answer, "count": answer}[exercise.measure]
        gap = "" if exercise.unit.in_(words.language) == "%" and words.language == "zh" else " "
        return [f"{words.number(digits, exercise.digits)}{gap}{_unit(exercise, words)}"]
    if isinstance(exercise, Order):
        texts = {item.id: problem.fill(item.text, words) for item in exercise.items}
        return [f"{place}. {texts[item]}" for place, item in enumerate(answer, 1)]
    if isinstance(exercise, Classify):
        names = {option.id: problem.fill(option.text, words) for option in exercise.classes}
        return [f"{problem.fill(item.text, words)} → {names[answer[item.id]]}" for item in exercise.items]
    if isinstance(exercise, Table) and exercise.settings:
        return [
            f"{problem.fill(line.text, words)} → {problem.fill(option.text, words)}"
            for line in exercise.settings
            for option in line.options
            if option.id == answer[line.id]
        ]
    if isinstance(exercise, Table):
        heads = {column.id: problem.fill(column.text, words) for column in exercise.asked}
        return [
            f"{problem.shown(row, words)}{colon}"
            + comma.join(f"{heads[name]} {words.number(value, exercise.digits)}" for name, value in cells.items())
            for row, cells in answer.items()
        ]
    return [problem.fill(exercise.model, words)] if isinstance(exercise, Free) else []


def model(session: Session, words: Words) -> Model:
    """Everything the card shows, in one language."""
    state = session.state
    problem, exercise = state.problem, state.problem.exercise
    name = state.name
    hints = {"n": state.hints, "all": len(exercise.hints)}
    told = _feedback(state, words)
    return {
        "lang": LANG[words.language],
        "number": words.say("practice.exercise", number=problem.number),
        "kind": _kind(problem, words),
        "state": name,
        "chip": {
            "icon": ICONS.get(name, "tick" if name == "recorded" else "warn"),
            "class": CLASSES.get(name, "is-part" if name == "cannot_check" else ""),
            "text": words.say(f"practice.state.{name}", **hints),
        },
        "question": _question(problem, words).split("\n"),
        "given": None if isinstance(exercise, Table) and exercise.asked else _given(problem, words),
        "control": None if problem.trouble is not None else _control(state, words),
        "answer": state.answer,
        "round": state.round,
        "locked": "check" not in state.can,
        "buttons": _buttons(state, words),
        "meta": _meta(state, words),
        "saved": _saved(session, words),
        "dead": words.text("practice.dead"),
        "feedback": told,
    }


def _kind(problem: Problem, words: Words) -> str:
    rule = isinstance(problem.exercise, Table) and problem.exercise.settings
    return words.text(f"practice.kind.{'rule' if rule else problem.exercise.kind}")


def _question(problem: Problem, words: Words) -> str:
    asked = problem.fill(problem.trouble or problem.exercise.question, words)
    # Beside a list of one's own it is said whose figures these are.
    company = problem.currency is not None and problem.trouble is None
    return f"{words.text('practice.from_company')}\n{asked}" if company else asked


def _unit(exercise: Number, words: Words) -> str:
    """The unit of a number; money of a list in another currency is in that currency."""
    own = exercise.measure == "money" and words.currency != "CNY"
    return words.currency if own else exercise.unit.in_(words.language)


def _listed(problem: Problem, words: Words) -> list[str]:
    """What there is to choose or to sort, for pages on which nothing can be chosen."""
    exercise = problem.exercise
    if problem.trouble is not None:
        return []
    if isinstance(exercise, Choice):
        return [problem.fill(option.text, words) for option in exercise.options]
    if isinstance(exercise, Order):
        texts = {item.id: problem.fill(item.text, words) for item in exercise.items}
        return [texts[item] for item in problem.start]
    if isinstance(exercise, Classify):
        return [problem.fill(item.text, words) for item in exercise.items]
    if isinstance(exercise, Table):
        return [
            f"{problem.fill(line.text, words)}: {words.join(problem.fill(each.text, words) for each in line.options)}"
            for line in exercise.settings
        ]
    return []


def _given(problem: Problem, words: Words) -> Model | None:
    given = problem.exercise.given
    if given is None or not problem.rows:
        return None
    # Rows that have a name, such as customers, show it; rows that are only counted do not.
    named = not all(row.isdigit() for row in problem.rows)
    head = [words.text("practice.row")] * named + [problem.fill(column.text, words) for column in given.columns]
    rows = [
        [str(problem.shown(row, words))] * named
        + [problem.cell(row, column.id, column.format, words) for column in given.columns]
        for row in problem.rows
    ]
    numeric = [i + named for i, column in enumerate(given.columns) if column.format in NUMERIC]
    return {
        "caption": problem.fill(given.caption, words),
        "head": head,
        "rows": rows,
        "numeric": numeric,
        "named": named,
    }


def _pairs(options: tuple[Option, ...], problem: Problem, words: Words) -> list[list[str]]:
    return [[option.id, problem.fill(option.text, words)] for option in options]


def _control(state: State, words: Words) -> Model:
    problem, exercise = state.problem, state.problem.exercise
    if isinstance(exercise, Choice):
        legend = words.text("practice.bands" if exercise.kind == "single" else "practice.choose_all")
        return {"kind": exercise.kind, "legend": legend, "options": _pairs(exercise.options, problem, words)}
    if isinstance(exercise, Number):
        return {"kind": "number", "label": problem.fill(exercise.label, words), "unit": _unit(exercise, words)}
    if isinstance(exercise, Order):
        return {
            "kind": "order",
            "label": words.text("practice.order_label"),
            "items": _pairs(exercise.items, problem, words),
            "start": problem.start,
            "up": words.text("practice.do.up"),
            "down": words.text("practice.do.down"),
            "moved": words.text("practice.do.moved"),
        }
    if isinstance(exercise, Classify):
        classes = _pairs(exercise.classes, problem, words)
        return {"kind": "classify", "items": _pairs(exercise.items, problem, words), "classes": classes}
    if isinstance(exercise, Table) and exercise.settings:
        items = [
            [line.id, problem.fill(line.text, words), _pairs(line.options, problem, words)]
            for line in exercise.settings
        ]
        return {"kind": "rule", "items": items, "choose": words.text("practice.choose")}
    if isinstance(exercise, Table):
        asked = [[column.id, problem.fill(column.text, words)] for column in exercise.asked]
        names = words.text("practice.cell")
        return {
            "kind": "table",
            "table": _given(problem, words),
            "ids": list(problem.rows),
            "asked": asked,
            "wide": any(column.format == "money" for column in exercise.asked),
            "cell": names,
        }
    if isinstance(exercise, Free):
        rubric = _pairs(exercise.rubric, problem, words) if state.tries or state.shown else []
        label = problem.fill(exercise.label, words)
        return {"kind": "free", "label": label, "rubric": rubric, "legend": words.text("practice.rubric")}
    assert isinstance(exercise, Roleplay)
    return {"kind": "roleplay", "text": words.text("practice.roleplay.play")}


def _buttons(state: State, words: Words) -> Model:
    exercise = state.problem.exercise
    if state.problem.trouble is not None:
        return {}
    check = "hand_in" if state.assessed else "compare" if isinstance(exercise, Free) else "check"
    # A solution is shown after an attempt; whoever asks for it earlier has opened every hint.
    asked = state.tries or state.hints == len(exercise.hints)
    done = state.name == "correct"
    offered = {
        "check": ("check" in state.can, words.text(f"practice.do.{check}")),
        "hint": (
            "hint" in state.can and not done,
            words.say("practice.do.hint", n=state.hints + 1, all=len(exercise.hints)),
        ),
        "solution": ("solution" in state.can and asked and not state.shown, words.text("practice.do.solution")),
        "next": (done or state.shown, words.text("practice.do.next")),
        "restart": ("restart" in state.can and (done or state.shown), words.text("practice.do.restart")),
    }
    return {name: label for name, (offer, label) in offered.items() if offer}


def _meta(state: State, words: Words) -> str:
    if state.assessed:
        return words.say("practice.tries.limit", n=state.tries, all=state.attempts)
    if state.tries:
        return words.say("practice.tries.some", n=state.tries)
    return words.say("practice.minutes", minutes=state.problem.exercise.minutes)


def _saved(session: Session, words: Words) -> Model:
    if session.trouble is not None:
        return {"ok": False, "text": words.error(session.trouble)}
    return {"ok": True, "text": words.text("practice.saved") if session.saved else ""}


def _feedback(state: State, words: Words) -> list[Model]:
    problem, exercise = state.problem, state.problem.exercise
    if state.assessed:
        return _withheld(state, words)
    shown = [
        _block("hint", [words.say("practice.hint_title", n=n, all=len(exercise.hints)), problem.fill(hint, words)])
        for n, hint in enumerate(exercise.hints[: state.hints], 1)
    ]
    verdict = state.feedback
    if verdict is not None:
        lines = [line for said in verdict.said for line in problem.fill(said, words).split("\n")]
        met = sum(ok for _, ok in verdict.checks)
        # What a writer ticks is told by the ticks themselves.
        listed = () if isinstance(exercise, Free) else verdict.checks
        if listed and verdict.outcome != "correct":
            counted = words.say("practice.checks", met=met, all=len(listed))
            lines = [*lines, counted] if lines else [counted]
        if verdict.outcome == "not_attempted":
            lines = lines or [words.text("practice.empty")]
        source = words.say("practice.solution.source", source=problem.fill(exercise.source, words))
        block = _block(verdict.state, lines, source=source if verdict.outcome == "correct" else "")
        yes_no = {True: words.text("practice.met"), False: words.text("practice.unmet")}
        block["checks"] = [{"ok": ok, "said": yes_no[ok], "text": problem.fill(text, words)} for text, ok in listed]
        shown.append(block)
        if isinstance(exercise, Free) and state.tries and not state.shown:
            shown.append(_block("plain", [words.text("practice.solution.model"), problem.fill(exercise.model, words)]))
    if state.shown:
        shown.append(_block("plain", [words.text("practice.solution.title"), *solution(problem, words)]))
    return shown


def _withheld(state: State, words: Words) -> list[Model]:
    """In an assessment: that it was taken, and nothing of what it is worth."""
    verdict = state.feedback
    if verdict is None:
        return []
    if verdict.outcome in ("not_attempted", "cannot_check"):
        lines = [line for said in verdict.said for line in state.problem.fill(said, words).split("\n")]
        return [_block(verdict.outcome, lines or [words.text("practice.empty")])]
    left = [] if "check" in state.can else [words.text("practice.used_up")]
    return [_block("recorded", [words.text("practice.recorded"), *left])]


def _block(name: str, lines: list[str], *, source: str = "") -> Model:
    icon = ICONS.get(name, "tick" if name in ("plain", "recorded") else "warn")
    tint = CLASSES.get(name, "is-acc" if name == "plain" else "is-part")
    return {"icon": icon, "class": tint, "title": lines[0], "lines": lines[1:], "source": source, "checks": []}


def _marked(line: str) -> str:
    """A line whose **strong** words stay strong, and in which everything else stands as it is."""
    parts = [escape_markdown(html.escape(part, quote=False)) for part in line.split("**")]
    for i in range(1, len(parts) - 1, 2):
        # Markdown closes emphasis behind a mark of punctuation only where a space follows; Chinese writes none.
        gap = " " if parts[i + 1] and not parts[i + 1][0].isspace() and not parts[i][-1:].isalnum() else ""
        parts[i], parts[i + 1] = f"**{parts[i]}**", gap + parts[i + 1]
    return "".join(parts)


def told(session: Session, *, words: Words, instead: Finding | None = None) -> Bundle:
    """What an answer handed in by code is told, as sentences."""
    if instead is not None:
        return sentence(session.state.problem.fill(instead, words))
    lines = [words.say(f"practice.state.{session.state.name}", n=session.state.hints, all=0)]
    for block in _feedback(session.state, words):
        checks = [f"{each['said']} {each['text']}" for each in block["checks"]]
        lines += [block["title"], *block["lines"], *checks, block["source"]]
    saved = _saved(session, words)
    lines = [line for line in [*lines, saved["text"]] if line]
    return {"text/markdown": "\n\n".join(map(_marked, lines)), "text/plain": "\n".join(lines).replace("**", "")}
