"""An urgent alert to ten thousand chats, one in the middle of a backlog, and what one process reaches.

``python -m tests.longrun.fanout --chats 1000`` takes a minute, the whole of it six or more.
"""

import argparse
import sys

from bench.fan_out import FanOut, fan_out, overtaking
from bench.machine import busy, described


def told(name: str, sent: FanOut) -> str:
    """One run in a line."""
    return (
        f"{name}: {sent.chats:,} chats in {sent.seconds:.1f} s ({sent.rate:.1f}/s; floor {sent.floor:.1f} s, "
        f"{sent.seconds / sent.floor:.3f} ×), "
        f"{sent.refused} times 429, at most {sent.most_in_a_second} in a second, "
        f"missing {sent.missing}, twice {sent.twice}; stored in {1000 * sent.stored:.0f} ms; "
        f"CPU {sent.cpu:.1f} s ({1000 * sent.cpu / sent.chats:.2f} ms each, "
        f"{sent.cpu / sent.seconds:.0%} of a core), "
        f"RSS {sent.rss[0]:.0f} → {sent.rss[1]:.0f} MB"
    )


def paced(chats: int) -> bool:
    """At Telegram's limit: near the floor, nothing refused, nobody left out or told twice."""
    sent = fan_out(chats)
    print(told("30 a second", sent), flush=True)
    near = sent.seconds <= 1.05 * sent.floor + 1.0
    return near and not (sent.refused or sent.missing or sent.twice)


def overtaken(chats: int) -> bool:
    """An urgent alert goes out next, behind the calls in flight alone."""
    passed = overtaking(chats)
    print(
        f"urgent in a backlog of {passed.backlog}: behind {passed.before} calls, "
        f"{1000 * passed.seconds:.0f} ms after it was stored; {passed.among} routine ones among it",
        flush=True,
    )
    return passed.before <= 3


def raised(chats: int, workers: int) -> bool:
    """With the limit at 1,000 a second: how fast one process is with so many calls in flight."""
    sent = fan_out(chats, limit=1000, workers=workers)
    print(told(f"1,000 a second allowed, {workers} in flight", sent), flush=True)
    return not (sent.missing or sent.twice)


def main() -> int:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.longrun.fanout", description=__doc__)
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--backlog", type=int, default=300)
    parser.add_argument(
        "--raised", type=int, default=2_000, help="chats of the runs at 1,000 a second; 0 for none"
    )
    parser.add_argument("--workers", type=int, nargs="+", default=[3, 10, 30, 100])
    given = parser.parse_args()
    print(described())
    if warning := busy():
        print(f"Take the figures with salt: {warning}.")
    well = [overtaken(given.backlog)] if given.backlog else []
    well += [raised(given.raised, workers) for workers in given.workers if given.raised]
    well += [paced(given.chats)] if given.chats else []
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
