"""Pictures that were drawn are kept for a while: a hundred chats ask for the same one after an alert."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from importlib import import_module

from bot.charts.measures import can_draw, has_margins, shared, shares_of
from bot.charts.night import Night
from bot.wording.voice import Voice
from tally.event import Headline

SHARES, MARGIN, BARS = "shares", "margin", "bars"
PICTURES = (SHARES, MARGIN, BARS)
KEPT = 48  # of some 40 KB each

_known: OrderedDict[Hashable, bytes] = OrderedDict()
_drawing = threading.Lock()


def usual(headline: Headline | None) -> str:
    """What to show by default: shares over time, or the bars where the latest count tells no shares."""
    return SHARES if headline is not None and shares_of(headline) else BARS


def possible(night: Night) -> list[str]:
    """The pictures that the numbers of a night are enough for."""
    enough = {
        SHARES: bool(shared(night.told)),
        MARGIN: has_margins(night.told),
        BARS: can_draw(night.standing.headline),
    }
    return [picture for picture in PICTURES if enough[picture]]


def draw(
    picture: str, version: Hashable, night: Callable[[], Night], voice: Voice, *, dark: bool = False
) -> bytes:
    """One of ``PICTURES`` as a PNG of 1080 × 1350 pixels.

    ``version`` changes whenever the picture would; ``night`` is asked for what
    to draw only when it did. May be called from any thread, one draws at a
    time. Raises whatever the drawing raises.
    """
    key = (picture, version, voice.language, voice.timezone.key, dark)
    with _drawing:
        if key not in _known:
            _known[key] = _painted(picture, night(), voice, dark=dark)
        _known.move_to_end(key)
        while len(_known) > KEPT:
            _known.popitem(last=False)
        return _known[key]


def _painted(picture: str, night: Night, voice: Voice, *, dark: bool) -> bytes:
    """Drawn by the module of that name; matplotlib is imported here and not before.

    Where its numbers are not enough for the picture asked for, it is the next best.
    """
    can = possible(night)
    if not can:
        raise ValueError(f"{night.race.id} has no numbers to draw")
    picture = picture if picture in can else can[-1]
    paint: Callable[..., bytes] = import_module(f"bot.charts.{picture}").paint
    return paint(night, voice, dark=dark)
