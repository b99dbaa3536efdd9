"""The newsroom over real HTTP: headers, conditional requests, and a pace set by its watcher."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from nights import Answer, Change, Night, Step
from nights.attendance import Attendance
from nights.newsroom import Newsroom
from races import load_races
from tally.access import Access
from tally.errors import TallywireError
from tally.race import Race

START = datetime(2019, 6, 23, 16, 0, tzinfo=UTC)
PAGE = "https://paper.example/count"
OTHER = "https://board.example/data.json?city=34"


def page(text: str, at: datetime = START, **headers: str) -> Answer:
    body = f"<!doctype html><title>{text}</title>{'<p>nothing else</p>' * 50}".encode()
    sent = {
        "content-type": "text/html; charset=utf-8",
        "etag": f'"{text}"',
        "last-modified": at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        "cache-control": "max-age=5",
    }
    return Answer(body, 200, sent | headers)


def night(*texts: str, **more: object) -> Night:
    steps = [
        Step(START + timedelta(minutes=n), (Change(PAGE, page(text), text),) if text else ())
        for n, text in enumerate(texts)
    ]
    first = Step(START, (*steps[0].changes, Change(OTHER, Answer(b"{}", 200, {}), "data")))
    robots = {"paper.example": "User-agent: *\nDisallow: /search\n"}
    return Night("small", "A small night", (), (first, *steps[1:]), seconds=0.3, robots=robots, **more)  # type: ignore[arg-type]


@asynccontextmanager
async def open_room(
    recorded: Night, **options: float
) -> AsyncIterator[tuple[Newsroom, Callable[..., object]]]:
    async with Newsroom(recorded, **options) as room, aiohttp.ClientSession(auto_decompress=False) as client:  # type: ignore[arg-type]

        async def get(path: str, **headers: str) -> tuple[int, aiohttp.typedefs.LooseHeaders, bytes]:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            async with client.get(
                room.base_url + path, headers={"Accept-Encoding": "identity"} | named
            ) as answer:
                return answer.status, answer.headers, await answer.read()

        yield room, get


async def test_a_page_comes_with_the_headers_of_a_real_one_and_the_nights_date() -> None:
    async with open_room(night("one")) as (_, get):
        status, headers, body = await get("/paper.example/count")
    assert status == 200
    assert b"one" in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["ETag"] == '"one"'
    assert headers["Cache-Control"] == "max-age=5"
    assert headers["Last-Modified"] == "Sun, 23 Jun 2019 16:00:00 GMT"
    assert headers["Date"] == "Sun, 23 Jun 2019 16:00:00 GMT"


async def test_a_client_that_takes_gzip_gets_gzip() -> None:
    async with open_room(night("one")) as (_, get):
        _, headers, body = await get("/paper.example/count", Accept_Encoding="gzip, deflate")
        _, plain, same = await get("/paper.example/count")
    assert headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(body) == same


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"If_None_Match": '"one"'}, 304),
        ({"If_None_Match": 'W/"one", "two"'}, 304),
        ({"If_None_Match": '"two"'}, 200),
        ({"If_Modified_Since": "Sun, 23 Jun 2019 16:00:00 GMT"}, 304),
        ({"If_Modified_Since": "Sun, 23 Jun 2019 15:59:59 GMT"}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_None_Match": '"two"', "If_Modified_Since": "Sun, 23 Jun 2019 16:00:00 GMT"}, 200),
    ],
)
async def test_a_conditional_request_is_answered_by_tag_first(asked: dict[str, str], status: int) -> None:
    async with open_room(night("one")) as (_, get):
        got, _, body = await get("/paper.example/count", **asked)
    assert got == status
    assert bool(body) is (status == 200)


async def test_an_address_with_a_query_is_a_page_of_its_own() -> None:
    async with open_room(night("one")) as (_, get):
        found, _, body = await get("/board.example/data.json?city=34")
        missing, _, _ = await get("/board.example/data.json?city=35")
    assert (found, body, missing) == (200, b"{}", 404)


async def test_an_unknown_page_is_not_found() -> None:
    async with open_room(night("one")) as (_, get):
        assert (await get("/paper.example/nowhere"))[0] == 404


async def test_robots_stand_at_each_host_and_at_the_root_where_clients_look() -> None:
    async with open_room(night("one")) as (_, get):
        own = (await get("/paper.example/robots.txt"))[2].decode()
        root = (await get("/robots.txt"))[2].decode()
    assert "Disallow: /search" in own
    assert "Disallow: /paper.example/search" in root


async def test_a_page_that_is_never_the_same_twice_carries_the_requests_number() -> None:
    odd = Night("odd", "", (), (Step(START, (Change(PAGE, Answer(b"n=@@request@@", 200, {}), "odd"),)),))
    async with open_room(odd) as (_, get):
        first, second = (await get("/paper.example/count"))[2], (await get("/paper.example/count"))[2]
    assert first != second


async def watch(room: Newsroom, get: Callable[..., object], seen: list[str], every: float = 0.01) -> None:
    """A watcher as any: it asks again and again and remembers what is new."""
    while True:
        await get("/board.example/data.json?city=34")  # type: ignore[misc]
        _, _, body = await get("/paper.example/count")  # type: ignore[misc]
        text = body.split(b"<title>")[1].split(b"</title>")[0].decode()
        if not seen or seen[-1] != text:
            seen.append(text)
        await asyncio.sleep(every)


async def test_the_night_waits_until_each_version_was_fetched_and_asked_for_again() -> None:
    seen: list[str] = []
    hurried = night("one", "two", "three", "four")
    async with open_room(hurried, seconds=0.01) as (room, get):
        watcher = asyncio.create_task(watch(room, get, seen, every=0.05))
        await room.run()
        watcher.cancel()
    assert seen == ["one", "two", "three", "four"]
    mine = [served for served in room.served if served.url == "paper.example/count"]
    assert [served.version for served in mine] == ["one", "two", "three", "four"]
    assert all(served.first_served_at >= served.changed_at for served in mine)
    assert [s.changed_at for s in mine] == sorted(s.changed_at for s in mine)
    assert all(one.first_served_at <= two.changed_at for one, two in pairwise(mine))


async def test_a_night_nobody_watches_comes_to_its_end() -> None:
    async with Newsroom(night("one", "two", "three"), seconds=0.02) as room:
        room.attendance = Attendance(patience=0.05)
        await asyncio.wait_for(room.run(), 5)
    assert room.served == []


async def test_a_watcher_that_dies_holds_the_night_up_once_and_not_at_every_step() -> None:
    loop = asyncio.get_running_loop()
    async with open_room(night(*"abcdefgh"), seconds=0.02) as (room, get):
        room.attendance = Attendance(patience=0.3)
        watcher = asyncio.create_task(watch(room, get, seen := []))

        def dies(step: Step) -> None:
            if len(seen) == 2:
                watcher.cancel()

        began = loop.time()
        await room.run(dies)
    assert seen[:2] == ["a", "b"]
    assert loop.time() - began < 2 + 2 * 0.3


async def test_a_watcher_that_comes_back_is_waited_for_again() -> None:
    attendance = Attendance(patience=0.05)
    first = attendance.show(0, "page", "one")
    await attendance.taken_in([first])
    second = attendance.show(1, "page", "two")
    attendance.asked("page")
    waiting = asyncio.create_task(attendance.taken_in([second]))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not waiting.done()
    attendance.asked("page")
    await asyncio.wait_for(waiting, 1)
    assert first.first_at is None
    assert second.requests == 2


async def test_the_clock_follows_the_steps_and_never_goes_back() -> None:
    hours: list[datetime] = []
    async with Newsroom(night("one", "two", "three"), seconds=0.02) as room:
        room.attendance = Attendance(patience=0.05)
        await room.run(lambda step: hours.extend((room.clock(), step.at)))
        hours.append(room.clock())
    assert hours == sorted(hours)
    assert hours[-1] >= START + timedelta(minutes=2)


async def test_a_silent_step_lasts_long_enough_to_be_noticed() -> None:
    loop = asyncio.get_running_loop()
    async with Newsroom(night("one", ""), seconds=0.02) as room:
        room.attendance = Attendance(patience=0.01)
        began = loop.time()
        await room.run()
    assert loop.time() - began >= 0.5


async def test_sources_are_turned_to_the_newsroom_and_hurried(
    istanbul: Night, istanbul_races: tuple[Race, ...]
) -> None:
    async with Newsroom(istanbul) as room:
        races = room.races(istanbul_races)
    assert [race.id for race in races] == [race.id for race in istanbul_races]
    for before, after in zip(istanbul_races, races, strict=True):
        assert len(after.sources) == len(before.sources)
        assert all(source.url.startswith(room.base_url + "/") for source in after.sources)
        assert all(0.08 <= source.cadence <= 0.5 for source in after.sources)
        assert after.candidates == before.candidates


async def test_a_rehearsal_needs_no_secret_and_no_proxy(
    istanbul: Night, istanbul_races: tuple[Race, ...]
) -> None:
    secret = Access((("Authorization", "Bearer ${WIRE_TOKEN}"),), proxy="${PROXY}", browser=True, pages=3)
    race = istanbul_races[0]
    asked = replace(race, sources=tuple(replace(source, access=secret) for source in race.sources))
    async with Newsroom(istanbul) as room:
        (here,) = room.races([asked])
    assert {source.access for source in here.sources} == {Access(pages=3)}
    assert all(source.fastest == source.cadence == source.slowest for source in here.sources)


async def test_a_source_the_night_has_no_page_for_is_left_out(istanbul_races: tuple[Race, ...]) -> None:
    async with Newsroom(night("one")) as room:
        assert all(race.sources == () for race in room.races(istanbul_races))


async def test_a_port_in_use_is_told_in_a_sentence() -> None:
    async with Newsroom(night("one")) as room:
        with pytest.raises(TallywireError, match="can't use port"):
            async with Newsroom(night("one"), port=int(room.base_url.rpartition(":")[2])):
                pass


@pytest.mark.parametrize("wrong", [{"speed": 0}, {"speed": -1}, {"seconds": 0}])
def test_a_showing_needs_time(wrong: dict[str, float]) -> None:
    with pytest.raises(TallywireError):
        Newsroom(night("one"), **wrong)  # type: ignore[arg-type]


def test_every_source_of_the_bundled_races_is_a_page_of_the_night(istanbul: Night) -> None:
    urls = {change.url for step in istanbul.steps for change in step.changes}
    races = load_races(Path(__file__).parent.parent.parent / "races").races
    own = [race for race in races if race.id in istanbul.races]
    assert {race.id for race in own} == set(istanbul.races)
    assert {source.url for race in own for source in race.sources} <= urls
