"""Everything wrong with the race files."""

from pathlib import Path

import click

from cli import options
from cli.group import Once


@click.command(cls=Once)
@options.races
def command(folder: Path) -> None:
    """Everything wrong with the races, each with file and line."""
    races = options.load(folder, options.settings().environ)
    for warning in races.warnings:
        click.echo(f"warning: {warning}", err=True)
    sources = sum(len(race.sources) for race in races.races)
    click.echo(f"{len(races.races)} races with {sources} sources in {folder}: all well", err=True)
