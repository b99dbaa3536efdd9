"""A chat: one place where alerts are read, and what it wants to hear."""

from dataclasses import dataclass, field
from datetime import datetime

# The subscription that follows every race.
EVERY_RACE = "*"


@dataclass(frozen=True, slots=True)
class Chat:
    """One place on one channel.

    ``address`` is the channel's own name for it (a Telegram chat id as text),
    ``thread`` the forum topic. ``kind`` is "private", "group" or "channel":
    groups have a budget by the minute. ``operator`` marks those who hear of
    doubtful data and lost sources. ``why`` says why it is not ``active``.
    ``quiet_from`` and ``quiet_to`` are the quiet hours in minutes of the local
    day (None: none); what is not urgent waits for their end, or with
    ``quiet_drop`` is never told. ``digest`` is "off" or "hourly".
    """

    id: int
    channel: str
    address: str
    thread: int | None = None
    kind: str = "private"
    language: str = "en"
    timezone: str = "UTC"
    title: str | None = None
    active: bool = True
    operator: bool = False
    why: str | None = None
    quiet_from: int | None = None
    quiet_to: int | None = None
    quiet_drop: bool = False
    digest: str = "off"


@dataclass(frozen=True, slots=True)
class Subscription:
    """That a chat follows a race (or "*", every race), and what it wants of it.

    ``kinds`` are the kinds of event wanted (None: all), ``level`` the least
    level wanted, ``tier`` "confirmed" for those who would rather wait for a
    second origin. ``min_margin`` (percentage points) and ``min_counted`` (per
    cent) hold back news of the count, never of words. ``muted_until`` silences
    everything. ``options`` are further wishes by name. A subscription to one
    race goes before the one to every race.
    """

    chat: int
    race: str
    kinds: tuple[str, ...] | None = None
    level: str = "routine"
    tier: str = "flash"
    min_margin: float | None = None
    min_counted: float | None = None
    muted_until: datetime | None = None
    options: dict[str, object] = field(default_factory=dict)
