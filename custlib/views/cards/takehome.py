"""The page a participant takes home: what was practised, first and best results, goals. Static, printable."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from custlib.content import Words
from custlib.practice.progress import Standing
from custlib.practice.results import Change, change_finding
from custlib.views.panel import LANG, Answer

STYLE = """body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1a222b;
max-width:46em;margin:2em auto;padding:0 1em}h1{font-size:1.6em}h2{font-size:1.15em;margin-top:1.6em}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:5px 8px;border-bottom:1px solid #dfe3e7;
vertical-align:top}td.n{text-align:right}p.s{color:#545f6b;font-size:.9em}@media print{body{margin:0}}"""


def page(
    found: Mapping[str, Sequence[Standing]],
    about: Mapping[tuple[str, str], tuple[str, str]],
    goals: Sequence[str],
    *,
    words: Words,
    day: date,
    changed: Sequence[Change] = (),
) -> str:
    """One HTML page with nothing from outside. `about` gives number and first line of each (lesson, exercise).

    `changed` sets both tests side by side; where no topic was handed in both times, nothing of them stands here.
    """
    every = [each for items in found.values() for each in items]
    done = [each for each in every if each.state == "done"]
    again = [about[each.lesson, each.item][0] for each in every if each.again]
    lead = words.say(
        "practice.report.lead",
        date=day,
        done=len(done),
        all=len(every),
        first=sum(each.first == "correct" for each in done),
    )
    heads = [words.text(f"practice.report.{name}") for name in ("exercise", "question", "first", "best", "tries")]
    rows = [
        [
            *about[each.lesson, each.item],
            words.text(f"practice.outcome.{each.first}"),
            words.text(f"practice.outcome.{each.best}"),
            str(each.tries),
        ]
        for each in every
        if each.state != "open"
    ]
    title = words.text("practice.report.title")
    listed = "".join(f"<li>{_text(goal)}</li>" for goal in goals)
    return "\n".join(
        [
            f'<!doctype html><html lang="{LANG[words.language]}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>",
            f"<h1>{_text(title)}</h1><p>{_text(lead)}</p>",
            f"<h2>{_text(words.text('practice.report.goals'))}</h2>",
            f"<ul>{listed}</ul>" if goals else f"<p>{_text(words.text('practice.report.no_goals'))}</p>",
            "<table><thead>" + _row("th", heads) + "</thead><tbody>",
            *(_row("td", row) for row in rows),
            f"</tbody></table><h2>{_text(words.text('practice.report.again'))}</h2>",
            f"<p>{_text(words.join(again) or words.text('practice.report.nothing_again'))}</p>",
            *_changes(changed, words),
            f'<p class="s">{_text(words.text("practice.report.printed"))}</p></body></html>',
        ]
    )


def changes_answer(look: Callable[[], Sequence[Change]], words: Words, values: dict[str, Any]) -> Answer:
    """Look into the journal now; a topic shows nothing until it was handed in both times."""
    found = look()
    caption = words.say(change_finding(found))
    again = {"kind": "button", "key": "again", "label": words.text("practice.progress.again")}
    model: dict[str, Any] = {"controls": [again], "answer_first": True, "says": caption}
    model["table"] = {"caption": caption, "head": changes_head(words), "rows": changes_rows(found, words)}
    return model | {"notice_label": words.text("changes.label"), "notice": words.text("changes.notice")}, None


def changes_head(words: Words) -> list[str]:
    """The heads of the comparison of both tests."""
    return [words.text(f"changes.head.{name}") for name in ("topic", "before", "after")]


def changes_rows(found: Sequence[Change], words: Words) -> list[list[str]]:
    """A row for each topic: before and after, in words."""
    return [
        [words.text(f"changes.topic.{each.topic}")]
        + [words.text(f"changes.outcome.{outcome or 'open'}") for outcome in (each.before, each.after)]
        for each in found
    ]


def _changes(found: Sequence[Change], words: Words) -> list[str]:
    if not any(each.before for each in found):
        return []
    return [
        f"<h2>{_text(words.text('changes.title'))}</h2><p>{_text(words.say(change_finding(found)))}</p>",
        "<table><thead>" + _row("th", changes_head(words)) + "</thead><tbody>",
        *(_row("td", row) for row in changes_rows(found, words)),
        f"</tbody></table><p>{_text(words.text('changes.notice'))}</p>",
    ]


def _text(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _row(tag: str, cells: Sequence[str]) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "<tr>" + "".join(f"<{tag}{scope}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"
