"""Everything in a structured page, race or no race: every contest as it stands."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from scrapers.parser.contests import Choice, Contest
from scrapers.parser.kinds import all_kinds
from scrapers.parser.page import Unreadable
from tally.capture import Capture


def survey(capture: Capture, options: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """Every contest of a page with its title, candidates, votes, share, counted, status and calls.

    Read as the kind it looks most like; empty for a page without contests.
    """
    kinds = sorted((k for k in all_kinds() if k.has_contests), key=lambda k: -k.sniff(capture))
    for kind in kinds:
        if kind.sniff(capture) <= 0:
            break
        try:
            found = kind.contests(capture, options)
        except Unreadable:
            continue
        if found:
            return [_contest(contest, kind.name) for contest in found]
    return []


def _contest(contest: Contest, kind: str) -> dict[str, Any]:
    lead = contest.lead
    return {
        "kind": kind,
        "contest": contest.title,
        "id": contest.id,
        "unit": contest.unit,
        "where": contest.where,
        "counted": asdict(contest.counted) if contest.counted else None,
        "status": contest.status.value,
        "status_word": contest.status_word,
        "as_of": contest.stamp,
        "turnout": contest.turnout,
        "votes_cast": contest.votes_cast,
        "electorate": contest.electorate,
        "votes_left": contest.votes_left,
        "round": contest.round,
        "lead": asdict(lead) if lead else None,
        "caller": contest.caller,
        "candidates": [_choice(choice) for choice in contest.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "name": choice.name,
        "id": choice.id,
        "party": choice.party,
        "votes": choice.votes,
        "share": choice.share,
        "qualifier": choice.qualifier.value,
        "call": choice.call.value if choice.call else None,
        "mark": choice.mark or None,
    }
