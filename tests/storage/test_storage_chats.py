"""Chats and what they follow."""

from datetime import timedelta

import pytest
from night_facts import NOON, OTHER, Hand, event, states, tell

from storage import Store
from tally.errors import StorageError


def test_a_chat_is_its_channel_its_address_and_its_topic(store: Store) -> None:
    plain = store.add_chat("telegram", "-100", kind="group", title="Newsroom", language="tr", timezone="UTC")
    topic = store.add_chat("telegram", "-100", 7)
    other = store.add_chat("console", "-100")
    assert len({plain.id, topic.id, other.id}) == 3
    assert store.chat("telegram", "-100") == plain
    assert store.chat("telegram", "-100", 7) == topic
    assert (plain.kind, plain.title, plain.language, plain.thread, topic.thread) == (
        *("group", "Newsroom", "tr", None),
        7,
    )
    assert store.chats("telegram") == [plain, topic]
    assert store.chat("telegram", "5") is None


def test_adding_a_chat_again_keeps_what_it_set(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.set_language(chat.id, "pt")
    store.set_timezone(chat.id, "America/Bahia")
    again = store.add_chat("telegram", "1", language="en")
    assert (again.id, again.language, again.timezone) == (chat.id, "pt", "America/Bahia")


def test_resting_chats_are_listed_only_when_asked_for(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.deactivate(chat.id, "blocked by the reader")
    assert store.chats() == []
    (resting,) = store.chats(resting=True)
    assert (resting.active, resting.why) == (False, "blocked by the reader")
    store.reactivate(chat.id)
    assert store.chats() == [chat]


def test_following_again_changes_only_what_is_named(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    until = NOON + timedelta(hours=1)
    store.follow(chat.id, "harbour", kinds=["concession"], min_margin=1.5, board="pinned")
    wish = store.follow(
        chat.id,
        "harbour",
        level="urgent",
        tier="confirmed",
        min_counted=10,
        muted_until=until,
        options={"q": 1},
    )
    assert store.follows(chat.id) == [wish]
    assert (wish.kinds, wish.level, wish.tier, wish.min_margin, wish.min_counted, wish.muted_until) == (
        *(("concession",), "urgent", "confirmed", 1.5, 10),
        until,
    )
    assert wish.options == {"board": "pinned", "q": 1}
    cleared = store.follow(chat.id, "harbour", kinds=None, muted_until=None)
    assert (cleared.kinds, cleared.muted_until, cleared.min_margin) == (None, None, 1.5)


@pytest.mark.parametrize("wish", [{"kinds": ["gossip"]}, {"level": "loud"}, {"tier": "rumour"}])
def test_a_wish_for_what_does_not_exist_is_refused_and_changes_nothing(
    store: Store, wish: dict[str, object]
) -> None:
    chat = store.add_chat("telegram", "1")
    with pytest.raises(ValueError, match=r"gossip|loud|rumour"):
        store.follow(chat.id, "harbour", **wish)
    assert store.follows(chat.id) == []


def test_an_unknown_chat_can_follow_nothing(store: Store) -> None:
    with pytest.raises(StorageError):
        store.follow(99, "harbour")


def test_followers_are_counted_once_each_and_only_the_active(store: Store) -> None:
    for address in ("1", "2", "3"):
        chat = store.add_chat("telegram", address)
        store.follow(chat.id, "harbour")
        store.follow(chat.id, "*")
    store.deactivate(chat.id, "gone")
    assert (store.followers("harbour"), store.followers("hills")) == (2, 2)


def test_unfollowing_drops_what_waits_about_that_race_and_nothing_else(store: Store, clock: Hand) -> None:
    chat = store.add_chat("telegram", "1", operator=True)
    store.follow(chat.id, "harbour")
    store.follow(chat.id, "hills")
    tell(store, event("here"), event("lost", kind=event("x").kind.SOURCE_LOST))
    tell(store, event("there", race="hills"), race=OTHER)
    assert store.unfollow(chat.id, "harbour")
    assert not store.unfollow(chat.id, "harbour")
    assert states(store) == {
        ("here", chat.id, "send"): "superseded",
        ("lost", chat.id, "send"): "pending",
        ("there", chat.id, "send"): "pending",
    }


def test_unfollowing_every_race_keeps_the_one_that_is_followed_by_itself(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "*")
    store.follow(chat.id, "hills")
    tell(store, event("here"))
    tell(store, event("there", race="hills"), race=OTHER)
    store.unfollow(chat.id, "*")
    assert sorted(states(store).values()) == ["pending", "superseded"]


def test_muted_means_muted_also_for_what_was_on_its_way(store: Store, clock: Hand) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "*")
    tell(store, event("here"))
    store.follow(chat.id, "harbour", muted_until=clock() + timedelta(hours=1))
    assert list(states(store).values()) == ["superseded"]


def test_a_group_that_moved_is_reached_at_its_new_address_with_all_its_topics(
    store: Store, clock: Hand
) -> None:
    chat, topic = store.add_chat("telegram", "-5", kind="group"), store.add_chat("telegram", "-5", 3)
    for each in (chat, topic):
        store.follow(each.id, "harbour")
    tell(store, event("a"))
    moved = store.migrate(chat.id, "-1005")
    assert moved is not None
    assert (moved.id, moved.address) == (chat.id, "-1005")
    assert store.chat("telegram", "-5", 3) is None
    assert {d.chat.address for d in store.claim("telegram", clock(), limit=9)} == {"-1005"}
    assert store.migrate(chat.id, "-1005") == moved
    assert store.migrate(99, "-1005") is None


def test_a_move_that_was_told_twice_ends_in_one_chat_with_everything(store: Store, clock: Hand) -> None:
    old, new = store.add_chat("telegram", "-5"), store.add_chat("telegram", "-1005")
    store.follow(old.id, "harbour", level="urgent")
    store.follow(old.id, "hills")
    store.follow(new.id, "hills", tier="confirmed")
    tell(store, event("there", race="hills"), race=OTHER)
    tell(store, event("both", race="hills", tier=event("x").tier.CONFIRMED), race=OTHER)
    assert store.migrate(old.id, "-1005") == new
    assert store.chats(resting=True) == [new]
    assert [(s.race, s.level, s.tier) for s in store.follows(new.id)] == [
        ("harbour", "urgent", "flash"),
        ("hills", "routine", "confirmed"),
    ]
    assert sorted(key for key, _, _ in states(store)) == ["both", "there"]


def test_forgetting_a_chat_deletes_all_of_it_and_nothing_of_others(store: Store) -> None:
    one, two = store.add_chat("telegram", "1"), store.add_chat("telegram", "2")
    for chat in (one, two):
        store.follow(chat.id, "*")
    tell(store, event("a"))
    store.forget(one.id)
    assert store.chats(resting=True) == [two]
    assert list(states(store)) == [("a", two.id, "send")]
    assert store.counts()["subscriptions"] == 1
    assert store.chat_by_id(one.id) is None
