"""Decompression while a body streams in.

Scrapy unpacks a body when it has all of it and takes what it can from a broken
one; half a page reads like a page on which a candidate is missing. Here a
broken or cut stream is an error, and a bomb is stopped after its first pieces.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

from scrapers.spiders.errors import BrokenBody

ACCEPTED = "gzip, deflate"
_PIECE = 256 * 1024


class Unpacker(Protocol):
    """Takes a body's chunks as they come and gives its content in small pieces."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The content that became known by this chunk, in pieces of at most 256 KiB."""
        ...

    def finish(self) -> None:
        """Raise BrokenBody if the body is not complete."""
        ...


class Plain:
    """A body that is not compressed."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The chunk as it is."""
        yield chunk

    def finish(self) -> None:
        """Its length is the transport's business."""


class Deflated:
    """gzip, or deflate with or without the zlib header (servers send both)."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits)
        self._started = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The content that became known by this chunk."""
        if not self._started and chunk:
            self._begin(chunk)
        while chunk:
            try:
                piece = self._stream.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise BrokenBody("the compressed body is broken") from error
            if piece:
                yield piece
            chunk = self._rest(piece)

    def finish(self) -> None:
        """Raise BrokenBody if the stream did not come to its end."""
        if self._started and not self._stream.eof:
            raise BrokenBody("the compressed body ends too early")

    def _begin(self, chunk: bytes) -> None:
        self._started = True
        if self._wbits == zlib.MAX_WBITS and chunk[0] & 0x0F != zlib.DEFLATED:
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)

    def _rest(self, piece: bytes) -> bytes:
        """What of the chunk is still to be unpacked; a gzip body may have several members."""
        if not self._stream.eof:
            return self._stream.unconsumed_tail
        rest = self._stream.unused_data.lstrip(b"\0")
        if not rest or self._wbits != zlib.MAX_WBITS + 16:
            return b""
        self._stream = zlib.decompressobj(self._wbits)
        return rest


def unpacker(encoding: str | None) -> Unpacker:
    """The unpacker for a Content-Encoding header.

    Raises BrokenBody for an encoding that was not asked for, and for one on top of another.
    """
    name = (encoding or "identity").strip().lower()
    if name in ("", "identity", "none"):
        return Plain()
    if name in ("gzip", "x-gzip"):
        return Deflated(zlib.MAX_WBITS + 16)
    if name == "deflate":
        return Deflated(zlib.MAX_WBITS)
    raise BrokenBody(f"the body came compressed as {name[:40]}, which was not asked for")
