"""The command line: a thin shell over the rooms. `custlib --help` lists what there is."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from custlib import __version__
from custlib.content import LANGUAGES, Words
from custlib.course.commands import COMMANDS
from custlib.course.root import EDITIONS, INSTRUCTOR, find_root, outline
from custlib.errors import BadSetting, CustlibError

language_option = click.option(
    "--lang", default="en", type=click.Choice(LANGUAGES), show_default=True, help="Language."
)


class Speaking(click.Group):
    """A group whose errors are one sentence, in the language asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CustlibError as error:
            raise click.ClickException(Words(_language(sys.argv)).error(error)) from error


@click.group(cls=Speaking, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="custlib")
def main() -> None:
    """Customer Value Workbook: open it, build it, run it, look after it."""


@main.command()
@click.option(
    "--edition", "--lang", default="en", type=click.Choice(EDITIONS), show_default=True, help="Which edition."
)
@click.option("--browser/--no-browser", default=True, help="Open a browser, or only print the address.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the server; the next free one from 8888 if not given."
)
def lab(edition: str, browser: bool, port: int | None) -> None:
    """Open the course in JupyterLab, on your own copy in work/; with notes and answers in the instructor's edition."""
    from custlib.course.lab import launch

    launch(find_root(), edition, open_browser=browser, port=port, say=click.echo)


@main.command()
@click.argument("lessons", nargs=-1)
@click.option("--check", is_flag=True, help="Execute nothing; say what is not what the sources make.")
@click.option(
    "--instructor", is_flag=True, help="Build the instructor's edition, into notebooks/instructor (not committed)."
)
@click.option("--jobs", default=2, type=click.IntRange(1), show_default=True, help="How many notebooks at a time.")
def build(lessons: tuple[str, ...], check: bool, instructor: bool, jobs: int) -> None:
    """Build the notebooks from notebooks/source; all of them, or the LESSONS named."""
    from custlib.course import editions

    root = find_root()
    if check:
        differences = editions.check(root)
        for line in differences:
            click.echo(line)
        sys.exit(1 if differences else 0)
    editions.build(
        root, lessons=lessons, instructor=instructor, jobs=jobs, done=lambda path: click.echo(path.relative_to(root))
    )


@main.command(add_help_option=False)
@click.argument("lesson", required=False)
@language_option
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the lesson; may be repeated.",
)
@click.option(
    "--out",
    default="reports",
    type=click.Path(file_okay=False, path_type=Path),
    show_default=True,
    help="Folder for the results.",
)
@click.option(
    "--without-names", is_flag=True, help="Leave a page to share: your customers are numbers, the key stays with you."
)
@click.option(
    "-h", "--help", "wants_help", is_flag=True, help="Show this message, with the parameters and their types."
)
@click.pass_context
def run(
    ctx: click.Context,
    lesson: str | None,
    lang: str,
    given: tuple[str, ...],
    out: Path,
    without_names: bool,
    wants_help: bool,
) -> None:
    """Run a LESSON on your own data and leave the executed notebook and a web page that needs no network.

    Example: custlib run 05_rfm --lang zh -p orders=my-list.csv -p as_of=2025-06-30 --out reports
    """
    from custlib.course import own, reports

    root = find_root()
    if wants_help or lesson is None:
        click.echo(ctx.get_help())
        for each in [lesson] if lesson else [entry.id for entry in outline(root).lessons]:
            click.echo(f"\nParameters of {each}:")
            for known in reports.parameters(root, each, lang):
                note = f"  {known.help}" if known.help else ""
                click.echo(f"  {known.name}: {known.type} = {known.default}{note}")
        words = Words(lang)
        click.echo(f"\n{words.text('own_list.setting.head')}")
        for name in own.SETTINGS:
            click.echo(f"  {name}  {words.text(f'own_list.setting.{name}')}")
        return
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadSetting(name="-p", value=text, allowed="NAME=VALUE")
        pairs[name] = value
    if without_names:
        from custlib.course.sharing import share

        shared = share(root, lesson, language=lang, given=pairs, out=out)
        click.echo(shared.page)
        click.echo(Words(lang).say("own_list.key.keep", path=str(shared.key)))
        return
    made = reports.run(root, lesson, language=lang, given=pairs, out=out)
    click.echo(made.notebook)
    click.echo(made.page)


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; say which committed file is not what the code makes.")
@click.option("--seed", default=7, type=click.IntRange(0), show_default=True, help="Which practice company.")
@click.option("--scale", default=1, type=click.IntRange(1), show_default=True, help="How many times as large; Parquet.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for another company's tables.")
def data(check: bool, seed: int, scale: int, out: Path | None) -> None:
    """Make the tables of the practice company; into datasets/ unless another seed, scale or folder is asked for."""
    from custlib.course import practice_data
    from custlib.course.root import datasets

    root = find_root()
    if check:
        wrong = practice_data.check(root)
        for name in wrong:
            click.echo(f"datasets/{name}")
        sys.exit(1 if wrong else 0)
    if out is None and (seed != 7 or scale > 1):
        raise BadSetting(name="--out", value="", allowed="--out FOLDER")
    if scale > 1 and out is not None:
        written = practice_data.write_large(out, seed, scale)
    else:
        written = practice_data.write(out or datasets(root), seed, None if out else root)
    for path in written:
        click.echo(path)


@main.command()
@language_option
@click.option(
    "--class",
    "people",
    type=click.IntRange(1, 500),
    metavar="PEOPLE",
    help="Look a day before a class at what so many people need on this machine; runs a lesson, half a minute.",
)
def doctor(lang: str, people: int | None) -> None:
    """Say whether this machine is ready, and how to mend what is not."""
    from custlib.course.doctor import examine

    words = Words(lang)
    checks = examine(find_root())
    if people:
        from custlib.course import classroom

        checks += classroom.examine(find_root(), people, language=lang)
    for check in checks:
        click.echo(f"{'✓' if check.ok else '✗'} {words.say(check.finding)}")
    wrong = sum(not check.ok for check in checks)
    click.echo(words.say("doctor.mend", n=wrong) if wrong else words.say("doctor.all_ok"))
    sys.exit(1 if wrong else 0)


for command in COMMANDS:
    main.add_command(command)


def _language(arguments: list[str]) -> str:
    """The language asked for, known before click has read the line: an error may be in reading it."""
    words = " ".join(arguments).replace("=", " ").split()
    pairs = [(option, value.removeprefix(INSTRUCTOR)) for option, value in pairwise(words)]
    asked = [value for option, value in pairs if option in ("--lang", "--edition") and value in LANGUAGES]
    return asked[-1] if asked else "en"
