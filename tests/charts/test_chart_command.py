"""/chart as a reader meets it: over real HTTP, with a real store, against the strict emulator."""

import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import charts
from bot.app import TelegramBot
from bot.charts import gallery
from storage import Store
from tally.capture import Outcome
from tally.race import Candidate, Race
from tally.reading import Reading
from tests.charts.counts import EVE, race, shares
from tests.emulator import Emulator, Person

ROOT = Path(__file__).parents[2]


@dataclass
class Desk:
    """A reader, and a store in which a count goes on."""

    anna: Person
    store: Store
    race: Race
    telegram: Emulator

    def counted(self, *readings: Reading) -> None:
        for each in readings:
            self.store.take_in(self.race, "board", None, Outcome.READ, (each,), (), each.as_of)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    gallery._known.clear()
    watched = race()
    async with Emulator() as telegram:
        with Store(tmp_path / "tally.db") as store:
            bot = TelegramBot(
                telegram.token, store, {watched.id: watched}, lambda: EVE, telegram.url, wait=0.01
            )
            await bot.start()
            yield Desk(telegram.person("Anna"), store, watched, telegram)
            await bot.stop()


async def test_a_chart_is_a_picture_with_the_count_in_words_under_it(desk: Desk) -> None:
    desk.counted(shares(0, 48.0, 51.0), shares(30, 50.5, 48.5, counted=70.0))
    desk.anna.sends("/chart harbour")
    seen = await desk.anna.chat.next()
    assert seen.photo is not None
    assert seen.photo.startswith(b"\x89PNG")
    assert "Ines Ash (Reform) is ahead" in seen.text
    assert "70% counted" in seen.text
    assert any("Margin" in label for label in seen.buttons)


async def test_its_buttons_put_another_picture_in_its_place(desk: Desk) -> None:
    desk.counted(shares(0, 48.0, 51.0), shares(30, 50.5, 48.5, counted=70.0))
    desk.anna.sends("/chart harbour")
    seen = await desk.anna.chat.next()
    pictures = [seen.photo]
    for label in ("Margin", "Dark", "Bars", "Refresh"):
        await desk.anna.taps(label)
        await desk.telegram.idle()
        pictures.append(desk.anna.chat.told[0].photo)
    assert len(desk.anna.chat.told) == 1
    assert len(set(pictures)) == 4, "to look again at what has not changed changes nothing"


async def test_before_the_count_there_are_words_alone(desk: Desk) -> None:
    desk.anna.sends("/chart harbour")
    seen = await desk.anna.chat.next()
    assert seen.photo is None
    assert "No votes counted yet" in seen.text


async def test_a_picture_that_can_not_be_drawn_leaves_the_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("no room on the disk for fonts")

    monkeypatch.setattr(gallery, "_painted", broken)
    desk.counted(shares(0, 48.0, 51.0))
    desk.anna.sends("/chart harbour")
    seen = await desk.anna.chat.next()
    assert seen.photo is None
    assert "Tom Birch (Union) is ahead" in seen.text


async def test_the_caption_fits_whatever_the_names_are(desk: Desk) -> None:
    long = tuple(Candidate(c.id, "Maximiliane " * 25, party="P" * 200) for c in desk.race.candidates)
    object.__setattr__(desk.race, "candidates", long)
    object.__setattr__(desk.race, "title", "T" * 300)
    desk.counted(shares(0, 48.0, 51.0))
    desk.anna.sends("/chart harbour")
    seen = await desk.anna.chat.next()
    assert seen.photo is not None
    assert len(seen.text.encode("utf-16-le")) // 2 <= 1024


async def test_an_expired_or_made_up_button_is_answered_kindly(desk: Desk) -> None:
    desk.counted(shares(0, 48.0, 51.0))
    desk.anna.sends("/chart harbour")
    seen = await desk.anna.chat.next()
    assert await desk.anna.sends_data("chart:0000", seen) == "This button no longer works."
    known = next(data for data in seen.buttons.values()).split(":")[1]
    await desk.anna.sends_data(f"chart:{known}:nonsense:mauve", seen)
    await desk.telegram.idle()


def test_matplotlib_is_not_imported_before_the_first_picture() -> None:
    code = "import sys, scheduler, bot.app, bot.commands as c; c.found(); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_each_picture_is_a_module_with_its_painter() -> None:
    assert all((ROOT / "bot" / "charts" / f"{name}.py").exists() for name in charts.PICTURES)
