"""Who is told of what: from one event to the deliveries of those who want it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from night_facts import NOON, OTHER, RACE, Hand, event, headline, states, tell

from storage import Chat, Store
from tally.event import EventKind, Level, Tier

CONFIRMED = Tier.CONFIRMED


def reader(store: Store, address: str, race: str = "harbour", **wishes: Any) -> Chat:
    chat = store.add_chat("telegram", address)
    store.follow(chat.id, race, **wishes)
    return chat


def told(store: Store, key: str) -> list[str]:
    """The addresses that are sent a message of the event."""
    rows = store.db.rows(
        "select c.address from deliveries d join chats c on c.id = d.chat"
        " join events e on e.id = d.event where e.key = ? and d.action <> 'mark' order by 1",
        (key,),
    )
    return [row[0] for row in rows]


def test_followers_of_the_race_and_of_every_race_are_told_once_and_others_not(store: Store) -> None:
    reader(store, "one")
    reader(store, "all", "*")
    both = reader(store, "both")
    store.follow(both.id, "*")
    reader(store, "hills", "hills")
    store.add_chat("telegram", "nothing")
    tell(store, event("e"))
    assert told(store, "e") == ["all", "both", "one"]


def test_the_same_event_is_stored_and_told_once_for_ever(store: Store) -> None:
    reader(store, "one")
    assert [e.key for e in tell(store, event("e"))] == ["e"]
    reader(store, "late")
    assert tell(store, event("e")) == ()
    assert told(store, "e") == ["one"]


def test_doubts_go_to_operators_whatever_they_follow_and_to_nobody_else(store: Store) -> None:
    reader(store, "follower")
    store.add_chat("telegram", "boss", operator=True)
    tell(store, event("lost", EventKind.SOURCE_LOST), event("news"))
    assert told(store, "lost") == ["boss"]
    assert told(store, "news") == ["follower"]


def test_an_operator_can_be_made_and_unmade(store: Store) -> None:
    chat = store.add_chat("telegram", "boss")
    store.set_operator(chat.id, True)
    tell(store, event("one", EventKind.QUARANTINED))
    store.set_operator(chat.id, False)
    tell(store, event("two", EventKind.QUARANTINED))
    assert (told(store, "one"), told(store, "two")) == (["boss"], [])


WISHES = [
    ({"kinds": ["lead_change"]}, {}, True),
    ({"kinds": [EventKind.CONCESSION]}, {}, False),
    ({"kinds": []}, {}, False),
    ({"kinds": None}, {}, True),
    ({"level": "important"}, {"level": Level.IMPORTANT}, True),
    ({"level": "important"}, {"level": Level.ROUTINE}, False),
    ({"level": "urgent"}, {"level": Level.URGENT}, True),
    ({"tier": "confirmed"}, {"tier": Tier.FLASH}, False),
    ({"tier": "confirmed"}, {"tier": CONFIRMED}, True),
    ({"min_margin": 1.0}, {"headline": headline(margin=0.9)}, False),
    ({"min_margin": 1.0}, {"headline": headline(margin=1.0)}, True),
    ({"min_margin": 1.0}, {"headline": headline()}, True),
    ({"min_margin": 1.0}, {"headline": headline(margin=0.1), "kind": EventKind.CONCESSION}, True),
    ({"min_counted": 50.0}, {"headline": headline(counted=49.0)}, False),
    ({"min_counted": 50.0}, {"headline": headline(counted=50.0)}, True),
    ({"min_counted": 50.0}, {"headline": None}, True),
    ({"muted_until": NOON + timedelta(hours=1)}, {"level": Level.URGENT}, False),
    ({"muted_until": NOON}, {}, True),
]


@pytest.mark.parametrize(("wishes", "changes", "wanted"), WISHES)
def test_each_wish_is_kept(
    store: Store, wishes: dict[str, Any], changes: dict[str, Any], wanted: bool
) -> None:
    reader(store, "one", **wishes)
    tell(store, event("e", **changes))
    assert told(store, "e") == (["one"] if wanted else [])


def test_the_wishes_for_one_race_go_before_those_for_every_race(store: Store) -> None:
    chat = reader(store, "one", "*", kinds=["concession"])
    store.follow(chat.id, "harbour", kinds=["lead_change"])
    tell(store, event("here"), event("word", EventKind.CONCESSION))
    tell(store, event("there", race="hills"), event("said", EventKind.CONCESSION, race="hills"), race=OTHER)
    assert [key for key in ("here", "word", "there", "said") if told(store, key)] == ["here", "said"]


def test_a_muted_race_is_silent_though_every_race_is_followed(store: Store) -> None:
    chat = reader(store, "one", "*")
    store.follow(chat.id, "harbour", muted_until=NOON + timedelta(hours=1))
    tell(store, event("here"))
    assert told(store, "here") == []


def test_a_chat_at_rest_is_not_told_and_is_not_flooded_when_it_wakes(store: Store) -> None:
    chat = reader(store, "one")
    tell(store, event("before"))
    store.deactivate(chat.id, "blocked")
    tell(store, event("meanwhile"))
    store.reactivate(chat.id)
    tell(store, event("after"))
    assert states(store) == {("before", chat.id, "send"): "failed", ("after", chat.id, "send"): "pending"}


def test_a_confirmation_edits_the_first_message_and_makes_no_second(store: Store) -> None:
    chat = reader(store, "one")
    tell(store, event("flash"))
    tell(store, event("sure", tier=CONFIRMED, updates="flash"))
    assert states(store) == {("flash", chat.id, "send"): "pending", ("sure", chat.id, "edit"): "pending"}


def test_who_waits_for_a_second_origin_hears_the_confirmation_as_the_first_word_and_as_loud(
    store: Store, clock: Hand
) -> None:
    quick, careful = reader(store, "quick"), reader(store, "careful", tier="confirmed", level="urgent")
    tell(store, event("flash", EventKind.CONCESSION, level=Level.URGENT))
    sure = event("sure", EventKind.CONCESSION, level=Level.ROUTINE, tier=CONFIRMED, updates="flash")
    tell(store, sure)
    reader(store, "late")
    assert states(store) == {
        ("flash", quick.id, "send"): "pending",
        ("sure", quick.id, "edit"): "pending",
        ("sure", careful.id, "send"): "pending",
    }
    first, second = store.claim("telegram", clock(), limit=9)
    assert (first.event.key, second.event) == ("flash", replace(sure, level=Level.URGENT))


def test_the_confirmation_of_what_is_not_known_is_news_only_to_those_who_wait_for_it(store: Store) -> None:
    careful = reader(store, "careful", tier="confirmed")
    reader(store, "quick")
    tell(store, event("sure", tier=CONFIRMED, updates="lost with an old file"))
    assert states(store) == {("sure", careful.id, "send"): "pending"}


def test_a_message_that_never_arrived_is_not_edited(store: Store, clock: Hand) -> None:
    chat = reader(store, "one")
    tell(store, event("flash"))
    (delivery,) = store.claim("telegram", clock())
    store.failed(delivery, "rejected")
    tell(store, event("sure", tier=CONFIRMED, updates="flash"))
    assert states(store) == {("flash", chat.id, "send"): "failed"}


def test_a_correction_reaches_whoever_was_told_what_it_corrects_whatever_they_filter(
    store: Store, clock: Hand
) -> None:
    picky = reader(store, "picky", kinds=["concession"])
    muted = reader(store, "muted", kinds=["concession"])
    reader(store, "other", kinds=["lead_change"])
    tell(store, event("said", EventKind.CONCESSION, level=Level.URGENT))
    for delivery in store.claim("telegram", clock(), limit=9):
        store.sent(delivery, f"message {delivery.chat.address}", clock())
    store.follow(muted.id, "harbour", muted_until=clock() + timedelta(hours=1))
    withdrawn = event("unsaid", EventKind.CONCESSION_WITHDRAWN, level=Level.URGENT, corrects="said")
    tell(store, withdrawn)
    assert told(store, "unsaid") == ["picky"]
    (delivery,) = store.claim("telegram", clock())
    assert (delivery.chat.id, delivery.reply_to) == (picky.id, "message picky")


def backlog(store: Store, clock: Hand, *changes: dict[str, Any]) -> dict[str, str]:
    """Tell events a minute apart to one reader who can't be reached; the states by key."""
    reader(store, "one")
    for number, change in enumerate(changes):
        tell(store, event(f"{number}", **change))
        clock.on(minutes=1)
    return {key: state for (key, _, _), state in states(store).items()}


