"""Paper for a class: each lesson as A4 pages to write on, and the three role cards of each conversation.

Made from what is committed, without running anything; a page needs no network, and neither does its PDF.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custlib.content import Words
from custlib.course import reports, scenarios
from custlib.course import root as course
from custlib.course.classroom import DRAWS_PDF, browser
from custlib.course.copies import written
from custlib.course.sources import read
from custlib.errors import UnknownName
from custlib.practice.scenarios import ALWAYS, COMPETENCIES, Scenario
from custlib.quick import quick_imports
from custlib.views.bundle import VEGALITE

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATE = "roles.html.j2"
PATIENCE = 120.0  # seconds
FILE_LINK = re.compile(r"\[([^\]]+)\]\([^)/:#]+\.yaml\)")
LINES = {"ask": 2, "goal": 2}


def write(
    root: Path,
    names: tuple[str, ...],
    out: Path,
    *,
    language: str,
    pdf: bool,
    for_instructor: bool = False,
    done: Callable[[Path], None],
) -> bool:
    """Write the handouts named, lessons or scenarios, or all; `done` hears of each file.

    With `for_instructor` the notes of the lessons instead. Scenarios have none.
    Returns whether a PDF lies beside each page, where one was wanted. Raises UnknownName, NotWritable, MissingTool.
    """
    lessons = [entry.id for entry in course.outline(root).lessons]
    talks = [] if for_instructor else list(scenarios.known(root))
    for name in names:
        if name not in (*lessons, *talks):
            raise UnknownName(kind="lesson", name=name, known=[*lessons, *talks])
    chosen = [name for name in (*lessons, *talks) if not names or name in names]
    program = browser(DRAWS_PDF) if pdf else None
    for name in chosen:
        make = notes if for_instructor else lesson if name in lessons else roles
        text = make(root, name, language)
        place = out / f"{name}.{'notes.' if for_instructor else ''}{language}.html"
        with written(out):
            out.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        done(place)
        if program and print_pdf(program, place):
            done(place.with_suffix(".pdf"))
    return program is not None or not pdf


def lesson(root: Path, name: str, language: str) -> str:
    """A lesson on paper: text, charts and questions with lines to write on; what needs a screen is left out."""
    with quick_imports():
        import nbformat

    words = Words(language)
    notebook = nbformat.read(reports.edition_of(root, name, language), 4)
    notebook.cells = [cell for section in _sections(notebook) for cell in section if _on_paper(section)]
    for cell in notebook.cells:
        _lined(cell, words)
    title = course.outline(root).entry(name).title.in_(language)
    return reports.html_page(reports.prepare(notebook, words), title, language, css=_css())


def notes(root: Path, name: str, language: str) -> str:
    """What the instructor has in hand when the screen belongs to the room: the notes under the headings of a lesson."""
    with quick_imports():
        from nbformat.v4 import new_markdown_cell, new_notebook

    texts = []
    for cell in read(course.source(root, name)):
        text = cell.text(language) if cell.kind == "markdown" else ""
        heading = text.split("\n", 1)[0]
        texts += [text] if "instructor" in cell.tags else [heading] if re.match("#{1,2} ", heading) else []
    title = course.outline(root).entry(name).title.in_(language)
    notebook = new_notebook(cells=[new_markdown_cell(text) for text in texts])
    return reports.html_page(reports.prepare(notebook, Words(language)), title, language, css=_css())


def roles(root: Path, name: str, language: str) -> str:
    """The seller's, the customer's and the observer's card of a scenario. Raises UnknownName, BadScenario."""
    from jinja2 import Environment, FileSystemLoader

    words = Words(language)
    scenario = scenarios.open_scenario(root, name)
    environment = Environment(loader=FileSystemLoader(reports.FILES), autoescape=True)
    return environment.get_template(TEMPLATE).render(
        language="zh-Hans" if language == "zh" else "en",
        title=words.say("handout.title", title=scenario.title.in_(language)),
        css=_css(),
        word=words.text,
        say=words.say,
        scenario=card(scenario, words),
    )


