"""Labels against what was read: which fit, which were missed, which are false alarms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.model import Prose
from tally.claim import Claim
from tally.race import Race

Found = dict[str, Any]


@dataclass(slots=True)
class Pairs:
    """The outcome for one text: what fits, what was found wrongly, and what was missed."""

    hits: list[Found] = field(default_factory=list)
    false_alarms: list[Found] = field(default_factory=list)
    misses: list[Found] = field(default_factory=list)

    def by_kind(self) -> dict[str, "Pairs"]:
        """The same, apart by kind."""
        parts: dict[str, Pairs] = {}
        for name in ("hits", "false_alarms", "misses"):
            for entry in getattr(self, name):
                if entry.get("kind"):
                    getattr(parts.setdefault(entry["kind"], Pairs()), name).append(entry)
        return parts


def claim_pairs(
    labels: Sequence[Mapping[str, Any]], prose: Prose, race: Race, kinds: frozenset[str]
) -> Pairs:
    """Claims by kind and actor (and target where one is labelled).

    A claim told as history may answer a label but is no false alarm: it alerts nobody. Kinds that
    no label can name are not judged; a declaration answers a labelled call.
    """
    pairs = Pairs()
    left = list(prose.claims)
    for label in labels:
        fit = next((c for c in left if _fits(label, c, race)), None)
        if fit is None:
            pairs.misses.append(_label(label))
            continue
        pairs.hits.append(_label(label))
        left = [c for c in left if c is not fit and not _same(c, fit)]
    pairs.false_alarms = [_told(c) for c in left if c.kind.value in kinds and not c.history]
    return pairs


def _fits(label: Mapping[str, Any], claim: Claim, race: Race) -> bool:
    kind = label.get("kind")
    if claim.history and kind == "concession":
        return False
    if claim.kind.value != kind and not (kind == "called" and claim.kind.value == "declared"):
        return False
    actor = label.get("actor")
    if (kind == "concession" or actor is not None) and not _same_name(actor, claim.actor, race):
        return False
    target = label.get("target")
    return target is None or claim.target is None or _same_name(target, claim.target, race)


def _same(a: Claim, b: Claim) -> bool:
    """The same thing told twice: soft and firm, or in two posts."""
    return a.kind == b.kind and a.actor == b.actor and (a.target == b.target or not a.target or not b.target)


def _same_name(label: str | None, found: str | None, race: Race) -> bool:
    """Candidates by id; others by any word of the name ("Erdogan", "Recep Tayyip Erdoğan")."""
    if label is None or found is None:
        return label is found
    if race.candidate(found) is not None:
        return fold(label) == fold(found) or _last(label) == _last(found)
    words = {w for w in fold(label).split() if w != "the"}
    return bool(words & set(fold(found).split())) or _initials(label) == _initials(found)


def _initials(name: str) -> str:
    """First letters, so that "AP" and "the Associated Press" are one desk."""
    words = [w for w in fold(name).split() if w != "the"]
    return words[0] if len(words) == 1 else "".join(w[0] for w in words)


def _last(name: str) -> str:
    return fold(name).split()[-1] if name.split() else ""


def _label(label: Mapping[str, Any]) -> Found:
    return {"kind": label.get("kind"), "actor": label.get("actor"), "target": label.get("target")}


def _told(claim: Claim) -> Found:
    return {
        "kind": claim.kind.value,
        "actor": claim.actor,
        "target": claim.target,
        "rule": claim.evidence.rule,
    }


def reading_pairs(labels: Sequence[Mapping[str, Any]], prose: Prose, race: Race) -> Pairs:
    """Numbers by candidate, kind and value within rounding; the same number told twice counts once."""
    pairs = Pairs()
    left = _numbers(prose)
    for label in labels:
        kind, value = str(label.get("kind", "share")), float(label["value"])
        fit = next((k for k in left if _is(label, kind, value, k, race)), None)
        entry = {"kind": kind, "candidate": label.get("candidate"), "value": value}
        if fit is None:
            pairs.misses.append(entry)
        else:
            pairs.hits.append(entry)
            left.remove(fit)
    pairs.false_alarms = [{"candidate": c, "kind": k, "value": v} for c, k, v in left]
    return pairs


def _is(label: Mapping[str, Any], kind: str, value: float, found: tuple[str, str, float], race: Race) -> bool:
    near = abs(found[2] - value) <= (0.05 if kind in ("share", "lead_points") else 0.5)
    return found[1] == kind and near and _same_name(label.get("candidate"), found[0], race)


def _numbers(prose: Prose) -> list[tuple[str, str, float]]:
    found: dict[tuple[str, str, float], None] = {}
    for reading in prose.readings:
        for result in reading.results:
            for kind in ("share", "votes", "seats"):
                value = getattr(result, kind)
                if value is not None:
                    found[(result.candidate, kind, float(value))] = None
        lead = reading.lead
        if lead is not None and lead.votes is not None:
            found[(lead.candidate, "lead_votes", float(lead.votes))] = None
        if lead is not None and lead.points is not None:
            found[(lead.candidate, "lead_points", float(lead.points))] = None
    return list(found)


def counted_pairs(label: float | None, prose: Prose) -> Pairs:
    """The counted share, ±0.05; in a text with several, the label is one of them."""
    pairs = Pairs()
    found = sorted({r.counted.pct for r in prose.readings if r.counted is not None})
    fit = next((f for f in found if label is not None and abs(f - label) <= 0.05), None)
    if fit is not None:
        pairs.hits.append({"counted": label})
    elif label is not None:
        pairs.misses.append({"counted": label})
    if fit is None:
        pairs.false_alarms = [{"counted": f} for f in found]
    return pairs
