"""The outbox against a model of it: whatever order things happen in, the states keep to their rules."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from night_facts import Hand, event, tell

from storage import Delivery, Store
from storage.levels import priority
from tally.event import EventKind, Level

FINAL = {"sent", "uncertain", "failed", "superseded", "expired"}
ALLOWED = {
    "pending": {"pending", "sending", "superseded", "expired", "failed"},
    "sending": {"sending", "pending", "sent", "uncertain", "failed"},
} | {state: {state} for state in FINAL}
KINDS = [EventKind.LEAD_CHANGE, EventKind.MILESTONE, EventKind.CONCESSION, EventKind.RECOUNT]


@dataclass
class Told:
    """What the model knows of one delivery."""

    state: str
    level: Level
    kind: EventKind
    calls: int = 0
    doubts: int = 0
    crashes: int = 0


_IDS = "select d.id from deliveries d join events e on e.id = d.event where e.key = ?"


class Night(RuleBasedStateMachine):
    """Three chats, one channel, and everything that can happen to an alert."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Hand()
        self._open()
        self.chats = [self.store.add_chat("telegram", str(n)).id for n in range(3)]
        for chat in self.chats:
            self.store.follow(chat, "*")
        self.known: dict[int, Told] = {}
        self.in_flight: list[Delivery] = []
        self.number = 0

    def _open(self) -> None:
        self.store = Store(Path(self.folder.name) / "night.db", clock=self.clock)
        self.store.db.rows("pragma synchronous = off")  # the power does not go in this test

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    @rule(kind=st.sampled_from(KINDS), level=st.sampled_from(list(Level)))
    def news(self, kind: EventKind, level: Level) -> None:
        self.number += 1
        tell(self.store, event(f"{self.number}", kind, level=level))
        for row in self.store.db.rows(_IDS, (f"{self.number}",)):
            self.known[row["id"]] = Told("pending", level, kind)

    @rule(seconds=st.sampled_from([1, 30, 3600, 7300]))
    def time_passes(self, seconds: int) -> None:
        self.clock.on(seconds=seconds)

    @rule(limit=st.integers(1, 4), held=st.sets(st.sampled_from(["0", "1", "2"])))
    def claim(self, limit: int, held: set[str]) -> None:
        busy = {d.chat.id for d in self.in_flight}
        claimed = self.store.claim("telegram", self.clock(), limit, held=held)
        assert len(claimed) <= limit
        assert not {d.chat.address for d in claimed} & held
        assert not {d.chat.id for d in claimed} & busy
        for delivery in claimed:
            told = self.known[delivery.id]
            told.calls += 1
            assert delivery.attempts == told.calls
            assert told.state == "pending"
            self._nothing_more_urgent_was_passed_over(delivery, held, busy)
        self.in_flight += claimed

    def _nothing_more_urgent_was_passed_over(self, taken: Delivery, held: set[str], busy: set[int]) -> None:
        rows = self.store.db.rows(
            "select d.* from deliveries d where d.chat = ? and d.state = 'pending' and d.due_at is null"
            " and d.expires_at > ? and d.priority < ?",
            (taken.chat.id, self.store._now(), priority(taken.event.level)),
        )
        waiting_for_older = (
            "select 1 from deliveries where chat = ? and id < ? and priority <= ? and due_at > ?"
        )
        for row in rows:
            values = (row["chat"], row["id"], row["priority"], self.store._now())
            assert self.store.db.rows(waiting_for_older, values), "an urgent alert waited behind the backlog"

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data(), end=st.sampled_from(["sent", "retry", "uncertain", "failed"]))
    def call_ends(self, data: st.DataObject, end: str) -> None:
        delivery = self.in_flight.pop(data.draw(st.integers(0, len(self.in_flight) - 1)))
        ends: dict[str, Callable[[], bool]] = {
            "sent": lambda: self.store.sent(delivery, "7", self.clock()),
            "retry": lambda: self.store.retry(delivery, self.clock() + timedelta(seconds=30), "502"),
            "uncertain": lambda: self.store.uncertain(delivery, "late"),
            "failed": lambda: self.store.failed(delivery, "400"),
        }
        self.known[delivery.id].doubts += end == "uncertain"
        assert ends[end]()
        assert not ends[end](), "a call ends once"

    @rule()
    def crash(self) -> None:
        self.store.close()
        self._open()
        assert self.store.recover(self.clock()) == len(self.in_flight)
        for delivery in self.in_flight:
            self.known[delivery.id].crashes += 1
        self.in_flight = []

    @rule(chat=st.integers(0, 2))
    def rest_and_wake(self, chat: int) -> None:
        self.store.deactivate(self.chats[chat], "blocked")
        self.store.reactivate(self.chats[chat])

    @invariant()
    def states_keep_to_their_ways(self) -> None:
        for row in self.store.db.rows("select * from deliveries") if hasattr(self, "store") else []:
            told = self.known[row["id"]]
            assert row["state"] in ALLOWED[told.state], f"{told.state} became {row['state']}"
            told.state = row["state"]
            if told.state == "superseded":
                assert told.kind in {EventKind.LEAD_CHANGE, EventKind.MILESTONE}
            if told.state == "expired":
                assert row["expires_at"] <= self.store._now()
            assert told.calls == row["attempts"]

    @invariant()
    def every_follower_has_every_event_once(self) -> None:
        if hasattr(self, "store"):
            rows = self.store.db.rows(
                "select event, count(distinct chat) n, count(*) m from deliveries group by 1"
            )
            assert [(row["n"], row["m"]) for row in rows] == [(3, 3)] * self.number

    @invariant()
    def one_call_at_a_time_in_a_chat(self) -> None:
        if hasattr(self, "store"):
            rows = self.store.db.rows("select chat from deliveries where state = 'sending' order by 1")
            assert [row["chat"] for row in rows] == sorted(d.chat.id for d in self.in_flight)
            assert len({row["chat"] for row in rows}) == len(rows)

    @invariant()
    def a_doubtful_call_is_repeated_once_unless_it_is_routine(self) -> None:
        for row in self.store.db.rows("select * from deliveries") if hasattr(self, "store") else []:
            told = self.known[row["id"]]
            routine = row["priority"] == priority(Level.ROUTINE)
            assert row["doubts"] == told.crashes + told.doubts
            assert told.doubts <= (1 if routine else 2)
            assert row["state"] != "uncertain" or told.doubts


Night.TestCase.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
TestNight = Night.TestCase
