"""What an operator is told who asks: a night on one line of time, an event's grounds, a reading's fate."""

from dataclasses import replace
from datetime import timedelta

import pytest
from night_at_hand import Night, at, reading

from tally.because import because, grounds
from tally.claim import Claim, ClaimKind, Strength
from tally.evidence import Evidence
from tally.reading import Counted, Lead, Qualifier
from tally.tell import headline_line, standing_lines
from tally.timeline import timeline
from tally.verdict import Fate, of_claim, of_reading


def _claim(minute, kind=ClaimKind.CONCESSION, actor="ben", target="ada", **more):
    quote = Evidence(f"said at {minute}", "paragraph 2", "prose:test")
    fields = {"origin": "globe", "as_of": at(minute), "source": "globe-story"}
    return Claim("mayor", kind, evidence=quote, actor=actor, target=target, **(fields | more))


@pytest.fixture
def night():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 50.0)
    night.read(20, {"ada": 200, "ben": 210}, 60.0)
    return night


def test_counts_claims_and_news_stand_on_one_line_of_time_each_with_origin_and_link(night):
    counts = [reading(20, {"ada": 200, "ben": 210}, 60.0), reading(10, {"ada": 100, "ben": 90}, 50.0)]
    lines = list(timeline(night.race, counts, [_claim(15)], night.events))
    assert lines[0] == "── 2030-05-05 (UTC)"
    assert lines[1] == "18:10:00  north: Ada 100, Ben 90, 50 % counted  https://north.example/"
    assert lines[2].startswith("18:10:00  ▸ first_results")
    assert lines[3] == ("18:15:00  globe: concession Ben → Ada “said at 15”  https://globe.example/story")
    assert lines[4].startswith("18:20:00  north: Ben 210, Ada 200")
    assert any("lead_change  Ada → Ben" in line and "(mayor/lead_change/north/1)" in line for line in lines)


def test_what_is_not_exact_soft_or_of_an_earlier_vote_is_said_so(night):
    count = replace(
        reading(10, {"ada": 100}, lead=Lead("ada", votes=5, qualifier=Qualifier.AT_LEAST)),
        counted=Counted(95.0, Qualifier.ABOUT),
    )
    said = [_claim(11, strength=Strength.SOFT), _claim(12, history=True, target=None)]
    lines = list(timeline(night.race, [count], said))
    assert "Ada ahead by at least 5 votes, about 95 % counted" in lines[1]
    assert "concession (soft) Ben → Ada" in lines[2]
    assert "concession (of an earlier vote) Ben “" in lines[3]


def test_an_event_is_told_with_its_numbers_proofs_and_what_was_read_around_it(night):
    event = night.told("lead_change")[0]
    counts = [reading(20, {"ada": 200, "ben": 210}, 60.0), reading(200, {"ada": 900, "ben": 800})]
    found = grounds(event, night.events, counts, [_claim(25), _claim(90)], timedelta(minutes=30))
    assert (len(found.readings), len(found.claims)) == (1, 1)
    text = "\n".join(because(found, night.race))
    assert "lead_change  Ada → Ben" in text
    assert "key mayor/lead_change/north/1, urgent" in text
    assert "It rests on north, as of 2030-05-05 18:20:00 (table 1), read by test:" in text
    assert "“{'ada': 200, 'ben': 210} at 20”" in text
    assert "\n  https://north.example/" in text
    assert "said at 25" in text
    assert "said at 90" not in text


def test_what_an_event_updates_and_what_updates_it_belong_to_its_grounds():
    night = Night()
    first = night.say(16, ClaimKind.CONCESSION, "ben")[0]
    second = night.say(17, ClaimKind.CONCESSION, "ben", origin="star")[0]
    assert grounds(first, night.events, (), (), timedelta(0)).related == (second,)
    assert grounds(second, night.events, (), (), timedelta(0)).related == (first,)
    told = "\n".join(because(grounds(first, night.events, (), (), timedelta(0)), night.race))
    assert "Confirmed by: 2030-05-05 18:17:00  concession  firm  [star, confirmed]" in told
    told = "\n".join(because(grounds(second, night.events, (), (), timedelta(0)), night.race))
    assert "It confirms: 2030-05-05 18:16:00" in told


