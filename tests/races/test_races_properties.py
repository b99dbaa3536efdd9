"""Whatever is written into a race file, the loader answers with a race or with what is wrong."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from race_files import GOOD, KINDS, LANGUAGES, RULES

from races import RacesError, load_races

ROWS = GOOD.splitlines()
VALUES = [
    "1",
    "-1",
    "0",
    "1e400",
    "nan",
    "-inf",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    '["x",1]',
    "{a={b=[1]}}",
    "1979-05-27",
    "07:32:00",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
    "0001-01-01T00:00:00+14:00",
    "99999999999999999999",
    '"https://x.example"',
    '"//[::1"',
    '"http://[fe80::1%25eth0]/"',
    '"\\u0000"',
    '"İ"',
]
KEYS = sorted(
    {row.partition("=")[0].strip() for row in ROWS if "=" in row} | {"follows", "seats", "x", "é", '""'}
)
HEADERS = [
    "[[candidates]]",
    "[candidates]",
    "[[sources]]",
    "[sources.options]",
    "[rules]",
    "[rules.x]",
    "[[a.b]]",
    "[[rules]]",
]

new_row = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES)),
    st.sampled_from(HEADERS),
    st.text(max_size=20),
    st.just(""),
)
edits = st.lists(
    st.tuples(
        st.sampled_from(["replace", "insert", "delete", "copy", "value"]),
        st.integers(0, len(ROWS) - 1),
        new_row,
    ),
    min_size=1,
    max_size=6,
)


def _edited(changes: list[tuple[str, int, str]]) -> str:
    rows = list(ROWS)
    for what, index, row in changes:
        at = index % max(len(rows), 1)
        if what == "insert":
            rows.insert(at, row)
        elif what == "delete" and rows:
            del rows[at]
        elif what == "copy" and rows:
            rows.append(rows[at])
        elif rows:
            key = rows[at].partition("=")[0]
            rows[at] = f"{key}= {row.partition('= ')[2]}" if what == "value" and "= " in row else row
    return "\n".join(rows)


def _load(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "race.toml"
        path.write_bytes(raw)
        try:
            races = load_races(Path(folder), KINDS, RULES, LANGUAGES)
        except RacesError as error:
            rows = raw.count(b"\n") + 1
            assert error.problems
            assert all(problem.what and 1 <= (problem.line or 1) <= rows for problem in error.problems)
            assert all("\n" not in str(problem) for problem in error.problems)
        else:
            assert len(races.races) == 1


@settings(max_examples=200, deadline=None)
@given(edits)
def test_a_spoiled_file_loads_or_says_what_is_wrong(changes: list[tuple[str, int, str]]) -> None:
    _load(_edited(changes).encode("utf-8", "replace"))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(GOOD.encode())), st.binary(max_size=8), st.integers(0, 8))
def test_a_damaged_file_loads_or_says_what_is_wrong(at: int, noise: bytes, lost: int) -> None:
    raw = GOOD.encode()
    _load(raw[:at] + noise + raw[at + lost :])
