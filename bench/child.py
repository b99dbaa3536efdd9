"""Processes of their own: started, spoken to over stdin and stdout in lines of JSON, ended by id."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]


@contextmanager
def started(module: str, *arguments: object) -> Iterator["Child"]:
    """Start ``python -m module`` and end it at the end, whatever happens."""
    child = Child(module, arguments)
    try:
        yield child
    finally:
        child.end()


class Child:
    """One process that says in a line of JSON that it is ready, and answers each line with one."""

    def __init__(self, module: str, arguments: tuple[object, ...]) -> None:
        self._module = module
        self._process = subprocess.Popen(
            [sys.executable, *_profiled(module), "-m", module, *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ready: Mapping[str, Any] = self._line()

    def ask(self, **question: object) -> Any:
        """Send a question and wait for its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._line()

    def end(self) -> None:
        """Close its input, which ends it; kill it if it does not."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._module} ended with {self._process.wait()}")
        return json.loads(line)


def _profiled(module: str) -> list[str]:
    """``BENCH_PROFILE=bench.service:/tmp/out.prof`` says where a process spends its time."""
    wanted, _, path = os.environ.get("BENCH_PROFILE", "").partition(":")
    return ["-m", "cProfile", "-o", path] if wanted == module else []


def say(**answer: object) -> None:
    """Answer the parent."""
    print(json.dumps(answer), flush=True)


def cpu() -> float:
    """Seconds of CPU that this process has used, user and system together."""
    return time.process_time()


def memory() -> dict[str, float]:
    """Megabytes of this process: now, and at its highest."""
    high = next(
        int(line.split()[1]) / 1024
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM")
    )
    return {"rss": psutil.Process().memory_info().rss / 1e6, "peak": high * 1024 / 1000}


def monotonic() -> float:
    """Seconds on the machine's one monotonic clock, the same in all processes."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)
