"""One fictional race that all golden pages tell of, and the pages with their expectations."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tally.capture import Capture
from tally.race import Candidate, Origin, Race, Rank, Source

GOLDEN = Path(__file__).parent / "golden"
FETCHED = datetime(2031, 5, 4, 21, tzinfo=UTC)
BOARD = Origin("board", "Town Board of Liman", Rank.OFFICIAL)

RACE = Race(
    id="liman-2031",
    title="Mayor of Liman 2031",
    date=date(2031, 5, 4),
    timezone=ZoneInfo("Europe/Istanbul"),
    candidates=(
        Candidate("demir", "Leyla Demir", party="Turuncu"),
        Candidate("kaplan", "Orhan Kaplan", party="Mavi"),
    ),
    origins=(BOARD,),
)


def capture_of(
    body: bytes | str, *, content_type: str = "", status: int = 200, fetched_at: datetime = FETCHED
) -> Capture:
    raw = body.encode() if isinstance(body, str) else body
    url = "https://liman.example/page"
    return Capture(url, url, fetched_at, status, raw, {"content-type": content_type} if content_type else {})


def source_of(kind: str, language: str | None = None, **options: Any) -> Source:
    url = "https://liman.example/page"
    return Source("board page", url, kind, "board", Rank.OFFICIAL, language=language, options=options)


@dataclass(frozen=True)
class Golden:
    """One recorded page and what a person says it tells."""

    path: Path
    expected: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return self.path.parent.name

    @property
    def capture(self) -> Capture:
        stamp = self.expected.get("fetched_at")
        return capture_of(
            self.path.read_bytes(), fetched_at=datetime.fromisoformat(stamp) if stamp else FETCHED
        )

    @property
    def source(self) -> Source:
        return source_of(self.kind, self.expected.get("language"), **self.expected.get("options", {}))


def golden_pages() -> list[Golden]:
    pages = sorted(p for p in GOLDEN.rglob("*.*") if not p.name.endswith(".expected.json"))
    return [Golden(p, json.loads(Path(f"{p}.expected.json").read_text("utf-8"))) for p in pages]


@pytest.fixture
def race() -> Race:
    return RACE


@pytest.fixture
def capture() -> Callable[..., Capture]:
    return capture_of


@pytest.fixture
def source() -> Callable[..., Source]:
    return source_of
