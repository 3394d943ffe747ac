"""Build the notebooks: one source becomes an edition per language, executed, and the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from custlib.content import LANGUAGES
from custlib.course import root as course
from custlib.course.sources import Cell, read
from custlib.errors import LessonFailed, MissingTool
from custlib.quick import quick_imports
from custlib.views.bundle import VEGALITE, WIDGET

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config

PICTURE = "image/png"
# A kernel warns on stderr that it talks in the clear; it talks to this machine only.
QUIET_KERNEL = ["--IPKernelApp.log_level=ERROR"]
MINUTES = re.compile(r"^\*\*Instructor · [^*]*?(\d+) minutes")


def make(
    cells: tuple[Cell, ...], outline: course.Outline, lesson: str, language: str, *, instructor: bool
) -> NotebookNode:
    """Put one edition together, not yet executed."""
    with quick_imports():
        from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    made = []
    for cell in cells:
        if "instructor" in cell.tags and not instructor:
            continue
        metadata: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
        if cell.kind == "markdown":
            made.append(new_markdown_cell(cell.text(language), id=cell.id, metadata=metadata))
        else:
            metadata["jupyter"] = {"source_hidden": True}
            made.append(new_code_cell(cell.text(language), id=cell.id, metadata=metadata))
    metadata = {
        "course": _course(outline, lesson, language) | ({"plan": plan(cells)} if instructor else {}),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook: NotebookNode = new_notebook(cells=made, metadata=metadata)
    return notebook


def execute(notebook: NotebookNode, folder: Path, lesson: str) -> NotebookNode:
    """Run an edition in a fresh kernel and keep only what is the same each time. Raises LessonFailed."""
    with quick_imports():
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError

    try:
        with own_jupyter() as config:
            client = NotebookClient(
                notebook,
                config=config,
                timeout=300,
                record_timing=False,
                store_widget_state=False,
                extra_arguments=QUIET_KERNEL,
                resources={"metadata": {"path": str(folder)}},
            )
            client.execute()
    except CellExecutionError as error:
        failed = next(number for number, cell in enumerate(notebook.cells, 1) if _failed(cell))
        raise LessonFailed(lesson=lesson, cell=failed, reason=f"{error.ename}: {error.evalue}") from error
    return settle(notebook)


@contextmanager
def own_jupyter() -> Iterator[Config]:
    """Run kernels apart from the person's own Jupyter: their profile is not read, their home need not be writable.

    The settings for the kernel's manager come back. Where the system allows, the kernel is talked to through files: a
    port that is free when chosen may be taken when the kernel opens it, and a kernel that hears half its messages
    hangs.
    """
    from traitlets.config import Config

    places = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    before = {name: os.environ.get(name) for name in places}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {name: str(Path(folder) / str(number)) for number, name in enumerate(places)}
        # A socket's path has room for about a hundred characters.
        files = os.name == "posix" and len(folder) < 80
        try:
            yield Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}} if files else {})
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def settle(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run or is dead in a file, add the pictures, and seal the outputs."""
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(WIDGET, None)
            if VEGALITE in data:
                data[PICTURE] = picture(data[VEGALITE], notebook.metadata["course"]["language"])
    notebook.metadata["course"]["seal"] = seal(notebook)
    return notebook


def picture(spec: dict[str, Any], language: str) -> str:
    """A chart as PNG in base64, for pages that cannot draw it. Raises MissingTool."""
    try:
        import vl_convert
        from PIL import Image
    except ModuleNotFoundError as error:
        raise MissingTool(tool=str(error.name), work="build", extra="build") from None
    drawn = Image.open(BytesIO(vl_convert.vegalite_to_png(paper(spec, language), scale=1.5)))
    # A chart has few colours: 64 of them look the same and keep an eighth of the bytes, for each rebuild stays in history.
    small = drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    kept = BytesIO()
    small.save(kept, "PNG", optimize=True)
    return base64.b64encode(kept.getvalue()).decode() + "\n"


def paper(spec: dict[str, Any], language: str) -> dict[str, Any]:
    """The same chart with the ink of a white page: nobody supplies it there."""
    from custlib.views.theme import theme

    return {**spec, **theme(language, "paper")}


