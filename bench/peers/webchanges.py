"""webchanges: urlwatch's younger sister; one process a round, a database of SQLite."""

from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = PACKAGE = "webchanges"
ROUNDS_IN_ONE = False


def written(place: Path, urls: Sequence[str], sink: str) -> None:
    """Jobs, and a web hook for the changes."""
    (place / "jobs.yaml").write_text("\n---\n".join(f"url: {url}" for url in urls) + "\n")
    config = f"report:\n  webhook:\n    enabled: true\n    webhook_url: {sink}\n"
    (place / "config.yaml").write_text(config)


def command(place: Path, rounds: int) -> tuple[Sequence[str], Mapping[str, str]]:
    """One round."""
    files = {"jobs": "jobs.yaml", "config": "config.yaml", "database": "changes.db", "hooks": "none.py"}
    arguments = (part for name, file in files.items() for part in (f"--{name}", str(place / file)))
    return ["webchanges", *arguments], {}
