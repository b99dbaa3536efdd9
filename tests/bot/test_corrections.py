"""What becomes of an alert that is taken back or confirmed: the reader finds it where the alert stands."""

from dataclasses import replace

from rich.console import Console

from bot.channels.console import ConsoleChannel
from storage import Chat
from tally.event import EventKind, Proof, Tier
from tally.evidence import Evidence
from tests.bot.conftest import NOW, make_event, make_race
from tests.bot.hand import Desk

FIRST = make_event(EventKind.CONCESSION, candidate="roe", tier=Tier.FLASH, origin="agency")
BACK = make_event(
    EventKind.CONCESSION_WITHDRAWN, key="harbour/2", candidate="roe", corrects=FIRST.key, details={}
)
CONFIRMED = replace(
    FIRST,
    key="harbour/1/confirmed",
    updates=FIRST.key,
    tier=Tier.CONFIRMED,
    origin="board",
    proofs=(
        Proof("agency", NOW, Evidence("Roe conceded.")),
        Proof("board", NOW, Evidence("John Roe has conceded.")),
    ),
)


async def test_a_withdrawal_replies_and_marks_the_alert_which_keeps_its_words(desk: Desk) -> None:
    anna = await desk.follower()
    desk.tell(FIRST)
    alert = await anna.chat.next()
    said = alert.text
    desk.tell(BACK)
    await desk.quiet()
    reply = anna.chat.told[-1]
    assert reply.reply_to == alert.id
    assert reply.text.startswith("↩️ CONCESSION WITHDRAWN")
    lines = alert.text.split("\n")
    assert lines[:3] == [
        "⚠️ CORRECTED at 23:41",
        "↩️ John Roe (Union) takes the concession back",
        "The alert was:",
    ]
    assert "\n".join(lines[3:]) == said
    assert ("strikethrough", "\n".join(said.split("\n")[:2])) in alert.html
    assert "❓ Why" in alert.buttons
    assert alert.edits == [said]


async def test_a_confirmed_alert_is_marked_with_its_confirmed_words(desk: Desk) -> None:
    anna = await desk.follower()
    desk.tell(FIRST, CONFIRMED)
    await desk.quiet()
    desk.tell(BACK)
    await desk.quiet()
    alert = anna.chat.told[1]
    assert alert.text.startswith("⚠️ CORRECTED at 23:41\n")
    assert "CONCESSION, CONFIRMED" in alert.text


async def test_who_waited_for_the_second_origin_finds_it_corrected_too(desk: Desk) -> None:
    anna = await desk.follower()
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    desk.store.follow(chat.id, "harbour", tier="confirmed")
    desk.tell(FIRST, CONFIRMED)
    await desk.quiet()
    alert = anna.chat.told[1]
    desk.tell(BACK)
    await desk.quiet()
    assert anna.chat.told[2].reply_to == alert.id
    assert alert.text.startswith("⚠️ CORRECTED")


async def test_who_was_not_told_is_not_told_of_a_mark(desk: Desk) -> None:
    anna = await desk.follower()
    desk.tell(FIRST)
    berta = await desk.follower("Berta")
    await desk.quiet()
    desk.tell(BACK)
    await desk.quiet()
    assert [m.text[:2] for m in berta.chat.told[1:]] == ["↩️"]
    assert anna.chat.told[1].edits


async def test_a_muted_chat_finds_the_mark_and_hears_nothing(desk: Desk) -> None:
    anna = await desk.follower()
    desk.tell(FIRST)
    await desk.quiet()
    await desk.ask(anna, "/mute 1h")
    before = len(anna.chat.told)
    desk.tell(BACK)
    await desk.quiet()
    assert len(anna.chat.told) == before
    assert anna.chat.told[1].text.startswith("⚠️ CORRECTED")


async def test_a_confirmation_says_by_whom_in_its_third_line(desk: Desk) -> None:
    anna = await desk.follower()
    desk.tell(FIRST, CONFIRMED)
    await desk.quiet()
    lines = anna.chat.told[1].text.split("\n")
    assert lines[0] == "🏳️ CONCESSION, CONFIRMED · Harbour City mayor"
    assert lines[2] == "✔️ Now confirmed by Election board; Wire had it first"


async def test_the_console_says_by_whom_as_well() -> None:
    from io import StringIO

    paper = StringIO()
    console = ConsoleChannel(Console(file=paper, width=200))
    await console.send(Chat(1, "console", "-"), CONFIRMED, make_race(), edit_of="x")
    assert "Now confirmed by Election board; Wire had it first" in paper.getvalue()


async def test_a_certified_result_is_never_said_to_be_not_final(desk: Desk) -> None:
    from tally.reading import Counted

    anna = await desk.follower()
    headline = replace(make_event().headline, counted=Counted(100, basis="precincts"))  # type: ignore[type-var]
    desk.tell(make_event(EventKind.CERTIFIED, key="harbour/end", headline=headline))
    await desk.quiet()
    assert "100% of polling stations counted" in anna.chat.told[-1].text
    assert "not final" not in anna.chat.told[-1].text
