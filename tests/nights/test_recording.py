"""A night that the service recorded replays to the same events, whatever happened on it."""

import random
import resource
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

sys.path.insert(0, str(Path(__file__).parents[1] / "storage"))

from night_facts import NOON, OTHER, RACE

from nights import load_night
from nights.entries import entries_of, is_recording
from nights.recorder import Recorder
from nights.recording import replay_recording, source_of
from scrapers.parser import parse
from storage import Store
from tally.capture import Capture, Outcome
from tally.claim import Claim, ClaimKind
from tally.decide import approve
from tally.errors import SeriesError
from tally.event import Event, EventKind
from tally.evidence import Evidence
from tally.race import Race, Source

HARBOUR = replace(
    RACE,
    polls_close=NOON - timedelta(hours=1),
    sources=(
        replace(RACE.sources[0], kind="table", options={}),
        Source("gazette", "https://gazette.example/live", "article", "gazette", language="en"),
    ),
)
HILLS = replace(OTHER, sources=HARBOUR.sources, polls_close=HARBOUR.polls_close)


def table(ash: int, birch: int) -> bytes:
    rows = f"<tr><td>Ines Ash</td><td>{ash:,}</td></tr><tr><td>Tom Birch</td><td>{birch:,}</td></tr>"
    head = "<tr><th>Candidate</th><th>Votes</th></tr>"
    return f"<html><body><h1>Harbour Town, mayor</h1><table>{head}{rows}</table></body></html>".encode()


def story(text: str) -> bytes:
    return f"<html><body><article><h1>Harbour Town</h1><p>{text}</p></article></body></html>".encode()


class Evening:
    """The service without a network: each poll is read and taken in as the service does it."""

    def __init__(self, store: Store, *races: Race) -> None:
        self.store, self.races = store, races or (HARBOUR,)
        self.now = NOON
        self.told: list[Event] = []

    def poll(
        self, body: bytes, source: int = 0, race: int = 0, headers: dict[str, str] | None = None
    ) -> None:
        self.take(self.races[race], self.races[race].sources[source], body)

    def take(self, watched: Race, page_of: Source, body: bytes) -> None:
        fetched = self.now - timedelta(seconds=0.02)
        kept = {"content-type": "text/html; charset=utf-8"}
        capture = Capture(page_of.url, page_of.url, fetched, 200, body, kept)
        page = parse(capture, watched, page_of)
        found = (page.readings, page.claims) if page.outcome is Outcome.READ else ((), ())
        self._take(watched, page_of, capture, page.outcome, found, page.reason)

    def answer(self, outcome: Outcome, source: int = 0, reason: str | None = None) -> None:
        self._take(self.races[0], self.races[0].sources[source], None, outcome, ((), ()), reason)

    def wait(self, **more: float) -> None:
        self.now += timedelta(**more)
        for race in self.races:
            self.told += self.store.tick(race, self.now)

    def approve_all(self) -> None:
        for item in self.store.standing(self.races[0]).quarantine:
            decision = lambda standing, item=item: approve(standing, item.id, self.now)  # noqa: E731
            self.told += self.store.change(self.races[0], decision, self.now)

    def _take(self, race: Race, source: Source, capture, outcome, found, reason) -> None:  # type: ignore[no-untyped-def]
        self.told += self.store.take_in(
            race, source, capture, outcome, *found, self.now, reason=reason
        ).events
        self.now += timedelta(seconds=15)


@contextmanager
def recorded(store: Store, folder: Path, *races: Race, most: int = 10**9) -> Iterator[Evening]:
    recorder = Recorder(folder, most=most)
    for race in races or (HARBOUR,):
        recorder.begun(
            store.standing(race), {name: health for (_, name), health in store.sources(race.id).items()}
        )
    store.witness = recorder
    yield Evening(store, *races)
    store.witness = None
    recorder.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "night.db") as made:
        yield made


def replayed(folder: Path, *races: Race) -> list[Event]:
    return list(replay_recording(folder, races or (HARBOUR,)))


def a_night(evening: Evening) -> None:
    evening.poll(table(500, 400))
    evening.poll(story("The count goes on in Harbour Town."), 1)
    evening.poll(table(60_000, 61_000))
    evening.poll(story("Ines Ash conceded defeat to Tom Birch on Sunday evening."), 1)
    for _ in range(3):
        evening.answer(Outcome.FAILED, reason="no whole answer within 10 s")
    evening.answer(Outcome.UNCHANGED)
    evening.poll(table(55_000, 56_000))
    evening.answer(Outcome.UNCHANGED)
    evening.wait(hours=3)
    evening.poll(table(80_000, 79_000))


