"""What counts as news on a results night: one test for each rule of the field, named for it."""

from dataclasses import replace

import pytest
from night_at_hand import Night, at, reading

from tally.claim import Claim, ClaimKind, Strength
from tally.event import Audience, EventKind, Level, Tier
from tally.evidence import Evidence
from tally.race import Method, Rank
from tally.reading import Counted, Lead, Status


def test_whoever_is_ahead_is_told_with_the_numbers_and_never_as_the_winner():
    night = Night()
    assert night.read(10, {"ada": 100, "ben": 90}, 5.0) == ["first_results"]
    event = night.events[0]
    assert event.after == "ada"
    assert event.headline is not None
    assert event.headline.margin_votes == 10
    assert event.headline.margin_points == pytest.approx(5.2632)
    assert night.standing.statuses == ()


def test_a_concession_before_any_call_is_a_concession_and_nothing_more():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 5.0)
    events = night.say(20, ClaimKind.CONCESSION, "ben")
    assert [event.kind.value for event in events] == ["concession"]
    assert events[0].candidate == "ben"
    assert [said.kind for said in night.standing.statuses] == [ClaimKind.CONCESSION]


def test_a_soft_concession_is_told_as_soft_and_a_firm_one_after_it_as_an_upgrade():
    night = Night()
    soft = night.say(16, ClaimKind.CONCESSION, "ben", strength=Strength.SOFT)[0]
    firm = night.say(18, ClaimKind.CONCESSION, "ben", origin="star")[0]
    assert (soft.before, soft.after, soft.updates) == (None, "soft", None)
    assert (firm.before, firm.after, firm.updates) == ("soft", "firm", None)
    assert soft.key != firm.key


def test_a_concession_repeated_by_other_outlets_is_confirmed_once_and_never_told_again():
    night = Night()
    first = night.say(16, ClaimKind.CONCESSION, "ben")[0]
    confirmed = night.say(17, ClaimKind.CONCESSION, "ben", origin="star")
    assert [(e.kind.value, e.updates, e.tier) for e in confirmed] == [
        ("concession", first.key, Tier.CONFIRMED)
    ]
    assert night.say(18, ClaimKind.CONCESSION, "ben", origin="north") == ()
    assert night.say(19, ClaimKind.CONCESSION, "ben", strength=Strength.SOFT) == ()
    assert night.standing.statuses[0].origins == ("globe", "star", "north")


def test_a_third_partys_congratulation_is_no_concession():
    night = Night()
    assert night.say(30, ClaimKind.CONGRATULATION, "The President", "ada") == ()
    assert night.say(31, ClaimKind.CONCESSION, "The President") == ()
    assert night.standing.statuses == ()


@pytest.mark.parametrize(
    "more",
    [{"kind": ClaimKind.REFUSAL}, {"history": True}, {"race": "another"}],
    ids=["refusal", "history", "race"],
)
def test_refusals_history_and_other_races_are_no_concession(more):
    night = Night()
    claim = Claim("mayor", ClaimKind.CONCESSION, "globe", at(20), Evidence("words"), actor="ben")
    assert night.take(20, claims=(replace(claim, **more),)) == ()


def test_a_concession_can_be_taken_back_and_that_is_news():
    night = Night()
    told = night.say(16, ClaimKind.CONCESSION, "ben")[0]
    back = night.say(40, ClaimKind.CONCESSION_WITHDRAWN, "ben")[0]
    assert (back.kind, back.corrects, back.candidate) == (EventKind.CONCESSION_WITHDRAWN, told.key, "ben")
    assert night.standing.statuses[0].withdrawn == at(40)
    assert (back.level, back.tier) == (Level.URGENT, Tier.FLASH)
    assert night.say(41, ClaimKind.CONCESSION_WITHDRAWN, "ben") == ()


