"""How well the reader reads: labelled texts against what was read, as precision, recall and F1.

A label file has one JSON object a line, as documented for ``tallywire score``: ``text``, ``lang``,
``published``, ``race``, ``candidates`` and what a person found in it: ``claims``, ``readings``,
``counted``. A key that is missing is not judged.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

from scrapers.parser.prose import passages_of, read_prose
from scrapers.parser.prose.matching import Pairs, claim_pairs, counted_pairs, reading_pairs
from scrapers.parser.prose.model import Prose
from tally.errors import SeriesError
from tally.race import Candidate, Race, Source

LABELLED_KINDS = (
    "concession", "victory_claim", "called", "congratulation", "refusal", "recount", "annulled", "challenged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled text. ``claims`` and ``readings`` are None where they are not judged, ``counted`` is
    judged where ``judges_counted``.
    """

    id: str
    language: str
    text: str
    published: datetime
    race: Race
    claims: tuple[Mapping[str, Any], ...] | None
    readings: tuple[Mapping[str, Any], ...] | None
    counted: float | None
    judges_counted: bool


def load(path: Path) -> list[Item]:
    """The items of a label file; raises ``SeriesError`` with the line and what is wrong there."""
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            items.append(item_of(json.loads(line), number))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            said = f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
            raise SeriesError(f"{path.name}, line {number}: no labelled text: {said}") from wrong
    return items


def item_of(data: Mapping[str, Any], number: int = 0) -> Item:
    """One label line as an item. Raises ``KeyError``, ``ValueError`` or ``TypeError`` where it is none."""
    text = data["text"]
    if not isinstance(text, str):
        raise TypeError("text must be a string")
    return Item(
        id=str(data.get("id", number)),
        language=str(data.get("lang", "")),
        text=text,
        published=_hour(data.get("published")),
        race=_race(data, number),
        claims=_list(data, "claims"),
        readings=_list(data, "readings"),
        counted=None if data.get("counted") is None else float(data["counted"]),
        judges_counted="counted" in data,
    )


def _list(data: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...] | None:
    found = data.get(key)
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(x, Mapping) for x in found):
        raise TypeError(f"{key} must be a list of objects")
    return tuple(found)


def _hour(written: object) -> datetime:
    if written is None:
        return datetime(2000, 1, 1, tzinfo=UTC)
    hour = datetime.fromisoformat(str(written).replace("Z", "+00:00"))
    return hour if hour.tzinfo else hour.replace(tzinfo=UTC)


def _race(data: Mapping[str, Any], number: int) -> Race:
    race = data.get("race") or {}
    if isinstance(race, str):
        race = {"title": race}
    held = race.get("date")
    on = date.fromisoformat(str(held)[:10]) if held else _hour(data.get("published")).date()
    people = [_candidate(c) for c in data.get("candidates", ())]
    return Race(f"race-{number}", str(race.get("title") or ""), on, ZoneInfo("UTC"), tuple(people))


def _candidate(data: Mapping[str, Any] | str) -> Candidate:
    if isinstance(data, str):
        return Candidate(data, data)
    aliases = tuple(data.get("aliases") or ())
    return Candidate(
        data["name"],
        data["name"],
        aliases,
        tuple(data.get("descriptions") or ()),
        party=data.get("party"),
        pronoun=data.get("pronoun"),
    )


def read_item(item: Item) -> Prose:
    """What the reader reads in a labelled text."""
    source = Source("label", "", "article", "label", language=item.language or None)
    return read_prose(passages_of(item.text), item.race, source, item.published, item.language or None)


@dataclass(slots=True)
class Tally:
    """Hits, false alarms and misses of one group."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, pairs: Pairs) -> None:
        """Count one item's pairs."""
        self.tp += len(pairs.hits)
        self.fp += len(pairs.false_alarms)
        self.fn += len(pairs.misses)

    def figures(self) -> dict[str, float | int]:
        """Precision, recall and F1; 1.0 where there was nothing to find and nothing was found."""
        precision = self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0
        recall = self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rounded = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
        return {**rounded, "tp": self.tp, "fp": self.fp, "fn": self.fn}


@dataclass(slots=True)
class Board:
    """All tallies of one run, and every miss and false alarm."""

    groups: dict[tuple[str, ...], Tally] = field(default_factory=dict)
    misses: list[dict[str, Any]] = field(default_factory=list)
    false_alarms: list[dict[str, Any]] = field(default_factory=list)

    def take(self, item: Item, subject: str, pairs: Pairs) -> None:
        """Count an item's pairs in its group, by kind and by language."""
        for kind, part in {"all": pairs, **pairs.by_kind()}.items():
            self.groups.setdefault((subject, kind), Tally()).add(part)
        self.groups.setdefault(("by_language", item.language, subject), Tally()).add(pairs)
        where = {"id": item.id, "lang": item.language, "what": subject, "text": item.text[:300]}
        self.misses += [{**where, "expected": e} for e in pairs.misses]
        self.false_alarms += [{**where, "found": f} for f in pairs.false_alarms]


def score(items: Sequence[Item]) -> dict[str, Any]:
    """The figures of a label file, as in ``score --json``, with ``misses`` and ``false_alarms``."""
    board = Board()
    kinds = _judged_kinds(items)
    started = process_time()
    read = [read_item(item) for item in items]
    took = process_time() - started
    for item, prose in zip(items, read, strict=True):
        _judge(board, item, prose, kinds)
    figures = _figures(board)
    figures["milliseconds_per_item"] = round(1000 * took / len(items), 3) if items else 0.0
    return {**figures, "misses": board.misses, "false_alarms": board.false_alarms}


def _judged_kinds(items: Iterable[Item]) -> frozenset[str]:
    """The documented kinds, and those that the file itself uses: others are not judged."""
    used = {str(c.get("kind")) for item in items for c in item.claims or ()}
    return frozenset(LABELLED_KINDS) | used


def _judge(board: Board, item: Item, prose: Prose, kinds: frozenset[str]) -> None:
    if item.claims is not None:
        board.take(item, "claims", claim_pairs(item.claims, prose, item.race, kinds))
    if item.readings is not None:
        board.take(item, "readings", reading_pairs(item.readings, prose, item.race))
    if item.judges_counted:
        board.take(item, "counted", counted_pairs(item.counted, prose))


def _figures(board: Board) -> dict[str, Any]:
    figures: dict[str, Any] = {"claims": {}, "readings": {}, "counted": {}, "by_language": {}}
    for key, tally in board.groups.items():
        at: dict[str, Any] = figures
        for part in key[:-1]:
            at = at.setdefault(part, {})
        at[key[-1]] = tally.figures()
    for subject in ("claims", "readings", "counted"):
        figures[subject].setdefault("all", Tally().figures())
    return figures
