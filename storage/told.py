"""Who was told what, as rows: for exports. A chat is its number here, never its address."""

from collections.abc import Iterator
from typing import Any

from storage.store import Store

_ROWS = """
select e.race, e.at, e.kind, e.key as event, d.channel, d.chat, d.action, d.state, d.attempts,
       d.changed_at, d.error
from deliveries d join events e on e.id = d.event
where (:race is null or e.race = :race) order by d.id
"""


def deliveries_of(store: Store, race: str | None) -> Iterator[dict[str, Any]]:
    """Every delivery of a race (None: of all), in the order in which they were made."""
    for row in store.db.rows(_ROWS, {"race": race}):
        yield dict(zip(row.keys(), row, strict=True))
