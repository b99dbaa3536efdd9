"""The standard feeds as other authorities write them: other prefixes, orders, packings, missing parts."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from scrapers.parser import parse, survey
from scrapers.parser.document.unpack import unpacked
from tally.capture import Outcome
from tests.parser.conftest import RACE, capture_of, source_of


def contests(body: bytes | str) -> list[dict[str, Any]]:
    return survey(capture_of(body))


def lines(contest: dict[str, Any], *keys: str) -> list[tuple[object, ...]]:
    return [tuple(line[key] for key in ("name", *keys)) for line in contest["candidates"]]


def _selection(number: int, person: str, *rounds: int) -> str:
    counts = "".join(
        f"<er:VoteCounts><er:Count>{votes}.0</er:Count><er:GpUnitId>g1</er:GpUnitId>"
        f"<er:Round>{n}</er:Round><er:Type>total</er:Type></er:VoteCounts>"
        for n, votes in enumerate(rounds, 1)
    )
    return f"<er:ContestSelection objectId='s{number}'>{counts}{person}</er:ContestSelection>"


RANKED = f"""<er:ElectionReport xmlns:er="http://itl.nist.gov/ns/voting/1500-100/v2"><er:Election>
<er:Candidate objectId="c1"><er:BallotName><er:Text language="es">Doña Leyla</er:Text>
<er:Text language="en-US">Leyla Demir</er:Text></er:BallotName><er:PartyId>p1</er:PartyId>
<er:PostElectionStatus>projected-winner</er:PostElectionStatus></er:Candidate>
<er:Candidate objectId="c2"><er:BallotName><er:Text language="en">Orhan Kaplan</er:Text></er:BallotName>
</er:Candidate><er:Contest objectId="k1">
{_selection(1, "<er:CandidateIds>c1</er:CandidateIds>", 100, 180)}
{_selection(2, "<er:CandidateIds>c2</er:CandidateIds>", 110, 150)}
{_selection(3, "<er:IsWriteIn>true</er:IsWriteIn>", 7)}
<er:Name>Mayor</er:Name><er:SubUnitsReported>3</er:SubUnitsReported><er:TotalSubUnits>4</er:TotalSubUnits>
</er:Contest></er:Election><er:GpUnit objectId="g1"/><er:Issuer>Town Board</er:Issuer>
<er:Party objectId="p1"><er:Name><er:Text language="en">Turuncu</er:Text></er:Name></er:Party>
<er:Status>recount</er:Status></er:ElectionReport>"""


def test_nist_with_a_prefix_gives_the_last_round_and_whom_it_still_counts() -> None:
    (mayor,) = contests(RANKED)
    assert lines(mayor, "party", "votes", "call") == [
        ("Leyla Demir", "Turuncu", 180, "called"),
        ("Orhan Kaplan", None, 150, None),
        ("Write-in", None, None, None),
    ]
    assert (mayor["counted"]["pct"], mayor["status"], mayor["round"]) == (75, "recount", 2)
    page = parse(capture_of(RANKED), RACE, source_of("nist"))
    assert page.readings[0].round == 2
    assert [(claim.kind, claim.strength) for claim in page.claims] == [("called", "soft")]


def test_a_feed_packed_as_gzip_or_as_a_zip_of_one_file_is_unpacked() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("report.xml", RANKED)
    plain = contests(RANKED)
    assert contests(gzip.compress(RANKED.encode())) == contests(archive.getvalue()) == plain


@pytest.mark.parametrize("size", [0, 3, 40])
def test_a_packed_feed_that_breaks_off_has_a_name(size: int) -> None:
    page = parse(capture_of(gzip.compress(RANKED.encode())[:size]), RACE, source_of("nist"))
    assert page.outcome is Outcome.UNREADABLE
    assert page.reason


def test_no_more_is_unpacked_than_is_read() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(unpacked(bomb, 1000)) == 1001
    page = parse(capture_of(bomb), RACE, source_of("nist"))
    assert (page.outcome, page.reason) == (
        Outcome.UNREADABLE,
        "too large: packed, 20,000,000 bytes are read at most",
    )


def test_an_archive_of_several_files_is_left_as_it_is() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.xml", RANKED)
        packed.writestr("b.xml", RANKED)
    page = parse(capture_of(archive.getvalue()), RACE, source_of("nist"))
    assert page.reason == "wrong type: a ZIP file"


EML = """<?xml version='1.0' encoding='ISO-8859-1'?>
<e:EML xmlns:e='urn:oasis:names:tc:evs:schema:eml' SchemaVersion='5.0' Id='510'><e:TransactionId>1
</e:TransactionId><e:Count><e:Election><e:ElectionIdentifier Id='K'><e:ElectionName>Kommunevalg
</e:ElectionName></e:ElectionIdentifier><e:Contests><e:Contest><e:ContestIdentifier Id='301'>
<e:ContestName>Øyer</e:ContestName></e:ContestIdentifier><e:TotalVotes>
<e:Selection><e:AffiliationIdentifier Id='A'><e:RegisteredName>Høyde</e:RegisteredName>
</e:AffiliationIdentifier><e:ValidVotes>1201</e:ValidVotes></e:Selection>
<e:Selection><e:AffiliationIdentifier Id='H'><e:RegisteredName>Øst</e:RegisteredName>
</e:AffiliationIdentifier><e:ValidVotes>1033</e:ValidVotes></e:Selection>
<e:Cast>3000</e:Cast><e:TotalCounted>2234</e:TotalCounted><e:RejectedVotes>16</e:RejectedVotes>
</e:TotalVotes></e:Contest></e:Contests></e:Election></e:Count></e:EML>"""


def test_eml_with_a_prefix_in_latin_1_tells_how_much_of_what_was_cast_is_counted() -> None:
    (council,) = contests(EML.encode("latin-1"))
    assert council["contest"] == "Kommunevalg Øyer"
    assert lines(council, "id", "votes") == [("Høyde", "A", 1201), ("Øst", "H", 1033)]
    assert council["counted"]["pct"] == 75


def test_in_a_dutch_count_those_entitled_are_no_measure_of_it() -> None:
    (council,) = contests(EML.replace("Id='510'", "Id='510d'").encode("latin-1"))
    assert (council["counted"], council["electorate"], council["votes_cast"]) == (None, 3000, 2234)


def test_eml_520_names_who_is_elected_and_for_whom_they_stood() -> None:
    (contest,) = contests(
        '<EML xmlns="urn:oasis:names:tc:evs:schema:eml" Id="520"><Result><Election><ElectionIdentifier>'
        "<ElectionName>Mayor</ElectionName></ElectionIdentifier><Contest><ContestIdentifier Id='1'/>"
        "<Selection><Candidate><CandidateIdentifier Id='7'><CandidateName>Leyla Demir</CandidateName>"
        "</CandidateIdentifier></Candidate><Elected>yes</Elected><Votes>5001</Votes></Selection><Selection>"
        "<Candidate><CandidateIdentifier Id='8'/><CandidateFullName><PersonName><FirstName>Orhan</FirstName>"
        "<LastName>Kaplan</LastName></PersonName></CandidateFullName><Affiliation><AffiliationIdentifier Id="
        "'2'><RegisteredName>Mavi</RegisteredName></AffiliationIdentifier></Affiliation></Candidate>"
        "<Elected>no</Elected><Votes>4001</Votes></Selection></Contest></Election></Result></EML>"
    )
    assert lines(contest, "party", "votes", "call") == [
        ("Leyla Demir", None, 5001, "declared"),
        ("Orhan Kaplan", "Mavi", 4001, None),
    ]


COUNTY = (
    '<County {}name="North" voterTurnout="60.00" precinctsReportingPercent="80.00" ballotsCast="60" '
    'totalVoters="100"/>'
)
DETAILS = f"""<ElectionResult><Timestamp>5/4/2031 10:01:02 PM EST</Timestamp><ElectionName>Town vote
</ElectionName><ElectionVoterTurnout voterTurnout="50.00" ballotsCast="100" totalVoters="200"><Counties>
{COUNTY.format('precinctsParticipating="5" ')}</Counties></ElectionVoterTurnout>
<Contest text="Measure A" precinctsReported="1" key="9" precinctsReporting="2" isQuestion="true">
<VoteType name="Undervotes" votes="1"><County name="North" votes="1"/></VoteType>
<Choice totalVotes="70" text="Yes" key="1"><VoteType name="Early" votes="40"><County votes="40" name="North"/>
</VoteType><VoteType name="Late" votes="30"><County votes="30" name="North"/></VoteType></Choice>
<Choice key="2" totalVotes="" text="No"/></Contest></ElectionResult>"""


def test_clarity_s_counties_tell_their_own_progress_and_turnout() -> None:
    whole, north = contests(DETAILS)
    assert lines(whole, "votes") == [("Yes", 70), ("No", None)]
    facts = [
        (c["unit"], c["counted"]["pct"], c["turnout"], c["votes_cast"], c["electorate"])
        for c in (whole, north)
    ]
    assert facts == [(None, 50, 50, 100, 200), ("North", 80, 60, 60, 100)]
    assert lines(north, "votes") == [("Yes", 70), ("No", None)]


def test_clarity_s_summary_is_known_by_its_keys_behind_a_hundred_names() -> None:
    names = [f"Candidate {n} with a name as long as ballots print them" for n in range(100)]
    summary = [{"C": "Mayor", "K": 1, "PR": 3, "TP": 4, "CH": names, "V": ["1"] * 100, "PCT": ["1.0"] * 100}]
    (mayor,) = contests(json.dumps(summary))
    assert (mayor["kind"], len(mayor["candidates"]), mayor["counted"]["pct"]) == ("clarity", 100, 75)


def test_clarity_s_summary_as_csv() -> None:
    (mayor,) = contests(
        '\ufeff"line number","contest name","choice name","party name","total votes","percent of votes",'
        '"registered voters","ballots cast","num County total","num County rptg","over votes","under votes"'
        '\r\n1,"Mayor (Vote For 1)","Leyla Demir","TUR",5001,55.5,20000,9100,10,8,1,2\r\n'
        '2,"Mayor (Vote For 1)","Orhan Kaplan","MAV",4009,44.5,20000,9100,10,8,1,2\r\n'
    )
    assert lines(mayor, "party", "votes", "share") == [
        ("Leyla Demir", "TUR", 5001, 55.5),
        ("Orhan Kaplan", "MAV", 4009, 44.5),
    ]
    assert (mayor["counted"]["pct"], mayor["votes_cast"], mayor["electorate"]) == (80, 9100, 20000)


def test_a_measure_s_answers_may_stand_in_keys_of_their_own() -> None:
    measure = {"Number": "1", "Name": "Harbour bonds", "yesVotes": "3,634", "yesPercent": "50.2"}
    measure |= {"noVotes": "3,607", "noPercent": "49.8"}
    other = {**measure, "Number": "2", "Name": "Bridge tolls", "yesVotes": "1", "noVotes": "2"}
    told = {"raceTitle": "Measures", "Reporting": "38.4% (96 of 250)", "ballot-measures": [measure, other]}
    harbour, bridge = contests(json.dumps(told))
    assert lines(harbour, "votes", "share") == [("Yes", 3634, 50.2), ("No", 3607, 49.8)]
    assert (harbour["contest"], bridge["contest"]) == ("Measures Harbour bonds", "Measures Bridge tolls")
    assert harbour["counted"]["pct"] == 38.4


def test_precinct_files_have_offices_that_nobody_runs_for() -> None:
    found = contests(
        "county,precinct,office,candidate,party,votes\r\nNorth,P1,Mayor,Leyla Demir,TUR,10\r\n"
        'North,P2,Mayor,Leyla Demir,TUR,"1,010"\r\nNorth,P1,Registered Voters,,,100\r\n'
        "North,P1,Ballots Cast,,,20\r\n"
    )
    assert [(c["contest"], c["unit"], *lines(c, "votes")) for c in found] == [
        ("Mayor", None, ("Leyla Demir", 1020)),
        ("Mayor", "North P1", ("Leyla Demir", 10)),
        ("Mayor", "North P2", ("Leyla Demir", 1010)),
    ]


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Aday;Parti;Oy\r\nYıldız Şahin;A;1.204\r\nOğuz Işık;B;998\r\n", "cp1254"),
        ("Candidato;Partido;Votos\r\nJosé Peña;A;1.204\r\nIñaki Ruiz;B;998\r\n", "cp1252"),
        ("Kandidat;Partei;Stimmen\r\nJürgen Groß;A;1.204\r\nKäthe Öl;B;998\r\n", "cp1252"),
        ("Candidat;Parti;Voix\r\nZoé Lefèvre;A;1.204\r\nHervé Müller;B;998\r\n", "utf-16"),
    ],
)
def test_a_file_s_few_letters_tell_its_charset(text: str, charset: str) -> None:
    (contest,) = contests(text.encode(charset))
    expected = [line.split(";")[0] for line in text.splitlines()[1:]]
    assert lines(contest, "votes") == [(expected[0], 1204), (expected[1], 998)]


def test_a_map_names_its_districts_by_code_and_who_leads_them() -> None:
    found = contests(
        "Electoral District Code,Electoral District Name,leadingParty,leadingCandidate,leadingPopVote,"
        "FinalTotals,Turuncu,Mavi\nNOR,North,Mavi,Orhan Kaplan,50.5,8 of 10,49.5,50.5\n"
        "SOU,South,Turuncu,Leyla Demir,60,0 of 0,60,40\n"
    )
    assert [(c["id"], c["contest"], c["lead"]["candidate"]) for c in found] == [
        ("NOR", "North", "Orhan Kaplan"),
        ("SOU", "South", "Leyla Demir"),
    ]
    assert [c["counted"] and c["counted"]["pct"] for c in found] == [80, None]


def test_a_leader_without_a_number_is_no_lead() -> None:
    body = "District Name,leading candidate,Leyla Demir,Orhan Kaplan\nLiman,Orhan Kaplan,49.5,50.5\n"
    page = parse(capture_of(body), RACE, source_of("csv"))
    assert [(r.candidate, r.share) for r in page.readings[0].results] == [("demir", 49.5), ("kaplan", 50.5)]
    assert page.readings[0].lead is None


def test_ap_s_areas_bear_the_title_of_their_race_and_a_text_may_flag_a_test() -> None:
    person = {"last": "Demir", "first": "Leyla", "voteCount": "1,204", "winner": "X"}
    units = [
        {"level": "FIPSCode", "reportingunitName": "North", "candidates": [person]},
        {"level": "state", "statePostal": "LI", "eevp": 97, "candidates": [person]},
    ]
    feed = {"races": [{"test": "true", "raceID": "7", "officeName": "Mayor", "reportingUnits": units}]}
    north, whole = contests("\ufeff" + json.dumps(feed))
    assert (north["contest"], north["unit"], whole["contest"], whole["unit"]) == (
        "LI Mayor",
        "North",
        "LI Mayor",
        None,
    )
    assert lines(whole, "votes", "call") == [("Leyla Demir", 1204, "called")]
    assert (whole["status"], whole["counted"]["pct"]) == ("test", 97)


def test_a_file_may_have_its_title_its_hour_and_its_progress_above_the_headers() -> None:
    body = (
        '"Mayor of Liman, unofficial results"\r\n"Last updated: 5/4/2031 10:15 PM, by the clerk"\r\n'
        "Precincts reporting,45 of 90\r\n\r\nCandidate;Party;Votes;Percent\r\n"
        '"Demir; Leyla";A;12,480;51.8%\r\n'
        "Orhan Kaplan;B;11,612;48.2%\r\nTotal;;24,092;\r\n"
    )
    page = parse(capture_of(body), RACE, source_of("csv"))
    (reading,) = page.readings
    assert [(r.candidate, r.votes, r.share) for r in reading.results] == [
        ("demir", 12480, 51.8),
        ("kaplan", 11612, 48.2),
    ]
    assert reading.counted is not None
    assert (reading.counted.pct, reading.votes_cast, reading.stamped) == (50, 24092, True)
    assert contests(body)[0]["contest"] == "Mayor of Liman, unofficial results"


def test_a_file_of_thousands_of_columns_is_none_of_results() -> None:
    body = "\n".join((",".join(f"c{n}" for n in range(5000)), ",".join(["1"] * 5000)))
    page = parse(capture_of(body), RACE, source_of("csv"))
    assert (page.outcome, page.reason) == (Outcome.UNREADABLE, "5,000 columns, 500 are read at most")


@pytest.mark.parametrize("key", ["ElectionDistrictId", "ElectoralDistrictId"])
def test_nist_as_json_adds_no_county_to_its_own_district(key: str) -> None:
    counts = [{"Count": n, "GpUnitId": unit, "Type": "total"} for unit, n in (("d4", 100), ("north", 60))]
    selections = [
        {"@id": who, "Selection": {"Text": [{"Content": who, "Language": "en"}]}, "VoteCounts": counts}
        for who in ("Yes", "No")
    ]
    contest = {"@id": "m1", "Name": "Measure A", key: "d4", "ContestSelection": selections}
    report = {
        "@type": "ElectionResults.ElectionReport",
        "Status": "certified",
        "Election": [{"ElectionScopeId": "state", "Contest": [contest]}],
        "GpUnit": [{"@id": "north", "Name": "North"}],
    }
    whole, north = contests(json.dumps(report))
    assert [lines(c, "votes") for c in (whole, north)] == [
        [("Yes", 100), ("No", 100)],
        [("Yes", 60), ("No", 60)],
    ]
    assert (whole["unit"], north["unit"], whole["status"]) == (None, "North", "certified")
