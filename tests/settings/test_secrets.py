"""No secret is written: the ones we know, and what looks like one."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from monitoring.logs import Lines, Objects
from settings.secrets import hide, redact

TOKEN = "7654321:" + "AAb_-" * 7


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"https://desk:{TOKEN}@results.example/feed",
        f"https://results.example/feed?race=1&api_key={TOKEN}&page=2",
        f"https://results.example/feed?token={TOKEN}",
        f"https://results.example/feed?X=1&signature={TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        f"{{'Authorization': 'Basic {TOKEN}'}}",
        f"('authorization', b'{TOKEN}')",
        f"Cookie: session={TOKEN}",
        f"X-Telegram-Bot-Api-Secret-Token: {TOKEN}",
        f"x-api-key={TOKEN}",
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    secret = TOKEN.replace("7654321:", "76543:")  # not even a bot's token
    for written in (text, text.replace(TOKEN, secret)):
        if "bot" not in text or written == text:
            assert TOKEN not in redact(written)
            assert secret not in redact(written)


@pytest.mark.parametrize(
    "text",
    [
        "polled https://results.example/feed?race=keystone&page=2",
        "the key races/harbour/lead_change/2 was told",
        "23:15:07 the board has 4,157,114 votes",
        "A: 12345:67890",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


@pytest.fixture(params=[Lines("%(levelname)s %(message)s"), Objects()])
def log(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(request.param)
    logger = logging.getLogger("tests.secrets")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, written
    logger.removeHandler(handler)


def test_a_secret_is_hidden_in_message_arguments_traceback_and_extras(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    hide("correct horse battery")
    try:
        int(f"correct horse battery, {TOKEN}")
    except ValueError:
        logger.exception("could not use %s", "correct horse battery", extra={"url": f"https://x/bot{TOKEN}"})
    logger.error(f"as it is: {TOKEN}")
    assert "correct horse" not in written.getvalue()
    assert TOKEN not in written.getvalue()
    assert "ValueError" in written.getvalue()


def test_objects_are_json_one_a_line_with_what_was_given() -> None:
    record = logging.makeLogRecord(
        {"name": "x", "levelname": "WARNING", "msg": "two\nlines “é”", "race": "a"}
    )
    record.polls = 3
    told = json.loads(Objects().format(record))
    assert (told["level"], told["logger"], told["message"]) == ("warning", "x", "two\nlines “é”")
    assert (told["race"], told["polls"]) == ("a", 3)
    assert "\n" not in Objects().format(record)


def test_short_words_are_not_taken_for_secrets_to_hide() -> None:
    hide("a", "", None)
    assert redact("a banana") == "a banana"
