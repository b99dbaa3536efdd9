"""What each method of deciding needs, and what it has no use for."""

from collections.abc import Iterator, Mapping
from typing import get_args

from races.draft import Draft
from races.models import MethodName
from races.problem import Finding, quoted

_WITH_THRESHOLD = ("majority", "referendum")
_WITH_SEATS = ("top_n", "ranked")
_WITHOUT_QUORUM = ("top_n", "ranked")


def method_findings(draft: Draft) -> Iterator[Finding]:
    """Threshold, seats, quorum and candidates that make no sense together."""
    method = draft.text("method") if "method" in draft.data else "plurality"
    if method is None or method not in get_args(
        MethodName
    ):  # told as a typo; what it would need nobody knows
        return
    if draft.number("threshold") is not None and method not in _WITH_THRESHOLD:
        right = 'leave it away, or write method = "majority"'
        yield Finding(("threshold",), f"method {quoted(method)} has no threshold", right)
    if draft.number("quorum") is not None and method in _WITHOUT_QUORUM:
        yield Finding(("quorum",), f"method {quoted(method)} has no quorum", "leave it away")
    yield from _threshold(draft, method)
    yield from _seats(draft, method)
    if method == "referendum":
        yield from _answers(draft)


def sum_findings(draft: Draft) -> Iterator[Finding]:
    """A race that adds up others needs the line, within reach, and watches nothing itself."""
    weights, majority = draft.data.get("adds_up"), draft.number("majority")
    if not weights:
        if majority is not None:
            yield Finding(
                ("majority",), '"majority" is for a race that adds up others', "add [adds_up], or remove it"
            )
        return
    if "majority" not in draft.data:
        yield Finding(("adds_up",), '"adds_up" needs "majority"', "write how many decide: majority = 270")
    if draft.data.get("sources"):
        right = "remove the [[sources]]: what counts is said of the races that it adds up"
        yield Finding(("sources",), "a race that adds up others has no pages of its own", right)
    numbers = [n for n in weights.values() if isinstance(n, int)] if isinstance(weights, Mapping) else []
    if majority is not None and majority > sum(numbers) > 0:
        what = f"majority {majority:g} is more than all of them together, {sum(numbers)}"
        yield Finding(("majority",), what, "check the weights")


def _threshold(draft: Draft, method: str) -> Iterator[Finding]:
    threshold = draft.number("threshold")
    if threshold is None or method not in _WITH_THRESHOLD:
        return
    if threshold == 100:
        yield Finding(("threshold",), "nobody passes 100 %", "write the per cent to be passed, as 50")
    elif 0 < threshold < 1:
        right = f"per cent are meant: {threshold * 100:g}"
        yield Finding(("threshold",), f"threshold {threshold} is under one per cent", right)


def _seats(draft: Draft, method: str) -> Iterator[Finding]:
    seats, standing = draft.number("seats"), len(list(draft.tables("candidates")))
    if method == "top_n" and "seats" not in draft.data:
        yield Finding(("method",), 'method "top_n" needs "seats"', "write how many go through: seats = 2")
    if seats is None:
        return
    if method not in _WITH_SEATS and seats != 1:
        right = 'write method = "top_n" where several win'
        yield Finding(("seats",), f"method {quoted(method)} has one winner, not {seats:g}", right)
    elif method in _WITH_SEATS and 2 <= standing <= seats:
        what = f"{seats:g} seats for {standing} candidates decide nothing"
        yield Finding(("seats",), what, "list all candidates, or lower it")


def _answers(draft: Draft) -> Iterator[Finding]:
    ids = [candidate_id for _, candidate_id in draft.texts("candidates", "id")]
    if sorted(ids) != ["no", "yes"] and "candidates" in draft.data:
        what = "a referendum's two candidates have the ids yes and no"
        right = 'write id = "yes" and id = "no"; the names are free ("Leave", "Remain")'
        yield Finding(("method",), what, right)
