"""The linter of scenarios: each planted fault is reported, with its place, and in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from custlib.content import Finding, Words
from custlib.course.scenarios import known, lint_scenarios
from custlib.errors import BadContent, BadScenario
from custlib.practice.graph import explore
from custlib.practice.lint import lint
from custlib.practice.lint_form import form
from custlib.practice.lint_texts import check_texts
from custlib.practice.reading import LARGEST_FILE, parse
from custlib.practice.scenarios import Scenario
from custlib.practice.strategies import STRATEGIES

ROOT = Path(__file__).parents[1]
FILE = ROOT / "exercises" / "scenarios" / "driver-purchasing-director.yaml"
Tree = dict[str, Any]


@lru_cache(maxsize=1)
def good() -> Tree:
    """The first scenario, without the lines for a bound customer: one context is walked instead of five."""
    tree: Tree = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    tree["brief"] = tree["brief"][1:]
    tree["turns"]["t1"]["customer"] = tree["turns"]["t1"]["customer"][1:]
    return tree


def written(tree: Tree) -> str:
    """JSON is YAML, and quick to write."""
    return json.dumps(tree, ensure_ascii=False)


def broken(mend: Callable[[Tree], object], *, phase: str = "") -> list[Finding]:
    """The faults of the first scenario with something changed in it; of one phase alone where that is enough."""
    tree = deepcopy(good())
    mend(tree)
    try:
        scenario_ = parse(written(tree), "x.yaml")
        alone = {"form": form, "texts": check_texts}.get(phase)
        return alone(scenario_) if alone else list(lint(scenario_).faults)
    except BadScenario as error:
        return error.faults


def choice(tree: Tree, name: str) -> Tree:
    found: Tree = next(each for turn in tree["turns"].values() for each in turn["choices"] if each["id"] == name)
    return found


def put(*path: Any, value: Any) -> Callable[[Tree], object]:
    """Set one value; a choice is named by its id."""

    def mend(tree: Tree) -> None:
        here: Any = choice(tree, path[0]) if re.fullmatch(r"t\d[a-z]", str(path[0])) else tree[path[0]]
        if len(path) == 1:
            tree[path[0]] = value
            return
        for step in path[1:-1]:
            here = here[step]
        here[path[-1]] = value

    return mend


def drop(*path: Any) -> Callable[[Tree], object]:
    """Take one key away."""

    def mend(tree: Tree) -> None:
        here: Any = choice(tree, path[0]) if re.fullmatch(r"t\d[a-z]", str(path[0])) else tree
        steps = path[1:] if here is not tree else path
        for step in steps[:-1]:
            here = here[step]
        del here[steps[-1]]

    return mend


def both(*mends: Callable[[Tree], object]) -> Callable[[Tree], object]:
    return lambda tree: [mend(tree) for mend in mends]


def text(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


def swap(turn: str, order: tuple[int, ...]) -> Callable[[Tree], object]:
    def mend(tree: Tree) -> None:
        choices = tree["turns"][turn]["choices"]
        tree["turns"][turn]["choices"] = [choices[place] for place in order]

    return mend


def stiffen(tree: Tree) -> None:
    """Every reply in the English of letters."""
    for turn in tree["turns"].values():
        for each in turn["choices"]:
            for arm in each.get("arms", [each]):
                if "reply" in arm:
                    arm["reply"]["en"] = "I will not say. " + arm["reply"]["en"]


def skip_a_turn(tree: Tree) -> None:
    """The second turn leads to the fourth, and tells what the third would have."""
    for each in tree["turns"]["t2"]["choices"]:
        each["goto"] = "t4"
    choice(tree, "t2a").update(learn=["f_single", "f_late"], meets=["q_homework", "a_one", "q_problem", "q_countable"])
    del tree["turns"]["t3"]


def giving(name: str, **values: Any) -> Callable[[Tree], object]:
    return lambda tree: choice(tree, name).update(values)


def end(name: str) -> Tree:
    tree: Tree = deepcopy(good()["ends"][name])
    return tree


def no_more_seven(tree: Tree) -> None:
    """Turn t6 is asked twice over, so that the best path has seven … and then twelve turns."""
    for number in range(7, 13):
        tree["turns"][f"t{number}"] = {
            "customer": text("And now?", "然后呢？"),
            "choices": [
                {**deepcopy(choice(tree, "t6b")), "id": f"u{number}{sign}", "goto": f"t{number + 1}"} for sign in "abc"
            ],
        }
    for sign in "abc":
        choice_ = next(each for each in tree["turns"]["t12"]["choices"] if each["id"] == f"u12{sign}")
        choice_["goto"] = "e_continuation"
    choice(tree, "t6b")["goto"] = "t7"


# (what is planted, the code expected, a part of its place)
PLANTED: list[tuple[str, Callable[[Tree], object], str, str]] = [
    ("missing key", drop("t1a", "goto"), "schema.missing", "turns.t1.choices.t1a.goto"),
    ("unknown key", put("t1a", "got", value="t2"), "schema.extra_forbidden", "turns.t1.choices.t1a.got"),
    ("unknown move", put("t1a", "move", value="chat"), "schema.literal_error", "t1a.move"),
    ("word for number", put("t1a", "trust", value="much"), "schema.whole", "t1a.trust"),
    ("odd name", put("facts", "F Odd", value=good()["facts"]["f_late"]), "schema.string_pattern_mismatch", "facts"),
    ("no score said", drop("t1b", "meets"), "schema.missing", "t1b.meets"),
    ("text without Chinese", drop("t1b", "say", "zh"), "schema.missing", "t1b.say.zh"),
    ("id twice", put("t1c", "id", value="t1a"), "duplicate_id", "t1a"),
    ("dangling goto", put("t1a", "goto", value="t99"), "goto_missing", "t1a"),
    ("best end unknown", put("best_end", value="e_more"), "goto_missing", "best_end"),
    ("last arm with condition", put("t6a", "arms", 1, "when", value={"trust_gte": 1}), "no_default", "t6a"),
    ("unknown fact", put("t6a", "knows", value=["f_none"]), "unknown_fact", "t6a"),
    ("unknown mine", put("t1a", "mines", value=["m_none"]), "unknown_mine", "t1a"),
    ("unknown criterion", put("t1b", "meets", value=["a_none"]), "unknown_criterion", "t1b"),
    ("unknown flag", put("t5e", "when", value={"flags_all": ["seven"]}), "unknown_flag", "t5e"),
    ("unknown offer", put("t2c", "offer", value={"gift": 1}), "unknown_offer", "t2c"),
    ("best end without goal", put("ends", "e_advance", "goal", value=False), "best_end_no_goal", "e_advance"),
    ("abort is the goal", put("abort", "to", value="e_step"), "abort_is_goal", "abort"),
    ("style against scales", put("persona", "assertiveness", value=0.1), "style_axes", "persona.style"),
    ("backup against style", put("persona", "backup", value="avoid"), "style_backup", "persona.backup"),
    ("diagnosis against persona", put("diagnosis", "style", "answer", value="amiable"), "diagnosis_differs", "style"),
    ("weights not one", put("rubric", "weights", "value", value=0.5), "weights", "rubric"),
    ("competency without criteria", both(drop("criteria", "v_effect"), drop("criteria", "v_numbers")), "competency_empty", "criteria"),
    ("bands", put("rubric", "pass", value=55), "bands", "rubric"),
    ("trust bounds", put("trust", "start", value=10), "trust_bounds", "trust"),
    ("placeholder", put("t1a", "say", value=text("Hello {nobody}.", "你好{nobody}。")), "placeholder", "t1a"),
    ("placeholder for nobody", put("t1a", "say", value=text("Hello {customer}.", "{customer}您好。")), "placeholder_unbound", "t1a"),
    ("cycle", put("t5d", "goto", value="t3"), "cycle", "turns."),
    ("endless talk", no_more_seven, "too_long", "turns"),
    ("all choices gated", lambda tree: [each.update(when={"trust_gte": 1}) for each in tree["turns"]["t2"]["choices"]], "no_open_choice", "t2"),
    ("two choices", lambda tree: tree["turns"]["t2"]["choices"].pop(1), "few_choices", "t2"),
    ("two fatal lines", both(put("minefields", "m_giveaway", "severity", value="fatal"), giving("t5a", mines=["m_giveaway"])), "many_fatal", "t5"),
    ("fatal goes on", put("minefields", "m_monologue", "severity", value="fatal"), "fatal_goes_on", "t1c"),
    ("unreached turn", put("turns", "t9", value=good()["turns"]["t2"] | {"choices": [{**each, "id": f"x{n}"} for n, each in enumerate(good()["turns"]["t2"]["choices"])]}), "unreached_turn", "t9"),
    ("unreached choice", put("t5e", "when", value={"mines_gte": 9}), "unreached_choice", "t5e"),
    ("unreached arm", put("t6c", "arms", 0, "when", value={"trust_gte": 101}), "unreached_arm", "t6c"),
    ("unreached line", lambda tree: tree["turns"]["t4"]["customer"].insert(0, {**text("Well.", "嗯。"), "when": {"trust_gte": 101}}), "unreached_line", "t4.customer.1"),
    ("unreached end", put("ends", "e_other", value=end("e_nosale")), "unreached_end", "e_other"),
    ("fact never told", put("facts", "f_more", value={"kind": "situation", "text": text("More.", "还有。")}), "fact_hidden", "f_more"),
    ("hidden need told to anybody", put("facts", "f_late", "kind", value="hidden_need"), "need_ungated", "f_late"),
    ("mine nobody hits", put("minefields", "m_more", value=good()["minefields"]["m_contest"]), "mine_unhit", "m_more"),
    ("criterion nobody meets", put("criteria", "a_more", value=good()["criteria"]["a_one"]), "criterion_unmet", "a_more"),
    ("too few open", put("t2b", "when", value={"trust_gte": 45}), "options_open", "t2"),
    ("customer speaks early", lambda tree: tree["turns"]["t4"]["customer"].pop(1) and tree["turns"]["t4"]["customer"][0].pop("when"), "speaks_early", "t4.customer"),
    ("seller speaks early", put("t6a", "when", value={"facts_all": ["f_authority"]}), "speaks_early", "t6a"),
    ("fact not declared", put("t3a", "say", value=text("Four of eleven came late, I hear?", "听说十一批里晚了四批？")), "undeclared", "t3a"),
    ("figure not declared", put("t5d", "say", value=text("Sixty thousand yuan an hour, I hear.", "听说一小时六万。")), "undeclared", "t5d"),
    ("concession shrinks", put("t5e", "offer", "discount", value=4), "shrinks", "t5e"),
    ("best path is not full", put("t1b", "meets", value=[]), "best_not_full", "criteria"),
    ("best path elsewhere", put("t6a", "arms", 0, "goto", value="e_step"), "best_elsewhere", "best_end"),
    ("best path hits a mine", put("t2a", "mines", value=["m_smalltalk"]), "best_hits_mine", "minefields"),
    ("best path misses a fact", both(put("t5c", "arms", 0, "learn", value=["f_authority"]), giving("t5d", learn=["f_budget"])), "best_misses_fact", "facts"),
    ("no diagnosis on the way", put("diagnosis", "before", value="t9"), "goto_missing", "diagnosis.before"),
    ("too few turns", skip_a_turn, "turns_count", "turns"),
    ("order of moves", both(put("t2a", "move", value="problem"), put("t3b", "move", value="situation")), "move_order", "move_order"),
    ("too many questions about the situation", both(put("t1b", "move", value="situation"), put("t3b", "move", value="situation")), "many_situation", "turns"),
    ("a rival as good", giving("t1c", trust=10, meets=["a_purpose"], mines=[], flags=["opened"]), "rival_line", "t1"),
    ("place gives away", both(swap("t1", (1, 0, 2)), swap("t3", (1, 0, 2)), swap("t5", (2, 0, 1, 3, 4))), "place_gives_away", "turns"),
    ("length gives away", lambda tree: [choice(tree, name)["say"].update(en=choice(tree, name)["say"]["en"] + " " + "Indeed, and so on, and so on." * 3) for name in ("t1b", "t2a", "t3b", "t4c")], "length_gives_away", "turns"),
    ("chance passes", both(put("rubric", "pass", value=20), put("rubric", "bands", 1, "min", value=20)), "random_passes", "rubric"),
    ("a strategy passes", both(put("rubric", "pass", value=26), put("rubric", "bands", 1, "min", value=26), put("ends", "e_continuation", "goal", value=True)), "lazy_passes", "turns"),
    ("keys of no conversation", put("reversal", "good", value=["t1b", "t9z"]), "reversal_keys", "reversal.good"),
    ("poor model", put("reversal", "good", value=["t1b", "t2a", "t3b", "t4c", "t5c", "t6b"]), "reversal_good", "reversal.good"),
    ("bad model too good", put("reversal", "bad", value=["t1b", "t2a", "t3a", "t4c", "t5c", "t6b"]), "reversal_bad", "reversal.bad"),
    ("English in the Chinese", put("t1b", "reply", "zh", value="Good."), "zh_missing", "t1b"),
    ("Chinese in the English", put("t1b", "reply", "en", value="Good。"), "en_has_chinese", "t1b"),
    ("half-width signs", put("t2c", "reply", "zh", value="六个点,我记下了。"), "half_width", "t2c"),
    ("too long to say", put("t2c", "reply", "en", value="Six. " + "Noted. " * 40), "text_too_long", "t2c"),
    ("one language says less", put("t2b", "reply", "zh", value="给我们供了几年货，这些你还不知道？那你来这一趟到底想跟我谈什么呢？我每天要见的人多着呢。"), "length_ratio", "t2b"),
    ("markup", put("t1b", "reply", "en", value="<b>Good.</b>"), "markup", "t1b"),
    ("a telephone number", put("t6b", "reply", value=text("Call 13812345678.", "打13812345678这个电话。")), "personal", "t6b"),
    ("a real company", put("t3c", "reply", value=text("I chose Siemens. Careful.", "西门子是我选的，说话注意。")), "brand", "t3c"),
    ("figures differ", put("t5c", "arms", 0, "reply", "zh", value="两百万以上，总经理和质量副总会签。钱有，今年批了530万。"), "figures_differ", "t5c"),
    ("written English", stiffen, "stiff", "turns"),
    ("said twice", put("t2b", "say", value=good()["turns"]["t2"]["choices"][0]["say"]), "said_twice", "t2b"),
]  # fmt: skip


# Faults that only show on the paths: the quick tests plant a few of them, the full tests all.
WALKED = {
    code for _, _, code, _ in PLANTED if code.startswith(("unreached", "best", "reversal", "options", "speaks", "rival"))
} | {
    "fact_hidden", "need_ungated", "mine_unhit", "criterion_unmet", "shrinks", "turns_count", "move_order",
    "many_situation", "place_gives_away", "length_gives_away", "random_passes", "lazy_passes",
}  # fmt: skip
TEXTS = {
    "undeclared", "zh_missing", "en_has_chinese", "half_width", "text_too_long", "length_ratio", "markup", "personal",
    "brand", "figures_differ", "said_twice", "stiff",
}  # fmt: skip
QUICK = {"speaks_early", "best_not_full", "shrinks", "lazy_passes"}


def phase(code: str) -> str:
    return "" if code in WALKED else "texts" if code in TEXTS else "form"


def _planted() -> Iterator[Any]:
    for each in PLANTED:
        slow = each[2] in WALKED - QUICK
        yield pytest.param(*each, id=each[0], marks=[pytest.mark.full] if slow else [])


@pytest.mark.parametrize(("planted", "mend", "code", "place"), list(_planted()))
def test_a_planted_fault_is_reported_with_its_place(
    planted: str, mend: Callable[[Tree], object], code: str, place: str
) -> None:
    """Each check finds what was planted for it, says where, and says it in both languages."""
    found = [each for each in broken(mend, phase=phase(code)) if each.code == f"lint.{code}"]

    assert found
    assert any(place in str(each.values["place"]) for each in found)
    said = [Words(language).say(found[0]) for language in ("en", "zh")]
    assert all(said)
    assert not any("{" in each and "bound" not in each for each in said)


def test_every_check_has_a_planted_fault() -> None:
    """No code of the linter's words goes untested here, but for those of files and of chance."""
    elsewhere = {
        "title", "clean", "at", "here", "too_big", "alias", "too_deep", "not_a_scenario", "wrong_name", "pair_missing",
        "pair_differs", "version_same", "unreadable", "competency_missing", "few_cues", "worst_passes",
        "passes_without_goal", "no_diagnosis",
    }  # fmt: skip
    words = yaml.safe_load((ROOT / "custlib" / "words" / "lint.yaml").read_text("utf-8"))
    codes = {key for key in words if key not in ("schema", "report")} - elsewhere

    assert codes - {code for _, _, code, _ in PLANTED} == set()


