"""Race files that change while the service runs: taken up when they are sound, refused when they are not."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from races.loader import Races, race_files
from races.problem import RacesError
from tally.race import Race

_log = logging.getLogger(__name__)

# Of a broken folder so many problems are told; the log has them all.
_TOLD = 10

# A file by its name, the nanosecond of its last change, its size and its inode.
_State = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of changed files: ``words`` for operators, and the ``races`` (None: refused)."""

    words: str
    races: tuple[Race, ...] | None = None


class Roster:
    """The races in force, by id: one dict that is shared by all who look races up. These never change."""

    def __init__(self, races: Iterable[Race]) -> None:
        self.in_force = {race.id: race for race in races}

    def look(self) -> Renewed | None:
        """What is new since the last look; may take a moment, and is called in a thread."""
        return None

    def take_up(self, races: Iterable[Race]) -> None:
        """From now on these are in force, for all who hold the dict."""
        now = {race.id: race for race in races}
        self.in_force.clear()
        self.in_force.update(now)


class Renewal(Roster):
    """Races of a folder that is looked at again and again; ``load`` reads and checks it."""

    def __init__(self, folder: Path, load: Callable[[Path], Races], races: Iterable[Race]) -> None:
        super().__init__(races)
        self._folder, self._load = folder, load
        self._known = self._seen = self._state()

    def look(self) -> Renewed | None:
        """What is new since the last look; None where nothing is, or where somebody still writes.

        Files are only read when two looks found them the same: an editor
        writes in several steps, and half a file is a broken one.
        """
        state = self._state()
        settled, self._seen = state == self._seen, state
        if not settled or state == self._known:
            return None
        self._known = state
        try:
            races = self._load(self._folder).races
        except RacesError as error:
            return Renewed(_refused(error))
        except Exception as error:  # time must go on passing for the races that are in force
            _log.exception("the race files could not be read anew")
            return Renewed(f"The changed race files could not be read ({error}); the old ones stay in force.")
        words = self._difference(races)
        return Renewed(words, races) if words else None

    def _difference(self, races: tuple[Race, ...]) -> str:
        """What changed, in words; empty where only comments or blanks did."""
        now = {race.id: race for race in races}
        added = sorted(now.keys() - self.in_force.keys())
        gone = sorted(self.in_force.keys() - now.keys())
        changed = sorted(i for i, race in now.items() if i in self.in_force and race != self.in_force[i])
        parts = (("new", added), ("changed", changed), ("no longer watched", gone))
        said = [f"{what}: {', '.join(ids)}" for what, ids in parts if ids]
        return f"The race files were taken up; {'; '.join(said)}." if said else ""

    def _state(self) -> _State:
        """How the folder looks. A file that can't be looked at is left to the loader to complain of."""
        found = []
        try:
            for path in race_files(self._folder):
                stat = path.stat()
                found.append((path.name, stat.st_mtime_ns, stat.st_size, stat.st_ino))
        except (RacesError, OSError) as error:
            found.append((str(error), 0, 0, 0))
        return tuple(found)


def _refused(error: RacesError) -> str:
    problems = [str(problem) for problem in error.problems]
    more = [f"and {len(problems) - _TOLD} more"] if len(problems) > _TOLD else []
    head = "The changed race files were refused; what was there before stays in force."
    return "\n".join([head, *problems[:_TOLD], *more])
