"""A race file as far as it can be read.

Checks that look at several keys run on it even where others are wrong, so
that an operator hears everything at the first start. Whatever has the wrong
type counts as not given: that is told elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from races.problem import Place


@dataclass(frozen=True, slots=True)
class Draft:
    """The parsed file, with lenient access to what it holds."""

    data: Mapping[str, object]

    def text(self, key: str) -> str | None:
        """The race's own text of that key."""
        value = self.data.get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> float | None:
        """The race's own number of that key."""
        value = self.data.get(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def hour(self, key: str) -> datetime | None:
        """The race's own hour of that key, as given: with or without an offset."""
        value = self.data.get(key)
        return value if isinstance(value, datetime) else None

    @property
    def day(self) -> date | None:
        """The day of the vote."""
        value = self.data.get("date")
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    @property
    def timezone(self) -> ZoneInfo | None:
        """The race's timezone, where it is one."""
        try:
            return ZoneInfo(self.text("timezone") or "")
        except (ValueError, OSError, KeyError):
            return None

    def tables(self, name: str) -> Iterator[tuple[Place, Mapping[str, object]]]:
        """The tables of a list, with their places."""
        value = self.data.get(name)
        for index, table in enumerate(value if isinstance(value, list) else []):
            if isinstance(table, Mapping):
                yield (name, index), table

    def texts(self, name: str, key: str) -> Iterator[tuple[Place, str]]:
        """The texts under a key in all tables of a list; of a list of texts each."""
        for place, table in self.tables(name):
            value = table.get(key)
            if isinstance(value, str):
                yield (*place, key), value
            elif isinstance(value, list):
                yield from (((*place, key, i), item) for i, item in enumerate(value) if isinstance(item, str))
