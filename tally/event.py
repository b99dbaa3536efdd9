"""An event: a difference between two standings that somebody wants to hear of."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tally.evidence import Evidence
from tally.reading import Counted, Result
from tally.swift import swift


class EventKind(StrEnum):
    """The kinds of news. The values are the words in the database, in --json and in settings."""

    FIRST_RESULTS = "first_results"
    LEAD_CHANGE = "lead_change"
    TIE = "tie"
    LINE_CHANGE = "line_change"
    MILESTONE = "milestone"
    CLOSE = "close"
    CONCESSION = "concession"
    CONCESSION_WITHDRAWN = "concession_withdrawn"
    VICTORY_CLAIM = "victory_claim"
    CALLED = "called"
    CALL_WITHDRAWN = "call_withdrawn"
    DECLARED = "declared"
    CERTIFIED = "certified"
    RECOUNT = "recount"
    ANNULLED = "annulled"
    CHALLENGED = "challenged"
    REVISED = "revised"
    QUARANTINED = "quarantined"
    DISAGREEMENT = "disagreement"
    STALE = "stale"
    RESUMED = "resumed"
    SOURCE_LOST = "source_lost"
    SOURCE_BACK = "source_back"

    @property
    def audience(self) -> "Audience":
        """Who is told: doubts about the data and about a source are the operator's business."""
        return Audience.OPERATORS if self in _FOR_OPERATORS else Audience.FOLLOWERS


class Audience(StrEnum):
    """Whom an event is for."""

    FOLLOWERS = "followers"
    OPERATORS = "operators"


_FOR_OPERATORS = frozenset({EventKind.QUARANTINED, EventKind.SOURCE_LOST, EventKind.SOURCE_BACK})


class Tier(StrEnum):
    """How sure: ``flash`` rests on one origin, ``confirmed`` on an official one or on two."""

    FLASH = "flash"
    CONFIRMED = "confirmed"


class Level(StrEnum):
    """What an event is worth: ``urgent`` rings at night, ``important`` is pushed, ``routine`` is silent."""

    URGENT = "urgent"
    IMPORTANT = "important"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing an event rests on: whose word, when, where it stands, and the quote."""

    origin: str
    as_of: datetime
    evidence: Evidence
    source: str | None = None
    url: str | None = None


@swift
@dataclass(frozen=True, slots=True)
class Headline:
    """The numbers of a race as believed at one moment, best first.

    ``results`` are sorted by votes, then share. ``leader`` is None at a tie or
    where no line has a number. Margins are between first and second:
    ``margin_votes`` in votes, ``margin_points`` in percentage points, None
    where unknown. ``origin`` is whose count it is.
    """

    origin: str
    as_of: datetime
    results: tuple[Result, ...]
    leader: str | None
    margin_votes: int | None = None
    margin_points: float | None = None
    counted: Counted | None = None
    turnout: float | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of news about one race.

    ``key`` is unique for ever: the same news never makes a second key.
    ``before`` and ``after`` say what changed (candidate ids for a lead, else
    short words; "from" and "to" in JSON). ``candidate`` is whom it is about.
    ``headline`` holds the numbers at that moment, ``proofs`` what it rests on
    (at least one), ``others`` the headlines of further origins where the event
    is about them (a disagreement). ``updates`` is the key of an earlier event
    that this one confirms (same news, now by a second origin: not told
    again), ``corrects`` the key of one that it takes back or corrects.
    ``details`` are further facts by name, for the wording.
    """

    key: str
    kind: EventKind
    race: str
    at: datetime
    tier: Tier
    level: Level
    origin: str
    proofs: tuple[Proof, ...]
    before: str | None = None
    after: str | None = None
    candidate: str | None = None
    headline: Headline | None = None
    others: tuple[Headline, ...] = ()
    updates: str | None = None
    corrects: str | None = None
    details: dict[str, str | int | float | bool | None] = field(default_factory=dict)
