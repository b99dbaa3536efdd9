"""What a sound file becomes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from race_files import GOOD, Load

from tally.race import Method, Rank


def test_every_key_arrives_in_the_race(load: Load) -> None:
    race = load()["fairview-2031"]
    assert race.title == "Fairview — Mayor"
    assert race.date == date(2031, 5, 4)
    assert race.timezone == ZoneInfo("Europe/London")
    assert race.method is Method.MAJORITY
    assert (race.threshold, race.seats, race.quorum, race.electorate) == (50.0, 1, 30.5, 48213)
    doe, roe = race.candidates
    assert (doe.id, doe.name, doe.surname, doe.pronoun, doe.party) == (
        "doe",
        "Jane Doe",
        "Doe",
        "she",
        "Lake List",
    )
    assert doe.aliases == ("J. Doe", "DOE Jane")
    assert doe.descriptions == ("the sitting mayor",)
    assert doe.colour == "#1f77b4"
    assert (roe.party, roe.aliases) == (None, ())
    assert race.rules == {"stale": {"minutes": 20, "factor": 2}}


def test_hours_without_an_offset_are_local_to_the_race(load: Load) -> None:
    race = load()["fairview-2031"]
    assert race.polls_close == datetime(2031, 5, 4, 19, 0, tzinfo=UTC)
    assert race.embargo == datetime(2031, 5, 4, 19, 30, tzinfo=UTC)
    assert race.watch_until == datetime(2031, 6, 1, 12, 0, tzinfo=UTC)


def test_sources_and_origins_arrive(load: Load) -> None:
    race = load()["fairview-2031"]
    count, courier = race.sources
    assert (count.origin, count.rank, count.cadence, count.language) == ("board", Rank.OFFICIAL, 120.0, None)
    assert count.timezone == ZoneInfo("Europe/Paris")
    assert count.options == {"votes": "Stimmen"}
    assert (courier.rank, courier.cadence, courier.timezone) == (Rank.OUTLET, 30.0, None)
    assert race.origin("board") is not None
    assert race.rank_of("board") is Rank.OFFICIAL


def test_a_source_without_origin_is_its_own(load: Load) -> None:
    source = load()["fairview-2031"].source("courier")
    assert source is not None
    assert source.origin == "courier"


def test_watching_ends_sixty_days_after_the_polls_close(load: Load) -> None:
    race = load(GOOD.replace("watch_until = 2031-06-01T12:00:00Z\n", ""))["fairview-2031"]
    assert race.polls_close is not None
    assert race.watch_until == race.polls_close + timedelta(days=60)


def test_watching_ends_sixty_days_after_the_day_where_no_closing_is_given(load: Load) -> None:
    text = GOOD.replace("watch_until = 2031-06-01T12:00:00Z\n", "").replace("polls_close", "#", 1)
    race = load(text)["fairview-2031"]
    assert race.watch_until == datetime(2031, 5, 5, tzinfo=ZoneInfo("Europe/London")) + timedelta(days=60)


@pytest.mark.parametrize(
    ("cadence", "seconds"),
    [
        ("1", 1.0),
        ("45", 45.0),
        ("2.5", 2.5),
        ('"30s"', 30.0),
        ('"2m"', 120.0),
        ('"1m 30s"', 90.0),
        ('"1h"', 3600.0),
    ],
)
def test_cadence_is_seconds_or_a_duration(load: Load, cadence: str, seconds: float) -> None:
    source = load(GOOD.replace('"2m"', cadence))["fairview-2031"].source("count")
    assert source is not None
    assert source.cadence == seconds


def test_a_good_file_gives_no_warning(load: Load) -> None:
    assert load().warnings == ()


def test_an_unknown_id_is_none_or_a_key_error(load: Load) -> None:
    races = load()
    assert races.get("elsewhere") is None
    with pytest.raises(KeyError):
        races["elsewhere"]


def test_windows_line_ends_are_fine(load: Load) -> None:
    assert load(GOOD.replace("\n", "\r\n"))["fairview-2031"].electorate == 48213


def test_a_referendum_has_free_names_for_yes_and_no(load: Load) -> None:
    text = GOOD.replace('"doe"', '"no"', 1).replace('"roe"', '"yes"', 1).replace('"majority"', '"referendum"')
    assert load(text)["fairview-2031"].method is Method.REFERENDUM


def test_one_page_may_be_read_in_two_ways(load: Load) -> None:
    text = GOOD.replace("https://courier.example/live?page=1", "https://board.example/count.csv")
    assert len(load(text)["fairview-2031"].sources) == 2


def test_other_files_in_the_folder_are_left_alone(
    load: Load, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = load()
    for name in ("README.md", ".draft.toml", "notes.toml~", "race.json"):
        (tmp_path_factory.getbasetemp() / name).write_text("= nothing")
    assert load().races == first.races
