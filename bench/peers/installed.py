"""Each peer in an environment of its own, from PyPI, kept under ``.bench/`` from run to run."""

import subprocess
import sys
import venv
from functools import cache

from bench.child import ROOT
from bench.peers import Peer

_FOLDER = ROOT / ".bench"


@cache
def installed(package: str) -> tuple[str | None, str]:
    """The folder of its programs and its version; (None, why) where it can't be installed."""
    place = _FOLDER / package
    python = place / "bin" / "python"
    if not (place / "installed").exists():
        print(f"installing {package} …", file=sys.stderr)
        venv.create(place, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
            return None, f"could not be installed: {why[:120]}"
        (place / "installed").touch()
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    found = subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=True)
    return str(place / "bin"), found.stdout.strip()


def described(peers: dict[str, Peer]) -> str:
    """Names and versions in a line."""
    found = {name: installed(peer.PACKAGE) for name, peer in peers.items()}
    return ", ".join(f"{name} {what}" for name, (_, what) in found.items())
