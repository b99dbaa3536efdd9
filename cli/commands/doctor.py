"""Finds the usual faults by itself."""

import json
from pathlib import Path

import click

from cli import options
from cli.group import Once
from settings.secrets import redact


@click.command(cls=Once)
@click.option("--offline", is_flag=True, help="Ask neither Telegram nor the sources.")
@options.races
@options.data
@options.as_json("Print the findings as one JSON array.")
def command(offline: bool, folder: Path, data: Path, as_json: bool) -> None:
    """Look at everything that usually goes wrong, and say what to do about it. Changes nothing."""
    from cli.doctor import Patient, examine
    from cli.findings import show

    patient = Patient(folder, data, options.settings())
    findings = examine(patient, lambda check: not (offline and check.ONLINE))
    if not as_json:
        raise SystemExit(show(findings))
    told = list(findings)
    click.echo(
        json.dumps(
            [
                {"check": name, "state": f.state, "says": redact(f.says), "remedy": redact(f.remedy)}
                for name, f in told
            ]
        )
    )
    raise SystemExit(any(finding.state == "ill" for _, finding in told))
