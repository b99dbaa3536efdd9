"""/metrics, /healthz and /readyz, on loopback or wherever the operator says: no secret out, nothing in."""

import json
from collections.abc import Callable, Sequence

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from monitoring.condition import Check, is_well
from settings import Listen
from tally.errors import ConfigError


class Server:
    """Answers while it is open.

    ``/healthz`` says that the loop is alive (restart the process if it does not
    answer); ``/readyz`` says whether everything is well, with 503 and what is
    wrong where it is not; ``/metrics`` is for Prometheus.
    """

    def __init__(
        self, listen: Listen, registry: CollectorRegistry, checks: Callable[[], Sequence[Check]]
    ) -> None:
        self._listen = listen
        self._registry = registry
        self._checks = checks
        self._runner: web.AppRunner | None = None
        self.port = listen.port

    async def open(self) -> None:
        """Listen. Raises ConfigError where the address can't be had."""
        app = web.Application(client_max_size=1024)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._listen.host, self._listen.port).start()
        except OSError as error:
            await runner.cleanup()
            where = f"{self._listen.host}:{self._listen.port}"
            raise ConfigError(f"TALLYWIRE_LISTEN: {where}: {error.strerror}") from error
        self.port = runner.addresses[0][1]
        self._runner = runner

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _metrics(self, request: web.Request) -> web.Response:
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": kind})

    async def _alive(self, _: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _: web.Request) -> web.Response:
        found = self._checks()
        told = {check.name: {"well": check.well, "says": check.says} for check in found}
        body = json.dumps({"well": is_well(found), "checks": told}, ensure_ascii=False)
        return web.Response(
            text=body + "\n", status=200 if is_well(found) else 503, content_type="application/json"
        )
