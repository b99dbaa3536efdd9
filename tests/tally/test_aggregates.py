"""Many races as one: what desks have called, and the line that means a majority."""

from dataclasses import replace

from night_at_hand import at, race, reading

from tally.aggregate import OFFICIAL, Aggregate, crossed, leading, won
from tally.claim import Claim, ClaimKind, Strength
from tally.decide import decide
from tally.evidence import Evidence
from tally.race import Candidate
from tally.standing import Standing

PARTIES = (
    Candidate("ada", "Ada", party="Blue"),
    Candidate("ben", "Ben", party="Red"),
    Candidate("cem", "Cem"),
)
COLLEGE = Aggregate("college", "Electors", {"vale": 6, "hill": 10, "dale": 4}, 11, {("dale", "cem"): "Blue"})


def _standings():
    return {
        name: Standing.start(race(id=name, candidates=PARTIES)) for name in ("vale", "hill", "dale", "moor")
    }


def _claim(standings, name, kind, desk, target, minute=10):
    claim = Claim(
        name, kind, desk, at(minute), Evidence(f"{desk} {kind} {target}"), actor=desk, target=target
    )
    after, _ = decide(standings[name], (), (claim,), at(minute))
    events = crossed(COLLEGE, standings, after, at(minute))
    standings[name] = after
    return events


def test_each_desk_has_its_own_total():
    standings = _standings()
    _claim(standings, "vale", ClaimKind.CALLED, "north", "ada")
    _claim(standings, "hill", ClaimKind.CALLED, "south", "ben")
    _claim(standings, "moor", ClaimKind.CALLED, "south", "ada")
    assert won(COLLEGE, standings.values()) == {"north": {"Blue": 6}, "south": {"Red": 10}}


def test_the_line_is_told_when_a_desks_total_crosses_it_and_when_it_falls_back():
    standings = _standings()
    assert _claim(standings, "vale", ClaimKind.CALLED, "north", "ada") == ()
    up = _claim(standings, "hill", ClaimKind.CALLED, "north", "ada", 20)
    assert [(e.candidate, e.after, e.details["total"]) for e in up] == [("Blue", "above", 16)]
    assert up[0].details["desk"] == "north"
    assert _claim(standings, "dale", ClaimKind.CALLED, "north", "cem", 30) == ()
    down = _claim(standings, "hill", ClaimKind.CALL_WITHDRAWN, "north", "ada", 40)
    assert [(e.before, e.after) for e in down] == [("above", "below")]
    assert up[0].key != down[0].key


def test_declarations_make_the_official_total_and_a_certification_adds_nothing():
    standings = _standings()
    _claim(standings, "vale", ClaimKind.DECLARED, "board", "ben")
    _claim(standings, "vale", ClaimKind.CERTIFIED, "board", "ben", 20)
    assert won(COLLEGE, standings.values()) == {OFFICIAL: {"Red": 6}}
    told = _claim(standings, "hill", ClaimKind.DECLARED, "board", "ben", 30)
    assert [(e.candidate, e.tier.value) for e in told] == [("Red", "confirmed")]


def test_projections_are_added_to_no_total():
    standings = _standings()
    soft = Claim(
        *("vale", ClaimKind.CALLED, "north", at(10), Evidence("north projects ada"), "north", "ada"),
        strength=Strength.SOFT,
    )
    standings["vale"], _ = decide(standings["vale"], (), (soft,), at(10))
    assert won(COLLEGE, standings.values()) == {}


def test_leads_are_counted_apart():
    standings = _standings()
    count = replace(reading(10, {"ada": 10, "ben": 20}), race="hill")
    standings["hill"], _ = decide(standings["hill"], (count,), (), at(10))
    assert leading(COLLEGE, standings.values()) == {"Red": 10}
    assert won(COLLEGE, standings.values()) == {}
