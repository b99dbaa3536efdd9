"""The keys of a race file as a Markdown table, for docs/races.md."""

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from races.models import TABLES, RaceTable
from races.wording import as_toml


def keys_table() -> str:
    """Every key of every table, one a row."""
    rows = ["| table | key | needed | default | example | meaning |", "|---|---|---|---|---|---|"]
    rows += _rows("", RaceTable)
    for name, model in TABLES.items():
        rows += _rows(f"`[[{name}]]`", model)
    return "\n".join(rows)


def _rows(table: str, model: type[BaseModel]) -> list[str]:
    return [
        f"| {table} | `{key}` | {'yes' if field.is_required() else ''} | {_default(field)} "
        f"| {_code(field.examples[0]) if field.examples else ''} | {field.description} |"
        for key, field in model.model_fields.items()
    ]


def _default(field: FieldInfo) -> str:
    return "" if field.is_required() or field.default in (None, [], {}) else _code(field.default)


def _code(value: object) -> str:
    return f"`{as_toml(value)}`"
