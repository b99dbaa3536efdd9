"""OASIS EML 510 (counts) and 520 (results): the Netherlands, Australia, Norway and others."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from scrapers.parser.contests import Call, Choice, Contest, page_of
from scrapers.parser.contests.figures import part_of, votes_of
from scrapers.parser.contests.status import status_of
from scrapers.parser.document import Media, document_of
from scrapers.parser.document.nodes import Node, XmlNode, first, text_at
from scrapers.parser.options import OF_CONTESTS, Option, checker, one_of
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Status

NAME = "eml"
FETCHED_BY = "results_feed"
OPTIONS = {
    **OF_CONTESTS,
    "lines": Option(
        "which lines count: lists or candidates; both where it is not given", one_of("lists", "candidates")
    ),
}
check_options = checker(OPTIONS)
_VOTES = ("ValidVotes", "Votes", "TotalVotes")


def sniff(capture: Capture) -> float:
    """An EML element of message 510 or 520."""
    document = document_of(capture)
    if document.media is not Media.XML:
        return 0.0
    start = document.text[:2000]
    return (
        0.95
        if "EML" in start and ('Id="51' in start or 'Id="52' in start or "evs:schema:eml" in start)
        else 0.0
    )


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """One contest's totals, or who is elected in it."""
    return page_of(_wanted(capture, source), capture, race, source, published, rule=NAME)


def _wanted(capture: Capture, source: Source) -> tuple[Contest, ...]:
    # Parts are most of a feed; a night's poll has no use for them but where one is the race.
    return contests(capture, source.options, units="unit" in source.options)


def contests(capture: Capture, options: Mapping[str, object], *, units: bool = True) -> tuple[Contest, ...]:
    """Every contest with its totals and then its reporting units."""
    document = document_of(capture)
    if document.media is not Media.XML:
        raise Unreadable(f"{document.media.value} where EML was expected")
    root = XmlNode(document.xml)
    body = first(root, "Count") or first(root, "Result")
    if root.name != "EML" or body is None:
        raise Unreadable("not the shape of EML 510 or 520: Count or Result is missing")
    frame = _Frame(root, options.get("lines"), units)
    found = [c for election in body.all("Election") for c in frame.of_election(election)]
    if not found:
        raise Unreadable("not the shape of EML: Election/Contest is missing")
    return tuple(found)


