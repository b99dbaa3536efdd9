"""Each alert put into words once: a fan-out to ten thousand chats needs it in a few languages only."""

from collections import OrderedDict
from zoneinfo import ZoneInfo

from bot.wording.alert import Alert, alert
from tally.event import Event, Level
from tally.race import Race

PAGES = 256


class Phrasebook:
    """Remembers the last alerts by event, its level, language and timezone."""

    def __init__(self, pages: int = PAGES) -> None:
        self._pages = pages
        self._known: OrderedDict[tuple[str, Level, str, str | None], tuple[Race, Alert]] = OrderedDict()

    def alert(self, event: Event, race: Race, language: str, timezone: ZoneInfo | None = None) -> Alert:
        """As :func:`bot.wording.alert`. A race that was configured anew is worded anew."""
        # With its level: a confirmation is a silent edit, but as loud as the first word was for
        # those who waited for a second origin.
        key = (event.key, event.level, language, timezone.key if timezone else None)
        known = self._known.pop(key, None)
        if known is None or known[0] is not race:
            known = (race, alert(event, race, language, timezone))
        self._known[key] = known
        if len(self._known) > self._pages:
            self._known.popitem(last=False)
        return known[1]
