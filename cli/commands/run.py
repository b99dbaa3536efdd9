"""The service."""

import asyncio
from pathlib import Path

import click

from cli import options
from cli.group import Once
from cli.recording import option, recorded
from monitoring import logs
from scrapers.spiders.heartbeat import HEARTBEAT


@click.command(cls=Once)
@options.races
@options.data
@option
def command(folder: Path, data: Path, record: Path | None) -> None:
    """The service: watch the races and push alerts (console always, Telegram with TELEGRAM_TOKEN)."""
    from scheduler import House

    races = options.load(folder)
    with House(races.races, data, options.settings().environ) as house:
        for line in (*(f"warning: {warning}" for warning in races.warnings), *house.greeting()):
            logs.say(line)
        with recorded(house.store, house.races, record):
            asyncio.run(house.service(heartbeat=data / HEARTBEAT).run())
