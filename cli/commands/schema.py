"""The JSON Schema of a race file."""

import json

import click

from cli import options
from cli.group import Once
from races import schema
from scrapers.parser.kinds import all_kinds
from scrapers.parser.prose.packs import packs


@click.command(cls=Once)
def command() -> None:
    """Print the JSON Schema of a race file, for editors."""
    made = schema([kind.name for kind in all_kinds()], options.rule_options(), list(packs()))
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))
