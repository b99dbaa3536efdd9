"""What every channel found in the folder must keep to."""

import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from bot.channels import Channel, found

# Settings with which every channel can be made; nothing is asked of any server by making one.
ENVIRON = {
    "TELEGRAM_TOKEN": "123456:" + "A" * 35,
    "TELEGRAM_API_URL": "http://127.0.0.1:9",
    "TALLYWIRE_WEBHOOK_URL": "https://desk.example/hook",
    "TALLYWIRE_WEBHOOK_SECRET": "a secret of the tests",
    "TALLYWIRE_APPRISE_URLS": "json://127.0.0.1:9/",
    "TALLYWIRE_FEED": "alerts.atom",
}


@pytest.fixture(params=sorted(found()))
def module(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    yield found()[request.param]


def test_the_folder_is_the_list() -> None:
    assert {"console", "telegram", "webhook", "apprise", "atom"} <= set(found())


def test_a_channel_is_made_from_the_environment_and_has_the_name_of_its_module(module: ModuleType) -> None:
    made = module.channel(ENVIRON)
    assert isinstance(made, Channel)
    assert made.NAME == module.NAME
    assert made.WORKERS >= 1


def test_a_channel_without_its_settings_is_none_or_needs_none(module: ModuleType) -> None:
    assert module.channel({}) is None or isinstance(module.channel({}), Channel)


def test_sending_is_a_coroutine_that_takes_what_the_outbox_gives(module: ModuleType) -> None:
    send = module.channel(ENVIRON).send
    assert inspect.iscoroutinefunction(send)
    assert list(inspect.signature(send).parameters) == ["chat", "event", "race", "edit_of", "reply_to"]


async def test_a_channel_can_be_told_how_to_connect_and_can_be_closed_unused(module: ModuleType) -> None:
    made = module.channel(ENVIRON)
    made.reach_by(lambda: None)
    await made.finish()


def test_chats_that_the_environment_names_show_no_secret(module: ModuleType) -> None:
    if hasattr(module, "addresses"):
        named = module.addresses({name: value + "?token=s3cret" for name, value in ENVIRON.items()})
        assert named
        assert "s3cret" not in str(named)
        assert module.addresses({}) == {}
