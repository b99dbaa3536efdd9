"""What holds for every command there is."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from tallywire import main

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_what_each_option_is_for(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert isinstance(command, click.Command)
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert f"{name} " in shown.stdout


def test_an_unknown_command_is_refused_as_a_wrong_argument() -> None:
    done = CliRunner().invoke(main, ["reherse"])
    assert done.exit_code == 2
    assert "reherse" in done.output


def test_no_command_fetches_or_sends_by_being_listed() -> None:
    """Scrapy and the bot cost a second: --help and a health check do without."""
    code = (
        "import sys, click; from tallywire import main\n"
        "for name in main.list_commands(None): main.get_command(None, name)\n"
        "print([name for name in ('scrapy', 'telegram', 'matplotlib', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
