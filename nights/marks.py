"""What a recording says beside the pages: whose poll a record is, what came of it, when it was taken in.

It stands as one line of JSON in a field of the record's head, so that any
reader of web archives passes over it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tally.capture import Outcome
from tally.wire_words import stamp, unstamp

FIELD = "Tallywire-Moment"
# The first record of a file of ours says so, and in which form the marks are.
SOFTWARE, FORM = "Tallywire", "tallywire-night/1"


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a race at ``at``, the hour of deciding (the page came a little before).

    With a ``source`` it is a poll of it, and ``outcome`` what came of it (None: nothing had come for
    too long, and ``reason`` says how); without, time passed, or, where the record has a body, a person
    decided. ``final_url`` only where it is another than the page's, ``kind`` only of a page that another
    led to (a feed's article, a live blog's older page).
    """

    at: datetime
    race: str
    source: str | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    final_url: str | None = None
    kind: str | None = None

    def written(self) -> str:
        """One line of ASCII."""
        said = {
            "at": stamp(self.at),
            "race": self.race,
            "source": self.source,
            "outcome": self.outcome,
            "reason": self.reason,
            "final_url": self.final_url,
            "kind": self.kind,
        }
        return json.dumps({name: value for name, value in said.items() if value is not None})

    @classmethod
    def read(cls, text: str) -> "Moment":
        """The moment of :meth:`written`. ValueError where it is none."""
        said: Mapping[str, Any] = json.loads(text)
        try:
            outcome = said.get("outcome")
            return cls(
                unstamp(said["at"]),
                said["race"],
                said.get("source"),
                None if outcome is None else Outcome(outcome),
                said.get("reason"),
                said.get("final_url"),
                said.get("kind"),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{text!r} is no mark of a recording") from error
