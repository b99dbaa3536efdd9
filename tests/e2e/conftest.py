"""The whole program as a person starts it: a process of its own, its standard output, its exit code."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = ("TELEGRAM", "TALLYWIRE")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def settings(given: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which nothing of the operator's is set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**clean, "NO_COLOR": "1", "PYTHONPATH": str(ROOT), **(given or {})}


async def started(
    *arguments: str, given: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> asyncio.subprocess.Process:
    """``tallywire ARGUMENTS`` in a process of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tallywire",
        *arguments,
        cwd=cwd,
        env=settings(given),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def tallywire(*arguments: str, given: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Done:
    """The same, until it ends."""
    process = await started(*arguments, given=given, cwd=cwd)
    out, err = await process.communicate()
    return Done(process.returncode or 0, out.decode(), err.decode())