KIND, ROUTINE, URGENT = "kind", {"level": Level.ROUTINE}, {"level": Level.URGENT}
MILESTONE = {KIND: EventKind.MILESTONE, **ROUTINE}


@pytest.mark.parametrize(
    ("older", "newer", "state"),
    [
        ({}, {}, "superseded"),
        (MILESTONE, {}, "superseded"),
        (MILESTONE, MILESTONE, "superseded"),
        ({}, MILESTONE, "pending"),
        ({}, {KIND: EventKind.TIE}, "superseded"),
        ({KIND: EventKind.STALE}, {KIND: EventKind.RESUMED}, "superseded"),
        ({KIND: EventKind.STALE}, {}, "pending"),
        ({}, {KIND: EventKind.CONCESSION, **URGENT}, "pending"),
        ({}, {"corrects": "something"}, "pending"),
    ]
    + [
        ({KIND: kind}, URGENT, "pending")
        for kind in EventKind
        if kind.audience == "followers"
        and kind.value not in {"first_results", "lead_change", "tie", "line_change", "milestone", "close"}
    ],
)
def test_newer_news_of_the_count_goes_instead_of_older_and_words_are_never_dropped(
    store: Store, clock: Hand, older: dict[str, Any], newer: dict[str, Any], state: str
) -> None:
    assert backlog(store, clock, older, newer) == {"0": state, "1": "pending"}


