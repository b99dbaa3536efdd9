"""NIST SP 1500-100 election results (also VSSC), version 1 and 2, as XML and as JSON."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from scrapers.parser.contests import Call, Choice, Contest, page_of
from scrapers.parser.contests.figures import part_of, votes_of
from scrapers.parser.contests.status import status_of
from scrapers.parser.document import Media, document_of
from scrapers.parser.document.nodes import JsonNode, Node, XmlNode, text_at
from scrapers.parser.options import OF_CONTESTS, checker
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Counted, Status

NAME = "nist"
FETCHED_BY = "results_feed"
OPTIONS = dict(OF_CONTESTS)
check_options = checker(OPTIONS)

_CALLS = {
    "projected-winner": Call.CALLED,
    "winner": Call.DECLARED,
    "advanced-to-runoff": Call.RUNOFF,
    "advanced-to-general": Call.RUNOFF,
}
_SELECTIONS = ("ContestSelection", "BallotSelection")


def sniff(capture: Capture) -> float:
    """An ElectionReport."""
    document = document_of(capture)
    if document.media not in (Media.XML, Media.JSON):
        return 0.0
    start = document.text[:200_000]
    if document.media is Media.XML:
        return 0.95 if "<ElectionReport" in start or ":ElectionReport" in start else 0.0
    return 0.95 if "ElectionResults.ElectionReport" in start or ('"ContestSelection"' in start) else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """One contest's totals, its progress, and winners as the authority marks them."""
    return page_of(_wanted(capture, source), capture, race, source, published, rule=NAME)


def _wanted(capture: Capture, source: Source) -> tuple[Contest, ...]:
    # Parts are most of a feed; a night's poll has no use for them but where one is the race.
    return contests(capture, source.options, units="unit" in source.options)


def contests(capture: Capture, options: Mapping[str, object], *, units: bool = True) -> tuple[Contest, ...]:
    """Every contest, and every reporting unit of it that is told apart."""
    document = document_of(capture)
    root: Node = XmlNode(document.xml) if document.media is Media.XML else JsonNode(document.json)
    if not any(root.all("Election")):
        raise Unreadable("not the shape of a NIST report: Election is missing")
    return tuple(_Report(root, units).contests())


class _Report:
    """A report with its collections by id."""

    def __init__(self, root: Node, with_units: bool) -> None:
        self.root, self.with_units = root, with_units
        elections = list(root.all("Election"))
        self.elections = elections
        self.candidates = {c.attribute("objectId"): c for e in elections for c in _items(e, "Candidate")}
        self.parties = {p.attribute("objectId"): _words(p, "Name") for p in _items(root, "Party")}
        self.people = {p.attribute("objectId"): _words(p, "FullName") for p in _items(root, "Person")}
        self.units = {
            u.attribute("objectId"): _words(u, "InternationalizedName", "Name")
            for u in _items(root, "GpUnit")
        }
        self.status_word = text_at(root, "Status")
        is_test = text_at(root, "IsTest") == "true" or text_at(root, "TestType") != ""
        self.status = Status.TEST if is_test else status_of(self.status_word) or Status.UNOFFICIAL

    def contests(self) -> Iterator[Contest]:
        for election in self.elections:
            scope = text_at(election, "ElectionScopeId")
            for contest in _items(election, "Contest"):
                yield from self._of_contest(contest, scope)

    def _of_contest(self, contest: Node, scope: str) -> Iterator[Contest]:
        selections = list(contest.all(*_SELECTIONS))
        last = max((_round(counts) for s in selections for counts in _items(s, "VoteCounts")), default=0)
        lines = [(s, _by_unit(s, last)) for s in selections]
        units = list(dict.fromkeys(unit for _, votes in lines for unit in votes))
        # Version 1 calls it electoral, version 2 election.
        district = text_at(contest, "ElectionDistrictId") or text_at(contest, "ElectoralDistrictId")
        whole = _whole(units, district, scope)
        told = self._contest(contest, [(s, _total(votes, whole)) for s, votes in lines], None)
        yield replace(told, round=last or None)
        for unit in units if len(units) > 1 and self.with_units else ():
            if unit != whole:
                yield self._contest(contest, [(s, votes.get(unit)) for s, votes in lines], unit)

    def _contest(self, contest: Node, lines: list[tuple[Node, int | None]], unit: str | None) -> Contest:
        identity = contest.attribute("objectId")
        return Contest(
            title=_words(contest, "BallotTitle") or _words(contest, "Name"),
            id=identity or None,
            choices=tuple(self._choice(selection, votes, identity) for selection, votes in lines),
            where=f"Contest {identity}",
            unit=(self.units.get(unit) or unit) if unit else None,
            counted=_counted(contest) if unit is None else None,
            status=self.status,
            status_word=self.status_word or None,
            stamp=text_at(self.root, "GeneratedDate") or None,
            caller=text_at(self.root, "Issuer") or None,
        )

    def _choice(self, selection: Node, votes: int | None, contest: str) -> Choice:
        identity = selection.attribute("objectId")
        ids = [part for node in selection.all("CandidateIds", "CandidateId") for part in node.text.split()]
        people = [self.candidates[one] for one in ids if one in self.candidates]
        name = " / ".join(self._person(person) for person in people) or self._answer(selection)
        marks = [text_at(person, "PostElectionStatus") for person in people]
        mark = next((mark for mark in marks if mark), "")
        party_ids = [p for person in people for p in text_at(person, "PartyId").split()]
        return Choice(
            name=name,
            id=ids[0] if len(ids) == 1 else identity or None,
            party=next((self.parties[p] for p in party_ids if p in self.parties), None),
            votes=votes,
            call=_CALLS.get(mark),
            mark=mark,
            quote=f"{name}: {'no count' if votes is None else votes}{f', {mark}' if mark else ''}",
            where=f"Contest {contest}, selection {identity}",
        )

    def _person(self, candidate: Node) -> str:
        return _words(candidate, "BallotName") or self.people.get(text_at(candidate, "PersonId"), "")

    def _answer(self, selection: Node) -> str:
        """What a line without a candidate says: an answer, a party, a write-in."""
        party = " / ".join(self.parties.get(p, p) for p in text_at(selection, "PartyIds").split())
        written = "Write-in" if text_at(selection, "IsWriteIn") == "true" else ""
        return (
            _words(selection, "Selection", "SelectionText")
            or party
            or written
            or selection.attribute("objectId")
        )


