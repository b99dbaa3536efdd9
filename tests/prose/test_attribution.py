"""Whose count it is: the paper that prints it, or the agency and the board that gave it."""

import pytest

from tests.prose.conftest import Read


def origins(prose):
    return [r.origin for r in prose.readings]


@pytest.mark.parametrize(
    "text",
    [
        "Northern Wire has Marsh on 54.3% and Halloran on 44.8%.",
        "Northern Wire, which is further on, has Marsh on 54.3%.",
        "Northern Wire has updated its page. It now gives Marsh 48.8% and Halloran 48.5%.",
        "Local television has Marsh on 53.6%. The figures are Northern Wire's.",
        "According to Northern Wire, Marsh has 51%.\n\nHalloran has 47%, with 96% of boxes opened.",
    ],
)
def test_an_agency_is_the_origin_of_what_it_gives(read: Read, text: str) -> None:
    assert set(origins(read(text))) == {"wire"}


@pytest.mark.parametrize(
    "text",
    [
        "Marsh has 54 percent and Halloran 45, said the board's chairman.",
        "The State Election Board declared Marsh governor.\n\nShe received 2,100,000 votes, or 53 percent.",
        "The head of the State Election Board gave new figures.\n\nMarsh has 51 percent, he said.",
    ],
)
def test_a_board_is_the_origin_of_what_its_people_say(read: Read, text: str) -> None:
    assert set(origins(read(text))) == {"board"}


@pytest.mark.parametrize(
    "after",
    [
        "Halloran said he had 51 percent.",
        "Halloran's campaign has him on 51 percent.",
        "By the party's own count Halloran has 51 percent.",
        "Polls closed hours ago. Halloran has 51 percent.",
    ],
)
def test_what_somebody_else_says_is_not_carried_on(read: Read, after: str) -> None:
    assert origins(read(f"According to Northern Wire, Marsh has 51%.\n\n{after}"))[-1:] in ([], ["paper"])


@pytest.mark.parametrize(
    "before",
    [
        "The State Election Board rejected the appeal.",
        "The State Election Board said it would rule on Tuesday.",
        "Northern Wire reported that police were deployed.",
    ],
)
def test_who_gives_no_figures_is_no_origin_of_the_next(read: Read, before: str) -> None:
    assert origins(read(f"{before} Marsh has 51% of the vote.")) == ["paper"]


def test_a_count_told_before_its_source_is_that_sources(read: Read) -> None:
    text = "Sandıkların yüzde 98,8'i açıldı. Northern Wire'a göre Marsh yüzde 51, Halloran yüzde 48 aldı."
    assert set(origins(read(text, "tr"))) == {"wire"}


def test_the_verb_at_the_end_names_the_source_at_the_head(read: Read) -> None:
    text = "Northern Wire ise Marsh'ın yüzde 51, Halloran'ın yüzde 48 oy aldığını bildirdi."
    assert origins(read(text, "tr")) == ["wire"]


def test_the_difference_just_told_is_the_leaders(read: Read) -> None:
    text = "Marsh has 2,100,000 votes and Halloran 2,080,000.\n\nThat is a lead of 20,000 votes."
    leads = [r.lead for r in read(text).readings if r.lead]
    assert [(lead.candidate, lead.votes) for lead in leads] == [("marsh", 20000)]


def test_them_are_the_two_of_the_count_before(read: Read) -> None:
    text = "Marsh has 54.3% and Halloran 44.8%.\n\nNorthern Wire has them on 1,688,628 and 1,415,179 votes."
    last = read(text).readings[-1]
    assert [(r.candidate, r.votes) for r in last.results] == [("marsh", 1688628), ("halloran", 1415179)]


def test_how_much_is_counted_is_no_candidates_share(read: Read) -> None:
    text = (
        "The board has 2,100,000 votes for Marsh and 2,080,000 for Halloran, with 99.7% of the boxes entered."
    )
    reading = read(text).readings[0]
    assert reading.counted and reading.counted.pct == 99.7
    assert [r.share for r in reading.results] == [None, None]


def test_votes_and_their_share_in_parentheses_are_both_read(read: Read) -> None:
    text = "Marsh won with 2,100,000 votes (53.21%) to Halloran's 1,835,453 (45.99%)."
    results = read(text).readings[0].results
    assert [(r.candidate, r.votes, r.share) for r in results] == [
        ("marsh", 2100000, 53.21),
        ("halloran", 1835453, 45.99),
    ]
