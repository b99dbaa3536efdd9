"""Real samples of the formats, where they lie beside the checkout: each is read in full."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scrapers.parser import parse, survey
from tally.capture import Capture, Outcome
from tally.race import Candidate, Race, Rank, Source
from tally.reading import Status
from tests.parser.conftest import capture_of

SAMPLES = Path(__file__).parents[3] / "shared" / "formats"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the checkout")


def sample(name: str) -> Capture:
    return capture_of((SAMPLES / name).read_bytes())


def votes(contest: dict[str, Any]) -> dict[str, int]:
    return {line["name"]: line["votes"] for line in contest["candidates"]}


@pytest.mark.parametrize(
    ("name", "count", "index", "title", "lines"),
    [
        ("ap_elections_api_20151103_cut.json", 4, 0, "BB Retain Revenue", {"Yes": 805617, "No": 354769}),
        ("ap_elections_api_20151103_cut.json", 4, 3, "Recall Williams", {"Yes": 107283, "No": 59959}),
        (
            "clarity_GA_2020_summary_body.json",
            3,
            0,
            "President",
            {"Joseph R. Biden (Dem)": 2471955, "Donald J. Trump (I) (Rep)": 2457910},
        ),
        ("clarity_GA_2020_summary_body.json", 3, 2, "Loeffler", {"Raphael Warnock (Dem)": 1615382}),
        ("clarity_detail_county.xml", 76, 0, "U.S. Senate", {"Tom Cotton": 477734}),
        ("clarity_detail_precinct.xml", 34, 0, "REPUBLICAN", {"Matt BEVIN": 820, "Mitch McCONNELL": 1135}),
        (
            "clarity_wv_2020_detail_counties.xml",
            112,
            0,
            "PRESIDENT",
            {"DONALD J. TRUMP": 545382, "JOSEPH R. BIDEN": 235984},
        ),
        ("eml510b_kiesraad.eml.xml", 2, 0, "Municipal", {"Test Party": 100}),
        (
            "nist_cdf_vssc_post_election_summary.xml",
            15,
            2,
            "Governor",
            {"Ken T. Cuccinelli II": 14259, "Robert C. Sarvis": 14463},
        ),
        (
            "ca_sos_us_rep_16_tie.json",
            1,
            0,
            "District 16",
            {"Evan Low": 30249, "Joe Simitian": 30249, "Sam Liccardo": 38489},
        ),
        (
            "nyt_race_page_georgia_president_2020.json",
            4,
            0,
            "Georgia",
            {"Joseph R. Biden Jr.": 2469118, "Donald J. Trump": 2456781},
        ),
        ("openelections_ga_20120207.csv", 7, 0, "State House 60", {"Keisha Sean Waites": 321}),
        ("wapo_versioned_non_monotone.csv", 1, 0, "WV 54083", {"results_dem": 1230, "results_gop": 3554}),
        ("nyt2020_battleground_20201106T14Z.html", 6, 2, "Georgia", {"Biden": 2449582, "Trump": 2448485}),
    ],
)
def test_every_contest_of_a_sample_is_shown(
    name: str, count: int, index: int, title: str, lines: dict[str, int]
) -> None:
    found = survey(sample(name))
    assert len(found) == count
    assert title in str(found[index]["contest"])
    assert lines.items() <= votes(found[index]).items()


def test_shares_progress_leads_and_hours_are_shown() -> None:
    (good, *_) = survey(sample("bc2024_map_good.csv"))
    assert {line["name"]: line["share"] for line in good["candidates"]}["Conservative"] == 55.39
    (tie,) = survey(sample("ca_sos_us_rep_16_tie.json"))
    assert (tie["counted"]["pct"], tie["as_of"]) == (100.0, "April 4, 2024, 4:21 p.m.")
    georgia = survey(sample("nyt2020_battleground_rss_20201106.xml"))[2]
    assert (georgia["contest"], georgia["lead"]["candidate"], georgia["lead"]["votes"]) == (
        "Georgia (EV: 16)",
        "Biden",
        1560,
    )
    (settings,) = survey(sample("clarity_GA_2020_settings_body.json"))
    assert settings["as_of"] == "11/20/2020 3:37:43 PM EST"
    assert all(contest["counted"] for contest in survey(sample("nist_cdf_vssc_post_election_summary.xml")))


def test_a_rehearsal_on_a_live_address_is_a_test_in_every_line() -> None:
    found = survey(sample("bc2024_map_BAD_test_feed_20241027T2026Z.csv"))
    assert {contest["status"] for contest in found} == {"test"}


GEORGIA = Race(
    "ga-president-2020",
    "US President 2020 / Georgia",
    date(2020, 11, 3),
    ZoneInfo("America/New_York"),
    (
        Candidate("biden", "Joe Biden", party="Democrat"),
        Candidate("trump", "Donald Trump", party="Republican"),
    ),
)


@pytest.mark.parametrize(
    ("name", "kind", "options", "lines", "as_of"),
    [
        ("clarity_GA_2020_summary_body.json", "clarity", {}, {"biden": 2471955, "trump": 2457910}, None),
        (
            "nyt_race_page_georgia_president_2020.json",
            "json",
            {},
            {"biden": 2469118, "trump": 2456781},
            "2020-11-10T02:50:19+00:00",
        ),
        (
            "nyt2020_battleground_20201106T14Z.html",
            "table",
            {},
            {"biden": 2449582, "trump": 2448485},
            "2020-11-06T13:15:23+00:00",
        ),
        (
            "nyt_race_page_georgia_president_2020.json",
            "json",
            {
                "contests": "data.races",
                "results": "candidates",
                "candidate": "name_display",
                "votes": "votes",
                "share": "percent",
                "counted": "eevp_value",
                "as_of": "last_updated",
                "winner": "winner",
                "caller": "result_source",
            },
            {"biden": 2469118, "trump": 2456781},
            "2020-11-10T02:50:19+00:00",
        ),
    ],
)
def test_a_configured_race_is_read_from_a_sample(
    name: str, kind: str, options: dict[str, object], lines: dict[str, int], as_of: str | None
) -> None:
    source = Source("s", "https://x.example", kind, "desk", Rank.OUTLET, options=options)
    page = parse(sample(name), GEORGIA, source)
    assert page.outcome is Outcome.READ, page.reason
    (reading,) = page.readings
    assert {r.candidate: r.votes for r in reading.results} == lines
    assert page.claims == ()
    assert as_of is None or reading.as_of == datetime.fromisoformat(as_of)


def test_the_exact_tie_of_2024_is_read_as_one() -> None:
    people = ("Sam Liccardo", "Evan Low", "Joe Simitian", "Peter Ohtaki")
    race = replace(
        GEORGIA,
        title="CA-16",
        candidates=tuple(Candidate(n.split()[-1].lower(), n) for n in people),
        timezone=ZoneInfo("America/Los_Angeles"),
    )
    page = parse(
        sample("ca_sos_us_rep_16_tie.json"),
        race,
        Source("s", "https://x.example", "json", "sos", Rank.OFFICIAL),
    )
    (reading,) = page.readings
    told = {r.candidate: (r.votes, r.share) for r in reading.results}
    assert told["low"] == told["simitian"] == (30249, 16.6)
    assert reading.as_of == datetime(2024, 4, 4, 23, 21, tzinfo=UTC)
    assert reading.status is Status.UNOFFICIAL
