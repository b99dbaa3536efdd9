"""The sheet that every picture is drawn on: 1080 × 1350 pixels, title above, source and hour below.

Only matplotlib's objects are used (``Figure`` and its Agg canvas), never
``pyplot``, whose one global state must not be met by two threads.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from bot.charts.colour import readable, rgb
from bot.charts.lettering import font, wrapped
from bot.wording.markup import plain
from bot.wording.names import origin_name, title
from bot.wording.voice import Voice
from tally.event import Headline
from tally.race import Race

WIDE, HIGH = 1080, 1350
_DPI = 150
LEFT, RIGHT = 0.06, 0.955
# On a phone the picture is about 2.7 times smaller: 13 points are nearly 10 there.
TITLE, SUBTITLE, BODY, SMALL = 21.0, 15.0, 14.0, 12.5
_COLOURS = 128
FOR_LETTERS = 4.5  # the contrast that WCAG asks of text; 3 is enough for a line


@dataclass(frozen=True)
class Look:
    """The colours of the paper and what is written on it."""

    paper: str
    ink: str
    pale: str
    line: str


LIGHT = Look("#ffffff", "#1a1a1a", "#5a5f66", "#d5d9de")
DARK = Look("#14181d", "#f0f2f4", "#a7afb8", "#39414a")


class Sheet:
    """One picture in the making. Places are parts of its width and height, from below."""

    def __init__(self, race: Race, voice: Voice, *, dark: bool, high: int = HIGH) -> None:
        self.race, self.voice, self.look = race, voice, DARK if dark else LIGHT
        self.part = HIGH / high  # what was measured for a high picture is a greater part of a low one
        self.figure = Figure(figsize=(WIDE / _DPI, high / _DPI), dpi=_DPI, facecolor=self.look.paper)
        self.canvas = FigureCanvasAgg(self.figure)
        self.renderer = self.canvas.get_renderer()  # type: ignore[no-untyped-call]

    def write(  # noqa: PLR0913 - where, what, and how it looks
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        colour: object = None,
        align: str = "left",
        stand: str = "baseline",
        width: float | None = None,
        lines: int = 1,
    ) -> int:
        """Text at a place, cut to ``lines`` of ``width``; how many lines it became."""
        fonts = font(size, bold=bold)
        room = (RIGHT - x if width is None else width) * WIDE
        shown = wrapped(text, fonts, room, lines, self.renderer)
        self.figure.text(
            *(x, y, shown),
            fontproperties=fonts,
            color=self._legible(colour) or self.look.ink,
            ha=align,
            va=stand,
            parse_math=False,
            linespacing=1.15,
        )
        return shown.count("\n") + 1

    def _legible(self, colour: object) -> object:
        """A candidate's colour as letters bear it: a line can be seen where a word can't be read yet."""
        if not isinstance(colour, tuple):
            return colour
        return readable(colour, rgb(self.look.paper), FOR_LETTERS)

    def head(self, subtitle: str) -> float:
        """The race's title and what the picture shows; returns where the room for the drawing begins."""
        below = 1 - 0.035 * self.part
        lines = self.write(LEFT, below, title(self.race), TITLE, bold=True, stand="top", lines=2)
        below -= (0.036 * lines + 0.006) * self.part
        more = self.write(LEFT, below, subtitle, SUBTITLE, colour=self.look.pale, stand="top", lines=2)
        return below - (0.027 * more + 0.012) * self.part

    def foot(self, headline: Headline, others: Sequence[str] = ()) -> None:
        """Whose count it is, and as of when, with the timezone: pictures travel."""
        named = ", ".join(origin_name(self.race, o) for o in dict.fromkeys([headline.origin, *others]))
        hour = f"{self.voice.day(headline.as_of)}, {self.voice.clock(headline.as_of)}"
        zone = zone_of(headline.as_of, self.voice)
        said = self.voice.say("Source: {name} · as of {time}", name=named, time=f"{hour} {zone}")
        self.write(LEFT, 0.052 * self.part, plain(said), SMALL, colour=self.look.pale, stand="top", lines=2)

    def axes(self, bottom: float, top: float, *, left: float = LEFT, right: float = RIGHT) -> Axes:
        """A place to draw in, without a frame; numbers stand inside on the left."""
        axes = self.figure.add_axes((left, bottom, right - left, top - bottom), facecolor=self.look.paper)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, colors=self.look.pale, labelsize=SMALL)
        axes.grid(visible=False)
        return axes

    def levels(self, axes: Axes, values: Sequence[float], labels: Sequence[str]) -> None:
        """Thin lines across at some values, each with its label on the left."""
        axes.set_yticks([])
        for value in values:
            axes.axhline(value, color=self.look.line, linewidth=1.0, zorder=0)
        box, (low, high) = axes.get_position(), axes.get_ylim()
        for value, label in zip(values, labels, strict=True):
            y = box.y0 + box.height * (value - low) / (high - low)
            self.write(
                box.x0 - 0.012,
                y,
                label,
                SMALL,
                colour=self.look.pale,
                align="right",
                stand="center",
                width=0.3,
            )

    def png(self) -> bytes:
        """The finished picture; few colours make it a third of the size."""
        self.canvas.draw()  # type: ignore[no-untyped-call]
        image = Image.frombuffer(
            "RGBA",
            self.canvas.get_width_height(),
            bytes(self.canvas.buffer_rgba()),  # type: ignore[no-untyped-call]
        )
        file = io.BytesIO()
        flat = image.convert("RGB").quantize(
            _COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        flat.save(file, "PNG", optimize=True)
        self._let_go()
        return file.getvalue()

    def _let_go(self) -> None:
        """Let go of six megabytes of pixels: in a circle of references they wait for a long collection."""
        self.figure.clear()
        vars(self.canvas).pop("renderer", None)
        del self.renderer


def zone_of(moment: datetime, voice: Voice) -> str:
    """The offset of an hour: "UTC+3", "UTC-3:30"."""
    offset = moment.astimezone(voice.timezone).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")
