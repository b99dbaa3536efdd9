"""Numbers as feeds and tables write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.parser.contests.around import counted_in, stamp_in
from scrapers.parser.contests.cells import cell_of
from scrapers.parser.contests.figures import counted_of, share_of, votes_of
from tally.reading import Qualifier


@pytest.mark.parametrize(
    ("written", "votes"),
    [
        (1651, 1651),
        (697430.0, 697430),
        ("1,651", 1651),
        ("4.157.114", 4157114),
        ("4 157 114", 4157114),
        ("4\u202f157\u202f114", 4157114),
        ("4'157'114", 4157114),
        ("12,34,567", 1234567),
        ("697430.0", 697430),
        ("0", 0),
        ("-5", -5),
        ("50,711 votes", 50711),
        ("12.5", None),
        (12.5, None),
        ("51.8%", None),
        ("274 of 274", None),
        ("–", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        ("9" * 40, None),
    ],
)
def test_votes(written: object, votes: int | None) -> None:
    assert votes_of(written) == votes


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("51.8", 51.8),
        ("%48,77", 48.77),
        ("48,77 %", 48.77),
        (49.5190931, 49.519093),
        ("0.9", 0.9),
        ("104.2", 104.2),
        ("x", None),
    ],
)
def test_shares(written: object, share: float | None) -> None:
    figure = share_of(written)
    assert (figure.value if figure else None) == share


def test_a_fraction_is_scaled_only_where_the_source_says_so() -> None:
    share = share_of(0.518, 100)
    assert share is not None
    assert share.value == 51.8


@pytest.mark.parametrize(
    ("written", "pct", "qualifier"),
    [
        ("100% (274 of 274) precincts reporting", 100.0, Qualifier.EXACT),
        ("310 of 322", 96.2733, Qualifier.EXACT),
        ("5 of 5", 100.0, Qualifier.EXACT),
        (">98%", 98.0, Qualifier.AT_LEAST),
        ("<1%", 1.0, Qualifier.AT_MOST),
        ("%98,8", 98.8, Qualifier.EXACT),
        (96.27, 96.27, Qualifier.EXACT),
        ("33.33", 33.33, Qualifier.EXACT),
    ],
)
def test_counted(written: object, pct: float, qualifier: Qualifier) -> None:
    counted = counted_of(written)
    assert counted is not None
    assert (counted.pct, counted.qualifier) == (pct, qualifier)


def test_nothing_of_nothing_is_unknown() -> None:
    assert counted_of("0 of 0") is None


@pytest.mark.parametrize(
    ("text", "votes", "share"),
    [
        ("4.157.114 (48,77 %)", 4157114, 48.77),
        ("50,711 / 51.8%", 50711, 51.8),
        ("50 711 51,8 %", 50711, 51.8),
        ("47,90 %", None, 47.9),
        ("46.902", 46902, None),
    ],
)
def test_a_cell_may_hold_votes_and_share(text: str, votes: int | None, share: float | None) -> None:
    cell = cell_of(text)
    assert (cell.votes, cell.share.value if cell.share else None) == (votes, share)


@pytest.mark.parametrize(
    ("text", "pct"),
    [
        ("96.3% of precincts reporting", 96.3),
        ("Sandıkların yüzde 95'i açıldı", 95.0),
        ("Açılan sandık: %98,8 | Katılım: %84,2", 98.8),
        ("Participación: 81,7 %. Actas contabilizadas: 96,27 %", 96.27),
        ("Seções totalizadas: 99,1%", 99.1),
        ("Bureaux dépouillés : 310 sur 322", 96.2733),
        ("Ausgezählt: 310 von 322 Wahlbezirken", 96.2733),
        ("Sezioni scrutinate: 310 di 322", 96.2733),
        ("Turnout 81.7%", None),
        ("Polls by hour: 40% at noon", None),
        ("Threshold 10% of votes counted", None),
        ("Between 40% and 60% counted", None),
    ],
)
def test_the_text_around_tells_how_much_is_counted(text: str, pct: float | None) -> None:
    counted = counted_in([text])
    assert (counted.pct if counted else None) == pct


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("Last updated: 4 May 2031, 22:51", "4 May 2031, 22:51"),
        ("Katılım: %84,2 | Son güncelleme: 04.05.2031 23:20", "04.05.2031 23:20"),
        ("Results as of 10:51 p.m.", "10:51 p.m."),
        ("The doors close at 17:00", None),
    ],
)
def test_the_text_around_tells_since_when(text: str, stamp: str | None) -> None:
    assert stamp_in([text]) == stamp


@given(st.integers(0, 10**9), st.sampled_from([",", ".", " ", "\u00a0", "'"]))
def test_grouping_never_changes_a_number(votes: int, mark: str) -> None:
    assert votes_of(f"{votes:,}".replace(",", mark)) == votes
