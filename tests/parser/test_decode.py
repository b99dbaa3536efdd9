"""Text comes out in the charset the page is written in, whatever is announced."""

import pytest

from scrapers.parser.document.decode import decoded

TURKISH = "Yıldırım yenilgiyi kabul etti; İmamoğlu'nun oyu yüzde 54. Şişli, Ağrı, Muğla açıldı."
FRENCH = "Dépouillé à 96 % : l’élu a été réélu, voilà."


@pytest.mark.parametrize(
    ("text", "charset", "content_type", "head"),
    [
        (TURKISH, "utf-8", "text/html", ""),
        (TURKISH, "utf-8", "text/html; charset=iso-8859-9", ""),
        (TURKISH, "utf-8-sig", "text/html; charset=windows-1254", ""),
        (TURKISH, "utf-16", "text/html", ""),
        (TURKISH, "windows-1254", "text/html; charset=windows-1254", ""),
        (TURKISH, "iso-8859-9", 'text/html; charset="ISO-8859-9"', ""),
        (TURKISH, "windows-1254", "text/html", '<meta charset="iso-8859-9">'),
        (
            TURKISH,
            "windows-1254",
            "text/html; charset=utf-8",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1254">',
        ),
        (TURKISH, "windows-1254", "text/html; charset=iso-8859-1", '<html lang="tr">'),
        (TURKISH, "windows-1254", "text/html; charset=utf-8", '<html lang="tr">'),
        (TURKISH, "windows-1254", "text/html; charset=no-such-thing", '<html lang="tr-TR">'),
        (FRENCH, "windows-1252", "text/html; charset=iso-8859-1", '<html lang="fr">'),
        (FRENCH, "windows-1252", "application/xml", "<?xml version='1.0' encoding='iso-8859-1'?>"),
    ],
)
def test_a_page_is_decoded_as_it_was_written(text: str, charset: str, content_type: str, head: str) -> None:
    assert decoded((head + text).encode(charset), content_type) == head + text


def test_one_broken_byte_costs_one_character() -> None:
    body = (TURKISH * 3).encode() + b"\xc4"
    assert decoded(body) == TURKISH * 3 + "\ufffd"


@pytest.mark.parametrize("body", [b"", b"\xff", b"\xfe\xff", bytes(range(128, 256))])
def test_nothing_raises(body: bytes) -> None:
    assert isinstance(decoded(body, "text/html; charset=utf-7"), str)
