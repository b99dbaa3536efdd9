"""The races of the bench: each with one page that may flip and several that stand still."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tally.race import Candidate, Origin, Race, Rank, Source

LEADERS = ("Lake List", "Hill List")
# The page kind that reads a table of results.
RESULTS_KIND = "table"
_MARGIN = 150


def votes_of(race: int, version: int) -> tuple[int, int]:
    """The two totals of a race's version: both only ever rise, and the lead changes every time.

    They differ in every race and version, so that an alert says by its numbers what it is about.
    """
    base = 200_000 + race * 50_000 + version * 1_000
    return (base + 2 * _MARGIN, base + _MARGIN) if version % 2 == 0 else (base, base + _MARGIN)


def host(number: int) -> str:
    """A loopback address of its own for a source."""
    return f"127.1.{number // 200}.{number % 200 + 1}"


def races(count: int, sources: int, port: int, cadence: float, hanging: int = 0) -> list[Race]:
    """``count`` races that share ``sources`` sources, and one more whose ``hanging`` pages never answer."""
    made = [_race(number, range(number, sources, count), count, port, cadence) for number in range(count)]
    if hanging:
        pages = tuple(_source(f"hang-{n}", f"hang/{n}", sources + n, port, cadence) for n in range(hanging))
        made.append(_race_of("hanging", pages))
    return made


def _race(number: int, numbers: range, count: int, port: int, cadence: float) -> Race:
    results = _source("results", f"race/{number}", number, port, cadence, kind=RESULTS_KIND)
    still = (_source(f"still-{n}", f"still/{n}", n, port, cadence) for n in numbers if n >= count)
    return _race_of(f"race-{number}", (results, *still))


def _source(name: str, path: str, number: int, port: int, cadence: float, kind: str = "article") -> Source:
    url = f"http://{host(number)}:{port}/{path}"
    official = kind != "article"
    return Source(
        name=name,
        url=url,
        kind=kind,
        origin="board" if official else name,
        rank=Rank.OFFICIAL if official else Rank.OUTLET,
        language="en",
        cadence=cadence,
        fastest=cadence,
        slowest=cadence,
    )


def _race_of(race_id: str, sources: tuple[Source, ...]) -> Race:
    closed = datetime.now(UTC) - timedelta(hours=2)
    return Race(
        id=race_id,
        title=race_id.replace("-", " ").capitalize(),
        date=closed.date(),
        timezone=ZoneInfo("UTC"),
        candidates=tuple(Candidate(name.split()[0].lower(), name) for name in LEADERS),
        polls_close=closed,
        watch_until=closed + timedelta(days=2),
        origins=(Origin("board", "Election Board", Rank.OFFICIAL),),
        sources=sources,
    )
