"""Pictures of a count as PNG, for a phone: shares over time, the margin, the count as it stands.

``draw`` remembers what it drew, so that a picture asked for by a hundred chats
is drawn once a standing. The drawing takes a processor for some tenths of a
second: call it off the event loop. matplotlib is imported by the first picture
and not before.
"""

from bot.charts.gallery import BARS, MARGIN, PICTURES, SHARES, draw, possible, usual
from bot.charts.measures import can_draw
from bot.charts.night import Night

__all__ = ["BARS", "MARGIN", "PICTURES", "SHARES", "Night", "can_draw", "draw", "possible", "usual"]
