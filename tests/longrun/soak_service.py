"""The service in a process of its own for ``tests.longrun.soak``: as ``bench.service``, and it tells more."""

import asyncio
import json
import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.arguments import arguments
from bench.child import cpu, memory, say
from bench.service import composed
from scheduler import Service
from storage import Store
from tally.capture import Outcome

_SOUND = (Outcome.READ, Outcome.NOTHING, Outcome.UNCHANGED)


def figures(service: Service, store: Store) -> dict[str, object]:
    """What is asked every few seconds."""
    stats = service.stats
    return {
        "cpu": cpu(),
        "fds": psutil.Process().num_fds(),
        "threads": psutil.Process().num_threads(),
        "tasks": len(asyncio.all_tasks()),
        "polls": stats.polls,
        "outcomes": {outcome.value: number for outcome, number in stats.outcomes.items()},
        "events": stats.events,
        "troubles": stats.troubles,
        **memory(),
    }


def sources(store: Store) -> dict[str, object]:
    """How each source does: seconds since its last poll, and whether that found it sound."""
    now = datetime.now(UTC)
    known = {"/".join(key): health for key, health in store.sources().items()}
    ages = {name: (now - h.last_poll).total_seconds() for name, h in known.items() if h.last_poll}
    unsound = {name: str(h.outcome) for name, h in known.items() if h.outcome not in _SOUND}
    return {"ages": ages, "unsound": unsound}


async def main() -> None:
    """Run until stdin closes; ``{"tell": "sources"}`` and ``{"tell": "end"}`` tell more than the figures."""
    given = arguments()
    # Every trouble is told in the log, thousands of them; faults of our own are counted.
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "soak.db") as store:
        service = composed(given, store)
        before = psutil.Process().num_fds()
        await service.start()
        say(ready=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            match json.loads(line).get("tell"):
                case "sources":
                    say(**sources(store))
                case "end":
                    await service.stop()
                    await asyncio.sleep(1)
                    counts = dict(store.counts())
                    left = [task.get_name() for task in asyncio.all_tasks()]
                    say(before=before, after=psutil.Process().num_fds(), counts=counts, left=left)
                case _:
                    say(**figures(service, store))


if __name__ == "__main__":
    asyncio.run(main())
