"""From the environment and a file to settings, or to everything that is wrong with them."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from races.problem import closest
from settings.file import read_file
from settings.problems import SettingsError
from settings.table import CONFIG, Settings, from_file, names, secrets

_OURS = ("TALLYWIRE_", "TELEGRAM_")


def load(environ: Mapping[str, str], path: Path | None = None) -> Settings:
    """The settings of an environment, and under them of a file (``path``, or what TALLYWIRE_CONFIG names).

    A secret may stand in a file of its own: TELEGRAM_TOKEN_FILE names it. An
    empty value is as good as none. Raises SettingsError with every problem.
    """
    named = path or (Path(environ[CONFIG]) if environ.get(CONFIG) else None)
    where: dict[str, str] = {}
    values: dict[str, str] = {}
    problems: list[str] = []
    if named is not None:
        for entry in read_file(named):
            where[entry.name] = entry.where
            if entry.wrong:
                problems.append(f"{entry.where}: {entry.wrong}")
            else:
                values[entry.name] = entry.value
    values |= {name: value for name, value in environ.items() if value.strip()}
    where |= dict.fromkeys((name for name, value in environ.items() if value.strip()), "environment")
    problems += _read_secrets(values, where)
    try:
        made = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError([*problems, *_told(error, where)]) from None
    if problems:
        raise SettingsError(problems)
    made._environ = values
    return made


def _read_secrets(values: dict[str, str], where: Mapping[str, str]) -> list[str]:
    """Put what stands in a secret's own file in its place."""
    problems = []
    for name in secrets():
        path = values.get(from_file(name))
        if path and not values.get(name):
            try:
                values[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                problems.append(
                    f"{where[from_file(name)]}: {from_file(name)}: {path} can't be read ({error})"
                )
    return problems


def _told(error: ValidationError, where: Mapping[str, str]) -> list[str]:
    told = []
    for fault in error.errors(include_url=False, include_input=False):
        name = str(fault["loc"][0])
        shown = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
        told.append(f"{where.get(name, 'environment')}: {name}: {shown}")
    return told


def unknown(environ: Mapping[str, str]) -> list[str]:
    """What is set in the environment under our names and is no setting, each with what may be meant.

    It stops nothing: other programs may use such a name.
    """
    known = {CONFIG, *names(), *map(from_file, secrets())}
    told = []
    for name in sorted(environ):
        if name.startswith(_OURS) and name not in known:
            meant = closest(name, sorted(known))
            told.append(f"{name} is no setting" + (f' – did you mean "{meant}"?' if meant else ""))
    return told
