"""One page by hand: an address, a file or standard input, for ``tallywire read``.

It is the operator's own machine, so files and private addresses may be read; nothing is stored.
"""

import asyncio
import mimetypes
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from races import Races
from scrapers.parser.kinds import kind_named
from scrapers.spiders.polled import Polled
from scrapers.spiders.watch import Watch
from tally.capture import Capture
from tally.clock import Clock, system_clock
from tally.errors import ConfigError, FetchError
from tally.race import Race, Source

_EVERYWHERE = ("0.0.0.0/0", "::/0")
_BY_HAND = "by hand"


class ByHand:
    """What is to be read, and as what.

    ``race_id`` names a race of ``races``, ``name`` one of its sources; without
    a source the ``kind`` is guessed where it is empty. ``published`` is an hour
    in ISO 8601. Raises ConfigError for what there is not, FetchError where no
    page was had.
    """

    def __init__(
        self,
        page: str,
        races: Races,
        *,
        race_id: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        language: str | None = None,
        published: str | None = None,
        clock: Clock = system_clock,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.page = page
        self.race = _race(races, race_id)
        self.source = _source(self.race, page, name, kind, language)
        self.published = _hour(published, self.race)
        self._clock, self._environ = clock, environ

    def capture(self) -> Capture:
        """The page as it is now."""
        if urlsplit(self.page).scheme in ("http", "https"):
            return asyncio.run(self._fetched())
        return self._from_file()

    async def _fetched(self) -> Capture:
        polled: asyncio.Future[Polled] = asyncio.get_running_loop().create_future()
        told = polled.set_result
        watch = Watch(told, clock=self._clock, allow_hosts=_EVERYWHERE, environ=self._environ)
        await watch.start()
        try:
            race = self.race or Race(_BY_HAND, _BY_HAND, self._clock().date(), ZoneInfo("UTC"), ())
            kind, access = self.source.kind or "text", self.source.access
            watch.poll(race, Source(_BY_HAND, self.page, kind, _BY_HAND, access=access))
            capture = (await polled).capture
        finally:
            await watch.stop()
        if capture is None:
            raise FetchError(f"{self.page}: {polled.result().reason}")
        return capture

    def _from_file(self) -> Capture:
        try:
            body = sys.stdin.buffer.read() if self.page == "-" else Path(self.page).read_bytes()
        except OSError as error:
            raise FetchError(f"{self.page}: {error.strerror}") from error
        guessed = mimetypes.guess_type(self.page)[0]
        url = self.page if self.page == "-" else Path(self.page).resolve().as_uri()
        return Capture(url, url, self._clock(), 200, body, {"content-type": guessed} if guessed else {})


def _race(races: Races, race_id: str | None) -> Race | None:
    race = races.get(race_id) if race_id else None
    if race_id and race is None:
        raise ConfigError(f"there is no race {race_id!r}; there are: {', '.join(r.id for r in races.races)}")
    return race


def _source(race: Race | None, page: str, name: str | None, kind: str | None, language: str | None) -> Source:
    """The named source, the one that has this address, or one made for this page alone."""
    if name is not None:
        source = race.source(name) if race else None
        if source is None:
            names = ", ".join(s.name for s in race.sources) if race else "none without --race"
            raise ConfigError(f"there is no source {name!r}; there are: {names}")
        return source
    if kind:
        kind_named(kind)
    known = next((s for s in race.sources if s.url == page), None) if race else None
    host = urlsplit(page).hostname
    return (
        known
        if known and not kind
        else Source(_BY_HAND, page, kind or "", host or _BY_HAND, language=language)
    )


def _hour(text: str | None, race: Race | None) -> datetime | None:
    """An hour as written; one without an offset is the race's own."""
    if text is None:
        return None
    try:
        hour = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no hour; write 2019-06-23T19:00:00Z") from None
    return hour if hour.tzinfo else hour.replace(tzinfo=race.timezone if race else ZoneInfo("UTC"))
