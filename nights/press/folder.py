"""A bundled night: its folder read into steps."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from nights.frontmatter import read_toml
from nights.night import Change, Night, Step
from nights.press.outlet import Outlet, load_outlet
from nights.press.pages import write
from tally.errors import SeriesError


def is_night(folder: Path) -> bool:
    """Whether a folder holds a bundled night."""
    return (folder / "night.toml").is_file()


def load_folder(folder: Path) -> Night:
    """The night in a folder. Raises SeriesError naming the file and what is wrong."""
    about = read_toml(folder / "night.toml")
    if missing := {"title", "races"} - about.keys():
        raise SeriesError(f"{folder / 'night.toml'}: {', '.join(sorted(missing))} is missing")
    words = read_toml(folder / "words.toml")
    outlets = {path.parent.name: load_outlet(path.parent, words) for path in _outlet_files(folder)}
    steps = tuple(_step(entry, outlets, folder) for entry in _entries(folder))
    if any(later.at < earlier.at for earlier, later in pairwise(steps)):
        raise SeriesError(f"{folder / 'timeline.toml'}: the steps are not in order of time")
    return Night(
        name=folder.name,
        title=about["title"],
        races=tuple(about["races"]),
        steps=steps,
        seconds=float(about.get("seconds", 55)),
        robots={outlet.host: outlet.robots for outlet in outlets.values()},
    )


def _outlet_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("outlets/*/outlet.toml"))


def _entries(folder: Path) -> list[Mapping[str, Any]]:
    entries: list[Mapping[str, Any]] = read_toml(folder / "timeline.toml").get("step", [])
    if not entries:
        raise SeriesError(f"{folder / 'timeline.toml'}: a night needs at least one [[step]]")
    return entries


def _step(entry: Mapping[str, Any], outlets: Mapping[str, Outlet], folder: Path) -> Step:
    at = entry.get("at")
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise SeriesError(f"{folder / 'timeline.toml'}: at = {at!r} is no hour with an offset")
    changes = tuple(_change(place, outlets, at, folder) for place in entry.get("show", ()))
    return Step(at, changes, float(entry.get("weight", 1.0)), entry.get("note", ""))


def _change(place: str, outlets: Mapping[str, Outlet], at: datetime, folder: Path) -> Change:
    """``place`` is the file without its ending, below outlets/: "ledger/march/04_limbo"."""
    name, _, rest = place.partition("/")
    page, _, version = rest.partition("/")
    if name not in outlets or not version:
        raise SeriesError(f"{folder / 'timeline.toml'}: {place!r} is no OUTLET/PAGE/VERSION")
    outlet = outlets[name]
    return Change(outlet.url(page), write(outlet, page, version, at), place)
