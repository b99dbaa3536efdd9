"""Whether the service polls, for a health check."""

from pathlib import Path

import click

from cli import options
from cli.group import Once
from scrapers.spiders.heartbeat import HEARTBEAT, seconds_since_good
from tally.clock import system_clock
from tally.errors import TallywireError


@click.command(cls=Once)
@options.data
@click.option("--within", type=click.IntRange(1), default=300, show_default=True, help="Seconds.")
def command(data: Path, within: int) -> None:
    """Whether the service polls: exit code 0 if the last good poll is recent."""
    age = seconds_since_good(data / HEARTBEAT, system_clock())
    if age is None or age > within:
        raise TallywireError(f"no good poll in the last {within} s (heartbeat in {data})")
    click.echo(f"well: the last good poll was {age:.0f} s ago", err=True)
