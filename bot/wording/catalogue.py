"""The words of each language, straight from its ``.po`` file.

The catalogues are read as they are kept, so that a fresh clone needs no
build step and no binary file lies beside its source.
"""

import gettext
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE_LANGUAGE = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages that can be spoken, English first: one ``.po`` a language in ``bot/locales``."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in LOCALES.glob("*.po")))


def language_for(code: str | None) -> str:
    """The language for a client's ``language_code`` ("pt-BR" → "pt"); English where it is unknown."""
    wanted = (code or "").replace("_", "-").split("-")[0].lower()
    return wanted if wanted in languages() else SOURCE_LANGUAGE


def own_name(language: str) -> str:
    """What a language calls itself: "Türkçe"."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[0].upper() + name[1:]


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations into ``language``; English is the source and translates to itself."""
    path = LOCALES / f"{language}.po"
    if language == SOURCE_LANGUAGE or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        kept = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, kept)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
