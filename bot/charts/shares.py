"""The shares over time: a line for each of the first six, named where it ends."""

from collections.abc import Mapping, Sequence

from bot.charts.colour import Colour, colours
from bot.charts.course import LABELS, Course, course, labels
from bot.charts.lettering import names
from bot.charts.measures import padded, shared, steps
from bot.charts.night import Night
from bot.charts.sheet import SMALL, Sheet
from bot.wording.markup import plain
from bot.wording.voice import Voice, decimals
from tally.event import Headline

LINES = 6
# Told apart without any colour: by the stroke and by the mark.
_STROKES = ("-", (0, (4, 1.5)), (0, (1, 1)), (0, (5, 1.5, 1, 1.5)), (0, (8, 2)), (0, (2, 2)))
_MARKS = ("o", "s", "^", "D", "v", "P")
_MANY = 30  # counts: with more of them marks would hide the line


def paint(night: Night, voice: Voice, *, dark: bool) -> bytes:
    """Each candidate's share at each count that the race was told by, as a PNG. At least one has shares."""
    sheet = Sheet(night.race, voice, dark=dark)
    told = shared(night.told)
    drawn = course(sheet, night, [headline for headline, _ in told], plain(voice.say("Share of the vote")))
    last = {who: share for _, shares in told for who, share in shares.items()}
    ranked = sorted(last, key=lambda who: -last[who])
    order = ranked[:LINES]
    _scale(drawn, [share for _, shares in told for who, share in shares.items() if who in order])
    shown = colours(night.race, order, sheet.look.paper)
    for number, who in enumerate(order):
        _line(drawn, {h: shares[who] for h, shares in told if who in shares}, number, shown[who])
    _name(drawn, last, order, shown)
    return sheet.png()


def _scale(drawn: Course, values: Sequence[float]) -> None:
    low, high = padded(values, 2.0)
    low, high = max(low, 0.0 if min(values) < 5 else low), min(high, 100.0)
    drawn.axes.set_ylim(low, high)
    levels = [level for level in steps(low, high) if 0 <= level <= 100]
    drawn.sheet.levels(drawn.axes, levels, [drawn.sheet.voice.percent(level) for level in levels])


def _line(drawn: Course, share: Mapping[Headline, float], number: int, colour: Colour) -> None:
    mark, before = _MARKS[number % len(_MARKS)], None
    for run in drawn.runs(list(share)):
        places, values = [drawn.place(h) for h in run], [share[h] for h in run]
        if before is not None:
            drawn.hint(before, (places[0], values[0]), colour)
        drawn.axes.plot(
            *(places, values),
            color=colour,
            lw=3.2,
            ls=_STROKES[number % len(_STROKES)] if len(run) > 1 else "-",
            marker=mark,
            ms=9,
            markevery=max(1, len(run) // 8) if len(share) > _MANY else 1,
            mec=drawn.sheet.look.paper,
            zorder=3 + len(_MARKS) - number,
            clip_on=False,
        )
        before = (places[-1], values[-1])


def _name(
    drawn: Course, last: Mapping[str, float], order: Sequence[str], shown: Mapping[str, Colour]
) -> None:
    sheet, called = drawn.sheet, names(drawn.sheet.race, order)
    digits = max(decimals(last[who]) for who in order)
    labels(drawn, [(last[w], called[w], sheet.voice.percent(last[w], digits), shown[w]) for w in order])
    left = len(last) - len(order)
    if left > 0:
        words = plain(sheet.voice.plural("and {n} other", "and {n} others", left))
        box = drawn.axes.get_position()
        sheet.write(LABELS + 0.015, box.y0 - 0.016, words, SMALL, colour=sheet.look.pale)
