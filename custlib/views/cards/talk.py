"""What a conversation shows: one model for the screen and the terminal, made from the stage in the reader's language."""

from __future__ import annotations

from typing import Any

from custlib.content import Words
from custlib.practice.play import Play, begin, fill, options, spoken, transcript
from custlib.practice.stage import Stage
from custlib.views.cards.debrief import debrief_model

Model = dict[str, Any]


def play_model(stage: Stage, words: Words, *, pair: str = "") -> Model:
    """Everything the screen shows, in the reader's language."""
    scenario = stage.scenario
    customer = stage.customer
    persona = scenario.persona
    language = words.language
    firm = customer.name if customer else persona.firm.in_(language)
    model: Model = {
        "scene": stage.scene,
        "title": scenario.title.in_(language),
        "subtitle": words.say("play.subtitle", role=persona.role.in_(language), firm=firm, minutes=scenario.minutes),
        "face": persona.name.in_(language)[:1],
        "who": persona.name.in_(language),
        "levels": _levels(stage, words),
        "notice": _notice(stage, words),
        "side": _side(stage, words),
        "labels": _labels(words),
    }
    if stage.scene == "watch":
        return model | _watching(stage, words)
    model |= {"log": _log(stage.play, words, coach=_coaching(stage)), "ask": _ask(stage, words)}
    model["can_undo"] = bool(stage.play.steps) and not stage.rules.assessment
    model["can_restart"] = bool(stage.play.steps) and not (stage.rules.assessment and stage.attempts_left == 0)
    model["can_watch"] = not stage.rules.assessment
    if stage.scene == "questions":
        model["questions"] = _questions(stage, words)
    if stage.scene == "debrief":
        model["debrief"] = debrief_model(stage, words, pair=pair)
    return model


def _coaching(stage: Stage) -> bool:
    return stage.rules.level == 1 and not stage.rules.assessment


def _labels(words: Words) -> dict[str, str]:
    plain = (
        "you", "coach", "conversation", "undo", "restart", "typing_switch", "notes", "goal", "see", "see_hint",
        "gap", "level", "earlier",
    )  # fmt: skip
    watch = ("heading", "good", "bad", "compare", "leave")
    return {key: words.text(f"play.{key}") for key in plain} | {
        f"watch_{key}": words.text(f"play.watch.{key}") for key in watch
    }


def _levels(stage: Stage, words: Words) -> Model:
    if stage.rules.assessment:
        key = "play.assessment" if stage.rules.attempts else "play.assessment_open"
        return {"said": words.say(key, run=stage.run, of=stage.rules.attempts)}
    options_ = [{"value": level, "label": words.text(f"play.level_{level}")} for level in (1, 2, 3)]
    return {"options": options_, "value": stage.rules.level, "fixed": bool(stage.play.steps)}


def _notice(stage: Stage, words: Words) -> Model:
    if stage.trouble is not None:
        return {"state": "part", "text": words.error(stage.trouble)}
    if stage.resumed:
        return {"state": "ok", "text": words.text("play.resumed")}
    if stage.renewed:
        return {"state": "part", "text": words.text("play.changed")}
    return {"state": "", "text": words.text("play.saved" if stage.keeps else "play.not_kept")}


def _side(stage: Stage, words: Words) -> Model:
    """What one knows: the task, the goal, what can be seen, what was said, and trust where the level shows it."""
    scenario, play, language = stage.scenario, stage.play, words.language
    noisy = stage.rules.level == 3
    told = not noisy and not stage.rules.assessment
    cues = [
        {"text": cue.in_(language), "tells": cue.tells.in_(language) if cue.tells and told else ""}
        for cue in scenario.persona.cues
        if noisy or not cue.noise
    ]
    known = [fact.text.in_(language) for key, fact in scenario.facts.items() if key in play.state.facts]
    total = len(scenario.facts)
    side: Model = {
        "goal": scenario.goal.in_(language),
        "cues": cues,
        "known": known,
        "gaps": total - len(known),
        "know": words.say("play.know", known=len(known), all=total),
        "short": words.say("play.notes_short", cues=len(cues), known=len(known), all=total),
        "data": _data(stage, words),
    }
    if stage.rules.level == 1 and not stage.rules.assessment:
        side["trust"] = {"said": words.say("play.trust", value=play.state.trust), "value": play.state.trust}
    if noisy:
        side["limit"] = words.say("play.limit", minutes=scenario.minutes)
    return side


def _data(stage: Stage, words: Words) -> Model | None:
    customer = stage.customer
    if customer is None:
        return None
    lines = [
        words.say("play.facts_of.orders", orders=customer.orders, days=customer.days_since),
        words.say("play.facts_of.year", spent=customer.spent_year),
        words.say("play.facts_of.value", months=customer.months, value=customer.value),
    ]
    if customer.recency_score:
        scores = {"r": customer.recency_score, "f": customer.frequency_score, "m": customer.monetary_score}
        lines.insert(2, words.say("play.facts_of.rfm", **scores))
    return {"heading": words.text("play.customer_data"), "lines": lines}


