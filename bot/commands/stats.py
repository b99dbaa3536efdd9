"""/stats (operators): how much was read, told and followed."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import lines
from bot.wording import Voice
from bot.wording.markup import clean, join, tag

NAME = "stats"
ORDER = 200
OPERATOR = True
TROUBLES = 5


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Operators: what was read and told")


def answer(ask: Ask) -> Answer:
    """Counts by name, and the last deliveries that went wrong."""
    counts = ask.store.counts()
    active = sum(1 for _ in ask.store.chats())
    told = [f"{name:<22}{value:>9,}" for name, value in sorted(counts.items())]
    told.append(f"{'chats.active':<22}{active:>9,}")
    troubles = [
        join(
            ["⚠️ ", trouble.state.value, " · ", clean(trouble.event, 60), " · ", clean(trouble.why or "", 100)]
        )
        for trouble in ask.store.troubles(TROUBLES)
    ]
    paused = (
        join(["⏸ ", ask.voice.say("Alerts are paused. /pause off lets them go.")])
        if ask.store.paused
        else None
    )
    return Answer(lines([paused, tag("pre", "\n".join(told)), *troubles]))
