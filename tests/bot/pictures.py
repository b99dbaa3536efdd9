"""``python -m tests.bot.pictures docs/pictures``: the pictures of docs/bot.md, out of a real conversation.

The bot, its outbox and the emulator run as in the tests; headless Chromium
looks at the pages. Nobody in them exists.
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from storage import Store
from tally.event import EventKind, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Origin, Rank
from tests.bot.conftest import CAPITAL, NOW, make_event, make_race
from tests.bot.hand import Desk, Hand, desk
from tests.emulator import Emulator, Person, Room

PATIENCE = 60


@dataclass(frozen=True)
class Scene:
    """What one language's pictures are about: nobody in them exists."""

    reader: str
    title: str
    group: str
    conceded: str
    taken_back: str
    board: str
    wire: str


SCENES = {
    "en": Scene(
        "Anna",
        "Harbour City mayor",
        "Newsroom",
        "John Roe conceded the race in a speech at 23:39.",
        "“I spoke too soon.”",
        "Election board",
        "Meridian Wire",
    ),
    "tr": Scene(
        "Deniz",
        "Liman Kenti belediye başkanlığı",
        "Haber Merkezi",
        "John Roe saat 23.39'da yenilgiyi kabul etti.",
        "“Erken konuştum.”",
        "Seçim Kurulu",
        "Meridyen Ajansı",
    ),
}
SIZES = {"alert": 560, "correction": 1010, "settings": 730, "board": 670}
SIZES |= {"shares": 960, "margin": 960, "bars": 720}
# Minutes into the night, votes of Doe and of Roe, per cent counted.
EVENING = (
    (0, 41_200, 52_900, 6.1),
    (14, 148_300, 171_050, 17.4),
    (31, 327_900, 349_200, 34.2),
    (52, 541_700, 556_310, 52.0),
    (70, 742_080, 745_100, 64.9),
    (81, 836_900, 829_700, 72.3),
    (104, 1_004_400, 986_150, 85.0),
    (131, 1_138_020, 1_117_300, 94.8),
    (158, 1_204_511, 1_185_278, 99.1),
)


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
    scene = SCENES[language]
    origins = (Origin("board", scene.board, Rank.OFFICIAL), Origin("agency", scene.wire, Rank.AGENCY))
    races = {"harbour": replace(make_race(title=scene.title), origins=origins)}
    with tempfile.TemporaryDirectory() as data:
        store = Store(Path(data) / "pictures.db", clock=clock)
        async with Emulator() as telegram, desk(telegram, store, races, clock) as made:
            telegram.world.clock = lambda: _on_their_phone(clock)
            await _charts(made, folder, language, scene)
        store, clock.hour = Store(Path(data) / "again.db", clock=clock), NOW
        async with Emulator() as telegram, desk(telegram, store, races, clock) as made:
            telegram.world.clock = lambda: _on_their_phone(clock)
            await _alert(made, folder, language, scene.reader)
            await _correction(made, folder, language, scene)
            await _settings(made, folder, language, scene.reader)
            await _board(made, folder, language, telegram.room(title=scene.group, bot="administrator"))


def _on_their_phone(clock: Hand) -> float:
    """The page writes hours of UTC, and these readers live where the race is."""
    return clock().astimezone(CAPITAL).replace(tzinfo=UTC).timestamp()


async def _alert(made: Desk, folder: Path, language: str, name: str) -> None:
    anna = await _fresh(made, name, language)
    made.tell(make_event())
    await made.quiet()
    await _picture(made, anna.chat, folder, "alert", language)


async def _correction(made: Desk, folder: Path, language: str, scene: Scene) -> None:
    berta = await _fresh(made, scene.reader, language)
    proof = Proof("agency", NOW, Evidence(scene.conceded), url="https://wire.example/live")
    first = make_event(
        EventKind.CONCESSION, "harbour/3", candidate="roe", tier=Tier.FLASH, origin="agency", proofs=(proof,)
    )
    made.tell(first)
    await made.quiet()
    made.on(minutes=9)
    taken_back = replace(proof, as_of=made.clock(), evidence=Evidence(scene.taken_back))
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


async def _charts(made: Desk, folder: Path, language: str, scene: Scene) -> None:
    """A whole evening counted, and the three pictures of it, the second one dark."""
    begin = made.clock()
    for minutes, doe, roe, counted in EVENING:
        made.on(minutes=minutes - (made.clock() - begin).total_seconds() / 60)
        made.count(doe, roe, counted=counted)
    made.on(minutes=21)
    proof = Proof("agency", made.clock(), Evidence(scene.conceded), url="https://wire.example/live")
    made.tell(
        make_event(
            EventKind.CONCESSION,
            "harbour/9",
            at=made.clock(),
            candidate="roe",
            tier=Tier.FLASH,
            origin="agency",
            proofs=(proof,),
            headline=made.store.standing(made.races["harbour"]).headline,
        )
    )
    await made.quiet()
    for what, mode in (("shares", "light"), ("margin", "dark"), ("bars", "light")):
        reader = await _fresh(made, scene.reader, language)
        await made.ask(reader, "/chart harbour")
        shown = reader.chat.told[-1]
        again = list(shown.buttons.values())[-1].split(":")
        await reader.sends_data(":".join([*again[:2], what, mode]), shown)
        await made.quiet()
        await _picture(made, reader.chat, folder, what, language)


async def _fresh(made: Desk, name: str, language: str) -> Person:
    """A reader with an empty page who follows the race."""
    person = await made.follower(name, language=language)
    person.chat.chat.messages.clear()
    return person


async def _picture(made: Desk, room: Room, folder: Path, what: str, language: str) -> None:
    await shoot(f"{made.telegram.url}/chat/{room.id}#top", folder / f"{what}-{language}.png", SIZES[what])


async def main(folder: Path) -> None:
    """Every picture in every language of this list."""
    for language in SCENES:
        await night(folder, language)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(folder))
