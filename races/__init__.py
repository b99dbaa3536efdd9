"""Races as the operator writes them: one TOML file each, and the loader that checks them all.

::

    races = load_races(Path("races"), kinds=..., rules=..., languages=...)
    races["istanbul-2019-06-23"].candidates
"""

from races.loader import Races, load_races
from races.problem import Problem, RacesError
from races.references import KindCheck
from races.renewal import Renewal, Renewed, Roster
from races.schema import schema

__all__ = [
    "KindCheck",
    "Problem",
    "Races",
    "RacesError",
    "Renewal",
    "Renewed",
    "Roster",
    "load_races",
    "schema",
]
