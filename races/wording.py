"""pydantic's errors about a race file, in the words of whoever writes one."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from races.models import TABLES, RaceFile
from races.problem import Finding, Place, closest, known_are, quoted

# Keys of other programs and other Englishes, and what they are called here.
_ALSO_CALLED = {
    "color": "colour",
    "tz": "timezone",
    "time_zone": "timezone",
    "lang": "language",
    "interval": "cadence",
    "every": "cadence",
    "type": "kind",
    "link": "url",
    "day": "date",
    "closes": "polls_close",
    "poll_close": "polls_close",
    "alias": "aliases",
    "label": "name",
}
# A file of another kind altogether has thousands.
_MOST = 200
_SECRET_KEYS = ("token", "password", "secret", "api_key", "apikey", "passwd", "authorization")


def shape_findings(data: Mapping[str, object]) -> list[Finding]:
    """Everything wrong with keys, types and single values."""
    try:
        RaceFile.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        more = [Finding((), f"and {len(details) - _MOST} mistakes more")] if len(details) > _MOST else []
        return [_finding(detail) for detail in details[:_MOST]] + more
    return []


def _finding(detail: ErrorDetails) -> Finding:
    place: Place = detail["loc"]
    kind, value = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "race_file":
        return Finding(place, str(context["what"]), str(context["right"]))
    if kind == "missing":
        return _missing(place)
    if kind == "extra_forbidden":
        return _unknown_key(place)
    if kind == "literal_error":
        return _not_one_of(place, value)
    if kind == "too_short":
        return Finding(place, "a race needs at least two candidates", "add a [[candidates]] table for each")
    right = _without_quotes(place, value) if "date" in kind else _example(place)
    return Finding(place, f"{_name(place)} {_must(kind, context)}, not {_shown(value)}", right)


def _missing(place: Place) -> Finding:
    key = str(place[-1])
    if key in TABLES:
        right = "a race needs at least two: write a [[candidates]] table for each"
        return Finding(place[:-1], f"there are no {key}", right)
    what = f'"{key}" is missing' + (f" in this {_one(place)}" if len(place) > 1 else "")
    return Finding(place[:-1], what, _example(place))


def _unknown_key(place: Place) -> Finding:
    key, model = str(place[-1]), _model(place[:-1])
    if key.casefold() in _SECRET_KEYS:
        return Finding(
            place, f"{quoted(key)} has no place here", "secrets never stand in a race file: remove it"
        )
    fields = list(model.model_fields)
    home = RaceFile if len(place) > 1 and key in RaceFile.model_fields else None
    if home is not None and key not in fields:
        right = "move it above the first [[table]]: what follows a header belongs to that table"
        return Finding(place, f"{quoted(key)} belongs to the race, not to a {_one(place)}", right)
    also = _ALSO_CALLED.get(key.casefold())
    if also in fields and not closest(key, fields):
        return Finding(place, f"unknown key {quoted(key)}", f'did you mean "{also}"?')
    return Finding(place, f"unknown key {quoted(key)}", known_are("keys here", fields, key))


def _not_one_of(place: Place, value: object) -> Finding:
    field = _model(place[:-1]).model_fields[str(place[-1])]
    choices = [c for c in _literals(field.annotation) if isinstance(c, str)]
    if not isinstance(value, str):
        return Finding(place, f"{_name(place)} must be text in quotes, not {_shown(value)}", _example(place))
    name = str(place[-1])
    return Finding(place, f"unknown {name} {quoted(value)}", known_are(f"{name}s", choices, value))


def _literals(annotation: object) -> list[object]:
    """The choices of a Literal, also inside ``Literal[…] | None``."""
    found: list[object] = []
    for argument in getattr(annotation, "__args__", ()):
        found += _literals(argument) if hasattr(argument, "__args__") else [argument]
    return found


def _must(kind: str, context: Mapping[str, object]) -> str:
    """What a value has to be, by pydantic's name for its not being so."""
    return {
        "string_type": "must be text in quotes",
        "string_too_long": f"must be at most {context.get('max_length')} characters",
        "list_type": "must be a list",
        "dict_type": "must be a table",
        "model_type": "must be a table",
        "date_type": "must be a date without quotes",
        "date_from_datetime_inexact": "must be a date without an hour",
        "datetime_type": "must be a date with an hour, without quotes",
        "int_type": "must be a whole number",
        "bool_type": "must be true or false",
        "float_type": "must be a number",
        "finite_number": "must be a finite number",
        "greater_than": f"must be more than {context.get('gt')}",
        "greater_than_equal": f"must be at least {context.get('ge')}",
        "less_than_equal": f"must be at most {context.get('le')}",
    }.get(kind, f"is not right ({kind.replace('_', ' ')})")


def _shown(value: object) -> str:
    """A wrong value as the file's writer knows it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case dict():
            return "a table"
        case list():
            return "a list"
        case datetime() | date() | int() | float():
            return str(value)[:40]
        case _:
            return f"a {type(value).__name__}"


def _model(place: Place) -> type[BaseModel]:
    """The model of the table at a place."""
    return TABLES.get(str(place[0]), RaceFile) if place else RaceFile


def _one(place: Place) -> str:
    return {"candidates": "candidate", "origins": "origin", "sources": "source"}.get(str(place[0]), "table")


def _name(place: Place) -> str:
    keys = [str(key) for key in place if isinstance(key, str)]
    return f'"{keys[-1]}"' if keys else "the file"


def _example(place: Place) -> str:
    """'write date = 2031-05-04', from the example in the model."""
    if len(place) == 1 and place[0] in TABLES:
        return f"write each as a table of its own: [[{place[0]}]]"
    if len(place) == 2 and place[0] in TABLES:
        return f"write each as a table of its own: [[{place[0]}]]"
    keys = [key for key in place if isinstance(key, str)]
    field = _model(place[:-1]).model_fields.get(keys[-1]) if keys else None
    if field is None or not field.examples:
        return ""
    return f"write {keys[-1]} = {as_toml(field.examples[0])}"


def _without_quotes(place: Place, value: object) -> str:
    """The same date without its quotes, where that is all that is wrong."""
    try:
        datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return _example(place)
    return f"write {place[-1]} = {value}"


def as_toml(value: object) -> str:
    """A value as it is written in TOML; for the few types that race files use."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case datetime():
            return value.isoformat()
        case date() | int() | float():
            return str(value)
        case list() | tuple():
            return "[" + ", ".join(as_toml(item) for item in value) + "]"
        case dict():
            return "{ " + ", ".join(f"{key} = {as_toml(item)}" for key, item in value.items()) + " }"
        case _:
            raise TypeError(type(value).__name__)
