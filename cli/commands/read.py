"""One page, read once."""

import json
from pathlib import Path
from typing import Any

import click

from cli import options
from cli.group import Once
from scrapers.parser import parse, survey
from scrapers.parser.show import lines
from scrapers.spiders.items import page_to_json
from tally.capture import Outcome
from tally.errors import TallywireError


@click.command(cls=Once)
@click.argument("page")
@click.option("--race", "race_id", help="The race to read it for; without one, all contests of a feed.")
@click.option("--source", "name", help="Read it as this source of the race.")
@click.option("--kind", default="", help="The page kind (guessed by default).")
@click.option("--language", help="The page's language (found out by default).")
@click.option("--published", help="The page's hour where it does not say (2019-06-23T19:00:00Z).")
@click.option("--explain", is_flag=True, help="Also what was seen and left out, and why.")
@options.races
@options.as_json("Print one JSON object.")
def command(page: str, folder: Path, as_json: bool, explain: bool, **how: Any) -> None:
    """Read one PAGE (an address, a file, or - for standard input) and store nothing."""
    from scrapers.spiders.once import ByHand

    reader = ByHand(page, options.load(folder), environ=options.settings().environ, **how)
    capture = reader.capture()
    if reader.race is None:
        click.echo(
            json.dumps({"url": page, "race": None, "contests": survey(capture)}, ensure_ascii=False, indent=2)
        )
        return
    found = parse(capture, reader.race, reader.source, reader.published)
    if as_json:
        click.echo(json.dumps(page_to_json(found, page, reader.race.id), ensure_ascii=False))
    else:
        for line in lines(found, reader.race, explain=explain):
            click.echo(line)
    if found.outcome in (Outcome.UNREADABLE, Outcome.FAILED):
        raise TallywireError(f"{page}: {found.outcome}: {found.reason}")
