"""The console: readable on a terminal and in a pipe, and never the reason why anything stops."""

import asyncio
import io
from dataclasses import replace

import pytest
from night_facts import RACE, event, headline, states, tell

from bot.channels.console import ConsoleChannel, Screen, channel, enlist, printable
from bot.outbox import Outbox
from bot.outcome import NotSent, Rejected, Sent
from storage import Chat, Store
from tally.event import EventKind, Level
from tally.race import Candidate

CHAT = Chat(1, "console", "-")
NEWS = event("lead", headline=headline(0.2, 51.0), level=Level.URGENT)


def into(stream: io.TextIOBase, **how: bool) -> ConsoleChannel:
    return ConsoleChannel(Screen(file=stream, width=200, **how))  # type: ignore[arg-type]


async def test_a_pipe_gets_plain_text_with_the_headline_the_numbers_and_the_names() -> None:
    out = io.StringIO()
    assert await into(out).send(CHAT, NEWS, RACE) == Sent("lead")
    text = out.getvalue()
    assert "\x1b" not in text
    assert "Harbour Town, mayor" in text.split("\n")[0]
    for part in ("Ash", "Birch", "501", "499"):
        assert part in text
    assert text.endswith("\n\n")


async def test_a_terminal_gets_colour_by_what_the_news_is_worth() -> None:
    heads = set()
    for level in Level:
        out = io.StringIO()
        await into(out, force_terminal=True).send(CHAT, replace(NEWS, level=level), RACE)
        heads.add(out.getvalue().split("m", 1)[0])
    assert len(heads) == 3


async def test_long_lines_are_left_to_the_terminal_to_break() -> None:
    out = io.StringIO()
    long = replace(RACE, title="A race with a very long title " * 3)
    await ConsoleChannel(Screen(file=out, width=40)).send(CHAT, NEWS, long)
    assert long.title.strip() in out.getvalue().split("\n")[0]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "shift_jis"])
async def test_no_encoding_of_the_terminal_stops_an_alert(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    names = replace(RACE, candidates=(Candidate("ash", "Ïñés Äşħ 😀"), Candidate("birch", "Бирх")))
    assert await into(stream).send(CHAT, NEWS, names) == Sent("lead")
    stream.flush()
    assert b"501" in raw.getvalue()


async def test_a_hostile_name_commands_no_terminal() -> None:
    out = io.StringIO()
    names = replace(RACE, candidates=(Candidate("ash", "[red]A\x1b[2Jsh\u202e\x07"), Candidate("birch", "B")))
    await into(out).send(CHAT, NEWS, names)
    assert not {"\x1b", "\x07", "\u202e"} & set(out.getvalue())
    assert "[red]A[2Jsh" in out.getvalue()


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert printable("a\ud800b\nc") == "a?b\nc"


async def test_an_edit_prints_only_what_is_new() -> None:
    whole, short = io.StringIO(), io.StringIO()
    await into(whole).send(CHAT, NEWS, RACE)
    await into(short).send(CHAT, NEWS, RACE, edit_of="lead")
    assert 0 < len(short.getvalue()) < len(whole.getvalue())


class Broken(io.StringIO):
    """A stream that can't be written."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str, /) -> int:
        raise self.error


async def test_a_reader_who_left_and_a_full_disk_are_outcomes() -> None:
    assert isinstance(await into(Broken(BrokenPipeError())).send(CHAT, NEWS, RACE), Rejected)
    assert await into(Broken(OSError("no space left"))).send(CHAT, NEWS, RACE) == NotSent(why="no space left")
    closed = io.StringIO()
    closed.close()
    assert isinstance(await into(closed).send(CHAT, NEWS, RACE), Rejected)


async def test_the_console_hears_followers_news_and_operators_in_its_own_language(store: Store) -> None:
    chat = enlist(store, language="tr", timezone="Europe/Istanbul")
    assert enlist(store, language="tr", timezone="Europe/Istanbul") == chat
    tell(store, NEWS, event("lost", EventKind.SOURCE_LOST))
    out = io.StringIO()
    box = Outbox(store, [into(out)], lambda _: RACE)
    running = asyncio.create_task(box.run())
    await box.drained()
    await box.stop()
    await running
    assert set(states(store).values()) == {"sent"}
    english = io.StringIO()
    await into(english).send(CHAT, NEWS, RACE)
    assert english.getvalue() not in out.getvalue()
    assert "501" in out.getvalue()


def test_the_console_needs_no_setting() -> None:
    assert channel({}).NAME == "console"
