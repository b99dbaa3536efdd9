"""Which vote a sentence is about: this race now, or an earlier one, a poll, a condition, a question."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scrapers.parser.prose.clauses import Clause, clause_at
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.names import HE
from scrapers.parser.prose.numbers import OTHER
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.skeleton import Sentence
from tally.race import Race


@dataclass(frozen=True, slots=True)
class When:
    """The dates against which a text is read, and whether the race itself is a first round or a primary."""

    race: date
    published: date
    is_first: bool = False
    runs_again: bool = False  # a runoff or a special election, which a general one went before

    @classmethod
    def of(cls, race: Race, published: datetime, pack: Pack) -> "When":
        """The dates of a race and of a page about it, in the race's own time zone."""
        title = fold(race.title)
        first, again = (pack[n].search(title) is not None for n in ("first_round_title", "runs_again_title"))
        return cls(race.date, published.astimezone(race.timezone).date(), first, again)

    @property
    def is_too_early(self) -> bool:
        """Whether the page came out before the vote."""
        return (self.race - self.published).days > 1


def is_history(sentence: Sentence, parts: list[Clause], at: int, pack: Pack, when: When) -> bool:
    """Whether what stands at ``at`` is told of an earlier vote: by its clause and the bare ones beside it."""
    if pack["history_all"].search(sentence.skeleton):
        return True
    index = clause_at(parts, at)
    while index and pack["leans"].fullmatch(parts[index].opener.strip()):
        index -= 1  # "The court annulled the 2017 vote after ① challenged it": what led to it is as old
        while index and not sentence.skeleton[parts[index].start : parts[index].end].strip():
            index -= 1  # a comma before "when" opens a clause of nothing
        if tells_of_before(sentence, parts[index], pack, when):
            return True
    return any(tells_of_before(sentence, c, pack, when) for c in _around(sentence, parts, at, pack))


def asides(parts: list[Clause], pack: Pack) -> set[int]:
    """The clauses of a relative clause between commas: "①, whose sister held the seat until 2016, won"."""
    found: set[int] = set()
    inside = False
    for index, clause in enumerate(parts):
        opener = clause.opener.strip()
        if pack["own_time"].fullmatch(opener) or opener == "(":
            inside = True
        elif not opener.isalpha():
            inside = False
        if inside:
            found.add(index)
    return found


def is_past(sentence: Sentence, parts: list[Clause], pack: Pack, when: When) -> bool:
    """Whether a sentence tells of an earlier vote anywhere but in an aside."""
    aside = asides(parts, pack)
    return any(tells_of_before(sentence, c, pack, when) for i, c in enumerate(parts) if i not in aside)


def _around(sentence: Sentence, parts: list[Clause], at: int, pack: Pack) -> list[Clause]:
    index = clause_at(parts, at)
    aside = asides(parts, pack)
    near = (i for i in (index - 1, index + 1) if 0 <= i < len(parts))
    beside = [parts[i] for i in near if i not in aside or index in aside]
    named = [p for p, m in sentence.mentions.items() if m.mark < HE]
    bare = [
        c
        for c in beside
        if not any(c.start <= p < c.end for p in named) and not pack["own_time"].fullmatch(c.opener.strip())
    ]
    opening = parts[0]
    if opening not in bare and index and not any(opening.start <= p < opening.end for p in named):
        bare.append(opening)  # "In 2012, it was ① who ..." sets the time of all that follows
    return [parts[index], *bare]


def tells_of_before(sentence: Sentence, clause: Clause, pack: Pack, when: When) -> bool:
    """Whether a clause names an earlier time: a phrase, a year before the race's, a month before it."""
    text = f"{clause.opener.strip(' ,;')} {sentence.skeleton[clause.start : clause.end]}"
    shift = clause.end - len(text)
    after = sentence.skeleton[clause.end : clause.end + 10]
    told = any(pack[name].search(after) for name in ("when_words", "leans"))
    spans = [] if told else [m.span() for m in pack["compared"].finditer(text)]  # "up from 51% in 2018, when"
    text = pack["compared"].sub(" ", text)  # "19 menos que en las anteriores elecciones" is of this one
    rounds = (
        not when.is_first and pack["history_rounds"].search(text) and not pack["won_at_once"].search(text)
    ) or (when.runs_again and pack["history_general"].search(text))
    if pack["history"].search(text) or rounds:
        return True
    years = [
        p
        for p in sentence.numbers
        if clause.start <= p < clause.end
        and not pack["since"].search(sentence.skeleton[:p])
        and not any(start <= p - shift < end for start, end in spans)
    ]
    if any(_earlier_year(sentence, p, when) for p in years):
        return True
    return any(_earlier_month(m, sentence, clause, pack, when) for m in pack["dated"].finditer(text))


