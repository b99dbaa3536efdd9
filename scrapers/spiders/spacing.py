"""The moments at which one host is asked, kept apart from one another."""

from bisect import bisect_left, insort


class Spacing:
    """Moments in seconds, each at least its gap from the others when it was taken."""

    def __init__(self) -> None:
        self._taken: list[float] = []

    def __len__(self) -> int:
        return len(self._taken)

    def take(self, wanted: float, gap: float) -> float:
        """Take the first moment from ``wanted`` on that is ``gap`` away from all that are taken."""
        moment = wanted
        at = bisect_left(self._taken, wanted - gap)
        while at < len(self._taken) and self._taken[at] - moment < gap:
            moment = max(moment, self._taken[at] + gap)
            at += 1
        insort(self._taken, moment)
        return moment

    def free(self, moment: float) -> None:
        """Give a moment back that was taken."""
        at = bisect_left(self._taken, moment)
        if at < len(self._taken) and self._taken[at] == moment:
            del self._taken[at]
