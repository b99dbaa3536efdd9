"""From a file's checked tables to the race that the rest of the house knows."""

from datetime import date
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from races.draft import Draft
from races.models import CandidateTable, OriginTable, RaceFile, SourceTable
from races.times import default_watch_until, resolved
from tally.access import PLAIN, Access
from tally.race import Candidate, Method, Origin, Race, Rank, Source

_RANKS = {"official": Rank.OFFICIAL, "agency": Rank.AGENCY, "outlet": Rank.OUTLET}


def race_of(file: RaceFile) -> Race:
    """The race of a file in which nothing is wrong."""
    timezone = ZoneInfo(file.timezone)
    close, embargo, until = (
        resolved(hour, timezone) if hour else None
        for hour in (file.polls_close, file.embargo, file.watch_until)
    )
    return Race(
        id=file.id,
        title=file.title,
        date=file.date,
        timezone=timezone,
        candidates=tuple(_candidate(table) for table in file.candidates),
        polls_close=close,
        embargo=embargo,
        watch_until=until or default_watch_until(file.date, close, timezone),
        method=Method(file.method),
        threshold=50.0 if file.threshold is None else float(file.threshold),
        seats=file.seats or 1,
        quorum=file.quorum,
        electorate=file.electorate,
        follows=file.follows,
        origins=tuple(_origin(table) for table in file.origins),
        sources=tuple(_source(table) for table in file.sources),
        rules=file.rules,
        adds_up=file.adds_up,
        majority=file.majority,
    )


def provisional_race(draft: Draft) -> Race:
    """The race as far as its file can be read, for page kinds that check their options against it."""
    return Race(
        id=draft.text("id") or "?",
        title=draft.text("title") or "?",
        date=draft.day or date.min,
        timezone=draft.timezone or ZoneInfo("UTC"),
        candidates=tuple(_valid_candidates(draft)),
    )


def _valid_candidates(draft: Draft) -> list[Candidate]:
    found = []
    for _, table in draft.tables("candidates"):
        try:
            found.append(_candidate(CandidateTable.model_validate(table)))
        except ValidationError:  # told where the file's shape is checked
            continue
    return found


def _candidate(table: CandidateTable) -> Candidate:
    return Candidate(
        id=table.id,
        name=table.name,
        aliases=tuple(table.aliases),
        descriptions=tuple(table.descriptions),
        party=table.party,
        colour=table.colour,
        pronoun=table.pronoun,
        surname=table.surname,
    )


def _origin(table: OriginTable) -> Origin:
    return Origin(id=table.id, name=table.name, rank=_RANKS[table.rank], aliases=tuple(table.aliases))


def _source(table: SourceTable) -> Source:
    return Source(
        name=table.name,
        url=table.url,
        kind=table.kind,
        origin=table.origin or table.name,
        rank=_RANKS[table.rank],
        language=table.language,
        cadence=table.cadence,
        timezone=ZoneInfo(table.timezone) if table.timezone else None,
        options=table.options,
        fastest=table.fastest,
        slowest=table.slowest,
        access=_access(table),
    )


def _access(table: SourceTable) -> Access:
    made = Access(tuple(table.headers.items()), table.cookies, table.proxy, table.browser, table.pages)
    return PLAIN if made == PLAIN else made
