"""The service."""

import asyncio
from functools import partial
from pathlib import Path

import click

from cli import options
from cli.greeting import greeting
from cli.group import Once
from cli.recording import option, recorded
from monitoring import logs
from races import Renewal
from scrapers.spiders.descriptors import raise_limit
from scrapers.spiders.heartbeat import HEARTBEAT
from tally.clock import system_clock


@click.command(cls=Once)
@options.races
@options.data
@option
def command(folder: Path, data: Path, record: Path | None) -> None:
    """The service: watch the races and push alerts (console always, Telegram with TELEGRAM_TOKEN)."""
    from cli.house import House

    raise_limit()
    environ = options.settings().environ
    races = options.load(folder, environ)
    renewal = Renewal(folder, partial(options.load, environ=environ), races.races)
    with House(renewal, data, environ) as house:
        hello = greeting(races.races, system_clock(), has_bot=house.bot is not None)
        for line in (*(f"warning: {warning}" for warning in races.warnings), *hello):
            logs.say(line)
        with recorded(house.store, races.races, record):
            asyncio.run(house.monitored(heartbeat=data / HEARTBEAT).run())
