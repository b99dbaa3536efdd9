"""A copy put back in the database's place."""

from pathlib import Path

import click

from cli import options
from cli.group import Once
from storage import DATABASE, Backups, restore
from tally.clock import system_clock
from tally.errors import StorageError


@click.command(cls=Once)
@click.argument("file", type=options.A_FILE, required=False)
@options.data
def command(file: Path | None, data: Path) -> None:
    """Put a backup in the database's place: FILE, or the newest sound one that the service made.

    What stood there is kept beside it. The service must not be running.
    """
    if file is None:
        settings = options.settings()
        folder = settings.backups_in(data)
        newest = Backups(folder, settings.backup_keep).newest_sound()
        if newest is None:
            raise StorageError(f"{folder}: there is no sound backup")
        file = newest.path
    aside = restore(file, data / DATABASE, system_clock())
    click.echo(f"restored: {file}", err=True)
    if aside is not None:
        click.echo(f"what stood there: {aside}", err=True)
