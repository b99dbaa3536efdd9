"""What an alert says: whose count, how sure, how much is counted."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.wording import alert, languages
from bot.wording.news import WRITERS
from tally.event import EventKind, Proof, Tier
from tally.evidence import Evidence
from tally.reading import Counted, Qualifier
from tests.bot.conftest import NOW, make_event, make_headline, make_race
from tests.emulator.entities import parse

RACE = make_race()


def said(kind: EventKind = EventKind.LEAD_CHANGE, language: str = "en", **changes: Any) -> str:
    return alert(make_event(kind, **changes), RACE, language).plain


def quoting(words: str, origin: str = "agency") -> tuple[Proof, ...]:
    return (Proof(origin, NOW, Evidence(words, "paragraph 2"), "wire", "https://wire.example/live"),)


def test_every_kind_has_its_words() -> None:
    assert set(WRITERS) == set(EventKind)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_can_be_told_in_every_language(kind: EventKind, language: str) -> None:
    told = alert(make_event(kind), RACE, language)
    text, _ = parse(told.html, "HTML")
    assert text == told.plain
    assert "{" not in text
    first = told.plain.split("\n")[0]
    assert first.endswith("· Harbour City mayor")


def test_a_lead_change_reads_as_people_want_it() -> None:
    assert said() == (
        "🔁 LEAD CHANGE · Harbour City mayor\n"
        "Jane Doe (Reform) is ahead of John Roe (Union) in the votes counted so far\n"
        "Doe  50.1%  1,204,511\n"
        "Roe  49.3%  1,185,278\n"
        "Margin 0.8 pt (19,233) · 78% of the expected vote counted\n"
        "Left to count: 22% of the expected vote\n"
        "Next news: at 90% counted; at once when the lead changes, somebody concedes or the race is called.\n"
        "✔️ Official source\n"
        "Source: Election board · as of 23:41"
    )


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert "Doe  %50,1  1.204.511" in said(language="tr")
    assert "Doe  50,1\xa0%  1.204.511" in said(language="de")


def test_the_hour_is_the_readers_own() -> None:
    told = alert(make_event(), RACE, "en", ZoneInfo("America/New_York"))
    assert told.plain.endswith("as of 16:41")


def test_the_source_is_linked_to_its_page() -> None:
    assert 'href="https://board.example/count?race=1&amp;round=2"' in alert(make_event(), RACE).html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://x.test/\u202eexe",
        "https://x.test/a b",
        "https://x/" + "a" * 2000,
        "",
        None,
    ],
)
def test_what_can_not_be_opened_is_no_link(url: str | None) -> None:
    proofs = (Proof("agency", NOW, Evidence("ahead"), url=url),)
    headline = replace(make_headline("agency"), url=None)
    assert "href" not in alert(make_event(origin="agency", proofs=proofs, headline=headline), RACE).html


def test_a_word_without_an_address_is_not_linked_to_somebody_elses_count() -> None:
    proofs = (Proof("agency", NOW, Evidence("It is over.")),)
    event = make_event(EventKind.CONCESSION, candidate="roe", origin="agency", proofs=proofs)
    assert "Source: <b>Wire</b>" in alert(event, RACE).html


def test_the_lock_screen_shows_what_happened() -> None:
    preview = alert(make_event(), RACE).preview
    assert preview.split("\n") == said().split("\n")[:2]


def test_one_source_is_said_to_be_one() -> None:
    assert "One source so far, not yet confirmed" in said(tier=Tier.FLASH)


def test_two_origins_that_agree_are_named() -> None:
    proofs = quoting("ahead") + quoting("ahead too", "board")
    assert "Confirmed by Wire, Election board" in said(origin="agency", proofs=proofs)


def test_nobody_takes_the_lead_after_polls_close() -> None:
    for kind in EventKind:
        words = said(kind).casefold()
        assert "takes the lead" not in words
        assert "winning" not in words


def test_a_count_of_higher_rank_says_whom_it_overrules() -> None:
    text = said(others=(make_headline("agency", "roe"),))
    two = "Two counts: Election board puts Jane Doe (Reform) first, Wire puts John Roe (Union) first."
    assert two in text.split("\n")


def test_all_precincts_are_not_the_end() -> None:
    full = replace(make_headline(), counted=Counted(100, basis="precincts"))
    assert "100% of polling stations counted · not final until certified" in said(headline=full)
    assert "not final" not in said(EventKind.CERTIFIED, headline=full)


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        (Qualifier.EXACT, "94.9% counted"),
        (Qualifier.ABOUT, "about 94.9% counted"),
        (Qualifier.AT_LEAST, "at least 94.9% counted"),
        (Qualifier.AT_MOST, "at most 94.9% counted"),
    ],
)
def test_how_exactly_it_was_counted_is_kept(qualifier: Qualifier, words: str) -> None:
    assert words in said(headline=replace(make_headline(), counted=Counted(94.9, qualifier)))


def test_a_concession_carries_quote_and_speaker() -> None:
    text = said(
        EventKind.CONCESSION,
        candidate="roe",
        origin="agency",
        proofs=quoting("I called Jane Doe and conceded."),
        details={"speaker": "roe"},
    )
    assert text.startswith("🏳️ CONCESSION · Harbour City mayor\nJohn Roe (Union) concedes\n")
    assert "“I called Jane Doe and conceded.” — John Roe" in text


def test_a_soft_concession_says_that_it_is_soft() -> None:
    text = said(
        EventKind.CONCESSION,
        candidate="roe",
        proofs=quoting("She is ahead for now, I congratulate her."),
        details={"strength": "soft"},
    )
    assert "SOFT CONCESSION" in text
    assert "John Roe (Union) congratulates Jane Doe (Reform), ahead for now: not a full concession" in text
    assert "concedes" not in text


def test_a_word_told_beside_a_count_says_whose_count_it_is() -> None:
    text = said(EventKind.CONCESSION, candidate="roe", origin="agency", proofs=quoting("It is over."))
    assert "Count: Election board · as of 23:41" in text
    assert text.endswith("Source: Wire · as of 23:41")


def test_a_victory_claim_is_told_as_a_claim_beside_who_is_ahead() -> None:
    text = said(EventKind.VICTORY_CLAIM, candidate="roe")
    assert "John Roe (Union) claims victory" in text
    assert "not a result" in text
    assert "Jane Doe (Reform) is ahead of John Roe (Union)" in text


def test_a_call_names_its_desk_and_is_no_official_result() -> None:
    text = said(EventKind.CALLED, origin="agency", details={"desk": "Harbour Desk"})
    assert "Harbour Desk calls the race for Jane Doe (Reform)" in text
    assert "not an official result" in text


@pytest.mark.parametrize("kind", [EventKind.VICTORY_CLAIM, EventKind.DECLARED, EventKind.CERTIFIED])
def test_a_word_that_was_taken_back_is_no_second_word(kind: EventKind) -> None:
    text = said(kind, after="withdrawn", corrects="harbour/0", details={"by": "board"})
    assert text.startswith("↩️")
    assert "WITHDRAWN" in text
    assert "claims victory" not in text.replace("no longer claims victory", "")
    assert "declares" not in text
    assert "certifies" not in text


@pytest.mark.parametrize("kind", [EventKind.DECLARED, EventKind.CERTIFIED, EventKind.ANNULLED])
def test_what_an_outlet_reports_of_the_board_is_not_the_outlets_act(kind: EventKind) -> None:
    text = said(kind, origin="agency", proofs=quoting("The board has decided."), details={"by": None})
    assert ", reports Wire" in text
    assert not any(f"Wire {verb}" in text for verb in ("declares", "certifies", "annuls"))


def test_a_firm_concession_after_a_soft_one_says_what_was_before() -> None:
    text = said(
        EventKind.CONCESSION, candidate="roe", before="soft", after="firm", details={"strength": "firm"}
    )
    assert "John Roe (Union) concedes\nBefore, it was said only with a reservation." in text


def test_a_call_says_who_else_has_called() -> None:
    desks = {"desk": "Desk B", "desks": "Desk A, Desk B", "desks_for_others": "Desk C"}
    text = said(EventKind.CALLED, origin="agency", details=desks)
    assert "Called so far by: Desk A, Desk B" in text
    assert "Called for somebody else by: Desk C" in text


def test_a_count_confirmed_by_another_names_both() -> None:
    text = said(origin="agency", proofs=quoting("ahead"), updates="harbour/0")
    assert text.startswith("🔁 LEAD CHANGE, CONFIRMED · Harbour City mayor")
    assert "✔️ Now confirmed by Wire; Election board had it first" in text.split("\n")[2]


def test_the_last_of_many_flips_is_no_confirmation() -> None:
    assert "CONFIRMED" not in said(updates="harbour/0", details={"flips": 4, "minutes": 30})