def _items(node: Node, name: str) -> Iterator[Node]:
    """Members of a collection: version 1 of the XML wraps them, version 2 and JSON don't."""
    for wrapper in node.all(f"{name}Collection"):
        yield from wrapper.all(name)
    yield from node.all(name)


def _words(node: Node, *names: str) -> str:
    """A text in English where there is one, else in the first language, or plain."""
    for found in node.all(*names):
        texts = list(found.all("Text"))
        english = [t for t in texts if (t.attribute("language") or t.attribute("Language")).startswith("en")]
        content = [t.text or t.attribute("Content") for t in (*english, *texts)]
        words = next((text for text in content if text), found.text)
        if words:
            return words
    return ""


def _round(counts: Node) -> int:
    """The round of a ranked count, 0 where there are none."""
    return votes_of(text_at(counts, "Round")) or 0


def _by_unit(selection: Node, last: int) -> dict[str, int]:
    """Votes of the last round by reporting unit: the total where it is told, else the sum of the ways of
    voting. Who is out by then has none, and not those of the round before.
    """
    totals: dict[str, int] = {}
    sums: dict[str, int] = defaultdict(int)
    for counts in _items(selection, "VoteCounts"):
        votes = votes_of(text_at(counts, "Count").removesuffix(".0"))
        unit = text_at(counts, "GpUnitId")
        if votes is None or _round(counts) != last:
            continue
        if text_at(counts, "Type") == "total":
            totals[unit] = votes
        else:
            sums[unit] += votes
    return {**sums, **totals}


def _whole(units: list[str], district: str, scope: str) -> str | None:
    """The unit that stands for the whole contest; None where the parts must be added."""
    known = [unit for unit in (district, scope, "") if unit in units]
    return known[0] if known else units[0] if len(units) == 1 else None


def _total(votes: dict[str, int], whole: str | None) -> int | None:
    if whole is not None:
        return votes.get(whole)
    return sum(votes.values()) if votes else None


def _counted(contest: Node) -> Counted | None:
    places = [contest, *(_items(contest, "SummaryCounts")), *(_items(contest, "OtherCounts"))]
    for place in places:
        reported, total = text_at(place, "SubUnitsReported"), text_at(place, "TotalSubUnits")
        if reported and total:
            return part_of(votes_of(reported), votes_of(total), "precincts")
    return None