def test_a_second_origin_makes_a_withdrawal_surer_and_is_not_told_again():
    night = Night()
    night.say(16, ClaimKind.CONCESSION, "ben")
    back = night.say(40, ClaimKind.CONCESSION_WITHDRAWN, "ben")[0]
    second = night.say(41, ClaimKind.CONCESSION_WITHDRAWN, "ben", origin="star")[0]
    assert (second.updates, second.tier, second.level) == (back.key, Tier.CONFIRMED, Level.ROUTINE)
    assert (second.corrects, [proof.origin for proof in second.proofs]) == (None, ["globe", "star"])
    assert night.say(42, ClaimKind.CONCESSION_WITHDRAWN, "ben", origin="north") == ()
    assert night.standing.statuses[0].reversal.origins == ("globe", "star", "north")


def test_an_officials_withdrawal_is_sure_at_once_and_a_second_one_adds_nothing():
    night = Night()
    night.say(16, ClaimKind.DECLARED, "EB", "ada", origin="board")
    back = night.say(20, ClaimKind.DECLARATION_WITHDRAWN, "EB", "ada", origin="board")[0]
    assert back.tier is Tier.CONFIRMED
    assert night.say(21, ClaimKind.DECLARATION_WITHDRAWN, "EB", "ada", origin="globe") == ()


def test_an_old_withdrawal_read_again_does_not_close_a_word_given_anew():
    night = Night()
    night.say(16, ClaimKind.CONCESSION, "ben")
    night.say(40, ClaimKind.CONCESSION_WITHDRAWN, "ben", quote="not over")
    night.say(90, ClaimKind.CONCESSION, "ben", origin="star", quote="it is over")
    assert night.say(95, ClaimKind.CONCESSION_WITHDRAWN, "ben", quote="not over") == ()
    assert night.standing.statuses[-1].withdrawn is None
    assert len(night.say(99, ClaimKind.CONCESSION_WITHDRAWN, "ben", quote="I was wrong again")) == 1


def test_a_firm_word_is_confirmed_only_by_a_second_origin_that_is_firm():
    night = Night()
    night.say(16, ClaimKind.CONCESSION, "ben", strength=Strength.SOFT)
    soft = night.say(17, ClaimKind.CONCESSION, "ben", strength=Strength.SOFT, origin="star")[0]
    assert (soft.after, soft.tier) == ("soft", Tier.CONFIRMED)
    firm = night.say(48, ClaimKind.CONCESSION, "ben", origin="star")[0]
    assert (firm.before, firm.after, firm.tier, firm.details["origins"]) == ("soft", "firm", Tier.FLASH, 1)
    assert night.say(49, ClaimKind.CONCESSION, "ben", strength=Strength.SOFT, origin="north") == ()
    second = night.say(55, ClaimKind.CONCESSION, "ben")[0]
    assert (second.updates, second.tier, second.details["origins"]) == (firm.key, Tier.CONFIRMED, 2)
    assert night.standing.statuses[0].firm == ("star", "globe")


def test_a_soft_word_beside_a_firm_one_confirms_nothing():
    night = Night()
    night.say(16, ClaimKind.CONCESSION, "ben")
    assert night.say(17, ClaimKind.CONCESSION, "ben", strength=Strength.SOFT, origin="star") == ()
    said = night.standing.statuses[0]
    assert (said.origins, said.firm, said.confirmed) == (("globe", "star"), ("globe",), False)
    assert night.say(18, ClaimKind.CONCESSION, "ben", origin="star")[0].tier is Tier.CONFIRMED


def test_a_concession_taken_back_is_not_told_again_by_an_old_page():
    night = Night()
    night.say(16, ClaimKind.CONCESSION, "ben", quote="I concede")
    night.say(40, ClaimKind.CONCESSION_WITHDRAWN, "ben")
    assert night.say(45, ClaimKind.CONCESSION, "ben", quote="I concede") == ()
    assert night.say(46, ClaimKind.CONCESSION, "ben", origin="star", as_of=at(30)) == ()
    again = night.say(90, ClaimKind.CONCESSION, "ben", origin="star", quote="This time it is over")
    assert [event.kind.value for event in again] == ["concession"]
    assert len({event.key for event in night.events}) == len(night.events)


def test_a_call_can_be_withdrawn_and_the_race_is_open_again():
    night = Night()
    call = night.say(60, ClaimKind.CALLED, "NA", "ada")[0]
    back = night.say(150, ClaimKind.CALL_WITHDRAWN, "North Agency")[0]
    assert (back.kind, back.corrects, back.before) == (EventKind.CALL_WITHDRAWN, call.key, "ada")
    again = night.say(300, ClaimKind.CALLED, "north", "ben", origin="star")[0]
    assert again.kind is EventKind.CALLED
    assert again.key != call.key


