"""The same course on other machines: other Pythons, other places, other locales, other processors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from custlib.course.root import outline

ROOT = Path(__file__).parents[1]
LESSONS = [entry.id for entry in outline(ROOT).lessons]
OTHERS = [
    version for version in ("3.11", "3.12", "3.13") if version != f"{sys.version_info.major}.{sys.version_info.minor}"
]
pytestmark = pytest.mark.full


def copy(folder: Path) -> Path:
    """A copy of the course, library included, in a folder with a space and Chinese characters."""
    place = folder / "客户 course"
    ignored = shutil.ignore_patterns(".*", "work", "build", "reports", "__pycache__", "instructor")
    shutil.copytree(ROOT, place, ignore=ignored)
    return place


def rebuilt(python: Path | str, course: Path, environment: dict[str, str], *options: str) -> dict[str, bool]:
    """Build every edition and the practice data there; say of each whether it has the committed bytes."""
    for made in (["build", "--jobs", "1"], ["data"]):
        command = [str(python), *options, "-m", "custlib", *made]
        done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr[-2000:]
    names = [f"notebooks/{language}/{lesson}.ipynb" for language in ("en", "zh") for lesson in LESSONS]
    names += [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "datasets").rglob("*.*"))]
    return {name: (course / name).read_bytes() == (ROOT / name).read_bytes() for name in names}


def plain(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COV"))}
    return kept | more


def interpreters(version: str) -> Iterator[str]:
    """A Python of this version that really starts: on the path, or among pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for place in (shutil.which(f"python{version}"), *map(str, sorted(pyenv.glob(f"{version}.*/bin/python")))):
        if place and not subprocess.run([place, "-c", "import venv, ensurepip"], capture_output=True).returncode:
            yield place


@pytest.fixture(scope="session")
def gbk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A Chinese locale in GBK, compiled here where the system has its sources."""
    if not Path("/usr/share/i18n/charmaps/GBK.gz").exists() or shutil.which("localedef") is None:
        pytest.skip("the sources of the GBK locale are not on this machine (Debian: locales)")
    folder = tmp_path_factory.mktemp("locales")
    subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "GBK", str(folder / "zh_CN.GBK")], check=False, capture_output=True
    )
    assert (folder / "zh_CN.GBK").exists()
    return {
        "LOCPATH": str(folder),
        "LC_ALL": "zh_CN.GBK",
        "LANG": "zh_CN.GBK",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }


def test_a_foreign_place_gives_the_same_bytes(tmp_path: Path, gbk: dict[str, str]) -> None:
    """A space and Chinese in the path, a home that cannot be written, another time zone, GBK, default encodings warned of."""
    course = copy(tmp_path)
    # A pseudo file system refuses writing even to root.
    environment = plain(PYTHONPATH=str(course), HOME="/proc", TZ="Asia/Kathmandu", **gbk)

    same = rebuilt(sys.executable, course, environment, "-X", "warn_default_encoding")

    assert same == dict.fromkeys(same, True)


def test_no_text_of_ours_depends_on_the_default_encoding(tmp_path: Path) -> None:
    """Every file is opened with its encoding named: the warning of Python, raised as an error in our modules."""
    course = copy(tmp_path)
    code = (
        "import warnings; warnings.filterwarnings('error', category=EncodingWarning, module='custlib');"
        "from custlib.course.cli import main; main(['build', '--check'])"
    )
    command = [sys.executable, "-X", "warn_default_encoding", "-c", code]
    done = subprocess.run(
        command, cwd=course, env=plain(PYTHONPATH=str(course)), capture_output=True, text=True, encoding="utf-8"
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_old_processor_gives_the_same_bytes(tmp_path: Path) -> None:
    """With AVX switched off for NumPy, figures and charts stay as they are."""
    import numpy as np

    found = np._core._multiarray_umath.__cpu_features__
    off = [
        name
        for name in ("AVX512_SKX", "AVX512_SPR", "AVX512_ICL", "AVX512F", "AVX2", "FMA3", "X86_V3", "X86_V4")
        if found.get(name)
    ]
    if not off:
        pytest.skip("this processor has no AVX to switch off")
    course = copy(tmp_path)

    same = rebuilt(sys.executable, course, plain(PYTHONPATH=str(course), NPY_DISABLE_CPU_FEATURES=" ".join(off)))

    assert same == dict.fromkeys(same, True)


@pytest.mark.parametrize("version", OTHERS)
def test_another_python_gives_the_same_bytes(tmp_path: Path, version: str) -> None:
    """Installed from the lock into a fresh environment, Python 3.11, 3.12 and 3.13 build the same files, and nbval agrees."""
    interpreter = next(interpreters(version), None)
    if interpreter is None:
        pytest.skip(f"Python {version} is not on this machine")
    course = copy(tmp_path)
    subprocess.run([interpreter, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    locks = [part for name in ("requirements.lock", "requirements-dev.lock") for part in ("-r", str(ROOT / name))]
    subprocess.run([*pip, "--require-hashes", *locks], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", str(course)], check=True)
    same = rebuilt(python, course, plain(PYTHONPATH=str(course)))
    nbval = [str(python), "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "notebooks/en", "notebooks/zh"]
    validated = subprocess.run(nbval, cwd=course, env=plain(PYTHONPATH=str(course)), capture_output=True, text=True)

    assert same == dict.fromkeys(same, True)
    assert validated.returncode == 0, validated.stdout[-2000:]
