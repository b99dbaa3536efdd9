"""Hours as pages write them → aware datetimes."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

# Hours before this one are a program's zero or a typing error, not an election night.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
# Letters for zones mean different things in different countries; these are the ones result
# feeds use, and they count only where the race's own zone doesn't call itself so.
_ZONES = {"UTC": 0.0, "GMT": 0.0, "Z": 0.0, "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0}
_ZONES |= {
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "AKST": -9.0,
    "AKDT": -8.0,
    "HST": -10.0,
    "BST": 1.0,
    "WET": 0.0,
}
_ZONES |= {
    "WEST": 1.0,
    "CET": 1.0,
    "CEST": 2.0,
    "MEZ": 1.0,
    "MESZ": 2.0,
    "EET": 2.0,
    "EEST": 3.0,
    "TRT": 3.0,
    "TSI": 3.0,
}
_ZONES |= {"MSK": 3.0, "BRT": -3.0, "ART": -3.0, "IST": 5.5, "ET": -5.0, "CT": -6.0, "MT": -7.0, "PT": -8.0}
_GENERIC = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_ZONE = re.compile(r"\s*\(?\b([A-Z]{1,4})\b\)?\s*$")
_CLOCK = r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap]\.?\s?m\b\.?)?"
_TIME = re.compile(r"(?<![\d.])" + _CLOCK, re.I)
_ONLY_TIME = re.compile(r"^\D{0,40}?" + _CLOCK + r"\D{0,20}$", re.I)
_NUMERIC = re.compile(r"\b(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})\b")
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY_MONTH = re.compile(
    r"\b(?P<day>\d{1,2})(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+|d['’])?"
    + _MONTH
    + r"(?:\s+(?:del?\s+)?(?P<year>\d{4})\b)?"
)
_MONTH_DAY = re.compile(
    _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*[:.]\d)(?:,?\s+(?P<year>\d{4})\b)?"
)


def stamp_of(
    value: object,
    zone: tzinfo,
    *,
    near: datetime,
    language: str | None = None,
    month_first: bool | None = None,
) -> datetime | None:
    """The hour a page gives, aware, in UTC; None where it is none.

    Without a zone of its own it is in ``zone``; a bare "22:41" is the one last
    before ``near``. ``month_first`` decides 3/4/2024 (None: by the looks).
    """
    found = _epoch(value) if isinstance(value, int | float) else None
    if isinstance(value, str) and (text := value.strip()[:120]):
        found = _read(text, zone, near, language, month_first)
    if found is None:
        return None
    try:
        found = found.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return found if _EARLIEST < found < _LATEST else None


def _read(
    text: str, zone: tzinfo, near: datetime, language: str | None, month_first: bool | None
) -> datetime | None:
    if re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", text):
        return _epoch(float(text))
    plain = _iso(text)
    if plain is not None:
        return plain if plain.tzinfo else plain.replace(tzinfo=zone)
    naive, own_zone = _without_zone(text, zone, near)
    for way in (_iso, _mail):
        found = way(text) or way(naive)
        if found is not None:
            return found if found.tzinfo else found.replace(tzinfo=own_zone)
    if month_first is None:
        month_first = _month_first(naive, zone, language)
    numeric = _numeric(naive, month_first)
    if numeric is not None:
        return numeric.replace(tzinfo=own_zone)
    if _ONLY_TIME.match(naive):
        return _last_before(naive, own_zone, near)
    return _in_words(naive, own_zone, near, language)


def _epoch(value: float) -> datetime | None:
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    if not re.match(r"[A-Z][a-z]{2}, \d|\d{1,2} [A-Z][a-z]{2} \d{4} ", text):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    # "-0000" is an hour in UTC from somebody who won't say where he is.
    return found.replace(tzinfo=UTC) if found.tzinfo is None and text.endswith("-0000") else found


def _without_zone(text: str, zone: tzinfo, near: datetime) -> tuple[str, tzinfo]:
    found = _ZONE.search(text)
    if not found or found[1] in ("AM", "PM") or found[1] not in _ZONES:
        return text, zone
    letters, rest = found[1], text[: found.start()].strip()
    if letters in ("UTC", "GMT", "Z"):
        return rest, UTC
    if letters in (near.astimezone(zone).tzname(), (near - timedelta(days=180)).astimezone(zone).tzname()):
        return rest, zone
    if letters in _GENERIC:
        return rest, ZoneInfo(_GENERIC[letters])
    return rest, timezone(timedelta(hours=_ZONES[letters]))


def _month_first(text: str, zone: tzinfo, language: str | None) -> bool:
    """3/4/2024 is in March where people write AM and PM, or English in America."""
    american = isinstance(zone, ZoneInfo) and (zone.key or "").startswith(
        ("America/", "US/", "Pacific/Honolulu")
    )
    return bool(re.search(r"[ap]\.?m\b", text, re.I)) or (american and language in (None, "en"))


def _numeric(text: str, month_first: bool) -> datetime | None:
    date = _NUMERIC.search(text)
    if not date:
        return None
    one, two, three = int(date[1]), int(date[3]), int(date[4])
    if len(date[1]) == 4:
        year, month, day = one, two, three
    else:
        year = three + 2000 if three < 100 else three
        month, day = (one, two) if month_first and date[2] == "/" else (two, one)
        if month > 12:
            month, day = day, month
    rest = text[: date.start()] + " " + text[date.end() :]
    return _at(lambda hour, minute, second: datetime(year, month, day, hour, minute, second), rest)  # noqa: DTZ001


def _at(day: Callable[[int, int, int], datetime], text: str) -> datetime | None:
    clock = _TIME.search(text)
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    half = clock[4].lower()[0] if clock and clock[4] else None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return day(hour, minute, second)
    except ValueError:
        return None


def _last_before(text: str, zone: tzinfo, near: datetime) -> datetime | None:
    today = near.astimezone(zone)
    found = _at(lambda h, m, s: today.replace(hour=h, minute=m, second=s, microsecond=0), text)
    if found is not None and found > near + timedelta(hours=1):
        found -= timedelta(days=1)
    return found


def _in_words(text: str, zone: tzinfo, near: datetime, language: str | None) -> datetime | None:
    """Months by name, in whatever language; a year that is left out is the present one."""
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            day = _day(f"{parts['day']} {parts['month']}", parts["year"], near, zone, language)
            if day is not None:
                rest = text[: found.start()] + " " + text[found.end() :]
                return _at(lambda h, m, s, day=day: day.replace(hour=h, minute=m, second=s), rest)  # type: ignore[misc]
    return None


def _day(words: str, year: str | None, near: datetime, zone: tzinfo, language: str | None) -> datetime | None:
    here = near.astimezone(zone)
    found = _dateparsed(f"{words} {year or here.year}", (language or "")[:2].lower())
    if found is not None and year is None and found.date() > (here + timedelta(days=2)).date():
        found = _dateparsed(f"{words} {here.year - 1}", (language or "")[:2].lower())
    return found.replace(tzinfo=zone) if found else None


@lru_cache(maxsize=256)
def _dateparsed(words: str, language: str) -> datetime | None:
    """A day such as "23 Haziran 2019". Kept, since one night has one or two of them."""
    # It takes a fifth of a second and 20 MB to load, and most feeds never need it.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    for languages in ([language, "en"],) if language else (["en"], None):
        try:
            parser = DateDataParser(
                languages=languages, settings={"DATE_ORDER": "DMY", "STRICT_PARSING": True}
            )
            found = parser.get_date_data(words).date_obj
        except (ValueError, OverflowError, TypeError):
            continue
        if found is not None:
            return datetime(found.year, found.month, found.day)  # noqa: DTZ001 – the zone is the caller's
    return None
