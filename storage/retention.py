"""What of the fetched pages is let go: by age and by size, the oldest first.

Only the pages themselves go. That they were fetched, what was read from them
and the quote that proves it stay for ever. Looking for them takes seconds in a
large database, so it is done in a thread, on a connection of its own; only the
deleting, a handful at a time, holds up the house.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.captures import Captures
from storage.database import Database
from storage.text import to_text

# A page is as old as the last capture of it. The last page of each source stays.
_BY_AGE = """
select b.hash, length(b.deflated) as size, max(c.fetched_at) as last
from captures c indexed by captures_by_body join bodies b on b.hash = c.body_hash
where c.body_hash not in (select body_hash from captures where id in (
  select max(id) from captures group by race, source))
group by c.body_hash order by last
"""


@dataclass(frozen=True, slots=True)
class Outlived:
    """The pages that may go, oldest first; ``seen`` is the last capture that was looked at."""

    hashes: tuple[str, ...]
    seen: int


def outlived(path: Path, before: datetime | None, most_bytes: int | None) -> Outlived:
    """What was last seen before that hour, and the oldest of what is more than ``most_bytes``, compressed.

    May be called from any thread. Raises StorageError.
    """
    with closing(Database(path, readonly=True)) as reader:
        seen = reader.rows("select coalesce(max(id), 0) from captures")[0][0]
        excess = _size(reader) - most_bytes if most_bytes is not None else 0
        limit = to_text(before) if before is not None else ""
        chosen = []
        for row in reader.rows(_BY_AGE):
            if row["last"] >= limit and excess <= 0:
                break
            chosen.append(row["hash"])
            excess -= row["size"]
    return Outlived(tuple(chosen), seen)


def _size(db: Database) -> int:
    return int(db.rows("select coalesce(sum(length(deflated)), 0) from bodies")[0][0])


class Retention(Captures):
    """Letting go of pages."""

    def pages_size(self) -> int:
        """How many bytes the kept pages take, compressed."""
        return _size(self.db)

    def let_go(self, hashes: Sequence[str], seen: int) -> int:
        """Delete these pages, but for those that were fetched again after capture ``seen``; how many went.

        Raises StorageError, and then all of them are still there.
        """
        gone = 0
        with self.db.writing():
            for each in hashes:
                gone += self.db.run(
                    "delete from bodies where hash = :hash and not exists"
                    " (select 1 from captures where body_hash = :hash and id > :seen)",
                    {"hash": each, "seen": seen},
                ).rowcount
        return gone
