"""How many connections and files the process may have open at once."""

import contextlib
import sys

# Ten thousand sources and what they lead to; more than any night needs.
_ENOUGH = 65_536


def raise_limit(enough: int = _ENOUGH) -> None:
    """Take what the system allows: many begin with 1,024, and a thousand hung sources would use it up."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= enough:
        return
    wanted = enough if hard == resource.RLIM_INFINITY else min(enough, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
