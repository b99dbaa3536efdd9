"""How long to wait before trying again."""

import random

_LONGEST = 60.0


def backoff(attempts: int) -> float:
    """Seconds to the next attempt: 1, 2, 4 … up to a minute, spread so that not all come at once."""
    return min(2.0 ** (min(attempts, 20) - 1), _LONGEST) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
