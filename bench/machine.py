"""What the figures were measured on."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("scrapy", "aiohttp", "apscheduler", "python-telegram-bot", "sqlite-utils", "selectolax")


def described() -> str:
    """The machine, the Python and the libraries, in two lines."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; {python}\n{libraries}"


def busy() -> str | None:
    """A warning where the machine has other things to do: the figures are then worse than they are."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return f"the machine is {load:.0%} busy with other work" if load > 0.3 else None


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
