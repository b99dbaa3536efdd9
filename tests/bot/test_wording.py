"""What an alert says, for each kind of event."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.wording import alert, languages
from bot.wording.board import results
from bot.wording.markup import plain
from bot.wording.news import WRITERS
from bot.wording.voice import Voice
from tally.event import EventKind, Headline, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Method
from tally.reading import Counted, Qualifier, Result
from tally.standing import Standing
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


@pytest.mark.parametrize(
    ("kind", "level", "silent"),
    [
        (EventKind.CONCESSION, Level.URGENT, False),
        (EventKind.LEAD_CHANGE, Level.URGENT, False),
        (EventKind.LEAD_CHANGE, Level.IMPORTANT, False),
        (EventKind.LEAD_CHANGE, Level.ROUTINE, True),
        (EventKind.FIRST_RESULTS, Level.IMPORTANT, True),
        (EventKind.STALE, Level.IMPORTANT, True),
        (EventKind.MILESTONE, Level.ROUTINE, True),
        (EventKind.SOURCE_LOST, Level.IMPORTANT, False),
    ],
)
def test_the_phone_rings_for_what_is_urgent_and_for_another_lead(
    kind: EventKind, level: Level, silent: bool
) -> None:
    assert alert(make_event(kind, level=level), RACE).silent is silent


def test_what_takes_an_alert_back_rings() -> None:
    withdrawn = make_event(EventKind.VICTORY_CLAIM, level=Level.IMPORTANT, after="withdrawn", corrects="x")
    assert not alert(withdrawn, RACE).silent
    assert alert(replace(withdrawn, corrects=None), RACE).silent


def test_an_hour_is_marked_as_a_moment_that_each_phone_shows_in_its_own_hours() -> None:
    _, entities = parse(alert(make_event(), RACE).html, "HTML")
    moments = [entity for entity in entities if entity["type"] == "date_time"]
    assert [(m["unix_time"], m["date_time_format"]) for m in moments] == [(NOW.timestamp(), "t")]


def test_an_hour_of_another_day_is_marked_with_its_day() -> None:
    before = replace(make_headline(), as_of=NOW - timedelta(days=1))
    told = alert(make_event(EventKind.STALE, headline=before), RACE)
    assert "Jun 1, 23:41" in told.plain
    assert 'format="dt">Jun 1, 23:41<' in told.html


def counted_so_far(counted: Counted | None, language: str = "en") -> str:
    return said(EventKind.MILESTONE, language, headline=replace(make_headline(), counted=counted))


@pytest.mark.parametrize(
    ("counted", "left"),
    [
        (Counted(94.9), "Left to count: 5.1%\nNext news: at 95% counted;"),
        (Counted(60, Qualifier.ABOUT, "ballot boxes"), "Left to count: about 40% of ballot boxes\n"),
        (Counted(60, Qualifier.AT_LEAST, "precincts"), "Left to count: at most 40% of polling stations\n"),
        (Counted(60, Qualifier.AT_MOST), "Left to count: at least 40%\n"),
        (Counted(99.3), "Left to count: 0.7%\nNext news: when the lead changes,"),
    ],
)
def test_what_is_left_to_count_is_said_as_exactly_as_the_count_was_given(counted: Counted, left: str) -> None:
    assert left in counted_so_far(counted)


@pytest.mark.parametrize("counted", [None, Counted(100), Counted(99.999)])
def test_nothing_is_said_of_what_is_left_where_nobody_knows_or_nothing_is(counted: Counted | None) -> None:
    assert "Left to count" not in counted_so_far(counted)


def test_the_next_mark_is_one_that_the_race_file_sets() -> None:
    race = replace(RACE, rules={"milestone": {"marks": [80.0]}})
    assert "at 80% counted" in alert(make_event(), race).plain


def test_what_is_left_is_folded_away_under_the_numbers() -> None:
    _, entities = parse(alert(make_event(), RACE).html, "HTML")
    assert [entity["type"] for entity in entities].count("expandable_blockquote") == 1


def test_somebodys_word_says_nothing_of_what_is_left_to_count() -> None:
    assert "Left to count" not in said(EventKind.CONCESSION, candidate="roe")


def test_a_long_quote_is_folded_and_a_short_one_is_not() -> None:
    short_one, long_one = (
        alert(make_event(EventKind.CONCESSION, candidate="roe", proofs=quoting(words)), RACE).html
        for words in ("It is over.", "It is over, " * 20)
    )
    assert "<blockquote>“It is over.”" in short_one
    assert "<blockquote expandable>“It is over, It" in long_one


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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"before": "roe", "after": "doe", "details": {"line": "top 2"}},
            "Above the line now: Jane Doe (Reform); below it: John Roe (Union)",
        ),
        (
            {"before": "roe", "after": "doe = roe", "details": {"line": "top 2", "tie": True}},
            "Jane Doe (Reform), John Roe (Union) are level at the last place that counts",
        ),
        (
            {"before": "above", "after": "below", "details": {"line": "majority", "threshold": 50.0}},
            "Jane Doe (Reform) is below 50% in the votes counted so far",
        ),
        (
            {"before": "below", "after": "above", "details": {"line": "quorum", "threshold": 33.5}},
            "Turnout has reached the quorum of 33.5%",
        ),
    ],
)
def test_a_line_that_was_crossed_is_named(changes: dict[str, Any], words: str) -> None:
    assert words in said(EventKind.LINE_CHANGE, **changes)


def test_a_round_of_a_ranked_count_says_who_is_out() -> None:
    race = replace(RACE, method=Method.RANKED)
    event = make_event(EventKind.MILESTONE, details={"round": 4, "out": "roe"})
    text = alert(event, race).plain
    assert "ahead in round 4" in text
    assert "Out after this round: John Roe (Union)" in text


def test_votes_left_that_can_change_nothing_are_said_with_both_numbers() -> None:
    details = {"beyond_reach": True, "votes_left": 900, "margin": 19_233}
    text = said(EventKind.MILESTONE, details=details)
    assert "The margin (19,233) is larger than the votes that this count says are left (900)." in text


def test_three_who_are_level_are_all_named() -> None:
    race = replace(RACE, candidates=(*RACE.candidates, Candidate("poe", "Ann Poe")))
    text = alert(make_event(EventKind.TIE, after="doe = roe = poe"), race).plain
    assert "Jane Doe (Reform), John Roe (Union), Ann Poe are level" in text


def test_counts_that_differ_only_in_the_margin_say_so() -> None:
    text = said(EventKind.DISAGREEMENT, others=(make_headline("agency"),), details={"same_leader": True})
    assert "Two counts differ; both have Jane Doe (Reform) ahead." in text
    assert "who is ahead" not in text


def test_quotation_marks_are_not_doubled() -> None:
    assert "“I concede.” — Wire" in said(
        EventKind.CONCESSION, candidate="roe", proofs=quoting('"I concede."')
    )
    assert '“Roe: "It is over."” — Wire' in said(
        EventKind.CONCESSION, candidate="roe", proofs=quoting('Roe: "It is over."')
    )


@pytest.mark.parametrize(
    "kind", [EventKind.CONCESSION_WITHDRAWN, EventKind.CALL_WITHDRAWN], ids=["concession", "call"]
)
def test_a_withdrawal_says_that_it_corrects(kind: EventKind) -> None:
    text = said(kind, corrects="harbour/0")
    assert text.startswith("↩️")
    assert "This corrects an earlier alert." in text


def test_a_disagreement_shows_both_counts_and_no_lead_change() -> None:
    text = said(
        EventKind.DISAGREEMENT, headline=make_headline("board"), others=(make_headline("agency", "roe"),)
    )
    assert "No lead change follows from it." in text
    assert text.index("Election board · as of") < text.index("Wire · as of")
    assert text.count("Margin 0.8 pt") == 2


def test_a_stale_count_says_since_when() -> None:
    old = replace(make_headline("agency"), as_of=NOW - timedelta(minutes=50))
    text = said(EventKind.STALE, origin="agency", headline=old, proofs=())
    assert "No update from Wire since 22:51" in text


def test_yesterdays_hour_comes_with_its_day() -> None:
    old = replace(make_headline("agency"), as_of=NOW - timedelta(hours=24))
    assert "since Jun 1, 23:41" in said(EventKind.STALE, origin="agency", headline=old, proofs=())


def test_an_annulment_keeps_the_history() -> None:
    assert "kept as history" in said(EventKind.ANNULLED)


def test_a_revision_says_what_was_before_and_who_lost_votes() -> None:
    text = said(EventKind.REVISED, before="153710", after="15371", details={"fell.doe": 138_339})
    assert "Votes in all: 153,710 before, 15,371 now" in text
    assert "Jane Doe (Reform): 138,339 votes fewer" in text


def test_what_takes_back_an_earlier_alert_says_so() -> None:
    assert "This corrects an earlier alert." not in said()
    assert "This corrects an earlier alert." in said(corrects="harbour/0")


def test_a_flurry_of_changes_is_one_message() -> None:
    text = said(details={"flips": 5, "minutes": 30})
    assert "The lead has changed 5 times in 30 minutes." in text


def test_a_tie_leaves_the_rest_to_the_law() -> None:
    level = replace(
        make_headline(leader=None), results=(Result("doe", 30_249), Result("roe", 30_249)), margin_votes=0
    )
    text = said(EventKind.TIE, headline=level, after=None, before="doe")
    assert "Jane Doe (Reform) and John Roe (Union) are level at 30,249 votes each" in text
    assert "local law decides" in text
    assert "Margin" not in text


def test_a_ranked_count_is_told_by_its_round() -> None:
    race = replace(RACE, method=Method.RANKED)
    text = alert(make_event(details={"round": 3}), race).plain
    assert "Jane Doe (Reform) is ahead in round 3 of the count" in text


def test_candidates_of_one_surname_are_told_apart() -> None:
    race = replace(RACE, candidates=(Candidate("doe", "Jane Doe"), Candidate("roe", "John Doe")))
    text = alert(make_event(), race).plain
    assert "Jane Doe  50.1%" in text
    assert "John Doe  49.3%" in text


def test_a_referendum_is_told_by_its_answers() -> None:
    race = replace(
        RACE, candidates=(Candidate("doe", "Yes"), Candidate("roe", "No")), method=Method.REFERENDUM
    )
    text = alert(make_event(), race).plain
    assert "Yes is ahead of No in the votes counted so far" in text


def test_many_candidates_are_cut_to_the_first_ones() -> None:
    many = tuple(Candidate(f"c{n}", f"Candidate Number{n}") for n in range(40))
    lines = tuple(Result(f"c{n}", 1000 - n) for n in range(40))
    headline = Headline("board", NOW, lines, "c0", 1)
    text = alert(make_event(headline=headline, after="c0"), replace(RACE, candidates=many)).plain
    assert "and 34 others" in text


def test_buttons_fit_telegrams_64_bytes_whatever_the_names() -> None:
    event = make_event(key="harbour/" + "ğ" * 300)
    told = alert(event, replace(RACE, id="ş" * 200))
    assert [b.text for row in told.buttons for b in row] == ["📊 Chart", "❓ Why", "🔕 Mute race"]
    assert all(len(b.data.encode()) <= 64 for row in told.buttons for b in row)


def test_operators_news_has_no_buttons() -> None:
    assert alert(make_event(EventKind.QUARANTINED), RACE).buttons == ()


def test_a_name_can_not_break_the_markup() -> None:
    race = replace(RACE, candidates=(Candidate("doe", "<b>Jane</b> & Co"), Candidate("roe", 'R"oe\u202e<i>')))
    told = alert(make_event(), race)
    text, entities = parse(told.html, "HTML")
    assert "<b>Jane</b> & Co is ahead" in text
    assert "\u202e" not in told.plain
    assert plain(told.html) == text
    assert {"bold", "pre", "text_link"} <= {entity["type"] for entity in entities}


def test_a_projection_is_told_as_one_and_as_nothing_more() -> None:
    text = said(EventKind.CALLED, candidate="roe", after="roe", details={"desk": "north", "strength": "soft"})
    assert "PROJECTED" in text
    assert "A projection, neither a call nor a result." in text
    assert "calls the race" not in text


@pytest.mark.parametrize(
    ("tier", "after", "words"),
    [
        (Tier.FLASH, "above", "By the calls of Wire, John Roe (Union) has 272; 270 are a majority"),
        (Tier.FLASH, "below", "By the calls of Wire, John Roe (Union) is below 270 again: 256"),
        (
            Tier.CONFIRMED,
            "above",
            "By what is officially declared, John Roe (Union) has 272; 270 are a majority",
        ),
        (Tier.CONFIRMED, "below", "By what is officially declared, John Roe (Union) is below 270 again: 256"),
    ],
    ids=["called", "withdrawn", "declared", "annulled"],
)
def test_a_majority_of_many_races_says_on_whose_calls_it_rests(tier: Tier, after: str, words: str) -> None:
    details = {"line": "seats", "desk": "agency", "total": 272 if after == "above" else 256, "majority": 270}
    changes = {"tier": tier, "after": after, "candidate": "roe", "details": details, "headline": None}
    assert words in said(EventKind.LINE_CHANGE, **changes)


def test_the_board_of_many_races_has_each_desks_total_and_the_line() -> None:
    race = replace(RACE, adds_up={"north": 300, "south": 238}, majority=270)
    notes = {"aggregate.agency|roe": 272, "aggregate.agency|doe": 1_000, "aggregate.official|roe": 16}
    text = plain(results(Standing(race, notes=notes), race, Voice("en", race.timezone), NOW))
    assert "A majority is 270" in text
    assert "Wire: Jane Doe (Reform) 1,000, John Roe (Union) 272 / 538" in text
    assert "Official: John Roe (Union) 16 / 538" in text
    assert "No votes counted yet" not in text
