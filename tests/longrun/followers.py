"""The whole rehearsal with two hundred followers: each gets exactly what the settings say.

``python -m tests.longrun.followers --followers 200 --speed 2``. The program
runs as a person starts it, against the strict emulator that holds to
Telegram's limits; ``tests.longrun.model`` says what each must have found.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage import Store
from tests.e2e.conftest import tallywire
from tests.emulator import Emulator, Person, Seen
from tests.longrun.model import EVERYTHING, NUMBERS, Follower, Promise, Wishes, mark, overtaken, promised

RACES = ("istanbul-2019-03-31", "istanbul-2019-06-23")
KINDS = (
    "lead_change",
    "concession",
    "declared",
    "certified",
    "annulled",
    "recount",
    "victory_claim",
    *NUMBERS,
)
LANGUAGES = ("en", "tr", "es", "pt", "fr", "de")


def some_wishes(dice: random.Random) -> Wishes:
    """Settings as people have them: mostly few, now and then all at once."""
    return Wishes(
        kinds=frozenset(dice.sample(KINDS, dice.randint(1, 5))) if dice.random() < 0.5 else None,
        level=dice.choice(("urgent", "important", "important", "routine")),
        tier=dice.choice(("flash", "flash", "confirmed")),
        min_margin=dice.choice((None, None, 0.2, 1.0)),
        min_counted=dice.choice((None, None, 97.0, 99.5)),
        muted=dice.random() < 0.07,
    )


def some_follower(number: int, dice: random.Random) -> Follower:
    """One race, both, all of them, or all with one race otherwise; some asleep, some gone, few operators."""
    races = dice.choice(((RACES[0],), (RACES[1],), RACES, (EVERYTHING,), (EVERYTHING, RACES[1])))
    return Follower(
        f"Reader {number}",
        {race: some_wishes(dice) for race in races} if dice.random() > 0.03 else {},
        quiet=dice.choice(("",) * 8 + ("hold", "drop")),
        operator=dice.random() < 0.02,
        blocked=dice.random() < 0.03,
    )


def written(store: Store, follower: Follower, person: Person, dice: random.Random) -> None:
    """Put the follower's settings into the store, as the bot's own commands would."""
    chat = store.add_chat("telegram", str(person.chat.id), language=dice.choice(LANGUAGES))
    for race, wishes in follower.wishes.items():
        store.follow(
            chat.id,
            race,
            kinds=None if wishes.kinds is None else sorted(wishes.kinds),
            level=wishes.level,
            tier=wishes.tier,
            min_margin=wishes.min_margin,
            min_counted=wishes.min_counted,
            muted_until=datetime.now(UTC) + timedelta(days=1) if wishes.muted else None,
        )
    if follower.quiet:
        hour = datetime.now(UTC).hour * 60
        store.set_quiet(chat.id, ((hour - 180) % 1440, (hour + 360) % 1440), drop=follower.quiet == "drop")
    if follower.blocked:
        person.blocks()


def news_of(data: Path) -> list[dict[str, Any]]:
    """The night's events as they are kept, oldest first."""
    with sqlite3.connect(data / "tallywire.db") as database:
        return [json.loads(row[0]) for row in database.execute("select body from events order by id")]


def complaints(
    follower: Follower, told: list[Seen], night: list[dict[str, Any]], count: Counter[str]
) -> list[str]:
    """What a follower has found that was not promised, or not found that was."""
    want = promised(follower, night)
    by_mark = {f"why:{mark(news['race'])}:{mark(news['key'])}": news["key"] for news in night}
    got: dict[str, Seen] = {}
    wrong: list[str] = []
    for seen in told:
        key = next((by_mark[data] for data in seen.buttons.values() if data in by_mark), None)
        if key is None:
            count["without buttons"] += 1
        elif key in got:
            wrong.append(f"{follower.name} was told twice: {key}")
        else:
            got[key] = seen
    operators = [key for key in want if _for_operators(key, night)]
    plain = [seen for seen in told if not any(data in by_mark for data in seen.buttons.values())]
    if len(plain) != len(operators):
        wrong.append(f"{follower.name} got {len(plain)} messages of operators' news, not {len(operators)}")
    for key, promise in want.items():
        if key not in operators:
            wrong += _of_one(follower, promise, got, night, count)
    return wrong + [f"{follower.name} never wanted: {key}" for key in named(got, want)]


def named(got: dict[str, Seen], want: dict[str, Promise]) -> list[str]:
    """What was told without having been promised; an edited message carries its latest news' name."""
    edits = {edit for promise in want.values() for edit in promise.edited_by}
    return [key for key in got if key not in want and key not in edits]


def _of_one(
    follower: Follower,
    promise: Promise,
    got: dict[str, Seen],
    night: list[dict[str, Any]],
    count: Counter[str],
) -> list[str]:
    seen = next((got[key] for key in (promise.key, *promise.edited_by) if key in got), None)
    if seen is None:
        if overtaken(promise.key, got, night):
            count["overtaken by newer numbers"] += 1
            return []
        return [f"{follower.name} was not told: {promise.key}"]
    count["told"] += 1
    count["edits"] += len(seen.edits)
    wrong = []
    if seen.silent != promise.silent:
        wrong.append(f"{follower.name}: {promise.key} was {'silent' if seen.silent else 'loud'}")
    if promise.edited_by and not seen.edits:
        wrong.append(f"{follower.name}: {promise.key} was never edited by {promise.edited_by}")
    return wrong


def _for_operators(key: str, night: list[dict[str, Any]]) -> bool:
    return any(news["key"] == key and news["audience"] == "operators" for news in night)


async def shown(followers: int, speed: float, seed: int, data: Path) -> list[str]:
    """The rehearsal; what was wrong with it."""
    dice = random.Random(seed)  # noqa: S311 - the same readers each time
    async with Emulator(flood=True) as telegram:
        readers = [some_follower(number, dice) for number in range(followers)]
        people = [telegram.person(reader.name, started=True) for reader in readers]
        with Store(data / "tallywire.db") as store:
            for reader, person in zip(readers, people, strict=True):
                written(store, reader, person, dice)
        desk = [str(p.chat.id) for reader, p in zip(readers, people, strict=True) if reader.operator]
        given = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "TALLYWIRE_OPERATORS": ",".join(desk),
        }
        done = await tallywire("rehearse", "--speed", str(speed), "--data", str(data), given=given)
        night, count = news_of(data), Counter[str]()
        wrong = [
            line
            for reader, person in zip(readers, people, strict=True)
            for line in complaints(reader, person.chat.told, night, count)
        ]
        refused = telegram.flood.refused if telegram.flood else 0
    print(*done.err.strip().splitlines()[-4:], sep="\n")
    promises = sum(len(promised(reader, night)) for reader in readers)
    print(
        f"{followers} followers, {len(night)} events, {promises:,} messages promised: {dict(count)}; "
        f"{refused} times 429; {len(wrong)} complaints; the rehearsal ended with {done.code}"
    )
    return wrong + ([f"the rehearsal ended with {done.code}"] if done.code else [])


def main() -> int:
    """Run one rehearsal; 1 where anybody has a complaint."""
    parser = argparse.ArgumentParser(prog="python -m tests.longrun.followers", description=__doc__)
    parser.add_argument("--followers", type=int, default=200)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=2019)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = asyncio.run(shown(given.followers, given.speed, given.seed, Path(folder)))
    for line in wrong[:40]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
