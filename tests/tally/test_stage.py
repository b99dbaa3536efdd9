"""How far a race is: by what was said of it, else by the clocks where it is held."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tally.claim import ClaimKind
from tally.event import Proof
from tally.evidence import Evidence
from tally.race import Candidate, Race
from tally.stage import Stage, counting_begins, outlook, stage_of
from tally.standing import Phase, Said, Standing

CLOSE = datetime(2031, 5, 4, 20, tzinfo=UTC)
RACE = Race(
    "oak-2031",
    "Oak County",
    date(2031, 5, 4),
    ZoneInfo("UTC"),
    (Candidate("alder", "Ada Alder"), Candidate("birch", "Ben Birch")),
    polls_close=CLOSE,
)
HOUR = timedelta(hours=1)


def called(*, confirmed: bool, withdrawn: datetime | None = None) -> Said:
    proof = Proof("desk", CLOSE, Evidence("called", "p1", "rule"))
    return Said(
        ClaimKind.CALLED, CLOSE, proof, "k", "desk", "alder", confirmed=confirmed, withdrawn=withdrawn
    )


def test_the_count_begins_as_the_polls_close() -> None:
    standing = Standing.start(RACE)
    assert outlook(standing, CLOSE - HOUR) == (Stage.BEFORE, 3600)
    assert outlook(standing, CLOSE + HOUR) == (Stage.COUNTING, -3600)


@pytest.mark.parametrize(
    ("phase", "stage"),
    [
        (Phase.COUNTING, Stage.COUNTING),
        (Phase.RECOUNT, Stage.COUNTING),
        (Phase.DECLARED, Stage.DECLARED),
        (Phase.CERTIFIED, Stage.SETTLED),
        (Phase.ANNULLED, Stage.SETTLED),
    ],
)
def test_what_was_said_of_a_race_says_its_stage(phase: Phase, stage: Stage) -> None:
    assert stage_of(replace(Standing.start(RACE), phase=phase), CLOSE + HOUR) is stage


def test_figures_before_the_polls_close_begin_no_count() -> None:
    assert stage_of(replace(Standing.start(RACE), phase=Phase.COUNTING), CLOSE - HOUR) is Stage.BEFORE


def test_a_race_is_called_when_two_say_so_and_is_not_when_it_was_taken_back() -> None:
    counting = replace(Standing.start(RACE), phase=Phase.COUNTING)
    for said, stage in (
        (called(confirmed=True), Stage.CALLED),
        (called(confirmed=False), Stage.COUNTING),
        (called(confirmed=True, withdrawn=CLOSE + HOUR), Stage.COUNTING),
    ):
        assert stage_of(replace(counting, statuses=(said,)), CLOSE + 2 * HOUR) is stage


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        # The day begins at the race's own midnight: before ours in the east, after it in the west.
        ("Pacific/Auckland", date(2031, 5, 4), datetime(2031, 5, 3, 12, tzinfo=UTC)),
        ("America/Los_Angeles", date(2031, 5, 4), datetime(2031, 5, 4, 7, tzinfo=UTC)),
        # Clocks change on the very day, in the night before and in the night after.
        ("Europe/Berlin", date(2031, 3, 30), datetime(2031, 3, 29, 23, tzinfo=UTC)),
        ("Europe/Berlin", date(2031, 3, 31), datetime(2031, 3, 30, 22, tzinfo=UTC)),
        ("Europe/Berlin", date(2031, 10, 26), datetime(2031, 10, 25, 22, tzinfo=UTC)),
        ("Europe/Berlin", date(2031, 10, 27), datetime(2031, 10, 26, 23, tzinfo=UTC)),
    ],
)
def test_without_an_hour_the_count_may_begin_with_the_day_where_it_is_held(
    zone: str, day: date, begins: datetime
) -> None:
    race = replace(RACE, date=day, timezone=ZoneInfo(zone), polls_close=None)
    assert counting_begins(race) == begins
    standing = Standing.start(race)
    assert stage_of(standing, begins - timedelta(seconds=1)) is Stage.BEFORE
    assert stage_of(standing, begins) is Stage.COUNTING


def test_the_wait_for_the_close_is_in_real_seconds_across_a_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    race = replace(RACE, timezone=berlin, polls_close=datetime(2031, 3, 30, 6, tzinfo=berlin))
    before = datetime(2031, 3, 30, 0, tzinfo=berlin)
    assert outlook(Standing.start(race), before)[1] == 5 * 3600, "an hour of that night does not exist"


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    for day, zone in ((date.min, "Asia/Tokyo"), (date.max, "America/New_York")):
        race = replace(RACE, date=day, timezone=ZoneInfo(zone), polls_close=None)
        assert counting_begins(race).tzinfo is not None
