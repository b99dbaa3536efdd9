"""The shares over time: a line for each of the first six, named where it ends."""

from collections.abc import Sequence

from bot.charts.colour import Colour, colours
from bot.charts.course import Course, course, labels
from bot.charts.lettering import names
from bot.charts.measures import order_of, padded, shares_of, steps
from bot.charts.night import Night
from bot.charts.sheet import Sheet
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
    told = [headline for headline in night.told if shares_of(headline)]
    drawn = course(sheet, night, told, plain(voice.say("Share of the vote")))
    order = [who for who in order_of(told) if any(who in shares_of(h) for h in told)][:LINES]
    _scale(drawn, [shares_of(h)[who] for h in told for who in order if who in shares_of(h)])
    shown = colours(night.race, order, sheet.look.paper)
    for number, who in enumerate(order):
        _line(drawn, [h for h in told if who in shares_of(h)], who, number, shown[who])
    _name(drawn, told, order, shown)
    return sheet.png()


def _scale(drawn: Course, values: Sequence[float]) -> None:
    low, high = padded(values, 2.0)
    low, high = max(low, 0.0 if min(values) < 5 else low), min(high, 100.0)
    drawn.axes.set_ylim(low, high)
    levels = [level for level in steps(low, high) if 0 <= level <= 100]
    drawn.sheet.levels(drawn.axes, levels, [drawn.sheet.voice.percent(level) for level in levels])


def _line(drawn: Course, told: Sequence[Headline], who: str, number: int, colour: Colour) -> None:
    runs, before = drawn.runs(told), None
    mark = _MARKS[number % len(_MARKS)]
    for run in runs:
        places, values = [drawn.place(h) for h in run], [shares_of(h)[who] for h in run]
        if before is not None:  # what was between is not known: a hint of a line
            drawn.axes.plot(
                [before[0], places[0]], [before[1], values[0]], color=colour, lw=1.2, ls=(0, (1, 3))
            )
        drawn.axes.plot(
            *(places, values),
            color=colour,
            lw=3.2,
            ls=_STROKES[number % len(_STROKES)] if len(run) > 1 else "-",
            marker=mark,
            ms=9,
            markevery=max(1, len(run) // 8) if len(told) > _MANY else 1,
            mec=drawn.sheet.look.paper,
            zorder=3 + len(_MARKS) - number,
            solid_capstyle="round",
        )
        before = (places[-1], values[-1])


def _name(drawn: Course, told: Sequence[Headline], order: Sequence[str], shown: dict[str, Colour]) -> None:
    voice, called = drawn.sheet.voice, names(drawn.sheet.race, order)
    last = {who: shares_of(h)[who] for h in told for who in order if who in shares_of(h)}
    digits = max(decimals(value) for value in last.values())
    ranked = sorted(order, key=lambda who: -last[who])
    labels(drawn, [(last[who], called[who], voice.percent(last[who], digits), shown[who]) for who in ranked])
    left = len(order_of(told)) - len(order)
    if left > 0:
        box = drawn.axes.get_position()
        words = plain(voice.plural("and {n} other", "and {n} others", left))
        drawn.sheet.write(box.x1 + 0.015, box.y0 - 0.02, words, 12, colour=drawn.sheet.look.pale)
