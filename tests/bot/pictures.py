"""``python -m tests.bot.pictures docs/pictures``: the pictures of docs/bot.md, out of a real conversation.

The bot, its outbox and the emulator run as in the tests; headless Chromium
looks at the pages. Nobody in them exists.
"""

import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from storage import Store
from tally.event import EventKind, Level, Proof, Tier
from tally.evidence import Evidence
from tests.bot.conftest import NOW, make_event, make_race
from tests.bot.hand import Desk, Hand, desk
from tests.emulator import Emulator, Person, Room

PATIENCE = 60
WORDS = {
    "en": ("Anna", "Harbour City mayor", "Newsroom", "John Roe conceded the race in a speech at 23:39."),
    "tr": (
        "Deniz",
        "Liman Kenti belediye başkanlığı",
        "Haber Merkezi",
        "John Roe saat 23.39'da yenilgiyi kabul etti.",
    ),
}
SIZES = {"alert": 450, "correction": 1010, "settings": 730, "board": 670}


async def shoot(url: str, file: Path, height: int, width: int = 520) -> None:
    """A picture of a page."""
    with tempfile.TemporaryDirectory() as profile:
        process = await asyncio.create_subprocess_exec(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--virtual-time-budget=1500",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            f"--screenshot={file}",
            url,
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        await asyncio.wait_for(process.wait(), PATIENCE)


async def night(folder: Path, language: str) -> None:
    """One reader's evening, and a group's board."""
    clock = Hand()
    name, title, group, quote = WORDS[language]
    races = {"harbour": make_race(title=title)}
    with tempfile.TemporaryDirectory() as data:
        store = Store(Path(data) / "pictures.db", clock=clock)
        async with Emulator() as telegram, desk(telegram, store, races, clock) as made:
            await _alert(made, folder, language, name)
            await _correction(made, folder, language, name, quote)
            await _settings(made, folder, language, name)
            await _board(made, folder, language, telegram.room(title=group, bot="administrator"))


async def _alert(made: Desk, folder: Path, language: str, name: str) -> None:
    anna = await _fresh(made, name, language)
    made.tell(make_event())
    await made.quiet()
    await _picture(made, anna.chat, folder, "alert", language)


async def _correction(made: Desk, folder: Path, language: str, name: str, quote: str) -> None:
    berta = await _fresh(made, name, language)
    proof = Proof("agency", NOW, Evidence(quote), url="https://wire.example/live")
    first = make_event(
        EventKind.CONCESSION, "harbour/3", candidate="roe", tier=Tier.FLASH, origin="agency", proofs=(proof,)
    )
    made.tell(first)
    await made.quiet()
    made.on(minutes=9)
    taken_back = replace(proof, as_of=made.clock(), evidence=Evidence("“I spoke too soon.”"))
    made.tell(
        replace(
            first,
            key="harbour/4",
            kind=EventKind.CONCESSION_WITHDRAWN,
            at=made.clock(),
            level=Level.URGENT,
            corrects=first.key,
            proofs=(taken_back,),
        )
    )
    await made.quiet()
    await _picture(made, berta.chat, folder, "correction", language)


async def _settings(made: Desk, folder: Path, language: str, name: str) -> None:
    clara = await _fresh(made, name, language)
    await made.ask(clara, "/settings")
    await made.quiet()
    await _picture(made, clara.chat, folder, "settings", language)


async def _board(made: Desk, folder: Path, language: str, room: Room) -> None:
    admin = made.telegram.person("Editor", language)
    room.chat.members[admin.user.id] = (admin.user, "administrator")
    made.count(1_185_278, 1_204_511)
    admin.sends("/board on harbour", to=room)
    await room.next()
    await made.quiet()
    made.on(minutes=3)
    made.count(1_304_511, 1_285_278)
    await made.quiet()
    await _picture(made, room, folder, "board", language)


async def _fresh(made: Desk, name: str, language: str) -> Person:
    """A reader with an empty page who follows the race."""
    person = await made.follower(name, language=language)
    person.chat.chat.messages.clear()
    return person


async def _picture(made: Desk, room: Room, folder: Path, what: str, language: str) -> None:
    await shoot(f"{made.telegram.url}/chat/{room.id}#top", folder / f"{what}-{language}.png", SIZES[what])


async def main(folder: Path) -> None:
    """Every picture in every language of this list."""
    for language in WORDS:
        await night(folder, language)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(folder))
