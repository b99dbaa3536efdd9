"""When a feed that has stopped is silent for too long: "no update from X since HH:MM".

A feed that stops is not "no change" (Anadolu, 31 March 2019, at 98.8 %;
Honduras 2025, for a day). But counts have nights and weekends, so a feed is
measured by its own pace, and each silence that was told makes the next one
wait twice as long.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from tally.options import Options, number
from tally.race import Rank
from tally.standing import Count, Phase, Standing

NAME = "stale"
OPTIONS: Options = {
    "minutes": (45.0, "how long a count may stand still while it is going on"),
    "pace": (4.0, "how many times its own usual pause it may be silent"),
    "complete": (99.5, "from this per cent counted on nothing more is expected"),
    "nearly": (99.0, "from this per cent counted on it may be silent eight times as long"),
    "after_updates": (2, "how often a count must have moved to be a feed at all"),
}


def silent_from(count: Count, standing: Standing) -> datetime | None:
    """When this count will have been silent for too long, None if it can't be."""
    race = standing.race
    if standing.phase is not Phase.COUNTING or count.silent_since is not None:
        return None
    if count.updates < number(race, NAME, OPTIONS, "after_updates") or not _matters(count, standing):
        return None
    pct = None if count.reading.counted is None else count.reading.counted.pct
    if pct is not None and pct >= number(race, NAME, OPTIONS, "complete"):
        return None
    base = 60.0 * number(race, NAME, OPTIONS, "minutes")
    limit = max(base, number(race, NAME, OPTIONS, "pace") * min(count.pace, 6.0 * 3600.0))
    if pct is not None and pct >= number(race, NAME, OPTIONS, "nearly"):
        limit = max(limit, 8.0 * base)
    return count.moved + timedelta(seconds=limit * 2.0 ** min(count.silences, 6))


def _matters(count: Count, standing: Standing) -> bool:
    """The count that the race is told by, or an agency's; not one that a better one left behind."""
    told = standing.headline
    if told is None or told.origin == count.origin:
        return True
    return count.rank >= Rank.AGENCY and count.rank >= standing.origins[told.origin].rank


def fall_silent(counts: Mapping[str, Count], standing: Standing, now: datetime) -> dict[str, Count]:
    """The counts that are silent for too long from now on, marked as such."""
    return {count.origin: _silent(count) for count in _silent_now(counts, standing, now)}


def _silent_now(counts: Mapping[str, Count], standing: Standing, now: datetime) -> Iterator[Count]:
    for count in counts.values():
        moment = silent_from(count, standing)
        if moment is not None and now >= moment:
            yield count


def _silent(count: Count) -> Count:
    return replace(count, silent_since=count.moved, silences=count.silences + 1)
