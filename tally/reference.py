"""The rules of news and of belief as Markdown, for docs/rules.md: what the modules say of themselves."""

from collections.abc import Iterator

from tally.accept.complaint import PATIENCE, Patience
from tally.rules import Rule, all_rules
from tally.standing import Doubt


def rules_reference() -> str:
    """Every rule by name: what it tells, why, the case that taught it, its events, its options."""
    parts = (_rule(rule) for rule in sorted(all_rules(), key=lambda rule: rule.NAME))
    return "\n\n".join("\n".join(lines) for lines in parts)


def acceptance_table() -> str:
    """Every doubt, one a row: the reason, what ends it, and whether the operator hears of it."""
    rows = ["| doubt | reason | believed after all | told to operators |", "|---|---|---|---|"]
    rows += [
        f"| `{doubt.value}` | {patience.why} | {confirmed_by(doubt)} | {'yes' if patience.told else ''} |"
        for doubt, patience in PATIENCE.items()
    ]
    return "\n".join(rows)


def confirmed_by(doubt: Doubt) -> str:
    """What ends a doubt by itself, in words; an operator may always."""
    if doubt is Doubt.EMBARGO:
        return "when the embargo lifts"
    return "; ".join(_confirmations(PATIENCE[doubt])) or "never by itself"


def _confirmations(patience: Patience) -> Iterator[str]:
    if patience.polls:
        over = f" over {_minutes(patience.seconds)}" if patience.seconds else ""
        yield f"in {patience.polls} polls{over}"
    if patience.moves is not None:
        after = f" after {_minutes(patience.moves)}" if patience.moves else ""
        yield f"a later state goes on from it{after}"
    if patience.stands is not None:
        yield f"it stands for {_minutes(patience.stands)}"
    if patience.others:
        yield "another origin has the same"


def _minutes(seconds: float) -> str:
    return f"{seconds / 60.0:g} minutes"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.NAME}"
    yield ""
    yield _first_sentence(rule)
    yield ""
    yield f"- Why: {rule.WHY}"
    yield f"- Case: {rule.CASE}"
    kinds = ", ".join(f"`{kind.value}`" for kind in sorted(rule.KINDS))
    yield f"- Makes: {kinds}; {_levels(rule)}"
    if rule.OPTIONS:
        yield ""
        yield "| option | default | meaning |"
        yield "|---|---|---|"
        for name, (default, meaning) in rule.OPTIONS.items():
            yield f"| `{name}` | `{_toml(default)}` | {meaning} |"


def _first_sentence(rule: Rule) -> str:
    return (rule.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")


def _levels(rule: Rule) -> str:
    return ", ".join(
        f"{level.value}" if when == "always" else f"{level.value} ({when})"
        for level, when in rule.LEVELS.items()
    )


def _toml(value: float | tuple[float, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(f'{item:g}' for item in value)}]"
    return f"{value:g}"