def _log(play: Play, words: Words, *, coach: bool) -> list[Model]:
    """The conversation so far, entry by entry, with what the customer says now at its end."""
    scenario, turns = play.scenario, 0
    _, brief = spoken(scenario.brief, begin(scenario, play.rules, play.customer).state, play.customer)
    entries: list[Model] = [{"kind": "brief", "text": fill(brief, words, play.customer)}]
    for row in transcript(play, words):
        if row["at"].startswith("?"):
            question, _, answer = row["key"].partition(":")
            if question == "style":
                entries.append({"kind": "turn", "text": words.text("play.diagnose.pause")})
            entries.append(
                {"kind": "own", "text": words.say("play.diagnose.given", answer=_answer(words, question, answer))}
            )
            if coach:
                entries.append(
                    {"kind": "coach", "text": getattr(scenario.diagnosis, question).because.in_(words.language)}
                )
            continue
        turns = row["turn"]
        entries.append({"kind": "turn", "text": words.say("play.turn", n=turns)})
        entries.append({"kind": "them", "text": row["customer"]})
        entries.append({"kind": "me", "text": row["say"]})
        entries.append({"kind": "them", "text": row["reply"]})
        if row["closing"]:
            entries.append({"kind": "them", "text": row["closing"]})
        if coach:
            entries.append({"kind": "coach", "text": row["coach"]})
    if play.at in scenario.turns:
        _, line = spoken(scenario.turns[play.at].customer, play.state, play.customer)
        entries.append({"kind": "turn", "text": words.say("play.your_turn", n=turns + 1)})
        entries.append({"kind": "them", "text": fill(line, words, play.customer)})
    elif play.at == "?style":
        entries.append({"kind": "turn", "text": words.text("play.diagnose.pause")})
    elif play.over:
        entries.append({"kind": "turn", "text": words.text("play.over")})
        entries.append({"kind": "end", "text": scenario.ends[play.at].text.in_(words.language)})
    return entries


def _answer(words: Words, question: str, answer: str) -> str:
    return words.text(f"play.{question}.{answer}")


def _ask(stage: Stage, words: Words) -> Model | None:
    """What one can say or answer now."""
    play = stage.play
    if play.over:
        return None
    keys = options(play)
    if play.at.startswith("?"):
        question = play.at[1:]
        texts = [_answer(words, question, key.partition(":")[2]) for key in keys]
        heading = words.text(f"play.diagnose.{question}")
    else:
        texts = [fill(play.scenario.choices[key].say, words, play.customer) for key in keys]
        heading = words.text("play.say_heading")
    offered = [{"key": key, "text": text} for key, text in zip(keys, texts, strict=True)]
    return {"heading": heading, "keys": words.say("play.keys", n=len(keys)), "options": offered}


def _questions(stage: Stage, words: Words) -> Model:
    scenario = stage.scenario
    withheld = "" if stage.may_see else words.say("play.questions.withheld", left=stage.attempts_left)
    return {
        "heading": words.text("play.questions.heading"),
        "note": withheld or words.text("play.questions.note"),
        "items": [
            {"label": question.in_(words.language), "answer": answer}
            for question, answer in zip(scenario.debrief.questions, stage.answers, strict=True)
        ],
        "show": words.text("play.questions.show") if stage.may_see else "",
    }


def _watching(stage: Stage, words: Words) -> Model:
    """The conversation to watch, with a box to tick under each turn, and what came of it."""
    watching = stage.watching
    assert watching is not None
    entries: list[Model] = []
    mines = stage.mines_watched()
    for row in transcript(watching.play, words):
        if row["at"].startswith("?"):
            continue
        n = row["turn"]
        entries.append({"kind": "turn", "text": words.say("play.turn", n=n)})
        entries += [{"kind": "them", "text": row["customer"]}, {"kind": "me", "text": row["say"]}]
        entries += [{"kind": "them", "text": said} for said in (row["reply"], row["closing"]) if said]
        entries.append(
            {
                "kind": "tick",
                "turn": n,
                "on": n in watching.named,
                "fixed": watching.spotted is not None,
                "text": words.say("play.watch.mine_here", n=n),
            }
        )
        if watching.spotted is not None:
            for mine in mines.get(n, ()):
                each = stage.scenario.minefields[mine]
                instead = words.say("play.debrief.instead", text=each.instead.in_(words.language))
                entries.append(
                    {"kind": "coach", "text": words.sentences([each.text.in_(words.language) + _stop(words), instead])}
                )
    model: Model = {"log": entries, "task": words.text("play.watch.task"), "compared": None, "ask": None}
    if watching.spotted is not None:
        spotted = watching.spotted
        lines = []
        for key in ("found", "missed", "false_alarms"):
            turns = getattr(spotted, key)
            if turns:
                state = "ok" if key == "found" else "part"
                lines.append({"state": state, "text": words.say(f"play.watch.{key}", turns=list(turns))})
        if not spotted.missed and not spotted.false_alarms:
            lines.append({"state": "ok", "text": words.text("play.watch.all" if mines else "play.watch.none")})
        model["compared"] = lines
    return model


def _stop(words: Words) -> str:
    return "。" if words.language == "zh" else "."
