"""Inline keyboards, checked as Telegram checks them."""

from typing import Any

from tests.emulator.errors import Json, bad_request

DATA_BYTES = 64
MOST_BUTTONS = 100
_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_STYLES = {"primary", "success", "danger"}


def checked(markup: Any) -> Json | None:
    """The keyboard as it will be shown; None where there is none."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" must be an Array of Arrays')
    buttons = [_button(button) for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in _ACTIONS if name in button), None)
    if action is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if action == "callback_data" and not 1 <= len(str(button[action]).encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    if action == "url" and not str(button[action]).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button[action]}' is invalid: Wrong HTTP URL")
    return button
