"""Is this machine ready? Each check says what is wrong and how to mend it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from custlib.content import Finding
from custlib.course import root as course
from custlib.quick import quick_imports

OLDEST = (3, 11)
FRONT_ENDS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")


class Check(NamedTuple):
    """One thing looked at: is it in order, and the sentence that says so."""

    ok: bool
    finding: Finding


def examine(root: Path) -> list[Check]:
    """Look at versions, write access, data, charts, fonts and what would need the internet."""
    return list(_checks(root))


def _checks(root: Path) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield _check(sys.version_info >= OLDEST, "python", version=version, least=".".join(map(str, OLDEST)))
    wrong = _wrong_versions()
    yield _check(not wrong, "libraries", wrong=wrong)
    yield _check(_writable(course.work(root)), "write", folder=str(course.work(root)))
    yield _check(_draws(), "charts")
    absent = [name for name in FRONT_ENDS if not (Path(sys.prefix) / "share/jupyter/labextensions" / name).is_dir()]
    yield _check(not absent, "offline", absent=absent)
    if (chinese := _chinese_glyphs()) is not None:
        yield _check(chinese, "fonts")


def _check(ok: bool, code: str, **values: object) -> Check:
    return Check(ok, Finding(f"doctor.{code}.{'ok' if ok else 'mend'}", values))


def _wrong_versions() -> list[str]:
    """What the package asks for and this environment does not have."""
    from packaging.requirements import Requirement

    wrong = []
    for line in metadata.requires("custlib") or []:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(requirement.name)
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            wrong.append(f"{requirement.name} {found}")
    return wrong


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _draws() -> bool:
    """Altair makes a chart of the version that Lab can draw."""
    with quick_imports():
        import altair as alt
    return alt.SCHEMA_VERSION.startswith("v5")


def _chinese_glyphs() -> bool | None:
    """Whether pictures show Chinese: two different characters give two different pictures; None if not to be seen."""
    try:
        import vl_convert
    except ModuleNotFoundError:
        return None

    def drawn(text: str) -> bytes:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="30" font-family="sans-serif">{text}</text></svg>'
        return bytes(vl_convert.svg_to_png(svg))

    return drawn("客") != drawn("户")
