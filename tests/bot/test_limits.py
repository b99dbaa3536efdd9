"""Whatever a page may carry, the message is one that Telegram takes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import alert, languages
from bot.wording.markup import clean, shorten, units
from tally.event import EventKind, Headline, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Origin
from tally.reading import Counted, Result
from tests.bot.conftest import NOW, make_event, make_race
from tests.emulator.entities import parse, utf16

ODD = st.sampled_from(
    [
        "<b>",
        "</b>",
        "&amp;",
        "&",
        "\u202e",
        "\u2066",
        "\u0000",
        "\ud83d\ude00",
        "👨‍👩‍👧",
        "שלום",
        "\n",
        "{x}",
        "%s",
        "İ",
        "\\",
        '"',
    ]
)
HOSTILE = st.lists(ODD | st.text(max_size=40), max_size=12).map(lambda parts: "".join(parts)[:300])
LONG = HOSTILE | st.sampled_from(["a" * 300, "😀" * 150, "ﷺ" * 300, "<" * 300, "x y " * 75])
DETAILS = [
    "speaker",
    "desk",
    "desks",
    "desks_for_others",
    "by",
    "reason",
    "why",
    "strength",
    "target",
    "line",
    "out",
]
VOTES = st.none() | st.integers(0, 10**12)
SHARES = st.none() | st.floats(0, 100)


@st.composite
def nights(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    names = draw(st.lists(LONG, min_size=1, max_size=12))
    race = replace(
        make_race(title=draw(LONG)),
        candidates=tuple(Candidate(f"c{i}", name, party=draw(LONG)) for i, name in enumerate(names)),
        origins=(Origin("board", draw(LONG)),),
    )
    ids = [c.id for c in race.candidates] + [draw(LONG)]
    who = st.sampled_from(ids)
    lines = tuple(Result(i, draw(VOTES), draw(SHARES)) for i in ids)
    headline = Headline(
        "board",
        NOW,
        lines,
        draw(st.none() | who),
        draw(VOTES),
        draw(SHARES),
        draw(st.none() | st.builds(Counted, st.floats(0, 100), basis=st.none() | LONG)),
        url=draw(LONG),
    )
    event = make_event(
        draw(st.sampled_from(EventKind)),
        key=draw(LONG),
        tier=draw(st.sampled_from(Tier)),
        origin=draw(st.sampled_from(["board", "x"]) | LONG),
        proofs=tuple(
            Proof(draw(LONG), NOW, Evidence(draw(LONG) * 20, draw(LONG)), url="https://x.test/" + "u" * 900)
            for _ in range(draw(st.integers(0, 3)))
        ),
        before=draw(st.none() | who),
        after=draw(st.none() | who),
        candidate=draw(st.none() | who),
        headline=draw(st.sampled_from([None, headline])),
        others=(headline, headline, headline)[: draw(st.integers(0, 3))],
        corrects=draw(st.sampled_from([None, "x"])),
        details={name: draw(LONG) for name in draw(st.sets(st.sampled_from(DETAILS), max_size=6))},
    )
    return event, race


@settings(max_examples=60, deadline=None)
@given(nights(), st.sampled_from(languages()))
def test_any_night_makes_a_message_that_telegram_takes(night, language) -> None:  # type: ignore[no-untyped-def]
    event, race = night
    told = alert(event, race, language)
    for html, limit in ((told.html, 4096), (told.caption, 1024)):
        text, _ = parse(html, "HTML")
        assert 0 < utf16(text) <= limit
    assert all(len(b.data.encode()) <= 64 for row in told.buttons for b in row)
    assert not any("\u202a" <= char <= "\u202e" for char in told.plain)


@given(LONG, st.integers(2, 80))
def test_what_is_cleaned_is_one_line_within_its_limit(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert "\n" not in cleaned
    assert units(cleaned) <= limit + 2  # the two marks of an isolate


@given(LONG, st.integers(2, 80))
def test_shortening_never_leaves_half_a_character(text: str, limit: int) -> None:
    shorten(text, limit).encode("utf-8", "strict") if text.isprintable() else None
    assert units(shorten(text, limit)) <= limit
