"""Names that mean two things: nobody could say whose votes a page gives."""

from collections.abc import Callable, Iterator
from urllib.parse import urldefrag

from races.draft import Draft
from races.names import folded
from races.problem import Finding, Place, quoted

_CANDIDATE_NAMES = ("name", "aliases", "descriptions")
_ORIGIN_NAMES = ("name", "aliases")


def duplicate_findings(draft: Draft) -> Iterator[Finding]:
    """Ids, names and addresses given twice."""
    for name in ("candidates", "origins"):
        yield from _repeated(draft.texts(name, "id"), str.casefold, f"id of another {name[:-1]}")
    yield from _repeated(draft.texts("sources", "name"), folded, "name of another source")
    yield from _shared_names(draft, "candidates", _CANDIDATE_NAMES)
    yield from _shared_names(draft, "origins", _ORIGIN_NAMES)
    yield from _same_page(draft)


def _repeated(given: Iterator[tuple[Place, str]], same: Callable[[str], str], what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, value in given:
        if same(value) in seen:
            yield Finding(place, f"{quoted(value)} is the {what} already", "give each its own")
        seen.add(same(value))


def _shared_names(draft: Draft, tables: str, keys: tuple[str, ...]) -> Iterator[Finding]:
    """Names and aliases that belong to two tables, or stand twice in one.

    Namesakes do stand in one seat: then both need what tells them apart on
    the ballot (a middle name, the party), or every count goes to the first.
    """
    owner: dict[str, Place] = {}
    spelled: set[tuple[Place, str]] = set()
    for place, name in (item for key in keys for item in draft.texts(tables, key)):
        own = place[:2]
        holder = owner.setdefault(folded(name), own)
        if holder != own and folded(name):
            right = "tell them apart as the ballot does: by a middle name, the party, a number"
            yield Finding(place, f"{quoted(name)} means another {tables[:-1]} as well", right)
        elif (own, name.casefold()) in spelled:
            yield Finding(place, f"{quoted(name)} stands twice", "once is enough", warning=True)
        spelled.add((own, name.casefold()))


def _same_page(draft: Draft) -> Iterator[Finding]:
    """One page watched twice in the same way; two kinds or two paths into one file are fine."""
    seen: set[tuple[str, str, str]] = set()
    for place, source in draft.tables("sources"):
        url = source.get("url")
        if not isinstance(url, str):
            continue
        way = (
            urldefrag(url)[0] if "#" in url else url,
            repr(source.get("kind")),
            repr(source.get("options")),
        )
        if way in seen:
            yield Finding(
                (*place, "url"), f"URL {quoted(url)} is watched by another source", "remove one of them"
            )
        seen.add(way)
