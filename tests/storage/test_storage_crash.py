"""kill -9 while polls are taken in: whatever moment it is, what is there is whole."""

import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from night_facts import NOON, RACE, capture, claim, flips, reading

from storage import Memory, Store
from tally.capture import Outcome

CHATS, KILLS = 200, 25


def take_in_for_ever(path: Path, report: Connection) -> None:
    """Take in a flip every poll, each told to two hundred chats; report the news once it is taken in."""
    with Store(path) as store:
        minute = store.counts()["captures"]
        while True:
            minute += 1
            votes = (500 + minute, 400) if minute % 2 else (400, 500 + minute)
            readings = [reading(*votes, minute, origin=f"origin {n}") for n in range(3)]
            page = capture(f"page {minute}".encode() * 50, minute)
            intake = store.take_in(
                RACE,
                "board",
                page,
                Outcome.READ,
                readings,
                [claim(minute=minute)],
                NOON,
                memory=Memory(f"{minute}"),
            )
            report.send([event.key for event in intake.events])


def killed_run(path: Path, dice: random.Random) -> list[str]:
    """Let another process take in polls and kill it; the news that it said were taken in."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=take_in_for_ever, args=(path, theirs))
    process.start()
    theirs.close()
    said = list(ours.recv()) if dice.random() < 0.9 else []  # sometimes before its first poll
    time.sleep(dice.uniform(0, 0.03))
    process.kill()
    process.join()
    try:
        while ours.poll():
            said += ours.recv()
    except (EOFError, OSError):  # killed in the middle of a word
        pass
    return said


@pytest.mark.slow
def test_after_a_kill_at_any_moment_all_or_nothing_of_a_poll_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.intake.decide", flips)
    path, said = tmp_path / "night.db", list[str]()
    dice = random.Random()  # noqa: S311 - moments, not secrets
    with Store(path) as store:
        for number in range(CHATS):
            store.follow(store.add_chat("telegram", str(number)).id, "harbour")
    for _ in range(KILLS):
        said += killed_run(path, dice)
        with Store(path) as store:
            everything_is_whole(store, said)
    assert len(said) > KILLS


def everything_is_whole(store: Store, said: list[str]) -> None:
    keys = [event.key for event in store.events()]
    assert set(said) <= set(keys), "what was said to be taken in is there"
    polls = store.counts()["captures"]
    assert len(keys) == 2 * polls
    assert (store.counts()["readings"], store.counts()["claims"]) == (3 * polls, polls)
    assert {row[0] for row in store.db.rows("select count(*) from deliveries group by event")} <= {CHATS}
    assert store.counts().get("deliveries.pending", 0) + store.counts().get("deliveries.superseded", 0) == (
        CHATS * len(keys)
    )
    if polls:
        assert store.memory("harbour", "board").etag == str(polls)
        assert store.standing(RACE).notes["leader"] == ("ash" if polls % 2 else "birch")
        assert store.health("harbour", "board").polls == polls
    assert store.check() == []
