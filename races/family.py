"""What can only be wrong between files: two races of one id, races that follow or add up one another."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from races.draft import Draft
from races.problem import Finding, known_are, quoted


class HasPath(Protocol):
    """Anything that stands for one file."""

    @property
    def path(self) -> object:
        """The file."""


S = TypeVar("S", bound=HasPath)


def family_findings(files: Sequence[tuple[S, Draft]]) -> list[tuple[S, Finding]]:
    """Ids given twice, ``follows`` that lead nowhere, backwards in time or in a circle, unknown parts."""
    return [*_twice(files), *_follows(files), *_parts(files)]


def _parts(files: Sequence[tuple[S, Draft]]) -> Iterator[tuple[S, Finding]]:
    drafts = {race_id: draft for _, draft in files if (race_id := draft.text("id")) is not None}
    unread = {Path(str(sheet.path)).stem for sheet, draft in files if draft.text("id") is None}
    for sheet, draft in files:
        weights = draft.data.get("adds_up")
        for part in weights if isinstance(weights, Mapping) else ():
            if part not in drafts and part not in unread:
                right = known_are("races", sorted(set(drafts) - {draft.text("id") or ""}), part)
                yield sheet, Finding(("adds_up", part), f"adds up an unknown race {quoted(part)}", right)
            elif part in drafts and drafts[part].data.get("adds_up"):
                what = f"adds up {quoted(part)}, which adds up others itself"
                yield sheet, Finding(("adds_up", part), what, "name the races that are counted")


def _twice(files: Sequence[tuple[S, Draft]]) -> Iterator[tuple[S, Finding]]:
    first: dict[str, S] = {}
    for sheet, draft in files:
        race_id = draft.text("id")
        if race_id is None:
            continue
        if race_id in first:
            other = getattr(first[race_id].path, "name", first[race_id].path)
            yield (
                sheet,
                Finding(("id",), f"id {quoted(race_id)} is that of {other} too", "give each race its own"),
            )
        first.setdefault(race_id, sheet)


def _follows(files: Sequence[tuple[S, Draft]]) -> Iterator[tuple[S, Finding]]:
    drafts = {race_id: draft for _, draft in files if (race_id := draft.text("id")) is not None}
    unread = {Path(str(sheet.path)).stem for sheet, draft in files if draft.text("id") is None}
    for sheet, draft in files:
        earlier = draft.text("follows")
        if earlier is None:
            continue
        if earlier not in drafts:
            if earlier in unread:  # what is wrong with that file is told already
                continue
            right = known_are("races", sorted(set(drafts) - {draft.text("id") or ""}), earlier)
            yield sheet, Finding(("follows",), f"follows an unknown race {quoted(earlier)}", right)
        elif circle := _circle(draft.text("id"), drafts):
            right = "a race follows an earlier one: remove one of them"
            yield sheet, Finding(("follows",), f"follows itself: {' → '.join(circle)}", right)
        else:
            yield from ((sheet, finding) for finding in _backwards(draft, drafts[earlier]))


def _circle(start: str | None, drafts: dict[str, Draft]) -> list[str]:
    """The way from a race back to itself; empty where there is none."""
    if start is None:
        return []
    way, seen = [start], {start}
    while (following := drafts[way[-1]].text("follows")) in drafts and following is not None:
        way.append(following)
        if following in seen:
            return way if following == start else []
        seen.add(following)
    return []


def _backwards(draft: Draft, earlier: Draft) -> Iterator[Finding]:
    if draft.day and earlier.day and draft.day < earlier.day:
        what = f"follows a race of a later day ({earlier.day}, this one is {draft.day})"
        yield Finding(("follows",), what, "a re-run or a run-off comes later: check both dates")