def test_a_night_replays_to_the_same_events_at_the_same_moments(store: Store, tmp_path: Path) -> None:
    with recorded(store, tmp_path / "rec") as evening:
        a_night(evening)
    kinds = {event.kind for event in evening.told}
    assert kinds >= {
        EventKind.LEAD_CHANGE,
        EventKind.CONCESSION,
        EventKind.SOURCE_LOST,
        EventKind.SOURCE_BACK,
        EventKind.REVISED,
        EventKind.STALE,
        EventKind.RESUMED,
    }
    assert replayed(tmp_path / "rec") == evening.told


def test_what_an_operator_let_pass_is_let_pass_again(store: Store, tmp_path: Path) -> None:
    with recorded(store, tmp_path / "rec") as evening:
        evening.poll(table(50_000, 49_000))
        evening.poll(table(5_000, 5_100))
        assert store.standing(HARBOUR).quarantine
        evening.approve_all()
        evening.poll(table(5_100, 5_300))
    assert replayed(tmp_path / "rec") == evening.told


def test_a_recording_that_begins_amid_a_night_knows_what_was_believed(store: Store, tmp_path: Path) -> None:
    before = Evening(store)
    before.poll(table(500, 400))
    before.answer(Outcome.FAILED)
    with recorded(store, tmp_path / "rec") as evening:
        evening.now = before.now
        evening.poll(table(600, 700))
        evening.answer(Outcome.FAILED)
    assert [event.kind for event in evening.told].count(EventKind.LEAD_CHANGE) == 1
    assert replayed(tmp_path / "rec") == evening.told


