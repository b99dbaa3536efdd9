"""One page, read once."""

import json
from pathlib import Path
from typing import Any

import click

from cli import options
from cli.group import Once
from scrapers.parser import Page, parse, survey
from scrapers.parser.prose import Passage
from scrapers.parser.show import lines
from scrapers.parser.told import passages_told
from scrapers.spiders.items import page_to_json
from tally.capture import Outcome
from tally.errors import TallywireError
from tally.race import Race


@click.command(cls=Once)
@click.argument("page")
@click.option("--race", "race_id", help="The race to read it for; without one, all contests of a feed.")
@click.option("--source", "name", help="Read it as this source of the race.")
@click.option("--kind", default="", help="The page kind (guessed by default).")
@click.option("--language", help="The page's language (found out by default).")
@click.option("--published", help="The page's hour where it does not say (2019-06-23T19:00:00Z).")
@click.option("--explain", is_flag=True, help="The text, with what was read and left out marked, and why.")
@options.races
@options.as_json("Print one JSON object.")
def command(page: str, folder: Path, as_json: bool, explain: bool, **how: Any) -> None:
    """Read one PAGE (an address, a file, or - for standard input) and store nothing."""
    from scrapers.spiders.once import ByHand

    reader = ByHand(page, options.load(folder), environ=options.settings().environ, **how)
    capture = reader.capture()
    if reader.race is None:
        contests = survey(capture)
        surveyed = {"url": page, "race": None, "contests": contests}
        click.echo(json.dumps(surveyed, ensure_ascii=False, indent=2))
        if not contests:
            click.echo("No feed of contests: a story, a table or a live blog is read with --race.", err=True)
        return
    found = parse(capture, reader.race, reader.source, reader.published)
    if as_json:
        click.echo(json.dumps(page_to_json(found, page, reader.race.id), ensure_ascii=False))
    elif explain:
        _explain(found, reader.race, passages_told(capture, reader.race, reader.source))
    else:
        for line in lines(found, reader.race):
            click.echo(line)
        if found.notes:
            click.echo(f"Left out: {len(found.notes)}; --explain shows what and why.", err=True)
    if found.outcome in (Outcome.UNREADABLE, Outcome.FAILED):
        raise TallywireError(f"{page}: {found.outcome}: {found.reason}")


def _explain(page: Page, race: Race, passages: list[Passage]) -> None:
    from rich.console import Console

    from cli.highlight import explained

    console = Console()
    for line in explained(page, race, passages):
        # A pipe gets whole lines, a terminal lines of its width.
        console.print(line, soft_wrap=not console.is_terminal)
