"""A voice: one language and one timezone, and how they say words, numbers and hours."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from bot.wording.catalogue import catalogue
from bot.wording.markup import Html, escape, tag


@dataclass(frozen=True)
class Voice:
    """Says things in ``language`` with the hours of ``timezone``."""

    language: str
    timezone: ZoneInfo

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    def say(self, message: str, **values: object) -> Html:
        """``message`` translated, with its ``{placeholders}`` filled in; values are escaped."""
        return _fill(catalogue(self.language).gettext(message), values)

    def plural(self, one: str, many: str, n: int, **values: object) -> Html:
        """The form for ``n`` of a message, translated; ``{n}`` is the number as it is written there."""
        return _fill(catalogue(self.language).ngettext(one, many, n), {"n": self.number(n), **values})

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the grouping and decimal mark of the language."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self._locale))

    def percent(self, value: float, digits: int | None = None) -> str:
        """A percentage given as 0–100: "53.6%", "%53,6"; digits as given, two at most."""
        shown = decimals(value) if digits is None else digits
        pattern = self._locale.percent_formats[None].pattern
        pattern = pattern.replace("#,##0", "#,##0" + ("." + "0" * shown if shown else ""))
        return str(format_percent(value / 100, format=pattern, locale=self._locale))

    def hour(self, moment: datetime, near: datetime | None = None) -> Html:
        """The hour as "22:41"; with the day before it where that is not the day of ``near``.

        Marked as a moment: a client that knows the mark shows it in the hours of whoever holds the phone,
        every other one the words as they stand.
        """
        day = moment.astimezone(self.timezone).date()
        alone = near is None or near.astimezone(self.timezone).date() == day
        words = self.clock(moment) if alone else f"{self.day(moment)}, {self.clock(moment)}"
        return tag("tg-time", words, unix=str(int(moment.timestamp())), format="t" if alone else "dt")

    def clock(self, moment: datetime) -> str:
        """The hour as "22:41" and nothing else, for pictures."""
        return str(format_skeleton("Hm", moment.astimezone(self.timezone), locale=self._locale))

    def day(self, moment: datetime) -> str:
        """The day as "1 Apr", in the language's own order."""
        return str(format_skeleton("MMMd", moment.astimezone(self.timezone), locale=self._locale))


def decimals(value: float, most: int = 2) -> int:
    """How many decimals a number was given with, up to ``most``."""
    written = f"{value:.{most}f}".rstrip("0")
    return len(written.rpartition(".")[2])


def _fill(template: str, values: dict[str, object]) -> Html:
    return Html(escape(template).format_map({name: escape(value) for name, value in values.items()}))
