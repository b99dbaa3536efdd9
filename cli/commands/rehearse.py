"""A whole night, end to end, against a local newsroom."""

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from cli import options
from cli.group import Once
from cli.indoors import indoors
from cli.recording import option, recorded
from nights import Newsroom, Step, Stopwatch, load_night
from nights.stopwatch import Wait, percentile
from races import Races
from scrapers.spiders.stats import Stats
from tally.event import Event
from tally.wire import event_to_wire


@click.command(cls=Once)
@click.argument("night", default="istanbul2019")
@click.option("--speed", type=click.FloatRange(0.05), default=1.0, show_default=True, help="Times faster.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the database there.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The newsroom's port (any by default)."
)
@option
@options.races
@options.as_json("Print the events as lines of JSON on stdout, everything else on stderr.")
def command(
    night: str,
    speed: float,
    data: Path | None,
    port: int,
    record: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    """A whole results NIGHT, end to end, against a local newsroom."""
    with contextlib.ExitStack() as stack:
        where = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tallywire-")))
        newsroom = Newsroom(load_night(night), speed=speed, port=port)
        asyncio.run(_rehearse(newsroom, options.load(folder), where, record, as_json))


async def _rehearse(newsroom: Newsroom, known: Races, data: Path, record: Path | None, as_json: bool) -> None:
    from bot.channels.console import ConsoleChannel, Screen
    from cli.house import House
    from scheduler import Tempo

    watch = Stopwatch(time.monotonic)

    def hear(events: Sequence[Event]) -> None:
        watch.heard(events)
        for event in events:
            if as_json and event.updates is None:
                click.echo(json.dumps(event_to_wire(event), ensure_ascii=False))

    environ, left_out = indoors(options.settings().environ)
    if left_out:
        click.echo(f"Only a rehearsal, so these are left out: {', '.join(left_out)}.", err=True)
    async with newsroom:
        click.echo(f"A newsroom at {newsroom.base_url} plays {newsroom.night.title}.", err=True)
        races = newsroom.races(known.races)
        console = ConsoleChannel(Screen(stderr=as_json), watch.sent)
        with (
            House(races, data, environ, clock=newsroom.clock, console=console) as house,
            recorded(house.store, races, record, newsroom.address),
        ):
            service = house.service(
                hear=hear, tempo=Tempo(tick=0.25), watching={"allow_hosts": ["127.0.0.1"]}
            )
            await service.start()
            try:
                await newsroom.run(_announce)
                await house.outbox.drained()
            finally:
                await service.stop()
            waits = watch.waits(newsroom.served, newsroom.base_url)
            for line in summary(service.stats, house.store.counts(), waits):
                click.echo(line, err=True)


def _announce(step: Step) -> None:
    hour = f"{step.at:%d %b %H:%M}"
    click.echo(click.style(f"── {hour} UTC · {step.note}", dim=True), err=True)


def summary(stats: Stats, counts: Mapping[str, int], waits: Sequence[Wait]) -> Iterator[str]:
    """What a rehearsal came to."""
    alerts = counts.get("deliveries.sent", 0)
    yield ""
    yield f"{stats.polls:,} pages polled, {stats.unchanged:,} unchanged"
    yield (
        f"{stats.readings:,} readings, {stats.claims:,} claims, {counts['events']:,} events, "
        f"{alerts:,} alerts sent"
    )
    for name, seconds in (
        ("page served → alert", [w.fetch for w in waits]),
        ("page changed → alert, with the wait for the poll", [w.change for w in waits]),
    ):
        yield f"{name}: {_ms(seconds, 50)} p50, {_ms(seconds, 95)} p95, {_ms(seconds, 100)} at worst"


def _ms(seconds: Sequence[float], part: float) -> str:
    value = percentile(seconds, part)
    return "–" if value is None else f"{1000 * value:,.0f} ms"
