"""The margin over time between who is first and who is second now; below the middle the second was ahead."""

from collections.abc import Sequence

from bot.charts.colour import Colour, colours
from bot.charts.course import LABELS, Course, course
from bot.charts.lettering import names
from bot.charts.measures import margins, order_of, padded, steps
from bot.charts.night import Night
from bot.charts.sheet import BODY, SMALL, Sheet
from bot.wording.blocks import margin as margin_words
from bot.wording.markup import plain
from bot.wording.voice import Voice, decimals
from tally.event import Headline


def paint(night: Night, voice: Voice, *, dark: bool) -> bytes:
    """The margin at each count that the race was told by, as a PNG. At least one has a margin."""
    sheet = Sheet(night.race, voice, dark=dark)
    first, second = order_of(night.told)[:2]
    in_votes = not margins(night.told, first, second, in_votes=False)
    points = margins(night.told, first, second, in_votes=in_votes)
    drawn = course(sheet, night, [h for h, _ in points], plain(voice.say("Margin between the first two")))
    _scale(drawn, [value for _, value in points], in_votes=in_votes)
    shown = colours(night.race, (first, second), sheet.look.paper)
    _draw(drawn, points, shown[first], shown[second])
    _name(drawn, points, (first, second), shown)
    return sheet.png()


def _scale(drawn: Course, values: Sequence[float], *, in_votes: bool) -> None:
    voice, axes = drawn.sheet.voice, drawn.axes
    axes.set_ylim(*padded([*values, 0.0], 10.0 if in_votes else 0.5))
    levels = steps(*axes.get_ylim())
    if in_votes:
        words = [voice.number(abs(level)) for level in levels]
    else:
        digits = max(decimals(level) for level in levels)
        words = [voice.number(abs(level), digits) for level in levels]
    drawn.sheet.levels(axes, levels, words)
    axes.axhline(0, color=drawn.sheet.look.ink, lw=2, zorder=2)


def _draw(drawn: Course, points: Sequence[tuple[Headline, float]], above: object, below: object) -> None:
    value_of, axes, before = dict(points), drawn.axes, None
    for run in drawn.runs([headline for headline, _ in points]):
        places, values = [drawn.place(h) for h in run], [value_of[h] for h in run]
        if before is not None:
            drawn.hint(before, (places[0], values[0]), drawn.sheet.look.ink)
        for side, colour in ((1, above), (-1, below)):
            ahead = [side * value > 0 for value in values]
            axes.fill_between(
                places, values, 0, where=ahead, interpolate=True, color=colour, alpha=0.35, lw=0
            )
            marked = [(x, y) for x, y in zip(places, values, strict=True) if side * y > 0]
            mark = "o" if side > 0 else "s"
            axes.plot([x for x, _ in marked], [y for _, y in marked], mark, ms=9, color=colour, zorder=5)
        axes.plot(places, values, color=drawn.sheet.look.ink, lw=2.4, marker="o", ms=3, zorder=4)
        before = (places[-1], values[-1])


def _name(
    drawn: Course, points: Sequence[tuple[Headline, float]], pair: Sequence[str], shown: dict[str, Colour]
) -> None:
    """Which side is whose, and the margin now, between the two and never upon them."""
    sheet, voice, box = drawn.sheet, drawn.sheet.voice, drawn.axes.get_position()
    called, x, last = names(sheet.race, pair), LABELS + 0.015, points[-1][1]
    low, high = drawn.axes.get_ylim()
    sides = [(pair[0], "▲", box.y1 - 0.02)]
    if any(value < 0 for _, value in points):
        sides.append((pair[1], "▼", box.y0 + 0.03))
    for who, arrow, y in sides:
        words = plain(voice.say("{name} ahead", name=f"{arrow} {called[who]}"))
        sheet.write(x, y, words, BODY, bold=True, colour=shown[who], lines=2)
    wanted = box.y0 + box.height * (last - low) / (high - low)
    y = min(max(wanted, box.y0 + 0.09), box.y1 - 0.085)
    sheet.write(x, y, plain(margin_words(points[-1][0], voice) or ""), SMALL, lines=3)
