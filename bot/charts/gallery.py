"""Pictures that were drawn are kept for a while: a hundred chats ask for the same one after an alert."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from importlib import import_module

from bot.charts.night import Night
from bot.wording.voice import Voice

SHARES, MARGIN, BARS = "shares", "margin", "bars"
PICTURES = (SHARES, MARGIN, BARS)
KEPT = 48  # of some 40 KB each

_known: OrderedDict[Hashable, bytes] = OrderedDict()
_drawing = threading.Lock()


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
    """Drawn by the module of that name; matplotlib is imported here and not before."""
    paint: Callable[..., bytes] = import_module(f"bot.charts.{picture}").paint
    return paint(night, voice, dark=dark)
