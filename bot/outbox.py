"""The outbox worker: takes deliveries out of the store and hands them to their channels.

Few workers a channel. Each waits for its turn first and only then takes a
delivery, the most urgent there is at that moment; marks it ``sending``, makes
the call, and writes down what became of it. Whatever happens in a channel
(an exception, a hang) happens to one delivery and never to the worker.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from bot.backoff import backoff
from bot.channels import Channel
from bot.notices import Notices
from bot.outcome import Gone, Moved, NotSent, Outcome, Rejected, Sent, Uncertain
from bot.pacer import Pacer
from bot.wording.corrected import corrected
from storage import Delivery, Notice, Store
from tally.clock import Clock, system_clock
from tally.errors import StorageError
from tally.race import Race

log = logging.getLogger(__name__)

# Longer than the longest read timeout of a channel: what has not answered by then never will.
LEASE = timedelta(seconds=60)
_LONGEST_RETRY = 24 * 3600.0
_STORE_REST = 1.0
_LATE = 0.001  # a timer may ring a moment early

RaceOf = Callable[[str], Race | None]
# Told of each call: the channel, what became of it, and the hour of the news where it arrived.
Called = Callable[[str, str, datetime | None], object]


class Lane:
    """One channel with its pacer, its bell, whom it is calling, and what could not be written down yet."""

    def __init__(self, channel: Channel, pacer: Pacer | None = None) -> None:
        self.channel = channel
        self.pacer = pacer or channel.pacer or Pacer(channel.PACE)
        self.bell = asyncio.Event()
        self.calling: set[str] = set()
        self.unsettled: list[tuple[Delivery | Notice, Outcome]] = []


class Outbox:
    """Sends what the store holds ready.

    ``race_of`` gives the race of an event as it is configured now, ``clock``
    is the store's own (deliveries live in real time), ``lease`` the longest a
    call may take, ``pacers`` other pacers than the channels' own by name.
    """

    def __init__(
        self,
        store: Store,
        channels: Iterable[Channel],
        race_of: RaceOf,
        *,
        clock: Clock = system_clock,
        lease: timedelta = LEASE,
        pacers: Mapping[str, Pacer] | None = None,
    ) -> None:
        self._store = store
        self._race_of = race_of
        self._clock = clock
        self._lease = lease
        given = pacers or {}
        self.called: Called | None = None
        self.lanes = {channel.NAME: Lane(channel, given.get(channel.NAME)) for channel in channels}
        self._stopping = False
        self._notices = Notices(store, race_of, clock)
        store.on_waiting(self.wake)
        self._idle = asyncio.Event()
        self._workers: set[asyncio.Task[None]] = set()
        self._in_call: set[asyncio.Task[object] | None] = set()

    async def run(self) -> None:
        """Send until stopped. What a crash left under way is settled first. Raises StorageError."""
        found = self._store.recover(self._clock()) + self._store.recover_notices()
        if found:
            log.warning("%d deliveries were under way when the last process ended", found)
        self._workers = {
            asyncio.create_task(self._work(lane), name=f"outbox {name} {number}")
            for name, lane in self.lanes.items()
            for number in range(lane.channel.WORKERS)
        }
        await asyncio.gather(*self._workers, return_exceptions=True)

    def wake(self) -> None:
        """There is something new to send."""
        for lane in self.lanes.values():
            lane.bell.set()

    async def drained(self) -> None:
        """Wait until nothing is left to send, on any channel. Raises StorageError."""
        while any(self._store.waiting(name) for name in self.lanes):
            self._idle.clear()
            await self._idle.wait()

    async def stop(self, patience: float = 5.0) -> None:
        """Take nothing more, wait ``patience`` seconds for the calls in flight, then drop them.

        A call that was dropped is in doubt, and settled so at the next start.
        """
        self._stopping = True
        for worker in self._workers - self._in_call:
            worker.cancel()
        if self._workers:
            await asyncio.wait(self._workers, timeout=patience)
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        for lane in self.lanes.values():
            await lane.channel.finish()

    async def _work(self, lane: Lane) -> None:
        while not self._stopping:
            try:
                await self._step(lane)
                await asyncio.sleep(0)  # a channel that never waits must not keep the loop to itself
            except StorageError as error:
                log.error("the outbox waits for its database: %s", error)  # noqa: TRY400 - a sentence is enough
                await asyncio.sleep(_STORE_REST)
            except Exception:
                log.exception("the outbox stumbled and goes on")
                await asyncio.sleep(_STORE_REST)

    async def _step(self, lane: Lane) -> None:
        """Send one delivery, or wait until there may be one."""
        self._settle_the_unsettled(lane)
        await lane.pacer.turn()
        # From here to the call nothing is awaited: the turn, the bell and the claim belong together.
        lane.bell.clear()
        now = self._clock()
        delivery = self._claim(lane, now)
        if delivery is not None:
            await self._deliver(lane, delivery)
        else:
            await self._rest(lane, now)

    def _claim(self, lane: Lane, now: datetime) -> Delivery | Notice | None:
        """The most urgent alert whose chat is free; where there is none, a board or a digest that is due."""
        held = lane.pacer.held() | lane.calling
        claimed: list[Delivery | Notice] = []
        try:
            claimed += self._store.claim(lane.channel.NAME, now, 1, self._lease, held)
            notice = None if claimed else self._store.claim_notice(lane.channel.NAME, now, held)
            claimed += [notice] if notice else []
        finally:
            if not claimed:
                lane.pacer.give_back()
        return claimed[0] if claimed else None

    async def _rest(self, lane: Lane, now: datetime) -> None:
        """Wait for the bell, for the next retry to be due, or for a held chat to be free.

        ``now`` is the hour of the claim that found nothing: what became due
        since then would be neither claimed nor waited for.
        """
        self._idle.set()
        name = lane.channel.NAME
        due = [self._store.next_due(name, now), self._store.next_notice(name, now)]
        waits = [lane.pacer.next_free(), *((moment - now).total_seconds() for moment in due if moment)]
        seconds = min((wait for wait in waits if wait is not None), default=None)
        with suppress(TimeoutError):
            await asyncio.wait_for(lane.bell.wait(), None if seconds is None else max(seconds, 0.0) + _LATE)

    async def _deliver(self, lane: Lane, delivery: Delivery | Notice) -> None:
        chat, task = delivery.chat, asyncio.current_task()
        lane.calling.add(chat.address)
        self._in_call.add(task)
        began = lane.pacer.begin()
        try:
            outcome = await self._call(lane.channel, delivery)
        finally:
            self._in_call.discard(task)
            lane.calling.discard(chat.address)
            lane.pacer.called(chat.address, group=chat.kind != "private", began=began)
        if isinstance(outcome, NotSent) and outcome.retry_after is not None:
            lane.pacer.refused(chat.address, outcome.retry_after)
        self._report(lane.channel.NAME, delivery, outcome)
        lane.unsettled.append((delivery, outcome))
        self._settle_the_unsettled(lane)

    def _report(self, channel: str, delivery: Delivery | Notice, outcome: Outcome) -> None:
        if self.called is not None:
            alert = delivery if isinstance(delivery, Delivery) and isinstance(outcome, Sent) else None
            event_at = alert.event.at if alert is not None else None
            self.called(channel, type(outcome).__name__.lower(), event_at)

    async def _call(self, channel: Channel, delivery: Delivery | Notice) -> Outcome:
        try:
            async with asyncio.timeout(self._lease.total_seconds()):
                if isinstance(delivery, Notice):
                    return _sane(await self._notices.call(channel, delivery))
                return _sane(await self._send(channel, delivery))
        except TimeoutError:
            return Uncertain(f"no answer in {self._lease.total_seconds():.0f} s")
        except Exception as error:
            log.exception("%s: sending %s to chat %s failed", channel.NAME, *_about(delivery))
            return Uncertain(f"{type(error).__name__}: {error}")

    async def _send(self, channel: Channel, delivery: Delivery) -> Outcome:
        event, chat = delivery.event, delivery.chat
        race = self._race_of(event.race)
        if race is None:
            return Rejected(f"the race {event.race} is not configured any more")
        if delivery.marked is not None:
            worded = corrected(delivery.marked, event, race, chat.language, chat.timezone)
            return await channel.say(chat, worded, edit_of=delivery.edit_of)
        return await channel.send(chat, event, race, edit_of=delivery.edit_of, reply_to=delivery.reply_to)

    def _settle_the_unsettled(self, lane: Lane) -> None:
        """Write down what became of calls. What can't be written now (disk full) is kept and tried again."""
        while lane.unsettled:
            delivery, outcome = lane.unsettled[0]
            try:
                self._settle(delivery, outcome)
            except StorageError:
                raise
            except Exception:  # one that can't be settled must not keep all that come after it
                log.exception("what became of %s for chat %s is not written down", *_about(delivery))
            lane.unsettled.pop(0)

    def _settle(self, delivery: Delivery | Notice, outcome: Outcome) -> None:
        store, now = self._store, self._clock()
        if isinstance(delivery, Notice):
            self._notices.settle(delivery, outcome)
            return
        match outcome:
            case Sent(message_id):
                store.sent(delivery, message_id, now)
            case NotSent(retry_after, why):
                wait = backoff(delivery.attempts) if retry_after is None else retry_after
                store.retry(delivery, now + timedelta(seconds=wait), why)
            case Uncertain(why):
                log.warning("nobody knows whether %s reached chat %s: %s", *_about(delivery), why)
                store.uncertain(delivery, why, now + timedelta(seconds=backoff(delivery.attempts)))
            case Gone(why):
                log.info("chat %s is gone: %s", delivery.chat.id, why)
                store.failed(delivery, why)
                store.deactivate(delivery.chat.id, why)
            case Moved(new_address):
                store.migrate(delivery.chat.id, new_address)
                again = 0.0 if delivery.attempts == 1 else backoff(delivery.attempts)
                store.retry(delivery, now + timedelta(seconds=again), f"moved to {new_address}")
            case Rejected(why):
                log.error("%s for chat %s was rejected and is set aside: %s", *_about(delivery), why)
                store.failed(delivery, why)


def _sane(outcome: object) -> Outcome:
    """The outcome, where it is one, with a wait that a calendar has room for."""
    if not isinstance(outcome, Outcome):
        return Uncertain(f"the channel answered {outcome!r}")
    if isinstance(outcome, NotSent) and outcome.retry_after is not None:
        # max() comes first: whatever is compared to a NaN is passed over.
        return NotSent(min(max(0.0, outcome.retry_after), _LONGEST_RETRY), outcome.why)
    return outcome


def _about(delivery: Delivery | Notice) -> tuple[str, int]:
    what = delivery.kind.value if isinstance(delivery, Notice) else delivery.event.key
    return what, delivery.chat.id
