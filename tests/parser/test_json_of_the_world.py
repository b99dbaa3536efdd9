"""JSON that no path is configured for, read by the words of its keys."""

import json
from typing import Any

import pytest

from scrapers.parser import Page, parse
from tally.capture import Outcome
from tests.parser.conftest import RACE, capture_of, source_of

DEMIR = {"name": "Leyla Demir", "votes": 12480, "pct": 51.8}
KAPLAN = {"name": "Orhan Kaplan", "votes": 11612, "pct": 48.2}
BOTH = {"demir": (12480, 51.8), "kaplan": (11612, 48.2)}
VOTES = {"demir": (12480, None), "kaplan": (11612, None)}
ABSENTEE = {"demir": 5000, "kaplan": 6000}


def page_of(data: object, **options: Any) -> Page:
    return parse(capture_of(json.dumps(data)), RACE, source_of("json", **options))


def told(page: Page) -> dict[str, tuple[int | None, float | None]]:
    assert page.outcome is Outcome.READ, page.reason
    (reading,) = page.readings
    return {line.candidate: (line.votes, line.share) for line in reading.results}


IN_FRACTIONS = [{**DEMIR, "pct": 0.518}, {**KAPLAN, "pct": 0.482}]
BY_NAME = {
    "Leyla Demir": {"votes": "12,480", "percent": "51.8%"},
    "Orhan Kaplan": {"votes": "11,612", "percent": "48.2%"},
}
TURKISH = [
    {"adi": "Leyla DEMİR", "parti": "Turuncu", "oy": "12.480", "oran": "51,80"},
    {"adi": "Orhan KAPLAN", "parti": "Mavi", "oy": "11.612", "oran": "48,20"},
]
BRAZILIAN = [
    {"n": "13", "nm": "LEYLA DEMIR", "vap": "12480", "pvap": "51,80"},
    {"n": "22", "nm": "ORHAN KAPLAN", "vap": "11612", "pvap": "48,20"},
]
IN_CAPITALS = [
    {"CandidateName": "Leyla Demir", "TotalVotes": "12480", "VotePercent": "51.80"},
    {"CandidateName": "Orhan Kaplan", "TotalVotes": "11612", "VotePercent": "48.20"},
]
BY_WAY = [
    {"nyt_id": who, "votes": {"total": votes, "absentee": ABSENTEE[who]}} for who, (votes, _) in VOTES.items()
]


@pytest.mark.parametrize(
    ("data", "expected", "counted"),
    [
        ({"race": "Mayor", "candidates": IN_FRACTIONS, "counted": 0.94}, BOTH, 94),
        ({"results": BY_NAME, "precincts_reporting": "45 of 90"}, BOTH, 50),
        ({"secim": "Liman Belediye Başkanlığı", "acilanSandik": "%94,5", "adaylar": TURKISH}, BOTH, 94.5),
        ({"pst": "98,91", "cand": BRAZILIAN}, BOTH, 98.91),
        ({"reporting_units": [{"eevp": 94, "candidates": BY_WAY}]}, VOTES, 94),
        ({"ReportingPercent": "94.5", "Candidates": IN_CAPITALS}, BOTH, 94.5),
    ],
)
def test_results_show_by_their_keys(
    data: object, expected: dict[str, tuple[int | None, float | None]], counted: float
) -> None:
    page = page_of(data)
    assert told(page) == expected
    progress = page.readings[0].counted
    assert progress is not None
    assert progress.pct == counted


@pytest.mark.parametrize(
    "lines",
    [
        [{**DEMIR, "pct": 0.6, "votes": 60}, {**KAPLAN, "pct": 0.4, "votes": 4}],
        [{**DEMIR, "pct": 0.1}, {**KAPLAN, "pct": 0.1}],
        [{**DEMIR, "pct": 0}, {**KAPLAN, "pct": 0}],
        [{**DEMIR, "pct": 1.0}, {**KAPLAN, "pct": 99.0}],
    ],
)
def test_small_shares_are_not_made_into_large_ones(lines: list[dict[str, Any]]) -> None:
    shares = [share for _, share in told(page_of({"candidates": lines})).values()]
    assert shares == [line["pct"] for line in lines]


def test_of_a_ranked_count_only_the_last_round_stands() -> None:
    early = [{**DEMIR, "votes": 9000}, {**KAPLAN, "votes": 9500}]
    rounds = [{"round": 2, "results": [DEMIR, KAPLAN]}, {"round": 1, "results": early}]
    page = page_of({"contest": "Mayor of Liman", "rounds": rounds})
    assert told(page) == BOTH
    assert page.readings[0].round == 2


def test_candidates_that_go_by_numbers_are_found_by_configuration_only() -> None:
    choices = [{"choice_id": "12", "vote_count": "11612"}, {"choice_id": "7", "vote_count": "12480"}]
    data = {"name": "Mayor of Liman", "choices": choices}
    assert page_of(data).outcome is Outcome.UNREADABLE
    assert told(page_of(data, candidates={"7": "demir", "12": "kaplan"})) == VOTES


def test_a_feed_whose_numbers_have_not_come_yet_says_so() -> None:
    empty = [{**line, "votes": None, "pct": None} for line in (DEMIR, KAPLAN)]
    page = page_of({"race": "Mayor of Liman", "candidates": empty})
    assert (page.outcome, page.reason) == (Outcome.NOTHING, "no numbers yet in Mayor of Liman")
