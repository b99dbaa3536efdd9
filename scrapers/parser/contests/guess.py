"""JSON of an unknown shape → contests, by the words of its keys.

A list of objects (or an object of objects) that each have a name and a number
of votes or a share is a contest; what stands beside it tells its title, how
much is counted and since when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from scrapers.parser.contests.answers import answers_in
from scrapers.parser.contests.columns import Role, header_words, is_plain, role_of
from scrapers.parser.contests.contest import Choice, Contest
from scrapers.parser.contests.figures import counted_of, part_of, share_of, votes_of
from scrapers.parser.contests.fractions import in_percent
from scrapers.parser.contests.status import call_of, status_of
from tally.reading import Counted, Status

_DEEPEST = 12
_MOST = 5000
Object = Mapping[str, object]
# Of several keys for one thing the fuller one: a feed's display name before its slug.
_TITLES = (
    "race title",
    "race name",
    "contest name",
    "contest",
    "title",
    "office",
    "name",
    "race",
    "question",
)
_PLACES = ("state name", "state", "district name", "seat name", "seat", "race id", "id")


def contests_by_keys(data: object) -> Iterator[Contest]:
    """Every contest that the keys give away, in the order of the data; of a ranked count the last round.

    A feed whose numbers have not come yet gives its contests without them.
    """
    found = list(islice(_walk(data, "", {}, "", _DEEPEST), _MOST))
    told = [in_percent(contest) for contest in found if any(choice.told for choice in contest.choices)]
    return iter(_last_rounds(told) or found)


def _last_rounds(contests: list[Contest]) -> list[Contest]:
    """Without the rounds that a later one of the same contest follows."""
    last: dict[tuple[str, str | None], int] = {}
    for contest in contests:
        key = contest.title, contest.unit
        last[key] = max(last.get(key, 0), contest.round or 0)
    return [c for c in contests if c.round is None or c.round == last[c.title, c.unit]]


def _walk(value: object, path: str, around: Object, title: str, depth: int) -> Iterator[Contest]:
    """``around`` is the object that holds the value, ``title`` that of the contest it may be a part of."""
    if depth == 0:
        return
    if isinstance(value, dict):
        own = title if _is_unit(value) else _title(value) or title
        for key, inner in value.items():
            yield from _walk(inner, f"{path}.{key}" if path else str(key), value, own, depth - 1)
        answers = answers_in(value, path)
        if answers:
            yield _with_facts(Contest(" ".join(dict.fromkeys((title, own))), answers, where=path), around)
        yield from _contest(_keyed(value, path), path, around, title)
    elif isinstance(value, list):
        lines = [item for item in value if isinstance(item, dict)]
        measures = any(answers_in(line, path) for line in lines)
        found = [] if measures or len(lines) < len(value) else list(_contest(lines, path, around, title))
        yield from found
        for number, inner in enumerate(() if found else value):
            yield from _walk(inner, f"{path}[{number}]", around, title, depth - 1)


def _keyed(value: Object, path: str) -> list[dict[str, object]]:
    """The lines of an object of objects, or of one of numbers under a word for results."""
    if all(isinstance(inner, dict) for inner in value.values()):
        return [{"name": key, **inner} for key, inner in value.items() if isinstance(inner, dict)]
    last = path.rpartition(".")[2].lower()
    if last in ("results", "votes", "candidates", "totals") and all(
        votes_of(v) is not None for v in value.values()
    ):
        return [{"name": key, "id": key, "votes": votes} for key, votes in value.items()]
    return []


def _is_unit(value: Object) -> bool:
    """Whether an object is a county or the like: it has a place's number, or areas of its own."""
    return any(role_of(str(key)) is Role.UNIT and is_plain(str(key)) for key in value)


# What no candidate has and a county or a whole contest does.
_NOT_OF_A_LINE = frozenset((Role.UNIT, Role.REPORTED, Role.REPORTABLE, Role.COUNTED, Role.LEFT))


def _contest(lines: list[dict[str, object]], path: str, around: Object, title: str) -> Iterator[Contest]:
    choices = [_choice(line, f"{path}[{number}]") for number, line in enumerate(lines)]
    if len(choices) < 2 or not all(choices):
        return
    known = tuple(choice for choice in choices if choice)
    if len({choice.name for choice in known}) < len(known):
        return
    unit = _text(around.get("name")) if _is_unit(around) else None
    yield _with_facts(Contest(title or _title(around), known, where=path, unit=unit or None), around)


