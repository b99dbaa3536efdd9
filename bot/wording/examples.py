"""A sample alert: what one looks like, about nobody who stands anywhere."""

from datetime import datetime

from bot.wording.alert import Alert, sample
from bot.wording.voice import Voice
from tally.event import Event, EventKind, Headline, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Origin, Race, Rank
from tally.reading import Counted, Result


def example(voice: Voice, now: datetime) -> Alert:
    """A lead change in an invented race, marked as a test. Real names would make it a rumour."""
    race = _race(voice, now)
    headline = Headline(
        origin="board",
        as_of=now,
        results=(Result("a", 1_204_511, 50.1), Result("b", 1_185_278, 49.3)),
        leader="a",
        margin_votes=19_233,
        margin_points=0.8,
        counted=Counted(78, basis="expected vote"),
    )
    event = Event(
        key="example",
        kind=EventKind.LEAD_CHANGE,
        race=race.id,
        at=now,
        tier=Tier.CONFIRMED,
        level=Level.ROUTINE,
        origin="board",
        proofs=(Proof("board", now, Evidence("1,204,511")),),
        before="b",
        after="a",
        candidate="a",
        headline=headline,
    )
    return sample(event, race, voice.language, voice.timezone)


def _race(voice: Voice, now: datetime) -> Race:
    return Race(
        id="example",
        title=voice.say("Example race"),
        date=now.date(),
        timezone=voice.timezone,
        candidates=(
            Candidate("a", voice.say("Candidate {letter}", letter="A")),
            Candidate("b", voice.say("Candidate {letter}", letter="B")),
        ),
        origins=(Origin("board", voice.say("Election board"), Rank.OFFICIAL),),
    )
