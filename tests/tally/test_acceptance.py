"""Acceptance before belief: what is doubted, for how long, and what ends the doubt."""

import json
from dataclasses import replace

import pytest
from night_at_hand import Night, at, race, reading

from tally.accept.complaint import PATIENCE
from tally.accept.gates import looks_like_test
from tally.accept.sound import unsound
from tally.decide import approve, decide, next_due
from tally.evidence import Evidence
from tally.race import Candidate, Method
from tally.reading import Counted, Lead, Qualifier, Reading, Result
from tally.standing import Doubt, Standing
from tally.wire import standing_to_wire


def _doubts(night: Night) -> list[Doubt]:
    return [item.doubt for item in night.standing.quarantine]


@pytest.fixture
def night() -> Night:
    night = Night()
    night.read(10, {"ada": 20_000, "ben": 19_000, "cem": 3000}, 60.0)
    return night


def test_the_same_reading_again_gives_the_very_same_standing(night):
    before = night.standing
    after, events = decide(
        before, [reading(11, {"ada": 20_000, "ben": 19_000, "cem": 3000}, 60.0)], (), at(11)
    )
    assert after is before
    assert events == ()


def test_a_reading_of_another_race_changes_nothing(night):
    before = night.standing
    night.take(11, replace(reading(11, {"ada": 1, "ben": 90_000}, 61.0), race="another"))
    assert night.standing.headline == before.headline


def test_a_reading_without_any_number_is_no_count():
    night = Night()
    assert night.take(10, Reading("mayor", "north", at(10), Evidence("?"))) == ()
    assert night.standing.origins == {}


@pytest.mark.parametrize(
    ("votes", "pct", "more", "doubt"),
    [
        ({"ada": 19_900, "ben": 19_100, "cem": 3000}, 60.5, {}, Doubt.FALL),
        ({"ada": 18_000, "ben": 19_100, "cem": 3000}, 60.5, {}, Doubt.REVERSAL),
        ({"ada": 18_000, "ben": 17_000, "cem": 2800}, 55.0, {}, Doubt.STALE_CACHE),
        ({"ada": 2_000, "ben": 1_900, "cem": 30}, 5.0, {}, Doubt.COLLAPSE),
        ({"ben": 19_100, "cem": 3000}, 60.5, {}, Doubt.VANISHED),
        ({"ada": 0, "ben": 19_100, "cem": 3000}, 60.5, {}, Doubt.VANISHED),
        ({"ada": 20_000, "ben": 19_100}, 60.5, {}, Doubt.FALL),
        ({"ada": 19_000, "ben": 20_000, "cem": 3000}, 60.0, {}, Doubt.SWAPPED),
        ({"ada": 20_000, "ben": 39_000, "cem": 3000}, 60.5, {}, Doubt.ONE_SIDED),
        ({"ada": 220_000, "ben": 290_000, "cem": 30_000}, 60.5, {}, Doubt.JUMP),
        ({"ada": 0, "ben": 0, "cem": 0}, 0.0, {}, Doubt.ZEROS),
        ({"ada": -5, "ben": 19_000, "cem": 3000}, 60.5, {}, Doubt.TOO_MANY_VOTES),
        ({"ada": 20_100, "ben": 19_000, "cem": 3000}, 60.5, {"electorate": 40_000}, Doubt.TOO_MANY_VOTES),
        ({"ada": 20_100, "ben": 19_000, "cem": 3000}, 60.5, {"votes_cast": 40_000}, Doubt.TOO_MANY_VOTES),
        ({"ada": 20_100, "ben": 19_000, "cem": 3000}, 60.5, {"turnout": 104.0}, Doubt.TOO_MANY_VOTES),
        ({"ada": 20_100, "ben": 19_000, "cem": 3000}, 130.0, {}, Doubt.SHARES),
    ],
    ids=lambda value: value.value if isinstance(value, Doubt) else "",
)
def test_what_cannot_follow_is_doubted_and_changes_nothing(night, votes, pct, more, doubt):
    before = night.standing
    told = night.read(11, votes, pct, **more)
    assert _doubts(night) == [doubt]
    assert told == (["quarantined"] if PATIENCE[doubt].told else [])
    assert night.standing.headline == before.headline


def test_shares_of_one_candidate_over_a_hundred_and_votes_below_zero_cannot_be():
    assert unsound(reading(1, None, None, {"ada": 101.0}), race()) is not None
    assert unsound(reading(1, None, None, {"ada": -1.0}), race()) is not None


