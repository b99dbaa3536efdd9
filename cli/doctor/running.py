"""A service that runs and polls nothing."""

from collections.abc import Iterator

from cli.doctor import Finding, Patient, State
from scrapers.spiders.heartbeat import HEARTBEAT, seconds_since_good
from storage.lock import owner_of

ORDER, ONLINE = 45, False

_QUIET = 300.0


def look(patient: Patient) -> Iterator[Finding]:
    """The age of the last good poll, where a service runs."""
    if owner_of(patient.database) is None:
        return
    age = seconds_since_good(patient.data / HEARTBEAT, patient.clock())
    if age is None or age > _QUIET:
        says = "has polled nothing well yet" if age is None else f"last polled well {age:.0f} s ago"
        yield Finding(State.ILL, f"the running service {says}", "look at its log, and restart it")
