"""Boards, digests and words: due when wanted, one at a time, lost by no change and by no crash."""

from datetime import timedelta

from night_facts import NOON, RACE, Hand, event, reading, tell

from storage import Notice, NoticeKind, Store
from storage.chat import Chat
from tally.capture import Outcome
from tally.event import Level


def group(store: Store, address: str = "-1") -> Chat:
    return store.add_chat("telegram", address, kind="group")


def claimed(store: Store, clock: Hand) -> Notice:
    notice = store.claim_notice("telegram", clock())
    assert notice is not None
    return notice


def count(store: Store, clock: Hand, ash: int) -> None:
    found = (None, Outcome.READ, [reading(ash, 400)], [])
    store.take_in(RACE, "board", *found, clock())


def test_a_new_board_is_shown_then_pinned_then_waits_for_a_change(store: Store, clock: Hand) -> None:
    chat = group(store)
    store.set_board(chat.id, "harbour", on=True)
    show = claimed(store, clock)
    assert (show.kind, show.subject, show.message_id, show.pins) == (NoticeKind.BOARD, "harbour", None, False)
    assert store.claim_notice("telegram", clock()) is None
    store.noticed(show, "17", clock(), "hash")
    pin = claimed(store, clock)
    assert (pin.message_id, pin.pins) == ("17", True)
    store.noticed(pin, "17", clock())
    clock.on(minutes=1)
    assert store.claim_notice("telegram", clock()) is None
    count(store, clock, 600)
    again = claimed(store, clock)
    assert (again.message_id, again.body, again.pins) == ("17", "hash", False)


def test_a_change_during_the_call_is_shown_after_fifteen_seconds(store: Store, clock: Hand) -> None:
    chat = group(store)
    store.set_board(chat.id, "harbour", on=True)
    for _ in range(2):
        store.noticed(claimed(store, clock), "17", clock())
    clock.on(minutes=1)
    count(store, clock, 600)
    edit = claimed(store, clock)
    count(store, clock, 700)
    store.noticed(edit, "17", clock())
    assert store.claim_notice("telegram", clock()) is None
    assert store.next_notice("telegram", clock()) == clock() + timedelta(seconds=15)
    clock.on(seconds=15)
    assert claimed(store, clock).message_id == "17"


def test_a_crash_during_the_call_sends_it_again(store: Store, clock: Hand) -> None:
    store.set_board(group(store).id, "harbour", on=True)
    claimed(store, clock)
    assert store.recover_notices() == 1
    assert claimed(store, clock).attempts == 2


def test_one_that_is_gone_is_made_anew_and_pinned_again(store: Store, clock: Hand) -> None:
    store.set_board(group(store).id, "harbour", on=True)
    for _ in range(2):
        store.noticed(claimed(store, clock), "17", clock())
    clock.on(minutes=1)
    count(store, clock, 600)
    store.not_noticed(claimed(store, clock), clock(), "message to edit not found", anew=True)
    anew = claimed(store, clock)
    assert anew.message_id is None
    store.noticed(anew, "18", clock())
    assert claimed(store, clock).pins


def test_given_up_it_waits_until_it_is_wanted_again(store: Store, clock: Hand) -> None:
    chat = group(store)
    store.set_board(chat.id, "harbour", on=True)
    store.give_up(claimed(store, clock), "not enough rights")
    assert store.claim_notice("telegram", clock()) is None
    assert store.next_notice("telegram", clock()) is None
    store.set_board(chat.id, "harbour", on=True)
    assert claimed(store, clock).message_id is None


def test_held_chats_and_resting_chats_are_passed_over(store: Store, clock: Hand) -> None:
    one, two, three = group(store, "-1"), group(store, "-2"), group(store, "-3")
    for chat in (one, two, three):
        store.set_board(chat.id, "harbour", on=True)
    store.deactivate(two.id, "kicked")
    found = store.claim_notice("telegram", clock(), held={"-1"})
    assert found is not None and found.chat.id == three.id
    assert store.claim_notice("telegram", clock(), held={"-1"}) is None
    assert store.claim_notice("console", clock()) is None
    assert store.boards(two.id) == ["harbour"]


def test_words_are_said_once_by_their_name_and_not_to_who_is_paused(store: Store, clock: Hand) -> None:
    one, chief = store.add_chat("telegram", "1"), store.add_chat("telegram", "2", operator=True)
    rings: list[int] = []
    store.on_waiting(lambda: rings.append(1))
    assert store.say_to([one.id, chief.id], "hello", "Hello") == 2
    assert store.say_to([one.id, chief.id], "hello", "Hello") == 0
    assert rings
    store.pause(paused=True)
    store.pause(paused=True)
    assert store.claim_notice("telegram", clock()) is None  # one after the other
    clock.on(seconds=1)
    only = claimed(store, clock)
    assert (only.chat.id, only.body) == (chief.id, "Hello")
    assert store.claim_notice("telegram", clock()) is None
    store.pause(paused=False)
    assert claimed(store, clock).chat.id == one.id


def test_paused_alerts_wait_but_for_operators(store: Store, clock: Hand) -> None:
    one, chief = store.add_chat("telegram", "1"), store.add_chat("telegram", "2", operator=True)
    for chat in (one, chief):
        store.follow(chat.id, "harbour")
    store.pause(paused=True)
    tell(store, event("lead"))
    assert [d.chat.id for d in store.claim("telegram", clock(), 5)] == [chief.id]
    store.pause(paused=False)
    assert [d.chat.id for d in store.claim("telegram", clock(), 5)] == [one.id]


def test_what_comes_while_a_digest_is_on_its_way_is_in_the_next(store: Store, clock: Hand) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "harbour")
    store.set_digest(chat.id, "hourly")
    tell(store, event("one", level=Level.IMPORTANT))
    clock.on(hours=1)
    digest = claimed(store, clock)
    tell(store, event("two", level=Level.IMPORTANT))
    store.noticed(digest, "9", clock())
    assert [e.key for e in store.held(chat.id)] == ["two"]
    assert store.claim_notice("telegram", clock()) is None
    assert store.next_notice("telegram", clock()) == NOON + timedelta(hours=2)
    assert [row["event"] + " " + row["state"] for row in store.sent_to(chat.id)] == ["one sent", "two held"]


def test_forgotten_nothing_of_a_chat_is_left(store: Store, clock: Hand) -> None:
    chat = group(store)
    store.set_board(chat.id, "harbour", on=True)
    store.say_to([chat.id], "hello", "Hello")
    store.forget(chat.id)
    assert store.claim_notice("telegram", clock()) is None
