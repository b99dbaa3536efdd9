"""Speeches that run over sentences, and what a board declares and certifies."""

import pytest

from tally.claim import ClaimKind, Strength
from tests.prose.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        'Victor Halloran: "Şu ana kadarki sonuçlara göre rakibim Ellen Marsh önde. Kendisini kutluyorum."',
        'Victor Halloran, "Sayım sürüyor. Şu an rakibim önde. Kendisini tebrik ediyorum" dedi.',
        "Halloran: Rakibim şu an önde, kendisini kutluyorum",
    ],
)
def test_who_congratulates_the_rival_ahead_concedes_softly(read: Read, text: str) -> None:
    claims = read(text, "tr").claims
    assert [(c.kind, c.actor, c.target, c.strength) for c in claims] == [
        (ClaimKind.CONCESSION, "halloran", "marsh", Strength.SOFT)
    ]
    assert "önde" in claims[0].evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        'Halloran: "Rakibim Ellen Marsh\'ın bugün doğum günü. Kendisini kutluyorum."',
        'Halloran: "Marsh ile yarıştık. Takımımız kupayı kazandı. Kendisini kutluyorum."',
        'Halloran: "Başkentte Kerem Varol kazandı. Kendisini tebrik ediyorum."',
        'Halloran: "Rakibim önde değil. Kendisini kutlarım."',
        'Halloran: "Marsh geçen seçimde kazandı. Kendisini kutluyorum."',
        'Halloran: "Marsh, Tepeköy\'de önde. Kendisini kutluyorum."',
        'Halloran\'ın sözcüsü Kerem Varol, "Marsh önde. Kendisini kutluyorum" dedi.',
    ],
)
def test_who_congratulates_on_anything_else_concedes_nothing(read: Read, text: str) -> None:
    assert read(text, "tr").claims == ()


@pytest.mark.parametrize(
    "text",
    [
        'Halloran said: "It was a hard year. We lost many nights of sleep."',
        'Halloran said: "Remember 2014. We lost and we conceded."',
        'Halloran said: "Our driver won the race. I congratulate him."',
        'Halloran said: "They asked me whether we conceded. I concede nothing."',
        'Marsh said: "I spoke with Halloran. He told me: we lost."',
    ],
)
def test_a_later_sentence_of_a_speech_is_nobodys_concession(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.kind is ClaimKind.CONCESSION]


def told(prose):
    return [(c.kind, c.target, c.origin == "paper") for c in prose.claims]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The State Election Board on Monday declared Ellen Marsh the winner of the race.", "en"),
        ("The State Election Board has officially declared Ellen Marsh governor.", "en"),
        ("YSK, Marsh'ın vali seçildiğini ilan etti: Marsh 2.100.000 oy aldı.", "tr"),
        ("Yüksek Seçim Kurulu, seçimin resmî sonucunu ilan etti: Seçimi Ellen Marsh kazandı.", "tr"),
    ],
)
def test_what_a_board_declares_is_declared_and_not_called(read: Read, text: str, language: str) -> None:
    assert told(read(text, language)) == [(ClaimKind.DECLARED, "marsh", False)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("CNN declared Ellen Marsh the winner.", "en"),
        ("The State Election Board has not declared Ellen Marsh the winner.", "en"),
        ("The State Election Board is expected to declare Ellen Marsh the winner.", "en"),
        ("Parti sözcüsü, YSK'ya başvurdu ve Marsh'ın kazandığını ilan etti.", "tr"),
    ],
)
def test_what_no_board_has_declared_is_not_declared(read: Read, text: str, language: str) -> None:
    assert not [c for c in read(text, language).claims if c.kind is ClaimKind.DECLARED]


@pytest.mark.parametrize(
    "text",
    [
        "CNN, citing the State Election Board, declared Ellen Marsh the winner.",
        "Her party, which has no seat on the State Election Board, declared Marsh the winner.",
    ],
)
def test_a_call_that_names_a_board_is_not_the_boards(read: Read, text: str) -> None:
    assert told(read(text)) == [(ClaimKind.CALLED, "marsh", True)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The State Election Board certified Ellen Marsh as governor on Wednesday.", "en"),
        ("Ellen Marsh, başkanlık mazbatasını İl Seçim Kurulu'ndan aldı.", "tr"),
    ],
)
def test_a_certificate_is_the_winners(read: Read, text: str, language: str) -> None:
    assert [(c.kind, c.target) for c in read(text, language).claims] == [(ClaimKind.CERTIFIED, "marsh")]


def test_a_recount_under_way_is_told(read: Read) -> None:
    assert [c.kind for c in read("Calder is still recounting.").claims] == [ClaimKind.RECOUNT]


def test_an_office_and_a_surname_before_too_congratulate(read: Read) -> None:
    claims = read("Cumhurbaşkanı Duarte da Marsh'ı kutladı.", "tr").claims
    assert [(c.kind, c.actor, c.target) for c in claims] == [(ClaimKind.CONGRATULATION, "Duarte", "marsh")]
