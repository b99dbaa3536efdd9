"""How the service does, as sentences: for /readyz, for the heartbeat and for a chat. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

# A poll that went well within these seconds is what makes the service well.
POLLS_WITHIN = 300.0
# So long nothing may wait without a call to any channel; a retry waits a minute at most.
OUTBOX_WITHIN = 300.0
_LAG = 5.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known at one moment.

    ``since_good`` are the seconds since a poll last went well (since the start,
    where none did yet), ``watching`` whether there is anything to poll,
    ``database`` and ``telegram`` what is wrong with them or None, ``lag`` how
    late the loop last woke in seconds, ``waiting`` the deliveries by channel,
    ``stuck`` for how long some have waited without a call to any channel,
    ``sources`` and ``lost`` how many are watched and told as lost.
    """

    since_good: float
    started: bool
    watching: bool
    database: str | None = None
    telegram: str | None = None
    lag: float = 0.0
    waiting: tuple[tuple[str, int], ...] = ()
    stuck: float = 0.0
    sources: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it is well, and a sentence."""

    name: str
    well: bool
    says: str


def checks(facts: Facts) -> tuple[Check, ...]:
    """Everything that makes the service ready, each by itself."""
    return (
        Check("started", facts.started, "polling" if facts.started else "still starting"),
        _polls(facts),
        Check("database", facts.database is None, facts.database or "can be written"),
        Check("telegram", facts.telegram is None, facts.telegram or "no complaint"),
        _outbox(facts),
        Check("loop", facts.lag < _LAG, f"{facts.lag:.3f} s late"),
    )


def is_well(found: Iterable[Check]) -> bool:
    """Whether everything is."""
    return all(check.well for check in found)


def _polls(facts: Facts) -> Check:
    if not facts.watching:
        return Check("polls", well=True, says="nothing is left to watch")
    well = facts.since_good <= POLLS_WITHIN
    return Check("polls", well, f"the last good poll was {facts.since_good:.0f} s ago")


def _outbox(facts: Facts) -> Check:
    waiting = sum(count for _, count in facts.waiting)
    well = facts.stuck <= OUTBOX_WITHIN
    says = f"{waiting} are waiting" if well else f"{waiting} wait, and none was sent for {facts.stuck:.0f} s"
    return Check("outbox", well, says)


def summary(facts: Facts) -> str:
    """One line for a person."""
    bad = [check.says for check in checks(facts) if not check.well]
    head = "Not well: " + "; ".join(bad) if bad else "All well"
    waiting = sum(count for _, count in facts.waiting)
    read = f"{facts.sources - facts.lost} of {facts.sources} sources can be read"
    return f"{head}. {read}, {waiting} messages are waiting."
