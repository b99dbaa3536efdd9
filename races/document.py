"""A race file as text and as TOML: what can't be read at all is told in plain words."""

import re
import tomllib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from races.lines import Lines
from races.problem import Finding

# The longest ballots known (hundreds of candidates with aliases) stay under 200 KB.
MAX_BYTES = 1_000_000
# A broken file rarely has more separate mistakes; a binary one has thousands.
_MAX_SYNTAX_ERRORS = 20
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_SIMPLE_PAIR = re.compile(r"""\s*([A-Za-z0-9_-]+)\s*=?(?!.*(?:\"{3}|'{3}|[\[{]\s*$))""")
_OPENS_ARRAY = re.compile(r"=\s*\[")
_QUOTES = "“”„‟«»‘’"


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed race file.

    ``data`` is what could be read, ``lines`` where it stands; ``findings`` are
    the syntax errors; ``unreadable`` are the keys on lines that were left out
    because of one, so that nobody calls them missing as well. ``is_text`` is
    False where there was nothing to number lines in.
    """

    data: Mapping[str, object]
    lines: Lines
    findings: tuple[Finding, ...] = ()
    unreadable: frozenset[str] = frozenset()
    is_text: bool = True


def read_text(path: Path) -> str | Finding:
    """The text of a file, or why there is none."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
            return Finding((), "this is not a file", "one race is one TOML file in this folder")
        if path.stat().st_size > MAX_BYTES:
            return Finding((), "the file is too large for a race", f"at most {MAX_BYTES:,} bytes are read")
        raw = path.read_bytes()
    except OSError as error:
        return Finding((), f"the file can't be read ({error.strerror or error})", "make it a readable file")
    return _decoded(raw)


def _decoded(raw: bytes) -> str | Finding:
    if raw.startswith(BOM_UTF8):
        right = 'save it as "UTF-8", without "BOM"'
        return Finding((), "the file starts with a byte-order mark", right, on_line=1)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in raw[:200]:
        return Finding((), "the file is not UTF-8 text (it looks like UTF-16)", "save it as UTF-8", on_line=1)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8 text"
        return Finding((), what, "save the file as UTF-8", on_line=line)


def parse(text: str) -> Document:
    """The document in a text, syntax errors included.

    After an error on a line of its own the rest is read without that line: an
    operator with three typos hears of three, not of one at each start.
    """
    lines = Lines(text)
    rows = text.replace("\r\n", "\n").split("\n")
    findings: list[Finding] = []
    left_out: set[str] = set()
    while len(findings) < _MAX_SYNTAX_ERRORS:
        try:
            data = tomllib.loads("\n".join(rows))
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            finding, row = _syntax_error(error, rows, lines)
            findings.append(finding)
            pair = _SIMPLE_PAIR.match(rows[row])
            if pair is None:
                break
            left_out.add(pair[1])
            rows[row] = ""
        else:
            return Document(data, lines, tuple(findings), frozenset(left_out))
    return Document({}, lines, tuple(findings), frozenset({"*"}))


def _syntax_error(error: Exception, rows: list[str], lines: Lines) -> tuple[Finding, int]:
    """The error as a finding, and the row (from 0) it stands on."""
    message = str(error)
    at = _AT.search(message)
    if at and at[1]:
        row, column = int(at[1]) - 1, int(at[2])
    else:
        row = max((i for i, text in enumerate(rows) if text.strip()), default=0)
        column = len(rows[row]) + 1
    if rows[row : row + 1] == [""]:  # tomllib points behind the line break
        row = max((i for i in range(row) if rows[i].strip()), default=row)
    if message.startswith("Unclosed array"):  # told where it was missed; it is wrong where it began
        row = max((i for i in range(row + 1) if _OPENS_ARRAY.search(rows[i])), default=row)
    what, right = _in_words(_AT.sub("", message), rows[row], lines.repeated.get(row + 1))
    return Finding((), f"column {column}: {what}", right, on_line=row + 1), row


def _in_words(message: str, row: str, repeated: tuple[str, int] | None) -> tuple[str, str]:
    """What a person would say to the parser's message about a row."""
    if repeated and "overwrite" in message:
        return f'"{repeated[0]}" is given twice', f"it stands on line {repeated[1]} already: keep one"
    if "twice" in message or "overwrite" in message:
        return "this table or key is given twice", "a list of tables is written [[…]], each key stands once"
    if any(quote in row for quote in _QUOTES) and "Invalid" in message:
        return "typographic quotes", 'use straight ones: "…"'
    return _WORDS.get(message) or _by_start(message)


def _by_start(message: str) -> tuple[str, str]:
    for start, words in _STARTS.items():
        if message.startswith(start):
            return words
    return f"this is not TOML ({message[0].lower()}{message[1:]})" if message else "this is not TOML", ""


_UNCLOSED = ("a text is not closed", 'end it with the same quote it began with: "…"')
_WORDS = {
    "Invalid value": ("this value is not understood", 'write text in quotes: "…", dates as 2019-06-23'),
    "Invalid statement": ("this line is not understood", "write key = value, or [table]; keys are plain a–z"),
    "Invalid date or datetime": (
        "there is no such date or hour",
        "write it as 2019-06-23 or 2019-06-23T17:00:00",
    ),
    "Unterminated string": _UNCLOSED,
    'Expected "\'"': _UNCLOSED,
    "Expected '=' after a key in a key/value pair": ('there is no "=" after the key', "write key = value"),
    "Unescaped '\\' in a string": ("a lone backslash in a text", r"write it twice: \\"),
    "Unclosed inline table": ('"{" is not closed on its line', "close it with }"),
    "Unclosed array": ('"[" is not closed', "close it with ]"),
    "Expected newline or end of document after a statement": (
        "something follows the value",
        "one key = value a line; text stands in quotes, dates as 2019-06-23, hours as 2019-06-23T17:00:00",
    ),
}
_STARTS = {
    "Illegal character '\\n'": _UNCLOSED,
    "Illegal character": ("a character that may not stand here", "remove it"),
    "Expected ']": ("a table's name is not closed", "write [table], or [[list]] for one of several"),
    "maximum recursion depth": ("tables or lists are nested too deeply", "a race file needs three levels"),
    "Cannot mutate immutable": ("this table was closed before", "write all its keys in one place"),
}
