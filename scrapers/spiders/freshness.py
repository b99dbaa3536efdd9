"""How long a server says that its answer holds (RFC 9111, as far as a private cache is concerned)."""

import re

_MAX_AGE = re.compile(rb"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)
_NEVER = re.compile(rb"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,=;])", re.I)


def seconds_fresh(cache_control: bytes | None, age: bytes | None) -> float:
    """The seconds left; 0 where the server does not say, or says that it must be asked each time.

    ``age`` is how long the answer has lain in a cache on the way. s-maxage is
    for those caches and not for us.
    """
    if not cache_control or _NEVER.search(cache_control):
        return 0.0
    found = _MAX_AGE.search(cache_control)
    if found is None:
        return 0.0
    lain = float(age[:9]) if age and age.strip().isdigit() else 0.0
    return max(float(found[1]) - lain, 0.0)