def test_a_withdrawal_of_a_call_that_was_never_heard_is_told_once():
    night = Night()
    first = night.say(60, ClaimKind.CALL_WITHDRAWN, "north", "ada")
    assert [(event.kind.value, event.corrects) for event in first] == [("call_withdrawn", None)]
    assert night.say(61, ClaimKind.CALL_WITHDRAWN, "north", "ada") == ()
    again = night.say(62, ClaimKind.CALL_WITHDRAWN, "north", "ada", origin="star")
    assert [(event.updates, event.corrects) for event in again] == [(first[0].key, None)]


def test_calls_belong_to_desks():
    night = Night()
    first = night.say(60, ClaimKind.CALLED, "north", "ada")[0]
    second = night.say(200, ClaimKind.CALLED, "south", "ada")[0]
    other = night.say(210, ClaimKind.CALLED, "The Dawn", "ben")[0]
    assert first.details["desk"] == "north"
    assert second.details["desks"] == "north, south"
    assert (first.level, second.level) == (Level.URGENT, Level.IMPORTANT)
    assert other.details["desks_for_others"] == "north, south"
    assert night.say(220, ClaimKind.CALLED, "NA", "ada") == ()


def test_a_call_for_nobody_is_none():
    assert Night().say(60, ClaimKind.CALLED, "north") == ()


def test_a_projection_is_less_than_a_call_and_never_promoted_into_one():
    night = Night()
    soft = night.say(60, ClaimKind.CALLED, "NA", "ada", strength=Strength.SOFT)[0]
    assert (soft.kind, soft.level, soft.details["strength"]) == (EventKind.CALLED, Level.IMPORTANT, "soft")
    assert [said.status for said in night.standing.statuses] == ["projected"]
    other = night.say(70, ClaimKind.CALLED, "south", "ada")[0]
    assert (other.level, other.details["desks"]) == (Level.URGENT, "south")
    firm = night.say(80, ClaimKind.CALLED, "NA", "ada")[0]
    assert (firm.updates, firm.details["desks"]) == (None, "north, south")
    assert [said.status for said in night.standing.statuses] == ["called", "called"]


def test_what_a_board_projects_is_no_declaration_and_what_it_calls_is_one():
    night = Night()
    night.say(60, ClaimKind.CALLED, "EB", "ada", strength=Strength.SOFT, origin="board")
    assert night.standing.phase.value != "declared"
    assert night.say(70, ClaimKind.CALLED, "EB", "ada", origin="board")[0].kind is EventKind.DECLARED
    assert [said.status for said in night.standing.statuses] == ["projected", "declared"]


def test_both_sides_can_claim_victory_and_the_one_who_trails_too():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 60.0)
    ahead = night.say(20, ClaimKind.VICTORY_CLAIM, "ada")[0]
    trails = night.say(30, ClaimKind.VICTORY_CLAIM, "ben")[0]
    assert (ahead.candidate, ahead.details["trails"]) == ("ada", False)
    assert (trails.candidate, trails.details["trails"]) == ("ben", True)
    assert night.say(31, ClaimKind.VICTORY_CLAIM, "ben") == ()
    back = night.say(50, ClaimKind.VICTORY_CLAIM_WITHDRAWN, "ben")[0]
    assert (back.kind, back.after, back.corrects) == (EventKind.VICTORY_CLAIM, "withdrawn", trails.key)


def test_an_origin_flips_the_race_only_against_itself():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    kinds = night.read(11, {"ada": 900, "ben": 1000}, 51.0, origin="south")
    assert kinds == ["disagreement"]
    assert night.leader == "ada"
    assert night.read(12, {"ada": 1050, "ben": 1060}, 52.0) == ["lead_change"]
    assert night.leader == "ben"


def test_sources_that_disagree_are_told_once_with_both():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    night.read(11, {"ada": 900, "ben": 1000}, 51.0, origin="south")
    event = night.told("disagreement")[0]
    assert event.headline is not None
    assert {event.headline.origin, event.others[0].origin} == {"north", "south"}
    assert len(event.proofs) == 2
    assert night.read(12, {"ada": 910, "ben": 1010}, 52.0, origin="south") == []


