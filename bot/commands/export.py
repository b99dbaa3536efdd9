"""/export: everything that is stored of this chat, as a JSON file."""

import json
from dataclasses import asdict
from typing import Any

from bot.commands.ask import Answer, Ask
from bot.wording import Voice

NAME = "export"
ORDER = 82
SETTING = True
FILE = "tallywire.json"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Everything I store of this chat, as a file")


def answer(ask: Ask) -> Answer:
    """The file."""
    written = json.dumps(stored(ask), ensure_ascii=False, indent=2, default=str)
    return Answer(ask.voice.say("Everything I store of this chat."), document=(FILE, written.encode()))


def stored(ask: Ask) -> dict[str, Any]:
    """The chat's row, what it follows, its boards, and what it was sent, oldest first."""
    chat = asdict(ask.store.chat_by_id(ask.chat.id) or ask.chat)
    return {
        "chat": {name: value for name, value in chat.items() if name != "id"},
        "follows": [
            {name: value for name, value in asdict(wish).items() if name != "chat"}
            for wish in ask.store.follows(ask.chat.id)
        ],
        "boards": ask.store.boards(ask.chat.id),
        "sent": ask.store.sent_to(ask.chat.id),
    }
