"""Hours in a race file: with an offset, or local to the race, where each must come exactly once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from races.draft import Draft
from races.problem import Finding

_HOURS = ("polls_close", "embargo", "watch_until")
# Postal votes and phased elections stretch a vote, but hours a week away from
# its day have so far been last year's file with a new date.
_FAR = timedelta(days=7)
WATCHED_FOR = timedelta(days=60)


def resolved(hour: datetime, timezone: ZoneInfo) -> datetime:
    """An aware hour: as given, or in the race's timezone where the file names no offset."""
    return hour if hour.tzinfo is not None else hour.replace(tzinfo=timezone)


def default_watch_until(day: date, polls_close: datetime | None, timezone: ZoneInfo) -> datetime:
    """60 days after the polls close, or after the day of the vote; later races outlive it by being set."""
    start = polls_close or datetime(day.year, day.month, day.day, tzinfo=timezone) + timedelta(days=1)
    try:
        return start + WATCHED_FOR
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def time_findings(draft: Draft) -> Iterator[Finding]:
    """Hours that do not exist, exist twice, or contradict each other."""
    timezone = draft.timezone
    for key in _HOURS:
        hour = draft.hour(key)
        if hour is not None and hour.tzinfo is None and timezone is not None:
            yield from _local(key, hour, timezone)
    if timezone is not None:
        yield from _order(draft, timezone)


def _local(key: str, hour: datetime, timezone: ZoneInfo) -> Iterator[Finding]:
    early, late = hour.replace(tzinfo=timezone, fold=0), hour.replace(tzinfo=timezone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return
    if _exists(early):
        right = f"write it with its offset: {early.isoformat()} or {late.isoformat()}"
        yield Finding((key,), f"{key} {hour} comes twice in {timezone} (clocks go back)", right)
    else:
        right = f"write the hour that clocks show: {early.astimezone(UTC).astimezone(timezone).isoformat()}"
        yield Finding((key,), f"{key} {hour} does not exist in {timezone} (clocks go forward)", right)


def _exists(when: datetime) -> bool:
    try:
        back = when.astimezone(UTC).astimezone(when.tzinfo)
    except OverflowError:
        return True
    return back.replace(tzinfo=None) == when.replace(tzinfo=None)


def _order(draft: Draft, timezone: ZoneInfo) -> Iterator[Finding]:
    close, embargo, until = (_moment(draft.hour(key), timezone) for key in _HOURS)
    day = draft.day
    if close and day and abs(close.replace(tzinfo=None) - _noon(day)) > _FAR:
        what = f"polls_close is {close.date()}, more than a week from the date {day}"
        yield Finding(("polls_close",), what, "check both", warning=True)
    if close and embargo and embargo < close:
        what = "embargo ends before polls_close, so it holds back nothing"
        yield Finding(("embargo",), what, "check both", warning=True)
    start = close or (day and _moment(_noon(day), timezone))
    if until and start and until <= start:
        right = "write a later hour, or leave it away for 60 days"
        yield Finding(("watch_until",), "watch_until is before the count begins", right)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - compared with another local hour


def _moment(hour: datetime | None, timezone: ZoneInfo) -> datetime | None:
    """The hour on the race's clocks; None also at the ends of the calendar."""
    try:
        return resolved(hour, timezone).astimezone(timezone) if hour else None
    except OverflowError:
        return None