def test_margins_that_differ_late_in_the_count_are_a_disagreement_and_no_flip():
    night = Night()
    night.read(10, {"ada": 4_688_628, "ben": 3_915_179}, 99.19)
    kinds = night.read(
        12, None, 96.07, {"ada": 54.30, "ben": 44.79}, origin="south", lead=Lead("ada", votes=800_242)
    )
    assert kinds == ["disagreement"]
    event = night.events[-1]
    assert (event.details["same_leader"], event.level) == (True, Level.ROUTINE)
    assert night.leader == "ada"


def test_rounding_alone_is_no_disagreement():
    night = Night()
    night.read(10, None, 95.0, {"ada": 53.69, "ben": 45.4})
    assert night.read(12, None, 95.0, {"ada": 54.0, "ben": 45.0}, origin="globe") == []


def test_an_origin_of_higher_rank_that_is_at_least_as_far_overrules_and_is_named():
    night = Night()
    night.read(10, None, 98.8, {"ada": 48.71, "ben": 48.65})
    kinds = night.read(600, {"ada": 4_129_892, "ben": 4_157_114}, 99.68, origin="board")
    assert "lead_change" in kinds
    assert "disagreement" not in kinds
    event = night.told("lead_change")[0]
    assert (event.before, event.after, event.origin) == ("ada", "ben", "board")
    assert (event.details["overrules"], event.tier, event.level) == ("north", Tier.CONFIRMED, Level.URGENT)
    assert event.others[0].origin == "north"


def test_an_origin_of_higher_rank_that_is_not_as_far_overrules_nothing():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 60.0)
    assert night.read(20, {"ada": 400, "ben": 500}, 45.0, origin="board") == ["disagreement"]
    assert night.leader == "ada"


def test_readings_are_ordered_by_the_origins_stamp_not_by_arrival():
    night = Night()
    night.read(30, {"ada": 1000, "ben": 1100}, 50.0, stamped=True)
    late = reading(20, {"ada": 900, "ben": 800}, 40.0, stamped=True)
    assert night.take(31, late) == ()
    assert night.leader == "ben"


def test_an_earlier_state_served_by_a_cache_changes_nothing():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 40.0)
    night.read(20, {"ada": 1100, "ben": 1200}, 50.0)
    told = len(night.events)
    night.read(21, {"ada": 1000, "ben": 900}, 40.0)
    night.read(22, {"ada": 1000, "ben": 900}, 40.0)
    night.read(23, {"ada": 1150, "ben": 1250}, 52.0)
    assert night.leader == "ben"
    assert night.kinds[told:] == []


def test_an_earlier_state_that_persists_is_believed_in_the_end():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 40.0)
    night.read(20, {"ada": 1100, "ben": 1200}, 50.0)
    for minute in (21, 25):
        assert "lead_change" not in night.read(minute, {"ada": 1000, "ben": 900}, 40.0)
    assert "lead_change" in night.read(35, {"ada": 1000, "ben": 900}, 40.0)


def test_votes_that_go_down_hold_the_lead_until_the_next_poll_and_are_told_as_revised():
    night = Night()
    night.read(10, {"ada": 153_710, "ben": 20_000}, 50.0)
    assert night.read(30, {"ada": 15_371, "ben": 20_100}, 50.0) == []
    assert night.leader == "ada"
    assert night.read(31, {"ada": 15_371, "ben": 20_100}, 50.0) == ["revised", "lead_change"]
    assert night.leader == "ben"
    assert night.told("revised")[0].details["fell.ada"] == 153_710 - 15_371


def test_votes_that_go_down_are_confirmed_by_another_origin_at_once():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    night.read(11, {"ada": 950, "ben": 960}, 51.0, origin="south")
    assert night.read(12, {"ada": 950, "ben": 961}, 51.0) == ["revised", "lead_change"]


