"""Clarity's details: one XML with every contest by county or by precinct."""

from collections import defaultdict
from collections.abc import Iterator

from scrapers.parser.contests import Choice, Contest
from scrapers.parser.contests.figures import counted_of, part_of, share_of, votes_of
from scrapers.parser.contests.status import status_of
from scrapers.parser.document.nodes import Node, first, text_at
from scrapers.parser.page import Unreadable
from tally.reading import Counted, Status


def contests_of(root: Node, units: bool) -> Iterator[Contest]:
    """Every contest of the file, each followed by its parts where ``units`` asks for them."""
    if root.name != "ElectionResult":
        raise Unreadable("not the shape of Clarity's details: ElectionResult is missing")
    report = _Report(root)
    for contest in root.all("Contest"):
        yield report.whole(contest)
        if units:
            yield from report.parts(contest)


class _Report:
    """What stands once in a file and belongs to all its contests."""

    def __init__(self, root: Node) -> None:
        self.stamp = text_at(root, "Timestamp") or None
        word = text_at(root, "ElectionName")
        self.status = Status.TEST if status_of(word) is Status.TEST else Status.UNOFFICIAL
        self.turnout = first(root, "ElectionVoterTurnout") or first(root, "VoterTurnout")
        groups = self.turnout.all("Counties", "Precincts") if self.turnout else ()
        self.places = {p.attribute("name"): p for g in groups for p in g.all("County", "Precinct")}

    def whole(self, contest: Node) -> Contest:
        key = contest.attribute("key")
        choices = tuple(_choice(line, key) for line in contest.all("Choice"))
        return self._contest(contest, choices, _counted(contest), self.turnout, None)

    def parts(self, contest: Node) -> Iterator[Contest]:
        lines = list(contest.all("Choice"))
        votes = [_by_place(line) for line in lines]
        for name in dict.fromkeys(name for part in votes for name in part):
            choices = tuple(_in_part(line, part.get(name)) for line, part in zip(lines, votes, strict=True))
            place = self.places.get(name)
            # What a precinct calls its percentReporting is a code; only counties tell a share.
            percent = place.attribute("precinctsReportingPercent") if place else ""
            yield self._contest(contest, choices, counted_of(percent, basis="precincts"), place, name)

    def _contest(
        self,
        contest: Node,
        choices: tuple[Choice, ...],
        counted: Counted | None,
        turnout: Node | None,
        unit: str | None,
    ) -> Contest:
        key = contest.attribute("key")
        told = turnout.attribute if turnout else lambda _: ""
        pct = share_of(told("voterTurnout"))
        return Contest(
            title=contest.attribute("text"),
            id=key or None,
            choices=choices,
            where=f"Contest {key}, {unit}" if unit else f"Contest {key}",
            unit=unit,
            counted=counted,
            status=self.status,
            stamp=self.stamp,
            # Zeros stand for "not told" here.
            turnout=(pct.value or None) if pct else None,
            votes_cast=votes_of(told("ballotsCast")) or None,
            electorate=votes_of(told("totalVoters")) or None,
        )


def _choice(line: Node, contest: str) -> Choice:
    name, written = line.attribute("text"), line.attribute("totalVotes")
    return Choice(
        name=name,
        id=line.attribute("key") or None,
        party=line.attribute("party") or None,
        votes=votes_of(written),
        quote=f"{name}: {written}",
        where=f"Contest {contest}, choice {line.attribute('key')}",
    )


def _in_part(line: Node, votes: int | None) -> Choice:
    name, party = line.attribute("text"), line.attribute("party") or None
    return Choice(name, line.attribute("key"), party, votes, quote=f"{name}: {votes}")


def _by_place(line: Node) -> dict[str, int]:
    """A choice's votes by county or precinct, the ways of voting added up."""
    votes: dict[str, int] = defaultdict(int)
    for way in line.all("VoteType"):
        for place in way.all("County", "Precinct"):
            votes[place.attribute("name")] += votes_of(place.attribute("votes")) or 0
    return votes


def _counted(contest: Node) -> Counted | None:
    percent = contest.attribute("precinctsReportingPercent")
    if percent:
        return counted_of(percent, basis="precincts")
    total = contest.attribute("precinctsParticipating") or contest.attribute("precinctsReporting")
    return part_of(votes_of(contest.attribute("precinctsReported")), votes_of(total), "precincts")
