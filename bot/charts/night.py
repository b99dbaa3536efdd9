"""What a picture is drawn from: a race, what is believed, and how it came to that. Pure, no drawing in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tally.decide import decide
from tally.event import Audience, Event, Headline, Level
from tally.race import Race
from tally.reading import Reading, Status
from tally.standing import Standing

_WORTH = {Level.URGENT: 0, Level.IMPORTANT: 1, Level.ROUTINE: 2}


@dataclass(frozen=True)
class Night:
    """A race as it stands, with its readings and events, oldest first."""

    race: Race
    standing: Standing
    readings: Sequence[Reading] = ()
    events: Sequence[Event] = ()

    @cached_property
    def told(self) -> tuple[Headline, ...]:
        """The counts that the race was told by, oldest first; never a reading that is not believed.

        A cache's zeros in the middle of a night would draw a cliff, so the
        readings go through ``decide`` once more. What the events and the
        standing say was believed is taken as it is: an operator may have
        approved what ``decide`` alone would doubt.
        """
        known = [*self._decided(), *self._announced()]
        if self.standing.headline is not None:
            known = [h for h in known if h.as_of <= self.standing.headline.as_of]
            known.append(self.standing.headline)
        once = {(h.as_of, h.origin): h for h in known if h.results}
        return tuple(once[key] for key in sorted(once))

    def news(self, most: int) -> list[Event]:
        """The events worth a mark, at most so many: what weighs most, of that the latest; oldest first."""
        mine = [e for e in self.events if e.kind.audience is Audience.FOLLOWERS and e.updates is None]
        mine = [e for e in mine if e.level is not Level.ROUTINE]
        chosen = sorted(mine, key=lambda e: (_WORTH[e.level], -e.at.timestamp()))[:most]
        return sorted(chosen, key=lambda e: e.at)

    def _decided(self) -> Iterator[Headline]:
        standing = Standing.start(self.race)
        for reading in sorted(self.readings, key=lambda r: r.as_of):
            if reading.status is Status.TEST:
                continue
            before = standing.headline
            standing, _ = decide(standing, (reading,), (), self._open(reading.as_of))
            if standing.headline is not None and standing.headline != before:
                yield standing.headline

    def _announced(self) -> Iterator[Headline]:
        for event in self.events:
            if event.headline is not None and event.kind.audience is Audience.FOLLOWERS:
                yield event.headline

    def _open(self, at: datetime) -> datetime:
        """The first moment at which a count of that hour could be told."""
        gates = [gate for gate in (self.race.polls_close, self.race.embargo) if gate is not None]
        return max([at, *gates])
