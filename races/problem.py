"""What is wrong with race files: every problem with its file, its line and what would be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from races.names import is_control
from tally.errors import ConfigError

# Where something stands in a TOML document: keys, and numbers (from 0) in arrays.
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place in one document, before anybody looked up its line.

    ``warning`` marks what may be meant so: it is told and stops nothing.
    ``on_line`` is set where the line is known by other means (a syntax error).
    """

    place: Place
    what: str
    right: str = ""
    warning: bool = False
    on_line: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: in which file, on which line (from 1; None for a whole file or folder),
    what it is and what would be right.
    """

    file: Path
    line: int | None
    what: str
    right: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else f"{self.file}"
        return f"{where}: {self.what}" + (f"; {self.right}" if self.right else "")


class RacesError(ConfigError):
    """Race files can't be used. ``problems`` holds everything wrong in all of them, by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as a reader goes through them: by file, then by line, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (str(p.file), p.line or 0)))


def quoted(value: object, limit: int = 60) -> str:
    """A value as it is shown in a message: in double quotes, on one line, cut where it is long."""
    text = "".join(c if not is_control(c) else "·" for c in str(value))
    return f'"{text[: limit - 1]}…"' if len(text) > limit else f'"{text}"'


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, letter case aside, or None."""
    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold()[:200], list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def known_are(plural: str, known: Sequence[str], word: str) -> str:
    """'known kinds are article, csv – did you mean "article"?', for the end of a message."""
    listed = f"known {plural} are {', '.join(known)}" if known else f"there are no {plural} yet"
    meant = closest(word, known)
    return f'{listed} – did you mean "{meant}"?' if meant else listed
