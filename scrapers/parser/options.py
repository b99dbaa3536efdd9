"""Options of page kinds: what they are called, what they mean, and whether they are right."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jmespath
from jmespath.exceptions import JMESPathError
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from tally.race import Race

# A check returns what is wrong with a value, or None.
Check = Callable[[object, Race], str | None]


@dataclass(frozen=True, slots=True)
class Option:
    """One option: what it means, and the check of its value."""

    meaning: str
    check: Check


def checker(options: Mapping[str, Option]) -> Callable[[Mapping[str, object], Race], list[str]]:
    """The ``check_options`` of a kind with these options."""

    def check_options(given: Mapping[str, object], race: Race) -> list[str]:
        errors = []
        for name, value in given.items():
            option = options.get(name)
            wrong = _unknown(name, options) if option is None else option.check(value, race)
            if wrong:
                errors.append(wrong if option is None else f"option {name}: {wrong}")
        return errors

    return check_options


def _unknown(name: str, options: Mapping[str, Option]) -> str:
    near = difflib.get_close_matches(name, options, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(options) or 'none'}"
    return f"there is no option {name!r}; {hint}"


def a_text(value: object, race: Race) -> str | None:
    """A string that is not empty."""
    return None if isinstance(value, str) and value.strip() else f"a text was expected, not {value!r}"


def a_number(value: object, race: Race) -> str | None:
    """A number above zero."""
    sound = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return None if sound else f"a number above 0 was expected, not {value!r}"


def a_flag(value: object, race: Race) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else f"true or false was expected, not {value!r}"


def texts(value: object, race: Race) -> str | None:
    """A text, or a list of texts."""
    items = value if isinstance(value, list | tuple) else [value]
    sound = bool(items) and all(isinstance(item, str) and item.strip() for item in items)
    return None if sound else f"a text or a list of texts was expected, not {value!r}"


def a_path(value: object, race: Race) -> str | None:
    """A JMESPath expression that compiles."""
    if not isinstance(value, str) or not value.strip():
        return f"a JMESPath was expected, not {value!r}"
    try:
        jmespath.compile(value)
    except (JMESPathError, RecursionError) as error:
        return f"{value!r} is no JMESPath: {str(error).splitlines()[0]}"
    return None


def a_selector(value: object, race: Race) -> str | None:
    """A CSS selector that compiles."""
    if not isinstance(value, str) or not value.strip():
        return f"a CSS selector was expected, not {value!r}"
    try:
        LexborHTMLParser("<p>").css(value)
    except (SelectolaxError, ValueError):
        return f"{value!r} is no CSS selector"
    return None


def candidate_map(value: object, race: Race) -> str | None:
    """A table of the page's names or ids on the left and the race's candidate ids on the right."""
    if not isinstance(value, Mapping):
        return f"a table such as {{ 'id on the page' = 'candidate id' }} was expected, not {value!r}"
    known = [candidate.id for candidate in race.candidates]
    strange = [str(target) for target in value.values() if target not in known]
    if strange:
        return f"{', '.join(strange)} is no candidate of this race; there are: {', '.join(known)}"
    return None


def one_of(*words: str) -> Check:
    """One of a few words."""

    def check(value: object, race: Race) -> str | None:
        return None if value in words else f"one of {', '.join(words)} was expected, not {value!r}"

    return check


def a_table_of(*words: str) -> Check:
    """A table of the page's words on the left and one of a few words on the right."""

    def check(value: object, race: Race) -> str | None:
        if not isinstance(value, Mapping):
            return f"a table was expected, not {value!r}"
        strange = [str(target) for target in value.values() if target not in words]
        return f"{', '.join(strange)} is none of {', '.join(words)}" if strange else None

    return check


CONTEST = Option("id or title of the contest on a page with many", a_text)
UNIT = Option("reporting unit to read (a state, a county); the widest where it is not given", a_text)
CANDIDATES = Option("the page's candidate ids or names, each with the id of ours", candidate_map)
SELECTOR = Option("CSS selector of the part of the page to read", a_selector)
# Options that every kind with contests has.
OF_CONTESTS = {
    "contest": CONTEST,
    "unit": UNIT,
    "candidates": CANDIDATES,
    "add_lines": Option("add up the lines of one candidate (who stands for several parties)", a_flag),
}


def text_option(options: Mapping[str, object], name: str) -> str | None:
    """An option's text, or None."""
    value = options.get(name)
    return value if isinstance(value, str) and value.strip() else None


def text_options(options: Mapping[str, object], name: str) -> tuple[str, ...]:
    """An option's texts, be it one or a list."""
    value = options.get(name)
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(item for item in items if isinstance(item, str) and item)