AT_ONCE = [
    pytest.param(
        both(put("t1b", "reply", "zh", value="Good."), put("t1b", "meets", value=[])),
        {"zh_missing", "best_not_full"},
        id="a text and a path",
    ),
    pytest.param(
        both(put("t5e", "offer", "discount", value=4), put("t6a", "when", value={"facts_all": ["f_authority"]})),
        {"shrinks", "speaks_early"},
        id="memory and knowledge on one path",
    ),
]


@pytest.mark.parametrize(("mend", "codes"), AT_ONCE)
def test_two_faults_at_once_are_both_reported(mend: Callable[[Tree], object], codes: set[str]) -> None:
    """One fault does not hide another, be they of different phases or on the same path."""
    assert {f"lint.{code}" for code in codes} <= {each.code for each in broken(mend)}


def test_a_dangling_goto_stops_before_the_paths_are_walked() -> None:
    """The second phase would stumble over what the first has found, so it does not begin."""
    tree = deepcopy(good())
    choice(tree, "t1a")["goto"] = "t99"

    assert lint(parse(written(tree), "x.yaml")).states == 0


@pytest.mark.parametrize(("missing", "code"), [("diagnosis", "competency_missing"), ("cues", "few_cues")])
def test_faults_of_lists_are_reported(missing: str, code: str) -> None:
    """A competency without weight, and a persona of whom nothing can be seen, are named."""

    def mend(tree: Tree) -> None:
        if missing == "cues":
            for cue in tree["persona"]["cues"]:
                cue["noise"] = True
        else:
            del tree["debrief"]["rules"]["diagnosis"]

    assert f"lint.{code}" in {each.code for each in broken(mend)}


