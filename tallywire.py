"""The command line: thin. Each command is a module in ``cli/commands``."""

from pathlib import Path

import click

from cli import options
from cli.group import Commands
from monitoring import logs
from tally import __version__


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tallywire")
@click.option("-v", "--verbose", is_flag=True, help="Tell more of what is going on.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    envvar="TALLYWIRE_CONFIG",
    show_envvar=True,
    help="A TOML file of settings, with the names of the environment.",
)
def main(verbose: bool, config: Path | None) -> None:
    """Watches the pages that report an election night and says who is ahead and who concedes."""
    options.take_settings(config)
    logs.set_up(options.settings().log, verbose=verbose)


if __name__ == "__main__":
    main()
