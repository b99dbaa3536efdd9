"""Pages in the way of a page are told apart, and sound pages are not taken for them."""

import pytest

from scrapers.parser import parse
from tally.capture import Outcome
from tests.parser.conftest import GOLDEN, RACE, capture_of, source_of

STORY = (
    "<p>"
    + "The harbour town counted its votes through the night and the quay was full of people. " * 60
    + "</p>"
)


def html(body: str, title: str = "", lang: str = "en") -> str:
    return f"<!doctype html><html lang='{lang}'><head><title>{title}</title></head><body>{body}</body></html>"


WALLS = {
    "cloudflare": html(
        "<p>Verify you are human.</p><script src='/cdn-cgi/challenge-platform/h/b/chl_page'></script>",
        "Just a moment...",
    ),
    "cloudflare_tr": html(
        "<div id='cf-chl-widget'>Bağlantınız denetleniyor</div>", "Bir dakika lütfen...", "tr"
    ),
    "datadome": html("<script src='https://ct.captcha-delivery.com/c.js'></script>", "gazette.example"),
    "javascript": html(
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>", "Results"
    ),
    "javascript_es": html("<p>Por favor, habilite JavaScript para continuar.</p>", "Resultados", "es"),
    "consent": html(
        "<h1>Before you continue</h1><p>We and our partners …</p><button>Accept all cookies</button>",
        "Consent",
    ),
    "consent_de": html(
        "<h2>Mit Werbung lesen</h2><p>Mit Ihrer Einwilligung.</p><button>Alle akzeptieren</button>",
        "Zustimmung",
        "de",
    ),
    "login_fr": html(
        "<h1>Le maire de Liman</h1><p>Réservé aux abonnés. Abonnez-vous.</p>",
        "Le maire",
        "fr",
    ),
}
ERRORS = {
    "missing": html("<h1>Page not found</h1><p>Try the <a href='/'>front page</a>.</p>", "The Gazette"),
    "missing_tr": html("<h1>Aradığınız sayfa bulunamadı</h1>", "Hata", "tr"),
    "maintenance_pt": html("<h1>Site em manutenção</h1><p>Voltamos já.</p>", "Gazeta", "pt"),
    "gateway": html("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", "502 Bad Gateway"),
    "plain": "502 Bad Gateway",
}


@pytest.mark.parametrize("name", WALLS)
@pytest.mark.parametrize("kind", ["article", "table", "json", "rss"])
def test_a_wall_is_a_challenge_whatever_was_expected(name: str, kind: str) -> None:
    page = parse(capture_of(WALLS[name]), RACE, source_of(kind))
    assert page.outcome is Outcome.CHALLENGE, page.reason
    assert page.reason


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("kind", ["article", "table", "json"])
def test_an_error_with_status_200_is_an_error_page(name: str, kind: str) -> None:
    page = parse(capture_of(ERRORS[name]), RACE, source_of(kind))
    assert page.outcome is Outcome.ERROR_PAGE, page.reason


@pytest.mark.parametrize(
    "body",
    [
        html(
            STORY + "<div>We value your privacy. Accept all cookies. Cookie settings</div>", "Mayor of Liman"
        ),
        html("<h1>Server error loses 502 votes</h1>" + STORY, "Error in the count: 404 ballots not found"),
        html(STORY + "<p>Already a subscriber? Log in to continue the discussion.</p>", "Mayor"),
        html(
            "<article>"
            + STORY
            + "</article><script src='https://x/cdn-cgi/challenge-platform/h/g/s.js'></script>",
            "Mayor",
        ),
    ],
    ids=["cookie notice", "a headline about errors", "a log-in line", "the script of a bot check"],
)
def test_a_story_is_no_wall_for_a_line_on_it(body: str) -> None:
    assert parse(capture_of(body), RACE, source_of("article")).outcome is Outcome.NOTHING


@pytest.mark.parametrize(
    ("status", "body", "outcome", "reason"),
    [
        (304, "", Outcome.UNCHANGED, "not modified"),
        (404, "gone", Outcome.FAILED, "HTTP 404"),
        (403, WALLS["cloudflare"], Outcome.FAILED, "HTTP 403: a bot check"),
        (503, "", Outcome.FAILED, "HTTP 503"),
        (200, "", Outcome.UNREADABLE, "empty body"),
        (200, b"\x1f\x8b\x08" + bytes(60), Outcome.UNREADABLE, "gzip"),
        (200, b"%PDF-1.7 " + bytes(60), Outcome.UNREADABLE, "a PDF"),
        (200, "<p>" + "x" * 20_000_001, Outcome.UNREADABLE, "too large"),
        (200, '{"a": 1', Outcome.UNREADABLE, "wrong type"),
    ],
    ids=str,
)
def test_what_is_no_page_says_what_it_is(
    status: int, body: bytes | str, outcome: Outcome, reason: str
) -> None:
    page = parse(capture_of(body, status=status), RACE, source_of("table"))
    assert page.outcome is outcome
    assert reason in (page.reason or "")


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("json", '{"results": [', "broken JSON"),
        ("nist", "<?xml version='1.0'?><ElectionReport><Election>", "broken XML"),
        ("eml", "<?xml version='1.0'?><EML xmlns='urn:x'/>", "not the shape of EML"),
        ("ap", '{"elections": []}', "races is missing"),
        ("clarity", '[{"C": "Mayor"}]', "CH is missing"),
        ("csv", "one\ntwo\n", "not the shape of CSV"),
        ("csv", "a,b,c\n1,2,3\n", "none of the race's candidates"),
        ("sitemap", "<?xml version='1.0'?><rss/>", "not the shape of a sitemap"),
    ],
)
def test_what_a_kind_cannot_read_it_names(kind: str, body: str, reason: str) -> None:
    page = parse(capture_of(body), RACE, source_of(kind))
    assert page.outcome is Outcome.UNREADABLE
    assert reason in (page.reason or ""), page.reason


@pytest.mark.parametrize(
    ("kind", "body", "options"),
    [
        ("table", "<html><h1>Mayor of Liman</h1><p>The count begins at five.</p></html>", {}),
        (
            "table",
            "<html><table><tr><th>Ward</th><th>Opens</th></tr><tr><td>Quay</td><td>8:00</td></tr></table></html>",
            {},
        ),
        ("json", '{"lines": [], "at": null}', {"results": "lines", "as_of": "at"}),
        ("json", '{"lines": null}', {"results": "lines"}),
    ],
)
def test_a_page_before_the_count_tells_nothing_yet(kind: str, body: str, options: dict[str, str]) -> None:
    assert parse(capture_of(body), RACE, source_of(kind, **options)).outcome is Outcome.NOTHING


def test_entities_are_neither_fetched_nor_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    page = parse(
        capture_of(f"<?xml version='1.0'?>{bomb}<rss><channel>&b;&c;</channel></rss>"), RACE, source_of("rss")
    )
    assert page.outcome is Outcome.UNREADABLE
    assert "entities" in (page.reason or "")


def test_a_feed_inside_a_callback_or_a_page_is_found() -> None:
    feed = (GOLDEN / "json" / "state_page.json").read_text("utf-8")
    for body, options in (
        (f"show({feed});", {}),
        (f"var results = {feed};\n", {}),
        (")]}'\n" + feed, {}),
        (html(f"<script id='data' type='application/json'>{feed}</script>"), {"inside": "script#data"}),
    ):
        page = parse(capture_of(body), RACE, source_of("json", **options))
        assert page.outcome is Outcome.READ, page.reason
