"""The events of anything that was recorded: a bundled night, a WARC recording, a series of counts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nights import load_night
from nights.entries import is_recording
from nights.explain import Explain
from nights.recording import replay_recording
from nights.replay import replay
from nights.series import SeriesOptions, replay_series
from races import Races
from tally.errors import ConfigError
from tally.event import Event
from tally.race import Method

_OF_A_SERIES = ("polls_close", "method", "seats", "threshold", "timezone", "lenient", "truth", "anomalies")


def events_of(
    file: Path, races: Callable[[], Races], options: SeriesOptions, explain: Explain | None = None
) -> Iterator[Event]:
    """The events in their order; bundled nights go by their name. Raises SeriesError."""
    if is_series(file):
        return replay_series(file, options, explain)
    if is_recording(file):
        return replay_recording(file, races().races, explain)
    night, known = load_night(str(file)), races()
    wanted = night.races or tuple(race.id for race in known.races)
    return replay(night, [race for race in known.races if race.id in wanted], explain)


def is_series(file: Path) -> bool:
    """Whether a file is a long CSV and no recording of pages."""
    return file.suffix.casefold() == ".csv"


def series_options(given: Mapping[str, Any], note: Callable[[str], None]) -> SeriesOptions:
    """A series' options in the command line's words; ``note`` hears what a lenient reading left out."""
    zone = _zone(given.get("timezone"))
    close = given["polls_close"]
    if close is not None and hour(close, None) is None:
        note(f"--polls-close {close} is read as {zone.key}")
    return SeriesOptions(
        polls_close=hour(close, zone),
        method=Method(given["method"] or Method.PLURALITY),
        seats=given["seats"] or 1,
        threshold=50.0 if given.get("threshold") is None else given["threshold"],
        timezone=zone,
        lenient=given["lenient"],
        note=note,
    )


def check_together(file: Path, given: Mapping[str, Any]) -> None:
    """Whether these options make sense together. Raises ConfigError, which names those that don't."""
    if not is_series(file) and (odd := [name for name in _OF_A_SERIES if given.get(name)]):
        options = ", ".join(f"--{name.replace('_', '-')}" for name in odd)
        raise ConfigError(f"{options}: for a series (a .csv file) only; the races of a night have files")
    if given["seats"] and given["method"] != Method.TOP_N:
        raise ConfigError("--seats is for --method top_n")
    if given.get("threshold") is not None and given["method"] not in (Method.MAJORITY, Method.REFERENDUM):
        raise ConfigError("--threshold is for --method majority or referendum")
    if given.get("anomalies") and not given.get("truth"):
        raise ConfigError("--anomalies explains what --truth finds false: give both")
    if given.get("truth") and any(given.get(name) for name in ("explain", "since", "until")):
        raise ConfigError("--truth compares the whole series: without --explain, --from and --to")
    since, until = hour(given["since"]), hour(given["until"])
    if since and until and since > until:
        raise ConfigError("--from is after --to")


def within(events: Iterable[Event], since: str | None, until: str | None) -> Iterator[Event]:
    """The events from ``since`` up to ``until``, and nothing twice.

    A confirmation of what was told before is left out, and so is what many
    flips came to: of these each stands for itself, with the message that it
    became a part of in ``updates``.
    """
    first, last = hour(since), hour(until)
    for event in events:
        if _is_told_already(event):
            continue
        if (first is None or event.at >= first) and (last is None or event.at <= last):
            yield event


def _is_told_already(event: Event) -> bool:
    if event.details.get("summary"):
        return True
    return event.updates is not None and "flips" not in event.details


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


def hour(text: str | None, zone: tzinfo | None = UTC) -> datetime | None:
    """An hour in ISO 8601; one without an offset is in ``zone`` (None without one). Raises ConfigError."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no hour; write 2026-06-03T03:00:00Z") from None
    if found.tzinfo:
        return found
    return None if zone is None else found.replace(tzinfo=zone)


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(f"{name!r} is no time zone; write one like Europe/Istanbul") from None
