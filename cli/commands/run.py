"""The service."""

import asyncio
from pathlib import Path

import click

from cli import options
from cli.group import Once
from monitoring import logs
from scrapers.spiders.heartbeat import HEARTBEAT


@click.command(cls=Once)
@options.races
@options.data
def command(folder: Path, data: Path) -> None:
    """The service: watch the races and push alerts (console always, Telegram with TELEGRAM_TOKEN)."""
    from scheduler import House

    races = options.load(folder)
    with House(races.races, data, options.settings().environ) as house:
        for line in (*(f"warning: {warning}" for warning in races.warnings), *house.greeting()):
            logs.say(line)
        asyncio.run(house.service(heartbeat=data / HEARTBEAT).run())
