"""The debrief on the screen: first one's own view, then what happened, where it was lost, and the best way from there."""

from __future__ import annotations

from typing import Any

from custlib.content import Words
from custlib.practice.debrief import Debrief
from custlib.practice.play import fill, transcript
from custlib.practice.stage import Stage

Model = dict[str, Any]
CHIPS = {"order": "ok", "advance": "ok", "walk_away": "part", "stop": "part", "continuation": "part", "no_sale": "no"}


def debrief_model(stage: Stage, words: Words, *, pair: str = "") -> Model:
    """Everything the debrief shows, in the reader's language."""
    found = stage.look_back()
    scenario, language = stage.scenario, words.language
    end = scenario.ends[found.result.end]
    bands = sorted(scenario.rubric.bands, key=lambda band: band.min)
    past = stage.past
    held = {"raw": found.result.raw, "passing": scenario.rubric.passing}
    rules = scenario.debrief.rules
    return {
        "heading": words.text("play.debrief.heading"),
        "run": words.say("play.debrief.run", n=stage.run),
        "title": end.text.in_(language),
        "chip": {
            "state": "ok" if end.goal else CHIPS[end.kind],
            "text": words.text(f"play.end.{end.kind}"),
        },
        "score": words.say("play.debrief.score", score=found.result.score, band=bands[found.result.band].in_(language)),
        "held": words.say("play.debrief.held", **held) if found.result.held_back else "",
        "past": words.say("play.debrief.past", first=past.first, best=past.best, last=past.last, n=len(past.scores))
        if len(past.scores) > 1
        else "",
        "questions": _questions(stage, words),
        "view": {
            "heading": words.say("play.debrief.view", who=scenario.persona.name.in_(language)),
            "text": end.view.in_(language),
        },
        "money": _money(stage, found, words),
        "cost": _cost(stage, found, words),
        "path": _path(stage, found, words),
        "diagnosis": _diagnosis(stage, found, words),
        "competencies": _competencies(stage, found, words),
        "mines": _mines(stage, found, words),
        "missed": {
            "heading": words.text("play.debrief.missed"),
            "items": [scenario.facts[key].text.in_(language) for key in found.missed],
            "none": words.text("play.debrief.none_missed"),
        },
        "transcript": _transcript(stage, found, words),
        "next": words.say(
            "play.debrief.next",
            competency=words.text(f"play.competency.{found.practise}"),
            rule=rules[found.practise].in_(language),
        )
        if found.practise
        else words.text("play.debrief.all_met"),
        "pair": words.say("play.debrief.pair", title=pair) if pair else "",
    }


def _questions(stage: Stage, words: Words) -> Model:
    blank = words.text("play.questions.blank")
    return {
        "heading": words.text("play.questions.heading"),
        "wrote": words.text("play.questions.wrote"),
        "items": [
            {"question": question.in_(words.language), "answer": answer.strip() or blank}
            for question, answer in zip(stage.scenario.debrief.questions, stage.answers, strict=True)
        ],
    }


def _money(stage: Stage, found: Debrief, words: Words) -> Model:
    money, customer = found.result.money, stage.customer
    source = (
        words.say("play.debrief.source_data", customer=customer.name)
        if customer
        else words.text("play.debrief.source_scenario")
    )
    rows = [("kept", money.kept), ("lost", money.lost), ("conceded", money.conceded), ("time", money.time)]
    largest = max(money.stake, 1.0)
    return {
        "heading": words.say("play.debrief.money", months=money.months),
        "note": words.say("play.debrief.money_note", stake=money.stake, source=source),
        "net": {"label": words.text("play.debrief.net"), "value": words.money(money.net)},
        "rows": [
            {"label": words.text(f"play.debrief.{key}"), "value": words.money(much), "share": min(much / largest, 1.0)}
            for key, much in rows
        ],
        "limit": words.text("play.debrief.money_limit"),
    }


def _cost(stage: Stage, found: Debrief, words: Words) -> Model:
    if found.costliest is None:
        return {
            "heading": words.text("play.debrief.no_cost"),
            "note": words.text("play.debrief.no_cost_note"),
            "said": None,
        }
    scenario, customer = stage.scenario, stage.customer
    step = stage.play.steps[found.costliest]
    return {
        "heading": words.say("play.debrief.cost", turn=found.turn),
        "note": words.say("play.debrief.cost_note", cost=found.costs[found.costliest]),
        "said_label": words.text("play.debrief.said"),
        "said": fill(scenario.choices[step.key].say, words, customer),
        "stronger_label": words.text("play.debrief.stronger"),
        "stronger": fill(scenario.choices[found.better[0].key].say, words, customer),
    }


