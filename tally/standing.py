"""A standing: what is believed about one race at one moment, and why.

Everything in here is immutable and small: a standing is copied on every change
and kept in the database after every page, so it holds the latest accepted
state of each origin and a short tail of earlier ones, never the whole night.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tally.claim import Claim, ClaimKind, Strength
from tally.event import Headline, Proof, Tier
from tally.race import Race, Rank
from tally.reading import Reading, Result
from tally.swift import swift


class Phase(StrEnum):
    """Where a race is on its way; it decides what a falling total or a silent feed means."""

    WAITING = "waiting"  # nothing counted yet
    COUNTING = "counting"
    RECOUNT = "recount"  # totals may move both ways
    DECLARED = "declared"
    CERTIFIED = "certified"
    ANNULLED = "annulled"  # the result is void, its history stays


class Doubt(StrEnum):
    """Why a reading is not believed. The values are the reasons an operator sees."""

    ZEROS = "zeros"
    STALE_CACHE = "stale_cache"
    FALL = "fall"
    REVERSAL = "reversal"
    LEAP = "leap"
    SWAPPED = "swapped"
    COLLAPSE = "collapse"
    ONE_SIDED = "one_sided"
    JUMP = "jump"
    SHARES = "shares"
    INCOMPLETE = "incomplete"
    TOO_MANY_VOTES = "too_many_votes"
    VANISHED = "vanished"
    DUPLICATE = "duplicate"
    TEST_DATA = "test_data"
    BEFORE_POLLS_CLOSE = "before_polls_close"
    EMBARGO = "embargo"


@swift
@dataclass(frozen=True, slots=True)
class Mark:
    """An earlier accepted state of a count: enough to know it again when a cache serves it."""

    as_of: datetime
    results: tuple[Result, ...]
    pct: float | None = None


@swift
@dataclass(frozen=True, slots=True)
class Count:
    """One origin's count as believed.

    ``reading`` is the latest accepted one (with what prose added to it),
    ``leader`` the last strict leader (kept through a tie), ``level`` those who
    are level at the top now, ``moved`` when the numbers last moved, ``pace``
    the usual seconds between two movements, ``updates`` how often they moved,
    ``silent_since`` is set while the feed is told to be stale, ``silences``
    how often it was, ``quiet_at`` when it will be, if nothing moves (None: never).
    """

    origin: str
    rank: Rank
    reading: Reading
    headline: Headline
    moved: datetime
    leader: str | None = None
    level: tuple[str, ...] = ()
    updates: int = 1
    pace: float = 0.0
    past: tuple[Mark, ...] = ()
    silent_since: datetime | None = None
    silences: int = 0
    quiet_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """A status taken back: whose word that is, first one first; ``key`` is the event that told it."""

    key: str
    proof: Proof
    origins: tuple[str, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A status of the race that somebody gave it, with who said it and when.

    ``by`` is the one whose act it is (the candidate who concedes, the desk
    that calls, the board that declares), ``candidate`` whom it is about,
    ``origins`` all whose word it is, first one first, ``firm`` those of them
    who say it without a reservation. ``key`` is the event that told it.
    ``confirmed`` is of what ``strength`` says: two soft words make no firm one.
    ``withdrawn`` keeps the history: a status is never deleted; ``reversal`` is
    whose word the withdrawal is.
    """

    kind: ClaimKind
    since: datetime
    proof: Proof
    key: str
    by: str | None = None
    candidate: str | None = None
    strength: Strength = Strength.FIRM
    origins: tuple[str, ...] = ()
    withdrawn: datetime | None = None
    confirmed: bool = False
    firm: tuple[str, ...] = ()
    reversal: Reversal | None = None

    @property
    def told_at(self) -> datetime:
        """The hour of what the status says now, where ``since`` is that of the soft word before it."""
        return self.proof.as_of

    @property
    def status(self) -> str:
        """The status in a word: a call that is only a projection is called so."""
        soft_call = self.kind is ClaimKind.CALLED and self.strength is Strength.SOFT
        return "projected" if soft_call else self.kind.value

    @property
    def backers(self) -> tuple[str, ...]:
        """The origins that say all that the status says: of a firm one those who are firm."""
        return self.firm if self.strength is Strength.FIRM else self.origins


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A reading that nobody is told of until the next poll, another origin or the operator confirms it.

    ``why`` is the reason in words with its figures, ``times`` in how many polls
    it was seen, ``since`` when first; ``rejected`` keeps it, so that the same
    numbers do not come up again.
    """

    id: str
    doubt: Doubt
    why: str
    reading: Reading
    since: datetime
    times: int = 1
    rejected: bool = False
    last: datetime | None = None


# What a rule remembers from one look to the next: plain JSON values by name.
Note = str | int | float | bool | list[str] | None


@swift
@dataclass(frozen=True, slots=True)
class Standing:
    """What is believed about one race.

    ``headline`` is the count that the race is told by, ``origins`` each
    origin's own, ``statuses`` what was said, withdrawn ones included.
    ``quarantine`` are the readings that are
    doubted, ``waiting`` the claims that wait for the embargo to lift. ``notes`` is
    the memory of the rules, by ``rule.name``.
    """

    race: Race
    headline: Headline | None = None
    origins: Mapping[str, Count] = field(default_factory=dict)
    statuses: tuple[Said, ...] = ()
    phase: Phase = Phase.WAITING
    phase_since: datetime | None = None
    quarantine: tuple[Quarantined, ...] = ()
    waiting: tuple[Claim, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)

    @classmethod
    def start(cls, race: Race) -> "Standing":
        """The standing of a race of which nothing is known yet."""
        return cls(race)

    @property
    def leader(self) -> str | None:
        """The last strict leader of the count that the race is told by, kept through a tie."""
        return None if self.headline is None else self.origins[self.headline.origin].leader

    @property
    def tier(self) -> Tier:
        """Confirmed where the headline is an official count, or two origins have the same leader."""
        if self.headline is None:
            return Tier.FLASH
        told = self.origins[self.headline.origin]
        same = sum(1 for count in self.origins.values() if count.leader == told.leader)
        sure = told.rank is Rank.OFFICIAL or (told.leader is not None and same >= 2)
        return Tier.CONFIRMED if sure else Tier.FLASH
