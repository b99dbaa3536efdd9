"""A page that was read, in lines for a person: what was found, where it stood, and what was left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from scrapers.parser.page import Page
from tally.claim import Claim
from tally.race import Race
from tally.reading import Lead, Qualifier, Reading

_HOW = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
}


def lines(page: Page, race: Race) -> Iterator[str]:
    """The lines of one page: what was found, and the quote that proves it."""
    if page.title:
        yield page.title
    if page.reason:
        yield f"{page.outcome}: {page.reason}"
    for reading in page.readings:
        yield from (reading_line(reading, race), *_proof(reading))
    for claim in page.claims:
        yield from (claim_line(claim, race), *_proof(claim))


def reading_line(reading: Reading, race: Race) -> str:
    """A reading's numbers on one line."""
    return f"reading · {', '.join(_parts(reading, race))}"


def _parts(reading: Reading, race: Race) -> Iterator[str]:
    for result in reading.results:
        share = None if result.share is None else f"{result.share:g} %"
        votes = None if result.votes is None else f"{result.votes:,} votes"
        numbers = " and ".join(part for part in (share, votes) if part)
        yield f"{_name(result.candidate, race)} {_HOW[result.qualifier]}{numbers}"
    if reading.lead is not None:
        lead = reading.lead
        yield f"{_name(lead.candidate, race)} leads{_by(lead)}"
    if reading.counted is not None:
        yield f"{_HOW[reading.counted.qualifier]}{reading.counted.pct:g} % counted"
    if reading.turnout is not None:
        yield f"turnout {reading.turnout:g} %"
    yield str(reading.status)


def _by(lead: Lead) -> str:
    """How large a lead is; prose may tell of one without its size."""
    how = _HOW[lead.qualifier]
    if lead.votes is not None:
        return f" by {how}{lead.votes:,} votes"
    return f" by {how}{lead.points:g} points" if lead.points is not None else ""


def claim_line(claim: Claim, race: Race) -> str:
    """A claim on one line: its kind, whose it is, about whom."""
    kind = str(claim.kind).replace("_", " ")
    strength = f" ({claim.strength})" if claim.kind == "concession" else ""
    about = f" → {_name(claim.target, race)}" if claim.target else ""
    history = " · of the earlier vote" if claim.history else ""
    return f"claim · {kind}{strength}: {_name(claim.actor, race)}{about}{history}"


def whence(found: Reading | Claim) -> str:
    """Where it stood, whose it is, and the rule that read it."""
    return f"{found.evidence.where} · origin {found.origin} · read by {found.evidence.rule}"


def _proof(found: Reading | Claim) -> tuple[str, str]:
    return f"    “{_short(found.evidence.quote)}”", f"    {whence(found)}"


def _name(actor: str | None, race: Race) -> str:
    candidate = race.candidate(actor) if actor else None
    return candidate.name if candidate else actor or "nobody named"


def _short(quote: str, most: int = 300) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def score_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """The figures of a label file, kind by kind and language by language, then every miss and false alarm."""
    for subject in ("claims", "readings", "counted"):
        for kind, figure in figures[subject].items():
            yield _figure(f"{subject}/{kind}", figure)
    for language, subjects in sorted(figures["by_language"].items()):
        for subject, figure in subjects.items():
            yield _figure(f"{language}/{subject}", figure)
    yield f"{figures['milliseconds_per_item']} ms an item"
    for title, key, found in (("missed", "misses", "expected"), ("false alarm", "false_alarms", "found")):
        for case in figures[key]:
            yield f"{title} · {case['id']} ({case['lang']}): {case[found]} in “{_short(case['text'])}”"


def _figure(name: str, figure: Mapping[str, Any]) -> str:
    counts = f"tp {figure['tp']}, fp {figure['fp']}, fn {figure['fn']}"
    rates = "  ".join(f"{rate} {figure[rate]:.3f}" for rate in ("precision", "recall", "f1"))
    return f"{name:32} {rates}  ({counts})"
