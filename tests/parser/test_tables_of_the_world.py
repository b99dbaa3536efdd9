"""Results tables as boards and newsrooms lay them out: any order of columns, seven languages, one race."""

import pytest

from scrapers.parser import Page, parse
from tally.capture import Outcome
from tally.claim import ClaimKind
from tally.reading import Reading
from tests.parser.conftest import RACE, capture_of, source_of

BOTH = {"demir": (12480, 51.8), "kaplan": (11612, 48.2)}
VOTES = {"demir": (12480, None), "kaplan": (11612, None)}


def table(headers: str, *rows: str) -> str:
    """A table from cells between bars."""
    head = "".join(f"<th>{cell.strip()}</th>" for cell in headers.split("|"))
    lines = ("".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def page_of(body: str, language: str = "en") -> Page:
    html = f'<!doctype html><html lang="{language}"><body><h1>Mayor of Liman 2031</h1>{body}</body></html>'
    return parse(capture_of(html), RACE, source_of("table"))


def only(page: Page) -> Reading:
    assert page.outcome is Outcome.READ, page.reason
    (reading,) = page.readings
    return reading


def told(page: Page) -> dict[str, tuple[int | None, float | None]]:
    return {line.candidate: (line.votes, line.share) for line in only(page).results}


@pytest.mark.parametrize(
    ("language", "around", "headers", "rows", "counted"),
    [
        (
            "en",
            "Precincts reporting: 45 of 90 (50%). Updated 10:42 p.m.",
            "%|Votes|Party|Candidate",
            ("51.8%|12,480|Orange|Leyla Demir", "48.2%|11,612|Blue|Orhan Kaplan"),
            50,
        ),
        (
            "tr",
            "Açılan sandık: %94,5 · Güncelleme: 21:40",
            "Sıra|Aday|Parti|Oy Oranı|Oy Sayısı",
            ("1|Leyla DEMİR|Turuncu|%51,80|12.480", "2|Orhan KAPLAN|Mavi|%48,20|11.612", "|Toplam|||24.092"),
            94.5,
        ),
        (
            "es",
            "Mesas escrutadas: 88,4 %",
            "Candidatura|Votos|% votos",
            (
                "Leyla Demir|12 480|51,80 %",
                "Orhan Kaplan|11 612|48,20 %",
                "Votos en blanco|310|",
                "Nulos|120|",
            ),
            88.4,
        ),
        (
            "pt",
            "Seções totalizadas: 1.204 de 1.400 (86%)",
            "Candidato|Partido|Votos válidos|%",
            ("LEYLA DEMIR|TUR|12.480|51,80%", "ORHAN KAPLAN|MAV|11.612|48,20%"),
            86,
        ),
        (
            "fr",
            "Bureaux dépouillés : 22 sur 26",
            "Liste conduite par|Nuance|Voix|% inscrits|% exprimés",
            ("Mme Leyla DEMIR|DVG|12 480|31,20|51,80", "M. Orhan KAPLAN|DVD|11 612|29,00|48,20"),
            84.6154,
        ),
        (
            "de",
            "Auszählungsstand: 71 von 94 Wahlbezirken",
            "Bewerber/in|Stimmen|Anteil in %|Gewinn/Verlust",
            ("Demir, Leyla|12.480|51,80|+3,1", "Kaplan, Orhan|11.612|48,20|-3,1"),
            75.5319,
        ),
        (
            "it",
            "Sezioni scrutinate: 30 su 38",
            "Candidato sindaco|Voti|%|Seggi",
            ("LEYLA DEMIR|12.480|51,80|20", "ORHAN KAPLAN|11.612|48,20|12"),
            78.9474,
        ),
    ],
)
def test_a_table_is_read_by_its_headers_in_seven_languages(
    language: str, around: str, headers: str, rows: tuple[str, ...], counted: float
) -> None:
    page = page_of(f"<p>{around}</p>{table(headers, *rows)}", language)
    assert told(page) == BOTH
    progress = only(page).counted
    assert progress is not None
    assert progress.pct == counted


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table("Candidate|Result", "Leyla Demir|12,480 (51.8%)", "Orhan Kaplan|11,612 (48.2%)"), BOTH),
        (table("Candidate|Votes", "Leyla Demir|51.8% (12,480)", "Orhan Kaplan|48.2% (11,612)"), BOTH),
        (table("Candidate|Votes (%)", "Leyla Demir|12,480 (51.8)", "Orhan Kaplan|11,612 (48.2)"), BOTH),
        (table("Party|Votes|Share", "Turuncu|12,480|51.8%", "Mavi|11,612|48.2%"), BOTH),
        (
            table("|Leyla Demir|Orhan Kaplan", "Party|Turuncu|Mavi", "Votes|12,480|11,612", "%|51.8%|48.2%"),
            BOTH,
        ),
        (
            table(
                "District|Leyla Demir|Orhan Kaplan",
                "North|5,000|4,000",
                "South|7,480|7,612",
                "Total|12,480|11,612",
            ),
            VOTES,
        ),
        (
            "<table><tr><th>Candidate</th><td>Leyla Demir</td><td>Orhan Kaplan</td></tr><tr><th>Popular vote"
            "</th><td>12,480</td><td>11,612</td></tr><tr><th>%</th><td>51.8%</td><td>48.2%</td></tr></table>",
            BOTH,
        ),
        (
            table(
                "Candidate|Early|Election Day|Total|Percent",
                "Leyla Demir|5,000|7,480|12,480|51.8%",
                "Orhan Kaplan|6,000|5,612|11,612|48.2%",
            ),
            BOTH,
        ),
        (
            table(
                "ADAY|OY|ORAN",
                "LEYLA DEMİR|12.480|% 51,80",
                "ORHAN KAPLAN|11.612|% 48,20",
                "GEÇERSİZ OY|408|",
                "KULLANILAN OY|24.500|",
                "KAYITLI SEÇMEN|40.000|",
            ),
            BOTH,
        ),
        (
            table(
                "|Party|Candidate|Votes|%|±",
                "|Turuncu|Leyla Demir|12,480|51.80|+3.1",
                "|Mavi|Orhan Kaplan|11,612|48.20|-3.1",
                "|Majority|Majority|868|3.6|",
                "|Turnout|Turnout|24,092|61.3|",
            ),
            BOTH,
        ),
        (
            "<table><tr><th rowspan=2>District</th><th colspan=2>Leyla Demir</th><th colspan=2>Orhan Kaplan"
            "</th></tr><tr><th>Votes</th><th>%</th><th>Votes</th><th>%</th></tr><tr><td>North</td><td>5,000"
            "</td><td>55.6</td><td>4,000</td><td>44.4</td></tr><tr><td>Total</td><td>12,480</td><td>51.8</td>"
            "<td>11,612</td><td>48.2</td></tr></table>",
            BOTH,
        ),
        (
            "<table><thead><tr><th rowspan=2>Candidate</th><th colspan=2>2031</th><th colspan=2>2026</th>"
            "</tr><tr><th>Votes</th><th>%</th><th>Votes</th><th>%</th></tr></thead><tbody><tr><td>Leyla Demir"
            "</td><td>12,480</td><td>51.8</td><td>9,000</td><td>45.0</td></tr><tr><td>Orhan Kaplan</td><td>"
            "11,612</td><td>48.2</td><td>11,000</td><td>55.0</td></tr></tbody></table>",
            BOTH,
        ),
        (
            "<table><tr><th>Candidates</th><th>Total votes</th><th>Vote share</th></tr><tr><td><a>Demir</a>"
            "<span>Incumbent</span></td><td>12,480</td><td>51.8%</td></tr><tr><td><a>Kaplan</a></td>"
            "<td>11,612</td><td>48.2%</td></tr></table>",
            BOTH,
        ),
        (
            table(
                "Partei|Stimmen|%",
                "Turuncu|12.480|51,8",
                "Mavi|11.612|48,2",
                "Wahlberechtigte|40.000|",
                "Wähler/innen|24.500|61,3",
                "ungültige Stimmen|408|1,7",
            ),
            BOTH,
        ),
        (
            "<h2>North district</h2>"
            + table("Candidate|Votes|%", "Leyla Demir|5,000|55.6", "Orhan Kaplan|4,000|44.4")
            + "<h2>All of Liman</h2>"
            + table("Candidate|Votes|%", "Leyla Demir|12,480|51.8", "Orhan Kaplan|11,612|48.2")
            + "<h2>South district</h2>"
            + table("Candidate|Votes|%", "Leyla Demir|7,480|49.6", "Orhan Kaplan|7,612|50.4"),
            BOTH,
        ),
    ],
)
def test_the_same_count_is_read_in_whatever_shape_it_stands(
    body: str, expected: dict[str, tuple[int | None, float | None]]
) -> None:
    assert told(page_of(body)) == expected


