"""What ``tallywire replay`` prints: events, what became of each reading, or a comparison with the truth."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nights.backtest import backtest
from nights.events import check_together, events_of, hour, one_line, series_options, within
from nights.explain import Taken, explained
from races import Races
from tally.wire import event_to_wire

Say = Callable[[str], None]


def report(file: Path, races: Callable[[], Races], given: Mapping[str, Any], say: Say, note: Say) -> None:
    """Replay a file as the options of the command line say; ``say`` is for stdout, ``note`` for stderr."""
    check_together(file, given)
    if given["truth"] is not None:
        _compare(file, given, say, note)
        return
    first, last = hour(given["since"]), hour(given["until"])
    as_json = given["as_json"]
    explain = _explainer(note if as_json else say, first, last) if given["explain"] else None
    events = events_of(file, races, series_options(given, note), explain)
    for event in within(events, given["since"], given["until"]):
        say(json.dumps(event_to_wire(event), ensure_ascii=False) if as_json else one_line(event))


def _explainer(say: Say, first: datetime | None, last: datetime | None) -> Callable[[Taken], None]:
    def explain(taken: Taken) -> None:
        if (first is None or taken.at >= first) and (last is None or taken.at <= last):
            for line in explained(taken):
                say(f"  {line}")

    return explain


def _compare(file: Path, given: Mapping[str, Any], say: Say, note: Say) -> None:
    result = backtest(file, given["truth"], series_options(given, note), given["anomalies"])
    if given["as_json"]:
        say(json.dumps(result.figures()))
        return
    for line in result.lines():
        say(line)
