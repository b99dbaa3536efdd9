"""``--record``: the night is written down while it happens."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from nights.recorder import Recorder
from storage import Store
from tally.race import Race

_FOLDER = click.Path(path_type=Path, file_okay=False)

option = click.option(
    "--record", type=_FOLDER, help="Write the night down in this folder (WARC), for replay and rehearse."
)


@contextlib.contextmanager
def recorded(
    store: Store, races: Iterable[Race], folder: Path | None, address: Callable[[str], str] = str
) -> Iterator[None]:
    """Record what the store takes in, if a folder is given. Raises SeriesError where it can't be used."""
    if folder is None:
        yield
        return
    recorder = Recorder(folder, address=address)
    for race in races:
        healths = {source: health for (_, source), health in store.sources(race.id).items()}
        recorder.begun(store.standing(race), healths)
    store.witness = recorder
    try:
        yield
    finally:
        store.witness = None
        recorder.close()
