"""The outbox's rows: who goes first, and what becomes of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from night_facts import OTHER, Hand, event, states, tell

from storage import Action, Chat, Delivery, Store
from tally.event import EventKind, Level, Tier

URGENT, ROUTINE = Level.URGENT, Level.ROUTINE


@pytest.fixture
def chat(store: Store) -> Chat:
    made = store.add_chat("telegram", "1")
    store.follow(made.id, "*")
    return made


def claimed(store: Store, clock: Hand, limit: int = 99, **more: object) -> list[str]:
    return [d.event.key for d in store.claim("telegram", clock(), limit, **more)]  # type: ignore[arg-type]


def take(store: Store, clock: Hand) -> Delivery:
    (delivery,) = store.claim("telegram", clock())
    return delivery


def state(store: Store) -> str:
    only: list[str] = list(states(store).values())
    assert len(only) == 1
    return only[0]


def test_urgent_news_goes_before_an_older_backlog_and_equals_go_by_age(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("milestone", level=ROUTINE), event("lead"), event("later lead"))
    tell(store, event("word", EventKind.CONCESSION, level=URGENT))
    order = []
    while store.waiting("telegram"):
        delivery = take(store, clock)
        order.append(delivery.event.key)
        store.sent(delivery, None, clock())
    assert order == ["word", "lead", "later lead", "milestone"]


def test_one_message_at_a_time_in_a_chat_and_many_chats_at_a_time(
    store: Store, clock: Hand, chat: Chat
) -> None:
    second = store.add_chat("telegram", "2")
    store.follow(second.id, "harbour")
    tell(store, event("a"), event("b"))
    first = store.claim("telegram", clock(), limit=9)
    assert [(d.event.key, d.chat.address) for d in first] == [("a", "1"), ("a", "2")]
    assert claimed(store, clock) == []
    store.sent(first[1], "7", clock())
    assert [(d.event.key, d.chat.address) for d in store.claim("telegram", clock(), limit=9)] == [("b", "2")]


def test_held_chats_and_other_channels_are_passed_over(store: Store, clock: Hand, chat: Chat) -> None:
    console = store.add_chat("console", "-")
    store.follow(console.id, "*")
    tell(store, event("a"))
    assert claimed(store, clock, held=["1", "77"]) == []
    assert [d.chat for d in store.claim("console", clock())] == [console]
    assert claimed(store, clock, held=["77"]) == ["a"]


def test_a_retry_waits_for_its_hour_and_holds_back_only_later_news_of_its_race(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("first"))
    store.retry(take(store, clock), clock() + timedelta(minutes=2), "502")
    tell(store, event("word", EventKind.CONCESSION, level=URGENT), event("second", EventKind.TIE))
    tell(store, event("there", race="hills"), race=OTHER)
    assert store.next_due("telegram", clock()) == clock() + timedelta(minutes=2)
    for expected in ("word", "there"):
        delivery = take(store, clock)
        assert delivery.event.key == expected
        store.sent(delivery, None, clock())
    assert claimed(store, clock) == []
    clock.on(minutes=2)
    again = take(store, clock)
    assert (again.event.key, again.attempts) == ("first", 2)
    store.sent(again, "5", clock())
    assert claimed(store, clock) == ["second"]
    assert store.next_due("telegram", clock()) is None


@pytest.mark.parametrize(("level", "hours"), [(URGENT, 24), (Level.IMPORTANT, 8), (ROUTINE, 2)])
def test_old_news_expires_by_its_worth(
    store: Store, clock: Hand, chat: Chat, level: Level, hours: int
) -> None:
    tell(store, event("a", level=level))
    clock.on(hours=hours, seconds=-1)
    store.retry(take(store, clock), clock(), "again")
    clock.on(seconds=1)
    assert claimed(store, clock) == []
    assert state(store) == "expired"


SETTLED: list[tuple[str, Callable[[Store, Delivery, Hand], bool]]] = [
    ("sent", lambda store, delivery, clock: store.sent(delivery, "5", clock())),
    ("pending", lambda store, delivery, clock: store.retry(delivery, clock(), "502")),
    ("uncertain", lambda store, delivery, clock: store.uncertain(delivery, "late")),
    ("failed", lambda store, delivery, clock: store.failed(delivery, "400")),
]


@pytest.mark.parametrize(("expected", "settle"), SETTLED)
def test_each_end_of_a_call_is_written_down_once(
    store: Store, clock: Hand, chat: Chat, expected: str, settle: Callable[[Store, Delivery, Hand], bool]
) -> None:
    tell(store, event("a", level=ROUTINE))
    delivery = take(store, clock)
    assert state(store) == "sending"
    assert settle(store, delivery, clock)
    assert state(store) == expected
    assert not store.sent(delivery, "6", clock())
    assert state(store) == expected


@pytest.mark.parametrize(("level", "calls"), [(URGENT, 2), (Level.IMPORTANT, 2), (ROUTINE, 1)])
def test_an_alert_in_doubt_goes_out_once_more_unless_it_is_routine(
    store: Store, clock: Hand, chat: Chat, level: Level, calls: int
) -> None:
    tell(store, event("a", level=level))
    for _ in range(calls):
        store.uncertain(take(store, clock), "late answer", clock() + timedelta(seconds=1))
        assert claimed(store, clock) == []
        clock.on(seconds=1)
    assert (state(store), claimed(store, clock)) == ("uncertain", [])


def test_an_edit_in_doubt_simply_goes_out_again(store: Store, clock: Hand, chat: Chat) -> None:
    tell(store, event("flash"))
    store.sent(take(store, clock), "message 5", clock())
    tell(store, event("sure", tier=Tier.CONFIRMED, updates="flash"))
    for _ in range(3):
        edit = take(store, clock)
        assert (edit.action, edit.edit_of) == ("edit", "message 5")
        store.uncertain(edit, "late answer")
    assert states(store)["sure", chat.id, "edit"] == "pending"


def test_an_edit_waits_for_the_message_and_goes_with_it_when_that_is_lost(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("flash"), event("sure", tier=Tier.CONFIRMED, updates="flash"))
    assert claimed(store, clock) == ["flash"]
    assert claimed(store, clock) == []
    store.failed(Delivery(1, event("flash"), chat, Action.SEND, 1), "400")
    assert claimed(store, clock) == []
    assert states(store) == {("flash", chat.id, "send"): "failed", ("sure", chat.id, "edit"): "superseded"}


@pytest.mark.parametrize("level", list(Level))
def test_what_a_crash_left_under_way_goes_out_again_but_not_for_ever(
    store: Store, clock: Hand, chat: Chat, level: Level
) -> None:
    tell(store, event("a", level=level))
    for _ in range(26):
        assert claimed(store, clock) == ["a"]
        assert store.recover(clock()) == 1
        clock.on(seconds=10)
    assert (state(store), claimed(store, clock), store.recover(clock())) == ("uncertain", [], 0)


def test_what_may_be_ending_the_process_lets_others_go_first_and_is_not_given_up(
    store: Store, clock: Hand, chat: Chat
) -> None:
    """Killed every tenth of a second, a process once gave up alerts that never had arrived."""
    tell(store, event("a", level=URGENT))
    for _ in range(6):
        assert claimed(store, clock) == ["a"]
        store.recover(clock())
    other = store.add_chat("telegram", "2")
    store.follow(other.id, "*")
    tell(store, event("b"))
    assert claimed(store, clock) == ["b"]
    clock.on(seconds=10)
    assert claimed(store, clock) == ["a"]


def test_a_correction_to_a_chat_that_was_not_told_is_a_message_of_its_own(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("unsaid", EventKind.CONCESSION_WITHDRAWN, corrects="never stored"))
    assert take(store, clock).reply_to is None


def test_a_chat_forgotten_during_the_call_leaves_nothing(store: Store, clock: Hand, chat: Chat) -> None:
    tell(store, event("a"))
    delivery = take(store, clock)
    store.forget(chat.id)
    assert not store.sent(delivery, "5", clock())
    assert (states(store), store.chat("telegram", "1")) == ({}, None)


def test_a_row_without_its_event_in_a_repaired_file_is_set_aside(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("gone"), event("whole"))
    store.db.run("pragma foreign_keys = off")
    with store.db.writing():
        store.db.run("delete from events where key = 'gone'")
    assert claimed(store, clock) == ["whole"]
    rows = store.db.rows("select state, error from deliveries order by id")
    assert [tuple(row) for row in rows] == [("failed", "its event or its chat is missing"), ("sending", None)]


def test_a_fan_out_of_more_events_than_are_kept_at_hand_loses_none(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, *(event(f"{number:03}", level=ROUTINE) for number in range(150)))
    order = []
    while store.waiting("telegram"):
        delivery = take(store, clock)
        order.append(delivery.event.key)
        store.sent(delivery, None, clock())
    assert order == [f"{number:03}" for number in range(150)]


def test_what_an_operator_should_look_at_is_listed_last_first(store: Store, clock: Hand, chat: Chat) -> None:
    tell(store, event("a"), event("b", level=ROUTINE))
    store.failed(take(store, clock), "message is too long")
    store.uncertain(take(store, clock), "late answer")
    assert [(t.event, t.chat, t.state, t.why) for t in store.troubles()] == [
        ("b", chat.id, "uncertain", "late answer"),
        ("a", chat.id, "failed", "message is too long"),
    ]


def test_of_several_edits_of_one_message_only_the_last_goes_out(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("flips"))
    store.sent(take(store, clock), "message 5", clock())
    for number in range(3):
        tell(store, event(f"{number} more", updates="flips", level=ROUTINE))
    assert claimed(store, clock) == ["2 more"]
    assert sorted(states(store).values()) == ["sending", "sent", "superseded", "superseded"]


def test_a_chat_put_to_rest_during_the_call_is_not_called_again(
    store: Store, clock: Hand, chat: Chat
) -> None:
    tell(store, event("a"))
    delivery = take(store, clock)
    store.deactivate(chat.id, "stopped by its reader")
    store.retry(delivery, clock(), "502")
    assert claimed(store, clock) == []
    assert [(t.state, t.why) for t in store.troubles()] == [("failed", "stopped by its reader")]
