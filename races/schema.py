"""The JSON Schema of a race file, for editors that complete and check TOML by one."""

from collections.abc import Collection
from typing import Any

from races.models import RaceFile


def schema(kinds: Collection[str] | None = None, languages: Collection[str] | None = None) -> dict[str, Any]:
    """The schema as a JSON-able dict; names of page kinds and languages are offered where given."""
    made = RaceFile.model_json_schema(mode="validation")
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Tallywire race"
    source = made["$defs"]["SourceTable"]["properties"]
    if kinds is not None:
        source["kind"]["enum"] = sorted(kinds)
    if languages is not None:
        source["language"]["anyOf"] = [{"enum": sorted(languages)}, {"type": "null"}]
    return made
