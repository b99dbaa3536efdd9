"""What docs/races.md says is what the loader does."""

import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from race_files import GOOD, KINDS, RULES, real_kinds, real_rules

import races
from races import RacesError, load_races
from races.models import TABLES, MethodName, RaceFile, RaceTable
from races.reference import keys_table

DOC = (Path(__file__).parents[2] / "docs" / "races.md").read_text(encoding="utf-8")


def _example() -> str:
    return next(block for block in re.findall(r"```toml\n(.*?)```", DOC, re.S) if "[[candidates]]" in block)


def test_the_example_loads_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "fairview-2031.toml").write_text(_example(), encoding="utf-8")
    loaded = load_races(tmp_path, real_kinds(), real_rules())
    assert loaded.warnings == ()
    assert [candidate.id for candidate in loaded["fairview-2031"].candidates] == ["doe", "roe"]


def test_the_messages_shown_are_those_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled = _example().replace("date = 2031-05-04", 'date = "2031-05-04"').replace('"article"', '"artcle"')
    monkeypatch.chdir(tmp_path)
    Path("races").mkdir()
    Path("races/fairview-2031.toml").write_text(spoiled, encoding="utf-8")
    with pytest.raises(RacesError) as error:
        load_races(Path("races"), KINDS, RULES)
    shown = [line for line in DOC.splitlines() if line.startswith("races/fairview-2031.toml:")]
    assert str(error.value).splitlines() == shown


def test_the_table_of_keys_is_that_of_the_models() -> None:
    assert keys_table() in DOC


def test_every_method_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| [^|]+\|[^|]+\|[^|]+\|[^|]+\|$", DOC, re.M)) >= set(
        get_args(MethodName)
    )


@pytest.mark.parametrize("model", [RaceTable, *TABLES.values()], ids=lambda model: model.__name__)
def test_every_key_has_a_meaning_and_an_example_that_is_right(model: type[RaceTable]) -> None:
    for key, field in model.model_fields.items():
        assert field.description, key
        assert field.examples, key
        model.__pydantic_validator__.validate_assignment(model.model_construct(), key, field.examples[0])


def test_the_schema_is_json_and_knows_every_key() -> None:
    made = json.loads(json.dumps(races.schema(), default=str))
    assert set(made["properties"]) == set(RaceFile.model_fields)
    for table, model in TABLES.items():
        name = made["properties"][table]["items"]["$ref"].rpartition("/")[2]
        assert set(made["$defs"][name]["properties"]) == set(model.model_fields)
        assert made["$defs"][name]["additionalProperties"] is False


def test_the_schema_is_serialisable_as_it_stands() -> None:
    json.dumps(races.schema(kinds=["article"], rules=RULES, languages=["en"]))


def test_the_schema_offers_rules_with_their_options() -> None:
    rules = races.schema(rules=RULES)["properties"]["rules"]
    assert rules["properties"]["stale"]["properties"]["minutes"] == {"type": "number", "default": 30}


def test_the_schema_offers_kinds_and_languages() -> None:
    properties = races.schema(kinds=["csv", "article"], languages=["tr"])["$defs"]["SourceTable"][
        "properties"
    ]
    assert properties["kind"]["enum"] == ["article", "csv"]
    assert {"enum": ["tr"]} in properties["language"]["anyOf"]


@pytest.mark.parametrize("text", [GOOD, _example()], ids=["test file", "documented example"])
def test_the_schemas_patterns_fit_good_files(text: str) -> None:
    made = races.schema()
    data = json.loads(json.dumps(tomllib.loads(text), default=lambda value: value.isoformat()))
    for key, rule in made["properties"].items():
        for pattern in (r["pattern"] for r in [rule, *rule.get("anyOf", [])] if "pattern" in r):
            assert key not in data or re.search(pattern, data[key]), key
