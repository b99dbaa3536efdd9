"""What the operator may set, in one typed place: by environment, or by a file with the same names.

::

    settings = load(os.environ)            # TALLYWIRE_CONFIG may name a file
    settings.backup_every                  # typed, for us
    settings.environ["TELEGRAM_TOKEN"]     # as text, for channels that bring settings of their own
"""

from settings.load import load
from settings.problems import SettingsError
from settings.table import Settings
from settings.values import Listen

__all__ = ["Listen", "Settings", "SettingsError", "load"]
