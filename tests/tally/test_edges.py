"""Where a rule begins and ends: the figure itself, the second time, the option that was set."""

import pytest
from night_at_hand import Night, at

from tally.believe import as_far
from tally.decide import next_due, unchanged
from tally.race import Candidate, Method
from tally.standing import Doubt


def test_a_leader_who_loses_a_few_votes_and_the_lead_waits_though_thousands_came_in():
    night = Night()
    night.read(10, {"ada": 5000, "ben": 4950, "cem": 1000}, 60.0)
    assert "lead_change" not in night.read(20, {"ada": 4999, "ben": 5500, "cem": 1010}, 65.0)
    assert night.standing.quarantine[0].doubt is Doubt.REVERSAL


def test_four_times_is_a_digit_too_many_in_a_large_count_and_eight_in_a_small_one():
    for size, doubted in ((10, 0), (1000, 1)):
        night = Night()
        night.read(10, {"ada": 4 * size, "ben": 3 * size, "cem": size}, 40.0)
        night.read(20, {"ada": 4 * size + 5, "ben": 3 * size + 5, "cem": 5 * size}, 41.0)
        assert len(night.standing.quarantine) == doubted


def test_a_story_may_begin_a_count_with_two_of_many():
    night = Night()
    assert night.read(10, None, 90.0, {"ada": 43.6, "ben": 20.0}, source="globe-story") == ["first_results"]
    assert night.standing.quarantine == ()
    assert night.standing.origins["north"].reading.results[0].share == 43.6


def test_counts_of_one_hour_are_equally_far_where_nothing_else_is_known():
    night = Night()
    night.read(10, None, None, {"ada": 60.0, "ben": 40.0})
    night.read(10, None, None, {"ada": 55.0, "ben": 45.0}, origin="board")
    one, other = (night.standing.origins[name] for name in ("north", "board"))
    assert as_far(one, other)
    assert as_far(other, one)
    assert night.standing.headline is not None
    assert night.standing.headline.origin == "board"


def test_the_next_moment_that_matters_is_when_a_feed_falls_silent():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 10.0)
    assert next_due(night.standing) is None
    night.read(20, {"ada": 200, "ben": 190}, 20.0)
    assert next_due(night.standing) == at(65)
    night.wait(70)
    assert next_due(night.standing) is None


def test_the_next_moment_that_matters_after_many_flips_is_when_it_is_calm():
    night = Night(rules={"stale": {"minutes": 600.0}})
    for minute, (ada, ben) in enumerate([(100, 90), (110, 120), (130, 125), (130, 140)], 1):
        night.read(float(minute), {"ada": ada, "ben": ben}, 50.0 + minute)
    assert next_due(night.standing) == at(19)


def test_an_unchanged_page_of_which_nothing_is_held_lets_no_time_pass():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 10.0)
    night.read(20, {"ada": 200, "ben": 190}, 20.0)
    assert unchanged(night.standing, "north-page", at(300)) == (night.standing, ())


def test_a_second_telling_fills_in_the_share_that_the_first_left_out():
    night = Night()
    night.read(10, {"ada": 5300, "ben": 4600}, 90.0, source="globe-story")
    night.read(11, {"ada": 5300}, 90.0, {"ada": 53.0}, source="star-story")
    assert night.standing.origins["north"].reading.results[0].share == 53.0


def test_agencies_that_round_to_whole_per_cents_do_not_disagree():
    night = Night()
    night.read(10, None, 95.0, {"ada": 53.69, "ben": 45.4})
    assert night.read(12, None, 95.0, {"ada": 54.0, "ben": 45.0}, origin="south") == []


def test_many_flips_after_a_calm_are_another_message():
    night = Night()
    votes = {"ada": 1000, "ben": 990}
    night.read(0.5, votes, 50.0)
    for start in (1, 101):
        for step in range(5):
            votes = dict(votes)
            leader = max(votes, key=lambda name: votes[name])
            votes["ben" if leader == "ada" else "ada"] += 20
            night.read(start + step, votes, 50.0)
    bundles = {event.updates for event in night.told("lead_change")} - {None}
    assert len(bundles) == 2


def test_a_referendum_by_half_of_the_votes_has_no_line_beside_the_lead():
    night = Night(
        method=Method.REFERENDUM, threshold=50.0, candidates=(Candidate("yes", "Yes"), Candidate("no", "No"))
    )
    night.read(10, {"yes": 510, "no": 490}, 20.0)
    night.read(20, {"yes": 610, "no": 690}, 30.0)
    assert [event.kind.value for event in night.events] == ["first_results", "lead_change", "milestone"]


def test_a_tie_at_the_last_seat_is_told_again_after_it_was_broken():
    night = Night(method=Method.TOP_N, seats=2)
    for minute, (ben, cem) in enumerate([(40, 30), (50, 50), (55, 50), (60, 60)]):
        night.read(10.0 + minute, {"ada": 100, "ben": ben, "cem": cem}, 40.0)
    assert [event.after for event in night.told("line_change")] == ["ben = cem", "ben = cem"]


def test_less_counted_of_more_votes_is_a_better_estimate_and_no_revision():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 60.0)
    assert night.read(20, {"ada": 1100, "ben": 990}, 58.0) == []


def test_how_long_a_feed_may_be_silent_is_the_races_to_say():
    night = Night(rules={"stale": {"minutes": 10, "pace": 1}})
    night.read(10, {"ada": 100, "ben": 90}, 10.0)
    night.read(15, {"ada": 200, "ben": 190}, 20.0)
    assert night.wait(24) == []
    assert night.wait(25) == ["stale"]


def test_an_agency_that_the_race_is_not_told_by_is_missed_as_well_and_an_outlet_is_not():
    night = Night()
    for minute in (10, 20):
        night.read(minute, {"ada": 100 * minute, "ben": 90 * minute}, 2.0 * minute)
        for origin in ("south", "globe"):
            night.read(minute, {"ada": 99 * minute, "ben": 88 * minute}, 2.0 * minute, origin=origin)
    night.read(60, {"ada": 9000, "ben": 8000}, 60.0)
    assert night.wait(90) == ["stale"]
    assert night.events[-1].origin == "south"


@pytest.mark.parametrize(("pct", "told"), [(99.4, ["stale"]), (99.5, [])])
def test_from_a_per_cent_on_nothing_more_is_expected_of_a_feed(pct, told):
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 10.0)
    night.read(20, {"ada": 200, "ben": 190}, pct)
    assert night.wait(2000) == told
