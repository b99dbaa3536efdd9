"""Hours on the way across a picture, with long silences drawn short.

A count of five hours that is corrected seventeen days later would be a line
one pixel wide: a silence much longer than the usual pace takes a fixed, small
part of the width and is marked as a break.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.wording.voice import Voice

_LONG = timedelta(hours=3)
_TIMES_USUAL = 6
_BREAK, _BREAKS = 0.09, 0.5  # the width of one break, of all of them at most
_STEPS = [timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)]
_TICKS = 5
_ROOM = 0.155  # between two labels
_LONELY = timedelta(minutes=30)


@dataclass(frozen=True)
class Stretch:
    """A part without a long silence: from ``begin`` to ``end``, drawn from ``left`` to ``right``."""

    begin: datetime
    end: datetime
    left: float
    right: float


class Timeline:
    """Moments as places between 0 and 1."""

    def __init__(self, moments: Sequence[datetime]) -> None:
        ordered = sorted(set(moments))
        if len(ordered) == 1:
            ordered = [ordered[0] - _LONELY, ordered[0] + _LONELY]
        self.stretches = tuple(_laid_out(_parted(ordered)))

    def at(self, moment: datetime) -> float:
        """Where a moment is; what is outside stands at the edge, what is in a break within it."""
        before = self.stretches[0]
        for stretch in self.stretches:
            if moment < stretch.begin:
                return before.right + _part(before.end, stretch.begin, moment) * (stretch.left - before.right)
            if moment <= stretch.end:
                width = stretch.right - stretch.left
                return stretch.left + _part(stretch.begin, stretch.end, moment) * width
            before = stretch
        return before.right

    def breaks(self) -> list[tuple[float, float]]:
        """The left and right edges of the silences that are drawn short."""
        return [(one.right, other.left) for one, other in pairwise(self.stretches)]

    def broken(self, one: datetime, other: datetime) -> bool:
        """Whether a break lies between two moments."""
        return any(s.begin > one and s.begin <= other for s in self.stretches[1:])

    def ticks(self, voice: Voice) -> list[tuple[float, str]]:
        """Places and labels for hours, as many as there is room for, the day where it changes."""
        shown: list[tuple[float, str]] = []
        day = ""
        for moment, whole_day in sorted(self._candidates(voice)):
            place = self.at(moment)
            if any(abs(place - other) < _ROOM for other, _ in shown):
                continue
            today = voice.day(moment)
            label = today if whole_day else voice.clock(moment) + ("" if today == day else f"\n{today}")
            shown.append((place, label))
            day = today
        return shown

    def _candidates(self, voice: Voice) -> Iterator[tuple[datetime, bool]]:
        longest = max(self.stretches, key=lambda s: s.right - s.left)
        for stretch in self.stretches:
            if stretch.begin == stretch.end:
                yield stretch.begin, True
            elif stretch is longest or stretch.right - stretch.left > 2 * _ROOM:
                yield from ((moment, False) for moment in _round_hours(stretch, voice))
            else:
                yield stretch.begin, False


def _round_hours(stretch: Stretch, voice: Voice) -> Iterator[datetime]:
    span = stretch.end - stretch.begin
    most = max(1, round(_TICKS * (stretch.right - stretch.left)))
    step = next((step for step in _STEPS if span / step <= most), timedelta(days=max(1, span.days // most)))
    midnight = stretch.begin.astimezone(voice.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    tick = midnight + step * ((stretch.begin - midnight) // step)
    while tick <= stretch.end:
        if tick >= stretch.begin:
            yield tick
        tick += step


def _parted(ordered: Sequence[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """First and last moment of each part between long silences."""
    gaps = [(after - before).total_seconds() for before, after in pairwise(ordered)]
    usual = median(gaps)
    begin = ordered[0]
    long = min(max(_LONG.total_seconds(), _TIMES_USUAL * usual), 8 * _LONG.total_seconds())
    for (before, after), gap in zip(pairwise(ordered), gaps, strict=True):
        if gap > long:
            yield begin, before
            begin = after
    yield begin, ordered[-1]


def _laid_out(parts: Iterator[tuple[datetime, datetime]]) -> Iterator[Stretch]:
    every = list(parts)
    gap = min(_BREAK, _BREAKS / max(1, len(every) - 1))
    room = 1.0 - gap * (len(every) - 1)
    total = sum((end - begin).total_seconds() for begin, end in every) or 1.0
    left = 0.0
    for begin, end in every:
        right = left + room * (end - begin).total_seconds() / total
        yield Stretch(begin, end, left, right)
        left = right + gap


def _part(begin: datetime, end: datetime, moment: datetime) -> float:
    span = (end - begin).total_seconds()
    return min(1.0, max(0.0, (moment - begin).total_seconds() / span)) if span else 0.0
