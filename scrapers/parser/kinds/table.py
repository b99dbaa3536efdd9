"""An HTML results table, read by its headers in whatever order and language they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from selectolax.lexbor import LexborNode

from scrapers.parser.contests import Choice, Contest, page_of
from scrapers.parser.contests.around import DIGIT, counted_in, stamp_in
from scrapers.parser.contests.choosing import matched
from scrapers.parser.contests.columns import is_no_count, role_of
from scrapers.parser.contests.figures import votes_of
from scrapers.parser.contests.grid import contests_in
from scrapers.parser.contests.layout import Grid
from scrapers.parser.contests.names import NameBook
from scrapers.parser.contests.status import status_around, status_of
from scrapers.parser.document import Document, Media, document_of
from scrapers.parser.document.cards import cards_in
from scrapers.parser.document.metadata import hour_of, language_of, title_of
from scrapers.parser.document.tables import Table, squeezed, tables_in
from scrapers.parser.options import OF_CONTESTS, SELECTOR, Option, a_selector, checker, text_option
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture, Outcome
from tally.race import Race, Source
from tally.reading import Status

NAME = "table"
FETCHED_BY = "results_page"
OPTIONS = {
    **OF_CONTESTS,
    "selector": SELECTOR,
    "counted_selector": Option("CSS selector of the text that tells how much is counted", a_selector),
    "as_of_selector": Option("CSS selector of the text that tells the hour of the last update", a_selector),
    "status_selector": Option("CSS selector of the text that says whether the count is official", a_selector),
}
check_options = checker(OPTIONS)

_LEADS = re.compile(
    r"([^\W\d][\w .'’-]{1,60}?)\s+(?:leads|trails|has|follows)\s+(?:with\s+)?([\d.,]+)\s+votes", re.I
)
_TITLE_SAYS = re.compile(
    r"\b(?:test|unofficial|official|certified|recount|final|partial|preliminary)\b", re.I
)


def sniff(capture: Capture) -> float:
    """An HTML page with a table that holds results."""
    document = document_of(capture)
    if document.media is not Media.HTML or document.tree.css_first("table") is None:
        return 0.0
    return 0.8 if any(_in_table(table, 0) for table in tables_in(document.tree.root)) else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """The race's table, with what the page says around it."""
    document = document_of(capture)
    found = contests(capture, source.options)
    book = NameBook(race, source.options.get("candidates"))
    ours = [contest for contest in found if any(matched(contest, book))]
    at = hour_of(document, race, source)
    page = page_of(
        ours or found, capture, race, source, published or at, rule=NAME, language=language_of(document)
    )
    return replace(page, title=title_of(document) or page.title)


def contests(capture: Capture, options: Mapping[str, object]) -> tuple[Contest, ...]:
    """Every table of results as a contest."""
    document = document_of(capture)
    if document.media is not Media.HTML:
        raise Unreadable(f"wrong type: {document.media.value} where an HTML table was expected")
    root = _root(document, options)
    tables = list(tables_in(root))
    found = [(t, c) for n, t in enumerate(tables, 1) for c in _in_table(t, n)]
    if not found:
        # Many pages lay their results out in boxes that only look like a table.
        headed = frozenset(t.node.mem_id for t in tables if any(map(role_of, t.headers)))
        found = [(t, c) for n, t in enumerate(cards_in(root, headed), 1) for c in _in_table(t, n)]
    if not found:
        # Before the count a results page has words where its table will stand.
        what = "no table of results" if tables else "no table"
        raise Unreadable(f"{what} on the page", Outcome.NOTHING)
    alone = len({id(table) for table, _ in found}) == 1
    return tuple(_Around(document, root, table, options, alone).added(contest) for table, contest in found)


def _root(document: Document, options: Mapping[str, object]) -> LexborNode:
    selector = text_option(options, "selector")
    root = document.tree.css_first(selector) if selector else document.tree.root
    if root is None:
        raise Unreadable(f"nothing on the page fits the option selector {selector!r}")
    # A selector that hits the table itself still has to find it among its own.
    return root.parent if root.tag == "table" and root.parent is not None else root


def _in_table(table: Table, number: int) -> tuple[Contest, ...]:
    if is_no_count(table.title):
        return ()
    grid = Grid(table.headers, table.rows, title=table.title, where=f"table {number}")
    return tuple(_with_told_votes(contest) for contest in contests_in(grid))


def _with_told_votes(contest: Contest) -> Contest:
    """A ledger's title may tell the votes: "Doe leads with 1,560 votes, Roe trails with 1,200 votes"."""
    if contest.choices or contest.lead is None:
        return contest
    choices = (
        Choice(
            m[1].strip().rpartition(": ")[2], votes=votes_of(m[2]), quote=m[0].strip(), where=contest.where
        )
        for m in _LEADS.finditer(contest.title)
    )
    return replace(
        contest, choices=tuple(choices), title=re.split(r"\s+(?:Total Votes|Totals?):", contest.title)[0]
    )


