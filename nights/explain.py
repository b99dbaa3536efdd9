"""What became of everything that a replay took in: accepted, held, quarantined or ignored, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tally.claim import Claim
from tally.reading import Reading
from tally.standing import Standing
from tally.verdict import Verdict, of_claim, of_reading


@dataclass(frozen=True, slots=True)
class Taken:
    """One snapshot or page, with the standing before and after it."""

    before: Standing
    after: Standing
    at: datetime
    readings: Sequence[Reading] = ()
    claims: Sequence[Claim] = ()


Explain = Callable[[Taken], None]


def explained(taken: Taken) -> Iterator[str]:
    """A line for each reading and claim: when, whose, what it says, what became of it, and why."""
    race = taken.before.race.id
    for reading in taken.readings:
        verdict = of_reading(taken.before, taken.after, reading)
        yield _line(taken.at, race, reading.origin, _numbers(reading), verdict)
    for claim in taken.claims:
        verdict = of_claim(taken.before, taken.after, claim, taken.at)
        said = " ".join(part for part in (claim.kind.value, claim.actor, claim.target) if part)
        yield _line(taken.at, race, claim.origin, said, verdict)


def _line(at: datetime, race: str, origin: str, what: str, verdict: Verdict) -> str:
    why = f" ({verdict.why})" if verdict.why else ""
    return f"{at:%Y-%m-%d %H:%M:%S}Z  {race}  {origin}  {what}: {verdict.fate.value}{why}"


def _numbers(reading: Reading) -> str:
    """The first two lines as they were read, and how much is counted."""
    best = sorted(reading.results, key=lambda r: (r.votes or 0, r.share or 0.0), reverse=True)[:2]
    lines = [
        " ".join(
            part
            for part in (
                result.candidate,
                "" if result.votes is None else f"{result.votes:,}",
                "" if result.share is None else f"{result.share:g} %",
            )
            if part
        )
        for result in best
    ]
    if reading.counted is not None:
        lines.append(f"{reading.counted.pct:g} % counted")
    return ", ".join(lines) or "no numbers"
