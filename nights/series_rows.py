"""The rows of a series, gathered into snapshots: checked, each with its line, as far as rows go."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite, isnan
from zoneinfo import ZoneInfo

from tally.errors import SeriesError
from tally.reading import Result

COLUMNS = ("race", "timestamp_utc", "candidate", "party", "votes", "share", "pct_counted")
_NEEDED = frozenset({"race", "timestamp_utc", "candidate"})
_BLANK = frozenset({"", "nan", "none", "null"})
_NEVER = datetime.min.replace(tzinfo=UTC)
Note = Callable[[str], None]
Cells = list[str]


@dataclass(slots=True)
class Group:
    """The rows of one race at one moment, as they stand together in the file."""

    race: str
    moment: datetime
    line: int
    pct: float | None = None
    results: list[Result] = field(default_factory=list)
    parties: list[str | None] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    broken: bool = False


def groups_of(reader: Iterator[Cells], timezone: ZoneInfo, lenient: bool, note: Note) -> Iterator[Group]:
    """The snapshots of a CSV reader.

    SeriesError, with the line, for what can't be read; where ``lenient``, the
    whole snapshot with such a row is left out (without one candidate it would
    say something else) and ``note`` hears of it. A missing header is always an
    error: without it nothing is sound.
    """
    places = _Places.of(next(reader, []), lenient, note)
    times = _Times(timezone, note)
    book = _Book()
    key_of, open_for = places.key, book.open_for
    group: Group | None = None
    key: tuple[str, str] = ("", "")
    for line, cells in enumerate(reader, start=2):
        here = key_of(cells)
        if not here[0].strip() and not any(map(str.strip, cells)):
            continue  # a blank line, or one of blanks
        if group is None or here != key:
            done, group = open_for(here, line)
            key = here
            yield from (each for each in done if not each.broken)
        try:
            places.add(group, cells, times)
        except ValueError as error:
            if not lenient:
                raise SeriesError(f"line {line}: {error}") from error
            note(f"line {line}: {error}: its snapshot is left out")
            group.broken = True
    yield from (each for each in book.open.values() if not each.broken)


class _Book:
    """The snapshots that are open.

    Mostly the rows of one stand together, and one is open at a time. Some files
    go candidate by candidate; whether this one does its first moment shows:
    then all races of a moment are open at once.
    """

    def __init__(self) -> None:
        self.open: dict[str, Group] = {}
        self._moment: str | None = None
        self._mixed: bool | None = None  # None while the first moment lasts

    def open_for(self, key: tuple[str, str], line: int) -> tuple[tuple[Group, ...], Group]:
        """The snapshots that are complete when a row with this race and time comes, and the row's own."""
        race, moment = key
        done: tuple[Group, ...] = ()
        if moment != self._moment:
            if self._moment is not None:
                self._mixed = bool(self._mixed)
            self._moment, done, self.open = moment, tuple(self.open.values()), {}
        elif race in self.open:
            self._mixed = True
            return (), self.open[race]
        elif self._mixed is False:
            done, self.open = tuple(self.open.values()), {}
        group = self.open[race] = Group("", _NEVER, line)
        return done, group


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each column stands, -1 where it is missing; ``width`` is how many there are."""

    race: int
    time: int
    candidate: int
    party: int
    votes: int
    share: int
    pct: int
    width: int

    @classmethod
    def of(cls, header: Cells, lenient: bool, note: Note) -> "_Places":
        """The places that a header gives. SeriesError where it is none."""
        names = [name.strip().lower() for name in header]
        missing = sorted(_NEEDED - set(names))
        if missing:
            raise SeriesError(f"line 1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
        if len(set(names)) < len(names):
            raise SeriesError("line 1: a column stands twice")
        unknown = ", ".join(name for name in names if name not in COLUMNS)
        if unknown and not lenient:
            raise SeriesError(f"line 1: unknown column {unknown}; known are {', '.join(COLUMNS)}")
        if unknown:
            note(f"line 1: unknown column {unknown}: left out")
        found = {name: names.index(name) if name in names else -1 for name in COLUMNS}
        found["time"], found["pct"] = found.pop("timestamp_utc"), found.pop("pct_counted")
        return cls(**found, width=len(names))

    def key(self, cells: Cells) -> tuple[str, str]:
        """Race and time as they are written: what the rows of one snapshot share."""
        try:
            return cells[self.race], cells[self.time]
        except IndexError:  # half a line
            return "", ""

    def add(self, group: Group, cells: Cells, times: "_Times") -> None:
        """One candidate's row; the first one also says which race it is, and when. ValueError if unsound."""
        if len(cells) != self.width:
            raise ValueError(f"{len(cells)} cells instead of {self.width}")
        if not group.race:
            self._begin(group, cells, times)
        candidate = cells[self.candidate].strip()
        if not candidate:
            raise ValueError("no candidate")
        if not candidate.isascii() and "\ufffd" in candidate:
            raise ValueError(f"{candidate!r} is not UTF-8")
        votes = cells[self.votes] if self.votes >= 0 else ""
        share = cells[self.share] if self.share >= 0 else ""
        group.results.append(Result(candidate, votes_of(votes), number_of(share)))
        group.parties.append(cells[self.party].strip() or None if self.party >= 0 else None)
        group.quotes.append(f"{candidate}: {votes or '–'} votes, {share or '–'} %")

    def _begin(self, group: Group, cells: Cells, times: "_Times") -> None:
        race = cells[self.race].strip()
        if not race or "\ufffd" in race:
            raise ValueError(f"{race!r} is not UTF-8" if race else "no race")
        group.moment = times.read(cells[self.time].strip(), race)
        group.pct = number_of(cells[self.pct]) if self.pct >= 0 else None
        group.race = race


