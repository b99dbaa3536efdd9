"""Pictures of a count: always a PNG for a phone, never a wrong line, whatever a page or a race file holds."""

import io
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from PIL import Image

from bot import charts
from bot.charts import gallery, lettering
from bot.charts.colour import contrast_of, rgb
from bot.charts.measures import has_margins, margins, shared
from bot.charts.sheet import HIGH, WIDE, Sheet, zone_of
from bot.wording import Voice
from tally.event import EventKind, Level
from tally.race import Candidate, Method
from tally.reading import Result
from tests.charts.counts import EVE, event, night, race, reading, shares

ENGLISH = Voice("en", ZoneInfo("Europe/Lisbon"))
EVENING = [shares(10 * n, 45 + n, 50 - n / 2, counted=10.0 * n) for n in range(9)]


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    gallery._known.clear()


def drawn(picture: str, of: charts.Night, voice: Voice = ENGLISH, *, dark: bool = False) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has is told by a warning
        image = Image.open(io.BytesIO(charts.draw(picture, object(), lambda: of, voice, dark=dark)))
    assert image.format == "PNG"
    assert image.width == WIDE
    assert image.height <= HIGH
    return image


def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All words that are written into pictures from now on."""
    words: list[str] = []
    whole = lettering.wrapped

    def note(text: str, *more: object) -> str:
        shown = whole(text, *more)  # type: ignore[arg-type]
        words.append(shown.replace("\n", " "))
        return shown

    monkeypatch.setattr("bot.charts.sheet.wrapped", note)
    return words


@pytest.mark.parametrize("picture", charts.PICTURES)
@pytest.mark.parametrize("dark", [False, True])
def test_an_evening_becomes_a_picture_on_light_or_dark_paper(picture: str, dark: bool) -> None:
    paper = drawn(picture, night(race(), *EVENING), dark=dark).convert("RGB").getpixel((2, 2))
    assert isinstance(paper, tuple)
    assert (sum(paper) < 120) is dark


@pytest.mark.parametrize("picture", charts.PICTURES)
@pytest.mark.parametrize("language", ["en", "tr", "fr"])
def test_source_hour_and_numbers_stand_in_the_picture_in_the_readers_way(
    picture: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, voice = spoken(monkeypatch), Voice(language, ZoneInfo("Europe/Lisbon"))
    drawn(picture, night(race(), *EVENING), voice)
    foot = next(text for text in words if "Harbour election board" in text)
    assert voice.clock(EVENING[-1].as_of) in foot
    assert "UTC+1" in foot
    if picture != charts.MARGIN:
        assert voice.percent(53.0) in words


def test_one_reading_alone_is_drawn() -> None:
    for picture in charts.PICTURES:
        drawn(picture, night(race(), shares(0, 51.2, 48.8)))


def test_a_tie_is_drawn() -> None:
    for picture in charts.PICTURES:
        drawn(picture, night(race(), shares(0, 49.0, 51.0), shares(9, 50.0, 50.0, votes=(70, 70))))


def test_votes_without_shares_are_drawn_as_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    words = spoken(monkeypatch)
    drawn(charts.BARS, night(race(), shares(0, None, None, votes=(41_204, 40_990))))
    assert "41,204" in words
    assert not any("50" in text and "%" in text for text in words if "counted" not in text)


def test_shares_worked_out_of_votes_are_never_mixed_with_given_ones() -> None:
    """48.8 % by the board and 50.2 % of two candidates' votes are no leap."""
    votes_only = shares(30, None, None, votes=(4_159_650, 4_131_761))
    given = shares(0, 48.8, 48.48, votes=(4_157_114, 4_129_892))
    assert [share for _, s in shared(night(race(), given, votes_only).told) for share in s.values()] == [
        48.8,
        48.48,
    ]
    alone = shared(night(race(), votes_only).told)
    assert [round(share, 2) for _, s in alone for share in s.values()] == [50.17, 49.83]


