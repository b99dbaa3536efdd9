"""With the real rules: a night in pieces, with a restart after every poll, is the same night."""

from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from night_facts import NOON, RACE, Hand, capture, claim, reading

from storage import Store
from tally.capture import Outcome
from tally.claim import Claim, ClaimKind
from tally.event import Event
from tally.reading import Reading

Poll = tuple[list[Reading], list[Claim], int]


def poll(minute: int, ash: int, birch: int, origin: str, said: ClaimKind | None) -> Poll:
    claims = [claim(said, minute=minute)] if said else []
    return [reading(ash, birch, minute, origin=origin)], claims, minute


@st.composite
def nights(draw: st.DrawFn) -> list[Poll]:
    """Two origins that count upwards, and now and then somebody says something."""
    votes = {"board": [100, 100], "agency": [90, 110]}
    polls = []
    for minute in range(1, draw(st.integers(2, 7))):
        origin = draw(st.sampled_from(sorted(votes)))
        votes[origin] = [now + draw(st.integers(0, 200)) for now in votes[origin]]
        said = draw(st.sampled_from([None, None, ClaimKind.CONCESSION, ClaimKind.VICTORY_CLAIM]))
        polls.append(poll(minute, *votes[origin], origin, said))
    return polls


def told(path: Path, night: list[Poll], restart: bool) -> list[Event]:
    store = Store(path, clock=Hand())
    store.follow(store.add_chat("telegram", "1").id)
    for readings, claims, minute in night:
        hour = NOON + timedelta(minutes=minute)
        page = capture(f"{minute}".encode(), minute)
        store.take_in(RACE, "board", page, Outcome.READ, readings, claims, hour)
        store.tick(RACE, hour)
        if restart:
            store.close()
            store = Store(path, clock=Hand())
    events = store.events()
    assert store.counts().get("deliveries.pending", 0) >= len([e for e in events if e.updates is None])
    store.close()
    return events


@given(night=nights())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_night_with_a_restart_after_every_poll_tells_the_same_news(
    tmp_path: Path, night: list[Poll]
) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    whole = told(folder / "whole.db", night, restart=False)
    assert told(folder / "pieces.db", night, restart=True) == whole
    assert whole, "something is told on such a night"
