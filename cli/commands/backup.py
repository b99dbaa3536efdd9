"""A copy of the database."""

from pathlib import Path

import click

from cli import options
from cli.group import Once
from storage import DATABASE, Store


@click.command(cls=Once)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@options.data
def command(file: Path, data: Path) -> None:
    """Copy the database to FILE while the service goes on."""
    with Store(data / DATABASE, readonly=True) as store:
        store.backup(file)
    click.echo(f"written: {file}", err=True)