def test_the_zeros_of_a_cache_draw_no_cliff() -> None:
    zeros = shares(45, 0.0, 0.0, votes=(0, 0), counted=0.0)
    sound = [
        shares(n * 10, 50.0 + n, 49.0 - n, votes=(5000 * (n + 1), 4900 * (n + 1)), counted=10.0 * (n + 1))
        for n in range(8)
    ]
    told = night(race(), *sound[:4], zeros, *sound[4:]).told
    assert all(min(s.values()) > 0 for _, s in shared(told))
    assert len(told) == len(sound)


def test_trial_figures_are_never_drawn() -> None:
    from tally.reading import Status

    trial = replace(shares(-400, 90.0, 10.0), status=Status.TEST)
    assert [h.as_of for h in night(race(), trial, shares(0, 51.0, 49.0)).told] == [EVE]


def test_the_margin_is_below_the_middle_while_the_other_was_ahead() -> None:
    told = night(race(), shares(0, 48.0, 51.0, counted=40.0), shares(60, 50.5, 48.5, counted=70.0)).told
    assert [value for _, value in margins(told, "ash", "birch", in_votes=False)] == [-3.0, 2.0]


def test_a_margin_needs_two() -> None:
    alone = night(race(Candidate("ash", "Ines Ash")), reading(0, Result("ash", None, 61.0)))
    assert not has_margins(alone.told)
    assert charts.MARGIN not in charts.possible(alone)
    drawn(charts.MARGIN, alone)


def test_thirty_candidates_get_six_lines_and_a_word_about_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    words = spoken(monkeypatch)
    crowd = [Candidate("ash", "Ines Ash"), Candidate("birch", "Tom Birch")]
    crowd += [Candidate(f"c{n}", f"Person Number{n}") for n in range(2, 30)]
    values = [5.5 - 0.15 * n for n in range(30)]
    of = night(race(*crowd), shares(0, *values), shares(30, *values, counted=60.0))
    for picture in charts.PICTURES:
        drawn(picture, of)
    assert "and 24 others" in words
    assert "and 20 others" in words


HOSTILE = [
    "$\\frac{1}{0}$ & <b>bold</b> _x_ ^y^ %s {z}",
    "A" * 300,
    "Maximiliane " * 25,
    "أحمد بن محمد الشريف",
    "דוד בן־גוריון",
    "王小明",
    "🗳️🔥",
    "\u202eevil\u202c",
    "Nguyễn Thị Minh Khai",
    "नरेन्द्र",
    "\x00\x07",
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_stand_in_a_picture(name: str) -> None:
    """Nothing in a name is mathematics, and a script without a font gives way to another."""
    foes = race(Candidate("ash", name or "?", party=name[:30]), Candidate("birch", name + "2"))
    told = event(20, details={})
    for picture in charts.PICTURES if name in HOSTILE[:2] else [charts.SHARES]:
        drawn(picture, night(replace(foes, title=name or "x"), *EVENING[:3], events=[told]))


def test_a_name_in_a_script_without_a_font_gives_way_to_an_alias() -> None:
    lettering._drawable()
    unknown = "\U0001e900\U0001e901"  # Adlam, which few machines have a font for
    if lettering.drawable(unknown) == unknown:
        pytest.skip("this machine can write it")
    who = race(Candidate("ash", unknown, aliases=("Ines Ash",)), Candidate("birch", unknown))
    assert lettering.names(who, ["ash", "birch"]) == {"ash": "Ines Ash", "birch": "birch"}


def test_a_silence_of_days_takes_little_room_and_the_annulment_after_it_is_marked() -> None:
    late = event(60 * 24 * 17, EventKind.ANNULLED)
    drawn(
        charts.SHARES, night(race(), *EVENING, shares(60 * 24 * 3, 51.0, 48.0, counted=100.0), events=[late])
    )


def test_what_must_be_reached_is_marked_where_a_share_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    words = spoken(monkeypatch)
    question = race(
        Candidate("ash", "Yes"), Candidate("birch", "No"), method=Method.REFERENDUM, threshold=60.0
    )
    drawn(charts.BARS, night(question, shares(0, 57.0, 43.0)))
    assert "60% needed" in words


def test_more_events_than_there_is_room_for_leave_the_weightiest() -> None:
    said = [event(n, EventKind.VICTORY_CLAIM, Level.IMPORTANT) for n in range(20)] + [event(5.5)]
    shown = night(race(), *EVENING, events=said).news(4)
    assert shown[0].kind is EventKind.CONCESSION
    assert [e.at for e in shown] == sorted(e.at for e in shown)
    assert len(shown) == 4


def test_a_picture_is_drawn_once_for_a_standing() -> None:
    asked: list[int] = []

    def gathered() -> charts.Night:
        asked.append(1)
        return night(race(), *EVENING[:2])

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: charts.draw(charts.BARS, "v1", gathered, ENGLISH), range(8)))
    assert len(set(made)) == len(asked) == 1
    charts.draw(charts.BARS, "v2", gathered, ENGLISH)
    charts.draw(charts.BARS, "v1", gathered, Voice("tr", ENGLISH.timezone))
    assert len(asked) == 3


