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
    one = None if race is None else options.named(races, race)
    with Store(data / DATABASE, readonly=True) as store:
        for each in races.races if one is None else (one,):
            for line in standing_lines(store.standing(each)):
                click.echo(line)
        if one is not None:
            night = (store.readings(one.id), store.claims(one.id), store.events(one.id))
            for line in timeline(one, *night):
                click.echo(line)
