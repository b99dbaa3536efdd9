"""A fan-out over real HTTP: how near it comes to the floor that Telegram's limit sets, and what it costs."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.child import Child, started
from bench.report import Row

LATENCY, LIMIT = 0.06, 30
CHATS = 1000


@dataclass(frozen=True)
class FanOut:
    """What one came to: seconds, the calls refused, CPU seconds of the sender, MB before and after."""

    chats: int
    seconds: float
    floor: float
    refused: int
    most_in_a_second: int
    cpu: float
    stored: float
    rss: tuple[float, float]
    missing: int
    twice: int

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.chats / self.seconds


@dataclass(frozen=True)
class Overtaking:
    """An urgent alert told in the middle of a routine backlog.

    ``before`` are the routine messages that came after it was stored and ahead of the first of it,
    ``seconds`` until that one, ``among`` the routine ones until the last of it.
    """

    backlog: int
    before: int
    seconds: float
    among: int


def fan_out(chats: int = CHATS, *, limit: int = LIMIT, workers: int = 3, latency: float = LATENCY) -> FanOut:
    """An urgent alert to so many chats."""
    with _telegram(latency, limit) as telegram, _sender(telegram, workers, limit) as sender:
        before = sender.ask(chats=chats)
        told = sender.ask(tell="urgent")
        _wait(telegram, chats, 30 + chats / 15)
        got = telegram.ask(tell="got")
        after = sender.ask()
    rows = [row for row in got["got"] if row[3] >= told["at"]]
    return FanOut(
        chats=chats,
        seconds=max(row[3] for row in rows) - told["at"],
        floor=max((chats - limit) / limit, latency),
        refused=got["refused"],
        most_in_a_second=got["most"],
        cpu=after["cpu"] - told["cpu"],
        stored=told["stored"],
        rss=(before["rss"], after["peak"]),
        missing=chats - len({row[0] for row in rows}),
        twice=len(rows) - len({row[0] for row in rows}),
    )


def overtaking(chats: int = 300) -> Overtaking:
    """A third of a routine backlog is sent when a candidate concedes."""
    with _telegram(LATENCY, LIMIT) as telegram, _sender(telegram, 3, LIMIT) as sender:
        sender.ask(chats=chats)
        sender.ask(tell="routine")
        _wait(telegram, chats // 3, 60)
        told = sender.ask(tell="urgent")
        _wait(telegram, 2 * chats, 30 + 6 * chats / LIMIT)
        got = sorted(telegram.ask(tell="got")["got"], key=lambda row: row[3])
    after = [row for row in got if row[3] >= told["at"] + told["stored"]]
    urgent = [number for number, row in enumerate(after) if "CONCE" in row[1].upper()]
    return Overtaking(
        backlog=chats - chats // 3,
        before=urgent[0],
        seconds=after[urgent[0]][3] - told["at"],
        among=urgent[-1] + 1 - len(urgent),
    )


def rows(chats: int = CHATS) -> Sequence[Row]:
    """The table's part."""
    sent, passed = fan_out(chats), overtaking()
    over = sent.seconds / sent.floor - 1
    return [
        Row(
            f"urgent alert to {chats:,} chats, 30 calls a second, 60 ms each",
            f"{sent.seconds:.1f} s",
            f"floor {sent.floor:.1f} s",
            f"{sent.seconds / sent.floor:.3f} ×",
            "≤ 1.05 ×, no 429",
            over <= 0.05 and sent.refused == 0 and sent.missing == sent.twice == 0,
        ),
        Row("of it, CPU of the sender", f"{sent.cpu:.1f} s", f"{1000 * sent.cpu / chats:.2f} ms a message"),
        Row("of it, memory (highest RSS)", f"{sent.rss[1]:.0f} MB", f"before {sent.rss[0]:.0f} MB"),
        Row(
            f"urgent alert told in a routine backlog of {passed.backlog}",
            f"{1000 * passed.seconds:.0f} ms",
            f"behind {passed.before} calls in flight",
            "",
            "behind ≤ 3",
            passed.before <= 3,
        ),
    ]


def _telegram(latency: float, limit: int) -> Any:
    return started("bench.counting", "--latency", latency, "--limit", limit)


def _sender(telegram: Child, workers: int, rate: int) -> Any:
    where = ("--url", telegram.ready["url"], "--token", telegram.ready["token"])
    return started("bench.sender", *where, "--workers", workers, "--rate", rate)


def _wait(telegram: Child, count: int, patience: float) -> None:
    """Until so many messages came, or nothing more is to be hoped for."""
    end = time.monotonic() + patience
    while telegram.ask()["count"] < count and time.monotonic() < end:
        time.sleep(0.2)
