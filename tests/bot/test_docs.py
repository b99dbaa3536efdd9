"""docs/bot.md names every command and setting, and shows only pictures that are there."""

import re
from pathlib import Path

from bot.channels.telegram import API_URL, TOKEN
from bot.commands import found
from bot.enlist import CHANNELS, OPERATORS
from bot.webhook import LISTEN, SECRET, URL

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "bot.md").read_text(encoding="utf-8")


def test_every_command_is_named() -> None:
    named = set(re.findall(r"`/(\w+)", TEXT))
    assert set(found()) <= named
    assert named <= {*found(), "setinline"}


def test_every_setting_is_named() -> None:
    assert all(f"`{name}`" in TEXT for name in (TOKEN, API_URL, OPERATORS, CHANNELS, URL, LISTEN, SECRET))


def test_every_picture_is_there_and_small() -> None:
    pictures = re.findall(r"\]\((pictures/[\w-]+\.png)\)", TEXT)
    assert len(pictures) == 14
    assert all(0 < (DOCS / picture).stat().st_size < 150_000 for picture in pictures)
