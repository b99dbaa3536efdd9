"""The rows of a series: each checked, with its line, before anything is made of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tally.errors import SeriesError

COLUMNS = ("race", "timestamp_utc", "candidate", "party", "votes", "share", "pct_counted")
_NEEDED = frozenset({"race", "timestamp_utc", "candidate"})
Note = Callable[[str], None]


class Row(NamedTuple):
    """One candidate in one snapshot."""

    race: str
    moment: datetime
    candidate: str
    party: str | None
    votes: int | None
    share: float | None
    pct: float | None
    quote: str
    line: int


def rows_of(reader: Iterator[list[str]], timezone: ZoneInfo, lenient: bool, note: Note) -> Iterator[Row]:
    """The sound rows of a CSV reader.

    SeriesError, with the line, for what can't be read; where ``lenient``, such
    a row is left out and ``note`` hears of it. A missing header is always an
    error: without it nothing is sound.
    """
    places = _places(next(reader, []), lenient, note)
    times = _Times(timezone, note)
    for line, cells in enumerate(reader, start=2):
        if not any(cells):
            continue
        try:
            yield _row(cells, places, times, line)
        except ValueError as error:
            if not lenient:
                raise SeriesError(f"line {line}: {error}") from error
            note(f"line {line}: {error}: left out")


def _places(header: list[str], lenient: bool, note: Note) -> list[int]:
    """Where each known column stands, -1 where it is missing."""
    names = [name.strip().lower() for name in header]
    missing = sorted(_NEEDED - set(names))
    if missing:
        raise SeriesError(f"line 1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
    if len(set(names)) < len(names):
        raise SeriesError("line 1: a column stands twice")
    unknown = [name for name in names if name not in COLUMNS]
    if unknown and not lenient:
        raise SeriesError(f"line 1: unknown column {', '.join(unknown)}; known are {', '.join(COLUMNS)}")
    if unknown:
        note(f"line 1: unknown column {', '.join(unknown)}: left out")
    return [names.index(name) if name in names else -1 for name in COLUMNS] + [len(names)]


class _Times:
    """Times, each text read once: a snapshot repeats its own in every row."""

    def __init__(self, timezone: ZoneInfo, note: Note) -> None:
        self._timezone, self._note = timezone, note
        self._text, self._moment = "", datetime.min.replace(tzinfo=UTC)
        self._told = False

    def read(self, text: str) -> datetime:
        """The moment of a text, aware, in UTC. ValueError where it is none."""
        if text != self._text:
            self._moment = self._resolve(datetime.fromisoformat(text))
            self._text = text
        return self._moment

    def _resolve(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            if not self._told:
                self._note(f"times without a zone are read as {self._timezone.key}")
                self._told = True
            moment = moment.replace(tzinfo=self._timezone)
        return moment.astimezone(UTC)


def _row(cells: list[str], places: list[int], times: _Times, line: int) -> Row:
    race_at, time_at, candidate_at, party_at, votes_at, share_at, pct_at, width = places
    if len(cells) != width:
        raise ValueError(f"{len(cells)} cells instead of {width}")
    race, candidate = cells[race_at].strip(), cells[candidate_at].strip()
    if not race or not candidate:
        raise ValueError("no race" if not race else "no candidate")
    votes = cells[votes_at] if votes_at >= 0 else ""
    share = cells[share_at] if share_at >= 0 else ""
    return Row(
        race,
        times.read(cells[time_at].strip()),
        candidate,
        (cells[party_at].strip() or None) if party_at >= 0 else None,
        _votes(votes) if votes else None,
        _number(share) if share else None,
        _number(cells[pct_at]) if pct_at >= 0 and cells[pct_at] else None,
        f"{candidate}: {votes or '–'} votes, {share or '–'} %",
        line,
    )


def _votes(text: str) -> int | None:
    """A whole number; some exporters write it as 697430.0."""
    if text.isdecimal():
        return int(text)
    number = _number(text)
    if number is not None and number != int(number):
        raise ValueError(f"{text!r} is no number of votes")
    return None if number is None else int(number)


def _number(text: str) -> float | None:
    stripped = text.strip().rstrip("%")
    if not stripped or stripped.casefold() in ("nan", "none", "null"):
        return None
    number = float(stripped)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"{text!r} is no number")
    return number
