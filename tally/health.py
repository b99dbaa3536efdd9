"""What an operator should hear of a source: lost once, back once, never a flood.

A 200 is not a result. A challenge page, an empty shell or an error page that
comes as a 200 would otherwise look like "no change" for the rest of the night.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tally.capture import Outcome
from tally.claim import Claim
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Race
from tally.reading import Reading, Status

# A source that was lost twice within so long is unsteady: from then on it has to fail twice as often in a row
# each time, up to so many doublings, to be told again. A page that every other poll walls off would ring all
# night.
_UNSTEADY, _DOUBLINGS = timedelta(minutes=30), 5

# A source that nobody hears of: its poll never comes back, or its page stands still while the count goes on.
UNASKED, SILENT = "unasked", "silent"

Details = dict[str, str | int | float | bool | None]

# In how many polls in a row an outcome must be seen before it is told. What a
# page itself says is sure at once; the network has hiccups.
_PATIENCE = {
    Outcome.LOST: 1,
    Outcome.CHALLENGE: 1,
    Outcome.ERROR_PAGE: 2,
    Outcome.UNREADABLE: 2,
    Outcome.FAILED: 3,
}


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source does.

    ``outcome`` is the last poll's (NOTHING became LOST where something could be
    read before), ``page`` that of the last page that was had, which an
    unchanged poll repeats; ``readable`` whether it ever gave a reading or a
    claim; ``last_good`` when a poll last found it sound, ``last_read`` when its
    page last held something to read, ``last_new`` when something new was read;
    ``failures`` the polls in a row that were not sound; ``lost`` the key of the event while it is told as
    lost; ``losses`` how often it was; ``reads`` how often something new was
    read; ``silent`` that it is told as lost because nothing new comes;
    ``lost_at`` when it was last told as lost, ``flaps`` how often shortly after
    another time.
    """

    outcome: Outcome | None = None
    page: Outcome | None = None
    readable: bool = False
    last_poll: datetime | None = None
    last_good: datetime | None = None
    last_read: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    polls: int = 0
    reason: str | None = None
    lost: str | None = None
    losses: int = 0
    last_new: datetime | None = None
    reads: int = 0
    silent: bool = False
    lost_at: datetime | None = None
    flaps: int = 0

    @classmethod
    def start(cls) -> "SourceHealth":
        """The health of a source that was never polled."""
        return cls()


def sound_for(
    health: SourceHealth, outcome: Outcome, readings: Sequence[Reading], claims: Sequence[Claim]
) -> Outcome:
    """The outcome as a source's health takes it.

    A board's trial figures come before the night and go again: nobody could
    read the source yet, and when they go nothing is lost.
    """
    trial = outcome is Outcome.READ and not health.readable and bool(readings) and not claims
    if trial and all(reading.status is Status.TEST for reading in readings):
        return Outcome.NOTHING
    return outcome


def judge(
    health: SourceHealth,
    race: Race,
    source_name: str,
    outcome: Outcome,
    now: datetime,
    reason: str | None = None,
) -> tuple[SourceHealth, tuple[Event, ...]]:
    """The health after one poll, and what the operator should hear of it (at most one event)."""
    if outcome is Outcome.NOTHING and health.readable:
        outcome = Outcome.LOST
    # An unchanged poll repeats the page: a challenge page that did not change is still one.
    page = health.page if outcome in (Outcome.UNCHANGED, Outcome.FAILED) else outcome
    effective = (page or Outcome.UNCHANGED) if outcome is Outcome.UNCHANGED else outcome
    seen = replace(health, outcome=outcome, page=page, last_poll=now, polls=health.polls + 1)
    if effective in _PATIENCE:
        return _ailing(seen, race, source_name, effective, now, reason)
    if outcome is Outcome.READ:
        seen = replace(seen, last_new=now, reads=seen.reads + 1)
    return _sound(seen, race, source_name, effective, now)


