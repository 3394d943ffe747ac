"""Commands about exercises and a participant's work. `cli.py` takes them in."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custlib.content import LANGUAGES, Words
from custlib.course import day_commands, scenario_commands
from custlib.course import root as course
from custlib.course.root import find_root
from custlib.errors import NotWritable

if TYPE_CHECKING:
    from custlib.practice.journal import Event, Journal

language_option = click.option(
    "--lang", default="en", type=click.Choice(LANGUAGES), show_default=True, help="Language."
)


@click.command()
@click.argument("names", nargs=-1, metavar="[LESSON|SCENARIO]...")
def lint(names: tuple[str, ...]) -> None:
    """Check the exercises and scenarios: all of them, or those NAMED."""
    from custlib.course import linting

    lines = linting.lint(find_root(), names)
    for line in lines:
        click.echo(line)
    for line in linting.notes(find_root(), names):
        click.echo(line)
    sys.exit(1 if lines else 0)


@click.command()
@click.argument("lesson")
@click.option("--seed", default=7, type=click.IntRange(0), show_default=True, help="Which variant.")
@language_option
def key(lesson: str, seed: int, lang: str) -> None:
    """Print the instructor's key of a LESSON: each answer with its reasoning and source."""
    from custlib.course.desk import key as answers

    words = Words(lang)
    for problem, lines in answers(find_root(), lesson, seed, words):
        click.echo(f"{words.say('practice.exercise', number=problem.number)}  {problem.exercise.id}")
        for line in lines:
            click.echo(f"  {line.replace('**', '')}")


@click.command()
@language_option
def progress(lang: str) -> None:
    """Show what is done, what is open, and what is worth doing again."""
    from custlib.course import desk
    from custlib.views.welcome import progress_answer

    root, words = find_root(), Words(lang)
    with desk.journal(root) as journal:
        events = _events(journal, words)
    table = progress_answer(lambda: desk.progress(root, events), words, {})[0]["table"]
    click.echo(table["caption"])
    for row in [table["head"], *table["rows"]]:
        click.echo("  ".join(row))


@click.command()
@click.option(
    "--out",
    default=Path("reports") / "results.csv",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default=True,
    help="The file to write.",
)
@language_option
def export(out: Path, lang: str) -> None:
    """Write your results to a CSV file, for yourself or your instructor; nothing of a list of your own is in it."""
    from custlib.course import desk
    from custlib.practice.results import COLUMNS, rows

    words = Words(lang)
    with desk.journal(find_root()) as journal:
        found = rows(_events(journal, words), journal.participant)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(found)
    except OSError as error:
        raise NotWritable(path=out.parent, reason=error.strerror or type(error).__name__) from None
    who = course.participant() or words.text("practice.cli.nobody")
    click.echo(words.say("practice.cli.exported", n=len(found), participant=who, path=out))


@click.command()
@click.argument("lesson")
@click.option("--edition", "--lang", "lang", default="en", type=click.Choice(LANGUAGES), show_default=True)
@click.option("--keep-answers", is_flag=True, help="A fresh copy only; the exercises stay as they are.")
def reset(lesson: str, lang: str, keep_answers: bool) -> None:
    """Give a fresh copy of a LESSON and begin its exercises anew; your copy is kept as a backup."""
    from custlib.course import copies, desk
    from custlib.practice.session import restarted

    root, words = find_root(), Words(lang)
    course.outline(root).entry(lesson)
    mine, backup = copies.reset(course.edition(root, lang), course.work(root), lesson)
    if not keep_answers:
        with desk.journal(root) as journal:
            for event in restarted(lesson, _events(journal, words)):
                journal.append(event)
    said = "practice.cli.reset" if backup else "practice.cli.reset_none"
    click.echo(words.say(said, lesson=lesson, path=mine, backup=backup))


@click.command("take-home")
@click.option(
    "--out",
    default=Path("reports"),
    type=click.Path(file_okay=False, path_type=Path),
    show_default=True,
    help="Folder for the page.",
)
@language_option
def take_home(out: Path, lang: str) -> None:
    """Write one printable page: what you practised, first and best results, your own goals."""
    from custlib.course import desk
    from custlib.practice.progress import goals
    from custlib.views.cards.takehome import page

    root, words = find_root(), Words(lang)
    with desk.journal(root) as journal:
        events = _events(journal, words)
    about = {
        (lesson, each.id): (bank.number(each.id), words.text(f"practice.kind.{each.kind}"))
        for lesson, bank in desk.banks(root)
        for each in bank.exercises
    }
    changed = desk.changes(root, events)
    made = page(desk.progress(root, events), about, goals(events), words=words, day=date.today(), changed=changed)
    place = out / f"take-home.{lang}.html"
    try:
        out.mkdir(parents=True, exist_ok=True)
        place.write_text(made, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NotWritable(path=out, reason=error.strerror or type(error).__name__) from None
    click.echo(words.say("practice.cli.reported", path=place))


def _events(journal: Journal, words: Words) -> tuple[Event, ...]:
    """The events of a journal; on standard error, why it could not be read."""
    events = journal.events()
    if journal.trouble is not None:
        click.echo(words.say("practice.cli.unsaved", why=words.error(journal.trouble)), err=True)
    return events


COMMANDS: tuple[click.Command, ...] = (
    *(lint, key, progress, export, reset, take_home),
    *scenario_commands.COMMANDS,
    *day_commands.COMMANDS,
)