def test_where_the_best_path_skips_the_diagnosis_it_is_said() -> None:
    """A diagnosis before a turn the best path never sees would not be asked."""

    def mend(tree: Tree) -> None:
        tree["turns"]["t0"] = deepcopy(tree["turns"]["t2"])
        for number, each in enumerate(tree["turns"]["t0"]["choices"]):
            each["id"] = f"x{number}"
        tree["diagnosis"]["before"] = "t0"
        choice(tree, "t1c")["goto"] = "t0"

    assert "lint.no_diagnosis" in {each.code for each in broken(mend)}


def test_where_even_the_worst_path_passes_it_is_said() -> None:
    """A scenario nobody can fail teaches nothing."""

    def mend(tree: Tree) -> None:
        tree["ends"] = {name: {**each, "goal": True} for name, each in tree["ends"].items()}
        tree["ends"]["e_left"] = {**tree["ends"]["e_nosale"], "goal": False}
        tree["abort"] = {**tree["abort"], "trust_lte": -1, "to": "e_left"}
        tree["trust"]["min"] = -1
        tree["rubric"]["pass"] = tree["rubric"]["bands"][1]["min"] = 1
        tree["penalty"] = {"minor": 0, "major": 0, "fatal": 0}
        for each in tree["turns"]["t1"]["choices"]:
            each.update(meets=["a_purpose"], trust=40)

    assert "lint.worst_passes" in {each.code for each in broken(mend)}


