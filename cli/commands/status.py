"""What is believed."""

from pathlib import Path

import click

from cli import options
from cli.group import Once
from storage import DATABASE, Store
from tally.tell import standing_lines
from tally.timeline import timeline


@click.command(cls=Once)
@click.argument("race", required=False)
@options.races
@options.data
def command(race: str | None, folder: Path, data: Path) -> None:
    """What is believed about every race, or one RACE's night as a timeline."""
    races = options.load(folder)
    with Store(data / DATABASE, readonly=True) as store:
        for each in races.races if race is None else (races[race],):
            for line in standing_lines(store.standing(each)):
                click.echo(line)
        if race is not None:
            night = (store.readings(race), store.claims(race), store.events(race))
            for line in timeline(races[race], *night):
                click.echo(line)
