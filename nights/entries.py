"""The records of a night that the service itself recorded, one after the other."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nights.marks import FIELD, SOFTWARE, Moment
from nights.warc import sound_records, warc_files
from tally.capture import Capture
from tally.errors import SeriesError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: what happened, with the page if there was one, or what a record says besides."""

    moment: Moment
    capture: Capture | None = None
    more: dict[str, Any] = field(default_factory=dict)


def is_recording(path: Path) -> bool:
    """Whether a WARC file, or a folder's first one, was written by the service itself."""
    for file in warc_files(path)[:1]:
        for record, content in sound_records(file, []):
            return record.rec_type == "warcinfo" and f"software: {SOFTWARE}/".encode() in content
    return False


def entries_of(path: Path) -> Iterator[Entry]:
    """The records of a recording in the order in which they were written.

    A file that breaks off (its service was killed) is read up to there and the next one goes on.
    """
    ends: list[str] = []
    pages: dict[str, bytes] = {}
    for file in warc_files(path):
        for record, content in sound_records(file, ends):
            mark = record.rec_headers.get_header(FIELD)
            if mark is None:
                continue
            try:
                yield _entry(record, content, Moment.read(mark), pages)
            except (ValueError, KeyError) as error:
                raise SeriesError(f"{file}: a record of {mark[:80]} can't be read: {error}") from error
    for end in ends:
        _log.warning("%s", end)


def _entry(record: Any, content: bytes, moment: Moment, pages: dict[str, bytes]) -> Entry:
    if record.rec_type == "metadata":
        return Entry(moment, more=json.loads(content))
    url: str = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type == "response":
        pages[url] = content
    http = record.http_headers
    headers = {name.lower(): value for name, value in http.headers if name.lower() != "content-length"}
    written = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)
    final_url = moment.final_url or url
    if url not in pages:  # the file it refers to is gone
        return Entry(moment)
    return Entry(moment, Capture(url, final_url, written, int(http.get_statuscode()), pages[url], headers))
