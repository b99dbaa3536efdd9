"""Every watched source, fetched once as the service would, and read."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cli.doctor import Finding, Patient, State
from scrapers.spiders.polled import Polled
from tally.capture import Outcome
from tally.errors import ConfigError

ORDER, ONLINE = 60, True

_SAYS = {
    Outcome.READ: (State.WELL, "read"),
    Outcome.NOTHING: (State.ODD, "it answers, and says nothing of this race yet"),
    Outcome.CHALLENGE: (State.ILL, "it answers with a bot check, a consent or log-in wall"),
    Outcome.ERROR_PAGE: (State.ILL, "it answers with an error page"),
    Outcome.UNREADABLE: (State.ILL, "its answer can't be read"),
    Outcome.FAILED: (State.ILL, "it can't be had"),
}


def look(patient: Patient) -> Iterator[Finding]:
    """One finding a source."""
    try:
        races = patient.watched()
    except ConfigError:
        return  # told by the check of the race files
    if any(race.sources for race in races):
        patient.fetched = asyncio.run(_fetch(patient))
    for polled in patient.fetched:
        yield _finding(polled)
        stamp = polled.capture.headers.get("date") if polled.capture else None
        if stamp and polled.capture is not None:
            _note(patient, polled.capture.fetched_at, stamp)


async def _fetch(patient: Patient) -> list[Polled]:
    from scrapers.spiders.settings import watch_options  # Scrapy takes a second
    from scrapers.spiders.watch import Watch

    got: dict[tuple[str, str], Polled] = {}
    wanted = [(race, source) for race in patient.watched() for source in race.sources]
    done = asyncio.Event()

    def take(polled: Polled) -> None:
        got.setdefault((polled.race.id, polled.source.name), polled)
        if len(got) == len(wanted):
            done.set()

    watch = Watch(take, clock=patient.clock, **watch_options(patient.settings))
    await watch.start()
    try:
        for race, source in wanted:
            watch.poll(race, source)
        await done.wait()
    finally:
        await watch.stop()
    return [got[race.id, source.name] for race, source in wanted]


def _finding(polled: Polled) -> Finding:
    state, says = _SAYS.get(polled.outcome, (State.WELL, polled.outcome.value))
    found = ""
    if polled.page is not None and polled.outcome is Outcome.READ:
        found = f": {len(polled.page.readings)} readings, {len(polled.page.claims)} claims"
    reason = f" ({polled.reason})" if polled.reason and state is not State.WELL else ""
    name = f"{polled.race.id}/{polled.source.name}"
    remedy = (
        f"tallywire read {polled.source.url} --race {polled.race.id} --source {polled.source.name} --explain"
    )
    return Finding(state, f"{name}: {says}{found}{reason}", "" if state is State.WELL else remedy)


def _note(patient: Patient, ours: datetime, stamp: str) -> None:
    try:
        theirs = parsedate_to_datetime(stamp)
    except ValueError:
        return
    patient.hours.append((ours, theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)))
