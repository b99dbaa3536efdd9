"""At a lead change all readers tap at once, and the next alert is on its way already."""

from bot.outbox import Outbox
from storage import Store
from tally.race import Race
from tests.bot.conftest import make_event
from tests.bot.hand import Desk, Hand
from tests.emulator import Emulator, TooMany

READERS = 36  # more than a second allows


class Paced(Desk):
    """A desk whose alerts keep to Telegram's limits, with the pacer that answers share."""

    def _outbox(self) -> Outbox:
        return Outbox(self.store, [self.bot.channel], self.races.get, clock=self.clock)


async def test_answers_and_alerts_together_keep_to_telegrams_limits(
    races: dict[str, Race], desk_store: Store
) -> None:
    async with Emulator(flood=True) as telegram:
        made = Paced(telegram, desk_store, races, Hand())
        await made.open()
        followers = [telegram.person(f"Follower {n}", started=True) for n in range(READERS)]
        for follower in followers:
            chat = made.store.add_chat("telegram", str(follower.chat.id))
            made.store.follow(chat.id, "harbour")
        curious = [telegram.person(f"Reader {n}", started=True) for n in range(READERS)]
        for reader in curious:
            reader.sends("/results harbour")
        made.tell(make_event())
        await telegram.until(lambda: all(person.chat.told for person in followers + curious))
        assert telegram.flood is not None
        assert telegram.flood.refused == 0
        await made.close()


async def test_a_refused_answer_holds_its_chat_for_alerts_too(desk: Desk) -> None:
    anna = await desk.follower()
    desk.telegram.faults.order(TooMany(3600), chat=anna.chat.id)
    anna.sends("/results harbour")
    await desk.telegram.idle()
    assert desk.bot.channel.pacer is not None
    assert str(anna.chat.id) in desk.bot.channel.pacer.held()
