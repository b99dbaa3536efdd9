"""Answering one request as a real web server would: validators, compression, dates."""

import gzip
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

from aiohttp import web

from nights.night import Answer

# Some pages are never the same twice: a request's number stands in a script. Only their text tells.
REQUEST_NUMBER = b"@@request@@"
_WORTH_COMPRESSING = 500
_NOT_FOUND = b"<!doctype html><title>404</title><h1>404 Not Found</h1><hr>newsroom"


def respond(request: web.Request, answer: Answer | None, now: datetime, number: int) -> web.Response:
    """The response to ``request`` at the recorded hour ``now``; no answer is a 404.

    ``number`` counts the requests of this server.
    """
    if answer is None:
        return web.Response(status=404, body=_NOT_FOUND, headers=_headers(None, now))
    headers = _headers(answer, now)
    if answer.status == 200 and _is_unchanged(request, answer):
        headers.pop("content-type", None)
        return web.Response(status=304, headers=headers)
    body = answer.body.replace(REQUEST_NUMBER, b"%08d" % number)
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(body) > _WORTH_COMPRESSING:
        headers["content-encoding"] = "gzip"
        body = _compressed(body)
    return web.Response(status=answer.status, body=body, headers=headers)


def _headers(answer: Answer | None, now: datetime) -> dict[str, str]:
    own = dict(answer.headers) if answer is not None else {"content-type": "text/html; charset=utf-8"}
    return own | {
        "date": format_datetime(now.astimezone(UTC), usegmt=True),
        "server": "newsroom",
        "vary": "Accept-Encoding",
    }


def _is_unchanged(request: web.Request, answer: Answer) -> bool:
    """By RFC 9110: the tag decides where the client sends one, and only then the date."""
    wanted = request.headers.get("If-None-Match")
    if wanted is not None:
        return answer.headers.get("etag") in {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    since, modified = request.headers.get("If-Modified-Since"), answer.headers.get("last-modified")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=5, mtime=0)
