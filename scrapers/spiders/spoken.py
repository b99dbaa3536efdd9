"""Which languages the watched pages are in, to be ready for them before the night."""

from collections.abc import Iterable

from scrapers.parser.kinds import kind_named
from tally.race import Race


def languages_of(races: Iterable[Race]) -> set[str] | None:
    """The languages of the sources in prose; None, which means all, where one does not say its own."""
    sources = (source for race in races for source in race.sources)
    said = {source.language for source in sources if not kind_named(source.kind).has_contests}
    return None if None in said else {language for language in said if language}
