"""/metrics, /healthz and /readyz over real HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitoring.monitor import Monitor, Neighbours
from settings import Listen
from storage import Store
from tally.capture import Capture, Outcome
from tally.errors import ConfigError
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.evidence import Evidence
from tally.reading import Reading, Result
from tests.monitoring.conftest import NOON, RACE, Seconds, poll

HERE = Listen("127.0.0.1", 0)


@pytest.fixture
async def served(store: Store, seconds: Seconds) -> AsyncIterator[Monitor]:
    neighbours = Neighbours(channels=("telegram",))
    made = Monitor(
        store, lambda: [RACE], clock=lambda: NOON, neighbours=neighbours, listen=HERE, monotonic=seconds
    )
    await made.start()
    yield made
    await made.stop()


async def get(monitor: Monitor, path: str) -> tuple[int, str]:
    assert monitor.server is not None
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{monitor.server.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


def sample(name: str, *labels: str) -> tuple[str, ...]:
    return (name, *sorted(labels))


async def samples(monitor: Monitor) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    status, text = await get(monitor, "/metrics")
    assert status == 200
    return {
        sample(one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def news() -> Event:
    proof = Proof("board", NOON, Evidence("Ash 501", "row 1"))
    return Event(
        key="harbour/lead/1",
        kind=EventKind.LEAD_CHANGE,
        race="harbour",
        at=NOON - timedelta(seconds=2),
        tier=Tier.FLASH,
        level=Level.URGENT,
        origin="board",
        proofs=(proof,),
    )


async def test_polls_outcomes_ages_latencies_and_depths_are_shown(
    served: Monitor, store: Store, seconds: Seconds
) -> None:
    url = "https://board.example/harbour"
    page = Capture(url, url, NOON, 200, b"{}")
    published = NOON - timedelta(seconds=20)
    reading = Reading(
        "harbour", "board", published, Evidence("Ash 501", "row 1"), (Result("ash", 501),), stamped=True
    )
    served.polled(RACE, "board", Outcome.READ, 0.2, (page, [reading], 1))
    served.told([news()], 0.004)
    served.delivered("telegram", "sent", news().at)
    served.delivered("telegram", "notsent", None)
    served.trouble("intake", ValueError())
    store.hand_over(news(), [1])
    seconds.on(minutes=2)
    found = await samples(served)
    expected = {
        sample("tallywire_polls_total", "harbour", "board", "read"): 1,
        sample("tallywire_readings_total", "harbour", "board"): 1,
        sample("tallywire_claims_total", "harbour", "board"): 1,
        sample("tallywire_events_total", "harbour", "lead_change", "flash"): 1,
        sample("tallywire_publish_to_fetch_seconds_sum"): 20,
        sample("tallywire_fetch_to_event_seconds_sum"): 0.004,
        sample("tallywire_event_to_send_seconds_sum", "telegram"): 2,
        sample("tallywire_deliveries_total", "telegram", "sent"): 1,
        sample("tallywire_deliveries_total", "telegram", "notsent"): 1,
        sample("tallywire_troubles_total", "intake"): 1,
        sample("tallywire_source_last_poll_age_seconds", "harbour", "board"): 120,
        sample("tallywire_source_last_reading_age_seconds", "harbour", "board"): 120,
        sample("tallywire_source_lost", "harbour", "board"): 0,
        sample("tallywire_seconds_since_good_poll"): 120,
        sample("tallywire_outbox_waiting", "telegram"): 1,
        sample("tallywire_database_up"): 1,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert found["tallywire_database_bytes", "db"] > 0
    assert found["tallywire_disk_free_bytes",] > 0
    assert ("tallywire_event_loop_lag_seconds_bucket", "0.01") in found


async def test_it_is_ready_when_it_started_and_pages_are_read(
    served: Monitor, store: Store, seconds: Seconds
) -> None:
    assert (await get(served, "/healthz")) == (200, "alive\n")
    status, text = await get(served, "/readyz")
    assert status == 503
    assert "still starting" in text
    served.started = True
    poll(store, served)
    assert (await get(served, "/readyz"))[0] == 200
    seconds.on(minutes=6)
    status, text = await get(served, "/readyz")
    assert status == 503
    assert "the last good poll was 360 s ago" in text
    assert (await get(served, "/healthz"))[0] == 200


async def test_an_outbox_that_sends_nothing_is_not_ready(
    served: Monitor, store: Store, seconds: Seconds
) -> None:
    served.started = True
    assert (await get(served, "/readyz"))[0] == 200
    store.hand_over(news(), [1])
    for _ in range(3):
        seconds.on(minutes=4)
        poll(store, served)
        served.delivered("telegram", "notsent", None)  # Telegram is away: it is tried again and again
        assert (await get(served, "/readyz"))[0] == 200
    seconds.on(minutes=6)
    poll(store, served)
    status, text = await get(served, "/readyz")
    assert status == 503
    assert "1 wait, and none was sent for 360 s" in text
    store.pause(paused=True)
    assert (await get(served, "/readyz"))[0] == 200


async def test_nothing_else_is_answered(served: Monitor) -> None:
    assert (await get(served, "/"))[0] == 404
    assert (await get(served, "/metrics/../../etc/passwd"))[0] == 404
    assert served.server is not None
    async with aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{served.server.port}/metrics"
        async with session.post(address, data=b"x" * 100_000) as answer:
            assert answer.status == 405


async def test_an_address_that_is_taken_is_told_in_a_sentence(served: Monitor, store: Store) -> None:
    assert served.server is not None
    other = Monitor(store, lambda: [RACE], clock=lambda: NOON, listen=Listen("127.0.0.1", served.server.port))
    with pytest.raises(ConfigError, match=r"TALLYWIRE_LISTEN: 127\.0\.0\.1:\d+: "):
        await other.start()
    await other.stop()
