"""A real forward proxy on loopback, which counts what it was asked for."""

import asyncio
from base64 import b64encode
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """Passes on plain HTTP requests in absolute form, and tunnels; with ``login``, only for who knows it."""

    def __init__(self, login: str | None = None) -> None:
        self.asked: list[str] = []
        self.port = 0
        self._login = None if login is None else b"Basic " + b64encode(login.encode())

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if self._login is not None and self._login not in head:
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            method, url, _ = head.split(b"\r\n", 1)[0].split(b" ")
            self.asked.append(url.decode())
            if method == b"CONNECT":
                await self._tunnel(url.decode(), reader, writer)
                return
            await self._pass_on(method, url.decode(), head.split(b"\r\n", 1)[1], writer)
        except (ConnectionError, asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    async def _tunnel(self, to: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = to.rpartition(":")
        inner, outer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_flow(reader, outer), _flow(inner, writer))

    async def _pass_on(self, method: bytes, url: str, rest: bytes, writer: asyncio.StreamWriter) -> None:
        parts = urlsplit(url)
        inner, outer = await asyncio.open_connection(parts.hostname, parts.port or 80)
        outer.write(method + f" {parts.path or '/'} HTTP/1.1\r\nConnection: close\r\n".encode() + rest)
        while chunk := await inner.read(65536):
            writer.write(chunk)
        outer.close()


async def _flow(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while chunk := await source.read(65536):
        sink.write(chunk)
    sink.close()
