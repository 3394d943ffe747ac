"""Run a lesson as a whole, and leave one HTML page that opens anywhere, without a network."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custlib.content import LANGUAGES, Words
from custlib.course import own, warm
from custlib.course import root as course
from custlib.course.editions import QUIET_KERNEL, own_jupyter, paper
from custlib.course.tables import READING
from custlib.errors import BadSetting, LessonFailed, MissingTool, NotWritable, UnknownName, UnreadableFile
from custlib.quick import quick_imports
from custlib.views.bundle import VEGALITE, WIDGET

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

FILES = Path(__file__).parent / "report_files"
# Code first: a dollar sign in it is no formula.
FORMULA = re.compile(
    r"(```.*?```|`[^`]*`)|(?<!\\)\$\$(.+?)\$\$|(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<![\\\s])\$(?!\d)", re.S
)
TYPES: dict[str, Callable[[str], Any]] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": lambda text: {"true": True, "false": False}[text.lower()],
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a lesson, as its notebook declares it."""

    name: str
    type: str
    default: str
    help: str


@dataclass(frozen=True)
class Report:
    """Where the executed notebook and the page lie."""

    notebook: Path
    page: Path


def parameters(root: Path, lesson: str, language: str) -> tuple[Parameter, ...]:
    """The parameters of a lesson. Raises UnknownName."""
    with quick_imports():
        from papermill import inspect_notebook
    found = inspect_notebook(str(edition_of(root, lesson, language)))
    return tuple(
        Parameter(name, each["inferred_type_name"], each["default"], each["help"]) for name, each in found.items()
    )


def typed(known: tuple[Parameter, ...], given: Mapping[str, str]) -> dict[str, Any]:
    """Read parameters given as text. Raises UnknownName, BadSetting."""
    types = {each.name: each.type for each in known}
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name not in types:
            raise UnknownName(kind="parameter", name=name, known=types)
        try:
            values[name] = TYPES.get(types[name], str)(text)
        except (ValueError, KeyError):
            raise BadSetting(name=name, value=text, allowed=types[name]) from None
    return values


def run(
    root: Path,
    lesson: str,
    *,
    language: str,
    given: Mapping[str, str],
    out: Path,
    progress: bool = True,
    stem: str = "",
    kernel: Any = None,
) -> Report:
    """Execute a lesson through papermill and write its report beside it.

    `stem` names the two files; `kernel` is the manager of a kernel that is running and goes on after this lesson.

    What `given` says about reading the participant's list is no parameter of the lesson: it is written beside
    the report, where the lesson finds it, and whoever repeats the run.

    Raises UnknownName, BadSetting, NotWritable, UnreadableFile, LessonFailed (the executed notebook is kept), MissingTool.
    """
    with quick_imports():
        import papermill
        from papermill.exceptions import PapermillExecutionError

    source = edition_of(root, lesson, language)
    reading = {name: value for name, value in given.items() if name in own.SETTINGS}
    rest = {name: value for name, value in given.items() if name not in own.SETTINGS}
    values = {"language": language, **typed(parameters(root, lesson, language), rest)}
    if reading and not rest.get("orders"):
        raise BadSetting(name=", ".join(reading), value=", ".join(reading.values()), allowed="-p orders=…")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(path=out, reason=error.strerror or type(error).__name__) from None
    stem = stem or f"{lesson}.{language}"
    notebook = out / f"{stem}.ipynb"
    if reading:
        said = out / f"{stem}{READING}"
        own.write_reading(said, Path(rest["orders"]), reading)
        values["orders"] = str(said)
    try:
        with own_jupyter() if kernel is None else nullcontext() as config:
            papermill.execute_notebook(
                str(source),
                str(notebook),
                values,
                kernel_name="python3",
                progress_bar=progress,
                log_output=False,
                extra_arguments=QUIET_KERNEL,
                **({"config": config} if kernel is None else {"km": kernel, "engine_name": warm.written_once()}),
            )
    except PapermillExecutionError as error:
        raise LessonFailed(lesson=lesson, cell=error.cell_index + 1, reason=error.evalue) from error
    return Report(notebook, write_page(root, notebook, lesson, language))


def write_page(root: Path, notebook: Path, lesson: str, language: str) -> Path:
    """Turn an executed notebook into one page with nothing from outside. Raises MissingTool."""
    with quick_imports():
        import nbformat

    title = course.outline(root).entry(lesson).title.in_(language)
    still = prepare(nbformat.read(notebook, 4), Words(language))
    page = notebook.with_suffix(".html")
    page.write_text(
        html_page(still, title, language, css=(FILES / "report.css").read_text("utf-8")), "utf-8", newline="\n"
    )
    return page


def html_page(still: NotebookNode, title: str, language: str, *, css: str) -> str:
    """A prepared notebook as HTML: no code, no script, nothing from outside."""
    body, _ = _exporter(language).from_notebook_node(
        still, {"course_css": css, "metadata": {"name": title, "path": ""}}
    )
    # nbconvert takes two-letter codes only; the script picks the right glyphs and the style of the page.
    return str(body).replace('<html lang="zh">', '<html lang="zh-Hans">', 1)


@lru_cache(maxsize=2)
def _exporter(language: str) -> HTMLExporter:
    """Compiling the templates takes a third of making a page: once is enough."""
    with quick_imports():
        from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="course",
        extra_template_basedirs=[str(FILES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        language_code=language,
    )


def prepare(notebook: NotebookNode, words: Words) -> NotebookNode:
    """Make every output still: charts as SVG with their sentence, formulas as MathML, widgets as their sentence."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = mathml(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            text = data.get("text/plain", "")
            live = (
                f'<p class="still">{html.escape(text.removesuffix(words.text("common.wake")).strip())}</p>'
                if WIDGET in data
                else ""
            )
            if live and VEGALITE in data:
                data[VEGALITE]["title"]["subtitle"].remove(words.text("common.wake"))
            if VEGALITE in data:
                output["data"] = {"text/html": figure(data[VEGALITE], words.language) + live}
            elif live and "text/markdown" in data:
                # A card says itself what it asks, with its table and its options.
                output["data"] = {"text/markdown": data["text/markdown"]}
            elif live:
                output["data"] = {"text/html": live}
    notebook.metadata.pop("widgets", None)
    return notebook


def figure(spec: dict[str, Any], language: str) -> str:
    """A chart as SVG, with its sentence for those who do not see it. Raises MissingTool."""
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise MissingTool(tool="vl-convert-python", work="report", extra="report") from None
    svg = vl_convert.vegalite_to_svg(paper(spec, language))
    return f'<figure class="chart" role="img" aria-label="{html.escape(spec["description"])}">{svg}</figure>'


def mathml(text: str) -> str:
    """Turn $…$ and $$…$$ into MathML; code and prices stay as they are. Raises MissingTool."""
    try:
        from latex2mathml.converter import convert
    except ModuleNotFoundError:
        raise MissingTool(tool="latex2mathml", work="report", extra="report") from None

    def one(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        return convert((match[2] or match[3]).strip(), display="block" if match[2] else "inline")

    return FORMULA.sub(one, text)


def edition_of(root: Path, lesson: str, language: str) -> Path:
    """The built notebook of a lesson. Raises BadSetting, UnknownName, UnreadableFile where it is not built."""
    if language not in LANGUAGES:
        raise BadSetting(name="language", value=language, allowed=", ".join(LANGUAGES))
    path = course.edition(root, language, course.outline(root).entry(lesson).id)
    if not path.is_file():
        raise UnreadableFile(path=path.name, reason="missing")
    return path
