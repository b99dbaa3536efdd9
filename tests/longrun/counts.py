"""Counts that nobody recorded, made the way real ones go: areas of their own mind, reported in batches.

Each count is drawn from a seed: how many stand and how many vote, how near the end is, in what order and in
what lumps the areas report, and how the feed prints it (whole votes, votes computed back from rounded shares,
shares alone, with or without how far it is).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from nights.series import Snapshot
from tally.evidence import Evidence
from tally.race import Candidate, Method, Race
from tally.reading import Counted, Reading, Result

STYLES = (
    *("plain", "bare", "computed", "shares", "tenths", "expected", "early", "top"),
    *("best", "zeros", "holes", "revised", "sorted"),
)
PACES = ("quick", "steady", "slow", "lumps", "mail", "single")
_START = datetime(2031, 5, 4, 19, 0, tzinfo=UTC)
_NAMES = (
    "Ash",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Gum",
    "Hazel",
    "Ivy",
    "Juniper",
    "Kauri",
    "Larch",
)


@dataclass(frozen=True)
class State:
    """What is truly counted at one moment."""

    moment: datetime
    votes: dict[str, int]
    done: float


def race_of(name: str, names: tuple[str, ...], seats: int = 1) -> Race:
    """A race as a series makes it."""
    return Race(
        id=name,
        title=name,
        date=date(2031, 5, 4),
        timezone=ZoneInfo("UTC"),
        candidates=tuple(Candidate(each, each) for each in names),
        method=Method.TOP_N if seats > 1 else Method.PLURALITY,
        seats=seats,
    )


def count(seed: int, seats: int = 1) -> list[Snapshot]:
    """One race, from its first snapshot to its last; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - a made count, no secret
    style = STYLES[seed % len(STYLES)]
    pace = PACES[seed // len(STYLES) % len(PACES)]
    states = list(_states(random, pace))
    names = tuple(states[0].votes)
    race = race_of(f"{style} {pace} {seed}", names, seats)
    return [s for s in _printed(race, states, style, random) if s is not None]


def _states(random: Random, pace: str) -> Iterator[State]:
    names = _NAMES[: random.choice((2, 2, 3, 3, 4, 6, 12))]
    voters = int(10 ** random.uniform(2.3, 6.5))
    batches = _batches(random, names, voters, pace)
    votes = dict.fromkeys(names, 0)
    moment = _START + timedelta(seconds=random.randrange(7200))
    done, total = 0, sum(sum(batch.values()) for batch in batches)
    for batch in batches:
        for name, number in batch.items():
            votes[name] += number
        done += sum(batch.values())
        yield State(moment, dict(votes), done / max(1, total))
        moment += timedelta(seconds=_pause(random, pace, done / max(1, total)))


def _pause(random: Random, pace: str, done: float) -> int:
    if pace == "quick":
        return random.randint(5, 90)
    if pace == "slow":
        return random.randint(3600, 4 * 86400)
    if pace == "mail" and done > 0.7:
        return random.randint(20 * 3600, 30 * 3600)
    return random.randint(60, 1800)


def _batches(random: Random, names: tuple[str, ...], voters: int, pace: str) -> list[dict[str, int]]:
    """Area by area who got what; two of the candidates end near each other."""
    weights = [random.gammavariate(2.0, 1.0) for _ in names]
    weights[1] = weights[0] * (1 + random.gauss(0, 0.01))
    how_many = {"lumps": random.randint(4, 12), "single": random.randint(60, 150)}.get(
        pace, random.randint(15, 60)
    )
    spread = random.choice((0.02, 0.1, 0.3))
    areas = []
    for _ in range(how_many):
        lean = [w * random.gammavariate(1 / spread**2, spread**2) for w in weights]
        size = random.paretovariate(1.2) if pace != "single" else 1.0
        areas.append((size, lean))
    if pace == "mail":
        areas.sort(
            key=lambda area: area[1][0] / sum(area[1]) + random.gauss(0, 0.05), reverse=random.random() < 0.5
        )
    whole = sum(size for size, _ in areas)
    return [_votes(random, names, lean, voters * size / whole) for size, lean in areas]


def _votes(random: Random, names: tuple[str, ...], lean: list[float], size: float) -> dict[str, int]:
    total = sum(lean)
    found = {}
    for name, part in zip(names, lean, strict=True):
        expected = size * part / total
        found[name] = max(0, round(random.gauss(expected, expected**0.5)))
    return found


def _revised(states: list[State], random: Random) -> list[State]:
    """Now and then a box was entered twice or at another name, which is put right for good."""
    wrong = dict.fromkeys(states[0].votes, 0)
    found = []
    for state in states:
        if random.random() < 0.05:
            name = random.choice(list(wrong))
            wrong[name] += round(state.votes[name] * random.choice((0.001, 0.01, 0.05)))
        votes = {name: max(0, number - wrong[name]) for name, number in state.votes.items()}
        found.append(State(state.moment, votes, state.done))
    return found


def _printed(race: Race, states: list[State], style: str, random: Random) -> Iterator[Snapshot | None]:
    estimate, early = random.uniform(0.9, 1.1), random.uniform(0.5, 0.95)
    if style == "revised":
        states = _revised(states, random)
    if style == "zeros":
        nothing = dict.fromkeys(states[0].votes, 0)
        first = states[0].moment
        states = [State(first - timedelta(minutes=m), nothing, 0.0) for m in (90, 30, 10)] + states
    listed = sorted(states[-1].votes, key=lambda name: -states[-1].votes[name])[:5]
    for line, state in enumerate(states, 2):
        total = sum(state.votes.values())
        if not total and style != "zeros":
            continue
        if random.random() < 0.1:
            estimate *= random.uniform(0.97, 1.03)
        pct: float | None = round(100 * state.done, 2)
        if style == "bare":
            pct = None
        elif style == "expected":
            pct = round(min(99.0, 100 * state.done * estimate), 0)
        elif style == "early":
            pct = round(min(100.0, 100 * state.done / early), 1)
        elif style == "holes" and random.random() < 0.3:
            pct = None
        names = [name for name in state.votes if style != "top" or name in listed]
        if style in ("best", "sorted"):
            names.sort(key=lambda name: -state.votes[name])
            names = names[:4] if style == "best" else names
        printed = random.choice(("plain", "plain", "bare")) if style == "holes" else style
        results = tuple(_line(name, state.votes[name], total, printed) for name in names)
        reading = Reading(
            *(race.id, "made", state.moment, Evidence(f"{results}", f"line {line}", "series"), results),
            None if pct is None else Counted(pct),
        )
        yield Snapshot(race, reading, line)


def _line(name: str, votes: int, total: int, style: str) -> Result:
    share = 100 * votes / total if total else 0.0
    if style == "bare":
        return Result(name, votes)
    if style == "computed":
        return Result(name, round(total * round(share / 100, 3)), round(share, 1))
    if style in ("shares", "tenths"):
        return Result(name, None, round(share, 2 if style == "shares" else 1))
    return Result(name, votes, round(share, 2))
