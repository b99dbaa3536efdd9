"""What several commands take: the folders, ``--json``, and the races of a folder, checked."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from races import Races, load_races
from scrapers.spiders.chromium import missing
from settings import Settings
from settings import load as load_settings
from settings.secrets import hide
from settings.table import secrets
from tally.errors import ConfigError
from tally.race import Race
from tally.rules import all_rules

HERE = Path(__file__).parents[1]
A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
Decorator = Callable[..., Any]


def take_settings(config: Path | None) -> None:
    """Read the settings for the command that follows. Raises SettingsError."""
    made = load_settings(os.environ, config)
    hide(*(made.environ.get(name) for name in secrets()))
    click.get_current_context().find_root().obj = made


def settings() -> Settings:
    """The settings of this call."""
    made: Settings = click.get_current_context().find_root().obj
    return made


def _default_races() -> Path:
    named = settings().races
    if named is not None:
        return named
    return Path("races") if any(Path("races").glob("*.toml")) else HERE / "races"


def load(folder: Path, environ: Mapping[str, str] | None = None) -> Races:
    """All races of a folder, checked against every kind, rule and language there is.

    With ``environ``, that it has all that is needed to ask their sources is checked too, and no log shows it.
    """
    from scrapers.parser.kinds import all_kinds
    from scrapers.parser.prose.packs import packs

    checks = {kind.name: kind.check_options for kind in all_kinds()}
    languages = frozenset(packs())
    races = load_races(folder, kinds=checks, rules=rule_options(), languages=languages, environ=environ)
    names = {name for race in races.races for source in race.sources for name in source.access.names}
    if environ is not None:
        _browser_for(races)
    hide(*((environ or {}).get(name, "").strip() for name in names))
    return races


def named(races: Races, race_id: str) -> Race:
    """The race that somebody names. Raises ConfigError with those that there are."""
    race = races.get(race_id)
    if race is None:
        known = ", ".join(each.id for each in races.races)
        raise ConfigError(f"there is no race {race_id!r}; there are: {known}")
    return race


def _browser_for(races: Races) -> None:
    wanting = [f"{race.id}/{s.name}" for race in races.races for s in race.sources if s.access.browser]
    why = missing() if wanting else None
    if why is not None:
        raise ConfigError(f"{wanting[0]} has browser = true, and there is none: {why}")


def rule_options() -> dict[str, dict[str, object]]:
    """The options of every rule with their defaults."""
    return {rule.NAME: {name: default for name, (default, _) in rule.OPTIONS.items()} for rule in all_rules()}


def _folder(name: str, target: str, envvar: str, default: Callable[[], Path], what: str) -> Decorator:
    kind = click.Path(path_type=Path, file_okay=False)
    return click.option(name, target, type=kind, envvar=envvar, default=default, show_envvar=True, help=what)


races = _folder("--races", "folder", "TALLYWIRE_RACES", _default_races, "One TOML file a race.  [./races]")
data = _folder(
    "--data",
    "data",
    "TALLYWIRE_DATA",
    lambda: settings().data or Path("data"),
    "Folder of the database.  [./data]",
)


def as_json(what: str) -> Decorator:
    """``--json``: ``what`` is printed then."""
    return click.option("--json", "as_json", is_flag=True, help=what)
