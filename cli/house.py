"""What one process is made of, built from the settings."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot import channels, configured
from bot.app import TelegramBot
from bot.channels import console as console_channel
from bot.outbox import Outbox
from races import Roster
from scheduler import Service
from scrapers.spiders.connector import guarded_connector
from scrapers.spiders.settings import watch_options
from settings import load
from storage import DATABASE, Backups, open_sound
from tally.clock import Clock, system_clock
from tally.errors import StorageError
from tally.race import Race


class House:
    """Store, channels, outbox and bot, each given what it needs.

    ``data`` is the folder of the database. ``environ`` may hold any setting
    (``settings.table``). ``console`` takes the place of the usual console
    channel. Use as a context manager. Raises StorageError and ConfigError.
    """

    def __init__(
        self,
        races: Iterable[Race] | Roster,
        data: Path,
        environ: Mapping[str, str],
        *,
        clock: Clock = system_clock,
        console: channels.Channel | None = None,
    ) -> None:
        self.roster = races if isinstance(races, Roster) else Roster(races)
        self.clock, self.settings = clock, load(environ)
        self.backups = Backups(self.settings.backups_in(data), self.settings.backup_keep)
        self.store = open_sound(_made(data) / DATABASE, self.backups)
        try:
            self.bot = TelegramBot.configured(self.settings.environ, self.store, self.roster.in_force, clock)
        except BaseException:
            self.store.close()
            raise
        try:
            ways = self._channels(console)
        except BaseException:
            self.store.close()
            raise
        console_channel.enlist(self.store)
        configured.enlist(self.store, self.settings.environ)
        self.outbox = Outbox(self.store, ways, self.roster.in_force.get)

    def _channels(self, console: channels.Channel | None) -> list[channels.Channel]:
        """Every channel that is configured; the bot and the caller bring theirs along."""
        brought = [console] if console is not None else []
        brought += [self.bot.channel] if self.bot is not None else []
        names = {way.NAME for way in brought}
        others = (module for name, module in channels.found().items() if name not in names)
        ways = brought + [way for way in (module.channel(self.settings.environ) for module in others) if way]
        for way in ways:
            way.reach_by(lambda: guarded_connector(self.settings.allow_hosts))
        return ways

    def service(self, **options: Any) -> Service:
        """The service of this house; ``options`` are Service's."""
        options["watching"] = {**watch_options(self.settings), **options.get("watching", {})}
        return Service(self.roster, self.store, self.outbox, clock=self.clock, bot=self.bot, **options)

    def monitored(self, **options: Any) -> Service:
        """The same, with a monitor: metrics, supervisor, heartbeats and upkeep as they are set."""
        from cli.lookout import monitor  # Prometheus takes a while, and a rehearsal needs none

        service = self.service(**options)
        service.monitor = monitor(self)
        self.outbox.called = service.monitor.delivered
        return service

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()


def _made(data: Path) -> Path:
    try:
        data.mkdir(mode=0o750, parents=True, exist_ok=True)  # whose chats these are is nobody's business
    except OSError as error:
        raise StorageError(
            f"{data}: {error.strerror}; name a folder that can be written with --data"
        ) from error
    return data
