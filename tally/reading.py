"""A reading: what one page said about one race at one moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tally.evidence import Evidence
from tally.swift import swift


class Qualifier(StrEnum):
    """How exactly a number was given: "53.6", "nearly 95", "more than 90", "fewer than 5,000"."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Status(StrEnum):
    """What the count calls itself. ``TEST`` readings alert nobody, ever."""

    TEST = "test"
    UNOFFICIAL = "unofficial"
    OFFICIAL = "official"
    CERTIFIED = "certified"
    RECOUNT = "recount"


@swift
@dataclass(frozen=True, slots=True)
class Counted:
    """How much of the vote is counted. ``pct`` is 0–100, of whatever ``basis`` says."""

    pct: float
    qualifier: Qualifier = Qualifier.EXACT
    basis: str | None = None


@swift
@dataclass(frozen=True, slots=True)
class Result:
    """One candidate's line, each number of it known or not.

    ``votes`` and ``seats`` are whole numbers, ``share`` is 0–100.
    """

    candidate: str
    votes: int | None = None
    share: float | None = None
    qualifier: Qualifier = Qualifier.EXACT
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead told as such: in votes, or in percentage points."""

    candidate: str
    votes: int | None = None
    points: float | None = None
    qualifier: Qualifier = Qualifier.EXACT


@swift
@dataclass(frozen=True, slots=True)
class Reading:
    """One state of one count.

    ``origin`` is whose count it is (three outlets quoting an agency are one
    origin), ``source`` the watched page it was read from. ``as_of`` is aware;
    ``stamped`` says that it is the origin's own stamp and not merely the hour
    of fetching. ``round`` numbers the rounds of a ranked count from 1.
    ``post`` is the identity of a live-blog post.
    """

    race: str
    origin: str
    as_of: datetime
    evidence: Evidence
    results: tuple[Result, ...] = ()
    counted: Counted | None = None
    lead: Lead | None = None
    status: Status = Status.UNOFFICIAL
    stamped: bool = False
    source: str | None = None
    url: str | None = None
    turnout: float | None = None
    votes_cast: int | None = None
    electorate: int | None = None
    votes_left: int | None = None
    round: int | None = None
    post: str | None = None
