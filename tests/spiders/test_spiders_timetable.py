"""Each source has its turns: by a clock that nobody sets, spread over time, planned anew when it matters."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import apscheduler.schedulers.base
import pytest
from spider_watching import RACE, source

from scrapers.spiders import timetable
from scrapers.spiders.cadence import Facts
from scrapers.spiders.timetable import Timetable
from tally.race import Race, Source
from tally.stage import Stage


def quick(name: str, seconds: float = 0.02, host: str = "x.example", **more: Any) -> Source:
    bounds = {"cadence": seconds, "fastest": seconds, "slowest": seconds} | more
    return source(f"http://{host}/{name}", name, **bounds)


def race(*sources: Source, name: str = "oak-2031") -> Race:
    return replace(RACE, id=name, sources=sources)


class Plan:
    """A timetable at work: ``due`` are the names of sources with the second in which they were due."""

    def __init__(self, **options: Any) -> None:
        self.due: list[tuple[str, float]] = []
        self.facts: dict[str, Facts] = {}
        self.stage = Stage.COUNTING
        self.table = Timetable(
            self._note,
            outlook=lambda race: (self.stage, -3600.0),
            known=lambda race, source: self.facts.get(source.name, Facts()),
            **options,
        )

    def _note(self, race: Race, source: Source) -> None:
        self.due.append((source.name, time.monotonic()))

    def times(self, name: str) -> list[float]:
        return [second for who, second in self.due if who == name]


@pytest.fixture
async def plan():
    made = Plan()
    yield made
    made.table.stop()


class Wall:
    """The system's clock, which can be set."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)
        wall = self

        class Now(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:
                return datetime.now(tz) + wall.ahead

        self.datetime = Now
        self.time = SimpleNamespace(
            time=lambda: time.time() + wall.ahead.total_seconds(), monotonic=time.monotonic
        )


@pytest.fixture
def wall(monkeypatch) -> Wall:
    made = Wall()
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", made.datetime)
    monkeypatch.setattr(timetable, "datetime", made.datetime)
    monkeypatch.setattr(timetable, "time", made.time)
    return made


async def test_sources_are_due_again_and_again_and_those_taken_off_are_not(plan: Plan) -> None:
    one, two = quick("one"), quick("two")
    plan.table.start([race(one, two)])
    await _until(lambda: len(plan.times("one")) >= 3 and len(plan.times("two")) >= 3)
    plan.table.take_up([race(two)])
    await asyncio.sleep(0.05)
    plan.due.clear()
    await _until(lambda: len(plan.times("two")) >= 3)
    assert plan.times("one") == []


async def test_races_that_are_taken_up_anew_leave_the_turns_of_the_others_as_they_are(plan: Plan) -> None:
    slow, other = quick("slow", 3600), quick("other", 3600)
    plan.table.start([race(slow)])
    await _until(lambda: len(plan.times("slow")) == 1)
    renamed = replace(race(slow), title="Oak County, second count")
    plan.table.take_up([renamed, race(other, name="elm-2031")])
    await _until(lambda: len(plan.times("other")) == 1)
    assert len(plan.times("slow")) == 1, "it was not asked again for what has nothing to do with it"
    plan.table.take_up([race(quick("slow", 3600, host="y.example"))])
    await _until(lambda: len(plan.times("slow")) == 2)


async def test_a_job_that_fails_once_is_due_again() -> None:
    due: list[str] = []

    def stumbling(race: Race, source: Source) -> None:
        due.append(source.name)
        raise RuntimeError("no")

    table = Timetable(stumbling)
    table.start([race(quick("one"))])
    await _until(lambda: len(due) >= 3)
    table.stop()


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_by_an_hour_costs_no_turn_and_makes_no_herd(
    plan: Plan, wall: Wall, caplog, monkeypatch, hours: int
) -> None:
    """Set back, APScheduler would wait the lost hour out; put forward, it would ask everybody at once."""
    monkeypatch.setattr(timetable, "_SPREAD", 0.1)
    rare = [quick(f"rare {n}", 2400, host=f"{n}.example") for n in range(5)]
    plan.table.start([race(quick("often", 0.1), *rare)])
    await _until(lambda: len({name for name, _ in plan.due}) == 6)
    wall.ahead = timedelta(hours=hours)
    await asyncio.sleep(0.15)  # the old hours are still in use
    plan.table.mind_the_clock()
    before = len(plan.times("often"))
    await _until(lambda: len(plan.times("often")) >= before + 3, 3)
    assert [len(plan.times(s.name)) for s in rare] == [1] * 5
    assert f"set by {hours * 3600:+d} s" in caplog.text


async def test_a_clock_that_nobody_set_changes_nothing(plan: Plan, caplog) -> None:
    plan.table.start([race(quick("rare", 3600))])
    await _until(lambda: len(plan.due) == 1)
    plan.table.mind_the_clock()
    await asyncio.sleep(0.05)
    assert len(plan.due) == 1 and "set by" not in caplog.text


async def test_sources_of_one_host_are_asked_one_after_the_other(plan: Plan) -> None:
    plan.table.start([race(*(quick(str(n), 0.5) for n in range(5)), quick("else", 0.5, host="y.example"))])
    await _until(lambda: all(len(plan.times(str(n))) >= 3 for n in range(5)))
    host = sorted(second for name, second in plan.due if name != "else")
    gaps = [later - sooner for sooner, later in pairwise(host)]
    assert min(gaps) > 0.015, "a gap of a twelfth of the interval, less what the loop was late"


async def test_turns_of_one_host_never_drift_together(plan: Plan) -> None:
    closest = []

    def gaps() -> bool:
        turns = sorted(turn.due for turn in plan.table._turns.values())
        closest.extend(later - sooner for sooner, later in pairwise(turns))
        return len(plan.due) >= 200

    plan.table.start([race(*(quick(str(n), 0.04 + n / 1000) for n in range(6)))])
    await _until(gaps)
    assert min(closest) >= 0.04 * 0.95 / 14, "half of what an even spread would be"


async def test_a_change_on_the_page_brings_the_next_turn_forward(plan: Plan) -> None:
    slow = quick("slow", 3600, fastest=0.02)
    plan.table.start([race(slow)])
    await _until(lambda: len(plan.due) == 1)
    plan.table.answered(race(slow), slow)
    await asyncio.sleep(0.05)
    assert len(plan.due) == 1, "nothing was learnt"
    plan.facts["slow"] = Facts(moved=0.0)
    plan.table.answered(race(slow), slow)
    await _until(lambda: len(plan.due) >= 3)


async def test_news_of_a_race_moves_the_turns_of_all_its_sources_and_no_others(plan: Plan) -> None:
    plan.stage = Stage.SETTLED
    mine, other = quick("mine", 0.05, slowest=3600.0), quick("other", 0.05, slowest=3600.0)
    plan.facts = {"mine": Facts(fresh=3600.0), "other": Facts(fresh=3600.0)}
    plan.table.start([race(mine), race(other, name="elm-2031")])
    await _until(lambda: len(plan.due) == 2)
    plan.stage, plan.facts = Stage.COUNTING, {}
    plan.table.look_again({"oak-2031"})
    await _until(lambda: len(plan.times("mine")) >= 3)
    assert len(plan.times("other")) == 1


async def test_who_asked_to_be_left_alone_is_asked_again_when_the_time_is_over(plan: Plan) -> None:
    held = quick("held")
    plan.table.start([race(held)])
    await _until(lambda: len(plan.due) == 1)
    until = time.monotonic() + 0.4
    plan.facts["held"] = Facts(held=0.4)
    plan.table.answered(race(held), held)
    asked = len(plan.due)
    await _until(lambda: len(plan.due) > asked)
    assert plan.due[asked][1] >= until - 0.01


async def test_an_article_that_changes_brings_its_feed_forward(plan: Plan) -> None:
    feed = quick("news", 3600, fastest=0.02)
    plan.table.start([race(feed)])
    await _until(lambda: len(plan.due) == 1)
    plan.facts["news"] = Facts(moved=0.0)
    plan.table.answered(race(feed), quick("news/5f0c"))
    await _until(lambda: len(plan.due) >= 3)


async def test_an_answer_of_nobodys_source_is_passed_over(plan: Plan) -> None:
    plan.table.start([race(quick("one", 3600))])
    plan.table.answered(RACE, quick("two/5f0c"))


async def _until(condition: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
