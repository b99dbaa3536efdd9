"""Which of a feed's contests is the race's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scrapers.parser.contests.columns import is_aside, is_others, is_total, years_in
from scrapers.parser.contests.contest import Choice, Contest
from scrapers.parser.contests.names import Match, NameBook, folded
from scrapers.parser.contests.status import names_are_a_test
from scrapers.parser.options import text_option
from scrapers.parser.page import Unreadable
from tally.capture import Outcome
from tally.reading import Status

# Words that stand in every title and tell no contest from another.
_EMPTY = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "a",
        "in",
        "de",
        "la",
        "le",
        "el",
        "del",
        "der",
        "die",
        "das",
        "und",
        "et",
        "y",
        "e",
        "us",
        "u",
        "s",
        "election",
        "results",
        "race",
    ]
)


def chosen(
    contests: Sequence[Contest], book: NameBook, options: Mapping[str, object]
) -> tuple[Contest, list[Match | None]]:
    """The contest of the race, and who of the race each of its lines is; raises Unreadable with why not.

    The option ``contest`` (id or title) decides where it is given. Else it is
    the one whose lines are the race's candidates, and of several such the one
    with the race's title; what stays ambiguous is not guessed.
    """
    if not contests:
        raise Unreadable("no contest on the page")
    wanted = text_option(options, "contest")
    pool = _named(contests, wanted) if wanted else _of_the_year(contests, book)
    pool = _of_unit(pool, text_option(options, "unit"))
    fitting = [(one, matches) for one in map(_once, pool) if any(matches := matched(one, book))]
    if not fitting and not any(one.choices or one.lead for one in pool):
        return _still_empty(pool)
    if not fitting:
        raise Unreadable(f"none of the race's candidates in {_list(pool)}")
    if len(fitting) > 1 and not wanted:
        fitting = _without_parts(_by_title(_fullest(fitting), book))
    if len(fitting) > 1:
        raise Unreadable(
            f"several contests fit, name one by the option contest: {_list([c for c, _ in fitting])}"
        )
    contest, matches = _without_doubles(*fitting[0], book, add=bool(options.get("add_lines")))
    _refuse_where_a_stranger_leads(contest, matches)
    return contest, matches


def _still_empty(pool: list[Contest]) -> tuple[Contest, list[Match | None]]:
    """A feed before its first line, or after its last: its one contest may still have a status to tell."""
    if len(pool) > 1:
        raise Unreadable(f"no lines yet in {_list(pool)}", Outcome.NOTHING)
    return pool[0], []


def _refuse_where_a_stranger_leads(contest: Contest, matches: list[Match | None]) -> None:
    """Without the line that leads, the next one would be told as the leader: a name spelled in another
    way, or one the race file forgot, must not make a lead change.
    """
    lines = list(zip(contest.choices, matches, strict=False))
    groups = {choice.party for choice, match in lines if match}
    known = [choice for choice, match in lines if match and choice.told]
    strangers = [c for c, match in lines if match is None and _is_somebody(c) and c.name not in groups]
    top = next((s for s in strangers if known and all(_outranks(s, choice) for choice in known)), None)
    if top is not None and not _is_a_test(contest):
        raise Unreadable(
            f"the leading line {top.name!r} is no candidate of the race; map it by the option candidates"
        )


def _is_somebody(choice: Choice) -> bool:
    return choice.told and not (is_others(choice.name) or is_total(choice.name) or is_aside(choice.name))


def _outranks(one: Choice, other: Choice) -> bool:
    if one.votes is not None and other.votes is not None:
        return one.votes > other.votes
    return one.share is not None and other.share is not None and one.share > other.share


def _is_a_test(contest: Contest) -> bool:
    return contest.status is Status.TEST or names_are_a_test(contest.choices)


def _once(contest: Contest) -> Contest:
    """A contest without lines that stand there twice with the same numbers, as feeds under load have them."""
    lines = {
        (choice.name, choice.id, choice.party, choice.votes, choice.share): choice
        for choice in contest.choices
    }
    return contest if len(lines) == len(contest.choices) else replace(contest, choices=tuple(lines.values()))


def _without_doubles(
    contest: Contest, matches: list[Match | None], book: NameBook, add: bool
) -> tuple[Contest, list[Match | None]]:
    """Two lines of one candidate with different numbers: added where a candidate stands on several
    parties' lines, else unreadable. Leaving one out would make the other candidate lead.
    """
    found = [book.find(choice.name, choice.id, choice.party) for choice in contest.choices]
    sure = [match.candidate if match and match.level >= 4 else None for match in found]
    doubles = {candidate for candidate in sure if candidate and sure.count(candidate) > 1}
    if not doubles:
        return contest, matches
    if not add:
        raise Unreadable(f"several lines with different numbers for {', '.join(sorted(doubles))}")
    kept: dict[str, Choice] = {}
    for choice, candidate in zip(contest.choices, sure, strict=True):
        key = candidate if candidate in doubles else f"line {len(kept)}"
        kept[str(key)] = _added(kept[str(key)], choice) if str(key) in kept else choice
    added = replace(contest, choices=tuple(kept.values()))
    return added, matched(added, book)


def _added(one: Choice, other: Choice) -> Choice:
    votes = None if one.votes is None or other.votes is None else one.votes + other.votes
    share = None if one.share is None or other.share is None else round(one.share + other.share, 6)
    return replace(one, votes=votes, share=share, quote=f"{one.quote} + {other.quote}")


def matched(contest: Contest, book: NameBook) -> list[Match | None]:
    """Who each line is; what is told as a lead alone has no lines."""
    matches = book.all((choice.name, choice.id, choice.party) for choice in contest.choices)
    if not contest.choices and contest.lead and (only := book.find(contest.lead.candidate)):
        return [only]
    return matches


def _named(contests: Sequence[Contest], wanted: str) -> list[Contest]:
    """By id, else by whole title, else by a part of the title that only one has."""
    key = folded(wanted)
    for fits in (
        [c for c in contests if c.id == wanted],
        [c for c in contests if folded(c.title) == key],
        [c for c in contests if key in folded(c.label)],
    ):
        if fits:
            return fits
    raise Unreadable(f"there is no contest {wanted!r}; there are: {_list(contests)}")


def _of_the_year(contests: Sequence[Contest], book: NameBook) -> list[Contest]:
    """Contests but those whose title names only other years: an earlier vote beside the present one."""
    year = book.race.date.year
    found = [
        contest
        for contest in contests
        if years_in(contest.title) <= {year} or year in years_in(contest.title)
    ]
    if not found:
        raise Unreadable(
            f"only of another year, name one by the option contest if it is it: {_list(contests)}"
        )
    return found


def _of_unit(contests: Sequence[Contest], unit: str | None) -> list[Contest]:
    if unit is None:
        whole = [contest for contest in contests if contest.unit is None]
        return whole or list(contests)
    key = folded(unit)
    found = [contest for contest in contests if contest.unit and folded(contest.unit) == key]
    if not found:
        raise Unreadable(f"there is no unit {unit!r}; there are: {_list(contests)}")
    return found


_Fit = tuple[Contest, list[Match | None]]


def _fullest(fitting: list[_Fit]) -> list[_Fit]:
    """Those in which the most of the race's candidates stand."""
    most = max(len(found) for found in map(_found, fitting))
    return [fit for fit in fitting if len(_found(fit)) == most]


