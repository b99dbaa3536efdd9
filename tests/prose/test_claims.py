import pytest

from tally.claim import ClaimKind, Strength
from tests.prose.conftest import Read


def told(prose):
    return [(c.kind.value, c.actor, c.strength.value) for c in prose.claims if not c.history]


@pytest.mark.parametrize(
    "text",
    [
        "Halloran concedes",
        "Halloran conceded the race early Wednesday.",
        "In his concession speech, Halloran thanked his family.",
        "Halloran has thrown in the towel.",
        "“I just called Ellen Marsh to concede,” Halloran said.",
        "Halloran did not concede until the next morning.",
        "Former attorney general Victor Halloran admitted defeat.",
        "VICTOR HALLORAN CONCEDES TO MARSH",
        "Marsh thanked her volunteers after Halloran conceded.",
        "Marsh said Halloran had called her to concede.",
    ],
)
def test_a_concession_is_told_with_the_one_who_made_it(read: Read, text: str) -> None:
    assert ("concession", "halloran", "firm") in told(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Halloran refused to concede.",
        "Halloran has yet to concede.",
        "Halloran is expected to concede on Wednesday.",
        "Party leaders urged Halloran to concede.",
        "Halloran would concede if the margin held.",
        "Asked whether he conceded, Halloran walked away.",
        "Did Halloran concede?",
        "Halloran conceded that mistakes were made.",
        "Halloran conceded a penalty in the charity match.",
        "Halloran conceded the point on taxes.",
        "Halloran's spokesman conceded the race was tight.",
        "A super PAC backing Halloran conceded defeat.",
        "The party chair conceded defeat on Halloran's behalf.",
        "Four years ago, Halloran conceded within the hour.",
        "FLASHBACK: Halloran concedes in the rain.",
        "Halloran sells lemonade at a concession stand.",
        "Paul Irons conceded in the treasurer's race.",
        "Reports that Halloran conceded are false.",
        "Halloran denied that he had conceded.",
        "“I just spoke with Halloran's cousin, who graciously conceded,” Marsh said.",
        "Marsh acknowledged her win and thanked Halloran.",
        "Marsh congratulated Halloran on a hard-fought campaign.",
        "“If we lose, we will concede,” Halloran said in October.",
    ],
)
def test_what_only_sounds_like_a_concession_is_none(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.kind is ClaimKind.CONCESSION and not c.history]


def test_an_earlier_concession_is_told_as_history_of_the_race_before(read: Read) -> None:
    claim = read("In 2018, Halloran conceded within the hour.").claims[0]
    assert claim.history
    assert claim.race == "calder-first"


def test_a_rivals_congratulation_is_a_soft_concession(read: Read) -> None:
    claims = read("“I congratulate Ellen Marsh, she is ahead for now,” Halloran said.").claims
    assert [(c.kind, c.actor, c.target, c.strength) for c in claims] == [
        (ClaimKind.CONCESSION, "halloran", "marsh", Strength.SOFT)
    ]


def test_a_third_partys_congratulation_is_no_concession(read: Read) -> None:
    claims = read("President Ana Duarte congratulated Marsh on her victory.").claims
    assert [(c.kind, c.actor, c.target) for c in claims] == [
        (ClaimKind.CONGRATULATION, "Ana Duarte", "marsh")
    ]


def test_a_concession_taken_back_in_the_same_story_does_not_stand(read: Read) -> None:
    prose = read("Halloran conceded on Tuesday.\n\nOn Thursday Halloran rescinded his concession.")
    assert told(prose) == [("concession_withdrawn", "halloran", "firm")]
    assert any("taken back" in note.why for note in prose.notes)


def test_the_one_who_was_declared_elected_cannot_have_conceded(read: Read) -> None:
    prose = read("The AP called the race for Marsh.\n\nMarsh conceded on Wednesday.")
    assert ("concession", "marsh", "firm") not in told(prose)


def test_the_one_to_whom_the_other_concedes_has_not_conceded(read: Read) -> None:
    prose = read("Halloran conceded to Marsh.\n\nMarsh conceded defeat in her neighbourhood's cook-off.")
    assert ("concession", "marsh", "firm") not in told(prose)


def test_two_who_concede_together_are_two_concessions(race, source) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from scrapers.parser.prose import passages_of, read_prose
    from tally.race import Candidate

    three = replace(race, candidates=(*race.candidates, Candidate("tull", "Joan Tull")))
    text = "Victor Halloran and Joan Tull conceded late Tuesday."
    prose = read_prose(passages_of(text), three, source, datetime(2022, 11, 9, tzinfo=UTC), "en")
    assert {c.actor for c in prose.claims} == {"halloran", "tull"}


def test_two_candidates_with_one_surname_are_told_apart_or_not_named_at_all(race, source) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from scrapers.parser.prose import passages_of, read_prose
    from tally.race import Candidate

    namesakes = (Candidate("ann", "Ann Reyes"), Candidate("tom", "Tom Reyes"))
    where = replace(race, candidates=namesakes)
    text = "Tom Reyes conceded on Tuesday.\n\nReyes conceded."
    prose = read_prose(passages_of(text), where, source, datetime(2022, 11, 9, tzinfo=UTC), "en")
    assert [c.actor for c in prose.claims] == ["tom"]


def test_a_story_that_names_nobody_in_its_first_line_names_the_leader_in_the_end(read: Read) -> None:
    text = "An opposition candidate has declared victory.\n\nEllen Marsh took 54%, Victor Halloran 45%."
    assert ("victory_claim", "marsh", "firm") in told(read(text))


def test_a_desk_calls_and_an_authority_declares(read: Read) -> None:
    prose = read("CNN projects that Marsh will win.\n\nThe state election board declared Marsh the winner.")
    kinds = [(c.kind, c.target) for c in prose.claims]
    assert (ClaimKind.CALLED, "marsh") in kinds
    assert (ClaimKind.DECLARED, "marsh") in kinds
