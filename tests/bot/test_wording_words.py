"""What an alert says of somebody's word, and of what is doubted or taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.wording import alert
from bot.wording.board import results
from bot.wording.markup import plain
from bot.wording.voice import Voice
from tally.event import EventKind, Headline, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Method
from tally.reading import Result
from tally.standing import Standing
from tests.bot.conftest import NOW, make_event, make_headline, make_race
from tests.emulator.entities import parse

RACE = make_race()


def said(kind: EventKind = EventKind.LEAD_CHANGE, language: str = "en", **changes: Any) -> str:
    return alert(make_event(kind, **changes), RACE, language).plain


def quoting(words: str, origin: str = "agency") -> tuple[Proof, ...]:
    return (Proof(origin, NOW, Evidence(words, "paragraph 2"), "wire", "https://wire.example/live"),)


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


def test_a_second_report_of_a_victory_claim_confirms_no_victory() -> None:
    proofs = quoting("I have won.") + quoting("She says she has won.", "board")
    first = said(EventKind.VICTORY_CLAIM, origin="agency", proofs=proofs)
    edited = said(EventKind.VICTORY_CLAIM, origin="board", proofs=proofs, updates="harbour/0")
    assert "✔️ Reported by Wire, Election board" in first
    assert "✔️ Also reported by Election board; Wire had it first" in edited
    assert edited.startswith("📣 VICTORY CLAIM · ")
    assert "CONFIRM" not in (first + edited).upper()
