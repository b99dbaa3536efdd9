"""The count as it stands: a bar for each of the first ten in their own colours."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from bot.charts.colour import colours
from bot.charts.lettering import names
from bot.charts.measures import best_first, shares_of
from bot.charts.night import Night
from bot.charts.sheet import BODY, HIGH, LEFT, RIGHT, SMALL, Sheet
from bot.wording.blocks import counted, margin
from bot.wording.markup import plain
from bot.wording.voice import Voice, decimals
from tally.event import Headline
from tally.race import Method, Race
from tally.reading import Result

BARS = 10
_BOTTOM, _ROW = 0.115, 0.115  # of a picture of full height
_FULL = (10.0, 25.0, 50.0, 100.0)  # what a bar across the whole picture stands for, in per cent


def paint(night: Night, voice: Voice, *, dark: bool) -> bytes:
    """The latest count's shares, or its votes where it has none, as a PNG. One line at least has a number."""
    headline = night.standing.headline
    if headline is None:
        raise ValueError("there is no count to draw")
    lines = best_first(headline.results)
    shown = lines[:BARS]
    sheet = Sheet(night.race, voice, dark=dark, high=round(HIGH * (0.27 + _ROW * min(len(shown), 6))))
    top = sheet.head(_subtitle(headline, voice))
    sheet.foot(headline)
    _draw(sheet, headline, shown, top)
    if len(lines) > BARS:
        words = plain(voice.plural("and {n} other", "and {n} others", len(lines) - BARS))
        sheet.write(LEFT, 0.085 * sheet.part, words, SMALL, colour=sheet.look.pale)
    return sheet.png()


def _draw(sheet: Sheet, headline: Headline, lines: Sequence[Result], top: float) -> None:
    shares = shares_of(headline)
    lengths = [shares.get(r.candidate, 0.0) if shares else float(r.votes or 0) for r in lines]
    needed = _needed(sheet.race) if shares else None
    longest = max([*lengths, needed or 0.0]) or 1.0
    full = next((full for full in _FULL if longest <= full), longest) if shares else longest
    height = (top - _BOTTOM * sheet.part) / len(lines)
    axes = _rows(sheet, top - height * len(lines), top, full, len(lines))
    shown = colours(sheet.race, [r.candidate for r in lines], sheet.look.paper)
    called = names(sheet.race, [r.candidate for r in lines], limit=40)
    for row, (line, length) in enumerate(zip(lines, lengths, strict=True)):
        axes.barh(row + 0.7, full, 0.36, color=sheet.look.line, alpha=0.5)
        axes.barh(row + 0.7, length, 0.36, color=shown[line.candidate])
        _words(
            sheet, top - height * (row + 0.44), called[line.candidate], _figures(line, shares, sheet.voice)
        )
    if needed is not None:
        axes.axvline(needed, color=sheet.look.ink, lw=2.5, ls=(0, (3, 2)))
        words = plain(sheet.voice.say("{percent} needed", percent=sheet.voice.percent(needed)))
        place, under = LEFT + (RIGHT - LEFT) * needed / full, top - height * len(lines)
        align = "right" if place > 0.6 else "left"
        sheet.write(
            *(place, under - 0.02 * sheet.part, words, SMALL),
            colour=sheet.look.pale,
            align=align,
            width=0.5,
        )


def _rows(sheet: Sheet, bottom: float, top: float, full: float, rows: int) -> Axes:
    axes = sheet.axes(bottom, top)
    axes.set_xlim(0, full)
    axes.set_ylim(rows, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def _words(sheet: Sheet, y: float, name: str, figures: tuple[str, str]) -> None:
    """Above the bar: the name, and at the right the share and the votes."""
    share, votes = figures
    sheet.write(LEFT, y, name, BODY + 1, bold=True, width=0.47)
    sheet.write(RIGHT, y, share or votes, BODY + 1, bold=True, align="right", width=0.3)
    if share and votes:
        sheet.write(RIGHT - 0.17, y, votes, SMALL, align="right", colour=sheet.look.pale, width=0.3)


def _figures(line: Result, shares: dict[str, float], voice: Voice) -> tuple[str, str]:
    share = shares.get(line.candidate)
    digits = max(decimals(round(value, 2)) for value in shares.values()) if shares else 0
    return (
        "" if share is None else voice.percent(share, digits),
        "" if line.votes is None else voice.number(line.votes),
    )


def _subtitle(headline: Headline, voice: Voice) -> str:
    told = [voice.say("The count now"), counted(headline.counted, voice), margin(headline, voice)]
    return " · ".join(plain(part) for part in told if part)


def _needed(race: Race) -> float | None:
    """The share that decides, where one does."""
    return race.threshold if race.method in {Method.MAJORITY, Method.REFERENDUM} else None
