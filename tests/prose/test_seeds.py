"""The two real reports, where they lie beside the checkout."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scrapers.parser.prose import Prose, passages_of, read_prose
from tally.race import Candidate, Origin, Race, Rank, Source
from tally.reading import Qualifier

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
RACE = Race(
    id="istanbul-2019-06-23",
    title="Istanbul mayor, re-run",
    date=date(2019, 6, 23),
    timezone=ZoneInfo("Europe/Istanbul"),
    candidates=(
        Candidate("imamoglu", "Ekrem İmamoğlu"),
        Candidate("yildirim", "Binali Yıldırım", descriptions=("former prime minister",)),
    ),
    follows="istanbul-2019-03-31",
    origins=(
        Origin("anadolu", "Anadolu", Rank.AGENCY, ("Anadolu Agency", "AA", "Anadolu Ajansı")),
        Origin("anka", "ANKA", Rank.AGENCY),
        Origin("ysk", "YSK", Rank.OFFICIAL, ("Supreme Election Council", "election board")),
    ),
)


def seed(name: str) -> Prose:
    found = sorted(SEEDS.glob(f"{name}_*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip("the real reports are not here")
    source = Source("report", "", "article", "report")
    hour = datetime(2019, 6, 23, 19, tzinfo=UTC)
    return read_prose(passages_of(found[0].read_text(encoding="utf-8")), RACE, source, hour)


def now(prose: Prose) -> set[tuple[str, str | None, str]]:
    return {(c.kind.value, c.actor, c.strength.value) for c in prose.claims if not c.history}


def test_the_report_of_a_broadcaster_is_read_whole_and_nothing_more() -> None:
    prose = seed("003")
    shares = [(r.candidate, r.share) for x in prose.readings for r in x.results]
    assert shares == [("imamoglu", 53.6)]
    counts = [(x.origin, x.counted.pct, x.counted.qualifier) for x in prose.readings if x.counted]
    assert counts == [("report", 90.0, Qualifier.AT_LEAST), ("anadolu", 95.0, Qualifier.ABOUT)]
    assert now(prose) == {("concession", "yildirim", "firm")}
    annulled = [c for c in prose.claims if c.kind == "annulled"]
    assert annulled and all(c.history and c.race == RACE.follows for c in annulled)


def test_the_report_of_another_broadcaster_is_read_whole_and_nothing_more() -> None:
    prose = seed("000")
    shares = [(r.candidate, r.share, r.votes) for x in prose.readings for r in x.results]
    assert shares == [("imamoglu", 54.0, None), ("yildirim", 45.0, None)]
    leads = [(x.lead.candidate, x.lead.votes, x.lead.qualifier) for x in prose.readings if x.lead]
    assert leads == [("imamoglu", 777000, Qualifier.AT_LEAST)]
    assert now(prose) == {
        ("concession", "yildirim", "firm"),
        ("victory_claim", "imamoglu", "firm"),
        ("congratulation", "Erdogan", "firm"),
    }
    assert next(c.target for c in prose.claims if c.kind == "congratulation") == "imamoglu"
