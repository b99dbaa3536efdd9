"""Decompression while a body streams in.

Scrapy unpacks a body when it has all of it and takes what it can from a broken
one; half a page reads like a page on which a candidate is missing. Here a
broken or cut stream is an error, and a bomb is stopped after its first pieces.
"""

import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

from scrapers.spiders.errors import BrokenBody

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# br and zstd halve what a live blog weighs, for no more CPU than gzip takes.
ACCEPTED = "br, zstd, gzip, deflate"
_PIECE = 256 * 1024
_MOST_PARTS = 1000
# The window that a zstd body may ask us to keep in memory: 8 MiB, as RFC 9659 bounds it.
_ZSTD: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}


class Unpacker(Protocol):
    """Takes a body's chunks as they come and gives its content in small pieces."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The content that became known by this chunk, in pieces of about 256 KiB at most."""
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
        self._parts = 0

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
        self._parts = _one_more(self._parts)
        self._stream = zlib.decompressobj(self._wbits)
        return rest


class Brotli:
    """br."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._started = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The content that became known by this chunk; what follows the end of the stream is left alone."""
        self._started = self._started or bool(chunk)
        while not self._stream.is_finished():
            try:
                piece = self._stream.process(chunk, output_buffer_limit=_PIECE)
            except brotli.error as error:
                raise BrokenBody("the compressed body is broken") from error
            if piece:
                yield piece
            if self._stream.can_accept_more_data():
                return
            chunk = b""

    def finish(self) -> None:
        """Raise BrokenBody if the stream did not come to its end."""
        if self._started and not self._stream.is_finished():
            raise BrokenBody("the compressed body ends too early")


class Zstandard:
    """zstd; a body may have several frames."""

    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor(options=_ZSTD)
        self._started = False
        self._parts = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The content that became known by this chunk."""
        pending = bool(chunk)
        self._started = self._started or pending
        while pending:
            if self._stream.eof:
                self._stream = zstd.ZstdDecompressor(options=_ZSTD)
            try:
                piece = self._stream.decompress(chunk, _PIECE)
            except zstd.ZstdError as error:
                raise BrokenBody("the compressed body is broken") from error
            if piece:
                yield piece
            if self._stream.eof:
                self._parts = _one_more(self._parts)
                chunk = self._stream.unused_data
                pending = bool(chunk)
            else:
                chunk, pending = b"", not self._stream.needs_input

    def finish(self) -> None:
        """Raise BrokenBody if the last frame did not come to its end."""
        if self._started and not self._stream.eof:
            raise BrokenBody("the compressed body ends too early")


def _one_more(parts: int) -> int:
    """Count the parts of a body. Empty ones cost us time and the sender nothing."""
    if parts >= _MOST_PARTS:
        raise BrokenBody("the compressed body has too many parts")
    return parts + 1


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
    if name == "br":
        return Brotli()
    if name == "zstd":
        return Zstandard()
    raise BrokenBody(f"the body came compressed as {name[:40]}, which was not asked for")
