"""A real bot on a real store, talking to the emulator over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.app import TelegramBot
from storage import Store
from tally.event import Event, EventKind, Headline, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Origin, Race, Rank, Source
from tally.reading import Counted, Result
from tests.emulator import Emulator

if TYPE_CHECKING:
    from tests.bot.hand import Desk

NOW = datetime(2030, 6, 2, 20, 41, tzinfo=UTC)
CAPITAL = ZoneInfo("Europe/Istanbul")


def make_race(race_id: str = "harbour", title: str = "Harbour City mayor", day: int = 2) -> Race:
    return Race(
        id=race_id,
        title=title,
        date=date(2030, 6, day),
        timezone=CAPITAL,
        candidates=(
            Candidate("doe", "Jane Doe", party="Reform"),
            Candidate("roe", "John Roe", party="Union"),
        ),
        origins=(Origin("board", "Election board", Rank.OFFICIAL), Origin("agency", "Wire", Rank.AGENCY)),
        sources=(Source("wire", "https://wire.example/live", "article", "agency"),),
    )


def make_headline(origin: str = "board", leader: str | None = "doe") -> Headline:
    lines = (Result("doe", 1_204_511, 50.1), Result("roe", 1_185_278, 49.3))
    return Headline(
        origin=origin,
        as_of=NOW,
        results=lines if leader != "roe" else lines[::-1],
        leader=leader,
        margin_votes=19_233,
        margin_points=0.8,
        counted=Counted(78, basis="expected vote"),
        url="https://board.example/count?race=1&round=2",
    )


def make_event(kind: EventKind = EventKind.LEAD_CHANGE, key: str = "harbour/1", **changes: object) -> Event:
    values: dict[str, object] = {
        "key": key,
        "kind": kind,
        "race": "harbour",
        "at": NOW,
        "tier": Tier.CONFIRMED,
        "level": Level.URGENT,
        "origin": "board",
        "proofs": (
            Proof(
                "board",
                NOW,
                Evidence("Doe 1,204,511, Roe 1,185,278", "table 1, row 2"),
                "wire",
                "https://board.example/count?race=1&round=2",
            ),
        ),
        "before": "roe",
        "after": "doe",
        "candidate": "doe",
        "headline": make_headline(),
    }
    return Event(**{**values, **changes})  # type: ignore[arg-type]


@dataclass
class Night:
    """A bot at work."""

    telegram: Emulator
    bot: TelegramBot
    store: Store
    races: dict[str, Race]


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
def races() -> dict[str, Race]:
    return {"harbour": make_race(), "hills": make_race("hills", "Hill District council", 1)}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "tally.db", clock=lambda: NOW)


@pytest.fixture
async def night(telegram: Emulator, store: Store, races: dict[str, Race]) -> AsyncIterator[Night]:
    bot = TelegramBot(telegram.token, store, races, lambda: NOW, telegram.url, wait=0.01)
    await bot.start()
    yield Night(telegram, bot, store, races)
    await bot.stop()
    store.close()


@pytest.fixture
async def desk(telegram: Emulator, tmp_path: Path, races: dict[str, Race]) -> AsyncIterator["Desk"]:
    """A bot and its outbox at work, under a clock that is set by hand."""
    from tests.bot.hand import Hand
    from tests.bot.hand import desk as at_work

    clock = Hand()
    async with at_work(telegram, Store(tmp_path / "desk.db", clock=clock), races, clock) as made:
        yield made


@pytest.fixture
def desk_store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "desk_store.db", clock=lambda: NOW) as made:
        yield made
