"""The course's own exercises: the engine checks its bank, the linter finds planted faults, the loader names places."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from custlib.content import Words
from custlib.course.desk import VARIANTS, banks, key, posed
from custlib.course.exercise_lint import lint_bank, lint_exercises, lint_problem
from custlib.course.lesson import open_lesson
from custlib.course.linting import lint
from custlib.course.root import bank as bank_paths
from custlib.errors import BadContent, UnknownName, UnreadableFile
from custlib.practice.bank import load
from custlib.practice.checking import check
from custlib.practice.problem import pose
from custlib.practice.selfcheck import right, selfcheck

ROOT = Path(__file__).parents[1]
BANKS = dict(banks(ROOT))
ALL = [(lesson, exercise.id) for lesson, bank in BANKS.items() for exercise in bank.exercises]


@pytest.mark.parametrize(("lesson", "exercise"), ALL)
def test_an_exercise_holds(lesson: str, exercise: str) -> None:
    """The model answer and what counts as right pass, each known slip fails with its own message, empty is no try."""
    assert list(selfcheck(posed(ROOT, lesson, exercise, 7))) == []


@pytest.mark.full
@pytest.mark.parametrize(("lesson", "exercise"), ALL)
def test_an_exercise_holds_on_twenty_seeds(lesson: str, exercise: str) -> None:
    """The same on the variants of a whole class."""
    assert [
        fault for seed in (*VARIANTS, *range(5, 21)) for fault in selfcheck(posed(ROOT, lesson, exercise, seed))
    ] == []


def test_the_bank_is_in_order() -> None:
    """`custlib lint` finds nothing in the course's own exercises."""
    assert list(lint_exercises(ROOT, seeds=(7,))) == []
    assert lint(ROOT, ("00_welcome",)) == []


@pytest.mark.parametrize(("lesson", "exercise"), ALL)
def test_an_exercise_reads_the_same_figures_in_both_languages(lesson: str, exercise: str) -> None:
    """A variant depends on the seed alone, not on the language it is asked in."""
    one, two = (posed(ROOT, lesson, exercise, 3, Words(language)) for language in ("en", "zh"))

    assert (one.answer, one.rows, one.slips) == (two.answer, two.rows, two.slips)


@pytest.mark.parametrize(("lesson", "exercise"), [each for each in ALL if each[1] in ("rfm-2", "rfm-3", "rfm-4")])
def test_anothers_answer_fails_with_a_useful_message(lesson: str, exercise: str) -> None:
    """The answer of another seed is wrong here, and is told so."""
    desk = open_lesson(lesson, seed=2).desk
    problem, other = desk.problem(exercise), posed(ROOT, lesson, exercise, 4)
    found = check(problem, next(right(other)))

    assert problem.answer != other.answer
    if exercise != "rfm-3":
        assert (found.outcome, found.slip) == ("incorrect", "elsewhere")
        assert "variant 4" in problem.fill(found.said[0], Words("en"))
    else:
        # A card shows its own customers: another seed's table has none of its rows.
        assert found.outcome == "not_attempted"


@pytest.mark.parametrize("unit", ["", " points", "分", " 分", "个点"])
def test_points_of_a_score_may_carry_their_unit(unit: str) -> None:
    """The reader of numbers takes points for per cent; where points are asked for, they are points."""
    problem = posed(ROOT, "09_experience", "experience-2", 7)

    assert check(problem, f"{problem.answer:.1f}{unit}").outcome == "correct"
    assert check(problem, f"{2 * problem.answer:.1f}{unit}").slip == "full"


def test_answers_are_short_functions_without_input_or_output() -> None:
    """At most ten lines of calls on tables and parameters; nothing is read, written, fetched or run."""
    for path in (ROOT / "exercises").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

        assert not names & {"open", "print", "eval", "exec", "input", "Path"}
        # A figure may come with its word in both languages.
        assert "custlib.analysis" in imported <= {"custlib.analysis", "custlib.content", "custlib.practice.bank"}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body

                assert (body[-1].end_lineno or 0) - body[0].lineno < 10, node.name
                assert len(node.args.args) <= 2


def test_every_kind_is_in_use() -> None:
    """The two lessons use single and multiple choice, numbers, orders, classes, both tables and free text."""
    kinds = {
        (exercise.kind, bool(getattr(exercise, "settings", ())))
        for bank in BANKS.values()
        for exercise in bank.exercises
    }

    assert {kind for kind, _ in kinds} == {
        "single",
        "multiple",
        "number",
        "order",
        "classify",
        "table",
        "free",
        "roleplay",
    }
    assert {form for kind, form in kinds if kind == "table"} == {True, False}
    assert all(len(BANKS[lesson].exercises) >= 8 for lesson in ("03_styles", "05_rfm"))