def _path(stage: Stage, found: Debrief, words: Words) -> Model | None:
    if found.costliest is None or found.turn is None:
        return None
    scenario, customer = stage.scenario, stage.customer
    chosen = {step.key for step in stage.play.steps}
    rows = []
    for number, way in enumerate(found.better, found.turn):
        choice = scenario.choices[way.key]
        rows.append(
            {
                "n": words.number(number),
                "say": fill(choice.say, words, customer),
                "reply": fill(choice.arms[way.arm].reply, words, customer),
                "tag": words.text("play.debrief.as_you") if way.key in chosen else "",
            }
        )
    again = words.say("play.debrief.again_from", turn=found.turn)
    return {
        "heading": words.text("play.debrief.path"),
        "note": words.say("play.debrief.path_note", end=scenario.ends[found.better_end].text.in_(words.language)),
        "rows": rows,
        "again": None if stage.rules.assessment else {"label": again, "step": found.costliest},
    }


def _diagnosis(stage: Stage, found: Debrief, words: Words) -> Model:
    items = []
    for each in found.diagnosed:
        right = words.text(f"play.{each.question}.{each.right}")
        given = words.text(f"play.{each.question}.{each.given}") if each.given else ""
        ok = each.given == each.right
        items.append(
            {
                "ok": ok,
                "said": words.text("play.debrief.right" if ok else "play.debrief.wrong"),
                "part": words.text(f"play.diagnose.part.{each.question}"),
                "right": right,
                "given": ""
                if ok
                else words.say("play.debrief.your_answer", answer=given)
                if given
                else words.text("play.debrief.not_asked"),
                "because": getattr(stage.scenario.diagnosis, each.question).because.in_(words.language),
            }
        )
    return {"heading": words.text("play.debrief.diagnosis"), "items": items}


def _competencies(stage: Stage, found: Debrief, words: Words) -> Model:
    scenario, language = stage.scenario, words.language
    turns = _turns(stage)
    rows = []
    for each in found.result.masteries:
        criteria = []
        for verdict in each.verdicts:
            if verdict.criterion.startswith("?"):
                text, why = words.text(f"play.diagnose.part.{verdict.criterion[1:]}"), ""
            else:
                criterion = scenario.criteria[verdict.criterion]
                text, why = criterion.text.in_(language), criterion.why.in_(language)
            said = words.text("play.debrief.right" if verdict.met else "play.debrief.wrong")
            at = turns.get(verdict.step) if verdict.step is not None else None
            where = words.say("play.debrief.met_at", turn=at) if at else ""
            criteria.append({"ok": verdict.met, "said": said, "text": text, "why": why, "where": where})
        rows.append(
            {
                "name": words.text(f"play.competency.{each.competency}"),
                "weight": words.percent(each.weight),
                "points": words.say("play.debrief.points", earned=each.earned, possible=each.possible),
                "share": each.share,
                "rule": scenario.debrief.rules[each.competency].in_(language),
                "criteria": criteria,
            }
        )
    return {
        "heading": words.text("play.debrief.competencies"),
        "note": words.text("play.debrief.competencies_note"),
        "rows": rows,
    }


def _turns(stage: Stage) -> dict[int, int]:
    """The turn, from 1, of each step that is a line."""
    lines = [number for number, step in enumerate(stage.play.steps) if not step.at.startswith("?")]
    return {step: turn for turn, step in enumerate(lines, 1)}


def _mines(stage: Stage, found: Debrief, words: Words) -> Model:
    scenario, language = stage.scenario, words.language
    items = []
    for turn, mine in found.mines:
        each = scenario.minefields[mine]
        items.append(
            {
                "chip": words.say("play.debrief.penalty", points=getattr(scenario.penalty, each.severity)),
                "text": words.say("play.debrief.mine", text=each.text.in_(language), turn=turn),
                "instead": words.say("play.debrief.instead", text=each.instead.in_(language)),
            }
        )
    return {"heading": words.text("play.debrief.mines"), "items": items, "none": words.text("play.debrief.no_mines")}


def _transcript(stage: Stage, found: Debrief, words: Words) -> Model:
    scenario, language = stage.scenario, words.language
    rows = []
    for number, row in enumerate(transcript(stage.play, words)):
        if row["at"].startswith("?"):
            continue
        cost = found.costs[number]
        change = f"{row['trust']:+d}".replace("-", "−")
        did = [words.say("play.debrief.trust", change=change)] if row["trust"] else []
        if row["learned"]:
            facts = words.join(scenario.facts[key].text.in_(language).rstrip(".。") for key in row["learned"])
            did.append(words.say("play.debrief.learned", facts=facts))
        if row["met"]:
            met = words.join(scenario.criteria[key].text.in_(language) for key in row["met"])
            did.append(words.say("play.debrief.met", criteria=met))
        rows.append(
            {
                "n": words.number(row["turn"]),
                "who": scenario.persona.name.in_(language),
                "customer": row["customer"],
                "say": row["say"],
                "reply": [row["reply"], *([row["closing"]] if row["closing"] else [])],
                "coach": row["coach"],
                "did": did,
                "cost": words.say("play.debrief.cost_points", cost=cost)
                if cost >= 0.5
                else words.text("play.debrief.best_open"),
                "hit": number == found.costliest,
            }
        )
    return {"heading": words.text("play.debrief.transcript"), "rows": rows}
