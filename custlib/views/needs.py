"""Needs: the five boxes, sentences to code, and how far two codings agree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from custlib.analysis import needs
from custlib.content import Words
from custlib.views.bundle import Bundle, sentence, table, widget
from custlib.views.panel import Answer, panel

# A colleague's coding for the worked example: two sentences read another way.
COLLEAGUE = {"signature": "esteem", "warned": "belonging"}


def scheme(*, words: Words) -> Bundle:
    """The five boxes, what one hears, and what one can bring."""
    heads = [words.text(f"needs.scheme.{name}") for name in ("level", "hears", "asks")]
    rows = [
        [
            words.text(f"needs.level.{level}"),
            *(words.text(f"needs.scheme.{level}.{name}") for name in ("hears", "asks")),
        ]
        for level in needs.LEVELS
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("needs.scheme.caption"))


def worked(*, words: Words) -> Bundle:
    """κ of two colleagues, figure by figure."""
    ours = needs.ours()
    found = needs.compare(ours, pd.Series({**ours, **COLLEAGUE}))
    return sentence(words.say("needs.worked", **found.finding.values))


def coder(*, words: Words) -> Bundle:
    """A panel: sentences of customers to code, held against our coding when all are coded."""
    view = panel(dict.fromkeys(needs.STATEMENTS, ""), partial(coder_answer, words), words)
    return widget(view, words, "needs.coder.still")


def coder_answer(words: Words, values: Mapping[str, Any]) -> Answer:
    """Show what is coded; when every sentence is, how far it agrees with ours, and where it differs."""
    ours = needs.ours()
    mine = pd.Series({code: values[code] or None for code in ours.index}, dtype=object)
    left = int(mine.isna().sum())
    kpis = [("coded", words.say("needs.coder.of", n=len(mine) - left, all=len(mine)))]
    says, notes = words.say("needs.agree.open", left=left), {}
    if not left:
        coding = needs.compare(mine, ours)
        says = words.say(coding.finding)
        kpis.append(("same", words.say("needs.coder.of", n=coding.finding.values["same"], all=len(mine))))
        kpis.append(("chance", words.percent(coding.found.expected)))
        notes = {code: _note(code, code in coding.apart.index, words) for code in ours.index}
    stop = "。" if words.language == "zh" else "."
    options = [[level, words.text(f"needs.level.{level}")] for level in needs.LEVELS]
    controls = [
        {
            "kind": "segment",
            "key": code,
            "who": "",
            "label": words.text(f"needs.said.{code}"),
            "value": values[code],
            "options": options,
            "note": notes.get(code, ""),
        }
        for code in ours.index
    ]
    return {
        "controls": controls,
        "kpis": [{"label": words.text(f"needs.coder.kpi_{name}"), "value": value} for name, value in kpis],
        "notice_label": words.text("needs.coder.label"),
        "notice": words.sentences([f"{says}{stop}", words.text(f"needs.coder.{'go_on' if left else 'through'}")]),
        "says": says,
    }, None


def _note(code: str, other: bool, words: Words) -> str:
    why = words.text(f"needs.why.{code}")
    return words.say(f"needs.coder.note_{'other' if other else 'same'}", why=why, level=needs.STATEMENTS[code])
