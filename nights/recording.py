"""A night that the service itself recorded, through parser and tally again: the same moments, the same news.

An ordinary web archive says when a page looked how. A recording of ours also
says what the service did with it and when: which poll of which race's source
it was, what failed, and the moments in which time alone or a person changed
something. So nothing is guessed here, and a replay decides what was decided.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from nights.entries import Entry, entries_of
from nights.explain import Explain, Taken
from nights.marks import Moment
from scrapers.parser import parse
from scrapers.parser.page import Page
from tally.capture import Outcome
from tally.decide import decide, unchanged
from tally.event import Event
from tally.health import SourceHealth, judge, sound_for, stopped
from tally.race import Race, Source
from tally.standing import Standing
from tally.wire import event_from_wire, health_from_wire, standing_from_wire

_log = logging.getLogger(__name__)

_SOUND_STATUS = (200, 203)
_NOT_READ = Page(Outcome.UNCHANGED)


@dataclass(slots=True)
class _Belief:
    """What is known of one race at a moment of the replay."""

    standing: Standing
    healths: dict[str, SourceHealth] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)


def replay_recording(path: Path, races: Iterable[Race], explain: Explain | None = None) -> Iterator[Event]:
    """The events of a recording, each key once, as the service told them. Raises SeriesError.

    Races that are not known any more are left out, and named in the log.
    ``explain`` is told what became of each page, before its events are.
    """
    beliefs = {race.id: _Belief(Standing.start(race)) for race in races}
    seen: set[str] = set()
    for entry in entries_of(path):
        race_id = entry.moment.race
        belief, first = beliefs.get(race_id), race_id not in seen
        seen.add(race_id)
        if belief is None:
            if first:
                _log.warning("the recording has a race %s, and there is no such race file", race_id)
            continue
        for event in _live_through(entry, belief, first, explain):
            if event.key not in belief.told:
                belief.told.add(event.key)
                yield event


def _live_through(entry: Entry, belief: _Belief, first: bool, explain: Explain | None) -> Iterable[Event]:
    """What one record brings; what was believed before the recording counts only where it begins."""
    race = belief.standing.race
    if (opening := entry.more.get("opening")) is not None:
        if first:
            belief.standing = standing_from_wire(race, opening["standing"])
            belief.healths = {name: health_from_wire(health) for name, health in opening["health"].items()}
        return ()
    if (decided := entry.more.get("standing")) is not None:
        belief.standing = standing_from_wire(race, decided)
        return [event_from_wire(event) for event in entry.more["events"]]
    if entry.moment.source is None:
        belief.standing, events = decide(belief.standing, (), (), entry.moment.at)
        return events
    if entry.moment.outcome is None:
        return _stopped(entry, belief)
    return _polled(entry, belief, explain)


def _stopped(entry: Entry, belief: _Belief) -> Iterable[Event]:
    """Nothing had come of a source for too long."""
    name, race = entry.moment.source or "", belief.standing.race
    health = belief.healths.get(name, SourceHealth.start())
    belief.healths[name], told = stopped(health, race, name, entry.moment.reason or "", entry.moment.at)
    return told


def _polled(entry: Entry, belief: _Belief, explain: Explain | None) -> Iterable[Event]:
    """One poll, taken in as the store takes it in."""
    moment, standing = entry.moment, belief.standing
    name, outcome = moment.source or "", moment.outcome or Outcome.UNCHANGED
    page = _read(entry, standing.race, outcome)
    if page is not _NOT_READ:
        outcome = page.outcome
    found = (page.readings, page.claims) if outcome is Outcome.READ else ((), ())
    health = belief.healths.get(name, SourceHealth.start())
    for_health = sound_for(health, outcome, *found)
    belief.healths[name], told = judge(
        health, standing.race, name, for_health, moment.at, page.reason or moment.reason
    )
    news: tuple[Event, ...] = ()
    if any(found):
        belief.standing, news = decide(standing, *found, moment.at)
    elif outcome is Outcome.UNCHANGED and not told:
        belief.standing, news = unchanged(standing, name, moment.at)
    if explain is not None:
        explain(Taken(standing, belief.standing, moment.at, *found))
    return (*told, *news)


def _read(entry: Entry, race: Race, outcome: Outcome) -> Page:
    """The page as it is read today; ``_NOT_READ`` where there is none that was to be read."""
    capture = entry.capture
    source = source_of(race, entry.moment, capture.url if capture else "")
    if capture is None or source is None or outcome is Outcome.UNCHANGED:
        return _NOT_READ
    if capture.status not in _SOUND_STATUS:
        return _NOT_READ
    return parse(capture, race, source)


def source_of(race: Race, moment: Moment, url: str) -> Source | None:
    """The source of a poll, or what it led to (FEED/MARK, BLOG/page 2) and was found at ``url``."""
    name = moment.source or ""
    source = race.source(name.partition("/")[0])
    if source is None or source.name == name:
        return source
    kind = moment.kind or "article"
    options = source.options if kind == source.kind else {}
    return replace(source, name=name, url=url, kind=kind, options=options)
