"""Clarity Elections (Scytl, SOE): summary JSON, details XML, and the settings that date them."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from scrapers.parser.contests import Call, Choice, Contest, page_of
from scrapers.parser.contests.figures import part_of, share_of, votes_of
from scrapers.parser.contests.status import status_of
from scrapers.parser.document import Document, Media, document_of
from scrapers.parser.document.nodes import XmlNode
from scrapers.parser.kinds.clarity_details import contests_of
from scrapers.parser.options import OF_CONTESTS, checker
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Status

NAME = "clarity"
FETCHED_BY = "results_feed"
OPTIONS = dict(OF_CONTESTS)
check_options = checker(OPTIONS)
_PARTY = re.compile(r"\(([^()]+)\)\s*$")
_Json = Mapping[str, Any]


def sniff(capture: Capture) -> float:
    """The summary's short keys, the details' root, or the settings."""
    document = document_of(capture)
    # A hundred candidates stand between the first contest's "CH" and its "PCT".
    start = document.text[:60_000] if document.media in (Media.XML, Media.JSON) else ""
    if "<ElectionResult>" in start[:3000] or "<ElectionResult " in start[:3000]:
        return 0.95
    summary = '"CH"' in start and '"PCT"' in start
    return 0.95 if summary or ('"settings"' in start and '"electiondetails"' in start) else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """One contest's votes, its areas reporting, and winners as the board marks them."""
    return page_of(_wanted(capture, source), capture, race, source, published, rule=NAME)


def _wanted(capture: Capture, source: Source) -> tuple[Contest, ...]:
    # Parts are most of a feed; a night's poll has no use for them but where one is the race.
    return contests(capture, source.options, units="unit" in source.options)


def contests(capture: Capture, options: Mapping[str, object], *, units: bool = True) -> tuple[Contest, ...]:
    """Every contest; of the details also every county or precinct."""
    document = document_of(capture)
    if document.media is Media.XML:
        return tuple(contests_of(XmlNode(document.xml), units))
    return tuple(_of_json(document))


def _of_json(document: Document) -> Iterator[Contest]:
    data = document.json
    if isinstance(data, dict) and "settings" in data:
        yield _progress(data)
        return
    lines = data.get("Contests") if isinstance(data, dict) else data
    if not isinstance(lines, list) or not all(isinstance(line, dict) and "CH" in line for line in lines):
        raise Unreadable("not the shape of Clarity's summary: CH is missing")
    for number, line in enumerate(lines):
        yield _of_summary(line, f"[{number}]")


def _progress(data: _Json) -> Contest:
    """The settings tell no votes, but how far the election is and since when."""
    reporting, total = data.get("stateprecinctsreporting"), data.get("stateprecinctsparticipating")
    stamp = data.get("websiteupdatedat")
    return Contest(
        title=str(data.get("entityname") or "the election"),
        choices=(),
        where="settings",
        counted=part_of(votes_of(reporting), votes_of(total), "precincts"),
        stamp=stamp if isinstance(stamp, str) else None,
    )


def _of_summary(line: _Json, where: str) -> Contest:
    columns: dict[str, list[Any]] = {}
    for key in ("CH", "P", "V", "PCT", "W"):
        columns[key] = line[key] if isinstance(line.get(key), list) else []
    # A short column is a feed that breaks off; what is missing is unknown and not the next one's.
    size = range(len(columns["CH"]))
    lines = [{key: column[n] if n < len(column) else None for key, column in columns.items()} for n in size]
    counted = part_of(votes_of(line.get("PR")), votes_of(line.get("TP")), "areas")
    return Contest(
        title=str(line.get("C") or ""),
        id=str(line["K"]) if line.get("K") else None,
        choices=tuple(_of_column(cells, f"{where}.CH[{n}]") for n, cells in enumerate(lines)),
        where=where,
        counted=counted,
        status=status_of(line.get("CAT")) or Status.UNOFFICIAL,
        votes_cast=votes_of(line.get("BC")) or None,
        electorate=votes_of(line.get("regvoters")) or None,
    )


def _of_column(cells: _Json, where: str) -> Choice:
    written, party, votes = str(cells["CH"]), cells["P"], cells["V"]
    in_name = _PARTY.search(written)
    pct = share_of(cells["PCT"])
    won = cells["W"] in (1, "1", True)
    return Choice(
        name=written,
        party=str(party) if party not in (None, "", "NP") else in_name[1] if in_name else None,
        votes=votes_of(votes),
        share=pct.value if pct else None,
        call=Call.DECLARED if won else None,
        mark="W" if won else "",
        quote=f"{written}: {votes} ({cells['PCT']}){', W' if won else ''}",
        where=where,
    )
