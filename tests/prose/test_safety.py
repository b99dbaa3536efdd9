"""Whatever a page holds, the reader ends, and soon."""

from datetime import UTC, date, datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.parser.prose import Passage, passages_of, read_prose
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.packs import packs
from tally.race import Candidate, Race, Source

RACE = Race(
    "r",
    "Mayor of Harrow",
    date(2024, 5, 2),
    ZoneInfo("UTC"),
    (Candidate("a", "Ada Quist"), Candidate("b", "Ben Orr"), Candidate("y", "Yes")),
)
SOURCE = Source("s", "", "article", "s")
HOUR = datetime(2024, 5, 2, 22, tzinfo=UTC)
CODES = sorted(packs())

SAMPLE = """Ada Quist Orr Ben conceded defeat 54% 1,234 of the vote votes counted to - , . ; " ' ( ) ? yüzde
53,6 bin milyon oy sandıkların % reconoció su derrota räumte Niederlage ein a reconnu 12.5 points lead by
he she said if not 2019 March İ ß … “ ” 🙂 two thirds half million"""
WORDS = st.sampled_from(SAMPLE.split())


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)), st.sampled_from(CODES))
def test_no_text_raises(text: str, code: str) -> None:
    prose = read_prose(passages_of(text), RACE, SOURCE, HOUR, code)
    for reading in prose.readings:
        assert reading.evidence.quote
        assert all(r.share is None or 0 <= r.share <= 100 for r in reading.results)
        assert reading.counted is None or 0 <= reading.counted.pct <= 100
    for claim in prose.claims:
        assert claim.evidence.quote
    assert not [note for note in prose.notes if note.why.startswith("could not be read")]


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_private_characters_of_a_page_are_no_names() -> None:
    text = "\ue000 conceded defeat. \ue001 has \uf100 of the vote."
    prose = read_prose([Passage(text)], RACE, SOURCE, HOUR, "en")
    assert (prose.readings, prose.claims) == ((), ())


@pytest.mark.parametrize(
    "piece",
    [
        "54% ",
        "Ada Quist and ",
        "conceded the race to ",
        "ballots votes counted of the ",
        "a ",
        "1,1",
        "((((",
        '"',
        "yüzde 5 ",
        "more than nearly about ",
        "had been now already so far ",
        "Ada's ",
        "... ",
        "1 2 3 4 ",
        "Niederlage ein ",
        "de la de los ",
        "Ada Quist conceded 54% of the votes counted. ",
    ],
)
def test_200_kilobytes_of_anything_are_read_in_bounded_time(piece: str) -> None:
    """A bound far above what it takes (some 60 ms), far below what backtracking would."""
    text = piece * (200_000 // len(piece))
    read_prose(passages_of("Ada Quist conceded. 5% of votes counted."), RACE, SOURCE, HOUR, "en")
    started = process_time()
    read_prose(passages_of(text), RACE, SOURCE, HOUR, "en")
    assert process_time() - started < 5.0


@pytest.mark.parametrize(
    "text",
    [
        "Ben Orr's brother, Carlos Orr, conceded on Tuesday night.",
        "Karen Orr conceded on Tuesday night.",
        "Elsewhere, Robert Orr conceded his race for the state Senate.",
    ],
)
def test_a_namesake_who_concedes_is_not_the_candidate(text: str) -> None:
    assert read_prose(passages_of(text), RACE, SOURCE, HOUR, "en").claims == ()