def card(scenario: Scenario, words: Words) -> dict[str, Any]:
    """What stands on the cards, in one language: the seller's card holds nothing that has to be found out."""
    language, persona = words.language, scenario.persona
    who = {name: getattr(persona, name).in_(language) for name in ("name", "role", "firm")}
    brief = next(line for line in reversed(scenario.brief) if line.when == ALWAYS)
    opening = next(iter(line for line in scenario.turns[scenario.start].customer if line.when == ALWAYS), None)
    finds = [fact for fact in scenario.facts.values() if not fact.start]
    return {
        "title": scenario.title.in_(language),
        "meet": words.say("handout.meet", **who),
        "be": words.say("handout.be", **who),
        "limit": words.say("handout.limit", minutes=scenario.minutes),
        "brief": brief.in_(language),
        "goal": scenario.goal.in_(language),
        "start": [fact.text.in_(language) for fact in scenario.facts.values() if fact.start],
        "cues": [cue.in_(language) for cue in persona.cues],
        "shown": [cue.in_(language) for cue in persona.cues if not cue.noise],
        "offers": [offer.text.in_(language) for offer in scenario.offers.values()],
        "opening": (opening or scenario.turns[scenario.start].customer[-1]).in_(language),
        "style": words.text(f"play.style.{persona.style}"),
        "need": words.text(f"play.need.{persona.need}"),
        "facts": [(fact.text.in_(language), words.text(f"handout.when.{fact.kind}")) for fact in finds],
        "finds": [fact.text.in_(language) for fact in finds],
        "mines": [mine.text.in_(language) for mine in scenario.minefields.values()],
        "end": scenario.ends[scenario.best_end].text.in_(language),
        "criteria": [
            (each, found)
            for each in COMPETENCIES
            if (found := [one.text.in_(language) for one in scenario.criteria.values() if one.competency == each])
        ],
        "questions": [question.in_(language) for question in scenario.debrief.questions],
    }


def print_pdf(program: str, page: Path) -> bool:
    """Print a page to a PDF of the same name with a browser that reaches nothing; whether it came out."""
    place = page.with_suffix(".pdf").resolve()
    place.unlink(missing_ok=True)
    # A browser that runs as root, as in containers, has no sandbox.
    alone = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            program,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={place}",
            *alone,
            page.resolve().as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return place.is_file()


def _css() -> str:
    return "".join((reports.FILES / name).read_text("utf-8") for name in ("report.css", "handout.css"))


def _sections(notebook: NotebookNode) -> Iterator[list[NotebookNode]]:
    section: list[NotebookNode] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## ") and section:
            yield section
            section = []
        section.append(cell)
    yield section


def _on_paper(section: list[NotebookNode]) -> bool:
    """A list of one's own needs the course open."""
    return not any(cell.cell_type == "code" and "lesson.own_list(" in cell.source for cell in section)


def _lined(cell: NotebookNode, words: Words) -> None:
    """Give a question its lines to write on, and drop what only tells how to wake a panel, and links to files."""
    if cell.cell_type != "code":
        cell.source = FILE_LINK.sub(r"\1", cell.source)
        return
    wake = words.text("common.wake")
    kept = []
    for output in cell.outputs:
        data = output.get("data", {})
        asleep = str(data.get("text/plain", "")).endswith(wake)
        if asleep and VEGALITE in data:
            data[VEGALITE]["title"]["subtitle"].remove(wake)
        if not asleep or VEGALITE in data:
            kept.append(output)
    cell.outputs = kept
    for call, count in LINES.items():
        if cell.source.startswith(f"lesson.{call}("):
            label = html.escape(words.text(f"handout.{'goal' if call == 'goal' else 'answer'}"))
            lines = f'<div class="lines"><b>{label}</b>{"<i></i>" * count}</div>'
            cell.outputs.append(_output(lines))


def _output(text: str) -> NotebookNode:
    with quick_imports():
        from nbformat.v4 import new_output
    made: NotebookNode = new_output("display_data", {"text/html": text})
    return made
