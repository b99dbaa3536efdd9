"""The events of a recorded night."""

from pathlib import Path
from typing import Any

import click

from cli import options
from cli.group import Once
from nights.report import report
from tally.race import Method


@click.command(cls=Once)
@click.argument("file", type=click.Path(path_type=Path))
@options.races
@click.option("--polls-close", help="For a series: nothing is told before (2026-06-03T03:00:00Z).")
@click.option("--method", type=click.Choice([str(m) for m in Method]), help="For a series.  [plurality]")
@click.option("--seats", type=click.IntRange(1), help="For a series of the top N.")
@click.option("--threshold", type=click.FloatRange(0, 100), help="For a majority or referendum.  [50]")
@click.option("--timezone", help="For a series: of times without a zone.  [UTC]")
@click.option("--from", "since", help="Only events from this hour on.")
@click.option("--to", "until", help="Only events up to this hour.")
@click.option("--lenient", is_flag=True, help="Read a damaged series as far as it is sound.")
@click.option("--explain", is_flag=True, help="Also what became of each reading and claim, and why.")
@click.option("--truth", type=options.A_FILE, help="Compare with this truth file.")
@click.option("--anomalies", type=options.A_FILE, help="With --truth: where the data themselves are odd.")
@options.as_json("Print the events, or the comparison, as JSON.")
def command(file: Path, folder: Path, **how: Any) -> None:
    """The events of a recorded night (a folder, a WARC file, a bundled night's name) or of a series (CSV)."""
    report(file, lambda: options.load(folder), how, click.echo, lambda note: click.echo(note, err=True))