class _Times:
    """Times, with one word about those that lack a zone, and about each hour that clocks blur."""

    def __init__(self, timezone: ZoneInfo, note: Note) -> None:
        self._timezone, self._note = timezone, note
        self._told: set[str] = set()
        self._last: dict[str, datetime] = {}

    def read(self, text: str, race: str) -> datetime:
        """The moment of a text, aware, in UTC. ValueError where it is none."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"{text!r} is no time ({error})") from error
        if moment.tzinfo is UTC:
            return moment
        try:
            return self._local(moment, text, race) if moment.tzinfo is None else moment.astimezone(UTC)
        except OverflowError as error:
            raise ValueError(f"{text!r} is no time that a clock can show") from error

    def _local(self, moment: datetime, text: str, race: str) -> datetime:
        """A time without a zone; where clocks were set back an hour comes twice, one after the other."""
        self._say("", f"times without a zone are read as {self._timezone.key}")
        first, second = (moment.replace(tzinfo=self._timezone, fold=fold).astimezone(UTC) for fold in (0, 1))
        found = first
        if second > first:
            last = self._last.get(race)
            found = second if last is not None and first <= last else first
            which = "after" if found is second else "before"
            self._say(
                text[:13] + which, f"{text} comes twice: clocks were set back; read as the one {which} that"
            )
        elif second < first:
            self._say(text[:13], f"{text} was skipped: clocks were set forward; read as {first:%H:%M:%S} UTC")
        self._last[race] = found
        return found

    def _say(self, what: str, words: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._note(words)


def votes_of(text: str) -> int | None:
    """A whole number, None where it is blank; some exporters write it as 697430.0."""
    if text.isdecimal():
        return int(text)
    number = number_of(text)
    if number is not None and number != int(number):
        raise ValueError(f"{text!r} is no number of votes")
    return None if number is None else int(number)


def number_of(text: str) -> float | None:
    """A number, with or without a per cent sign, None where it is blank."""
    try:
        number = float(text)
    except ValueError:
        plain = text.strip().rstrip("%").strip()
        if plain.casefold() in _BLANK:
            return None
        try:
            number = float(plain)
        except ValueError:
            raise ValueError(f"{text!r} is no number") from None
    if isfinite(number):
        return number
    if isnan(number):
        return None  # data frames write a blank so
    raise ValueError(f"{text!r} is no number")
