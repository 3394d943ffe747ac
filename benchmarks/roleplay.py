"""What a conversation costs: choices a second, the debrief, and proving scenarios of thousands of states."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from random import Random

import yaml

from custlib.practice.debrief import _explored, debrief
from custlib.practice.lint import lint
from custlib.practice.play import Play, begin, choose, options
from custlib.practice.reading import load, parse
from custlib.practice.scenarios import Scenario

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "exercises" / "scenarios"


def table() -> list[str]:
    """One row for each scenario of the course, and one for a scenario made large."""
    lines = [
        "| scenario | choices a second | debrief, ms | paths | states | states a second | linting, s |",
        "|:--|--:|--:|--:|--:|--:|--:|",
    ]
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem != "versions":
            lines.append(_row(path.stem, load(path)))
    lines.append(_row("one made large", large()))
    return [*lines, "", "States are counted over all customers a scenario speaks differently to."]


def large() -> Scenario:
    """The purchasing director with three turns more, and a flag for every line: hardly two places can be merged."""
    tree = yaml.load((FOLDER / "driver-purchasing-director.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    turns = tree["turns"]
    for number in (7, 8, 9):
        following = f"t{number + 1}" if number < 9 else "t5"
        silent = {"meets": [], "trust": 0, "goto": following, "mines": [], "learn": []}
        small = [{**choice, **silent, "id": f"t{number}{choice['id'][-1]}"} for choice in turns["t1"]["choices"]]
        turns[f"t{number}"] = {"customer": {"en": "Well?", "zh": "然后呢？"}, "choices": small}
    for choice in turns["t4"]["choices"]:
        choice["goto"] = "t7"
    flags = []
    for turn in ("t1", "t2", "t3", "t4", "t7", "t8", "t9"):
        for choice in turns[turn]["choices"]:
            flags.append(f"said_{choice['id']}")
            for arm in choice.get("arms", [choice]):
                arm["flags"] = [*arm.get("flags", []), flags[-1]]
    # A line nobody hears, because all flags at once are never set: it makes every flag matter to the end.
    unheard = {"when": {"flags_all": flags}, "en": "Well.", "zh": "嗯。"}
    said = turns["t6"]["customer"]
    turns["t6"]["customer"] = [unheard, *(said if isinstance(said, list) else [said])]
    tree["brief"], turns["t1"]["customer"] = tree["brief"][1:], turns["t1"]["customer"][1:]
    return parse(json.dumps(tree, ensure_ascii=False), "large.yaml")


def _row(name: str, scenario: Scenario) -> str:
    dice = Random(7)

    def talk() -> Play:
        play = begin(scenario)
        while not play.over:
            play = choose(play, dice.choice(options(play)))
        return play

    began = time.perf_counter()
    plays = [talk() for _ in range(1_000)]
    each = (time.perf_counter() - began) / sum(len(play.steps) for play in plays)
    looks = []
    for play in plays[:15]:
        _explored.cache_clear()
        began = time.perf_counter()
        debrief(play)
        looks.append(time.perf_counter() - began)
    began = time.perf_counter()
    report = lint(scenario)
    took = time.perf_counter() - began
    figures = f"{report.paths:,} | {report.states:,} | {report.states / took:,.0f} | {took:.2f}"
    return f"| {name} | {1 / each:,.0f} | {statistics.median(looks) * 1e3:.0f} | {figures} |"