def _choice(line: Object, where: str) -> Choice | None:
    cells = _by_role(line)
    if not _NOT_OF_A_LINE.isdisjoint(cells):
        return None
    names = _text(cells.get(Role.CANDIDATE)), _full_name(cells), _text(cells.get(Role.PARTY))
    name = next((name for name in (*names, _text(cells.get(Role.ID))) if name), "")
    votes, share = votes_of(cells.get(Role.VOTES)), share_of(cells.get(Role.SHARE))
    if not name or (Role.VOTES not in cells and Role.SHARE not in cells):
        return None
    mark = cells.get(Role.WINNER)
    return Choice(
        name=name,
        id=_text(cells.get(Role.ID)) or None,
        party=_text(cells.get(Role.PARTY)) or None,
        votes=votes,
        share=share.value if share else None,
        call=call_of(mark),
        mark="" if mark in (None, False, "") else str(mark),
        quote=f"{name}: {_text(cells.get(Role.VOTES))} {_text(cells.get(Role.SHARE))}".strip(),
        where=where,
    )


def _full_name(cells: Mapping[Role, object]) -> str:
    parts = (_text(cells.get(role)) for role in (Role.GIVEN, Role.SURNAME))
    return " ".join(part for part in parts if part)


def _by_role(line: Object) -> dict[Role, object]:
    """Values by what their keys say; of several keys the plain one, or a name's fullest ("name_display")."""
    cells: dict[Role, tuple[int, object]] = {}
    for key, held in line.items():
        role = role_of(str(key))
        # Beside the total stand the ways of voting.
        value = held.get("total") if role is Role.VOTES and isinstance(held, dict) else held
        if role is None or isinstance(value, dict | list):
            continue
        length = len(header_words(str(key)))
        weight = (100 if is_plain(str(key)) else 0) + (
            length if role in (Role.CANDIDATE, Role.ID) else -length
        )
        if role not in cells or weight > cells[role][0]:
            cells[role] = weight, value
    return {role: value for role, (_, value) in cells.items()}


def _title(around: Object) -> str:
    texts = {header_words(str(key)): value for key, value in around.items() if isinstance(value, str)}
    title = next((texts[key] for key in _TITLES if texts.get(key)), "")
    place = next((texts[key] for key in _PLACES if texts.get(key)), "")
    return " ".join(dict.fromkeys(part.strip() for part in (place, title) if part.strip()))


def _with_facts(contest: Contest, around: Object) -> Contest:
    cells = _by_role(around)
    stamp, word = cells.get(Role.STAMP), cells.get(Role.STATUS)
    test = any(header_words(str(key)) in ("test", "is test") and value for key, value in around.items())
    source = around.get("result_source")
    return replace(
        contest,
        id=_identity(around),
        counted=_counted(cells),
        stamp=stamp if isinstance(stamp, str | int | float) and not isinstance(stamp, bool) else None,
        status=Status.TEST if test else status_of(word) or Status.UNOFFICIAL,
        status_word=word if isinstance(word, str) else None,
        votes_cast=votes_of(cells.get(Role.CAST, cells.get(Role.VOTES))),
        electorate=votes_of(cells.get(Role.ELECTORATE)),
        votes_left=votes_of(cells.get(Role.LEFT)),
        round=_round(around),
        caller=source if isinstance(source, str) else None,
    )


def _round(around: Object) -> int | None:
    found = (value for key, value in around.items() if header_words(str(key)) in ("round", "round number"))
    return votes_of(next(found, None))


def _identity(around: Object) -> str | None:
    found = {header_words(str(k)): v for k, v in around.items() if isinstance(v, str | int) and v != ""}
    return next((str(found[key]) for key in ("race id", "contest id", "id", "key") if key in found), None)


def _counted(cells: Mapping[Role, object]) -> Counted | None:
    reported = cells.get(Role.REPORTED)
    parts = votes_of(reported), votes_of(cells.get(Role.REPORTABLE))
    # "45 of 90" may stand where others have the 45 alone.
    written = reported if isinstance(reported, str) and parts[0] is None else None
    return counted_of(cells.get(Role.COUNTED)) or part_of(*parts, "precincts") or counted_of(written)


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
