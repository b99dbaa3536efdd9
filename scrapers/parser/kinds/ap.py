"""The AP Elections API, version 2, as JSON: races with reporting units."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from scrapers.parser.contests import Call, Choice, Contest, page_of
from scrapers.parser.contests.figures import counted_of, part_of, share_of, votes_of
from scrapers.parser.contests.status import status_of
from scrapers.parser.document import Media, document_of
from scrapers.parser.options import OF_CONTESTS, checker
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Counted, Status

NAME = "ap"
FETCHED_BY = "results_feed"
OPTIONS = dict(OF_CONTESTS)
check_options = checker(OPTIONS)

_WIDEST = ("national", "state", "district")
_CALLS = {"X": Call.CALLED, "R": Call.RUNOFF}
_Json = Mapping[str, Any]


def sniff(capture: Capture) -> float:
    """JSON with races, their reporting units and AP's names for things."""
    document = document_of(capture)
    if document.media is not Media.JSON or "reportingUnits" not in document.text[:20_000]:
        return 0.0
    return 0.95 if '"races"' in document.text else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """One race's numbers and AP's calls."""
    return page_of(_wanted(capture, source), capture, race, source, published, rule=NAME)


def _wanted(capture: Capture, source: Source) -> tuple[Contest, ...]:
    # Parts are most of a feed; a night's poll has no use for them but where one is the race.
    return contests(capture, source.options, units="unit" in source.options)


def contests(capture: Capture, options: Mapping[str, object], *, units: bool = True) -> tuple[Contest, ...]:
    """Every race with every reporting unit; the widest unit of a race stands without a name."""
    data = document_of(capture).json
    races = data.get("races") if isinstance(data, dict) else None
    if not isinstance(races, list):
        raise Unreadable("not the shape of AP's feed: races is missing")
    stamp = data.get("timestamp") if isinstance(data, dict) else None
    return tuple(
        c for n, one in enumerate(races) if isinstance(one, dict) for c in _of_race(one, n, stamp, units)
    )


def _of_race(race: _Json, number: int, stamp: object, with_units: bool) -> Iterator[Contest]:
    units = [unit for unit in race.get("reportingUnits") or () if isinstance(unit, dict)]
    widest = next((level for level in _WIDEST for unit in units if unit.get("level") == level), None)
    for place, unit in enumerate(units):
        where = f"races[{number}].reportingUnits[{place}]"
        whole = unit.get("level") == widest or len(units) == 1
        if not whole and not with_units:
            continue
        yield _of_unit(race, unit, where, None if whole else _unit_name(unit), stamp)


def _of_unit(race: _Json, unit: _Json, where: str, name: str | None, stamp: object) -> Contest:
    own = unit.get("lastUpdated") or race.get("lastUpdated") or stamp
    lines = unit.get("candidates") or race.get("candidates") or ()
    return Contest(
        title=_title(race, unit),
        id=_text(race.get("raceID")) or None,
        choices=tuple(
            _choice(c, f"{where}.candidates[{n}]") for n, c in enumerate(lines) if isinstance(c, dict)
        ),
        where=where,
        unit=name,
        counted=_counted(unit),
        status=_status(race, unit),
        status_word=_text(race.get("tabulationStatus")) or None,
        stamp=own if isinstance(own, str) else None,
        caller="AP",
    )


def _status(race: _Json, unit: _Json) -> Status:
    if race.get("test") in (True, "true", 1, "1"):
        return Status.TEST
    words = (race.get("tabulationStatus"), race.get("resultsType"), unit.get("resultsType"))
    return next((status for word in words if (status := status_of(word))), Status.UNOFFICIAL)


def _title(race: _Json, unit: _Json) -> str:
    parts = [race.get("officeName"), race.get("seatName"), race.get("description"), race.get("party")]
    units = (unit, *(u for u in race.get("reportingUnits") or () if isinstance(u, dict)))
    place = race.get("statePostal") or next((p for u in units if (p := u.get("statePostal"))), None)
    return " ".join(dict.fromkeys(_text(part) for part in (place, *parts) if part))


def _unit_name(unit: _Json) -> str:
    return _text(unit.get("reportingunitName") or unit.get("stateName") or unit.get("fipsCode") or "a part")


def _counted(unit: _Json) -> Counted | None:
    counted = counted_of(unit.get("precinctsReportingPct"), basis="precincts")
    reporting, total = votes_of(unit.get("precinctsReporting")), votes_of(unit.get("precinctsTotal"))
    expected = counted_of(unit.get("eevp"), basis="expected vote")
    return expected or counted or part_of(reporting, total, "precincts")


def _choice(line: _Json, where: str) -> Choice:
    mark = _text(line.get("winner"))
    name = " ".join(_text(line.get(key)) for key in ("first", "last", "suffix") if line.get(key))
    votes = votes_of(line.get("voteCount"))
    share = share_of(line.get("votePct"))
    return Choice(
        name=name or _text(line.get("abbrv")),
        id=_text(line.get("candidateID") or line.get("polID")) or None,
        party=_text(line.get("party")) or None,
        votes=votes,
        share=share.value if share else None,
        call=_CALLS.get(mark.upper()),
        mark=mark,
        quote=f"{name}: {line.get('voteCount')}{f', winner {mark}' if mark else ''}",
        where=where,
    )


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""
