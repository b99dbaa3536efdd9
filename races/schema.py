"""The JSON Schema of a race file, for editors that complete and check TOML by one."""

from collections.abc import Collection, Mapping
from typing import Any

from races.models import RaceFile

_JSON_TYPES: dict[type, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "number"},
    float: {"type": "number"},
    str: {"type": "string"},
    list: {"type": "array"},
    tuple: {"type": "array"},
}


def schema(
    kinds: Collection[str] | None = None,
    rules: Mapping[str, Mapping[str, object]] | None = None,
    languages: Collection[str] | None = None,
) -> dict[str, Any]:
    """The schema as a JSON-able dict; page kinds, alert rules and languages are offered where given."""
    made = RaceFile.model_json_schema(mode="validation")
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Tallywire race"
    source = made["$defs"]["SourceTable"]["properties"]
    if kinds is not None:
        source["kind"]["enum"] = sorted(kinds)
    if languages is not None:
        source["language"]["anyOf"] = [{"enum": sorted(languages)}, {"type": "null"}]
    if rules is not None:
        made["properties"]["rules"] |= {
            "properties": {name: _options(options) for name, options in sorted(rules.items())},
            "additionalProperties": False,
        }
    return made


def _options(options: Mapping[str, object]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            name: _JSON_TYPES.get(type(default), {}) | ({} if default is None else {"default": default})
            for name, default in sorted(options.items())
        },
        "additionalProperties": False,
    }
