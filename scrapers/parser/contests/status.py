"""Words by which feeds say what a count is, → Status and Call."""

import re

from scrapers.parser.contests.contest import Call, Choice
from scrapers.parser.contests.names import folded
from tally.reading import Status

# Asked in this order: "unofficial" holds "official", and a test outweighs everything.
_STATUSES = (
    (
        Status.TEST,
        r"\btest(?:ing)?\b|\bsample\b|\bdummy\b|\brehearsal\b|logic and accuracy"
        r"|\bsimulacro\b|\bdeneme\b",
    ),
    (
        Status.RECOUNT,
        r"\brecount|\brecuento|yeniden say|nachzahlung|\briconteggio|\brecontagem",
    ),
    (
        Status.UNOFFICIAL,
        r"unofficial|inoffiziell|not (?:yet )?(?:official|final|certified)"
        r"|non[ -](?:officiel|ufficial|certified)"
        r"|no oficial|nao oficia|resmi olmayan|gayri ?resmi|kesin olmayan|gecici|vorlaufig|provis"
        r"|prelimin|partial|parcial|parziale|partiel|incomplete|in-process|in progress|uncertified",
    ),
    (
        Status.CERTIFIED,
        r"\bcertif|canvass(?:ed| complete)|proclamad|homologad|endgultig|kesinlesmis|definitiv",
    ),
    (
        Status.OFFICIAL,
        r"\bofficial\b|\bofficiel|\boficial|\bufficial|\bamtlich|\bresmi\b|\bkesin\b|\bfinal\b",
    ),
)
_PATTERNS = tuple((status, re.compile(pattern)) for status, pattern in _STATUSES)
_TEST_NAME = re.compile(r"\b(?:test|tests|testing|dummy|fake|sample)\b(?!\s+valley)")

_CALLS = {
    "x": Call.CALLED,
    "winner": Call.DECLARED,
    "elected": Call.DECLARED,
    "declared": Call.DECLARED,
    "projected winner": Call.CALLED,
    "projected": Call.CALLED,
    "called": Call.CALLED,
    "certified": Call.CERTIFIED,
    "r": Call.RUNOFF,
    "runoff": Call.RUNOFF,
    "advanced to runoff": Call.RUNOFF,
    "advances": Call.RUNOFF,
}


def status_of(word: object) -> Status | None:
    """The status a feed's word means; None for a word that says nothing about it."""
    if not isinstance(word, str):
        return None
    text = folded(word)
    return next((status for status, pattern in _PATTERNS if pattern.search(text)), None)


def call_of(mark: object) -> Call | None:
    """What a feed's mark on a choice means; a bare true or 1 is the winner by the feed's own word."""
    if mark is True or mark == 1:
        return Call.DECLARED
    if not isinstance(mark, str):
        return None
    word = folded(mark)
    return Call.DECLARED if word in ("true", "yes", "y", "1", "w", "won") else _CALLS.get(word)


def names_are_a_test(choices: tuple[Choice, ...]) -> bool:
    """Whether a line is called "test": boards try their systems with such names on live addresses."""
    return any(_TEST_NAME.search(folded(f"{choice.name} {choice.party or ''}")) for choice in choices)
