"""The words or cells that prove a reading or a claim. Without them neither exists."""

from dataclasses import dataclass

from tally.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read, and where.

    ``quote``: the text as it stands on the page, at most a few sentences.
    ``where``: its place for a person ("paragraph 3", "table 2, row 4",
    "results[0].votes", "post 17"). ``rule``: the name of what read it.
    """

    quote: str
    where: str = ""
    rule: str = ""
