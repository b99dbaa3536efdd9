"""A copy of the database."""

from pathlib import Path

import click

from cli import options
from cli.group import Once
from storage import DATABASE, Backups, Store
from tally.clock import system_clock


@click.command(cls=Once)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@options.data
def command(file: Path | None, data: Path) -> None:
    """Copy the database while the service goes on: to FILE, or to the next of the kept backups."""
    settings = options.settings()
    if file is None:
        folder = settings.backups_in(data)
        file = Backups(folder, settings.backup_keep).make(data / DATABASE, system_clock())
    else:
        with Store(data / DATABASE, readonly=True) as store:
            store.backup(file)
    click.echo(f"written: {file}", err=True)
