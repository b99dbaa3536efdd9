"""The settings as a table for people, and as they are in force."""

from collections.abc import Iterator
from datetime import timedelta

from settings.table import CONFIG, Settings, from_file, names, secrets
from settings.values import Listen


def markdown() -> Iterator[str]:
    """The table of docs/settings.md, line by line; README has some of it."""
    yield "| setting | what it is |"
    yield "|---|---|"
    for name, field in names().items():
        info = Settings.model_fields[field]
        both = f"`{name}`, `{from_file(name)}`" if name in secrets() else f"`{name}`"
        what = f"{info.description}, or a file that holds it" if name in secrets() else info.description
        default = _shown(info.default)
        yield f"| {both} | {what}" + (f" (`{default}`)" if default else "") + " |"
    yield f'| `{CONFIG}` | a TOML file with any of these names: `{next(iter(names()))} = "…"` |'


def in_force(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every setting and its value as text; of a secret only whether there is one."""
    for name, field in names().items():
        value = getattr(settings, field)
        yield name, "(set)" if name in secrets() and value else _shown(value) or "–"


def _shown(value: object) -> str:
    match value:
        case None | () | "":
            return ""
        case timedelta():
            return _duration(value)
        case Listen(host, port):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _duration(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "m")):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