def test_all_zeros_is_an_outage_for_the_operator_and_no_lead_change():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    assert night.read(11, {"ada": 0, "ben": 0}, 0.0) == ["quarantined"]
    assert night.events[-1].kind.audience is Audience.OPERATORS
    for minute in (12, 30, 90):
        assert "lead_change" not in night.read(minute, {"ada": 0, "ben": 0}, 0.0)
    assert night.read(95, {"ada": 1001, "ben": 901}, 50.1) in ([], ["resumed"])
    assert night.leader == "ada"


def test_zeros_before_the_first_votes_are_no_outage():
    night = Night()
    assert night.read(1, {"ada": 0, "ben": 0}, 0.0) == []
    assert night.standing.quarantine == ()


def test_a_jump_no_electorate_explains_alerts_nobody_until_approved():
    night = Night(electorate=50_000)
    night.read(10, {"ada": 9000, "ben": 10_000}, 50.0)
    assert night.read(11, {"ada": 153_710, "ben": 10_000}, 51.0) == ["quarantined"]
    assert night.leader == "ben"
    assert night.approve(15) == ["lead_change"]
    assert night.leader == "ada"


def test_a_batch_for_one_candidate_alone_waits():
    night = Night()
    night.read(10, {"ada": 9000, "ben": 10_000}, 50.0)
    assert night.read(11, {"ada": 90_000, "ben": 10_000}, 50.0) == ["quarantined"]
    assert night.read(12, {"ada": 9100, "ben": 10_100}, 50.5) == []
    assert night.leader == "ben"


def test_shares_that_add_to_more_than_a_hundred_are_quarantined():
    night = Night()
    assert night.read(10, None, 50.0, {"ada": 55.0, "ben": 52.0}) == ["quarantined"]
    assert night.standing.headline is None


def test_nothing_is_told_before_polls_close_nor_of_the_same_numbers_after():
    night = Night()
    assert night.read(-60, {"ada": 100, "ben": 90}, 100.0) == ["quarantined"]
    assert night.read(-30, {"ada": 110, "ben": 120}, 100.0) == []
    assert night.say(-10, ClaimKind.CONCESSION, "ben") == ()
    assert night.read(1, {"ada": 110, "ben": 120}, 100.0) == []
    assert night.read(10, {"ada": 20, "ben": 10}, 1.0) == ["first_results"]


def test_an_embargo_holds_counts_and_claims_until_it_lifts():
    night = Night(embargo=at(75))
    assert night.read(60, {"ada": 100, "ben": 90}, 10.0) == ["quarantined"]
    assert night.say(70, ClaimKind.CONCESSION, "ben") == ()
    assert night.wait(74.9) == []
    assert night.wait(75) == ["first_results", "concession"]


def test_test_flags_and_test_names_alert_nobody():
    night = Night()
    assert night.read(10, {"ada": 100, "ben": 90}, 10.0, status=Status.TEST) == ["quarantined"]
    assert night.read(11, {"Test Candidate 1": 100, "Test Candidate 2": 90}, 10.0, origin="south") == [
        "quarantined"
    ]
    assert night.standing.headline is None


def test_a_feed_that_stops_is_told_once_and_its_return_too():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 90.0)
    night.read(14, {"ada": 1100, "ben": 990}, 98.8)
    told = len(night.events)
    assert night.wait(58) == []
    assert night.wait(60) == ["stale"]
    assert night.wait(600) == []
    event = night.events[told]
    assert event.details["since"] == at(14).isoformat()
    assert night.read(601, {"ada": 1110, "ben": 999}, 98.9) == ["resumed"]


def test_a_story_about_a_feed_that_stopped_is_not_its_return():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 90.0)
    boxes = Counted(98.8, basis="ballot boxes")
    night.take(14, replace(reading(14, {"ada": 1100, "ben": 990}), counted=boxes))
    assert night.wait(60) == ["stale"]
    assert night.read(70, {"ada": 1100, "ben": 990}, 98.8, source="globe-story") == []
    assert night.read(80, {"ada": 1110, "ben": 999}, 98.9) == ["resumed"]


@pytest.mark.parametrize(
    "kind", [ClaimKind.RECOUNT, ClaimKind.DECLARED, ClaimKind.CERTIFIED, ClaimKind.ANNULLED]
)
def test_a_feed_is_not_stale_once_the_count_is_over(kind):
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 90.0)
    night.read(14, {"ada": 1100, "ben": 990}, 98.8)
    night.say(20, kind, "board", "ada" if kind is not ClaimKind.RECOUNT else None)
    assert night.wait(600) == []


