"""Istanbul 2019 as readings and claims: the night that every rule of the house has to get right."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tally.claim import Claim, ClaimKind, Strength
from tally.decide import decide
from tally.event import Event, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Origin, Race, Rank
from tally.reading import Counted, Qualifier, Reading, Result, Status
from tally.standing import Standing

ISTANBUL = ZoneInfo("Europe/Istanbul")
ORIGINS = (
    Origin("board", "Election Board", Rank.OFFICIAL),
    Origin("agency", "The Agency", Rank.AGENCY),
    Origin("second", "Second Agency", Rank.AGENCY),
)
BOTH = (Candidate("imamoglu", "Ekrem İmamoğlu"), Candidate("yildirim", "Binali Yıldırım"))


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Count:
    def __init__(self, race: Race) -> None:
        self.race, self.standing = race, Standing.start(race)
        self.events: list[Event] = []

    def _decide(self, when, readings=(), claims=()):
        self.standing, events = decide(self.standing, readings, claims, when)
        self.events.extend(events)
        return [event.kind.value for event in events]

    def read(self, when, origin, imamoglu=None, yildirim=None, pct=None, **more):
        """Votes where whole, shares where not."""
        lines = [("imamoglu", imamoglu), ("yildirim", yildirim)]
        results = tuple(
            Result(n, votes=v if isinstance(v, int) else None, share=v if isinstance(v, float) else None)
            for n, v in lines
            if v is not None
        )
        counted = None if pct is None else Counted(pct, more.pop("qualifier", Qualifier.EXACT))
        quote = Evidence(f"{origin}: {imamoglu} {yildirim}", rule=more.pop("rule", "table"))
        moment = _utc(when)
        reading = Reading(self.race.id, origin, moment, quote, results, counted, **more)
        return self._decide(moment, (reading,))

    def say(self, when, kind, actor=None, target=None, origin="paper", **more):
        moment = _utc(when)
        claim = Claim(
            self.race.id, kind, origin, moment, Evidence(f"{kind} at {when}"), actor, target, **more
        )
        return self._decide(moment, (), (claim,))

    def wait(self, when):
        return self._decide(_utc(when))


@pytest.fixture
def march() -> Count:
    return Count(
        Race(
            *("istanbul-2019-03-31", "Istanbul mayor", date(2019, 3, 31), ISTANBUL, BOTH),
            polls_close=_utc("2019-03-31T14:00:00"),
            origins=ORIGINS,
        )
    )


@pytest.fixture
def june() -> Count:
    return Count(
        Race(
            *("istanbul-2019-06-23", "Istanbul mayor", date(2019, 6, 23), ISTANBUL, BOTH),
            polls_close=_utc("2019-06-23T14:00:00"),
            embargo=_utc("2019-06-23T16:15:00"),
            follows="istanbul-2019-03-31",
            origins=ORIGINS,
        )
    )


def test_the_night_of_31_march_and_what_became_of_it(march):
    assert march.read("2019-03-31T18:40:00", "agency", 48.41, 48.99, 96.38) == ["first_results"]
    assert march.read("2019-03-31T20:20:00", "agency", 48.65, 48.71, 98.8) == ["close"]
    assert march.say("2019-03-31T20:25:00", ClaimKind.VICTORY_CLAIM, "yildirim") == ["victory_claim"]
    assert march.wait("2019-03-31T22:30:00") in ([], ["stale"])
    march.wait("2019-04-01T03:30:00")
    assert [event.kind.value for event in march.events].count("stale") == 1
    assert march.say("2019-04-01T04:00:00", ClaimKind.VICTORY_CLAIM, "imamoglu") == ["victory_claim"]
    assert march.events[-1].details["trails"] is True

    told = march.read("2019-04-01T06:10:00", "board", 4_157_114, 4_129_892, 99.68)
    assert "lead_change" in told
    assert "disagreement" not in told
    flip = next(event for event in march.events if event.kind.value == "lead_change")
    assert (flip.before, flip.after, flip.origin, flip.tier) == (
        *("yildirim", "imamoglu", "board"),
        Tier.CONFIRMED,
    )
    assert flip.headline.margin_votes == 27_222

    march.read("2019-04-01T08:00:00", "board", 4_159_650, 4_131_761, 99.73)
    assert march.say("2019-04-03T08:00:00", ClaimKind.RECOUNT, "board", origin="board") == ["recount"]
    march.read("2019-04-05T05:00:00", "board", 4_171_825, 4_153_083, status=Status.RECOUNT)
    assert march.standing.headline.margin_votes == 18_742
    assert march.read("2019-04-05T12:58:00", "board", 4_171_419, 4_151_888) == ["revised"]
    assert march.standing.headline.margin_votes == 19_531
    assert march.wait("2019-04-12T12:00:00") == []
    certified = march.read(
        "2019-04-17T12:00:00", "board", 4_169_765, 4_156_036, 100.0, status=Status.CERTIFIED
    )
    assert certified[-1] == "certified"
    assert march.standing.headline.margin_votes == 13_729
    assert march.say("2019-05-06T16:00:00", ClaimKind.ANNULLED, "board", origin="board") == ["annulled"]
    assert march.events[-1].before == "imamoglu"
    leads = [event for event in march.events if event.kind.value == "lead_change"]
    assert len(leads) == 1


def test_the_night_of_23_june(june):
    assert june.read("2019-06-23T15:30:00", "agency", 53.0, 46.1, 80.0) == ["quarantined"]
    assert june.wait("2019-06-23T16:15:00") == ["first_results"]
    soft = june.say("2019-06-23T16:16:00", ClaimKind.CONCESSION, "yildirim", strength=Strength.SOFT)
    assert soft == ["concession"]
    assert june.events[-1].after == "soft"
    nearly = {"qualifier": Qualifier.ABOUT, "rule": "prose:en:count"}
    assert june.read("2019-06-23T16:17:00", "agency", 53.6, None, 95.0, **nearly) == []
    assert june.read("2019-06-23T16:40:00", "second", 54.30, 44.79, 96.07) in ([], ["disagreement"])
    assert "lead_change" not in june.read("2019-06-23T17:30:00", "agency", 4_688_628, 3_915_179, 99.19)
    assert sum(event.kind.value == "disagreement" for event in june.events) == 1
    assert june.say("2019-06-23T17:40:00", ClaimKind.CONGRATULATION, "The President", "imamoglu") == []
    june.read("2019-06-24T12:00:00", "board", 4_741_868, 3_935_453, 100.0)
    declared = june.say("2019-06-24T12:00:30", ClaimKind.DECLARED, "board", "imamoglu", origin="board")
    assert declared == ["declared"]
    kinds = [event.kind.value for event in june.events]
    assert kinds.count("concession") == 1
    assert "lead_change" not in kinds
    assert june.standing.headline.origin == "board"