def _found(fit: _Fit) -> set[str]:
    return {match.candidate for match in fit[1] if match}


def _by_title(fitting: list[_Fit], book: NameBook) -> list[_Fit]:
    """Those whose title shares the most words with the race's."""
    race = _words(f"{book.race.title} {book.race.id}")
    scores = [len(race & _words(contest.title)) for contest, _ in fitting]
    best = max(scores)
    return [fit for fit, score in zip(fitting, scores, strict=True) if score == best]


def _without_parts(fitting: list[_Fit]) -> list[_Fit]:
    """The city's table without those of its districts: called the whole, or holding all of them."""
    called = [fit for fit in fitting if is_total(fit[0].title)]
    if len(called) == 1:
        return called
    votes = [_votes(fit) for fit in fitting]
    # Where somebody is missing in one of them they are no parts of one whole.
    if len(fitting) < 3 or len({frozenset(lines) for lines in votes}) > 1:
        return fitting
    together = {who: sum(lines[who] for lines in votes) for who in votes[0]}
    holding = [fit for fit, lines in zip(fitting, votes, strict=True) if _holds(lines, together)]
    return holding if len(holding) == 1 else fitting


def _holds(lines: Mapping[str, int], together: Mapping[str, int]) -> bool:
    """Whether every candidate has at least the votes of all the others together."""
    return bool(lines) and all(2 * votes >= together[who] for who, votes in lines.items())


def _votes(fit: _Fit) -> dict[str, int]:
    lines = zip(fit[0].choices, fit[1], strict=False)
    return {match.candidate: choice.votes for choice, match in lines if match and choice.votes is not None}


def _words(text: str) -> set[str]:
    return set(folded(text).split()) - _EMPTY


def _list(contests: Sequence[Contest]) -> str:
    labels = [contest.label for contest in contests[:12]]
    more = f" and {len(contests) - 12} more" if len(contests) > 12 else ""
    return "; ".join(labels) + more
