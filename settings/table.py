"""The one table of settings: name, kind, default, and what it is for, in the words of README.

A setting that a channel brings along is a field here as well; it may be read
as text through ``Settings.environ``.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from settings.values import (
    Chat,
    Chats,
    Duration,
    Folder,
    ListenOn,
    Number,
    Size,
    WebAddress,
    Words,
)

# What names the file itself, and can't stand in it.
CONFIG = "TALLYWIRE_CONFIG"


def _set(name: str, what: str, default: Any = None, *, secret: bool = False) -> Any:
    extra: dict[str, Any] = {"secret": secret}
    return Field(default, validation_alias=name, description=what, json_schema_extra=extra, repr=not secret)


class Settings(BaseModel):
    """Every setting with its value. None where something is off or left to a default that depends."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    telegram_token: str | None = _set("TELEGRAM_TOKEN", "the bot's token from @BotFather", secret=True)
    telegram_api_url: WebAddress | None = _set(
        "TELEGRAM_API_URL", "another Bot API server than the public one"
    )
    webhook_url: WebAddress | None = _set(
        "TELEGRAM_WEBHOOK_URL", "have updates delivered to this address instead of asking for them"
    )
    webhook_listen: ListenOn | None = _set(
        "TELEGRAM_WEBHOOK_LISTEN", "where to listen for them (`127.0.0.1:8080`)"
    )
    webhook_secret: str | None = _set(
        "TELEGRAM_WEBHOOK_SECRET",
        "what must come with each (made by chance where none is given)",
        secret=True,
    )
    contact: str | None = _set("TALLYWIRE_CONTACT", "an address of yours for the User-Agent; please set it")
    allow_hosts: Words = _set(
        "TALLYWIRE_ALLOW_HOSTS",
        "addresses, networks or hosts that may be reached although they are not public"
        " (`127.0.0.1, 10.0.0.0/8, intranet:8080`)",
        (),
    )
    operators: Chats = _set(
        "TALLYWIRE_OPERATORS", "Telegram chat ids that hear of doubtful data and lost sources", ()
    )
    channels: str | None = _set("TALLYWIRE_CHANNELS", "Telegram channels that follow races ([how](bot.md))")
    outgoing_webhooks: str | None = _set(
        "TALLYWIRE_WEBHOOK_URL",
        "where alerts are posted as signed JSON; several with blanks between ([how](delivery.md))",
        secret=True,
    )
    outgoing_secret: str | None = _set(
        "TALLYWIRE_WEBHOOK_SECRET",
        "what they are signed with (`whsec_` and base64, or any words)",
        secret=True,
    )
    apprise: str | None = _set(
        "TALLYWIRE_APPRISE_URLS",
        "addresses of Apprise's for everything else (needs `tallywire[apprise]`), with blanks between",
        secret=True,
    )
    feed: Folder | None = _set("TALLYWIRE_FEED", "a file that is kept up to date as an Atom feed of alerts")
    races: Folder | None = _set("TALLYWIRE_RACES", "the folder of race files (`./races`)")
    data: Folder | None = _set("TALLYWIRE_DATA", "the folder of the database (`./data`)")
    log: Literal["text", "json"] = _set(
        "TALLYWIRE_LOG", "`json` writes each line of the log as an object", "text"
    )
    listen: ListenOn | None = _set(
        "TALLYWIRE_LISTEN",
        "where `/metrics`, `/healthz` and `/readyz` answer (`127.0.0.1:9464`); off by default",
    )
    heartbeat_url: WebAddress | None = _set(
        "TALLYWIRE_HEARTBEAT_URL",
        "an address that is called while pages are read well, for a dead man's switch",
        secret=True,
    )
    heartbeat_every: Duration = _set(
        "TALLYWIRE_HEARTBEAT_EVERY", "how often it is called", timedelta(minutes=1)
    )
    heartbeat_chat: Chat | None = _set(
        "TALLYWIRE_HEARTBEAT_CHAT", "a Telegram chat that is told how the service does"
    )
    heartbeat_chat_every: Duration = _set(
        "TALLYWIRE_HEARTBEAT_CHAT_EVERY", "how often it is told", timedelta(hours=1)
    )
    backup_every: Duration | None = _set(
        "TALLYWIRE_BACKUP_EVERY", "copy the database so often (`15m`); off by default"
    )
    backup_keep: Number = _set("TALLYWIRE_BACKUP_KEEP", "how many of these copies are kept", 24)
    backup_folder: Folder | None = _set(
        "TALLYWIRE_BACKUP_DIR", "where they go (`backups` in the folder of data)"
    )
    keep_pages: Duration | None = _set(
        "TALLYWIRE_KEEP_PAGES", "how long fetched pages are kept (`30d`); for ever by default"
    )
    keep_pages_size: Size | None = _set(
        "TALLYWIRE_KEEP_PAGES_SIZE", "how much room they may take (`2GB`); the oldest go first"
    )

    _environ: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @property
    def environ(self) -> Mapping[str, str]:
        """Everything that was set, as text: the environment, and under it the file."""
        return MappingProxyType(dict(self._environ))

    def backups_in(self, data: Path) -> Path:
        """The folder of kept backups, for a folder of data."""
        return self.backup_folder or data / "backups"


def names() -> dict[str, str]:
    """The field of every setting, by the setting's name."""
    return {str(field.validation_alias): name for name, field in Settings.model_fields.items()}


def secrets() -> frozenset[str]:
    """The names of those whose values nobody may see."""
    return frozenset(
        str(field.validation_alias)
        for field in Settings.model_fields.values()
        if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("secret")
    )


def from_file(name: str) -> str:
    """The setting that names a file with the secret in it, as container platforms mount them."""
    return f"{name}_FILE"