def test_rounded_shares_may_add_to_a_little_over_a_hundred():
    coarse = {"ada": 34.0, "ben": 34.0, "cem": 33.0}
    assert unsound(reading(1, None, None, coarse), race()) is None
    assert unsound(reading(1, None, None, {"ada": 50.1, "ben": 50.0}), race()) is None
    assert unsound(reading(1, None, None, {"ada": 51.5, "ben": 50.0}), race()) is not None


def test_where_several_are_elected_shares_may_add_to_more():
    two = race(method=Method.TOP_N, seats=2)
    assert unsound(reading(1, None, None, {"ada": 80.0, "ben": 75.0, "cem": 40.0}), two) is None
    assert unsound(reading(1, {"ada": 900, "ben": 800}, None, votes_cast=1000), two) is None


def test_a_candidate_listed_twice_is_doubted():
    twice = (Result("ada", 10), Result("ada", 20))
    complaint = unsound(Reading("mayor", "north", at(1), Evidence("x"), twice), race())
    assert complaint is not None
    assert complaint.doubt is Doubt.DUPLICATE


def test_about_and_at_most_do_not_count_towards_a_hundred():
    lines = (Result("ada", None, 60.0, Qualifier.AT_MOST), Result("ben", None, 60.0, Qualifier.ABOUT))
    assert unsound(Reading("mayor", "north", at(1), Evidence("x"), lines), race()) is None


@pytest.mark.parametrize(
    "name", ["TEST CANDIDATE 3", "Test", "dummy data", "Sample Contest", "candidate test"]
)
def test_names_that_feeds_are_tried_out_with(name):
    assert looks_like_test(name)


@pytest.mark.parametrize("name", ["Testaverde", "Contest winner", "Ada Tester", "Simple"])
def test_names_that_are_names(name):
    assert not looks_like_test(name)


def test_a_configured_candidate_may_be_called_test():
    night = Night(candidates=(Candidate("Test", "Test"), Candidate("ben", "Ben")))
    assert night.read(10, {"Test": 10, "ben": 5}, 10.0) == ["first_results"]


def test_without_a_closing_time_the_day_itself_is_the_gate():
    night = Night(polls_close=None)
    assert night.read(-24 * 60, {"ada": 10, "ben": 5}, 10.0) == ["quarantined"]
    assert night.read(1, {"ada": 11, "ben": 5}, 10.0) == ["first_results"]


def test_a_fall_that_goes_up_again_was_a_hiccup(night):
    night.read(11, {"ada": 19_900, "ben": 19_100, "cem": 3000}, 60.5)
    assert night.read(12, {"ada": 20_100, "ben": 19_100, "cem": 3001}, 60.6) == []
    assert night.standing.quarantine == ()


def test_the_accepted_state_again_ends_the_doubt(night):
    night.read(11, {"ada": 18_000, "ben": 19_100, "cem": 3000}, 60.5)
    assert night.read(12, {"ada": 20_000, "ben": 19_000, "cem": 3000}, 60.0) == []
    assert night.standing.quarantine == ()


def test_twice_in_one_capture_is_not_the_next_poll(night):
    fallen = reading(11, {"ada": 18_000, "ben": 19_100, "cem": 3000}, 60.5)
    assert night.take(11, fallen, fallen) == ()
    assert night.leader == "ada"


def test_an_unchanged_page_is_the_next_poll(night):
    night.read(11, {"ada": 18_000, "ben": 19_100, "cem": 3000}, 60.5)
    assert night.unchanged(11.5, "south-page") == []
    assert night.unchanged(11.5) == ["revised", "lead_change"]


def test_a_small_fall_that_stands_is_believed_by_time_alone_but_not_one_that_turns_the_lead(night):
    night.read(11, {"ada": 19_900, "ben": 19_100, "cem": 3000}, 60.5)
    assert next_due(night.standing) == at(14)
    assert night.wait(13) == []
    assert night.wait(14) == ["revised"]
    night.read(15, {"ada": 18_000, "ben": 19_100, "cem": 3000}, 60.5)
    assert "lead_change" not in night.wait(59)


def test_a_fall_that_falls_further_is_believed(night):
    night.read(11, {"ada": 19_900, "ben": 19_100, "cem": 3000}, 60.5)
    assert night.read(12, {"ada": 19_800, "ben": 19_050, "cem": 2990}, 60.6) == ["revised"]


