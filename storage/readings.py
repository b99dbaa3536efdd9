"""What was read: readings and claims, each with what proves it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from storage.room import Room
from storage.text import as_json, to_text
from tally.claim import Claim
from tally.reading import Reading
from tally.wire_parts import claim_from_wire, claim_to_wire, reading_from_wire, reading_to_wire

_INTO_READINGS = """
insert into readings (capture, race, origin, source, as_of, taken_at, counted, quote, body, digest)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (race, digest) do nothing
"""
_INTO_CLAIMS = """
insert into claims (capture, race, kind, origin, source, as_of, taken_at, quote, body, digest)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (race, digest) do nothing
"""


class Readings(Room):
    """Readings and claims, kept once each."""

    def readings(
        self, race: str, origin: str | None = None, since: datetime | None = None, limit: int | None = None
    ) -> list[Reading]:
        """The readings of a race (of one origin, from ``since``), oldest first; with ``limit`` the last."""
        return [
            reading_from_wire(json.loads(body)) for body in self._said("readings", race, origin, since, limit)
        ]

    def claims(
        self, race: str, origin: str | None = None, since: datetime | None = None, limit: int | None = None
    ) -> list[Claim]:
        """The claims about a race, as ``readings``."""
        return [
            claim_from_wire(json.loads(body)) for body in self._said("claims", race, origin, since, limit)
        ]

    def _said(
        self, table: str, race: str, origin: str | None, since: datetime | None, limit: int | None
    ) -> list[str]:
        rows = self.db.rows(
            f"select body from {table} where race = :race"  # noqa: S608 - one of our two tables
            " and (:origin is null or origin = :origin) and (:since is null or as_of >= :since)"
            " order by as_of desc, id desc limit :limit",
            {
                "race": race,
                "origin": origin,
                "since": to_text(since) if since else None,
                "limit": -1 if limit is None else limit,
            },
        )
        return [row[0] for row in reversed(rows)]

    def _keep_readings(
        self, readings: Sequence[Reading], capture: int | None, source: str, now: datetime
    ) -> None:
        about = (capture, source, to_text(now))
        self.db.run_many(_INTO_READINGS, (_reading_row(reading, *about) for reading in readings))

    def _keep_claims(self, claims: Sequence[Claim], capture: int | None, source: str, now: datetime) -> None:
        about = (capture, source, to_text(now))
        self.db.run_many(_INTO_CLAIMS, (_claim_row(claim, *about) for claim in claims))


def _reading_row(reading: Reading, capture: int | None, source: str, taken_at: str) -> tuple[object, ...]:
    return (
        capture,
        reading.race,
        reading.origin,
        reading.source or source,
        to_text(reading.as_of),
        taken_at,
        reading.counted.pct if reading.counted else None,
        reading.evidence.quote,
        *_body_and_digest(reading_to_wire(reading)),
    )


def _claim_row(claim: Claim, capture: int | None, source: str, taken_at: str) -> tuple[object, ...]:
    return (
        capture,
        claim.race,
        claim.kind.value,
        claim.origin,
        claim.source or source,
        to_text(claim.as_of),
        taken_at,
        claim.evidence.quote,
        *_body_and_digest(claim_to_wire(claim)),
    )


def _body_and_digest(wire: object) -> tuple[str, bytes]:
    """The JSON, and what tells it from others: a live blog's old posts come again with every capture."""
    body = as_json(wire)
    return body, hashlib.blake2b(body.encode("utf-8", "surrogatepass"), digest_size=16).digest()