class _Around:
    """The page around one table: near text first, the whole page only where it has one table of results."""

    def __init__(
        self, document: Document, root: LexborNode, table: Table, options: Mapping[str, object], alone: bool
    ) -> None:
        self.document, self.root, self.table, self.options, self.alone = document, root, table, options, alone

    def added(self, contest: Contest) -> Contest:
        """A contest with what its own cells left open."""
        counted = counted_in(self._chosen("counted_selector")) or contest.counted or counted_in(self._texts())
        stamp = contest.stamp or next(iter(self._stamps()), None)
        status = self._status()
        return replace(
            contest,
            counted=counted,
            stamp=stamp,
            status=status or contest.status,
        )

    def _chosen(self, option: str) -> list[str]:
        selector = text_option(self.options, option)
        nodes = self.document.tree.css(selector) if selector else []
        # What a configured place says is about the count, whatever words stand there.
        return [
            f"counted: {squeezed(node)}" if option == "counted_selector" else squeezed(node) for node in nodes
        ]

    @cached_property
    def _near(self) -> list[str]:
        return _near(self.table.node)

    def _texts(self) -> Iterator[str]:
        yield self.table.title
        yield from self._near
        # The whole page is looked through only where nothing nearer told.
        if self.alone:
            yield from self._page

    @cached_property
    def _page(self) -> list[str]:
        body = self.document.tree.body or self.root
        return [text for node in body.css(_STATEMENTS) if (text := _own_text(node))]

    def _stamps(self) -> Iterator[str]:
        chosen = text_option(self.options, "as_of_selector")
        for node in self.document.tree.css(chosen) if chosen else []:
            yield node.attributes.get("datetime") or squeezed(node)
        if told := stamp_in(self._texts()):
            yield told
        for near in (self.table.node, self.table.node.parent):
            if hour := self._time_under(near):
                yield hour
        times = (self.document.tree.body or self.root).css("time[datetime]") if self.alone else []
        if len(times) == 1:
            yield times[0].attributes.get("datetime") or ""

    def _status(self) -> Status | None:
        told = self._chosen("status_selector")
        if told:
            return status_of(told[0])
        # Only a table's own title promotes it: "official results will follow" may stand anywhere.
        own = status_of(self.table.title)
        return own or status_around(self._page_titles(), self._near)

    def _page_titles(self) -> list[str]:
        """Asked for by every table of a page, which may have hundreds."""
        if "titles" not in self.document.known:
            self.document.known["titles"] = [squeezed(n) for n in self.document.tree.css("h1, title")]
        found = self.document.known["titles"]
        return found if isinstance(found, list) else []

    def _time_under(self, node: LexborNode | None) -> str | None:
        """The first marked hour in an element; the tables of a page have one parent."""
        if node is None:
            return None
        key = f"time under {node.mem_id}"
        if key not in self.document.known:
            time = node.css_first("time[datetime]")
            self.document.known[key] = time.attributes.get("datetime") if time is not None else None
        found = self.document.known[key]
        return found if isinstance(found, str) else None


def _near(node: LexborNode) -> list[str]:
    """Texts beside a table, nearest first: its neighbours up to the next table, then its parents'."""
    texts: list[str] = []
    current: LexborNode | None = node
    for _ in range(3):
        if current is None or current.tag in ("body", "html"):
            break
        for forward in (False, True):
            sibling = current.next if forward else current.prev
            while sibling is not None and len(texts) < 40:
                if sibling.tag == "table" or (sibling.is_element_node and sibling.css_first("table")):
                    break
                if sibling.is_element_node and sibling.tag not in ("script", "style"):
                    texts.append(sibling.text(separator=" | ")[:1000])
                sibling = sibling.next if forward else sibling.prev
        current = current.parent
    return [text for text in (" ".join(t.split()) for t in texts) if text]


# Related stories have hours and percentages by the hundred; none of them is about this table.
_STATEMENTS = ":is(p, div, span, li, h1, h2, h3, small, strong, td, dd, time):not(aside *, nav *)"
# A statement with the white space of its markup; what is longer is a part of the page and no statement.
_LONGEST_RAW = 2000


def _own_text(node: LexborNode) -> str:
    """A short text of an element that is one statement; long ones are found in their parts."""
    raw = node.text()
    if len(raw) > _LONGEST_RAW or not DIGIT.search(raw):
        return ""
    text = " ".join(raw.split())
    return text if 3 < len(text) < 300 else ""
