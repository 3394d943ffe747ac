"""The linter's first phase: what can be seen without playing. Its faults would make the second phase stumble."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from custlib.content import Finding
from custlib.practice.play import PLACEHOLDERS
from custlib.practice.scenarios import COMPETENCIES, Arm, Choice, Condition, Scenario, Text

LONGEST_PATH = 10
BACKUPS = {"driving": "autocratic", "expressive": "attack", "amiable": "acquiesce", "analytical": "avoid"}


def fault(code: str, place: str, **values: object) -> Finding:
    """A fault with its place; the sentence and the remedy stand in the words."""
    return Finding(f"lint.{code}", {"place": place, **values})


def arms(scenario: Scenario) -> Iterator[tuple[str, Choice, int, Arm]]:
    """Every way a line can be taken, with its place."""
    for turn, each in scenario.turns.items():
        for choice in each.choices:
            for number, arm in enumerate(choice.arms):
                place = f"turns.{turn}.{choice.id}"
                yield place + (f".arms.{number + 1}" if len(choice.arms) > 1 else ""), choice, number, arm


def conditions(scenario: Scenario) -> Iterator[tuple[str, Condition]]:
    """Every condition with its place."""
    for number, line in enumerate(scenario.brief, 1):
        yield f"brief.{number}", line.when
    for turn, each in scenario.turns.items():
        for number, line in enumerate(each.customer, 1):
            yield f"turns.{turn}.customer.{number}", line.when
        for choice in each.choices:
            yield f"turns.{turn}.{choice.id}", choice.when
    for place, _, _, arm in arms(scenario):
        yield place, arm.when


def form(scenario: Scenario) -> list[Finding]:
    """All faults of the form that the schema cannot see."""
    found = [*_names(scenario), *_targets(scenario), *_persona(scenario), *_rubric(scenario), *_placeholders(scenario)]
    return found or list(_shape(scenario))


def _names(scenario: Scenario) -> Iterator[Finding]:
    """Every name used must exist, and every choice have a name of its own."""
    ids = [choice.id for turn in scenario.turns.values() for choice in turn.choices]
    for name, count in Counter(ids).items():
        if count > 1:
            yield fault("duplicate_id", f"turns.{name}", count=count)
    for name in scenario.turns.keys() & scenario.ends.keys():
        yield fault("duplicate_id", f"ends.{name}", count=2)
    raised = {flag for _, _, _, arm in arms(scenario) for flag in arm.flags}
    used: list[tuple[str, str, str]] = []
    for place, when in conditions(scenario):
        used += [(place, "fact", name) for name in (*when.facts_all, *when.facts_none)]
        used += [(place, "flag", name) for name in (*when.flags_all, *when.flags_none)]
    for turn, each in scenario.turns.items():
        used += [(f"turns.{turn}.customer", "fact", name) for line in each.customer for name in line.knows]
        for choice in each.choices:
            used += [(f"turns.{turn}.{choice.id}", "fact", name) for name in choice.knows]
            used += [(f"turns.{turn}.{choice.id}", "offer", name) for name in choice.offer]
    for place, _, _, arm in arms(scenario):
        used += [(place, "fact", name) for name in (*arm.learn, *arm.knows)]
        used += [(place, "mine", name) for name in arm.mines]
        used += [(place, "criterion", name) for name in arm.meets]
    known = {
        "fact": set(scenario.facts),
        "flag": raised,
        "offer": set(scenario.offers),
        "mine": set(scenario.minefields),
        "criterion": set(scenario.criteria),
    }
    for place, kind, name in dict.fromkeys(used):
        if name not in known[kind]:
            yield fault(f"unknown_{kind}", place, name=name, known=sorted(known[kind]))


def _targets(scenario: Scenario) -> Iterator[Finding]:
    """Every goto leads somewhere, and every list of variants ends with one that always holds."""
    places = set(scenario.turns) | set(scenario.ends)
    targets = [("start", scenario.start), ("best_end", scenario.best_end), ("abort.to", scenario.abort.to)]
    targets += [("diagnosis.before", scenario.diagnosis.before), *((p, arm.goto) for p, _, _, arm in arms(scenario))]
    for place, to in targets:
        allowed = places
        if place in ("best_end", "abort.to"):
            allowed = set(scenario.ends)
        elif place in ("start", "diagnosis.before"):
            allowed = set(scenario.turns)
        if to not in allowed:
            yield fault("goto_missing", place, name=to, known=sorted(allowed))
    for place, choice, number, arm in arms(scenario):
        if number == len(choice.arms) - 1 and not arm.when.empty:
            yield fault("no_default", place)
    lines = [(f"turns.{turn}.customer", each.customer) for turn, each in scenario.turns.items()]
    for place, said in [*lines, ("brief", scenario.brief)]:
        if not said[-1].when.empty:
            yield fault("no_default", place)
    if scenario.best_end in scenario.ends and not scenario.ends[scenario.best_end].goal:
        yield fault("best_end_no_goal", f"ends.{scenario.best_end}")
    if scenario.abort.to in scenario.ends and scenario.ends[scenario.abort.to].goal:
        yield fault("abort_is_goal", "abort.to", name=scenario.abort.to)


def _persona(scenario: Scenario) -> Iterator[Finding]:
    """The style agrees with the two scales, with what happens under stress, and with the diagnosis."""
    persona = scenario.persona
    tells, emotes = persona.assertiveness > 0.5, persona.responsiveness > 0.5
    derived = {(True, False): "driving", (True, True): "expressive", (False, True): "amiable"}
    expected = derived.get((tells, emotes), "analytical")
    if persona.style != expected:
        yield fault("style_axes", "persona.style", style=persona.style, expected=expected)
    if BACKUPS[persona.style] != persona.backup:
        yield fault("style_backup", "persona.backup", style=persona.style, expected=BACKUPS[persona.style])
    for part, wanted in (("style", persona.style), ("need", persona.need)):
        answer = getattr(scenario.diagnosis, part).answer
        if answer != wanted:
            yield fault("diagnosis_differs", f"diagnosis.{part}", answer=answer, expected=wanted)
    if sum(not cue.noise for cue in persona.cues) < 2:
        yield fault("few_cues", "persona.cues")


def _rubric(scenario: Scenario) -> Iterator[Finding]:
    """Weights add up, bands cover all scores, and every competency can be earned at all."""
    weights = scenario.rubric.weights
    missing = [name for name in COMPETENCIES if name not in weights or name not in scenario.debrief.rules]
    if missing:
        yield fault("competency_missing", "rubric.weights, debrief.rules", missing=missing)
    total = round(sum(weights.values()), 6)
    if total != 1:
        yield fault("weights", "rubric.weights", total=total)
    counted = Counter(criterion.competency for criterion in scenario.criteria.values())
    for name in COMPETENCIES:
        if name != "diagnosis" and not counted[name]:
            yield fault("competency_empty", "criteria", name=name)
    bands = [band.min for band in scenario.rubric.bands]
    if min(bands) != 0 or len(set(bands)) != len(bands) or scenario.rubric.passing not in bands:
        yield fault("bands", "rubric.bands", passing=scenario.rubric.passing)
    bounds = scenario.trust
    if not bounds.min <= scenario.abort.trust_lte < bounds.start <= bounds.max:
        yield fault("trust_bounds", "trust", start=bounds.start, abort=scenario.abort.trust_lte)


def _placeholders(scenario: Scenario) -> Iterator[Finding]:
    """A figure of the customer stands only in a line that is said where a customer is bound."""
    texts: list[tuple[str, Text, bool]] = [
        (f"brief.{number}", line, line.when.bound is True or bool(line.when.cells))
        for number, line in enumerate(scenario.brief, 1)
    ]
    for turn, each in scenario.turns.items():
        for number, line in enumerate(each.customer, 1):
            bound = line.when.bound is True or bool(line.when.cells)
            texts.append((f"turns.{turn}.customer.{number}", line, bound))
        for choice in each.choices:
            bound = choice.when.bound is True or bool(choice.when.cells)
            texts.append((f"turns.{turn}.{choice.id}.say", choice.say, bound))
            for arm in choice.arms:
                held = bound or arm.when.bound is True or bool(arm.when.cells)
                texts.append((f"turns.{turn}.{choice.id}.reply", arm.reply, held))
    for place, text, bound in texts:
        names = set(re.findall(r"\{([^{}]*)\}", text.en + text.zh))
        if names - set(PLACEHOLDERS):
            yield fault("placeholder", place, name=sorted(names - set(PLACEHOLDERS))[0], known=PLACEHOLDERS)
        elif names and not bound:
            yield fault("placeholder_unbound", place, name=sorted(names)[0])


def _shape(scenario: Scenario) -> Iterator[Finding]:
    """No circle, no endless talk, and always something to say."""
    after = {
        turn: {arm.goto for choice in each.choices for arm in choice.arms} for turn, each in scenario.turns.items()
    }
    longest: dict[str, int] = dict.fromkeys(scenario.ends, 0)
    open_: list[str] = []

    def walk(turn: str) -> Iterator[Finding]:
        if turn in open_:
            yield fault("cycle", f"turns.{turn}", path=[*open_[open_.index(turn) :], turn])
            return
        if turn in longest or len(open_) > 60:
            return
        open_.append(turn)
        for to in sorted(after[turn]):
            yield from walk(to)
        open_.pop()
        longest[turn] = 1 + max((longest.get(to, 0) for to in after[turn]), default=0)

    yield from walk(scenario.start)
    if longest.get(scenario.start, 99) > LONGEST_PATH:
        yield fault("too_long", "turns", turns=longest.get(scenario.start, 0), most=LONGEST_PATH)
    for turn, each in scenario.turns.items():
        if all(not choice.when.empty for choice in each.choices):
            yield fault("no_open_choice", f"turns.{turn}")
        if len(each.choices) < 3:
            yield fault("few_choices", f"turns.{turn}", count=len(each.choices))
        fatal = [
            choice.id
            for choice in each.choices
            if any(scenario.minefields[mine].severity == "fatal" for arm in choice.arms for mine in arm.mines)
        ]
        if len(fatal) > 1:
            yield fault("many_fatal", f"turns.{turn}", choices=fatal)
    for place, _, _, arm in arms(scenario):
        hit = any(scenario.minefields[mine].severity == "fatal" for mine in arm.mines)
        if hit and (arm.goto not in scenario.ends or scenario.ends[arm.goto].goal):
            yield fault("fatal_goes_on", place, name=arm.goto)