def test_tables_that_none_holds_the_others_stay_ambiguous() -> None:
    halves = [
        f"<h2>Ward {ward}</h2>" + table("Candidate|Votes", f"Leyla Demir|{ward}0", f"Orhan Kaplan|{ward}1")
        for ward in (3, 4, 5)
    ]
    page = page_of("".join(halves))
    assert page.outcome is Outcome.UNREADABLE
    assert "several contests fit" in (page.reason or "")


def test_of_a_ranked_count_only_the_last_round_stands() -> None:
    rows = ("Leyla Demir|9,000|10,000|12,480", "Orhan Kaplan|9,500|10,500|11,612", "Nur Aksoy|4,000|3,000|-")
    page = page_of(table("Candidate|Round 1|Round 2|Round 3", *rows))
    assert told(page) == VOTES
    assert only(page).round == 3


def test_a_column_of_a_round_that_has_not_come_is_none() -> None:
    page = page_of(
        table("Candidate|1st round|2nd round", "Leyla Demir|12,480|", "Orhan Kaplan|11,612|"),
    )
    assert told(page) == VOTES


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (
            table(
                "Candidato|Votos 1ª vuelta|% 1ª vuelta|Votos 2ª vuelta|% 2ª vuelta",
                "Leyla Demir|9.000|45|12.480|51,8",
                "Orhan Kaplan|11.000|55|11.612|48,2",
            ),
            "es",
        ),
        (
            "<table><tr><th rowspan=2>Candidats</th><th colspan=2>Premier tour</th><th colspan=2>Second tour"
            "</th></tr><tr><th>Voix</th><th>%</th><th>Voix</th><th>%</th></tr><tr><td>Leyla Demir</td><td>"
            "9 000</td><td>45</td><td>12 480</td><td>51,8</td></tr><tr><td>Orhan Kaplan</td><td>11 000</td>"
            "<td>55</td><td>11 612</td><td>48,2</td></tr></table>",
            "fr",
        ),
        (
            table(
                "Partei|Erststimmen|%|Zweitstimmen|%",
                "Turuncu|9.000|45|12.480|51,8",
                "Mavi|11.000|55|11.612|48,2",
            ),
            "de",
        ),
        (
            table(
                "Bewerber|Erststimmen|%|Zweitstimmen|%",
                "Leyla Demir|12.480|51,8|9.000|45",
                "Orhan Kaplan|11.612|48,2|11.000|55",
            ),
            "de",
        ),
    ],
)
def test_of_two_rounds_the_last_stands_and_of_two_votes_that_of_the_lines(body: str, language: str) -> None:
    page = page_of(body, language)
    assert told(page) == BOTH
    assert only(page).round is None


