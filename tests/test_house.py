"""The house's law: who may import whom, how large a room may be, and what may stand nowhere."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from custlib.course import Lesson, editions
from custlib.course.root import outline

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "custlib"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("ground", "analysis", "practice", "views", "course")


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "ground"


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_stands_to_its_left(path: Path) -> None:
    """Ground, analysis, practice, views, course: an import never points to the right."""
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    if path.name == "__main__.py":
        return

    wrong = [
        name
        for name in imports(path)
        if name.startswith("custlib") and ROOMS.index(room(name)) > ROOMS.index(room(own))
    ]

    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    """A module stays under 400 lines."""
    assert len(path.read_text("utf-8").splitlines()) < 400


def lines_of_code(path: Path) -> int:
    """Lines with code on them: docstrings carry contracts and sources, and are wanted."""
    text = path.read_text("utf-8")
    documented: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            documented |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    empty = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in empty]
    return len({line for token in tokens for line in range(token.start[0], token.end[0] + 1)} - documented)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_stays_small(name: str) -> None:
    """A room stays within 4,500 lines of code, each alcove off it within 1,500, so that one can know it."""
    sizes: Counter[str] = Counter()
    for path in MODULES:
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if room(".".join(("custlib", *parts))) == name:
            sizes["/".join(parts[1:-1])] += lines_of_code(path)

    assert sizes.pop("") < 4_500
    assert [(alcove, size) for alcove, size in sizes.items() if size >= 1_500] == []


def test_nothing_outside_imports_the_notebooks() -> None:
    """Notebooks and exercises import custlib; nothing imports them."""
    assert [
        path for path in MODULES if any(name.split(".")[0] in ("notebooks", "exercises") for name in imports(path))
    ] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_library_does_not_print(path: Path) -> None:
    """What a reader sees goes through a view or the command line, never through print."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]

    assert [
        call.id for call in calls if isinstance(call, ast.Name) and call.id in ("print", "eval", "exec", "input")
    ] == []


def test_importing_custlib_loads_nothing_heavy() -> None:
    """`import custlib` loads no pandas, no numpy, no altair, and nothing of Jupyter."""
    heavy = "{'pandas', 'numpy', 'altair', 'IPython', 'nbformat', 'papermill', 'ipywidgets', 'yaml', 'pydantic'}"
    code = f"import sys, custlib; print(sorted({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("heavy", ["pandas", "altair", "papermill", "nbconvert"])
def test_the_command_line_starts_light(heavy: str) -> None:
    """The command line imports what a command needs when it needs it."""
    code = f"import sys, custlib.course.cli; print({heavy!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_only_one_module_knows_where_the_course_lies() -> None:
    """`course/root.py` builds the paths into the course; no other module names its folders."""
    folder = re.compile(r"""/ ?["'](notebooks|datasets|exercises|work)["']""")

    assert [path.name for path in MODULES if path.name != "root.py" and folder.search(path.read_text("utf-8"))] == []


def test_a_lesson_has_few_methods_and_knows_no_lesson_by_name() -> None:
    """At most twelve methods, and none that asks which lesson it is."""
    public = [name for name in vars(Lesson) if not name.startswith("_") and name not in Lesson.__dataclass_fields__]
    named = [
        entry.id for entry in outline(ROOT).lessons if entry.id in (PACKAGE / "course" / "lesson.py").read_text("utf-8")
    ]

    assert len(public) <= 12
    assert named == []


def test_nothing_generated_was_made_by_hand() -> None:
    """The committed notebooks are what the sources make, executed, with their outputs untouched."""
    assert editions.check(ROOT) == []


def test_generated_notebooks_are_marked() -> None:
    """Reviews fold the generated editions away."""
    attributes = (ROOT / ".gitattributes").read_text("utf-8")

    assert [f"notebooks/{language}/*.ipynb linguist-generated=true" in attributes for language in ("en", "zh")] == [
        True,
        True,
    ]


def test_environment_yml_agrees_with_pyproject_and_the_lock() -> None:
    """conda and Binder users get the Python range, the dependencies and the versions everybody else gets."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["report"]]
    entries = re.findall(r"^([a-z0-9-]+)==([^ \\]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
    locked = dict(entries)
    one = {name for name, count in Counter(name for name, _ in entries).items() if count == 1}
    conda = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    pip = [Requirement(line) for line in conda[-1]["pip"] if line != "-e ."]
    asked = {Requirement(line).name.lower(): Requirement(line).specifier for line in wanted}

    assert conda[0] == f"python{project['requires-python']}"
    assert "-e ." in conda[-1]["pip"]
    # Where the lock holds a version for each Python, conda users get the range.
    assert {each.name: str(each.specifier) for each in pip} == {
        name: f"=={locked[name]}" if name in one else str(asked[name]) for name in asked
    }
    assert {each.name for each in pip} == set(asked)
    assert all(asked[name].contains(locked[name]) for name in asked)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_versions_and_hashes_only(name: str) -> None:
    """No address of any registry stands in a lock, and no requirement is without a hash."""
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", text, flags=re.M).strip())

    assert "://" not in text
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_repository_speaks_of_itself_alone() -> None:
    """No registry address, no path of a machine, and no lock that records addresses stands in any tracked file."""
    registries = "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", "deb" + r"\.debian"])
    machine = re.compile(rf"https?://\S*({registries})|(?<![\w.])/(work|root|home/\w+)/(?!\w*\.lab)")
    readable = [path for path in tracked() if path.suffix not in (".ipynb", ".png")]
    wrong = [
        str(path.relative_to(ROOT)) for path in readable if machine.search(path.read_text("utf-8", errors="replace"))
    ]

    assert wrong == []
    assert [path.name for path in tracked() if path.name == "uv" + ".lock" or path.name.startswith("py" + "lock")] == []


def test_makefile_and_readme_name_the_same_steps() -> None:
    """Every `make` target the README names exists, in both languages."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = [
        set(re.findall(r"`?make ([a-z-]+)", (ROOT / name).read_text("utf-8"))) for name in ("README.md", "README.zh.md")
    ]

    assert named[0] == named[1]
    assert {"lab", "test"} <= named[0] <= targets
