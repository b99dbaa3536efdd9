"""Every message, in every language, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.wording.catalogue import LOCALES, language_for, languages, own_name

KEYWORDS = {"say": None, "plural": (1, 2)}
PLACEHOLDER = re.compile(r"{[^{}]*}")
TRANSLATED = sorted(path.stem for path in LOCALES.glob("*.po"))


def said() -> set[str]:
    """The messages in the code; of a plural its first form."""
    folder = Path(bot.__file__).parent
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def kept(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def forms_of(message: Message) -> list[str]:
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def test_six_languages_are_spoken() -> None:
    assert set(languages()) >= {"en", "tr", "es", "pt", "fr", "de"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    translated = {
        m.id if isinstance(m.id, str) else m.id[0]
        for m in kept(language)
        if m.id and all(forms_of(m)) and not m.fuzzy
    }
    assert translated == said()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    for message in kept(language):
        wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
        for form in forms_of(message):
            assert not message.id or set(PLACEHOLDER.findall(form)) == wanted, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_plural_has_as_many_forms_as_the_language(language: str) -> None:
    catalogue = kept(language)
    for message in catalogue:
        if message.pluralizable:
            assert len(forms_of(message)) == catalogue.num_plurals, message.id


@pytest.mark.parametrize(
    ("code", "language"),
    [("tr-TR", "tr"), ("pt-br", "pt"), ("EN_us", "en"), ("xx", "en"), ("", "en"), (None, "en")],
)
def test_a_clients_code_finds_its_language(code: str | None, language: str) -> None:
    assert language_for(code) == language


def test_a_language_is_called_by_its_own_name() -> None:
    assert own_name("tr") == "Türkçe"
    assert own_name("de") == "Deutsch"
