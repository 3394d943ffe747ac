"""Commands for whoever holds the course: reports for many, handouts to print. `commands.py` takes them in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custlib.content import LANGUAGES, Words
from custlib.course.root import find_root
from custlib.errors import BadSetting

if TYPE_CHECKING:
    from custlib.course.batch import Outcome, Plan

language_option = click.option(
    "--lang", default="en", type=click.Choice(LANGUAGES), show_default=True, help="Language."
)


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Read `NAME=VALUE` as often as it was given. Raises BadSetting."""
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadSetting(name="-p", value=text, allowed="NAME=VALUE")
        found[name] = value
    return found


@click.command()
@click.argument("lesson")
@click.option("--by", "column", metavar="COLUMN", help="One report per value of a column of the customers: region.")
@click.option(
    "--rows",
    type=click.Path(dir_okay=False, path_type=Path),
    help="One report per row of a CSV or Excel file; its columns are parameters of the lesson, or columns of the customers.",
)
@click.option("-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="A parameter for every report.")
@click.option("--jobs", default=2, type=click.IntRange(1, 64), show_default=True, help="How many at a time.")
@click.option(
    "--out",
    default="reports",
    type=click.Path(file_okay=False, path_type=Path),
    show_default=True,
    help="Folder for the reports; run the same line again, and what is done is not made again.",
)
@language_option
def report(
    lesson: str, column: str | None, rows: Path | None, given: tuple[str, ...], jobs: int, out: Path, lang: str
) -> None:
    """Make many reports from one LESSON, and a page that leads to them.

    Example: custlib report 08_matrix --by region --jobs 2 --out reports
    """
    from custlib.course import batch

    if (column is None) == (rows is None):
        raise BadSetting(name="--by, --rows", value=f"{column or ''} {rows or ''}".strip(), allowed="--by … | --rows …")
    root, words = find_root(), Words(lang)
    if column is not None:
        plans = batch.by_column(root, lesson, column, language=lang, given=pairs(given))
    else:
        assert rows is not None  # one of the two is there
        plans = batch.by_rows(root, lesson, rows, language=lang, given=pairs(given))

    def done(plan: Plan, outcome: Outcome, number: int) -> None:
        state = outcome.state if outcome.state != "failed" or outcome.cell else "no_page"
        values = {"label": plan.label, "cell": outcome.cell, "reason": outcome.reason}
        click.echo(words.say(f"batch.line.{state}", number=number, total=len(plans), **values))

    outcomes = batch.make(root, lesson, plans, language=lang, out=out, jobs=jobs, done=done)
    failed = sum(each.state == "failed" for each in outcomes)
    code = "batch.summary.some" if failed else "batch.summary.all"
    click.echo(
        words.say(code, done=len(outcomes) - failed, failed=failed, index=str(batch.index_of(out, lesson, lang)))
    )
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("names", nargs=-1, metavar="[LESSON|SCENARIO]...")
@click.option("--notes", is_flag=True, help="The instructor's notes of the lessons instead.")
@click.option("--pdf/--no-pdf", default=True, help="A PDF beside each page, where a browser can make it.")
@click.option(
    "--out",
    default=Path("reports") / "handouts",
    type=click.Path(file_okay=False, path_type=Path),
    show_default=True,
    help="Folder for the pages.",
)
@language_option
def handout(names: tuple[str, ...], notes: bool, pdf: bool, out: Path, lang: str) -> None:
    """Write A4 pages to print: lessons, and the role cards of conversations; all of them, or those NAMED."""
    from custlib.course import handouts

    words, count = Words(lang), 0

    def done(path: Path) -> None:
        nonlocal count
        count += path.suffix == ".html"
        click.echo(path)

    complete = handouts.write(find_root(), names, out, language=lang, pdf=pdf, for_instructor=notes, done=done)
    click.echo(words.say("handout.written", n=count, folder=str(out)))
    if not complete:
        click.echo(words.text("handout.no_pdf"))


COMMANDS: tuple[click.Command, ...] = (report, handout)