def test_a_lower_state_that_goes_on_counting_is_believed(night):
    night.read(11, {"ada": 17_000, "ben": 17_500, "cem": 2500}, 50.0)
    assert night.read(13, {"ada": 17_100, "ben": 17_700, "cem": 2500}, 51.0) == ["revised", "lead_change"]


def test_a_collapse_has_to_last_much_longer(night):
    night.read(11, {"ada": 2000, "ben": 2100, "cem": 30}, 5.0)
    assert night.read(12, {"ada": 4000, "ben": 4100, "cem": 300}, 10.0) == []
    assert night.read(15, {"ada": 8000, "ben": 8100, "cem": 300}, 20.0) == []
    assert "lead_change" in night.read(45, {"ada": 9000, "ben": 9100, "cem": 310}, 22.0)


def test_a_test_feed_over_the_results_changes_nothing_even_if_it_is_polled_often():
    night = Night()
    night.read(10, None, 100.0, {"ada": 58.81, "ben": 36.4, "cem": 4.79})
    for minute in (20, 20.5, 21, 22, 24):
        night.read(minute, None, 100.0, {"ben": 25.14, "cem": 25.09, "dia": 24.9, "ada": 24.87})
    assert night.read(25, None, 100.0, {"ada": 58.81, "ben": 36.4, "cem": 4.79}) == []
    assert night.kinds == ["first_results", "quarantined"]


@pytest.mark.parametrize(
    "shares",
    [{"ada": 67.33, "ben": 12.0, "cem": 7.33}, {"ada": 33.4, "ben": 33.31, "cem": 33.29}],
    ids=["much untold", "all alike"],
)
def test_a_first_reading_that_can_hardly_be_a_count_waits_for_the_next(shares):
    night = Night()
    assert night.read(10, None, 90.0, shares) == ["quarantined"]
    assert night.standing.headline is None
    later = dict(shares, ada=shares["ada"] + 0.4, ben=shares["ben"] - 0.4)
    assert night.read(30, None, 91.0, later) == ["first_results"]


def test_a_first_reading_that_waited_is_compared_with_the_next():
    night = Night()
    night.read(10, None, 50.0, {"ada": 33.4, "ben": 33.3, "cem": 33.3})
    assert night.read(12, None, 60.0, {"ada": 30.0, "ben": 40.0, "cem": 30.0}) == ["first_results"]
    assert night.leader == "ben"


def test_prose_is_partial_by_nature_and_takes_nothing_away(night):
    before = night.standing
    told = night.read(12, None, 60.0, {"ada": 47.6}, origin="north", source="globe-story")
    assert told == []
    assert night.standing.headline == before.headline


def test_prose_carries_a_count_on_when_it_is_further():
    night = Night()
    night.read(10, None, 90.0, {"ada": 53.0, "ben": 46.0}, source="globe-story")
    night.read(12, None, 95.0, {"ada": 53.6}, source="star-story")
    headline = night.standing.headline
    assert headline is not None
    assert (headline.leader, headline.counted) == ("ada", Counted(95.0))
    assert [result.candidate for result in headline.results] == ["ada"]
    assert night.read(13, None, 93.0, {"ben": 50.6, "ada": 49.0}, source="globe-story") == []
    assert night.leader == "ada"


def test_a_share_under_half_alone_says_nothing_of_the_lead():
    night = Night()
    night.read(10, None, 90.0, {"ada": 48.0, "ben": 47.0}, source="globe-story")
    assert night.read(12, None, 95.0, {"ben": 47.5}, source="globe-story") == []
    assert night.leader == "ada"


def test_the_same_state_told_twice_is_put_together():
    night = Night()
    night.read(10, None, 90.0, {"ada": 53.0}, source="globe-story")
    night.read(11, {"ada": 4000}, 90.0, {"ada": 53.02, "ben": 46.0}, source="star-story", turnout=80.0)
    headline = night.standing.headline
    assert headline is not None
    assert headline.results == (Result("ada", 4000, 53.0), Result("ben", None, 46.0))
    assert headline.turnout == 80.0


def test_a_table_that_is_behind_a_story_waits_until_it_is_as_far():
    night = Night()
    night.read(10, None, 95.0, {"ada": 53.0, "ben": 46.0}, source="globe-story")
    night.read(11, {"ada": 45_000, "ben": 46_000}, 90.0)
    assert night.leader == "ada"
    night.read(12, {"ada": 53_000, "ben": 46_500}, 96.0)
    assert night.standing.origins["north"].reading.source == "north-page"


