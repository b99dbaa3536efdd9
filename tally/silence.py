"""When a feed that has stopped is silent for too long: "no update from X since HH:MM".

A feed that stops is not "no change" (Anadolu, 31 March 2019, at 98.8 %;
Honduras 2025, for a day). But counts have nights and weekends, so a feed is
measured by its own pace, and each silence that was told makes the next one
wait twice as long.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from tally.options import Options, number
from tally.race import Race, Rank
from tally.reading import Counted
from tally.standing import Count, Phase, Standing

NAME = "stale"
_LONGEST_PACE = 6.0 * 3600.0
OPTIONS: Options = {
    "minutes": (45.0, "how long a count may stand still while it is going on"),
    "pace": (4.0, "how many times its own usual pause it may be silent"),
    "complete": (99.5, "from this per cent counted on nothing more is expected"),
    "nearly": (99.0, "from this per cent counted on it may be silent eight times as long"),
    "after_updates": (2, "how often a count must have moved to be a feed at all"),
}


_NAMES = ("minutes", "pace", "complete", "nearly", "after_updates")
_DEFAULTS = tuple(default for name in _NAMES if isinstance(default := OPTIONS[name][0], (int, float)))


def _limits(race: Race) -> tuple[float, ...]:
    """The options, in the order of their names; asked of every reading, so the usual case is at hand."""
    if not race.rules:
        return _DEFAULTS
    return tuple(number(race, NAME, OPTIONS, name) for name in _NAMES)


def deadline(
    race: Race, moved: datetime, updates: int, pace: float, silences: int, counted: Counted | None
) -> datetime | None:
    """When a count that last ``moved`` then will be silent for too long, None if it can't be."""
    minutes, pauses, complete, nearly, feed = _limits(race)
    if updates < feed:
        return None
    limit = max(60.0 * minutes, pauses * min(pace, _LONGEST_PACE))
    if counted is not None:
        if counted.pct >= complete:
            return None
        if counted.pct >= nearly:
            limit = max(limit, 480.0 * minutes)
    return moved + timedelta(seconds=round(limit * 2.0 ** min(silences, 6)))


def silent_from(count: Count, standing: Standing) -> datetime | None:
    """When this count will have been silent for too long, None if it can't be or was told already."""
    if count.quiet_at is None or standing.phase is not Phase.COUNTING or count.silent_since is not None:
        return None
    return count.quiet_at if _matters(count, standing) else None


def _matters(count: Count, standing: Standing) -> bool:
    """The count that the race is told by, or an agency's; not one that a better one left behind."""
    told = standing.headline
    if told is None or told.origin == count.origin:
        return True
    return count.rank >= Rank.AGENCY and count.rank >= standing.origins[told.origin].rank


def fall_silent(standing: Standing, now: datetime) -> dict[str, Count]:
    """The counts that are silent for too long from now on, marked as such."""
    found = {}
    for count in standing.origins.values():
        if count.quiet_at is not None and now >= count.quiet_at and silent_from(count, standing):
            found[count.origin] = _silent(count)
    return found


def _silent(count: Count) -> Count:
    return replace(count, silent_since=count.moved, silences=count.silences + 1)
