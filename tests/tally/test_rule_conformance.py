"""One test over every rule that is found: its reason, its case, its options, its kinds."""

import pytest
from night_at_hand import race

from tally.event import EventKind
from tally.options import number, numbers
from tally.rules import all_rules, woken_by
from tally.sight import Wake

RULES = all_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_a_rule_says_what_it_is_for(rule):
    assert rule.__name__.endswith(rule.NAME)
    assert rule.__doc__
    assert len(rule.WHY) > 20
    assert len(rule.CASE) > 10
    assert rule.WAKES
    assert rule.KINDS
    assert rule.LEVELS
    for name, (default, meaning) in rule.OPTIONS.items():
        assert name.isidentifier()
        assert len(meaning) > 10
        chosen = race(rules={rule.NAME: {name: default}})
        read = numbers if isinstance(default, tuple) else number
        assert read(chosen, rule.NAME, rule.OPTIONS, name) == default
        assert read(race(), rule.NAME, rule.OPTIONS, name) == default


def test_every_kind_of_news_has_a_rule_but_those_of_the_sources():
    made = {kind for rule in RULES for kind in rule.KINDS}
    assert set(EventKind) - made == {EventKind.SOURCE_LOST, EventKind.SOURCE_BACK}


def test_names_are_unique_and_every_cause_wakes_somebody():
    names = [rule.NAME for rule in RULES]
    assert len(set(names)) == len(names)
    for wake in Wake:
        assert woken_by(frozenset({wake}))
