"""The events of anything that was recorded: a bundled night, a WARC recording, a series of counts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nights import load_night
from nights.replay import replay
from nights.series import SeriesOptions, replay_series
from races import Races
from tally.errors import ConfigError
from tally.event import Event
from tally.race import Method


def events_of(file: Path, races: Races, options: SeriesOptions) -> Iterator[Event]:
    """The events in their order; bundled nights go by their name. Raises SeriesError."""
    if file.suffix == ".csv":
        return replay_series(file, options)
    night = load_night(str(file))
    wanted = night.races or tuple(race.id for race in races.races)
    return replay(night, [race for race in races.races if race.id in wanted])


def series_options(given: Mapping[str, Any], note: Any) -> SeriesOptions:
    """A series' options in the command line's words; ``note`` hears what a lenient reading left out."""
    return SeriesOptions(
        polls_close=hour(given["polls_close"]),
        method=Method(given["method"]),
        seats=given["seats"],
        lenient=given["lenient"],
        note=note,
    )


def within(events: Iterable[Event], since: str | None, until: str | None) -> Iterator[Event]:
    """The events from ``since`` up to ``until``, and no confirmations of what was told before."""
    first, last = hour(since), hour(until)
    for event in events:
        if (
            event.updates is None
            and (first is None or event.at >= first)
            and (last is None or event.at <= last)
        ):
            yield event


def one_line(event: Event) -> str:
    """An event in a line, for a terminal."""
    change = " → ".join(part for part in (event.before, event.after) if part)
    about = event.candidate if event.candidate not in (event.before, event.after) else None
    parts = (
        f"{event.at:%Y-%m-%d %H:%M:%S}Z",
        event.race,
        event.kind,
        change,
        about,
        event.tier,
        event.origin,
    )
    return "  ".join(str(part) for part in parts if part)


def hour(text: str | None) -> datetime | None:
    """An hour in ISO 8601; one without an offset is UTC. Raises ConfigError."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no hour; write 2026-06-03T03:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo("UTC"))
