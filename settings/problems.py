"""What is wrong with the settings: all of it at once, each with where it was set."""

from collections.abc import Iterable

from tally.errors import ConfigError


class SettingsError(ConfigError):
    """Settings can't be used. ``problems`` are sentences, each beginning with where it was set."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