def _earlier_year(sentence: Sentence, at: int, when: When) -> bool:
    number = sentence.numbers[at]
    is_year = number.unit == OTHER and number.decimals == 0 and 1900 <= number.value <= 2100
    return is_year and int(number.value) < when.race.year


def _earlier_month(match: re.Match[str], sentence: Sentence, clause: Clause, pack: Pack, when: When) -> bool:
    """Whether a month named without a year lies before the race: "in March" in a story of June."""
    month = next((n for w, n in pack.months.items() if re.search(rf"(?<!\w){w}(?!\w)", match[0])), None)
    if month is None:
        return False
    last = when.published if when.published >= when.race else when.race
    year = last.year if (month, 1) <= (last.month, last.day) else last.year - 1
    day = _day_beside(match, sentence, clause)
    if not day and pack["vote_named"].match(match.string, match.end() + 1):
        day = 1  # "the November general election" in a story of a runoff in December
    latest_day = date(year, month, min(day, 28)) if day else date(year, month, 28) + timedelta(days=4)
    if latest_day >= when.race - timedelta(days=7):
        return False
    months_ahead = (month - last.month) % 12
    return not 1 <= months_ahead <= 4


def _day_beside(match: re.Match[str], sentence: Sentence, clause: Clause) -> int | None:
    """The day of a month's name, where one stands beside it: "the May 7 election"."""
    text = f"{clause.opener.strip(' ,;')} {sentence.skeleton[clause.start : clause.end]}"
    shift = clause.start - (len(text) - (clause.end - clause.start))
    for at in (match.end() + shift + 1, match.end() + shift + 2, match.start() + shift):
        number = sentence.numbers.get(at)
        if number is not None and number.unit == OTHER and 1 <= number.value <= 31:
            return int(number.value)
    return None


def is_poll(sentence: Sentence, parts: list[Clause], at: int, pack: Pack) -> bool:
    """Whether a number is a survey's or an estimate's and no count's.

    It is where the word stands before it or in its clause, or after it as its source ("45%, according
    to an exit poll"), but not where the count is only compared ("54%, more than polls had predicted").
    """
    if pack["pollsters"].search(sentence.folded):
        return True
    if pack["not_poll"].search(sentence.skeleton):
        return False
    own = clause_at(parts, at)
    for match in pack["poll"].finditer(sentence.skeleton):
        index = clause_at(parts, match.start())
        if index <= own:
            return True
        between = sentence.skeleton[parts[own + 1].start - len(parts[own + 1].opener) : match.start()]
        if pack["source_words"].search(between) or len(between) < 12:
            return True
    return False


def vetoed(sentence: Sentence, parts: list[Clause], start: int, pack: Pack, *, lightly: bool) -> str | None:
    """Why a claim is none: negated, wished, supposed, asked, denied. None where it stands.

    ``lightly`` is for claims that are themselves a no or a plan (a refusal, an appeal): only questions
    and conditions undo them.
    """
    clause = parts[clause_at(parts, start)]
    before = sentence.skeleton[clause.start : start]
    if sentence.is_question and not sentence.in_quotes(start):
        return "a question"
    if pack["condition"].search(f"{clause.opener} {before}"):
        return "a condition"
    if lightly:
        return None
    behind = pack["negation_behind"].search(sentence.skeleton, start, clause.end)
    if behind or pack["negation"].search(before):
        return "negated"
    if pack["modal"].search(before):
        return "not done, but wished, expected or possible"
    if pack["denial"].search(sentence.skeleton):
        return "denied or a rumour"
    return None
