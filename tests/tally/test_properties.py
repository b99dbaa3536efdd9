"""What must hold whatever is read, in whatever order."""

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from night_at_hand import NAMES, Night, at, race, reading

from tally.claim import Claim, ClaimKind, Strength
from tally.decide import decide
from tally.event import EventKind, Level
from tally.evidence import Evidence
from tally.race import Method
from tally.reading import Counted, Reading, Result, Status
from tally.rules import all_rules
from tally.standing import Standing
from tally.wire import event_from_wire, event_to_wire, standing_from_wire, standing_to_wire

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

votes = st.integers(0, 5000)
batches = st.integers(0, 450)
lines = st.dictionaries(st.sampled_from(NAMES), votes, min_size=1, max_size=4)
pcts = st.none() | st.floats(0, 100).map(lambda x: round(x, 2))
origins = st.sampled_from(["board", "north", "south", "globe"])


@st.composite
def readings(draw, first=-30, last=400):
    """Any reading at all: falling, vanishing, zero, early, of shares or of votes, certified or a test."""
    minute = draw(st.integers(first, last))
    origin = draw(origins)
    table = draw(lines)
    shares = draw(st.booleans())
    total = sum(table.values()) or 1
    results = tuple(
        Result(n, None if shares else v, round(100 * v / total, 2) if shares or draw(st.booleans()) else None)
        for n, v in table.items()
    )
    pct = draw(pcts)
    return Reading(
        *("mayor", origin, at(minute), Evidence(f"{table}"), results),
        None if pct is None else Counted(pct),
        status=draw(st.sampled_from([*Status, *[Status.UNOFFICIAL] * 8])),
        stamped=draw(st.booleans()),
        source=draw(st.sampled_from([f"{origin}-page", f"{origin}-story", None])),
    )


@st.composite
def claims(draw):
    return Claim(
        *("mayor", draw(st.sampled_from(list(ClaimKind))), draw(origins), at(draw(st.integers(-10, 400)))),
        Evidence(draw(st.sampled_from(["a", "b", "c"]))),
        draw(st.sampled_from([*NAMES, None, "The President", "NA"])),
        draw(st.sampled_from([*NAMES, None])),
        strength=draw(st.sampled_from(list(Strength))),
        history=draw(st.integers(0, 9)) == 0,
    )


captures = st.tuples(st.lists(readings(), max_size=2), st.lists(claims(), max_size=2), st.integers(0, 40))
nights = st.lists(captures, max_size=10)
methods = st.sampled_from(list(Method))


def _play(night, method=Method.PLURALITY, **changes):
    """Every step of a night: the standing before and after, and what was told."""
    standing = Standing.start(race(method=method, seats=2, quorum=40.0, **changes))
    minute = 0
    for read, said, wait in night:
        minute += wait
        before = standing
        standing, events = decide(before, read, said, at(minute))
        yield before, standing, events


@FEW
@given(nights, methods)
def test_no_key_is_ever_made_twice(night, method):
    keys = [event.key for _, _, events in _play(night, method) for event in events]
    assert len(keys) == len(set(keys))


@FEW
@given(nights)
def test_no_lead_change_without_an_accepted_reading_behind_it(night):
    for _, after, events in _play(night):
        for event in events:
            if event.kind is EventKind.LEAD_CHANGE and event.updates is None:
                count = after.origins[event.origin]
                assert count.leader == event.after
                assert event.before != event.after
                assert event.proofs[0].evidence == count.reading.evidence


@FEW
@given(nights)
def test_leader_and_margin_follow_from_the_accepted_reading(night):
    for _, after, _ in _play(night):
        headline = after.headline
        if headline is None:
            continue
        known = after.origins[headline.origin].reading
        assert sorted(headline.results, key=str) == sorted(known.results, key=str)
        numbers = [result.votes for result in headline.results]
        if len(numbers) > 1 and None not in numbers:
            assert numbers == sorted(numbers, reverse=True)
            if headline.margin_votes is not None:
                assert headline.margin_votes == numbers[0] - numbers[1]
            if headline.leader is not None and numbers[0] > numbers[1]:
                assert headline.leader == headline.results[0].candidate


@FEW
@given(nights)
def test_the_standing_and_every_event_survive_the_wire(night):
    for _, after, events in _play(night):
        wire = json.loads(json.dumps(standing_to_wire(after)))
        assert standing_from_wire(after.race, wire) == after
        for event in events:
            assert event_from_wire(json.loads(json.dumps(event_to_wire(event)))) == event


@FEW
@given(nights, methods)
def test_a_night_that_goes_through_the_database_at_every_step_gives_the_same_events(night, method):
    straight = [events for _, _, events in _play(night, method)]
    standing = Standing.start(race(method=method, seats=2, quorum=40.0))
    minute, stored = 0, []
    for read, said, wait in night:
        minute += wait
        standing = standing_from_wire(standing.race, json.loads(json.dumps(standing_to_wire(standing))))
        standing, events = decide(standing, read, said, at(minute))
        stored.append(events)
    assert stored == straight


