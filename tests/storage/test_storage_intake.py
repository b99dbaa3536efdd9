"""Taking in a poll: one transaction from what was read to who is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from night_facts import NOON, RACE, Hand, capture, claim, event, flips, reading, states, tell

from storage import Chat, Memory, Store
from storage.captures import _LARGEST_KEPT
from tally.capture import Capture, Outcome
from tally.event import EventKind
from tally.reading import Reading, Status
from tally.standing import Standing

pytestmark = pytest.mark.usefixtures("flipping")
READ, UNCHANGED = Outcome.READ, Outcome.UNCHANGED


@pytest.fixture
def chat(store: Store) -> Chat:
    made = store.add_chat("telegram", "1")
    store.follow(made.id, "*")
    return made


def read(store: Store, *readings: Reading, page: Capture | None = None) -> list[str]:
    intake = store.take_in(RACE, "board", page or capture(), READ, readings, [], NOON)
    return [e.key for e in intake.events]


def test_a_poll_leaves_its_page_its_readings_the_standing_the_news_and_who_is_told(
    store: Store, chat: Chat
) -> None:
    page = capture(b"Ash 501, Birch 499")
    said = claim()
    intake = store.take_in(RACE, RACE.sources[0], page, READ, [reading(501, 499)], [said], NOON)
    assert [e.kind for e in intake.events] == [EventKind.CONCESSION, EventKind.LEAD_CHANGE]
    assert intake.outcome is READ
    assert store.captures("harbour", "board") == [page]
    assert store.readings("harbour") == [reading(501, 499)]
    assert store.claims("harbour") == [said]
    assert store.standing(RACE).notes == {"leader": "ash"}
    assert store.events() == list(intake.events)
    assert len(states(store)) == 2


def test_what_is_stored_names_the_page_and_the_quote_that_proves_it(store: Store) -> None:
    store.take_in(RACE, "board", capture(), READ, [reading(501, 499)], [claim()], NOON)
    rows = store.db.rows(
        "select c.url, r.quote, k.quote as said from captures c"
        " join readings r on r.capture = c.id join claims k on k.capture = c.id"
    )
    assert [tuple(row) for row in rows] == [
        ("https://board.example/harbour", "Ash 501, Birch 499", "Tom Birch conceded")
    ]


def test_a_restart_goes_on_from_where_it_was(store: Store, clock: Hand, chat: Chat) -> None:
    read(store, reading(501, 499))
    store.close()
    with Store(store.path, clock=clock) as again:
        assert read(again, reading(600, 499, 1), page=capture(b"new", 1)) == []
        assert read(again, reading(600, 700, 2), page=capture(b"newer", 2)) == ["lead birch 12:02:00"]
        assert [e.key for e in again.events()] == ["lead ash 12:00:00", "lead birch 12:02:00"]
        assert again.db.rows("select version from standings")[0][0] == 2


def test_a_changed_race_file_is_taken_up_with_what_was_believed(store: Store) -> None:
    read(store, reading(501, 499))
    renamed = replace(RACE, title="Harbour Town, mayor (first round)")
    assert store.standing(renamed).race is renamed
    assert store.standing(renamed).notes == {"leader": "ash"}
    assert store.standing(RACE).race.title == RACE.title


def test_equal_pages_are_kept_once_and_an_unchanged_one_not_at_all(store: Store) -> None:
    for source, body in [("board", b"one"), ("board", b"one"), ("mirror", b"one"), ("board", b"two")]:
        store.take_in(RACE, source, capture(body), READ, [], [], NOON)
    store.take_in(RACE, "board", capture(b"three"), UNCHANGED, [], [], NOON)
    assert store.counts()["captures"] == 3
    assert [row[0] for row in store.db.rows("select size from bodies")] == [3, 3]
    assert store.body(capture(b"two").body_hash) == b"two"
    assert store.body(capture(b"three").body_hash) is None


def test_of_what_cannot_be_read_the_first_page_is_kept_as_it_changes_with_every_answer(store: Store) -> None:
    for outcome, body in [
        (Outcome.CHALLENGE, b"check 1"),
        (Outcome.CHALLENGE, b"check 2"),
        (READ, b"results"),
        (Outcome.CHALLENGE, b"check 3"),
    ]:
        store.take_in(RACE, "board", capture(body), outcome, [], [], NOON)
    assert [c.body for c in store.captures("harbour", "board")] == [b"check 1", b"results", b"check 3"]
    assert [c.body for c in store.captures("harbour", "board", limit=1)] == [b"check 3"]


def test_a_page_too_large_to_keep_is_known_by_its_hash(store: Store) -> None:
    page = capture(b"x" * (_LARGEST_KEPT + 1))
    store.take_in(RACE, "board", page, READ, [reading(501, 499)], [], NOON)
    assert store.counts()["captures"] == 1
    assert (store.body(page.body_hash), store.captures("harbour", "board")) == (None, [])
    assert len(store.readings("harbour")) == 1


def test_an_old_post_that_comes_again_with_every_change_is_kept_once(store: Store) -> None:
    post = reading(501, 499, post="17")
    read(store, post, page=capture(b"one post"))
    read(store, post, reading(600, 499, 5), page=capture(b"two posts"))
    store.take_in(RACE, "board", capture(b"three"), READ, [], [claim(), claim()], NOON)
    assert (len(store.readings("harbour")), len(store.claims("harbour"))) == (2, 1)


def test_readings_are_found_by_origin_and_hour_and_the_last_ones_by_limit(store: Store) -> None:
    agency = reading(400, 380, 1, origin="agency", counted=None)
    read(store, reading(501, 499), agency, reading(600, 499, 2))
    assert store.readings("harbour", origin="agency") == [agency]
    assert store.readings("harbour", since=NOON + timedelta(minutes=1)) == [agency, reading(600, 499, 2)]
    assert store.readings("harbour", limit=1) == [reading(600, 499, 2)]
    assert store.readings("hills") == []


def test_events_are_found_by_race_and_hour_and_the_last_ones_by_limit(store: Store) -> None:
    for number in range(4):
        tell(store, event(f"{number}", at=NOON + timedelta(minutes=number)))
    tell(store, event("there", race="hills", at=NOON))

    def keys(**where: object) -> list[str]:
        return [e.key for e in store.events(**where)]  # type: ignore[arg-type]

    assert keys() == ["0", "there", "1", "2", "3"]
    assert keys(race="harbour", limit=2) == ["2", "3"]
    assert keys(since=NOON + timedelta(minutes=1), until=NOON + timedelta(minutes=3)) == ["1", "2"]
    assert store.event("2") == event("2", at=NOON + timedelta(minutes=2))
    assert store.event("none") is None


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The statements that begin a transaction or write."""
    seen: list[str] = []
    store.db._db.conn.set_trace_callback(lambda sql: seen.append(sql.split()[0].lower()))
    yield seen
    store.db._db.conn.set_trace_callback(None)
    seen[:] = [word for word in seen if word != "select"]


