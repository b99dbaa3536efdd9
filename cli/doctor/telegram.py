"""The token: whether Telegram knows it, and whether somebody else takes the bot's updates."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from cli.doctor import Finding, Patient, State
from settings.secrets import redact

ORDER, ONLINE = 50, True

_PUBLIC = "https://api.telegram.org"
_TIMEOUT = aiohttp.ClientTimeout(total=15)


def look(patient: Patient) -> Iterator[Finding]:
    """What getMe and getWebhookInfo say."""
    token = patient.settings.telegram_token
    if not token:
        yield Finding(
            State.ODD, "no TELEGRAM_TOKEN: alerts are shown in the console only", "ask @BotFather for one"
        )
        return
    base = (patient.settings.telegram_api_url or _PUBLIC).rstrip("/").removesuffix("/bot")
    try:
        me, hook = asyncio.run(_ask(f"{base}/bot{token}", patient))
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        says = f"Telegram can't be reached: {redact(str(error)).replace(token, '…') or type(error).__name__}"
        yield Finding(State.ILL, says, "look at the network, a proxy, or TELEGRAM_API_URL")
        return
    if not me.get("ok"):
        says = f"Telegram does not know the token ({me.get('description', 'no reason given')})"
        yield Finding(State.ILL, says, "compare TELEGRAM_TOKEN with what @BotFather gave")
        return
    yield Finding(State.WELL, f"the bot is @{me['result'].get('username', '?')}")
    url = (hook.get("result") or {}).get("url")
    if url and not patient.settings.webhook_url:
        remedy = (
            "stop the other service, or give this one a bot of its own; the next start takes the updates over"
        )
        yield Finding(State.ODD, "another program has Telegram bring it the bot's updates", remedy)


async def _ask(address: str, patient: Patient) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        answers = []
        for method in ("getMe", "getWebhookInfo"):
            async with session.get(f"{address}/{method}") as answer:
                answers.append(await answer.json(content_type=None))
                stamp = answer.headers.get("Date")
                if stamp:
                    patient.hours.append((datetime.now(UTC), parsedate_to_datetime(stamp)))
        if not all(isinstance(answer, dict) for answer in answers):
            raise ValueError("its answer is no Bot API's")
        return answers[0], answers[1]
