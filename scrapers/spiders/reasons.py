"""Why a page was not had, in words that an operator can act on."""

import errno
import re
import ssl
from http import HTTPStatus

from aiohttp import (
    ClientConnectorCertificateError,
    ClientHttpProxyError,
    ClientProxyConnectionError,
    ClientResponseError,
    ClientSSLError,
    ServerDisconnectedError,
)
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from scrapers.spiders.errors import BrokenBody
from tally.capture import Outcome
from tally.errors import FetchError

_LONGEST = 160
_ADDRESS = re.compile(r"\w+://\S+")


def plainly(error: BaseException) -> str:
    """One short sentence on what went wrong, without the address of the page (it may hold a secret)."""
    for cause in _chain(error):
        if isinstance(cause, ClientProxyConnectionError):
            return "its proxy could not be reached"
    for cause in _chain(error):
        words = _words(cause)
        if words:
            return words
    return f"{type(error).__name__}: {_ADDRESS.sub('…', str(error))}"[:_LONGEST]


def outcome_of(error: BaseException) -> Outcome:
    """FAILED, or UNREADABLE where the server did answer but with something that can't be taken."""
    from_server = any(isinstance(cause, DownloadCancelledError | BrokenBody) for cause in _chain(error))
    return Outcome.UNREADABLE if from_server else Outcome.FAILED


def status_in_words(status: int) -> str:
    """Say it as in "HTTP 503 Service Unavailable"."""
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what caused it, the innermost first."""
    chain: list[BaseException] = []
    while error not in chain:
        chain.insert(0, error)
        error = error.__cause__ or error.__context__ or error
    return chain


def _words(error: BaseException) -> str | None:
    if isinstance(error, FetchError):
        return str(error)
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    if isinstance(error, IgnoreRequest) and "redirect" in str(error):
        return "it redirects too often"
    return _socket_words(error)


def _socket_words(error: BaseException) -> str | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return "no file descriptor is left on this machine (raise the limit: ulimit -n)"
    return None


# What Scrapy raises when a download comes to nothing.
DOWNLOAD_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

_WORDS: dict[type[BaseException], str] = {
    DownloadTimeoutError: "no whole answer in time",
    CannotResolveHostError: "its host name could not be resolved",
    DownloadCancelledError: "its answer is larger than what is taken",
    ResponseDataLossError: "its answer ended too early",
    UnsupportedURLSchemeError: "its address is no http or https address",
    NotSupported: "its address is no http or https address",
    ConnectionRefusedError: "the connection was refused",
    ConnectionResetError: "the connection was reset",
    ClientConnectorCertificateError: "its certificate is not valid",
    ClientSSLError: "no secure connection could be made",
    ServerDisconnectedError: "the connection ended without an answer",
    ClientHttpProxyError: "its proxy would not pass the request on",
    ClientResponseError: "its answer is no proper HTTP",
    DownloadConnectionRefusedError: "no connection could be made",
    DownloadFailedError: "no answer could be had",
}
