"""JSON objects that hold a ballot measure's answers in keys of their own: "yesVotes", "noPercent"."""

from collections.abc import Mapping

from scrapers.parser.contests.columns import Role, header_words, role_of
from scrapers.parser.contests.contest import Choice
from scrapers.parser.contests.figures import share_of, votes_of

_ANSWERS = (
    *(("yes", "no"), ("for", "against"), ("evet", "hayir"), ("si", "no")),
    *(("sim", "nao"), ("oui", "non"), ("ja", "nein")),
)


def answers_in(value: Mapping[str, object], where: str) -> tuple[Choice, ...]:
    """The two answers with their numbers; none where the object holds no such keys."""
    cells: dict[tuple[str, Role], object] = {}
    for key, inner in value.items():
        answer, _, rest = header_words(str(key)).partition(" ")
        role = role_of(rest) if rest and not isinstance(inner, dict | list) else None
        if role in (Role.VOTES, Role.SHARE):
            cells[answer, role] = inner
    told = {answer for answer, _ in cells}
    for pair in _ANSWERS if len(told) > 1 else ():
        found = tuple(choice for answer in pair if (choice := _choice(answer, cells, where)))
        if len(found) == len(pair):
            return found
    return ()


def _choice(answer: str, cells: Mapping[tuple[str, Role], object], where: str) -> Choice | None:
    votes, written = votes_of(cells.get((answer, Role.VOTES))), cells.get((answer, Role.SHARE))
    share = share_of(written)
    if votes is None and share is None:
        return None
    name = answer.capitalize()
    quote = f"{name}: {'' if votes is None else votes} {'' if written is None else written}".strip()
    return Choice(name, votes=votes, share=share.value if share else None, quote=quote, where=where)
