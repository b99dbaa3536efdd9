"""Which rules are tried on a sentence: none may be passed over that would have matched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.parser.prose.packs import packs
from scrapers.parser.prose.required import pieces


@pytest.mark.parametrize(
    ("pattern", "required"),
    [
        ("conceded", {"conced"}),
        (r"(?:admits|accepts)\sdefeat", {"defeat"}),
        (r"(?:the\s)?defeat", {"defeat"}),
        (r"\w+ing\sdefeat?", {"ing de"}),
        (r"(?:a|b)", set()),
        (r"won(?!\sback)", {"won"}),
        (r"(?:won|[a-z]+)", set()),
        (r"x(?:conceded){0,3}", set()),
    ],
)
def test_pieces_are_what_each_match_must_contain(pattern: str, required: set[str]) -> None:
    assert pieces(pattern) == required


WORDS = st.lists(
    st.sampled_from(["won", "lost", "gave up", "the", "race", "not", "éé"]), min_size=1, max_size=4
)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_whatever_matches_contains_a_piece(choices: list[list[str]], tail: list[str]) -> None:
    source = rf"(?:{'|'.join(re.escape(' '.join(c)) for c in choices)})\s(?:{re.escape(' '.join(tail))})?"
    required = pieces(source)
    for choice in choices:
        text = f"{' '.join(choice)} "
        assert re.fullmatch(source, text)
        assert not required or any(piece in text for piece in required)


@pytest.mark.parametrize("code", sorted(packs()))
def test_every_claim_rule_can_be_passed_over_cheaply(code: str) -> None:
    assert [rule.name for rule in packs()[code].claims if not rule.pieces] == []
