"""The machine's clock, against the hours that servers give. Comes last: others ask them."""

from collections.abc import Iterator
from statistics import median

from cli.doctor import Finding, Patient, State

ORDER, ONLINE = 90, True

_ODD, _ILL = 5.0, 60.0


def look(patient: Patient) -> Iterator[Finding]:
    """The middle of all differences: one server's clock may be wrong, most are not."""
    if not patient.hours:
        yield Finding(State.ODD, "no server told the hour, so that the clock could not be compared")
        return
    off = median((ours - theirs).total_seconds() for ours, theirs in patient.hours)
    if abs(off) < _ODD:
        yield Finding(State.WELL, f"the clock is right, to {max(abs(off), 1):.0f} s")
        return
    way = "fast" if off > 0 else "slow"
    state = State.ILL if abs(off) >= _ILL else State.ODD
    yield Finding(
        state, f"the clock is {abs(off):.0f} s {way}", "have the system keep time (timedatectl set-ntp true)"
    )
