"""The command line: thin. Each command is a module in ``cli/commands``."""

import logging
import sys

import click

from cli.group import Commands
from tally import __version__


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tallywire")
@click.option("-v", "--verbose", is_flag=True, help="Tell more of what is going on.")
def main(verbose: bool) -> None:
    """Watches the pages that report an election night and says who is ahead and who concedes."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")


if __name__ == "__main__":
    main()
