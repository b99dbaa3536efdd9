import pytest

from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.numbers import PERCENT, POINTS, find
from scrapers.parser.prose.packs import packs
from tally.reading import Qualifier


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("en", "53.6 %", 53.6),
        ("en", "54 per cent", 54),
        ("en", "ninety-five percent of", 95),
        ("en", "777,000 votes", 777000),
        ("en", "4.7 million votes", 4700000),
        ("en", "12 lakh votes", 1200000),
        ("en", "two thirds of the vote", 66.67),
        ("en", "3 in 10", 30),
        ("tr", "yüzde 53,6", 53.6),
        ("tr", "%53,6'sı", 53.6),
        ("tr", "1,2 milyon oy", 1200000),
        ("tr", "777 bin 581 oy", 777581),
        ("tr", "4 milyon 741 bin 868 oy", 4741868),
        ("tr", "13.729 oy", 13729),
        ("es", "1.245.300 votos", 1245300),
        ("es", "50,125 %", 50.125),
        ("fr", "1 204 voix", 1204),
        ("fr", "53,4 %", 53.4),
        ("de", "17.310 Stimmen", 17310),
        ("it", "24.118 voti", 24118),
        ("pt", "1,2 milhão de votos", 1200000),
    ],
)
def test_numbers_are_read_as_people_write_them(code: str, text: str, value: float) -> None:
    assert [n.value for n in find(fold(text), packs()[code])] == [value]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than 90%", Qualifier.AT_LEAST),
        ("fewer than 5,000", Qualifier.AT_MOST),
        ("nearly 95%", Qualifier.ABOUT),
        ("just over 1,200", Qualifier.AT_LEAST),
        ("53.6%", Qualifier.EXACT),
    ],
)
def test_how_exactly_a_number_is_given_is_kept(text: str, qualifier: Qualifier) -> None:
    assert find(fold(text), packs()["en"])[0].qualifier is qualifier


def test_the_first_of_a_pair_has_the_unit_of_the_second() -> None:
    assert [(n.value, n.unit) for n in find("58-41 percent", packs()["en"])] == [(58, PERCENT), (41, PERCENT)]


def test_points_are_no_per_cent() -> None:
    assert find("9.5 percentage points", packs()["en"])[0].unit == POINTS


@pytest.mark.parametrize("text", ["november 26", "in 2019", "at 9:30", "$4.2 million"])
def test_dates_hours_and_money_are_no_amounts(text: str) -> None:
    from scrapers.parser.prose.numbers import OTHER

    assert {n.unit for n in find(text, packs()["en"])} <= {OTHER}