def test_the_key_of_any_seed_can_be_printed() -> None:
    """Answer, reasoning and source of each exercise, in both languages, without an unfilled place."""
    for language in ("en", "zh"):
        for problem, lines in key(ROOT, "05_rfm", 11, Words(language)):
            assert problem.trouble is None
            assert len(lines) >= 3
            assert not any("{" in line for line in lines)


def test_a_list_that_lacks_what_is_asked_cannot_be_checked() -> None:
    """A list of three customers without returns: said so, and no try."""
    orders = pd.DataFrame({"customer_id": list("abc"), "date": "2025-06-01", "amount": [1.0, 2.0, 3.0]})
    for exercise in ("rfm-2", "rfm-3", "rfm-4", "rfm-7"):
        problem = pose(BANKS["05_rfm"], exercise, {"orders": orders}, seed=7, variant="own 1")

        assert check(problem, "1").outcome == "cannot_check"
        assert "名单" in problem.fill(problem.trouble, Words("zh"))  # type: ignore[arg-type]


def test_an_own_list_without_order_numbers_serves() -> None:
    """What can be asked of a participant's list is asked, with ids in the place of names."""
    orders = posed_orders().drop(columns="order_id")
    problem = pose(BANKS["05_rfm"], "rfm-3", {"orders": orders}, seed=7, variant="own 1")

    assert list(selfcheck(problem)) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_beside_a_list_in_dollars_the_practice_company_counts_in_yuan(tmp_path: Path, language: str) -> None:
    """An exercise that does not rest on the list says whose figures it shows, with names and in yuan."""
    path = tmp_path / "list.csv"
    rows = "".join(f"K{at % 9},2025-0{1 + at % 6}-0{1 + at % 9},{100 + at}\n" for at in range(40))
    path.write_text("customer_id,date,amount\n" + rows, encoding="utf-8")
    desk = open_lesson("07_clv", language=language, orders=str(path), currency="USD").desk
    asked = {name: desk.ask(name)["text/plain"] for name in ("clv-1", "clv-3", "clv-7")}
    company, words = Words(language).text("practice.from_company"), desk.words

    assert company in asked["clv-1"]
    assert "USD" not in asked["clv-1"]
    assert not re.search(r"C\d{4}", asked["clv-1"])
    assert company not in asked["clv-3"]
    assert "USD" in asked["clv-3"]
    assert company not in asked["clv-7"]
    assert words.currency == "USD"


def test_another_list_of_ones_own_is_another_variant(tmp_path: Path) -> None:
    """Its exercises begin anew, and the variant's name holds nothing of the list."""
    found = []
    for amount in ("5", "6"):
        path = tmp_path / f"list{amount}.csv"
        path.write_text(f"customer_id,date,amount\nSecret,2025-06-01,{amount}\nOther,2025-06-02,7\n", encoding="utf-8")
        found.append(open_lesson("05_rfm", orders=str(path)).desk.problem("rfm-5").variant)

    assert found[0] != found[1]
    assert all(len(each) == 12 and each.startswith("own ") for each in found)


def posed_orders() -> pd.DataFrame:
    return open_lesson("05_rfm").table("orders")


