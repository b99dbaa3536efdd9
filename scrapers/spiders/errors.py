"""What stands between us and a page. All of them are FetchErrors; the sentence is the message."""

from scrapy.exceptions import IgnoreRequest

from tally.errors import FetchError


class BrokenBody(FetchError):
    """A body that is not what its Content-Encoding says, or that ends too early."""


class NotAllowed(FetchError, IgnoreRequest):
    """The site's robots.txt forbids this page, or could not be had."""


class NoBrowser(FetchError):
    """The page is made by scripts, and there is no browser that could run them to their end."""


class ForbiddenAddress(FetchError, OSError):
    """The address is one that this program does not connect to.

    An OSError too, because aiohttp then tries the host's next address.
    """
