"""Every rule's events as a whole, word for word, against the file beside: levels, keys, details and all.

A first run with a new night writes its file and fails, until a person has read it.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from night_at_hand import Night

from tally.claim import ClaimKind, Strength
from tally.race import Method
from tally.rules import all_rules
from tally.wire import event_to_wire

EXPECTED = Path(__file__).parent / "expected"


def counts(night: Night) -> None:
    """First results, a turn, its confirmation, a tie, a fall that takes a turn back, a margin that closes."""
    night.read(10, {"ada": 1000, "ben": 900, "cem": 50}, 20.0)
    night.read(20, {"ada": 1500, "ben": 1510, "cem": 60}, 55.0)
    night.read(21, {"ada": 1499, "ben": 1520, "cem": 60}, 55.0, origin="south")
    night.read(30, {"ada": 1600, "ben": 1600, "cem": 70}, 60.0)
    night.read(40, {"ada": 1700, "ben": 1650, "cem": 80}, 76.0)
    night.read(50, {"ada": 1640, "ben": 1660, "cem": 80}, 76.0)
    night.read(60, {"ada": 1640, "ben": 1661, "cem": 80}, 76.5)
    night.read(70, {"ada": 1690, "ben": 1800, "cem": 90}, 80.0)
    night.read(80, {"ada": 1890, "ben": 1900, "cem": 95}, 85.0)


def doubts(night: Night) -> None:
    """Zeros, a collapse, a feed that stops and goes on, and votes that cannot be overtaken."""
    for minute in (10, 20, 30):
        night.read(minute, {"ada": 100 * minute, "ben": 90 * minute}, float(minute))
    night.read(31, {"ada": 0, "ben": 0}, 30.0)
    night.read(32, {"ada": 30, "ben": 20}, 30.0)
    night.wait(200)
    night.read(210, {"ada": 4000, "ben": 3600}, 40.0)
    night.read(220, {"ada": 9000, "ben": 8000}, 95.0, votes_left=500)


def origins(night: Night) -> None:
    """Two agencies that differ, then the board that overrules; margins that differ late."""
    night.read(10, {"ada": 1000, "ben": 900}, 90.0)
    night.read(20, {"ada": 1010, "ben": 1030}, 91.0, origin="south")
    night.read(30, {"ada": 1100, "ben": 1200}, 92.0, origin="board")
    night.read(40, {"ada": 1100, "ben": 1190}, 92.0, origin="north")


def words(night: Night) -> None:
    """Every kind of claim, with what confirms it and what takes it back."""
    night.read(10, {"ada": 100, "ben": 90}, 50.0)
    night.say(11, ClaimKind.VICTORY_CLAIM, "ben")
    night.say(12, ClaimKind.CONCESSION, "ben", "ada", strength=Strength.SOFT, speaker="an aide")
    night.say(13, ClaimKind.CONCESSION, "ben", "ada", origin="star")
    night.say(13.5, ClaimKind.CONCESSION, "ben", "ada")
    night.say(14, ClaimKind.CONCESSION_WITHDRAWN, "ben")
    night.say(14.5, ClaimKind.CONCESSION_WITHDRAWN, "ben", origin="star")
    night.say(15, ClaimKind.VICTORY_CLAIM_WITHDRAWN, "ben")
    night.say(16, ClaimKind.CALLED, "NA", "ada")
    night.say(17, ClaimKind.CALLED, "South Agency", "ada")
    night.say(18, ClaimKind.CALL_WITHDRAWN, "NA", "ada")
    night.say(19, ClaimKind.DECLARED, "EB", "ada", origin="board")
    night.say(20, ClaimKind.CHALLENGED, "ben")
    night.say(21, ClaimKind.RECOUNT, "EB", origin="board")
    night.say(22, ClaimKind.CERTIFIED, "EB", "ada", origin="board")
    night.say(23, ClaimKind.ANNULLED, "EB", origin="board")


def lines(night: Night) -> None:
    """Half of the votes, lost and won."""
    night.read(10, {"ada": 510, "ben": 300, "cem": 190}, 40.0)
    night.read(20, {"ada": 990, "ben": 700, "cem": 400}, 60.0)
    night.read(30, {"ada": 2000, "ben": 1200, "cem": 700}, 80.0)


def top_two(night: Night) -> None:
    """The second place changes hands by way of a tie."""
    night.read(10, {"ada": 500, "ben": 300, "cem": 200}, 40.0)
    night.read(20, {"ada": 600, "ben": 400, "cem": 400}, 50.0)
    night.read(30, {"ada": 700, "ben": 450, "cem": 460}, 60.0)


def rounds(night: Night) -> None:
    """The last one is out, and the lead turns with the votes that go over."""
    night.read(10, {"ada": 400, "ben": 350, "cem": 250}, 100.0, round=1)
    night.read(20, {"ada": 450, "ben": 550, "cem": 0}, 100.0, round=2)


def flips(night: Night) -> None:
    """Many flips, and who was ahead when it was calm."""
    for minute, (ada, ben) in enumerate([(10, 9), (11, 12), (14, 13), (15, 16), (18, 17), (19, 20)], 1):
        night.read(float(minute), {"ada": ada * 10, "ben": ben * 10}, 50.0 + minute)
    night.wait(40)


NIGHTS: dict[str, tuple[Callable[[Night], None], Method, int]] = {
    "counts": (counts, Method.PLURALITY, 1),
    "doubts": (doubts, Method.PLURALITY, 1),
    "origins": (origins, Method.PLURALITY, 1),
    "words": (words, Method.PLURALITY, 1),
    "majority": (lines, Method.MAJORITY, 1),
    "top_two": (top_two, Method.TOP_N, 2),
    "rounds": (rounds, Method.RANKED, 1),
    "flips": (flips, Method.PLURALITY, 1),
}


@pytest.mark.parametrize("name", NIGHTS)
def test_a_night_is_told_word_for_word(name):
    play, method, seats = NIGHTS[name]
    night = Night(method=method, seats=seats)
    play(night)
    told = [event_to_wire(event) for event in night.events]
    path = EXPECTED / f"{name}.json"
    if not path.exists():
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{path} is new: read it, and run again")
    assert told == json.loads(path.read_text(encoding="utf-8"))


def test_together_they_tell_every_kind_of_news():
    kinds = {
        event["kind"] for path in EXPECTED.glob("*.json") for event in json.loads(path.read_text("utf-8"))
    }
    assert kinds == {kind.value for rule in all_rules() for kind in rule.KINDS}
