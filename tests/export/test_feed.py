"""The Atom feed: sound XML whatever is told, ids that stay, one entry an event."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from night_facts import NOON, RACE, event, headline, tell

from bot.channels.atom import AtomChannel
from bot.feed import LONGEST, Feed, feed
from bot.outcome import NotSent, Sent
from storage import DATABASE, Chat, Store
from tally.event import EventKind, Proof
from tally.evidence import Evidence
from tallywire import main

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CHAT = Chat(1, "atom", "feed")


def parsed(content: bytes) -> Any:
    return etree.fromstring(content)


def titles(content: bytes) -> list[str]:
    return [str(title) for title in parsed(content).xpath("//a:entry/a:title/text()", namespaces=ATOM)]


def ids(content: bytes) -> list[str]:
    return [str(name) for name in parsed(content).xpath("//a:entry/a:id/text()", namespaces=ATOM)]


def test_every_event_is_an_entry_the_newest_first_with_all_that_atom_asks_for() -> None:
    later = event(
        "two", EventKind.CONCESSION, at=NOON + timedelta(minutes=5), candidate="birch", after="firm"
    )
    content = feed([event("one", headline=headline(0.2)), later], {"harbour": RACE})
    root = parsed(content)
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.xpath(f"a:{name}", namespaces=ATOM), name
    assert root.findtext("a:updated", namespaces=ATOM) == "2031-05-04T12:05:00Z"
    assert len(titles(content)) == 2
    for entry in root.xpath("a:entry", namespaces=ATOM):
        for name in ("id", "title", "updated", "published", "content"):
            assert entry.findtext(f"a:{name}", namespaces=ATOM), name
    assert [c.get("term") for c in root.xpath("a:entry[1]/a:category", namespaces=ATOM)] == [
        "concession",
        "harbour",
    ]


def test_an_id_is_the_events_for_ever_and_a_confirmation_changes_its_entry() -> None:
    first, other = event("one"), event("two", EventKind.CLOSE)
    again = event("three", updates="one", at=NOON + timedelta(hours=1))
    before, after = feed([first, other], {"harbour": RACE}), feed([first, other, again], {"harbour": RACE})
    assert ids(before) == ids(after)
    assert ids(before) == ids(feed([first, other], {"harbour": RACE}))
    entry = parsed(after).xpath("a:entry[2]", namespaces=ATOM)[0]
    assert entry.findtext("a:published", namespaces=ATOM) == "2031-05-04T12:00:00Z"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2031-05-04T13:00:00Z"


@example("\ud800\x00]]>", "\x0b&<\ufffe")
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(st.characters(), max_size=60))
def test_no_words_of_a_page_or_a_race_break_the_feed(quote: str, title: str) -> None:
    proof = Proof("board", NOON, Evidence(quote or "x", "row 1"), url=f"https://board.example/{quote}")
    race = replace(RACE, title=title or "x")
    content = feed([event("one", proofs=(proof,))], {"harbour": race})
    assert len(titles(content)) == 1
    assert Feed.read(content).written() == content


def test_only_web_addresses_are_linked() -> None:
    proof = Proof("board", NOON, Evidence("x", "row 1"), url="javascript:alert(1)")
    assert b"javascript" not in feed([event("one", proofs=(proof,))], {"harbour": RACE})


async def test_the_file_is_kept_up_to_date_over_restarts_and_never_longer_than_it_may_be(
    tmp_path: Path,
) -> None:
    path = tmp_path / "alerts.atom"
    for number in range(3):
        assert await AtomChannel(path).send(CHAT, event(f"event {number}"), RACE) == Sent(f"event {number}")
    assert len(titles(path.read_bytes())) == 3
    way = AtomChannel(path)
    for number in range(LONGEST):
        await way.send(CHAT, event(f"more {number}"), RACE)
    assert len(titles(path.read_bytes())) == LONGEST
    assert not path.with_name("alerts.atom.partial").exists()


async def test_a_file_that_is_no_feed_is_begun_anew_and_one_that_can_not_be_written_waits(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "alerts.atom"
    path.write_bytes(b"<feed><entry></feed")
    assert isinstance(await AtomChannel(path).send(CHAT, event("one"), RACE), Sent)
    assert len(titles(path.read_bytes())) == 1
    assert "no feed of ours" in caplog.text
    nowhere = AtomChannel(tmp_path / "no" / "folder.atom")
    assert isinstance(await nowhere.send(CHAT, event("one"), RACE), NotSent)


def test_a_feed_of_what_is_stored_can_be_had_at_any_time(tmp_path: Path) -> None:
    with Store(tmp_path / DATABASE) as store:
        tell(store, event("one"), event("lost", EventKind.SOURCE_LOST))
    (tmp_path / "races").mkdir()
    text = 'id = "harbour"\ntitle = "Harbour <Town> & mayor"\ndate = 2031-05-04\ntimezone = "Europe/Lisbon"\n'
    people = "".join(f'[[candidates]]\nid = "{n}"\nname = "{n.title()} X"\n' for n in ("ash", "birch"))
    (tmp_path / "races" / "harbour.toml").write_text(text + people)
    where = ("--data", str(tmp_path), "--races", str(tmp_path / "races"))
    done = CliRunner().invoke(main, ["export", *where, "--atom", str(tmp_path / "feed.atom")])
    assert done.exit_code == 0, done.stderr
    (title,) = titles((tmp_path / "feed.atom").read_bytes())
    assert "Harbour <Town> & mayor" in title
