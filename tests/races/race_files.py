"""A sound race file to be spoiled, and the names it may use."""

from collections.abc import Callable, Mapping

from races import KindCheck, Races
from scrapers.parser.kinds import all_kinds
from tally.rules import all_rules

KINDS = {"article": None, "csv": None, "liveblog": None}
RULES = {"stale": {"minutes": 30, "factor": 1.5, "told": True, "word": "stale", "steps": [25, 50]}}
LANGUAGES = frozenset({"en", "tr", "de"})

GOOD = """\
id = "fairview-2031"
title = "Fairview — Mayor"
date = 2031-05-04
timezone = "Europe/London"
polls_close = 2031-05-04T20:00:00
embargo = 2031-05-04T20:30:00+01:00
watch_until = 2031-06-01T12:00:00Z
method = "majority"
threshold = 50
quorum = 30.5
electorate = 48_213

[[candidates]]
id = "doe"
name = "Jane Doe"
aliases = ["J. Doe", "DOE Jane"]
descriptions = ["the sitting mayor"]
surname = "Doe"
pronoun = "she"
party = "Lake List"
colour = "#1F77b4"

[[candidates]]
id = "roe"
name = "John Roe"

[[origins]]
id = "board"
name = "Election Board"
rank = "official"
aliases = ["FEB"]

[[sources]]
name = "count"
url = "https://board.example/count.csv"
kind = "csv"
origin = "board"
rank = "official"
cadence = "2m"
timezone = "Europe/Paris"
[sources.options]
votes = "Stimmen"

[[sources]]
name = "courier"
url = "https://courier.example/live?page=1"
kind = "article"
language = "en"

[rules.stale]
minutes = 20
factor = 2
"""


def real_kinds() -> Mapping[str, KindCheck]:
    """The page kinds there are."""
    return {kind.name: kind.check_options for kind in all_kinds()}


def real_rules() -> Mapping[str, Mapping[str, object]]:
    """The alert rules there are, with the defaults of their options."""
    return {rule.NAME: {name: default for name, (default, _) in rule.OPTIONS.items()} for rule in all_rules()}


Load = Callable[..., Races]
Told = Callable[..., list[tuple[int | None, str]]]