def test_a_hundred_per_cent_of_precincts_is_no_milestone():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 99.5)
    assert night.read(20, {"ada": 1010, "ben": 905}, 100.0) == []
    assert night.read(30, {"ada": 1020, "ben": 1030}, 100.0) == ["lead_change"]


def test_what_cannot_be_overtaken_is_said_only_where_the_votes_left_are_known():
    night = Night()
    night.read(10, {"ada": 10_000, "ben": 5_000}, 97.0)
    assert night.told("milestone") == []
    night.read(20, {"ada": 10_100, "ben": 5_100}, 98.0, votes_left=4000)
    event = night.told("milestone")[0]
    assert (event.details["beyond_reach"], event.details["votes_left"]) == (True, 4000)
    assert night.read(21, {"ada": 10_110, "ben": 5_100}, 98.1, votes_left=3900) == []


def test_a_tie_is_a_state_of_its_own_and_the_next_leader_is_compared_with_the_last_one():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    assert night.read(20, {"ada": 1100, "ben": 1100}, 60.0) == ["tie"]
    assert night.leader is None
    assert night.told("tie")[0].after == "ada = ben"
    assert night.read(21, {"ada": 1101, "ben": 1100}, 60.1) in ([], ["close"])
    assert "tie" in night.read(22, {"ada": 1110, "ben": 1110}, 60.2)
    assert "lead_change" in night.read(23, {"ada": 1110, "ben": 1120}, 60.3)
    assert (night.told("lead_change")[0].before, night.told("lead_change")[0].after) == ("ada", "ben")


def test_the_majority_line_is_told_when_it_is_crossed_both_ways():
    night = Night(method=Method.MAJORITY)
    night.read(10, None, 50.0, {"ada": 51.2, "ben": 44.0})
    night.read(20, None, 90.0, {"ada": 49.5, "ben": 45.0})
    night.read(30, None, 95.0, {"ada": 50.1, "ben": 44.8})
    assert [(e.before, e.after, e.candidate) for e in night.told("line_change")] == [
        ("above", "below", "ada"),
        ("below", "above", "ada"),
    ]


def test_the_top_two_line_is_told_and_a_tie_on_it_is_a_tie():
    night = Night(method=Method.TOP_N, seats=2)
    night.read(10, {"ada": 100, "ben": 90, "cem": 80}, 50.0)
    night.read(20, {"ada": 110, "ben": 95, "cem": 96}, 60.0)
    night.read(30, {"ada": 120, "ben": 97, "cem": 97}, 70.0)
    night.read(40, {"ada": 130, "ben": 98, "cem": 99}, 70.0)
    changes = [(e.before, e.after) for e in night.told("line_change")]
    assert changes == [("ben", "cem"), ("cem", "ben = cem")]
    assert night.told("line_change")[1].details["tie"] is True


def test_a_referendum_has_its_threshold_and_its_quorum():
    night = Night(method=Method.REFERENDUM, threshold=60.0, quorum=40.0)
    night.read(10, None, 50.0, {"ada": 58.0, "ben": 42.0}, turnout=35.0)
    night.read(20, None, 60.0, {"ada": 61.0, "ben": 39.0}, turnout=41.0)
    assert [(e.details["line"], e.after) for e in night.told("line_change")] == [
        ("threshold", "above"),
        ("quorum", "above"),
    ]


def test_ranked_rounds_are_told_as_rounds_and_eliminations_are_no_fall():
    night = Night(method=Method.RANKED)
    night.read(10, {"ada": 400, "ben": 350, "cem": 250}, 100.0, round=1)
    kinds = night.read(20, {"ada": 480, "ben": 520}, 100.0, round=2)
    assert kinds == ["lead_change", "milestone"]
    event = night.told("milestone")[0]
    assert (event.after, event.details["out"]) == ("2", "cem")
    assert night.read(21, {"ada": 400, "ben": 350, "cem": 250}, 100.0, round=1) == []
    assert night.leader == "ben"


