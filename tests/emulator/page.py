"""Each chat as a person would see it, in a browser: read, write, tap."""

import html
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from tests.emulator.bubbles import bubble, face, marked, pinned, title
from tests.emulator.people import Person, Room
from tests.emulator.world import Chat

if TYPE_CHECKING:
    from tests.emulator.emulator import Emulator

__all__ = ["marked", "routes"]

_HERE = Path(__file__).parent
_STYLE = (_HERE / "page.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "page.js").read_text(encoding="utf-8")
TAP_PATIENCE = 10.0


def routes(telegram: "Emulator") -> list[web.RouteDef]:
    """``/`` lists the chats, ``/chat/<id>`` shows one; a form writes as its person."""

    async def index(request: web.Request) -> web.Response:
        return _page(_index(telegram))

    async def person(request: web.Request) -> web.Response:
        form = await request.post()
        made = telegram.person(str(form.get("name") or "Anna"), str(form.get("language") or "en"))
        raise web.HTTPSeeOther(f"/chat/{made.chat.id}")

    async def show(request: web.Request) -> web.Response:
        return _page(_chat_page(telegram, _chat(telegram, request)))

    async def send(request: web.Request) -> web.Response:
        chat, form = _chat(telegram, request), await request.post()
        text, speaker = str(form.get("text", "")).strip(), _speaker(telegram, chat, str(form.get("as", "")))
        if text:
            speaker.sends(text, to=_room(telegram, chat))
        raise web.HTTPSeeOther(f"/chat/{chat.id}")

    async def tap(request: web.Request) -> web.Response:
        chat, form = _chat(telegram, request), await request.post()
        message = chat.message(int(str(form["message"])))
        note = None
        if message is not None:
            try:
                note = await _speaker(telegram, chat).sends_data(str(form["data"]), message)
            except TimeoutError:
                note = "The bot does not answer."
        raise web.HTTPSeeOther(f"/chat/{chat.id}" + (f"?note={quote(note)}" if note else ""))

    return [
        web.get("/", index),
        web.post("/people", person),
        web.get(r"/chat/{id:-?\d+}", show),
        web.post(r"/chat/{id:-?\d+}/send", send),
        web.post(r"/chat/{id:-?\d+}/tap", tap),
    ]


def _page(body: str) -> web.Response:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chats</title>'
    text = (
        f'<!doctype html>{head}<style>{_STYLE}</style>{body}<div id="toast"></div><script>{_SCRIPT}</script>'
    )
    return web.Response(text=text, content_type="text/html")


def _index(telegram: "Emulator") -> str:
    links = "".join(
        f'<a href="/chat/{chat.id}">{face(chat)}<span><b>{html.escape(title(chat))}</b>'
        f"<small>{html.escape(_last(chat))}</small></span></a>"
        for chat in telegram.world.chats.values()
    )
    fields = '<input name="name" placeholder="Name"><input name="language" value="en">'
    new = f'<form class="new" method="post" action="/people">{fields}<button>New person</button></form>'
    bot = html.escape(telegram.world.bot.username or "")
    head = f"<header><span><b>Chats with @{bot}</b><small>an emulated Telegram</small></span></header>"
    return f'{head}<main>{new}<div class="list">{links}</div></main>'


def _chat_page(telegram: "Emulator", chat: Chat) -> str:
    kind = (
        chat.kind if chat.kind != "private" else f"private, {(chat.person and chat.person.language) or 'en'}"
    )
    head = (
        f'<header><a href="/">‹</a>{face(chat)}<span><b>{html.escape(title(chat))}</b>'
        f"<small>{kind}</small></span></header>"
    )
    said = "".join(bubble(telegram.world.bot, chat, message) for message in chat.messages)
    people = "".join(
        f'<option value="{user.id}">{html.escape(user.name)}</option>' for user, _ in chat.members.values()
    )
    speaker = f'<select name="as">{people}</select>' if people else ""
    write = (
        f'<form class="write" method="post" action="/chat/{chat.id}/send">{speaker}'
        '<input name="text" autofocus autocomplete="off" placeholder="/start"><button>Send</button></form>'
    )
    return f'{head}<div id="pin">{pinned(chat)}</div><main data-live>{said}</main>{write}'


def _last(chat: Chat) -> str:
    return chat.messages[-1].text.split("\n")[0][:80] if chat.messages else chat.kind


def _chat(telegram: "Emulator", request: web.Request) -> Chat:
    chat = telegram.world.chats.get(int(request.match_info["id"]))
    if chat is None:
        raise web.HTTPNotFound
    return chat


def _room(telegram: "Emulator", chat: Chat) -> Room:
    return Room(telegram, chat)


def _speaker(telegram: "Emulator", chat: Chat, wanted: str = "") -> Person:
    """Who writes or taps: the chat's person, in a group who is chosen, else the first one there."""
    people = [chat.person] if chat.person else [user for user, _ in chat.members.values()]
    if not people:
        raise web.HTTPForbidden(text="There is nobody in this chat.")
    user = next((user for user in people if str(user.id) == wanted), people[0])
    return Person(telegram, user, chat)
