"""Reading a scenario file: refused or frozen, with the place and the remedy of every fault of its form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import ValidationError

from custlib.content import Finding, parse_yaml
from custlib.errors import BadScenario, UnreadableFile
from custlib.practice.scenarios import Scenario

LARGEST_FILE = 256_000
DEEPEST = 14


def load(path: Path) -> Scenario:
    """Read one scenario file. Raises UnreadableFile, BadContent, BadScenario with every place and what to do."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadScenario(path=path.name, faults=[Finding("lint.too_big", {"place": path.name, "most": 256})])
        return parse(path.read_text("utf-8-sig"), path.name)
    except FileNotFoundError:
        raise UnreadableFile(path=path.name, reason="missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path=path.name, reason=str(error)) from error


def parse(text: str, name: str) -> Scenario:
    """Read a scenario from text. Aliases, deep nesting and unknown keys are refused; nothing is executed."""
    if len(text.encode()) > LARGEST_FILE:
        raise BadScenario(path=name, faults=[Finding("lint.too_big", {"place": name, "most": LARGEST_FILE // 1000})])
    _refuse_bombs(text, name)
    data = parse_yaml(text, name)
    if not isinstance(data, dict):
        raise BadScenario(path=name, faults=[Finding("lint.not_a_scenario", {"place": name})])
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        tree = yaml.compose(text, Loader=yaml.CSafeLoader)
        raise BadScenario(path=name, faults=list(_faults(error, tree))) from None


def _refuse_bombs(text: str, name: str) -> None:
    """Look at the events alone, before anything is built: an alias can multiply, and nesting can exhaust a stack."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = _line(event)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise BadScenario(path=name, faults=[Finding("lint.alias", {"place": f"{name}:{line}"})])
            if depth > DEEPEST:
                raise BadScenario(path=name, faults=[Finding("lint.too_deep", {"place": f"{name}:{line}"})])
    except yaml.YAMLError:
        return  # parse_yaml says it, with the place


# What pydantic calls its findings, in families an author can act on.
_FAMILIES = {
    "missing": "missing",
    "extra_forbidden": "extra_forbidden",
    "literal_error": "literal_error",
    "string_pattern_mismatch": "string_pattern_mismatch",
    "string_too_long": "string_too_long",
    "string_too_short": "missing",
    "string_type": "text",
    "too_short": "too_few",
    "too_long": "too_many",
    "int_parsing": "whole",
    "int_type": "whole",
    "int_from_float": "whole",
    "float_parsing": "number",
    "float_type": "number",
    "bool_parsing": "yes_no",
    "bool_type": "yes_no",
    "greater_than": "bounds",
    "greater_than_equal": "bounds",
    "less_than_equal": "bounds",
    "tuple_type": "list",
    "dict_type": "group",
    "model_type": "group",
    "model_attributes_type": "group",
}


def _faults(error: ValidationError, tree: yaml.Node | None) -> Iterable[Finding]:
    """Each fault of the form: where it stands in the file, as the author wrote it, and what is expected."""
    found = error.errors(include_url=False)
    places = [each["loc"] for each in found]
    for each in found[:40]:
        # A list that is too short only because one of its items is wrong says nothing of its own.
        inner = any(len(loc) > len(each["loc"]) and loc[: len(each["loc"])] == each["loc"] for loc in places)
        if each["type"] == "too_short" and inner:
            continue
        place, line = _place(tree, each["loc"])
        code = _FAMILIES.get(each["type"], "form")
        expected = (each.get("ctx") or {}).get("expected", each["msg"])
        yield Finding(f"lint.schema.{code}", {"place": place, "line": line, "expected": expected})


def _place(node: yaml.Node | None, parts: tuple[int | str, ...]) -> tuple[str, int]:
    """Turn pydantic's path into the author's: choices by id, and no `arms` where none are written."""
    names: list[str] = []
    line = 1
    for part in parts:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == str(part)), None)
            if found is None and (isinstance(part, int) or part in ("arms", "[key]")):
                continue
            if found is None and part == "schema_":
                part = "schema"
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
            given = found.value if isinstance(found, yaml.MappingNode) else []
            part = next((value.value for key, value in given if key.value == "id"), part + 1)
        names.append(str(part))
        if found is None:
            break
        node, line = found, _line(found)
    return ".".join(names), line


def _line(marked: yaml.Node | yaml.Event) -> int:
    return marked.start_mark.line + 1 if marked.start_mark else 1
