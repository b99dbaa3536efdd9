"""An alert is worded once a language and timezone, and anew when its race is configured anew."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.wording.phrasebook import Phrasebook
from tally.event import Level
from tests.bot.conftest import make_event, make_race

RACE = make_race()


def test_the_same_alert_is_worded_once() -> None:
    book = Phrasebook()
    assert book.alert(make_event(), RACE, "en") is book.alert(make_event(), RACE, "en")


def test_another_language_timezone_or_event_is_another_alert() -> None:
    book = Phrasebook()
    texts = {
        book.alert(make_event(), RACE, "en").plain,
        book.alert(make_event(), RACE, "tr").plain,
        book.alert(make_event(), RACE, "en", ZoneInfo("Asia/Tokyo")).plain,
        book.alert(make_event(key="harbour/2", after="roe", before="doe"), RACE, "en").plain,
    }
    assert len(texts) == 4


def test_a_confirmation_is_loud_for_those_who_waited_for_it_and_silent_as_an_edit() -> None:
    book = Phrasebook()
    edit = make_event(level=Level.ROUTINE, updates="harbour/0")
    first_word = replace(edit, level=Level.IMPORTANT)
    assert [book.alert(event, RACE, "en").silent for event in (edit, first_word)] == [True, False]


def test_a_race_that_was_configured_anew_is_worded_anew() -> None:
    book = Phrasebook()
    book.alert(make_event(), RACE, "en")
    renamed = replace(RACE, title="Harbour City mayor, second round")
    assert "second round" in book.alert(make_event(), renamed, "en").plain


def test_only_the_last_alerts_are_kept() -> None:
    book = Phrasebook(pages=2)
    first = book.alert(make_event(key="1"), RACE, "en")
    book.alert(make_event(key="2"), RACE, "en")
    book.alert(make_event(key="3"), RACE, "en")
    assert book.alert(make_event(key="1"), RACE, "en") is not first
