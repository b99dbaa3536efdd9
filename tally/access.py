"""How a source's page is asked for, where it is not simply asked for.

Secrets are not in here: a text holds ``${NAME}`` in their place, and is filled
in when a request is made.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tally.errors import FetchError

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LIKE_A_NAME = re.compile(r"\$\{|\$[A-Za-z_]")


@dataclass(frozen=True, slots=True)
class Access:
    """``headers`` go to the source's own host and nowhere else; ``cookies`` says whether what the site
    sets is kept from poll to poll; ``proxy`` is the address to go through; ``browser`` whether the page
    is made by scripts; ``pages`` how many pages of a live blog are read, and ``page`` which this is.
    """

    headers: tuple[tuple[str, str], ...] = ()
    cookies: bool = False
    proxy: str | None = None
    browser: bool = False
    pages: int = 1
    page: int = 1

    @property
    def names(self) -> frozenset[str]:
        """The names in the environment that are needed."""
        texts = [value for _, value in self.headers] + ([self.proxy] if self.proxy else [])
        return frozenset(name for text in texts for name in names_in(text))


PLAIN = Access()


def names_in(text: str) -> Iterator[str]:
    """The names that a text has in the place of secrets."""
    return (found[1] for found in _NAME.finditer(text))


def is_malformed(text: str) -> bool:
    """Whether a text has something like a name that is none: $NAME, or ${NAME without an end."""
    return _LIKE_A_NAME.search(_NAME.sub("", text)) is not None


def filled(text: str, environ: Mapping[str, str]) -> str:
    """The text with its secrets. Raises FetchError, which names what is missing and shows nothing.

    Blanks around a value are left out: a secret that is mounted as a file ends with a line break.
    """
    missing = [name for name in names_in(text) if not environ.get(name, "").strip()]
    if missing:
        raise FetchError(f"{missing[0]} is not set in the environment")
    made = _NAME.sub(lambda found: environ[found[1]].strip(), text)
    if any(ord(c) < 32 or ord(c) == 127 for c in made):
        raise FetchError(f"what {', '.join(names_in(text))} holds has a line break or a control character")
    return made