def test_a_story_carries_a_table_on_that_stands_still():
    night = Night()
    night.read(10, {"ada": 53_000, "ben": 46_500}, 90.0)
    night.read(11, None, 95.0, {"ada": 53.1, "ben": 46.0}, source="globe-story")
    assert night.standing.headline is not None
    assert night.standing.headline.counted == Counted(95.0)


def test_a_lead_in_words_alone_does_not_turn_the_lead():
    night = Night()
    night.read(10, {"ada": 53_000, "ben": 46_500}, 90.0)
    night.take(20, reading(20, None, 99.0, origin="north", source="globe-story", lead=Lead("ben", votes=777)))
    assert night.leader == "ada"
    night.read(30, None, None, origin="globe", source="globe-story", lead=Lead("ada", votes=9000))
    night.read(40, None, 95.0, origin="globe", source="globe-story", lead=Lead("ben", votes=777))
    assert night.standing.origins["globe"].leader == "ada"


def test_a_lead_in_words_gives_the_margin():
    night = Night()
    night.read(10, None, None, origin="globe", source="globe-story", lead=Lead("ada", votes=9000))
    assert night.standing.headline is not None
    assert (night.standing.headline.leader, night.standing.headline.margin_votes) == ("ada", 9000)


def test_a_sentence_with_equal_shares_is_no_tie():
    night = Night()
    night.read(10, None, 90.0, {"ada": 48.7, "ben": 48.6}, source="globe-story")
    assert night.read(12, None, 95.0, {"ada": 48.7, "ben": 48.7}, source="globe-story") == []
    assert night.leader == "ada"


def test_prose_whose_shares_leap_is_doubted():
    night = Night()
    night.read(10, None, 90.0, {"ada": 54.0, "ben": 45.0}, source="globe-story")
    assert night.read(12, None, 95.0, {"ada": 13.0, "ben": 54.0}, source="globe-story") == ["quarantined"]
    assert night.leader == "ada"


def test_a_second_page_of_the_same_origin_that_lags_is_no_fall():
    night = Night()
    night.read(10, {"ada": 20_000, "ben": 19_000}, 60.0)
    assert night.read(11, {"ada": 18_000, "ben": 18_500}, 55.0, source="north-mirror") == []
    assert night.standing.quarantine == ()
    assert night.leader == "ada"
    night.read(45, {"ada": 18_400, "ben": 18_900}, 57.0, source="north-mirror")
    night.read(46, {"ada": 18_500, "ben": 19_000}, 57.5, source="north-mirror")
    assert night.leader == "ben"


def test_another_origin_confirms_what_waits_in_quarantine():
    night = Night()
    night.read(10, {"ada": 20_000, "ben": 19_000}, 60.0)
    night.read(11, {"ada": 20_000, "ben": 39_000}, 60.5)
    assert night.leader == "ada"
    told = night.read(12, {"ada": 20_010, "ben": 39_010}, 60.5, origin="south")
    assert "lead_change" in told
    assert night.leader == "ben"


def test_what_the_operator_rejected_does_not_come_up_again(night):
    night.read(11, {"ada": 20_000, "ben": 39_000, "cem": 3000}, 60.5)
    night.reject(12)
    for minute in (13, 30, 50):
        assert "lead_change" not in night.read(minute, {"ada": 20_000, "ben": 39_000, "cem": 3000}, 60.5)
    assert night.leader == "ada"
    assert len(night.told("quarantined")) == 1


def test_approving_what_is_not_there_is_an_error(night):
    with pytest.raises(KeyError):
        approve(night.standing, "nothing", at(11))


def test_the_same_doubt_is_told_once_an_hour_at_most(night):
    for minute in range(11, 70, 2):
        night.read(minute, {"ada": 0, "ben": 0, "cem": 0}, 0.0)
        night.read(minute + 1, {"ada": 20_000, "ben": 19_000, "cem": 3000}, 60.0)
    assert len(night.told("quarantined")) == 1
    night.read(90, {"ada": 0, "ben": 0, "cem": 0}, 0.0)
    assert len(night.told("quarantined")) == 2


def test_a_thousand_states_keep_the_standing_small():
    night = Night()
    for minute in range(1, 1000):
        night.read(minute, {"ada": 100 * minute, "ben": 90 * minute}, minute / 10.5)
    assert len(json.dumps(standing_to_wire(night.standing))) < 6000


