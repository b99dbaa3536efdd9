"""A night out of WARC files, the web archives' format: each response with the hour it was fetched."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from nights.night import Answer, Change, Night, Step
from tally.errors import SeriesError

_ENDINGS = (".warc", ".warc.gz")
_MEANT_FOR_ONE_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
# What a step of an unchanged page tells: time passed, and somebody looked.
_Seen = tuple[datetime, Change | None]


def is_warc(path: Path) -> bool:
    """Whether a path is a WARC file or a folder with some in it."""
    return bool(warc_files(path))


def load_warc(path: Path) -> Night:
    """The night in a WARC file or in all those of a folder. Raises SeriesError naming the file.

    A response that is the same as the one before it on the same address is no
    change, and neither is a revisit record (a 304); both let time pass.
    """
    ends: list[str] = []
    seen = sorted((found for file in warc_files(path) for found in _sound(file, ends)), key=_hour)
    steps = tuple(_step(at, [change for _, change in group]) for at, group in groupby(_news(seen), _hour))
    if not any(step.changes for step in steps):
        raise SeriesError("; ".join([f"{path}: no response is recorded there", *ends]))
    return Night(path.name.partition(".")[0], "; ".join([f"Recording {path.name}", *ends]), (), steps)


def warc_files(path: Path) -> list[Path]:
    """The file, or those of a folder in the order of their names; none where there is no WARC."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in files if file.is_file() and file.name.endswith(_ENDINGS)]


def sound_records(file: Path, ends: list[str]) -> Iterator[tuple[Any, bytes]]:
    """The records of one file, each with its content, up to where it breaks off, which ``ends`` is told of.

    A recording ends in the middle of a record where its service was killed.
    """
    try:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, arc2warc=False):
                content = record.content_stream().read()
                if record.raw_stream.limit:
                    raise EOFError("the last record is cut off")  # noqa: TRY301
                yield record, content
    # warcio stumbles with an AttributeError over a record without an address.
    except (OSError, EOFError, ValueError, AttributeError, ArchiveLoadFailed) as error:
        ends.append(f"{file.name} breaks off ({error})")


def _sound(file: Path, ends: list[str]) -> Iterator[_Seen]:
    """When each page was seen, and what was new."""
    for record, content in sound_records(file, ends):
        try:
            if record.rec_type == "response":
                yield _date(record), _change(record, content)
            elif record.rec_type == "revisit":
                yield _date(record), None
        except (ValueError, AttributeError) as error:
            ends.append(f"{file.name} breaks off ({error})")
            return


def _date(record: Any) -> datetime:
    written = record.rec_headers.get_header("WARC-Date") or ""
    return datetime.fromisoformat(written.replace("Z", "+00:00")).astimezone(UTC)


def _change(record: Any, content: bytes) -> Change:
    http = record.http_headers
    headers = {name.lower(): value for name, value in http.headers}
    kept = {name: value for name, value in headers.items() if name not in _MEANT_FOR_ONE_TRANSFER}
    answer = Answer(content, int(http.get_statuscode()), kept)
    url: str = record.rec_headers.get_header("WARC-Target-URI")
    return Change(url, answer, f"{_date(record):%Y-%m-%dT%H:%M:%SZ}")


def _news(seen: Iterable[_Seen]) -> Iterator[_Seen]:
    """The same without changes that change nothing."""
    last: dict[str, Answer] = {}
    for at, change in seen:
        known = change is not None and last.get(change.url)
        same = known and change and (known.status, known.body) == (change.answer.status, change.answer.body)
        if change is not None:
            last[change.url] = change.answer
        yield at, None if same else change


def _hour(seen: _Seen) -> datetime:
    return seen[0]


def _step(at: datetime, changes: list[Change | None]) -> Step:
    found = tuple(change for change in changes if change is not None)
    return Step(at, found, note=", ".join(change.url for change in found))
