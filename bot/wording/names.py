"""How candidates, origins and races are called, cleaned of whatever a page may carry."""

from collections import Counter
from collections.abc import Iterable

from bot.wording.markup import Html, clean, join, tag
from tally.race import Candidate, Race

NAME_LIMIT = 60
TITLE_LIMIT = 120


def title(race: Race) -> str:
    """The race's title on one line."""
    return clean(race.title, TITLE_LIMIT) or clean(race.id, TITLE_LIMIT) or "?"


def full_name(race: Race, who: str | None) -> str:
    """Name and party, "Jane Doe (D)", for a candidate's id; for anybody else the name as it was written."""
    candidate = race.candidate(who) if who else None
    if candidate is None:
        return clean(who or "", NAME_LIMIT) or "?"
    name = clean(candidate.name, NAME_LIMIT) or "?"
    return f"{name} ({clean(candidate.party, 20)})" if candidate.party else name


def bold_name(race: Race, who: str | None) -> Html:
    """The full name, in bold."""
    return tag("b", full_name(race, who))


def short_names(race: Race) -> dict[str, str]:
    """A name of one word for each candidate, or the whole one where two would be called the same."""
    short = {c.id: clean(c.surname or _last_word(c), NAME_LIMIT) for c in race.candidates}
    taken = Counter(short.values())
    return {
        c.id: short[c.id] if taken[short[c.id]] == 1 else clean(c.name, NAME_LIMIT) for c in race.candidates
    }


def origin_name(race: Race, origin_id: str) -> str:
    """Whose count it is, as configured, or as the page called it."""
    origin = race.origin(origin_id)
    return clean(origin.name if origin else origin_id, NAME_LIMIT) or "?"


def origin_names(race: Race, origins: Iterable[str]) -> Html:
    """The names of some origins in a row."""
    return join([origin_name(race, origin) for origin in list(origins)[:4]], ", ")


def ids(given: object) -> list[str]:
    """The ids in a list that was written as "doe, roe"."""
    return [name for name in str(given or "").split(", ") if name]


def listed(names: Iterable[str], race: Race) -> Html:
    """Candidates by their ids, in bold, in a row."""
    return join([bold_name(race, name) for name in list(names)[:6]], ", ")


def _last_word(candidate: Candidate) -> str:
    """The surname by guess; answers of a referendum and lists keep all of theirs."""
    words = candidate.name.split()
    return words[-1] if 1 < len(words) <= 4 else candidate.name