def test_nothing_is_due_before_the_first_reading():
    assert next_due(Standing.start(race())) is None
    assert next_due(Night(embargo=at(60)).standing) is None


def test_the_end_of_the_embargo_is_due():
    night = Night(embargo=at(75))
    night.read(60, {"ada": 100, "ben": 90}, 10.0)
    assert next_due(night.standing) == at(75)


def test_a_later_stamp_on_the_same_numbers_is_believed_and_tells_nothing():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 50.0, stamped=True)
    assert night.read(20, {"ada": 100, "ben": 90}, 50.0, stamped=True) == []
    headline = night.standing.headline
    assert headline is not None
    assert headline.as_of == at(20)
    assert night.standing.origins["north"].moved == at(10)
    before = night.standing
    assert night.take(21, reading(15, {"ada": 100, "ben": 90}, 50.0, stamped=True)) == ()
    assert night.standing is before


def test_a_later_stamp_under_an_embargo_changes_nothing():
    night = Night(embargo=at(5))
    night.read(10, {"ada": 100, "ben": 90}, 50.0, stamped=True)
    before = night.standing
    assert night.take(4, reading(20, {"ada": 100, "ben": 90}, 50.0, stamped=True)) == ()
    assert night.standing.headline == before.headline


def test_columns_that_are_read_in_another_order_of_candidates_are_no_jump(night):
    assert night.read(11, {"cem": 3100, "ben": 19_500, "ada": 20_600}, 61.0) == []
    assert night.leader == "ada"
    assert night.read(12, {"ben": 39_500, "ada": 20_600, "cem": 3100}, 61.5) == ["quarantined"]


def test_first_results_that_are_level_have_no_leader():
    night = Night()
    assert night.read(10, {"ada": 100, "ben": 100}, 50.0) == ["first_results"]
    assert night.events[0].after is None
    assert night.read(11, {"ada": 100, "ben": 101}, 51.0) == []
    assert night.leader == "ben"


def test_a_lead_told_beside_shares_gives_the_margin_in_votes():
    night = Night()
    night.read(10, None, 96.07, {"ada": 54.3, "ben": 44.79}, lead=Lead("ada", votes=800_242))
    headline = night.standing.headline
    assert headline is not None
    assert (headline.margin_votes, headline.margin_points) == (800_242, 9.51)


def test_the_place_of_a_candidate_without_votes_is_last():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90, "cem": None}, 50.0)
    headline = night.standing.headline
    assert headline is not None
    assert [result.candidate for result in headline.results] == ["ada", "ben", "cem"]


def test_a_feed_that_only_counts_further_is_alive():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 90.0)
    night.read(20, {"ada": 101, "ben": 91}, 95.0)
    night.read(30, {"ada": 101, "ben": 91}, 100.0)
    assert night.wait(300) == []


@pytest.fixture
def shares():
    night = Night()
    night.read(10, shares={"ada": 55.0, "ben": 41.0, "cem": 4.0}, pct=80.0)
    night.read(20, shares={"ada": 54.0, "ben": 42.0, "cem": 4.0}, pct=90.0)
    return night


@pytest.mark.parametrize(
    ("odd", "pct"),
    [
        ({"ada": 42.1, "ben": 53.9, "cem": 4.0}, 90.5),
        ({"ada": 42.1, "ben": 53.9, "cem": 4.0}, None),
        ({"ada": 47.0, "ben": 49.0, "cem": 4.0}, 91.0),
        ({"ada": 48.0, "ben": 48.0, "cem": 4.0}, 91.0),
        ({"ada": 33.4, "ben": 33.5, "cem": 33.1}, None),
    ],
    ids=["names changed", "without per cent", "a leap", "a leap to a tie", "a test feed"],
)
def test_shares_that_leap_over_the_lead_alert_nobody_and_go_away_again(shares, odd, pct):
    before = shares.standing.headline
    assert set(shares.read(30, shares=odd, pct=pct)) <= {"quarantined"}
    assert shares.standing.headline == before
    shares.read(40, shares={"ada": 53.9, "ben": 42.1, "cem": 4.0}, pct=91.5)
    assert shares.standing.quarantine == ()
    assert not shares.told("lead_change") + shares.told("tie")


