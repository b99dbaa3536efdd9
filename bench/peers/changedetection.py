"""changedetection.io: a server with a web page; in its batch mode it makes rounds and ends."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = PACKAGE = "changedetection.io"
ROUNDS_IN_ONE = True


def written(place: Path, urls: Sequence[str], sink: str) -> None:
    """The addresses are given at its first start, and for the first of them where to tell (by Apprise)."""
    told = json.dumps({"notification_urls": [sink.replace("http://", "json://")]})
    watched = [part for url in urls for part in ("-u", url)]
    (place / "first.json").write_text(json.dumps([*watched, "-u0", told]))


def command(place: Path, rounds: int) -> tuple[Sequence[str], Mapping[str, str]]:
    """So many rounds of all pages."""
    about = ["-d", str(place / "data"), "-C", "-b", "-l", "CRITICAL", "-p", "0"]
    added = [] if (place / "data").exists() else json.loads((place / "first.json").read_text())
    environ = {"DISABLE_VERSION_CHECK": "true", "ALLOW_IANA_RESTRICTED_ADDRESSES": "true"}
    return ["changedetection.io", *about, *added, "-r", "all", str(rounds)], environ
