"""The line that matters is crossed: half the votes, the top two, the last seat, a threshold, a quorum."""

from collections.abc import Iterable, Iterator, Mapping

from tally.event import Event, EventKind, Level
from tally.headline import ranked
from tally.options import Options
from tally.race import Method
from tally.reading import Result
from tally.sight import Details, Sight, Wake
from tally.standing import Count

NAME = "line_change"
KINDS = frozenset({EventKind.LINE_CHANGE})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.COUNT})
ORDER = 25
WHY = "Not only the first place decides: 50 % and one vote, the top two, the last seat, a threshold."
CASE = "Turkey 2023, the leader fell under 50 %; California 2024, second place in CA-16 tied exactly."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterable[Event]:
    """One event each time a line of the race's method is crossed."""
    line = _LINES.get(sight.after.race.method)
    told = None if line is None else sight.told
    if line is None or told is None:
        return ()
    return line(sight, told)


def _line(sight: Sight, told: Count, before: str, after: str, details: Details, who: str | None) -> Event:
    return sight.count_event(
        *(EventKind.LINE_CHANGE, f"{told.origin}/{sight.count_up('line_change.number')}"),
        *(Level.IMPORTANT, told),
        before=before,
        after=after,
        candidate=who,
        details=details,
    )


def _seats(sight: Sight, told: Count) -> Iterator[Event]:
    """Who is in and who is out; those who are level at the last place are neither."""
    seats = max(1, sight.after.race.seats)
    results = told.headline.results
    if len(results) <= seats:
        return
    last, next_one = results[seats - 1], results[seats]
    key, following = _number(last), _number(next_one)
    if key is None or following is None:
        return
    if key == following:
        yield from _level(sight, told, [r.candidate for r in results if _number(r) == key], seats)
        return
    sight.notes["line_change.level"] = None
    now = [result.candidate for result in results[:seats]]
    known = sight.notes.get("line_change.seats")
    sight.notes["line_change.seats"] = list(now)
    if not isinstance(known, list) or set(known) == set(now) or seats == 1:
        return
    out = [name for name in known if name not in now]
    came = [name for name in now if name not in known]
    details: Details = {"line": f"top {seats}", "margin": key - following}
    yield _line(sight, told, ", ".join(out), ", ".join(came), details, came[0])


def _number(result: Result) -> float | None:
    return result.share if result.votes is None else result.votes


def _level(sight: Sight, told: Count, names: list[str], seats: int) -> Iterator[Event]:
    level = " = ".join(sorted(names))
    if seats == 1 or sight.notes.get("line_change.level") == level:
        return  # with one seat it is a tie for the lead, which has its own rule
    sight.notes["line_change.level"] = level
    if "line_change.seats" not in sight.notes:
        return
    known = sight.notes["line_change.seats"]
    inside = [name for name in names if isinstance(known, list) and name in known]
    details: Details = {"line": f"top {seats}", "tie": True}
    yield _line(sight, told, ", ".join(inside), level, details, None)


def _shares(told: Count) -> Mapping[str, float]:
    """Everybody's share: as given, else of the votes listed."""
    results = told.headline.results
    if any(result.share is not None for result in results):
        return {r.candidate: r.share for r in results if r.share is not None}
    total = sum(result.votes or 0 for result in results)
    return {r.candidate: 100.0 * (r.votes or 0) / total for r in results if total}


def _half(sight: Sight, told: Count) -> Iterator[Event]:
    first = ranked(told.headline.results)[:1]
    share = _shares(told).get(first[0].candidate) if first else None
    if share is None:
        return
    threshold = sight.after.race.threshold
    yield from _crossed(sight, told, "majority", share > threshold, first[0].candidate, threshold, share)


def _referendum(sight: Sight, told: Count) -> Iterator[Event]:
    race = sight.after.race
    yes = next((c.id for c in race.candidates if c.id.casefold() == "yes"), None)
    yes = yes or (race.candidates[0].id if race.candidates else None)
    share = None if yes is None else _shares(told).get(yes)
    # With a threshold of one half the line is the lead, which has its own rule.
    if share is not None and race.threshold != 50.0:
        yield from _crossed(sight, told, "threshold", share >= race.threshold, yes, race.threshold, share)
    turnout = told.reading.turnout
    if race.quorum is not None and turnout is not None:
        yield from _crossed(sight, told, "quorum", turnout >= race.quorum, None, race.quorum, turnout)


def _crossed(
    sight: Sight, told: Count, line: str, over: bool, who: str | None, limit: float, value: float
) -> Iterator[Event]:
    note = f"line_change.{line}"
    known = sight.notes.get(note)
    sight.notes[note] = over
    if known is None or known == over:
        return
    details: Details = {"line": line, "threshold": limit, "value": round(value, 4)}
    words = ("below", "above") if over else ("above", "below")
    yield _line(sight, told, *words, details, who)


_LINES = {Method.TOP_N: _seats, Method.MAJORITY: _half, Method.REFERENDUM: _referendum}
