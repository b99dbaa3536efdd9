"""Names on a page lead to configured candidates, never by position."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.parser.contests.names import NameBook, folded
from tally.race import Candidate
from tests.parser.conftest import RACE

PEOPLE = (
    Candidate("yildirim", "Binali Yıldırım", aliases=("B. Yıldırım",), party="AKP"),
    Candidate("imamoglu", "Ekrem İmamoğlu", party="CHP"),
    Candidate("jane", "Jane Doe"),
    Candidate("john", "John Doe"),
    Candidate("lula", "Luiz Inácio Lula da Silva", aliases=("Lula",)),
    Candidate("biden", "Joe Biden"),
)


def found(name: str, identity: str | None = None, party: str | None = None) -> str | None:
    match = NameBook(replace(RACE, candidates=PEOPLE)).find(name, identity, party)
    return match.candidate if match else None


@pytest.mark.parametrize(
    ("written", "candidate"),
    [
        ("BİNALİ YILDIRIM", "yildirim"),
        ("Binali Yildirim", "yildirim"),
        ("YILDIRIM, Binali", "yildirim"),
        ("Ekrem İmamoğlu (CHP) ✓", "imamoglu"),
        ("EKREM IMAMOGLU*", "imamoglu"),
        ("İmamoğlu", "imamoglu"),
        ("Joseph R. Biden (I) (Dem)", "biden"),
        ("Biden", "biden"),
        ("Jane Doe", "jane"),
        ("LULA", "lula"),
        ("LUIZ INÁCIO LULA DA SILVA", "lula"),
        ("J. Doe", None),
        ("Doe", None),
        ("Mary Doe", None),
        ("Hunter Biden", None),
        ("Silva", "lula"),
        ("da", None),
        ("", None),
        ("Others", None),
        ("CHP", "imamoglu"),
    ],
)
def test_a_name_is_matched(written: str, candidate: str | None) -> None:
    assert found(written) == candidate


def test_a_party_never_outweighs_a_name() -> None:
    assert found("Nur Aksoy", party="CHP") is None
    assert found("", party="CHP") == "imamoglu"


def test_an_id_of_ours_counts_and_a_number_does_not() -> None:
    numbered = replace(RACE, candidates=(Candidate("1", "Leyla Demir"), Candidate("2", "Orhan Kaplan")))
    book = NameBook(numbered)
    assert book.find("Nobody", "1") is None
    assert found("somebody", "lula") == "lula"


def test_the_map_outweighs_everything() -> None:
    book = NameBook(RACE, {"7": "demir", "Orhan Kaplan": "demir"})
    assert [m.candidate if m else None for m in book.all([("x", "7", None)])] == ["demir"]
    match = book.find("orhan kaplan")
    assert match is not None
    assert match.candidate == "demir"


def test_two_lines_never_share_a_candidate() -> None:
    book = NameBook(RACE)
    exact, weak = book.all([("Leyla Demir", None, None), ("Lena Demir", None, None)])
    assert exact is not None
    assert weak is None
    assert book.all([("L. Demir", None, None), ("Le Demir", None, None)]) == [None, None]


@given(st.text(max_size=50))
def test_folding_is_stable(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.permutations([(c.name, None, None) for c in PEOPLE]))
def test_order_says_nothing(lines: list[tuple[str, None, None]]) -> None:
    matches = NameBook(replace(RACE, candidates=PEOPLE)).all(lines)
    names = {c.id: c.name for c in PEOPLE}
    assert [names[m.candidate] if m else None for m in matches] == [line[0] for line in lines]
