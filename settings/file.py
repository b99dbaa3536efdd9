"""The file of settings: TOML, one ``NAME = value`` a line, the names of the environment."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from races.document import Document, parse, read_text
from races.problem import Finding, closest
from settings.problems import SettingsError
from settings.table import CONFIG, from_file, names, secrets


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting of a file, as text. ``where`` is file and line, ``wrong`` what can't be read as text."""

    name: str
    value: str
    where: str
    wrong: str | None = None


def read_file(path: Path) -> list[Entry]:
    """The settings of a file, in its order. Raises SettingsError where it can't be read as TOML."""
    text = read_text(path)
    if isinstance(text, Finding):
        raise SettingsError([_told(path, text)])
    document = parse(text)
    if document.findings:
        raise SettingsError([_told(path, finding) for finding in document.findings])
    return list(_entries(path, document))


def _entries(path: Path, document: Document) -> Iterator[Entry]:
    known = sorted([*names(), *map(from_file, secrets())])
    for name, value in document.data.items():
        where = f"{path}:{document.lines.of((name,))}"
        if name == CONFIG:
            yield Entry(name, "", where, f"{name} names this file, and can't stand in it")
        elif name not in known:
            yield Entry(name, "", where, _unknown(name, known))
        else:
            text = _text(value)
            wrong = f"{name}: write text, a number, or a list of them" if text is None else None
            yield Entry(name, text or "", where, wrong)


def _unknown(name: str, known: list[str]) -> str:
    meant = closest(name, known)
    return f'"{name}" is no setting; ' + (
        f'did you mean "{meant}"?' if meant else "tallywire settings --table lists them"
    )


def _text(value: object) -> str | None:
    """A value as it would stand in the environment."""
    if isinstance(value, list):
        parts = [_text(part) for part in value]
        return None if None in parts else ", ".join(part for part in parts if part is not None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)


def _told(path: Path, finding: Finding) -> str:
    where = f"{path}:{finding.on_line}" if finding.on_line else str(path)
    return f"{where}: {finding.what}" + (f"; {finding.right}" if finding.right else "")
