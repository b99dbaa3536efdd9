"""What can be wrong between the keys of one file."""

from collections.abc import Iterator

from races.addresses import address_findings
from races.draft import Draft
from races.duplicates import duplicate_findings
from races.methods import method_findings
from races.problem import Finding, closest, quoted
from races.references import Known, reference_findings
from races.times import time_findings


def cross_findings(draft: Draft, known: Known) -> list[Finding]:
    """Everything wrong that no single key shows."""
    return [
        *time_findings(draft),
        *method_findings(draft),
        *duplicate_findings(draft),
        *_origins(draft),
        *address_findings(draft),
        *reference_findings(draft, known),
    ]


def _origins(draft: Draft) -> Iterator[Finding]:
    """A source's origin is a table's id, or the source itself; anything else is a slip of the pen,
    and would make a count nobody ranks.
    """
    known = [origin_id for _, origin_id in draft.texts("origins", "id")]
    for place, source in draft.tables("sources"):
        origin = source.get("origin")
        if isinstance(origin, str) and origin not in (*known, source.get("name")):
            meant = closest(origin, known)
            right = f'add an [[origins]] table with id = "{origin}"' + (
                f' – or did you mean "{meant}"?' if meant else ""
            )
            yield Finding((*place, "origin"), f"unknown origin {quoted(origin)}", right)
