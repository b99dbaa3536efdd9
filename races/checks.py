"""What can be wrong between the keys of one file."""

import re
from collections.abc import Iterator

from races.access import access_findings
from races.addresses import address_findings
from races.draft import Draft
from races.duplicates import duplicate_findings
from races.methods import method_findings, sum_findings
from races.pace import pace_findings
from races.problem import Finding, closest, quoted
from races.references import Known, reference_findings
from races.times import time_findings

_BOT_TOKEN = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}")


def cross_findings(draft: Draft, known: Known) -> list[Finding]:
    """Everything wrong that no single key shows."""
    return [
        *time_findings(draft),
        *method_findings(draft),
        *sum_findings(draft),
        *duplicate_findings(draft),
        *_origins(draft),
        *_watched(draft),
        *address_findings(draft),
        *pace_findings(draft),
        *access_findings(draft, known.environ),
        *reference_findings(draft, known),
    ]


def secret_findings(text: str) -> Iterator[Finding]:
    """Bot tokens anywhere in a file, comments included: such files are shared and published."""
    for number, row in enumerate(text.split("\n"), 1):
        if _BOT_TOKEN.search(row):
            right = "put it into the environment as TELEGRAM_TOKEN, and have this one replaced"
            yield Finding((), "a bot's token stands in the file", right, on_line=number)


def _watched(draft: Draft) -> Iterator[Finding]:
    if not draft.data.get("sources") and not draft.data.get("adds_up"):
        yield Finding((), "the race has no [[sources]], so nothing is watched", warning=True)


def _origins(draft: Draft) -> Iterator[Finding]:
    """A source's origin is a table's id, or a source; anything else is a slip of the pen,
    and would make a count nobody ranks.
    """
    known = [origin_id for _, origin_id in draft.texts("origins", "id")]
    known += [name for _, name in draft.texts("sources", "name")]
    for place, source in draft.tables("sources"):
        origin = source.get("origin")
        if isinstance(origin, str) and origin not in known:
            meant = closest(origin, known)
            right = f'add an [[origins]] table with id = "{origin}"' + (
                f' – or did you mean "{meant}"?' if meant else ""
            )
            yield Finding((*place, "origin"), f"unknown origin {quoted(origin)}", right)
