"""How a source is asked: its pace, and what is wrong with it."""

import pytest
from race_files import GOOD, Load

from races import RacesError

CADENCE = 'cadence = "2m"'


def marked(text: str) -> int:
    """The line that is marked as wrong."""
    return next(number for number, row in enumerate(text.splitlines(), 1) if row.endswith("#!"))


def test_bounds_are_durations_like_the_cadence_and_left_open_by_default(load: Load) -> None:
    text = GOOD.replace(CADENCE, f'{CADENCE}\nfastest = "5s"\nslowest = 600')
    count, courier = load(text)["fairview-2031"].sources
    assert (count.fastest, count.slowest) == (5.0, 600.0)
    assert (courier.fastest, courier.slowest) == (None, None)


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ('fastest = "3m" #!', 'fastest "3m" is longer than the cadence; at most 120 seconds'),
        ('slowest = "30s" #!', 'slowest "30s" is shorter than the cadence; at least 120 seconds'),
        ('fastest = "soon" #!', 'fastest "soon" is not a duration'),
        ("slowest = 0 #!", 'slowest "0" is out of range'),
    ],
)
def test_bounds_that_make_no_sense_are_told_with_their_line(load: Load, new: str, what: str) -> None:
    text = GOOD.replace(CADENCE, f"{CADENCE}\n{new}")
    with pytest.raises(RacesError) as caught:
        load(text)
    (problem,) = caught.value.problems
    assert what in str(problem)
    assert problem.line == marked(text)


@pytest.mark.parametrize(
    ("host", "new", "told"),
    [
        ("board.example", 'fastest = "2s" #!', True),
        ("board.example", 'fastest = "5s" #!', False),
        ("127.0.0.1", 'fastest = "2s" #!', False),
    ],
)
def test_polls_that_a_site_may_take_for_an_attack_are_a_warning(
    load: Load, host: str, new: str, told: bool
) -> None:
    text = GOOD.replace(CADENCE, f"{CADENCE}\n{new}").replace("https://board.example/", f"https://{host}/")
    warnings = [w for w in load(text).warnings if "more often" in w.what]
    assert [w.line for w in warnings] == ([marked(text)] if told else [])
