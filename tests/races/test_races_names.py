"""When two names are one, and what a name may hold."""

import pytest
from race_files import GOOD, Load, Told

from races.names import folded, slug_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İMAMOĞLU", "imamoglu"),
        ("Yıldırım", "YILDIRIM"),
        ("Jané  Doe", "jane doe"),
        ("Ałła Søren", "alla soren"),
        ("مُحَمَّد", "محمد"),
        ("می\u200cرحسین", "میرحسین"),
        ("Jane\u00a0Doe", "Jane Doe"),
        ("Ｄｏｅ", "doe"),
    ],
)
def test_case_accents_and_blanks_make_no_other_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("がとう", "かとう"), ("Doe", "Roe"), ("کریمی", "کریم"), ("김", "길")]
)
def test_other_letters_make_another_name(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_candidate_may_be_spelled_with_and_without_accents(load: Load) -> None:
    races = load(GOOD.replace('name = "John Roe"', 'name = "Jöhn Roe"\naliases = ["John Roe", "JÖHN"]'))
    assert races.warnings == ()


def test_names_are_folded_the_same_twice() -> None:
    assert folded(folded("Ærø ŞİŞLİ")) == folded("Ærø ŞİŞLİ")


@pytest.mark.parametrize(
    ("name", "slug"), [("Ekrem İmamoğlu", "ekrem-imamoglu"), ("№ 5!", "no-5"), ("김", "")]
)
def test_an_id_is_made_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    "name", ["می\u200cرحسین", "O\u2019Doe", "Nguyễn Văn A", "김대중", "John\u00a0Roe", "D. O\u2011Roe"]
)
def test_names_of_all_scripts_are_names(load: Load, name: str) -> None:
    race = load(GOOD.replace("John Roe", name))["fairview-2031"]
    assert race.candidates[1].name == name


@pytest.mark.parametrize("name", ["a\\u0007b", "a\\tb", "a\\u202eb", "a\\u2028b"])
def test_control_characters_are_no_part_of_a_name(told: Told, name: str) -> None:
    ((_, message),) = told(GOOD.replace("John Roe", name))
    assert "control character" in message


@pytest.mark.parametrize("host", ["127.1", "2130706433", "1.2.3.4.5", "10.0.0.256"])
def test_addresses_in_disguise_are_no_hosts(told: Told, host: str) -> None:
    ((_, message),) = told(GOOD.replace("courier.example", host))
    assert "has no usable host" in message


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "10.1.2.3",
        "169.254.169.254",
        "printer.local",
        "db.internal",
        "box",
    ],
)
def test_hosts_of_the_own_network_are_warned_of(load: Load, host: str) -> None:
    (warning,) = load(GOOD.replace("courier.example", host)).warnings
    assert "is a private address" in str(warning)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "[2606:4700::1111]", "bücher.example", "a_b.example", "courier.example."]
)
def test_hosts_of_the_world_are_not(load: Load, host: str) -> None:
    assert load(GOOD.replace("courier.example", host)).warnings == ()
