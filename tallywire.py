"""The command line: thin. What is machine-readable goes to stdout, everything else to stderr.

Exit codes: 0 well, 1 went wrong or is not well, 2 wrong arguments or race files, 130 interrupted.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from nights import Newsroom, Step, Stopwatch, load_night
from nights.report import report
from nights.stopwatch import Wait, percentile
from races import Races, load_races
from races import schema as race_schema
from scrapers.parser import parse, survey
from scrapers.parser.kinds import all_kinds
from scrapers.parser.prose.packs import packs
from scrapers.parser.score import load as load_items
from scrapers.parser.score import score as score_items
from scrapers.parser.show import lines, score_lines
from scrapers.spiders.heartbeat import HEARTBEAT, seconds_since_good
from scrapers.spiders.items import page_to_json
from scrapers.spiders.stats import Stats
from storage import DATABASE, Store
from tally import __version__
from tally.because import because, grounds
from tally.capture import Outcome
from tally.clock import system_clock
from tally.errors import ConfigError, TallywireError
from tally.event import Event
from tally.race import Method
from tally.rules import all_rules
from tally.tell import standing_lines
from tally.timeline import timeline
from tally.wire import event_to_wire

# What fetches and sends takes a second to import, so only the commands that do either import it.
_HERE = Path(__file__).parent
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_Command = Callable[..., Any]


class _Once(click.Command):
    """Refuses an option that is given twice, instead of taking the last."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        for option in given:
            if given.count(option) > 1 and not option.multiple:
                raise click.UsageError(f"{option.opts[0]} is given twice", ctx)
        return super().parse_args(ctx, args)


class _Commands(click.Group):
    """Tells the house's errors in a sentence instead of a traceback."""

    command_class = _Once

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(str(error), err=True)
            raise SystemExit(2) from error
        except TallywireError as error:
            click.echo(f"tallywire: {error}", err=True)
            raise SystemExit(1) from error


def _default_races() -> Path:
    return Path("races") if any(Path("races").glob("*.toml")) else _HERE / "races"


def load(folder: Path) -> Races:
    """All races of a folder, checked against every kind, rule and language there is."""
    checks = {kind.name: kind.check_options for kind in all_kinds()}
    return load_races(folder, kinds=checks, rules=rule_options(), languages=frozenset(packs()))


def rule_options() -> dict[str, dict[str, object]]:
    """The options of every rule with their defaults."""
    return {rule.NAME: {name: default for name, (default, _) in rule.OPTIONS.items()} for rule in all_rules()}


def _folder(name: str, target: str, envvar: str, default: Callable[[], Path], what: str) -> _Command:
    kind = click.Path(path_type=Path, file_okay=False)
    return click.option(name, target, type=kind, envvar=envvar, default=default, show_envvar=True, help=what)


_races = _folder("--races", "folder", "TALLYWIRE_RACES", _default_races, "One TOML file a race.  [./races]")
_data = _folder("--data", "data", "TALLYWIRE_DATA", lambda: Path("data"), "Folder of the database.  [./data]")


def _as_json(what: str) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help=what)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tallywire")
@click.option("-v", "--verbose", is_flag=True, help="Tell more of what is going on.")
def main(verbose: bool) -> None:
    """Watches the pages that report an election night and says who is ahead and who concedes."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")


@main.command()
@click.argument("night", default="istanbul2019")
@click.option("--speed", type=click.FloatRange(0.05), default=1.0, show_default=True, help="Times faster.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the database there.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The newsroom's port (any by default)."
)
@_races
@_as_json("Print the events as lines of JSON on stdout, everything else on stderr.")
def rehearse(night: str, speed: float, data: Path | None, port: int, folder: Path, as_json: bool) -> None:
    """A whole results NIGHT, end to end, against a local newsroom."""
    with contextlib.ExitStack() as stack:
        where = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tallywire-")))
        newsroom = Newsroom(load_night(night), speed=speed, port=port)
        asyncio.run(_rehearse(newsroom, load(folder), where, as_json))


async def _rehearse(newsroom: Newsroom, known: Races, data: Path, as_json: bool) -> None:
    from bot.channels.console import ConsoleChannel, Screen
    from scheduler import House, Tempo

    watch = Stopwatch(time.monotonic)

    def hear(events: Sequence[Event]) -> None:
        watch.heard(events)
        for event in events:
            if as_json and event.updates is None:
                click.echo(json.dumps(event_to_wire(event), ensure_ascii=False))

    async with newsroom:
        races = newsroom.races(race for race in known.races if race.id in newsroom.night.races)
        console = ConsoleChannel(Screen(stderr=as_json), watch.sent)
        with House(races, data, os.environ, clock=newsroom.clock, console=console) as house:
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


@main.command()
@_races
@_data
def run(folder: Path, data: Path) -> None:
    """The service: watch the races and push alerts (console always, Telegram with TELEGRAM_TOKEN)."""
    from scheduler import House

    races = load(folder)
    with House(races.races, data, os.environ) as house:
        for line in (*(f"warning: {warning}" for warning in races.warnings), *house.greeting()):
            click.echo(line, err=True)
        asyncio.run(house.service(heartbeat=data / HEARTBEAT).run())


@main.command()
@_data
@click.option("--within", type=click.IntRange(1), default=300, show_default=True, help="Seconds.")
def health(data: Path, within: int) -> None:
    """Whether the service polls: exit code 0 if the last good poll is recent."""
    age = seconds_since_good(data / HEARTBEAT, system_clock())
    if age is None or age > within:
        raise TallywireError(f"no good poll in the last {within} s (heartbeat in {data})")
    click.echo(f"well: the last good poll was {age:.0f} s ago", err=True)


@main.command()
@_races
def check(folder: Path) -> None:
    """Everything wrong with the races, each with file and line."""
    races = load(folder)
    for warning in races.warnings:
        click.echo(f"warning: {warning}", err=True)
    sources = sum(len(race.sources) for race in races.races)
    click.echo(f"{len(races.races)} races with {sources} sources in {folder}: all well", err=True)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a race file, for editors."""
    made = race_schema([kind.name for kind in all_kinds()], rule_options(), list(packs()))
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))


