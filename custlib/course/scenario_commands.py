"""Commands about role-play: play a scenario in the terminal, write one, look at its graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from custlib.content import LANGUAGES, Words
from custlib.course.root import find_root

language_option = click.option(
    "--lang", default="en", type=click.Choice(LANGUAGES), show_default=True, help="Language."
)


@click.group()
def scenario() -> None:
    """Write, check and draw the scenarios of the role-play."""


@scenario.command()
@click.argument("name")
@language_option
def check(name: str, lang: str) -> None:
    """Prove the scenario NAME: every fault, what random play comes to, and what lazy strategies score."""
    from custlib.course import scenarios

    root = find_root()
    scenarios.require(root, name)
    faults, report = scenarios.examine(root, name)
    words = Words(lang)
    click.echo(scenarios.words_of_report(name, len(faults), words))
    for each in faults:
        click.echo("  " + scenarios.line(f"{name}.yaml", each, words))
    for line in scenarios.report_lines(report, words):
        click.echo(line)
    sys.exit(1 if faults else 0)


@scenario.command()
def seal() -> None:
    """Write down the content of every version, so that a change raises its version."""
    from custlib.course import scenarios

    for name in scenarios.seal(find_root()):
        click.echo(name)


@scenario.command()
@click.argument("name")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; NAME.svg if not given.")
@language_option
def graph(name: str, out: Path | None, lang: str) -> None:
    """Draw the graph of the scenario NAME, with the share of random plays through each branch."""
    from custlib.course import scenarios
    from custlib.views.cards.scenario_graph import draw

    target = out or Path(f"{name}.svg")
    target.write_text(draw(scenarios.open_scenario(find_root(), name), Words(lang)), "utf-8")
    click.echo(target)


@scenario.command()
@click.argument("name")
def new(name: str) -> None:
    """Begin a scenario called NAME from a template with comments."""
    from custlib.course import scenarios

    click.echo(scenarios.begin_new(find_root(), name))


@click.command()
@click.argument("name")
@language_option
@click.option("--choices", default="", metavar="KEY,KEY…", help="Lines to say, in their order; then it ends or asks.")
@click.option("--level", type=click.IntRange(1, 3), help="Difficulty; the scenario's own if not given.")
@click.option("--seed", default=7, show_default=True, help="Order of the lines at level 3.")
def play(name: str, lang: str, choices: str, level: int | None, seed: int) -> None:
    """Talk with the customer of the scenario NAME, here in the terminal.

    A talk is kept in the journal and goes on where it was left; with --choices it is a trial, of which nothing is
    kept. Example: custlib play driver-purchasing-director --lang zh
    """
    from custlib.course import roleplay
    from custlib.course.terminal import talk

    keys = tuple(key.strip() for key in choices.split(",") if key.strip())
    stage = roleplay.at_the_terminal(find_root(), name, roleplay.Wanted(seed=seed, level=level), keep=not keys)
    alive = sys.stdin.isatty() or not keys

    def ask(text: str) -> str:
        try:
            return str(click.prompt(text, default="q", show_default=False))
        except click.Abort:
            return "q"

    talk(stage, Words(lang), click.echo, ask if alive else None, keys)


COMMANDS: tuple[click.Command, ...] = (scenario, play)
