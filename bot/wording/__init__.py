"""Events and standings in the words of a reader's own language.

``alert(event, race, language, timezone)`` is what a chat is sent; each kind of
event has one function in :mod:`bot.wording.kinds`. Words come from the gettext
catalogues in ``bot/locales``, numbers, hours and plurals from Babel.
"""

from bot.wording.alert import Alert, Button, alert, sample, short
from bot.wording.catalogue import language_for, languages
from bot.wording.voice import Voice

__all__ = ["Alert", "Button", "Voice", "alert", "language_for", "languages", "sample", "short"]
