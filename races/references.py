"""What a race file names that lives elsewhere: page kinds, languages, alert rules, and their options."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from races.build import provisional_race
from races.draft import Draft
from races.problem import Finding, Place, known_are, quoted
from races.wording import as_toml
from tally.errors import ConfigError
from tally.race import Race

# A page kind's check of a source's [sources.options]: complaints, one a sentence.
KindCheck = Callable[[Mapping[str, object], Race], list[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """The names that race files may use; None where the caller does not say, and then nothing is checked."""

    kinds: Mapping[str, KindCheck | None] | None = None
    rules: Mapping[str, Mapping[str, object]] | None = None
    languages: Collection[str] | None = None
    environ: Mapping[str, str] | None = None


def reference_findings(draft: Draft, known: Known) -> Iterator[Finding]:
    """Unknown kinds, languages and rules, and options that they do not take."""
    if known.kinds is not None:
        yield from _unknown("kind", draft.texts("sources", "kind"), known.kinds)
        yield from _kind_options(draft, known.kinds)
    if known.languages is not None:
        yield from _unknown("language", draft.texts("sources", "language"), known.languages)
    rules = draft.data.get("rules")
    if known.rules is not None and isinstance(rules, Mapping):
        yield from _rules(rules, known.rules)


def _unknown(what: str, given: Iterator[tuple[Place, str]], known: Collection[str]) -> Iterator[Finding]:
    for place, name in given:
        if name not in known:
            yield Finding(place, f"unknown {what} {quoted(name)}", known_are(f"{what}s", sorted(known), name))


def _kind_options(draft: Draft, kinds: Mapping[str, KindCheck | None]) -> Iterator[Finding]:
    race = provisional_race(draft)
    for place, source in draft.tables("sources"):
        check = kinds.get(str(source.get("kind")))
        options = source.get("options", {})
        if check is not None and isinstance(options, Mapping):
            for complaint in _complaints(check, options, race):
                yield Finding((*place, "options", *_key_in(complaint, options)), complaint)


def _complaints(check: KindCheck, options: Mapping[str, object], race: Race) -> list[str]:
    """What a kind says of its options; one that stumbles over them has found them wrong as well."""
    try:
        return check(options, race)
    except (ConfigError, ValueError, TypeError, LookupError, AttributeError) as error:
        return [f"the options are not understood ({error})"]


def _key_in(complaint: str, options: Mapping[str, object]) -> tuple[str, ...]:
    """The option that a complaint is about, where it names it, for its line."""
    for key in sorted(options, key=len, reverse=True):
        if any(f"{quote}{key}{quote}" in complaint for quote in "\"'`") or f"option {key}:" in complaint:
            return (key,)
    return ()


def _rules(given: Mapping[str, object], known: Mapping[str, Mapping[str, object]]) -> Iterator[Finding]:
    for name, options in given.items():
        place = ("rules", name)
        if name not in known:
            yield Finding(place, f"unknown rule {quoted(name)}", known_are("rules", sorted(known), name))
        elif isinstance(options, Mapping):
            for key, value in options.items():
                yield from _rule_option((*place, key), value, known[name])


def _rule_option(place: Place, value: object, known: Mapping[str, object]) -> Iterator[Finding]:
    name, key = str(place[1]), str(place[2])
    if key not in known:
        right = known_are(f"options of {name}", sorted(known), key)
        yield Finding(place, f"unknown option {quoted(key)} of rule {name}", right)
    elif not _fits(value, known[key]):
        default = known[key]
        what = f"option {quoted(key)} of rule {name} must be {_kind_of(default)}, not {quoted(value)}"
        yield Finding(place, what, f"by default it is {as_toml(default)}")


def _fits(value: object, default: object) -> bool:
    """Whether a value has the default's type. A number may have a fraction; True and False are none."""
    if default is None:
        return True
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and isfinite(value)
    if isinstance(default, list | tuple | set | frozenset):
        like = next(iter(default), None)
        return isinstance(value, list) and all(_fits(item, like) for item in value)
    return isinstance(value, Mapping if isinstance(default, Mapping) else type(default))


def _kind_of(default: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text in quotes",
        dict: "a table",
    }
    if isinstance(default, list | tuple) and default:
        return f"a list, each {_kind_of(default[0])}"
    return names.get(type(default), "a list")
