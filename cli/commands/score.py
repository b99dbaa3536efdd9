"""How well the reader does."""

import json
from pathlib import Path

import click

from cli import options
from cli.group import Once
from scrapers.parser.score import load as load_items
from scrapers.parser.score import score
from scrapers.parser.show import score_lines


@click.command(cls=Once)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@options.as_json("Print the figures as one JSON object.")
def command(files: tuple[Path, ...], as_json: bool) -> None:
    """How well the reader does on labelled sentences of your own (JSON lines)."""
    figures = score([item for file in files for item in load_items(file)])
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for line in score_lines(figures):
        click.echo(line)
