"""Links of feeds: which of them look as if they were about a race."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from scrapers.parser.contests.names import folded
from scrapers.parser.options import text_options
from tally.race import Race, Source

_MOST = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: where it leads, and what it says of that."""

    link: str
    title: str = ""
    summary: str = ""
    stamp: str = ""


def joined(base: str, link: str) -> str | None:
    """The whole address of a link, without what follows #; None for what is no http(s) address.

    One malformed link must not cost a feed all the others.
    """
    try:
        found = urljoin(base, link.strip()).partition("#")[0]
        return found if urlsplit(found).scheme in ("http", "https") and urlsplit(found).netloc else None
    except ValueError:
        return None


def links_about(items: Iterable[Item], race: Race, source: Source, base: str) -> tuple[str, ...]:
    """The links that concern the race, in the feed's order, each once, http(s) only, fifty at most.

    The option ``match`` gives words of which one must stand in title, summary
    or address ("*" takes all); else a candidate's name must.
    """
    words = text_options(source.options, "match") or _names(race)
    keys = [folded(word) for word in words]
    found = (joined(base, item.link) for item in items if "*" in words or _about(item, keys))
    return tuple(dict.fromkeys(link for link in found if link))[:_MOST]


def _names(race: Race) -> tuple[str, ...]:
    """Names and surnames; one as short as "Li" or an answer like "Yes" would be in every address."""
    names = [name for c in race.candidates for name in (c.name, *c.aliases, c.surname or c.name.split()[-1])]
    return tuple(name for name in names if len(folded(name)) >= 4)


def _about(item: Item, keys: list[str]) -> bool:
    text = f" {folded(' '.join((item.title, item.summary, unquote(item.link).replace('-', ' '))))} "
    # Turkish and German put endings on names: the word must begin with the name.
    return any(f" {key}" in text for key in keys)