def copy(folder: Path, change: Callable[[dict[str, Any]], None], lesson: str = "05_rfm") -> tuple[Path, Path]:
    """The lesson's bank with one fault planted."""
    words, answers = bank_paths(ROOT, lesson)
    data = yaml.safe_load(words.read_text("utf-8"))
    change({each["id"]: each for each in data["exercises"]} | {"all": data["exercises"]})
    (folder / words.name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    shutil.copy(answers, folder / answers.name)
    return folder / words.name, folder / answers.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda all_: all_["rfm-1"]["question"].pop("zh"), "rfm-1.single.question.zh"),
        (lambda all_: all_["rfm-1"].update(hint="x"), "rfm-1.single.hint"),
        (lambda all_: all_["rfm-2"].update(kind="nummer"), "rfm-2"),
        (lambda all_: all_["rfm-2"].update(minutes=99), "rfm-2.number.minutes"),
        (lambda all_: all_["rfm-2"].update(id="rfm-1"), "stands twice"),
        (lambda all_: all_["rfm-2"].update(id="rfm-99"), "function rfm_99"),
        (lambda all_: all_["rfm-5"].update(answer=["lines"]), "either answer: stands here"),
        (lambda all_: all_["rfm-3"].update(asked=[]), "asked: columns"),
        (lambda all_: all_["rfm-3"].pop("given"), "needs given"),
        (lambda all_: all_["all"].pop(0), "rfm_1 answers no exercise"),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_place(tmp_path: Path, change: Callable[[Any], None], said: str) -> None:
    """The exercise's id, the key in it, and what belongs there."""
    with pytest.raises(BadContent, match="05_rfm") as caught:
        load(*copy(tmp_path, change))

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("lesson", "change", "said"),
    [
        ("05_rfm", lambda all_: all_["rfm-3"]["why"].update(en="Count 6."), "different figures"),
        ("05_rfm", lambda all_: all_["rfm-2"]["question"].update(en="Of {customer}?"), "different values"),
        ("05_rfm", lambda all_: all_["rfm-2"]["why"].update(en="天 {answer} {as_of}"), "Chinese in the English"),
        (
            "05_rfm",
            lambda all_: all_["rfm-8"]["right"].update(zh="Four ticks, say it aloud"),
            "no Chinese in the Chinese",
        ),
        ("05_rfm", lambda all_: all_["rfm-8"]["right"].update(zh="打勾了,再念一遍"), "full-width"),
        ("05_rfm", lambda all_: all_["rfm-8"]["right"].update(zh="请您再念一遍"), "你"),
        ("05_rfm", lambda all_: all_["rfm-8"]["right"].update(en="**Four ticks"), "not closed"),
        ("05_rfm", lambda all_: all_["rfm-1"]["options"][1]["text"].update(en="x" * 300), "stands out by its length"),
        ("05_rfm", lambda all_: all_["rfm-1"]["options"][0].pop("says"), "each wrong option says"),
    ],
)
def test_lint_finds_a_planted_fault_of_words(
    tmp_path: Path, lesson: str, change: Callable[[Any], None], said: str
) -> None:
    """Figures, values, language, punctuation, emphasis, lengths: each with the place it stands in."""
    bank = load(*copy(tmp_path, change, lesson))

    assert any(said in line for line in lint_bank(bank)), list(lint_bank(bank))


def test_lint_finds_the_right_option_always_in_one_place(tmp_path: Path) -> None:
    """Two single choices whose right option is the second are told to change."""

    def change(all_: Any) -> None:
        twin = yaml.safe_load(yaml.safe_dump(all_["rfm-1"])) | {"id": "rfm-99", "answer": "near"}
        all_["all"].append(twin)

    assert any("place 2" in line for line in lint_bank(load(*copy(tmp_path, change))))


@pytest.mark.parametrize(
    ("exercise", "change", "said"),
    [
        (
            "rfm-4",
            lambda all_: all_["rfm-4"]["hints"][0].update(en="It is {answer:count}.", zh="是 {answer:count}。"),
            "gives the answer away",
        ),
        (
            "rfm-4",
            lambda all_: all_["rfm-4"]["slips"].append({"id": "never", "says": {"en": "x", "zh": "字"}}),
            "no answer shows the slip “never”",
        ),
        ("rfm-8", lambda all_: all_["rfm-8"]["slips"][0]["pattern"].update(en="zzz"), "reproach"),
        ("rfm-5", lambda all_: all_["rfm-5"]["slips"][0].update(answer=["lines", "split"]), "no answer shows the slip"),
    ],
)
def test_lint_finds_a_planted_fault_of_answers(
    tmp_path: Path, exercise: str, change: Callable[[Any], None], said: str
) -> None:
    """A hint that says the answer, a slip nobody can make, a pattern that does not find its example."""
    bank = load(*copy(tmp_path, change))
    problem = pose(bank, exercise, {"orders": posed_orders()}, seed=7)

    assert any(said in line for line in [*selfcheck(problem), *lint_problem(problem)])


def test_lint_finds_what_a_lesson_does_not_ask(tmp_path: Path) -> None:
    """An exercise nobody is asked, and one that is asked and does not exist."""
    for folder in ("exercises", "notebooks/source", "datasets"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "notebooks" / "course.yaml", tmp_path / "notebooks" / "course.yaml")
    source = tmp_path / "notebooks" / "source" / "05_rfm.py"
    source.write_text(source.read_text("utf-8").replace('"rfm-8"', '"rfm-88"'), encoding="utf-8")
    lines = list(lint_exercises(tmp_path, ("05_rfm",), seeds=()))

    assert [line for line in lines if "rfm-8:" in line or "rfm-88:" in line] == lines
    assert len(lines) == 2


def test_an_exercise_that_is_not_there_is_answered_with_the_nearest(tmp_path: Path) -> None:
    """A slip in the id names the one that was meant; a lesson without exercises says so."""
    with pytest.raises(UnknownName, match="rfm-3"):
        open_lesson("05_rfm").desk.problem("rfm-33")
    with pytest.raises(UnreadableFile):
        load(tmp_path / "13_x.yaml", tmp_path / "13_x.py")