# --- hostile files


def test_a_yaml_bomb_is_refused_before_it_is_built() -> None:
    """Aliases that multiply are refused by their events alone."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{sign}: &{sign} [{', '.join(['*' + before] * 9)}]"
        for before, sign in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(BadScenario) as caught:
        parse("\n".join(lines), "bomb.yaml")

    assert caught.value.faults[0].code == "lint.alias"
    assert "bomb.yaml:2" in str(caught.value)


@pytest.mark.parametrize("nested", ["[" * 5_000 + "]" * 5_000, "a: " + "{a: " * 400 + "1" + "}" * 400])
def test_deep_nesting_is_refused(nested: str) -> None:
    """Nesting that would exhaust a stack is refused by its events alone."""
    with pytest.raises((BadScenario, BadContent)):
        parse(nested, "deep.yaml")


def test_five_megabytes_of_text_are_refused() -> None:
    """A file larger than any scenario is not read."""
    with pytest.raises(BadScenario) as caught:
        parse("title: " + "x" * 5_000_000, "big.yaml")

    assert caught.value.faults[0].code == "lint.too_big"
    assert LARGEST_FILE < 5_000_000


@pytest.mark.parametrize(
    "text_", ["- 1\n- 2", "just words", "", "!!python/object/apply:os.system ['true']", "a: b: c", "\x00"]
)
def test_what_is_no_scenario_is_refused_with_a_sentence(text_: str) -> None:
    """A list, words, nothing, a Python tag and broken YAML: each is an error of ours, never a traceback."""
    with pytest.raises((BadScenario, BadContent)) as caught:
        parse(text_, "odd.yaml")

    assert "odd.yaml" in str(caught.value)


def test_html_in_every_text_is_reported_at_each() -> None:
    """Markup is named wherever it stands; what is shown of it is text."""

    def mend(tree: Any) -> None:
        for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
            if isinstance(value, dict) and isinstance(value.get("en"), str):
                value["en"] += " <img src=x onerror=alert(1)>"
            mend(value)

    places = {each.values["place"] for each in broken(mend, phase="texts") if each.code == "lint.markup"}

    assert len(places) > 60
    assert {"title.en", "turns.t1.t1a.say.en", "persona.name.en"} <= places


def test_a_key_written_twice_is_refused() -> None:
    """YAML would keep the last one silently."""
    with pytest.raises(BadContent):
        parse(FILE.read_text("utf-8") + "\nstart: t2\n", "twice.yaml")


# --- the scenarios of the course


@lru_cache(maxsize=8)
def scenario(name: str) -> Scenario:
    return parse((FILE.parent / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")


@pytest.mark.full
@pytest.mark.parametrize("name", known(ROOT))
def test_a_scenario_of_the_course_is_proved(name: str) -> None:
    """No fault; the best path is full and ends where it should; chance fails by 15 points, and every lazy strategy."""
    each = scenario(name)
    report = lint(each)

    assert list(lint_scenarios(ROOT, (name,))) == []
    assert report.complete
    assert report.best_score == 100
    assert report.mean <= each.rubric.passing - 15
    assert max(attempt.score for attempt in report.attempts) < each.rubric.passing
    assert {attempt.strategy for attempt in report.attempts} >= {"always_1", "always_4", *STRATEGIES}
    assert {end for _, end, _ in report.outcomes} == set(each.ends)
    assert sum(share for _, _, share in report.outcomes) == pytest.approx(1)
    assert not any(score >= each.rubric.passing and not each.ends[end].goal for score, end, _ in report.outcomes)


@pytest.mark.full
def test_beyond_the_bound_the_paths_are_sampled_and_the_report_says_so() -> None:
    """With a small bound the same scenario is walked at random, with a seed: same result twice, near the exact one."""
    exact = lint(scenario("driver-purchasing-director"))
    first, second = (lint(scenario("driver-purchasing-director"), most=100) for _ in range(2))

    assert not first.complete
    assert first.mean == second.mean
    assert first.mean == pytest.approx(exact.mean, abs=1.5)
    assert first.best_score == 100


def test_the_first_scenario_is_proved() -> None:
    """No fault at all, over every path: more than ten thousand of them."""
    report = lint(parse(written(good()), "driver-purchasing-director.yaml"))

    assert report.faults == ()
    assert report.complete
    assert report.best_score == 100
    assert report.paths > 10_000


def test_equal_places_are_merged_without_changing_a_result() -> None:
    """The share of an end equals what a walk over every single path counts."""
    graph = explore(scenario("driver-purchasing-director"))
    shares: dict[str, float] = {}
    for _, end_, share in graph.outcomes:
        shares[end_] = shares.get(end_, 0.0) + share

    assert shares["e_nosale"] == pytest.approx(_counted("e_nosale"), abs=1e-9)


def _counted(wanted: str) -> float:
    from custlib.practice.graph import keys_at
    from custlib.practice.play import begin, move

    each = scenario("driver-purchasing-director")
    first = begin(each)

    def walk(at: str, state: Any) -> float:
        if at in each.ends:
            return float(at == wanted)
        if at.startswith("?"):
            return walk(*move(each, at, state, f"{at[1:]}:none", None)[:2])
        keys = keys_at(each, at, state, None)
        return sum(walk(*move(each, at, state, key, None)[:2]) for key in keys) / len(keys)

    return walk(first.at, first.state)