def _ailing(
    health: SourceHealth, race: Race, name: str, outcome: Outcome, now: datetime, reason: str | None
) -> tuple[SourceHealth, tuple[Event, ...]]:
    after = replace(
        health,
        failures=health.failures + 1,
        failing_since=health.failing_since or now,
        reason=reason or health.reason or outcome.value,
    )
    # What stood still and now can't be read at all is worth a second word.
    if (after.lost is not None and not after.silent) or after.failures < _patience(health, outcome, now):
        return after, ()
    return _lost(replace(after, silent=False), race, name, outcome.value, now)


def _patience(health: SourceHealth, outcome: Outcome, now: datetime) -> int:
    """In how many polls in a row this outcome must be seen to be told now."""
    return _PATIENCE[outcome] << min(max(_recent_flaps(health, now) - 1, 0), _DOUBLINGS)


def _recent_flaps(health: SourceHealth, now: datetime) -> int:
    unsteady = health.lost_at is not None and now - health.lost_at < _UNSTEADY
    return health.flaps if unsteady else 0


def stopped(
    health: SourceHealth, race: Race, source_name: str, how: str, now: datetime
) -> tuple[SourceHealth, tuple[Event, ...]]:
    """The health of a source from which nothing comes any more, told unless it is told as lost already.

    ``how`` is UNASKED where no poll comes to an end, SILENT where polls go well
    and the page stands still. From silence only a reading brings it back.
    """
    if health.lost is not None:
        return health, ()
    after, told = _lost(replace(health, silent=how == SILENT, reason=how), race, source_name, how, now)
    return replace(
        after, lost_at=health.lost_at, flaps=health.flaps
    ), told  # to stand still is not to be unsteady


def _lost(
    health: SourceHealth, race: Race, name: str, how: str, now: datetime
) -> tuple[SourceHealth, tuple[Event, ...]]:
    number = health.losses + 1
    key = f"{race.id}/{EventKind.SOURCE_LOST}/{name}/{number}"
    event = _event(EventKind.SOURCE_LOST, key, race, name, now, health.reason or how)
    good = health.last_new if how == SILENT else health.last_good
    details: Details = {
        "source": name,
        "outcome": how,
        "reason": health.reason,
        "failures": health.failures,
        "since": None if good is None else good.isoformat(),
    }
    told = replace(event, before="read" if health.readable else None, after=how, details=details)
    after = replace(
        health,
        lost=key,
        losses=number,
        lost_at=now,
        flaps=_recent_flaps(health, now) + 1,
        failing_since=health.failing_since or now,
    )
    return after, (told,)


def _sound(
    health: SourceHealth, race: Race, name: str, outcome: Outcome, now: datetime
) -> tuple[SourceHealth, tuple[Event, ...]]:
    read = outcome is Outcome.READ
    health = replace(
        health,
        readable=health.readable or read,
        last_good=now,
        last_read=now if read else health.last_read,
    )
    lost, since = health.lost, health.failing_since
    if health.silent and health.outcome is not Outcome.READ:
        return health, ()
    after = replace(
        health,
        silent=False,
        failing_since=None,
        failures=0,
        reason=None,
        lost=None,
    )
    if lost is None:
        return after, ()
    key = f"{race.id}/{EventKind.SOURCE_BACK}/{name}/{after.losses}"
    event = _event(EventKind.SOURCE_BACK, key, race, name, now, "read again" if read else outcome.value)
    minutes = None if since is None else int((now - since).total_seconds() // 60)
    details: Details = {"source": name, "minutes": minutes}
    return after, (replace(event, before="lost", after=outcome.value, corrects=lost, details=details),)


def _event(kind: EventKind, key: str, race: Race, name: str, now: datetime, quote: str) -> Event:
    source = race.source(name)
    origin = name if source is None else source.origin
    url = None if source is None else source.url
    proof = Proof(origin, now, Evidence(quote, where=url or "", rule="health"), source=name, url=url)
    return Event(key, kind, race.id, now, Tier.CONFIRMED, Level.IMPORTANT, origin, (proof,))
