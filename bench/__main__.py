"""``python -m bench``: measure, and print the table; ``--write`` puts it into docs/performance.md."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench import beside, growth
from bench.child import ROOT, started
from bench.end_to_end import Night, night
from bench.fan_out import rows as fan_outs
from bench.figures import ms, times
from bench.machine import busy, described
from bench.peers import peers
from bench.peers.installed import described as versions
from bench.report import Row, bounded, compared, table

DOCUMENT = ROOT / "docs" / "performance.md"
_REPEATS = 3


@dataclass
class Run:
    """One run: how long a night takes in it, and what of ours was measured, for the peers to stand beside."""

    seconds: float
    ours: dict[str, float] = field(default_factory=dict)


def unchanged(run: Run) -> list[Row]:
    """A 304 by the watch and by bare aiohttp, in turns, so that both meet the same machine.

    Of each the best turn counts: whatever else the machine does only ever adds.
    """
    costs: dict[str, list[float]] = {"bare": [], "watch": []}
    with started("bench.newsroom") as newsroom:
        for _ in range(_REPEATS):
            for way, found in costs.items():
                with started("bench.unchanged", way, newsroom.ready["port"]) as process:
                    answer = process.ask(go=True)
                assert answer["changed"] == 0, f"{answer['changed']} polls of {way} were not answered by 304"
                found.append(answer["median"])
    ours, bare = min(costs["watch"]), min(costs["bare"])
    run.ours["unchanged"] = ours
    what = "CPU per unchanged poll (304), 200 sources in batches"
    return [compared(what, ours, "bare aiohttp", bare, 0.8 / 0.15, "0.8 ms to 0.15 ms")]


def pages(run: Run) -> list[Row]:
    """A changed page of 200 KB, structured and prose."""
    rows = []
    with started("bench.parsing") as process:
        for kind, most in (("structured", 2.0), ("prose", 20.0)):
            answer = process.ask(pages=kind)
            assert answer["found"] == 1, f"only {answer['found']:.0%} of the {kind} pages were read"
            what = f"CPU to read a changed page of 200 KB, {kind}"
            basis = f"{most:g} ms to 0.5 ms"
            rows.append(compared(what, answer["read"], "selectolax alone", answer["bare"], most / 0.5, basis))
    return rows


def nights(run: Run) -> list[Row]:
    """The whole service, without and with hanging sources, beside the least that could do the job."""
    seconds = run.seconds
    least = night(seconds / 2, module="bench.relay")
    calm, hung = night(seconds), night(seconds, hanging=40)
    run.ours |= {"told": calm.latency(50), "rss": calm.rss}
    cpu = "CPU per poll, whole service, spread out"
    return [
        *_alerts("page served → sendMessage received", calm, "bare", least),
        Row("of it, until the event is stored, p50", ms(calm.stored or 0)),
        *_alerts("the same with 40 hanging sources more", hung, "without", calm),
        Row("polls a second, without and with them", f"{calm.polls_per_second:.1f}", f"{_others(hung):.1f}"),
        compared(cpu, calm.cpu_per_poll, "bare", least.cpu_per_poll, 3.5 / 1.0, "3.5 ms to 1.0 ms"),
        Row(
            "memory with 200 sources (RSS)",
            f"{calm.rss:.0f} MB",
            f"bare {least.rss:.0f} MB",
            times(calm.rss, least.rss),
            "≤ 130 MB",
            calm.rss <= 130,
        ),
    ]


def _alerts(what: str, run: Night, name: str, other: Night) -> list[Row]:
    assert run.latencies, "no alert arrived"
    rows = []
    for wanted, most in ((50, 0.010), (95, 0.050)):
        ours, theirs = run.latency(wanted), other.latency(wanted)
        rows.append(bounded(f"{what}, p{wanted}", ours, most, f"{name} {ms(theirs)}", times(ours, theirs)))
    told = f"{len(run.latencies)} of {run.served} changes served were told"
    rows.append(Row(f"{what}, slowest", ms(run.latency(100)), told, met=len(run.latencies) == run.served))
    return rows


def _others(run: Night) -> float:
    """Polls a second of those that answer: what hangs is counted as failed."""
    return (run.polls - run.failed) / run.seconds


PARTS: dict[str, Callable[[Run], Sequence[Row]]] = {
    "unchanged": unchanged,
    "pages": pages,
    "nights": nights,
    "fanout": lambda _: fan_outs(),
    "peers": lambda run: beside.rows(run.ours),
    "growth": lambda _: growth.rows(),
}
# The last has a place of its own in the document: it takes as long as all the others.
_APART = "growth"


def written(figures: str, place: str) -> None:
    """Put the figures where the document has room for them."""
    begin, end = f"<!-- {place}: made by python -m bench --write -->", f"<!-- end of {place} -->"
    text = DOCUMENT.read_text(encoding="utf-8")
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    DOCUMENT.write_text(f"{head}{begin}\n\n{figures}\n\n{end}{tail}", encoding="utf-8")


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; by default all")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--seconds", type=float, default=45.0, help="of each night")
    given = parser.parse_args()
    wanted = given.parts or list(PARTS)
    for place, names in (("figures", [n for n in wanted if n != _APART]), ("growth", [_APART])):
        if not set(names) & set(wanted):
            continue
        figures = measured(names, Run(given.seconds))
        print(figures)
        if given.write:
            written(figures, place)


def measured(names: Sequence[str], run: Run) -> str:
    """These parts, as a table with the machine that they were measured on."""
    began, rows = time.monotonic(), []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr)
        rows += list(PARTS[name](run))
    print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr)
    salt = f"\n\nTo be taken with salt: {warning}." if (warning := busy()) else ""
    beside_it = f"; {versions(peers())}" if "peers" in names else ""
    return f"{described()}{beside_it}{salt}\n\n{table(rows)}"


if __name__ == "__main__":
    main()
