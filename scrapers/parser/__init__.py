"""Captured page → readings and claims. Pure: the input is bytes with headers, the output is data."""

from scrapers.parser.page import Page
from scrapers.parser.prose import Note
from scrapers.parser.reading import fingerprint_of, parse
from scrapers.parser.survey import survey

__all__ = ["Note", "Page", "fingerprint_of", "parse", "survey"]
