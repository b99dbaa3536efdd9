"""What every match of a pattern must contain, so that most rules need not be tried on most sentences.

Worked out from the patterns themselves: lists kept by hand had let hundreds of wordings go unseen.
"""

import re
from dataclasses import dataclass, field

_LONG = 6  # letters kept of a required piece: enough to tell, and wordings share them
_MOST = 60  # alternatives beyond which nothing is saved
_TOKEN = re.compile(
    r"(?P<open>\((?:\?(?::|<?[=!]|P<\w+>))?)|(?P<close>\))|(?P<bar>\|)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<times>[?*+]\??|\{\d*,?\d*\}\??)|(?P<escape>\\.)|(?P<any>[.^$])|(?P<plain>.)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Branch:
    """One alternative: the piece being read, and the best required set so far (None: nothing yet)."""

    run: str = ""
    sets: list[frozenset[str]] = field(default_factory=list)

    def end_run(self) -> None:
        """Keep the piece read so far as one that must be there."""
        piece = self.run.strip()[:_LONG].strip()
        self.run = ""
        if len(piece) >= 3:
            self.sets.append(frozenset({piece}))

    def close(self) -> frozenset[str] | None:
        """The set that serves best: of the longest pieces, then of the fewest."""
        self.end_run()
        fit = [s for s in self.sets if len(s) <= _MOST]
        return max(fit, key=lambda s: (min(map(len, s)), -len(s)), default=None)


@dataclass(slots=True)
class _Group:
    """An open group: its alternatives, and whether it consumes nothing (a look around)."""

    looks: bool = False
    branches: list[_Branch] = field(default_factory=lambda: [_Branch()])

    def required(self) -> frozenset[str] | None:
        """One set of which each match of the group contains a piece."""
        sets = [b.close() for b in self.branches]
        if self.looks or any(s is None for s in sets):
            return None
        return frozenset().union(*(s for s in sets if s is not None))


def pieces(pattern: str) -> frozenset[str]:
    """The pieces of text of which every match of ``pattern`` contains one; empty where none is sure."""
    stack = [_Group()]
    tokens = list(_TOKEN.finditer(pattern))
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        optional = after is not None and after["times"] is not None and after["times"][:1] in "?*{"
        _take(token, stack, optional=optional)
    return stack[0].required() or frozenset()


def _take(token: re.Match[str], stack: list[_Group], *, optional: bool) -> None:
    branch = stack[-1].branches[-1]
    if token["open"]:
        branch.end_run()
        stack.append(_Group(looks=token["open"][2:3] in ("=", "!", "<")))
    elif token["close"] and len(stack) > 1:
        required = stack.pop().required()
        if required and not optional:
            stack[-1].branches[-1].sets.append(required)
    elif token["bar"]:
        stack[-1].branches.append(_Branch())
    elif token["escape"] == r"\s" and not optional:
        branch.run += " "
    elif token["plain"] and token["plain"] < "\ue000" and not optional:
        branch.run += token["plain"]
    else:
        branch.end_run()