class _Frame:
    """What stands once in a message and belongs to all its contests."""

    def __init__(self, root: Node, lines: object, with_units: bool) -> None:
        self.lines, self.with_units = lines, with_units
        # 510a to 510d are the Dutch board's messages for stations, municipalities, districts, the whole.
        self.dutch = root.attribute("Id").lower() in ("510a", "510b", "510c", "510d")
        self.stamp = text_at(root, "CreationDateTime") or text_at(root, "IssueDate") or None
        self.authority = text_at(root, "ManagingAuthority", "AuthorityIdentifier") or None
        words = (text_at(root, "OfficialStatusDetail", "OfficialStatus"), self.authority)
        self.word = words[0]
        self.status = next((s for word in words if (s := status_of(word))), None)
        if self.status is not Status.TEST:
            self.status = status_of(self.word)

    def of_election(self, election: Node) -> Iterator[Contest]:
        name = text_at(election, "ElectionIdentifier", "ElectionName")
        holders = [*election.all("Contests"), election]
        for contest in (c for holder in holders for c in holder.all("Contest")):
            yield from self._of_contest(contest, name)

    def _of_contest(self, contest: Node, election: str) -> Iterator[Contest]:
        identifier = first(contest, "ContestIdentifier")
        identity = identifier.attribute("Id") if identifier else ""
        own = text_at(contest, "ContestIdentifier", "ContestName")
        title = " ".join(part for part in (election, own) if part)
        totals = first(contest, "TotalVotes") or contest
        yield self._contest(totals, title, identity, None)
        for unit in contest.all("ReportingUnitVotes") if self.with_units else ():
            named = first(unit, "ReportingUnitIdentifier")
            yield self._contest(
                unit, title, identity, (named.text or named.attribute("Id")) if named else "a part"
            )

    def _contest(self, votes: Node, title: str, identity: str, unit: str | None) -> Contest:
        cast = votes_of(text_at(votes, "Cast"))
        counted = votes_of(text_at(votes, "TotalCounted"))
        entitled = self.dutch and _is_electorate(cast, counted)
        where = f"Contest {identity or title}{f', {unit}' if unit else ''}"
        return Contest(
            title=title,
            id=identity or None,
            choices=tuple(self._choices(votes, where)),
            where=where,
            unit=unit,
            counted=None if entitled else part_of(_with_rejected(votes, counted, cast), cast, "votes"),
            status=self.status or Status.UNOFFICIAL,
            status_word=self.word or None,
            stamp=self.stamp,
            votes_cast=counted,
            electorate=cast if entitled else None,
            caller=self.authority,
        )

    def _choices(self, votes: Node, where: str) -> Iterator[Choice]:
        group: tuple[str, str] = ("", "")
        for selection in votes.all("Selection"):
            affiliation = first(selection, "AffiliationIdentifier") or first(
                selection, "Affiliation", "AffiliationIdentifier"
            )
            candidate = first(selection, "Candidate")
            if affiliation is not None:
                group = (
                    affiliation.attribute("Id"),
                    text_at(affiliation, "RegisteredName") or affiliation.text,
                )
            if candidate is None and self.lines != "candidates":
                yield _choice(selection, group[1], group[0], None, where)
            elif candidate is not None and self.lines != "lists":
                path = ("Affiliation", "AffiliationIdentifier", "RegisteredName")
                party = group[1] or text_at(candidate, *path)
                yield _choice(selection, *_person(candidate, group), party or None, where)


def _person(candidate: Node, group: tuple[str, str]) -> tuple[str, str]:
    """A candidate's name and id; numbers start again on every list, so the list's id goes before it."""
    identifier = first(candidate, "CandidateIdentifier")
    number = (identifier.attribute("Id") or identifier.attribute("ShortCode")) if identifier else ""
    identity = f"{group[0]}/{number}" if group[0] and number else number
    named = text_at(candidate, "CandidateIdentifier", "CandidateName") or text_at(candidate, "ProposalItem")
    full = first(candidate, "CandidateFullName", "PersonName") or first(candidate, "CandidateFullName")
    name = named or (_full_name(full) if full else "")
    return name or f"candidate {identity}", identity


def _full_name(person: Node) -> str:
    parts = ("FirstName", "NameLine", "NamePrefix", "MiddleName", "LastName")
    return " ".join(node.text for part in parts for node in person.all(part) if node.text)


def _choice(selection: Node, name: str, identity: str, party: str | None, where: str) -> Choice:
    written = next((text for tag in _VOTES if (text := text_at(selection, tag))), "")
    elected = text_at(selection, "Elected").lower() in ("yes", "true", "ja")
    return Choice(
        name=name,
        id=identity or None,
        party=party,
        votes=votes_of(written),
        call=Call.DECLARED if elected else None,
        mark="elected" if elected else "",
        quote=f"{name}: {written or ('elected' if elected else 'no count')}",
        where=f"{where}, selection {identity or name}",
    )


def _is_electorate(cast: int | None, counted: int | None) -> bool:
    """Dutch counts put the number of those entitled to vote into Cast, and those are no measure of the
    count; others put there what the name says.
    """
    return cast is not None and counted is not None and cast > counted


def _with_rejected(votes: Node, counted: int | None, cast: int | None) -> int | None:
    """What has been through the count: some authorities leave those rejected out of TotalCounted."""
    if counted is None or cast is None:
        return counted
    rejected = sum(votes_of(node.text) or 0 for node in votes.all("RejectedVotes"))
    return counted + rejected if counted + rejected <= cast else counted