def test_an_unchanged_poll_costs_no_transaction_and_is_written_in_batches(store: Store, clock: Hand) -> None:
    with statements(store) as seen:
        for number in range(50):
            at = NOON + timedelta(seconds=number)
            store.take_in(RACE, f"page {number % 5}", None, UNCHANGED, [], [], at)
    assert seen == []
    assert store.health("harbour", "page 1").polls == 10
    assert len(store.sources("harbour")) == 5
    clock.on(seconds=10)
    with statements(store) as seen:
        store.take_in(RACE, "page 0", None, UNCHANGED, [], [], NOON)
    assert seen == ["begin", *["insert"] * 5, "commit"]
    with Store(store.path, readonly=True) as reader:
        assert len(reader.sources()) == 5


def test_time_that_passes_without_news_is_not_written(store: Store) -> None:
    with statements(store) as seen:
        assert store.tick(RACE, NOON) == ()
        equal = store.change(RACE, lambda standing: (replace(standing), ()), NOON)
    assert (seen, equal) == ([], ())


def test_time_that_passes_can_be_news(
    store: Store, chat: Chat, monkeypatch: pytest.MonkeyPatch, clock: Hand
) -> None:
    stale = event("silent since noon", EventKind.STALE)
    monkeypatch.setattr("storage.intake.decide", lambda standing, *_: (standing, (stale,)))
    assert store.tick(RACE, NOON) == (stale,)
    assert [d.event for d in store.claim("telegram", clock())] == [stale]


