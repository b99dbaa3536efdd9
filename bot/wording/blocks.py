"""The parts an alert is made of: numbers in columns, the margin, what is counted, the source."""

from collections.abc import Sequence

from bot.wording.basis import Basis, basis_of
from bot.wording.exactness import qualified
from bot.wording.markup import Html, clean, escape, join, plain, shorten, tag, units, width
from bot.wording.names import origin_name, origin_names, short_names
from bot.wording.voice import Voice, decimals
from tally.event import Event, EventKind, Headline, Proof, Tier
from tally.race import Race, Rank
from tally.reading import Counted, Qualifier, Result

LINES_SHOWN = 6
COLUMN = 14  # wider names wrap on a phone held upright
QUOTE_LIMIT = 300
FOLDED_FROM = 160  # units: four lines and more on a phone
URL_LIMIT = 1000
_OPENING, _CLOSING = '"“„«', '"”“»'
_ROUGHLY = {Qualifier.EXACT: "", Qualifier.ABOUT: "≈", Qualifier.AT_LEAST: "≥", Qualifier.AT_MOST: "≤"}


def table(headline: Headline, race: Race, voice: Voice) -> Html | None:
    """The results in aligned columns, best first; None where no line has a number."""
    told = [line for line in headline.results if line.votes is not None or line.share is not None]
    if not told:
        return None
    rows = [_row(line, race, voice, _share_digits(told)) for line in told[:LINES_SHOWN]]
    block = tag("pre", "\n".join(_align(rows)))
    left = len(told) - LINES_SHOWN
    return block if left < 1 else join([block, voice.plural("and {n} other", "and {n} others", left)], "\n")


def figures(headline: Headline, race: Race, voice: Voice, *, settled: bool = False) -> Html | None:
    """One line: the margin, and how much is counted."""
    told = [
        part for part in (margin(headline, voice), counted(headline.counted, voice, settled=settled)) if part
    ]
    return join(told, " · ") if told else None


def margin(headline: Headline, voice: Voice) -> Html | None:
    """The margin, "Margin 0.8 pt (19,233)", with whichever of the two is known."""
    points = None if headline.margin_points is None else abs(headline.margin_points)
    votes = None if headline.margin_votes is None else abs(headline.margin_votes)
    if headline.leader is None or (points is None and votes is None):
        return None
    if points is None:
        return voice.plural("Margin {n} vote", "Margin {n} votes", votes or 0)
    shown = voice.number(points, decimals(points))
    if votes is None:
        return voice.say("Margin {points} pt", points=shown)
    return voice.say("Margin {points} pt ({votes})", points=shown, votes=voice.number(votes))


def counted(given: Counted | None, voice: Voice, *, settled: bool = False) -> Html | None:
    """How much is counted, as exactly as it was given, and that all of it is not the end."""
    if given is None:
        return None
    said = _counted_words(given, voice)
    if given.pct < 100 or settled:
        return said
    # Los Angeles counted for weeks at "100 % of precincts".
    return join([said, voice.say("not final until certified")], " · ")


def source(event: Event, voice: Voice, race: Race) -> Html:
    """Whose word it is, linked to the page, and as of when."""
    first = event.proofs[0] if event.proofs else None
    headline = event.headline
    own = headline if headline and headline.origin == event.origin else None
    url = (first.url if first else None) or (own.url if own else None)
    as_of = first.as_of if first else headline.as_of if headline else event.at
    name = linked(origin_name(race, event.origin), url)
    return voice.say("Source: {name} · as of {time}", name=name, time=voice.hour(as_of, event.at))


def whose_count(headline: Headline, event: Event, race: Race, voice: Voice) -> Html | None:
    """Whose numbers stand beside somebody else's word: a concession told by one, counted by another."""
    if headline.origin == event.origin:
        return None
    name = linked(origin_name(race, headline.origin), headline.url)
    return voice.say("Count: {name} · as of {time}", name=name, time=voice.hour(headline.as_of, event.at))


def linked(name: str, url: str | None) -> Html:
    """``name`` as a link where there is a page to open."""
    return tag("a", name, href=url) if url and _can_be_opened(url) else tag("b", name)


def _can_be_opened(url: str) -> bool:
    """Whether it is a web address that nothing in it can turn into something else."""
    plain = url.isprintable() and " " not in url and clean(url) == url
    return plain and url.startswith(("https://", "http://")) and len(url) <= URL_LIMIT


