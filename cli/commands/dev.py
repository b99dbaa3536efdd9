"""What helps to try and to build Tallywire, and no service needs."""

import asyncio
import importlib
import os
import sys
from functools import partial
from types import ModuleType

import click

from cli import options
from cli.group import Once
from tally.errors import ConfigError

EMULATOR = "tests.emulator"


@click.group()
def command() -> None:
    """What helps to try Tallywire: a Telegram without an account."""


@command.command(cls=Once)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8081, show_default=True, help="0 takes any free one."
)
@click.option("--token", help="The bot's token to expect in the address; any other is let in as well.")
@click.option("--flood", is_flag=True, help="Hold the bot to Telegram's limits.")
def telegram(host: str, port: int, token: str | None, flood: bool) -> None:
    """A strict Telegram of our own: each chat is a page on which you write, tap and read.

    Start the service in another terminal with the two settings it prints.
    It is a part of the tests, so it is there in a clone and not in an installed package.
    """
    serve = _emulator().serve
    given = {} if token is None else {"token": token}
    try:
        asyncio.run(serve(host, port, flood=flood, say=partial(click.echo, err=True), **given))
    except KeyboardInterrupt:
        click.echo("", err=True)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise ConfigError(f"{host}:{port} can't be listened on: {why}") from error


def _emulator() -> ModuleType:
    """The emulator of the clone that this command runs from; no other ``tests`` that may lie about."""
    if not (options.HERE / "tests" / "emulator" / "standalone.py").is_file():
        raise ConfigError(
            "The emulator is a part of the tests and does not come with the installed package:"
            " run this in a clone of the source (make setup, then .venv/bin/tallywire dev telegram)."
        )
    sys.path.insert(0, str(options.HERE))
    return importlib.import_module(f"{EMULATOR}.standalone")
