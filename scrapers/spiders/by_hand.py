"""One crawl by hand: ``scrapy crawl article -a url=… -a race=…`` or ``-a source=RACE/NAME``.

It is the operator's own machine, so files and private addresses may be read.
What is found goes to Scrapy's exports; nothing is stored.
"""

import asyncio
import logging
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from races import load_races
from scrapers.parser.kinds import kind_named
from scrapers.spiders.answers import Answer
from scrapers.spiders.browser import Browser
from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.items import Json, items
from scrapers.spiders.leads import led_to
from scrapers.spiders.memory import Said
from scrapers.spiders.polled import Job
from scrapers.spiders.robots import RobotsBook
from tally.clock import system_clock
from tally.errors import ConfigError
from tally.race import Race, Source

_log = logging.getLogger(__name__)

_ARGUMENTS = ("url", "race", "source", "kind", "published", "races")
_NO_RACE = "none"
_USAGE = "give a page: -a url=… and -a race=ID, or a source: -a source=RACE/NAME"


class HandDesk:
    """The desk of one spider for one page, and for the articles of a feed.

    Arguments: ``url`` with ``race`` (an id, or none), or ``source`` as
    RACE/NAME; ``kind`` is the page kind (guessed from the page where it is not
    given), ``published`` the page's hour where it says none (ISO 8601, with an
    offset), ``races`` the folder of race files. Raises ConfigError.
    """

    def __init__(self, spider: str, arguments: Mapping[str, str]) -> None:
        self.clock = system_clock
        self.environ: Mapping[str, str] = os.environ
        self.robots = RobotsBook()
        self.deadlines = Deadlines()
        self.browser = Browser()
        self._published = _hour(arguments.get("published"))
        # Without arguments it is ``scrapy shell --spider``, which asks for no job.
        self._wanted = _wanted(spider, arguments) if arguments else None
        self._asked = False

    async def next_job(self, spider: str) -> Job | None:
        """The one job, then none."""
        if self._wanted is None and not self._asked:
            _log.warning(_USAGE)
        wanted, self._wanted, self._asked = self._wanted, None, True
        return self._job(*wanted, spider) if wanted is not None else None

    def said(self, job: Job) -> Said:
        """Nothing is remembered: by hand a page is always read."""
        return Said()

    def take(self, job: Job, answer: Answer) -> Iterable[Json]:
        """An item for each reading and claim; what became of the page otherwise is logged."""
        race = None if job.race.id == _NO_RACE else job.race.id
        found = list(items(answer.page, job.source.url, race)) if answer.page is not None else []
        if not found:
            why = answer.reason or ("give a race: -a race=ID" if race is None else "no reason was given")
            _log.warning("%s: %s: %s", job.source.url, answer.outcome, why)
        return found

    def follow(self, job: Job, answer: Answer) -> Iterable[Job]:
        """What the page leads to, fetched by the same spider."""
        if answer.page is None or answer.capture is None:
            return ()
        sources = led_to(job.source, job.spider, answer.capture.final_url, answer.page)
        return [self._job(job.race, source, job.spider) for source in sources]

    def _job(self, race: Race, source: Source, spider: str) -> Job:
        now = asyncio.get_running_loop().time()
        return Job(race, source, self.clock(), now, spider, published=self._published)


def _wanted(spider: str, arguments: Mapping[str, str]) -> tuple[Race, Source]:
    strange = set(arguments) - set(_ARGUMENTS)
    if strange:
        raise ConfigError(f"there is no argument {min(strange)!r}; there are: {', '.join(_ARGUMENTS)}")
    if "source" in arguments:
        return _configured(spider, arguments)
    if "url" not in arguments:
        raise ConfigError(_USAGE)
    race_id = arguments.get("race", _NO_RACE)
    race = _no_race() if race_id == _NO_RACE else _race(race_id, arguments)
    kind = arguments.get("kind", "")
    if kind:
        kind_named(kind)
    # Where the page names nobody, whose count it is is told by its host.
    origin = urlsplit(arguments["url"]).hostname or "by hand"
    return race, Source("by hand", arguments["url"], kind, origin)


def _configured(spider: str, arguments: Mapping[str, str]) -> tuple[Race, Source]:
    race_id, _, name = arguments["source"].partition("/")
    race = _race(race_id, arguments)
    source = race.source(name)
    if source is None:
        names = ", ".join(f"{race_id}/{known.name}" for known in race.sources)
        raise ConfigError(f"race {race_id!r} has no source {name!r}; there are: {names}")
    fetcher = kind_named(source.kind).fetched_by
    if fetcher != spider:
        raise ConfigError(f"{race_id}/{name} is of the kind {source.kind}: scrapy crawl {fetcher}")
    return race, source


def _race(race_id: str, arguments: Mapping[str, str]) -> Race:
    folder = Path(arguments.get("races") or os.environ.get("TALLYWIRE_RACES") or "races")
    races = load_races(folder)
    race = races.get(race_id)
    if race is None:
        raise ConfigError(f"there is no race {race_id!r}; there are: {', '.join(r.id for r in races.races)}")
    return race


def _no_race() -> Race:
    now = system_clock()
    return Race(_NO_RACE, "no race", now.date(), ZoneInfo("UTC"), ())


def _hour(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        hour = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"published={text!r} is no hour; write 2019-06-23T19:00:00Z") from None
    if hour.tzinfo is None:
        raise ConfigError(f"published={text!r} has no offset; write 2019-06-23T19:00:00Z")
    return hour