def sureness(event: Event, race: Race, voice: Voice) -> Html:
    """How sure: one source so far, or whose words agree."""
    origins = agreeing(event)
    if event.tier is Tier.FLASH:
        return join(["⚡ ", voice.say("One source so far, not yet confirmed")])
    if len(origins) > 1 and event.kind is EventKind.VICTORY_CLAIM:
        return join(["✔️ ", voice.say("Reported by {names}", names=origin_names(race, origins))])
    if len(origins) > 1:
        return join(["✔️ ", voice.say("Confirmed by {names}", names=origin_names(race, origins))])
    if race.rank_of(event.origin) is Rank.OFFICIAL:
        return join(["✔️ ", voice.say("Official source")])
    return join(["✔️ ", voice.say("Confirmed")])


def now_confirmed(event: Event, race: Race, voice: Voice) -> Html:
    """That what one origin said first is confirmed now, and by whom."""
    first, *others = agreeing(event)
    if event.kind is EventKind.VICTORY_CLAIM and others:
        return _also_reported(race, first, others, voice)
    if not others:
        return join(["✔️ ", voice.say("Now confirmed by {names}", names=origin_names(race, [first]))])
    by = origin_names(race, others)
    return join(
        [
            "✔️ ",
            voice.say(
                "Now confirmed by {names}; {first} had it first", names=by, first=origin_name(race, first)
            ),
        ]
    )


def _also_reported(race: Race, first: str, others: Sequence[str], voice: Voice) -> Html:
    """Of a claim only the saying is sure: "victory claim, confirmed" was read as a victory confirmed."""
    by, had_it = origin_names(race, others), origin_name(race, first)
    return join(["✔️ ", voice.say("Also reported by {names}; {first} had it first", names=by, first=had_it)])


def agreeing(event: Event) -> list[str]:
    """The origins an event rests on, each once; a confirmed count has the count it confirms among them."""
    confirms = event.updates and event.kind in _OF_THE_COUNT
    headline = [event.headline.origin] if confirms and event.headline else []
    return list(dict.fromkeys([*headline, *(proof.origin for proof in event.proofs)])) or [event.origin]


def quote(proof: Proof, voice: Voice, race: Race, speaker: str | None = None) -> Html | None:
    """What was said, word for word, and who said or wrote it."""
    words = _unquoted(clean(proof.evidence.quote, QUOTE_LIMIT))
    if not words:
        return None
    by = clean(speaker, 60) if speaker else origin_name(race, proof.origin)
    return quoted(join([f"“{words}”", f" — {by}"]))


def quoted(words: str) -> Html:
    """Words in a block of their own; long ones are folded to their first lines until somebody taps."""
    folds: dict[str, str] = {"expandable": ""} if units(plain(escape(words))) > FOLDED_FROM else {}
    return tag("blockquote", words, **folds)


def _unquoted(words: str) -> str:
    """Without the quotation marks around the whole of it; those inside stay."""
    inside = words[1:-1]
    whole = len(words) > 2 and words[0] in _OPENING and words[-1] in _CLOSING
    return inside.strip() if whole and not set(inside) & set(_OPENING + _CLOSING) else words


def _counted_words(given: Counted, voice: Voice) -> Html:
    said = qualified(voice.percent(given.pct), given.qualifier, voice)
    match basis_of(given):
        case Basis.EXPECTED:
            return voice.say("{percent} of the expected vote counted", percent=said)
        case Basis.BOXES:
            return voice.say("{percent} of ballot boxes counted", percent=said)
        case Basis.STATIONS:
            return voice.say("{percent} of polling stations counted", percent=said)
        case _:
            return voice.say("{percent} counted", percent=said)


def _row(line: Result, race: Race, voice: Voice, digits: int) -> tuple[str, str, str]:
    name = short_names(race).get(line.candidate) or clean(line.candidate)
    roughly = _ROUGHLY[line.qualifier]
    share = "" if line.share is None else roughly + voice.percent(line.share, digits)
    votes = "" if line.votes is None else ("" if share else roughly) + voice.number(line.votes)
    return shorten(name, COLUMN), share, votes


def _share_digits(lines: Sequence[Result]) -> int:
    """As many decimals as the finest share was given with, so that the column lines up."""
    return max((decimals(line.share) for line in lines if line.share is not None), default=0)


def _align(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    columns = [max(width(row[column]) for row in rows) for column in range(3)]
    return [_padded(row, columns) for row in rows]


def _padded(row: tuple[str, str, str], columns: list[int]) -> str:
    name = row[0] + " " * (columns[0] - width(row[0]))
    numbers = [" " * (columns[i] - width(row[i])) + row[i] for i in (1, 2) if columns[i]]
    return "  ".join([name, *numbers])


# After these nobody needs to be told that counting is not over.
SETTLED = frozenset({EventKind.CERTIFIED, EventKind.DECLARED, EventKind.ANNULLED})
_OF_THE_COUNT = frozenset({EventKind.LEAD_CHANGE, EventKind.TIE, EventKind.LINE_CHANGE})
