"""The scenarios of the course: which there are, what the linter says of them, and how it is written down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from custlib.content import Finding, Words, load_yaml
from custlib.course.root import scenario as scenario_path
from custlib.errors import AlreadyThere, BadScenario, BadSetting, CustlibError, NotWritable, UnknownName
from custlib.practice.graph import MOST_STATES, WALKS
from custlib.practice.lint import Report, lint
from custlib.practice.lint_form import fault
from custlib.practice.reading import load
from custlib.practice.scenarios import Scenario

SEALS = "versions"
TEMPLATE = Path(__file__).parent / "scenario_files" / "template.yaml"


def known(root: Path) -> tuple[str, ...]:
    """The ids of all scenarios."""
    return tuple(sorted(path.stem for path in scenario_path(root).glob("*.yaml") if path.stem != SEALS))


def require(root: Path, name: str) -> None:
    """Raise UnknownName, with the names there are, where there is no such scenario."""
    if name not in known(root):
        raise UnknownName(kind="scenario", name=name, known=known(root))


def open_scenario(root: Path, name: str) -> Scenario:
    """Read one scenario of the course. Raises UnknownName, BadScenario."""
    require(root, name)
    return load(scenario_path(root, name))


def lint_scenarios(root: Path, names: tuple[str, ...] = (), words: Words | None = None) -> Iterator[str]:
    """One line for each fault of the scenarios named, or of all, with place and remedy."""
    for name in _asked(root, names):
        for each in examine(root, name)[0]:
            yield line(f"{name}.yaml", each, words or Words("en"))


def _asked(root: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in known(root) if name in names) if names else known(root)


def examine(root: Path, name: str) -> tuple[list[Finding], Report | None]:
    """All faults of a scenario: its own, and those beside the others. The report is None where it cannot be read."""
    files = [path.stat() for path in sorted(scenario_path(root).glob("*.yaml"))]
    return _examined(root, name, tuple((file.st_mtime_ns, file.st_size) for file in files))


@lru_cache(maxsize=32)
def _examined(root: Path, name: str, stamps: tuple[tuple[int, int], ...]) -> tuple[list[Finding], Report | None]:
    """Faults and report are asked for one after the other; the walk over all paths is made once."""
    try:
        scenario = load(scenario_path(root, name))
    except BadScenario as error:
        return error.faults, None
    except CustlibError as error:
        return [fault("unreadable", f"{name}.yaml", text=Words("en").error(error))], None
    report = lint(scenario)
    return [*_beside(root, name, scenario), *report.faults], report


def _beside(root: Path, name: str, scenario: Scenario) -> Iterator[Finding]:
    """The file's name, the scenario it is paired with, and whether a change raised the version."""
    if scenario.id != name:
        yield fault("wrong_name", "id", name=scenario.id, file=f"{name}.yaml")
    sealed = seals(root).get(name, {})
    if sealed.get("version") == scenario.version and sealed.get("digest") != scenario.digest:
        yield fault("version_same", "version", version=scenario.version)
    if scenario.pair is None:
        return
    if scenario.pair not in known(root):
        yield fault("pair_missing", "pair", name=scenario.pair)
        return
    try:
        other = load(scenario_path(root, scenario.pair))
    except CustlibError:
        return
    mine, theirs = ({key: fact.text for key, fact in each.facts.items()} for each in (scenario, other))
    different = sorted(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key))
    if different or other.persona.style == scenario.persona.style:
        yield fault("pair_differs", "pair", name=other.id, facts=different or ["style"])


def seals(root: Path) -> dict[str, dict[str, object]]:
    """The version and fingerprint each scenario had when it was last sealed."""
    path = scenario_path(root, SEALS)
    found: dict[str, dict[str, object]] = load_yaml(path) if path.is_file() else {}
    return found or {}


def seal(root: Path) -> list[str]:
    """Write down the version and fingerprint of every scenario. Returns the ids whose seal changed."""
    old = seals(root)
    new = {name: load(scenario_path(root, name)) for name in known(root)}
    written = {name: {"version": each.version, "digest": each.digest} for name, each in new.items()}
    text = yaml.safe_dump(written, sort_keys=True)
    comment = (
        "# What each version of a scenario holds, so that a change raises the version. Made by: custlib scenario seal\n"
    )
    scenario_path(root, SEALS).write_text(comment + text, "utf-8")
    return sorted(name for name in written if old.get(name) != written[name])


def line(path: str, each: Finding, words: Words) -> str:
    """A fault as one line: file, place, what is wrong and what to do."""
    return words.say("lint.at", path=path, place=each.values["place"], text=[each])


def notes(root: Path, names: tuple[str, ...]) -> Iterator[str]:
    """The linter's report on the scenarios named, without the faults."""
    for name in _asked(root, names) if names else ():
        faults, report = examine(root, name)
        yield words_of_report(name, len(faults), Words("en"))
        yield from report_lines(report, Words("en"))


def words_of_report(name: str, count: int, words: Words) -> str:
    """The first line of a report: how many faults."""
    return words.say("lint.title", name=name, count=count) if count else words.say("lint.clean", name=name)


def report_lines(report: Report | None, words: Words) -> Iterator[str]:
    """What the paths come to: how many, the best, chance, and the lazy strategies."""
    if report is None or not report.states:
        return
    if report.complete:
        yield words.say("lint.report.size", states=report.states, paths=report.paths)
    else:
        yield words.say("lint.report.sampled", most=MOST_STATES, walks=WALKS)
    yield words.say("lint.report.best", path=" ".join(report.best), score=report.best_score)
    yield words.say("lint.report.random", mean=report.mean, share=report.passing_share)
    ends: dict[str, float] = defaultdict(float)
    bars = [0.0] * 10
    for score, end, share in report.outcomes:
        ends[end] += share
        bars[min(int(score // 10), 9)] += share
    shares = [words.say("lint.report.end", name=end, share=share) for end, share in ends.items()]
    yield words.say("lint.report.ends", ends=shares)
    yield words.text("lint.report.scores")
    for place, share in enumerate(bars):
        yield f"{place * 10:>3}–{place * 10 + (10 if place == 9 else 9):<3} {'█' * round(share * 50):<50} {share:6.1%}"
    yield words.say("lint.report.strategies", passing=report.passing)
    scores: dict[str, float] = {}
    for each_attempt in report.attempts:
        label = re.sub(r"^same_move:.*", "same_move", each_attempt.strategy)
        scores[label] = max(scores.get(label, 0.0), each_attempt.score)
    for label, score in scores.items():
        yield f"  {label:<12} {score:5.1f}"


def begin_new(root: Path, name: str) -> Path:
    """Write the template as a new scenario; a file that is there is never overwritten.

    Raises BadSetting for a name that cannot be one, or is taken.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,59}", name) or name == SEALS:
        raise BadSetting(name="NAME", value=name, allowed="a-z 0-9 -")
    path = scenario_path(root, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.read_text("utf-8").replace("NAME", name))
    except FileExistsError:
        raise AlreadyThere(path=path.name) from None
    except OSError as error:
        raise NotWritable(path=path.parent, reason=error.strerror or str(error)) from error
    return path
