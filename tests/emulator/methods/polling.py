"""getMe, getUpdates and webhooks."""

from typing import Any

from tests.emulator.emulator import Emulator
from tests.emulator.errors import Json, bad_request
from tests.emulator.methods import method
from tests.emulator.params import Params


@method("getMe")
async def get_me(telegram: Emulator, p: Params) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**telegram.world.bot.json(), **abilities}


@method("getUpdates")
async def get_updates(telegram: Emulator, p: Params) -> list[Json]:
    telegram.updates.allow(p.json("allowed_updates"))
    return await telegram.updates.get(
        p.number("offset", 0) or 0, p.number("limit", 100) or 100, p.number("timeout", 0) or 0
    )


@method("setWebhook")
async def set_webhook(telegram: Emulator, p: Params) -> bool:
    url, secret = p.text("url"), p.text("secret_token")
    if not url:
        return _unhook(telegram, p)
    if not url.startswith("https://") and not telegram.plain_webhooks:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not (len(secret) <= 256 and secret.replace("_", "").replace("-", "").isalnum()):
        raise bad_request("secret token contains unallowed characters")
    telegram.updates.allow(p.json("allowed_updates"))
    if p.flag("drop_pending_updates"):
        telegram.updates.drop()
    telegram.hook(url, secret)
    return True


@method("deleteWebhook")
async def delete_webhook(telegram: Emulator, p: Params) -> bool:
    return _unhook(telegram, p)


@method("getWebhookInfo")
async def webhook_info(telegram: Emulator, p: Params) -> Json:
    hook: dict[str, Any] = telegram.updates.webhook or {"url": ""}
    return {
        "url": hook["url"],
        "has_custom_certificate": False,
        "pending_update_count": telegram.updates.waiting,
    }


@method("logOut")
@method("close")
async def close(telegram: Emulator, p: Params) -> bool:
    return True


def _unhook(telegram: Emulator, p: Params) -> bool:
    if p.flag("drop_pending_updates"):
        telegram.updates.drop()
    telegram.unhook()
    return True
