"""The service."""

import asyncio
import os
from pathlib import Path

import click

from cli import options
from cli.group import Once
from scrapers.spiders.heartbeat import HEARTBEAT


@click.command(cls=Once)
@options.races
@options.data
def command(folder: Path, data: Path) -> None:
    """The service: watch the races and push alerts (console always, Telegram with TELEGRAM_TOKEN)."""
    from scheduler import House

    races = options.load(folder)
    with House(races.races, data, os.environ) as house:
        for line in (*(f"warning: {warning}" for warning in races.warnings), *house.greeting()):
            click.echo(line, err=True)
        asyncio.run(house.service(heartbeat=data / HEARTBEAT).run())
