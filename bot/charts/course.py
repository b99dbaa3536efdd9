"""What pictures over time have in common: hours below, events marked and told, the counted share beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matplotlib.axes import Axes

from bot.charts.lettering import font
from bot.charts.night import Night
from bot.charts.sheet import BODY, LEFT, SMALL, Sheet
from bot.charts.timeline import Timeline
from bot.wording.blocks import counted as counted_words
from bot.wording.markup import plain
from bot.wording.reasons import in_one_line
from tally.event import Event, Headline

EVENTS = 4
START, LABELS = 0.15, 0.715  # where the lines begin; where they end and their names begin
_FOOT, _LINE, _HOURS, _COUNTED = 0.078, 0.034, 0.062, 0.075
_MARKS_APART = 0.05


@dataclass(frozen=True)
class Course:
    """A sheet with its hours laid out; draw into ``axes``, from 0 to 1 across."""

    sheet: Sheet
    axes: Axes
    timeline: Timeline

    def place(self, headline: Headline) -> float:
        """Where a count stands across."""
        return self.timeline.at(headline.as_of)

    def hint(self, before: tuple[float, float], after: tuple[float, float], colour: object) -> None:
        """A hint of a line over what is not known: another's count, or a long silence."""
        places, values = zip(before, after, strict=True)
        self.axes.plot(places, values, color=colour, lw=1.3, ls=(0, (1, 3)), zorder=2)

    def runs(self, told: Sequence[Headline]) -> list[list[Headline]]:
        """The counts in runs of one origin without a long silence: only within them a line is drawn whole."""
        made: list[list[Headline]] = []
        for headline in told:
            last = made[-1][-1] if made else None
            goes_on = last is not None and last.origin == headline.origin
            if last is not None and goes_on and not self.timeline.broken(last.as_of, headline.as_of):
                made[-1].append(headline)
            else:
                made.append([headline])
        return made


def course(sheet: Sheet, night: Night, told: Sequence[Headline], subtitle: str) -> Course:
    """Lay out a picture over time of these counts: everything but its lines."""
    news = night.news(EVENTS)
    timeline = Timeline([h.as_of for h in told] + [event.at for event in news])
    sheet.foot(told[-1], [h.origin for h in reversed(told)])
    top, bottom = sheet.head(subtitle), _tell(sheet, news) + _HOURS
    given = [h for h in told if h.counted is not None]
    if given:
        panel = _panel(sheet, timeline, bottom, bottom + _COUNTED)
        _draw_counted(Course(sheet, panel, timeline), given)
        bottom += _COUNTED + 0.02
    axes = _panel(sheet, timeline, bottom, top - 0.025)
    _hours(axes if not given else panel, sheet, timeline)
    _mark(axes, sheet, timeline, [event.at for event in news])
    return Course(sheet, axes, timeline)


def _panel(sheet: Sheet, timeline: Timeline, bottom: float, top: float) -> Axes:
    axes = sheet.axes(bottom, top, left=START, right=LABELS)
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([])
    for left, right in timeline.breaks():
        axes.axvspan(
            left + 0.2 * (right - left),
            right - 0.2 * (right - left),
            color=sheet.look.line,
            alpha=0.45,
            lw=0,
            zorder=0,
        )
    return axes


def _hours(axes: Axes, sheet: Sheet, timeline: Timeline) -> None:
    ticks = timeline.ticks(sheet.voice)
    axes.set_xticks(
        [place for place, _ in ticks],
        [label for _, label in ticks],
        fontproperties=font(SMALL),
        color=sheet.look.pale,
        parse_math=False,
    )


def _draw_counted(course: Course, given: Sequence[Headline]) -> None:
    """How much was counted when, with the last figure in words."""
    sheet, axes = course.sheet, course.axes
    axes.set_ylim(0, 108)
    axes.set_yticks([])
    for run in course.runs(given):
        places = [course.place(h) for h in run]
        shares = [h.counted.pct if h.counted else 0.0 for h in run]
        axes.fill_between(places, shares, color=sheet.look.pale, alpha=0.35, lw=0)
        axes.plot(places, shares, color=sheet.look.pale, lw=2, marker="o", ms=3 if len(run) > 1 else 6)
    axes.axhline(0, color=sheet.look.line, lw=1.5)
    axes.axhline(100, color=sheet.look.line, lw=1)
    words = counted_words(given[-1].counted, sheet.voice, settled=True)
    middle = axes.get_position().y0 + axes.get_position().height / 2
    sheet.write(
        LABELS + 0.015, middle, plain(words or ""), SMALL, colour=sheet.look.pale, stand="center", lines=3
    )


def _tell(sheet: Sheet, news: Sequence[Event]) -> float:
    """The events in words, numbered as they are marked; returns how high they reach."""
    height = _FOOT
    for number, event in reversed(list(enumerate(news, 1))):
        hour = f"{sheet.voice.day(event.at)}, {sheet.voice.clock(event.at)}"
        words = plain(in_one_line(event, sheet.race, sheet.voice)).partition(" ")[2]
        lines = sheet.write(LEFT + 0.215, height, words, SMALL, lines=2)
        height += _LINE * (1 if lines == 1 else 1.65)
        top = height - _LINE
        sheet.write(LEFT, top, str(number), SMALL, bold=True)
        sheet.write(LEFT + 0.03, top, hour, SMALL, colour=sheet.look.pale)
    return height


def _mark(axes: Axes, sheet: Sheet, timeline: Timeline, hours: Sequence[datetime]) -> None:
    """A thin line at each event, its number above; the numbers keep apart where the hours do not."""
    last = -1.0
    for number, hour in enumerate(hours, 1):
        place = timeline.at(hour)
        last = max(place, last + _MARKS_APART)
        axes.axvline(place, color=sheet.look.pale, lw=1.2, ls=(0, (1, 2)), zorder=1)
        axes.annotate(
            str(number),
            (place, 1.0),
            xytext=(last, 1.035),
            xycoords=("data", "axes fraction"),
            textcoords=("data", "axes fraction"),
            fontproperties=font(SMALL, bold=True),
            color=sheet.look.paper,
            ha="center",
            va="center",
            parse_math=False,
            annotation_clip=False,
            bbox={"boxstyle": "circle,pad=0.22", "fc": sheet.look.ink, "ec": "none"},
        )


def labels(course: Course, ends: Sequence[tuple[float, str, str, object]]) -> None:
    """Names where lines end: (value, name, figure, colour) each, kept apart, the higher value above."""
    axes, sheet = course.axes, course.sheet
    box = axes.get_position()
    low, high = axes.get_ylim()
    wanted = [box.y0 + box.height * (value - low) / (high - low) for value, *_ in ends]
    for (_, name, figure, colour), y in zip(ends, _apart(wanted, 0.058, box.y0, box.y1), strict=True):
        sheet.write(LABELS + 0.015, y + 0.002, name, BODY, bold=True, colour=colour)
        sheet.write(LABELS + 0.015, y - 0.022, figure, SMALL, colour=sheet.look.ink)


def _apart(wanted: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Heights near the wanted ones, at least ``room`` apart; ``wanted`` falls."""
    room = min(room, (high - low) / max(1, len(wanted)))
    placed: list[float] = []
    for height in wanted:
        placed.append(min(height, placed[-1] - room if placed else high - 0.01))
    for number in range(len(placed) - 1, -1, -1):
        floor = low + room * (len(placed) - 1 - number)
        placed[number] = max(placed[number], floor)
    return placed
