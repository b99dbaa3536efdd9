"""Structured results: contests as they stand in a feed, and how one becomes a reading of a race."""

from scrapers.parser.contests.contest import Call, Choice, Contest, Figure
from scrapers.parser.contests.mapping import page_of

__all__ = ["Call", "Choice", "Contest", "Figure", "page_of"]
