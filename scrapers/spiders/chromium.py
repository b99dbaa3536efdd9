"""Whether there is a browser: the optional extra, and the system's Chromium."""

import shutil
from importlib.util import find_spec

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """The path of the browser, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def missing() -> str | None:
    """What has to be installed before pages can be made by a browser; None if nothing."""
    if find_spec("playwright") is None:
        return "install the extra: pip install 'tallywire[browser]'"
    if chromium() is None:
        return f"install Chromium (looked for {', '.join(_NAMES)} on the PATH)"
    return None
