"""Each sample read for a race that fits it, as a source of that race would be configured."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scrapers.parser import Page, parse
from tally.capture import Outcome
from tally.claim import ClaimKind
from tally.race import Candidate, Race, Rank, Source
from tally.reading import Status
from tests.parser.conftest import capture_of

SAMPLES = Path(__file__).parents[3] / "shared" / "formats"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the checkout")
ANSWERS = {"yes": "Yes", "no": "No"}
GEORGIA = {"biden": "Joe Biden", "trump": "Donald Trump"}
KENTUCKY = {"bevin": "Matt Bevin", "mcconnell": "Mitch McConnell"}
HOUSE_107 = {"smith": "Paul Smith", "kirby": "Tom Kirby", "banks": "Mark Banks", "lynch": "Michael Lynch"}
HOUSE_60 = {"waites": "Keisha Waites", "riley": "Latrenka Riley", "middlebrooks": "Theresa Middlebrooks"}
ABBOTSFORD = {"gasper": "Reann Gasper / Conservative", "alexis": "Pam Alexis / NDP"}
CUCCINELLI = {"cuccinelli": "Ken Cuccinelli", "mcauliffe": "Terry McAuliffe", "sarvis": "Robert Sarvis"}


def page(name: str, kind: str, title: str, people: dict[str, str], on: str, **options: Any) -> Page:
    """``people`` by id, each with a party behind a stroke where the feed goes by parties."""
    candidates = (
        Candidate(identity, person, party=party or None)
        for identity, (person, _, party) in ((i, who.partition(" / ")) for i, who in people.items())
    )
    zone = ZoneInfo("America/New_York")
    race = Race("r", title, date.fromisoformat(on), zone, tuple(candidates))
    source = Source("s", "https://x.example", kind, "desk", Rank.AGENCY, options=options)
    return parse(capture_of((SAMPLES / name).read_bytes()), race, source)


@pytest.mark.parametrize(
    ("page_of", "lines", "counted"),
    [
        (
            (
                "ap_elections_api_20151103_cut.json",
                "ap",
                "Colorado Proposition BB",
                ANSWERS,
                "2015-11-03",
                {},
            ),
            {"yes": 805617, "no": 354769},
            100,
        ),
        (
            (
                "ap_elections_api_20151103_cut.json",
                "ap",
                "Recall in Jefferson County",
                ANSWERS,
                "2015-11-03",
                {"contest": "7583", "unit": "Jefferson", "candidates": {"12482": "yes", "12483": "no"}},
            ),
            {"yes": 107283, "no": 59959},
            100,
        ),
        (
            (
                "nist_cdf_vssc_post_election_summary.xml",
                "nist",
                "Governor of Virginia",
                CUCCINELLI,
                "2013-11-05",
                {},
            ),
            {"cuccinelli": 14259, "sarvis": 14463, "mcauliffe": 12453},
            67.7419,
        ),
        (
            (
                "eml510b_kiesraad.eml.xml",
                "eml",
                "Council",
                {"one": "First Person", "two": "Second Person"},
                "2021-09-01",
                {"candidates": {"1/1": "one", "1/2": "two"}, "lines": "candidates"},
            ),
            {"one": 50, "two": 50},
            100,
        ),
        (
            (
                "clarity_detail_county.xml",
                "clarity",
                "US Senate",
                {"cotton": "Tom Cotton", "pryor": "Mark Pryor"},
                "2014-11-04",
                {},
            ),
            {"cotton": 477734},
            100,
        ),
        (
            ("clarity_detail_precinct.xml", "clarity", "US Senate", KENTUCKY, "2014-05-20", {"unit": "A101"}),
            {"bevin": 36, "mcconnell": 22},
            None,
        ),
        (
            (
                "clarity_wv_2020_detail_counties.xml",
                "clarity",
                "President",
                GEORGIA,
                "2020-11-03",
                {"unit": "Barbour"},
            ),
            {"trump": 5116, "biden": 1457},
            100,
        ),
        (
            ("openelections_ga_20120207.csv", "csv", "State House 60", HOUSE_60, "2012-02-07", {}),
            {"waites": 321, "riley": 161, "middlebrooks": 110},
            None,
        ),
        (
            (
                "openelections_ga_20120207.csv",
                "csv",
                "State House 107",
                HOUSE_107,
                "2012-02-07",
                {"unit": "Gwinnett"},
            ),
            {"smith": 523, "kirby": 234, "banks": 71, "lynch": 117},
            None,
        ),
        (
            (
                "wapo_versioned_batch_margin.csv",
                "csv",
                "Hancock, Tennessee",
                {"harris": "Kamala Harris", "trump": "Donald Trump"},
                "2024-11-05",
                {"candidates": {"results_dem": "harris", "results_gop": "trump"}},
            ),
            {"harris": 1545, "trump": 4671},
            72.23,
        ),
        (
            (
                "nyt_race_page_georgia_president_2020.json",
                "json",
                "Georgia",
                GEORGIA,
                "2020-11-03",
                {"unit": "Appling", "candidates": {"bidenj": "biden", "trumpd": "trump"}},
            ),
            {"trump": 6526, "biden": 1779},
            100,
        ),
    ],
)
def test_a_sample_gives_the_race_s_numbers(
    page_of: tuple[str, str, str, dict[str, str], str, dict[str, Any]],
    lines: dict[str, int],
    counted: float | None,
) -> None:
    *what, options = page_of
    read = page(*what, **options)
    assert read.outcome is Outcome.READ, read.reason
    (reading,) = read.readings
    assert {line.candidate: line.votes for line in reading.results} == lines
    assert (reading.counted.pct if reading.counted else None) == counted


def test_ap_s_winner_is_ap_s_call() -> None:
    read = page("ap_elections_api_20151103_cut.json", "ap", "Proposition BB", ANSWERS, "2015-11-03")
    assert [(c.kind, c.actor, c.target) for c in read.claims] == [(ClaimKind.CALLED, "AP", "yes")]


@pytest.mark.parametrize(
    ("name", "shares", "status"),
    [
        ("bc2024_map_good.csv", {"gasper": 55.39, "alexis": 44.61}, Status.UNOFFICIAL),
        ("bc2024_map_BAD_test_feed_20241027T2026Z.csv", {"gasper": 0, "alexis": 0}, Status.TEST),
    ],
)
def test_a_map_goes_by_parties_and_a_rehearsal_on_it_is_a_test(
    name: str, shares: dict[str, float], status: Status
) -> None:
    read = page(name, "csv", "Abbotsford-Mission", ABBOTSFORD, "2024-10-19", contest="ABM")
    (reading,) = read.readings
    assert {line.candidate: line.share for line in reading.results} == shares
    assert (reading.status, reading.lead) == (status, None)


def test_a_results_page_and_its_feed_tell_who_leads() -> None:
    for name, kind, votes in (
        ("nyt2020_battleground_20201106T14Z.html", "table", 1097),
        ("nyt2020_battleground_rss_20201106.xml", "rss", 1560),
    ):
        (reading,) = page(name, kind, "Georgia", GEORGIA, "2020-11-03").readings
        assert reading.lead is not None
        assert (reading.lead.candidate, reading.lead.votes) == ("biden", votes)


def test_settings_tell_no_votes() -> None:
    read = page("clarity_GA_2020_settings_body.json", "clarity", "GA", GEORGIA, "2020-11-03")
    assert (read.outcome, read.reason) == (Outcome.NOTHING, "no numbers yet in GA")
