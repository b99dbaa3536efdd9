"""What was fetched: every changed page, compressed, equal ones kept once."""

import json
import zlib

from storage.room import Room
from storage.text import as_json, from_text, to_text
from tally.capture import Capture, Outcome

# Speed before size: the fastest level halves the way from page to alert and costs a sixth more room.
_LEVEL = 1
# A page larger than any results page is kept by its hash only; the disk belongs to the night.
_LARGEST_KEPT = 8 * 1024 * 1024


class Captures(Room):
    """Captures, and their bodies by hash."""

    def body(self, body_hash: str) -> bytes | None:
        """The page with that SHA-256, or None where it was not kept."""
        row = self.db.row("select deflated from bodies where hash = ?", (body_hash,))
        return zlib.decompress(row[0]) if row else None

    def captures(self, race: str, source: str, limit: int = 100) -> list[Capture]:
        """The last captures of a source whose bodies were kept, oldest first."""
        rows = self.db.rows(
            "select c.*, b.deflated from captures c join bodies b on b.hash = c.body_hash"
            " where c.race = ? and c.source = ? order by c.id desc limit ?",
            (race, source, limit),
        )
        return [
            Capture(
                url=row["url"],
                final_url=row["final_url"],
                fetched_at=from_text(row["fetched_at"]),
                status=row["status"],
                body=zlib.decompress(row["deflated"]),
                headers=json.loads(row["headers"]),
            )
            for row in reversed(rows)
        ]

    def _is_new_capture(self, race: str, source: str, capture: Capture | None, outcome: Outcome) -> bool:
        """Whether this answer is to be kept.

        A changed page that was read always is. Of what could not be read the
        first is enough: a challenge page differs with every answer.
        """
        if capture is None or outcome is Outcome.UNCHANGED:
            return False
        last = self.db.row(
            "select body_hash, outcome from captures where race = ? and source = ? order by id desc limit 1",
            (race, source),
        )
        if last is None or last["outcome"] != outcome:
            return True
        return outcome is Outcome.READ and last["body_hash"] != capture.body_hash

    def _keep_capture(
        self, race: str, source: str, capture: Capture, outcome: Outcome, reason: str | None
    ) -> int | None:
        body_hash = capture.body_hash
        self._keep_body(body_hash, capture.body)
        return self.db.run(
            "insert into captures (race, source, url, final_url, fetched_at, status, outcome, reason,"
            " headers, body_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                race,
                source,
                capture.url,
                capture.final_url,
                to_text(capture.fetched_at),
                capture.status,
                outcome.value,
                reason,
                as_json(dict(capture.headers)),
                body_hash,
            ),
        ).lastrowid

    def _keep_body(self, body_hash: str, body: bytes) -> None:
        if len(body) > _LARGEST_KEPT:
            return
        if self.db.row("select 1 from bodies where hash = ?", (body_hash,)) is None:
            self.db.run(
                "insert into bodies (hash, size, deflated) values (?, ?, ?)",
                (body_hash, len(body), zlib.compress(body, _LEVEL)),
            )
