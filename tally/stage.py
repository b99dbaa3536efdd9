"""How far a race is on its way, as far as it matters for how often anybody needs to look."""

from datetime import UTC, datetime
from enum import StrEnum

from tally.claim import ClaimKind
from tally.race import Race
from tally.standing import Phase, Standing


class Stage(StrEnum):
    """What is to be expected of a race's pages now."""

    BEFORE = "before"  # nothing may be told yet
    COUNTING = "counting"  # every minute may bring another leader; recounts too
    CALLED = "called"  # two origins or an official one say who won; the count goes on
    DECLARED = "declared"
    SETTLED = "settled"  # certified, or void


_BY_PHASE = {
    Phase.DECLARED: Stage.DECLARED,
    Phase.CERTIFIED: Stage.SETTLED,
    Phase.ANNULLED: Stage.SETTLED,
}


def stage_of(standing: Standing, now: datetime) -> Stage:
    """The stage at ``now`` (aware).

    What the calendar says of the evening yields to what was said: a race that
    was declared does not go back to waiting for its polls to close. One desk
    that calls a race has been wrong before, and slows nothing down.
    """
    by_phase = _BY_PHASE.get(standing.phase)
    if by_phase is not None:
        return by_phase
    if standing.phase is Phase.RECOUNT:
        return Stage.COUNTING
    if any(s.kind is ClaimKind.CALLED and s.confirmed and s.withdrawn is None for s in standing.statuses):
        return Stage.CALLED
    return Stage.BEFORE if now < counting_begins(standing.race) else Stage.COUNTING


def counting_begins(race: Race) -> datetime:
    """When the polls close; without an hour, the midnight in which the day of the vote begins there.

    The day is the race's own: on the other side of the date line it is
    tomorrow's, and a night in which clocks change is an hour shorter or longer.
    """
    if race.polls_close is not None:
        return race.polls_close.astimezone(UTC)  # hours of one timezone are subtracted as if no clock changed
    midnight = datetime(race.date.year, race.date.month, race.date.day, tzinfo=race.timezone)
    try:
        return midnight.astimezone(UTC)
    except OverflowError:
        return midnight.replace(tzinfo=UTC)


def outlook(standing: Standing, now: datetime) -> tuple[Stage, float]:
    """The stage, and the seconds until the counting begins; below nought since it has."""
    left = counting_begins(standing.race) - now.astimezone(UTC)
    return stage_of(standing, now), left.total_seconds()
