"""The settings in force."""

import json

import click

from cli import options
from cli.group import Once
from settings.load import unknown
from settings.reference import in_force, markdown


@click.command(cls=Once)
@click.option("--table", is_flag=True, help="Print what there is to set, as the table of the documentation.")
@options.as_json("Print one JSON object.")
def command(table: bool, as_json: bool) -> None:
    """The settings in force; of a secret only whether there is one."""
    if table:
        for line in markdown():
            click.echo(line)
        return
    settings = options.settings()
    found = dict(in_force(settings))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            click.echo(f"{name:<32}{value}")
    for complaint in unknown(settings.environ):
        click.echo(f"warning: {complaint}", err=True)