def test_a_turn_by_a_leap_of_shares_is_told_with_the_next_poll(shares):
    assert shares.read(30, shares={"ada": 47.0, "ben": 49.0, "cem": 4.0}, pct=91.0) == []
    assert "lead_change" in shares.read(40, shares={"ada": 46.9, "ben": 49.1, "cem": 4.0}, pct=92.0)


def test_a_turn_by_a_little_or_by_what_is_newly_counted_is_told_at_once():
    night = Night()
    night.read(10, shares={"ada": 48.5, "ben": 47.5, "cem": 4.0}, pct=50.0)
    assert "lead_change" in night.read(20, shares={"ada": 47.7, "ben": 48.3, "cem": 4.0}, pct=50.0)
    assert "lead_change" in night.read(30, shares={"ada": 52.0, "ben": 44.0, "cem": 4.0}, pct=70.0)


def test_a_page_that_leaves_out_how_far_it_is_is_judged_by_what_it_said_before(shares):
    shares.read(30, shares={"ada": 53.8, "ben": 42.2, "cem": 4.0})
    shares.read(40, shares={"ada": 20.0, "ben": 72.0, "cem": 8.0})
    assert shares.standing.quarantine[0].doubt is Doubt.JUMP


def test_an_earlier_state_of_shares_with_a_new_per_cent_is_still_a_cache():
    night = Night()
    night.read(10, shares={"ada": 49.6, "ben": 50.4}, pct=80.0)
    night.read(20, shares={"ada": 51.0, "ben": 49.0}, pct=90.0)
    assert night.read(30, shares={"ada": 49.6, "ben": 50.4}, pct=91.0) == []
    assert night.standing.quarantine[0].doubt is Doubt.STALE_CACHE


def test_a_digit_too_many_waits_though_the_others_were_counted_on():
    night = Night()
    night.read(20, {"ada": 24_000, "ben": 20_000, "cem": 9_000}, 60.0)
    assert set(night.read(30, {"ada": 26_000, "ben": 21_500, "cem": 98_000}, 63.0)) <= {"quarantined"}
    assert night.standing.quarantine[0].doubt is Doubt.ONE_SIDED
    night.read(40, {"ada": 27_000, "ben": 22_500, "cem": 9_900}, 65.0)
    assert night.standing.quarantine == ()
    assert not night.told("lead_change")


def test_a_batch_that_lets_everybody_grow_is_no_digit_too_many():
    night = Night()
    night.read(20, {"ada": 2_400, "ben": 2_000, "cem": 900}, 60.0)
    assert night.read(30, {"ada": 3_000, "ben": 4_500, "cem": 1_100}, 80.0).count("lead_change") == 1


def test_shares_of_two_that_mirror_each_other_are_no_columns_that_changed_places():
    night = Night()
    night.read(10, shares={"ada": 50.1, "ben": 49.9}, pct=60.0)
    assert night.read(20, shares={"ada": 49.9, "ben": 50.1}, pct=61.0) == ["lead_change"]
    assert night.read(30, shares={"ada": 50.1, "ben": 49.9}, pct=62.0) == ["lead_change"]


def test_shares_that_change_places_without_a_vote_more_are_doubted():
    night = Night()
    night.read(10, shares={"ada": 50.1, "ben": 49.9}, pct=60.0)
    assert night.read(20, shares={"ada": 49.9, "ben": 50.1}, pct=60.0) == ["quarantined"]
    assert night.standing.quarantine[0].doubt is Doubt.SWAPPED


def test_an_earlier_state_of_near_shares_may_come_again_if_boxes_came_between():
    night = Night()
    for minute, ada, pct in ((10, 50.2, 40.0), (20, 49.9, 41.0)):
        night.read(minute, shares={"ada": ada, "ben": 100.0 - ada}, pct=pct)
    assert night.read(30, shares={"ada": 50.2, "ben": 49.8}, pct=42.0) == ["lead_change"]


def test_a_leap_of_shares_that_stands_is_believed_by_time_alone(shares):
    assert shares.read(30, shares={"ada": 47.0, "ben": 49.0, "cem": 4.0}, pct=91.0) == []
    assert shares.standing.quarantine[0].doubt is Doubt.LEAP
    assert shares.wait(49) == []
    assert "lead_change" in shares.wait(50)


