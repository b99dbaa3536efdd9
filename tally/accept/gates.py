"""What is no news yet: test data, anything before polls close, counts under an embargo."""

import re
from datetime import datetime

from tally.accept.complaint import Complaint
from tally.claim import Claim
from tally.race import Race
from tally.reading import Reading, Status
from tally.standing import Doubt, Standing

# New York 2021 published 135,000 records of test ballots; feeds are tried out
# with names like these. A configured candidate may be called what he likes.
_TEST_NAME = re.compile(
    r"^(test|dummy|sample|placeholder|lorem|xxx+)\b"
    r"|\b(test|dummy|sample) (candidate|data|record|contest|race)\b"
    r"|\bcandidate test\b",
    re.IGNORECASE,
)
_KNOWN: dict[str, bool] = {}


def looks_like_test(name: str) -> bool:
    """Whether a candidate's name is one that feeds are tried out with."""
    known = _KNOWN.get(name)
    if known is None:
        if len(_KNOWN) > 10_000:
            _KNOWN.clear()
        known = _KNOWN[name] = _TEST_NAME.search(name) is not None
    return known


def gate(reading: Reading, standing: Standing, now: datetime) -> Complaint | None:
    """What keeps a reading from being news at all at this hour."""
    race = standing.race
    if reading.status is Status.TEST:
        return Complaint(Doubt.TEST_DATA, "the count calls itself a test")
    for result in reading.results:
        if looks_like_test(result.candidate) and race.candidate(result.candidate) is None:
            return Complaint(Doubt.TEST_DATA, f"a candidate is called {result.candidate!r}")
    if _too_early(race, reading, now):
        return Complaint(Doubt.BEFORE_POLLS_CLOSE, "told before polls closed")
    if race.embargo is not None and now < race.embargo:
        return Complaint(Doubt.EMBARGO, "told before the embargo lifts")
    return None


def _too_early(race: Race, told: Reading | Claim, now: datetime) -> bool:
    """Before polls close by the clock, or by its own stamp; without a closing time, before the day."""
    close = race.polls_close
    if close is None:
        return told.as_of.date() < race.date and told.as_of.astimezone(race.timezone).date() < race.date
    return now < close or (told.stamped and told.as_of < close)


def claim_is_early(race: Race, claim: Claim, now: datetime) -> bool:
    """Whether a claim was made before polls closed (it alerts nobody, whatever it says)."""
    return _too_early(race, claim, now)


def under_embargo(race: Race, now: datetime) -> bool:
    """Whether claims have to wait for the embargo."""
    return race.embargo is not None and now < race.embargo
