"""What is stored, taken out."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from cli import options
from cli.exporting.forms import FORMS
from cli.exporting.tables import TABLES
from cli.group import Once
from races import Races
from storage import DATABASE, Store
from tally.errors import ConfigError, TallywireError

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=Once)
@click.argument("race", required=False)
@click.option(
    "--table", type=click.Choice(list(TABLES)), default="readings", show_default=True, help="What of it."
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), help="In which form.  [by FILE's ending, else csv]"
)
@click.option("-o", "--output", type=_FILE, help="Write to this file.  [standard output]")
@click.option("--atom", type=_FILE, help="Write the events as an Atom feed to this file instead.")
@options.races
@options.data
def command(
    race: str | None,
    table: str,
    form: str | None,
    output: Path | None,
    atom: Path | None,
    folder: Path,
    data: Path,
) -> None:
    """Readings, claims, events or deliveries, of all races or of RACE; a CSV of readings is for replay."""
    if not (data / DATABASE).exists():
        raise TallywireError(f"{data}: there is no database; name its folder with --data")
    races = options.load(folder)
    with Store(data / DATABASE, readonly=True) as store:
        if race is not None:
            _known(store, races, race)
        if atom is not None:
            _atom(store, races, race, atom)
            return
        chosen, made = TABLES[table], _form(form, output)
        rows = chosen.objects if made == "jsonl" else chosen.rows
        with _out(output) as out:
            FORMS[made](chosen, rows(store, races, race), out)
    if output is not None:
        click.echo(f"written: {output}", err=True)


def _form(form: str | None, output: Path | None) -> str:
    """The form that was named or that the file's ending names."""
    ending = output.suffix.removeprefix(".").casefold() if output is not None else ""
    return form or (ending if ending in FORMS else "csv")


def _known(store: Store, races: Races, race: str) -> None:
    """Raises ConfigError for a race of which there is neither a file nor an event."""
    if race not in {known.id for known in races.races} and not store.events(race, limit=1):
        raise ConfigError(f"there is no race {race!r}")


def _atom(store: Store, races: Races, race: str | None, path: Path) -> None:
    from bot import feed

    by_id = {known.id: known for known in races.races}
    told = (event for event in store.events(race) if event.kind.audience == "followers")
    try:
        feed.write(path, feed.feed(told, by_id))
    except OSError as error:
        raise TallywireError(f"{path}: {error.strerror or error}") from error
    click.echo(f"written: {path}", err=True)


@contextlib.contextmanager
def _out(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that is there whole or not at all."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        raise TallywireError(f"{path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
