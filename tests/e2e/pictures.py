"""``python -m tests.e2e.pictures docs/pictures``: what ``tallywire read --explain`` shows of a bundled story.

The page is the one that the bundled night serves; headless Chromium looks at the terminal's lines.
"""

import asyncio
import io
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from cli.highlight import explained
from nights import load_night
from races import load_races
from scrapers.parser import parse
from scrapers.parser.told import passages_told
from tally.capture import Capture
from tests.bot.pictures import shoot

VERSION = "ledger/june/04_president"
COMMAND = "tallywire read https://bosphorus-ledger.example/… --race istanbul-2019-06-23 --explain"
COLUMNS = 108
_SCALE = 0.75


def terminal() -> Console:
    """The command's lines on a terminal that remembers them."""
    races = load_races(Path(__file__).parents[2] / "races").races
    shown = ((step.at, change) for step in load_night("istanbul2019").steps for change in step.changes)
    at, change = next((at, change) for at, change in shown if change.version == VERSION)
    race, source = next((r, s) for r in races for s in r.sources if s.url == change.url)
    capture = Capture(source.url, source.url, at, 200, change.answer.body, change.answer.headers)
    console = Console(width=COLUMNS, record=True, force_terminal=True, file=io.StringIO())
    for line in explained(parse(capture, race, source), race, passages_told(capture, race, source)):
        console.print(line)
    return console


async def picture(folder: Path) -> None:
    """``explain.png``, as high as the lines are."""
    svg = terminal().export_svg(title=COMMAND, theme=MONOKAI)
    # The fonts that it names lie on somebody else's server.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    width, height = (float(n) for n in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    size = round(width * _SCALE), round(height * _SCALE)
    with tempfile.TemporaryDirectory() as made:
        page = Path(made) / "explain.html"
        style = f"<style>body{{margin:0}}svg{{width:{size[0]}px;display:block}}</style>"
        page.write_text(f"<!doctype html><meta charset=utf-8>{style}{svg}", encoding="utf-8")
        await shoot(page.as_uri(), folder / "explain.png", size[1], size[0])


if __name__ == "__main__":
    asyncio.run(picture(Path(sys.argv[1]).resolve()))