def test_a_recount_is_a_phase_in_which_totals_move_both_ways():
    night = Night()
    night.read(10, {"ada": 4_159_650, "ben": 4_131_761}, 99.73, origin="board")
    assert [e.kind.value for e in night.say(20, ClaimKind.RECOUNT, "board", origin="board")] == ["recount"]
    assert night.read(30, {"ada": 4_171_825, "ben": 4_153_083}, None, origin="board") in ([], ["close"])
    assert night.read(60, {"ada": 4_171_419, "ben": 4_151_888}, None, origin="board") == ["revised"]
    assert night.standing.headline is not None
    assert night.standing.headline.margin_votes == 19_531
    assert night.say(70, ClaimKind.RECOUNT, "board", origin="globe") == () or night.events[-1].updates


def test_an_annulment_voids_the_result_and_keeps_the_history():
    night = Night()
    night.read(10, {"ada": 4_169_765, "ben": 4_156_036}, 100.0, origin="board", status=Status.CERTIFIED)
    assert night.kinds == ["first_results", "certified"]
    annulled = night.say(500, ClaimKind.ANNULLED, "board", origin="board")[0]
    assert (annulled.kind, annulled.before, annulled.after) == (EventKind.ANNULLED, "ada", "annulled")
    assert night.standing.phase.value == "annulled"
    assert {said.kind for said in night.standing.statuses} == {ClaimKind.CERTIFIED, ClaimKind.ANNULLED}
    assert night.read(510, {"ada": 1, "ben": 4_156_036}, 100.0, origin="board", status=Status.CERTIFIED) == []


def test_a_recount_told_again_after_the_certification_is_history():
    night = Night()
    night.say(100, ClaimKind.RECOUNT, "board", origin="board")
    night.say(200, ClaimKind.CERTIFIED, "board", "ada", origin="board")
    assert night.say(210, ClaimKind.RECOUNT, "board", origin="globe", as_of=at(90)) == ()
    assert night.standing.phase.value == "certified"
    assert len(night.say(300, ClaimKind.RECOUNT, "board", origin="globe")) == 1


def test_many_flips_within_minutes_are_one_message():
    night = Night()
    night.read(0.5, {"ada": 1000, "ben": 990}, 50.0)
    votes = {"ada": 1000, "ben": 990}
    for step in range(1, 8):
        votes = dict(votes)
        votes["ben" if step % 2 else "ada"] += 20
        night.read(0.5 + step, votes, 50.0 + step)
    flips = night.told("lead_change")
    assert len(flips) == 7
    assert [event.updates is None for event in flips] == [True, True, True, False, False, False, False]
    assert flips[2].details["flips"] == 3
    assert {event.updates for event in flips[3:]} == {flips[2].key}
    assert flips[-1].details == {"flips": 7, "minutes": 30}


def test_after_many_flips_the_one_who_is_ahead_in_the_end_is_told():
    night = Night()
    night.read(0.5, {"ada": 1000, "ben": 990}, 50.0)
    votes = {"ada": 1000, "ben": 990}
    for step in range(1, 5):
        votes = dict(votes)
        votes["ben" if step % 2 else "ada"] += 20
        night.read(0.5 + step, votes, 50.0 + step)
    assert night.leader == "ada"
    assert night.wait(25) == ["lead_change"]
    event = night.events[-1]
    assert (event.before, event.after, event.details["summary"]) == ("ben", "ada", True)
    assert night.wait(40) == []


def test_candidates_are_known_by_identity_never_by_their_place_in_a_list():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900, "cem": 10}, 50.0)
    assert night.read(11, {"cem": 10, "ben": 905, "ada": 1001}, 50.1) == []
    assert night.leader == "ada"
    assert night.read(12, {"ada": 905, "ben": 1001, "cem": 10}, 50.1) == ["quarantined"]
    assert night.leader == "ada"


def test_two_outlets_that_quote_an_agency_are_one_origin():
    night = Night()
    night.read(10, None, 90.0, {"ada": 53.6, "ben": 45.1}, origin="north", source="globe-story")
    night.read(12, None, 90.0, {"ada": 53.6, "ben": 45.1}, origin="north", source="star-story")
    assert list(night.standing.origins) == ["north"]
    assert night.standing.tier is Tier.FLASH


