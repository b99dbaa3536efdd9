"""The recorder: writes a night down as WARC while it happens, so that it can be replayed and rehearsed.

Only what changed: a page that stands as before is not written again. Each
record is in the file before the next thing happens, so that whoever kills the
service loses the last record at most. Of requests nothing is written (they may
hold secrets), and of answers the headers that matter and no cookies.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from nights.marks import FIELD, FORM, SOFTWARE, Moment
from nights.spool import Spool
from tally import __version__
from tally.capture import Capture, Outcome
from tally.event import Event
from tally.health import SourceHealth
from tally.race import Race, Source
from tally.standing import Standing
from tally.wire import event_to_wire, health_to_wire, standing_to_wire

_log = logging.getLogger(__name__)

Address = Callable[[str], str]


class Recorder:
    """Writes into ``folder``; a new file begins at ``most`` bytes. It is a ``storage.Witness``.

    ``address`` turns a watched address into the one to be written down: a
    rehearsal's pages are recorded under the addresses of the night. Raises
    SeriesError where the folder can't be used; later troubles are logged, and
    the next record begins a new file.
    """

    def __init__(self, folder: Path, *, most: int = 100_000_000, address: Address = str) -> None:
        self._spool = Spool(folder, most, self._head)
        self._address = address
        self._pages: dict[str, tuple[str, str]] = {}

    def begun(self, standing: Standing, healths: Mapping[str, SourceHealth]) -> None:
        """What is believed of a race, and how its sources do, where recording begins amid a night."""
        if standing == Standing.start(standing.race) and not healths:
            return
        opening = {
            "standing": standing_to_wire(standing),
            "health": {source: health_to_wire(health) for source, health in healths.items()},
        }
        self._note(Moment(datetime.now(UTC), standing.race.id), {"opening": opening})

    def polled(
        self,
        race: Race,
        source: Source | str,
        capture: Capture | None,
        outcome: Outcome,
        reason: str | None,
        now: datetime,
    ) -> None:
        """A poll was taken in."""
        name = source if isinstance(source, str) else source.name
        moment = Moment(now, race.id, name, outcome, reason)
        if capture is None:
            self._note(moment)
            return
        if isinstance(source, Source) and race.source(name) is None:
            moment = replace(moment, kind=source.kind)
        arrived = _without_query(self._address(capture.final_url))
        here = self._address(capture.url)
        moved = arrived if arrived != _without_query(here) else None
        self._page(here, capture, replace(moment, final_url=moved))

    def stopped(self, race: Race, source: str, how: str, now: datetime) -> None:
        """A source from which nothing came any more was told."""
        self._note(Moment(now, race.id, source, reason=how))

    def passed(self, race: Race, now: datetime) -> None:
        """Time alone changed something."""
        self._note(Moment(now, race.id))

    def decided(self, standing: Standing, events: Sequence[Event], now: datetime) -> None:
        """A person changed something: no page says so, and a replay must be told what."""
        told = [event_to_wire(event) for event in events]
        self._note(Moment(now, standing.race.id), {"standing": standing_to_wire(standing), "events": told})

    def close(self) -> None:
        """End the file."""
        self._spool.close()

    def _page(self, url: str, capture: Capture, moment: Moment) -> None:
        """The page, or that it is the one written down before: two races may watch one address."""
        heads = [*capture.headers.items(), ("Content-Length", str(len(capture.body)))]
        http = StatusAndHeaders(_status(capture.status), heads, protocol="HTTP/1.1")
        fields = _fields(capture.fetched_at, moment)
        digest, made = capture.body_hash, WARCWriter(BytesIO(), gzip=False, warc_version="1.1")
        if self._pages.get(url, ("", ""))[0] == digest:
            written_at = self._pages[url][1]
            record = made.create_revisit_record(
                url, f"sha256:{digest}", url, written_at, http_headers=http, warc_headers_dict=fields
            )
        else:
            fields["WARC-Payload-Digest"] = f"sha256:{digest}"
            body = BytesIO(capture.body)
            record = made.create_warc_record(
                url, "response", body, len(capture.body), warc_headers_dict=fields, http_headers=http
            )
        if self._write(record):
            self._pages[url] = (digest, fields["WARC-Date"])

    def _note(self, moment: Moment, body: Mapping[str, Any] | None = None) -> None:
        text = json.dumps(body or {}, ensure_ascii=True).encode()
        made = WARCWriter(BytesIO(), gzip=False, warc_version="1.1")
        record = made.create_warc_record(
            f"urn:tallywire:{moment.race}",
            "metadata",
            BytesIO(text),
            len(text),
            warc_content_type="application/json",
            warc_headers_dict=_fields(moment.at, moment),
        )
        self._write(record)

    def _write(self, record: Any) -> bool:
        """Append one record; whatever goes wrong is told and must not stop the night."""
        try:
            self._spool.append(_bytes_of(record))
        except Exception:
            _log.exception("a record of the night could not be written")
            # A page that was to be referred to may be among what is missing.
            self._pages.clear()
            return False
        return True

    def _head(self, name: str) -> bytes:
        """The first record of a file."""
        about = {"software": f"{SOFTWARE}/{__version__}", "format": FORM, "robots": "obey"}
        return _bytes_of(WARCWriter(BytesIO(), warc_version="1.1").create_warcinfo_record(name, about))


def _bytes_of(record: Any) -> bytes:
    into = BytesIO()
    WARCWriter(into, gzip=False, warc_version="1.1").write_record(record)
    return into.getvalue()


def _fields(at: datetime, moment: Moment) -> dict[str, str]:
    hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"WARC-Date": hour, FIELD: moment.written()}


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return f"{code} Unknown"


def _without_query(url: str) -> str:
    """Where a page was found in the end; what was asked of it may hold a secret that a redirect repeated."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
