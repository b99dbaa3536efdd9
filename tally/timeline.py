"""A night on one line of time: counts, claims and news, each with whose word it is and where it stands."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from tally.claim import Claim, Strength
from tally.event import Event
from tally.race import Race
from tally.reading import Lead, Qualifier, Reading, Result
from tally.tell import event_line, name_of, number_of

_ABOUT = {Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.AT_MOST: "at most "}
# At one moment the count comes before what is said of it, and both before the news that follows.
_COUNT, _CLAIM, _NEWS = range(3)


def timeline(
    race: Race, readings: Iterable[Reading] = (), claims: Iterable[Claim] = (), events: Iterable[Event] = ()
) -> Iterator[str]:
    """A line each, in the order of their own hours, in the race's time; news is marked."""
    moments = [(reading.as_of, _COUNT, reading_line(reading, race)) for reading in readings]
    moments += [(claim.as_of, _CLAIM, claim_line(claim, race)) for claim in claims]
    moments += [(event.at, _NEWS, f"▸ {event_line(event, race)}  ({event.key})") for event in events]
    day = None
    for at, _, line in sorted(moments, key=lambda moment: moment[:2]):
        here = at.astimezone(race.timezone)
        if here.date() != day:
            day = here.date()
            yield f"── {day:%Y-%m-%d} ({race.timezone.key})"
        yield f"{here:%H:%M:%S}  {line}"


def reading_line(reading: Reading, race: Race) -> str:
    """One count: whose, the numbers as they were given, how much is counted, and where it stands."""
    numbers = [_result(result, race) for result in _best(reading.results)]
    if reading.lead is not None:
        numbers.append(_lead(reading.lead, race))
    if reading.counted is not None:
        numbers.append(f"{_ABOUT.get(reading.counted.qualifier, '')}{reading.counted.pct:g} % counted")
    what = f"{reading.origin}: {', '.join(numbers)}"
    return _with_link(what, link(race, reading.url, reading.source))


def claim_line(claim: Claim, race: Race) -> str:
    """One claim: whose word it is, who did what, the quote, and where it stands."""
    who = " → ".join(name_of(race, part) for part in (claim.actor, claim.target) if part)
    soft = " (soft)" if claim.strength is Strength.SOFT else ""
    past = " (of an earlier vote)" if claim.history else ""
    what = f"{claim.origin}: {claim.kind.value.replace('_', ' ')}{soft}{past} {who} “{claim.evidence.quote}”"
    return _with_link(what, link(race, claim.url, claim.source))


def link(race: Race, url: str | None, source: str | None) -> str | None:
    """Where it stands: its own address, else that of the source as the race's file has it."""
    configured = None if source is None else race.source(source)
    return url or (None if configured is None else configured.url) or source


def _with_link(what: str, where: str | None) -> str:
    return what if where is None else f"{what}  {where}"


def _best(results: tuple[Result, ...]) -> list[Result]:
    return sorted(results, key=lambda result: (result.votes or 0, result.share or 0.0), reverse=True)[:4]


def _result(result: Result, race: Race) -> str:
    number = number_of(result.share, result.votes)
    return f"{name_of(race, result.candidate)} {_ABOUT.get(result.qualifier, '')}{number or '–'}"


def _lead(lead: Lead, race: Race) -> str:
    by = f"{lead.votes:,} votes" if lead.votes is not None else f"{lead.points:g} points"
    if lead.votes is None and lead.points is None:
        return f"{name_of(race, lead.candidate)} ahead"
    return f"{name_of(race, lead.candidate)} ahead by {_ABOUT.get(lead.qualifier, '')}{by}"


def hour(moment: datetime, race: Race) -> str:
    """A moment in the race's time, to the second."""
    return f"{moment.astimezone(race.timezone):%Y-%m-%d %H:%M:%S}"