def test_two_origins_with_the_same_leader_confirm_and_update_the_first_alert():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    flip = night.take(20, reading(20, {"ada": 1100, "ben": 1200}, 60.0))[0]
    assert (flip.kind, flip.tier) == (EventKind.LEAD_CHANGE, Tier.FLASH)
    second = night.take(22, reading(22, {"ada": 1105, "ben": 1206}, 60.0, origin="south"))
    assert [(e.kind.value, e.updates, e.tier) for e in second] == [("lead_change", flip.key, Tier.CONFIRMED)]
    assert night.standing.tier is Tier.CONFIRMED


def test_a_flip_that_a_fallen_total_takes_back_corrects_the_first():
    night = Night()
    night.read(10, {"ada": 1000, "ben": 900}, 50.0)
    flip = night.take(20, reading(20, {"ada": 1010, "ben": 1200}, 52.0))[0]
    night.read(30, {"ada": 1010, "ben": 950}, 52.0)
    night.read(31, {"ada": 1010, "ben": 950}, 52.0)
    assert night.told("lead_change")[-1].corrects == flip.key


def test_a_small_margin_is_told_once_until_it_was_wide_again():
    night = Night()
    night.read(10, {"ada": 5010, "ben": 4090}, 60.0)
    night.read(11, {"ada": 5015, "ben": 4991}, 61.0)
    night.read(12, {"ada": 5500, "ben": 4999}, 62.0)
    night.read(13, {"ada": 5510, "ben": 5500}, 63.0)
    assert len(night.told("close")) == 2


def test_milestones_are_told_once_each_and_can_be_chosen():
    night = Night(rules={"milestone": {"marks": [10, 60]}})
    for minute, pct in ((1, 5.0), (2, 12.0), (3, 11.0), (4, 59.9), (5, 70.0), (6, 99.0)):
        night.read(minute, {"ada": 100 * minute, "ben": 90 * minute}, pct)
    assert [event.after for event in night.told("milestone")] == ["10", "60"]


def test_a_challenge_and_a_declaration_are_told_with_who_made_them():
    night = Night()
    declared = night.say(20, ClaimKind.DECLARED, "EB", "ada", origin="board")[0]
    assert (declared.tier, declared.after, declared.details["by"]) == (Tier.CONFIRMED, "ada", "board")
    challenged = night.say(30, ClaimKind.CHALLENGED, "ben")[0]
    assert challenged.details["by"] == "ben"
    back = night.say(40, ClaimKind.DECLARATION_WITHDRAWN, "board", "ada", origin="board")[0]
    assert (back.kind, back.after, back.corrects) == (EventKind.DECLARED, "withdrawn", declared.key)
    assert night.standing.phase.value == "counting"


def test_a_certification_can_be_taken_back_and_the_declaration_stands_or_the_count_goes_on():
    for declared, phase in ((True, "declared"), (False, "counting")):
        night = Night()
        if declared:
            night.say(20, ClaimKind.DECLARED, "EB", "ada", origin="board")
        certified = night.say(30, ClaimKind.CERTIFIED, "EB", "ada", origin="board")[0]
        back = night.say(40, ClaimKind.CERTIFICATION_WITHDRAWN, "EB", "ada", origin="board")[0]
        assert (back.kind, back.after, back.corrects) == (EventKind.CERTIFIED, "withdrawn", certified.key)
        assert night.standing.phase.value == phase


def test_a_rank_is_what_the_race_says():
    assert Night().race.rank_of("board") is Rank.OFFICIAL


def test_an_old_declaration_that_was_taken_back_does_not_confirm_a_new_one():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 50.0)
    night.say(20, ClaimKind.DECLARED, "EB", "ada", origin="globe", quote="first")
    night.say(30, ClaimKind.DECLARATION_WITHDRAWN, "EB", "ada", origin="board")
    assert night.say(40, ClaimKind.DECLARED, "EB", "ada", origin="star", quote="anew")
    assert night.say(41, ClaimKind.DECLARED, "EB", "ada", origin="globe", quote="first", as_of=at(20)) == ()
    assert night.standing.statuses[-1].origins == ("star",)
