"""The bounds of how often a source is asked: in order, and polite."""

from collections.abc import Iterator

from races.addresses import is_private
from races.draft import Draft
from races.fields import seconds, split_url
from races.problem import Finding, quoted

_USUAL = 30.0
# Quicker than that nobody's board is written, and many a site's operator takes it for an attack.
_POLITE = 5.0


def pace_findings(draft: Draft) -> Iterator[Finding]:
    """Bounds that contradict the cadence, and polls that come too thick."""
    for place, source in draft.tables("sources"):
        given = {key: seconds(source[key]) for key in ("fastest", "cadence", "slowest") if key in source}
        spans = {key: span for key, span in given.items() if span is not None and span >= 1}
        cadence = spans.get("cadence", _USUAL)
        if spans.get("fastest", cadence) > cadence:
            what = f"fastest {quoted(source['fastest'])} is longer than the cadence"
            yield Finding((*place, "fastest"), what, f"at most {cadence:g} seconds")
        if spans.get("slowest", cadence) < cadence:
            what = f"slowest {quoted(source['slowest'])} is shorter than the cadence"
            yield Finding((*place, "slowest"), what, f"at least {cadence:g} seconds")
        quick = [key for key in ("cadence", "fastest") if spans.get(key, cadence) < _POLITE]
        if quick and not _is_ours(source.get("url")):
            what = f"{quick[0]} asks more often than every {_POLITE:g} seconds"
            yield Finding((*place, quick[0]), what, "a site may shut you out for it", warning=True)


def _is_ours(url: object) -> bool:
    parts = split_url(url) if isinstance(url, str) else None
    return parts is not None and bool(parts.hostname) and is_private(parts.hostname or "")