def test_several_threads_draw_different_pictures_without_harm() -> None:
    of = night(race(), *EVENING[:4])
    alone = {picture: charts.draw(picture, 0, lambda: of, ENGLISH) for picture in charts.PICTURES}
    gallery._known.clear()
    with ThreadPoolExecutor(3) as pool:
        together = dict(
            zip(
                charts.PICTURES,
                pool.map(lambda p: charts.draw(p, 0, lambda: of, ENGLISH), charts.PICTURES),
                strict=True,
            )
        )
    assert together == alone


@pytest.mark.parametrize(
    ("zone", "said"), [("UTC", "UTC"), ("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC−4")]
)
def test_the_hour_says_its_zone(zone: str, said: str) -> None:
    assert zone_of(EVE, Voice("en", ZoneInfo(zone))) == said


numbers = st.none() | st.floats(0, 100, allow_nan=False)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(2, 30).flatmap(
        lambda n: st.lists(
            st.tuples(
                st.integers(0, 60 * 24 * 40),
                st.lists(numbers, min_size=n, max_size=n),
                st.lists(st.none() | st.integers(0, 10**9), min_size=n, max_size=n),
                st.none() | st.floats(0, 100),
            ),
            min_size=1,
            max_size=6,
        )
    )
)
def test_whatever_was_read_gives_a_picture_or_nothing_to_draw(
    rows: list[tuple[int, list[float | None], list[int | None], float | None]],
) -> None:
    people = (
        Candidate("ash", "Ines Ash"),
        Candidate("birch", "Tom Birch"),
        *(Candidate(f"c{n}", f"P{n}") for n in range(2, 30)),
    )
    told = [shares(m, *s, votes=v, counted=c) for m, s, v, c in sorted(rows, key=lambda row: row[0])]
    of = night(race(*people), *told)
    assert charts.can_draw(of.standing.headline) is any(
        r.votes is not None or r.share is not None
        for r in (of.standing.headline.results if of.standing.headline else ())
    )
    for picture in charts.possible(of):
        drawn(picture, of)


@pytest.mark.parametrize("dark", [False, True])
def test_a_name_in_a_candidates_colour_can_be_read(dark: bool) -> None:
    sheet = Sheet(race(Candidate("ash", "Ash", colour="#0072b2")), Voice("en", ZoneInfo("UTC")), dark=dark)
    sheet.write(0.1, 0.5, "Ash", colour=rgb("#0072b2"))
    written = rgb(to_hex(sheet.figure.texts[-1].get_color()))
    assert contrast_of(written, rgb(sheet.look.paper)) >= 4.4
