"""The group of commands: finds each when it is asked for, and tells the house's errors in a sentence."""

import importlib
import pkgutil
from typing import Any

import click

from cli import commands
from tally.errors import ConfigError, TallywireError


class Once(click.Command):
    """Refuses an option that is given twice, instead of taking the last."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        for option in given:
            if given.count(option) > 1 and not option.multiple:
                raise click.UsageError(f"{option.opts[0]} is given twice", ctx)
        return super().parse_args(ctx, args)


class Commands(click.Group):
    """The modules of ``cli.commands``, each with a ``command`` of its own name.

    A module is imported when its command is asked for: fetching and sending
    take a second to import, and ``tallywire health`` runs every half minute.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        return sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(str(error), err=True)
            raise SystemExit(2) from error
        except TallywireError as error:
            click.echo(f"tallywire: {error}", err=True)
            raise SystemExit(1) from error
