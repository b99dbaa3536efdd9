"""Each sample's figures, taken out by other means than the reader's: it shows all of them and no other."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scrapers.parser import survey
from tests.parser.conftest import capture_of

SAMPLES = Path(__file__).parents[3] / "shared" / "formats"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the checkout")
Lines = Iterator[tuple[object, ...]]


def text(name: str) -> str:
    return (SAMPLES / name).read_text("utf-8")


def shown(name: str) -> list[dict[str, Any]]:
    return survey(capture_of((SAMPLES / name).read_bytes()))


def attributes(tag: str) -> dict[str, str]:
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def inner(name: str, source: str) -> Iterator[tuple[dict[str, str], str]]:
    """Elements of one name with their attributes and what they hold, by their tags alone."""
    for found in re.finditer(rf"<{name}\b([^>]*?)(?:/>|>(.*?)</{name}>)", source, re.DOTALL):
        yield attributes(found[1]), found[2] or ""


def value(tag: str, source: str) -> str:
    found = re.search(rf"<{tag}>\s*([^<]*?)\s*<", source)
    assert found, tag
    return found[1]


CLARITY = ("clarity_detail_county.xml", "clarity_detail_precinct.xml", "clarity_wv_2020_detail_counties.xml")


def _pct(contest: dict[str, Any]) -> float | None:
    return contest["counted"]["pct"] if contest["counted"] else None


def _clarity(name: str) -> Lines:
    """Contest, part, choice, party, votes, counted."""
    source = text(name)
    told = (a for a, _ in inner("County", source) if "precinctsReportingPercent" in a)
    places = {a["name"]: a["precinctsReportingPercent"] for a in told}
    for contest, body in inner("Contest", source):
        share = contest.get("precinctsReportingPercent") or (
            100 * int(contest["precinctsReported"]) / int(contest["precinctsReporting"])
        )
        for choice, votes in inner("Choice", body):
            line = contest["key"], contest["text"], choice["text"], choice.get("party")
            yield (*line, None, int(choice["totalVotes"]), float(share))
            parts: Counter[str] = Counter()
            for place, number in re.findall(r'<(?:County|Precinct) name="([^"]*)" votes="(\d+)"', votes):
                parts[place] += int(number)
            for place, number in parts.items():
                counted = places.get(place)
                yield (*line, place, number, float(counted) if counted else None)


@pytest.mark.parametrize("name", CLARITY)
def test_clarity_s_details(name: str) -> None:
    found = [
        (c["id"], c["contest"], x["name"], x["party"], c["unit"], x["votes"], _pct(c))
        for c in shown(name)
        for x in c["candidates"]
    ]
    assert Counter(found) == Counter(_clarity(name))
    turnout = attributes(re.findall(r"<(?:Election)?VoterTurnout [^>]*>", text(name))[0])
    facts = {
        (c["as_of"], c["electorate"], c["votes_cast"], c["turnout"]) for c in shown(name) if not c["unit"]
    }
    expected = int(turnout["totalVoters"]), int(turnout["ballotsCast"]), float(turnout["voterTurnout"])
    assert facts == {(value("Timestamp", text(name)), *expected)}


def test_clarity_s_summary() -> None:
    name = "clarity_GA_2020_summary_body.json"
    found = [
        (c["id"], c["contest"], c["counted"]["pct"], x["name"], x["votes"], x["share"], x["call"])
        for c in shown(name)
        for x in c["candidates"]
    ]
    assert found == [
        (row["K"], row["C"], round(100 * row["PR"] / row["TP"], 4), who, votes, round(share, 6), won or None)
        for row in json.loads(text(name))
        for who, votes, share, won in zip(row["CH"], row["V"], row["PCT"], row["W"], strict=True)
    ]


def _ap(name: str) -> Lines:
    for race in json.loads(text(name))["races"]:
        for unit in race["reportingUnits"]:
            for line in unit["candidates"]:
                facts = race["raceID"], unit.get("reportingunitName"), unit["lastUpdated"]
                counted = unit["precinctsReportingPct"]
                yield (
                    *facts,
                    counted,
                    line["last"],
                    line["candidateID"],
                    line["voteCount"],
                    line.get("winner"),
                )


def test_ap() -> None:
    name = "ap_elections_api_20151103_cut.json"
    assert [
        (c["id"], c["unit"], c["as_of"], c["counted"]["pct"], x["name"], x["id"], x["votes"], x["mark"])
        for c in shown(name)
        for x in c["candidates"]
    ] == list(_ap(name))
    assert {x["call"] for c in shown(name) for x in c["candidates"] if x["mark"]} == {"called"}


def _nist(name: str) -> Lines:
    source = text(name)
    people = {a["objectId"]: value('Text language="en"', body) for a, body in inner("Candidate", source)}
    for contest, body in inner("Contest", source):
        reported, whole = (int(value(tag, body)) for tag in ("SubUnitsReported", "TotalSubUnits"))
        for _, selection in inner("BallotSelection", body):
            names = " / ".join(people[who] for who in value("CandidateIds", selection).split())
            total = next(v for _, v in inner("VoteCounts", selection) if value("Type", v) == "total")
            yield (
                contest["objectId"],
                round(100 * reported / whole, 4),
                names,
                int(float(value("Count", total))),
            )


def test_nist() -> None:
    name = "nist_cdf_vssc_post_election_summary.xml"
    whole = [c for c in shown(name) if not c["unit"]]
    found = [(c["id"], c["counted"]["pct"], x["name"], x["votes"]) for c in whole for x in c["candidates"]]
    assert found == list(_nist(name))
    facts = {(c["as_of"], c["status_word"], c["caller"]) for c in whole}
    assert facts == {
        tuple(value(tag, text(name)[-4000:] + text(name)) for tag in ("GeneratedDate", "Status", "Issuer"))
    }


def test_eml() -> None:
    name = "eml510b_kiesraad.eml.xml"
    votes = [int(v) for v in re.findall(r"<ValidVotes>(\d+)<", text(name))]
    assert [x["votes"] for c in shown(name) for x in c["candidates"]] == votes
    assert [c["unit"] for c in shown(name)] == [None, "Op rolletjes"]
    assert {(c["as_of"], c["votes_cast"]) for c in shown(name)} == {("2021-09-01T12:00:00", 100)}


def test_a_secretary_of_state_s_json() -> None:
    name = "ca_sos_us_rep_16_tie.json"
    (contest,) = shown(name)
    told = json.loads(text(name))
    assert contest["contest"] == told["raceTitle"]
    assert [(x["name"], x["party"], x["votes"], x["share"]) for x in contest["candidates"]] == [
        (x["Name"], x["Party"], int(x["Votes"].replace(",", "")), float(x["Percent"]))
        for x in told["candidates"]
    ]


def test_a_newsroom_s_race_page() -> None:
    name = "nyt_race_page_georgia_president_2020.json"
    race = json.loads(text(name))["data"]["races"][0]
    whole, *counties = shown(name)[:-1]  # the last is the whole country's houses
    assert [(x["name"], x["votes"], x["share"]) for x in whole["candidates"]] == [
        (x["name_display"], x["votes"], x["percent"]) for x in race["candidates"]
    ]
    assert (whole["counted"]["pct"], whole["votes_cast"]) == (race["eevp"], race["votes"])
    assert [
        (c["unit"], c["counted"]["pct"], c["as_of"], x["id"], x["votes"])
        for c in counties
        for x in c["candidates"]
    ] == [
        (county["name"], county["eevp"], county["last_updated"], who, votes)
        for county in race["counties"]
        for who, votes in county["results"].items()
    ]


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text(name).splitlines()))


def test_openelections() -> None:
    name = "openelections_ga_20120207.csv"
    parts, sums = [], Counter[tuple[str, str]]()
    for row in _rows(name):
        title = f"{row['office']} {row['district']}"
        parts.append((title, row["county"], row["candidate"], row["party"], int(row["votes"])))
        sums[title, row["candidate"]] += int(row["votes"])
    lines = [
        (c["contest"], c["unit"], x["name"], x["party"], x["votes"])
        for c in shown(name)
        for x in c["candidates"]
    ]
    assert Counter(line for line in lines if line[1]) == Counter(parts)
    assert {(title, who): votes for title, unit, who, _, votes in lines if not unit} == dict(sums)


def _shares(contest: dict[str, Any]) -> list[tuple[str, float]]:
    return sorted((line["name"], line["share"]) for line in contest["candidates"])


@pytest.mark.parametrize("name", ["bc2024_map_good.csv", "bc2024_map_BAD_test_feed_20241027T2026Z.csv"])
def test_maps(name: str) -> None:
    parties = ("Conservative", "Green", "Independent", "NDP", "Other")
    found = [
        (c["id"], c["contest"], c["lead"]["candidate"], bool(c["counted"]), _shares(c)) for c in shown(name)
    ]
    assert found == [
        (
            row["Electoral District Code"],
            row["Electoral District Name"],
            row["leadingCandidate"],
            not row["FinalTotals"].startswith("0 of 0"),
            [(party, float(row[party])) for party in parties],
        )
        for row in _rows(name)
    ]


@pytest.mark.parametrize("name", ["wapo_versioned_batch_margin.csv", "wapo_versioned_non_monotone.csv"])
def test_batches_end_with_their_last(name: str) -> None:
    (contest,) = shown(name)
    last = _rows(name)[-1]
    assert [(x["name"], x["votes"]) for x in contest["candidates"]] == [
        (who, int(last[who])) for who in ("results_dem", "results_gop")
    ]
    told = contest["counted"]["pct"], contest["votes_cast"], contest["as_of"]
    assert told == (float(last["percent_expected_vote"]), int(last["results_turnout"]), last["last_modified"])


def test_a_results_page_and_its_feed() -> None:
    source = text("nyt2020_battleground_20201106T14Z.html")
    row = re.compile(
        r'statename">([^<]*).*?Total Votes: (\w+) leads with ([\d,]+) votes, (\w+) trails with ([\d,]+) votes'
        r'.*?class="timestamp">([^<]*)</td>\s*<td[^>]*>(\w+)</td>\s*<td>([\d,]+)</td>\s*<td>([\d,]+)',
        re.DOTALL,
    )
    expected = [tuple(part.replace(",", "") for part in found) for found in row.findall(source)]
    assert [
        (
            c["contest"],
            *(str(part) for x in c["candidates"] for part in (x["name"], x["votes"])),
            c["as_of"],
            c["lead"]["candidate"],
            str(c["lead"]["votes"]),
            str(c["votes_left"]),
        )
        for c in shown("nyt2020_battleground_20201106T14Z.html")
    ] == expected
    feed = re.findall(
        r"<description>([^<]*): (\w+) \+(\d+)</description>\s*<pubDate>([^<]*)",
        text("nyt2020_battleground_rss_20201106.xml"),
    )
    assert [
        (c["contest"], c["lead"]["candidate"], str(c["lead"]["votes"]), c["as_of"])
        for c in shown("nyt2020_battleground_rss_20201106.xml")
    ] == feed