def test_three_who_are_near_each_other_to_the_end_are_no_test_feed():
    night = Night()
    night.read(10, shares={"ada": 35.0, "ben": 33.0, "cem": 32.0}, pct=40.0)
    assert night.read(20, shares={"ada": 33.2, "ben": 33.9, "cem": 32.9}, pct=55.0) == [
        "lead_change",
        "milestone",
    ]


@pytest.mark.parametrize(
    "typed",
    [{"ada": 62, "ben": 550, "cem": 40}, {"ada": 64, "ben": 560, "cem": 41}],
    ids=["alone", "while others grow"],
)
def test_a_digit_too_many_is_held_in_a_small_count_too(typed):
    night = Night()
    night.read(10, {"ada": 62, "ben": 55, "cem": 40}, 40.0)
    assert night.read(20, typed, 40.0) == ["quarantined"]
    assert night.standing.quarantine[0].doubt is Doubt.ONE_SIDED
    assert night.read(30, {"ada": 70, "ben": 61, "cem": 44}, 45.0) == []
    assert night.leader == "ada"


def test_a_box_of_one_mind_is_believed_in_a_small_count():
    night = Night()
    night.read(10, {"ada": 62, "ben": 55, "cem": 40}, 40.0)
    assert "lead_change" in night.read(20, {"ada": 62, "ben": 74, "cem": 40}, 43.0)


def test_a_count_of_all_with_a_digit_too_many_is_held_from_a_hundred_votes_on():
    night = Night()
    night.read(10, {"ada": 62, "ben": 55}, 40.0)
    assert night.read(20, {"ada": 620, "ben": 700}, 41.0) == ["quarantined"]
    assert night.standing.quarantine[0].doubt is Doubt.JUMP


def test_a_list_of_the_first_few_that_drops_whoever_was_overtaken_is_no_broken_page():
    night = Night()
    night.read(10, {"ada": 30, "ben": 25}, 5.0)
    assert night.read(20, {"ada": 40, "cem": 26}, 6.0) == []
    assert night.standing.quarantine == ()
    assert night.read(30, {"dia": 60, "cem": 45}, 7.0) == ["lead_change"]


def test_a_shorter_list_without_one_of_the_first_two_is_a_broken_page():
    night = Night()
    night.read(10, {"ada": 30, "ben": 25, "cem": 20}, 5.0)
    assert night.read(20, {"ada": 40, "cem": 26}, 6.0) == ["quarantined"]


def test_what_others_lose_by_rounding_does_not_hold_a_turn_of_the_lead():
    night = Night()
    night.read(10, {"ada": 5000, "ben": 4950, "cem": 1000}, 60.0)
    assert night.read(20, {"ada": 5400, "ben": 5500, "cem": 998}, 65.0) == ["revised", "lead_change"]


@pytest.mark.parametrize(
    "fallen", [{"cem": 800}, {"ben": 4940, "ada": 4900}], ids=["a lot", "of the first two"]
)
def test_what_falls_by_more_or_at_the_top_does_hold_it(fallen):
    night = Night()
    night.read(10, {"ada": 5000, "ben": 4950, "cem": 1000}, 60.0)
    assert "lead_change" not in night.read(20, {"ada": 5400, "ben": 5500, "cem": 1000} | fallen, 65.0)
    assert night.leader == "ada"


def test_a_state_that_goes_on_from_the_lower_one_confirms_it_though_it_looks_odd_beside_the_old_one():
    night = Night()
    night.read(10, {"ada": 40_312, "ben": 41_189}, 20.8)
    assert night.read(20, {"ada": 40_861, "ben": 39_601}, 21.0) == []
    assert night.read(30, {"ada": 41_351, "ben": 40_063}, 21.3) == ["revised", "lead_change"]


def test_a_mirror_that_lags_and_moves_on_through_states_long_known_is_a_cache_all_the_same():
    night = Night()
    states = [
        ({"ada": 1000, "ben": 900}, 40.0),
        ({"ada": 1100, "ben": 1000}, 43.0),
        ({"ada": 1150, "ben": 1100}, 46.0),
        ({"ada": 1200, "ben": 1300}, 50.0),
    ]
    for minute, (votes, pct) in enumerate(states):
        night.read(10.0 + minute, votes, pct)
    told = len(night.events)
    for minute, (votes, pct) in enumerate(states[:3]):
        assert night.read(20.0 + minute, votes, pct) == []
    assert night.read(24, {"ada": 1250, "ben": 1360}, 52.0) == []
    assert night.leader == "ben"
    assert night.standing.quarantine == ()
    assert len(night.events) == told
