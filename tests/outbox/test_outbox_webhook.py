"""Web hooks over real HTTP: signed, guarded, and told again until somebody has them."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import pytest_asyncio
from aiohttp import web
from night_facts import NOON, RACE, event, states, tell

from bot.channels import webhook
from bot.channels.webhook import WebhookChannel, address_of, channel, key_of
from bot.configured import enlist
from bot.outbox import Outbox
from bot.outcome import Gone, NotSent, Outcome, Rejected, Sent
from scrapers.spiders.connector import guarded_connector
from storage import Chat, Store
from tally.errors import ConfigError
from tally.wire import event_from_wire

SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two bytes or so..").decode()


@dataclass
class Receiver:
    """Somebody's server: what came, and what is answered to it, in turn."""

    url: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    hangs: bool = False

    async def take(self, request: web.Request) -> web.Response:
        self.came.append(({k.lower(): v for k, v in request.headers.items()}, await request.read()))
        if self.hangs:
            assert request.transport is not None
            request.transport.abort()
        return self.answers.pop(0) if self.answers else web.Response()


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


def made(url: str, allow: tuple[str, ...] = ("127.0.0.1",)) -> WebhookChannel:
    way = channel({webhook.URL: url, webhook.SECRET: SECRET})
    assert way is not None
    way.reach_by(lambda: guarded_connector(allow))
    return way


async def sent(way: WebhookChannel, url: str, key: str = "lead") -> Outcome:
    try:
        return await way.send(Chat(1, "webhook", address_of(url)), event(key), RACE)
    finally:
        await way.finish()


async def test_an_alert_comes_whole_and_signed_and_stale_ones_can_be_told(receiver: Receiver) -> None:
    assert isinstance(await sent(made(receiver.url), receiver.url), Sent)
    ((heads, body),) = receiver.came
    signed = f"{heads['webhook-id']}.{heads['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert heads["webhook-signature"] == f"v1,{expected}"
    assert abs(int(heads["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    said = json.loads(body)
    assert said["type"] == "lead_change"
    assert event_from_wire(said["data"]["event"]) == event("lead")
    assert said["data"]["race"] == {"id": "harbour", "title": "Harbour Town, mayor"}
    assert "Harbour Town, mayor" in said["data"]["text"]


async def test_the_same_alert_always_has_the_same_id_and_another_has_another(receiver: Receiver) -> None:
    for key in ("lead", "lead", "other"):
        await sent(made(receiver.url), receiver.url, key=key)
    first, again, other = (heads["webhook-id"] for heads, _ in receiver.came)
    assert first == again != other
    assert "." not in first


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (web.Response(status=204), Sent),
        (web.Response(status=500), NotSent),
        (web.Response(status=429), NotSent),
        (web.Response(status=410), Gone),
        (web.Response(status=400), Rejected),
        (web.Response(status=404), Rejected),
        (web.Response(status=307, headers={"Location": "/hook"}), Rejected),
    ],
)
async def test_every_answer_has_its_outcome(
    receiver: Receiver, answer: web.Response, expected: type[Outcome]
) -> None:
    receiver.answers.append(answer)
    assert isinstance(await sent(made(receiver.url), receiver.url), expected)
    assert len(receiver.came) == 1


async def test_a_server_that_asks_for_patience_is_given_it(receiver: Receiver) -> None:
    late = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    for said, least, most in (("17", 17, 17), (late, 60, 91), ("soon", None, None)):
        receiver.answers.append(web.Response(status=503, headers={"Retry-After": said}))
        outcome = await sent(made(receiver.url), receiver.url)
        assert isinstance(outcome, NotSent)
        if least is None:
            assert outcome.retry_after is None
        else:
            assert outcome.retry_after is not None
            assert least <= outcome.retry_after <= most


async def test_a_broken_connection_is_tried_again_and_says_no_address(receiver: Receiver) -> None:
    receiver.hangs = True
    secret = f"{receiver.url}?token=s3cret-of-ours"
    outcome = await sent(made(secret), secret)
    assert isinstance(outcome, NotSent)
    assert outcome.retry_after is None
    assert "s3cret" not in outcome.why
    refused = "http://127.0.0.1:9/hook"
    assert isinstance(await sent(made(refused), refused), NotSent)


async def test_an_address_inside_is_not_reached_unless_allowed(receiver: Receiver) -> None:
    """By number or by name: the guard sits at the socket."""
    for url in (receiver.url, receiver.url.replace("127.0.0.1", "localhost")):
        outcome = await sent(made(url, allow=()), url)
        assert isinstance(outcome, NotSent)
        assert "TALLYWIRE_ALLOW_HOSTS" in outcome.why
    assert receiver.came == []


async def test_without_a_way_out_nothing_is_reached(receiver: Receiver) -> None:
    way = channel({webhook.URL: receiver.url, webhook.SECRET: SECRET})
    assert way is not None
    assert isinstance(await sent(way, receiver.url), NotSent)
    assert receiver.came == []


async def test_the_outbox_tells_it_again_under_the_same_id(receiver: Receiver, store: Store) -> None:
    environ = {webhook.URL: receiver.url, webhook.SECRET: SECRET}
    enlist(store, environ)
    receiver.answers += [web.Response(status=503, headers={"Retry-After": "0"}) for _ in range(2)]
    way = made(receiver.url)
    tell(store, event("lead"), now=NOON)
    box = Outbox(store, [way], lambda _: RACE)
    running = asyncio.create_task(box.run())
    await box.drained()
    await box.stop()
    await running
    assert set(states(store).values()) == {"sent"}
    assert len(receiver.came) == 3
    assert len({heads["webhook-id"] for heads, _ in receiver.came}) == 1


def test_the_configured_follow_everything_and_the_forgotten_rest(store: Store) -> None:
    one, two = "https://one.example/hook", "https://two.example/hook?token=s3cret"
    enlist(store, {webhook.URL: f"{one} {two}"})
    assert [chat.title for chat in store.chats("webhook")] == ["one.example", "two.example"]
    assert all(store.follows(chat.id)[0].race == "*" for chat in store.chats("webhook"))
    assert "s3cret" not in str(store.chats("webhook"))
    enlist(store, {webhook.URL: one})
    assert [chat.address for chat in store.chats("webhook")] == [address_of(one)]
    enlist(store, {webhook.URL: f"{one} {two}"})
    assert len(store.chats("webhook")) == 2
    enlist(store, {})
    assert store.chats("webhook") == []


async def test_one_that_is_named_no_more_is_gone() -> None:
    url = "https://desk.example/hook"
    other = Chat(1, "webhook", address_of("https://other.example/"))
    assert isinstance(await made(url).send(other, event("lead"), RACE), Gone)


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({webhook.URL: "https://desk.example/"}, webhook.SECRET),
        ({webhook.URL: "desk.example/hook", webhook.SECRET: "s"}, "whole addresses"),
        ({webhook.URL: "https://desk.example/", webhook.SECRET: "whsec_no base64"}, "base64"),
    ],
)
def test_wrong_settings_are_told(environ: dict[str, str], word: str) -> None:
    with pytest.raises(ConfigError, match=word):
        channel(environ)


def test_a_secret_may_be_any_words() -> None:
    assert key_of("any words") == b"any words"


async def test_half_a_surrogate_pair_is_sent_all_the_same(receiver: Receiver) -> None:
    race = replace(RACE, title="Harbour \ud800 Town")
    way = made(receiver.url)
    outcome = await way.send(Chat(1, "webhook", address_of(receiver.url)), event("lead"), race)
    await way.finish()
    assert isinstance(outcome, Sent)
    assert json.loads(receiver.came[0][1])
