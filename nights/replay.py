"""A night through parser and tally alone, by its own clock: no server, no database, no waiting."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from nights.explain import Explain, Taken
from nights.night import Change, Night, Step
from scrapers.parser import parse
from tally.aggregate import add_up
from tally.capture import Capture
from tally.decide import decide
from tally.event import Event
from tally.race import Race, Source
from tally.standing import Standing


def replay(night: Night, races: Iterable[Race], explain: Explain | None = None) -> Iterator[Event]:
    """The events of a night in order; every step lets time pass in every race, changes or none.

    A page is read once for each race that has it as a source and is still watched.
    ``explain`` is told what became of each page, before its events are.
    """
    standings = {race.id: Standing.start(race) for race in races}
    for step in night.steps:
        for race_id, before in standings.items():
            standings[race_id], events = _live_through(step, before, explain)
            yield from events
        for race_id, before in standings.items():
            if before.race.adds_up:
                parts = [standings[part] for part in before.race.adds_up if part in standings]
                standings[race_id], told = add_up(before, parts, step.at)
                yield from told


def _live_through(step: Step, standing: Standing, explain: Explain | None) -> tuple[Standing, list[Event]]:
    told: list[Event] = []
    for change in step.changes:
        for source in _watched(standing.race, change, step.at):
            page = parse(_capture(change, step.at), standing.race, source)
            after, events = decide(standing, page.readings, page.claims, step.at)
            if explain is not None:
                explain(Taken(standing, after, step.at, page.readings, page.claims))
            standing = after
            told.extend(events)
    standing, events = decide(standing, (), (), step.at)
    return standing, [*told, *events]


def _watched(race: Race, change: Change, now: datetime) -> Iterator[Source]:
    over = race.watch_until is not None and now > race.watch_until
    return (source for source in race.sources if source.url == change.url and not over)


def _capture(change: Change, now: datetime) -> Capture:
    answer = change.answer
    return Capture(change.url, change.url, now, answer.status, answer.body, dict(answer.headers))