def test_a_page_on_which_nothing_can_be_read_any_more_is_told_to_the_operator_once(store: Store) -> None:
    boss = store.add_chat("telegram", "boss", operator=True)
    read(store, reading(501, 499))
    first = store.take_in(RACE, "board", capture(b"empty"), Outcome.NOTHING, [], [], NOON, "no table")
    assert first.outcome is Outcome.LOST
    again = store.take_in(RACE, "board", capture(b"void"), Outcome.NOTHING, [], [], NOON, "no table")
    assert (again.outcome, again.events) == (Outcome.LOST, ())
    (lost,) = first.events
    assert states(store) == {(lost.key, boss.id, "send"): "pending"}
    assert store.sources()["harbour", "board"].reason == "no table"
    row = store.db.rows("select outcome, reason from captures order by id desc")[0]
    assert tuple(row) == ("lost", "no table")


def test_trial_figures_that_go_again_before_the_night_lose_no_source(store: Store) -> None:
    store.add_chat("telegram", "boss", operator=True)
    trial = store.take_in(RACE, "board", capture(), READ, [reading(501, 499, status=Status.TEST)], [], NOON)
    assert trial.outcome is READ
    gone = store.take_in(RACE, "board", capture(b"empty"), Outcome.NOTHING, [], [], NOON, "no table")
    assert (gone.outcome, gone.events) == (Outcome.NOTHING, ())


def test_what_is_remembered_of_a_page_is_there_after_a_restart(store: Store, clock: Hand) -> None:
    assert store.memory("harbour", "board") == Memory()
    taken = Memory('"1"', "Sun, 04 May 2031 12:00:00 GMT", "abc", "def")
    store.take_in(RACE, "board", capture(), READ, [reading(501, 499)], [], NOON, memory=taken)
    later = replace(taken, etag='"2"')
    store.remember("harbour", "mirror", later)
    store.remember("harbour", "mirror", later)
    store.close()
    with Store(store.path, clock=clock) as again:
        assert again.memory("harbour", "board") == taken
        assert again.memory("harbour", "mirror") == later
        assert again.health("harbour", "board").readable
        assert again.sources() == {("harbour", "board"): again.health("harbour", "board")} | {
            ("harbour", "mirror"): again.health("harbour", "mirror")
        }


def test_when_the_decision_fails_nothing_of_the_poll_is_kept_and_the_next_is_taken_in(
    store: Store, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(standing: Standing, *_: object) -> None:
        raise RuntimeError("a rule with a mistake")

    store.take_in(RACE, "page", None, UNCHANGED, [], [], NOON)
    before = store.counts()
    monkeypatch.setattr("storage.intake.decide", broken)
    with pytest.raises(RuntimeError, match="mistake"):
        read(store, reading(501, 499))
    assert store.counts() == before
    assert store.health("harbour", "board").polls == 0
    assert store.standing(RACE) == Standing.start(RACE)
    monkeypatch.setattr("storage.intake.decide", flips)
    assert read(store, reading(501, 499)) == ["lead ash 12:00:00"]
    assert store.health("harbour", "board").polls == 1


def test_a_clock_that_is_set_back_does_not_stop_the_writing(store: Store, clock: Hand) -> None:
    clock.on(hours=-1)
    store.take_in(RACE, "board", None, UNCHANGED, [], [], NOON)
    assert store.counts()["sources"] == 1


def test_text_that_no_encoding_can_say_is_kept_as_well_as_can_be(store: Store) -> None:
    odd = reading(501, 499)
    odd = replace(odd, evidence=replace(odd.evidence, quote="half a \ud83d pair"))
    read(store, odd)
    assert store.readings("harbour")[0].evidence.quote == "half a ? pair"
