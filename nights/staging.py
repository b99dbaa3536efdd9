"""A night that the service itself recorded, as pages to be served again: for a rehearsal of it."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from nights.entries import Entry, entries_of
from nights.night import Answer, Change, Night, Step
from tally.errors import SeriesError


def load_recording(path: Path) -> Night:
    """The recording as a night: a step for each changed page, and for each moment in which time told.

    What was had of a page at first was there before anybody came, unless it
    could not be had until then. Polls that came to nothing are not shown again.
    Raises SeriesError.
    """
    entries = list(entries_of(path))
    found: list[tuple[Entry, Change | None]] = list(_shown(entries))
    first = {id(entry) for entry in _found_at_first(entries)}
    opening = tuple(change for entry, change in found if change is not None and id(entry) in first)
    if not any(change is not None for _, change in found):
        raise SeriesError(f"{path}: no page is recorded there")
    later = [(entry.moment.at, change) for entry, change in found if id(entry) not in first]
    start = min(entry.moment.at for entry in entries)
    steps = [Step(start, opening, note="as they were found")]
    for at, group in groupby(later, itemgetter(0)):
        changes = tuple(change for _, change in group if change is not None)
        # A clock that was set back does not take the night back.
        hour = max(at, steps[-1].at)
        steps.append(Step(hour, changes, note=", ".join(change.url for change in changes)))
    races = tuple(dict.fromkeys(entry.moment.race for entry in entries))
    return Night(path.name.partition(".")[0], f"Recording {path.name}", races, tuple(steps))


def _shown(entries: list[Entry]) -> Iterator[tuple[Entry, Change | None]]:
    """What is to be seen of each record: a page that is another than before, or that time passed."""
    on_show: dict[str, tuple[int, bytes]] = {}
    for entry in entries:
        capture = entry.capture
        if capture is not None:
            page = (capture.status, capture.body)
            if on_show.get(capture.url) != page:
                on_show[capture.url] = page
                answer = Answer(capture.body, capture.status, capture.headers)
                yield entry, Change(capture.url, answer, f"{entry.moment.at:%Y-%m-%dT%H:%M:%SZ}")
        elif entry.moment.source is None and not entry.more:
            yield entry, None


def _found_at_first(entries: list[Entry]) -> Iterator[Entry]:
    """The first page of each address whose source had not been asked in vain before."""
    asked: set[tuple[str, str | None]] = set()
    seen: set[str] = set()
    for entry in entries:
        source = (entry.moment.race, entry.moment.source)
        if entry.capture is not None and entry.capture.url not in seen:
            seen.add(entry.capture.url)
            if source not in asked:
                yield entry
        asked.add(source)