def seal(notebook: NotebookNode) -> str:
    """A digest of all outputs: an output changed by hand no longer matches it."""
    outputs = [[cell.id, cell.get("execution_count"), cell.get("outputs", [])] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(outputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def build(
    root: Path, *, lessons: tuple[str, ...] = (), instructor: bool = False, jobs: int = 2, done: Callable[[Path], None]
) -> None:
    """Build and execute the editions; `done` hears of each file. Raises BadContent, LessonFailed, UnknownName."""
    plan = [(root, lesson, language, instructor) for lesson in _lessons(root, lessons) for language in LANGUAGES]
    # A forked worker inherits the locks of threads it does not have, and can wait for them for ever.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for path in pool.map(_build, plan):
            done(path)


def refresh(root: Path, language: str) -> list[str]:
    """Make anew what is missing or stale in the instructor's edition of one language; return those lessons.

    Nothing is executed: in the Lab a lesson runs when it is opened. Raises BadContent, MissingTool.
    """
    with quick_imports():
        import nbformat

    made = []
    outline = course.outline(root)
    for entry in outline.lessons:
        place = course.edition(root, f"{course.INSTRUCTOR}{language}", entry.id)
        want = make(read(course.source(root, entry.id)), outline, entry.id, language, instructor=True)
        try:
            current = _key(nbformat.read(place, 4)) == _key(want)
        except (OSError, ValueError, nbformat.reader.NotJSONError):
            current = False
        if not current:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(nbformat.writes(want) + "\n", encoding="utf-8", newline="\n")
            made.append(entry.id)
    return made


def plan(cells: tuple[Cell, ...]) -> list[int]:
    """The minutes planned for each section, from the notes to the instructor; what stands before the first counts to it."""
    minutes: list[int] = []
    early = 0
    for cell in cells:
        if cell.kind != "markdown":
            continue
        minutes += [0] * len(re.findall(r"^## ", cell.text("en"), re.M))
        if "instructor" in cell.tags and (found := MINUTES.search(cell.text("en"))):
            if minutes:
                minutes[-1] += int(found[1])
            else:
                early += int(found[1])
    return [early + minutes[0], *minutes[1:]] if minutes else []


def check(root: Path) -> list[str]:
    """Say what in the committed editions is not what the sources make, without executing anything."""
    return list(_differences(root))


def _differences(root: Path) -> Iterator[str]:
    with quick_imports():
        import nbformat
    outline = course.outline(root)
    listed = {entry.id for entry in outline.lessons}
    sources = {path.stem for path in course.source(root, "x").parent.glob("*.py")}
    yield from (f"{name}: a source that course.yaml does not list" for name in sorted(sources - listed))
    yield from (f"{name}: listed in course.yaml, but there is no source" for name in sorted(listed - sources))
    for language in LANGUAGES:
        found = {path.stem for path in course.edition(root, language).glob("*.ipynb")}
        yield from (f"{language}/{name}.ipynb: no source makes it" for name in sorted(found - listed))
    for lesson in sorted(listed & sources):
        cells = read(course.source(root, lesson))
        for language in LANGUAGES:
            path = course.edition(root, language, lesson)
            name = f"{language}/{lesson}.ipynb"
            if not path.is_file():
                yield f"{name}: not built"
                continue
            have = nbformat.read(path, 4)
            want = make(cells, outline, lesson, language, instructor=False)
            if _key(have) != _key(want):
                yield f"{name}: differs from its source; edit notebooks/source and run `make build`"
            elif any(cell.cell_type == "code" and cell.execution_count is None for cell in have.cells):
                yield f"{name}: has cells that were not executed"
            elif have.metadata.get("course", {}).get("seal") != seal(have):
                yield f"{name}: its outputs were changed by hand or by saving it; run `make build`"
            elif (size := path.stat().st_size) > 500_000:
                yield f"{name}: {size:,} bytes; 500,000 is the most"


def _build(job: tuple[Path, str, str, bool]) -> Path:
    with quick_imports():
        import nbformat
    root, lesson, language, instructor = job
    # The kernel inherits it: in the instructor's edition the exercises show their answers.
    os.environ[course.KEY] = "1" if instructor else ""
    notebook = make(read(course.source(root, lesson)), course.outline(root), lesson, language, instructor=instructor)
    place = course.edition(root, f"{course.INSTRUCTOR if instructor else ''}{language}", lesson)
    place.parent.mkdir(parents=True, exist_ok=True)
    execute(notebook, place.parent, f"{language}/{lesson}")
    place.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    return place


def _lessons(root: Path, wanted: tuple[str, ...]) -> list[str]:
    outline = course.outline(root)
    return [outline.entry(lesson).id for lesson in wanted] or [entry.id for entry in outline.lessons]


def _course(outline: course.Outline, lesson: str, language: str) -> dict[str, Any]:
    """What the Lab needs to know of a lesson: its language, and where one goes from here."""
    ids = [entry.id for entry in outline.lessons]
    place = ids.index(lesson)

    def link(number: int) -> dict[str, str] | None:
        if not 0 <= number < len(ids):
            return None
        return {"file": f"{ids[number]}.ipynb", "title": outline.lessons[number].title.in_(language)}

    known = {
        "language": language,
        "lesson": lesson,
        "next": link(place + 1),
        "previous": link(place - 1),
        "run_on_open": True,
        "title": outline.lessons[place].title.in_(language),
    }
    return {key: value for key, value in known.items() if value is not None}


def _key(notebook: NotebookNode) -> list[object]:
    about = (
        {key: value for key, value in notebook.metadata["course"].items() if key != "seal"}
        if "course" in notebook.metadata
        else {}
    )
    rest = {key: value for key, value in notebook.metadata.items() if key != "course"}
    cells = [[cell.cell_type, cell.id, cell.source, dict(cell.metadata)] for cell in notebook.cells]
    return [about, rest, notebook.nbformat, notebook.nbformat_minor, cells]


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))
