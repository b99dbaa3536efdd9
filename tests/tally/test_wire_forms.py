"""The forms in which events and standings leave the process."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from night_at_hand import Night, at

from tally.claim import ClaimKind
from tally.wire import event_from_wire, event_to_wire, standing_from_wire, standing_to_wire
from tally.wire_words import stamp, unstamp

DOCUMENTED = ["at", "race", "kind", "from", "to", "tier", "origin", "key"]


def test_an_event_begins_with_the_documented_fields_in_their_order():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 50.0, lead=None, turnout=60.5)
    wire = event_to_wire(night.events[0])
    assert list(wire)[:8] == DOCUMENTED
    assert wire["at"] == "2030-05-05T18:10:00Z"
    assert (wire["kind"], wire["from"], wire["to"], wire["tier"]) == ("first_results", None, "ada", "flash")
    assert event_from_wire(json.loads(json.dumps(wire))) == night.events[0]


def test_times_are_utc_with_a_z_whatever_zone_they_came_in():
    local = datetime(2030, 5, 5, 21, 10, tzinfo=timezone(timedelta(hours=3)))
    assert stamp(local) == "2030-05-05T18:10:00Z"
    assert unstamp("2030-05-05T21:10:00+03:00") == at(10)
    assert stamp(None) is None


def test_a_standing_with_everything_in_it_comes_back_the_same():
    night = Night(embargo=at(5))
    night.say(1, ClaimKind.CONCESSION, "ben")
    before = standing_from_wire(night.race, json.loads(json.dumps(standing_to_wire(night.standing))))
    assert before == night.standing
    night.read(10, {"ada": 100, "ben": 90}, 50.0)
    night.read(20, None, 51.0, {"ada": 51.0, "ben": 49.0}, origin="south", turnout=55.5)
    night.read(30, {"ada": 0, "ben": 0}, 0.0)
    night.say(40, ClaimKind.CONCESSION_WITHDRAWN, "ben")
    wire = json.loads(json.dumps(standing_to_wire(night.standing)))
    assert standing_from_wire(night.race, wire) == night.standing


def test_what_is_no_event_is_refused():
    with pytest.raises((KeyError, ValueError)):
        event_from_wire({"kind": "lead_change"})