def test_two_races_on_one_page_have_it_written_once_and_read_twice(store: Store, tmp_path: Path) -> None:
    with recorded(store, tmp_path / "rec", HARBOUR, HILLS) as evening:
        evening.poll(table(500, 400), race=0)
        evening.poll(table(500, 400), race=1)
    assert [record.rec_type for record in _records(tmp_path / "rec")] == ["warcinfo", "response", "revisit"]
    assert {event.race for event in evening.told} == {"harbour", "hills"}
    assert replayed(tmp_path / "rec", HARBOUR, HILLS) == evening.told


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("count"), st.integers(0, 90_000), st.integers(0, 90_000)),
        st.tuples(st.sampled_from(["unchanged", "failed", "challenge", "approve", "restart"])),
        st.tuples(st.just("wait"), st.sampled_from([1, 30, 200])),
        st.tuples(st.just("say"), st.sampled_from(["ash", "birch", "nothing"])),
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_any_night_replays_to_what_was_told(
    tmp_path_factory: pytest.TempPathFactory, acts: Sequence[tuple[object, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("night")
    said = {"ash": "Ines Ash conceded defeat.", "birch": "Tom Birch conceded defeat.", "nothing": "Rain."}
    told: list[Event] = []
    now = NOON
    parts: list[list[tuple[object, ...]]] = [[]]
    for act in acts:
        parts.append([]) if act[0] == "restart" else parts[-1].append(act)
    for part in parts:
        with Store(folder / "night.db") as store, recorded(store, folder / "rec", most=3_000) as evening:
            evening.now = now
            for act in part:
                match act:
                    case ("count", int(ash), int(birch)):
                        evening.poll(table(ash, birch))
                    case ("wait", int(minutes)):
                        evening.wait(minutes=minutes)
                    case ("say", str(who)):
                        evening.poll(story(said[who]), 1)
                    case ("approve",):
                        evening.approve_all()
                    case (str(outcome),):
                        evening.answer(Outcome(outcome))
            told += evening.told
            now = evening.now
    assert [_as_recorded(event) for event in replayed(folder / "rec")] == [_as_recorded(e) for e in told]


def _as_recorded(event: Event) -> Event:
    """Polls that brought nothing are in no recording, so when the last one went well is not known from it."""
    return replace(event, details={name: value for name, value in event.details.items() if name != "since"})


def test_what_races_add_up_to_is_told_again_in_a_replay(store: Store, tmp_path: Path) -> None:
    college = replace(HARBOUR, id="college", sources=(), adds_up={"harbour": 9}, majority=5)
    called = Claim("harbour", ClaimKind.CALLED, "wire", NOON, Evidence("called"), "wire", "ash")
    with recorded(store, tmp_path / "rec", HARBOUR, college) as evening:
        store.take_in(HARBOUR, "wire", None, Outcome.READ, [], [called], NOON)
        told = store.add_up(college, [HARBOUR], evening.now)
    assert [event.details["total"] for event in told] == [9]
    assert [
        event for event in replayed(tmp_path / "rec", HARBOUR, college) if event.race == "college"
    ] == list(told)


def test_a_new_file_begins_at_the_size_and_none_is_written_over(store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        with recorded(store, tmp_path / "rec", most=2_000) as evening:
            for number in range(12):
                evening.poll(table(random.randrange(10**6), number))  # noqa: S311 - no secret
    files = sorted((tmp_path / "rec").iterdir())
    assert len(files) >= 4
    assert files[0].name == "tallywire-000001.warc.gz"
    assert all(file.stat().st_size < 4_000 for file in files)
    assert all(next(iter(_records(file))).rec_type == "warcinfo" for file in files)


def test_a_kill_loses_the_last_record_at_most(store: Store, tmp_path: Path) -> None:
    with recorded(store, tmp_path / "rec") as evening:
        a_night(evening)
    (file,) = (tmp_path / "rec").iterdir()
    whole, events = file.read_bytes(), evening.told
    entries = len(list(entries_of(tmp_path / "rec")))
    for cut in range(len(whole) - 1, len(whole) - 400, -13):
        file.write_bytes(whole[:cut])
        left = replayed(tmp_path / "rec")
        assert left == events[: len(left)]
        # The last eight bytes are a checksum: all that was written is there without them.
        lost = entries - len(list(entries_of(tmp_path / "rec")))
        assert lost <= 1 or cut < len(whole) - 300


def test_a_full_disk_costs_the_record_and_leaves_the_file_sound(store: Store, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with recorded(store, tmp_path / "rec") as evening:
        evening.poll(table(500, 400))
        (first,) = (tmp_path / "rec").iterdir()
        size = first.stat().st_size
        noise = "".join(random.choices("abcdefghij ", k=60_000))  # noqa: S311 - no secret
        store.witness, recorder = None, store.witness
        assert isinstance(recorder, Recorder)
        big = Capture(HARBOUR.sources[1].url, "", NOON, 200, noise.encode(), {})
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4_000, hard))
        try:
            recorder.polled(HARBOUR, "gazette", big, Outcome.NOTHING, None, NOON)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert first.stat().st_size == size
        store.witness = recorder
        evening.poll(table(500, 600))
    assert len(list((tmp_path / "rec").iterdir())) == 2
    assert replayed(tmp_path / "rec") == evening.told


def test_a_folder_that_can_not_be_used_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SeriesError, match="another folder"):
        Recorder(tmp_path / "file")


def test_nothing_of_a_request_and_no_query_of_a_redirect_is_written(store: Store, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "rec")
    page = HARBOUR.sources[0]
    moved = Capture(page.url, "https://u:pw@cdn.example/x/page?token=s3cret", NOON, 200, b"x", {})
    recorder.polled(HARBOUR, "board", moved, Outcome.NOTHING, None, NOON)
    recorder.close()
    records = list(_records(tmp_path / "rec"))
    assert {record.rec_type for record in records} == {"warcinfo", "response"}
    text = "".join(str(record.rec_headers) + str(record.http_headers) for record in records)
    assert "s3cret" not in text
    assert "pw" not in text
    assert next(iter(entries_of(tmp_path / "rec"))).capture == replace(
        moved, final_url="https://cdn.example/x/page"
    )


def test_pages_that_others_led_to_are_read_as_the_watch_read_them(store: Store, tmp_path: Path) -> None:
    """A feed's article, an index's feed, a live blog's older page: no race file names them."""
    gazette = HARBOUR.sources[1]
    article = replace(gazette, name="gazette/0a1b2c3d", url="https://gazette.example/a")
    older = replace(HARBOUR.sources[0], name="board/page 2", url="https://board.example/2")
    with recorded(store, tmp_path / "rec") as evening:
        for source, body in ((older, table(500, 600)), (article, story("Ines Ash conceded defeat."))):
            evening.take(HARBOUR, source, body)
    found = [source_of(HARBOUR, e.moment, e.capture.url) for e in entries_of(tmp_path / "rec") if e.capture]
    assert found == [older, article]
    assert {event.kind for event in evening.told} >= {EventKind.FIRST_RESULTS, EventKind.CONCESSION}
    assert replayed(tmp_path / "rec") == evening.told
    assert source_of(HARBOUR, replace(next(entries_of(tmp_path / "rec")).moment, source="no"), "") is None


def test_an_archive_of_somebody_elses_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    assert not is_recording(tmp_path)


def test_a_rehearsal_shows_what_was_there_at_first_from_the_first(store: Store, tmp_path: Path) -> None:
    with recorded(store, tmp_path / "rec") as evening:
        evening.poll(table(500, 400))
        evening.answer(Outcome.FAILED, 1)
        evening.poll(table(500, 600))
        evening.poll(story("Late."), 1)
        evening.answer(Outcome.UNCHANGED)
        evening.wait(hours=3)
    night = load_night(str(tmp_path / "rec"))
    assert night.races == ("harbour",)
    shown = [[change.url.split("/")[2] for change in step.changes] for step in night.steps]
    assert shown == [["board.example"], ["board.example"], ["gazette.example"], []]
    assert [step.at for step in night.steps] == sorted(step.at for step in night.steps)


def _records(path: Path):  # type: ignore[no-untyped-def]
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                record.content_stream().read()
                yield record