@FEW
@given(nights, methods)
def test_replaying_a_night_twice_gives_the_same_events_and_so_adds_nothing(night, method):
    first, second = ([event for _, _, events in _play(night, method) for event in events] for _ in range(2))
    assert first == second
    kept = {event.key: event for event in (*first, *second)}  # as a store keeps them
    assert list(kept.values()) == first


@FEW
@given(nights)
def test_the_same_capture_again_at_once_adds_nothing(night):
    standing = Standing.start(race())
    minute = 0
    for read, said, wait in night:
        minute += wait
        standing, _ = decide(standing, read, said, at(minute))
        again, events = decide(standing, read, said, at(minute))
        if len(read) <= 1:
            assert events == ()
            assert again.headline == standing.headline


@FEW
@given(nights)
def test_the_given_standing_is_never_changed(night):
    for before, _, _ in _play(night):
        wire = standing_to_wire(before)
        decide(before, [reading(500, {"ada": 9000, "ben": 1})], (), at(500))
        assert standing_to_wire(before) == wire


@FEW
@given(nights)
def test_followers_hear_nothing_before_polls_close(night):
    standing = Standing.start(race())
    for read, said, wait in night:
        standing, events = decide(standing, read, said, at(-1000 + wait))
        assert {event.kind for event in events} <= {EventKind.QUARANTINED}
        assert standing.headline is None


@FEW
@given(st.lists(st.tuples(batches, batches), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_any_order_of_arrival_within_one_origins_stamps_leads_to_the_same_standing(steps, random):
    """The totals only grow, and by no batch that would be doubted, as those of most counts do."""
    ada, ben, states = 1000, 1000, []
    for minute, (more, other) in enumerate(steps):
        ada, ben = ada + more, ben + other
        states.append(reading(minute, {"ada": ada, "ben": ben}, None, stamped=True))
    shuffled = list(states)
    random.shuffle(shuffled)
    ends = []
    for order in (states, shuffled):
        night = Night()
        for place, state in enumerate(order):
            night.take(100 + place, state)
        night.take(300, states[-1])
        count = night.standing.origins["north"]
        ends.append((count.reading, night.standing.headline, count.headline))
    assert ends[0] == ends[1]


@FEW
@given(readings(20, 60))
def test_a_quarantined_reading_changes_nothing_that_is_believed(odd):
    night = Night()
    night.read(10, {"ada": 2000, "ben": 1900, "cem": 500}, 60.0)
    before = night.standing
    night.take(61, odd)
    if any(item.reading == odd for item in night.standing.quarantine):
        assert night.standing.headline == before.headline
        assert night.standing.origins == before.origins
        assert night.standing.statuses == before.statuses


@FEW
@given(nights)
def test_updates_and_corrections_point_at_events_that_were_told_before(night):
    seen: set[str] = set()
    for _, _, events in _play(night):
        for event in events:
            assert {event.updates, event.corrects} - {None} <= seen
            assert event.proofs
            seen.add(event.key)


@FEW
@given(nights, methods)
def test_every_event_is_worth_what_a_rule_of_its_kind_says(night, method):
    for _, _, events in _play(night, method):
        for event in events:
            levels = {level for rule in all_rules() if event.kind in rule.KINDS for level in rule.LEVELS}
            assert event.level in levels if event.updates is None else event.level is Level.ROUTINE


def test_time_alone_never_goes_back():
    night = Night()
    night.read(10, {"ada": 100, "ben": 90}, 50.0)
    night.read(5, {"ada": 110, "ben": 95}, 55.0)
    moves = [count.moved for count in night.standing.origins.values()]
    assert all(a <= b for a, b in pairwise(moves))


@FEW
@given(
    st.lists(st.tuples(batches, batches, batches, pcts, st.integers(0, 60)), max_size=25),
    methods,
    st.integers(0, 3000),
)
def test_the_short_cut_of_the_usual_reading_agrees_with_the_long_way(steps, method, first):
    short, long = (Standing.start(race(method=method, seats=2)) for _ in range(2))
    totals, minute = {"ada": first, "ben": first, "cem": 10}, 0
    for ada, ben, cem, pct, wait in steps:
        minute += wait
        totals = {"ada": totals["ada"] + ada, "ben": totals["ben"] + ben, "cem": totals["cem"] + cem}
        state = reading(minute, dict(totals), pct)
        short, told = decide(short, (state,), (), at(minute))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tally.decide.usual", lambda *_: None)
            long, expected = decide(long, (state,), (), at(minute))
        assert told == expected
        assert short == long