@main.command()
@click.argument("page")
@click.option("--race", "race_id", help="The race to read it for; without one, all contests of a feed.")
@click.option("--source", "name", help="Read it as this source of the race.")
@click.option("--kind", default="", help="The page kind (guessed by default).")
@click.option("--language", help="The page's language (found out by default).")
@click.option("--published", help="The page's hour where it does not say (2019-06-23T19:00:00Z).")
@click.option("--explain", is_flag=True, help="Also what was seen and left out, and why.")
@_races
@_as_json("Print one JSON object.")
def read(page: str, folder: Path, as_json: bool, explain: bool, **how: Any) -> None:
    """Read one PAGE (an address, a file, or - for standard input) and store nothing."""
    from scrapers.spiders.once import ByHand

    reader = ByHand(page, load(folder), **how)
    capture = reader.capture()
    if reader.race is None:
        click.echo(
            json.dumps({"url": page, "race": None, "contests": survey(capture)}, ensure_ascii=False, indent=2)
        )
        return
    found = parse(capture, reader.race, reader.source, reader.published)
    if as_json:
        click.echo(json.dumps(page_to_json(found, page, reader.race.id), ensure_ascii=False))
    else:
        for line in lines(found, reader.race, explain=explain):
            click.echo(line)
    if found.outcome in (Outcome.UNREADABLE, Outcome.FAILED):
        raise TallywireError(f"{page}: {found.outcome}: {found.reason}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_races
@click.option("--polls-close", help="For a series: nothing is told before (2026-06-03T03:00:00Z).")
@click.option("--method", type=click.Choice([str(m) for m in Method]), help="For a series.  [plurality]")
@click.option("--seats", type=click.IntRange(1), help="For a series of the top N.")
@click.option("--threshold", type=click.FloatRange(0, 100), help="For a majority or referendum.  [50]")
@click.option("--timezone", help="For a series: of times without a zone.  [UTC]")
@click.option("--from", "since", help="Only events from this hour on.")
@click.option("--to", "until", help="Only events up to this hour.")
@click.option("--lenient", is_flag=True, help="Read a damaged series as far as it is sound.")
@click.option("--explain", is_flag=True, help="Also what became of each reading and claim, and why.")
@click.option("--truth", type=_FILE, help="Compare with this truth file.")
@click.option("--anomalies", type=_FILE, help="With --truth: where the data themselves are odd.")
@_as_json("Print the events, or the comparison, as JSON.")
def replay(file: Path, folder: Path, **how: Any) -> None:
    """The events of a recorded night (a folder, a WARC file, a bundled night's name) or of a series (CSV)."""
    report(file, lambda: load(folder), how, click.echo, lambda note: click.echo(note, err=True))


@main.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@_as_json("Print the figures as one JSON object.")
def score(files: tuple[Path, ...], as_json: bool) -> None:
    """How well the reader does on labelled sentences of your own (JSON lines)."""
    figures = score_items([item for file in files for item in load_items(file)])
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for line in score_lines(figures):
        click.echo(line)


@main.command()
@click.argument("race", required=False)
@_races
@_data
def status(race: str | None, folder: Path, data: Path) -> None:
    """What is believed about every race, or one RACE's night as a timeline."""
    races = load(folder)
    with Store(data / DATABASE, readonly=True) as store:
        for each in races.races if race is None else (races[race],):
            for line in standing_lines(store.standing(each)):
                click.echo(line)
        if race is not None:
            night = (store.readings(race), store.claims(race), store.events(race))
            for line in timeline(races[race], *night):
                click.echo(line)


@main.command()
@click.argument("event_key")
@click.option("--around", type=click.FloatRange(0), default=30, show_default=True, help="Minutes.")
@_races
@_data
def why(event_key: str, around: float, folder: Path, data: Path) -> None:
    """Everything an event rests on: quotes and pages, what it corrects, what was read AROUND it."""
    races = load(folder)
    with Store(data / DATABASE, readonly=True) as store:
        event = store.event(event_key)
        if event is None:
            raise ConfigError(
                f"no event {event_key!r}: tallywire status RACE tells a race's events with keys"
            )
        night = (store.events(event.race), store.readings(event.race), store.claims(event.race))
    found = grounds(event, *night, timedelta(minutes=around))
    for line in because(found, races[event.race]):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_data
def backup(file: Path, data: Path) -> None:
    """Copy the database to FILE while the service goes on."""
    with Store(data / DATABASE, readonly=True) as store:
        store.backup(file)
    click.echo(f"written: {file}", err=True)


if __name__ == "__main__":
    main()
