"""A conversation in a lesson or in the terminal: the scenario, the customer of the data, the journal, the screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custlib.content import Words
from custlib.course import root as course
from custlib.course.scenarios import known, open_scenario
from custlib.errors import BadSetting
from custlib.practice.journal import Journal
from custlib.practice.play import CustomerFacts, Rules
from custlib.practice.scenarios import Scenario
from custlib.practice.stage import Stage

if TYPE_CHECKING:
    from custlib.course.tables import Tables
    from custlib.views.bundle import Bundle

AUTO = "auto"


@dataclass(frozen=True)
class Wanted:
    """How a conversation is to be had. `attempts` above 0 makes it an assessment with so many runs.

    `customer` binds one of the data: an id, or `auto` for one that fits; empty keeps the scenario's own firm.
    """

    lesson: str = ""
    seed: int = 7
    level: int | None = None
    attempts: int = 0
    customer: str = ""


def seat(root: Path, name: str, tables: Tables, wanted: Wanted) -> Stage:
    """Sit down with a customer: the scenario `name`, going on where the journal says.

    Raises UnknownName, BadScenario, BadSetting.
    """
    scenario = open_scenario(root, name)
    attempts = wanted.attempts
    if isinstance(attempts, bool) or not isinstance(attempts, int) or attempts < 0:
        raise BadSetting(name="attempts", value=attempts, allowed="0, 1, 2 …")
    level = scenario.difficulty if wanted.level is None else wanted.level
    rules = Rules(level, attempts > 0, attempts, wanted.seed)
    journal = Journal.open(course.journal(root), participant=course.participant())
    return Stage(
        scenario, journal, lesson=wanted.lesson, rules=rules, customer=_bound(scenario, tables, wanted.customer)
    )


def at_the_terminal(root: Path, name: str, wanted: Wanted, *, keep: bool) -> Stage:
    """Sit down with a customer at the terminal; a talk that was over begins again. Raises UnknownName, BadScenario."""
    scenario = open_scenario(root, name)
    rules = Rules(wanted.level or scenario.difficulty, seed=wanted.seed)
    journal = Journal.open(course.journal(root), participant=course.participant()) if keep else None
    stage = Stage(scenario, journal, rules=rules)
    if stage.play.over:
        stage.act({"do": "restart"})
    return stage


def _bound(scenario: Scenario, tables: Tables, customer: str) -> CustomerFacts | None:
    if not customer:
        return None
    from custlib.course.customers import bind

    wanted = "" if customer == AUTO else customer
    return bind(tables.table("orders"), tables.names(), scenario, customer=wanted)


def show(stage: Stage, words: Words, root: Path) -> Bundle:
    """The conversation as a cell shows it: live, with one fixed sentence where nothing is alive."""
    from custlib.views.bundle import WIDGET
    from custlib.views.cards.play import conversation

    view = conversation(stage, words, pair=_pair(root, stage.scenario, words))
    reference = {"version_major": 2, "version_minor": 0, "model_id": view.model_id}
    return {WIDGET: reference, "text/plain": still(stage.scenario, words)}


def still(scenario: Scenario, words: Words) -> str:
    """What stands where no conversation can be had: the same for everybody, whatever has been said."""
    said = words.say("play.still", who=scenario.persona.name.in_(words.language))
    return words.sentences([said, words.text("common.wake")])


def _pair(root: Path, scenario: Scenario, words: Words) -> str:
    if scenario.pair is None or scenario.pair not in known(root):
        return ""
    return open_scenario(root, scenario.pair).title.in_(words.language)


def rows(stage: Stage, words: Words) -> Any:
    """The transcript as a table, for whoever wants to look at it with pandas."""
    import pandas as pd

    from custlib.practice.play import transcript

    return pd.DataFrame(transcript(stage.play, words))
