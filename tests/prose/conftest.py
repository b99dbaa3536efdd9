"""A race of our own to read about: two candidates, an agency, a board."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scrapers.parser.prose import Prose, passages_of, read_prose
from tally.race import Candidate, Origin, Race, Rank, Source

Read = Callable[..., Prose]


@pytest.fixture
def race() -> Race:
    return Race(
        id="calder",
        title="Governor of Calder",
        date=date(2022, 11, 8),
        timezone=ZoneInfo("America/Chicago"),
        candidates=(
            Candidate("marsh", "Ellen Marsh", pronoun="she"),
            Candidate("halloran", "Victor Halloran", descriptions=("former attorney general",), pronoun="he"),
        ),
        electorate=4_000_000,
        follows="calder-first",
        origins=(
            Origin("wire", "Northern Wire", Rank.AGENCY, ("NW", "Northern Wire Agency")),
            Origin("board", "State Election Board", Rank.OFFICIAL),
        ),
    )


@pytest.fixture
def source() -> Source:
    return Source("paper", "https://paper.example/live", "article", "paper")


@pytest.fixture
def read(race: Race, source: Source) -> Read:
    published = datetime(2022, 11, 9, 5, tzinfo=UTC)

    def reader(text: str, language: str = "en", **more: object) -> Prose:
        return read_prose(passages_of(text), race, source, published, language, **more)  # type: ignore[arg-type]

    return reader
