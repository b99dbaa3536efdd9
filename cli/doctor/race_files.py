"""Race files that can't be read, and races that nobody watches."""

from collections.abc import Iterator

from cli.counting import many
from cli.doctor import Finding, Patient, State
from tally.errors import ConfigError

ORDER, ONLINE = 20, False


def look(patient: Patient) -> Iterator[Finding]:
    """Everything wrong with the races, and what is left to watch."""
    try:
        races = patient.races
    except ConfigError as error:
        for problem in str(error).splitlines():
            yield Finding(State.ILL, problem, "mend the file; nothing starts before")
        return
    for warning in races.warnings:
        yield Finding(State.ODD, str(warning))
    watched = patient.watched()
    for race in watched:
        if not race.sources:
            yield Finding(State.ILL, f"{race.id} has no sources", "add a [[sources]] table to its file")
    sources = sum(len(race.sources) for race in watched)
    if watched:
        yield Finding(State.WELL, f"watched: {many(len(watched), 'race')} on {many(sources, 'source')}")
    else:
        remedy = "add a race file, or move its watch_until"
        yield Finding(State.ODD, f"all races of {patient.folder} are over", remedy)
