"""JSON by paths (JMESPath), or by the words of its keys where no path is configured."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from scrapers.parser.contests import Choice, Contest, page_of
from scrapers.parser.contests.figures import counted_of, part_of, share_of, votes_of
from scrapers.parser.contests.guess import contests_by_keys
from scrapers.parser.contests.status import call_of, status_of
from scrapers.parser.document import Document, Media, document_of
from scrapers.parser.document.document import json_of
from scrapers.parser.options import (
    OF_CONTESTS,
    Option,
    a_number,
    a_path,
    a_selector,
    a_table_of,
    a_text,
    checker,
    text_option,
    texts,
)
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Lead, Status

NAME = "json"
FETCHED_BY = "results_feed"
_IN_LINE = {
    "candidate": 'path in a line: the candidate\'s name or id (or "key" where the lines are an object)',
    "id": "path in a line: the candidate's id, where the name stands apart",
    "party": "path in a line: the party",
    "votes": "path in a line: the votes",
    "share": "path in a line: the share",
    "winner": "path in a line: the mark of a winner",
}
_IN_CONTEST = {
    "title": "path in a contest: its title",
    "contest_id": "path in a contest: its id",
    "results": "path to the lines of the candidates",
    "counted": 'path: how much is counted, a number or a text such as "274 of 274"',
    "counted_of": "path: the whole of which counted is a part",
    "as_of": "path: the hour of the count",
    "status": "path: what the count calls itself",
    "test": "path: a flag that is set on test data",
    "turnout": "path: the turnout, in per cent",
    "votes_cast": "path: all votes cast",
    "electorate": "path: all who may vote",
    "votes_left": "path: votes still to count",
    "round": "path: the round of a ranked count",
    "lead_candidate": "path: who leads",
    "lead_votes": "path: by how many votes",
    "lead_points": "path: by how many points",
    "caller": "path: who makes the calls",
}
OPTIONS = {
    **OF_CONTESTS,
    "contests": Option("path to the list of contests; without it the whole is one", a_path),
    **{name: Option(meaning, a_path) for name, meaning in (_IN_CONTEST | _IN_LINE).items()},
    "share_scale": Option("what shares are multiplied by: 100 where they are fractions", a_number),
    "counted_scale": Option("what the counted share is multiplied by: 100 where it is a fraction", a_number),
    "basis": Option("what the counted share is a share of, in words", a_text),
    "statuses": Option("the feed's status words, each with ours", a_table_of(*Status)),
    "winner_words": Option("marks that mean a winner, where they are not the usual ones", texts),
    "inside": Option("CSS selector of the script that holds the JSON, on an HTML page", a_selector),
}
check_options = checker(OPTIONS)


def sniff(capture: Capture) -> float:
    """Any JSON; the feeds with a name of their own are surer."""
    return 0.6 if document_of(capture).media is Media.JSON else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """One contest by the configured paths."""
    return page_of(contests(capture, source.options), capture, race, source, published, rule=NAME)


def contests(capture: Capture, options: Mapping[str, object]) -> tuple[Contest, ...]:
    """Every contest under the paths; without a path to results by the words of the keys."""
    data = _data(document_of(capture), options)
    if text_option(options, "results") is None:
        found = tuple(contests_by_keys(data))
        if not found:
            raise Unreadable("no results that show by their keys; name them by the option results")
        return found
    where = text_option(options, "contests")
    if where is None:
        return (_Reader(options, "").contest(data),)
    items = _at(data, where)
    if not isinstance(items, list | dict):
        raise Unreadable(f"the feed changed its shape: nothing at {where} (option contests)")
    keyed = items.items() if isinstance(items, dict) else ((f"[{n}]", item) for n, item in enumerate(items))
    return tuple(_Reader(options, f"{where}{key}").contest(item) for key, item in keyed)


def _data(document: Document, options: Mapping[str, object]) -> object:
    selector = text_option(options, "inside")
    if selector is None or document.media is not Media.HTML:
        if document.media is Media.HTML:
            raise Unreadable("wrong type: an HTML page where JSON was expected")
        return document.json
    node = document.tree.css_first(selector)
    if node is None:
        raise Unreadable(f"nothing on the page fits the option inside {selector!r}")
    return json_of(node.text())


@lru_cache(maxsize=512)
def _compiled(path: str) -> ParsedResult:
    return jmespath.compile(path)


def _at(data: object, path: str) -> object:
    try:
        return _compiled(path).search(data)
    except (JMESPathError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unreadable(f"the feed changed its shape: {path} can't be read ({str(error)[:80]})") from error


class _Reader:
    """One contest of a feed, under a source's paths."""

    def __init__(self, options: Mapping[str, object], where: str) -> None:
        self.options, self.where = options, where

    def _value(self, data: object, option: str) -> object:
        path = text_option(self.options, option)
        return _at(data, path) if path else None

    def _needed(self, data: object, option: str) -> object:
        """A value whose path is configured and must exist: a key that is gone is a changed shape."""
        value = self._value(data, option)
        path = text_option(self.options, option)
        if value is None and path and not _has_key(data, path):
            raise Unreadable(f"the feed changed its shape: nothing at {self._path(path)} (option {option})")
        return value

    def _path(self, path: str) -> str:
        return f"{self.where}.{path}" if self.where else path

    def contest(self, data: object) -> Contest:
        lines = list(self._lines(data))
        contest = Contest(
            title=_text(self._value(data, "title")),
            id=_text(self._value(data, "contest_id")) or None,
            choices=tuple(self._choice(line, where) for line, where in lines),
            where=self._path(str(self.options["results"])),
        )
        return self._progress(self._facts(contest, data), data)

    def _lines(self, data: object) -> Iterator[tuple[object, str]]:
        lines = self._needed(data, "results")
        path = self._path(str(self.options["results"]))
        if isinstance(lines, dict):
            for key, value in lines.items():
                inner = value if isinstance(value, dict) else {"value": value}
                yield {**inner, "key": key}, f"{path}.{key}"
        elif isinstance(lines, list):
            yield from ((line, f"{path}[{n}]") for n, line in enumerate(lines))
        elif lines is not None:
            raise Unreadable(f"the feed changed its shape: no list at {path} (option results)")

    def _choice(self, line: object, where: str) -> Choice:
        if not isinstance(line, dict):
            raise Unreadable(f"the feed changed its shape: no object at {where}")
        written = {option: self._value(line, option) for option in _IN_LINE}
        keyed = self._keyed(line)
        votes = written["votes"] if text_option(self.options, "votes") else keyed
        name = (
            written["candidate"]
            if text_option(self.options, "candidate")
            else line.get("key", line.get("name"))
        )
        if name is None:
            raise Unreadable(
                f"the feed changed its shape: nothing at {where}.{self.options.get('candidate')}"
            )
        for option in ("votes", "share"):
            self._needed(line, option)
        share = share_of(written["share"], self._scale("share_scale"))
        mark = written["winner"]
        return Choice(
            name=_text(name),
            id=_text(written["id"]) or None,
            party=_text(written["party"]) or None,
            votes=votes_of(votes),
            share=share.value if share else None,
            call=call_of("winner") if _text(mark) in self._winner_words() else call_of(mark),
            mark="" if mark in (None, False, "") else str(mark),
            quote=_quote(name, votes, written["share"], mark),
            where=where,
        )

    def _keyed(self, line: Mapping[str, object]) -> object:
        """The number of a line that is only "id": number, where no path says otherwise."""
        return None if text_option(self.options, "share") else line.get("value")

    def _winner_words(self) -> tuple[str, ...]:
        words = self.options.get("winner_words") or ()
        return (words,) if isinstance(words, str) else tuple(words) if isinstance(words, list | tuple) else ()

    def _scale(self, option: str) -> float:
        value = self.options.get(option)
        return float(value) if isinstance(value, int | float) else 1.0

    def _facts(self, contest: Contest, data: object) -> Contest:
        stamp = self._needed(data, "as_of")
        turnout = share_of(self._value(data, "turnout"))
        return replace(
            contest,
            stamp=stamp if isinstance(stamp, str | int | float) and not isinstance(stamp, bool) else None,
            status=self._status(data),
            status_word=_text(self._value(data, "status")) or None,
            turnout=turnout.value if turnout else None,
            votes_cast=votes_of(self._value(data, "votes_cast")),
            electorate=votes_of(self._value(data, "electorate")),
            votes_left=votes_of(self._value(data, "votes_left")),
            round=votes_of(self._value(data, "round")),
            caller=_text(self._value(data, "caller")) or None,
        )

    def _status(self, data: object) -> Status:
        if _flag(self._value(data, "test")):
            return Status.TEST
        word = self._value(data, "status")
        ours = self.options.get("statuses")
        named = ours.get(_text(word)) if isinstance(ours, Mapping) else None
        return (
            Status(named)
            if isinstance(named, str) and named in list(Status)
            else status_of(word) or Status.UNOFFICIAL
        )

    def _progress(self, contest: Contest, data: object) -> Contest:
        counted = self._needed(data, "counted")
        basis = text_option(self.options, "basis")
        if text_option(self.options, "counted_of"):
            told = part_of(votes_of(counted), votes_of(self._needed(data, "counted_of")), basis)
        else:
            told = counted_of(counted, self._scale("counted_scale"), basis)
        leader = self._value(data, "lead_candidate")
        points = share_of(self._value(data, "lead_points"))
        lead = (
            Lead(_text(leader), votes_of(self._value(data, "lead_votes")), points.value if points else None)
            if _text(leader)
            else None
        )
        return replace(contest, counted=told, lead=lead)


def _quote(name: object, *values: object) -> str:
    return f"{_text(name)}: {' '.join(text for value in values if (text := _text(value)))}".removesuffix(": ")


def _has_key(data: object, path: str) -> bool:
    """Whether a plain path's last key exists, be it null; a path that computes can only be empty."""
    head, _, last = path.rpartition(".")
    if not last.isidentifier():
        return False
    holder = _at(data, head) if head else data
    return isinstance(holder, dict) and last in holder


def _flag(value: object) -> bool:
    return value in (True, 1) or (
        isinstance(value, str) and value.strip().lower() in ("true", "yes", "y", "1", "test")
    )


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
