"""Many races as one: what desks have called, and the line that means a majority."""

import json
from dataclasses import replace

from night_at_hand import at, race, reading

from tally.aggregate import OFFICIAL, add_up, leading, told_totals, won
from tally.claim import Claim, ClaimKind, Strength
from tally.decide import decide
from tally.event import Event, Level, Tier
from tally.evidence import Evidence
from tally.race import Candidate
from tally.standing import Standing
from tally.tell import standing_lines
from tally.wire import standing_from_wire, standing_to_wire

PARTIES = (
    Candidate("ada", "Ada", party="The Blues"),
    Candidate("ben", "Ben", party="Red"),
    Candidate("cem", "Cem"),
)
COLLEGE = race(
    id="college",
    title="Electors",
    candidates=(Candidate("blue", "Blue", aliases=("The Blues",)), Candidate("red", "Red")),
    adds_up={"vale": 6, "hill": 10, "dale": 4},
    majority=11,
)


class Country:
    """Races, what is said of them, and the race that adds them up."""

    def __init__(self) -> None:
        self.members = {
            name: Standing.start(race(id=name, candidates=PARTIES))
            for name in ("vale", "hill", "dale", "moor")
        }
        self.standing = Standing.start(COLLEGE)

    def say(
        self, name: str, kind: ClaimKind, desk: str, target: str, minute: float = 10, **more: object
    ) -> tuple[Event, ...]:
        claim = Claim(
            *(name, kind, desk, at(minute), Evidence(f"{desk} {kind} {target}"), desk, target), **more
        )
        self.members[name], _ = decide(self.members[name], (), (claim,), at(minute))
        self.standing, events = add_up(self.standing, tuple(self.members.values()), at(minute))
        return events

    def won(self) -> dict[str, dict[str, int]]:
        return {desk: dict(totals) for desk, totals in won(COLLEGE, self.members.values()).items()}


def test_each_desk_has_its_own_total_and_races_that_are_no_part_count_for_nothing():
    country = Country()
    country.say("vale", ClaimKind.CALLED, "north", "ada")
    country.say("hill", ClaimKind.CALLED, "south", "ben")
    country.say("moor", ClaimKind.CALLED, "south", "ada")
    assert country.won() == {"north": {"blue": 6}, "south": {"red": 10}}
    assert {desk: dict(totals) for desk, totals in told_totals(country.standing).items()} == country.won()


def test_the_line_is_told_when_a_desks_total_crosses_it_and_when_it_falls_back():
    country = Country()
    assert country.say("vale", ClaimKind.CALLED, "north", "ada") == ()
    up = country.say("hill", ClaimKind.CALLED, "north", "ada", 20)
    assert [(e.candidate, e.before, e.after, e.level, e.tier) for e in up] == [
        ("blue", "below", "above", Level.URGENT, Tier.FLASH)
    ]
    assert up[0].details == {"line": "seats", "desk": "north", "before": 6, "total": 16, "majority": 11}
    assert (up[0].race, up[0].origin, up[0].proofs[0].evidence.quote) == (
        "college",
        "north",
        "north called ada",
    )
    assert country.say("dale", ClaimKind.CALLED, "north", "ada", 30) == ()
    down = country.say("hill", ClaimKind.CALL_WITHDRAWN, "north", "ada", 40)
    assert [(e.before, e.after, e.details["total"]) for e in down] == [("above", "below", 10)]
    assert down[0].proofs[0].evidence.quote == "north call_withdrawn ada"
    again = country.say("hill", ClaimKind.CALLED, "north", "ada", 50, stamped=True)
    assert again == ()  # the old words again: it takes new ones to call anew
    assert len({event.key for event in (*up, *down)}) == 2


def test_asked_again_where_nothing_moved_it_is_the_very_same_standing():
    country = Country()
    country.say("vale", ClaimKind.CALLED, "north", "ada")
    again, events = add_up(country.standing, tuple(country.members.values()), at(99))
    assert again is country.standing
    assert events == ()


def test_the_totals_survive_the_database_and_tell_nothing_twice():
    country = Country()
    country.say("vale", ClaimKind.CALLED, "north", "ada")
    country.say("hill", ClaimKind.CALLED, "north", "ada", 20)
    stored = standing_from_wire(COLLEGE, json.loads(json.dumps(standing_to_wire(country.standing))))
    assert stored == country.standing
    assert add_up(stored, tuple(country.members.values()), at(30))[1] == ()


def test_declarations_make_the_official_total_and_a_certification_adds_nothing():
    country = Country()
    country.say("vale", ClaimKind.DECLARED, "board", "ben")
    country.say("vale", ClaimKind.CERTIFIED, "board", "ben", 20)
    assert country.won() == {OFFICIAL: {"red": 6}}
    told = country.say("hill", ClaimKind.DECLARED, "board", "ben", 30)
    assert [(e.candidate, e.tier) for e in told] == [("red", Tier.CONFIRMED)]


def test_an_annulled_race_falls_out_of_the_official_total():
    country = Country()
    country.say("vale", ClaimKind.DECLARED, "board", "ben")
    country.say("hill", ClaimKind.DECLARED, "board", "ben", 20)
    told = country.say("hill", ClaimKind.ANNULLED, "board", "ben", 30)
    assert [(e.after, e.details["total"], e.proofs[0].evidence.quote) for e in told] == [
        ("below", 6, "board annulled ben")
    ]


def test_who_stands_for_no_group_counts_by_himself():
    country = Country()
    country.say("vale", ClaimKind.CALLED, "north", "cem")
    assert country.won() == {"north": {"cem": 6}}


def test_projections_are_added_to_no_total():
    country = Country()
    assert country.say("vale", ClaimKind.CALLED, "north", "ada", strength=Strength.SOFT) == ()
    assert country.won() == {}


def test_leads_are_counted_apart():
    country = Country()
    count = replace(reading(10, {"ada": 10, "ben": 20}), race="hill")
    country.members["hill"], _ = decide(country.members["hill"], (count,), (), at(10))
    assert leading(COLLEGE, country.members.values()) == {"red": 10}
    assert country.won() == {}


def test_an_operator_sees_the_totals_by_desk():
    country = Country()
    country.say("vale", ClaimKind.CALLED, "north", "ada")
    country.say("dale", ClaimKind.CALLED, "north", "ben")
    assert list(standing_lines(country.standing))[1:] == ["   north: Blue 6  Red 4  (of 20, 11 decide)"]