def test_news_of_one_moment_is_all_told(store: Store, clock: Hand) -> None:
    reader(store, "one")
    tell(store, event("first", EventKind.FIRST_RESULTS), event("lead"))
    clock.on(seconds=4)
    tell(store, event("back"))
    assert set(states(store).values()) == {"pending"}


def test_nothing_is_dropped_for_news_that_the_chat_does_not_get(store: Store, clock: Hand) -> None:
    reader(store, "one", min_margin=1.0)
    tell(store, event("wide", headline=headline(margin=5.0)))
    clock.on(minutes=1)
    tell(store, event("narrow", headline=headline(margin=0.1)))
    assert list(states(store).values()) == ["pending"]


def test_another_race_and_what_is_under_way_are_left_alone(store: Store, clock: Hand) -> None:
    chat = reader(store, "one", "*")
    tell(store, event("here"))
    store.claim("telegram", clock())
    tell(store, event("there", race="hills"), race=OTHER)
    clock.on(minutes=1)
    tell(store, event("here again"))
    assert states(store) == {
        ("here", chat.id, "send"): "sending",
        ("there", chat.id, "send"): "pending",
        ("here again", chat.id, "send"): "pending",
    }


def test_chosen_chats_can_be_told_whatever_they_follow(store: Store) -> None:
    chats = [store.add_chat("telegram", str(number)).id for number in range(3)]
    assert store.hand_over(event("sample"), chats[:2]) == 2
    assert store.hand_over(event("sample"), chats) == 1
    assert told(store, "sample") == ["0", "1", "2"]


def test_a_race_of_another_time_does_not_decide_when_an_alert_is_too_old(store: Store, clock: Hand) -> None:
    reader(store, "one")
    tell(store, event("rehearsed", at=NOON - timedelta(days=4000)), now=NOON - timedelta(days=4000))
    assert [d.event.key for d in store.claim("telegram", clock())] == ["rehearsed"]


def test_half_a_surrogate_pair_from_a_hostile_page_loses_no_alert(store: Store, clock: Hand) -> None:
    reader(store, "one")
    tell(store, event("bad \ud800 key", origin="\udfff"))
    (delivery,) = store.claim("telegram", clock())
    assert (delivery.event.key, delivery.event.origin) == ("bad ? key", "?")
    assert RACE.id == delivery.event.race
