"""The forms in which a table can be had: CSV, JSON lines, and Parquet where pyarrow is installed."""

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from cli.exporting.tables import Row, Table
from tally.errors import ConfigError
from tally.wire_words import stamp

# A spreadsheet takes a cell that begins so for a formula, and the words of a page may be anybody's.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 10_000

Write = Callable[[Table, Iterator[Row], BinaryIO], None]


def as_csv(table: Table, rows: Iterator[Row], out: BinaryIO) -> None:
    """UTF-8, a header, hours in ISO 8601 with a Z."""
    columns = table.in_csv or tuple(table.columns)
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    text.flush()
    text.detach()


def as_jsonl(table: Table, rows: Iterator[Row], out: BinaryIO) -> None:
    """An object a line, in the stable forms of ``tally.wire``."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def as_parquet(table: Table, rows: Iterator[Row], out: BinaryIO) -> None:
    """Typed columns, compressed. ConfigError where pyarrow is not installed."""
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise ConfigError(
            "Parquet needs pyarrow; install it with: pip install 'tallywire[parquet]'"
        ) from error
    kinds = {
        str: arrow.string(),
        int: arrow.int64(),
        float: arrow.float64(),
        datetime: arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([(name, kinds[kind]) for name, kind in table.columns.items()])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for some in _batches(rows):
            writer.write_table(arrow.Table.from_pylist([_storable(row) for row in some], schema=schema))


FORMS: Mapping[str, Write] = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, str) and value.startswith(_FORMULAS):
        return f"'{value}"
    return value


def _storable(row: Row) -> dict[str, Any]:
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if len(some) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
