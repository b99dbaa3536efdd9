"""One contest of many becomes a reading of the race, or a reason why not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scrapers.parser import Page, parse, survey
from scrapers.parser.contests import Call, Choice, Contest, page_of
from scrapers.parser.page import Unreadable
from tally.capture import Outcome
from tally.claim import ClaimKind
from tally.race import Candidate, Method, Race, Rank
from tally.reading import Status
from tests.parser.conftest import FETCHED, GOLDEN, RACE, capture_of, source_of


def contest(title: str = "Mayor of Liman", **more: object) -> Contest:
    lines = (
        Choice("Leyla Demir", "7", votes=50, quote="Demir 50"),
        Choice("Orhan Kaplan", "12", votes=40, quote="Kaplan 40"),
    )
    return replace(Contest(title, lines, id="m", where="feed"), **more)  # type: ignore[arg-type]


def page(
    *contests: Contest,
    race: Race = RACE,
    published: datetime | None = None,
    rank: Rank = Rank.OFFICIAL,
    **options: Any,
) -> Page:
    source = replace(
        source_of("json", **options), rank=rank, origin="board" if rank is Rank.OFFICIAL else "desk"
    )
    return page_of(contests, capture_of("{}"), race, source, published, rule="json")


def test_the_contest_with_the_most_of_the_race_is_it() -> None:
    other = Contest("Council", (Choice("Leyla Demir", votes=1), Choice("Nur Aksoy", votes=2)))
    assert page(other, contest()).readings[0].results[0].votes == 50


def test_of_equal_contests_the_title_decides() -> None:
    assert page(contest("Mayor of Kordon"), contest()).title == "Mayor of Liman"


def test_what_stays_ambiguous_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match=r"several contests fit.*\[a\].*\[b\]"):
        page(contest("Mayor", id="a"), contest("Mayor", id="b"))
    assert page(contest("Mayor", id="a"), contest("Mayor", id="b"), contest="b").readings


def test_a_contest_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Unreadable, match=r"no contest 'Senate'; there are: Mayor of Liman \[m\]"):
        page(contest(), contest="Senate")


def test_units_are_parts_and_count_only_when_asked_for() -> None:
    part = contest(unit="Old Quay", where="part")
    assert page(part, contest()).readings[0].evidence.where == "feed"
    assert page(part, contest(), unit="old quay").readings[0].evidence.where == "part"


def test_a_configured_candidate_who_is_missing_is_simply_absent() -> None:
    three = replace(RACE, candidates=(*RACE.candidates, Candidate("isik", "Seda Işık")))
    assert {r.candidate for r in page(contest(), race=three).readings[0].results} == {"demir", "kaplan"}


def test_the_same_line_twice_is_one_and_different_numbers_for_one_candidate_are_none() -> None:
    demir = Choice("Leyla Demir", votes=50)
    twice = contest(choices=(demir, demir, Choice("Orhan Kaplan", votes=60)))
    assert len(page(twice).readings[0].results) == 2
    two = contest(
        choices=(demir, Choice("LEYLA DEMİR", party="B", votes=20), Choice("Orhan Kaplan", votes=60))
    )
    with pytest.raises(Unreadable, match="different numbers for demir"):
        page(two)
    added = page(two, add_lines=True).readings[0].results
    assert {r.candidate: r.votes for r in added} == {"demir": 70, "kaplan": 60}


@pytest.mark.parametrize("lines", [(0, 0), (None, None)])
def test_a_zeroed_feed_is_a_reading_and_an_empty_one_is_nothing(lines: tuple[int | None, int | None]) -> None:
    empty = contest(choices=(Choice("Leyla Demir", votes=lines[0]), Choice("Orhan Kaplan", votes=lines[1])))
    read = page(empty)
    assert read.outcome is (Outcome.NOTHING if lines[0] is None else Outcome.READ)


def test_impossible_values_are_passed_on_for_the_tally_to_judge() -> None:
    wild = contest(
        choices=(Choice("Leyla Demir", votes=-5, share=140.0), Choice("Orhan Kaplan", votes=10**12, share=0))
    )
    assert [(r.votes, r.share) for r in page(wild).readings[0].results] == [(-5, 140.0), (10**12, 0)]


def test_a_made_up_name_makes_a_test_and_no_call() -> None:
    lines = (Choice("Leyla Demir", votes=5, call=Call.DECLARED), Choice("Test Candidate 2", votes=4))
    read = page(contest(choices=lines))
    assert read.readings[0].status is Status.TEST
    assert read.claims == ()


@pytest.mark.parametrize(
    ("call", "rank", "status", "kind"),
    [
        (Call.CALLED, Rank.AGENCY, Status.UNOFFICIAL, ClaimKind.CALLED),
        (Call.CALLED, Rank.OFFICIAL, Status.UNOFFICIAL, ClaimKind.CALLED),
        (Call.DECLARED, Rank.OUTLET, Status.UNOFFICIAL, ClaimKind.CALLED),
        (Call.DECLARED, Rank.OFFICIAL, Status.UNOFFICIAL, ClaimKind.DECLARED),
        (Call.DECLARED, Rank.OFFICIAL, Status.CERTIFIED, ClaimKind.CERTIFIED),
        (Call.RUNOFF, Rank.AGENCY, Status.UNOFFICIAL, None),
    ],
)
def test_a_mark_is_worth_what_its_source_is(
    call: Call, rank: Rank, status: Status, kind: ClaimKind | None
) -> None:
    lines = (Choice("Leyla Demir", votes=5, call=call, mark="X"), Choice("Orhan Kaplan", votes=4))
    read = page(contest(choices=lines, status=status), rank=rank)
    assert [claim.kind for claim in read.claims] == ([kind] if kind else [])
    assert bool(read.notes) == (kind is None)


def test_where_two_advance_a_place_in_the_run_off_is_a_call() -> None:
    lines = (
        Choice("Leyla Demir", votes=5, call=Call.RUNOFF),
        Choice("Orhan Kaplan", votes=4, call=Call.RUNOFF),
    )
    top_two = replace(RACE, method=Method.TOP_N, seats=2)
    assert {c.target for c in page(contest(choices=lines), race=top_two).claims} == {"demir", "kaplan"}


def test_the_feeds_own_hour_goes_first_and_one_ahead_of_time_is_not_believed() -> None:
    own = page(contest(stamp="2031-05-04T22:51:00"))
    assert (own.readings[0].as_of, own.readings[0].stamped) == (
        datetime(2031, 5, 4, 19, 51, tzinfo=UTC),
        True,
    )
    ahead = page(contest(stamp=(FETCHED + timedelta(hours=3)).isoformat()))
    assert (ahead.readings[0].as_of, ahead.readings[0].stamped) == (FETCHED, False)
    assert "future" in ahead.notes[0].why
    told = page(contest(), published=FETCHED - timedelta(hours=2))
    assert (told.readings[0].as_of, told.readings[0].stamped) == (FETCHED - timedelta(hours=2), False)


def test_a_survey_shows_every_contest_without_a_race() -> None:
    found = survey(capture_of((GOLDEN / "json" / "newsroom_races.json").read_bytes()))
    assert [(c["contest"], c["unit"]) for c in found] == [
        ("Liman Harbour Master", None),
        ("Liman Mayor", None),
        ("Liman Mayor", "Old Quay"),
        ("Liman Mayor", "New Quay"),
    ]
    assert found[1]["counted"] == {"pct": 96.0, "qualifier": "exact", "basis": None}
    assert [c["call"] for c in found[1]["candidates"]] == [None, "declared"]
    assert survey(capture_of("plain words")) == []


def test_a_reading_can_be_told_of_a_unit_of_json() -> None:
    body = (GOLDEN / "json" / "newsroom_races.json").read_bytes()
    options: dict[str, Any] = {
        "contest": "Liman Mayor",
        "unit": "Old Quay",
        "candidates": {"demirl": "demir", "kaplano": "kaplan"},
    }
    read = parse(capture_of(body), RACE, source_of("json", **options))
    assert {r.candidate: r.votes for r in read.readings[0].results} == {"demir": 1900, "kaplan": 2100}


def test_a_stranger_in_front_makes_no_leader_of_the_next() -> None:
    lines = (Choice("Leyla Dmir", votes=50), Choice("Orhan Kaplan", votes=40))
    with pytest.raises(Unreadable, match="'Leyla Dmir' is no candidate of the race"):
        page(contest(choices=lines))
    behind = (
        Choice("Nur Aksoy", votes=3),
        *contest().choices,
        Choice("Others", votes=900),
        Choice("Blank", votes=99),
    )
    assert len(page(contest(choices=behind)).readings[0].results) == 2


def test_an_earlier_vote_is_read_only_when_it_is_asked_for() -> None:
    with pytest.raises(Unreadable, match="another year"):
        page(contest("Mayor of Liman 2026"))
    assert page(contest("Mayor of Liman 2026"), contest="Mayor of Liman 2026").readings
    assert page(contest("Mayor 2026"), contest("Mayor 2031")).title == "Mayor 2031"


def table(around: str, title: str = "Mayor of Liman") -> Page:
    rows = "<tr><td>Leyla Demir</td><td>50,711</td></tr><tr><td>Orhan Kaplan</td><td>46,902</td></tr>"
    head = "<tr><th>Candidate</th><th>Votes</th></tr>"
    body = f"<html><body>{around}<h2>{title}</h2><table>{head}{rows}</table></body></html>"
    return parse(capture_of(body), RACE, source_of("table"))


@pytest.mark.parametrize(
    ("around", "title", "status"),
    [
        (
            "<p>View a sample ballot. Official results will follow, a recount may be requested.</p>",
            "Mayor",
            "unofficial",
        ),
        ("<h1>Official election results</h1>", "Mayor", "unofficial"),
        ("", "Mayor: certified results", "certified"),
        ("", "Mayor: unofficial results", "unofficial"),
        ("<h1>Recount in Liman</h1>", "Mayor", "recount"),
        ("<h1>Test results, please ignore</h1>", "Mayor", "test"),
        ("<p>Bu sayfa deneme verisidir</p>", "Mayor", "test"),
    ],
)
def test_words_around_a_table_never_promote_it(around: str, title: str, status: str) -> None:
    (reading,) = table(around, title).readings
    assert reading.status == status


@pytest.mark.parametrize(
    "title", ["Polls: who is ahead", "Son anketler", "Turnout by ward", "Letzte Umfragen"]
)
def test_a_table_of_a_poll_is_no_count(title: str) -> None:
    assert table("", title).outcome is Outcome.NOTHING


def test_an_authority_may_annul_its_own_vote_by_a_status_and_nobody_else() -> None:
    void = contest(choices=(), status_word="IPTAL EDİLDİ")
    assert [(c.kind, c.actor) for c in page(void).claims] == [(ClaimKind.ANNULLED, "Town Board of Liman")]
    assert page(void, rank=Rank.OUTLET).claims == ()
    assert page(contest(status_word="GAYRİRESMİ")).claims == ()
