"""urlwatch: one process a round, threads, a database of minidb."""

from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = PACKAGE = "urlwatch"
ROUNDS_IN_ONE = False


def written(place: Path, urls: Sequence[str], sink: str) -> None:
    """Jobs, and a web hook for the changes."""
    (place / "urls.yaml").write_text("\n---\n".join(f"url: {url}" for url in urls) + "\n")
    config = f"report:\n  slack:\n    enabled: true\n    webhook_url: {sink}\n"
    (place / "config.yaml").write_text(config)


def command(place: Path, rounds: int) -> tuple[Sequence[str], Mapping[str, str]]:
    """One round."""
    files = {"urls": "urls.yaml", "config": "config.yaml", "cache": "cache.db", "hooks": "none.py"}
    arguments = (part for name, file in files.items() for part in (f"--{name}", str(place / file)))
    return ["urlwatch", *arguments], {}
