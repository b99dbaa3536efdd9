"""Constructions of real reports: who is quoted, who is told of, and what only looks like a concession."""

import pytest

from tally.claim import ClaimKind
from tests.prose.conftest import Read


def concessions(read: Read, text: str) -> list[tuple[str | None, str | None]]:
    return [(c.actor, c.target) for c in read(text).claims if c.kind is ClaimKind.CONCESSION]


@pytest.mark.parametrize(
    "text",
    [
        '"It was not our night," Halloran said. "I called Governor Marsh and conceded."',
        '"Thank you all. I just called Ellen Marsh to congratulate her. It was a clean race," Halloran said.',
        "An aide to Halloran said the former attorney general had called Marsh to concede.",
        "Marsh accepted Halloran's concession by text message.",
        '"My opponent called a few minutes ago and conceded," Marsh told the crowd.',
        "Marsh's Republican challenger has conceded.",
        "In his concession speech Tuesday night Halloran thanked his staff.",
        "Halloran appeared to concede the race late on Tuesday.",
    ],
)
def test_who_concedes_is_found_whoever_tells_it(read: Read, text: str) -> None:
    assert [actor for actor, _ in concessions(read, text)] == ["halloran"]


@pytest.mark.parametrize(
    "text",
    [
        '"I congratulate Victor Halloran on a hard-fought race," Marsh said.',
        "Halloran conceded that his campaign had made mistakes.",
        "Halloran conceded on Tuesday his ads had gone too far.",
        "Halloran conceded Lake County to Marsh weeks ago and went to the suburbs.",
        "Had Halloran conceded on election night, the count would have been a formality.",
        "Halloran initially conceded but reversed course when the gap shrank.",
        "Reports that Halloran has conceded are false, his campaign said.",
        "She had a concession speech ready, Marsh joked.",
        "Pundits had already written Halloran's concession speech.",
    ],
)
def test_what_only_looks_like_a_concession_is_none(read: Read, text: str) -> None:
    assert concessions(read, text) == []


def test_an_earlier_vote_goes_on_until_the_text_comes_back(read: Read) -> None:
    before = "Four years ago Marsh beat Tom Beale. Marsh took 50.8 percent."
    prose = read(f"{before} With 90 percent counted on Tuesday, Marsh had 52.1 percent.")
    assert [r.share for x in prose.readings for r in x.results] == [52.1]


def test_a_margin_that_is_only_a_condition_is_no_lead(read: Read) -> None:
    assert read("Halloran can ask for a recount if Marsh leads by 10,000 votes or less.").readings == ()


def test_the_lead_is_the_ones_whose_it_was_whoever_cut_it(read: Read) -> None:
    [reading] = read("Halloran cut Marsh's lead from 31,000 to 24,281 votes overnight.").readings
    assert reading.lead is not None
    assert (reading.lead.candidate, reading.lead.votes) == ("marsh", 24_281)
