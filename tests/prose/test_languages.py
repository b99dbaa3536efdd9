import tomllib
from pathlib import Path

import pytest

from scrapers.parser.prose import numbers, warm
from scrapers.parser.prose.detect import language_of
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.packs import LANGUAGES, packs
from tests.prose.conftest import Read

KINDS = {"concession", "victory_claim", "congratulation", "refusal", "recount", "challenged", "annulled"}
LISTS = {
    "counted",
    "uncounted",
    "unit",
    "done",
    "poll",
    "turnout",
    "history",
    "negation",
    "clause_break",
    "beside",
}

MADE_UP = """
code = "qx"
name = "Qexi"
common = ["zo", "ka", "mi", "ruu"]

[numbers]
decimal = ","
group = "."
percent = ["%", "perka"]

[words]
clause_break = ["ka(?= )"]
unit = ["vota"]
done = ["konti"]
counted = ["{%} {unit} {done}"]
obtained_before = ["havi $"]
beside = ["(havi|:) ?", ""]
verbal = ["zo"]

[[claims]]
kind = "concession"
stems = ["perdi"]
say = ["perdi konfes*"]
"""


@pytest.mark.parametrize("code", sorted(packs()))
def test_every_pack_is_whole(code: str) -> None:
    pack = packs()[code]
    assert (LANGUAGES / f"{code}.toml").exists()
    assert set(pack.months.values()) == set(range(1, 13))
    assert {rule.kind for rule in pack.claims} >= KINDS
    assert all(pack.words(name) for name in LISTS)
    assert len(pack.common) >= 20
    for name in pack.names():
        assert pack[name].pattern
    assert numbers.grammar(pack).scales


@pytest.mark.parametrize("code", sorted(packs()))
def test_a_claim_without_a_name_is_noticed_by_its_words(code: str) -> None:
    """A sentence without a name or a number is looked at where a stem stands in it."""
    data = tomllib.loads((LANGUAGES / f"{code}.toml").read_text(encoding="utf-8"))
    assert [rule["name"] for rule in data["claims"] if not rule["stems"]] == []
    assert all(fold(stem) in packs()[code].stems for rule in data["claims"] for stem in rule["stems"])


def test_what_is_warm_needs_no_compiling_when_a_page_comes(read: Read) -> None:
    warm(["en", "no such language"])
    before = len(packs()["en"].compiled())
    read("Halloran conceded. Marsh has 53.1% with 90% of the vote counted.")
    assert len(packs()["en"].compiled()) == before


def test_an_eighth_language_is_one_file_and_no_code(tmp_path: Path, read: Read) -> None:
    (tmp_path / "qx.toml").write_text(MADE_UP, encoding="utf-8")
    prose = read(
        "Marsh havi 52,5 perka, Halloran havi 46 perka. 80 perka vota konti.", "qx", folders=(tmp_path,)
    )
    assert [(r.candidate, r.share) for r in prose.readings[0].results] == [
        ("marsh", 52.5),
        ("halloran", 46.0),
    ]
    assert prose.readings[1].counted.pct == 80.0
    claims = read("Halloran zo perdi konfesita.", "qx", folders=(tmp_path,)).claims
    assert [(c.kind.value, c.actor) for c in claims] == [("concession", "halloran")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The count was over and she had won by a few votes.", "en"),
        ("Oyların sayımı bitti ve aday için yeni bir gün başladı.", "tr"),
        ("El recuento ha terminado y la candidata se fue a casa con los suyos.", "es"),
        ("A contagem terminou e a candidata não foi para casa com os seus.", "pt"),
        ("Le dépouillement est fini et la candidate est partie dans la nuit.", "fr"),
        ("Die Auszählung ist zu Ende und die Kandidatin ging nach Hause.", "de"),
        ("Lo spoglio è finito e la candidata non è più nella sede del comitato.", "it"),
    ],
)
def test_a_language_is_told_by_its_small_words(text: str, code: str) -> None:
    assert language_of(text, packs()) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Demirtaş yarışı önde bitirdi", "tr"),
        ("Venturi rivendica la vittoria.", "it"),
        ("Marsh wins second term, the board says", "en"),
        ("Peña reconoció su derrota ante la rival.", "es"),
    ],
)
def test_a_lone_line_is_told_by_the_letters_of_its_language_too(text: str, code: str) -> None:
    assert language_of(text, packs()) == code


def test_a_language_without_a_pack_gives_one_note_and_nothing_else(read: Read) -> None:
    prose = read("Ja, valet är över.", "sv")
    assert (prose.readings, prose.claims) == ((), ())
    assert [n.why for n in prose.notes] == ["no language pack for sv"]
