"""A chat's messages as HTML: bubbles, buttons in their rows, what is answered, edited, pinned, silent."""

import base64
import html
import re
from datetime import UTC, datetime

from tests.emulator.errors import Json
from tests.emulator.world import Chat, Seen, User

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": 'blockquote class="more" tabindex="0"',
    "date_time": "time",
}
_BLOCKS = re.compile(r"\n?(<(?:pre|blockquote)[^>]*>.*?</(?:pre|blockquote)>)\n?", re.DOTALL)


def title(chat: Chat) -> str:
    """What the chat is called."""
    return chat.title or (chat.person.name if chat.person else str(chat.id))


def face(chat: Chat) -> str:
    """A round picture with the first letter."""
    kind = {"private": "", "channel": " channel"}.get(chat.kind, " group")
    return f'<span class="face{kind}">{html.escape(title(chat)[:1].upper())}</span>'


def pinned(chat: Chat) -> str:
    """The bar on top that shows the message pinned last."""
    message = chat.message(chat.pinned[-1]) if chat.pinned else None
    if message is None:
        return ""
    lines = message.text.split("\n")
    return (
        f'<a class="pin" href="#m{message.id}"><b>📌 {_text(lines[0])}</b>{_text(" · ".join(lines[1:4]))}</a>'
    )


def bubble(bot: User, chat: Chat, message: Seen) -> str:
    """One message with its buttons."""
    if message.service:
        return f'<div class="service"><span>{_text(", ".join(message.service))}</span></div>'
    mine = message.by is not bot and chat.kind != "channel"
    who = "" if chat.kind in {"private", "channel"} else f'<span class="who">{_text(message.by.name)}</span>'
    parts = [who, _answered(chat, message), _media(message), marked(message), _notes(message)]
    return (
        f'<div class="said{" mine" if mine else ""}" id="m{message.id}">'
        f'<div class="bubble">{"".join(parts)}</div>{_keys(chat, message)}</div>'
    )


def marked(message: Seen) -> str:
    """The text with its entities as HTML of a page."""
    units = message.text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in message.entities:
        tag = _TAGS.get(entity["type"], "span")
        if "url" in entity:
            tag = f'a href="{html.escape(entity["url"], quote=True)}"'
        elif "unix_time" in entity:
            tag += f' datetime="{datetime.fromtimestamp(entity["unix_time"], UTC):%Y-%m-%dT%H:%MZ}"'
        opens.setdefault(entity["offset"], []).append(f"<{tag}>")
        end = entity["offset"] + entity["length"]
        closes.setdefault(end, []).insert(0, f"</{tag.partition(' ')[0]}>")
    places = sorted({0, len(units) // 2, *opens, *closes})
    out = []
    for place, after in zip(places, [*places[1:], len(units) // 2], strict=True):
        out += [*closes.get(place, []), *opens.get(place, [])]
        out.append(html.escape(units[place * 2 : after * 2].decode("utf-16-le")))
    return _BLOCKS.sub(r"\1", "".join(out))


def _answered(chat: Chat, message: Seen) -> str:
    first = chat.message(message.reply_to)
    if first is None:
        return ""
    return f'<a class="answered" href="#m{first.id}">{_text(" ".join(first.text.split())[:90])}</a>'


def _media(message: Seen) -> str:
    shown = ""
    if message.photo is not None:
        data = base64.b64encode(message.photo).decode()
        shown += f'<img class="photo" alt="" src="data:image/png;base64,{data}">'
    if message.document is not None:
        name, content = message.document
        shown += f"📎 <b>{_text(name)}</b> · {len(content):,} bytes\n"
    return shown


def _notes(message: Seen) -> str:
    hour = f"{datetime.fromtimestamp(message.at, UTC):%H:%M}"
    notes = [
        note for note in ("🔕" if message.silent else "", "edited" if message.edits else "", hour) if note
    ]
    return f'<small class="when">{" · ".join(notes)}</small>'


def _keys(chat: Chat, message: Seen) -> str:
    rows: list[list[Json]] = (message.markup or {}).get("inline_keyboard", [])
    if not rows:
        return ""
    shown = "".join("<div>" + "".join(_key(chat, message, key) for key in row) + "</div>" for row in rows)
    return f'<div class="keys">{shown}</div>'


def _key(chat: Chat, message: Seen, key: Json) -> str:
    if "url" in key:
        return f'<a href="{html.escape(key["url"], quote=True)}">{_text(key["text"])}</a>'
    data = html.escape(str(key.get("callback_data", "")), quote=True)
    return (
        f'<form method="post" action="/chat/{chat.id}/tap">'
        f'<input type="hidden" name="message" value="{message.id}">'
        f'<input type="hidden" name="data" value="{data}">'
        f'<button class="{html.escape(str(key.get("style", "")))}">{_text(key["text"])}</button></form>'
    )


def _text(text: str) -> str:
    return html.escape(text)
