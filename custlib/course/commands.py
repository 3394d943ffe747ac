"""Commands about exercises and a participant's work. `cli.py` takes them in."""

from __future__ import annotations

import sys

import click

from custlib.course.root import find_root


@click.command()
@click.argument("names", nargs=-1, metavar="[LESSON]...")
def lint(names: tuple[str, ...]) -> None:
    """Check the exercises and scenarios: all of them, or those NAMED."""
    from custlib.course import linting

    lines = linting.lint(find_root(), names)
    for line in lines:
        click.echo(line)
    sys.exit(1 if lines else 0)


COMMANDS = (lint,)