def test_a_standing_is_told_with_statuses_and_doubts(night):
    night.say(30, ClaimKind.CONCESSION, "ada")
    night.read(31, {"ada": 0, "ben": 0}, 60.0)
    text = "\n".join(standing_lines(night.standing))
    assert "▸ north: Ben 210  Ada 200  60 % counted" in text
    assert "concession: Ada (globe, 18:30Z)" in text
    assert "quarantined north-zeros-1: all numbers are zero" in text


def test_a_concession_stands_at_the_hour_of_its_firm_words_and_not_of_the_kind_ones_before(night):
    night.say(30, ClaimKind.CONCESSION, "ada", strength=Strength.SOFT)
    night.say(45, ClaimKind.CONCESSION, "ada", origin="star")
    assert "concession: Ada (globe, star, 18:45Z)" in "\n".join(standing_lines(night.standing))


def test_a_count_that_is_only_a_lead_is_told_as_one(night):
    headline = replace(night.standing.headline, results=(), leader="ada", margin_votes=1200)
    assert "north: Ada leads by 1,200 votes  60 % counted" in headline_line(headline, night.race)


def _fate(night, minute, *args, **more):
    before, said = night.standing, reading(minute, *args, **more)
    night.take(minute, said)
    return of_reading(before, night.standing, said)


def test_every_reading_has_its_fate_and_its_reason(night):
    assert _fate(night, 30, {"ada": 300, "ben": 320}, 70.0).fate is Fate.ACCEPTED
    assert _fate(night, 31, {"ada": 300, "ben": 320}, 70.0).fate is Fate.KNOWN
    held = _fate(night, 32, {"ada": 300, "ben": 310}, 70.0)
    assert (held.fate, held.why) == (Fate.HELD, "fall: ben fell from 320 to 310")
    confirmed = _fate(night, 33, {"ada": 300, "ben": 310}, 70.0)
    assert (confirmed.fate, confirmed.why) == (
        Fate.CONFIRMED,
        "ben fell from 320 to 310; 2 polls since 18:32Z",
    )
    zeros = _fate(night, 34, {"ada": 0, "ben": 0}, 70.0)
    assert (zeros.fate, zeros.why) == (Fate.QUARANTINED, "zeros: all numbers are zero")
    other = replace(reading(35, {"ada": 1}), race="council")
    assert of_reading(night.standing, night.standing, other).why == "it is of another race"
    assert _fate(Night(), 5, {"ada": 0, "ben": 0}).why == "all numbers are zero, and nothing was counted yet"


@pytest.mark.parametrize(
    ("claim", "fate", "why"),
    [
        (_claim(30), Fate.ACCEPTED, ""),
        (_claim(30, history=True), Fate.IGNORED, "it tells of an earlier vote"),
        (_claim(30, ClaimKind.CONGRATULATION, "The President"), Fate.IGNORED, "no status follows from it"),
        (_claim(30, actor="The President"), Fate.IGNORED, "The President does not stand in this race"),
        (_claim(-5, stamped=True), Fate.IGNORED, "it was made before polls closed"),
        (replace(_claim(30), race="council"), Fate.IGNORED, "it is of another race"),
    ],
    ids=["said", "history", "congratulation", "president", "early", "race"],
)
def test_every_claim_has_its_fate_and_its_reason(night, claim, fate, why):
    before = night.standing
    night.take(30, claims=(claim,))
    verdict = of_claim(before, night.standing, claim, at(30))
    assert (verdict.fate, verdict.why) == (fate, why)


def test_a_claim_waits_for_the_embargo_and_is_known_when_it_is_repeated():
    night = Night(embargo=at(60))
    before, claim = night.standing, _claim(30)
    night.take(30, claims=(claim,))
    assert of_claim(before, night.standing, claim, at(30)).fate is Fate.WAITS
    night.wait(61)
    before, again = night.standing, _claim(62)
    night.take(62, claims=(again,))
    assert of_claim(before, night.standing, again, at(62)).fate is Fate.KNOWN
