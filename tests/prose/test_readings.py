import pytest

from tally.reading import Qualifier
from tests.prose.conftest import Read


def only(prose):
    assert len(prose.readings) == 1, prose
    return prose.readings[0]


def test_one_sentence_is_one_reading_with_its_origin_its_count_and_its_quote(read: Read) -> None:
    text = "Marsh has won 53.6% of the vote with nearly 95% of ballots counted, according to Northern Wire."
    reading = only(read(text))
    assert reading.origin == "wire"
    assert reading.counted and (reading.counted.pct, reading.counted.qualifier) == (95.0, Qualifier.ABOUT)
    assert [(r.candidate, r.share) for r in reading.results] == [("marsh", 53.6)]
    assert reading.evidence.quote == text
    assert reading.evidence.where == "paragraph 1"


def test_a_count_without_numbers_of_candidates_tells_who_is_ahead(read: Read) -> None:
    reading = only(read("Marsh has a commanding lead with more than 90% of votes counted."))
    assert reading.counted and reading.counted.qualifier is Qualifier.AT_LEAST
    assert reading.lead and reading.lead.candidate == "marsh"
    assert reading.lead.votes is None


def test_whoever_is_not_named_counts_for_the_source(read: Read) -> None:
    assert only(read("Marsh leads with 51.2%.")).origin == "paper"


def test_a_named_board_that_is_not_configured_is_an_origin_by_its_name(read: Read) -> None:
    reading = only(read("According to the Associated Press, Marsh leads with 51.2%."))
    assert reading.origin == "associated-press"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("With 98 percent of precincts reporting, Marsh had 51%.", 98.0),
        ("Marsh had 51% with all precincts reporting.", 100.0),
        ("About 30 percent of the vote is still outstanding.", 70.0),
        ("Two thirds of the votes have been counted.", 66.67),
        ("1,170 of 1,300 precincts had reported.", 90.0),
        ("The count was 87 percent complete, and Marsh led by 3 points.", 87.0),
    ],
)
def test_counted_is_read_wherever_it_stands(read: Read, text: str, counted: float) -> None:
    assert only(read(text)).counted.pct == counted  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "Turnout was 61 percent.",
        "A survey of likely voters had Marsh at 51 percent.",
        "Marsh leads Halloran 48-44 among likely voters.",
        "Marsh, 54, spent $4.2 million.",
        "In Orchard County, Marsh took 71 percent of the vote.",
        "In 2018, Marsh won 48 percent.",
        "Candidates need 50 percent to avoid a runoff.",
        "Halloran won the June primary with 38 percent.",
        "Has Marsh won 53 percent?",
        "Marsh won 62 percent of women voters.",
        "Her bill would cut the income tax by 3 percent, Marsh said.",
    ],
)
def test_numbers_that_are_no_count_of_this_race_are_left_out_with_a_reason(read: Read, text: str) -> None:
    prose = read(text)
    assert prose.readings == ()


def test_what_was_left_out_is_noted(read: Read) -> None:
    notes = read("In 2018, Marsh won 48 percent.").notes
    assert any("earlier vote" in note.why for note in notes)


def test_more_votes_than_the_electorate_are_no_votes(read: Read) -> None:
    assert read("Marsh received 45,000,000 votes.").readings == ()


def test_the_lead_belongs_to_whoever_does_not_trail(read: Read) -> None:
    lead = only(read("Halloran trails by 18,300 votes.")).lead
    assert lead and (lead.candidate, lead.votes) == ("marsh", 18300)


def test_numbers_before_the_vote_are_no_count(race, source) -> None:
    from datetime import UTC, datetime

    from scrapers.parser.prose import passages_of, read_prose

    early = datetime(2022, 10, 1, tzinfo=UTC)
    prose = read_prose(passages_of("Marsh leads Halloran 51% to 45%."), race, source, early, "en")
    assert prose.readings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Turnout was 58%, up from 51% in 2018, when Marsh beat Halloran by 14,310 votes to 13,870.",
        "Marsh won 14,310 votes four years ago, when Halloran took 13,870.",
        "Marsh would need 64% of the remaining votes to win.",
        "To win, Halloran must take 57 percent of what is left.",
        "700 ballots were found, Marsh said.",
        "Marsh raised 61,000 dollars and Victor Halloran 47,000.",
        "Marsh spent $61,000 and Halloran 47,000.",
        "Absentee ballots: Marsh 4,100, Halloran 3,700.",
        "Women backed Marsh 63% to 31%.",
        "Downtown, Marsh took 63% and Halloran 31%.",
        "Marsh took 63% and Halloran 31% in 2018.",
    ],
)
def test_what_a_clause_says_of_itself_holds_for_those_that_lean_on_it(read: Read, text: str) -> None:
    assert read(text).readings == ()


@pytest.mark.parametrize(
    "text",
    [
        "2018'de Marsh 14.310, Halloran 13.870 oy almıştı.",
        "Kalan oyların yüzde 64'ünü alması gereken Marsh umutlu.",
        "Marsh, 700 oyun bulunduğunu söyledi.",
        "Marsh 61.000 lira topladı, Halloran 47.000.",
        "Merkez ilçede Marsh yüzde 63, Halloran yüzde 31 aldı.",
        "Gençlerde Marsh yüzde 63, Halloran yüzde 31.",
        "Mektupla oylarda Marsh 4.100, Halloran 3.700 aldı.",
    ],
)
def test_so_it_does_in_turkish(read: Read, text: str) -> None:
    assert read(text, "tr").readings == ()


def test_shares_of_the_whole_are_read_of_both(read: Read) -> None:
    reading = only(read("Marsh has 53% and Halloran 44% of the vote."))
    assert [(r.candidate, r.share) for r in reading.results] == [("marsh", 53.0), ("halloran", 44.0)]


def test_who_is_behind_by_a_margin_does_not_lead_in_turkish(read: Read) -> None:
    lead = only(read("Ellen Marsh 340 oy farkla geride.", "tr")).lead
    assert lead and (lead.candidate, lead.votes) == ("halloran", 340)
    lead = only(read("Ellen Marsh 340 oy farkla önde.", "tr")).lead
    assert lead and (lead.candidate, lead.votes) == ("marsh", 340)
