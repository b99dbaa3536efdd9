"""A race: who stands, by which rules it is decided, and who counts it.

Plain data, made by the loader in ``races/`` from one TOML a race, or by the
replayer from a series that brings no file. Everything is validated there;
here it is only held.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from tally.access import PLAIN, Access


class Rank(IntEnum):
    """How much an origin's word weighs: official > agency > outlet."""

    OUTLET = 1
    AGENCY = 2
    OFFICIAL = 3


class Method(StrEnum):
    """How the votes decide."""

    PLURALITY = "plurality"
    MAJORITY = "majority"
    REFERENDUM = "referendum"
    TOP_N = "top_n"
    RANKED = "ranked"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer on the ballot: a person, a list, or "yes" and "no".

    ``aliases`` are other spellings of the name; ``descriptions`` are phrases
    that mean this candidate in this race ("the former prime minister");
    ``pronoun`` is "he", "she" or "they" where it helps to read prose.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    party: str | None = None
    colour: str | None = None
    pronoun: str | None = None
    surname: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose count or word it is: an election board, an agency, an outlet's own desk."""

    id: str
    name: str
    rank: Rank = Rank.OUTLET
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One page that is watched.

    ``kind`` names the page kind that reads it (``scrapers.parser.kinds``);
    ``origin`` is whose count the page carries where it names nobody else;
    ``cadence`` is in seconds: how often it is asked while votes are counted.
    ``fastest`` and ``slowest`` bound what follows from the hour of the night
    and the page's own pace (None: by the cadence). ``options`` belong to the
    page kind (paths, columns, how the page's names map to candidates);
    ``access`` is how it is asked for.
    """

    name: str
    url: str
    kind: str
    origin: str
    rank: Rank = Rank.OUTLET
    language: str | None = None
    cadence: float = 30.0
    timezone: ZoneInfo | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    fastest: float | None = None
    slowest: float | None = None
    access: Access = PLAIN


@dataclass(frozen=True, slots=True)
class Race:
    """One race, as configured. All datetimes are aware.

    ``threshold`` is in per cent (a majority's 50, a referendum's 50 or 60);
    ``seats`` is how many win (top two of a primary: 2); ``follows`` is the id
    of the race that this one repeats or decides (a re-run, a run-off);
    ``watch_until`` ends the polling; ``rules`` holds the options of the alert
    rules by rule name. ``adds_up`` is for a race that is the sum of others: the
    seats or electors that each is worth, by race id; ``majority`` is how many
    of them decide.
    """

    id: str
    title: str
    date: date
    timezone: ZoneInfo
    candidates: tuple[Candidate, ...]
    polls_close: datetime | None = None
    embargo: datetime | None = None
    watch_until: datetime | None = None
    method: Method = Method.PLURALITY
    threshold: float = 50.0
    seats: int = 1
    quorum: float | None = None
    electorate: int | None = None
    follows: str | None = None
    origins: tuple[Origin, ...] = ()
    sources: tuple[Source, ...] = ()
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    adds_up: Mapping[str, int] = field(default_factory=dict)
    majority: int | None = None

    def candidate(self, candidate_id: str) -> Candidate | None:
        """The candidate with that id, or None."""
        return next((c for c in self.candidates if c.id == candidate_id), None)

    def origin(self, origin_id: str) -> Origin | None:
        """The origin with that id as configured, or None for one nobody named."""
        return next((o for o in self.origins if o.id == origin_id), None)

    def source(self, name: str) -> Source | None:
        """The source of that name, or None."""
        return next((s for s in self.sources if s.name == name), None)

    def rank_of(self, origin_id: str) -> Rank:
        """The rank of an origin: as configured, else its best own source's, else an outlet's."""
        configured = self.origin(origin_id)
        if configured is not None:
            return configured.rank
        own = (s.rank for s in self.sources if s.origin == origin_id)
        return max(own, default=Rank.OUTLET)

    def counting_may_be_told(self, now: datetime) -> bool:
        """Whether polls have closed and no embargo holds at ``now``."""
        gates = (self.polls_close, self.embargo)
        return all(gate is None or now >= gate for gate in gates)
