"""Words by which feeds say what a count is, → Status and Call."""

import re
from collections.abc import Iterable

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
_TEST_NAME = re.compile(r"\b(?:test|tests|testing|dummy)\b")
# In running text a lone "test" or "sample" is about something else (a sample ballot, a test of strength).
_TEST_TEXT = re.compile(
    r"\btest (?:results?|data|feed|page|election|run|only)\b|\bthis is (?:only )?a test\b|\btestdaten\b"
    r"|\bsimulacro\b|\bdeneme (?:veri|sonuc)|donnees de test|dados de teste|dati di prova|datos de prueba"
)

# What an authority's feed says when the vote itself is void.
_ANNULLED = re.compile(r"\biptal|\bannul|\banulad|\binvalidated\b|\bvoided\b|fur ungultig|\bnulla\b")

_CALLS = {
    "x": Call.CALLED,
    "winner": Call.DECLARED,
    "gewahlt": Call.DECLARED,
    "electo": Call.DECLARED,
    "electa": Call.DECLARED,
    "eleito": Call.DECLARED,
    "eleita": Call.DECLARED,
    "elu": Call.DECLARED,
    "elue": Call.DECLARED,
    "elu e": Call.DECLARED,
    "eletto": Call.DECLARED,
    "eletta": Call.DECLARED,
    "kazandi": Call.DECLARED,
    "secildi": Call.DECLARED,
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
    "2o turno": Call.RUNOFF,
    "stichwahl": Call.RUNOFF,
    "ballottaggio": Call.RUNOFF,
}


def status_of(word: object) -> Status | None:
    """The status a feed's word means; None for a word that says nothing about it."""
    if not isinstance(word, str):
        return None
    text = folded(word)
    return next((status for status, pattern in _PATTERNS if pattern.search(text)), None)


def is_annulled(word: object) -> bool:
    """Whether a feed's status word says that the vote is annulled."""
    return isinstance(word, str) and bool(_ANNULLED.search(folded(word)))


def status_around(headings: Iterable[str], sentences: Iterable[str]) -> Status | None:
    """What the words around a table say: never more than unofficial, for they may be about what comes."""
    near, heads = list(sentences), list(headings)
    if any(_TEST_TEXT.search(folded(text)) for text in (*heads, *near)):
        return Status.TEST
    found = {status_of(text) for text in heads if len(text) < 160}
    if Status.RECOUNT in found:
        return Status.RECOUNT
    found |= {status_of(text) for text in near if len(text) < 160}
    return Status.UNOFFICIAL if Status.UNOFFICIAL in found else None


def call_of(mark: object) -> Call | None:
    """What a feed's mark on a choice means; a bare true or 1 is the winner by the feed's own word."""
    if mark is True or mark == 1:
        return Call.DECLARED
    if not isinstance(mark, str):
        return None
    word = folded(mark)
    return Call.DECLARED if word in _YES or mark.strip() in TICKS else _CALLS.get(word)


def is_projection(mark: object) -> bool:
    """Whether a feed's mark is only a projection ("projected-winner"): less than a call, whoever makes it."""
    return isinstance(mark, str) and "project" in folded(mark)


_YES = frozenset(("true", "yes", "y", "1", "w", "won", "oui", "si", "sim", "ja", "evet"))
TICKS = frozenset("✓✔☑✅")


def names_are_a_test(choices: tuple[Choice, ...]) -> bool:
    """Whether a line is called "test": boards try their systems with such names on live addresses."""
    return any(_TEST_NAME.search(folded(f"{choice.name} {choice.party or ''}")) for choice in choices)
