"""What of the fetched pages is let go: by age and by size, the oldest first.

Only the pages themselves go. That they were fetched, what was read from them
and the quote that proves it stay for ever.
"""

from datetime import datetime

from storage.captures import Captures
from storage.text import to_text

# A few pages at a time: the house waits while they are deleted, and an alert must not.
_AT_ONCE = 50

# A page is as old as the last capture of it. The last page of each source stays.
_LAST_USE = """
select b.hash, length(b.deflated) as size, max(c.fetched_at) as last
from captures c indexed by captures_by_body join bodies b on b.hash = c.body_hash
where c.body_hash not in (select body_hash from captures where id in (
  select max(id) from captures group by race, source))
group by c.body_hash
"""


class Retention(Captures):
    """Letting go of pages."""

    def pages_size(self) -> int:
        """How many bytes the kept pages take, compressed."""
        row = self.db.row("select coalesce(sum(length(deflated)), 0) from bodies")
        return int(row[0]) if row else 0

    def let_go(self, before: datetime | None, most_bytes: int | None) -> int:
        """Delete a few pages last seen before that hour, or the oldest of what is more than ``most_bytes``.

        How many went; call it again until none does. Raises StorageError.
        """
        hashes = self._too_old(before) if before is not None else []
        if not hashes and most_bytes is not None:
            hashes = self._too_much(most_bytes)
        if hashes:
            with self.db.writing():
                self.db.run_many("delete from bodies where hash = ?", [(each,) for each in hashes])
        return len(hashes)

    def _too_old(self, before: datetime) -> list[str]:
        found = self.db.rows(
            f"{_LAST_USE} having last < ? order by last limit ?",
            (to_text(before), _AT_ONCE),
        )
        return [row["hash"] for row in found]

    def _too_much(self, most_bytes: int) -> list[str]:
        excess = self.pages_size() - most_bytes
        chosen: list[str] = []
        if excess <= 0:
            return chosen
        for row in self.db.rows(f"{_LAST_USE} order by last limit ?", (_AT_ONCE,)):
            if excess <= 0:
                break
            chosen.append(row["hash"])
            excess -= row["size"]
        return chosen
