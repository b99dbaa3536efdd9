"""Where a rule begins and ends: the figure itself, the second time, the option that was set."""

from dataclasses import replace

import pytest
from night_at_hand import Night, at, reading

from tally.accept.gates import looks_like_test
from tally.believe import as_far
from tally.claim import Claim, ClaimKind
from tally.decide import next_due, unchanged
from tally.event import Tier
from tally.evidence import Evidence
from tally.race import Candidate, Method
from tally.reading import Lead, Qualifier, Result
from tally.standing import Doubt, Standing
from tally.tell import standing_lines
from tally.verdict import Fate, of_claim, of_reading


def test_a_leader_who_loses_a_few_votes_and_the_lead_waits_though_thousands_came_in():
    night = Night()
    night.read(10, {"ada": 5000, "ben": 4950, "cem": 1000}, 60.0)
    assert "lead_change" not in night.read(20, {"ada": 4999, "ben": 5500, "cem": 1010}, 65.0)
    assert night.standing.quarantine[0].doubt is Doubt.REVERSAL


def test_four_times_is_a_digit_too_many_in_a_large_count_and_eight_in_a_small_one():
    for size, doubted in ((10, 0), (1000, 1)):
        night = Night()
        night.read(10, {"ada": 4 * size, "ben": 3 * size, "cem": size}, 40.0)
        night.read(20, {"ada": 41 * size // 10, "ben": 31 * size // 10, "cem": 5 * size}, 41.0)
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


def test_names_of_tests_are_known_again_after_many_others():
    night = Night()
    for number in range(10_002):
        looks_like_test(f"Candidate {number}")
    assert night.read(10, {"TEST CANDIDATE": 10, "ada": 5}, 10.0) == ["quarantined"]


def test_a_leader_in_words_at_the_first_is_known_and_who_is_level_is_not_a_lead():
    night = Night()
    night.read(10, None, None, origin="globe", source="globe-story", lead=Lead("ada"))
    assert [event.after for event in night.events] == ["ada"]
    assert Standing.start(night.race).tier is Tier.FLASH
    assert list(standing_lines(Standing.start(night.race))) == [
        "Mayor (mayor) · waiting",
        "  nothing counted yet",
    ]


def test_a_share_of_at_most_so_much_is_no_majority():
    night = Night()
    most = (Result("ada", None, 58.0, Qualifier.AT_MOST),)
    night.take(10, replace(reading(10, None, 90.0, {"ada": 58.0}, source="globe-story"), results=most))
    assert night.standing.headline is None or night.standing.headline.leader is None


def test_votes_left_say_nothing_of_a_tie_nor_twice_of_one_leader():
    night = Night()
    night.read(10, {"ada": 900, "ben": 900}, 95.0, votes_left=10)
    night.read(20, {"ada": 990, "ben": 905}, 97.0, votes_left=40)
    night.read(30, {"ada": 995, "ben": 906}, 98.0, votes_left=30)
    told = [event for event in night.events if event.details.get("beyond_reach")]
    assert [(event.after, event.details["votes_left"]) for event in told] == [("ada", 40)]


def test_lines_of_seats_need_more_candidates_than_seats_and_a_number_at_the_line():
    night = Night(method=Method.TOP_N, seats=2)
    night.read(10, {"ada": 100, "ben": 90}, 10.0)
    night.read(20, {"ada": 110, "ben": 95, "cem": None}, 11.0)
    night.read(30, {"ada": 120, "ben": 99, "cem": 99}, 12.0)
    assert night.told("line_change") == []


def test_one_seat_has_the_lead_for_its_line():
    night = Night(method=Method.TOP_N, seats=1)
    night.read(10, {"ada": 100, "ben": 90, "cem": 5}, 10.0)
    night.read(20, {"ada": 110, "ben": 110, "cem": 6}, 12.0)
    night.read(30, {"ada": 111, "ben": 120, "cem": 7}, 14.0)
    assert [event.kind.value for event in night.events] == ["first_results", "tie", "lead_change"]


def test_a_majority_needs_somebodys_share():
    night = Night(method=Method.MAJORITY)
    night.read(10, None, None, origin="globe", source="globe-story", lead=Lead("ada"))
    assert night.kinds == ["first_results"]


def test_another_origin_that_tells_a_later_round_tells_no_round_of_the_first():
    night = Night(method=Method.RANKED)
    night.read(10, {"ada": 100, "ben": 90, "cem": 20}, 100.0, round=1)
    night.read(20, {"ada": 110, "ben": 100}, 100.0, round=2, origin="board")
    assert night.told("milestone") == []


def test_a_reading_that_a_numberless_one_follows_is_known():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 10.0)
    bare = replace(reading(11, {"ada": None}, 10.0), results=())
    before = night.standing
    night.take(11, bare)
    assert of_reading(before, night.standing, bare).why == "it has no numbers"


def test_what_an_operator_refused_is_said_to_be_refused():
    night = Night()
    night.read(10, {"ada": 20_000, "ben": 19_000}, 60.0)
    typed = reading(11, {"ada": 20_000, "ben": 39_000}, 60.5)
    night.take(11, typed)
    night.reject(12)
    before = night.standing
    again = replace(typed, as_of=at(13))
    night.take(13, again)
    assert of_reading(before, night.standing, again).why.endswith("an operator refused it")


def test_a_boards_call_is_told_to_be_taken_as_its_declaration():
    night = Night()
    before = night.standing
    call = Claim("mayor", ClaimKind.CALLED, "board", at(10), Evidence("elected"), "EB", "ada")
    night.take(10, claims=(call,))
    assert of_claim(before, night.standing, call, at(10)).fate is Fate.ACCEPTED


def test_a_victory_claim_by_nobody_who_stands_is_none():
    assert Night().say(10, ClaimKind.VICTORY_CLAIM, "The President") == ()


def test_one_candidate_alone_can_not_be_turned_by_a_leap():
    night = Night()
    night.read(10, None, 60.0, {"ada": 60.0})
    night.read(20, None, 61.0, {"ben": 55.0})
    assert night.leader == "ada"


def test_a_desk_may_take_two_calls_back_in_the_same_words():
    night = Night()
    for minute, name in ((10, "ada"), (20, "ben")):
        night.say(minute, ClaimKind.CALLED, "north", name)
    for minute, name in ((30, "ada"), (40, "ben")):
        told = night.say(minute, ClaimKind.CALL_WITHDRAWN, "north", name, quote="we withdraw our call")
        assert [event.before for event in told] == [name]


def test_a_withdrawal_of_the_same_hour_as_the_word_confirms_one_as_well():
    night = Night()
    night.say(10, ClaimKind.CONCESSION, "ben")
    night.say(11, ClaimKind.CONCESSION_WITHDRAWN, "ben")
    second = night.say(12, ClaimKind.CONCESSION_WITHDRAWN, "ben", origin="star", as_of=at(10))
    assert [event.tier for event in second] == [Tier.CONFIRMED]
