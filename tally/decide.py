"""The one decision: from what was believed and what was read to what is believed and what is news."""

from collections.abc import Sequence
from datetime import datetime

from tally.claim import Claim
from tally.event import Event
from tally.reading import Reading
from tally.standing import Standing


def decide(
    standing: Standing, readings: Sequence[Reading], claims: Sequence[Claim], now: datetime
) -> tuple[Standing, tuple[Event, ...]]:
    """The standing after one capture's readings and claims, and the news in it.

    Pure: the same arguments give the same answer. Without readings and claims
    it lets time pass (a feed goes stale, an embargo lifts, a hold runs out).
    """
    return standing, ()
