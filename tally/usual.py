"""The usual reading: the same page a little further, with nobody else ahead.

Nine readings of ten are of this kind, and millions of them pass in a replay.
What they need is done here without the working copy and the questions that
only odd readings raise. It is a short cut and nothing else: where anything is
out of the ordinary it answers None, and a test holds that both ways agree.
"""

from datetime import UTC, datetime

from tally.accept.gates import gate
from tally.accept.growth import growth, unexplained
from tally.accept.order import is_older
from tally.accept.sound import unsound
from tally.count import carry_on
from tally.draft import CountMove
from tally.event import Event
from tally.merge import is_prose
from tally.reading import Reading, Status
from tally.rules import woken_by
from tally.sight import Sight, Wake
from tally.standing import Count, Phase, Standing

_NEVER = datetime.max.replace(tzinfo=UTC)
_GREW = frozenset({Wake.COUNT})


def usual(standing: Standing, reading: Reading, now: datetime) -> tuple[Standing, tuple[Event, ...]] | None:
    """The standing and the news after a reading that only carries the one count on; None if it is odd."""
    if len(standing.origins) != 1 or standing.quarantine or standing.waiting:
        return None
    count = standing.origins.get(reading.origin)
    if count is None or standing.phase is not Phase.COUNTING or "lead_change.due" in standing.notes:
        return None
    if (
        count.level
        or count.silent_since is not None
        or (count.quiet_at is not None and now >= count.quiet_at)
    ):
        return None
    if not _goes_on(standing, count, reading, now):
        return None
    new = carry_on(standing.race, reading, count, now)
    if new.leader != count.leader or new.level:
        return None
    return _told(standing, count, new, now)


def _goes_on(standing: Standing, count: Count, reading: Reading, now: datetime) -> bool:
    """Whether it is the next state of the same page: grown, sound and free to be told."""
    known, race = count.reading, standing.race
    if reading.race != race.id or reading.source != known.source or reading.round != known.round:
        return False
    if reading.status is not Status.UNOFFICIAL or is_older(reading, count) or is_prose(reading, race):
        return False
    grown = growth(known.results, reading.results)
    if grown is None or not grown[1] or unexplained(known, reading, grown) is not None:
        return False
    return gate(reading, standing, now) is None and unsound(reading, race) is None


def _told(standing: Standing, count: Count, new: Count, now: datetime) -> tuple[Standing, tuple[Event, ...]]:
    notes = dict(standing.notes)
    after = Standing(
        *(standing.race, new.headline, {new.origin: new}, standing.statuses, standing.phase),
        *(standing.phase_since, (), (), notes),
    )
    sight = Sight(standing, after, now, [CountMove(count, new)], [], [], notes, new)
    events: list[Event] = []
    for rule in woken_by(_GREW):
        events.extend(rule.look(sight))
    return after, tuple(events)
