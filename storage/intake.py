"""Taking in what was fetched: one transaction from a reading to the deliveries of the news it makes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.captures import Captures
from storage.database import Database
from storage.deliveries import Deliveries
from storage.fanout import fan_out, hand_to
from storage.notices import Notices
from storage.readings import Readings
from storage.sources import Memory, Sources
from storage.text import as_json, to_text
from storage.witness import Witness
from tally.aggregate import add_up
from tally.capture import Capture, Outcome
from tally.claim import Claim
from tally.clock import Clock
from tally.decide import decide, unchanged
from tally.event import Event
from tally.health import SourceHealth, judge, sound_for
from tally.race import Race, Source
from tally.reading import Reading
from tally.standing import Standing
from tally.wire import standing_from_wire, standing_to_wire

# Of these a changed page is worth recording although nothing in it was new.
_PAGES = frozenset({Outcome.READ, Outcome.NOTHING})
# From what was believed to what is believed, and the news in it.
Decision = Callable[[Standing], tuple[Standing, Sequence[Event]]]


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in a poll came to: the news that was not known before, and the outcome as judged.

    NOTHING becomes LOST where something could be read before.
    """

    events: tuple[Event, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Poll:
    """One poll of one source, as it is handed over."""

    race: Race
    source: str
    capture: Capture | None
    readings: Sequence[Reading]
    claims: Sequence[Claim]
    now: datetime


class Intakes(Deliveries, Notices, Captures, Readings, Sources):
    """From captures to standings, events and deliveries."""

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(db, clock)
        self.witness: Witness | None = None
        self._standings: dict[str, Standing] = {}

    def take_in(
        self,
        race: Race,
        source: Source | str,
        capture: Capture | None,
        outcome: Outcome,
        readings: Sequence[Reading],
        claims: Sequence[Claim],
        now: datetime,
        reason: str | None = None,
        memory: Memory | None = None,
    ) -> Intake:
        """Take in one poll: all of it, or (StorageError) nothing.

        ``memory`` is what to remember of the page when this is taken in. A poll
        that brings nothing new costs no transaction: it is written down with
        the next one, or after ``sources.FLUSH_EVERY``. Where there are events,
        wake the outbox.
        """
        name = source if isinstance(source, str) else source.name
        known = self.health(race.id, name)
        before = self.standing(race)
        for_health = sound_for(known, outcome, readings, claims)
        health, told = judge(known, race, name, for_health, now, reason)
        judged = outcome if for_health is not outcome else health.outcome or outcome
        new = self._is_new_capture(race.id, name, capture, judged)
        if not (new or readings or claims or told):
            self._noted((race.id, name), self._as_seen((race.id, name), health, memory))
            self._flush_if_due()
            events = self._still_so(race, name, now) if judged is Outcome.UNCHANGED else ()
        else:
            poll = _Poll(race, name, capture if new else None, readings, claims, now)
            events = self._take_in(poll, health, told, memory)
        plain = outcome is Outcome.UNCHANGED and not (told or known.failures)
        if self.witness is not None and not (plain and self.standing(race) is before):
            page = capture if new or outcome in _PAGES else None
            self.witness.polled(race, source, page, outcome, reason, now)
        return Intake(events, judged)

    def _take_in(
        self, poll: _Poll, health: SourceHealth, told: Sequence[Event], memory: Memory | None
    ) -> tuple[Event, ...]:
        key = (poll.race.id, poll.source)
        seen = self._as_seen(key, health, memory)
        before = self.standing(poll.race)
        with self.db.writing():
            self._keep_poll(poll, seen.health.outcome or Outcome.READ, seen.health.reason)
            after, news = self._decided(before, poll)
            self._keep_standing(before, after, poll.now)
            events = self._tell((*told, *news))
            self._write_sources({**self._unwritten, key: seen})
        # Only now: after a rollback everything in memory must still be what the database says.
        self._written(key, seen)
        self._standings[poll.race.id] = after
        return events

    def _still_so(self, race: Race, source: str, now: datetime) -> tuple[Event, ...]:
        """An unchanged page stands by its numbers: a lower total that was held becomes a revision."""
        if not self.standing(race).quarantine:
            return ()
        return self._change(race, lambda standing: unchanged(standing, source, now), now)

    def tick(self, race: Race, now: datetime) -> tuple[Event, ...]:
        """Let time pass for a race: a feed goes stale, an embargo lifts, a hold runs out. The news of it."""
        before = self.standing(race)
        events = self._change(race, lambda standing: decide(standing, (), (), now), now)
        if self.witness is not None and self.standing(race) is not before:
            self.witness.passed(race, now)
        return events

    def add_up(self, race: Race, parts: Sequence[Race], now: datetime) -> tuple[Event, ...]:
        """Add up what is said of the parts of a race; the news of it. Costs nothing where no total moved."""
        members = [self.standing(part) for part in parts]
        return self.change(race, lambda standing: add_up(standing, members, now), now)

    def change(self, race: Race, decision: Decision, now: datetime) -> tuple[Event, ...]:
        """Apply a decision that no page brings (an approval, a retraction, a sum); the news of it."""
        before = self.standing(race)
        events = self._change(race, decision, now)
        if self.witness is not None and self.standing(race) is not before:
            self.witness.decided(self.standing(race), events, now)
        return events

    def _change(self, race: Race, decision: Decision, now: datetime) -> tuple[Event, ...]:
        before = self.standing(race)
        after, news = decision(before)
        if not news and (after is before or after == before):
            return ()
        with self.db.writing():
            self._keep_standing(before, after, now)
            events = self._tell(news)
        self._standings[race.id] = after
        return events

    def hand_over(self, event: Event, chats: Sequence[int]) -> int:
        """Tell certain chats, whatever they follow (a sample, a broadcast); how many are yet to be told.

        The event goes the way of all alerts: stored, then sent by the outbox.
        """
        with self.db.writing():
            self._store_event(event)
            return hand_to(self.db, event, chats, self.clock())

    def standing(self, race: Race) -> Standing:
        """What is believed about a race now, for the race as it is configured now."""
        known = self._standings.get(race.id)
        if known is None or (known.race is not race and known.race != race):
            row = self.db.row("select body from standings where race = ?", (race.id,))
            known = standing_from_wire(race, json.loads(row["body"])) if row else Standing.start(race)
            self._standings[race.id] = known
        return known

    def _decided(self, before: Standing, poll: _Poll) -> tuple[Standing, Sequence[Event]]:
        if not (poll.readings or poll.claims):
            return before, ()
        return decide(before, poll.readings, poll.claims, poll.now)

    def _keep_poll(self, poll: _Poll, outcome: Outcome, reason: str | None) -> None:
        capture = None
        if poll.capture is not None:
            capture = self._keep_capture(poll.race.id, poll.source, poll.capture, outcome, reason)
        self._keep_readings(poll.readings, capture, poll.source, poll.now)
        self._keep_claims(poll.claims, capture, poll.source, poll.now)

    def _keep_standing(self, before: Standing, after: Standing, now: datetime) -> None:
        if after is before or after == before:
            return
        self.db.run(
            "insert into standings (race, version, at, body) values (?, 1, ?, ?)"
            " on conflict (race) do update set version = version + 1, at = excluded.at, body = excluded.body",
            (after.race.id, to_text(now), as_json(standing_to_wire(after))),
        )
        self._boards_are_old(after.race.id)

    def _tell(self, news: Sequence[Event]) -> tuple[Event, ...]:
        """Store the events nobody was told of yet, each with its deliveries."""
        hour = self.clock()
        new = tuple(event for event in news if self._store_event(event))
        for event in new:
            fan_out(self.db, event, hour)
        return new
