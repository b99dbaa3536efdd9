"""Hours as pages write them become aware datetimes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.parser.document.stamps import stamp_of

NEAR = datetime(2031, 5, 4, 21, tzinfo=UTC)
EXPECTED = datetime(2031, 5, 4, 19, 51, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "zone", "language"),
    [
        ("2031-05-04T22:51:00+03:00", "UTC", None),
        ("2031-05-04T19:51:00Z", "Europe/Istanbul", None),
        ("2031-05-04T19:51:00.000Z", "Europe/Istanbul", None),
        ("2031-05-04T22:51:00", "Europe/Istanbul", None),
        ("2031-05-04 22:51", "Europe/Istanbul", None),
        ("2031-05-04 19:51:00 UTC", "Europe/Istanbul", None),
        ("Sun, 04 May 2031 19:51:00 GMT", "Europe/Istanbul", None),
        ("Sun, 04 May 2031 19:51:00 -0000", "Europe/Istanbul", None),
        ("Sun, 04 May 2031 22:51:00 +0300", "UTC", None),
        (EXPECTED.timestamp(), "Europe/Istanbul", None),
        (int(EXPECTED.timestamp() * 1000), "Europe/Istanbul", None),
        (str(int(EXPECTED.timestamp())), "Europe/Istanbul", None),
        ("04.05.2031 22:51", "Europe/Istanbul", "tr"),
        ("04.05.2031 - 22.51", "Europe/Istanbul", "tr"),
        ("04/05/2031 22:51", "Europe/Istanbul", "tr"),
        ("5/4/2031 3:51:00 PM EDT", "Europe/Istanbul", None),
        ("5/4/2031 2:51 PM", "America/Chicago", "en"),
        ("May 4, 2031, 12:51 p.m.", "America/Los_Angeles", "en"),
        ("May 4, 2031, 3:51 p.m. ET", "America/Los_Angeles", "en"),
        ("Sun May 4 at 10:51 PM", "Europe/Istanbul", "en"),
        ("4 Mayıs 2031 22:51", "Europe/Istanbul", "tr"),
        ("Son güncelleme: 4 Mayıs 2031 Pazar, 22:51", "Europe/Istanbul", "tr"),
        ("4 de mayo de 2031, 14:51 h", "America/Lima", "es"),
        ("4 de maio de 2031 às 16h51", "America/Sao_Paulo", "pt"),
        ("Mis à jour le 4 mai 2031 à 21h51", "Europe/Paris", "fr"),
        ("Aktualisiert am 4. Mai 2031 um 21:51 Uhr", "Europe/Berlin", "de"),
        ("4 maggio 2031 ore 21.51", "Europe/Rome", "it"),
        ("22:51", "Europe/Istanbul", "tr"),
        ("at 10:51 p.m.", "Europe/Istanbul", "en"),
        ("2031-05-04T20:51:00", "Europe/London", None),
        ("4 May 2031 20:51 BST", "UTC", "en"),
    ],
)
def test_an_hour_is_read(written: object, zone: str, language: str | None) -> None:
    assert stamp_of(written, ZoneInfo(zone), near=NEAR, language=language) == EXPECTED


def test_a_bare_hour_is_the_last_one_before_the_page() -> None:
    after_midnight = datetime(2031, 5, 4, 22, 5, tzinfo=UTC)  # 01:05 in Istanbul
    found = stamp_of("23:58", ZoneInfo("Europe/Istanbul"), near=after_midnight)
    assert found == datetime(2031, 5, 4, 20, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "soon", "98.8 %", "310 of 322", "0", 0, -1, 10**30, True, None, [], "25:99", "99/99/2031"]
)
def test_what_is_no_hour_is_none(written: object) -> None:
    assert stamp_of(written, UTC, near=NEAR) is None


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers()))
def test_no_text_breaks_it(written: object) -> None:
    found = stamp_of(written, ZoneInfo("Europe/Istanbul"), near=NEAR, language="tr")
    assert found is None or found.tzinfo is UTC