def test_a_column_of_votes_counted_holds_votes() -> None:
    rows = ("Leyla Demir|12,480|51.8", "Orhan Kaplan|11,612|48.2")
    page = page_of(table("Candidate|Votes (counted)|Share %", *rows))
    assert (told(page), only(page).counted) == (BOTH, None)


@pytest.mark.parametrize(
    ("headers", "mark", "other", "language"),
    [("|Candidate|Votes", "✓", "", "en"), ("Situação|Candidato|Votos", "Eleito", "Não eleito", "pt")],
)
def test_a_mark_beside_a_name_is_the_board_s_word(headers: str, mark: str, other: str, language: str) -> None:
    rows = (f"{mark}|Leyla Demir|12.480", f"{other}|Orhan Kaplan|11.612")
    page = page_of(table(headers, *rows), language)
    assert [(claim.kind, claim.target) for claim in page.claims] == [(ClaimKind.DECLARED, "demir")]


def test_a_column_that_counts_those_elected_marks_nobody() -> None:
    page = page_of(table("Party|Votes|Elected", "Turuncu|12,480|1", "Mavi|11,612|2"))
    assert told(page) == VOTES
    assert page.claims == ()


@pytest.mark.parametrize("header", ["% Precincts", "Reporting", "% in"])
def test_how_much_is_counted_stands_in_a_column_of_its_own(header: str) -> None:
    rows = ("Leyla Demir|70%|12,480|51.8%", "Orhan Kaplan|70%|11,612|48.2%")
    progress = only(page_of(table(f"Candidate|{header}|Votes|%", *rows))).counted
    assert progress is not None
    assert progress.pct == 70


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        ("Party|Won|Leading|Total", ("Turuncu|200|40|240", "Mavi|80|19|99")),
        ("Party|Seats", ("Turuncu|200", "Mavi|80")),
        ("Parti|Milletvekili", ("Turuncu|200", "Mavi|180")),
    ],
)
def test_seats_are_no_votes(headers: str, rows: tuple[str, ...]) -> None:
    page = page_of(table(headers, *rows))
    assert (page.outcome, page.readings) == (Outcome.NOTHING, ())


