"""A night told step by step for ``tests.longrun.chaos``: no step before the last one was taken in and told.

That it was taken in is known by the tag alone: who asks for a page by the tag
it has now has stored what it said. What is yet to be told is asked of the
database, because a newer count would overtake it. So the same things are said in the same
order to a service that is killed again and again as to one that is left alone.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from aiohttp import web

from bench.pages import article, results_page
from bench.races import votes_of
from tally.race import Candidate, Origin, Race, Rank, Source

NAMES = ("Ada Lake", "Tom Hill")
CADENCE = 0.3
SAID = (
    "The count goes on in town.",
    "Tom Hill conceded defeat to Ada Lake on Sunday evening.",
    "Tom Hill has withdrawn his concession and wants every vote counted.",
    "Ada Lake claimed victory in front of her supporters.",
    "Tom Hill conceded defeat to Ada Lake for good.",
)
# Which page says something new at each step: the board's (1) or the paper's (0).
STEPS = (1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1)


@dataclass
class Town:
    """One race's pages: how often each has changed, and which step is on show."""

    number: int
    step: int = 0
    versions: list[int] = field(default_factory=lambda: [0, 0])
    shown: bool = True
    served: bool = False

    def page(self, which: int) -> bytes:
        """The paper's page (0) or the board's (1) as they stand."""
        version = self.versions[which]
        if which == 0:
            return article(f"Town {self.number}", SAID[version], 3_000, seed=self.number)
        lines = list(zip(NAMES, votes_of(self.number, version), strict=True))
        return results_page(f"Town {self.number}", lines, 20 + 3 * version, 3_000)

    def go_on(self) -> None:
        """The next step."""
        which = STEPS[self.step]
        self.step += 1
        self.versions[which] += 1
        self.shown, self.served = False, False

    @property
    def changed(self) -> int | None:
        """Which page is yet to be taken in."""
        return None if self.shown else STEPS[self.step - 1]


class Story:
    """The newsroom of ``towns`` towns. ``allowed`` is how many steps may be taken in all."""

    def __init__(self, towns: int) -> None:
        self.towns = [Town(number) for number in range(towns)]
        self.allowed = 0
        self.untold: Callable[[], Collection[str]] = set
        self.under_way = 0
        self.asked, self.news = asyncio.Event(), asyncio.Event()
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._seen: set[tuple[int, int]] = set()

    @property
    def steps(self) -> int:
        """How many were taken."""
        return sum(town.step for town in self.towns)

    @property
    def in_between(self) -> int:
        """How many changes were served and, as far as is known, not taken in."""
        return sum(1 for town in self.towns if town.served and not town.shown)

    @property
    def over(self) -> bool:
        """Whether everything was told and taken in."""
        return all(town.step == len(STEPS) and town.shown for town in self.towns)

    def go_on(self) -> None:
        """Take the steps that may be taken: first where the fewest were."""
        untold = self.untold() if self.steps < self.allowed else ()
        for town in sorted(self.towns, key=lambda town: town.step):
            both = {(town.number, which) for which in (0, 1)} <= self._seen
            told = town.shown and f"town-{town.number}" not in untold
            if both and told and town.step < len(STEPS) and self.steps < self.allowed:
                town.go_on()

    def races(self) -> list[Race]:
        """The races that are watched."""
        return [self._race(town.number) for town in self.towns]

    def _race(self, number: int) -> Race:
        closed = datetime.now(UTC) - timedelta(hours=2)
        pace = {"cadence": CADENCE, "fastest": CADENCE, "slowest": CADENCE, "language": "en"}
        where = f"http://127.2.{number}"
        paper = Source("paper", f"{where}.1:{self.port}/{number}/0", "article", "paper", **pace)  # type: ignore[arg-type]
        board = Source("board", f"{where}.2:{self.port}/{number}/1", "table", "board", Rank.OFFICIAL, **pace)  # type: ignore[arg-type]
        return Race(
            id=f"town-{number}",
            title=f"Town {number}",
            date=closed.date(),
            timezone=ZoneInfo("UTC"),
            candidates=tuple(Candidate(name.split()[1].lower(), name) for name in NAMES),
            polls_close=closed,
            origins=(Origin("board", "Election Board", Rank.OFFICIAL), Origin("paper", "The Paper")),
            sources=(board, paper),
        )

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{town:\\d+}/{which:[01]}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "0.0.0.0", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.under_way += 1
        self.asked.set()
        try:
            await asyncio.sleep(0.01)  # a server is never next door
            return self._page(request)
        finally:
            self.under_way -= 1

    def _page(self, request: web.Request) -> web.Response:
        number, which = int(request.match_info["town"]), int(request.match_info["which"])
        town = self.towns[number]
        tag = f'"{number}-{which}-{town.versions[which]}"'
        if request.headers.get("If-None-Match") == tag:
            self._seen.add((number, which))
            if town.changed == which:
                town.shown = True
            self.go_on()
            return web.Response(status=304, headers={"ETag": tag})
        if town.changed == which:
            town.served = True
            self.news.set()
        page = town.page(which)
        return web.Response(body=page, content_type="text/html", charset="utf-8", headers={"ETag": tag})
