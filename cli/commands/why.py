"""What an event rests on."""

from datetime import timedelta
from pathlib import Path

import click

from cli import options
from cli.group import Once
from storage import DATABASE, Store
from tally.because import because, grounds
from tally.errors import ConfigError


@click.command(cls=Once)
@click.argument("event_key")
@click.option("--around", type=click.FloatRange(0), default=30, show_default=True, help="Minutes.")
@options.races
@options.data
def command(event_key: str, around: float, folder: Path, data: Path) -> None:
    """Everything an event rests on: quotes and pages, what it corrects, what was read AROUND it."""
    races = options.load(folder)
    with Store(data / DATABASE, readonly=True) as store:
        event = store.event(event_key)
        if event is None:
            raise ConfigError(
                f"no event {event_key!r}: tallywire status RACE tells a race's events with keys"
            )
        night = (store.events(event.race), store.readings(event.race), store.claims(event.race))
    found = grounds(event, *night, timedelta(minutes=around))
    for line in because(found, races[event.race]):
        click.echo(line)