def test_a_total_line_tells_how_much_of_it_is_counted() -> None:
    rows = ("Norte|5.000|4.000|100%", "Sur|7.480|7.612|50%", "Total|12.480|11.612|75%")
    page = page_of(table("Distrito|Leyla Demir|Orhan Kaplan|Mesas", *rows), "es")
    assert told(page) == VOTES
    progress = only(page).counted
    assert progress is not None
    assert progress.pct == 75


def test_the_measure_of_the_electorate_is_taken_along() -> None:
    rows = ("1|5000|4000|2 000|1 900", "Total|40000|24500|12 480|11 612")
    reading = only(page_of(table("Bureau|Inscrits|Votants|Leyla Demir|Orhan Kaplan", *rows), "fr"))
    assert (reading.electorate, reading.votes_cast) == (40000, 24500)


def test_votes_that_hold_an_error_s_number_make_no_error_page() -> None:
    page = page_of("<p>No table yet, but 24.500 votes are expected.</p>")
    assert page.outcome is Outcome.NOTHING


def test_a_marked_hour_anywhere_beside_the_table_is_its_hour() -> None:
    told = table("Candidate|Votes", "Leyla Demir|12,480", "Orhan Kaplan|11,612")
    hour = '<p>Changed <time datetime="2031-05-04T19:30:00Z">a while ago</time></p>'
    assert only(page_of(f"<div>{told}</div>{hour}")).as_of.isoformat() == "2031-05-04T19:30:00+00:00"


def test_a_ledger_before_anybody_leads_tells_nothing() -> None:
    page = page_of(table("Timestamp|In the lead|Vote differential", "21:00||", "21:05||"))
    assert (page.outcome, page.readings) == (Outcome.NOTHING, ())


def _row(role: str, *cells: str) -> str:
    return '<div role="row">' + "".join(f'<span role="{role}">{cell}</span>' for cell in cells) + "</div>"


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Mayor</h2><dl><dt>Leyla Demir</dt><dd>12,480 (51.8%)</dd><dt>Orhan Kaplan</dt>"
        "<dd>11,612 (48.2%)</dd></dl>",
        f"""<div role="table">{_row("columnheader", "Candidate", "%", "Votes")}
        {_row("cell", "Leyla Demir", "51.8", "12,480")}
        {_row("cell", "Orhan Kaplan", "48.2", "11,612")}</div>""",
    ],
)
def test_what_is_a_table_by_its_marks_alone_is_read_as_one(body: str) -> None:
    assert told(page_of(body)) == BOTH
