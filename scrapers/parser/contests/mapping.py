"""One contest → the reading and the claims of one race."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scrapers.parser.contests.choosing import chosen
from scrapers.parser.contests.contest import Call, Choice, Contest
from scrapers.parser.contests.names import Match, NameBook
from scrapers.parser.contests.status import is_annulled, is_projection, names_are_a_test
from scrapers.parser.document.stamps import stamp_of
from scrapers.parser.page import Page, told
from scrapers.parser.prose import Note
from tally.capture import Capture
from tally.claim import Claim, ClaimKind, Strength
from tally.evidence import Evidence
from tally.race import Method, Race, Rank, Source
from tally.reading import Lead, Reading, Result, Status

_LONGEST_QUOTE = 400
# Clocks differ by minutes; a stamp hours ahead is a zone misread and would hold back every later one.
_AHEAD = timedelta(hours=1)


def page_of(
    contests: Sequence[Contest],
    capture: Capture,
    race: Race,
    source: Source,
    published: datetime | None,
    *,
    rule: str,
    language: str | None = None,
) -> Page:
    """The page that a feed's contests make for one race (raises Unreadable where none is the race's)."""
    book = NameBook(race, source.options.get("candidates"))
    contest, matches = chosen(contests, book, source.options)
    as_of, stamped, notes = _when(contest, capture, race, source, published, language)
    mapping = _Mapping(contest, matches, race, source, capture.url, as_of, stamped, rule)
    reading = mapping.reading(book)
    claims = mapping.claims()
    return told(
        (reading,) if reading else (),
        claims,
        nothing=f"no numbers yet in {contest.label}",
        notes=(*notes, *mapping.left_out()),
        published=as_of if stamped else published,
        title=contest.title or None,
    )


def _when(
    contest: Contest,
    capture: Capture,
    race: Race,
    source: Source,
    published: datetime | None,
    language: str | None,
) -> tuple[datetime, bool, list[Note]]:
    """The contest's hour, whether it is its own, and a note where its own can't be right."""
    zone = source.timezone or race.timezone
    fetched = capture.fetched_at
    own = stamp_of(contest.stamp, zone, near=published or fetched, language=language or source.language)
    if own is not None and own <= fetched + _AHEAD:
        return own, True, []
    notes = []
    if contest.stamp not in (None, ""):
        why = "the stamp lies in the future" if own else "the stamp can't be read"
        notes.append(Note(str(contest.stamp), contest.where, f"{why}; the hour of fetching stands instead"))
    return published or fetched, False, notes


class _Mapping:
    """One contest with who its lines are, on its way to a reading."""

    def __init__(
        self,
        contest: Contest,
        matches: list[Match | None],
        race: Race,
        source: Source,
        url: str,
        as_of: datetime,
        stamped: bool,
        rule: str,
    ) -> None:
        self.contest, self.race, self.source, self.url = contest, race, source, url
        self.as_of, self.stamped, self.rule = as_of, stamped, rule
        self.lines = list(zip(contest.choices, matches, strict=False))

    def reading(self, book: NameBook) -> Reading | None:
        """The numbers; None where there are none."""
        contest = self.contest
        results = tuple(
            Result(match.candidate, choice.votes, choice.share, choice.qualifier)
            for choice, match in self.lines
            if match and choice.told
        )
        lead = self._lead(book)
        if not results and lead is None:
            return None
        return Reading(
            race=self.race.id,
            origin=self.source.origin,
            as_of=self.as_of,
            evidence=self._evidence(choice for choice, match in self.lines if match),
            results=results,
            counted=contest.counted,
            lead=lead,
            status=Status.TEST if names_are_a_test(contest.choices) else contest.status,
            stamped=self.stamped,
            source=self.source.name,
            url=self.url,
            turnout=contest.turnout,
            votes_cast=contest.votes_cast,
            electorate=contest.electorate,
            votes_left=contest.votes_left,
            round=contest.round,
        )

    def _lead(self, book: NameBook) -> Lead | None:
        lead = self.contest.lead
        # Maps name who leads a district and leave by how much to the shares.
        if lead is not None and lead.votes is None and lead.points is None:
            return None
        match = book.find(lead.candidate) if lead else None
        return replace(lead, candidate=match.candidate) if lead and match else None

    def _evidence(self, choices: Iterable[Choice]) -> Evidence:
        quotes = [choice.quote or choice.name for choice in choices]
        parts = [self.contest.quote, *quotes] if self.contest.quote else quotes
        return Evidence(" · ".join(parts)[:_LONGEST_QUOTE], self.contest.where, self.rule)

    def claims(self) -> tuple[Claim, ...]:
        """The feed's calls; on test data nothing is claimed."""
        if self.contest.status is Status.TEST or names_are_a_test(self.contest.choices):
            return ()
        claims = [self._claim(choice, match) for choice, match in self.lines if match and choice.call]
        return tuple(claim for claim in (*claims, self._annulment()) if claim)

    def _annulment(self) -> Claim | None:
        """An authority's feed that calls its own vote void; nobody else's can."""
        word = self.contest.status_word
        if not is_annulled(word) or not self._is_official():
            return None
        evidence = Evidence(str(word), self.contest.where, self.rule)
        return self._of_kind(ClaimKind.ANNULLED, evidence, None)

    def _claim(self, choice: Choice, match: Match) -> Claim | None:
        kind = self._kind(choice.call)
        if kind is None:
            return None
        evidence = Evidence(choice.quote or choice.name, choice.where or self.contest.where, self.rule)
        projected = kind is ClaimKind.CALLED and is_projection(choice.mark)
        strength = Strength.SOFT if projected else Strength.FIRM
        return self._of_kind(kind, evidence, match.candidate, strength)

    def _of_kind(
        self, kind: ClaimKind, evidence: Evidence, target: str | None, strength: Strength = Strength.FIRM
    ) -> Claim:
        return Claim(
            race=self.race.id,
            kind=kind,
            origin=self.source.origin,
            as_of=self.as_of,
            evidence=evidence,
            actor=self.contest.caller or self._name_of_origin(),
            target=target,
            strength=strength,
            stamped=self.stamped,
            source=self.source.name,
            url=self.url,
        )

    def _kind(self, call: Call | None) -> ClaimKind | None:
        """Only an official source declares; the same mark elsewhere is a desk's call."""
        if call is None or (call is Call.RUNOFF and not self._several_win()):
            return None
        if not self._is_official() or call in (Call.CALLED, Call.RUNOFF):
            return ClaimKind.CALLED
        certified = call is Call.CERTIFIED or self.contest.status is Status.CERTIFIED
        return ClaimKind.CERTIFIED if certified else ClaimKind.DECLARED

    def _is_official(self) -> bool:
        return Rank.OFFICIAL in (self.race.rank_of(self.source.origin), self.source.rank)

    def _several_win(self) -> bool:
        return self.race.method is Method.TOP_N or self.race.seats > 1

    def _name_of_origin(self) -> str:
        origin = self.race.origin(self.source.origin)
        return origin.name if origin else self.source.origin

    def left_out(self) -> list[Note]:
        """Lines of nobody in the race, marks that are no win, and duplicates."""
        notes = []
        for choice, match in self.lines:
            if match is None:
                notes.append(Note(choice.quote or choice.name, choice.where, "no candidate of this race"))
            elif choice.call and self._kind(choice.call) is None:
                notes.append(
                    Note(choice.quote or choice.name, choice.where, f"marked {choice.mark!r}, no win")
                )
        return notes[:40]
