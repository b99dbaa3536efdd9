"""Each chat as a person would see it, in a browser: read, write, tap."""

import html
from typing import TYPE_CHECKING

from aiohttp import web

from tests.emulator.people import Person, Room
from tests.emulator.world import Chat, Seen

if TYPE_CHECKING:
    from tests.emulator.emulator import Emulator

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_STYLE = """
body{font:15px/1.4 system-ui,sans-serif;background:#d7e3ec;margin:0;color:#111}
main{max-width:560px;margin:auto;padding:12px}
.m{background:#fff;border-radius:12px;padding:8px 12px;margin:6px 48px 6px 0;
white-space:pre-wrap;overflow-wrap:anywhere}
.me{background:#e3fdd1;margin:6px 0 6px 48px}
.m small{color:#789;display:block;text-align:right}
pre{margin:4px 0;font:13px/1.4 ui-monospace,monospace;background:#f1f4f7;
padding:6px;border-radius:6px;overflow:auto}
blockquote{margin:4px 0;border-left:3px solid #3390ec;padding-left:8px;color:#345}
form{display:inline}.k button{margin:2px;border:0;border-radius:8px;padding:6px 10px;background:#cfdfea}
.w{display:flex;gap:6px;margin-top:10px}.w input{flex:1;padding:8px;border-radius:8px;border:1px solid #abc}
@media(prefers-color-scheme:dark){body{background:#0e1621;color:#eee}.m{background:#182533}.me{background:#2b5278}
pre{background:#0e1621}.k button{background:#2b3d50;color:#eee}blockquote{color:#acd}}
"""


def routes(telegram: "Emulator") -> list[web.RouteDef]:
    """``/`` lists the chats, ``/chat/<id>`` shows one; a form writes as its person."""

    async def index(request: web.Request) -> web.Response:
        links = "".join(
            f'<p><a href="/chat/{chat.id}">{html.escape(_title(chat))}</a> · {chat.kind}</p>'
            for chat in telegram.world.chats.values()
        )
        fields = '<input name="name" value="Anna"><input name="language" value="en" size="2">'
        new = f'<form method="post" action="/people">{fields}<button>New person</button></form>'
        return _page(f"<h1>Chats</h1>{links}{new}")

    async def person(request: web.Request) -> web.Response:
        form = await request.post()
        made = telegram.person(str(form.get("name") or "Anna"), str(form.get("language") or "en"))
        raise web.HTTPSeeOther(f"/chat/{made.chat.id}")

    async def show(request: web.Request) -> web.Response:
        chat = _chat(telegram, request)
        messages = "".join(_message(telegram, chat, message) for message in chat.messages)
        write = (
            f'<form class="w" method="post" action="/chat/{chat.id}/send">'
            '<input name="text" autofocus placeholder="/start"><button>Send</button></form>'
        )
        return _page(
            f'<p><a href="/">Chats</a> · {html.escape(_title(chat))}</p>{messages}{write}', refresh=True
        )

    async def send(request: web.Request) -> web.Response:
        chat = _chat(telegram, request)
        _speaker(telegram, chat).sends(str((await request.post()).get("text", "")), to=_room(telegram, chat))
        raise web.HTTPSeeOther(f"/chat/{chat.id}")

    async def tap(request: web.Request) -> web.Response:
        chat, form = _chat(telegram, request), await request.post()
        message = chat.message(int(str(form["message"])))
        if message is not None:
            await _speaker(telegram, chat).sends_data(str(form["data"]), message)
        raise web.HTTPSeeOther(f"/chat/{chat.id}")

    return [
        web.get("/", index),
        web.post("/people", person),
        web.get(r"/chat/{id:-?\d+}", show),
        web.post(r"/chat/{id:-?\d+}/send", send),
        web.post(r"/chat/{id:-?\d+}/tap", tap),
    ]


def _page(body: str, *, refresh: bool = False) -> web.Response:
    again = '<meta http-equiv="refresh" content="5">' if refresh else ""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">{again}'
    return web.Response(
        text=f"<!doctype html>{head}<style>{_STYLE}</style><main>{body}</main>", content_type="text/html"
    )


def _message(telegram: "Emulator", chat: Chat, message: Seen) -> str:
    mine = message.by is not telegram.world.bot
    notes = [note for note in ("edited" if message.edits else "", "silent" if message.silent else "") if note]
    keys = "".join(
        f'<form method="post" action="/chat/{chat.id}/tap">'
        f'<input type="hidden" name="message" value="{message.id}">'
        f'<input type="hidden" name="data" value="{html.escape(data, quote=True)}">'
        f"<button>{html.escape(label)}</button></form>"
        for label, data in message.buttons.items()
    )
    small = f"<small>{' · '.join(notes)}</small>" if notes else ""
    keyboard = f'<div class="k">{keys}</div>' if keys else ""
    return f'<div class="m{" me" if mine else ""}">{marked(message)}{small}</div>{keyboard}'


def marked(message: Seen) -> str:
    """The text with its entities as HTML of a page."""
    units = message.text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in message.entities:
        tag = _TAGS.get(entity["type"], "span")
        href = f' href="{html.escape(entity["url"], quote=True)}"' if "url" in entity else ""
        opens.setdefault(entity["offset"], []).append(f"<{'a' if href else tag}{href}>")
        closes.setdefault(entity["offset"] + entity["length"], []).insert(0, f"</{'a' if href else tag}>")
    places = sorted({0, len(units) // 2, *opens, *closes})
    out = []
    for place, after in zip(places, [*places[1:], len(units) // 2], strict=True):
        out += [*closes.get(place, []), *opens.get(place, [])]
        out.append(html.escape(units[place * 2 : after * 2].decode("utf-16-le")))
    return "".join(out)


def _title(chat: Chat) -> str:
    return chat.title or (chat.person.name if chat.person else str(chat.id))


def _chat(telegram: "Emulator", request: web.Request) -> Chat:
    chat = telegram.world.chats.get(int(request.match_info["id"]))
    if chat is None:
        raise web.HTTPNotFound
    return chat


def _room(telegram: "Emulator", chat: Chat) -> Room:
    return Room(telegram, chat)


def _speaker(telegram: "Emulator", chat: Chat) -> Person:
    user = chat.person or next(user for user, _ in chat.members.values())
    return Person(telegram, user, chat)
