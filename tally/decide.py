"""The one decision: from what was believed and what was read to what is believed and what is news."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tally.accept.complaint import PATIENCE
from tally.accept.progress import pct_of
from tally.accept.settle import accept
from tally.accept.take import is_fresher, is_known, take
from tally.causes import causes
from tally.claim import Claim
from tally.draft import Draft
from tally.event import Event
from tally.reading import Reading, Status
from tally.rules import woken_by
from tally.sight import Sight
from tally.silence import fall_silent, silent_from
from tally.standing import Doubt, Quarantined, Standing
from tally.statuses import hear_all, hear_count
from tally.usual import usual


def decide(
    standing: Standing, readings: Sequence[Reading], claims: Sequence[Claim], now: datetime
) -> tuple[Standing, tuple[Event, ...]]:
    """The standing after one capture's readings and claims, and the news in it.

    Pure: the same arguments give the same answer. Without readings and claims
    it lets time pass (a feed goes stale, an embargo lifts, a hold runs out).
    Where nothing moved the very same standing comes back.
    """
    if _nothing_new(standing, readings, claims):
        return standing, ()
    if len(readings) == 1 and not claims and (found := usual(standing, readings[0], now)) is not None:
        return found
    draft = Draft.of(standing, now)
    draft.look = _look
    if standing.waiting or standing.quarantine:
        _open_gates(draft)
    # Claims first: whether a recount is on decides what a lower total on the same page means.
    if claims:
        hear_all(draft, claims)
    for reading in readings if len(readings) == 1 else sorted(readings, key=_in_order):
        if reading.race == standing.race.id:
            take(draft, reading)
            if reading.status is not Status.UNOFFICIAL:
                hear_count(draft, reading)
    timed = _let_time_pass(draft)
    if not draft.touched and not timed:
        return standing, ()
    after = _look(draft, timed)
    return after, tuple(draft.events)


def _nothing_new(standing: Standing, readings: Sequence[Reading], claims: Sequence[Claim]) -> bool:
    """The cheap way out: one reading, the same as is believed, and nothing in doubt."""
    if len(readings) != 1 or claims or standing.quarantine or standing.waiting:
        return False
    reading = readings[0]
    count = standing.origins.get(reading.origin)
    if count is None or count.silent_since is not None:
        return False
    return is_known(count, reading) and not is_fresher(count, reading)


def _in_order(reading: Reading) -> tuple[int, datetime, float]:
    """Readings of one capture are taken in the order of the count, not of the page."""
    return (reading.round or 0, reading.as_of, pct_of(reading) or 0.0)


def _open_gates(draft: Draft) -> None:
    """Take in what waited for the embargo, once it has lifted."""
    if not draft.before.race.counting_may_be_told(draft.now):
        return
    held = [item for item in draft.quarantine if item.doubt is Doubt.EMBARGO and not item.rejected]
    for item in held:
        draft.release(item)
        take(draft, item.reading)
    waiting, draft.waiting = draft.waiting, ()
    hear_all(draft, waiting)
    draft.touched = draft.touched or bool(waiting)


def _let_time_pass(draft: Draft) -> bool:
    """Confirm what stood long enough, and mark the feeds that fell silent; whether any did."""
    for item in draft.quarantine:
        if (moment := _stands_until(item)) is not None and draft.now >= moment:
            draft.release(item)
            count = draft.counts.get(item.reading.origin)
            if count is not None and count.moved <= item.since:  # else another page of it has gone on
                accept(draft, item.reading, fell=True)
    silent = fall_silent(draft.standing(), draft.now) if _some_quiet(draft) else {}
    draft.counts.update(silent)
    due = draft.notes.get("lead_change.due")
    return bool(silent) or (isinstance(due, str) and draft.now >= datetime.fromisoformat(due))


def _some_quiet(draft: Draft) -> bool:
    """Whether any count may be silent for too long: asked of every reading, so it is asked cheaply."""
    moments = [count.quiet_at for count in draft.counts.values() if count.quiet_at is not None]
    return bool(moments) and draft.now >= min(moments)


def _stands_until(item: Quarantined) -> datetime | None:
    """When a doubted reading has stood for long enough to be believed, None if it never is."""
    stands = PATIENCE[item.doubt].stands
    if stands is None or item.rejected or "stamped" in item.why:
        return None
    return item.since + timedelta(seconds=stands)


def _look(draft: Draft, timed: bool = False) -> Standing:
    """Let the rules that have to do with what moved look at it; the standing as it is now."""
    after = draft.standing()
    woken = causes(draft, after, timed)
    if woken:
        told = None if after.headline is None else after.origins[after.headline.origin]
        moved = (draft.moves, draft.said, draft.doubts)
        sight = Sight(draft.before, after, draft.now, *moved, draft.notes, told)
        for rule in woken_by(woken):
            draft.events.extend(rule.look(sight))
    return after


def unchanged(standing: Standing, source: str, now: datetime) -> tuple[Standing, tuple[Event, ...]]:
    """The standing after a poll that found a page unchanged.

    It is the next poll for whatever is held of that page: a lower total that
    still stands is a revision. Costs nothing where nothing is held.
    """
    held = [item.reading for item in standing.quarantine if item.reading.source == source]
    return decide(standing, held, (), now) if held else (standing, ())


def next_due(standing: Standing) -> datetime | None:
    """The next moment at which time alone changes something, None if there is none.

    A replayer calls :func:`decide` without readings at these moments; a live
    service simply calls it now and then.
    """
    plain = not (standing.quarantine or standing.waiting or "lead_change.due" in standing.notes)
    if plain and standing.headline is not None and len(standing.origins) == 1:
        return silent_from(standing.origins[standing.headline.origin], standing)
    moments = [c.quiet_at for c in standing.origins.values() if silent_from(c, standing) is not None]
    if standing.quarantine:
        moments += [_stands_until(item) for item in standing.quarantine]
    due = standing.notes.get("lead_change.due")
    if isinstance(due, str):
        moments.append(datetime.fromisoformat(due))
    if standing.waiting or any(item.doubt is Doubt.EMBARGO for item in standing.quarantine):
        moments.append(standing.race.embargo)
    return min((moment for moment in moments if moment is not None), default=None) if moments else None


def approve(standing: Standing, item_id: str, now: datetime) -> tuple[Standing, tuple[Event, ...]]:
    """The standing after the operator let a quarantined reading pass. KeyError if there is none such."""
    item = _quarantined(standing, item_id)
    draft = Draft.of(standing, now)
    draft.release(item)
    accept(draft, item.reading, fell=item.reading.origin in standing.origins)
    after = _look(draft)
    return after, tuple(draft.events)


def reject(standing: Standing, item_id: str, now: datetime) -> tuple[Standing, tuple[Event, ...]]:
    """The standing after the operator refused a quarantined reading; those numbers stay refused."""
    item = _quarantined(standing, item_id)
    kept = tuple(replace(i, rejected=True) if i is item else i for i in standing.quarantine)
    return replace(standing, quarantine=kept), ()


def _quarantined(standing: Standing, item_id: str) -> Quarantined:
    for item in standing.quarantine:
        if item.id == item_id:
            return item
    raise KeyError(item_id)
