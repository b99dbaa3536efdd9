"""Quiet hours in the reader's own day, over midnight and over the change of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from night_facts import NOON, RACE, Hand, event, states, tell

from storage import Store
from storage.quiet import digest_due, hush, is_quiet, quiet_end, zone
from storage.text import to_text
from tally.event import EventKind, Level, Tier

ZONES = ["UTC", "Europe/Istanbul", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"]


@pytest.mark.parametrize(
    ("hour", "quiet"), [("22:59", False), ("23:00", True), ("03:00", True), ("06:59", True), ("07:00", False)]
)
def test_over_midnight(hour: str, quiet: bool) -> None:
    at = datetime.fromisoformat(f"2031-05-04T{hour}+03:00")
    assert is_quiet("Europe/Istanbul", 23 * 60, 7 * 60, at) is quiet


def test_without_hours_it_is_never_quiet() -> None:
    assert not is_quiet("UTC", None, None, NOON)
    assert not is_quiet("UTC", 60, 60, NOON)


def test_they_end_by_the_clock_on_the_wall_when_clocks_change() -> None:
    before = datetime(2031, 3, 29, 23, 30, tzinfo=UTC)  # the night on which Berlin loses an hour
    assert quiet_end("Europe/Berlin", 7 * 60, before) == datetime(2031, 3, 30, 5, 0, tzinfo=UTC)


def test_a_timezone_that_is_no_more_is_utc() -> None:
    assert zone("Atlantis/Capital").key == "UTC"


@given(
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.sampled_from(["off", "hourly"]),
    st.integers(0, 2 * 365 * 24 * 60),
)
def test_a_digest_is_due_within_a_day_or_so_and_never_in_quiet_hours(
    name: str, start: int, end: int, digest: str, minute: int
) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    due = digest_due(name, start, end, digest, now)
    assert now <= due <= now + timedelta(hours=26)
    # An hour that the clocks skip is the one exception: it is over when it would have begun.
    assert (
        not is_quiet(name, start, end, due)
        or due.astimezone(zone(name)).utcoffset() != now.astimezone(zone(name)).utcoffset()
    )


def test_only_what_is_not_urgent_is_held_or_dropped() -> None:
    night = ("UTC", 11 * 60, 13 * 60)
    assert hush(*night, 0, "off", to_text(NOON)) == "held"
    assert hush(*night, 1, "off", to_text(NOON)) == "drop"
    assert hush("UTC", 1, 2, 1, "off", to_text(NOON)) == "pending"
    assert hush("UTC", 1, 2, 1, "hourly", to_text(NOON)) == "held"


def test_a_row_for_each_chat_by_its_own_hours(store: Store, clock: Hand) -> None:
    asleep, awake, deaf = (store.add_chat("telegram", name) for name in ("asleep", "awake", "deaf"))
    for chat in (asleep, awake, deaf):
        store.follow(chat.id, "harbour")
    store.set_quiet(asleep.id, (11 * 60, 13 * 60))
    store.set_quiet(deaf.id, (11 * 60, 13 * 60), drop=True)
    tell(store, event("lead", level=Level.IMPORTANT))
    tell(store, event("over", EventKind.CONCESSION, level=Level.URGENT))
    assert states(store) == {
        ("lead", asleep.id, "send"): "held",
        ("lead", awake.id, "send"): "pending",
        ("over", asleep.id, "send"): "pending",
        ("over", awake.id, "send"): "pending",
        ("over", deaf.id, "send"): "pending",
    }
    assert [e.key for e in store.held(asleep.id)] == ["lead"]
    assert store.next_notice("telegram", clock()) == NOON + timedelta(hours=1)


def test_a_held_word_is_not_told_again_when_it_is_confirmed(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "harbour", tier="confirmed")
    store.set_quiet(chat.id, (11 * 60, 13 * 60))
    claim = EventKind.VICTORY_CLAIM
    tell(store, event("claim", claim, level=Level.IMPORTANT))
    tell(store, event("claim/confirmed", claim, updates="claim", tier=Tier.CONFIRMED, level=Level.ROUTINE))
    assert states(store) == {("claim/confirmed", chat.id, "send"): "held"}


def test_a_lead_change_that_is_confirmed_is_urgent_and_held_no_longer(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "harbour")
    store.set_quiet(chat.id, (11 * 60, 13 * 60))
    tell(store, event("lead", level=Level.IMPORTANT))
    tell(store, event("lead/confirmed", updates="lead", tier=Tier.CONFIRMED, level=Level.ROUTINE))
    assert states(store) == {
        ("lead", chat.id, "send"): "superseded",
        ("lead/confirmed", chat.id, "send"): "pending",
    }


def test_unfollowed_nothing_of_it_is_held(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "harbour")
    store.set_digest(chat.id, "hourly")
    tell(store, event("lead", level=Level.IMPORTANT), race=RACE)
    store.unfollow(chat.id, "harbour")
    assert store.held(chat.id) == []
    assert not store.digest_now(chat.id)
