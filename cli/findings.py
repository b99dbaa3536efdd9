"""Findings as lines for a person."""

from collections.abc import Iterable

import click

from cli.doctor import Finding, State
from settings.secrets import redact

_MARKS = {State.WELL: ("✓", "green"), State.ODD: ("!", "yellow"), State.ILL: ("✗", "red")}


def show(findings: Iterable[tuple[str, Finding]]) -> int:
    """Each as it is found, with its remedy under it; the exit code: 1 if anything is ill."""
    ill = 0
    for _, finding in findings:
        mark, colour = _MARKS[finding.state]
        click.echo(f"{click.style(mark, fg=colour)} {redact(finding.says)}")
        if finding.remedy:
            click.echo(f"  → {redact(finding.remedy)}")
        ill |= finding.state is State.ILL
    return int(ill)
