"""A night out of a recording: the responses of a WARC file become steps."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from nights import load_night
from nights.newsroom import Newsroom
from tally.errors import SeriesError

PAGE = "https://paper.example/count?part=1"


def record(path: Path, *rows: tuple[str, str, str | None]) -> Path:
    """Rows are (hour, url, body); no body is a revisit, as recorders write for a 304."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz")
        for hour, url, body in rows:
            status = "200 OK" if body is not None else "304 Not Modified"
            headers = [("Content-Type", "text/html"), ("ETag", f'"{body}"'), ("Content-Length", "99")]
            made = writer.create_warc_record(
                url,
                "response" if body is not None else "revisit",
                payload=BytesIO((body or "").encode()),
                http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": f"2031-05-04T{hour}Z"},
            )
            writer.write_record(made)
    return path


def test_each_response_is_a_change_at_its_hour(tmp_path: Path) -> None:
    file = record(tmp_path / "may.warc.gz", ("20:00:00", PAGE, "one"), ("20:01:00", PAGE, "two"))
    night = load_night(str(file))
    assert night.name == "may"
    assert [step.at for step in night.steps] == [
        datetime(2031, 5, 4, 20, 0, tzinfo=UTC),
        datetime(2031, 5, 4, 20, 1, tzinfo=UTC),
    ]
    change = night.steps[1].changes[0]
    assert (change.url, change.answer.body, change.answer.status) == (PAGE, b"two", 200)
    assert change.answer.headers == {"content-type": "text/html", "etag": '"two"'}


def test_the_same_body_again_and_a_304_let_time_pass(tmp_path: Path) -> None:
    bodies = ("one", "one", None, "two")
    rows = [(f"20:0{minute}:00", PAGE, body) for minute, body in enumerate(bodies)]
    night = load_night(str(record(tmp_path / "may.warc", *rows)))
    assert [len(step.changes) for step in night.steps] == [1, 0, 0, 1]


def test_a_folder_of_recordings_is_one_night_in_order_of_time(tmp_path: Path) -> None:
    record(tmp_path / "b.warc", ("20:00:00", PAGE, "one"), ("22:00:00", PAGE, "three"))
    record(tmp_path / "a.warc.gz", ("21:00:00", PAGE, "two"))
    night = load_night(str(tmp_path))
    assert [step.changes[0].answer.body for step in night.steps] == [b"one", b"two", b"three"]


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"WARC/1.0\r\nWARC-Type: response\r\n"])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "may.warc"
    file.write_bytes(content)
    with pytest.raises(SeriesError, match=r"may\.warc"):
        load_night(str(file))


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
@pytest.mark.parametrize("lost", [40, 60, 200, 350])
def test_a_recording_cut_off_by_a_kill_is_read_up_to_there(tmp_path: Path, ending: str, lost: int) -> None:
    file = record(tmp_path / f"may{ending}", ("20:00:00", PAGE, "one"), ("20:01:00", PAGE, "two" * 100))
    file.write_bytes(file.read_bytes()[:-lost])
    night = load_night(str(file))
    assert [step.changes[0].answer.body for step in night.steps] == [b"one"]
    # Out of a compressed file warcio leaves a broken record without a word.
    assert ending == ".warc.gz" or "may.warc breaks off" in night.title


async def test_a_recording_is_served_as_a_bundled_night_is(tmp_path: Path) -> None:
    night = load_night(str(record(tmp_path / "may.warc", ("20:00:00", PAGE, "one"))))
    async with (
        Newsroom(night) as room,
        aiohttp.request("GET", f"{room.base_url}/paper.example/count?part=1") as answer,
    ):
        assert (answer.status, await answer.text()) == (200, "one")
