"""Everything wrong before the night."""

from pathlib import Path

import click

from cli import options
from cli.counting import many
from cli.group import Once


@click.command(cls=Once)
@click.option(
    "--online",
    is_flag=True,
    help="Also ask Telegram for the token, fetch each source once, look at the clock.",
)
@options.races
@options.data
def command(online: bool, folder: Path, data: Path) -> None:
    """Everything wrong with the races, each with file and line."""
    races = options.load(folder, options.settings().environ)
    for warning in races.warnings:
        click.echo(f"warning: {warning}", err=True)
    known = many(len(races.races), "race")
    sources = sum(len(race.sources) for race in races.races)
    click.echo(f"{known} with {many(sources, 'source')} in {folder}: all well", err=True)
    if online:
        from cli.doctor import Patient, examine
        from cli.findings import show

        patient = Patient(folder, data, options.settings())
        wanted = examine(patient, lambda check: check.ONLINE or getattr(check, "ALSO_FOR_CHECK", False))
        raise SystemExit(show(wanted))
